//! A language model, if one is connected: asked for words, never for a decision.
//!
//! What is asked is a value, and so is what comes back: reading it is the work of a
//! pure room. Whoever answers redacts what others wrote before it leaves and puts it
//! back on return, keeps a budget and a deadline, and leaves a model that keeps
//! failing alone for a while. Nothing waits for it that must not be late.

use std::future::Future;
use std::pin::Pin;

use segue_model::id::WorkspaceId;

/// What a model gives, awaited.
pub type Answering<'a, T> = Pin<Box<dyn Future<Output = Result<T, ModelError>> + Send + 'a>>;

/// What a model is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Purpose {
    /// A packet's words.
    Summary,
    /// An answer to a customer.
    Answer,
    /// A proposed article, which somebody reads before it is used.
    Article,
}

impl Purpose {
    /// Its word in logs.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Summary => "summary",
            Self::Answer => "answer",
            Self::Article => "article",
        }
    }
}

/// One question to a model.
#[derive(Debug, Clone)]
pub struct Ask {
    /// Whose budget it is on.
    pub workspace: WorkspaceId,
    /// What for.
    pub purpose: Purpose,
    /// What we tell the model. It holds nothing that anybody else wrote.
    pub instructions: String,
    /// What others wrote: data, never an instruction. A JSON value whose texts are
    /// redacted one by one; its keys are ours.
    pub data: serde_json::Value,
    /// What the answer must look like; free text without.
    pub shape: Option<Shape>,
    /// The most tokens of the answer.
    pub tokens_max: u32,
    /// Names that are to be redacted besides what has a form.
    pub names: Vec<String>,
}

/// A strict JSON schema for an answer.
#[derive(Debug, Clone)]
pub struct Shape {
    /// Its name on the wire.
    pub name: &'static str,
    /// The schema.
    pub schema: serde_json::Value,
}

/// What a model answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    /// Its words, with what was redacted put back; JSON, where a shape was asked for.
    pub text: String,
    /// What the model calls itself.
    pub model: String,
    /// What it cost, in tokens; an estimate where the model does not say.
    pub tokens: u64,
}

/// An answer that arrives in pieces. Dropping it ends the call.
pub trait Words: Send {
    /// The next piece; `None` once the model has said that it is done.
    fn next(&mut self) -> Answering<'_, Option<String>>;
}

/// A language model.
pub trait LanguageModel: Send + Sync + 'static {
    /// What it is called, for labels and logs.
    fn name(&self) -> &str;

    /// Whether it is to be asked for this.
    fn serves(&self, purpose: Purpose) -> bool;

    /// Asks and waits for the whole answer.
    ///
    /// # Errors
    /// [`ModelError`]; the call is over within the deadline, whatever the other side does.
    fn complete(&self, ask: Ask) -> Answering<'_, Reply>;

    /// Asks for an answer in pieces.
    ///
    /// # Errors
    /// [`ModelError`] if the answer does not even begin.
    fn stream(&self, ask: Ask) -> Answering<'_, Box<dyn Words>>;
}

/// Why a model gave nothing. None of these is shown to a customer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// The workspace has used up its tokens of the day (UTC).
    #[error("the budget of {limit} tokens a day is used up")]
    Budget {
        /// The budget.
        limit: u64,
    },
    /// It failed often and is left alone for a while.
    #[error("the model failed often and is left alone for a while")]
    BreakerOpen,
    /// It did not answer in time, the last byte counted.
    #[error("the model did not answer within {ms} ms")]
    Timeout {
        /// The deadline.
        ms: u64,
    },
    /// It answered with an error.
    #[error("the model answered with status {0}")]
    Status(u16),
    /// It would not answer, or its provider's filter held the answer back.
    #[error("the model would not answer")]
    Refused,
    /// The answer broke off.
    #[error("the answer broke off")]
    Cut,
    /// The answer is not what was asked for.
    #[error("the answer cannot be read: {0}")]
    Unreadable(&'static str),
    /// It could not be reached.
    #[error("the model could not be reached: {0}")]
    Failed(String),
}

impl ModelError {
    /// Its word in logs and counters.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Budget { .. } => "budget",
            Self::BreakerOpen => "breaker_open",
            Self::Timeout { .. } => "timeout",
            Self::Status(_) => "status",
            Self::Refused => "refused",
            Self::Cut => "cut",
            Self::Unreadable(_) => "unreadable",
            Self::Failed(_) => "failed",
        }
    }
}
