//! A bot: somebody's assistant that Segue asks, turn by turn, and tells when it may
//! speak and when not. Which protocol it speaks is its adapter's matter.

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use segue_model::fact::FactValue;
use segue_model::floor::Epoch;
use segue_model::id::ConversationId;
use segue_model::time::{Span, Timestamp};
use segue_model::turn::{AnswerScores, Role, TurnNumber};

/// A bot's answer, awaited.
pub type BotAnswer<'a, T> = Pin<Box<dyn Future<Output = Result<T, BotError>> + Send + 'a>>;

/// How the operator wants a bot asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BotSettings {
    /// How long one call may take.
    pub timeout: Span,
    /// How long it has for an answer after a conversation was handed back to it.
    pub watchdog: Span,
    /// The facts that it is told, by name; no other leaves the server.
    pub facts: Vec<String>,
    /// Whether it answers the widget's conversations.
    pub is_for_widget: bool,
    /// Whether it does the same request twice as if it were one, by the request's id.
    /// One that does not is asked once, whatever comes of it.
    pub may_repeat: bool,
}

/// A question to a bot.
#[derive(Debug, Clone, PartialEq)]
pub struct Ask {
    /// The request's name: the same for every attempt.
    pub id: String,
    /// Where.
    pub conversation: ConversationId,
    /// The epoch under which it may answer.
    pub epoch: Epoch,
    /// The customer's turn.
    pub turn: TurnNumber,
    /// Its words.
    pub text: String,
    /// The customer's language, as BCP 47, where known.
    pub locale: Option<String>,
    /// What it may know of the customer.
    pub facts: BTreeMap<String, FactValue>,
    /// The turns before this one that everybody saw, oldest first; the latest dozen at most.
    pub history: Vec<Line>,
    /// What the agent who handed it back said that it is about.
    pub brief: Option<String>,
    /// When it is asked.
    pub at: Timestamp,
    /// By when it is to answer; then a person comes.
    pub deadline: Timestamp,
}

/// One line of what was said before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Who said it.
    pub role: Role,
    /// The words.
    pub text: String,
    /// When.
    pub at: Timestamp,
}

/// What a bot answers. One of text and handoff is there; with both, the handoff counts.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Reply {
    /// Its words to the customer.
    pub text: Option<String>,
    /// What it says about them.
    pub scores: AnswerScores,
    /// Why it would rather have a person; the words are for staff.
    pub handoff: Option<String>,
}

/// Something a bot is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tell {
    /// The request's name: the same for every attempt.
    pub id: String,
    /// Where.
    pub conversation: ConversationId,
    /// The epoch from now on.
    pub epoch: Epoch,
    /// When it is told.
    pub at: Timestamp,
    /// What.
    pub told: Told,
}

/// What became of a bot's right to speak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// People have the floor.
    Taken {
        /// Why, in the floor's words: `verdict`, `taken`, …
        reason: String,
    },
    /// The floor is the bot's.
    Granted {
        /// Why, in the floor's words: `handed_back`, `reopened`, …
        reason: String,
        /// What the agent said that it is about.
        brief: Option<String>,
        /// The customer's turn that it owes an answer to; the question follows.
        owes: Option<TurnNumber>,
    },
    /// The conversation has ended.
    Closed,
}

/// A bot gave nothing that can be used. The words are for the log, never for a customer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BotError {
    /// It did not answer, or not now: the same request may be tried again.
    #[error("the bot did not answer: {0}")]
    Unreachable(String),
    /// It answered what cannot be used: trying again changes nothing.
    #[error("the bot's answer cannot be used: {0}")]
    Unusable(String),
}

/// A bot.
pub trait Bot: Send + Sync + 'static {
    /// How it is to be asked.
    fn settings(&self) -> &BotSettings;

    /// Asks it. The caller bounds the wait.
    fn ask(&self, ask: Ask) -> BotAnswer<'_, Reply>;

    /// Tells it. One that keeps nothing need not be told, and says so at once.
    fn tell(&self, tell: Tell) -> BotAnswer<'_, ()>;
}
