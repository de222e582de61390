//! Mood of a turn from a lexicon of its own, with negation, boosters, capitals
//! and exclamation marks handled as VADER does (Hutto & Gilbert 2014); the
//! constants named after it are taken from there.

use crate::builtin::Builtin;
use crate::token::{Token, Tokens};

/// What a negation in the three words before does to a word's mood (VADER).
const NEGATED: f32 = -0.74;
/// What a booster right before adds to a word's mood (VADER).
const BOOST: f32 = 0.293;
/// What capitals add among words in lower case (VADER).
const CAPS: f32 = 0.733;
/// What each of up to four exclamation marks adds (VADER).
const EXCLAMATION: f32 = 0.292;
/// How many exclamation marks count.
const EXCLAMATIONS_MAX: u32 = 4;
/// What remains of a mood before "but", and what becomes of one after it (VADER).
const BEFORE_CONTRAST: f32 = 0.5;
const AFTER_CONTRAST: f32 = 1.5;
/// Sum at which the mood reaches about a quarter: x / sqrt(x² + 15) (VADER).
const NORM: f64 = 15.0;
/// Mood from which a word is a strong one: words below it say that something
/// is wrong ("fails", "late"), words from it on what somebody feels about it.
const STRONG_MIN: f32 = 2.5;
/// What all milder negative words of a turn come to at most: −0.59 in the end.
/// A fault told at length is a fault, not fury, and no reason to take over.
const MILD_MAX: f32 = 2.8;
/// How far back a negation works, in words (VADER).
const NEGATION_REACH: usize = 3;
/// How many sentences of a turn are told apart; later ones count as statements.
const SENTENCES_MAX: u16 = 64;
/// Mood from which a turn counts as negative or positive (VADER).
pub(crate) const NEUTRAL_MAX: f64 = 0.05;

/// The three labels of a mood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MoodLabel {
    /// −0.05 and below.
    Negative,
    /// Between.
    Neutral,
    /// 0.05 and above.
    Positive,
}

impl MoodLabel {
    /// The label of a value of the signal `sentiment`.
    pub fn of(value: f64) -> Self {
        match value {
            value if value <= -NEUTRAL_MAX => Self::Negative,
            value if value >= NEUTRAL_MAX => Self::Positive,
            _ => Self::Neutral,
        }
    }

    /// Its name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Negative => "negative",
            Self::Neutral => "neutral",
            Self::Positive => "positive",
        }
    }
}

/// The mood of a turn, and the word that weighs most.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Mood {
    /// −1 to 1.
    pub value: f64,
    /// Index of the word with the strongest mood.
    pub strongest: Option<usize>,
}

/// A phrase or emoticon with a mood, by the index of its first word.
pub(crate) type Phrase = (usize, f32);

/// The mood of a turn. `phrases` are matches of rules for the target `mood`.
pub(crate) fn measure(tokens: &Tokens, phrases: &[Phrase], builtin: &Builtin) -> Mood {
    let list = tokens.list.as_slice();
    let contrast = list
        .iter()
        .rposition(|token| builtin.classes.contrasts.contains(token.word));
    let is_all_caps = list.iter().filter(|token| token.is_caps).count() * 2 > list.len();
    let (mut sum, mut mild) = (0.0_f32, 0.0_f32);
    let mut strongest: (f32, Option<usize>) = (0.0, None);
    let mut add = |at: usize, valence: f32, value: f32| {
        let value = match contrast {
            Some(but) if at < but => value * BEFORE_CONTRAST,
            Some(but) if at > but => value * AFTER_CONTRAST,
            _ => value,
        };
        if value < 0.0 && valence.abs() < STRONG_MIN {
            mild += value;
        } else {
            sum += value;
        }
        if value.abs() > strongest.0 {
            strongest = (value.abs(), Some(at));
        }
    };
    let plain = plain_questions(tokens, builtin);
    for (at, token) in list.iter().enumerate() {
        let valence = builtin.vocabulary.valence(token.word);
        // "What is a 402 error?" names a fault and complains of none.
        let is_named = valence < 0.0
            && valence > -STRONG_MIN
            && token.sentence < SENTENCES_MAX
            && plain & (1 << token.sentence) != 0;
        if valence != 0.0 && !token.is_quoted && !is_named {
            add(
                at,
                valence,
                word_mood(list, at, valence, token.is_caps && !is_all_caps, builtin),
            );
        }
    }
    for (at, weight) in phrases {
        add(*at, *weight, *weight);
    }
    sum += mild.max(-MILD_MAX);
    let marks = tokens.exclamations.min(EXCLAMATIONS_MAX);
    let emphasis = EXCLAMATION * f32::from(u8::try_from(marks).unwrap_or(0));
    if sum != 0.0 {
        sum += emphasis.copysign(sum);
    }
    let sum = f64::from(sum);
    Mood {
        value: sum / (sum * sum + NORM).sqrt(),
        strongest: strongest.1,
    }
}

/// The sentences that ask for information and complain of nothing: they begin with a word
/// that asks, after a greeting at most, and hold no word of impatience, none that turns
/// the question on the one who is asked, and no exclamation. Bit `n` is sentence `n`.
fn plain_questions(tokens: &Tokens, builtin: &Builtin) -> u64 {
    let classes = &builtin.classes;
    if tokens.exclamations > 0 {
        return 0;
    }
    let mut plain = 0;
    for sentence in tokens.list.chunk_by(|a, b| a.sentence == b.sentence) {
        let Some(number) = sentence.first().map(|token| token.sentence) else {
            continue;
        };
        let opening = sentence
            .iter()
            .find(|token| !classes.openings.contains(token.word));
        let asks = opening.is_some_and(|token| classes.askers.contains(token.word));
        let is_impatient = sentence
            .iter()
            .any(|token| classes.impatience.contains(token.word));
        let is_accusing = sentence.windows(3).any(|three| match three {
            [how, can, you] => {
                classes.accusers.contains(how.word)
                    && classes.accusers.contains(can.word)
                    && classes.accused.contains(you.word)
            }
            _ => false,
        });
        if asks && !is_impatient && !is_accusing && number < SENTENCES_MAX {
            plain |= 1 << number;
        }
    }
    plain
}

fn word_mood(list: &[Token], at: usize, valence: f32, is_shouted: bool, builtin: &Builtin) -> f32 {
    let classes = &builtin.classes;
    let mut value = valence;
    if is_shouted {
        value += CAPS.copysign(valence);
    }
    for (back, token) in list.iter().take(at).rev().take(2).enumerate() {
        let fade = if back == 0 { 1.0 } else { 0.95 };
        if classes.boosters.contains(token.word) {
            value += (BOOST * fade).copysign(valence);
        } else if classes.dampeners.contains(token.word) {
            value -= (BOOST * fade).copysign(valence);
        }
    }
    let sentence = list.get(at).map(|token| token.sentence);
    let is_negated = list
        .iter()
        .take(at)
        .rev()
        .take(NEGATION_REACH)
        .any(|token| Some(token.sentence) == sentence && classes.negations.contains(token.word));
    // A negation that carries a mood itself ("no", "cannot") turns words around
    // and is not turned around by its neighbor.
    let is_negation = list
        .get(at)
        .is_some_and(|token| classes.negations.contains(token.word));
    if is_negated && !is_negation {
        value * NEGATED
    } else {
        value
    }
}
