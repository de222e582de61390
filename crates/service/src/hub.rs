//! What live sockets are told. A frame is a hint with the truth attached:
//! whoever misses one asks for the entries after their cursor, and gets them
//! from the log.

use std::sync::Arc;

use segue_floor::State;
use segue_model::floor::Epoch;
use segue_model::id::ConversationId;
use segue_model::turn::{Role, TurnNumber};
use segue_ports::log::StoredEntry;

/// How many frames of one conversation a slow socket may lag behind before it
/// has to start again from its cursor (F56).
pub const FRAMES_BUFFERED_MAX: usize = 64;

/// Something that happened in a conversation.
#[derive(Debug, Clone)]
pub enum Frame {
    /// An append, with the state after it.
    Entry {
        /// The entry.
        entry: Arc<StoredEntry>,
        /// The state after it.
        state: Arc<State>,
    },
    /// One more piece of what the assistant is saying. Never stored by itself.
    Delta {
        /// The epoch it is said under.
        epoch: Epoch,
        /// The customer turn it answers.
        in_reply_to: TurnNumber,
        /// Its place in the answer, from 0.
        seq: u32,
        /// The piece.
        text: Arc<str>,
    },
    /// Somebody is writing, or the assistant is searching.
    Typing {
        /// Who.
        who: Role,
        /// Their name, for an agent.
        name: Option<Arc<str>>,
    },
    /// The estimate of the wait changed.
    Wait,
}

/// A frame with the conversation it belongs to.
#[derive(Debug, Clone)]
pub struct Live {
    /// Which.
    pub conversation: ConversationId,
    /// What.
    pub frame: Frame,
}
