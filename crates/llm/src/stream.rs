//! An answer in pieces. The deadline is over the whole of it, so that a model which
//! sends a byte a second does not hold anybody up.

use std::collections::VecDeque;

use segue_detect::redact::{Lifting, Veil};
use segue_outbound::Response;
use segue_outbound::sse::Decoder;
use segue_ports::language_model::{Answering, ModelError, Words};

use crate::budget::estimate;
use crate::client::{Call, failed};
use crate::wire::{Chunk, chunk};

/// The longest answer that is read in pieces, in bytes.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// A stream. Dropped, it closes the connection, and with it the model's work.
pub(crate) struct Stream {
    response: Response,
    decoder: Decoder,
    lifting: Option<Lifting>,
    waiting: VecDeque<Result<Chunk, ModelError>>,
    call: Option<Call>,
    tokens: Option<u64>,
    bytes: usize,
    is_done: bool,
}

impl Stream {
    pub(crate) fn new(response: Response, veil: Veil, call: Call) -> Self {
        Self {
            response,
            decoder: Decoder::default(),
            lifting: Some(Lifting::new(veil)),
            waiting: VecDeque::new(),
            call: Some(call),
            tokens: None,
            bytes: 0,
            is_done: false,
        }
    }

    async fn advance(&mut self) -> Result<Option<String>, ModelError> {
        loop {
            while let Some(next) = self.waiting.pop_front() {
                match next? {
                    Chunk::Usage(tokens) => self.tokens = Some(tokens),
                    Chunk::Done => self.is_done = true,
                    Chunk::Words(words) => {
                        self.bytes += words.len();
                        if self.bytes > ANSWER_BYTES_MAX {
                            return Err(ModelError::Unreadable("it is longer than it may be"));
                        }
                        let lifted = self.lifting.as_mut().map(|it| it.push(&words));
                        if let Some(piece) = lifted.filter(|it| !it.is_empty()) {
                            return Ok(Some(piece));
                        }
                    }
                }
            }
            // What it cost comes after its last word, and is waited for.
            if self.is_done && self.tokens.is_some() {
                return Ok(self.rest());
            }
            let more = self.response.chunk().await;
            let Some(bytes) = more.map_err(|error| failed(error.into()))? else {
                return if self.is_done {
                    Ok(self.rest())
                } else {
                    Err(ModelError::Cut)
                };
            };
            let waiting = &mut self.waiting;
            let read = self.decoder.push(&bytes, |data| match chunk(data) {
                Ok(chunks) => waiting.extend(chunks.into_iter().map(Ok)),
                Err(error) => waiting.push_back(Err(error)),
            });
            read.map_err(|_| ModelError::Unreadable("an event is longer than it may be"))?;
        }
    }

    /// What was held back of the last words.
    fn rest(&mut self) -> Option<String> {
        let rest = self.lifting.take().map(Lifting::finish);
        rest.filter(|rest| !rest.is_empty())
    }

    async fn next_within(&mut self) -> Result<Option<String>, ModelError> {
        let Some(until) = self.call.as_ref().map(|call| call.until) else {
            return Ok(None);
        };
        if self.lifting.is_none() {
            self.end(None);
            return Ok(None);
        }
        let next = tokio::time::timeout_at(until, self.advance()).await;
        let next = match next {
            Ok(next) => next,
            Err(_) if self.is_done => Ok(self.rest()),
            Err(_) => Err(self.call.as_ref().map_or(ModelError::Cut, Call::late)),
        };
        match &next {
            Ok(Some(_)) => {}
            Ok(None) => self.end(None),
            Err(error) => self.end(Some(error)),
        }
        next
    }

    fn end(&mut self, error: Option<&ModelError>) {
        let Some(call) = self.call.take() else { return };
        let guessed = call.asked.saturating_add(estimate(self.bytes));
        let tokens = self.tokens.unwrap_or(guessed);
        match error {
            None => tracing::info!(purpose = "answer", tokens, "the model answered"),
            Some(error) => {
                tracing::warn!(purpose = "answer", reason = error.word(), %error, "the model gave nothing");
            }
        }
        call.end(Some(tokens), error);
    }
}

impl Words for Stream {
    fn next(&mut self) -> Answering<'_, Option<String>> {
        Box::pin(self.next_within())
    }
}

impl Drop for Stream {
    fn drop(&mut self) {
        // Cut by the caller: that says nothing of the model, but what was sent was sent.
        if let Some(call) = self.call.take() {
            let guessed = call.asked.saturating_add(estimate(self.bytes));
            call.aside.settle(self.tokens.unwrap_or(guessed));
        }
    }
}
