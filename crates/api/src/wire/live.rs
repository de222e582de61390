//! What a live socket is told: frames, serialized once.

use segue_model::id::ConversationId;
use segue_model::turn::Role;
use serde::Serialize;

use super::inbox::Inbox;
use super::state::{CustomerState, StaffState, Wait};
use super::timeline::Item;

/// The state of a conversation for whoever looks.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(untagged)]
pub enum StateFor {
    /// Staff.
    Staff(Box<StaffState>),
    /// The customer.
    Customer(Box<CustomerState>),
}

/// Who is writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TypingWho {
    /// The assistant searches.
    Assistant,
    /// An agent writes.
    Agent,
    /// The customer writes.
    Customer,
}

impl TypingWho {
    /// The role on the wire; the system does not type.
    pub const fn of(role: Role) -> Option<Self> {
        match role {
            Role::Assistant => Some(Self::Assistant),
            Role::Agent => Some(Self::Agent),
            Role::Customer => Some(Self::Customer),
            Role::System => None,
        }
    }
}

/// One frame from the server.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(
    missing_docs,
    reason = "the fields are those of the contract, docs/API.md"
)]
pub enum ServerFrame {
    /// The ticket was good.
    Welcome { ping_ms: u64 },
    /// The answer to a ping.
    Pong { at: i64 },
    /// A conversation in full.
    Snapshot {
        conversation: ConversationId,
        version: u64,
        items: Vec<Item>,
        state: StateFor,
    },
    /// What happened after the subscriber's cursor.
    Entries {
        conversation: ConversationId,
        from: u64,
        version: u64,
        items: Vec<Item>,
        state: StateFor,
    },
    /// One append.
    Entry {
        conversation: ConversationId,
        version: u64,
        items: Vec<Item>,
        state: StateFor,
    },
    /// One more piece of what the assistant is saying.
    Delta {
        conversation: ConversationId,
        epoch: u32,
        in_reply_to: u32,
        seq: u32,
        text: String,
    },
    /// Somebody is writing.
    Typing {
        conversation: ConversationId,
        who: TypingWho,
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
    },
    /// The estimate of the wait changed; customers only.
    Wait {
        conversation: ConversationId,
        wait: Wait,
    },
    /// The inbox as it is now.
    Inbox { seq: u64, inbox: Box<Inbox> },
    /// The figures as they are now.
    Dashboard {
        seq: u64,
        dashboard: Box<super::dashboard::Dashboard>,
    },
    /// Something the client sent could not be done.
    Error {
        code: String,
        message: String,
        /// The conversation that is no longer followed, where it is about one.
        #[serde(skip_serializing_if = "Option::is_none")]
        conversation: Option<ConversationId>,
    },
}
