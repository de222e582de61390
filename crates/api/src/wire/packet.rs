//! What the agent receives.

use serde::Serialize;
use utoipa::ToSchema;

use super::timeline::SignalRead;
use super::words::{AttemptOutcome, EntityKind};

/// A statement and the turn it rests on.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Cited {
    /// The statement.
    pub text: String,
    /// Where it comes from.
    pub turn: u32,
}

/// One thing that was tried.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Attempt {
    /// What.
    pub what: String,
    /// The article's slug, if it was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
    /// Where the article stands, from the root of the site.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// How it went.
    pub outcome: AttemptOutcome,
    /// The turn it stands in.
    pub turn: u32,
}

/// Something known about the customer.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Labelled {
    /// What.
    pub label: String,
    /// Its value, for people.
    pub value: String,
}

/// A thing with a name or number.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Entity {
    /// What kind of thing.
    pub kind: EntityKind,
    /// As it was written.
    pub value: String,
    /// Where.
    pub turn: u32,
    /// What the customer put in its place; absent where it stands.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub replaced_by: Option<String>,
}

/// Why the handoff happened.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TriggerNote {
    /// The rule's name.
    pub rule: String,
    /// For an agent.
    pub reason: String,
    /// The signals that made it.
    pub signals: Vec<SignalRead>,
    /// What the assistant said of it to staff, sentence by sentence.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub told: Vec<String>,
}

/// The mood at one customer turn.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Mood {
    /// The turn.
    pub turn: u32,
    /// −1 to 1.
    pub value: f64,
}

/// The context of one handoff.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Packet {
    /// What the customer wants, in one sentence.
    pub core_intent: Cited,
    /// What is wanted and what was done.
    pub summary: Vec<Cited>,
    /// What was tried, in order.
    pub attempted_solutions: Vec<Attempt>,
    /// What is known of the customer; empty for programs.
    pub metadata: Vec<Labelled>,
    /// Numbers, codes and references that were named.
    pub entities: Vec<Entity>,
    /// Why now.
    pub trigger: TriggerNote,
    /// What is still to be found out.
    pub open_questions: Vec<String>,
    /// The mood by customer turn.
    pub sentiment_curve: Vec<Mood>,
    /// A first line to send.
    pub suggested_first_line: String,
    /// The last turn that it takes account of.
    pub through: u32,
    /// The policy under which the handoff was decided.
    pub policy: String,
    /// Hash of its contents, in hexadecimal; of the extracted ones alone.
    pub content_hash: String,
    /// A model's version of the words, checked, if one was attached. The extracted fields
    /// stand without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub generated: Option<Generated>,
}

/// What a model wrote about a conversation, after the guard: label it as such.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Generated {
    /// What the model calls itself.
    pub model: String,
    /// The last turn that it takes account of.
    pub through: u32,
    /// Whether so much of it had no ground that nothing of it is shown but `dropped`.
    pub withheld: bool,
    /// What the customer wants, in one sentence.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub core_intent: Option<GeneratedStatement>,
    /// What is wanted and what was done.
    pub summary: Vec<GeneratedStatement>,
    /// What was tried, in order.
    pub attempted_solutions: Vec<GeneratedAttempt>,
    /// What is still to be found out.
    pub open_questions: Vec<GeneratedStatement>,
    /// A first line to send.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggested_first_line: Option<String>,
    /// What had no ground, each with the reason. It is not true of the conversation.
    pub dropped: Vec<DroppedStatement>,
}

/// A statement and the turns it names as its ground.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct GeneratedStatement {
    /// The statement; text, whatever stands in it.
    pub text: String,
    /// Where it comes from.
    pub turns: Vec<u32>,
}

/// One thing that was tried, as a model tells it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct GeneratedAttempt {
    /// What.
    pub what: String,
    /// How it went, where the conversation says so.
    pub outcome: AttemptOutcome,
    /// Where it comes from.
    pub turns: Vec<u32>,
}

/// What a model wrote and nobody said.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DroppedStatement {
    /// As the model wrote it.
    pub text: String,
    /// Why it is not shown as a statement.
    pub reason: String,
}
