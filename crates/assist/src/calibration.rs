//! From the features of a search to a probability.

use serde::{Deserialize, Serialize};

use crate::article::Document;
use crate::knowledge::{FEATURE_NAMES, Features, SIGNAL_NAMES, SIGNALS, Width, contents_hash};
use crate::text::Language;

/// The fitted coefficients: what `models/assist-calibration*.json` holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// [`contents_hash`] of the documents it was fitted on.
    pub contents: String,
    /// How many questions it was fitted on.
    pub questions: usize,
    /// What articles are ordered by.
    pub ranking: Ranking,
    /// The names of the weights, in order.
    pub features: Vec<String>,
    /// For [`Width::Normal`].
    pub normal: Logistic,
    /// For [`Width::Wide`].
    pub wide: Logistic,
}

/// The weights by which articles are ordered; none is negative.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ranking {
    /// The names of the weights, in order.
    pub signals: Vec<String>,
    /// For [`Width::Normal`].
    pub normal: Vec<f64>,
    /// For [`Width::Wide`].
    pub wide: Vec<f64>,
}

/// A logistic regression: P = 1 / (1 + e^−(intercept + Σ weightᵢ·featureᵢ)).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Logistic {
    /// The log-odds where all features are 0.
    pub intercept: f64,
    /// Change of the log-odds per unit of the feature of the same place.
    pub weights: Vec<f64>,
}

/// Why a calibration file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CalibrationError {
    /// Not the JSON of a calibration.
    #[error("the calibration file is malformed")]
    Malformed(#[source] serde_json::Error),
    /// It was fitted for other features.
    #[error("the calibration was fitted for other features than this version measures")]
    OtherFeatures,
    /// A list of weights is too short or too long, or holds something infinite.
    #[error("the calibration's weights are not one finite number per feature")]
    Weights,
}

/// Fitted on the demo company's help centre: titled articles of some hundred words.
const ARTICLES: &str = include_str!("../../../models/assist-calibration.json");
/// The same with past questions.
const ARTICLES_PAST: &str = include_str!("../../../models/assist-calibration-past.json");
/// Fitted on a public set of short answers without titles.
const SNIPPETS: &str = include_str!("../../../models/assist-calibration-snippets.json");
/// The same in German.
const SNIPPETS_GERMAN: &str = include_str!("../../../models/assist-calibration-snippets-de.json");
/// The English one with past questions, for German as well.
const SNIPPETS_PAST: &str = include_str!("../../../models/assist-calibration-snippets-past.json");
/// The same with past questions, among them such that no text answered.
const SNIPPETS_OUTSIDE: &str =
    include_str!("../../../models/assist-calibration-snippets-outside.json");

/// Below this mean length, in words, documents count as snippets. The two collections fitted on
/// have about 35 and 180 words on average; this is their geometric mean.
const SNIPPET_WORDS: usize = 80;

impl Calibration {
    /// Reads a calibration file.
    ///
    /// # Errors
    /// [`CalibrationError`] if it is malformed or belongs to another set of features.
    pub fn parse(json: &str) -> Result<Self, CalibrationError> {
        let read: Self = serde_json::from_str(json).map_err(CalibrationError::Malformed)?;
        if read.features != FEATURE_NAMES || read.ranking.signals != SIGNAL_NAMES {
            return Err(CalibrationError::OtherFeatures);
        }
        for weights in [&read.ranking.normal, &read.ranking.wide] {
            let sound = weights.iter().all(|w| w.is_finite() && *w >= 0.0);
            if weights.len() != SIGNALS || !sound || weights.iter().sum::<f64>() <= 0.0 {
                return Err(CalibrationError::Weights);
            }
        }
        for logistic in [&read.normal, &read.wide] {
            let finite = logistic.weights.iter().all(|weight| weight.is_finite());
            if logistic.weights.len() != FEATURE_NAMES.len()
                || !finite
                || !logistic.intercept.is_finite()
            {
                return Err(CalibrationError::Weights);
            }
        }
        Ok(read)
    }

    /// The calibration for these documents: the one that comes with the demo help centre, or
    /// the one for collections of short texts, each with or without past questions. On a help
    /// centre other than those fitted on the confidence orders questions well, but its level may
    /// be off (docs/ASSISTANT.md); [`Calibration::is_fitted_on`] tells, and
    /// [`crate::calibrate::fit`] cures.
    pub fn for_documents(docs: &[Document]) -> Self {
        Self::for_documents_and_outside(docs, &[])
    }

    /// The same where there are also past questions that no document answered.
    #[expect(
        clippy::expect_used,
        reason = "the files are embedded, and a test reads them all"
    )]
    pub fn for_documents_and_outside(docs: &[Document], outside: &[String]) -> Self {
        let words: usize = docs
            .iter()
            .map(|doc| doc.text.split_whitespace().count())
            .sum();
        let is_short = words < SNIPPET_WORDS * docs.len();
        let has_past = docs.iter().any(|doc| !doc.questions.is_empty());
        let json = match (is_short, has_past, outside.is_empty()) {
            (false, false, _) => ARTICLES,
            (false, true, _) => ARTICLES_PAST,
            (true, false, _) if is_german(docs) => SNIPPETS_GERMAN,
            (true, false, _) => SNIPPETS,
            (true, true, true) => SNIPPETS_PAST,
            (true, true, false) => SNIPPETS_OUTSIDE,
        };
        Self::parse(json).expect("the embedded calibrations are valid")
    }

    /// Whether it was fitted on exactly these documents, in this order.
    pub fn is_fitted_on(&self, docs: &[Document]) -> bool {
        self.contents == contents_hash(docs)
    }

    /// The JSON of the file, with a line break at the end.
    pub fn to_json(&self) -> String {
        serde_json::to_string_pretty(self)
            .map(|json| json + "\n")
            .unwrap_or_default()
    }

    pub(crate) fn apply(&self, width: Width, features: &Features) -> f64 {
        self.logistic(width).apply(&features.values)
    }

    /// The ranking's score of an article.
    pub(crate) fn score(&self, width: Width, signals: &[f64; SIGNALS]) -> f64 {
        let weights = self.ranking.of(width);
        weights.iter().zip(signals).map(|(a, b)| a * b).sum()
    }

    /// The greatest score there can be.
    pub(crate) fn score_max(&self, width: Width) -> f64 {
        self.ranking
            .of(width)
            .iter()
            .sum::<f64>()
            .max(f64::MIN_POSITIVE)
    }

    fn logistic(&self, width: Width) -> &Logistic {
        match width {
            Width::Normal => &self.normal,
            Width::Wide => &self.wide,
        }
    }
}

fn is_german(docs: &[Document]) -> bool {
    Language::of(docs.iter().map(|doc| doc.text.as_str())) == Language::German
}

impl Ranking {
    fn of(&self, width: Width) -> &[f64] {
        match width {
            Width::Normal => &self.normal,
            Width::Wide => &self.wide,
        }
    }
}

impl Logistic {
    /// The probability at a point.
    pub(crate) fn apply(&self, features: &[f64]) -> f64 {
        let log_odds: f64 = self
            .weights
            .iter()
            .zip(features)
            .map(|(weight, value)| weight * value)
            .sum();
        sigmoid(self.intercept + log_odds)
    }
}

pub(crate) fn sigmoid(log_odds: f64) -> f64 {
    1.0 / (1.0 + (-log_odds).exp())
}
