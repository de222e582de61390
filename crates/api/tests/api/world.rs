//! A workspace with people, a key and visitors, and a way to ask it things.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::ConnectInfo;
use axum::http::{HeaderMap, Method, Request, StatusCode, header};
use http_body_util::BodyExt;
use http_body_util::channel::Channel;
use segue_api::auth::limit::Rates;
use segue_api::auth::proxy::Network;
use segue_api::{ApiState, Options, console_router, widget_router};
use segue_assist::{Calibration, KnowledgeBase};
use segue_model::id::{AgentId, QueueKey, SkillKey, WorkspaceId};
use segue_model::time::Span;
use segue_ports::Store;
use segue_ports::directory::{Agent, LinkPurpose, Presence, Role, Scope, Workspace};
use segue_service::identity::visitors::{Claims, sign_identity};
use segue_service::{Caller, Desk, Service};
use segue_testkit::{ManualClock, MemoryStore, sample};
use serde_json::{Value, json};
use tower::ServiceExt;
use uuid::Uuid;

pub const IDENTITY_KEY: &[u8] = b"a key for tests only, 32 bytes..";

/// An answer, taken apart.
#[derive(Debug)]
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Value,
}

impl Answer {
    #[track_caller]
    pub fn ok(self) -> Value {
        assert!(self.status.is_success(), "{} {}", self.status, self.body);
        self.body
    }

    pub fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_default()
    }

    #[track_caller]
    pub fn refused(&self, status: u16, code: &str) {
        assert_eq!(
            (self.status.as_u16(), self.code()),
            (status, code),
            "{}",
            self.body
        );
        assert!(
            self.body["error"]["request_id"]
                .as_str()
                .unwrap()
                .starts_with("req_")
        );
    }

    pub fn is_replayed(&self) -> bool {
        self.headers
            .get("idempotency-replayed")
            .is_some_and(|value| value == "true")
    }
}

/// Who asks.
#[derive(Debug, Clone)]
pub enum By {
    Nobody,
    Cookie(String),
    Bearer(String),
}

/// A request in the making.
pub struct Ask<'w> {
    world: &'w World,
    is_widget: bool,
    request: axum::http::request::Builder,
    body: Vec<u8>,
    is_endless: bool,
}

impl Ask<'_> {
    pub fn header(mut self, name: &str, value: &str) -> Self {
        self.request = self.request.header(name, value);
        self
    }

    pub fn json(self, body: &Value) -> Self {
        self.raw("application/json", body.to_string().as_bytes())
    }

    pub fn raw(mut self, media_type: &str, body: &[u8]) -> Self {
        self.request = self.request.header(header::CONTENT_TYPE, media_type);
        self.body = body.to_vec();
        self
    }

    /// Over a connection from this address.
    pub fn from(mut self, address: &str) -> Self {
        let peer = std::net::SocketAddr::new(address.parse().unwrap(), 40_000);
        self.request = self.request.extension(ConnectInfo(peer));
        self
    }

    /// A body of which only the beginning ever comes.
    pub fn endless(mut self) -> Self {
        self.is_endless = true;
        self.raw("application/json", b"{")
    }

    pub async fn send(self) -> Answer {
        let router = if self.is_widget {
            &self.world.widget
        } else {
            &self.world.console
        };
        // As long as the sender is there, more may come.
        let (mut sender, endless) = Channel::<Bytes>::new(1);
        let body = if self.is_endless {
            sender.send_data(self.body.into()).await.unwrap();
            Body::new(endless)
        } else {
            Body::from(self.body)
        };
        let request = self.request.body(body).unwrap();
        let response = router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let body = serde_json::from_str(&text).unwrap_or(Value::String(text));
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }
}

pub struct World {
    pub service: Service,
    pub clock: Arc<ManualClock>,
    pub workspace: WorkspaceId,
    pub desk: Arc<Desk>,
    pub memory: Arc<MemoryStore>,
    console: Router,
    widget: Router,
}

struct Shared(Arc<ManualClock>);

impl segue_ports::clock::Clock for Shared {
    fn now(&self) -> segue_model::time::Timestamp {
        self.0.now()
    }
}

impl World {
    /// Rings whenever the inbox of the workspace changes.
    pub fn inbox_changes(&self) -> tokio::sync::watch::Receiver<u64> {
        self.service.desk(self.workspace).unwrap().inbox_changes()
    }

    pub async fn new() -> Self {
        Self::with_rates(unlimited()).await
    }

    /// With articles, and with the built-in assistant at work.
    pub async fn knowing(knowledge: Arc<KnowledgeBase>) -> Self {
        let world = Self::made(&[], unlimited(), Arc::clone(&knowledge)).await;
        world.service.start(knowledge).await.unwrap();
        world
    }

    /// With what is outside, and articles, and the built-in assistant at work.
    pub async fn with_outside(
        outside: segue_service::Outside,
        knowledge: Arc<KnowledgeBase>,
        clock: Arc<ManualClock>,
    ) -> Self {
        let memory = Arc::new(MemoryStore::new());
        let service = Service::new(
            memory.clone(),
            Arc::new(Shared(clock.clone())),
            outside,
            segue_service::Options::default(),
        );
        let workspace = WorkspaceId::new(Uuid::now_v7());
        let desk = Self::open(&service, workspace, "Brightcrate", &knowledge).await;
        service.start(knowledge.clone()).await.unwrap();
        let made = (service, memory, clock);
        Self::over(made, desk, &[], (unlimited(), knowledge))
    }

    pub async fn with_rates(rates: Rates) -> Self {
        Self::behind(&[], rates).await
    }

    /// The same behind these proxies.
    pub async fn behind(proxies: &[&str], rates: Rates) -> Self {
        Self::made(proxies, rates, knowledge()).await
    }

    /// Another process over the same store, after this one.
    pub async fn restarted(&self) -> Self {
        let (memory, clock) = (self.memory.clone(), self.clock.clone());
        let service = service(&memory, &clock);
        let workspace = self.workspace;
        let mut rows = service.store().workspaces().await.unwrap();
        rows.retain(|row| row.id == workspace);
        let desk = service
            .open_workspace(rows.remove(0), knowledge())
            .await
            .unwrap();
        Self::over(
            (service, memory, clock),
            desk,
            &[],
            (unlimited(), knowledge()),
        )
    }

    async fn made(proxies: &[&str], rates: Rates, knowledge: Arc<KnowledgeBase>) -> Self {
        let memory = Arc::new(MemoryStore::new());
        let clock = Arc::new(ManualClock::new(sample::NOON));
        let service = service(&memory, &clock);
        let workspace = WorkspaceId::new(Uuid::now_v7());
        let desk = Self::open(&service, workspace, "Brightcrate", &knowledge).await;
        Self::over((service, memory, clock), desk, proxies, (rates, knowledge))
    }

    fn over(
        (service, memory, clock): (Service, Arc<MemoryStore>, Arc<ManualClock>),
        desk: Arc<Desk>,
        proxies: &[&str],
        (rates, knowledge): (Rates, Arc<KnowledgeBase>),
    ) -> Self {
        let workspace = desk.workspace.id;
        let options = Options {
            is_secure: false,
            console_url: "http://localhost:8080".to_owned(),
            widget_url: "http://localhost:8081".to_owned(),
            widget_workspace: Some(workspace),
            identity_key: IDENTITY_KEY.into(),
            knowledge,
            rates,
            proxies: proxies
                .iter()
                .map(|network| network.parse::<Network>().unwrap())
                .collect(),
        };
        let state = ApiState::new(service.clone(), options);
        Self {
            service,
            clock,
            workspace,
            desk,
            memory,
            console: console_router(state.clone()),
            widget: widget_router(state),
        }
    }

    async fn open(
        service: &Service,
        workspace: WorkspaceId,
        name: &str,
        knowledge: &Arc<KnowledgeBase>,
    ) -> Arc<Desk> {
        let row = Workspace {
            id: workspace,
            name: name.to_owned(),
            is_demo: false,
            created_at: sample::NOON,
        };
        service.store().create_workspace(row.clone()).await.unwrap();
        let knowledge = Arc::clone(knowledge);
        service.open_workspace(row, knowledge).await.unwrap()
    }

    /// A second workspace on the same server.
    pub async fn neighbor(&self) -> WorkspaceId {
        let workspace = WorkspaceId::new(Uuid::now_v7());
        Self::open(&self.service, workspace, "Neighbor", &knowledge()).await;
        workspace
    }

    pub async fn agent(&self, name: &str, role: Role) -> (AgentId, By) {
        self.agent_of(self.workspace, name, role, &[]).await
    }

    /// An agent who serves all queues, and their session.
    pub async fn agent_of(
        &self,
        workspace: WorkspaceId,
        name: &str,
        role: Role,
        queues: &[&str],
    ) -> (AgentId, By) {
        let agent = Agent {
            role,
            email: format!("{}@brightcrate.example", name.to_lowercase()),
            name: name.to_owned(),
            queues: queues.iter().map(|key| QueueKey::from(*key)).collect(),
            skills: vec![(SkillKey("general".to_owned()), 3)],
            ..sample::agent(name, 3)
        };
        let id = agent.id;
        self.store().create_agent(workspace, agent).await.unwrap();
        self.reload(workspace).await;
        let token = self
            .service
            .new_link(workspace, id, LinkPurpose::SignIn)
            .await
            .unwrap();
        let answer = self
            .post("/v1/session/link", &By::Nobody, &json!({ "token": token }))
            .await;
        let cookie = answer.headers[header::SET_COOKIE].to_str().unwrap();
        let cookie = cookie.split(';').next().unwrap().to_owned();
        assert_eq!(answer.status, 200, "{}", answer.body);
        (id, By::Cookie(cookie))
    }

    /// Agents are read again by any change of one through the service.
    async fn reload(&self, workspace: WorkspaceId) {
        let owner = Agent {
            role: Role::Owner,
            email: format!("{}@owner.example", Uuid::now_v7().simple()),
            queues: Vec::new(),
            ..sample::agent("Owner", 1)
        };
        let invited = Agent {
            id: AgentId::new(Uuid::now_v7()),
            email: format!("{}@nobody.example", Uuid::now_v7().simple()),
            role: Role::Analyst,
            ..owner.clone()
        };
        self.service
            .invite(&Caller::system(workspace), &owner, invited, |_| {
                String::new()
            })
            .await
            .unwrap();
    }

    pub fn store(&self) -> &dyn Store {
        self.service.store()
    }

    /// The console's door as a server has it.
    pub fn console_door(&self) -> Router {
        self.console.clone()
    }

    /// The widget's door as a server has it.
    pub fn widget_door(&self) -> Router {
        self.widget.clone()
    }

    pub async fn available(&self, agent: AgentId) {
        self.service
            .set_presence(&self.desk, agent, Presence::Available, Span::hours(1))
            .await
            .unwrap();
    }

    pub async fn key(&self, scopes: &[Scope]) -> By {
        self.key_of(self.workspace, scopes).await
    }

    pub async fn key_of(&self, workspace: WorkspaceId, scopes: &[Scope]) -> By {
        let what = ("test", scopes.to_vec());
        let made = self
            .service
            .create_key(&Caller::system(workspace), what, 1, |_| String::new())
            .await;
        By::Bearer(made.unwrap().now().unwrap().1)
    }

    pub async fn full_key(&self) -> By {
        self.key(&[
            Scope::TurnWrite,
            Scope::ConversationRead,
            Scope::Escalate,
            Scope::DraftWrite,
        ])
        .await
    }

    pub async fn visitor(&self) -> By {
        let answer = self
            .post_widget("/v1/widget/session", &By::Nobody, &json!({}))
            .await;
        By::Bearer(answer.ok()["token"].as_str().unwrap().to_owned())
    }

    /// What a site's own backend signs.
    pub fn identity(&self, sub: &str, seconds: i64) -> String {
        let exp = self.service.now().0 / 1_000 + seconds;
        let aud = self.workspace.to_string();
        sign_identity(
            IDENTITY_KEY,
            &Claims {
                sub: sub.to_owned(),
                aud,
                exp,
                jti: Some(Uuid::now_v7().to_string()),
            },
        )
        .unwrap()
    }

    pub fn ask(&self, method: Method, path: &str, by: &By) -> Ask<'_> {
        self.ask_at(false, method, path, by)
    }

    pub fn ask_widget(&self, method: Method, path: &str, by: &By) -> Ask<'_> {
        self.ask_at(true, method, path, by)
    }

    fn ask_at(&self, is_widget: bool, method: Method, path: &str, by: &By) -> Ask<'_> {
        let mut request = Request::builder().method(method).uri(path);
        request = match by {
            By::Nobody => request,
            By::Cookie(cookie) => request.header(header::COOKIE, cookie),
            By::Bearer(secret) => request.header(header::AUTHORIZATION, format!("Bearer {secret}")),
        };
        Ask {
            world: self,
            is_widget,
            request,
            body: Vec::new(),
            is_endless: false,
        }
    }

    pub async fn get(&self, path: &str, by: &By) -> Answer {
        self.ask(Method::GET, path, by).send().await
    }

    /// A write as the console's page makes it.
    pub async fn write(&self, method: Method, path: &str, by: &By, body: &Value) -> Answer {
        self.own_page(method, path, by).json(body).send().await
    }

    pub fn own_page(&self, method: Method, path: &str, by: &By) -> Ask<'_> {
        self.ask(method, path, by)
            .header("x-segue", "1")
            .header("sec-fetch-site", "same-origin")
    }

    pub async fn post(&self, path: &str, by: &By, body: &Value) -> Answer {
        self.write(Method::POST, path, by, body).await
    }

    pub async fn post_widget(&self, path: &str, by: &By, body: &Value) -> Answer {
        self.ask_widget(Method::POST, path, by)
            .json(body)
            .send()
            .await
    }

    pub async fn get_widget(&self, path: &str, by: &By) -> Answer {
        self.ask_widget(Method::GET, path, by).send().await
    }

    /// A conversation that a key has opened; its id and epoch.
    pub async fn opened(&self, key: &By) -> (String, u64) {
        let body = self.post("/v1/conversations", key, &json!({})).await.ok();
        (
            body["id"].as_str().unwrap().to_owned(),
            body["epoch"].as_u64().unwrap(),
        )
    }

    /// One that waits for a person.
    pub async fn waiting(&self, key: &By) -> String {
        let (id, _) = self.opened(key).await;
        let body = json!({ "role": "customer", "text": "I want to talk to a human please" });
        let answer = self
            .post(&format!("/v1/conversations/{id}/turns"), key, &body)
            .await
            .ok();
        assert_eq!(answer["verdict"]["verdict"], "escalate", "{answer}");
        id
    }

    /// A visitor's conversation.
    pub async fn visited(&self, visitor: &By) -> String {
        let body = self
            .post_widget("/v1/widget/conversations", visitor, &json!({}))
            .await
            .ok();
        body["conversation"].as_str().unwrap().to_owned()
    }
}

fn service(memory: &Arc<MemoryStore>, clock: &Arc<ManualClock>) -> Service {
    let store: Arc<dyn Store> = memory.clone();
    Service::new(
        store,
        Arc::new(Shared(clock.clone())),
        segue_service::Outside::default(),
        segue_service::Options::default(),
    )
}

fn unlimited() -> Rates {
    Rates {
        messages: None,
        visitor: None,
        asks: None,
        visits: None,
        sign_in: None,
        key: None,
    }
}

pub fn knowledge() -> Arc<KnowledgeBase> {
    Arc::new(KnowledgeBase::build(
        Vec::new(),
        Calibration::for_documents(&[]),
    ))
}
