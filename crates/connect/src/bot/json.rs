//! Segue's own protocol for bots: one signed POST for each thing, JSON both ways
//! (`docs/CONNECT.md`). The signature is that of Standard Webhooks, so that any of its
//! libraries verifies it.

use std::collections::BTreeMap;

use segue_model::fact::FactValue;
use segue_model::time::Timestamp;
use segue_model::turn::{AnswerScores, Retrieved, ToolCall};
use segue_outbound::{Endpoint, Method, RequestBuilder, header};
use segue_ports::bot::{Ask, Bot, BotAnswer, BotError, BotSettings, Reply, Tell, Told};
use serde::{Deserialize, Serialize};

use super::number;
use crate::call;
use crate::sign::SigningKey;

/// How many documents or tool calls go with one answer at most.
const LIST_MAX: usize = 20;

/// A bot that speaks this protocol.
pub(super) struct Webhook {
    endpoint: Endpoint,
    key: Option<SigningKey>,
    settings: BotSettings,
}

impl Webhook {
    pub(super) fn new(endpoint: Endpoint, key: Option<SigningKey>, settings: BotSettings) -> Self {
        Self {
            endpoint,
            key,
            settings,
        }
    }

    fn request(
        &self,
        (id, at): (&str, Timestamp),
        event: &Event<'_>,
    ) -> Result<RequestBuilder, BotError> {
        let unusable = |error: &dyn std::fmt::Display| BotError::Unusable(error.to_string());
        let body = serde_json::to_vec(event).map_err(|error| unusable(&error))?;
        let request = self.endpoint.request(Method::POST, "");
        let mut request = request.map_err(|error| unusable(&error))?;
        let seconds = at.0.div_euclid(1_000);
        request = request
            .header(header::CONTENT_TYPE, "application/json")
            .header("webhook-id", id)
            .header("webhook-timestamp", seconds.to_string());
        if let Some(key) = &self.key {
            request = request.header("webhook-signature", key.sign(id, seconds, &body));
        }
        Ok(request.body(body))
    }
}

impl Bot for Webhook {
    fn settings(&self) -> &BotSettings {
        &self.settings
    }

    fn ask(&self, ask: Ask) -> BotAnswer<'_, Reply> {
        Box::pin(async move {
            let event = Event::TurnAsked(Box::new(Question::of(&ask)));
            let request = self.request((&ask.id, ask.at), &event)?;
            let answer: Answer = call::send_for(request).await?;
            answer.read()
        })
    }

    fn tell(&self, tell: Tell) -> BotAnswer<'_, ()> {
        Box::pin(async move {
            let event = Event::of(&tell);
            let request = self.request((&tell.id, tell.at), &event)?;
            call::send(request).await?;
            Ok(())
        })
    }
}

/// What is sent.
#[derive(Serialize)]
#[serde(tag = "type")]
enum Event<'a> {
    #[serde(rename = "turn.asked")]
    TurnAsked(Box<Question<'a>>),
    #[serde(rename = "floor.taken")]
    FloorTaken {
        conversation: String,
        epoch: u32,
        reason: &'a str,
    },
    #[serde(rename = "floor.granted")]
    FloorGranted {
        conversation: String,
        epoch: u32,
        reason: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        brief: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        owes_turn: Option<u32>,
    },
    #[serde(rename = "conversation.closed")]
    Closed { conversation: String, epoch: u32 },
}

impl<'a> Event<'a> {
    fn of(tell: &'a Tell) -> Self {
        let (conversation, epoch) = (tell.conversation.to_string(), tell.epoch.0);
        match &tell.told {
            Told::Taken { reason } => Self::FloorTaken {
                conversation,
                epoch,
                reason,
            },
            Told::Granted {
                reason,
                brief,
                owes,
            } => Self::FloorGranted {
                conversation,
                epoch,
                reason,
                brief: brief.as_deref(),
                owes_turn: owes.map(number),
            },
            Told::Closed => Self::Closed {
                conversation,
                epoch,
            },
        }
    }
}

/// A question on the wire.
#[derive(Serialize)]
struct Question<'a> {
    conversation: String,
    epoch: u32,
    turn: u32,
    text: &'a str,
    /// How long it has from now, in milliseconds.
    answer_within_ms: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<&'a str>,
    facts: &'a BTreeMap<String, FactValue>,
    history: Vec<SaidBefore<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    brief: Option<&'a str>,
}

#[derive(Serialize)]
struct SaidBefore<'a> {
    role: segue_model::turn::Role,
    text: &'a str,
}

impl<'a> Question<'a> {
    fn of(ask: &'a Ask) -> Self {
        Self {
            conversation: ask.conversation.to_string(),
            epoch: ask.epoch.0,
            turn: number(ask.turn),
            text: &ask.text,
            answer_within_ms: ask.deadline.since(ask.at).millis(),
            locale: ask.locale.as_deref(),
            facts: &ask.facts,
            history: ask
                .history
                .iter()
                .map(|line| SaidBefore {
                    role: line.role,
                    text: &line.text,
                })
                .collect(),
            brief: ask.brief.as_deref(),
        }
    }
}

/// What is answered. Read strictly: a handoff that is misspelled must not become an answer.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answer {
    text: Option<String>,
    confidence: Option<f64>,
    #[serde(default)]
    retrieval: Vec<Retrieved>,
    #[serde(default)]
    fallback: bool,
    #[serde(default)]
    tool_calls: Vec<ToolCall>,
    handoff: Option<Handoff>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Handoff {
    reason: String,
}

impl Answer {
    fn read(self) -> Result<Reply, BotError> {
        let is_share = |score: f64| (0.0..=1.0).contains(&score);
        let found = self.retrieval.iter().map(|found| found.score);
        let are_shares = self.confidence.into_iter().chain(found).all(is_share);
        if !are_shares {
            let why = "`confidence` and scores are between 0 and 1";
            return Err(BotError::Unusable(why.to_owned()));
        }
        if self.retrieval.len() > LIST_MAX || self.tool_calls.len() > LIST_MAX {
            let why = format!("at most {LIST_MAX} documents and tool calls");
            return Err(BotError::Unusable(why));
        }
        Ok(Reply {
            text: self.text,
            scores: AnswerScores {
                confidence: self.confidence,
                retrieval: self.retrieval,
                is_fallback: self.fallback,
                tool_calls: self.tool_calls,
                ..AnswerScores::default()
            },
            handoff: self.handoff.map(|handoff| handoff.reason),
        })
    }
}
