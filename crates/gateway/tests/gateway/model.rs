//! A model that does as it is told, and notices when nobody listens any more.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::mpsc;
use tokio::time::Instant;

/// What it does with one request.
#[derive(Debug, Clone)]
pub enum Does {
    /// Says these words, one a chunk, and ends.
    Says(&'static str),
    /// Says these words and then goes on without a word.
    Hangs(&'static str),
    /// Says these words and breaks off.
    BreaksOff(&'static str),
    /// Sends these chunks as they are, then `[DONE]`.
    Sends(Vec<Value>),
    /// Answers with this status and body.
    Answers(u16, Value),
    /// Does not answer at all.
    Silent,
}

struct Inner {
    does: Mutex<Vec<Does>>,
    asked: Mutex<Vec<(HeaderMap, Bytes)>>,
    closed: mpsc::UnboundedSender<Instant>,
}

/// The model, and what it has seen.
pub struct Model {
    inner: Arc<Inner>,
    pub address: SocketAddr,
    /// When a stream lost its listener before its end.
    pub closed: mpsc::UnboundedReceiver<Instant>,
}

/// Tells when it is dropped before it is disarmed.
struct Guard(Option<mpsc::UnboundedSender<Instant>>);

impl Drop for Guard {
    fn drop(&mut self) {
        if let Some(sender) = self.0.take() {
            let _ = sender.send(Instant::now());
        }
    }
}

impl Model {
    pub async fn start() -> Self {
        let (sender, closed) = mpsc::unbounded_channel();
        let inner = Arc::new(Inner {
            does: Mutex::default(),
            asked: Mutex::default(),
            closed: sender,
        });
        let router = Router::new()
            .route("/v1/chat/completions", post(complete))
            .route(
                "/v1/models",
                get(|| async { r#"{"object":"list","data":[{"id":"m"}]}"# }),
            )
            .with_state(Arc::clone(&inner));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self {
            inner,
            address,
            closed,
        }
    }

    /// What it does with the next request after those it was told of.
    pub fn next(&self, does: Does) {
        self.inner.does.lock().unwrap().push(does);
    }

    /// The bodies it was sent.
    pub fn asked(&self) -> Vec<Value> {
        let asked = self.inner.asked.lock().unwrap();
        asked
            .iter()
            .map(|(_, body)| serde_json::from_slice(body).unwrap())
            .collect()
    }

    /// A header of the last request.
    pub fn header(&self, name: &str) -> Option<String> {
        let asked = self.inner.asked.lock().unwrap();
        let (headers, _) = asked.last()?;
        Some(headers.get(name)?.to_str().unwrap().to_owned())
    }
}

/// A chunk as OpenAI sends it.
pub fn chunk(delta: Value, finish: Option<&str>) -> Value {
    json!({"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1_790_000_000, "model": "m",
        "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]})
}

/// Words as chunks, one a word.
pub fn words(text: &str) -> Vec<Value> {
    let says = |word: &str| chunk(json!({ "content": word }), None);
    let first = chunk(json!({"role": "assistant", "content": ""}), None);
    let words = text.split_inclusive(' ').map(says);
    std::iter::once(first).chain(words).collect()
}

/// The bytes of a chunk.
pub fn event(chunk: &Value) -> String {
    format!("data: {chunk}\n\n")
}

async fn complete(State(model): State<Arc<Inner>>, headers: HeaderMap, body: Bytes) -> Response {
    let is_stream = serde_json::from_slice::<Value>(&body).unwrap()["stream"] == json!(true);
    model.asked.lock().unwrap().push((headers, body));
    let does = {
        let mut does = model.does.lock().unwrap();
        if does.is_empty() {
            Does::Says("Hello there.")
        } else {
            does.remove(0)
        }
    };
    let (mut chunks, hangs, is_whole) = match does {
        Does::Answers(status, body) => {
            let status = StatusCode::from_u16(status).unwrap();
            return (status, axum::Json(body)).into_response();
        }
        Does::Silent => {
            let _guard = Guard(Some(model.closed.clone()));
            return std::future::pending().await;
        }
        Does::Says(text) if !is_stream => {
            let message = json!({"role": "assistant", "content": text});
            let body = json!({"id": "chatcmpl-1", "object": "chat.completion", "model": "m",
                "choices": [{"index": 0, "message": message, "finish_reason": "stop"}],
                "usage": {"total_tokens": 3}});
            return axum::Json(body).into_response();
        }
        Does::Says(text) => {
            let mut chunks = words(text);
            chunks.push(chunk(json!({}), Some("stop")));
            (chunks, false, true)
        }
        Does::Sends(chunks) => (chunks, false, true),
        Does::Hangs(text) => (words(text), true, false),
        Does::BreaksOff(text) => (words(text), false, false),
    };
    let (sender, receiver) = mpsc::channel::<String>(1);
    let mut guard = Guard(Some(model.closed.clone()));
    tokio::spawn(async move {
        for chunk in chunks.drain(..) {
            if sender.send(event(&chunk)).await.is_err() {
                return;
            }
            tokio::task::yield_now().await;
        }
        if hangs {
            sender.closed().await;
        }
        if is_whole {
            drop(sender.send("data: [DONE]\n\n".to_owned()).await);
        }
    });
    let stream = futures_util::stream::unfold(receiver, move |mut receiver| {
        let guard = &mut guard;
        if receiver.is_closed() && receiver.is_empty() {
            guard.0 = None;
        }
        async move {
            let event = receiver.recv().await?;
            Some((Ok::<_, Infallible>(event), receiver))
        }
    });
    Response::new(Body::from_stream(stream))
}
