//! An upstream's stream, event by event, each with the very bytes that it came in.

use bytes::Bytes;
use segue_outbound::sse::{Decoder, EVENT_BYTES_MAX, EventTooLong};
use serde::Deserialize;
use serde_json::Value;

/// Cuts a stream into events; what is not whole yet waits.
#[derive(Debug, Default)]
pub(crate) struct Events {
    waiting: Vec<u8>,
}

impl Events {
    /// Takes a chunk and gives the events that are whole, as they came.
    pub fn push(&mut self, chunk: &[u8]) -> Result<Vec<Bytes>, EventTooLong> {
        // The end of an event may lie on both sides of a cut.
        let mut seen = self.waiting.len().saturating_sub(3);
        self.waiting.extend_from_slice(chunk);
        let mut whole = Vec::new();
        let mut begin = 0;
        while let Some(end) = end_of_event(&self.waiting, seen.max(begin)) {
            let event = self.waiting.get(begin..end).unwrap_or_default();
            whole.push(Bytes::copy_from_slice(event));
            begin = end;
            seen = end;
        }
        self.waiting.drain(..begin);
        if self.waiting.len() > EVENT_BYTES_MAX {
            return Err(EventTooLong);
        }
        Ok(whole)
    }
}

/// Where the event ends that is still open at `from`.
fn end_of_event(bytes: &[u8], from: usize) -> Option<usize> {
    let rest = bytes.get(from..)?;
    let ends: [&[u8]; 3] = [b"\n\n", b"\r\n\r\n", b"\r\r"];
    let found = ends.iter().filter_map(|end| {
        let at = rest.windows(end.len()).position(|window| window == *end)?;
        Some(from + at + end.len())
    });
    found.min()
}

/// The data of an event; `None` for one that has none, such as a comment.
pub(crate) fn data_of(event: &[u8]) -> Option<Vec<u8>> {
    let mut data = None;
    let decoded = Decoder::default().push(event, |found| data = Some(found.to_vec()));
    decoded.ok()?;
    data
}

/// What of a chunk matters here.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Chunk {
    #[serde(default)]
    pub id: Option<String>,
    #[serde(default)]
    pub created: Option<u64>,
    #[serde(default)]
    pub model: Option<String>,
    #[serde(default)]
    pub choices: Vec<Choice>,
    #[serde(default)]
    pub error: Option<Value>,
}

/// One of the answers; there is only one.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Choice {
    #[serde(default, alias = "message")]
    pub delta: Delta,
    #[serde(default)]
    pub finish_reason: Option<String>,
    #[serde(default)]
    pub logprobs: Option<Logprobs>,
}

/// What is said, or done.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Delta {
    #[serde(default)]
    pub content: Option<String>,
    #[serde(default)]
    pub refusal: Option<String>,
    #[serde(default)]
    pub tool_calls: Option<Vec<CallDelta>>,
}

/// A part of a call of a tool.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct CallDelta {
    #[serde(default)]
    pub index: u32,
    #[serde(default)]
    pub function: FunctionDelta,
}

/// A part of what is called.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct FunctionDelta {
    #[serde(default)]
    pub name: Option<String>,
    #[serde(default)]
    pub arguments: Option<String>,
}

/// How sure the model was of each token.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Logprobs {
    #[serde(default)]
    pub content: Option<Vec<TokenLogprob>>,
}

/// How sure the model was of a token.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct TokenLogprob {
    #[serde(default)]
    pub logprob: f64,
}

/// How sure a model was of its words: the mean chance of its tokens, geometrically. Weak
/// evidence, because a model can be sure of what is wrong.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Sureness {
    sum: f64,
    tokens: f64,
}

impl Sureness {
    /// Counts in the tokens of a chunk.
    pub fn add(&mut self, logprobs: Option<&Logprobs>) {
        let tokens = logprobs.and_then(|it| it.content.as_deref());
        for token in tokens.unwrap_or_default() {
            if token.logprob.is_finite() {
                self.sum += token.logprob.min(0.0);
                self.tokens += 1.0;
            }
        }
    }

    /// 0–1, where any token was scored.
    pub fn confidence(self) -> Option<f64> {
        (self.tokens > 0.0).then(|| (self.sum / self.tokens).exp().clamp(0.0, 1.0))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing)]
    use super::*;

    #[test]
    fn the_bytes_come_out_as_they_went_in_wherever_the_stream_is_cut() {
        let stream = b"data: {\"a\":1}\n\n: comment\r\n\r\ndata: x\ndata: y\n\ndata: [DONE]\n\n";
        for size in 1..stream.len() {
            let mut events = Events::default();
            let mut all = Vec::new();
            for chunk in stream.chunks(size) {
                all.extend(events.push(chunk).unwrap());
            }
            assert_eq!(all.concat(), stream, "chunks of {size}");
            let data: Vec<_> = all.iter().filter_map(|event| data_of(event)).collect();
            assert_eq!(
                data,
                [&b"{\"a\":1}"[..], b"x\ny", b"[DONE]"],
                "chunks of {size}"
            );
        }
    }

    #[test]
    fn sureness_is_the_mean_chance_of_a_token() {
        let mut sureness = Sureness::default();
        assert_eq!(sureness.confidence(), None);
        let logprobs: Logprobs =
            serde_json::from_str(r#"{"content":[{"logprob":-0.1},{"logprob":-0.3}]}"#).unwrap();
        sureness.add(Some(&logprobs));
        assert!((sureness.confidence().unwrap() - (-0.2_f64).exp()).abs() < 1e-9);
    }
}
