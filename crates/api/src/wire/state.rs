//! Where a conversation stands, for staff and for its customer.

use std::collections::BTreeMap;

use segue_model::fact;
use segue_model::id::{ConversationId, DraftId, EscalationId, OfferId};
use serde::Serialize;
use utoipa::ToSchema;

use super::Instant;
use super::timeline::{Floor, Item, Person};
use super::words::{AssistantKind, EscalationState, HandoffKind, RatingState, RootCause, Trigger};

/// Whether the caller may do something now, and if not, why not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum Permit {
    /// They may.
    Yes {
        /// Always true.
        ok: bool,
    },
    /// They may not.
    No {
        /// Always false.
        ok: bool,
        /// The code that the request would be refused with.
        code: &'static str,
        /// The same for people.
        reason: String,
    },
}

impl Permit {
    /// They may.
    pub const fn yes() -> Self {
        Self::Yes { ok: true }
    }

    /// They may not.
    pub fn no(code: &'static str, reason: impl Into<String>) -> Self {
        Self::No {
            ok: false,
            code,
            reason: reason.into(),
        }
    }

    /// Whether they may.
    pub const fn is_yes(&self) -> bool {
        matches!(self, Self::Yes { .. })
    }
}

/// The actions a caller may take now, by name.
pub type Allowed = BTreeMap<&'static str, Permit>;

/// The value of a fact: yes or no, a number, or a word.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum FactValue {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A word.
    Text(String),
}

impl From<&fact::FactValue> for FactValue {
    fn from(value: &fact::FactValue) -> Self {
        match value {
            fact::FactValue::Flag(flag) => Self::Flag(*flag),
            fact::FactValue::Number(number) => Self::Number(*number),
            fact::FactValue::Text(text) => Self::Text(text.clone()),
        }
    }
}

/// Where a conversation comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum OriginWord {
    /// It takes place here and now.
    Live,
    /// Part of the demo's history.
    Demo,
    /// Read from a file.
    Imported,
}

/// What a conversation was opened with.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Opening {
    /// Which assistant answers.
    pub assistant: AssistantKind,
    /// Where it comes from.
    pub origin: OriginWord,
    /// Where it takes place: `widget`, `api`, `import`.
    pub channel: String,
    /// The page it was opened on.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<String>,
    /// The browser, in words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub browser: Option<String>,
    /// The customer's language, as BCP 47.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub locale: Option<String>,
    /// Where the file got it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Its name in the file, or in the developer's own system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub external_id: Option<String>,
    /// The other help desk that has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub desk: Option<DeskPlace>,
    /// When it began.
    pub opened_at: Instant,
}

/// Another help desk that has a conversation: it is answered there.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct DeskPlace {
    /// As people call it.
    pub product: String,
    /// Where it is found there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub link: Option<String>,
}

/// The customer, as staff see them.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CustomerCard {
    /// As they are addressed.
    pub name: String,
    /// Their address, where known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
    /// What is known.
    pub facts: BTreeMap<String, FactValue>,
}

/// An open offer.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OpenOffer {
    /// Which.
    #[schema(value_type = String)]
    pub id: OfferId,
    /// To whom.
    pub agent: Person,
    /// When it ends by itself.
    pub expires_at: Instant,
}

/// The open escalation.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct OpenEscalation {
    /// Which.
    #[schema(value_type = String)]
    pub id: EscalationId,
    /// How far it has come.
    pub state: EscalationState,
    /// Where.
    pub queue: String,
    /// Where, for people.
    pub queue_name: String,
    /// How it was handed over.
    pub kind: HandoffKind,
    /// The class of trigger.
    pub trigger: Trigger,
    /// The rule that asked for it.
    pub rule: String,
    /// Why, as the customer may read it.
    pub reason: String,
    /// When it was requested.
    pub requested_at: Instant,
    /// By when the wait was announced to end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub announced_until: Option<Instant>,
    /// When it is owed, once it was put off.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub due_at: Option<Instant>,
    /// The root cause that the trace suggests, if it suggests one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub suggested_root_cause: Option<RootCause>,
    /// The root causes that the policy offers at wrap-up, in order.
    pub root_causes: Vec<RootCause>,
    /// The proposal that is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub offer: Option<OpenOffer>,
    /// Who has it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub accepted_by: Option<Person>,
    /// Whether the caller has read the packet.
    pub packet_read: bool,
}

/// A draft that waits for a person.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct StaffDraft {
    /// Which.
    #[schema(value_type = String)]
    pub draft_id: DraftId,
    /// The words.
    pub text: String,
    /// The customer turn it answers.
    pub in_reply_to: u32,
    /// Since when the customer waits for it.
    pub at: Instant,
    /// The assistant's confidence in it, 0–1, where it gave one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// Whether the customer has not written since.
    pub is_current: bool,
}

/// Where a conversation stands, for staff.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct StaffState {
    /// The version of the stream.
    pub version: u64,
    /// The current epoch.
    pub epoch: u32,
    /// Who may speak.
    pub floor: Floor,
    /// What it was opened with.
    pub opening: Opening,
    /// The customer.
    pub customer: CustomerCard,
    /// The open escalation.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub escalation: Option<OpenEscalation>,
    /// Drafts that wait for a person.
    pub drafts: Vec<StaffDraft>,
    /// Whether supervisors should look.
    pub is_flagged: bool,
    /// Whether an address was left.
    pub has_contact: bool,
    /// How often it was handed back.
    pub hand_backs: u32,
    /// The customer's latest turn, if nobody has answered it yet.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open_question: Option<u32>,
    /// Whether the customer has ended it and it only remains to be wrapped up.
    pub has_customer_left: bool,
    /// What the caller may do now.
    #[schema(value_type = BTreeMap<String, Permit>)]
    pub allowed: Allowed,
}

/// Who speaks, as the customer reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Speaker {
    /// The name.
    pub name: String,
    /// What they are: `AI`, a team; may be empty.
    pub note: String,
}

/// What a waiting customer is told.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Wait {
    /// The place in line, from 1.
    #[schema(required)]
    pub position: Option<u32>,
    /// The lower end of the wait, in minutes.
    #[schema(required)]
    pub lo_min: Option<u32>,
    /// The upper end, in minutes.
    #[schema(required)]
    pub hi_min: Option<u32>,
    /// Where no upper end can be told: longer than so many minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub more_than_min: Option<u32>,
    /// Who comes: a team or a person; empty where that may not be told.
    pub who: String,
    /// Why, in a sentence; empty where that may not be told.
    pub reason: String,
    /// Whether whoever comes has read what was said.
    pub notes_passed: bool,
    /// Whether the team is there at this hour.
    pub is_open: bool,
    /// When it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub opens_at: Option<Instant>,
    /// Whether an address can be left instead.
    pub may_leave_contact: bool,
    /// The address that is known of them, to be left as it is or changed; only where it is
    /// proved who they are.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known_address: Option<String>,
    /// Whether the customer can go on with the assistant.
    pub may_withdraw: bool,
    /// The number to refer to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
    /// Whether an address was left.
    pub contact_left: bool,
}

/// Which parts of the episode can be rated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct Rating {
    /// The assistant's.
    pub assistant: RatingState,
    /// The person's.
    pub agent: RatingState,
}

/// Where a conversation stands, for its customer.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CustomerState {
    /// The version of the stream.
    pub version: u64,
    /// The current epoch.
    pub epoch: u32,
    /// Who may speak.
    pub floor: Floor,
    /// The same in a name.
    pub speaker: Speaker,
    /// The wait for a person, if there is one to speak of.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait: Option<Wait>,
    /// Whether the customer can write.
    pub can_write: bool,
    /// What can be rated.
    pub rating: Rating,
    /// The answer that can be confirmed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confirmable_turn: Option<u32>,
    /// Whether it has ended.
    pub is_closed: bool,
}

/// A conversation in full, for staff.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct StaffSnapshot {
    /// Which.
    #[schema(value_type = String)]
    pub conversation: ConversationId,
    /// The version of the stream.
    pub version: u64,
    /// What happened, in order.
    pub items: Vec<Item>,
    /// Where it stands.
    pub state: StaffState,
}

/// A conversation in full, for its customer.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CustomerSnapshot {
    /// Which.
    #[schema(value_type = String)]
    pub conversation: ConversationId,
    /// The version of the stream.
    pub version: u64,
    /// What happened, in order: turns and changes of the floor.
    pub items: Vec<Item>,
    /// Where it stands.
    pub state: CustomerState,
}

/// What happened after a version, for staff.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Entries {
    /// Which conversation.
    #[schema(value_type = String)]
    pub conversation: ConversationId,
    /// The version before the first item.
    pub from: u64,
    /// The version after the last.
    pub version: u64,
    /// What happened, in order.
    pub items: Vec<Item>,
}
