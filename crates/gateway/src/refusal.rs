//! Refusals as clients of OpenAI read them: their shape, our codes.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use segue_api::ApiError;
use segue_service::Failure;
use serde_json::{Value, json};

/// A request that is not done.
#[derive(Debug)]
pub(crate) struct Refusal(ApiError);

impl Refusal {
    /// The body is no JSON object.
    pub fn malformed(reason: &str) -> Self {
        Self(ApiError::new("malformed_json", reason))
    }

    /// A value is not allowed.
    pub fn invalid(field: &str, reason: &str) -> Self {
        Self(ApiError::invalid(field, reason))
    }

    /// There is no such conversation, or it is not the key's.
    pub fn no_conversation() -> Self {
        Self(ApiError::no_conversation())
    }

    /// The request names no conversation, and has to.
    pub fn unnamed() -> Self {
        let message = "this server needs the name of the conversation: `Segue-Conversation`, \
                       `Segue-External-Id`, or the same in `metadata`";
        Self(ApiError::new("conversation_unnamed", message))
    }

    /// The client brought no key for the model.
    pub fn no_upstream_key() -> Self {
        Self::invalid(
            "Segue-Upstream-Key",
            "the key to the model, which this server does not have",
        )
    }

    /// The upstream did not answer where nothing but its answer is wanted.
    pub fn upstream(message: &str) -> Self {
        Self(ApiError::new("upstream_failed", message))
    }
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        Self(error)
    }
}

impl From<Failure> for Refusal {
    fn from(failure: Failure) -> Self {
        Self(failure.into())
    }
}

/// What OpenAI calls errors of this status.
const fn kind(status: StatusCode) -> &'static str {
    match status.as_u16() {
        401 => "authentication_error",
        403 => "permission_error",
        404 => "not_found_error",
        429 => "rate_limit_error",
        500.. => "server_error",
        _ => "invalid_request_error",
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self(error) = self;
        let field = error.details().and_then(|it| it["field"].as_str());
        let mut note = json!({
            "message": error.message(),
            "type": kind(error.status()),
            "param": field,
            "code": error.code(),
        });
        let (mut parts, _) = error.into_response().into_parts();
        let id = parts.headers.get("x-request-id");
        if let Some(id) = id.and_then(|id| id.to_str().ok()) {
            note["request_id"] = Value::from(id);
        }
        let json = HeaderValue::from_static("application/json");
        parts.headers.insert(header::CONTENT_TYPE, json);
        parts.headers.remove(header::CONTENT_LENGTH);
        let body = json!({ "error": note }).to_string();
        Response::from_parts(parts, Body::from(body))
    }
}
