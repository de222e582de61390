//! The recipe of the calibration: held-out questions in, coefficients and an honest report out.
//!
//! Deterministic: the same documents and questions give the same coefficients. Questions are
//! never indexed. Every figure of the report is out of fold: the probability of a question comes
//! from a fit that has not seen it.

mod chitchat;
mod ranking;
mod regression;
mod report;

use std::collections::BTreeSet;

use serde::Deserialize;

use crate::article::Document;
use crate::calibration::{Calibration, Logistic, Ranking};
use crate::knowledge::{
    FEATURE_NAMES, Features, KnowledgeBase, SIGNAL_NAMES, SIGNALS, Width, contents_hash,
};
use ranking::Choice;

pub use chitchat::fit_chitchat;
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
    /// What is searched, with the past questions of each.
    pub docs: &'a [Document],
    /// Past questions that none of them answered.
    pub outside: &'a [String],
    /// What is asked; never among the past questions.
    pub questions: &'a [Question],
}

/// Fits the calibration of one help centre and judges it out of fold. Articles are ordered by
/// the weights that come with the product.
///
/// # Errors
/// [`FitError`] if a question names an unknown article or there are too few questions.
pub fn fit(docs: &[Document], questions: &[Question]) -> Result<(Calibration, Report), FitError> {
    let collection = Collection {
        docs,
        outside: &[],
        questions,
    };
    fit_over(&[collection], Calibration::for_documents(docs).ranking)
}

/// The same over several states of one help centre, as when each part of the questions is
/// measured with the others as past ones. The first state names the contents.
///
/// # Errors
/// As [`fit`].
pub fn fit_over(
    states: &[Collection],
    ranking: Ranking,
) -> Result<(Calibration, Report), FitError> {
    let mut samples = Vec::new();
    for state in states {
        samples.extend(measure(*state, ranking.clone())?);
    }
    let contents = states
        .first()
        .map_or(String::new(), |s| contents_hash(s.docs));
    Ok((
        calibrate(&samples, contents, ranking)?,
        report::judge(&samples),
    ))
}

/// Fits the weights by which articles are ordered, over one or several states of a help centre.
///
/// # Errors
/// [`FitError::UnknownArticle`].
pub fn fit_ranking(states: &[Collection]) -> Result<Ranking, FitError> {
    let even = vec![1.0; SIGNALS];
    let blank = ranking_of(even.clone(), even);
    let weights_for = |width: Width| -> Result<Vec<f64>, FitError> {
        let mut choices = Vec::new();
        for state in states {
            let base = base_of(*state, blank.clone())?;
            let asked = state.questions.iter();
            choices.extend(asked.filter_map(|question| choice(&base, question, width)));
        }
        Ok(ranking::fit(&choices).into_iter().map(round).collect())
    };
    Ok(ranking_of(
        weights_for(Width::Normal)?,
        weights_for(Width::Wide)?,
    ))
}

fn ranking_of(normal: Vec<f64>, wide: Vec<f64>) -> Ranking {
    Ranking {
        signals: SIGNAL_NAMES.iter().map(ToString::to_string).collect(),
        normal,
        wide,
    }
}

/// Judges a calibration on questions it was not fitted on.
///
/// # Errors
/// [`FitError::UnknownArticle`].
pub fn judge(calibration: &Calibration, collection: Collection) -> Result<Report, FitError> {
    let samples = measure(collection, calibration.ranking.clone())?;
    Ok(report::judge_with(calibration, &samples))
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

/// The candidates of a question whose right article is among them.
fn choice(base: &KnowledgeBase, question: &Question, width: Width) -> Option<Choice> {
    let wanted = question.article.as_deref()?;
    let searched = base.measure(&question.query, width, &[]);
    let right = searched
        .candidates
        .iter()
        .position(|candidate| base.id_of(candidate.entry) == Some(wanted))?;
    Some(Choice {
        signals: searched.candidates.iter().map(|c| c.signals()).collect(),
        right,
    })
}

/// The knowledge base of a collection, whose questions all name an article it has.
fn base_of(collection: Collection, ranking: Ranking) -> Result<KnowledgeBase, FitError> {
    let ids: BTreeSet<&str> = collection.docs.iter().map(|doc| doc.id.as_str()).collect();
    for question in collection.questions {
        if let Some(article) = question.article.as_deref().filter(|id| !ids.contains(id)) {
            return Err(FitError::UnknownArticle {
                question: question.id.clone(),
                article: article.to_owned(),
            });
        }
    }
    let blank = Logistic {
        intercept: 0.0,
        weights: vec![0.0; FEATURE_NAMES.len()],
    };
    let calibration = assemble(String::new(), 0, ranking, blank.clone(), blank);
    let docs = collection.docs.to_vec();
    Ok(KnowledgeBase::build_with_outside(
        docs,
        collection.outside,
        calibration,
    ))
}

fn measure(collection: Collection, ranking: Ranking) -> Result<Vec<Sample>, FitError> {
    let base = base_of(collection, ranking)?;
    let asked = collection.questions.iter();
    Ok(asked
        .map(|question| Sample {
            answerable: question.article.is_some(),
            normal: measure_one(&base, question, Width::Normal),
            wide: measure_one(&base, question, Width::Wide),
        })
        .collect())
}

fn measure_one(base: &KnowledgeBase, question: &Question, width: Width) -> Measured {
    let searched = base.measure(&question.query, width, &[]);
    let wanted = question.article.as_deref();
    let mut ids = searched
        .candidates
        .iter()
        .map(|candidate| base.id_of(candidate.entry));
    let place = wanted.and_then(|wanted| ids.position(|id| id == Some(wanted)));
    Measured {
        features: searched.features,
        right: place == Some(0),
        right_in_three: place.is_some_and(|place| place < 3),
    }
}

fn calibrate(
    samples: &[Sample],
    contents: String,
    ranking: Ranking,
) -> Result<Calibration, FitError> {
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
    Ok(assemble(contents, samples.len(), ranking, normal, wide))
}

fn assemble(
    contents: String,
    questions: usize,
    ranking: Ranking,
    normal: Logistic,
    wide: Logistic,
) -> Calibration {
    Calibration {
        contents,
        questions,
        ranking,
        features: FEATURE_NAMES.iter().map(ToString::to_string).collect(),
        normal,
        wide,
    }
}

fn rounded(logistic: Logistic) -> Logistic {
    Logistic {
        intercept: round(logistic.intercept),
        weights: logistic.weights.into_iter().map(round).collect(),
    }
}

fn round(value: f64) -> f64 {
    let scale = 10_f64.powi(DECIMALS);
    (value * scale).round() / scale
}
