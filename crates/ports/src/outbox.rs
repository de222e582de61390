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
    /// Unsettled rows that are due, oldest first, at most `limit`.
    fn outbox_due(&self, now: Timestamp, limit: u32) -> Pending<'_, Vec<OutboxRow>>;

    /// Marks an effect as done. Settling twice is no error.
    fn outbox_settle(&self, id: OutboxId) -> Pending<'_, ()>;

    /// Puts an effect off after a failed attempt and counts the attempt.
    fn outbox_retry(&self, id: OutboxId, next_attempt_at: Timestamp) -> Pending<'_, ()>;
}
