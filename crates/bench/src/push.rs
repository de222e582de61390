//! From the customer's request to the frame in the agent's socket, at a fixed
//! rate. The time counts from when a turn was due, so that a stall is not hidden.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use serde_json::{Value, json};
use tokio::task::LocalSet;

use crate::connection::{self, Connection, post};
use crate::figures::{count, median, micros, quantile, round};
use crate::server::Server;
use crate::websocket::Socket;
use crate::{system, words};

/// Turns per second.
const RATE: u64 = 100;
/// Agents' sockets that are open; the rest than the ones below only see the inbox.
const SOCKETS: usize = 200;
/// Conversations that are written to, each watched by a socket of its own.
const CONVERSATIONS: usize = 50;
/// Customer turns between two answers of the assistant, which end the wait for one.
const PER_ANSWER: u64 = 5;
/// How long the last frames may take.
const LAST_WAIT: Duration = Duration::from_secs(5);

/// When each turn was due, and when its answer and its frame came.
#[derive(Debug, Default, Clone, Copy)]
struct Times {
    due: Option<Instant>,
    acknowledged: Option<Instant>,
    seen: Option<Instant>,
}

type Shared = Rc<RefCell<Vec<Times>>>;

/// Measures for some seconds.
pub async fn run(seconds: u64) -> anyhow::Result<Value> {
    LocalSet::new().run_until(measure(seconds)).await
}

async fn measure(seconds: u64) -> anyhow::Result<Value> {
    let mut server = Server::start().await?;
    let sync_us = system::fdatasync_p50_us(server.folder())?;
    let mut connection = Connection::open(server.address).await?;
    let mut paths = Vec::new();
    let times: Shared = Rc::new(RefCell::new(Vec::new()));
    let mut idle = Vec::new();
    for n in 0..SOCKETS {
        let request = post("/v1/live/ticket", &server.session, "{}");
        let ticket = connection.json(&request).await?;
        let ticket = connection::text(&ticket, "ticket")?;
        let mut socket = Socket::open(server.address, ticket).await?;
        if n >= CONVERSATIONS {
            socket
                .send(&json!({"type": "subscribe", "topic": "inbox"}))
                .await?;
            idle.push(socket);
            continue;
        }
        let opened = connection
            .json(&post("/v1/conversations", &server.key, "{}"))
            .await?;
        let id = connection::text(&opened, "id")?;
        paths.push(format!("/v1/conversations/{id}/turns"));
        let topic = json!({"type": "subscribe", "topic": "conversation", "id": id, "after": 0});
        socket.send(&topic).await?;
        let mut snapshot = Vec::new();
        socket.receive(&mut snapshot).await?;
        tokio::task::spawn_local(watch(socket, Rc::clone(&times)));
    }
    let cpu = system::cpu_us(server.id())?;
    post_at_a_fixed_rate(&server, &paths, seconds, &times).await?;
    let cpu = system::cpu_us(server.id())? - cpu;
    drop(idle);
    server.stop()?;
    let times = times.borrow();
    let waits = |end: fn(&Times) -> Option<Instant>| {
        let waits: Option<Vec<f64>> = times
            .iter()
            .map(|times| Some(micros(end(times)? - times.due?) / 1e3))
            .collect();
        waits.context("a turn was not acknowledged, or its frame did not come")
    };
    let (mut answers, mut frames) = (
        waits(|times| times.acknowledged)?,
        waits(|times| times.seen)?,
    );
    Ok(json!({
        "bench": "push",
        "turns_per_s": RATE,
        "sockets": SOCKETS,
        "turns": times.len(),
        "frame_p50_ms": round(median(&mut frames)),
        "frame_p99_ms": round(quantile(&mut frames, 0.99)),
        "frame_max_ms": round(quantile(&mut frames, 1.0)),
        "answer_p50_ms": round(median(&mut answers)),
        "answer_p99_ms": round(quantile(&mut answers, 0.99)),
        "fdatasync_p50_ms": round(sync_us / 1e3),
        "server_cpu_us_per_turn": round(cpu / count(times.len() as u64)),
        "goals": {"frame_p50_ms": 1.5, "frame_p99_ms": 10},
    }))
}

async fn post_at_a_fixed_rate(
    server: &Server,
    paths: &[String],
    seconds: u64,
    times: &Shared,
) -> anyhow::Result<()> {
    // Each conversation has a connection, and a customer waits for the answer
    // before writing again: with fifty of them none is ever late.
    let mut posts = Vec::new();
    for path in paths {
        let (sender, mut turns) = tokio::sync::mpsc::unbounded_channel::<(usize, Instant)>();
        let mut connection = Connection::open(server.address).await?;
        let (path, key, times) = (path.clone(), server.key.clone(), Rc::clone(times));
        let task = tokio::task::spawn_local(async move {
            let mut said = 0;
            while let Some((n, due)) = turns.recv().await {
                let text = format!("{} [{n}]", words::short_customer(n / CONVERSATIONS));
                let body = json!({"role": "customer", "text": text}).to_string();
                connection.must(&post(&path, &key, &body)).await?;
                if let Some(times) = times.borrow_mut().get_mut(n) {
                    times.due = Some(due);
                    times.acknowledged = Some(Instant::now());
                }
                said += 1;
                if said % PER_ANSWER == 0 {
                    let text = words::assistant(n);
                    let answer =
                        json!({"role": "assistant", "text": text, "epoch": 0, "confidence": 0.95});
                    connection
                        .must(&post(&path, &key, &answer.to_string()))
                        .await?;
                }
            }
            anyhow::Ok(())
        });
        posts.push((sender, task));
    }
    let mut clock = tokio::time::interval(Duration::from_millis(1_000 / RATE));
    for n in 0..usize::try_from(seconds * RATE)? {
        clock.tick().await;
        times.borrow_mut().push(Times::default());
        let (sender, _) = posts
            .get(n % CONVERSATIONS)
            .context("no such conversation")?;
        ensure!(
            sender.send((n, Instant::now())).is_ok(),
            "a customer stopped"
        );
    }
    for (sender, task) in posts {
        drop(sender);
        task.await??;
    }
    let give_up = Instant::now() + LAST_WAIT;
    while times.borrow().iter().any(|times| times.seen.is_none()) && Instant::now() < give_up {
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    Ok(())
}

/// An agent who reads along: finds the number of the turn in each frame.
async fn watch(mut socket: Socket, times: Shared) -> anyhow::Result<()> {
    let mut frame = Vec::new();
    loop {
        socket.receive(&mut frame).await?;
        let now = Instant::now();
        let text = String::from_utf8_lossy(&frame);
        let number = text
            .split('[')
            .filter_map(|part| part.split_once(']')?.0.parse::<usize>().ok());
        for n in number {
            if let Some(times) = times.borrow_mut().get_mut(n) {
                times.seen.get_or_insert(now);
            }
        }
    }
}
