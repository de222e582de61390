//! One call with a JSON body, and what its answer means to whoever would try again.

use segue_outbound::{OutboundError, RequestBuilder, StatusCode, bounded};
use serde::de::DeserializeOwned;

/// The longest answer that is read, in bytes.
const ANSWER_BYTES_MAX: usize = 256 * 1024;

/// A call did not do what it should. The words are for the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum CallError {
    /// Nobody answered, or not now.
    Unreachable(String),
    /// We may not: the key is wrong, or lacks a right.
    Denied(String),
    /// The answer is a refusal, or cannot be read.
    Refused(String),
}

impl From<OutboundError> for CallError {
    fn from(error: OutboundError) -> Self {
        match error {
            OutboundError::Failed(_) => Self::Unreachable(error.to_string()),
            OutboundError::Address { .. } | OutboundError::TooLong(_) => {
                Self::Refused(error.to_string())
            }
        }
    }
}

/// Sends a request and reads its whole answer, whatever it says.
pub(crate) async fn send(request: RequestBuilder) -> Result<Vec<u8>, CallError> {
    let response = request
        .send()
        .await
        .map_err(|error| CallError::from(OutboundError::from(error)))?;
    let status = response.status();
    if is_for_later(status) {
        return Err(CallError::Unreachable(format!("it answered {status}")));
    }
    if matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
        return Err(CallError::Denied(format!("it answered {status}")));
    }
    if !status.is_success() {
        return Err(CallError::Refused(format!("it answered {status}")));
    }
    Ok(bounded(response, ANSWER_BYTES_MAX).await?.to_vec())
}

/// The same, and the answer is read as JSON of one shape.
pub(crate) async fn send_for<T: DeserializeOwned>(request: RequestBuilder) -> Result<T, CallError> {
    let body = send(request).await?;
    serde_json::from_slice(&body)
        .map_err(|error| CallError::Refused(format!("its answer cannot be read: {error}")))
}

/// Whether the same request may be answered well later.
fn is_for_later(status: StatusCode) -> bool {
    status.is_server_error()
        || matches!(
            status,
            StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_EARLY | StatusCode::TOO_MANY_REQUESTS
        )
}
