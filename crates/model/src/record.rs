//! Conversation lines: one conversation as files carry it. Read tolerantly:
//! unknown fields are ignored, a text may be empty.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::fact::FactValue;
use crate::turn::{Retrieved, Role, ToolCall};

/// One conversation of a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ConversationRecord {
    /// The name the file gives it.
    pub conversation_id: String,
    /// Its turns, in order.
    #[serde(default)]
    pub turns: Vec<TurnRecord>,
    /// What is known about the customer.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub facts: BTreeMap<String, FactValue>,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// The language, where the file says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lang: Option<String>,
}

/// One turn of a file. An assistant turn's scores belong to the customer turn before it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct TurnRecord {
    /// Who speaks.
    pub role: Role,
    /// What is said; may be empty.
    #[serde(default)]
    pub text: String,
    /// When, in RFC 3339, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// The assistant's confidence, 0–1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub confidence: Option<f64>,
    /// What it found.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub retrieval: Vec<Retrieved>,
    /// Whether it had no answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fallback: Option<bool>,
    /// The tools it called.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tool_calls: Vec<ToolCall>,
}
