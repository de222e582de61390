//! A Chatwoot, as its documents describe it: what an agent bot is sent and may ask, what
//! it refuses a bot, three tries, and people taking over when a bot cannot be reached.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::routing::any;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use tokio::sync::watch;
use tower::ServiceExt;

use crate::fake::WAIT_MAX;

pub const ACCOUNT: u64 = 7;
pub const BOT_TOKEN: &str = "bot-token";
pub const USER_TOKEN: &str = "user-token";
pub const TOKEN: &str = "the-token-of-our-address";
pub const SECRET: &str = "chatwoots-own-secret";
/// How often it tries to reach a bot.
const TRIES: u32 = 3;

/// A message as it stands there.
#[derive(Debug, Clone, PartialEq)]
pub struct Message {
    pub id: u64,
    pub kind: &'static str,
    pub content: String,
    pub is_private: bool,
    pub source_id: Option<String>,
    pub sender: Value,
}

/// A conversation as it stands there.
#[derive(Debug, Clone)]
pub struct Talk {
    pub status: String,
    pub messages: Vec<Message>,
    pub labels: Vec<String>,
    pub attributes: Value,
    pub team: Option<u64>,
    pub priority: Option<String>,
    pub contact: Value,
    pub is_verified: bool,
}

#[derive(Debug, Clone, Default)]
pub struct Stand {
    pub talks: BTreeMap<u64, Talk>,
    /// Everything that was refused, with why.
    pub refused: Vec<String>,
    next_message: u64,
    /// How many more answers about messages are lost on their way after they were kept.
    lose: u32,
    /// Whether it answers at all.
    is_down: bool,
}

/// The product with its agent bot.
#[derive(Clone)]
pub struct Chatwoot {
    pub url: String,
    stand: Arc<watch::Sender<Stand>>,
    bot: Arc<Mutex<Option<Router>>>,
    /// Whether what it sends to the bot is sent twice.
    pub doubles: Arc<std::sync::atomic::AtomicBool>,
}

impl Chatwoot {
    pub async fn new() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let it = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            stand: Arc::new(watch::Sender::new(Stand::default())),
            bot: Arc::default(),
            doubles: Arc::default(),
        };
        let app = Router::new()
            .route(
                "/api/v1/accounts/{account}/conversations/{id}/{what}",
                any(take),
            )
            .with_state(it.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        it
    }

    /// The agent bot's door; without one it cannot be reached.
    pub fn connect(&self, door: Option<Router>) {
        *self.bot.lock().unwrap() = door;
    }

    pub fn lose_answers(&self, count: u32) {
        self.stand.send_modify(|stand| stand.lose = count);
    }

    pub fn set_down(&self, is_down: bool) {
        self.stand.send_modify(|stand| stand.is_down = is_down);
    }

    pub fn stand(&self) -> Stand {
        self.stand.borrow().clone()
    }

    pub fn talk(&self, id: u64) -> Talk {
        self.stand().talks[&id].clone()
    }

    /// What the customer reads there, as `sender: text`.
    pub fn read(&self, id: u64) -> Vec<String> {
        let shown = |message: &Message| {
            let who = message.sender["type"].as_str().unwrap_or(message.kind);
            format!("{who}: {}", message.content)
        };
        let talk = self.talk(id);
        talk.messages
            .iter()
            .filter(|message| !message.is_private)
            .map(shown)
            .collect()
    }

    pub async fn until(&self, id: u64, is_so: impl Fn(&Talk) -> bool) {
        let mut stand = self.stand.subscribe();
        let found = stand.wait_for(|stand| stand.talks.get(&id).is_some_and(&is_so));
        if tokio::time::timeout(WAIT_MAX, found).await.is_err() {
            panic!("{:#?}", self.stand());
        }
    }

    /// A conversation begins, as the bot's: pending.
    pub fn begin(&self, id: u64, contact: Value, is_verified: bool) {
        let talk = Talk {
            status: "pending".to_owned(),
            messages: Vec::new(),
            labels: vec!["theirs".to_owned()],
            attributes: json!({ "theirs": "stays" }),
            team: None,
            priority: None,
            contact,
            is_verified,
        };
        self.stand.send_modify(|stand| {
            stand.talks.insert(id, talk);
        });
    }

    /// The contact writes. Answers whether the bot was reached.
    pub async fn incoming(&self, id: u64, content: &str) -> bool {
        let sender = json!({ "id": 90, "name": "Alex Rivera", "email": "alex@example.com" });
        let event = self.keep(id, "incoming", (content, false, None), sender);
        self.deliver(id, event).await
    }

    /// A person there writes; `None` is one whose reply has no sender.
    pub async fn outgoing(
        &self,
        id: u64,
        content: &str,
        sender: Option<(u64, &str)>,
        is_private: bool,
    ) {
        let sender = sender.map(
            |(id, name)| json!({ "id": id, "name": name, "email": "s@b.example", "type": "user" }),
        );
        let event = self.keep(
            id,
            "outgoing",
            (content, is_private, None),
            sender.unwrap_or_default(),
        );
        self.deliver(id, event).await;
    }

    /// A person there changes the status; account webhooks tell it.
    pub async fn set_status(&self, id: u64, status: &str) {
        let event = self.change_status(id, status);
        self.deliver(id, event).await;
    }

    fn change_status(&self, id: u64, status: &str) -> Value {
        let mut before = String::new();
        self.stand.send_modify(|stand| {
            let talk = stand.talks.get_mut(&id).unwrap();
            before = std::mem::replace(&mut talk.status, status.to_owned());
        });
        let mut event = self.conversation(id);
        event["event"] = json!("conversation_status_changed");
        event["account_id"] = json!(ACCOUNT);
        event["changed_attributes"] =
            json!([{ "status": { "previous_value": before, "current_value": status } }]);
        event
    }

    /// The event of a message that was kept.
    fn keep(
        &self,
        id: u64,
        kind: &'static str,
        (content, is_private, source): (&str, bool, Option<&str>),
        sender: Value,
    ) -> Value {
        let mut number = 0;
        self.stand.send_modify(|stand| {
            stand.next_message += 1;
            number = stand.next_message;
            let talk = stand.talks.get_mut(&id).unwrap();
            talk.messages.push(Message {
                id: number,
                kind,
                content: content.to_owned(),
                is_private,
                source_id: source.map(str::to_owned),
                sender: sender.clone(),
            });
        });
        json!({
            "event": "message_created",
            "id": number,
            "content": content,
            "message_type": kind,
            "private": is_private,
            "content_type": "text",
            "content_attributes": {},
            "source_id": source,
            "sender": sender,
            "account": { "id": ACCOUNT, "name": "Brightcrate" },
            "inbox": { "id": 3, "name": "Website" },
            "conversation": self.conversation(id),
        })
    }

    fn conversation(&self, id: u64) -> Value {
        let talk = self.talk(id);
        json!({
            "id": id,
            "inbox_id": 3,
            "channel": "Channel::WebWidget",
            "can_reply": true,
            "status": talk.status,
            "labels": talk.labels,
            "custom_attributes": talk.attributes,
            "additional_attributes": { "browser": { "browser_language": "en" } },
            "meta": { "sender": talk.contact, "assignee": null, "hmac_verified": talk.is_verified },
            "messages": [{ "id": 1, "account_id": ACCOUNT, "message_type": 0 }],
        })
    }

    /// Sends an event to the bot as Chatwoot does: signed, with three tries; a message
    /// that the bot did not get is failed, and its conversation is people's.
    pub async fn deliver(&self, id: u64, event: Value) -> bool {
        let times = 1 + u32::from(self.doubles.load(std::sync::atomic::Ordering::SeqCst));
        let mut is_reached = false;
        for _ in 0..times {
            for _ in 0..TRIES {
                if self.send(&event, SECRET, TOKEN).await == StatusCode::OK {
                    is_reached = true;
                    break;
                }
            }
        }
        if !is_reached && self.talk(id).status == "pending" {
            self.stand.send_modify(|stand| {
                stand.talks.get_mut(&id).unwrap().status = "open".to_owned();
            });
        }
        is_reached
    }

    pub async fn send(&self, event: &Value, secret: &str, token: &str) -> StatusCode {
        let Some(door) = self.bot.lock().unwrap().clone() else {
            return StatusCode::BAD_GATEWAY;
        };
        let body = event.to_string();
        let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
        let seconds = now.unwrap().as_secs().to_string();
        let mut mac = Hmac::<sha2::Sha256>::new_from_slice(secret.as_bytes()).unwrap();
        mac.update(format!("{seconds}.{body}").as_bytes());
        let digits: String = mac
            .finalize()
            .into_bytes()
            .iter()
            .map(|byte| format!("{byte:02x}"))
            .collect();
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("/v1/desks/support/{token}"))
            .header("content-type", "application/json")
            .header("x-chatwoot-timestamp", seconds)
            .header("x-chatwoot-signature", format!("sha256={digits}"))
            .body(Body::from(body))
            .unwrap();
        let limit = Duration::from_secs(5);
        match tokio::time::timeout(limit, door.oneshot(request)).await {
            Ok(answer) => answer.unwrap().status(),
            Err(_) => StatusCode::REQUEST_TIMEOUT,
        }
    }
}

/// What an agent bot's token may ask for.
const FOR_BOTS: &[&str] = &[
    "messages",
    "toggle_status",
    "toggle_priority",
    "custom_attributes",
    "assignments",
];

async fn take(
    State(it): State<Chatwoot>,
    method: Method,
    Path((account, id, what)): Path<(u64, u64, String)>,
    headers: HeaderMap,
    bytes: Bytes,
) -> (StatusCode, axum::Json<Value>) {
    let answer = |status: StatusCode, body: Value| (status, axum::Json(body));
    if it.stand().is_down {
        return answer(StatusCode::SERVICE_UNAVAILABLE, json!({}));
    }
    let token = headers
        .get("api_access_token")
        .and_then(|token| token.to_str().ok());
    let is_allowed = match token {
        Some(USER_TOKEN) => true,
        Some(BOT_TOKEN) => FOR_BOTS.contains(&what.as_str()) && method == Method::POST,
        _ => false,
    };
    if !is_allowed || account != ACCOUNT || !it.stand().talks.contains_key(&id) {
        it.stand
            .send_modify(|stand| stand.refused.push(format!("{method} {what}")));
        return answer(StatusCode::UNAUTHORIZED, json!({ "error": "not for bots" }));
    }
    let body: Value = serde_json::from_slice(&bytes).unwrap_or_default();
    match what.as_str() {
        "messages" => return it.message(id, &body).await,
        "toggle_status" => {
            let event = it.change_status(id, body["status"].as_str().unwrap());
            it.later(id, event);
        }
        "labels" if method == Method::GET => {
            return answer(StatusCode::OK, json!({ "payload": it.talk(id).labels }));
        }
        what => it.stand.send_modify(|stand| {
            let talk = stand.talks.get_mut(&id).unwrap();
            match what {
                "labels" => talk.labels = serde_json::from_value(body["labels"].clone()).unwrap(),
                "custom_attributes" => talk.attributes = body["custom_attributes"].clone(),
                "assignments" => talk.team = body["team_id"].as_u64(),
                "toggle_priority" => talk.priority = body["priority"].as_str().map(str::to_owned),
                other => panic!("there is no `{other}`"),
            }
        }),
    }
    answer(StatusCode::OK, json!({}))
}

impl Chatwoot {
    async fn message(&self, id: u64, body: &Value) -> (StatusCode, axum::Json<Value>) {
        let text = body["content"].as_str().unwrap();
        let said = (
            text,
            body["private"].as_bool().unwrap(),
            body["source_id"].as_str(),
        );
        let bot = json!({ "id": 5, "name": "Segue", "type": "agent_bot" });
        assert_eq!(body["message_type"], "outgoing");
        let event = self.keep(id, "outgoing", said, bot);
        let mut is_lost = false;
        self.stand.send_modify(|stand| {
            is_lost = stand.lose > 0;
            stand.lose = stand.lose.saturating_sub(1);
        });
        // It hears of its own messages, too.
        self.later(id, event);
        let status = if is_lost {
            StatusCode::GATEWAY_TIMEOUT
        } else {
            StatusCode::OK
        };
        (status, axum::Json(json!({})))
    }

    fn later(&self, id: u64, event: Value) {
        let it = self.clone();
        tokio::spawn(async move { it.deliver(id, event).await });
    }
}
