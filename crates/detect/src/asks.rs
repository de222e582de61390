//! What customers asked, held side by side: whether two texts of different
//! conversations put the same concern, and which of their words say what it is.
//!
//! The likeness is the one by which a repeat within a conversation is heard
//! (`sketch.rs`): what the texts are about, or the words they share.

use crate::concerns::{Concern, DIMENSIONS};
use crate::detector::{ask_of, cut};
use crate::sketch::Sketch;

/// How many words of a text are kept; a concern is put in its beginning.
const WORDS_MAX: usize = 64;

/// One text of a customer, made comparable.
#[derive(Debug, Clone)]
pub struct Ask {
    sketch: Sketch,
    words: Vec<Word>,
}

/// A word of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word {
    /// Its first byte in the text.
    pub start: u32,
    /// The byte after it.
    pub end: u32,
    /// In which sentence it stands, from 0.
    pub sentence: u16,
    /// Whether a comma or a bracket stands before it.
    pub is_after_comma: bool,
    /// What it says of the subject, the same for words of one stem and for synonyms;
    /// nothing for the words that only hold a sentence together.
    pub stem: Option<u32>,
    /// Whether it is so common in requests that it says little.
    pub is_common: bool,
}

impl Ask {
    /// Reads a text; at most the part that detectors look at.
    pub fn of(text: &str) -> Self {
        let (sketch, mut words) = ask_of(cut(text));
        words.truncate(WORDS_MAX);
        Self { sketch, words }
    }

    /// How alike two asks are, 0–1; from 0.5 on they put the same concern.
    pub fn likeness(&self, other: &Self) -> f32 {
        self.sketch.likeness(&other.sketch)
    }

    /// Its words in order.
    pub fn words(&self) -> &[Word] {
        &self.words
    }

    /// Whether it says anything of a subject.
    pub fn has_content(&self) -> bool {
        self.words.iter().any(|word| word.stem.is_some())
    }

    /// Where its concern lies.
    pub fn direction(&self) -> Direction {
        let mut direction = Direction::default();
        direction.add(self);
        direction
    }
}

/// Where the concerns of several asks lie: the sum of their directions.
#[derive(Debug, Clone, PartialEq)]
pub struct Direction {
    sum: [f32; DIMENSIONS],
}

impl Default for Direction {
    fn default() -> Self {
        Self {
            sum: [0.0; DIMENSIONS],
        }
    }
}

impl Direction {
    /// Takes one more ask in.
    pub fn add(&mut self, ask: &Ask) {
        let concern: &Concern = ask.sketch.concern();
        for (sum, value) in self.sum.iter_mut().zip(concern.values()) {
            *sum += f32::from(*value);
        }
    }

    /// Cosine with another direction, −1 to 1; 0 where one is nothing.
    pub fn cosine(&self, other: &Self) -> f32 {
        let dot = |a: &Self, b: &Self| a.sum.iter().zip(&b.sum).map(|(a, b)| a * b).sum::<f32>();
        let sizes = dot(self, self) * dot(other, other);
        if sizes > 0.0 {
            dot(self, other) / sizes.sqrt()
        } else {
            0.0
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_concern_in_other_words_is_alike_and_another_is_not() {
        let lost = Ask::of("Where is my parcel? It should have come on Monday.");
        let late = Ask::of("my package has not arrived yet");
        let password = Ask::of("I forgot my password and cannot log in");
        let (alike, other) = (lost.likeness(&late), lost.likeness(&password));
        assert!(alike >= 0.4 && other < alike / 2.0, "{alike} {other}");
    }

    #[test]
    fn words_point_into_the_text_as_it_was_written() {
        let text = "Müde? Die Überweisung fehlt.";
        let ask = Ask::of(text);
        let content: Vec<&str> = ask
            .words()
            .iter()
            .filter(|word| word.stem.is_some())
            .filter_map(|word| text.get(word.start as usize..word.end as usize))
            .collect();
        assert!(content.contains(&"Überweisung"), "{content:?}");
        assert!(Ask::of("").words().is_empty());
        assert!(!Ask::of("and then it is").has_content());
    }
}
