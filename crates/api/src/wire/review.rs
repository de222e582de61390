//! Answers of the assistant that people judge, and what they say of them.

use segue_model::id::ConversationId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::Instant;
use super::timeline::Article;
use super::words::Grade;

/// How many to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReviewParams {
    /// At most so many, 1 to 50; 20 if absent.
    #[serde(default)]
    pub limit: Option<u32>,
}

/// What waits for a judgement.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ReviewAnswer {
    /// The next ones, in an order by chance.
    pub items: Vec<ReviewItem>,
    /// How many wait, these included.
    pub waiting: usize,
    /// How many were judged in the last 24 hours.
    pub graded_today: usize,
}

/// One answer, drawn by chance.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct ReviewItem {
    /// Where it stands.
    #[schema(value_type = String)]
    pub conversation: ConversationId,
    /// The customer turn it was to answer.
    pub turn: u32,
    /// Its text in the conversation, to name it by.
    pub text_ref: u32,
    /// What the customer asked.
    pub asked: String,
    /// What the assistant answered, or would have.
    pub answer: String,
    /// The article it rests on most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<Article>,
    /// What the bands held against it, 0–1.
    pub score: f64,
    /// Whether the customer saw it.
    pub was_shown: bool,
    /// When it was given or held back.
    pub at: Instant,
    /// With what probability it was drawn.
    pub by_chance: f64,
}

/// A judgement.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct GradeBody {
    /// Where the answer stands.
    #[schema(value_type = String)]
    pub conversation: ConversationId,
    /// Its text in the conversation.
    pub text_ref: u32,
    /// What it is.
    pub grade: Grade,
}
