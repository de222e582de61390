//! The call to the model, and what comes of it.

use std::time::Duration;

use axum::http::HeaderMap;
use segue_outbound::{Method, Response, bounded, header};
use serde_json::{Value, json};

use crate::refusal::Refusal;
use crate::settings::{Gateway, Upstream};

/// The header with a client's own key to the model.
pub(crate) const UPSTREAM_KEY: &str = "segue-upstream-key";
/// The longest answer that is taken as a whole, in bytes.
pub(crate) const ANSWER_BYTES_MAX: usize = 4 * 1024 * 1024;
/// How much of an upstream's own error is told to the developer, in bytes.
const TOLD_BYTES_MAX: usize = 400;

/// How a call failed. The developer reads it, the customer never.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Failed {
    /// Nothing came in time.
    #[error("the model did not answer within {0} ms")]
    TimedOut(u128),
    /// Nobody answered, or the answer broke off.
    #[error("{0}")]
    Broken(String),
    /// It answered with an error.
    #[error("the model answered with {status}: {message}")]
    Refused {
        /// The status.
        status: u16,
        /// Its own words.
        message: String,
    },
    /// What came is no completion.
    #[error("the model's answer is no completion: {0}")]
    Unreadable(String),
    /// It held its answer back, or refused to give one.
    #[error("the model gave no answer: {0}")]
    NoAnswer(&'static str),
}

impl Failed {
    /// How it stands in the answer to the developer.
    pub fn note(&self) -> Value {
        let (outcome, status) = match self {
            Self::TimedOut(_) => ("timed_out", None),
            Self::Broken(_) => ("broken", None),
            Self::Refused { status, .. } => ("refused", Some(*status)),
            Self::Unreadable(_) => ("unreadable", None),
            Self::NoAnswer(_) => ("no_answer", None),
        };
        json!({"outcome": outcome, "status": status, "message": self.to_string()})
    }

    /// Whether the model itself gave no answer, rather than failing.
    pub const fn is_no_answer(&self) -> bool {
        matches!(self, Self::NoAnswer(_))
    }
}

/// The key that a client brings along, where clients do.
pub(crate) fn key_of(gateway: &Gateway, headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    if !gateway.pass_key {
        return Ok(None);
    }
    let key = headers.get(UPSTREAM_KEY).and_then(|key| key.to_str().ok());
    let key = key.map(str::trim).filter(|key| !key.is_empty());
    key.map(|key| Some(key.to_owned()))
        .ok_or_else(Refusal::no_upstream_key)
}

/// Asks the model; answers as soon as the head of its answer is there.
pub(crate) async fn ask(
    upstream: &Upstream,
    key: Option<&str>,
    body: Vec<u8>,
    within: Duration,
) -> Result<Response, Failed> {
    let broken = |error: &dyn std::fmt::Display| Failed::Broken(error.to_string());
    let mut request = upstream
        .endpoint
        .request(Method::POST, "chat/completions")
        .map_err(|error| broken(&error))?
        .header(header::CONTENT_TYPE, "application/json")
        .body(body);
    if let Some(key) = key {
        request = request.bearer_auth(key);
    }
    let Ok(sent) = tokio::time::timeout(within, request.send()).await else {
        return Err(Failed::TimedOut(within.as_millis()));
    };
    let response = sent.map_err(|error| broken(&segue_outbound::OutboundError::from(error)))?;
    let status = response.status();
    if status.is_success() {
        return Ok(response);
    }
    let told = tokio::time::timeout(within, bounded(response, ANSWER_BYTES_MAX)).await;
    let told = told.ok().and_then(Result::ok).unwrap_or_default();
    let message = message_of(&told);
    Err(Failed::Refused {
        status: status.as_u16(),
        message,
    })
}

/// An upstream's own words on what went wrong.
fn message_of(body: &[u8]) -> String {
    let parsed: Value = serde_json::from_slice(body).unwrap_or_default();
    let message = parsed["error"]["message"]
        .as_str()
        .or_else(|| parsed["error"].as_str())
        .map(str::to_owned);
    let message = message.unwrap_or_else(|| String::from_utf8_lossy(body).into_owned());
    let mut end = message.len().min(TOLD_BYTES_MAX);
    while !message.is_char_boundary(end) {
        end -= 1;
    }
    message.get(..end).unwrap_or_default().to_owned()
}
