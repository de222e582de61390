//! Durable turns over HTTP: the product's main path at 64 connections, beside
//! an echo of the same bodies, and at one connection, beside the disk.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::ensure;
use rusqlite::{Connection as Database, OpenFlags};
use serde_json::{Value, json};

use crate::connection::{self, Connection, post};
use crate::figures::{count, median, micros, quantile, round};
use crate::server::{Echo, Server};
use crate::{system, words};

const CONNECTIONS: usize = 64;
/// Customer turns of one conversation; then the assistant answers and the next begins.
const TURNS: usize = 20;
/// How long each measurement lasts.
const MEASURE: Duration = Duration::from_secs(5);
const WARM_UP: Duration = Duration::from_secs(2);

/// What a load did.
#[derive(Debug, Default)]
struct Load {
    turns: u64,
    opened: u64,
    waits_us: Vec<f64>,
    elapsed_s: f64,
}

impl Load {
    fn rate(&self) -> f64 {
        count(self.turns) / self.elapsed_s
    }
}

/// Measures product and echo in turn, as often as told, with long and with
/// ordinary messages.
pub async fn run(rounds: u64) -> anyhow::Result<Value> {
    let mut bench = Bench {
        server: Server::start().await?,
        echo: Echo::start()?,
        sums: Load::default(),
    };
    let long = bodies(words::customer);
    let with_long = bench.beside_echo(rounds, &long).await?;
    let with_ordinary = bench
        .beside_echo(rounds, &bodies(words::short_customer))
        .await?;
    let one_connection = bench.one_connection(&long).await?;
    bench.server.stop()?;
    check_rows(&bench.server, &bench.sums)?;
    Ok(json!({
        "bench": "turns",
        "durability": "SQLite WAL, synchronous=FULL",
        "connections": CONNECTIONS,
        "long_messages": with_long,
        "ordinary_messages": with_ordinary,
        "one_connection": one_connection,
        "acknowledged_turns": bench.sums.turns,
        "rows_match": true,
        "goals": {"ratio_to_echo": 0.30, "turns_per_fsync": 16, "p50_less_1ms_per_fdatasync": 2.5},
    }))
}

struct Bench {
    server: Server,
    echo: Echo,
    /// Everything that was acknowledged.
    sums: Load,
}

impl Bench {
    async fn beside_echo(
        &mut self,
        rounds: u64,
        bodies: &Arc<Vec<String>>,
    ) -> anyhow::Result<Value> {
        let warm = drive(&self.server, CONNECTIONS, WARM_UP, bodies).await?;
        add(&mut self.sums, warm);
        drive_echo(self.echo.address, CONNECTIONS, WARM_UP, bodies).await?;
        let mut rows = Vec::new();
        for _ in 0..rounds {
            rows.push(self.round(bodies).await?);
        }
        let of = |name: &str| {
            let values = rows.iter().filter_map(|row| row.get(name)?.as_f64());
            median(&mut values.collect::<Vec<_>>())
        };
        let lengths = bodies.iter().map(|body| count(body.len() as u64));
        Ok(json!({
            "body_bytes": median(&mut lengths.collect::<Vec<_>>()),
            "turns_per_s": of("turns_per_s"),
            "echo_per_s": of("echo_per_s"),
            "ratio_to_echo": of("ratio"),
            "turns_per_fsync": of("turns_per_fsync"),
            "server_cpu_us_per_turn": of("server_cpu_us_per_turn"),
            "rounds": rows,
        }))
    }

    async fn round(&mut self, bodies: &Arc<Vec<String>>) -> anyhow::Result<Value> {
        let cpu = system::cpu_us(self.echo.id())?;
        let plain = drive_echo(self.echo.address, CONNECTIONS, MEASURE, bodies).await?;
        let echo_cpu = system::cpu_us(self.echo.id())? - cpu;
        let before = self.server.counters().await?;
        let cpu = system::cpu_us(self.server.id())?;
        let mut durable = drive(&self.server, CONNECTIONS, MEASURE, bodies).await?;
        let cpu = system::cpu_us(self.server.id())? - cpu;
        let after = self.server.counters().await?;
        let appends = after.appends - before.appends;
        let row = json!({
            "turns_per_s": durable.rate().round(),
            "echo_per_s": plain.rate().round(),
            "ratio": round(durable.rate() / plain.rate()),
            "p50_ms": round(median(&mut durable.waits_us) / 1e3),
            "p99_ms": round(quantile(&mut durable.waits_us, 0.99) / 1e3),
            "server_cpu_us_per_turn": round(cpu / appends),
            "echo_cpu_us": round(echo_cpu / count(plain.turns)),
            "turns_per_fsync": round(appends / (after.commits - before.commits)),
        });
        add(&mut self.sums, durable);
        Ok(row)
    }

    async fn one_connection(&mut self, bodies: &Arc<Vec<String>>) -> anyhow::Result<Value> {
        let sync_before_us = system::fdatasync_p50_us(self.server.folder())?;
        let mut alone = drive(&self.server, 1, MEASURE, bodies).await?;
        let sync_after_us = system::fdatasync_p50_us(self.server.folder())?;
        let fdatasync = sync_before_us.midpoint(sync_after_us);
        let (p50, rate) = (median(&mut alone.waits_us), alone.rate());
        let p99 = quantile(&mut alone.waits_us, 0.99);
        add(&mut self.sums, alone);
        Ok(json!({
            "turns_per_s": rate.round(),
            "p50_us": p50.round(),
            "p99_us": p99.round(),
            "fdatasync_p50_us": fdatasync.round(),
            "p50_less_1ms_per_fdatasync": round((p50 - 1_000.0).max(0.0) / fdatasync),
            "p50_per_fdatasync": round(p50 / fdatasync),
        }))
    }
}

fn bodies(text: fn(usize) -> String) -> Arc<Vec<String>> {
    let body = |n| json!({"role": "customer", "text": text(n)}).to_string();
    Arc::new((0..TURNS).map(body).collect())
}

fn add(sums: &mut Load, load: Load) {
    sums.turns += load.turns;
    sums.opened += load.opened;
}

/// Conversations over connections until the time is up; each ends with an
/// answer, so that no timer of one run falls into the next.
async fn drive(
    server: &Server,
    connections: usize,
    time: Duration,
    bodies: &Arc<Vec<String>>,
) -> anyhow::Result<Load> {
    let began = Instant::now();
    let mut clients = Vec::new();
    for _ in 0..connections {
        let connection = Connection::open(server.address).await?;
        let client = Client {
            connection,
            key: server.key.clone(),
            load: Load::default(),
        };
        clients.push(tokio::spawn(client.talk(began + time, Arc::clone(bodies))));
    }
    gather(clients, began).await
}

async fn gather(
    clients: Vec<tokio::task::JoinHandle<anyhow::Result<(Load, Instant)>>>,
    began: Instant,
) -> anyhow::Result<Load> {
    let mut sum = Load::default();
    let mut ended = began;
    for client in clients {
        let (load, at) = client.await??;
        sum.waits_us.extend(&load.waits_us);
        add(&mut sum, load);
        ended = ended.max(at);
    }
    sum.elapsed_s = (ended - began).as_secs_f64();
    Ok(sum)
}

struct Client {
    connection: Connection,
    key: String,
    load: Load,
}

impl Client {
    async fn talk(
        mut self,
        until: Instant,
        bodies: Arc<Vec<String>>,
    ) -> anyhow::Result<(Load, Instant)> {
        while Instant::now() < until {
            let path = self.open().await?;
            for body in bodies.iter() {
                self.say(&path, body).await?;
                if Instant::now() >= until {
                    break;
                }
            }
            let answer = json!({
                "role": "assistant", "text": words::assistant(TURNS), "epoch": 0, "confidence": 0.95,
            });
            self.say(&path, &answer.to_string()).await?;
        }
        Ok((self.load, Instant::now()))
    }

    async fn open(&mut self) -> anyhow::Result<String> {
        self.load.opened += 1;
        let request = post("/v1/conversations", &self.headers(), "{}");
        let opened = self.connection.json(&request).await?;
        let id = connection::text(&opened, "id")?;
        Ok(format!("/v1/conversations/{id}/turns"))
    }

    async fn say(&mut self, path: &str, body: &str) -> anyhow::Result<()> {
        let request = post(path, &self.headers(), body);
        let asked = Instant::now();
        self.connection.must(&request).await?;
        self.load.waits_us.push(micros(asked.elapsed()));
        self.load.turns += 1;
        Ok(())
    }

    /// The key, and an idempotency key that nobody has used.
    fn headers(&self) -> String {
        use std::sync::atomic::{AtomicU64, Ordering};
        static NEXT: AtomicU64 = AtomicU64::new(0);
        let n = NEXT.fetch_add(1, Ordering::Relaxed);
        format!("{}Idempotency-Key: bench-{n}\r\n", self.key)
    }
}

async fn drive_echo(
    server: SocketAddr,
    connections: usize,
    time: Duration,
    bodies: &Arc<Vec<String>>,
) -> anyhow::Result<Load> {
    let began = Instant::now();
    let until = began + time;
    let requests: Arc<Vec<_>> =
        Arc::new(bodies.iter().map(|body| post("/echo", "", body)).collect());
    let mut clients = Vec::new();
    for _ in 0..connections {
        let mut connection = Connection::open(server).await?;
        let requests = Arc::clone(&requests);
        clients.push(tokio::spawn(async move {
            let mut load = Load::default();
            for request in requests.iter().cycle() {
                let asked = Instant::now();
                if asked >= until {
                    break;
                }
                connection.must(request).await?;
                load.waits_us.push(micros(asked.elapsed()));
                load.turns += 1;
            }
            Ok((load, Instant::now()))
        }));
    }
    gather(clients, began).await
}

/// What was acknowledged is what lies in the file: for each request an entry
/// and its key, for each turn a text.
fn check_rows(server: &Server, sums: &Load) -> anyhow::Result<()> {
    let file = server.folder().join("segue.db");
    let database = Database::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
    let count = |sql: &str| {
        database
            .query_row(sql, [], |row| row.get::<_, i64>(0))
            .map(i64::unsigned_abs)
    };
    let requests = count("SELECT count(*) FROM request JOIN entry USING (position)")?;
    let turns = count(
        "SELECT count(*) FROM request JOIN entry USING (position) JOIN text USING (position)",
    )?;
    let handed_over = count("SELECT count(*) FROM stream WHERE holder <> 'assistant'")?;
    ensure!(
        handed_over == 0,
        "{handed_over} conversations left the assistant"
    );
    let acknowledged = sums.turns + sums.opened;
    ensure!(
        requests == acknowledged,
        "{requests} entries, {acknowledged} acknowledged"
    );
    ensure!(
        turns == sums.turns,
        "{turns} texts, {} turns acknowledged",
        sums.turns
    );
    Ok(())
}
