//! Somebody's program on a real socket: it keeps what it was sent and answers what the
//! test says.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::IntoResponse;
use serde_json::Value;
use tokio::sync::watch;

/// One request as it came.
#[derive(Debug, Clone)]
pub struct Came {
    pub path: String,
    pub headers: HeaderMap,
    pub bytes: Bytes,
    pub body: Value,
}

/// An answer: status, body, and whether it waits until the test lets it go.
pub type Answer = (u16, Value, bool);

type Script = Box<dyn FnMut(&Came) -> Answer + Send>;

#[derive(Clone)]
pub struct Fake {
    pub url: String,
    script: Arc<Mutex<Script>>,
    came: Arc<watch::Sender<Vec<Came>>>,
    gate: Arc<watch::Sender<bool>>,
}

impl Fake {
    pub async fn new(script: impl FnMut(&Came) -> Answer + Send + 'static) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let fake = Self {
            url: format!("http://{}", listener.local_addr().unwrap()),
            script: Arc::new(Mutex::new(Box::new(script))),
            came: Arc::new(watch::Sender::new(Vec::new())),
            gate: Arc::new(watch::Sender::new(false)),
        };
        let app = Router::new().fallback(take).with_state(fake.clone());
        tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
        fake
    }

    /// Everything that came, once there are so many that the test is about.
    pub async fn came(&self, is_it: impl Fn(&Came) -> bool, count: usize) -> Vec<Came> {
        let mut came = self.came.subscribe();
        let enough = |all: &Vec<Came>| all.iter().filter(|came| is_it(came)).count() >= count;
        let waited = tokio::time::timeout(WAIT_MAX, came.wait_for(enough)).await;
        match waited {
            Ok(all) => all
                .unwrap()
                .iter()
                .filter(|came| is_it(came))
                .cloned()
                .collect(),
            Err(_) => panic!("only {:#?}", self.all()),
        }
    }

    pub fn all(&self) -> Vec<Came> {
        self.came.borrow().clone()
    }

    /// Lets go what waits.
    pub fn open_gate(&self) {
        self.gate.send_replace(true);
    }
}

/// Longer than anything here takes; a test that fails should say so.
pub const WAIT_MAX: std::time::Duration = std::time::Duration::from_secs(20);

async fn take(
    State(fake): State<Fake>,
    uri: Uri,
    headers: HeaderMap,
    bytes: Bytes,
) -> impl IntoResponse {
    let came = Came {
        path: uri.path().to_owned(),
        headers,
        body: serde_json::from_slice(&bytes).unwrap_or_default(),
        bytes,
    };
    let (status, body, waits) = (fake.script.lock().unwrap())(&came);
    fake.came.send_modify(|all| all.push(came));
    if waits {
        fake.gate.subscribe().wait_for(|open| *open).await.unwrap();
    }
    (StatusCode::from_u16(status).unwrap(), axum::Json(body))
}
