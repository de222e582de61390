//! How likely a person is needed, over the whole conversation.
//!
//! A logistic score of the cheap features of `science.md` §3.3–3.4, with
//! weights set by hand in the order in which those features carry there, not
//! fitted: it ranks conversations, it is no calibrated probability. Evidence
//! decays slowly: the risk of a turn is at least 0.7 of that of the turn before.

use crate::builtin::Target;
use crate::memory::Memory;

/// What remains of the risk from one customer turn to the next (`science.md` §3.4).
const DECAY: f64 = 0.7;
/// Log-odds of an ordinary first turn.
const BASE: f64 = -3.0;
/// Below this confidence an answer adds to the risk (the default `accept` band).
const CONFIDENCE_EXPECTED: f64 = 0.7;
/// Streaks and counts beyond this add no more.
const COUNT_MAX: u32 = 3;

const WEIGHT_OPT_OUT: f64 = 5.0;
const WEIGHT_DISTRESS: f64 = 3.0;
const WEIGHT_FRAUD: f64 = 2.5;
const WEIGHT_LEGAL: f64 = 2.5;
const WEIGHT_THREAT: f64 = 1.6;
const WEIGHT_ANGER: f64 = 1.2;
const WEIGHT_FRUSTRATION: f64 = 1.0;
const WEIGHT_FEEDBACK: f64 = 1.2;
const WEIGHT_NEGATIVE_MOOD: f64 = 1.2;
const WEIGHT_NEGATIVE_STREAK: f64 = 0.4;
const WEIGHT_FALLING_MOOD: f64 = 0.8;
const WEIGHT_REPEAT: f64 = 1.1;
const WEIGHT_LIKENESS: f64 = 0.6;
const WEIGHT_ANSWER_REPEAT: f64 = 1.2;
const WEIGHT_FALLBACK: f64 = 1.1;
const WEIGHT_TOOL_FAILURE: f64 = 1.8;
const WEIGHT_LOW_CONFIDENCE: f64 = 2.0;
const WEIGHT_COMPLEXITY: f64 = 1.0;
const WEIGHT_TURNS: f64 = 0.3;
const WEIGHT_LENGTH: f64 = 0.15;
const WEIGHT_THANKS: f64 = -1.5;

/// The risk after the latest customer turn and, if there is one, its answer.
pub(crate) fn measure(memory: &Memory) -> f64 {
    let Some(latest) = &memory.latest else {
        return 0.0;
    };
    let capped = |count: u32| f64::from(count.min(COUNT_MAX));
    let words = [
        (WEIGHT_OPT_OUT, Target::OptOut),
        (WEIGHT_DISTRESS, Target::Distress),
        (WEIGHT_FRAUD, Target::Fraud),
        (WEIGHT_LEGAL, Target::LegalThreat),
        (WEIGHT_THREAT, Target::Threat),
        (WEIGHT_ANGER, Target::Anger),
        (WEIGHT_FRUSTRATION, Target::Frustration),
        (WEIGHT_FEEDBACK, Target::Feedback),
        (WEIGHT_THANKS, Target::Thanks),
    ];
    let mut odds = BASE;
    odds += words
        .iter()
        .map(|(weight, target)| weight * latest.score(*target))
        .sum::<f64>();
    odds += WEIGHT_NEGATIVE_MOOD * (-latest.mood.unwrap_or(0.0)).max(0.0);
    odds += WEIGHT_NEGATIVE_STREAK * capped(memory.negative_streak);
    odds += WEIGHT_FALLING_MOOD * (-memory.mood_slope().unwrap_or(0.0)).max(0.0);
    odds += WEIGHT_REPEAT * capped(latest.repeats.saturating_sub(1));
    odds += WEIGHT_LIKENESS * f64::from(latest.likeness);
    odds += WEIGHT_ANSWER_REPEAT * capped(memory.answer_repeats);
    odds += WEIGHT_FALLBACK * capped(memory.fallback_streak);
    odds += WEIGHT_COMPLEXITY * latest.complexity.value();
    odds += WEIGHT_TURNS * f64::from(memory.turns).ln_1p();
    odds += WEIGHT_LENGTH * (latest.length as f64 / 100.0).ln_1p();
    if let Some(answer) = &memory.answer {
        odds += WEIGHT_TOOL_FAILURE * f64::from(u8::from(answer.failed_tool.is_some()));
        let confidence = answer
            .confidence
            .or(answer.retrieval)
            .unwrap_or(CONFIDENCE_EXPECTED);
        odds += WEIGHT_LOW_CONFIDENCE * (CONFIDENCE_EXPECTED - confidence).max(0.0);
    }
    let risk = 1.0 / (1.0 + (-odds).exp());
    risk.max(DECAY * memory.risk_before)
}
