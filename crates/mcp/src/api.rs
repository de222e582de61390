//! The few calls of the API that the tools are made of.

use std::time::Duration;

use segue_outbound::{Endpoint, Method, RequestBuilder, bounded};
use serde::Deserialize;
use serde_json::{Value, json};

/// How long one call may take: the server answers in milliseconds, or is not there.
const CALL_MAX: Duration = Duration::from_secs(10);
/// The longest answer that is read, in bytes: a conversation of two hundred long turns.
const ANSWER_BYTES_MAX: usize = 8 * 1024 * 1024;

/// A call came to nothing; the message is for the assistant and its developer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct ApiFailure {
    /// The server's stable code, or `server_unreachable`.
    pub code: String,
    /// What happened.
    pub message: String,
}

impl ApiFailure {
    /// The server did not answer as a Segue server does.
    fn unreachable(message: impl Into<String>) -> Self {
        Self {
            code: "server_unreachable".to_owned(),
            message: message.into(),
        }
    }
}

/// The API of a server, with whoever's key.
#[derive(Debug, Clone)]
pub struct Api(Endpoint);

#[derive(Deserialize)]
struct Refusal {
    error: RefusalBody,
}

#[derive(Deserialize)]
struct RefusalBody {
    code: String,
    message: String,
}

impl Api {
    /// The API below a server's address (`http://127.0.0.1:8080`).
    pub fn new(server: Endpoint) -> Self {
        Self(server)
    }

    /// Begins a conversation, and gives its id.
    pub(crate) async fn open(&self, opening: &Value) -> Result<String, ApiFailure> {
        let opened = self.post("v1/conversations", opening).await?;
        let id = opened.get("id").and_then(Value::as_str);
        id.map(str::to_owned)
            .ok_or_else(|| ApiFailure::unreachable("no conversation came back"))
    }

    /// Brings a turn of the customer's.
    pub(crate) async fn customer_turn(&self, id: &str, text: &str) -> Result<Value, ApiFailure> {
        let turn = json!({ "role": "customer", "text": text });
        self.post(&format!("v1/conversations/{}/turns", plain(id)?), &turn)
            .await
    }

    /// Asks for a person; asking again while one is on the way changes nothing.
    pub(crate) async fn hand_off(&self, id: &str, note: &str) -> Result<Value, ApiFailure> {
        let wish = json!({ "note": note });
        self.post(&format!("v1/conversations/{}/handoff", plain(id)?), &wish)
            .await
    }

    /// A conversation as its assistant reads it.
    pub(crate) async fn read(&self, id: &str) -> Result<Value, ApiFailure> {
        let path = format!("v1/conversations/{}", plain(id)?);
        let request = self.request(Method::GET, &path)?;
        answer(request).await
    }

    async fn post(&self, path: &str, body: &Value) -> Result<Value, ApiFailure> {
        // A key of its own per call: a broken connection is not tried again behind the
        // caller's back, and the server counts no request twice.
        let key = uuid::Uuid::now_v7().to_string();
        let request = self.request(Method::POST, path)?;
        answer(request.header("idempotency-key", key).json(body)).await
    }

    fn request(&self, method: Method, path: &str) -> Result<RequestBuilder, ApiFailure> {
        let request = self.0.request(method, path);
        request.map_err(|error| ApiFailure::unreachable(error.to_string()))
    }
}

/// An id that leads to no other path.
fn plain(id: &str) -> Result<&str, ApiFailure> {
    let is_plain = |char: char| char.is_ascii_alphanumeric() || matches!(char, '-' | '_');
    if !id.is_empty() && id.len() <= 64 && id.chars().all(is_plain) {
        return Ok(id);
    }
    Err(ApiFailure {
        code: "conversation_unknown".to_owned(),
        message: "this is no conversation's id".to_owned(),
    })
}

async fn answer(request: RequestBuilder) -> Result<Value, ApiFailure> {
    let call = async {
        let response = request
            .send()
            .await
            .map_err(|error| ApiFailure::unreachable(error.without_url().to_string()))?;
        let status = response.status();
        let body = bounded(response, ANSWER_BYTES_MAX)
            .await
            .map_err(|error| ApiFailure::unreachable(error.to_string()))?;
        if status.is_success() {
            return serde_json::from_slice(&body)
                .map_err(|_| ApiFailure::unreachable("the answer is not JSON"));
        }
        Err(match serde_json::from_slice::<Refusal>(&body) {
            Ok(Refusal { error }) => ApiFailure {
                code: error.code,
                message: error.message,
            },
            Err(_) => ApiFailure::unreachable(format!("the server answered {status}")),
        })
    };
    match tokio::time::timeout(CALL_MAX, call).await {
        Ok(answered) => answered,
        Err(_) => Err(ApiFailure::unreachable(format!(
            "no answer within {} s",
            CALL_MAX.as_secs()
        ))),
    }
}
