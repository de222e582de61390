//! Answers to changes of settings, kept so that a retry gets the first one again.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use segue_ports::settings::FirstAnswer;
use segue_service::Caller;
use segue_service::identity::settings::Settled;
use serde::Serialize;

use crate::error::ApiError;
use crate::extract::IDEMPOTENCY_REPLAYED;
use crate::state::ApiState;

/// An answer in JSON, made now or the first one again.
pub struct Kept {
    status: StatusCode,
    json: String,
    is_replayed: bool,
}

impl Kept {
    /// An answer that was made now.
    pub fn now(status: StatusCode, body: &impl Serialize) -> Self {
        Self {
            status,
            json: json(body),
            is_replayed: false,
        }
    }

    /// The first answer again.
    pub fn again(status: StatusCode, json: String) -> Self {
        Self {
            status,
            json,
            is_replayed: true,
        }
    }

    /// What came of a change whose whole answer is kept; `body` is that answer.
    pub fn of<T>(status: StatusCode, settled: Settled<T>, body: String) -> Self {
        match settled {
            Settled::Now(_) => Self {
                status,
                json: body,
                is_replayed: false,
            },
            Settled::Before(first) => Self::again(status, first.answer),
        }
    }
}

/// What this request was answered the first time.
pub async fn first(api: &ApiState, caller: &Caller) -> Result<Option<FirstAnswer>, ApiError> {
    Ok(api.service().first_setting(caller).await?)
}

/// An answer as it is kept. Nothing that is answered fails to be written.
pub fn json(body: &impl Serialize) -> String {
    serde_json::to_string(body).unwrap_or_default()
}

impl IntoResponse for Kept {
    fn into_response(self) -> Response {
        let mut response = if self.json.is_empty() {
            self.status.into_response()
        } else {
            let kind = [(header::CONTENT_TYPE, "application/json")];
            (self.status, kind, self.json).into_response()
        };
        if self.is_replayed {
            let replayed = HeaderValue::from_static("true");
            response
                .headers_mut()
                .insert(IDEMPOTENCY_REPLAYED, replayed);
        }
        response
    }
}
