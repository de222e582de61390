//! Requests about conversations, and their answers.

use std::collections::BTreeMap;

use segue_model::id::{AgentId, ConversationId, DraftId};
use segue_model::turn;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Instant;
use super::inbox::Row;
use super::state::{StaffSnapshot, Wait};
use super::timeline::{Floor, Trace, Turn};
use super::words::{
    DeclineReason, Disposition, HandoffKind, Notice, RootCause, ToolStatus, VerdictWord,
};
use super::written::{written, written_if_any};

/// Where a conversation stands after a write.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Acted {
    /// The version of what was written.
    pub version: u64,
    /// The epoch after it.
    pub epoch: u32,
}

/// What a customer's write did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Written {
    /// The version of what was written.
    pub version: u64,
}

/// What a turn did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Said {
    /// The turn's place.
    pub turn: u32,
    /// The version of what was written.
    pub version: u64,
    /// The epoch after it.
    pub epoch: u32,
}

/// What accepting did.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Accepted {
    /// The conversation that is the caller's now.
    #[schema(value_type = String)]
    pub conversation: ConversationId,
    /// The version of what was written.
    pub version: u64,
    /// The epoch after it.
    pub epoch: u32,
}

/// Which conversations to list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum ListState {
    /// Those that have not ended and take place here.
    Open,
    /// Those that have ended.
    Closed,
    /// Those of files.
    Imported,
    /// Those that supervisors should look at.
    Flagged,
    /// All.
    #[default]
    All,
}

/// What to list.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ListParams {
    /// Which conversations.
    #[serde(default)]
    pub state: ListState,
    /// Only of this queue.
    #[serde(default)]
    pub queue: Option<String>,
    /// Only those with this reference number (`SG-7A18A0`), whatever their state and queue.
    #[serde(default)]
    pub reference: Option<String>,
    /// Where the page before ended.
    #[serde(default)]
    pub cursor: Option<String>,
    /// How many at most, 1 to 100.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// A page of conversations, newest first.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RowPage {
    /// The conversations.
    pub items: Vec<Row>,
    /// Where the next page begins; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// After which version.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AfterParams {
    /// The version that is known already.
    #[serde(default)]
    pub after: u64,
}

/// For how long the packet was in view.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PacketReadBody {
    /// In milliseconds.
    pub dwell_ms: u64,
}

/// Why an offer is declined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DeclineBody {
    /// Why.
    pub reason: DeclineReason,
}

/// A reply to the customer.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReplyBody {
    /// The words.
    #[schema(max_length = 16384)]
    #[serde(deserialize_with = "written")]
    pub text: String,
    /// The epoch that the writer saw.
    pub epoch: u32,
}

/// Taking the floor.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TakeBody {
    /// The epoch that the taker saw: of two who take at once only one gets it.
    /// Without it, whoever has the floor now loses it.
    #[serde(default)]
    pub epoch: Option<u32>,
    /// Why, as a private note for whoever had it.
    #[serde(default, deserialize_with = "written_if_any")]
    pub note: Option<String>,
}

/// A private note.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NoteBody {
    /// The words.
    #[schema(max_length = 16384)]
    #[serde(deserialize_with = "written")]
    pub text: String,
}

/// Back to the queue.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RequeueBody {
    /// A private note for whoever comes next.
    #[serde(default, deserialize_with = "written_if_any")]
    pub note: Option<String>,
}

/// On to another team or person; exactly one of the two.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TransferBody {
    /// The team's queue.
    #[serde(default)]
    pub queue: Option<String>,
    /// The person.
    #[serde(default)]
    #[schema(value_type = Option<String>)]
    pub agent: Option<AgentId>,
    /// A private note for whoever comes next.
    #[serde(default, deserialize_with = "written_if_any")]
    pub note: Option<String>,
}

/// Back to the assistant.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandBackBody {
    /// The line to the customer.
    #[schema(max_length = 16384)]
    #[serde(deserialize_with = "written")]
    pub line: String,
    /// What the assistant is told.
    #[schema(max_length = 16384)]
    #[serde(deserialize_with = "written")]
    pub brief: String,
    /// Why it could not, before.
    pub root_cause: RootCause,
    /// The agent's active time, in milliseconds.
    pub active_ms: u64,
    /// Whether the assistant could have dealt with it; absent where the agent does not say.
    #[serde(default)]
    pub assistant_could: Option<bool>,
    /// Whether the assistant owes an answer to what the customer wrote last, if nobody has
    /// answered it. `false` says that the line did.
    #[serde(default = "yes")]
    #[schema(default = true)]
    pub is_answer_owed: bool,
}

const fn yes() -> bool {
    true
}

/// Done.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ResolveBody {
    /// Why the assistant could not.
    pub root_cause: RootCause,
    /// How it ended.
    pub disposition: Disposition,
    /// The agent's active time, in milliseconds.
    pub active_ms: u64,
    /// Whether the assistant could have dealt with it; absent where the agent does not say.
    #[serde(default)]
    pub assistant_could: Option<bool>,
    /// The last line to the customer, instead of the policy's.
    #[serde(default, deserialize_with = "written_if_any")]
    pub line: Option<String>,
}

/// A draft goes out.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReleaseBody {
    /// Other words instead.
    #[serde(default, deserialize_with = "written_if_any")]
    pub text: Option<String>,
}

/// Who asks for help, as the developer's backend knows them.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CustomerRef {
    /// Their e-mail address.
    #[serde(default)]
    pub email: Option<String>,
    /// Their account in the workspace's own system.
    #[serde(default)]
    pub account_id: Option<String>,
}

/// The value of a fact in a request.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(untagged)]
pub enum FactGiven {
    /// Yes or no.
    Flag(bool),
    /// A number.
    Number(f64),
    /// A word.
    Text(String),
}

/// A conversation that somebody's own assistant answers.
#[derive(Debug, Clone, PartialEq, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OpenBody {
    /// Who asks, where known.
    #[serde(default)]
    pub customer: Option<CustomerRef>,
    /// Their language, as BCP 47.
    #[serde(default)]
    pub locale: Option<String>,
    /// The page it takes place on.
    #[serde(default)]
    pub page: Option<String>,
    /// Where it takes place; `api` if absent.
    #[serde(default)]
    pub channel: Option<String>,
    /// Its name in the developer's own system.
    #[serde(default)]
    pub external_id: Option<String>,
    /// Unverified facts. They are shown to staff and never judged: names that the
    /// policy language knows (`tier`, `vip`, `authenticated` …) are refused.
    #[serde(default)]
    pub facts: BTreeMap<String, FactGiven>,
}

/// The conversation that was opened.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Opened {
    /// Which.
    #[schema(value_type = String)]
    pub id: ConversationId,
    /// The epoch that the assistant speaks under.
    pub epoch: u32,
    /// The version of the stream.
    pub version: u64,
    /// Who may speak.
    pub floor: Floor,
}

/// Who speaks, in a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SpeakerRole {
    /// The person asking for help.
    Customer,
    /// The AI.
    Assistant,
}

/// One document that the assistant found.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RetrievedGiven {
    /// The document's id.
    pub id: String,
    /// How well it fits, 0–1.
    pub score: f64,
    /// Its title.
    #[serde(default)]
    pub title: Option<String>,
}

/// One call of a tool by the assistant.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ToolCallGiven {
    /// The tool's name.
    pub name: String,
    /// How it ended.
    pub status: ToolStatus,
    /// How long it took, in milliseconds.
    #[serde(default)]
    pub ms: u64,
}

/// One turn of a conversation that somebody's own assistant answers.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TurnBody {
    /// Who speaks.
    pub role: SpeakerRole,
    /// The words.
    #[schema(max_length = 16384)]
    #[serde(deserialize_with = "written")]
    pub text: String,
    /// The epoch an assistant's turn was made under; needed for one.
    #[serde(default)]
    pub epoch: Option<u32>,
    /// The customer turn that an assistant's turn answers; the latest, if absent.
    #[serde(default)]
    pub in_reply_to: Option<u32>,
    /// The assistant's own confidence, 0–1.
    #[serde(default)]
    pub confidence: Option<f64>,
    /// What it found, best first.
    #[serde(default)]
    pub retrieval: Vec<RetrievedGiven>,
    /// Whether the turn says that there is no answer.
    #[serde(default)]
    pub fallback: bool,
    /// Which tools ran.
    #[serde(default)]
    pub tool_calls: Vec<ToolCallGiven>,
    /// Whether it goes on from an answer that was given already.
    #[serde(default)]
    pub multi: bool,
}

impl From<&RetrievedGiven> for turn::Retrieved {
    fn from(given: &RetrievedGiven) -> Self {
        Self {
            id: given.id.clone(),
            score: given.score,
            title: given.title.clone(),
            version: None,
        }
    }
}

impl From<&ToolCallGiven> for turn::ToolCall {
    fn from(given: &ToolCallGiven) -> Self {
        Self {
            name: given.name.clone(),
            status: given.status.into(),
            ms: given.ms,
        }
    }
}

/// What the policy said.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct VerdictAnswer {
    /// What follows.
    pub verdict: VerdictWord,
    /// The rule that decided.
    pub rule: String,
    /// How it came about.
    pub trace: Trace,
    /// How it is handed over.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<HandoffKind>,
    /// Where.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<String>,
}

/// A line that the system said to the customer along with it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct NoticeAnswer {
    /// The turn's place.
    pub turn: u32,
    /// What it is for.
    pub notice: Notice,
    /// The words, to be shown to the customer.
    pub text: String,
}

/// What came of a turn.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TurnAnswer {
    /// The turn's place; absent where the customer does not see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn: Option<u32>,
    /// The draft that it became, while drafts are reviewed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub draft: Option<DraftId>,
    /// The version of what was written.
    pub version: u64,
    /// The epoch after it.
    pub epoch: u32,
    /// Whether the customer sees it.
    pub visible: bool,
    /// What the policy said, where it was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub verdict: Option<VerdictAnswer>,
    /// What the system said to the customer along with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeAnswer>,
}

/// A wish for a person.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HandoffBody {
    /// Why, as a clause that the customer reads. Leave it out where a model wrote it: the
    /// policy has words of its own.
    #[serde(default)]
    #[schema(max_length = 512)]
    pub reason: Option<String>,
    /// What the assistant says of it to staff: what is wanted, what was tried. The customer
    /// never reads it, and nothing follows from it.
    #[serde(default)]
    #[schema(max_length = 4096)]
    pub note: Option<String>,
}

/// A conversation as the program that opened it reads it.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ProgramConversation {
    /// Which.
    #[schema(value_type = String)]
    pub id: ConversationId,
    /// The version of the stream.
    pub version: u64,
    /// The current epoch.
    pub epoch: u32,
    /// Who may speak.
    pub floor: Floor,
    /// What everybody in it has seen, in order.
    pub turns: Vec<Turn>,
    /// What a waiting customer is told of their wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait: Option<Wait>,
    /// What an agent told the assistant, as long as it has the floor again since.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub hand_back: Option<Brief>,
}

/// What an agent told the assistant when it was handed back. Not for the customer.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Brief {
    /// The version of the entry it came with.
    pub version: u64,
    /// When.
    pub at: Instant,
    /// The words.
    pub brief: String,
    /// The customer turn that the assistant owes an answer to now, if any.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awaited_turn: Option<u32>,
}

/// A conversation, for staff or for a program.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
#[serde(untagged)]
pub enum ConversationAnswer {
    /// For staff.
    Staff(Box<StaffSnapshot>),
    /// For a program with a key.
    Program(Box<ProgramConversation>),
}

/// What a wish for a person did.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct HandoffAnswer {
    /// The version of what was written.
    pub version: u64,
    /// The epoch after it.
    pub epoch: u32,
    /// Who may speak.
    pub floor: Floor,
    /// What a waiting customer is told of their wait.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait: Option<Wait>,
    /// What the system said to the customer along with it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notice: Option<NoticeAnswer>,
}
