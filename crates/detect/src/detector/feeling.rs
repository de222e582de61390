//! The mood of a turn: the lexicon by hand and the trained part, joined.

use segue_model::turn::TurnNumber;

use super::{Reader, cut};
use crate::builtin::BUILTIN;
use crate::features::Features;
use crate::memory::{FOUND_MIN, Latest};
use crate::mood::{self, Lexical, MoodLabel, Phrase};
use crate::own;
use crate::sentiment::{Clues, Felt, SHIPPED, Sentiment, Words, with_margins};

/// A text as the trained part of the mood sees it: its features, and the clues that
/// are no part of it.
pub(crate) fn mood_parts(text: &str, lists: (&Words, &Words)) -> (Features, Clues) {
    let read = Reader::new(cut(text), TurnNumber(1), &BUILTIN);
    let (_, phrases) = read.findings();
    let lexical = read.lexical(&phrases, Some(lists));
    (read.features(), read.clues(&lexical))
}

/// A text as heads of an operator's own see it.
pub(crate) fn clues_of(text: &str) -> (Features, Clues) {
    let read = Reader::new(cut(text), TurnNumber(1), &BUILTIN);
    let (_, phrases) = read.findings();
    let features = read.features();
    let (_, _, clues) = read.felt(&features, &phrases);
    (features, clues)
}

impl Reader<'_> {
    /// What the lists of words say, those by hand and those of many languages.
    fn lexical(&self, phrases: &[Phrase], lists: Option<(&Words, &Words)>) -> Lexical {
        mood::measure(
            &self.tokens,
            &self.folded.text,
            phrases,
            self.builtin,
            lists,
        )
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

    /// What the lists say, what the trained part says, and the clues of both.
    fn felt(
        &self,
        features: &Features,
        phrases: &[Phrase],
    ) -> (Lexical, Option<(&'static Sentiment, Felt)>, Clues) {
        let model = SHIPPED.as_ref().filter(|_| !self.tokens.list.is_empty());
        let lists = model.map(|model| (&model.words, &model.english));
        let lexical = self.lexical(phrases, lists);
        let felt = model.map(|model| (model, model.feel(features)));
        let clues = self.clues(&lexical);
        let clues = match &felt {
            Some((_, felt)) => with_margins(clues, felt),
            None => clues,
        };
        (lexical, felt, clues)
    }

    /// Adds the mood, and what heads of an operator's own find.
    pub(super) fn add_mood(&self, features: &Features, phrases: &[Phrase], latest: &mut Latest) {
        let (lexical, felt, clues) = self.felt(features, phrases);
        self.add_own(features, &clues, latest);
        // In a script that no list knows, no finding is no mood.
        let is_known = felt.is_some_and(|(_, felt)| felt.is_known);
        if !self.is_latin && !lexical.is_any && !is_known {
            return;
        }
        let value = match felt {
            Some((model, felt)) => mood::judged(&lexical, model.chances(&clues, felt.is_known)),
            None => lexical.value,
        };
        latest.mood = Some(value);
        let of_lists = lexical.strongest.map(|at| (at, at));
        let carriers = || {
            let side = match MoodLabel::of(value) {
                MoodLabel::Negative => 0,
                MoodLabel::Neutral => return None,
                MoodLabel::Positive => 1,
            };
            felt?.0.carriers(features, side, self.tokens.list.len())
        };
        let words = of_lists.or_else(carriers);
        latest.mood_evidence = words.and_then(|words| self.words_evidence(words));
    }

    fn add_own(&self, features: &Features, clues: &Clues, latest: &mut Latest) {
        if self.tokens.list.is_empty() {
            return;
        }
        for head in own::in_force() {
            let found = head.score(features, clues);
            let target = head.target();
            let Some(score) = latest.scores.get_mut(target as usize) else {
                continue;
            };
            *score = score.max(found);
            if f64::from(found) >= FOUND_MIN
                && latest.evidence.iter().all(|(other, _)| *other != target)
                && let Some(words) = head.carriers(features, self.tokens.list.len())
                && let Some(evidence) = self.words_evidence(words)
            {
                latest.evidence.push((target, evidence));
            }
        }
    }
}
