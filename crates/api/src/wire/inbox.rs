//! The console's lists.

use segue_model::id::{ConversationId, DraftId, EscalationId, OfferId};
use serde::Serialize;
use utoipa::ToSchema;

use super::Instant;
use super::timeline::{Floor, Person};
use super::words::{AuthorKind, HandoffKind, Presence, Priority, Trigger};

/// A conversation in a list.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Row {
    /// Which.
    #[schema(value_type = String)]
    pub conversation: ConversationId,
    /// The customer, as they are addressed.
    pub customer_name: String,
    /// Their tier.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tier: Option<String>,
    /// Whether they get white-glove care.
    pub is_vip: bool,
    /// What it is about, in a line.
    pub subject: String,
    /// When it was last written to.
    pub last_at: Instant,
    /// Who wrote last.
    pub last_author: AuthorKind,
    /// Who may speak.
    pub floor: Floor,
    /// Whether it is read from a file.
    pub is_imported: bool,
    /// Whether it is part of the demo's history.
    pub is_demo: bool,
}

/// A conversation that waits.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct QueueRow {
    /// What every row has.
    #[serde(flatten)]
    pub row: Row,
    /// Where it waits.
    pub queue: String,
    /// Where, for people.
    pub queue_name: String,
    /// Since when.
    pub waiting_since: Instant,
    /// By when somebody should accept.
    pub target_at: Instant,
    /// Its class.
    pub priority: Priority,
    /// The class of trigger.
    pub trigger: Trigger,
    /// The same for people: "asked for a person".
    pub trigger_text: &'static str,
    /// How it was handed over.
    pub kind: HandoffKind,
    /// The place in line, from 1; 0 for what was promised for later.
    pub position: u32,
    /// Whether the assistant is cut off.
    pub is_cold: bool,
    /// When it is owed, once it was put off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Instant>,
    /// Who is being asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offered_to: Option<Person>,
    /// Whether an address was left.
    pub is_contact_left: bool,
    /// Until when it is not offered to the caller, who declined it or let its offer run out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub not_offered_until: Option<Instant>,
}

/// A proposal to the caller.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OfferCard {
    /// Which.
    #[schema(value_type = String)]
    pub offer_id: OfferId,
    /// Of which conversation.
    #[schema(value_type = String)]
    pub conversation: ConversationId,
    /// Of which escalation.
    #[schema(value_type = String)]
    pub escalation_id: EscalationId,
    /// When it ends by itself.
    pub expires_at: Instant,
    /// When it was made.
    pub offered_at: Instant,
    /// The conversation.
    pub row: QueueRow,
}

/// A draft in the review list.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DraftCard {
    /// Which.
    #[schema(value_type = String)]
    pub draft_id: DraftId,
    /// Of which conversation.
    #[schema(value_type = String)]
    pub conversation: ConversationId,
    /// The customer, as they are addressed.
    pub customer_name: String,
    /// The words.
    pub text: String,
    /// The customer's words that it answers.
    pub in_reply_to_text: String,
    /// Since when the customer waits for it.
    pub at: Instant,
    /// Whose drafts they are.
    pub queue: String,
    /// The assistant's confidence in it, 0–1, where it gave one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// Whether the customer has not written since.
    pub is_current: bool,
}

/// One queue at a glance.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct QueueCount {
    /// Its key.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Whether it is open by its hours.
    pub is_open: bool,
    /// When it opens.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<Instant>,
    /// How many wait in it.
    pub waiting: u32,
    /// How many agents of it take offers now.
    pub available_agents: u32,
}

/// The caller in short.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MeAtWork {
    /// What they say of themselves.
    pub presence: Presence,
    /// How many conversations at once.
    pub capacity: u32,
    /// How many they have, pending offers included.
    pub load: u32,
}

/// Everything an agent has to look at.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Inbox {
    /// The caller.
    pub me: MeAtWork,
    /// What is offered to them.
    pub offers: Vec<OfferCard>,
    /// What waits and they may see, in the order in which it is served.
    pub waiting: Vec<QueueRow>,
    /// What they hold.
    pub mine: Vec<Row>,
    /// Drafts they may release.
    pub drafts: Vec<DraftCard>,
    /// How many open conversations supervisors should look at.
    pub flagged_count: u32,
    /// The queues.
    pub queues: Vec<QueueCount>,
}
