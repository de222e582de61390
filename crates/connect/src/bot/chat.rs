//! Any endpoint of the form `/v1/chat/completions`: the conversation so far as messages,
//! the brief and the facts as what the system says, and one tool by which the model asks
//! for a person. It is told nothing, because it keeps nothing.

use segue_model::turn::{AnswerScores, Role};
use segue_outbound::{Endpoint, Method};
use segue_ports::bot::{Ask, Bot, BotAnswer, BotError, BotSettings, Reply, Tell};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::call;

/// The tool by which it asks for a person.
const TOOL: &str = "request_human";

/// A bot behind such an endpoint.
pub(super) struct Chat {
    endpoint: Endpoint,
    model: String,
    instructions: String,
    settings: BotSettings,
}

impl Chat {
    pub(super) fn new(
        endpoint: Endpoint,
        (model, instructions): (String, String),
        settings: BotSettings,
    ) -> Self {
        Self {
            endpoint,
            model,
            instructions,
            settings,
        }
    }

    fn body(&self, ask: &Ask) -> Value {
        let mut messages = Vec::new();
        let facts = (!ask.facts.is_empty()).then(|| {
            let facts = serde_json::to_string(&ask.facts).unwrap_or_default();
            format!("Known about the customer: {facts}")
        });
        let brief = ask.brief.as_ref();
        let brief =
            brief.map(|brief| format!("A person handed this conversation back to you: {brief}"));
        let said = [Some(self.instructions.clone()), facts, brief];
        for content in said.into_iter().flatten().filter(|text| !text.is_empty()) {
            messages.push(json!({ "role": "system", "content": content }));
        }
        for line in &ask.history {
            let role = match line.role {
                Role::Customer => "user",
                Role::Assistant | Role::Agent => "assistant",
                Role::System => "system",
            };
            messages.push(json!({ "role": role, "content": line.text }));
        }
        messages.push(json!({ "role": "user", "content": ask.text }));
        json!({
            "model": self.model,
            "messages": messages,
            "tools": [{
                "type": "function",
                "function": {
                    "name": TOOL,
                    "description": "Hand the conversation to a person. Use it whenever you cannot or must not help.",
                    "parameters": {
                        "type": "object",
                        "properties": { "reason": { "type": "string" } },
                        "required": ["reason"],
                    },
                },
            }],
        })
    }
}

impl Bot for Chat {
    fn settings(&self) -> &BotSettings {
        &self.settings
    }

    fn ask(&self, ask: Ask) -> BotAnswer<'_, Reply> {
        Box::pin(async move {
            let request = self.endpoint.request(Method::POST, "chat/completions");
            let request = request.map_err(|error| BotError::Unusable(error.to_string()))?;
            let request = request.header("idempotency-key", &ask.id);
            let answer: Completion = call::send_for(request.json(&self.body(&ask))).await?;
            answer.read()
        })
    }

    fn tell(&self, _tell: Tell) -> BotAnswer<'_, ()> {
        Box::pin(std::future::ready(Ok(())))
    }
}

#[derive(Deserialize)]
struct Completion {
    choices: Vec<Choice>,
}

#[derive(Deserialize)]
struct Choice {
    message: Message,
    finish_reason: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    content: Option<String>,
    refusal: Option<String>,
    #[serde(default)]
    tool_calls: Option<Vec<Call>>,
}

#[derive(Deserialize)]
struct Call {
    function: Function,
}

#[derive(Deserialize)]
struct Function {
    name: String,
    #[serde(default)]
    arguments: String,
}

impl Completion {
    fn read(self) -> Result<Reply, BotError> {
        let choice = self.choices.into_iter().next();
        let choice = choice.ok_or_else(|| BotError::Unusable("it has no choice".to_owned()))?;
        let called = choice.message.tool_calls.into_iter().flatten();
        let asked = called
            .map(|call| call.function)
            .find(|call| call.name == TOOL);
        let is_filtered = choice.finish_reason.as_deref() == Some("content_filter");
        let handoff = match (asked, choice.message.refusal) {
            (Some(call), _) => Some(reason_of(&call.arguments)),
            // What a model refuses is a person's to answer; its words are not shown.
            (None, Some(_)) => Some("The model refused to answer.".to_owned()),
            (None, None) if is_filtered => {
                Some("The model's answer was withheld by its content filter.".to_owned())
            }
            (None, None) => None,
        };
        if choice.finish_reason.as_deref() == Some("length") && handoff.is_none() {
            return Err(BotError::Unusable("its answer breaks off".to_owned()));
        }
        Ok(Reply {
            text: choice.message.content,
            scores: AnswerScores::default(),
            handoff,
        })
    }
}

/// The reason in a call's arguments, as far as they can be read.
fn reason_of(arguments: &str) -> String {
    let read: Value = serde_json::from_str(arguments).unwrap_or_default();
    let reason = read.get("reason").and_then(Value::as_str);
    reason.unwrap_or_default().to_owned()
}
