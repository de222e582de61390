//! The outer shape of a turn: shouting.

use crate::builtin::Builtin;
use crate::token::Tokens;
use crate::vocabulary::{NUMBER, UNKNOWN};

/// How many words in capitals make a burst (`science.md` §6).
const CAPS_WORDS_MIN: u32 = 2;
/// Share of letters in capitals that makes a burst (`science.md` §6).
const CAPS_SHARE_MIN: f64 = 0.4;
/// A word in capitals of fewer letters is an acronym unless it is a known word.
const ACRONYM_LETTERS_MAX: u32 = 4;

/// How far a turn is shouted, 0–1, with 0.5 at the threshold: the share of
/// letters that stand in words of capitals, acronyms and codes not counted.
pub(crate) fn shouting(tokens: &Tokens, builtin: &Builtin) -> f64 {
    if tokens.list.iter().filter(|token| token.is_caps).count() < 2 {
        return 0.0;
    }
    let (mut words, mut caps_letters, mut letters) = (0_u32, 0_u32, 0_u32);
    for token in &tokens.list {
        let length = token.end.saturating_sub(token.start);
        if token.word == NUMBER || token.is_quoted || builtin.classes.acronyms.contains(token.word)
        {
            continue;
        }
        letters += length;
        let is_known = token.word != UNKNOWN;
        if token.is_caps && (is_known || length > ACRONYM_LETTERS_MAX) {
            words += 1;
            caps_letters += length;
        }
    }
    if words < CAPS_WORDS_MIN || letters == 0 {
        return 0.0;
    }
    let share = f64::from(caps_letters) / f64::from(letters);
    // Linear up to the threshold, then to 1 for a turn in capitals throughout.
    if share < CAPS_SHARE_MIN {
        0.5 * share / CAPS_SHARE_MIN
    } else {
        0.5 + 0.5 * (share - CAPS_SHARE_MIN) / (1.0 - CAPS_SHARE_MIN)
    }
}
