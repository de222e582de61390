//! The tools, and what they answer. Each is there at once: `request_human` says that a
//! person was asked for and how long it takes, not what the person says.

use rmcp::handler::server::tool::schema_for_output;
use rmcp::handler::server::wrapper::Parameters;
use rmcp::model::{CallToolResult, ContentBlock};
use rmcp::{ServerHandler, schemars, tool, tool_handler, tool_router};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::api::{Api, ApiFailure};

/// The longest of the words that go along, in characters; what is longer is cut.
const WORDS_MAX: usize = 600;
/// How many attempts go along.
const TRIED_MAX: usize = 10;

/// The tools, over whoever's key.
#[derive(Debug, Clone)]
pub struct Tools {
    api: Api,
}

/// What `request_human` is given.
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct RequestHuman {
    /// The Segue conversation. Leave it out only if there is none yet: one is opened then,
    /// and its id comes back.
    #[serde(default)]
    pub conversation_id: Option<String>,
    /// What the customer wrote last, word for word; needed if there is no conversation yet.
    #[serde(default)]
    pub customer_message: Option<String>,
    /// The customer's e-mail address or account id, if there is no conversation yet.
    #[serde(default)]
    pub customer: Option<String>,
    /// Why a person is needed. Staff read it, the customer does not.
    pub reason: String,
    /// What the customer wants, in one sentence.
    #[serde(default)]
    pub intent: Option<String>,
    /// What was tried already, one short line each.
    #[serde(default)]
    pub tried: Vec<String>,
    /// How urgent it seems. Told to staff; who comes first is decided by the policy.
    #[serde(default)]
    pub urgency: Option<Urgency>,
}

/// How urgent a handoff seems to an assistant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    /// It can wait.
    Low,
    /// As usual.
    Normal,
    /// It cannot wait.
    High,
}

/// A conversation that is asked about.
#[derive(Debug, Clone, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct OfConversation {
    /// The Segue conversation.
    pub conversation_id: String,
}

/// Where a handoff stands.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct Handoff {
    /// The conversation.
    pub conversation_id: String,
    /// Who may speak to the customer now: `assistant`, `review`, `queue`, `agent`, `closed`.
    pub floor: String,
    /// Whether the assistant may speak. If not, say nothing more to the customer.
    pub may_speak: bool,
    /// What Segue told the customer just now. Do not repeat it in other words.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub told_customer: Option<String>,
    /// The place in line, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub position: Option<u64>,
    /// The upper end of the wait, in minutes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_minutes: Option<u64>,
    /// The number to refer to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reference: Option<String>,
}

/// What a person told the assistant when they handed the conversation back.
#[derive(Debug, Clone, PartialEq, Serialize, schemars::JsonSchema)]
pub struct HandBack {
    /// The conversation.
    pub conversation_id: String,
    /// Whether it was handed back and the assistant has it since.
    pub is_handed_back: bool,
    /// What the person says that was done and what comes next; not for the customer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brief: Option<String>,
    /// The customer's turn that the assistant is to answer, if one is open.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub awaited_turn: Option<u64>,
    /// The epoch to speak under.
    pub epoch: u64,
}

#[tool_router]
impl Tools {
    /// The tools over an API.
    pub fn new(api: Api) -> Self {
        Self { api }
    }

    #[tool(
        name = "request_human",
        description = "Hand this conversation to a person. Use it when the customer asks for one, when you cannot help, or when something is at stake that you may not decide. It returns at once with what the customer was told and how long the wait is; say nothing more to the customer after it.",
        output_schema = schema_for_output::<Handoff>(),
        annotations(
            read_only_hint = false,
            destructive_hint = false,
            idempotent_hint = true,
            open_world_hint = false
        )
    )]
    async fn request_human(&self, Parameters(wish): Parameters<RequestHuman>) -> CallToolResult {
        settled(self.hand_off(wish).await)
    }

    #[tool(
        name = "handoff_status",
        description = "Who may speak to the customer now, and how long a wait still is. Ask it before you speak after a handoff; do not poll it more often than every few seconds.",
        output_schema = schema_for_output::<Handoff>(),
        annotations(read_only_hint = true, open_world_hint = false)
    )]
    async fn handoff_status(&self, Parameters(of): Parameters<OfConversation>) -> CallToolResult {
        let id = of.conversation_id;
        let read = self.api.read(&id).await;
        settled(read.map(|it| handoff(&id, &it, None)))
    }

    #[tool(
        name = "hand_back_brief",
        description = "What the person who had this conversation says to you when they handed it back: what was done, what comes next. Read it before you answer again.",
        output_schema = schema_for_output::<HandBack>(),
        annotations(read_only_hint = true, open_world_hint = false)
    )]
    async fn hand_back_brief(&self, Parameters(of): Parameters<OfConversation>) -> CallToolResult {
        let id = of.conversation_id;
        let read = self.api.read(&id).await;
        settled(read.map(|it| hand_back(&id, &it)))
    }

    async fn hand_off(&self, wish: RequestHuman) -> Result<Handoff, ApiFailure> {
        let notice = |body: &Value| {
            let told = body.pointer("/notice/text").and_then(Value::as_str);
            told.map(str::to_owned)
        };
        let (id, at_once) = match &wish.conversation_id {
            Some(id) => (id.clone(), None),
            None => {
                let (id, said) = self.begin(&wish).await?;
                // The customer's own words may have brought a person already.
                (id, notice(&said))
            }
        };
        let asked = self.api.hand_off(&id, &note_of(&wish)).await?;
        Ok(handoff(&id, &asked, at_once.or_else(|| notice(&asked))))
    }

    /// Opens a conversation with what the customer wrote, and what came of that.
    async fn begin(&self, wish: &RequestHuman) -> Result<(String, Value), ApiFailure> {
        let text = wish.customer_message.as_deref().unwrap_or_default();
        if text.trim().is_empty() {
            return Err(ApiFailure {
                code: "invalid_value".to_owned(),
                message:
                    "without a conversation_id, give the customer's own words in customer_message"
                        .to_owned(),
            });
        }
        let customer = wish.customer.as_deref().map(|who| {
            let key = if who.contains('@') {
                "email"
            } else {
                "account_id"
            };
            json!({ key: who })
        });
        let opening = match customer {
            Some(customer) => json!({ "channel": "mcp", "customer": customer }),
            None => json!({ "channel": "mcp" }),
        };
        let id = self.api.open(&opening).await?;
        let said = self.api.customer_turn(&id, text).await?;
        Ok((id, said))
    }
}

#[tool_handler(
    name = "segue",
    instructions = "Segue brings a person into a support conversation. Call request_human when the customer asks for a person or you cannot help; after it, people speak and you do not."
)]
impl ServerHandler for Tools {}

/// What staff read: the assistant's words, in sentences, so that each can be checked
/// against the conversation.
fn note_of(wish: &RequestHuman) -> String {
    let mut said = vec![sentence("", &wish.reason)];
    said.extend(
        wish.intent
            .as_deref()
            .map(|it| sentence("The customer wants: ", it)),
    );
    let tried = wish.tried.iter().take(TRIED_MAX);
    said.extend(tried.map(|it| sentence("Tried: ", it)));
    if wish.urgency == Some(Urgency::High) {
        said.push("It seems urgent.".to_owned());
    }
    said.retain(|it| !it.is_empty());
    said.join(" ")
}

fn sentence(before: &str, words: &str) -> String {
    let words: String = words.trim().chars().take(WORDS_MAX).collect();
    match words.chars().last() {
        None => String::new(),
        Some('.' | '!' | '?') => format!("{before}{words}"),
        Some(_) => format!("{before}{words}."),
    }
}

fn floor_of(body: &Value) -> &str {
    let holder = body.pointer("/floor/holder").and_then(Value::as_str);
    holder.unwrap_or_default()
}

fn may_speak(floor: &str) -> bool {
    matches!(floor, "assistant" | "review")
}

fn handoff(id: &str, body: &Value, told_customer: Option<String>) -> Handoff {
    let number = |place: &str| body.pointer(place).and_then(Value::as_u64);
    let reference = body.pointer("/wait/reference").and_then(Value::as_str);
    let floor = floor_of(body);
    Handoff {
        conversation_id: id.to_owned(),
        floor: floor.to_owned(),
        may_speak: may_speak(floor),
        told_customer,
        position: number("/wait/position"),
        wait_minutes: number("/wait/hi_min"),
        reference: reference.map(str::to_owned),
    }
}

fn hand_back(id: &str, body: &Value) -> HandBack {
    let brief = body.get("hand_back");
    let words = brief.and_then(|it| it.get("brief")).and_then(Value::as_str);
    HandBack {
        conversation_id: id.to_owned(),
        is_handed_back: brief.is_some(),
        brief: words.map(str::to_owned),
        awaited_turn: brief.and_then(|it| it.get("awaited_turn")?.as_u64()),
        epoch: body
            .get("epoch")
            .and_then(Value::as_u64)
            .unwrap_or_default(),
    }
}

/// A result, or an error that the model can read and act on.
fn settled<T: Serialize>(done: Result<T, ApiFailure>) -> CallToolResult {
    let value = done.map(|it| serde_json::to_value(it).unwrap_or_default());
    match value {
        Ok(value) => CallToolResult::structured(value),
        Err(failure) => {
            tracing::warn!(code = failure.code, "a tool's call came to nothing");
            let error = json!({ "code": failure.code, "message": failure.message });
            CallToolResult::error(vec![ContentBlock::text(error.to_string())])
        }
    }
}
