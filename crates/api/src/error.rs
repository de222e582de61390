//! Refusals and failures on the wire: one envelope, a stable code with a fixed
//! status, and a request id under which the log says more. Internals never
//! leave the log.

mod codes;

use std::error::Error as StdError;

use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use segue_floor::Refused;
use segue_insight::rollout::BAND;
use segue_ports::{StoreError, StoreErrorKind};
use segue_service::Failure;
use segue_service::rollout::Refusal;
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

pub use codes::{CODES, Code, find};

/// The header that names a request in the log.
pub const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");
/// When to try again after a store's hiccup, in seconds.
const RETRY_AFTER_S: u64 = 1;

/// The envelope of every error.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ErrorBody {
    /// What went wrong.
    pub error: ErrorNote,
}

/// What went wrong.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ErrorNote {
    /// The stable code; `/errors/CODE` explains it.
    pub code: &'static str,
    /// The same for people, with what it is about.
    pub message: String,
    /// Figures that a program can use.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<Object>)]
    pub details: Option<Value>,
    /// The request, as the log names it.
    pub request_id: String,
}

/// A request that is not done.
#[derive(Debug)]
pub struct ApiError {
    code: &'static str,
    message: String,
    details: Option<Value>,
    retry_after_s: Option<u64>,
    /// What only the log reads.
    cause: Option<Box<dyn StdError + Send + Sync>>,
}

impl ApiError {
    /// An error of this code. The code has to be one of [`CODES`].
    pub fn new(code: &'static str, message: impl Into<String>) -> Self {
        Self {
            code,
            message: message.into(),
            details: None,
            retry_after_s: None,
            cause: None,
        }
    }

    /// A value that is missing or not allowed.
    pub fn invalid(field: &str, reason: &str) -> Self {
        Self::new("invalid_value", format!("`{field}`: {reason}")).with(json!({ "field": field }))
    }

    /// The request did not come from the console's own page (S-5).
    pub fn cross_site() -> Self {
        let message =
            "a write needs the header `X-Segue: 1` and has to come from the console's page";
        Self::new("cross_site", message)
    }

    /// There is no such conversation, or the caller may not know of it.
    pub fn no_conversation() -> Self {
        Failure::Unknown("conversation").into()
    }

    /// The same with figures for a program.
    #[must_use]
    pub fn with(mut self, details: Value) -> Self {
        self.details = Some(details);
        self
    }

    /// The stable code.
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// The message, for people.
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Figures that a program can use.
    pub const fn details(&self) -> Option<&Value> {
        self.details.as_ref()
    }

    /// The status of its code.
    pub fn status(&self) -> StatusCode {
        find(self.code)
            .and_then(|known| StatusCode::from_u16(known.status).ok())
            .unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }
}

impl From<Failure> for ApiError {
    fn from(failure: Failure) -> Self {
        let mut error = Self::new(failure.code(), failure.to_string());
        match failure {
            Failure::Refused(refused) => error.details = details_of(&refused),
            Failure::CapacityFull { agent } | Failure::NotAvailable { agent } => {
                error.details = Some(json!({ "agent": agent }));
            }
            Failure::Invalid { field, .. } => error.details = Some(json!({ "field": field })),
            Failure::Rollout(refusal) => error.details = details_of_rollout(&refusal),
            Failure::Policy(problems) => {
                let problems: Vec<_> = problems
                    .iter()
                    .map(crate::wire::settings::problem)
                    .collect();
                error.details = Some(json!({ "problems": problems }));
            }
            Failure::TooMany { retry_after_s } => {
                error.retry_after_s = Some(retry_after_s);
                error.details = Some(json!({ "retry_after_s": retry_after_s }));
            }
            Failure::Busy => error.retry_after_s = Some(RETRY_AFTER_S),
            Failure::Store(cause) => return cause.into(),
            Failure::Unknown(_)
            | Failure::Unauthenticated
            | Failure::Forbidden(_)
            | Failure::KeyReused
            | Failure::AtOtherDesk { .. }
            | Failure::KnowledgeChanged
            | Failure::NotConnected(_)
            | Failure::NotSent(_)
            | Failure::Exists(_) => {}
        }
        error
    }
}

impl From<StoreError> for ApiError {
    fn from(cause: StoreError) -> Self {
        let (code, message) = match cause.kind {
            StoreErrorKind::Full => ("storage_full", "the disk is full; nothing was written"),
            StoreErrorKind::Closed
            | StoreErrorKind::Corrupt
            | StoreErrorKind::Unknown
            | StoreErrorKind::Failed => ("storage_failed", "the store did not answer, try again"),
        };
        let mut error = Self::new(code, message);
        error.retry_after_s = Some(RETRY_AFTER_S);
        error.cause = Some(Box::new(cause));
        error
    }
}

fn details_of(refused: &Refused) -> Option<Value> {
    match refused {
        Refused::StaleEpoch { given, actual } => {
            Some(json!({ "given": given.0, "epoch": actual.0 }))
        }
        Refused::NotHolder { holder } => Some(json!({ "holder": holder })),
        Refused::TextTooLong { bytes, max } => Some(json!({ "bytes": bytes, "max": max })),
        _ => None,
    }
}

fn details_of_rollout(refusal: &Refusal) -> Option<Value> {
    match refusal {
        Refusal::Changed { version } => Some(json!({ "version": version.0 })),
        Refusal::ReasonMissing => Some(json!({ "field": "reason" })),
        Refusal::TrialRunning { trial } => Some(json!({ "trial": trial })),
        Refusal::TrialChangesQueues { added, removed } => {
            Some(json!({ "added": added, "removed": removed }))
        }
        Refusal::LeavesBand {
            before,
            after,
            conversations,
        } => Some(json!({
            "before": before,
            "after": after,
            "conversations": conversations,
            "band_points": (BAND * 100.0).round(),
        })),
        Refusal::NothingToRollBack
        | Refusal::ProposalClosed
        | Refusal::OwnProposal
        | Refusal::TrialOver => None,
    }
}

/// A name under which the log says more.
fn request_id() -> String {
    format!("req_{}", uuid::Uuid::now_v7().simple())
}

impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        let request_id = request_id();
        let status = self.status();
        if status.is_server_error() {
            log(&self, &request_id);
        } else {
            tracing::debug!(request.id = %request_id, error.code = self.code, "refused");
        }
        let note = ErrorNote {
            code: self.code,
            message: self.message,
            details: self.details,
            request_id: request_id.clone(),
        };
        let mut response = (status, axum::Json(ErrorBody { error: note })).into_response();
        let headers = response.headers_mut();
        if let Ok(id) = HeaderValue::from_str(&request_id) {
            headers.insert(REQUEST_ID, id);
        }
        if let Some(seconds) = self.retry_after_s {
            headers.insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response
    }
}

/// The whole chain, once.
fn log(error: &ApiError, request_id: &str) {
    let mut chain = String::new();
    let mut cause = error
        .cause
        .as_deref()
        .map(|cause| cause as &(dyn StdError + 'static));
    while let Some(known) = cause {
        if !chain.is_empty() {
            chain.push_str(": ");
        }
        chain.push_str(&known.to_string());
        cause = known.source();
    }
    tracing::error!(request.id = %request_id, error.code = error.code, cause = %chain, "a request failed");
}
