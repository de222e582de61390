//! The terms of a message, and which of them a collection knows.

use crate::fold::Folded;

/// How many words of a message count, and how many letters of a word.
const WORDS_MAX: usize = 64;
const LETTERS_MAX: usize = 24;
/// Lengths of the pieces of a word that count.
const PIECES: std::ops::RangeInclusive<usize> = 3..=5;
/// Endings that do not tell words apart, and what must remain before them.
const ENDINGS: &[&str] = &["ing", "ed", "es", "s", "ly"];
const STEM_MIN: usize = 4;

/// A term by its hash.
pub type Term = u64;

/// Terms with their weights, by number.
pub type Sparse = Vec<(u32, f32)>;

/// The terms of a message, sorted, as often as they occur.
#[derive(Debug, Clone)]
pub struct Terms {
    /// Words, pairs of words, stems and pieces of words.
    pub all: Vec<Term>,
    /// Stems alone.
    pub stems: Vec<Term>,
}

impl Terms {
    /// Those of a text.
    pub fn of(text: &str) -> Self {
        let folded = Folded::new(text).text.replace('\'', "");
        let words: Vec<&str> = folded
            .split(|letter: char| !letter.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .take(WORDS_MAX)
            .collect();
        let mut stems: Vec<Term> = words.iter().map(|word| hash(b's', &[stem(word)])).collect();
        let mut all = stems.clone();
        all.extend(words.iter().map(|word| hash(b'w', &[word])));
        all.extend(words.windows(2).map(|pair| hash(b'p', pair)));
        for word in &words {
            pieces(word, &mut all);
        }
        stems.sort_unstable();
        all.sort_unstable();
        Self { all, stems }
    }
}

fn stem(word: &str) -> &str {
    let short = ENDINGS.iter().find_map(|ending| word.strip_suffix(ending));
    short.filter(|stem| stem.len() >= STEM_MIN).unwrap_or(word)
}

fn pieces(word: &str, into: &mut Vec<Term>) {
    let letters: Vec<char> = std::iter::once('<')
        .chain(word.chars().take(LETTERS_MAX))
        .chain(std::iter::once('>'))
        .collect();
    // Scripts without spaces and marks say in one letter what takes others three.
    let shortest = if word.is_ascii() { *PIECES.start() } else { 1 };
    for length in shortest..=*PIECES.end() {
        for piece in letters.windows(length) {
            let piece: String = piece.iter().collect();
            into.push(hash(b'c', &[&piece]));
        }
    }
}

/// FNV-1a over the kind and the parts, each closed by a byte that no text has.
fn hash(kind: u8, parts: &[&str]) -> Term {
    let step = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let mut value = step(0xcbf2_9ce4_8422_2325, kind);
    for part in parts {
        value = part.bytes().fold(value, step);
        value = step(value, 0xff);
    }
    value
}

/// The terms of a collection with how telling each is.
#[derive(Debug, Clone)]
pub struct Vocabulary {
    terms: Vec<Term>,
    telling: Vec<f32>,
    telling_unknown: f32,
}

impl Vocabulary {
    /// The terms that occur in at least `texts_min` of some texts.
    pub fn new<'a>(texts: impl Iterator<Item = &'a [Term]>, texts_min: usize) -> Self {
        let (mut found, mut count): (Vec<Term>, f32) = (Vec::new(), 0.0);
        for text in texts {
            found.extend(text.chunk_by(|a, b| a == b).filter_map(|same| same.first()));
            count += 1.0;
        }
        found.sort_unstable();
        let telling = |texts: f32| ((1.0 + count) / (1.0 + texts)).ln() + 1.0;
        let known = found
            .chunk_by(|a, b| a == b)
            .filter(|same| same.len() >= texts_min);
        let (terms, telling_known) = known
            .filter_map(|same| Some((*same.first()?, telling(same.len() as f32))))
            .unzip();
        Self {
            terms,
            telling: telling_known,
            telling_unknown: telling(0.0),
        }
    }

    /// How many terms it knows.
    pub fn len(&self) -> usize {
        self.terms.len()
    }

    /// How telling a term is.
    pub fn telling(&self, number: u32) -> f32 {
        let at = usize::try_from(number).ok();
        at.and_then(|at| self.telling.get(at))
            .copied()
            .unwrap_or(self.telling_unknown)
    }

    /// The known terms of a text, weighted, and the squared weight of the unknown ones.
    pub fn weigh(&self, text: &[Term]) -> (Sparse, f32) {
        let (mut known, mut unknown) = (Sparse::new(), 0.0);
        for same in text.chunk_by(|a, b| a == b) {
            let Some(term) = same.first() else { continue };
            let often = 1.0 + (same.len() as f32).ln();
            let found = self.terms.binary_search(term).ok();
            match found.and_then(|at| u32::try_from(at).ok()) {
                Some(number) => known.push((number, often * self.telling(number))),
                None => unknown += (often * self.telling_unknown).powi(2),
            }
        }
        (known, unknown)
    }
}

/// Makes the squares of the weights, with `rest`, sum up to 1.
pub fn normalize(terms: &mut Sparse, rest: f32) {
    let sum: f32 = terms.iter().map(|(_, weight)| weight * weight).sum();
    let norm = (sum + rest).sqrt().max(1e-6);
    for (_, weight) in terms {
        *weight /= norm;
    }
}
