//! Bots that Segue asks, and how an operator names one.

mod chat;
mod json;
mod rasa;

use std::path::PathBuf;
use std::sync::Arc;

use segue_model::turn::TurnNumber;
use segue_outbound::{Endpoint, SecretSource};
use segue_ports::bot::{Bot, BotError, BotSettings};
use serde::Deserialize;

use crate::call::CallError;
use crate::error::{ConnectError, Section};
use crate::sign::SigningKey;

/// How long one call may take unless told otherwise, in milliseconds.
const TIMEOUT_MS_OTHERWISE: u64 = 10_000;
/// How long a bot has for its answer after a hand-back unless told otherwise (F42).
const WATCHDOG_MS_OTHERWISE: u64 = 30_000;
/// The longest watchdog, in milliseconds.
const WATCHDOG_MS_MAX: u64 = 300_000;

/// What an operator may write about a bot: `[bots.NAME]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BotSection {
    /// The protocol it speaks.
    pub kind: BotKind,
    /// Where it is.
    pub url: String,
    /// A file with the key to it, sent as `Authorization: Bearer KEY`.
    pub key_file: Option<PathBuf>,
    /// A variable with the key to it.
    pub key_env: Option<String>,
    /// A file with the key that signs requests (`webhook` only).
    pub signing_key_file: Option<PathBuf>,
    /// A variable with the key that signs requests (`webhook` only).
    pub signing_key_env: Option<String>,
    /// How long one call may take, in milliseconds; 10,000 unless told otherwise.
    pub timeout_ms: Option<u64>,
    /// How long it has for its answer after a hand-back, in milliseconds; 30,000 unless
    /// told otherwise.
    pub watchdog_ms: Option<u64>,
    /// Whether it answers the widget's conversations.
    #[serde(default)]
    pub widget: bool,
    /// The facts it is told, by name.
    #[serde(default)]
    pub facts: Vec<String>,
    /// Which model (`chat` only).
    pub model: Option<String>,
    /// What the model is told first (`chat` only).
    pub instructions: Option<String>,
}

/// The protocols.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BotKind {
    /// Segue's own: signed JSON, see `docs/CONNECT.md`.
    Webhook,
    /// Rasa's REST channel.
    Rasa,
    /// Any endpoint of the form `/v1/chat/completions`.
    Chat,
}

impl BotSection {
    /// Makes the bot ready to be asked. Nobody is called yet.
    ///
    /// # Errors
    /// [`ConnectError`] if something is missing, not allowed, or cannot be read.
    pub fn plug(self, name: &str) -> Result<Arc<dyn Bot>, ConnectError> {
        let place = format!("bots.{name}");
        let section = Section(&place);
        self.check(&section)?;
        let settings = BotSettings {
            timeout: section.millis("timeout_ms", self.timeout_ms, TIMEOUT_MS_OTHERWISE, 30_000)?,
            watchdog: section.millis(
                "watchdog_ms",
                self.watchdog_ms,
                WATCHDOG_MS_OTHERWISE,
                WATCHDOG_MS_MAX,
            )?,
            facts: self.facts,
            is_for_widget: self.widget,
            may_repeat: self.kind != BotKind::Rasa,
        };
        let key = secret(&section, self.key_file, self.key_env)?;
        let endpoint = Endpoint::new(&self.url, key).map_err(|error| section.address(error))?;
        Ok(match self.kind {
            BotKind::Webhook => {
                let key = secret(&section, self.signing_key_file, self.signing_key_env)?;
                let key = key.map(SigningKey::new).transpose();
                let key = key.map_err(|reason| section.key("signing_key", reason))?;
                Arc::new(json::Webhook::new(endpoint, key, settings))
            }
            BotKind::Rasa => Arc::new(rasa::Rasa::new(endpoint, settings)),
            BotKind::Chat => {
                let model = self.model.filter(|model| !model.is_empty());
                let model = model.ok_or_else(|| section.key("model", "is needed"))?;
                let told = self.instructions.unwrap_or_default();
                Arc::new(chat::Chat::new(endpoint, (model, told), settings))
            }
        })
    }

    /// A key that has no meaning for its kind is a mistake, not a wish to be passed over.
    fn check(&self, section: &Section<'_>) -> Result<(), ConnectError> {
        let is_chat = self.kind == BotKind::Chat;
        let is_webhook = self.kind == BotKind::Webhook;
        let signs = self.signing_key_file.is_some() || self.signing_key_env.is_some();
        let strangers = [
            ("model", self.model.is_some() && !is_chat, "chat"),
            (
                "instructions",
                self.instructions.is_some() && !is_chat,
                "chat",
            ),
            ("signing_key", signs && !is_webhook, "webhook"),
        ];
        match strangers.into_iter().find(|(_, is_there, _)| *is_there) {
            Some((key, _, kind)) => {
                let reason = format!("belongs to bots of kind `{kind}` alone");
                Err(section.key(key, reason))
            }
            None => Ok(()),
        }
    }
}

/// A secret of a section.
pub(crate) fn secret(
    section: &Section<'_>,
    file: Option<PathBuf>,
    variable: Option<String>,
) -> Result<Option<segue_outbound::Secret>, ConnectError> {
    let source = SecretSource { file, variable };
    source.read().map_err(|error| section.secret(error))
}

impl From<CallError> for BotError {
    fn from(error: CallError) -> Self {
        match error {
            CallError::Unreachable(why) => Self::Unreachable(why),
            CallError::Denied(why) | CallError::Refused(why) => Self::Unusable(why),
        }
    }
}

/// A turn's number on the wire.
const fn number(turn: TurnNumber) -> u32 {
    turn.0
}
