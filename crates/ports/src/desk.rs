//! Another help desk, which has the customer and the people already: Segue stands
//! beside it, decides, and brings it what follows. The desk is the customer's place, the
//! log here stays the truth.
//!
//! An adapter does two things. It reads what the desk sends and makes [`Heard`] of it,
//! and it does what [`Desk::bring`] says. It decides nothing.

use std::future::Future;
use std::pin::Pin;

use segue_model::escalation::{Priority, RootCause};
use segue_model::id::{ConversationId, QueueKey};
use segue_model::packet::Packet;

/// What came of bringing something, awaited.
pub type Brought<'a> = Pin<Box<dyn Future<Output = Result<(), DeskError>> + Send + 'a>>;

/// A desk as the operator set it up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskSettings {
    /// What staff read where a conversation lives: `Chatwoot`.
    pub product: String,
    /// The bot that answers there; the built-in assistant where none is named.
    pub bot: Option<String>,
}

/// Something that happened in a conversation of the desk.
#[derive(Debug, Clone, PartialEq)]
pub struct Heard {
    /// The conversation's name there.
    pub thread: String,
    /// What.
    pub what: Happening,
    /// Who asks there, as far as the desk says.
    pub contact: Contact,
    /// Whose turn it is there now, where the desk says so.
    pub turn: Option<DeskTurn>,
    /// Why the assistant could not, as people noted it there.
    pub root_cause: Option<RootCause>,
}

/// What happened there.
#[derive(Debug, Clone, PartialEq)]
pub enum Happening {
    /// The customer wrote.
    Customer {
        /// The message's name there; the same one is heard once.
        message: String,
        /// The words.
        text: String,
    },
    /// A person of the desk wrote to the customer.
    Person {
        /// The message's name there.
        message: String,
        /// Who.
        person: DeskPerson,
        /// The words.
        text: String,
    },
    /// A person of the desk left a note for their colleagues.
    Note {
        /// The message's name there.
        message: String,
        /// Who.
        person: DeskPerson,
        /// The words.
        text: String,
    },
    /// Something that we brought has arrived.
    Echo {
        /// The name it was brought under.
        id: String,
    },
    /// It was given to people, or back to the bot, or ended.
    Moved {
        /// To whom.
        to: DeskTurn,
        /// By whom, where the desk says.
        person: Option<DeskPerson>,
    },
}

/// Whose turn it is in a conversation of a desk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DeskTurn {
    /// The bot's.
    Bot,
    /// People's.
    People,
    /// Nobody's: it has ended.
    Nobody,
}

/// A person who works at the desk.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeskPerson {
    /// Their name there; empty where the desk does not say who it was.
    pub id: String,
    /// As customers read it.
    pub name: String,
}

/// Who asks, as far as the desk says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contact {
    /// Their name.
    pub name: Option<String>,
    /// Their e-mail address.
    pub email: Option<String>,
    /// Their account in the workspace's own system.
    pub account_id: Option<String>,
    /// Whether the desk says that they proved who they are.
    pub is_proved: bool,
    /// Their language, as BCP 47.
    pub locale: Option<String>,
}

/// Something for the desk.
#[derive(Debug, Clone, PartialEq)]
pub struct Bring {
    /// Its name: the same for every attempt, so that its echo is known.
    pub id: String,
    /// The conversation there.
    pub thread: String,
    /// What.
    pub item: Item,
}

/// What a desk can be brought.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// Words for the customer.
    Say(String),
    /// The packet, for the people there.
    Packet(Box<Packet>),
    /// The conversation is theirs.
    HandOver(Handed),
    /// The conversation has ended.
    Closed,
}

/// A handoff in a desk's terms.
#[derive(Debug, Clone, PartialEq)]
pub struct Handed {
    /// The conversation here.
    pub conversation: ConversationId,
    /// The queue that the policy chose.
    pub queue: QueueKey,
    /// The rule that asked for it.
    pub rule: String,
    /// How urgent it is.
    pub priority: Priority,
    /// Whether a person there has it already: then nobody else is to be given it.
    pub is_taken: bool,
}

/// Something was not brought. The words are for the log.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DeskError {
    /// The desk did not answer, or not now: to be tried again.
    #[error("the desk did not answer: {0}")]
    Unreachable(String),
    /// The desk refused it: trying again changes nothing.
    #[error("the desk refused it: {0}")]
    Refused(String),
}

/// Another help desk.
pub trait Desk: Send + Sync + 'static {
    /// How it is set up.
    fn settings(&self) -> &DeskSettings;

    /// Where its people find a conversation.
    fn link(&self, thread: &str) -> Option<String>;

    /// Brings it something. Bringing the same again does no harm, but for words: those
    /// may stand there twice if the desk took them and its answer was lost.
    fn bring(&self, bring: Bring) -> Brought<'_>;
}
