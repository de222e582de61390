//! The inverted index: words with weights by field, character n-grams, and the
//! words of each sentence.

use std::collections::{BTreeMap, BTreeSet};

use super::past::Past;
use crate::article::Document;
use crate::sentences::{Place, Unit, units};
use crate::text::{self, Language};

/// BM25 saturation of repeated words (Robertson and Zaragoza 2009, usual range 1.2–2).
pub(super) const K1: f64 = 2.0;
/// BM25 length normalization (same source, usual 0.75; articles of one help centre
/// differ in thoroughness rather than in subject, hence less).
pub(super) const B: f64 = 0.8;

/// What a word in the title counts, against one in the body (BM25F field weights).
const TITLE_WEIGHT: f64 = 5.0;
/// What a word in the first sentence counts.
const LEAD_WEIGHT: f64 = 2.0;
/// What a word in the headings counts, once per heading.
const HEADING_WEIGHT: f64 = 1.0;
/// How many words on two words are still neighbors.
const PAIR_DISTANCE: usize = 2;
/// What a word's rarity among titles counts against its rarity among whole articles: a word
/// that stands everywhere but in few titles still names a subject.
const TITLE_IDF: f64 = 0.4;
/// What body words count in the spelling profile, against title words.
const BODY_GRAM_WEIGHT: f64 = 0.35;

#[derive(Debug)]
pub(crate) struct Index {
    pub(super) language: Language,
    pub(super) entries: Vec<Entry>,
    /// Word → number.
    pub(super) words: BTreeMap<String, usize>,
    /// By word number: (entry, weighted frequency).
    pub(super) postings: Vec<Vec<(usize, f64)>>,
    /// By word number.
    pub(super) idf: Vec<f64>,
    /// What a word counts that stands nowhere.
    pub(super) idf_unknown: f64,
    /// n-gram → (entry, weight of the unit vector).
    pub(super) grams: BTreeMap<u64, Vec<(usize, f64)>>,
    /// n-gram's IDF where it stands nowhere.
    pub(super) gram_idf_unknown: f64,
    pub(super) synonyms: text::Synonyms,
    /// Words that are written as initials: in capitals, letter by letter, or without a vowel.
    pub(super) initialisms: BTreeSet<String>,
    /// The past questions, if there are any.
    pub(super) past: Option<Past>,
}

/// One document as indexed.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(super) id: String,
    pub(super) title: String,
    pub(super) units: Vec<Unit>,
    /// For each unit the numbers of its words, sorted.
    pub(super) unit_words: Vec<Vec<usize>>,
    /// The numbers of the title's words, sorted.
    pub(super) title_words: Vec<usize>,
    /// The unit vector of the title's n-grams.
    pub(super) title_grams: Vec<(u64, f64)>,
    /// The pairs of words that stand near each other, the lower number first, sorted.
    pub(super) pairs: Vec<(usize, usize)>,
    /// BM25's length term: K1·(1 − B + B·length/mean).
    pub(super) length_norm: f64,
}

struct Builder {
    language: Language,
    words: BTreeMap<String, usize>,
    postings: Vec<Vec<(usize, f64)>>,
    /// Pairs of neighbors in the article that is being read.
    pairs: BTreeSet<(usize, usize)>,
}

impl Builder {
    fn number(&mut self, word: &str) -> usize {
        if let Some(&number) = self.words.get(word) {
            return number;
        }
        let number = self.postings.len();
        self.words.insert(word.to_owned(), number);
        self.postings.push(Vec::new());
        number
    }

    /// Adds the words of a field to an entry's frequencies; returns their numbers, sorted.
    fn field(&mut self, text: &str, weight: f64, into: &mut BTreeMap<usize, f64>) -> Vec<usize> {
        let mut numbers = BTreeSet::new();
        let mut before: [Option<usize>; PAIR_DISTANCE] = [None; PAIR_DISTANCE];
        for term in text::terms(text, self.language) {
            let number = self.number(&term.text);
            *into.entry(number).or_default() += weight;
            numbers.insert(number);
            for other in before.into_iter().flatten() {
                self.pairs.insert((other.min(number), other.max(number)));
            }
            before.rotate_right(1);
            if let Some(latest) = before.first_mut() {
                *latest = Some(number);
            }
        }
        numbers.into_iter().collect()
    }
}

impl Index {
    pub(super) fn build(docs: &[Document], outside: &[String]) -> Self {
        let language = Language::of(docs.iter().map(|doc| doc.text.as_str()));
        let mut builder = Builder {
            language,
            words: BTreeMap::new(),
            postings: Vec::new(),
            pairs: BTreeSet::new(),
        };
        let mut entries = Vec::with_capacity(docs.len());
        let mut lengths = Vec::with_capacity(docs.len());
        for (at, doc) in docs.iter().enumerate() {
            let (entry, frequencies) = index_entry(&mut builder, doc);
            lengths.push(frequencies.values().sum::<f64>());
            for (word, frequency) in frequencies {
                if let Some(list) = builder.postings.get_mut(word) {
                    list.push((at, frequency));
                }
            }
            entries.push(entry);
        }
        let count = docs.len() as f64;
        let mean = (lengths.iter().sum::<f64>() / count.max(1.0)).max(1.0);
        for (entry, length) in entries.iter_mut().zip(&lengths) {
            entry.length_norm = K1 * (1.0 - B + B * length / mean);
        }
        let mut in_titles = vec![0.0; builder.postings.len()];
        for word in entries.iter().flat_map(|entry| &entry.title_words) {
            if let Some(titles) = in_titles.get_mut(*word) {
                *titles += 1.0;
            }
        }
        let weights = builder
            .postings
            .iter()
            .zip(&in_titles)
            .map(|(list, titles)| {
                (1.0 - TITLE_IDF) * idf(count, list.len() as f64) + TITLE_IDF * idf(count, *titles)
            })
            .collect();
        let asked: Vec<&[String]> = docs.iter().map(|doc| doc.questions.as_slice()).collect();
        let grams = gram_vectors(docs, &entries, language);
        for (entry, doc) in entries.iter_mut().zip(docs) {
            entry.title_grams =
                title_vector(&text::character_grams(&doc.title, language), &grams, count);
        }
        Self {
            language,
            grams,
            initialisms: docs
                .iter()
                .flat_map(|doc| text::initialisms(&doc.title).chain(text::initialisms(&doc.text)))
                .collect(),
            past: Past::build(&asked, outside),
            entries,
            words: builder.words,
            postings: builder.postings,
            idf: weights,
            idf_unknown: idf(count, 0.0),
            gram_idf_unknown: idf(count, 0.0),
            synonyms: text::synonyms(language),
        }
    }

    /// Whether a word stands in an entry.
    pub(super) fn holds(&self, word: usize, entry: usize) -> bool {
        self.postings
            .get(word)
            .is_some_and(|list| list.binary_search_by_key(&entry, |(at, _)| *at).is_ok())
    }

    /// BM25's inverse document frequency of a word by number.
    pub(super) fn idf_of(&self, word: usize) -> f64 {
        self.idf.get(word).copied().unwrap_or(self.idf_unknown)
    }
}

/// Robertson–Spärck Jones IDF in the form that is never negative.
fn idf(count: f64, with: f64) -> f64 {
    (1.0 + (count - with + 0.5) / (with + 0.5)).ln()
}

fn index_entry(builder: &mut Builder, doc: &Document) -> (Entry, BTreeMap<usize, f64>) {
    let units = units(&doc.text);
    let mut frequencies = BTreeMap::new();
    let title_words = builder.field(&doc.title, TITLE_WEIGHT, &mut frequencies);
    let mut unit_words = Vec::with_capacity(units.len());
    let mut heading = "";
    for (at, unit) in units.iter().enumerate() {
        let mut extra = Vec::new();
        if unit.heading != heading {
            heading = &unit.heading;
            builder.field(heading, HEADING_WEIGHT, &mut frequencies);
        }
        if !unit.heading.is_empty() {
            extra = builder.field(&unit.heading, 0.0, &mut frequencies);
        }
        let weight = if at == 0 { LEAD_WEIGHT } else { 1.0 };
        let mut words = builder.field(&unit.text, weight, &mut frequencies);
        words.append(&mut extra);
        words.sort_unstable();
        words.dedup();
        unit_words.push(words);
    }
    // Code is searched (people paste it) though it is never said.
    let mut fenced = false;
    for line in doc.text.lines() {
        if line.trim_start().starts_with("```") {
            fenced = !fenced;
        } else if fenced {
            builder.field(line, 1.0, &mut frequencies);
        }
    }
    let entry = Entry {
        id: doc.id.clone(),
        title: doc.title.clone(),
        units,
        unit_words,
        title_words,
        title_grams: Vec::new(),
        pairs: std::mem::take(&mut builder.pairs).into_iter().collect(),
        length_norm: K1,
    };
    (entry, frequencies)
}

fn title_vector(
    of_title: &[u64],
    grams: &BTreeMap<u64, Vec<(usize, f64)>>,
    count: f64,
) -> Vec<(u64, f64)> {
    let unique: BTreeSet<u64> = of_title.iter().copied().collect();
    let mut vector: Vec<(u64, f64)> = unique
        .into_iter()
        .map(|gram| {
            (
                gram,
                idf(count, grams.get(&gram).map_or(0, Vec::len) as f64),
            )
        })
        .collect();
    let square: f64 = vector.iter().map(|(_, weight)| weight * weight).sum();
    let norm = square.sqrt().max(f64::MIN_POSITIVE);
    vector.iter_mut().for_each(|(_, weight)| *weight /= norm);
    vector
}

/// TF-IDF over character n-grams, one unit vector per document, as postings.
fn gram_vectors(
    docs: &[Document],
    entries: &[Entry],
    language: Language,
) -> BTreeMap<u64, Vec<(usize, f64)>> {
    let mut grams: BTreeMap<u64, Vec<(usize, f64)>> = BTreeMap::new();
    for (at, (doc, entry)) in docs.iter().zip(entries).enumerate() {
        let mut profile = BTreeMap::<u64, f64>::new();
        for gram in text::character_grams(&doc.title, language) {
            *profile.entry(gram).or_default() += 1.0;
        }
        for (number, unit) in entry.units.iter().enumerate() {
            let lead = number == 0 && matches!(unit.place, Place::Paragraph(_));
            let weight = if lead { 1.0 } else { BODY_GRAM_WEIGHT };
            for gram in text::character_grams(&unit.text, language) {
                *profile.entry(gram).or_default() += weight;
            }
        }
        for (gram, frequency) in profile {
            // Sublinear frequency, so that one word said often does not fill the profile.
            grams
                .entry(gram)
                .or_default()
                .push((at, (1.0 + frequency).ln()));
        }
    }
    let count = docs.len() as f64;
    let mut norms = vec![0.0; docs.len()];
    for list in grams.values_mut() {
        let idf = idf(count, list.len() as f64);
        for (at, weight) in list {
            *weight *= idf;
            if let Some(norm) = norms.get_mut(*at) {
                *norm += *weight * *weight;
            }
        }
    }
    for list in grams.values_mut() {
        for (at, weight) in list {
            let norm: f64 = norms.get(*at).copied().unwrap_or_default();
            *weight /= norm.sqrt().max(f64::MIN_POSITIVE);
        }
    }
    grams
}
