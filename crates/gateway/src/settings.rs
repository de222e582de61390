//! How the gateway is set up: the `[gateway]` part of the operator's file.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Duration;

use segue_outbound::{Endpoint, OutboundError, SecretError, SecretSource};
use serde::Deserialize;

/// How long an upstream may take to its first token, in milliseconds.
const FIRST_TOKEN_MS: u64 = 10_000;
/// How long an upstream may rest between two chunks, in milliseconds.
const IDLE_MS: u64 = 15_000;
/// How long an answer that does not stream may take, in milliseconds.
const WHOLE_MS: u64 = 60_000;
/// How many tokens of a sentence that may be a promise are held back at most.
const HOLD_BACK_TOKENS: usize = 40;
/// For how long they are held back at most, in milliseconds.
const HOLD_BACK_MS: u64 = 1_500;

/// The `[gateway]` part as it is written.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// Where the model is, up to `/v1`.
    pub url: String,
    /// A file with the key to it.
    pub key_file: Option<PathBuf>,
    /// A variable with the key to it.
    pub key_env: Option<String>,
    /// Whether each client brings a key of its own, in `Segue-Upstream-Key`.
    #[serde(default)]
    pub pass_key: bool,
    /// The model that is asked for, whatever the client names.
    pub model: Option<String>,
    /// Other upstreams, by the name of the model that a client asks for.
    #[serde(default)]
    pub routes: BTreeMap<String, RouteSection>,
    /// How long the first token may take, in milliseconds.
    pub first_token_ms: Option<u64>,
    /// How long the upstream may rest between two chunks, in milliseconds.
    pub idle_ms: Option<u64>,
    /// How long an answer that does not stream may take, in milliseconds.
    pub whole_ms: Option<u64>,
    /// How many tokens of what may become a promise are held back at most.
    pub hold_back_tokens: Option<usize>,
    /// For how long at most, in milliseconds.
    pub hold_back_ms: Option<u64>,
    /// Whether models are given the tool `request_human`.
    pub request_human: Option<bool>,
    /// What becomes of a request that names no conversation.
    #[serde(default)]
    pub unnamed: Unnamed,
}

/// Another upstream.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RouteSection {
    /// Where it is.
    pub url: String,
    /// A file with the key to it.
    pub key_file: Option<PathBuf>,
    /// A variable with the key to it.
    pub key_env: Option<String>,
    /// The model's name there.
    pub model: Option<String>,
}

/// What becomes of a request that names no conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unnamed {
    /// It is a conversation of its own.
    #[default]
    Open,
    /// It is refused.
    Refuse,
}

/// The gateway cannot be set up so.
#[derive(Debug, thiserror::Error)]
pub enum SettingsError {
    /// A value is not allowed.
    #[error("`{field}`: {reason}")]
    Value {
        /// Which.
        field: &'static str,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// A key cannot be read.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// An address cannot be called.
    #[error(transparent)]
    Address(#[from] OutboundError),
}

/// An upstream with the name of the model there, if that is fixed.
#[derive(Debug, Clone)]
pub(crate) struct Upstream {
    pub endpoint: Endpoint,
    pub model: Option<String>,
}

/// The gateway, ready to be asked.
#[derive(Debug, Clone)]
pub struct Gateway {
    usual: Upstream,
    routes: BTreeMap<String, Upstream>,
    pub(crate) pass_key: bool,
    pub(crate) first_token: Duration,
    pub(crate) idle: Duration,
    pub(crate) whole: Duration,
    pub(crate) hold_back_tokens: usize,
    pub(crate) hold_back: Duration,
    pub(crate) request_human: bool,
    pub(crate) unnamed: Unnamed,
}

impl Section {
    /// Reads the keys and checks the values. Nobody is called.
    ///
    /// # Errors
    /// [`SettingsError`] for a value that is not allowed, a key that cannot be read, or
    /// an address that cannot be called.
    pub fn ready(self) -> Result<Gateway, SettingsError> {
        let has_key = self.key_file.is_some() || self.key_env.is_some();
        if self.pass_key && has_key {
            return Err(SettingsError::Value {
                field: "pass_key",
                reason: "either every client brings a key or this file names one, not both",
            });
        }
        let usual = upstream(&self.url, self.key_file, self.key_env, self.model)?;
        let routes = self.routes.into_iter().map(|(name, route)| {
            let to = upstream(&route.url, route.key_file, route.key_env, route.model)?;
            Ok((name, to))
        });
        Ok(Gateway {
            usual,
            routes: routes.collect::<Result<_, SettingsError>>()?,
            pass_key: self.pass_key,
            first_token: span("first_token_ms", self.first_token_ms, FIRST_TOKEN_MS)?,
            idle: span("idle_ms", self.idle_ms, IDLE_MS)?,
            whole: span("whole_ms", self.whole_ms, WHOLE_MS)?,
            hold_back_tokens: self.hold_back_tokens.unwrap_or(HOLD_BACK_TOKENS),
            hold_back: span("hold_back_ms", self.hold_back_ms, HOLD_BACK_MS)?,
            request_human: self.request_human.unwrap_or(true),
            unnamed: self.unnamed,
        })
    }
}

fn upstream(
    url: &str,
    file: Option<PathBuf>,
    variable: Option<String>,
    model: Option<String>,
) -> Result<Upstream, SettingsError> {
    let key = SecretSource { file, variable }.read()?;
    let endpoint = Endpoint::new(url, key)?;
    Ok(Upstream { endpoint, model })
}

fn span(field: &'static str, given: Option<u64>, usual: u64) -> Result<Duration, SettingsError> {
    match given.unwrap_or(usual) {
        ms @ 1..=600_000 => Ok(Duration::from_millis(ms)),
        _ => Err(SettingsError::Value {
            field,
            reason: "between 1 and 600000 milliseconds",
        }),
    }
}

impl Gateway {
    /// Where a request for this model goes.
    pub(crate) fn upstream(&self, model: &str) -> &Upstream {
        self.routes.get(model).unwrap_or(&self.usual)
    }
}
