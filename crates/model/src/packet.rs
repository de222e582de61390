//! What the agent receives: one payload, never a raw log.

use serde::{Deserialize, Serialize};

use crate::fact::FactValue;
use crate::id::{ConversationId, PolicyVersion};
use crate::turn::TurnNumber;
use crate::verdict::SignalTrace;

/// The most words a core intent may have.
pub const CORE_INTENT_WORDS_MAX: usize = 30;
/// The most words a summary may have.
pub const SUMMARY_WORDS_MAX: usize = 90;

/// The context of one handoff. Built by extraction from the log; every part names its turns.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Packet {
    /// The conversation it speaks of; its transcript is the reference.
    pub conversation: ConversationId,
    /// What the customer wants, in one sentence of at most [`CORE_INTENT_WORDS_MAX`] words.
    pub core_intent: Cited,
    /// What is wanted and what was done, at most [`SUMMARY_WORDS_MAX`] words.
    pub summary: Vec<Cited>,
    /// What was tried, in order.
    pub attempted_solutions: Vec<Attempt>,
    /// What is known of the customer: label and value.
    pub metadata: Vec<(String, FactValue)>,
    /// Numbers, codes and references that were named.
    pub entities: Vec<Entity>,
    /// Why now.
    pub trigger: TriggerNote,
    /// What is still to be found out.
    pub open_questions: Vec<String>,
    /// The mood by customer turn, −1 to 1.
    pub sentiment_curve: Vec<(TurnNumber, f64)>,
    /// A first line that names person, subject and last result.
    pub suggested_first_line: String,
    /// The last turn that it takes account of.
    pub through: TurnNumber,
    /// The policy under which the handoff was decided.
    pub policy: PolicyVersion,
    /// Hash of the fields above, in hexadecimal.
    pub content_hash: String,
}

/// A statement and the turn it rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited {
    /// The statement.
    pub text: String,
    /// Where it comes from.
    pub turn: TurnNumber,
}

/// A model's version of a packet's words, after it was checked: what could not be shown
/// is not among the statements but in `dropped`. It stands beside the extracted packet and
/// replaces nothing of it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Generated {
    /// What the model calls itself.
    pub model: String,
    /// The last turn that it takes account of.
    pub through: TurnNumber,
    /// What the customer wants, at most [`CORE_INTENT_WORDS_MAX`] words; `None` if it was
    /// dropped.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub core_intent: Option<Statement>,
    /// At most [`SUMMARY_WORDS_MAX`] words in all.
    #[serde(default)]
    pub summary: Vec<Statement>,
    /// What was tried, in order.
    #[serde(default)]
    pub attempted_solutions: Vec<GeneratedAttempt>,
    /// What is still to be found out.
    #[serde(default)]
    pub open_questions: Vec<Statement>,
    /// A first line to send.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub suggested_first_line: Option<String>,
    /// What was not kept, each with the reason.
    #[serde(default)]
    pub dropped: Vec<Dropped>,
    /// Whether so much of it had no ground that nothing of it is shown.
    #[serde(default)]
    pub is_withheld: bool,
}

/// A generated statement and the turns it names as its ground.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The statement.
    pub text: String,
    /// Where it comes from; never empty.
    pub turns: Vec<TurnNumber>,
}

/// What a model says was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GeneratedAttempt {
    /// What.
    pub what: String,
    /// How it went; `Unknown` where the model's word for it had no ground.
    pub outcome: AttemptOutcome,
    /// Where it comes from; never empty.
    pub turns: Vec<TurnNumber>,
}

/// A generated statement that is not shown as one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dropped {
    /// As the model wrote it.
    pub text: String,
    /// Why, for staff.
    pub reason: String,
}

/// One thing that was tried.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attempt {
    /// What: an article's title, a tool, the customer's own step.
    pub what: String,
    /// The article's slug, if it was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// How it went.
    pub outcome: AttemptOutcome,
    /// The turn it stands in.
    pub turn: TurnNumber,
}

/// How an attempt went, as far as the customer said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AttemptOutcome {
    /// The customer said that it did not help, or went on with the same concern after it.
    Rejected,
    /// The customer confirmed it.
    Confirmed,
    /// It failed by itself (tools).
    Failed,
    /// Nothing was said about it.
    Unknown,
}

/// A thing with a name or number.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entity {
    /// What kind of thing.
    pub kind: EntityKind,
    /// As it was written.
    pub value: String,
    /// Where.
    pub turn: TurnNumber,
    /// What the customer put in its place ("no, order 4418"); absent where it stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
}

/// The kinds of entity that are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EntityKind {
    /// An order, invoice, ticket or tracking reference.
    Reference,
    /// A sum of money.
    Amount,
    /// An error code or status.
    ErrorCode,
    /// A date or time.
    Date,
    /// An e-mail address.
    Email,
    /// A web address.
    Url,
    /// A product, plan or feature by name.
    Product,
}

/// Why the handoff happened.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TriggerNote {
    /// The rule's name.
    pub rule: String,
    /// In words for an agent.
    pub reason: String,
    /// The signals that made it, with their evidence.
    pub signals: Vec<SignalTrace>,
    /// What the assistant said of it to staff, sentence by sentence: a program's words, of
    /// which those without ground in the conversation are left out.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<String>,
}
