//! From text to terms: words, stems, phrases, stop words, synonyms.
//! For English; other languages fall back on character n-grams.

mod stem;
mod synonyms;
mod vocabulary;

pub(crate) use stem::stem;
pub(crate) use synonyms::{Nearness, Synonyms, synonyms};

/// One term of a text, as indexed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Term {
    /// The stem, or the code as it stands (lower case).
    pub(crate) text: String,
    /// Whether it holds a digit: such terms match exactly or not at all,
    /// since 402 is not a kind of 403.
    pub(crate) code: bool,
    /// Whether it is a common word that says little about the subject.
    pub(crate) light: bool,
}

/// The content terms of a text in order: stop words dropped, phrases joined.
pub(crate) fn terms(text: &str) -> Vec<Term> {
    let words = words(text);
    let mut found = Vec::with_capacity(words.len());
    let mut rest = words.as_slice();
    while let Some((word, after)) = rest.split_first() {
        if let Some((joined, length)) = vocabulary::phrase(rest) {
            found.push(Term {
                text: stem(joined),
                code: false,
                light: false,
            });
            rest = rest.get(length..).unwrap_or_default();
            continue;
        }
        rest = after;
        let code = word.bytes().any(|b| b.is_ascii_digit());
        if code {
            found.push(Term {
                text: word.clone(),
                code,
                light: false,
            });
        } else if !vocabulary::is_stop_word(word) {
            let light = vocabulary::is_light_word(word);
            found.push(Term {
                text: stem(word),
                code,
                light,
            });
        }
    }
    found
}

/// Lower-case words; an apostrophe is dropped (`can't` → `cant`), a possessive `'s` too.
pub(crate) fn words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            word.extend(c.to_lowercase());
        } else if c == '\'' || c == '’' {
            word.push('\'');
        } else {
            finish(&mut word, &mut words);
        }
    }
    finish(&mut word, &mut words);
    words
}

fn finish(word: &mut String, words: &mut Vec<String>) {
    let raw = std::mem::take(word);
    let trimmed = raw.trim_matches('\'');
    let trimmed = trimmed.strip_suffix("'s").unwrap_or(trimmed);
    if !trimmed.is_empty() {
        words.push(trimmed.replace('\'', ""));
    }
}

/// The character n-grams (3 to 5) of the content words, each word on its own between
/// `_` marks, as 64-bit FNV-1a hashes. Codes are left out: they match exactly or not at all.
pub(crate) fn character_grams(text: &str) -> Vec<u64> {
    let mut grams = Vec::new();
    for word in words(text) {
        if word.bytes().any(|b| b.is_ascii_digit()) || vocabulary::is_stop_word(&word) {
            continue;
        }
        let padded: Vec<char> = std::iter::once('_')
            .chain(word.chars())
            .chain(std::iter::once('_'))
            .collect();
        for size in GRAM_MIN..=GRAM_MAX {
            grams.extend(padded.windows(size).map(hash));
        }
    }
    grams
}

/// Shortest character n-gram, characters.
const GRAM_MIN: usize = 3;
/// Longest character n-gram, characters.
const GRAM_MAX: usize = 5;

/// FNV-1a, 64 bits (Fowler, Noll, Vo): a collision would only blur a similarity.
fn hash(gram: &[char]) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    gram.iter().fold(OFFSET, |state, &c| {
        (state ^ u64::from(u32::from(c))).wrapping_mul(PRIME)
    })
}
