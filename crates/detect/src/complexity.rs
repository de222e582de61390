//! Complexity of a request, estimated from its wording.

use crate::builtin::Builtin;
use crate::token::{Token, Tokens};
use crate::vocabulary::{NUMBER, WordSet};

/// How likely one step succeeds, where nothing has been logged yet: at 0.90 a
/// request of seven steps succeeds in 48 % (`science.md` §7).
const STEP_SUCCESS: f64 = 0.90;
/// What an action that cannot be undone adds to the steps (`science.md` §7).
const IRREVERSIBLE_STEPS: u32 = 2;
/// What each further system adds: something is read in one and written in the other.
const SYSTEM_STEPS: u32 = 2;
/// What each further action adds: what the one before left is to be checked.
const CHECK_STEPS: u32 = 1;
/// What each fault adds: it is to be found, then to be repaired.
const FAULT_STEPS: u32 = 2;
/// A single fault, or one in a single place, is an ordinary question.
const FAULTS_MIN: u32 = 2;
const FAULTY_SYSTEMS_MIN: u32 = 3;
/// Conditions and things to look up beyond this add no more: they are as
/// frequent in a long story as in a long task.
const CONDITIONS_MAX: u32 = 3;
const ENTITIES_MAX: u32 = 4;
/// Steps that the trained model adds to an ordinary request, for each standard
/// deviation of the number of actions, and at most.
const LEARNED_USUAL: f64 = 0.7;
const LEARNED_STEPS: f64 = 0.7;
const LEARNED_MAX: f64 = 2.0;

/// What makes a request complex.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Complexity {
    /// Steps: actions, faults, further systems, conditions, things to look up,
    /// and what cannot be undone.
    pub steps: u32,
    /// Whether the turn puts a concern: only then can it be simple or not.
    pub is_ask: bool,
    /// Steps more than the words say, by what requests in such words took elsewhere.
    learned: f64,
}

impl Complexity {
    /// Counts over the words of a turn; each word counts once, and a request
    /// without an action or faults asks for none. A system counts only with an
    /// action or fault that can touch it: a how-to question that names five
    /// systems is still one step in them.
    pub fn of(tokens: &Tokens, builtin: &Builtin) -> Self {
        let classes = &builtin.classes;
        let count = |set: &WordSet| distinct(tokens, set, builtin);
        let actions = count(&classes.actions);
        let faults = count(&classes.faults);
        if actions == 0 && faults < FAULTS_MIN {
            return Self::default();
        }
        let systems = count(&classes.systems);
        let is_troubled = faults >= FAULTS_MIN && systems >= FAULTY_SYSTEMS_MIN;
        let faults = if is_troubled { faults } else { 0 };
        if actions + faults == 0 {
            return Self::default();
        }
        // The first system and the first entity are the request's own subject.
        let steps = actions
            + CHECK_STEPS * actions.saturating_sub(1)
            + FAULT_STEPS * faults
            + SYSTEM_STEPS * systems.saturating_sub(1).min(actions + faults)
            + count(&classes.conditionals).min(CONDITIONS_MAX)
            + entities(tokens).saturating_sub(1).min(ENTITIES_MAX)
            + IRREVERSIBLE_STEPS * count(&classes.irreversible).min(1);
        Self {
            steps,
            ..Self::default()
        }
    }

    /// Adds what the trained model says: by how many standard deviations such
    /// requests take more actions than others.
    pub fn learn(&mut self, deviations: f32) {
        if self.is_ask {
            let usual = LEARNED_USUAL + LEARNED_STEPS * f64::from(deviations);
            self.learned = usual.clamp(0.0, LEARNED_MAX);
        }
    }

    /// How likely the request is not completed step by step, 0–1:
    /// 1 − 0.9^steps.
    pub fn value(self) -> f64 {
        1.0 - STEP_SUCCESS.powf(f64::from(self.steps) + self.learned)
    }
}

fn own(tokens: &Tokens) -> impl Iterator<Item = &Token> {
    tokens.list.iter().filter(|token| !token.is_quoted)
}

fn entities(tokens: &Tokens) -> u32 {
    let numbers = own(tokens).filter(|token| token.word == NUMBER).count();
    u32::try_from(numbers).unwrap_or(u32::MAX)
}

/// How many different words of a class there are; synonyms are one word.
fn distinct(tokens: &Tokens, set: &WordSet, builtin: &Builtin) -> u32 {
    let mut seen: Vec<u32> = Vec::new();
    for token in own(tokens).filter(|token| set.contains(token.word)) {
        let concept = builtin.vocabulary.concept(token.word);
        let word = concept.unwrap_or_else(|| u32::from(token.word));
        if !seen.contains(&word) {
            seen.push(word);
        }
    }
    u32::try_from(seen.len()).unwrap_or(u32::MAX)
}
