//! A question as the index sees it: concepts with the words that may stand for them.

use super::Width;
use super::index::Index;
use crate::text::{self, Language, Nearness, Term};

/// How much an earlier turn counts against the question, per step back.
const CONTEXT_WEIGHT: f64 = 0.3;
/// How many earlier turns are read.
const CONTEXT_TURNS_MAX: usize = 3;
/// How much a code counts that some article holds: who names an error code means that one.
const CODE_WEIGHT: f64 = 2.0;
/// How much a common word counts that says little about the subject.
const LIGHT_WEIGHT: f64 = 0.4;
/// How much a word in a neighboring spelling counts.
const SPELLING_WEIGHT: f64 = 0.8;
/// Stems that make a number the code of an error.
const ERRORS: &[&str] = &["error", "status", "fault", "http", "fehl", "fehlermeldung"];
/// How much a part of a compound counts against the whole.
const COMPOUND_WEIGHT: f64 = 0.6;
/// Shortest stem that is looked for within others, bytes.
const COMPOUND_BYTES_MIN: usize = 5;
/// From this weight on a word says the very same.
const EXACT_MIN: f64 = 0.8;
/// How much the initials of some words count against those words.
const INITIALS_WEIGHT: f64 = 0.9;
/// How many words initials may stand for.
const INITIALS: std::ops::RangeInclusive<usize> = 3..=5;
/// Shortest word whose spelling is corrected, characters: below it neighbors are other words.
const SPELLING_CHARS_MIN: usize = 5;

/// A question, resolved against one index.
#[derive(Debug)]
pub(crate) struct Query {
    pub(super) concepts: Vec<Concept>,
    /// Whether it speaks of an error, so that its numbers are codes, not amounts.
    pub(super) names_error: bool,
    /// The sum of their masses.
    pub(super) mass: f64,
    /// The n-grams with their weights in the unit vector, sorted.
    pub(super) grams: Vec<(u64, f64)>,
}

/// One thing the question is about.
#[derive(Debug)]
pub(super) struct Concept {
    /// How much it says: its word's IDF, times the weight of its turn.
    pub(super) mass: f64,
    /// Whether it is a code, which matches exactly or not at all.
    pub(super) code: bool,
    /// Whether it stands in the question itself, not in an earlier turn.
    pub(super) is_own: bool,
    /// Word numbers that may stand for it, each with 0–1; empty if no article knows it.
    pub(super) words: Vec<(usize, f64)>,
}

impl Concept {
    /// The words that say the very same.
    pub(super) fn exact_words(&self) -> impl Iterator<Item = usize> + '_ {
        let near = self.words.iter().filter(|(_, weight)| *weight >= EXACT_MIN);
        near.map(|(word, _)| *word)
    }
}

impl Query {
    pub(super) fn new(index: &Index, text: &str, width: Width, earlier: &[&str]) -> Self {
        let mut weighted: Vec<(Term, f64)> = Vec::new();
        let mut add = |text: &str, weight: f64| {
            for term in text::terms(text, index.language) {
                if !weighted.iter().any(|(known, _)| *known == term) {
                    weighted.push((term, weight));
                }
            }
        };
        add(text, 1.0);
        let mut weight = CONTEXT_WEIGHT;
        for turn in earlier.iter().rev().take(CONTEXT_TURNS_MAX) {
            add(turn, weight);
            weight *= 0.5;
        }
        let names_error = weighted
            .iter()
            .any(|(term, _)| ERRORS.contains(&term.text.as_str()));
        let initials = initials(index, text);
        let concepts: Vec<Concept> = weighted
            .into_iter()
            .map(|(term, weight)| {
                let mut concept = concept(index, &term, weight, width);
                let of_term = initials.iter().filter(|(stem, _)| *stem == term.text);
                concept
                    .words
                    .extend(of_term.map(|(_, word)| (*word, INITIALS_WEIGHT)));
                concept
            })
            .collect();
        let mass = concepts.iter().map(|concept| concept.mass).sum();
        Self {
            concepts,
            names_error,
            mass,
            grams: gram_vector(index, text),
        }
    }

    /// The share of its mass that no article knows in any form; 1 for an empty question.
    pub(super) fn unknown_share(&self) -> f64 {
        if self.mass <= 0.0 {
            return 1.0;
        }
        let unknown: f64 = self
            .concepts
            .iter()
            .filter(|c| c.words.is_empty())
            .map(|c| c.mass)
            .sum();
        unknown / self.mass
    }
}

/// How much a synonym counts against the word itself.
const fn synonym_weight(width: Width, nearness: Nearness) -> f64 {
    match (width, nearness) {
        (Width::Normal, Nearness::Same) => 0.9,
        (Width::Normal, Nearness::Related) => 0.4,
        (Width::Wide, Nearness::Same) => 0.95,
        (Width::Wide, Nearness::Related) => 0.5,
    }
}

fn concept(index: &Index, term: &Term, weight: f64, width: Width) -> Concept {
    let own = index.words.get(&term.text).copied();
    let mut words: Vec<(usize, f64)> = own.map(|word| (word, 1.0)).into_iter().collect();
    if !term.code {
        if own.is_none() {
            words.extend(neighbor(index, &term.text).map(|word| (word, SPELLING_WEIGHT)));
            if index.language == Language::German {
                words.extend(compounds(index, &term.text).map(|word| (word, COMPOUND_WEIGHT)));
            }
        }
        for (synonym, nearness) in index.synonyms.get(&term.text).into_iter().flatten() {
            if let Some(&word) = index.words.get(synonym) {
                words.push((word, synonym_weight(width, *nearness)));
            }
        }
    }
    // The rarest reading would overrate a common synonym of an unknown word, so its own.
    let idf = match words.first() {
        Some(&(word, _)) => index.idf_of(word),
        None => index.idf_unknown,
    };
    let emphasis = match term {
        Term { light: true, .. } => LIGHT_WEIGHT,
        Term { code: true, .. } if own.is_some() => CODE_WEIGHT,
        _ => 1.0,
    };
    Concept {
        is_own: weight >= 1.0,
        mass: idf * weight * emphasis,
        code: term.code,
        words,
    }
}

/// The words whose initials an article writes, as stems, with the number of those initials:
/// "content management system" where an article says CMS.
fn initials(index: &Index, text: &str) -> Vec<(String, usize)> {
    let words = text::words(text);
    let mut found = Vec::new();
    for length in INITIALS {
        for window in words.windows(length) {
            let initials: String = window
                .iter()
                .filter_map(|word| word.chars().next())
                .collect();
            if !index.initialisms.contains(&initials) || window.contains(&initials) {
                continue;
            }
            if let Some(&number) = index.words.get(&index.language.stem(&initials)) {
                found.extend(
                    window
                        .iter()
                        .map(|word| (index.language.stem(word), number)),
                );
            }
        }
    }
    found
}

/// The known word one edit away, the most frequent if there are several.
fn neighbor(index: &Index, word: &str) -> Option<usize> {
    let letters: Vec<char> = word.chars().collect();
    if letters.len() < SPELLING_CHARS_MIN {
        return None;
    }
    index
        .words
        .iter()
        .filter(|(known, _)| known.len().abs_diff(word.len()) <= 2)
        .filter(|(known, _)| is_one_edit(&letters, known))
        .map(|(_, &number)| number)
        .min_by(|&a, &b| index.idf_of(a).total_cmp(&index.idf_of(b)))
}

/// The known words an unknown one begins or ends with, or that begin or end with it:
/// "Rechnungsadresse" holds "Adresse".
fn compounds<'i>(index: &'i Index, word: &str) -> impl Iterator<Item = usize> + use<'i> {
    let word = word.to_owned();
    let is_long = move |part: &str| part.len() >= COMPOUND_BYTES_MIN;
    index
        .words
        .iter()
        .filter(move |(known, _)| {
            let within = |part: &str, whole: &str| {
                is_long(part) && (whole.starts_with(part) || whole.ends_with(part))
            };
            within(known, &word) || within(&word, known)
        })
        .map(|(_, &number)| number)
}

/// Whether one insertion, deletion, replacement or swap of neighbors leads from one to the other
/// (Damerau).
fn is_one_edit(a: &[char], b: &str) -> bool {
    let b: Vec<char> = b.chars().collect();
    if b.iter().any(char::is_ascii_digit) || b.len() < SPELLING_CHARS_MIN - 1 {
        return false;
    }
    let same = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (
        a.get(same..).unwrap_or_default(),
        b.get(same..).unwrap_or_default(),
    );
    match (a, b) {
        ([], [_]) | ([_], []) => true,
        ([_, rest_a @ ..], [_, rest_b @ ..]) if rest_a == rest_b => true,
        ([_, rest @ ..], other) if rest == other => true,
        (other, [_, rest @ ..]) if rest == other => true,
        ([x, y, rest_a @ ..], [u, v, rest_b @ ..]) => x == v && y == u && rest_a == rest_b,
        _ => false,
    }
}

fn gram_vector(index: &Index, text: &str) -> Vec<(u64, f64)> {
    let grams = text::counted(text::character_grams(text, index.language));
    let count = index.entries.len() as f64;
    let mut square = 0.0;
    let mut vector: Vec<(u64, f64)> = grams
        .into_iter()
        .map(|(gram, times)| {
            let idf = index
                .grams
                .get(&gram)
                .map_or(index.gram_idf_unknown, |list| {
                    let with = list.len() as f64;
                    (1.0 + (count - with + 0.5) / (with + 0.5)).ln()
                });
            let weight = (1.0 + f64::from(times)).ln() * idf;
            square += weight * weight;
            (gram, weight)
        })
        .collect();
    let norm = square.sqrt().max(f64::MIN_POSITIVE);
    vector.iter_mut().for_each(|(_, weight)| *weight /= norm);
    vector
}
