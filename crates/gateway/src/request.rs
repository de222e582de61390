//! A request for a completion: what of it matters here, and what the model is sent.

use axum::http::HeaderMap;
use segue_model::limits::TURN_TEXT_BYTES_MAX;
use segue_model::turn::{ToolCall, ToolStatus};
use segue_model::words::is_blank;
use segue_service::speech::Recalled;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::raw::{self, Object};
use crate::refusal::Refusal;

/// What keys of ours in `metadata` begin with; they are not sent on.
const OWN_METADATA: &str = "segue_";
/// How many earlier messages are recalled at most, the latest ones.
const RECALLED_MAX: usize = 40;
/// The tool by which a model asks for a person.
pub(crate) const REQUEST_HUMAN: &str = "request_human";

/// What of a message matters here.
#[derive(Debug, Deserialize)]
struct Message {
    role: String,
    #[serde(default)]
    content: Value,
    #[serde(default)]
    tool_calls: Vec<Called>,
    #[serde(default)]
    tool_call_id: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Called {
    #[serde(default)]
    id: String,
    #[serde(default)]
    function: Option<Function>,
}

#[derive(Debug, Deserialize)]
struct Function {
    #[serde(default)]
    name: String,
}

/// A request that can be followed.
#[derive(Debug)]
pub(crate) struct Asked {
    /// All of it, as it was sent.
    object: Object,
    /// The model that the client names.
    pub model: String,
    /// Whether the answer streams.
    pub is_stream: bool,
    /// Whether the client wants the usage at the end of the stream.
    pub wants_usage: bool,
    /// What the customer says: the last message of the user's.
    pub text: String,
    /// What was said before it, oldest first.
    pub earlier: Vec<Recalled>,
    /// Whether anything was said before it.
    pub has_history: bool,
    /// The tools that ran since the customer's words.
    pub tools: Vec<ToolCall>,
    /// Whether the model goes on from what its tools gave.
    pub goes_on: bool,
    /// All messages up to the customer's words, in one number.
    pub fingerprint: [u8; 32],
    /// What the client says in `metadata`.
    metadata: Value,
    /// Whether the client has a tool of that name.
    has_request_human: bool,
}

impl Asked {
    /// Reads a request.
    pub fn read(body: &[u8]) -> Result<Self, Refusal> {
        let object = Object::read(body).map_err(|error| Refusal::malformed(&error.to_string()))?;
        let field = |name: &str| -> Value {
            let bytes = object.get(name).unwrap_or(b"null");
            serde_json::from_slice(bytes).unwrap_or(Value::Null)
        };
        let messages = object
            .get("messages")
            .and_then(|bytes| serde_json::from_slice::<Vec<Message>>(bytes).ok())
            .ok_or_else(|| {
                Refusal::invalid("messages", "a list of messages, each with a `role`")
            })?;
        let model = field("model");
        let Some(model) = model.as_str() else {
            return Err(Refusal::invalid("model", "the name of a model"));
        };
        if !matches!(field("n"), Value::Null) && field("n") != json!(1) {
            return Err(Refusal::invalid("n", "one customer gets one answer: 1"));
        }
        let last = messages.iter().rposition(|message| message.role == "user");
        let Some(last) = last else {
            let reason = "no message of the role `user`, so nobody asks anything";
            return Err(Refusal::invalid("messages", reason));
        };
        let (before, from) = messages.split_at(last);
        let text = from.first().map(text_of).unwrap_or_default();
        if is_blank(&text) {
            return Err(Refusal::invalid(
                "messages",
                "the last message of the user is empty",
            ));
        }
        let after = from.get(1..).unwrap_or_default();
        let stream_options = field("stream_options");
        let has_request_human = field("tools").as_array().is_some_and(|tools| {
            tools
                .iter()
                .any(|tool| tool["function"]["name"] == REQUEST_HUMAN)
        });
        Ok(Self {
            model: model.to_owned(),
            is_stream: field("stream") == json!(true),
            wants_usage: stream_options["include_usage"] == json!(true),
            earlier: recalled(before),
            has_history: before
                .iter()
                .any(|message| message.role != "system" && message.role != "developer"),
            tools: ran(after),
            goes_on: !after.is_empty(),
            fingerprint: fingerprint(before, &text),
            metadata: field("metadata"),
            text,
            has_request_human,
            object,
        })
    }

    /// What the client says under a name: in a header, or else in `metadata`.
    pub fn told(&self, headers: &HeaderMap, header: &str, key: &str) -> Option<String> {
        let header = headers.get(header).and_then(|value| value.to_str().ok());
        let told = header.or_else(|| self.metadata[key].as_str());
        told.map(|told| told.trim().to_owned())
            .filter(|told| !told.is_empty())
    }

    /// The user that the client names; it is noted, and never joins two conversations.
    pub fn user(&self) -> Option<String> {
        let user = |name: &str| {
            let value: Value = serde_json::from_slice(self.object.get(name)?).ok()?;
            value.as_str().map(str::to_owned)
        };
        user("safety_identifier").or_else(|| user("user"))
    }

    /// What the model is sent: the client's bytes, but for what has to differ. `brief` is
    /// what the agent who handed the conversation back told the assistant.
    pub fn to_model(&self, model: Option<&str>, how: Sent<'_>) -> Vec<u8> {
        let mut object = self.object.clone();
        if let Some(model) = model {
            object.set("model", json!(model).to_string().into_bytes());
        }
        if let Some(metadata) = object.get("metadata").and_then(|it| Object::read(it).ok()) {
            let mut metadata = metadata;
            if metadata.retain(|name| !name.starts_with(OWN_METADATA)) {
                object.set("metadata", metadata.bytes());
            } else {
                object.remove("metadata");
            }
        }
        if how.is_whole && self.is_stream {
            object.set("stream", b"false".to_vec());
            object.remove("stream_options");
        }
        if how.with_request_human && !self.has_request_human {
            let tool = request_human().to_string();
            let tools = object.get("tools").and_then(raw::elements);
            let mut tools = tools.unwrap_or_default();
            tools.push(tool.as_bytes());
            let tools = raw::array(&tools);
            object.set("tools", tools);
        }
        if let Some(brief) = how.brief {
            let told = json!({"role": "system", "content": handed_back(brief)}).to_string();
            let messages = object.get("messages").and_then(raw::elements);
            let mut messages = messages.unwrap_or_default();
            let is_user = |message: &&[u8]| {
                serde_json::from_slice::<Message>(message).is_ok_and(|it| it.role == "user")
            };
            let at = messages.iter().rposition(is_user).unwrap_or_default();
            messages.insert(at, told.as_bytes());
            let messages = raw::array(&messages);
            object.set("messages", messages);
        }
        object.bytes()
    }

    /// Whether a call of this tool is ours to follow.
    pub fn is_ours(&self, tool: &str, is_given: bool) -> bool {
        is_given && !self.has_request_human && tool == REQUEST_HUMAN
    }
}

/// How a request is sent on.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sent<'a> {
    /// Whether the answer is wanted as a whole, whatever the client asked for.
    pub is_whole: bool,
    /// Whether the model is given the tool to ask for a person.
    pub with_request_human: bool,
    /// What an agent told the assistant.
    pub brief: Option<&'a str>,
}

fn handed_back(brief: &str) -> String {
    format!(
        "A person of the team has dealt with this customer and handed the conversation back \
         to you. What they tell you: {brief}"
    )
}

fn request_human() -> Value {
    json!({"type": "function", "function": {
        "name": REQUEST_HUMAN,
        "description": "Hand this conversation over to a person of the support team. Call it \
            when the customer asks for one, when you cannot help, or before you promise \
            anything that only a person can do. The customer is told by the system: say \
            nothing about it yourself.",
        "parameters": {"type": "object", "additionalProperties": false, "properties": {
            "reason": {"type": "string", "description": "Why a person is needed, in one sentence for the team."},
            "intent": {"type": "string", "description": "What the customer wants, in one sentence."},
            "tried": {"type": "array", "items": {"type": "string"}, "description": "What was tried already."},
            "urgency": {"type": "string", "enum": ["low", "normal", "high"]},
        }, "required": ["reason"]},
    }})
}

/// What a message says: its text, or of what else it consists.
fn text_of(message: &Message) -> String {
    match &message.content {
        Value::String(text) => clipped(text),
        Value::Array(parts) => {
            let parts = parts.iter().map(|part| match part["text"].as_str() {
                Some(text) => text.to_owned(),
                None => format!("[{}]", part["type"].as_str().unwrap_or("attachment")),
            });
            clipped(&parts.collect::<Vec<_>>().join("\n"))
        }
        _ => String::new(),
    }
}

/// As much of a text as a turn holds.
pub(crate) fn clipped(text: &str) -> String {
    let mut end = text.len().min(TURN_TEXT_BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default().to_owned()
}

fn recalled(before: &[Message]) -> Vec<Recalled> {
    let said = before.iter().filter_map(|message| {
        let is_customers = message.role == "user";
        let text = text_of(message);
        let counts = (is_customers || message.role == "assistant") && !is_blank(&text);
        counts.then_some(Recalled { is_customers, text })
    });
    let mut said: Vec<_> = said.collect();
    said.drain(..said.len().saturating_sub(RECALLED_MAX));
    said
}

/// The tools that the client ran for the model since the customer wrote. A result that is
/// an object with an `error` in it is a failure.
fn ran(after: &[Message]) -> Vec<ToolCall> {
    let calls = after.iter().flat_map(|message| &message.tool_calls);
    let result = |id: &str| {
        let mut results = after.iter().filter(|message| message.role == "tool");
        results.find(|message| message.tool_call_id.as_deref() == Some(id))
    };
    calls
        .filter_map(|call| {
            let name = call.function.as_ref()?.name.clone();
            let given = result(&call.id)?;
            let has_failed = serde_json::from_str::<Value>(&text_of(given))
                .is_ok_and(|it| !it["error"].is_null() && it["error"] != json!(false));
            let status = if has_failed {
                ToolStatus::Error
            } else {
                ToolStatus::Ok
            };
            Some(ToolCall {
                name,
                status,
                ms: 0,
            })
        })
        .collect()
}

fn fingerprint(before: &[Message], text: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    let mut add = |part: &str| {
        // The length first, so that no two conversations run together alike.
        hash.update((part.len() as u64).to_be_bytes());
        hash.update(part);
    };
    for message in before {
        add(&message.role);
        add(&message.content.to_string());
    }
    add(text);
    hash.finalize().into()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    fn asked(body: &Value) -> Asked {
        Asked::read(body.to_string().as_bytes()).unwrap()
    }

    fn sent(asked: &Asked, model: Option<&str>, how: Sent<'_>) -> Value {
        serde_json::from_slice(&asked.to_model(model, how)).unwrap()
    }

    #[test]
    fn the_last_message_of_the_user_is_the_turn() {
        let asked = asked(&json!({"model": "m", "stream": true, "messages": [
            {"role": "system", "content": "Be kind."},
            {"role": "user", "content": "Hi"},
            {"role": "assistant", "content": "Hello!"},
            {"role": "user", "content": [{"type": "text", "text": "Where is it?"}, {"type": "image_url", "image_url": {}}]},
            {"role": "assistant", "content": null, "tool_calls": [
                {"id": "1", "type": "function", "function": {"name": "track", "arguments": "{}"}},
                {"id": "2", "type": "function", "function": {"name": "refund", "arguments": "{}"}}]},
            {"role": "tool", "tool_call_id": "1", "content": "{\"at\":\"Lyon\"}"},
            {"role": "tool", "tool_call_id": "2", "content": "{\"error\":\"no\"}"},
        ]}));
        assert_eq!(asked.text, "Where is it?\n[image_url]");
        assert_eq!(asked.earlier.len(), 2);
        assert!(asked.goes_on && asked.is_stream && asked.has_history);
        let ended: Vec<_> = asked
            .tools
            .iter()
            .map(|tool| (tool.name.as_str(), tool.status))
            .collect();
        assert_eq!(
            ended,
            [("track", ToolStatus::Ok), ("refund", ToolStatus::Error)]
        );
    }

    #[test]
    fn what_has_to_differ_differs_and_nothing_else() {
        let body = json!({"model": "m", "temperature": 0.25, "future_field": {"a": [1]}, "stream": true,
            "stream_options": {"include_usage": true},
            "metadata": {"segue_external_id": "t-1", "team": "x"},
            "messages": [{"role": "user", "content": "Hi"}]});
        let asked = asked(&body);
        assert_eq!(
            sent(&asked, None, Sent::default())["metadata"],
            json!({"team": "x"})
        );
        let how = Sent {
            is_whole: true,
            with_request_human: true,
            brief: Some("Refunded."),
        };
        let sent = sent(&asked, Some("other"), how);
        assert_eq!(
            (&sent["model"], &sent["stream"]),
            (&json!("other"), &json!(false))
        );
        assert_eq!(sent["future_field"], body["future_field"]);
        assert_eq!(sent["tools"][0]["function"]["name"], REQUEST_HUMAN);
        assert_eq!(sent["messages"].as_array().unwrap().len(), 2);
        assert!(
            sent["messages"][0]["content"]
                .as_str()
                .unwrap()
                .contains("Refunded.")
        );
        assert!(asked.is_ours(REQUEST_HUMAN, true) && !asked.is_ours(REQUEST_HUMAN, false));
    }

    #[test]
    fn a_tool_of_that_name_is_the_clients() {
        let tool = json!({"type": "function", "function": {"name": REQUEST_HUMAN}});
        let asked = asked(
            &json!({"model": "m", "tools": [tool], "messages": [{"role": "user", "content": "Hi"}]}),
        );
        let how = Sent {
            with_request_human: true,
            ..Sent::default()
        };
        assert_eq!(sent(&asked, None, how)["tools"], json!([tool]));
        assert!(!asked.is_ours(REQUEST_HUMAN, true));
    }

    #[test]
    fn what_asks_nothing_is_refused() {
        for wrong in [
            json!({"model": "m"}),
            json!({"messages": [{"role": "user", "content": "Hi"}]}),
            json!({"model": "m", "messages": []}),
            json!({"model": "m", "messages": [{"role": "system", "content": "x"}]}),
            json!({"model": "m", "messages": [{"role": "user", "content": " "}]}),
            json!({"model": "m", "n": 2, "messages": [{"role": "user", "content": "Hi"}]}),
        ] {
            assert!(
                Asked::read(wrong.to_string().as_bytes()).is_err(),
                "{wrong}"
            );
        }
    }
}
