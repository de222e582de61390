//! The clients: assistants' programs that carry both sides of a conversation,
//! programs that never hear that they lost the floor, and agents. Each does one
//! thing at a time, retries under the same key until it is told what became of
//! it, and writes down everything.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use serde_json::{Value, json};

use super::history::{Act, Answer, History, Kind, Request};
use super::http::{Client, Response};
use super::server::Whereabouts;

/// How long a request is retried before its outcome stays unknown.
const RETRY_FOR: Duration = Duration::from_secs(20);
/// The pause before a retry; a killed server is back after some tens of them.
const RETRY_PAUSE: Duration = Duration::from_millis(5);
/// Exchanges of one conversation before the next begins.
const EXCHANGES: usize = 7;
/// How often an answer is lost on the way although the server gave it.
const LOST_SHARE: f64 = 0.06;
/// How often a request is sent once more although it was answered.
const TWICE_SHARE: f64 = 0.06;
/// How often a key is used again for other words.
const REUSED_SHARE: f64 = 0.02;
/// How often an assistant asks for a person.
const HANDOFF_SHARE: f64 = 0.04;
/// How long an agent thinks between two words.
const THINKS: Duration = Duration::from_millis(15);

/// What customers ask; different enough not to be taken for a repetition.
const QUESTIONS: [&str; 14] = [
    "Where do I find the invoice of last month?",
    "Can I change the delivery address after ordering?",
    "Which sizes does the blue jacket come in?",
    "The page shows a different price than the newsletter.",
    "How many people can share one plan?",
    "Do you ship to the islands as well?",
    "What does the small lamp on the front mean?",
    "My discount code has a dash in it, is that right?",
    "Is there a paper version of the manual?",
    "How do I export my contacts to a spreadsheet?",
    "Which browsers do you support?",
    "When does the shop in the old town open?",
    "Can the gift wrapping be in green?",
    "Does the warranty cover scratches?",
];

/// What all clients share.
#[derive(Clone)]
pub struct Stage {
    pub history: History,
    pub whereabouts: Whereabouts,
    pub stop: Arc<AtomicBool>,
    /// The conversations that are going on, one per talking client.
    pub current: Arc<Mutex<Vec<Option<String>>>>,
    pub seed: u64,
    /// Requests that met a dead or a busy server (I20).
    pub unanswered: Arc<AtomicU64>,
}

impl Stage {
    pub fn is_over(&self) -> bool {
        self.stop.load(Ordering::SeqCst)
    }

    fn show(&self, place: usize, conversation: Option<String>) {
        let mut current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current[place] = conversation;
    }

    fn pick(&self, random: &mut StdRng) -> Option<String> {
        let current = self.current.lock().unwrap_or_else(PoisonError::into_inner);
        current[random.random_range(0..current.len())].clone()
    }
}

/// One client.
pub struct Actor {
    process: usize,
    stage: Stage,
    client: Client,
    random: StdRng,
    sent: u64,
}

impl Actor {
    pub fn new(process: usize, stage: &Stage, client: Client) -> Self {
        let random =
            StdRng::seed_from_u64(stage.seed.wrapping_mul(1_000).wrapping_add(process as u64));
        Self {
            process,
            stage: stage.clone(),
            client,
            random,
            sent: 0,
        }
    }

    fn chance(&mut self, share: f64) -> bool {
        self.random.random_bool(share)
    }

    fn key(&mut self) -> String {
        self.sent += 1;
        format!("p{}-{}", self.process, self.sent)
    }

    fn words(&mut self, words: &str) -> String {
        // No two texts of a run are the same, so that each is found again.
        format!("{words} ({}/{})", self.process, self.sent)
    }

    /// Does it until it is known what became of it; `None` if that stays unknown.
    fn perform(&mut self, conversation: &str, act: Act) -> Option<Answer> {
        let key = self.key();
        let conversation = conversation.to_owned();
        let request = Arc::new(Request {
            key,
            conversation,
            act,
        });
        let answer = self.insist(&request)?;
        if self.chance(TWICE_SHARE) && answer.status < 300 {
            self.insist(&request)?;
        }
        if matches!(request.act, Act::Customer { .. }) && self.chance(REUSED_SHARE) {
            let text = self.words("These are other words under an old key.");
            let act = Act::Customer { text };
            self.insist(&Arc::new(Request {
                act,
                ..Request::clone(&request)
            }))?;
        }
        Some(answer)
    }

    fn insist(&mut self, request: &Arc<Request>) -> Option<Answer> {
        let give_up = Instant::now() + RETRY_FOR;
        while Instant::now() < give_up {
            let Some(server) = self.stage.whereabouts.get() else {
                std::thread::sleep(RETRY_PAUSE);
                continue;
            };
            self.stage.history.add(Kind::Invoke, request);
            let (path, body) = wire(request);
            let sent = self
                .client
                .send(server, "POST", &path, Some(&request.key), &body);
            let kind = match sent {
                Ok(_) if self.chance(LOST_SHARE) => Kind::Info,
                Ok(response) => outcome(request, &response),
                Err(_) => Kind::Info,
            };
            self.stage.history.add(kind.clone(), request);
            match kind {
                Kind::Ok(answer) | Kind::Fail(answer) => return Some(answer),
                Kind::Info | Kind::Invoke => {
                    self.stage.unanswered.fetch_add(1, Ordering::Relaxed);
                    std::thread::sleep(RETRY_PAUSE);
                }
            }
        }
        None
    }
}

fn wire(request: &Request) -> (String, Value) {
    let of = |what: &str| format!("/v1/conversations/{}/{what}", request.conversation);
    match &request.act {
        Act::Open => ("/v1/conversations".to_owned(), json!({})),
        Act::Customer { text } => (of("turns"), json!({"role": "customer", "text": text})),
        Act::Assistant { text, epoch } => {
            let body = json!({
                "role": "assistant", "text": text, "epoch": epoch, "confidence": 0.94, "multi": true,
            });
            (of("turns"), body)
        }
        Act::Handoff => (
            of("handoff"),
            json!({"reason": "the assistant asks for a person"}),
        ),
        Act::Take => (of("take"), json!({})),
        Act::Reply { text, epoch } => (of("replies"), json!({"text": text, "epoch": epoch})),
        Act::HandBack => {
            let body = json!({
                "line": "The assistant goes on from here.",
                "brief": "the question is answered, go on",
                "root_cause": "Customer_Request",
                "active_ms": 1_000,
            });
            (of("hand_back"), body)
        }
        Act::Resolve => {
            let body = json!({
                "root_cause": "Customer_Request", "disposition": "solved", "active_ms": 1_000,
            });
            (of("resolve"), body)
        }
    }
}

fn outcome(request: &Request, response: &Response) -> Kind {
    let body = &response.body;
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let conversation = if request.act == Act::Open {
        word(&body["id"])
    } else {
        request.conversation.clone()
    };
    let answer = Answer {
        status: response.status,
        conversation,
        version: body["version"].as_u64().unwrap_or_default(),
        epoch: body["epoch"].as_u64().unwrap_or_default(),
        turn: body["turn"].as_u64(),
        is_visible: body["turn"].is_u64() && body["visible"] != json!(false),
        code: word(&body["error"]["code"]),
    };
    match response.status {
        200..=299 => Kind::Ok(answer),
        // The server could not, or does not know whether it did.
        408 | 425 | 429 | 500..=599 => Kind::Info,
        _ => Kind::Fail(answer),
    }
}

/// Carries both sides of one conversation after the other.
pub fn talk(mut actor: Actor, place: usize) {
    while !actor.stage.is_over() {
        let Some(opened) = actor.perform("", Act::Open) else {
            continue;
        };
        let conversation = opened.conversation;
        if opened.status >= 300 {
            panic!(
                "no conversation can be opened: {} {}",
                opened.status, opened.code
            );
        }
        actor.stage.show(place, Some(conversation.clone()));
        exchange(&mut actor, &conversation);
        actor.stage.show(place, None);
    }
}

fn exchange(actor: &mut Actor, conversation: &str) {
    let first = actor.random.random_range(0..QUESTIONS.len());
    for n in 0..EXCHANGES {
        if actor.stage.is_over() {
            return;
        }
        let text = actor.words(QUESTIONS[(first + n) % QUESTIONS.len()]);
        let Some(heard) = actor.perform(conversation, Act::Customer { text }) else {
            return;
        };
        let text = actor.words("Here is what the help pages say about it.");
        let act = Act::Assistant {
            text,
            epoch: heard.epoch,
        };
        actor.perform(conversation, act);
        if actor.chance(HANDOFF_SHARE) {
            actor.perform(conversation, Act::Handoff);
        }
    }
}

/// An assistant that took note of the first epoch of each conversation and
/// never of another.
pub fn talk_deaf(mut actor: Actor) {
    while !actor.stage.is_over() {
        let Some(conversation) = actor.stage.pick(&mut actor.random) else {
            std::thread::sleep(RETRY_PAUSE);
            continue;
        };
        for _ in 0..4 {
            let text = actor.words("One more thing that may help.");
            actor.perform(&conversation, Act::Assistant { text, epoch: 0 });
        }
    }
}

/// An agent who takes conversations unasked, says something and gives them back.
pub fn help(mut actor: Actor) {
    while !actor.stage.is_over() {
        std::thread::sleep(THINKS);
        let Some(conversation) = actor.stage.pick(&mut actor.random) else {
            continue;
        };
        let Some(taken) = actor.perform(&conversation, Act::Take) else {
            continue;
        };
        if taken.status >= 300 {
            continue;
        }
        for _ in 0..2 {
            std::thread::sleep(THINKS);
            let text = actor.words("A person here: let me look into this for you.");
            actor.perform(
                &conversation,
                Act::Reply {
                    text,
                    epoch: taken.epoch,
                },
            );
        }
        let back = actor.perform(&conversation, Act::HandBack);
        if back.is_some_and(|back| back.status >= 300) {
            actor.perform(&conversation, Act::Resolve);
        }
    }
}

/// Claims the server and signs two people in.
pub fn sign_in(server: &Whereabouts, setup_code: &str) -> Vec<Client> {
    let at = server.get().unwrap();
    let mut owner = person();
    let claim = json!({
        "code": setup_code,
        "company": "Kill test",
        "name": "Olive Owner",
        "email": "olive@kill.example",
        "password": "a long enough password 1",
    });
    let claimed = must(owner.send(at, "POST", "/v1/setup", None, &claim));
    keep_cookies(&mut owner, &claimed);
    let credentials =
        json!({"email": "olive@kill.example", "password": "a long enough password 1"});
    let signed_in = must(owner.send(at, "POST", "/v1/session", None, &credentials));
    keep_cookies(&mut owner, &signed_in);
    let invitation = json!({
        "name": "Anton Agent", "email": "anton@kill.example", "role": "agent",
        "skills": [], "queues": [], "capacity": 5,
    });
    let invited = must(owner.send(at, "POST", "/v1/agents", None, &invitation));
    let link = invited.body["invitation_link"].as_str().unwrap();
    let token = link.rsplit('/').next().unwrap();
    let mut agent = person();
    let accept = json!({"token": token, "password": "a long enough password 2"});
    let accepted = must(agent.send(at, "POST", "/v1/invitations/accept", None, &accept));
    keep_cookies(&mut agent, &accepted);
    vec![owner, agent]
}

fn person() -> Client {
    let mut client = Client::default();
    client.headers.push("X-Segue: 1".to_owned());
    client
        .headers
        .push("Sec-Fetch-Site: same-origin".to_owned());
    client
}

fn keep_cookies(client: &mut Client, response: &Response) {
    client
        .headers
        .retain(|header| !header.starts_with("Cookie:"));
    assert!(!response.cookies.is_empty(), "no session was given");
    client
        .headers
        .push(format!("Cookie: {}", response.cookies.join("; ")));
}

fn must(response: std::io::Result<Response>) -> Response {
    let response = response.unwrap();
    assert!(
        response.status < 300,
        "{} {}",
        response.status,
        response.body
    );
    response
}
