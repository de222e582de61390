//! Why a turn was decided so, as pages and the terminal show it.

use segue_engine::explain;
use serde::Serialize;
use utoipa::ToSchema;

use super::timeline::{Evidence, SignalRead};
use super::words::{FallBackStep, HandoffKind, VerdictWord};

/// Everything that was decided on a turn, in order.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ExplainAnswer {
    /// The turn itself, then each answer to it.
    pub items: Vec<ExplainItem>,
}

/// One decision.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ExplainItem {
    /// Whether an answer was judged, rather than the turn alone.
    pub on_answer: bool,
    /// Why.
    pub explanation: Explanation,
    /// What a version said that was tried beside it as a shadow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub shadow: Option<ShadowSaid>,
}

/// What would have followed under a version that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ShadowSaid {
    /// Which.
    pub policy: String,
    /// What would have followed.
    pub verdict: VerdictWord,
    /// The rule that decided.
    pub rule: String,
}

/// A verdict with its reasons. `segue policy explain --format json` prints the same.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Explanation {
    /// The policy it was decided under.
    pub policy: String,
    /// What followed.
    pub verdict: VerdictWord,
    /// The rule that decided.
    pub rule: String,
    /// How it was handed over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<HandoffKind>,
    /// Where it led.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// What the assistant did instead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<FallBackStep>,
    /// Whether supervisors are to look at it.
    pub flag: bool,
    /// The clause the customer reads after "because".
    pub reason: String,
    /// One sentence for each rule that held, the deciding one first.
    pub fired: Vec<String>,
    /// What missed by little, the nearest first.
    pub nearly: Vec<Nearly>,
    /// What should have been measured or looked up and was not.
    pub failed: Vec<String>,
    /// What tried rules read and nobody supplied.
    pub absent: Vec<String>,
    /// What was measured, what the verdict rests on first; without quotes.
    pub signals: Vec<SignalRead>,
    /// How many rules were tried.
    pub rules_tried: usize,
}

/// A condition that missed by little.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Nearly {
    /// The rule it belongs to.
    pub rule: String,
    /// The condition, as the policy writes it.
    pub condition: String,
    /// What was measured; a flag is 0 or 1.
    pub value: f64,
    /// What it was held against.
    pub threshold: f64,
    /// By how much it missed, in the signal's unit.
    pub missed_by: f64,
    /// The same in a sentence.
    pub sentence: String,
}

impl From<explain::Nearly> for Nearly {
    fn from(near: explain::Nearly) -> Self {
        Self {
            rule: near.rule.0.to_string(),
            condition: near.condition,
            value: near.value,
            threshold: near.threshold,
            missed_by: near.missed_by,
            sentence: near.sentence,
        }
    }
}

/// An explanation of this outcome on the wire.
pub fn explanation(verdict: VerdictWord, explained: explain::Explanation) -> Explanation {
    Explanation {
        policy: explained.policy.0.to_string(),
        verdict,
        rule: explained.rule.0.to_string(),
        kind: explained.kind.map(Into::into),
        queue: explained.queue.map(|queue| queue.to_string()),
        step: explained.step.map(Into::into),
        flag: explained.flag,
        reason: explained.reason,
        fired: explained.fired,
        nearly: explained.nearly.into_iter().map(Into::into).collect(),
        failed: explained.failed,
        absent: explained.absent,
        signals: explained.signals.into_iter().map(signal).collect(),
        rules_tried: explained.rules_tried,
    }
}

fn signal(read: explain::SignalRead) -> SignalRead {
    let evidence = |found: segue_model::signal::Evidence| Evidence {
        turn: found.turn.0,
        start: found.start,
        end: found.end,
        what: found.what.to_string(),
        quote: None,
    };
    SignalRead {
        signal: read.signal,
        value: read.value,
        score: read.score,
        is_reason: read.rests,
        evidence: read.evidence.into_iter().map(evidence).collect(),
    }
}
