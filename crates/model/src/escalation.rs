//! The obligation that a person deals with a conversation, and what comes of it.

use serde::{Deserialize, Serialize};

use crate::id::{AgentId, EscalationId, OfferId, QueueKey, RuleId};
use crate::time::Timestamp;
use crate::turn::TurnNumber;
use crate::verdict::HandoffKind;

/// What an escalation is about, fixed when it is requested.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct EscalationRequest {
    /// Its identity.
    pub id: EscalationId,
    /// How the conversation passes.
    pub kind: HandoffKind,
    /// Where it waits first.
    pub queue: QueueKey,
    /// What rule asked for it.
    pub rule: RuleId,
    /// The trigger class, for reports.
    pub trigger: Trigger,
    /// The customer turn that gave rise to it.
    pub turn: TurnNumber,
    /// The named agents to try first, by preference (account manager, deputy).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub preferred: Vec<AgentId>,
    /// The class of service; greater goes first by a head start.
    pub priority: Priority,
    /// The root cause that the trace suggests; `None` where it says nothing, so that
    /// whoever wraps it up chooses without a hint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggested_root_cause: Option<RootCause>,
    /// By when the wait was announced to end, if it was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub announced_until: Option<Timestamp>,
    /// When the obligation is due, when it was promised for later (after hours).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Timestamp>,
    /// When the wait ends with a notice, an overflow or a follow-up.
    pub overflow_at: Timestamp,
}

/// Head start in the queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// No head start.
    Normal,
    /// A head start (anger, legal).
    High,
    /// The white glove's head start.
    Vip,
    /// Before all others: cold handoffs, distress.
    Urgent,
}

/// The classes of trigger, as reports name them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    /// The answer's confidence was too low.
    LowConfidence,
    /// The customer asked for a person.
    OptOut,
    /// The same concern came back.
    Repeat,
    /// Severe or lasting negative mood.
    Sentiment,
    /// A customer with white-glove care.
    Vip,
    /// Fraud, legal threat, cancellation, data deletion.
    Compliance,
    /// Two fallbacks in a row.
    Fallback,
    /// A tool failed or the assistant did not answer.
    ToolFailure,
    /// A topic that is never the assistant's alone.
    HighStakes,
    /// Multi-step work over several tools.
    Complexity,
    /// A reviewed conversation was passed on, or an agent took it.
    Agent,
    /// The assistant or its developer asked for a person.
    Assistant,
    /// Something the policy needed had failed.
    Unavailable,
    /// Any other rule of the workspace.
    Rule,
}

/// Why the assistant could not. Required at every takeover.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RootCause {
    /// The knowledge base has no answer.
    #[serde(rename = "AI_Missing_Knowledge")]
    MissingKnowledge,
    /// It went in circles.
    #[serde(rename = "AI_Looping")]
    Looping,
    /// It takes several steps over several systems.
    #[serde(rename = "Complex_Troubleshooting")]
    ComplexTroubleshooting,
    /// A tool or backend failed.
    #[serde(rename = "Tool_Failure")]
    ToolFailure,
    /// It is never the assistant's to do.
    #[serde(rename = "Policy")]
    Policy,
    /// The customer wanted a person.
    #[serde(rename = "Customer_Request")]
    CustomerRequest,
    /// The assistant's answer was wrong.
    #[serde(rename = "AI_Wrong_Answer")]
    WrongAnswer,
}

impl RootCause {
    /// All of them, in the order in which they are offered where nothing else is said.
    pub const ALL: &'static [Self] = &[
        Self::MissingKnowledge,
        Self::Looping,
        Self::ComplexTroubleshooting,
        Self::ToolFailure,
        Self::Policy,
        Self::CustomerRequest,
        Self::WrongAnswer,
    ];
}

/// How it ended, chosen at wrap-up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disposition {
    /// The concern is dealt with.
    Solved,
    /// Somebody owes the customer something.
    FollowUp,
    /// The customer left.
    CustomerLeft,
    /// It was no concern for this team.
    NotForUs,
    /// Nothing was to be done.
    NoAction,
}

/// How an offer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OfferEnd {
    /// The agent took it.
    Accepted,
    /// The agent said no, with a reason.
    Declined,
    /// The agent did not answer in time.
    TimedOut,
    /// It was withdrawn: somebody else took it, or the customer left.
    Rescinded,
}

/// Why an agent says no.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeclineReason {
    /// Not this team's concern; counts as a misroute.
    NotMine,
    /// No hands free.
    TooBusy,
    /// Somebody with another skill or language is needed.
    MissingSkill,
    /// Any other.
    Other,
}

/// A timed proposal.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Offer {
    /// Its identity.
    pub id: OfferId,
    /// To whom.
    pub agent: AgentId,
    /// When it ends by itself.
    pub expires_at: Timestamp,
}
