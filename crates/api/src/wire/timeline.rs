//! What happened in a conversation, as each audience reads it.

use std::collections::BTreeMap;

use segue_model::id::{AgentId, DraftId, EscalationId, OfferId};
use serde::Serialize;
use utoipa::ToSchema;

use super::Instant;
use super::words::{
    AuthorKind, ClosedOutcome, DeclineReason, Disposition, DraftState, EscalationState, FlagState,
    FloorCause, HandoffKind, HolderWord, Notice, OfferState, RatedPart, RootCause,
    SuppressedReason, Trigger, VerdictWord,
};

/// A person of the workspace.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Person {
    /// Who.
    #[schema(value_type = String, example = "agt_0198c0f27d3b7a51b9d50c1a7e5a4d10")]
    pub id: AgentId,
    /// As people read it.
    pub name: String,
}

/// Who may speak, and since which change.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Floor {
    /// Who has it. Customers never read `locked`.
    pub holder: HolderWord,
    /// The number that grows with every change.
    pub epoch: u32,
    /// The queue it waits in or came from.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// That queue's name, for people.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue_name: Option<String>,
    /// How it was handed over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<HandoffKind>,
    /// Since when it waits.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<Instant>,
    /// The agent who has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Person>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<ClosedOutcome>,
}

/// Who wrote a turn.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Author {
    /// The kind of party.
    pub kind: AuthorKind,
    /// As people read it.
    pub name: String,
    /// Which agent; staff only, and customers who may know the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub agent_id: Option<AgentId>,
    /// Whether a released draft was changed first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_edited: Option<bool>,
    /// What a system turn is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<Notice>,
}

/// The article that an answer rests on.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Article {
    /// Its short name.
    pub slug: String,
    /// Its title.
    pub title: String,
    /// Where it stands, from the root of the site.
    pub url: String,
    /// Which version of it, where it was taught.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}

/// One contribution by one party.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Turn {
    /// The entry it came with.
    pub version: u64,
    /// Its place in the conversation, from 1.
    pub turn: u32,
    /// Who wrote it.
    pub author: Author,
    /// Its text; empty if it was erased.
    pub text: String,
    /// When it was committed.
    pub at: Instant,
    /// When its source says it was written, where that differs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_at: Option<Instant>,
    /// The epoch it was made under.
    pub epoch: u32,
    /// Whether it was cut while it was being said.
    pub is_cut: bool,
    /// The article it rests on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<Article>,
    /// The assistant's confidence, 0–1; staff only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// Whether it says that there is no answer; present where it is so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub is_fallback: Option<bool>,
}

/// A change of the floor.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FloorItem {
    /// The entry it came with.
    pub version: u64,
    /// When.
    pub at: Instant,
    /// Who has it now.
    pub floor: Floor,
    /// Why.
    pub cause: FloorCause,
    /// Why, in the customer's words, where a verdict says it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Where a signal shows.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Evidence {
    /// The turn.
    pub turn: u32,
    /// First byte of the span.
    pub start: u32,
    /// The byte after it.
    pub end: u32,
    /// What fired.
    pub what: String,
    /// The words, where they are at hand.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quote: Option<String>,
}

/// One signal that was present.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SignalRead {
    /// Its name.
    pub signal: String,
    /// Its value; a flag is 0 or 1.
    pub value: f64,
    /// How strong the evidence is, 0–1.
    pub score: f64,
    /// Whether the verdict rests on it: a rule that fired reads it.
    pub is_reason: bool,
    /// Where it shows.
    pub evidence: Vec<Evidence>,
}

/// One rule that was tried.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RuleRead {
    /// Which.
    pub rule: String,
    /// Whether it fired.
    pub fired: bool,
    /// The conditions that held, for the one that fired.
    pub because: Vec<String>,
}

/// A condition that missed by little.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NearMiss {
    /// The rule it belongs to.
    pub rule: String,
    /// The condition, as the policy writes it.
    pub condition: String,
    /// What was measured.
    pub value: f64,
    /// What it was held against.
    pub threshold: f64,
    /// By how much it missed.
    pub missed_by: f64,
}

/// How a verdict came about.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Trace {
    /// The policy's version.
    pub policy: String,
    /// The rules that were tried, the deciding one last.
    pub rules: Vec<RuleRead>,
    /// The signals that were present.
    pub signals: Vec<SignalRead>,
    /// What should have been measured and was not.
    pub failures: Vec<String>,
    /// Conditions that missed by little, nearest first.
    pub near_misses: Vec<NearMiss>,
}

/// What the policy said.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct VerdictItem {
    /// The entry it came with.
    pub version: u64,
    /// When.
    pub at: Instant,
    /// The customer turn.
    pub turn: u32,
    /// Whether an answer was judged.
    pub on_answer: bool,
    /// What follows.
    pub verdict: VerdictWord,
    /// The rule that decided.
    pub rule: String,
    /// Why, as the customer may read it.
    pub reason: String,
    /// How it is handed over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<HandoffKind>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// Whether supervisors should look.
    pub is_flagged: bool,
    /// How it came about.
    pub trace: Trace,
}

/// A private note.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NoteItem {
    /// The entry it came with.
    pub version: u64,
    /// When.
    pub at: Instant,
    /// Who wrote it.
    pub agent: Person,
    /// The words.
    pub text: String,
}

/// What the assistant says to staff of a handoff that it asked for.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ExplainedItem {
    /// The entry it came with.
    pub version: u64,
    /// When.
    pub at: Instant,
    /// The words, a program's.
    pub text: String,
}

/// An assistant's text that the customer never saw.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SuppressedItem {
    /// The entry it came with.
    pub version: u64,
    /// When.
    pub at: Instant,
    /// The words.
    pub text: String,
    /// Why it was not shown.
    pub reason: SuppressedReason,
    /// The assistant's confidence, 0–1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
}

/// A proposal to an agent.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OfferItem {
    /// The entry it came with.
    pub version: u64,
    /// When.
    pub at: Instant,
    /// Which.
    #[schema(value_type = String)]
    pub offer_id: OfferId,
    /// To whom.
    pub agent: Person,
    /// What became of it.
    pub state: OfferState,
    /// Why it was declined.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reason: Option<DeclineReason>,
}

/// A text proposed by the assistant.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DraftItem {
    /// The entry it came with.
    pub version: u64,
    /// When.
    pub at: Instant,
    /// Which.
    #[schema(value_type = String)]
    pub draft_id: DraftId,
    /// What became of it.
    pub state: DraftState,
    /// By whom.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub agent: Option<Person>,
    /// The words, when it is staged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// An agent opened the packet.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct PacketReadItem {
    /// The entry it came with.
    pub version: u64,
    /// When.
    pub at: Instant,
    /// Who.
    pub agent: Person,
    /// For how long it was in view, in milliseconds.
    pub dwell_ms: u64,
}

/// A model's version of the packet was attached; the packet holds it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct SummaryItem {
    /// The entry it came with.
    pub version: u64,
    /// When.
    pub at: Instant,
    /// What the model calls itself.
    pub model: String,
    /// The last turn that it takes account of.
    pub through: u32,
}

/// The customer left an address.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ContactItem {
    /// The entry it came with.
    pub version: u64,
    /// When.
    pub at: Instant,
    /// The address.
    pub text: String,
}

/// The customer judged.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RatedItem {
    /// The entry it came with.
    pub version: u64,
    /// When.
    pub at: Instant,
    /// Whose part.
    pub part: RatedPart,
    /// 1–5.
    pub score: u8,
    /// In their words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
}

/// A step of an escalation.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct EscalationItem {
    /// The entry it came with.
    pub version: u64,
    /// When.
    pub at: Instant,
    /// Which.
    #[schema(value_type = String)]
    pub escalation_id: EscalationId,
    /// How far it has come.
    pub state: EscalationState,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
    /// The class of trigger.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trigger: Option<Trigger>,
    /// Why the assistant could not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub root_cause: Option<RootCause>,
    /// How it ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub disposition: Option<Disposition>,
    /// What the assistant was told, where it was handed back.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brief: Option<String>,
}

/// Supervisors should look, or have.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct FlagItem {
    /// The entry it came with.
    pub version: u64,
    /// When.
    pub at: Instant,
    /// Which of the two.
    pub state: FlagState,
}

/// The customer said whether an answer helped.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ConfirmedItem {
    /// The entry it came with.
    pub version: u64,
    /// When.
    pub at: Instant,
    /// The assistant's turn.
    pub turn: u32,
    /// Whether it did.
    pub helped: bool,
}

/// How a conversation of a file really went.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OutcomeItem {
    /// The entry it came with.
    pub version: u64,
    /// When.
    pub at: Instant,
    /// Label and value.
    pub labels: BTreeMap<String, String>,
}

/// One thing that happened. Customers receive `turn` and `floor` only.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[expect(missing_docs, reason = "each variant is the struct it holds")]
pub enum Item {
    Turn(Turn),
    Floor(FloorItem),
    Verdict(VerdictItem),
    Note(NoteItem),
    HandoffExplained(ExplainedItem),
    Suppressed(SuppressedItem),
    Offer(OfferItem),
    Draft(DraftItem),
    PacketRead(PacketReadItem),
    Summary(SummaryItem),
    Contact(ContactItem),
    Rated(RatedItem),
    Escalation(EscalationItem),
    Flag(FlagItem),
    Confirmed(ConfirmedItem),
    Outcome(OutcomeItem),
}
