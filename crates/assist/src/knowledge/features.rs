//! The few numbers that say how good the first hit is.

use super::index::Index;
use super::past::Recall;
use super::query::Query;
use super::rank::{Candidate, Ranking};

/// How many numbers the confidence is made of.
pub(crate) const FEATURES: usize = 22;

/// Their names in the calibration file, in order.
pub(crate) const FEATURE_NAMES: [&str; FEATURES] = [
    "match",
    "margin",
    "coverage",
    "sentence",
    "title",
    "spelling",
    "unknown",
    "length",
    "code_missed",
    "in_title",
    "agreement",
    "title_spelling",
    "phrase",
    "score",
    "share",
    "chitchat",
    "past_best",
    "past_mean",
    "past_probability",
    "past_doubt",
    "outside_best",
    "outside_probability",
];

/// The numbers of one search, in the order of [`FEATURE_NAMES`]; all 0–1 but `length` and `score`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Features {
    pub(crate) values: [f64; FEATURES],
    /// See [`super::Found::query_distance`].
    pub(crate) query_distance: f64,
    /// See [`super::Found::out_of_scope`].
    pub(crate) out_of_scope: f64,
}

/// Log-odds of small talk from which on more says no more.
const CHITCHAT_SCALE: f64 = 8.0;

impl Features {
    pub(super) fn of(
        index: &Index,
        query: &Query,
        recall: &Recall,
        ranking: &Ranking,
        chitchat: f64,
    ) -> Self {
        let out_of_scope = query.unknown_share();
        let Some(top) = ranking.candidates.first() else {
            return Self {
                values: [0.0; FEATURES],
                query_distance: 1.0,
                out_of_scope,
            };
        };
        let second = ranking.candidates.get(1).map_or(0.0, |c| c.score);
        let values = [
            top.matched,
            (top.score - second) / top.score.max(f64::MIN_POSITIVE),
            top.coverage,
            top.sentence,
            top.title,
            top.spelling,
            out_of_scope,
            (1.0 + query.concepts.len() as f64).ln(),
            code_missed(index, query, top.entry),
            top.in_title,
            agreement(&ranking.candidates),
            top.title_spelling,
            top.phrase,
            top.score,
            share(&ranking.candidates),
            (chitchat / CHITCHAT_SCALE).clamp(-1.0, 1.0),
            top.past.best,
            top.past.mean,
            top.past.probability,
            doubt(top.past.probability),
            recall.outside.best,
            recall.outside.probability,
        ];
        Self {
            values,
            query_distance: 1.0 - ranking.nearest.min(1.0),
            out_of_scope,
        }
    }
}

/// The first one's share of all, as the ranking's own model has it (softmax): a ranking score
/// is a log-odds up to a constant.
fn share(candidates: &[Candidate]) -> f64 {
    let top = candidates.first().map_or(0.0, |c| c.score);
    let sum: f64 = candidates.iter().map(|c| (c.score - top).exp()).sum();
    if sum > 0.0 { 1.0 / sum } else { 0.0 }
}

/// How far a probability is from certain, on a scale where 0.99 and 0.999 differ.
fn doubt(probability: f64) -> f64 {
    const LEAST: f64 = 1e-3;
    const MOST: f64 = 7.0;
    -(1.0 - probability).max(LEAST).ln() / MOST
}

/// In which share of the measures no rival beats the first article. Measures that err in
/// different ways and yet agree are the best evidence there is without meaning.
fn agreement(candidates: &[Candidate]) -> f64 {
    let measures: [fn(&Candidate) -> f64; 6] = [
        |c| c.matched,
        |c| c.coverage,
        |c| c.spelling,
        |c| c.sentence,
        |c| c.title,
        |c| c.in_title,
    ];
    let Some((top, rivals)) = candidates.split_first() else {
        return 0.0;
    };
    let won = measures.iter().filter(|measure| {
        let of_top = measure(top);
        of_top > 0.0 && rivals.iter().all(|rival| measure(rival) <= of_top)
    });
    won.count() as f64 / measures.len() as f64
}

/// 1 if the question names a code the article does not hold, else 0.
fn code_missed(index: &Index, query: &Query, entry: usize) -> f64 {
    let holds = |word: usize| index.holds(word, entry);
    let missed = query
        .concepts
        .iter()
        .any(|concept| concept.code && !concept.words.iter().any(|(word, _)| holds(*word)));
    f64::from(u8::from(missed))
}
