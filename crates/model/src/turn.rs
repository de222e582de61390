//! What is said: turns, their authors, and the scores an assistant gives with its answer.

use serde::{Deserialize, Serialize};

use crate::floor::Epoch;
use crate::id::{AgentId, DraftId};
use crate::time::Timestamp;

/// The place of a turn in its conversation, from 1, without gaps.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct TurnNumber(pub u32);

impl TurnNumber {
    /// The number of the turn after this one.
    #[must_use]
    pub const fn next(self) -> Self {
        Self(self.0 + 1)
    }
}

/// The kind of party that speaks, as conversation files name it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// The person asking for help.
    Customer,
    /// The AI that answers.
    #[serde(alias = "bot")]
    Assistant,
    /// Always a human.
    Agent,
    /// Segue itself: notices, estimates, updates.
    System,
}

/// Who wrote a turn. Every message says so; law asks for it of the assistant's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "by", rename_all = "snake_case")]
pub enum Author {
    /// The person asking for help.
    Customer,
    /// The AI, unreviewed.
    Assistant,
    /// An agent's own words.
    Agent {
        /// Who wrote it.
        agent: AgentId,
    },
    /// The assistant's draft, released by an agent.
    Draft {
        /// The draft that was released.
        draft: DraftId,
        /// Who released it.
        agent: AgentId,
        /// Whether the agent changed it first.
        is_edited: bool,
    },
    /// Segue itself.
    System {
        /// What the notice is for.
        notice: NoticeKind,
    },
}

impl Author {
    /// The kind of party; a released draft is the agent's word.
    pub const fn role(&self) -> Role {
        match self {
            Self::Customer => Role::Customer,
            Self::Assistant => Role::Assistant,
            Self::Agent { .. } | Self::Draft { .. } => Role::Agent,
            Self::System { .. } => Role::System,
        }
    }
}

/// What a system turn tells the customer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NoticeKind {
    /// The first line of a conversation: an AI answers, a person can be asked for.
    Welcome,
    /// Who comes, why, about how long, and that the notes are passed on.
    HandoffWarm,
    /// One neutral sentence; no internals.
    HandoffCold,
    /// A person took over while the assistant spoke or could have spoken.
    Takeover,
    /// The team is closed: what happens next, and when.
    AfterHours,
    /// The wait grew past what was announced, with a choice.
    WaitExtended,
    /// The offer went to somebody else, or the conversation returned to the queue.
    Requeued,
    /// A person has joined.
    AgentJoined,
    /// The conversation goes to another team or person.
    Transferred,
    /// The conversation goes back to the assistant.
    HandBack,
    /// A contact was left; somebody will write there.
    ContactTaken,
    /// Nobody could come in time: what happens instead.
    Expired,
    /// Answers are now checked by a person before they are sent.
    ReviewStarted,
    /// The conversation has ended.
    Closed,
}

/// What an assistant says about its own answer. Absent means nobody supplied it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct AnswerScores {
    /// The assistant's own confidence in the answer, 0–1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// What was found in the knowledge base, best first.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retrieval: Vec<Retrieved>,
    /// Whether the turn says that there is no answer.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_fallback: bool,
    /// Whether the turn only returns a courtesy ("You're welcome!"): it answers nothing,
    /// so that nobody is asked whether it helped.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_courtesy: bool,
    /// Which tools ran, and how that ended.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tool_calls: Vec<ToolCall>,
    /// How far the question lies from everything known, 0–1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub query_distance: Option<f64>,
    /// How likely the question is none of the workspace's business, 0–1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub out_of_scope: Option<f64>,
}

/// One document found for a question.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Retrieved {
    /// The document's id: the slug of an article.
    pub id: String,
    /// How well it fits, 0–1, on the scale of the one who searched.
    pub score: f64,
    /// Its title, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// Which version of it, where it has versions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<u32>,
}

/// One call of a tool by the assistant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ToolCall {
    /// The tool's name.
    pub name: String,
    /// How it ended.
    pub status: ToolStatus,
    /// How long it took, in milliseconds.
    #[serde(default)]
    pub ms: u64,
}

/// How a tool call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ToolStatus {
    /// It gave a result.
    #[serde(alias = "success")]
    Ok,
    /// It gave an error.
    #[serde(alias = "failed", alias = "failure")]
    Error,
    /// It gave nothing in time.
    #[serde(alias = "timed_out")]
    Timeout,
}

/// One contribution by one party, with its text.
#[derive(Debug, Clone, PartialEq)]
pub struct Turn {
    /// Its place in the conversation.
    pub number: TurnNumber,
    /// Who wrote it.
    pub author: Author,
    /// What was written; empty if it has been erased.
    pub text: String,
    /// When it was committed.
    pub at: Timestamp,
    /// The floor epoch it was made under.
    pub epoch: Epoch,
    /// The assistant's scores, if it is the assistant's.
    pub scores: AnswerScores,
}
