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
    /// Hash of its contents, in hexadecimal.
    pub content_hash: String,
}
