//! What a turn is like beside its words: how it ends, how long it is, and what the
//! rules found, as features of their own.

use super::{Feature, mix};
use crate::memory::{FOUND_MIN, Latest};
use crate::token::Tokens;

/// Where marks begin to count.
const SEED_MARK: u32 = 0x1656_67b1;

/// Kinds of marks.
const LENGTH: u32 = 1;
const ENDS: u32 = 2;
const ENDS_AND_LENGTH: u32 = 3;
const SHOUTS: u32 = 4;
const RULES: u32 = 5;

/// The marks of a turn.
pub(super) fn of(tokens: &Tokens, latest: &Latest) -> Vec<Feature> {
    let mut marks = Vec::with_capacity(12);
    let mut add = |kind: u32, value: u32| {
        let id = mix(mix(SEED_MARK, kind), value);
        marks.push(Feature {
            id,
            plain: id,
            token: u32::MAX,
        });
    };
    let Some(last) = tokens.list.last() else {
        return marks;
    };
    let length = match tokens.list.len() {
        few @ 0..=4 => few,
        5..=7 => 5,
        8..=12 => 6,
        13..=24 => 7,
        _ => 8,
    };
    let small = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    let length = small(length);
    add(LENGTH, length);
    let ends = (tokens.exclamations.min(3) << 1) | u32::from(tokens.is_question(last.sentence));
    add(ENDS, ends);
    add(ENDS_AND_LENGTH, mix(ends, length));
    if latest.shouting > 0.0 {
        add(SHOUTS, u32::from(latest.shouting >= FOUND_MIN));
    }
    for (target, score) in latest.scores.iter().enumerate() {
        if *score > 0.0 {
            let is_found = f64::from(*score) >= FOUND_MIN;
            add(RULES, (small(target) << 1) | u32::from(is_found));
        }
    }
    marks
}
