//! News that leaves for people and their programs: letters and notices. How they travel
//! is their adapter's matter.

use std::future::Future;
use std::pin::Pin;

use segue_model::time::Timestamp;

/// Something sent, awaited.
pub type Sent<'a> = Pin<Box<dyn Future<Output = Result<(), NewsError>> + Send + 'a>>;

/// It was not taken. The words are for staff.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NewsError {
    /// Nobody answered, or not now: the same may be taken later.
    #[error("{0}")]
    Unreachable(String),
    /// It will not be taken as it is.
    #[error("{0}")]
    Refused(String),
}

/// A file that goes with a letter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attachment {
    /// Its name.
    pub name: String,
    /// What it is: `text/html`.
    pub media: &'static str,
    /// Its text.
    pub text: String,
}

/// A letter to one person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Letter {
    /// Its name: the same for every attempt, so that a reader keeps one of them.
    pub id: String,
    /// The address.
    pub to: String,
    /// What it is about.
    pub subject: String,
    /// Its words.
    pub text: String,
    /// The same as HTML.
    pub html: String,
    /// What goes with it.
    pub attachments: Vec<Attachment>,
    /// When it was written.
    pub at: Timestamp,
}

/// Sends letters.
pub trait Post: Send + Sync {
    /// Sends one.
    fn send(&self, letter: Letter) -> Sent<'_>;
}

/// A notice to a program.
#[derive(Debug, Clone, PartialEq)]
pub struct Notice {
    /// Its name: the same for every attempt.
    pub id: String,
    /// What it says, as a word: `report.weekly`.
    pub kind: &'static str,
    /// What it carries.
    pub body: serde_json::Value,
    /// When it was written.
    pub at: Timestamp,
}

/// Tells a program.
pub trait Hook: Send + Sync {
    /// Tells it once; twice under the same name is to be as once.
    fn tell(&self, notice: Notice) -> Sent<'_>;
}
