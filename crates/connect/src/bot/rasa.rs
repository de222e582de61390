//! Rasa by its REST channel. The tracker is paused while people have the floor and
//! resumed when it is handed back; without Rasa's HTTP API that is refused, and the
//! floor keeps the bot silent all the same.

use segue_model::turn::AnswerScores;
use segue_outbound::{Endpoint, Method};
use segue_ports::bot::{Ask, Bot, BotAnswer, BotError, BotSettings, Reply, Tell, Told};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::call::{self, CallError};

/// The action or response by which a Rasa bot asks for a person, in `custom`.
const HANDOFF: &str = "handoff";

/// A bot of Rasa's.
pub(super) struct Rasa {
    endpoint: Endpoint,
    settings: BotSettings,
}

impl Rasa {
    pub(super) fn new(endpoint: Endpoint, settings: BotSettings) -> Self {
        Self { endpoint, settings }
    }

    async fn post(&self, path: &str, body: &Value) -> Result<Vec<u8>, CallError> {
        let request = self.endpoint.request(Method::POST, path)?;
        call::send(request.json(body)).await
    }

    /// The intent's confidence of the latest message, where the tracker can be read.
    async fn read_tracker(&self, sender: &str) -> Option<Tracker> {
        let path = format!("conversations/{sender}/tracker?include_events=NONE");
        let request = self.endpoint.request(Method::GET, &path).ok()?;
        call::send_for(request).await.ok()
    }
}

impl Bot for Rasa {
    fn settings(&self) -> &BotSettings {
        &self.settings
    }

    fn ask(&self, ask: Ask) -> BotAnswer<'_, Reply> {
        Box::pin(async move {
            let sender = ask.conversation.to_string();
            let body = json!({
                "sender": sender,
                "message": ask.text,
                "metadata": {
                    "conversation": sender,
                    "epoch": ask.epoch.0,
                    "turn": ask.turn.0,
                    "locale": ask.locale,
                    "facts": ask.facts,
                    "brief": ask.brief,
                },
            });
            let answer = self.post("webhooks/rest/webhook", &body).await?;
            let said: Vec<Said> = serde_json::from_slice(&answer).map_err(|error| {
                BotError::Unusable(format!("its answer cannot be read: {error}"))
            })?;
            let mut reply = reply_of(&said);
            if reply.handoff.is_none()
                && let Some(tracker) = self.read_tracker(&sender).await
            {
                reply.scores = tracker.scores();
            }
            Ok(reply)
        })
    }

    fn tell(&self, tell: Tell) -> BotAnswer<'_, ()> {
        Box::pin(async move {
            let event = match tell.told {
                Told::Taken { .. } => "pause",
                Told::Granted { .. } => "resume",
                Told::Closed => return Ok(()),
            };
            let path = format!("conversations/{}/tracker/events", tell.conversation);
            self.post(&path, &json!({ "event": event })).await?;
            Ok(())
        })
    }
}

/// One message of an answer. Images and other media are not shown by Segue.
#[derive(Deserialize)]
struct Said {
    text: Option<String>,
    custom: Option<Value>,
    #[serde(default)]
    buttons: Vec<Button>,
}

#[derive(Deserialize)]
struct Button {
    title: String,
}

/// All messages are one answer; what buttons offer stands beneath it in words, because
/// open text always works.
fn reply_of(said: &[Said]) -> Reply {
    let handoff = said.iter().find_map(|said| {
        let custom = said.custom.as_ref()?.get(HANDOFF)?;
        let reason = custom.get("reason").and_then(Value::as_str);
        Some(reason.unwrap_or_default().to_owned())
    });
    let words = said.iter().filter_map(|said| {
        let titles = said
            .buttons
            .iter()
            .map(|button| format!("• {}", button.title));
        let lines: Vec<String> = said.text.clone().into_iter().chain(titles).collect();
        (!lines.is_empty()).then(|| lines.join("\n"))
    });
    let text = words.collect::<Vec<_>>().join("\n\n");
    Reply {
        text: (!text.is_empty()).then_some(text),
        scores: AnswerScores::default(),
        handoff,
    }
}

/// What is read of a tracker.
#[derive(Deserialize)]
struct Tracker {
    latest_message: Option<Latest>,
}

#[derive(Deserialize)]
struct Latest {
    intent: Option<Intent>,
}

#[derive(Deserialize)]
struct Intent {
    name: Option<String>,
    confidence: Option<f64>,
}

impl Tracker {
    fn scores(self) -> AnswerScores {
        let intent = self.latest_message.and_then(|latest| latest.intent);
        let Some(intent) = intent else {
            return AnswerScores::default();
        };
        let is_fallback = intent.name.as_deref() == Some("nlu_fallback");
        let is_share = |score: &f64| (0.0..=1.0).contains(score);
        AnswerScores {
            // Of a fallback it says how sure Rasa is that it did not understand.
            confidence: intent.confidence.filter(is_share).filter(|_| !is_fallback),
            is_fallback,
            ..AnswerScores::default()
        }
    }
}
