//! Mood of a turn from a lexicon of its own, with negation, boosters, capitals
//! and exclamation marks handled as VADER does (Hutto & Gilbert 2014); the
//! constants named after it are taken from there. `sentiment.rs` has what is trained;
//! [`judged`] joins both.

use crate::builtin::Builtin;
use crate::sentiment::{Words, likeliest};
use crate::token::{Token, Tokens};
use crate::vocabulary::{NUMBER, hash32};

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
/// How low a mood goes without strong words: what [`MILD_MAX`] comes to.
const CALM_MAX: f64 = 0.59;
/// How sure the trained part must be of a mood where no list knows any of the words.
const ALONE_MIN: f64 = 0.7;
/// How far a neutral mood leans to a side; short of [`NEUTRAL_MAX`].
const BELOW_LABEL: f64 = 0.049;
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

/// What the lists of words say of a turn.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Lexical {
    /// −1 to 1.
    pub value: f64,
    /// Index of the word with the strongest mood.
    pub strongest: Option<usize>,
    /// The same by a wide list of English words that is no part of `value`: it lists
    /// much that customers only ask about.
    pub wide: f64,
    /// Whether any word or phrase has a mood.
    pub is_any: bool,
    /// Whether all of it asks for information.
    pub is_plain: bool,
}

/// A phrase or emoticon with a mood, by the index of its first word.
pub(crate) type Phrase = (usize, f32);

/// The mood of a turn. `phrases` are matches of rules for the target `mood`.
/// `lists` are the words of many languages, asked where the lexicon knows nothing, and
/// the wide list of English ones.
pub(crate) fn measure(
    tokens: &Tokens,
    text: &str,
    phrases: &[Phrase],
    builtin: &Builtin,
    lists: Option<(&Words, &Words)>,
) -> Lexical {
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
    let mut is_any = !phrases.is_empty();
    let mut wide = 0.0_f32;
    for (at, token) in list.iter().enumerate() {
        let (valence, widely) = valences(token, text, builtin, lists);
        is_any |= valence != 0.0;
        let is_shouted = token.is_caps && !is_all_caps;
        if widely != 0.0 && !token.is_quoted {
            wide += word_mood(list, at, widely, is_shouted, builtin);
        }
        // "What is a 402 error?" names a fault and complains of none.
        let is_named = valence < 0.0
            && valence > -STRONG_MIN
            && token.sentence < SENTENCES_MAX
            && plain & (1 << token.sentence) != 0;
        if valence != 0.0 && !token.is_quoted && !is_named {
            add(
                at,
                valence,
                word_mood(list, at, valence, is_shouted, builtin),
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
    let last = list.last().map_or(0, |token| token.sentence);
    let all = 1_u64.checked_shl(u32::from(last) + 1).map(|bit| bit - 1);
    Lexical {
        value: normed(sum),
        strongest: strongest.1,
        wide: normed(f64::from(wide)),
        is_any,
        is_plain: !list.is_empty() && all == Some(plain),
    }
}

/// A sum of moods, −1 to 1.
fn normed(sum: f64) -> f64 {
    sum / (sum * sum + NORM).sqrt()
}

/// The mood of a word: that of the lexicon by hand, or that of the lists of many
/// languages where no list by hand knows the word; and that of the wide English list.
fn valences(
    token: &Token,
    text: &str,
    builtin: &Builtin,
    lists: Option<(&Words, &Words)>,
) -> (f32, f32) {
    let by_hand = builtin.vocabulary.valence(token.word);
    let classes = &builtin.classes;
    let has_none = token.word == NUMBER
        || classes.function.contains(token.word)
        || classes.negations.contains(token.word);
    let word = text.get(token.start as usize..token.end as usize);
    match (lists, word) {
        (Some((words, english)), Some(word)) if !has_none => {
            let hash = hash32(word.as_bytes());
            let mood = if by_hand == 0.0 {
                words.mood(hash)
            } else {
                by_hand
            };
            (mood, english.mood(hash))
        }
        _ => (by_hand, 0.0),
    }
}

/// The mood of a turn: which of the three it is, the trained part says; how strong it
/// is, both say. Below −0.59 it goes by strong words alone, so that a fault told
/// calmly, however surely it is one, never looks like fury.
pub(crate) fn judged(lexical: &Lexical, chances: [f32; 3]) -> f64 {
    let [negative, _, positive] = chances.map(f64::from);
    let value = lexical.value;
    let mut label = likeliest(chances);
    let is_silent = !lexical.is_any && lexical.wide == 0.0;
    let is_unsure = is_silent && negative.max(positive) < ALONE_MIN;
    let is_asked = lexical.is_plain && value > -NEUTRAL_MAX && label == MoodLabel::Negative;
    if is_unsure || is_asked {
        label = MoodLabel::Neutral;
    }
    match label {
        MoodLabel::Negative if value < -CALM_MAX => value,
        MoodLabel::Negative => {
            f64::midpoint(value.min(0.0), -CALM_MAX * negative).clamp(-CALM_MAX, -NEUTRAL_MAX)
        }
        MoodLabel::Neutral if value < -CALM_MAX => value,
        MoodLabel::Neutral => (positive - negative) * BELOW_LABEL,
        MoodLabel::Positive => f64::midpoint(value.max(0.0), positive).max(NEUTRAL_MAX),
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
    // "No, have a great day": what a comma follows has been answered, not negated.
    let mut is_cut_off = list.get(at).is_some_and(|token| token.is_after_comma);
    let is_negated = list
        .iter()
        .take(at)
        .rev()
        .take(NEGATION_REACH)
        .any(|token| {
            let is_here = !is_cut_off && Some(token.sentence) == sentence;
            is_cut_off |= token.is_after_comma;
            is_here && classes.negations.contains(token.word)
        });
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
