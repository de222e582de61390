//! The recipe of the calibration: held-out questions in, coefficients and an honest report out.
//!
//! Deterministic: the same documents and questions give the same coefficients. Questions are
//! never indexed. Every figure of the report is out of fold: the probability of a question comes
//! from a fit that has not seen it.

mod regression;
mod report;

use serde::Deserialize;

use crate::article::Document;
use crate::calibration::{Calibration, Logistic};
use crate::knowledge::{FEATURE_NAMES, Features, KnowledgeBase, Width, contents_hash};

pub use report::{BANDS, Band, Bin, Report, Rescue, WidthReport};

/// How many folds judge the fit; question number modulo this is its fold.
pub const FOLDS: usize = 5;
/// Fewest questions of either kind (answered rightly, or not) a fit accepts.
pub const KIND_MIN: usize = 20;
/// Decimals of the coefficients in the file.
const DECIMALS: i32 = 4;

/// One held-out question: a line of `questions.jsonl`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Question {
    /// Its name in the file.
    pub id: String,
    /// What a customer asks.
    pub query: String,
    /// The slug of the article that answers it; `None` if none does.
    pub article: Option<String>,
}

/// Why there is no fit.
#[derive(Debug, thiserror::Error)]
pub enum FitError {
    /// A line of the questions file is not a question.
    #[error("line {line} is not a question")]
    Malformed {
        /// The line, from 1.
        line: usize,
        /// What is wrong with it.
        #[source]
        source: serde_json::Error,
    },
    /// A question names an article that does not exist.
    #[error("question `{question}` names the article `{article}`, which does not exist")]
    UnknownArticle {
        /// The question's id.
        question: String,
        /// The slug.
        article: String,
    },
    /// There are fewer than [`KIND_MIN`] questions that are answered rightly, or of the others.
    #[error("{right} questions answered rightly and {wrong} others are too few to fit on")]
    TooFew {
        /// Questions whose first hit is right.
        right: usize,
        /// All others.
        wrong: usize,
    },
}

/// Reads a questions file: one JSON object a line, empty lines skipped.
///
/// # Errors
/// [`FitError::Malformed`] with the first bad line.
pub fn parse_questions(text: &str) -> Result<Vec<Question>, FitError> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(at, line)| {
            serde_json::from_str(line).map_err(|source| FitError::Malformed {
                line: at + 1,
                source,
            })
        })
        .collect()
}

/// A help centre with questions to judge its search by.
#[derive(Debug, Clone, Copy)]
pub struct Collection<'a> {
    /// What is searched.
    pub docs: &'a [Document],
    /// What is asked.
    pub questions: &'a [Question],
}

/// Fits the calibration of one help centre and judges it out of fold.
///
/// # Errors
/// [`FitError`] if a question names an unknown article or there are too few questions.
pub fn fit(docs: &[Document], questions: &[Question]) -> Result<(Calibration, Report), FitError> {
    let samples = measure(Collection { docs, questions })?;
    Ok((
        calibrate(&samples, contents_hash(docs))?,
        report::judge(&samples),
    ))
}

/// Judges a calibration on questions it was not fitted on.
///
/// # Errors
/// [`FitError::UnknownArticle`].
pub fn judge(calibration: &Calibration, collection: Collection) -> Result<Report, FitError> {
    Ok(report::judge_with(calibration, &measure(collection)?))
}

/// What searching for one question gave.
#[derive(Debug, Clone)]
pub(crate) struct Sample {
    pub(crate) answerable: bool,
    pub(crate) normal: Measured,
    pub(crate) wide: Measured,
}

/// One search of it.
#[derive(Debug, Clone)]
pub(crate) struct Measured {
    pub(crate) features: Features,
    /// Whether the first hit is the article that answers.
    pub(crate) right: bool,
    /// Whether one of the first three is.
    pub(crate) right_in_three: bool,
}

impl Sample {
    pub(crate) const fn of(&self, width: Width) -> &Measured {
        match width {
            Width::Normal => &self.normal,
            Width::Wide => &self.wide,
        }
    }
}

fn measure(collection: Collection) -> Result<Vec<Sample>, FitError> {
    let blank = Logistic {
        intercept: 0.0,
        weights: vec![0.0; FEATURE_NAMES.len()],
    };
    let base = KnowledgeBase::build(
        collection.docs.to_vec(),
        assemble(String::new(), 0, blank.clone(), blank),
    );
    collection
        .questions
        .iter()
        .map(|question| {
            if let Some(article) = &question.article
                && !collection.docs.iter().any(|doc| doc.id == *article)
            {
                return Err(FitError::UnknownArticle {
                    question: question.id.clone(),
                    article: article.clone(),
                });
            }
            Ok(Sample {
                answerable: question.article.is_some(),
                normal: measure_one(&base, question, Width::Normal),
                wide: measure_one(&base, question, Width::Wide),
            })
        })
        .collect()
}

fn measure_one(base: &KnowledgeBase, question: &Question, width: Width) -> Measured {
    let (hits, features) = base.measure(&question.query, width, &[]);
    let wanted = question.article.as_deref();
    let is_right = |id: &str| Some(id) == wanted;
    Measured {
        features,
        right: hits.first().is_some_and(|hit| is_right(&hit.id)),
        right_in_three: hits.iter().take(3).any(|hit| is_right(&hit.id)),
    }
}

fn calibrate(samples: &[Sample], contents: String) -> Result<Calibration, FitError> {
    let samples: Vec<&Sample> = samples.iter().collect();
    for width in [Width::Normal, Width::Wide] {
        let right = samples
            .iter()
            .filter(|sample| sample.of(width).right)
            .count();
        let wrong = samples.len() - right;
        if right < KIND_MIN || wrong < KIND_MIN {
            return Err(FitError::TooFew { right, wrong });
        }
    }
    let normal = rounded(regression::fit(&samples, Width::Normal));
    let wide = rounded(regression::fit(&samples, Width::Wide));
    Ok(assemble(contents, samples.len(), normal, wide))
}

fn assemble(contents: String, questions: usize, normal: Logistic, wide: Logistic) -> Calibration {
    Calibration {
        contents,
        questions,
        features: FEATURE_NAMES.iter().map(ToString::to_string).collect(),
        normal,
        wide,
    }
}

fn rounded(logistic: Logistic) -> Logistic {
    let round = |value: f64| {
        let scale = 10_f64.powi(DECIMALS);
        (value * scale).round() / scale
    };
    Logistic {
        intercept: round(logistic.intercept),
        weights: logistic.weights.into_iter().map(round).collect(),
    }
}
