//! Ranking, and the few numbers that say how good the first hit is.

use super::Width;
use super::index::{Entry, Index, K1};
use super::query::Query;

/// How many numbers the confidence is made of.
pub(crate) const FEATURES: usize = 11;

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
];

/// Below this score nothing is a hit.
const SCORE_MIN: f64 = 1e-6;
/// How many candidates are looked at sentence by sentence.
const RERANKED_MAX: usize = 8;

/// The numbers of one search, in the order of [`FEATURE_NAMES`]; all 0–1 but `length`.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(crate) struct Features {
    pub(crate) values: [f64; FEATURES],
    /// See [`super::Found::query_distance`].
    pub(crate) query_distance: f64,
    /// See [`super::Found::out_of_scope`].
    pub(crate) out_of_scope: f64,
}

/// One article on the way to being a hit.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Candidate {
    pub(super) entry: usize,
    pub(super) score: f64,
    /// BM25 over the best any article could reach, 0–1.
    matched: f64,
    /// Share of the question's mass that stands in the article.
    coverage: f64,
    /// Cosine of the spelling profiles.
    spelling: f64,
    /// Share of the question's mass in its best sentence or its title.
    sentence: f64,
    /// Share of the title's mass the question names.
    title: f64,
    /// Share of the question's mass that stands in the title.
    in_title: f64,
}

/// What each part adds to the score by which articles are ordered. Rounded from a random search
/// over the train questions of `faq_retrieval` and half of the demo's questions; the optimum is
/// flat (docs/ASSISTANT.md says which half and what that does to the figures).
struct Mix {
    spelling: f64,
    sentence: f64,
    title: f64,
}

const fn mix(width: Width) -> Mix {
    match width {
        Width::Normal => Mix {
            spelling: 0.6,
            sentence: 0.25,
            title: 0.25,
        },
        Width::Wide => Mix {
            spelling: 0.8,
            sentence: 0.25,
            title: 0.25,
        },
    }
}

/// All articles that share something with the question, best first; ties in document order.
pub(super) fn rank(index: &Index, query: &Query, width: Width) -> Vec<Candidate> {
    let mut candidates: Vec<Candidate> = (0..index.entries.len())
        .map(|entry| Candidate {
            entry,
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
    let mix = mix(width);
    for candidate in &mut candidates {
        candidate.score = candidate.matched + mix.spelling * candidate.spelling;
    }
    candidates.retain(|candidate| candidate.score > SCORE_MIN);
    sort(&mut candidates);
    for candidate in candidates.iter_mut().take(RERANKED_MAX) {
        if let Some(entry) = index.entries.get(candidate.entry) {
            candidate.title = title_share(index, entry, query);
            candidate.in_title = share_in(query, &entry.title_words, &[]);
            candidate.sentence = sentence_share(entry, query);
        }
        candidate.score += mix.sentence * candidate.sentence + mix.title * candidate.title;
    }
    sort(&mut candidates);
    // To 0–1, so that a trace can be read.
    let most = 1.0 + mix.spelling + mix.sentence + mix.title;
    candidates
        .iter_mut()
        .for_each(|candidate| candidate.score /= most);
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

impl Features {
    pub(super) fn of(index: &Index, query: &Query, ranking: &[Candidate]) -> Self {
        let out_of_scope = query.unknown_share();
        let Some(top) = ranking.first() else {
            return Self {
                values: [0.0; FEATURES],
                query_distance: 1.0,
                out_of_scope,
            };
        };
        let second = ranking.get(1).map_or(0.0, |candidate| candidate.score);
        let nearest = ranking
            .iter()
            .map(|c| c.coverage.max(c.spelling))
            .fold(0.0_f64, f64::max);
        let values = [
            top.matched,
            (top.score - second) / top.score,
            top.coverage,
            top.sentence,
            top.title,
            top.spelling,
            out_of_scope,
            (1.0 + query.concepts.len() as f64).ln(),
            code_missed(index, query, top.entry),
            top.in_title,
            agreement(ranking),
        ];
        Self {
            values,
            query_distance: 1.0 - nearest.min(1.0),
            out_of_scope,
        }
    }
}

/// In which share of the measures no rival beats the first article. Measures that err in
/// different ways and yet agree are the best evidence there is without meaning.
fn agreement(ranking: &[Candidate]) -> f64 {
    let measures: [fn(&Candidate) -> f64; 6] = [
        |c| c.matched,
        |c| c.coverage,
        |c| c.spelling,
        |c| c.sentence,
        |c| c.title,
        |c| c.in_title,
    ];
    let Some((top, rivals)) = ranking.split_first() else {
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
    let holds = |word: usize| {
        index
            .postings
            .get(word)
            .is_some_and(|list| list.iter().any(|(at, _)| *at == entry))
    };
    let missed = query
        .concepts
        .iter()
        .any(|concept| concept.code && !concept.words.iter().any(|(word, _)| holds(*word)));
    f64::from(u8::from(missed))
}
