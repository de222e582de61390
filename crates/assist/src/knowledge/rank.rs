//! Ranking: what is measured of each article, and in which order they come.

use super::Width;
use super::index::{Entry, Index, K1};
use super::past::{Likeness, Recall};
use super::query::{Concept, Query};
use crate::calibration::Calibration;

/// How many numbers an article is ordered by.
pub(crate) const SIGNALS: usize = 12;

/// Their names in the calibration file, in order.
pub(crate) const SIGNAL_NAMES: [&str; SIGNALS] = [
    "match",
    "coverage",
    "spelling",
    "sentence",
    "title",
    "in_title",
    "title_spelling",
    "phrase",
    "lead",
    "past_best",
    "past_mean",
    "past_odds",
];

/// Below this score nothing is a hit.
const SCORE_MIN: f64 = 1e-6;
/// What is left of the score of an article without the code of the error a question names, where
/// another article has it: who names error 402 does not mean 403.
const CODE_MISSED: f64 = 0.6;
/// How many candidates are looked at closely.
const RERANKED_MAX: usize = 12;
/// What spelling counts in the choice of those that are looked at closely.
const FIRST_SPELLING: f64 = 0.6;
/// What past questions count in that choice: where they speak, nothing else is needed.
const FIRST_PAST: f64 = 2.0;

/// One article on the way to being a hit.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Candidate {
    pub(crate) entry: usize,
    pub(super) score: f64,
    /// BM25 over the best any article could reach, 0–1.
    pub(super) matched: f64,
    /// Share of the question's mass that stands in the article.
    pub(super) coverage: f64,
    /// Cosine of the spelling profiles.
    pub(super) spelling: f64,
    /// Share of the question's mass in its best sentence or its title.
    pub(super) sentence: f64,
    /// Share of the title's mass the question names.
    pub(super) title: f64,
    /// Share of the question's mass that stands in the title.
    pub(super) in_title: f64,
    /// Cosine of the spelling profiles of question and title.
    pub(super) title_spelling: f64,
    /// Share of the question's pairs of neighbors that are neighbors in the article.
    pub(super) phrase: f64,
    /// Share of the question's mass in the first sentence or the title.
    pub(super) lead: f64,
    /// How the question relates to those asked before.
    pub(super) past: Likeness,
}

impl Candidate {
    /// In the order of [`SIGNAL_NAMES`].
    pub(crate) fn signals(&self) -> [f64; SIGNALS] {
        [
            self.matched,
            self.coverage,
            self.spelling,
            self.sentence,
            self.title,
            self.in_title,
            self.title_spelling,
            self.phrase,
            self.lead,
            self.past.best,
            self.past.mean,
            self.past.odds(),
        ]
    }
}

/// What ranking gave: the best, and how near anything came.
#[derive(Debug, Default)]
pub(super) struct Ranking {
    /// Best first, at most [`RERANKED_MAX`]; ties in document order.
    pub(super) candidates: Vec<Candidate>,
    /// The greatest coverage or likeness of any article.
    pub(super) nearest: f64,
}

/// Orders the articles that share something with the question.
pub(super) fn rank(
    index: &Index,
    query: &Query,
    recall: &Recall,
    calibration: &Calibration,
    width: Width,
) -> Ranking {
    let mut candidates = all(index, query, recall);
    for candidate in &mut candidates {
        candidate.score = candidate.matched
            + FIRST_SPELLING * candidate.spelling
            + FIRST_PAST * candidate.past.best.max(candidate.past.probability);
    }
    candidates.retain(|candidate| candidate.score > SCORE_MIN);
    let nearest = candidates
        .iter()
        .map(|c| c.coverage.max(c.spelling).max(c.past.best))
        .fold(0.0_f64, f64::max);
    sort(&mut candidates);
    candidates.truncate(RERANKED_MAX);
    for candidate in &mut candidates {
        look_closely(index, query, candidate);
        candidate.score = score(index, query, calibration, width, candidate);
    }
    sort(&mut candidates);
    Ranking {
        candidates,
        nearest,
    }
}

/// The same articles in the same order, measured against another question.
pub(super) fn measured_again(
    index: &Index,
    query: &Query,
    recall: &Recall,
    calibration: &Calibration,
    width: Width,
    order: &Ranking,
) -> Ranking {
    let fresh = all(index, query, recall);
    let mut nearest = 0.0_f64;
    let mut candidates = Vec::with_capacity(order.candidates.len());
    for known in &order.candidates {
        let Some(mut candidate) = fresh.get(known.entry).copied() else {
            continue;
        };
        look_closely(index, query, &mut candidate);
        candidate.score = score(index, query, calibration, width, &candidate);
        nearest = nearest.max(candidate.coverage.max(candidate.spelling));
        candidates.push(candidate);
    }
    Ranking {
        candidates,
        nearest,
    }
}

fn score(
    index: &Index,
    query: &Query,
    calibration: &Calibration,
    width: Width,
    candidate: &Candidate,
) -> f64 {
    let score = calibration.score(width, &candidate.signals());
    let misses = |concept: &Concept| {
        concept.code
            && !concept.words.is_empty()
            && !concept
                .words
                .iter()
                .any(|(word, _)| index.holds(*word, candidate.entry))
    };
    match query.names_error && query.concepts.iter().any(misses) {
        true => score * CODE_MISSED,
        false => score,
    }
}

/// Every article with what can be told of all at once.
fn all(index: &Index, query: &Query, recall: &Recall) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = (0..index.entries.len())
        .map(|entry| Candidate {
            entry,
            past: recall.of(entry),
            ..Candidate::default()
        })
        .collect();
    match_words(index, query, &mut candidates);
    for (gram, weight) in &query.grams {
        for (entry, of_entry) in index.grams.get(gram).into_iter().flatten() {
            if let Some(candidate) = candidates.get_mut(*entry) {
                candidate.spelling += weight * of_entry;
            }
        }
    }
    candidates
}

fn sort(candidates: &mut [Candidate]) {
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.entry.cmp(&b.entry)));
}

/// BM25 and coverage. A concept counts once per article, by the word that serves it best:
/// else an article with many synonyms would win over one with the word itself.
fn match_words(index: &Index, query: &Query, candidates: &mut [Candidate]) {
    if query.mass <= 0.0 {
        return;
    }
    let mut best = vec![(0.0_f64, 0.0_f64); candidates.len()];
    for concept in &query.concepts {
        best.fill((0.0, 0.0));
        for &(word, weight) in &concept.words {
            for &(entry, frequency) in index.postings.get(word).into_iter().flatten() {
                let norm = index
                    .entries
                    .get(entry)
                    .map_or(K1, |entry| entry.length_norm);
                let strength = weight * frequency / (frequency + norm);
                if let Some((matched, covered)) = best.get_mut(entry) {
                    *matched = matched.max(strength);
                    *covered = covered.max(weight);
                }
            }
        }
        let share = concept.mass / query.mass;
        for (candidate, (matched, covered)) in candidates.iter_mut().zip(&best) {
            candidate.matched += share * matched;
            candidate.coverage += share * covered;
        }
    }
}

fn look_closely(index: &Index, query: &Query, candidate: &mut Candidate) {
    let Some(entry) = index.entries.get(candidate.entry) else {
        return;
    };
    candidate.title = title_share(index, entry, query);
    candidate.in_title = share_in(query, &entry.title_words, &[]);
    candidate.sentence = sentence_share(entry, query);
    candidate.lead = entry
        .unit_words
        .first()
        .map_or(candidate.in_title, |words| {
            share_in(query, words, &entry.title_words)
        });
    candidate.title_spelling = cosine(&entry.title_grams, &query.grams);
    candidate.phrase = phrase_share(entry, query);
}

/// The product of two sorted vectors.
fn cosine(a: &[(u64, f64)], b: &[(u64, f64)]) -> f64 {
    let mut rest = b;
    let mut sum = 0.0;
    for (gram, weight) in a {
        rest = rest
            .get(rest.partition_point(|(other, _)| other < gram)..)
            .unwrap_or_default();
        if let Some((other, of_other)) = rest.first()
            && other == gram
        {
            sum += weight * of_other;
        }
    }
    sum
}

/// The share of the title's IDF mass that the question names.
fn title_share(index: &Index, entry: &Entry, query: &Query) -> f64 {
    let mut all = 0.0;
    let mut named = 0.0;
    for &word in &entry.title_words {
        let idf = index.idf_of(word);
        all += idf;
        named += idf * weight_of(query, word);
    }
    if all > 0.0 { named / all } else { 0.0 }
}

fn weight_of(query: &Query, word: usize) -> f64 {
    query
        .concepts
        .iter()
        .flat_map(|concept| &concept.words)
        .filter(|(number, _)| *number == word)
        .fold(0.0, |best, (_, weight)| weight.max(best))
}

fn sentence_share(entry: &Entry, query: &Query) -> f64 {
    let lone = share_in(query, &entry.title_words, &[]);
    entry
        .unit_words
        .iter()
        .map(|words| share_in(query, words, &entry.title_words))
        .fold(lone, f64::max)
}

/// The share of the question's mass that stands in either of two sorted lists of words.
pub(super) fn share_in(query: &Query, words: &[usize], more: &[usize]) -> f64 {
    if query.mass <= 0.0 {
        return 0.0;
    }
    let served: f64 = query
        .concepts
        .iter()
        .map(|concept| {
            let best = concept
                .words
                .iter()
                .filter(|(word, _)| {
                    words.binary_search(word).is_ok() || more.binary_search(word).is_ok()
                })
                .fold(0.0_f64, |best, (_, weight)| best.max(*weight));
            best * concept.mass
        })
        .sum();
    served / query.mass
}

/// Of the pairs of neighboring concepts, weighted by mass, those that are neighbors in the
/// article too, in either order: "the label of an order" is "an order's label".
fn phrase_share(entry: &Entry, query: &Query) -> f64 {
    let mut all = 0.0;
    let mut found = 0.0;
    for pair in query.concepts.windows(2) {
        let [first, second] = pair else { continue };
        if !first.is_own || !second.is_own {
            continue;
        }
        let mass = first.mass + second.mass;
        all += mass;
        let is_near = first.exact_words().any(|a| {
            second
                .exact_words()
                .any(|b| entry.pairs.binary_search(&(a.min(b), a.max(b))).is_ok())
        });
        if is_near {
            found += mass;
        }
    }
    if all > 0.0 { found / all } else { 0.0 }
}
