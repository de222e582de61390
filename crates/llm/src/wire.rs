//! The part of the chat-completions protocol that is used. Whatever else an answer
//! holds is passed over.

use segue_ports::language_model::{ModelError, Shape};
use serde::Deserialize;
use serde_json::{Value, json};

/// A request's body.
pub(crate) fn request(
    model: &str,
    instructions: &str,
    data: &str,
    shape: Option<&Shape>,
    tokens_max: u32,
    is_streamed: bool,
) -> Value {
    let mut body = json!({
        "model": model,
        "messages": [
            {"role": "system", "content": instructions},
            {"role": "user", "content": data},
        ],
        "max_tokens": tokens_max,
        "temperature": 0,
        "stream": is_streamed,
        // What is asked is a customer's: it is not to be kept.
        "store": false,
    });
    let Some(fields) = body.as_object_mut() else {
        return body;
    };
    if let Some(shape) = shape {
        let schema = json!({"name": shape.name, "strict": true, "schema": shape.schema});
        fields.insert(
            "response_format".to_owned(),
            json!({"type": "json_schema", "json_schema": schema}),
        );
    }
    if is_streamed {
        fields.insert("stream_options".to_owned(), json!({"include_usage": true}));
    }
    body
}

/// A whole answer.
#[derive(Debug, Deserialize)]
pub(crate) struct Completion {
    #[serde(default)]
    pub model: Option<String>,
    #[serde(default)]
    pub choices: Vec<Choice>,
    #[serde(default)]
    pub usage: Option<Usage>,
}

#[derive(Debug, Deserialize)]
pub(crate) struct Choice {
    #[serde(default)]
    pub message: Option<Message>,
    #[serde(default)]
    pub delta: Option<Message>,
    #[serde(default)]
    pub finish_reason: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
pub(crate) struct Message {
    #[serde(default)]
    pub content: Option<String>,
    #[serde(default)]
    pub refusal: Option<String>,
}

#[derive(Debug, Clone, Copy, Deserialize)]
pub(crate) struct Usage {
    #[serde(default)]
    pub total_tokens: u64,
}

impl Completion {
    /// The words of a whole answer.
    pub(crate) fn words(self) -> Result<String, ModelError> {
        let choice = self.choices.into_iter().next();
        let choice = choice.ok_or(ModelError::Unreadable("it holds no choice"))?;
        let message = choice.message.unwrap_or_default();
        if message.refusal.is_some_and(|it| !it.is_empty())
            || choice.finish_reason.as_deref() == Some("content_filter")
        {
            return Err(ModelError::Refused);
        }
        if choice.finish_reason.as_deref() == Some("length") {
            return Err(ModelError::Cut);
        }
        message
            .content
            .filter(|content| !content.trim().is_empty())
            .ok_or(ModelError::Unreadable("it holds no words"))
    }
}

/// One event of a stream.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Chunk {
    /// More words; may be empty.
    Words(String),
    /// The model says that it is done.
    Done,
    /// What it cost.
    Usage(u64),
}

/// Reads one event of a stream.
pub(crate) fn chunk(data: &[u8]) -> Result<Vec<Chunk>, ModelError> {
    if data.trim_ascii() == b"[DONE]" {
        return Ok(vec![Chunk::Done]);
    }
    let value: Value =
        serde_json::from_slice(data).map_err(|_| ModelError::Unreadable("an event is not JSON"))?;
    if value.get("error").is_some_and(|error| !error.is_null()) {
        return Err(ModelError::Failed("it broke off with an error".to_owned()));
    }
    let event: Completion = serde_json::from_value(value)
        .map_err(|_| ModelError::Unreadable("an event is no part of an answer"))?;
    let mut chunks = Vec::new();
    if let Some(choice) = event.choices.into_iter().next() {
        let delta = choice.delta.unwrap_or_default();
        if delta.refusal.is_some_and(|it| !it.is_empty()) {
            return Err(ModelError::Refused);
        }
        if let Some(words) = delta.content.filter(|it| !it.is_empty()) {
            chunks.push(Chunk::Words(words));
        }
        match choice.finish_reason.as_deref() {
            None => {}
            Some("content_filter") => return Err(ModelError::Refused),
            Some("length") => return Err(ModelError::Cut),
            Some(_) => chunks.push(Chunk::Done),
        }
    }
    if let Some(usage) = event.usage.filter(|usage| usage.total_tokens > 0) {
        chunks.push(Chunk::Usage(usage.total_tokens));
    }
    Ok(chunks)
}
