//! Effects that leave a conversation, written in the same transaction as the
//! events that ask for them: at least once out, idempotent in (D6).

use segue_model::event::Version;
use segue_model::id::{ConversationId, WorkspaceId};
use segue_model::time::Timestamp;
use segue_model::turn::TurnNumber;
use serde::{Deserialize, Serialize};

use crate::Pending;

/// The place of an outbox row, unique in a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct OutboxId(pub i64);

/// What is to be done to the world after a commit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "effect", rename_all = "snake_case")]
pub enum OutboxEffect {
    /// Ask the built-in assistant to answer a customer turn.
    AskAssistant {
        /// The turn.
        turn: TurnNumber,
        /// Whether to search wider.
        is_widened: bool,
    },
    /// Ask the conversation's bot to answer a customer turn.
    AskBot {
        /// The turn.
        turn: TurnNumber,
    },
    /// Tell the conversation's bot what became of its right to speak in this entry.
    TellBot,
    /// Bring something of this entry to the help desk that the customer is at.
    TellDesk {
        /// What.
        news: DeskNews,
    },
}

/// What another help desk is brought of an entry; each part is one effect, so that a
/// part that was brought is not brought again because another one failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "news", rename_all = "snake_case")]
pub enum DeskNews {
    /// A turn that the customer is to read.
    Turn {
        /// Which.
        turn: TurnNumber,
    },
    /// The packet of the handoff, for the people there.
    Packet,
    /// The handoff itself: it is theirs now.
    HandOver,
    /// The conversation has ended.
    Closed,
}

/// Effects of one conversation that are done one at a time and in order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Lane {
    /// What its bot is asked and told.
    Bot,
    /// What the help desk beside it is brought.
    Desk,
}

impl Lane {
    /// The word that stores keep.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Bot => "bot",
            Self::Desk => "desk",
        }
    }
}

impl OutboxEffect {
    /// Whom it has to wait for; without a lane, for nobody.
    pub const fn lane(&self) -> Option<Lane> {
        match self {
            Self::AskAssistant { .. } => None,
            Self::AskBot { .. } | Self::TellBot => Some(Lane::Bot),
            Self::TellDesk { .. } => Some(Lane::Desk),
        }
    }
}

/// One row: an effect that has not been settled yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutboxRow {
    /// Its place; stable, so that it serves as the effect's idempotency key.
    pub id: OutboxId,
    /// Whose.
    pub workspace: WorkspaceId,
    /// Which conversation it came from.
    pub conversation: ConversationId,
    /// The entry that asked for it.
    pub version: Version,
    /// What is to be done.
    pub effect: OutboxEffect,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is to be tried next.
    pub next_attempt_at: Timestamp,
}

/// Reads and settles effects.
pub trait Outbox {
    /// Unsettled rows that are due, oldest first, at most `limit`. Of a conversation's
    /// lane only the first unsettled row is ever given, due or not: the others wait for it.
    fn outbox_due(&self, now: Timestamp, limit: u32) -> Pending<'_, Vec<OutboxRow>>;

    /// Marks an effect as done. Settling twice is no error.
    fn outbox_settle(&self, id: OutboxId) -> Pending<'_, ()>;

    /// Puts an effect off after a failed attempt and counts the attempt.
    fn outbox_retry(&self, id: OutboxId, next_attempt_at: Timestamp) -> Pending<'_, ()>;
}
