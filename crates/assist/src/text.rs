//! From text to terms: words, stems, phrases, stop words, synonyms.
//! For English and German; other languages fall back on character n-grams.

mod german;
mod stem;
mod synonyms;
mod vocabulary;

pub(crate) use synonyms::{Nearness, Synonyms, synonyms};

/// The language of a help centre, as far as words are concerned.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    /// English, and whatever is neither.
    English,
    /// German.
    German,
}

impl Language {
    /// The language whose stop words stand more often in the texts.
    pub(crate) fn of<'a>(texts: impl Iterator<Item = &'a str>) -> Self {
        let (mut english, mut german) = (0_usize, 0_usize);
        for word in texts.flat_map(words) {
            english += usize::from(vocabulary::is_stop_word(&word));
            german += usize::from(german::is_stop_word(&word));
        }
        if german > english {
            Self::German
        } else {
            Self::English
        }
    }

    /// The stem of a lower-case word.
    pub(crate) fn stem(self, word: &str) -> String {
        match self {
            Self::English => stem::stem(word),
            Self::German => german::stem(word),
        }
    }

    fn is_stop_word(self, word: &str) -> bool {
        match self {
            Self::English => vocabulary::is_stop_word(word),
            Self::German => german::is_stop_word(word),
        }
    }

    fn is_light_word(self, word: &str) -> bool {
        self == Self::English && vocabulary::is_light_word(word)
    }

    fn phrase(self, words: &[String]) -> Option<(&'static str, usize)> {
        match self {
            Self::English => vocabulary::phrase(words),
            Self::German => None,
        }
    }
}

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
pub(crate) fn terms(text: &str, language: Language) -> Vec<Term> {
    let words = words(text);
    let mut found = Vec::with_capacity(words.len());
    let mut rest = words.as_slice();
    while let Some((word, after)) = rest.split_first() {
        if let Some((joined, length)) = language.phrase(rest) {
            found.push(Term {
                text: language.stem(joined),
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
        } else if !language.is_stop_word(word) {
            let light = language.is_light_word(word);
            found.push(Term {
                text: language.stem(word),
                code,
                light,
            });
        }
    }
    found
}

/// Lower-case words; an apostrophe is dropped (`can't` → `cant`), a possessive `'s` too, and
/// capitals that stand alone one after the other are one word (`R C S` → `rcs`).
pub(crate) fn words(text: &str) -> Vec<String> {
    let raw = raw_words(text);
    let mut words: Vec<String> = Vec::with_capacity(raw.len());
    for run in raw.chunk_by(|a, b| is_lone_capital(a) && is_lone_capital(b)) {
        match run {
            [one] => words.push(one.to_lowercase()),
            spelled => words.push(spelled.concat().to_lowercase()),
        }
    }
    words
}

fn is_lone_capital(word: &str) -> bool {
    word.len() == 1 && word.bytes().all(|b| b.is_ascii_uppercase())
}

/// The words of a text that are initials: in capitals, spelled out, or without a vowel.
pub(crate) fn initialisms(text: &str) -> impl Iterator<Item = String> {
    let raw = raw_words(text);
    let is_shouted = raw.iter().all(|word| !word.chars().any(char::is_lowercase));
    let spelled: Vec<String> = raw
        .chunk_by(|a, b| is_lone_capital(a) && is_lone_capital(b))
        .filter(|run| run.len() > 1)
        .map(<[String]>::concat)
        .collect();
    raw.into_iter()
        .filter(move |word| {
            let is_capital = !is_shouted && word.bytes().all(|b| b.is_ascii_uppercase());
            let no_vowel = !word.bytes().any(|b| b"aeiouyAEIOUY".contains(&b));
            word.bytes().all(|b| b.is_ascii_alphabetic()) && (is_capital || no_vowel)
        })
        .chain(spelled)
        .filter(|word| (3..=5).contains(&word.len()))
        .map(|word| word.to_ascii_lowercase())
}

/// Words as they are written.
fn raw_words(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    for c in text.chars() {
        if c.is_alphanumeric() {
            word.push(c);
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
    let trimmed = trimmed
        .strip_suffix("'s")
        .or_else(|| trimmed.strip_suffix("'S"))
        .unwrap_or(trimmed);
    if !trimmed.is_empty() {
        words.push(trimmed.replace('\'', ""));
    }
}

/// The character n-grams (3 to 5) of the content words, each word on its own between
/// `_` marks, as 64-bit FNV-1a hashes. Codes are left out: they match exactly or not at all.
pub(crate) fn character_grams(text: &str, language: Language) -> Vec<u64> {
    let mut grams = Vec::new();
    for word in words(text) {
        if word.bytes().any(|b| b.is_ascii_digit()) || language.is_stop_word(&word) {
            continue;
        }
        let padded: Vec<char> = std::iter::once('_')
            .chain(word.chars())
            .chain(std::iter::once('_'))
            .collect();
        for size in GRAM_MIN..=GRAM_MAX {
            grams.extend(padded.windows(size).map(|gram| hash(gram.iter().copied())));
        }
    }
    grams
}

/// The n-grams of a text with how often each stands there, as hashes.
#[derive(Debug, Default)]
pub(crate) struct Profile {
    /// Single words and pairs of neighbors, stop words included: the form of a question is
    /// part of it.
    pub(crate) words: Vec<(u64, u32)>,
    /// Character n-grams within words.
    pub(crate) spelling: Vec<(u64, u32)>,
}

/// The profile of a question to compare with other questions.
pub(crate) fn profile(text: &str) -> Profile {
    let words = words(text);
    let mut of_words = Vec::with_capacity(words.len() * 2);
    let mut spelling = Vec::new();
    let mut padded: Vec<char> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        of_words.push(hash(word.chars()));
        if let Some(next) = words.get(at + 1) {
            of_words.push(hash(word.chars().chain([' ']).chain(next.chars())));
        }
        padded.clear();
        padded.push('_');
        padded.extend(word.chars());
        padded.push('_');
        for size in PROFILE_GRAM_MIN..=GRAM_MAX {
            spelling.extend(padded.windows(size).map(|gram| hash(gram.iter().copied())));
        }
    }
    Profile {
        words: counted(of_words),
        spelling: counted(spelling),
    }
}

/// The n-grams sorted, each once, with how often it stands there.
pub(crate) fn counted(mut grams: Vec<u64>) -> Vec<(u64, u32)> {
    grams.sort_unstable();
    grams
        .chunk_by(|a, b| a == b)
        .filter_map(|same| Some((*same.first()?, same.len() as u32)))
        .collect()
}

/// Shortest character n-gram of a [`Profile`], characters.
const PROFILE_GRAM_MIN: usize = 2;
/// Shortest character n-gram, characters.
const GRAM_MIN: usize = 3;
/// Longest character n-gram, characters.
const GRAM_MAX: usize = 5;

/// FNV-1a, 64 bits (Fowler, Noll, Vo): a collision would only blur a similarity.
fn hash(gram: impl Iterator<Item = char>) -> u64 {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0000_0100_0000_01b3;
    gram.fold(OFFSET, |state, c| {
        (state ^ u64::from(u32::from(c))).wrapping_mul(PRIME)
    })
}
