//! What follows from the signals of one turn, and why.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::escalation::{Priority, RootCause, Trigger};
use crate::id::{PolicyVersion, QueueKey, RuleId};
use crate::signal::Evidence;

/// How a conversation passes to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HandoffKind {
    /// With packet and announced expectations.
    Warm,
    /// The assistant is cut off at once; no internals are shown.
    Cold,
    /// The assistant is interrupted while it speaks; otherwise warm.
    Takeover,
}

/// What the assistant does when it may not answer yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FallBackStep {
    /// Search once more, wider; answer only if that reaches the band.
    Widen,
    /// Ask one clarifying question.
    Clarify,
}

/// What follows for one turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Outcome {
    /// The assistant may go on.
    Continue,
    /// The assistant may not answer with what it has.
    FallBack {
        /// What it does instead.
        step: FallBackStep,
    },
    /// The assistant drafts, a person releases.
    Review {
        /// Who sees the drafts.
        queue: QueueKey,
    },
    /// A person deals with it.
    Escalate {
        /// How.
        kind: HandoffKind,
        /// Where.
        queue: QueueKey,
    },
}

impl Outcome {
    /// The word on the wire.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Continue => "continue",
            Self::FallBack { .. } => "fall_back",
            Self::Review { .. } => "review",
            Self::Escalate { .. } => "escalate",
        }
    }
}

/// The outcome for one turn, with the rule that decided and the whole trace.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// What follows.
    pub outcome: Outcome,
    /// The rule that decided.
    pub rule: RuleId,
    /// Why, in the words a customer may read ("you asked for a person"); empty for `continue`.
    pub reason: Arc<str>,
    /// The subject in a word or two, for the notice ("billing error"), if one was found.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<Arc<str>>,
    /// What an escalation is to carry; present exactly when the outcome escalates.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plan: Option<EscalationPlan>,
    /// Whether supervisors should look at the conversation; the floor stays.
    #[serde(default)]
    pub is_flagged: bool,
    /// How it came about.
    pub trace: Arc<Trace>,
}

/// What the deciding rule says about the escalation it asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscalationPlan {
    /// The class of trigger, for reports.
    pub trigger: Trigger,
    /// The head start in the queue.
    pub priority: Priority,
    /// The root cause that is pre-selected at wrap-up.
    pub root_cause: RootCause,
    /// Whether the customer's named account manager is tried first, else the deputy.
    pub to_account_manager: bool,
}

/// How a verdict came about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Trace {
    /// The policy it was decided under.
    pub policy: PolicyVersion,
    /// The rules that were tried, in order, the deciding one last.
    pub rules: Vec<RuleTrace>,
    /// The signals that were present, with value and evidence.
    pub signals: Vec<SignalTrace>,
    /// What should have been measured or looked up and was not.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<String>,
    /// Signals and facts that a tried rule reads and nobody supplied; conditions on
    /// them do not match.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub absent: Vec<String>,
    /// Conditions that missed by little, nearest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub near_misses: Vec<NearMiss>,
}

impl Trace {
    /// Whether a rule that fired reads the signal: the verdict rests on it.
    pub fn rests_on(&self, signal: &str) -> bool {
        let fired = self.rules.iter().filter(|rule| rule.fired);
        fired.flat_map(|rule| &rule.because).any(|because| {
            let is_edge = |it: char| !(it.is_alphanumeric() || it == '_' || it == '.');
            because.split(is_edge).any(|word| word == signal)
        })
    }
}

/// One rule that was tried.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RuleTrace {
    /// The rule.
    pub rule: RuleId,
    /// Whether it fired.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub fired: bool,
    /// For the one that fired, the conditions that held.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<String>,
}

/// One signal in a trace.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SignalTrace {
    /// The signal's name.
    pub signal: String,
    /// Its value as a number; a flag is 0 or 1.
    pub value: f64,
    /// How strong the evidence is, 0–1.
    pub score: f64,
    /// Where it shows.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
}

/// A condition that missed by little.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct NearMiss {
    /// The rule it belongs to.
    pub rule: RuleId,
    /// The condition, as the policy writes it.
    pub condition: String,
    /// What was measured.
    pub value: f64,
    /// What it was held against.
    pub threshold: f64,
    /// By how much it missed, in the signal's unit.
    pub missed_by: f64,
}
