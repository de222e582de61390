//! The client: one model behind one address.

use std::sync::Arc;
use std::time::Duration;

use segue_model::id::WorkspaceId;
use segue_outbound::{Endpoint, Method, OutboundError, Response, bounded, header};
use segue_ports::clock::Clock;
use segue_ports::language_model::{
    Answering, Ask, LanguageModel, ModelError, Purpose, Reply, Words,
};
use tokio::time::Instant;

use crate::breaker::{Breaker, Leave};
use crate::budget::{Aside, Budget, estimate};
use crate::outgoing::Outgoing;
use crate::settings::{Settings, SettingsError};
use crate::stream::Stream;
use crate::wire::Completion;

/// The longest answer that is read, in bytes.
const ANSWER_BYTES_MAX: usize = 256 * 1024;

/// A model behind an address.
pub struct Client {
    endpoint: Endpoint,
    settings: Settings,
    clock: Arc<dyn Clock>,
    breaker: Arc<Breaker>,
    budget: Arc<Budget>,
}

impl std::fmt::Debug for Client {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Client")
            .field("endpoint", &self.endpoint)
            .field("model", &self.settings.name)
            .finish_non_exhaustive()
    }
}

/// What one call holds while it goes on.
pub(crate) struct Call {
    pub leave: Leave,
    pub aside: Aside,
    pub until: Instant,
    pub timeout_ms: u64,
    pub clock: Arc<dyn Clock>,
    /// A guess at its cost, for a model that does not count.
    pub asked: u64,
    /// What for, in the log.
    pub purpose: Purpose,
}

impl Call {
    /// Says how it ended. What is the model's fault counts against it; a refusal is an
    /// answer.
    pub(crate) fn end(self, tokens: Option<u64>, error: Option<&ModelError>) {
        if let Some(tokens) = tokens {
            self.aside.settle(tokens);
        }
        match error {
            None | Some(ModelError::Refused) => self.leave.succeeded(),
            Some(_) => self.leave.failed(self.clock.now()),
        }
    }

    pub(crate) fn late(&self) -> ModelError {
        ModelError::Timeout {
            ms: self.timeout_ms,
        }
    }
}

impl Client {
    /// A client. Nobody is called yet.
    ///
    /// # Errors
    /// [`SettingsError`] if the settings do not make one.
    pub fn new(settings: Settings, clock: Arc<dyn Clock>) -> Result<Self, SettingsError> {
        Ok(Self {
            endpoint: settings.endpoint()?,
            budget: Arc::new(Budget::new(settings.tokens_per_day)),
            breaker: Arc::default(),
            settings,
            clock,
        })
    }

    /// What is asked before anything leaves: budget and circuit.
    fn begin(
        &self,
        (workspace, purpose): (WorkspaceId, Purpose),
        asked: u64,
        answer_max: u64,
    ) -> Result<Call, ModelError> {
        let now = self.clock.now();
        let limit = self.budget.limit();
        let aside = self
            .budget
            .set_aside(workspace, asked.saturating_add(answer_max), now)
            .ok_or(ModelError::Budget { limit })?;
        let Some(leave) = self.breaker.ask(now) else {
            aside.settle(0);
            return Err(ModelError::BreakerOpen);
        };
        Ok(Call {
            leave,
            aside,
            until: Instant::now() + Duration::from_millis(self.settings.timeout_ms),
            timeout_ms: self.settings.timeout_ms,
            clock: Arc::clone(&self.clock),
            asked,
            purpose,
        })
    }

    fn prepare(&self, ask: &Ask, is_streamed: bool) -> Result<(Outgoing, Call), ModelError> {
        let settings = &self.settings;
        let terms = &settings.terms;
        let outgoing = Outgoing::of(ask, &settings.name, terms, settings.redact, is_streamed);
        let asked = estimate(outgoing.body.len());
        let call = self.begin(
            (ask.workspace, ask.purpose),
            asked,
            u64::from(ask.tokens_max),
        )?;
        Ok((outgoing, call))
    }

    /// Sends a body and waits for the head of the answer.
    async fn send(&self, body: String) -> Result<Response, ModelError> {
        let request = self.endpoint.request(Method::POST, "chat/completions");
        let request = request.map_err(failed)?;
        let sent = request
            .header(header::CONTENT_TYPE, "application/json")
            .body(body)
            .send()
            .await;
        let response = sent.map_err(|error| failed(error.into()))?;
        match response.status().as_u16() {
            200 => Ok(response),
            status => Err(ModelError::Status(status)),
        }
    }

    async fn ask(&self, ask: &Ask, outgoing: &Outgoing) -> Result<Reply, ModelError> {
        let response = self.send(outgoing.body.clone()).await?;
        let body = bounded(response, ANSWER_BYTES_MAX).await.map_err(failed)?;
        let completion: Completion = serde_json::from_slice(&body)
            .map_err(|_| ModelError::Unreadable("it is no chat completion"))?;
        let tokens = completion.usage.map(|usage| usage.total_tokens);
        let model = completion.model.clone();
        let words = completion.words()?;
        let guessed = estimate(outgoing.body.len()) + estimate(words.len());
        let text = match ask.shape {
            None => outgoing.veil.lift(&words),
            Some(_) => outgoing
                .lift_shape(&words)
                .ok_or(ModelError::Unreadable("it is not JSON"))?,
        };
        Ok(Reply {
            text,
            model: model.unwrap_or_else(|| self.settings.name.clone()),
            tokens: tokens.filter(|tokens| *tokens > 0).unwrap_or(guessed),
        })
    }

    async fn complete_within(&self, ask: Ask) -> Result<Reply, ModelError> {
        let (outgoing, call) = self.prepare(&ask, false)?;
        let answer = tokio::time::timeout_at(call.until, self.ask(&ask, &outgoing)).await;
        let answer = answer.unwrap_or_else(|_| Err(call.late()));
        note_end(ask.purpose, answer.as_ref().map(|reply| reply.tokens));
        match &answer {
            Ok(reply) => call.end(Some(reply.tokens), None),
            Err(error) => call.end(None, Some(error)),
        }
        answer
    }

    async fn stream_within(&self, ask: Ask) -> Result<Box<dyn Words>, ModelError> {
        let (outgoing, call) = self.prepare(&ask, true)?;
        let head = tokio::time::timeout_at(call.until, self.send(outgoing.body.clone())).await;
        match head.unwrap_or_else(|_| Err(call.late())) {
            Ok(response) => Ok(Box::new(Stream::new(response, outgoing.veil, call))),
            Err(error) => {
                note_end(ask.purpose, Err(&error));
                call.end(None, Some(&error));
                Err(error)
            }
        }
    }
}

pub(crate) fn note_end(purpose: Purpose, end: Result<u64, &ModelError>) {
    let purpose = purpose.word();
    match end {
        Ok(tokens) => tracing::info!(purpose, tokens, "the model answered"),
        Err(error) => {
            tracing::warn!(purpose, reason = error.word(), %error, "the model gave nothing");
        }
    }
}

pub(crate) fn failed(error: OutboundError) -> ModelError {
    match error {
        OutboundError::TooLong(_) => ModelError::Unreadable("it is longer than it may be"),
        other => ModelError::Failed(other.to_string()),
    }
}

impl LanguageModel for Client {
    fn name(&self) -> &str {
        &self.settings.name
    }

    fn serves(&self, purpose: Purpose) -> bool {
        match purpose {
            // Both are for staff, who see whose words they read.
            Purpose::Summary | Purpose::Article => self.settings.summaries,
            Purpose::Answer => self.settings.answers,
        }
    }

    fn complete(&self, ask: Ask) -> Answering<'_, Reply> {
        Box::pin(self.complete_within(ask))
    }

    fn stream(&self, ask: Ask) -> Answering<'_, Box<dyn Words>> {
        Box::pin(self.stream_within(ask))
    }
}
