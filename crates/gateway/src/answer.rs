//! Answers in the shape of OpenAI: completions, chunks of a stream, and what is told
//! beside them.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::Response;
use bytes::Bytes;
use segue_model::floor::Epoch;
use segue_model::id::ConversationId;
use segue_model::verdict::Verdict;
use serde_json::{Value, json};

use crate::events::Chunk;

/// What ends a stream.
pub(crate) const DONE: &[u8] = b"data: [DONE]\n\n";

/// How things stand, for the developer.
#[derive(Debug, Clone)]
pub(crate) struct Standing {
    /// The conversation.
    pub conversation: ConversationId,
    /// The epoch.
    pub epoch: Epoch,
    /// The verdict's word; `none` where nothing was judged.
    pub verdict: &'static str,
    /// The rule that decided.
    pub rule: Option<String>,
    /// Who has the floor.
    pub floor: &'static str,
    /// What people said since the customer wrote last.
    pub messages: Vec<Value>,
    /// How the call to the model failed.
    pub upstream: Option<Value>,
}

impl Standing {
    /// The same after a verdict.
    pub fn judged(mut self, verdict: Option<&Verdict>) -> Self {
        if let Some(verdict) = verdict {
            self.verdict = verdict.outcome.word();
            self.rule = Some(verdict.rule.0.to_string());
        }
        self
    }

    fn note(&self) -> Value {
        let mut note = json!({
            "conversation": self.conversation,
            "epoch": self.epoch.0,
            "verdict": self.verdict,
            "floor": self.floor,
        });
        if let Some(rule) = &self.rule {
            note["rule"] = json!(rule);
        }
        if !self.messages.is_empty() {
            note["messages"] = json!(self.messages);
        }
        if let Some(upstream) = &self.upstream {
            note["upstream"] = upstream.clone();
        }
        note
    }

    fn name(&self, response: &mut Response) {
        let told = [
            ("segue-conversation", self.conversation.to_string()),
            ("segue-epoch", self.epoch.0.to_string()),
            ("segue-verdict", self.verdict.to_owned()),
            ("segue-floor", self.floor.to_owned()),
        ];
        for (name, value) in told {
            if let Ok(value) = HeaderValue::from_str(&value) {
                let headers = response.headers_mut();
                headers.insert(HeaderName::from_static(name), value);
            }
        }
    }
}

/// What all chunks of one answer have in common.
#[derive(Debug, Clone)]
pub(crate) struct Stamp {
    id: String,
    created: u64,
    model: String,
}

impl Stamp {
    /// Of an answer that no model gave.
    pub fn own(model: &str, now_s: u64) -> Self {
        Self {
            id: format!("chatcmpl-{}", uuid::Uuid::now_v7().simple()),
            created: now_s,
            model: model.to_owned(),
        }
    }

    /// The model's own, where it gives one.
    pub fn take(&mut self, chunk: &Chunk) {
        if let Some(id) = chunk.id.as_ref().filter(|id| !id.is_empty()) {
            self.id.clone_from(id);
        }
        if let Some(model) = &chunk.model {
            self.model.clone_from(model);
        }
        self.created = chunk.created.unwrap_or(self.created);
    }

    fn chunk(&self, choices: Value) -> Value {
        json!({
            "id": self.id,
            "object": "chat.completion.chunk",
            "created": self.created,
            "model": self.model,
            "choices": choices,
        })
    }

    /// A chunk that says something.
    pub fn says(&self, text: &str) -> Bytes {
        let delta = json!({"role": "assistant", "content": text});
        let choices = json!([{"index": 0, "delta": delta, "finish_reason": null}]);
        event(&self.chunk(choices))
    }

    /// The chunks that end a stream which no model ends.
    pub fn ends(&self, standing: &Standing, with_usage: bool) -> Vec<Bytes> {
        let choices = json!([{"index": 0, "delta": {}, "finish_reason": "stop"}]);
        let mut last = self.chunk(choices);
        last["segue"] = standing.note();
        let mut events = vec![event(&last)];
        if with_usage {
            let mut usage = self.chunk(json!([]));
            usage["usage"] = no_usage();
            events.push(event(&usage));
        }
        events.push(Bytes::from_static(DONE));
        events
    }

    /// A whole completion.
    pub fn completion(&self, text: &str, standing: &Standing) -> Value {
        json!({
            "id": self.id,
            "object": "chat.completion",
            "created": self.created,
            "model": self.model,
            "choices": [{
                "index": 0,
                "message": {"role": "assistant", "content": text, "refusal": null},
                "logprobs": null,
                "finish_reason": "stop",
            }],
            "usage": no_usage(),
            "segue": standing.note(),
        })
    }
}

/// No model was asked, or its tokens are not known.
fn no_usage() -> Value {
    json!({"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0})
}

fn event(data: &Value) -> Bytes {
    Bytes::from(format!("data: {data}\n\n"))
}

/// An answer of JSON, with how things stand.
pub(crate) fn json_response(body: Vec<u8>, standing: &Standing) -> Response {
    let mut response = Response::new(Body::from(body));
    let json = HeaderValue::from_static("application/json");
    response.headers_mut().insert(header::CONTENT_TYPE, json);
    standing.name(&mut response);
    response
}

/// An answer that streams.
pub(crate) fn stream_response(body: Body, standing: &Standing) -> Response {
    let mut response = Response::new(body);
    let headers = response.headers_mut();
    let stream = HeaderValue::from_static("text/event-stream; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, stream);
    // Proxies would wait for more before they pass anything on.
    let name = HeaderName::from_static("x-accel-buffering");
    headers.insert(name, HeaderValue::from_static("no"));
    standing.name(&mut response);
    response
}

/// The model's completion, with how things stand behind its own members.
pub(crate) fn with_note(completion: &[u8], standing: &Standing) -> Vec<u8> {
    let body = completion.trim_ascii_end();
    let Some(open) = body.strip_suffix(b"}") else {
        return completion.to_vec();
    };
    let mut noted = open.to_vec();
    noted.extend(format!(",\"segue\":{}}}", standing.note()).bytes());
    noted
}
