//! What the gateway adds to a stream, and how soon it cuts one. The same made-up model,
//! in this process, is read directly and through the server, chunk by chunk.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use axum::body::Body;
use axum::extract::State;
use axum::response::Response;
use axum::routing::post;
use axum::{Json, Router};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;

use crate::figures::{median, micros, quantile, round};
use crate::server::Server;
use crate::system;

/// The pause between two chunks, as a quick model makes it.
const PAUSE: Duration = Duration::from_millis(4);
/// What the model says: of five sentences one may become a promise and is held back.
const SAYS: &str = "Open the settings page and choose Password there. The page asks for the old \
    one first. Then type a new one twice and press Save. I have looked at the page and it works. \
    The next time the phone asks for it, use the new one. ";
/// How often it says so in one answer.
const TIMES: usize = 4;
/// Chunks to read before an answer is cut.
const BEFORE_CUT: usize = 5;

struct Model {
    began: Instant,
    closed: mpsc::UnboundedSender<Instant>,
}

/// Tells when it is dropped.
struct Guard(mpsc::UnboundedSender<Instant>);

impl Drop for Guard {
    fn drop(&mut self) {
        let _ = self.0.send(Instant::now());
    }
}

/// Runs so many answers each way, and cuts as many.
pub async fn run(rounds: u64) -> anyhow::Result<Value> {
    let (closed, mut closings) = mpsc::unbounded_channel();
    let began = Instant::now();
    let model = serve(Arc::new(Model { began, closed }))?;
    let file = std::env::temp_dir().join(format!("segue-bench-{}.toml", std::process::id()));
    let url = format!("http://{model}/v1");
    std::fs::write(&file, format!("[gateway]\nurl = \"{url}\"\n"))?;
    let server = Server::start_with(&["--connections".as_ref(), file.as_os_str()]).await;
    let _ = std::fs::remove_file(&file);
    let mut server = server?;
    let (mut direct, mut through) = (Vec::new(), Vec::new());
    let (mut first_direct, mut first_through) = (Vec::new(), Vec::new());
    let cpu = system::cpu_us(server.id())?;
    for round in 0..rounds {
        // In turn, so that both stand on the same ground.
        let chunks = read(began, model, "", &format!("d{round}"), None).await?;
        first_direct.push(chunks.first_us);
        direct.extend(chunks.late_us);
        let chunks = read(
            began,
            server.address,
            &server.key,
            &format!("g{round}"),
            None,
        )
        .await?;
        first_through.push(chunks.first_us);
        through.extend(chunks.late_us);
    }
    let cpu = system::cpu_us(server.id())? - cpu;
    while closings.try_recv().is_ok() {}
    let mut cuts = Vec::new();
    for round in 0..rounds * 5 {
        let name = format!("c{round}");
        let cut = Cut {
            key: &server.key,
            name: &name,
        };
        let chunks = read(began, server.address, &server.key, &name, Some(cut)).await?;
        let asked = chunks.cut_at.context("an answer ended before it was cut")?;
        let wait = tokio::time::timeout(Duration::from_secs(5), closings.recv()).await;
        let closed = wait?.context("the model is gone")?;
        cuts.push(micros(closed.saturating_duration_since(asked)) / 1e3);
    }
    server.stop()?;
    let chunks = through.len();
    let held = quantile(&mut through, 0.95) - quantile(&mut direct, 0.95);
    Ok(json!({
        "bench": "gateway",
        "answers": rounds,
        "chunks": chunks,
        "direct_median_us": round(median(&mut direct)),
        "through_median_us": round(median(&mut through)),
        "added_median_us": round(median(&mut through) - median(&mut direct)),
        "added_p95_ms": round(held / 1e3),
        "first_token_added_ms": round((median(&mut first_through) - median(&mut first_direct)) / 1e3),
        "server_cpu_us_per_chunk": round(cpu / crate::figures::count(chunks as u64)),
        "cuts": cuts.len(),
        "cut_p50_ms": round(median(&mut cuts)),
        "cut_p99_ms": round(quantile(&mut cuts, 0.99)),
        "goals": {"added_median_us": 1000, "cut_p99_ms": 100},
    }))
}

/// A model on a thread of its own.
fn serve(model: Arc<Model>) -> anyhow::Result<SocketAddr> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0")?;
    listener.set_nonblocking(true)?;
    let address = listener.local_addr()?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    std::thread::spawn(move || {
        runtime.block_on(async move {
            let router = Router::new()
                .route("/v1/chat/completions", post(complete))
                .with_state(model);
            let Ok(listener) = TcpListener::from_std(listener) else {
                return;
            };
            let _ = axum::serve(listener, router).await;
        });
    });
    Ok(address)
}

/// Streams its words, each chunk with the time it was made at.
async fn complete(State(model): State<Arc<Model>>, Json(_): Json<Value>) -> Response {
    let words: Vec<String> = SAYS
        .repeat(TIMES)
        .split_inclusive(' ')
        .map(str::to_owned)
        .collect();
    let guard = Guard(model.closed.clone());
    let began = model.began;
    let clock = tokio::time::interval(PAUSE);
    let state = (words.into_iter(), clock, guard, false);
    let events = futures_util::stream::unfold(
        state,
        move |(mut words, mut clock, guard, over)| async move {
            clock.tick().await;
            let (event, over) = match words.next() {
                Some(word) => {
                    let made_us = micros(began.elapsed());
                    let chunk = json!({"id": "chatcmpl-b", "made_us": made_us, "choices":
                    [{"index": 0, "delta": {"content": word}, "finish_reason": null}]});
                    (format!("data: {chunk}\n\n"), false)
                }
                None if !over => {
                    let chunk = json!({"id": "chatcmpl-b", "choices":
                    [{"index": 0, "delta": {}, "finish_reason": "stop"}]});
                    (format!("data: {chunk}\n\ndata: [DONE]\n\n"), true)
                }
                None => return None,
            };
            Some((Ok::<_, Infallible>(event), (words, clock, guard, over)))
        },
    );
    Response::new(Body::from_stream(events))
}

/// By whom an answer is cut, and in which chat.
struct Cut<'a> {
    key: &'a str,
    name: &'a str,
}

/// What was read of an answer.
struct Chunks {
    /// From the request to the first words.
    first_us: f64,
    /// How late each chunk was, since it was made.
    late_us: Vec<f64>,
    /// When the cut was asked for.
    cut_at: Option<Instant>,
}

fn request(key: &str, name: &str, text: &str) -> Vec<u8> {
    let body =
        json!({"model": "m", "stream": true, "messages": [{"role": "user", "content": text}]});
    let body = body.to_string();
    format!(
        "POST /v1/chat/completions HTTP/1.1\r\nHost: bench\r\n{key}Segue-External-Id: {name}\r\n\
         Content-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}",
        body.len()
    )
    .into_bytes()
}

async fn read(
    began: Instant,
    place: SocketAddr,
    key: &str,
    name: &str,
    cut: Option<Cut<'_>>,
) -> anyhow::Result<Chunks> {
    let mut stream = TcpStream::connect(place).await?;
    stream.set_nodelay(true)?;
    let asked = Instant::now();
    let ask = request(key, name, "How do I change my password?");
    stream.write_all(&ask).await?;
    let mut chunks = Chunks {
        first_us: 0.0,
        late_us: Vec::new(),
        cut_at: None,
    };
    let mut unread: Vec<u8> = Vec::new();
    let mut buffer = vec![0; 64 * 1024];
    loop {
        let count = stream.read(&mut buffer).await?;
        let now_us = micros(began.elapsed());
        ensure!(count > 0, "the answer broke off");
        unread.extend_from_slice(buffer.get(..count).unwrap_or_default());
        let whole = unread
            .iter()
            .rposition(|byte| *byte == b'\n')
            .map_or(0, |at| at + 1);
        let lines = String::from_utf8_lossy(unread.get(..whole).unwrap_or_default()).into_owned();
        unread.drain(..whole);
        for line in lines.lines() {
            if line.contains("[DONE]") {
                return Ok(chunks);
            }
            let Some((_, rest)) = line.split_once("\"made_us\":") else {
                continue;
            };
            let made: String = rest
                .chars()
                .take_while(|it| it.is_ascii_digit() || *it == '.')
                .collect();
            if chunks.late_us.is_empty() {
                chunks.first_us = micros(asked.elapsed());
            }
            chunks.late_us.push(now_us - made.parse::<f64>()?);
        }
        if let (Some(cut), None, true) = (&cut, chunks.cut_at, chunks.late_us.len() >= BEFORE_CUT) {
            let mut other = TcpStream::connect(place).await?;
            chunks.cut_at = Some(Instant::now());
            let wish = request(cut.key, cut.name, "I want to talk to a person, please.");
            other.write_all(&wish).await?;
        }
    }
}
