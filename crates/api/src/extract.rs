//! What is taken out of a request, strictly: bodies, places, parameters.

use std::time::Duration;

use axum::body::Bytes;
use axum::extract::{FromRequest, FromRequestParts, Path, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, header};
use segue_model::event::Actor;
use segue_model::id::WorkspaceId;
use segue_model::limits::IDEMPOTENCY_KEY_BYTES_MAX;
use segue_ports::log::IdempotencyKey;
use segue_service::Caller;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use crate::error::ApiError;
use crate::state::ApiState;

/// The longest body, in bytes, where a route does not say otherwise (S-20).
pub const BODY_BYTES_MAX: usize = 64 * 1024;
/// By when a body has to be there, from its head: who sends a byte now and then
/// holds nothing for long (S-20). A file of customers at its largest needs 1.1 Mbit/s.
const BODY_WITHIN: Duration = Duration::from_secs(30);
/// The header of a caller's own key for a request.
pub const IDEMPOTENCY_KEY: HeaderName = HeaderName::from_static("idempotency-key");
/// The header that marks the first answer, given again.
pub const IDEMPOTENCY_REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");

/// A request's own key, with what it was used for.
#[derive(Debug, Clone, PartialEq, Eq)]
struct OwnKey {
    key: String,
    fingerprint: [u8; 32],
}

/// The body of a write, with the key for its retries.
#[derive(Debug)]
pub struct Write<T> {
    /// What was asked.
    pub body: T,
    key: Option<OwnKey>,
    fingerprint_of_body: [u8; 32],
}

impl<T> Write<T> {
    /// Who asks, for the service. `who` names the caller among all callers.
    pub fn caller(
        &self,
        workspace: WorkspaceId,
        actor: Actor,
        who: &dyn std::fmt::Display,
    ) -> Caller {
        let idempotency = self.key.as_ref().map(|own| IdempotencyKey {
            caller: who.to_string(),
            key: own.key.clone(),
            fingerprint: own.fingerprint,
        });
        Caller {
            workspace,
            actor,
            idempotency,
        }
    }

    /// The same with a key that stands in the body: it outlives a page that is
    /// loaded anew, so it goes before the header's.
    pub fn caller_with_key(
        &self,
        (workspace, actor): (WorkspaceId, Actor),
        who: &dyn std::fmt::Display,
        key: &str,
    ) -> Caller {
        let mut caller = self.caller(workspace, actor, who);
        caller.idempotency = Some(IdempotencyKey {
            caller: who.to_string(),
            key: key.to_owned(),
            fingerprint: self.fingerprint_of_body,
        });
        caller
    }
}

/// A body without anything in it: `{}`, or none at all.
#[derive(Debug, Default, Deserialize, utoipa::ToSchema)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

impl<T: DeserializeOwned> FromRequest<ApiState> for Write<T> {
    type Rejection = ApiError;

    async fn from_request(request: Request, api: &ApiState) -> Result<Self, ApiError> {
        let method = request.method().clone();
        let path = request.uri().path().to_owned();
        let own = own_key(request.headers())?;
        let is_json = is_json(request.headers());
        let bytes = bytes(request, api).await?;
        let text = match std::str::from_utf8(&bytes) {
            Ok("") => "{}",
            Ok(_) if !is_json => return Err(wrong_type("application/json")),
            Ok(text) => text,
            Err(_) => return Err(ApiError::new("invalid_utf8", "the body is no UTF-8")),
        };
        let body = read_object(text)?;
        // The fingerprint costs a hash of the body, so only who asks for it pays.
        let (key, fingerprint_of_body) = match own {
            Some(key) => {
                let fingerprint = fingerprint(&method, &path, &bytes);
                (Some(OwnKey { key, fingerprint }), fingerprint)
            }
            None if path.starts_with("/v1/widget/") => (None, fingerprint(&method, &path, &bytes)),
            None => (None, [0; 32]),
        };
        Ok(Self {
            body,
            key,
            fingerprint_of_body,
        })
    }
}

/// The body of a write that is a CSV file.
#[derive(Debug)]
pub struct Csv(pub Write<String>);

impl FromRequest<ApiState> for Csv {
    type Rejection = ApiError;

    async fn from_request(request: Request, api: &ApiState) -> Result<Self, ApiError> {
        let (method, path) = (request.method().clone(), request.uri().path().to_owned());
        let own = own_key(request.headers())?;
        let is_csv = media_type(request.headers()).is_some_and(|given| given == "text/csv");
        if !is_csv {
            return Err(wrong_type("text/csv"));
        }
        let bytes = bytes(request, api).await?;
        let fingerprint = fingerprint(&method, &path, &bytes);
        let body = String::from_utf8(bytes.into())
            .map_err(|_| ApiError::new("invalid_utf8", "the body is no UTF-8"))?;
        Ok(Self(Write {
            body,
            key: own.map(|key| OwnKey { key, fingerprint }),
            fingerprint_of_body: fingerprint,
        }))
    }
}

/// The body of a request, if it is complete in time and no longer than it may be.
///
/// # Errors
/// `request_timeout`, `body_too_large`, or `malformed_json` for one that broke off.
pub async fn bytes(request: Request, api: &ApiState) -> Result<Bytes, ApiError> {
    let read = Bytes::from_request(request, api);
    let Ok(read) = tokio::time::timeout(BODY_WITHIN, read).await else {
        let message = "the body was not complete in time";
        return Err(ApiError::new("request_timeout", message));
    };
    read.map_err(|rejection| {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            ApiError::new("body_too_large", "the body is larger than it may be here")
        } else {
            ApiError::new("malformed_json", "the body ended before it was complete")
        }
    })
}

fn own_key(headers: &HeaderMap) -> Result<Option<String>, ApiError> {
    let Some(given) = headers.get(IDEMPOTENCY_KEY) else {
        return Ok(None);
    };
    let key = given.to_str().ok().filter(|key| !key.is_empty());
    match key.filter(|key| key.len() <= IDEMPOTENCY_KEY_BYTES_MAX) {
        Some(key) => Ok(Some(key.to_owned())),
        None => {
            let reason = format!("1 to {IDEMPOTENCY_KEY_BYTES_MAX} printable ASCII characters");
            Err(ApiError::invalid("Idempotency-Key", &reason))
        }
    }
}

fn fingerprint(method: &Method, path: &str, body: &[u8]) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in [method.as_str().as_bytes(), path.as_bytes(), body] {
        // The length first, so that no two requests run together alike.
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    }
    hash.finalize().into()
}

fn media_type(headers: &HeaderMap) -> Option<String> {
    let given = headers.get(header::CONTENT_TYPE)?.to_str().ok()?;
    Some(
        given
            .split(';')
            .next()
            .unwrap_or_default()
            .trim()
            .to_ascii_lowercase(),
    )
}

fn is_json(headers: &HeaderMap) -> bool {
    media_type(headers).is_some_and(|given| given == "application/json" || given.ends_with("+json"))
}

fn wrong_type(wanted: &str) -> ApiError {
    ApiError::new(
        "unsupported_media_type",
        format!("a body of type `{wanted}` is needed"),
    )
}

/// Reads a JSON object. An array is refused, although `serde` would take its
/// elements for fields by their order.
fn read_object<T: DeserializeOwned>(text: &str) -> Result<T, ApiError> {
    if text.trim_start().starts_with('{') {
        return serde_json::from_str(text).map_err(|error| json_error(&error));
    }
    match serde_json::from_str::<serde::de::IgnoredAny>(text) {
        Ok(_) => Err(ApiError::new(
            "invalid_value",
            "an object is needed: `{ … }`",
        )),
        Err(error) => Err(json_error(&error)),
    }
}

fn json_error(error: &serde_json::Error) -> ApiError {
    use serde_json::error::Category;
    let message = error.to_string();
    match error.classify() {
        Category::Syntax | Category::Eof | Category::Io => ApiError::new("malformed_json", message),
        Category::Data if message.starts_with("unknown field") => {
            ApiError::new("unknown_field", message)
        }
        Category::Data => ApiError::new("invalid_value", message),
    }
}

/// What stands in the path. What is no id of its kind is unknown, not malformed.
#[derive(Debug)]
pub struct Place<T>(pub T);

impl<T: DeserializeOwned + Send> FromRequestParts<ApiState> for Place<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &ApiState) -> Result<Self, ApiError> {
        match Path::<T>::from_request_parts(parts, api).await {
            Ok(Path(place)) => Ok(Self(place)),
            Err(_) if parts.uri.path().contains("/conversations/") => {
                Err(ApiError::no_conversation())
            }
            Err(_) => Err(ApiError::new("not_found", "there is no such thing")),
        }
    }
}

/// What stands in the query.
#[derive(Debug)]
pub struct Params<T>(pub T);

impl<T: DeserializeOwned> FromRequestParts<ApiState> for Params<T> {
    type Rejection = ApiError;

    async fn from_request_parts(parts: &mut Parts, api: &ApiState) -> Result<Self, ApiError> {
        match Query::<T>::from_request_parts(parts, api).await {
            Ok(Query(params)) => Ok(Self(params)),
            Err(rejection) => {
                let message = rejection.body_text();
                let code = if message.contains("unknown field") {
                    "unknown_field"
                } else {
                    "invalid_value"
                };
                Err(ApiError::new(code, message))
            }
        }
    }
}
