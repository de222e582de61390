//! Who may speak: one sum type with an epoch, not flags kept in step.

use serde::{Deserialize, Serialize};

use crate::id::{AgentId, QueueKey};
use crate::time::Timestamp;
use crate::verdict::HandoffKind;

/// The number that grows by one with every change of the holder. An utterance
/// made under an older epoch is refused at the append (I3–I5).
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Epoch(pub u32);

impl Epoch {
    /// The epoch after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// Who holds the floor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "holder", rename_all = "snake_case")]
pub enum Holder {
    /// The assistant answers.
    Assistant,
    /// The assistant drafts; an agent releases, edits or rejects.
    Review {
        /// Whose agents see the drafts.
        queue: QueueKey,
    },
    /// Nobody yet: the system alone speaks.
    Queue {
        /// Where the conversation waits.
        queue: QueueKey,
        /// How it was handed over.
        kind: HandoffKind,
        /// Since when it waits; kept through a requeue, so that age counts.
        since: Timestamp,
    },
    /// Cold: the assistant is cut off, the system says one neutral sentence.
    Locked {
        /// Where the conversation waits.
        queue: QueueKey,
        /// Since when.
        since: Timestamp,
    },
    /// One agent speaks.
    Agent {
        /// Who.
        agent: AgentId,
    },
    /// Nobody; a new customer turn reopens within the window.
    Closed {
        /// How it ended.
        outcome: ClosedOutcome,
    },
}

impl Holder {
    /// Whether people have the conversation, or it waits for them.
    pub const fn is_with_people(&self) -> bool {
        matches!(
            self,
            Self::Queue { .. } | Self::Locked { .. } | Self::Agent { .. }
        )
    }

    /// The word on the wire.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Assistant => "assistant",
            Self::Review { .. } => "review",
            Self::Queue { .. } => "queue",
            Self::Locked { .. } => "locked",
            Self::Agent { .. } => "agent",
            Self::Closed { .. } => "closed",
        }
    }
}

/// How a conversation ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ClosedOutcome {
    /// An agent resolved it.
    ResolvedByAgent,
    /// The customer confirmed the assistant's answer.
    ConfirmedByCustomer,
    /// The customer ended it without a word on whether it helped.
    EndedByCustomer,
    /// Nothing was said for the idle window.
    Idle,
    /// Nobody could come; the obligation lives on as a follow-up.
    FollowUp,
}

/// Why the floor changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FloorCause {
    /// A verdict of the policy.
    Verdict,
    /// The customer or the assistant's developer asked for a person.
    Asked,
    /// An agent accepted an offer.
    Accepted,
    /// An agent took the floor unasked, or by simply replying.
    Taken,
    /// An agent passed it to another queue or person.
    Passed,
    /// An agent returned it to the queue.
    Requeued,
    /// An agent returned it to the assistant.
    HandedBack,
    /// The holder's presence was lost.
    PresenceLost,
    /// Nobody accepted in time and the queue has an overflow.
    Overflowed,
    /// An agent resolved it, or the customer ended it, or it went idle.
    Closed,
    /// The customer wrote again.
    Reopened,
    /// The assistant did not answer in time.
    AssistantSilent,
}
