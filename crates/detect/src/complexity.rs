//! Complexity of a request, estimated from its wording.

use crate::builtin::Builtin;
use crate::token::Tokens;
use crate::vocabulary::{NUMBER, WordId, WordSet};

/// How likely one step succeeds, where nothing has been logged yet: at 0.90 a
/// request of seven steps succeeds in 48 % (`science.md` §7).
const STEP_SUCCESS: f64 = 0.90;
/// What an action that cannot be undone adds to the steps (`science.md` §7).
const IRREVERSIBLE_STEPS: u32 = 2;

/// What makes a request complex.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Complexity {
    /// Steps: actions + systems + conditions + things to look up + 2 × irreversible.
    pub steps: u32,
}

impl Complexity {
    /// Counts over the words of a turn; each word counts once, and a request
    /// without an action asks for none.
    pub fn of(tokens: &Tokens, builtin: &Builtin) -> Self {
        let classes = &builtin.classes;
        let actions = distinct(tokens, &classes.actions);
        if actions == 0 {
            return Self::default();
        }
        let entities = tokens
            .list
            .iter()
            .filter(|token| token.word == NUMBER && !token.is_quoted)
            .count();
        let systems = distinct(tokens, &classes.systems);
        let conditions = distinct(tokens, &classes.conditionals);
        let finals = distinct(tokens, &classes.irreversible);
        // The first system and the first entity are the request's own subject.
        let steps = actions
            + systems.saturating_sub(1)
            + conditions
            + u32::try_from(entities)
                .unwrap_or(u32::MAX)
                .saturating_sub(1)
                .min(4)
            + IRREVERSIBLE_STEPS * finals.min(1);
        Self { steps }
    }

    /// How likely the request is not completed step by step, 0–1:
    /// 1 − 0.9^steps.
    pub fn value(self) -> f64 {
        1.0 - STEP_SUCCESS.powi(i32::try_from(self.steps).unwrap_or(i32::MAX))
    }
}

fn distinct(tokens: &Tokens, set: &WordSet) -> u32 {
    let mut seen: Vec<WordId> = Vec::new();
    for token in tokens
        .list
        .iter()
        .filter(|token| !token.is_quoted && set.contains(token.word))
    {
        if !seen.contains(&token.word) {
            seen.push(token.word);
        }
    }
    u32::try_from(seen.len()).unwrap_or(u32::MAX)
}
