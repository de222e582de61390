//! What is kept of a turn to see later whether the next one says the same:
//! content stems, with synonyms made one, and a bit set of character 4-grams
//! (`science.md` §5: the best lexical measure; SimHash is for copies only).

use crate::builtin::{Builtin, Classes};
use crate::concerns::Concern;
use crate::features::Features;
use crate::fold::Folded;
use crate::token::{Token, Tokens};
use crate::vocabulary::{NUMBER, WordId, hash32};

/// How many content stems of a turn are kept.
const STEMS_MAX: usize = 16;
/// Blocks of the bit set of 4-grams: 1,024 bits.
const GRAM_BLOCKS: usize = 16;
/// Length of a gram in bytes.
const GRAM: usize = 4;
/// Weight of a stem that most requests share ("account", "order"), against 1.
const COMMON_WEIGHT: f32 = 0.45;

/// 4-gram cosine from which two turns are copies of each other (`science.md` §5 A).
const COPY_MIN: f32 = 0.6;
/// Likeness from which two turns put the same concern; `loop_sessions` in
/// docs/DETECTORS.md says what it finds.
const LINK_MIN: f32 = 0.5;
/// The likeness of words that is as much as [`LINK_MIN`], where directions agree.
const WORDS_LINK: f32 = 0.4;
/// The cosine of directions from which they do not speak against the words.
const AGREES_MIN: f32 = 0.1;
/// The cosine of directions, with what words add, that is as much as [`LINK_MIN`].
const COSINE_LINK: f32 = 0.6;
/// What shared words add to the cosine.
const WORDS_BESIDE: f32 = 0.3;
/// Weight of the stem cosine in the blend; the rest is the gram cosine's.
const STEM_SHARE: f32 = 0.6;

/// The trace of one turn.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sketch {
    stems: [u32; STEMS_MAX],
    weights: [f32; STEMS_MAX],
    count: u8,
    /// Sum of the squared weights.
    stem_norm: f32,
    grams: [u64; GRAM_BLOCKS],
    /// How many bits of the set are one.
    gram_count: u16,
    /// What it is about.
    concern: Concern,
}

impl Sketch {
    /// The trace of the customer's own words; quoted ones are left out.
    pub fn of_ask(
        tokens: &Tokens,
        folded: &Folded,
        builtin: &Builtin,
        features: &Features,
    ) -> Self {
        let mut sketch = Self {
            concern: Concern::of(features),
            ..Self::default()
        };
        for token in &tokens.list {
            let Some(stem) = stem_of(token, folded, builtin) else {
                continue;
            };
            let word = word_of(token, folded);
            let is_common = builtin.classes.common.contains(token.word);
            sketch.add_stem(stem, if is_common { COMMON_WEIGHT } else { 1.0 });
            sketch.add_grams(word);
        }
        sketch
    }

    /// The trace of an answer: the grams of all its words.
    pub fn of_answer(tokens: &Tokens, folded: &Folded) -> Self {
        let mut sketch = Self::default();
        for token in &tokens.list {
            sketch.add_grams(
                folded
                    .text
                    .get(token.start as usize..token.end as usize)
                    .unwrap_or(""),
            );
        }
        sketch
    }

    /// What it is about.
    pub const fn concern(&self) -> &Concern {
        &self.concern
    }

    /// How many different content stems it has.
    pub fn stems(&self) -> usize {
        usize::from(self.count)
    }

    /// Cosine of the sets of grams, 0–1.
    pub fn gram_cosine(&self, other: &Self) -> f32 {
        let pairs = self.grams.iter().zip(&other.grams);
        let both: u32 = pairs
            .map(|(mine, theirs)| (mine & theirs).count_ones())
            .sum();
        let sizes = f32::from(self.gram_count) * f32::from(other.gram_count);
        let both = f32::from(u16::try_from(both).unwrap_or(u16::MAX));
        if sizes == 0.0 {
            0.0
        } else {
            both / sizes.sqrt()
        }
    }

    /// How alike two asks are, 0–1: by what they are about, or by their words.
    pub fn likeness(&self, other: &Self) -> f32 {
        let words = self.word_likeness(other);
        let cosine = self.concern.cosine(&other.concern);
        let about = (cosine + WORDS_BESIDE * words) * (LINK_MIN / COSINE_LINK);
        // Where directions do not agree, more has to be shared.
        let words = if cosine >= AGREES_MIN {
            words * (LINK_MIN / WORDS_LINK)
        } else {
            words
        };
        words.max(about).clamp(0.0, 1.0)
    }

    /// How alike their words are, 0–1. Turns without a common stem are not.
    fn word_likeness(&self, other: &Self) -> f32 {
        let stems = self.stem_cosine(other);
        if stems == 0.0 {
            return 0.0;
        }
        let grams = self.gram_cosine(other);
        let blend = STEM_SHARE * stems + (1.0 - STEM_SHARE) * grams;
        if grams >= COPY_MIN {
            blend.max(grams)
        } else {
            blend
        }
    }

    /// Whether two asks put the same concern.
    pub fn is_same_concern(&self, other: &Self) -> bool {
        self.likeness(other) >= LINK_MIN
    }

    fn stem_cosine(&self, other: &Self) -> f32 {
        let theirs = other.stems.get(..other.stems()).unwrap_or(&[]);
        let mut both = 0.0;
        for (stem, weight) in self.stems.iter().zip(&self.weights).take(self.stems()) {
            if let Some(place) = theirs.iter().position(|known| known == stem) {
                both += weight * other.weights.get(place).copied().unwrap_or(0.0);
            }
        }
        let sizes = self.stem_norm * other.stem_norm;
        if sizes == 0.0 {
            0.0
        } else {
            both / sizes.sqrt()
        }
    }

    fn add_stem(&mut self, stem: u32, weight: f32) {
        let count = self.stems();
        if self.stems.iter().take(count).any(|known| *known == stem) {
            return;
        }
        if let (Some(slot), Some(place)) = (self.stems.get_mut(count), self.weights.get_mut(count))
        {
            *slot = stem;
            *place = weight;
            self.count += 1;
            self.stem_norm += weight * weight;
        }
    }

    fn add_grams(&mut self, word: &str) {
        // The word's ends count as characters, so that its beginning weighs more.
        let mut window = [b' '; GRAM];
        for byte in word.bytes().chain([b' ']) {
            window.rotate_left(1);
            if let Some(last) = window.last_mut() {
                *last = byte;
            }
            let bit = hash32(&window) as usize % (GRAM_BLOCKS * 64);
            if let Some(block) = self.grams.get_mut(bit / 64) {
                self.gram_count += u16::from(*block & (1 << (bit % 64)) == 0);
                *block |= 1 << (bit % 64);
            }
        }
    }
}

/// What a word says of the subject, the same for words of one stem and for synonyms.
pub(crate) fn stem_of(token: &Token, folded: &Folded, builtin: &Builtin) -> Option<u32> {
    if !is_content(token, &builtin.classes) {
        return None;
    }
    let concept = builtin.vocabulary.concept(token.word);
    Some(concept.unwrap_or_else(|| hash32(stem(word_of(token, folded)).as_bytes())))
}

fn word_of<'f>(token: &Token, folded: &'f Folded) -> &'f str {
    let span = token.start as usize..token.end as usize;
    folded.text.get(span).unwrap_or_default()
}

/// Whether a word says something of the subject.
fn is_content(token: &Token, classes: &Classes) -> bool {
    let word: WordId = token.word;
    !token.is_quoted
        && word != NUMBER
        && token.end - token.start > 1
        && !classes.function.contains(word)
        && !classes.frame.contains(word)
}

/// A light English stem: endings that change the form and not the subject.
fn stem(word: &str) -> &str {
    /// By their last letter, which turns most words away at once.
    const fn endings(last: u8) -> &'static [&'static str] {
        match last {
            b's' => &["ations", "ments", "ings", "ies", "ers", "es", "s"],
            b'n' => &["ation", "en"],
            b't' => &["ment"],
            b'g' => &["ing"],
            b'd' => &["ied", "ed"],
            b'r' => &["er"],
            b'y' => &["ly", "y"],
            b'e' => &["e"],
            _ => &[],
        }
    }
    let last = word.bytes().next_back().unwrap_or_default();
    let mut stems = endings(last).iter();
    let stem = stems.find_map(|ending| word.strip_suffix(ending).filter(|stem| stem.len() >= 3));
    stem.unwrap_or(word)
}
