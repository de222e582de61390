//! What people taught the assistant: versions of articles, and of the instructions
//! that a model is given. A version never changes; withdrawing an article and going
//! back to an earlier one are versions, too. They lie over the articles the server was
//! started with: the latest version of an article stands in their place.

use segue_model::id::{AgentId, ConversationId, WorkspaceId};
use segue_model::time::Timestamp;
use segue_model::turn::TurnNumber;
use serde::{Deserialize, Serialize};

use crate::Pending;

/// What there are versions of.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Piece {
    /// An article, by its slug.
    Article(String),
    /// What a model is told beside the articles, in the workspace's own words.
    Instructions,
}

/// How a version came to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum VersionKind {
    /// Somebody wrote it.
    Published,
    /// Somebody went back to an earlier one.
    RolledBack,
    /// Somebody took the piece out: its text stays to be read, and is used no more.
    Withdrawn,
}

/// Where a part of a text comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Source {
    /// The conversation.
    pub conversation: ConversationId,
    /// The turn.
    pub turn: TurnNumber,
}

/// The failures that a version is meant to end.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fix {
    /// The cluster.
    pub cluster: ConversationId,
    /// Its name then.
    pub name: String,
    /// When its first failure happened.
    pub first_at: Timestamp,
    /// Some of its questions, by which it is known again; without what is private.
    pub questions: Vec<String>,
}

/// One version of a piece.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnowledgeVersion {
    /// Of what.
    pub piece: Piece,
    /// From 1, without gaps.
    pub version: u32,
    /// How it came to be.
    pub kind: VersionKind,
    /// The title; empty for instructions.
    pub title: String,
    /// The category, one word; empty for instructions.
    pub category: String,
    /// The Markdown.
    pub body: String,
    /// How customers ask for it.
    pub asked: Vec<String>,
    /// Who.
    pub author: AgentId,
    /// When.
    pub at: Timestamp,
    /// Why, in their words.
    pub reason: String,
    /// Where its words come from.
    pub sources: Vec<Source>,
    /// What it is meant to end, if it was made for that.
    pub fix: Option<Fix>,
}

/// Reads what was taught. It is written by
/// [`Settings::write_setting`](crate::settings::Settings::write_setting).
pub trait Knowledge {
    /// The latest version of each piece, by piece.
    fn knowledge(&self, workspace: WorkspaceId) -> Pending<'_, Vec<KnowledgeVersion>>;

    /// All versions of one piece, newest first.
    fn knowledge_history(
        &self,
        workspace: WorkspaceId,
        piece: Piece,
    ) -> Pending<'_, Vec<KnowledgeVersion>>;

    /// The versions that were made to end failures, newest first, at most `limit`.
    fn fixes(&self, workspace: WorkspaceId, limit: u32) -> Pending<'_, Vec<KnowledgeVersion>>;
}
