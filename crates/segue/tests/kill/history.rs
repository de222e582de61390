//! What the clients did and were told, in their own memory: the only thing the
//! checkers believe beside the log itself.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Instant, SystemTime, UNIX_EPOCH};

/// What a client asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Act {
    /// A conversation begins; its name comes with the answer.
    Open,
    /// A customer's words, carried by the assistant's program.
    Customer { text: String },
    /// The assistant's words under an epoch.
    Assistant { text: String, epoch: u64 },
    /// The assistant asks for a person.
    Handoff,
    /// An agent takes the floor.
    Take,
    /// An agent's words under an epoch.
    Reply { text: String, epoch: u64 },
    /// An agent gives the floor back to the assistant.
    HandBack,
    /// An agent ends it.
    Resolve,
}

impl Act {
    /// The words, if there are any.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Customer { text } | Self::Assistant { text, .. } | Self::Reply { text, .. } => {
                Some(text)
            }
            Self::Open | Self::Handoff | Self::Take | Self::HandBack | Self::Resolve => None,
        }
    }
}

/// One request of one client, whose number its key begins with; its retries
/// carry the same key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub key: String,
    /// Empty for one that is yet to be opened.
    pub conversation: String,
    pub act: Act,
}

/// What the server said.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    pub status: u16,
    /// The conversation it was done to.
    pub conversation: String,
    pub version: u64,
    pub epoch: u64,
    pub turn: Option<u64>,
    /// Whether the customer sees the words.
    pub is_visible: bool,
    /// The error's code, for a refusal.
    pub code: String,
}

/// How far a request has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// It is sent, for the first time or again.
    Invoke,
    /// It was done.
    Ok(Answer),
    /// It was refused: it was not done.
    Fail(Answer),
    /// Nobody knows: the connection broke, or the server did not know either.
    Info,
}

/// One line of a history.
#[derive(Debug, Clone)]
pub struct Record {
    /// Since the beginning of the run, in nanoseconds.
    pub at_ns: u64,
    /// By the wall clock, which the server stamps its entries with, in milliseconds.
    pub wall_ms: i64,
    pub kind: Kind,
    pub request: Arc<Request>,
}

/// Everything all clients recorded.
#[derive(Debug, Clone)]
pub struct History {
    began: Instant,
    records: Arc<Mutex<Vec<Record>>>,
}

impl History {
    pub fn new() -> Self {
        Self {
            began: Instant::now(),
            records: Arc::default(),
        }
    }

    pub fn add(&self, kind: Kind, request: &Arc<Request>) {
        let record = Record {
            at_ns: u64::try_from(self.began.elapsed().as_nanos()).unwrap(),
            wall_ms: wall_ms(),
            kind,
            request: Arc::clone(request),
        };
        self.lock().push(record);
    }

    /// How many requests were acknowledged with words in the conversation.
    pub fn acknowledged_turns(&self) -> usize {
        let is_turn = |record: &&Record| {
            matches!(&record.kind, Kind::Ok(answer) if answer.is_visible)
                && record.request.act.text().is_some()
        };
        self.lock().iter().filter(is_turn).count()
    }

    pub fn records(&self) -> Vec<Record> {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Record>> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn wall_ms() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since.as_millis()).unwrap()
}
