//! Topics: named sets of phrases and patterns that a policy defines and a
//! detector looks for.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

/// The short name of a topic: `refund_return`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct TopicKey(pub Arc<str>);

impl From<&str> for TopicKey {
    fn from(text: &str) -> Self {
        Self(text.into())
    }
}

impl std::fmt::Display for TopicKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What a policy says about one topic; the detector compiles it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct TopicDefinition {
    /// Phrases, matched on folded text at word boundaries.
    pub phrases: Vec<String>,
    /// Patterns for the linear engine only, matched on folded text.
    pub patterns: Vec<String>,
    /// Phrases that take a match back when they stand in the same turn.
    pub except: Vec<String>,
    /// Whether the built-in patterns of a topic of this name take part.
    pub is_builtin_included: bool,
}
