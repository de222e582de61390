//! A server with the gateway, a key, and a client that reads what comes.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use segue_api::auth::limit::Rates;
use segue_api::{ApiState, Options, console_router};
use segue_assist::{Calibration, KnowledgeBase};
use segue_gateway::{Section, router};
use segue_model::event::{Actor, Event};
use segue_model::id::{AgentId, ConversationId, WorkspaceId};
use segue_model::turn::Author;
use segue_outbound::{Endpoint, Method, Response};
use segue_ports::directory::{Scope, Workspace};
use segue_service::identity::secret;
use segue_service::{Caller, Service};
use segue_testkit::{ManualClock, MemoryStore, sample};
use serde_json::{Value, json};
use tokio::net::TcpListener;
use uuid::Uuid;

use crate::model::Model;

pub struct World {
    pub service: Service,
    pub workspace: WorkspaceId,
    pub model: Model,
    pub key: String,
    address: SocketAddr,
}

struct Shared(Arc<ManualClock>);

impl segue_ports::clock::Clock for Shared {
    fn now(&self) -> segue_model::time::Timestamp {
        self.0.now()
    }
}

/// What came of a request.
#[derive(Debug)]
pub struct Came {
    pub status: u16,
    pub headers: segue_outbound::header::HeaderMap,
    pub body: String,
}

impl Came {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{}", self.body))
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers[name].to_str().unwrap()
    }

    pub fn conversation(&self) -> ConversationId {
        self.header("segue-conversation").parse().unwrap()
    }

    /// The chunks of a stream, without its end.
    pub fn chunks(&self) -> Vec<Value> {
        let events = self.body.split("\n\n").filter(|event| !event.is_empty());
        let data = events.map(|event| event.strip_prefix("data: ").unwrap());
        data.filter(|data| *data != "[DONE]")
            .map(|data| serde_json::from_str(data).unwrap())
            .collect()
    }

    /// What the customer reads.
    #[track_caller]
    pub fn text(&self) -> String {
        if !self.body.starts_with("data:") {
            let body = self.json();
            let content = body["choices"][0]["message"]["content"].as_str();
            return content.unwrap_or_else(|| panic!("{body}")).to_owned();
        }
        let chunks = self.chunks();
        let words = chunks
            .iter()
            .filter_map(|chunk| chunk["choices"][0]["delta"]["content"].as_str());
        words.collect()
    }

    /// What is told beside the text.
    pub fn note(&self) -> Value {
        if !self.body.starts_with("data:") {
            return self.json()["segue"].clone();
        }
        let chunks = self.chunks();
        let noted = chunks.iter().rev().find(|chunk| !chunk["segue"].is_null());
        noted.map_or(Value::Null, |chunk| chunk["segue"].clone())
    }

    pub fn finish(&self) -> Value {
        if !self.body.starts_with("data:") {
            return self.json()["choices"][0]["finish_reason"].clone();
        }
        assert!(self.body.ends_with("data: [DONE]\n\n"), "{}", self.body);
        let chunks = self.chunks();
        let mut reasons = chunks
            .iter()
            .rev()
            .map(|chunk| chunk["choices"][0]["finish_reason"].clone());
        reasons.find(|reason| !reason.is_null()).unwrap()
    }
}

/// The setting that most tests use: no rest is long.
pub fn usual() -> Value {
    json!({"first_token_ms": 400, "idle_ms": 400, "whole_ms": 800, "hold_back_ms": 5_000})
}

impl World {
    pub async fn new() -> Self {
        Self::with(usual()).await
    }

    /// With these settings beside the address.
    pub async fn with(mut settings: Value) -> Self {
        let model = Model::start().await;
        settings["url"] = json!(format!("http://{}/v1", model.address));
        let section: Section = serde_json::from_value(settings).unwrap();
        let memory = Arc::new(MemoryStore::new());
        let clock = Arc::new(ManualClock::new(sample::NOON));
        let service = Service::new(
            memory as _,
            Arc::new(Shared(clock)),
            segue_service::Outside::default(),
            segue_service::Options::default(),
        );
        let workspace = WorkspaceId::new(Uuid::now_v7());
        let row = Workspace {
            id: workspace,
            name: "Brightcrate".to_owned(),
            is_demo: false,
            created_at: sample::NOON,
        };
        service.store().create_workspace(row.clone()).await.unwrap();
        let knowledge = Arc::new(KnowledgeBase::build(
            Vec::new(),
            Calibration::for_documents(&[]),
        ));
        service
            .open_workspace(row, Arc::clone(&knowledge))
            .await
            .unwrap();
        let options = Options {
            is_secure: false,
            console_url: String::new(),
            widget_url: String::new(),
            widget_workspace: Some(workspace),
            identity_key: secret::new_secret("").into_bytes().into(),
            knowledge,
            rates: Rates::default(),
            proxies: std::iter::empty().collect(),
        };
        let state = ApiState::new(service.clone(), options);
        let router = console_router(state.clone()).merge(router(state, section.ready().unwrap()));
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        let mut world = Self {
            service,
            workspace,
            model,
            key: String::new(),
            address,
        };
        world.key = world.new_key(vec![Scope::TurnWrite]).await;
        world
    }

    pub async fn new_key(&self, scopes: Vec<Scope>) -> String {
        let caller = Caller::system(self.workspace);
        let made = self
            .service
            .create_key(&caller, ("bot", scopes), 90, |_| String::new())
            .await
            .unwrap();
        made.now().unwrap().1
    }

    /// Where the gateway is.
    pub fn place(&self) -> Endpoint {
        Endpoint::new(&format!("http://{}/v1", self.address), None).unwrap()
    }

    /// Sends a request and hands over the head of the answer.
    pub async fn send(&self, headers: &[(&str, &str)], body: &Value) -> Response {
        let mut request = self
            .place()
            .request(Method::POST, "chat/completions")
            .unwrap();
        if !headers.iter().any(|(name, _)| *name == "authorization") {
            request = request.bearer_auth(&self.key);
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        request.json(body).send().await.unwrap()
    }

    pub async fn ask(&self, headers: &[(&str, &str)], body: &Value) -> Came {
        let response = self.send(headers, body).await;
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.text().await.unwrap();
        Came {
            status,
            headers,
            body,
        }
    }

    /// One message of a named chat, as a whole or as a stream.
    pub async fn says(&self, name: &str, text: &str, is_stream: bool) -> Came {
        let headers = [("segue-external-id", name)];
        self.ask(&headers, &message(text, is_stream)).await
    }

    /// A supervisor takes the floor.
    pub async fn take(&self, conversation: ConversationId) {
        let agent = self.agent().await;
        let caller = Caller::new(self.workspace, Actor::Agent(agent));
        self.service
            .take(&caller, conversation, agent, None)
            .await
            .unwrap();
    }

    /// An agent who serves all queues.
    pub async fn agent(&self) -> AgentId {
        let agent = segue_ports::directory::Agent {
            role: segue_ports::directory::Role::Owner,
            email: format!("{}@brightcrate.example", Uuid::now_v7().simple()),
            queues: Vec::new(),
            skills: Vec::new(),
            ..sample::agent("Sarah", 3)
        };
        let id = agent.id;
        let store = self.service.store();
        store
            .create_agent(self.workspace, agent.clone())
            .await
            .unwrap();
        let other = segue_ports::directory::Agent {
            id: AgentId::new(Uuid::now_v7()),
            email: format!("{}@brightcrate.example", Uuid::now_v7().simple()),
            ..agent.clone()
        };
        // Agents are read again by any change of one through the service.
        self.service
            .invite(&Caller::system(self.workspace), &agent, other, |_| {
                String::new()
            })
            .await
            .unwrap();
        id
    }

    /// What stands in the log: who said what, cut with a dash behind it, withheld in
    /// brackets.
    pub async fn log(&self, conversation: ConversationId) -> Vec<String> {
        let store = self.service.store();
        let entries = store
            .entries(
                self.workspace,
                conversation,
                segue_model::event::Version(0),
                500,
            )
            .await
            .unwrap();
        let mut lines = Vec::new();
        for stored in entries {
            for event in &stored.entry.events {
                let text = |text| segue_service::cell::text_of(&stored, text).unwrap_or_default();
                match event {
                    Event::TurnAdded {
                        author,
                        text: at,
                        is_cut,
                        ..
                    } => {
                        let who = match author {
                            Author::Customer => "customer",
                            Author::Assistant => "assistant",
                            Author::System { .. } => "system",
                            _ => "agent",
                        };
                        let cut = if *is_cut { " -" } else { "" };
                        lines.push(format!("{who}: {}{cut}", text(*at)));
                    }
                    Event::TurnSuppressed { text: at, .. } => {
                        lines.push(format!("[assistant: {}]", text(*at)));
                    }
                    Event::DraftStaged { text: at, .. } => {
                        lines.push(format!("draft: {}", text(*at)));
                    }
                    _ => {}
                }
            }
        }
        lines
    }

    /// The floor's holder, in a word.
    pub async fn floor(&self, conversation: ConversationId) -> &'static str {
        let state = self.service.state(self.workspace, conversation).await;
        state.unwrap().holder.word()
    }

    /// Waits until something holds; a test that waits in vain fails.
    pub async fn until(&self, conversation: ConversationId, holds: impl Fn(&[String]) -> bool) {
        let wait = async {
            while !holds(&self.log(conversation).await) {
                tokio::task::yield_now().await;
            }
        };
        if tokio::time::timeout(Duration::from_secs(10), wait)
            .await
            .is_err()
        {
            panic!("{:#?}", self.log(conversation).await);
        }
    }
}

/// One message of a customer.
pub fn message(text: &str, is_stream: bool) -> Value {
    json!({"model": "m", "stream": is_stream, "messages": [{"role": "user", "content": text}]})
}

/// Reads a stream until it has said this.
pub async fn read_until(response: &mut Response, said: &str) -> String {
    let mut all = String::new();
    while !all.contains(said) {
        let chunk = tokio::time::timeout(Duration::from_secs(10), response.chunk());
        let chunk = chunk.await.unwrap().unwrap();
        let Some(chunk) = chunk else {
            panic!("ended: {all}")
        };
        all.push_str(&String::from_utf8_lossy(&chunk));
    }
    all
}

/// The rest of a stream.
pub async fn rest(mut response: Response) -> String {
    let mut all = String::new();
    while let Some(chunk) = response.chunk().await.unwrap() {
        all.push_str(&String::from_utf8_lossy(&chunk));
    }
    all
}
