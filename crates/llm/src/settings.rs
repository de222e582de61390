//! What an operator says of a model: the section `[model]` of the file of connections.

use std::path::PathBuf;

use segue_outbound::{Endpoint, OutboundError, SecretError, SecretSource};
use serde::Deserialize;

/// The shortest deadline, in milliseconds.
const TIMEOUT_MS_MIN: u64 = 100;
/// The longest, in milliseconds: what takes longer helps nobody in a conversation.
const TIMEOUT_MS_MAX: u64 = 60_000;

/// A model and its bounds.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Settings {
    /// The address that ends before `/chat/completions`, as `https://host/v1`.
    pub url: String,
    /// What the model is called there.
    pub name: String,
    /// A file that holds the key.
    #[serde(default)]
    pub key_file: Option<PathBuf>,
    /// The environment variable that holds the key.
    #[serde(default)]
    pub key_env: Option<String>,
    /// How long a whole call may take, in milliseconds (100–60,000; 8,000 unless said).
    #[serde(default = "timeout_ms")]
    pub timeout_ms: u64,
    /// How many tokens a workspace may use on one day (UTC), asked and answered
    /// together; 200,000 unless said.
    #[serde(default = "tokens_per_day")]
    pub tokens_per_day: u64,
    /// Whether it writes its version of packets.
    #[serde(default = "yes")]
    pub summaries: bool,
    /// Whether the built-in assistant answers through it.
    #[serde(default = "yes")]
    pub answers: bool,
    /// Words that never leave, whatever their case: a project's name, a partner's.
    #[serde(default)]
    pub terms: Vec<String>,
    /// Whether what is private is redacted before it leaves. Off only for a model on
    /// one's own machines.
    #[serde(default = "yes")]
    pub redact: bool,
}

const fn timeout_ms() -> u64 {
    8_000
}

const fn tokens_per_day() -> u64 {
    200_000
}

const fn yes() -> bool {
    true
}

/// A model cannot be connected as it is written.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// The address is none.
    #[error("the model's `url` cannot be used")]
    Address(#[source] OutboundError),
    /// The key cannot be read.
    #[error("the model's key cannot be read")]
    Key(#[source] SecretError),
    /// The name is empty.
    #[error("the model needs a `name`")]
    NoName,
    /// The deadline is out of range.
    #[error(
        "the model's `timeout_ms` is {0}; it lies between {TIMEOUT_MS_MIN} and {TIMEOUT_MS_MAX}"
    )]
    Timeout(u64),
}

impl Settings {
    /// A model at an address, all else as it is by default.
    pub fn at(url: impl Into<String>, name: impl Into<String>) -> Self {
        Self {
            url: url.into(),
            name: name.into(),
            key_file: None,
            key_env: None,
            timeout_ms: timeout_ms(),
            tokens_per_day: tokens_per_day(),
            summaries: true,
            answers: true,
            terms: Vec::new(),
            redact: true,
        }
    }

    /// The place to call, with its key.
    pub(crate) fn endpoint(&self) -> Result<Endpoint, SettingsError> {
        if self.name.trim().is_empty() {
            return Err(SettingsError::NoName);
        }
        if !(TIMEOUT_MS_MIN..=TIMEOUT_MS_MAX).contains(&self.timeout_ms) {
            return Err(SettingsError::Timeout(self.timeout_ms));
        }
        let source = SecretSource {
            file: self.key_file.clone(),
            variable: self.key_env.clone(),
        };
        let key = source.read().map_err(SettingsError::Key)?;
        Endpoint::new(&self.url, key).map_err(SettingsError::Address)
    }
}
