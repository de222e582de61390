//! What operators watch, as they get it: counters over HTTP, and traces at a collector.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::Duration;

const WAIT_MAX: Duration = Duration::from_secs(30);

/// A server of its own data; it ends with this value.
struct Server {
    child: Child,
    console: String,
    metrics: String,
    data: std::path::PathBuf,
}

impl Server {
    fn start(collector: &str) -> Self {
        let data = std::env::temp_dir().join(format!("segue-telemetry-{}", std::process::id()));
        let mut child = Command::new(env!("CARGO_BIN_EXE_segue"))
            .args(["serve", "--demo", "--listen", "127.0.0.1:0"])
            .args([
                "--metrics-listen",
                "127.0.0.1:0",
                "--otlp",
                collector,
                "--data",
            ])
            .arg(&data)
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let (mut console, mut metrics) = (None, None);
        for line in lines.map_while(Result::ok) {
            let place = |line: &str| line.split_whitespace().last().map(str::to_owned);
            if line.trim_start().starts_with("console") {
                console = place(&line);
            } else if line.trim_start().starts_with("metrics") {
                metrics = place(&line);
            }
            if console.is_some() && metrics.is_some() {
                break;
            }
        }
        let host = |url: Option<String>| {
            let url = url.unwrap();
            url.split('/').nth(2).unwrap().to_owned()
        };
        Self {
            child,
            console: host(console),
            metrics: host(metrics),
            data,
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
        drop(std::fs::remove_dir_all(&self.data));
    }
}

/// One request on a connection of its own: status line, headers and body.
fn ask(host: &str, head: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(host).unwrap();
    let length = body.len();
    let request = format!(
        "{head} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n"
    );
    // Headers of the caller's own stand behind the address, a line each.
    let (line, more) = request.split_once(" HTTP/1.1\r\n").unwrap();
    let (line, own) = line.split_once('\n').unwrap_or((line, ""));
    let own: String = own.lines().map(|header| format!("{header}\r\n")).collect();
    write!(stream, "{line} HTTP/1.1\r\n{own}{more}\r\n{body}").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

/// A collector that hands on what it is sent.
fn collector() -> (String, mpsc::Receiver<Vec<u8>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let (sender, receiver) = mpsc::channel();
    std::thread::spawn(move || {
        for stream in listener.incoming().map_while(Result::ok) {
            let sender = sender.clone();
            std::thread::spawn(move || {
                let mut reader = BufReader::new(stream);
                loop {
                    let mut length = 0;
                    let mut line = String::new();
                    while reader.read_line(&mut line).is_ok_and(|read| read > 2) {
                        let lower = line.to_lowercase();
                        if let Some(value) = lower.strip_prefix("content-length:") {
                            length = value.trim().parse().unwrap();
                        }
                        line.clear();
                    }
                    let mut body = vec![0; length];
                    if length == 0 || reader.read_exact(&mut body).is_err() {
                        return;
                    }
                    let taken = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n";
                    reader.get_mut().write_all(taken).unwrap();
                    if sender.send(body).is_err() {
                        return;
                    }
                }
            });
        }
    });
    (url, receiver)
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_turn_is_counted_and_traced_through_the_rooms_without_its_words() {
    let (url, sent) = collector();
    let server = Server::start(&url);
    let key = Command::new(env!("CARGO_BIN_EXE_segue"))
        .args([
            "key",
            "create",
            "--name",
            "t",
            "--scope",
            "turn:write",
            "--data",
        ])
        .arg(&server.data)
        .output()
        .unwrap();
    let key = String::from_utf8(key.stdout).unwrap();
    let own = format!("authorization: Bearer {}\nidempotency-key: one", key.trim());
    let opened = ask(
        &server.console,
        &format!("POST /v1/conversations\n{own}"),
        "{}",
    );
    let id = opened.split("\"id\":\"").nth(1).unwrap();
    let id = id.split('"').next().unwrap();
    let parent = "traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    let said = ask(
        &server.console,
        &format!("POST /v1/conversations/{id}/turns\n{own}-turn\n{parent}"),
        r#"{"role":"customer","text":"I want to talk to a human about xylophones"}"#,
    );
    assert!(said.starts_with("HTTP/1.1 200"), "{said}");

    let counted = ask(&server.metrics, "GET /metrics", "");
    for line in [
        "segue_verdicts_total{verdict=\"escalate\"} 1",
        "segue_handoffs_total{trigger=\"opt_out\",kind=\"warm\"} 1",
        "segue_handoffs_waiting 1",
        "segue_append_seconds_count",
        "segue_http_request_seconds_count{route=\"/v1/conversations/{id}/turns\",method=\"POST\",status=\"2xx\"} 1",
    ] {
        assert!(counted.contains(line), "{line}: {counted}");
    }
    assert!(!counted.contains(id) && !counted.contains("xylophones"));

    // The trace goes on from the caller's, and every room is in it.
    let mut all = Vec::new();
    let trace = [
        0x0a, 0xf7, 0x65, 0x19, 0x16, 0xcd, 0x43, 0xdd, 0x84, 0x48, 0xeb, 0x21, 0x1c, 0x80, 0x31,
        0x9c,
    ];
    let rooms: [&[u8]; 5] = [
        b"service.change",
        b"engine.judge_turn",
        b"floor.decide",
        b"store.append",
        &trace,
    ];
    while !rooms.iter().all(|room| holds(&all, room)) {
        all.extend(sent.recv_timeout(WAIT_MAX).expect("a batch of spans"));
    }
    assert!(!holds(&all, b"xylophones"), "spans hold no text");
}
