//! A language model that does what a test tells it to: it lies, stalls, drips, refuses
//! or breaks off, over real HTTP on this machine, in the protocol of chat completions.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

/// The longest request that is read, in bytes.
const REQUEST_BYTES_MAX: usize = 4 * 1024 * 1024;

/// What the model does with one request.
#[derive(Debug, Clone)]
pub enum Act {
    /// Answers with these words: whole, or word by word if a stream was asked for.
    Say(String),
    /// Answers word by word with a pause before each.
    SaySlowly(String, Duration),
    /// Begins a stream and breaks off after so many words.
    BreakOff(String, usize),
    /// Answers with bytes as they are, as JSON of status 200.
    Raw(String),
    /// Answers with a status and an error's body.
    Status(u16),
    /// Says that it would rather not.
    Refuse,
    /// Says that a filter held the answer back.
    Filter,
    /// Never answers, and keeps the connection.
    Stall,
    /// Answers one byte at a time, with a pause before each.
    Drip(String, Duration),
    /// Closes the connection at once.
    HangUp,
}

/// A request as it arrived.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The path.
    pub path: String,
    /// The `Authorization` header.
    pub authorization: Option<String>,
    /// The body.
    pub body: Value,
    /// The body as it was sent.
    pub raw: String,
}

type Script = Box<dyn Fn(&Value) -> Act + Send + Sync>;

#[derive(Default)]
struct Seen {
    asked: Vec<Asked>,
    left: Vec<Instant>,
    answered: usize,
}

/// A running model. It ends when it is dropped.
pub struct ScriptedModel {
    address: SocketAddr,
    seen: Arc<Mutex<Seen>>,
    stop: Option<oneshot::Sender<()>>,
}

impl ScriptedModel {
    /// A model that looks at each request's body and does what the function says.
    pub fn new(script: impl Fn(&Value) -> Act + Send + Sync + 'static) -> Self {
        let seen = Arc::<Mutex<Seen>>::default();
        let (stop, stopped) = oneshot::channel();
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("a socket");
        let address = listener.local_addr().expect("an address");
        let inner = Arc::clone(&seen);
        let script: Arc<Script> = Arc::new(Box::new(script));
        // A runtime of its own: tests without one use it too.
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            runtime.expect("a runtime").block_on(async move {
                let listener = TcpListener::from_std(listener).expect("a listener");
                tokio::select! {
                    () = serve(listener, inner, script) => {}
                    _ = stopped => {}
                }
            });
        });
        Self {
            address,
            seen,
            stop: Some(stop),
        }
    }

    /// A model that always does the same.
    pub fn always(act: Act) -> Self {
        Self::new(move |_| act.clone())
    }

    /// A model that does one thing after the other, and the last for ever.
    pub fn in_turn(acts: impl IntoIterator<Item = Act>) -> Self {
        let acts: Mutex<VecDeque<Act>> = Mutex::new(acts.into_iter().collect());
        Self::new(move |_| {
            let mut acts = acts.lock().expect("no panic in a script");
            match acts.len() {
                0 => Act::Stall,
                1 => acts[0].clone(),
                _ => acts.pop_front().expect("one is there"),
            }
        })
    }

    /// The address to give as a model's `url`.
    pub fn url(&self) -> String {
        format!("http://{}/v1", self.address)
    }

    /// The requests so far, in order.
    pub fn asked(&self) -> Vec<Asked> {
        self.seen.lock().expect("no panic in a model").asked.clone()
    }

    /// How many answers were sent to their end.
    pub fn answered(&self) -> usize {
        self.seen.lock().expect("no panic in a model").answered
    }

    /// When callers went away before their answer was whole.
    pub fn left(&self) -> Vec<Instant> {
        self.seen.lock().expect("no panic in a model").left.clone()
    }
}

impl Drop for ScriptedModel {
    fn drop(&mut self) {
        if let Some(stop) = self.stop.take() {
            let _ = stop.send(());
        }
    }
}

async fn serve(listener: TcpListener, seen: Arc<Mutex<Seen>>, script: Arc<Script>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            continue;
        };
        let (seen, script) = (Arc::clone(&seen), Arc::clone(&script));
        tokio::spawn(async move {
            let end = answer(stream, &seen, &script).await;
            let mut seen = seen.lock().expect("no panic in a model");
            match end {
                Some(()) => seen.answered += 1,
                None => seen.left.push(Instant::now()),
            }
        });
    }
}

/// Answers one request; `None` if the caller went away.
async fn answer(mut stream: TcpStream, seen: &Mutex<Seen>, script: &Script) -> Option<()> {
    let asked = read(&mut stream).await?;
    let is_streamed = asked.body["stream"] == json!(true);
    let act = script(&asked.body);
    seen.lock().expect("no panic in a model").asked.push(asked);
    match act {
        Act::Say(words) if is_streamed => say(&mut stream, &words, Duration::ZERO, None).await,
        Act::Say(words) => whole(&mut stream, &completion(&words)).await,
        Act::SaySlowly(words, pause) => say(&mut stream, &words, pause, None).await,
        Act::BreakOff(words, after) => say(&mut stream, &words, Duration::ZERO, Some(after)).await,
        Act::Raw(body) => write(&mut stream, &head(200, "application/json", &body)).await,
        Act::Status(status) => {
            let body =
                json!({"error": {"message": "the scripted model fails", "type": "scripted"}});
            write(
                &mut stream,
                &head(status, "application/json", &body.to_string()),
            )
            .await
        }
        Act::Refuse => {
            let message =
                json!({"role": "assistant", "content": null, "refusal": "I would rather not."});
            whole(&mut stream, &body_of(&json!({"index": 0, "message": message, "delta": message, "finish_reason": "stop"}))).await
        }
        Act::Filter => {
            let message = json!({"role": "assistant", "content": ""});
            whole(&mut stream, &body_of(&json!({"index": 0, "message": message, "delta": message, "finish_reason": "content_filter"}))).await
        }
        Act::Stall => {
            gone(&mut stream).await;
            None
        }
        Act::Drip(words, pause) => {
            let all = head(200, "application/json", &completion(&words).to_string());
            for byte in all.as_bytes() {
                wait(&mut stream, pause).await?;
                write(&mut stream, &char::from(*byte).to_string()).await?;
            }
            Some(())
        }
        Act::HangUp => Some(()),
    }
}

/// A whole answer of a choice, or one event of it where a stream was asked for.
async fn whole(stream: &mut TcpStream, body: &Value) -> Option<()> {
    write(stream, &head(200, "application/json", &body.to_string())).await
}

async fn say(
    stream: &mut TcpStream,
    words: &str,
    pause: Duration,
    after: Option<usize>,
) -> Option<()> {
    let begin = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n";
    write(stream, begin).await?;
    for (place, word) in words.split_inclusive(' ').enumerate() {
        if after == Some(place) {
            return Some(());
        }
        wait(stream, pause).await?;
        let delta = json!({"index": 0, "delta": {"content": word}, "finish_reason": null});
        event(stream, &delta).await?;
    }
    event(
        stream,
        &json!({"index": 0, "delta": {}, "finish_reason": "stop"}),
    )
    .await?;
    let usage = json!({"choices": [], "usage": {"total_tokens": 64}});
    write(stream, &format!("data: {usage}\n\ndata: [DONE]\n\n")).await
}

async fn event(stream: &mut TcpStream, choice: &Value) -> Option<()> {
    let chunk =
        json!({"object": "chat.completion.chunk", "model": "scripted", "choices": [choice]});
    write(stream, &format!("data: {chunk}\n\n")).await
}

fn completion(words: &str) -> Value {
    body_of(
        &json!({"index": 0, "message": {"role": "assistant", "content": words}, "finish_reason": "stop"}),
    )
}

fn body_of(choice: &Value) -> Value {
    json!({"id": "cmpl-1", "object": "chat.completion", "model": "scripted", "choices": [choice], "usage": {"prompt_tokens": 48, "completion_tokens": 16, "total_tokens": 64}})
}

fn head(status: u16, kind: &str, body: &str) -> String {
    format!(
        "HTTP/1.1 {status} Scripted\r\ncontent-type: {kind}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

async fn write(stream: &mut TcpStream, text: &str) -> Option<()> {
    stream.write_all(text.as_bytes()).await.ok()?;
    stream.flush().await.ok()
}

/// Waits, unless the caller goes away.
async fn wait(stream: &mut TcpStream, pause: Duration) -> Option<()> {
    tokio::select! {
        () = tokio::time::sleep(pause) => Some(()),
        () = gone(stream) => None,
    }
}

/// Ends when the caller goes away.
async fn gone(stream: &mut TcpStream) {
    let mut byte = [0_u8; 64];
    while let Ok(read) = stream.read(&mut byte).await {
        if read == 0 {
            return;
        }
    }
}

async fn read(stream: &mut TcpStream) -> Option<Asked> {
    let mut bytes = Vec::new();
    let mut buffer = vec![0_u8; 16 * 1024];
    loop {
        if let Some(asked) = whole_request(&bytes) {
            return Some(asked);
        }
        let read = stream.read(&mut buffer).await.ok()?;
        if read == 0 || bytes.len() > REQUEST_BYTES_MAX {
            return None;
        }
        bytes.extend_from_slice(&buffer[..read]);
    }
}

fn whole_request(bytes: &[u8]) -> Option<Asked> {
    let text = std::str::from_utf8(bytes).ok()?;
    let (head, body) = text.split_once("\r\n\r\n")?;
    let mut lines = head.lines();
    let path = lines.next()?.split(' ').nth(1)?.to_owned();
    let header = |name: &str| {
        lines.clone().find_map(|line| {
            let (known, value) = line.split_once(':')?;
            known
                .eq_ignore_ascii_case(name)
                .then(|| value.trim().to_owned())
        })
    };
    let length: usize = header("content-length").map_or(0, |it| it.parse().unwrap_or(0));
    (body.len() >= length).then(|| Asked {
        path,
        authorization: header("authorization"),
        body: serde_json::from_str(body).unwrap_or(Value::Null),
        raw: body.to_owned(),
    })
}
