//! The mood of a turn: the lexicon by hand and the trained part, joined.

use segue_model::turn::TurnNumber;

use super::{Reader, cut};
use crate::builtin::BUILTIN;
use crate::features::Features;
use crate::memory::Latest;
use crate::mood::{self, Lexical, MoodLabel, Phrase};
use crate::sentiment::{Clues, SHIPPED, Words, learn::with_margins};

/// A text as the trained part of the mood sees it: its features, and the clues that
/// are no part of it.
pub(crate) fn mood_parts(text: &str, lists: (&Words, &Words)) -> (Features, Clues) {
    let read = Reader::new(cut(text), TurnNumber(1), &BUILTIN);
    let (_, phrases) = read.findings();
    let lexical = read.lexical(&phrases, Some(lists));
    (read.features(), read.clues(&lexical))
}

impl Reader<'_> {
    /// What the lists of words say, those by hand and those of many languages.
    fn lexical(&self, phrases: &[Phrase], lists: Option<(&Words, &Words)>) -> Lexical {
        mood::measure(&self.tokens, &self.folded.text, phrases, self.builtin, lists)
    }

    fn clues(&self, lexical: &Lexical) -> Clues {
        /// Exclamation marks beyond these say no more.
        const EXCLAMATIONS_MAX: u32 = 4;
        let words = self.tokens.list.len() as f32;
        let last = self.tokens.list.last().map_or(0, |token| token.sentence);
        let asked = (0..=last).filter(|sentence| self.tokens.is_question(*sentence));
        let (value, wide) = (lexical.value as f32, lexical.wide as f32);
        [
            1.0,
            (-value).max(0.0),
            value.max(0.0),
            0.0,
            0.0,
            self.tokens.exclamations.min(EXCLAMATIONS_MAX) as f32 / EXCLAMATIONS_MAX as f32,
            asked.count() as f32 / (f32::from(last) + 1.0),
            f32::from(u8::from(lexical.is_plain)),
            words.ln_1p() / 4.0,
            (-wide).max(0.0),
            wide.max(0.0),
        ]
    }

    pub(super) fn add_mood(&self, features: &Features, phrases: &[Phrase], latest: &mut Latest) {
        let model = SHIPPED.as_ref().filter(|_| !self.tokens.list.is_empty());
        let lexical = self.lexical(phrases, model.map(|model| (&model.words, &model.english)));
        let felt = model.map(|model| (model, model.feel(features)));
        // In a script that no list knows, no finding is no mood.
        let is_known = felt.is_some_and(|(_, felt)| felt.is_known);
        if !self.is_latin && !lexical.is_any && !is_known {
            return;
        }
        let judged = felt.map(|(model, felt)| {
            let clues = with_margins(self.clues(&lexical), &felt);
            model.chances(&clues, felt.is_known)
        });
        let value = judged.map_or(lexical.value, |chances| mood::judged(&lexical, chances));
        latest.mood = Some(value);
        let of_lists = lexical.strongest.map(|at| (at, at));
        let carriers = || {
            let side = match MoodLabel::of(value) {
                MoodLabel::Negative => 0,
                MoodLabel::Neutral => return None,
                MoodLabel::Positive => 1,
            };
            model?.carriers(features, side, self.tokens.list.len())
        };
        latest.mood_evidence = of_lists.or_else(carriers).and_then(|words| self.words_evidence(words));
    }
}
