//! What a conversation has been like so far, in a few numbers: constant work for
//! each turn, and constant memory.

use crate::builtin::{Builtin, Target};
use crate::memory::{Latest, Memory};
use crate::token::{Token, Tokens};
use crate::vocabulary::NUMBER;

use super::model::TextSums;

/// What remains of a sign from one customer turn to the next (`science.md` §3.4).
const FADING: f32 = 0.7;
/// Counts beyond this add no more.
const COUNT_MAX: u32 = 3;
/// A shorter turn is a bare answer or a bare reaction, in bytes.
const SHORT_MAX: usize = 12;
/// How many turns without anything a mean begins with, so that a single turn does
/// not say what all of the conversation is like.
const MEAN_FROM: f32 = 1.0;
/// Below this confidence an answer adds to the risk (the default `accept` band).
const CONFIDENCE_EXPECTED: f64 = 0.7;

/// How many manners of a customer's turn there are.
const MANNERS: usize = 14;
/// How many signs fade.
const SIGNS: usize = 10;

/// How a customer's turn is put, apart from what it says.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Manner {
    /// Negations in it.
    negations: u32,
    /// Whether it begins with one.
    is_refusal: bool,
    /// Whether it asks.
    is_question: bool,
    /// Exclamation marks.
    exclamations: u32,
    /// Whether it gives a number.
    has_number: bool,
}

impl Manner {
    /// Reads it off the words.
    pub fn of(tokens: &Tokens, builtin: &Builtin) -> Self {
        let negations = &builtin.classes.negations;
        let list = || tokens.list.iter().filter(|token| !token.is_quoted);
        let last = list().next_back().map_or(0, |token| token.sentence);
        Self {
            negations: count(
                list()
                    .filter(|token| negations.contains(token.word))
                    .count(),
            ),
            is_refusal: list()
                .next()
                .is_some_and(|token| negations.contains(token.word)),
            is_question: (0..=last.min(63)).any(|sentence| tokens.is_question(sentence)),
            exclamations: tokens.exclamations,
            has_number: list().any(|token| token.word == NUMBER),
        }
    }
}

/// What an assistant's turn was like.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Said {
    /// Whether it says that something is not so, or cannot be.
    pub is_refusal: bool,
    /// Whether it was said before.
    pub is_same: bool,
    /// Whether a tool failed.
    pub has_failed: bool,
    /// The confidence it was given with.
    pub confidence: Option<f64>,
}

impl Said {
    /// Reads off the words what they say alone.
    pub fn of(tokens: &Tokens, builtin: &Builtin) -> Self {
        let classes = &builtin.classes;
        let refuses = |token: &Token| {
            classes.regrets.contains(token.word) || classes.negations.contains(token.word)
        };
        Self {
            is_refusal: tokens.list.iter().any(refuses),
            ..Self::default()
        }
    }
}

/// The state of the fold.
#[derive(Debug, Clone, Default)]
pub(crate) struct Course {
    turns: f32,
    manners: [f32; MANNERS],
    latest: [f32; MANNERS],
    signs: [f32; SIGNS],
    answers: f32,
    refusals: f32,
    same: f32,
    is_last_refusal: bool,
    /// What the customer's words add up to.
    pub text: TextSums,
}

/// One number of the context: its name, the weight it has where nothing was
/// learned of it, and how strongly it is held there.
pub(super) struct Field {
    /// For the card and for reading the weights.
    pub name: &'static str,
    /// The weight set by hand.
    pub prior: f64,
    /// How many conversations' worth of evidence it takes to move it.
    pub hold: f64,
}

/// What labelled conversations say enough of.
const fn free(name: &'static str, prior: f64) -> Field {
    Field {
        name,
        prior,
        hold: LOOSE,
    }
}

/// What they do not.
const fn held(name: &'static str, prior: f64) -> Field {
    Field {
        name,
        prior,
        hold: FIRM,
    }
}

const LOOSE: f64 = 2.0;
const FIRM: f64 = 10.0;

/// How many numbers the context has.
pub(super) const WIDTH: usize = FIELDS.len();
/// The place of what the customer's words say.
pub(super) const MARGIN: usize = 1;

/// The context, in order.
pub(super) const FIELDS: &[Field] = &[
    Field {
        name: "bias",
        prior: -3.0,
        hold: 0.01,
    },
    free("words", 1.0),
    free("negative mood, mean", 0.0),
    free("positive mood, mean", 0.0),
    free("frustration, mean", 0.0),
    free("anger, mean", 0.0),
    free("thanks, mean", 0.0),
    free("negations, mean", 0.0),
    free("refusals, mean", 0.0),
    free("questions, mean", 0.0),
    free("exclamations, mean", 0.0),
    free("short turns, mean", 0.0),
    free("length, mean", 0.0),
    free("likeness, mean", 0.0),
    free("shouting, mean", 0.0),
    free("numbers, mean", 0.0),
    free("negative mood, latest", 0.0),
    free("thanks, latest", 0.0),
    free("length, latest", 0.0),
    free("negative mood, fading", 0.0),
    free("frustration, fading", 0.0),
    free("anger, fading", 0.3),
    free("rejection, fading", 0.3),
    held("wish for a person, fading", 2.0),
    held("distress, fading", 1.0),
    held("legal threat, fading", 1.0),
    held("threat, fading", 0.8),
    held("failed tool, fading", 1.8),
    held("low confidence, fading", 2.0),
    free("repeats", 0.3),
    free("rejected answers given again", 0.3),
    held("fallbacks", 1.1),
    free("refusing answers, share", 0.0),
    free("last answer refuses", 0.0),
    free("answers given before, share", 0.0),
    free("turns", 0.0),
];

/// Manners whose latest value is a number of the context, by place.
const LATEST: [usize; 3] = [0, 4, 10];

impl Course {
    /// Adds a customer's turn.
    pub fn add_customer(&mut self, manner: Manner, latest: &Latest, text: TextSums) {
        self.turns += 1.0;
        self.text.add(text);
        let score = |target| latest.score(target) as f32;
        // Rare and weighty: below what counts as found, a score is noise.
        let found = |target| f32::from(u8::from(latest.has(target)));
        let yes = |is: bool| f32::from(u8::from(is));
        let mood = latest.mood.unwrap_or(0.0) as f32;
        self.latest = [
            (-mood).max(0.0),
            mood.max(0.0),
            score(Target::Frustration),
            score(Target::Anger),
            score(Target::Thanks),
            capped(manner.negations),
            yes(manner.is_refusal),
            yes(manner.is_question),
            capped(manner.exclamations),
            yes(latest.length < SHORT_MAX),
            (latest.length as f32).ln_1p() / 5.0,
            latest.likeness,
            latest.shouting as f32,
            yes(manner.has_number),
        ];
        for (sum, value) in self.manners.iter_mut().zip(self.latest) {
            *sum += value;
        }
        let [failed, unsure] = [0.0; 2];
        let signs = [
            (-mood).max(0.0),
            score(Target::Frustration),
            score(Target::Anger),
            score(Target::Feedback),
            found(Target::OptOut),
            found(Target::Distress),
            found(Target::LegalThreat),
            found(Target::Threat),
            failed,
            unsure,
        ];
        for (sign, now) in self.signs.iter_mut().zip(signs) {
            *sign = (*sign * FADING).max(now);
        }
    }

    /// Adds an assistant's turn.
    pub fn add_answer(&mut self, said: Said) {
        self.answers += 1.0;
        self.refusals += f32::from(u8::from(said.is_refusal));
        self.same += f32::from(u8::from(said.is_same));
        self.is_last_refusal = said.is_refusal;
        let short = CONFIDENCE_EXPECTED - said.confidence.unwrap_or(CONFIDENCE_EXPECTED);
        let [.., failed, unsure] = &mut self.signs;
        *failed = failed.max(f32::from(u8::from(said.has_failed)));
        *unsure = unsure.max(short as f32);
    }

    /// The numbers that the risk is reckoned from.
    pub fn context(&self, memory: &Memory, margin: f32) -> [f32; WIDTH] {
        let repeats = memory
            .latest
            .as_ref()
            .map_or(0, |latest| latest.repeats.saturating_sub(1));
        let mean = |sum: f32, of: f32| sum / (of + MEAN_FROM);
        let manners = self.manners.iter().map(|sum| mean(*sum, self.turns));
        let latest = LATEST.iter().filter_map(|at| self.latest.get(*at).copied());
        let counts = [repeats, memory.answer_repeats, memory.fallback_streak];
        let rest = [
            mean(self.refusals, self.answers),
            f32::from(u8::from(self.is_last_refusal)),
            mean(self.same, self.answers),
            self.turns.ln_1p() / 3.0,
        ];
        let all = [1.0, margin]
            .into_iter()
            .chain(manners)
            .chain(latest)
            .chain(self.signs)
            .chain(counts.map(|count| f32::from(u8::try_from(count.min(COUNT_MAX)).unwrap_or(0))))
            .chain(rest);
        let mut context = [0.0; WIDTH];
        for (field, value) in context.iter_mut().zip(all) {
            *field = value;
        }
        context
    }
}

fn capped(value: u32) -> f32 {
    f32::from(u8::try_from(value.min(COUNT_MAX)).unwrap_or(0)) / 3.0
}

fn count(value: usize) -> u32 {
    u32::try_from(value).unwrap_or(u32::MAX)
}
