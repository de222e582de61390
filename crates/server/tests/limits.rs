//! What a connection may take up, asked over real sockets (S-20).
#![allow(clippy::unwrap_used, clippy::expect_used, missing_docs)]

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::ws::WebSocketUpgrade;
use axum::routing::get;
use segue_server::{Limits, serve};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

/// How long a test waits for what must happen; far beyond what it takes.
const BOUND: Duration = Duration::from_secs(20);

async fn start(limits: Limits) -> (SocketAddr, CancellationToken, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let (at, stop) = (listener.local_addr().unwrap(), CancellationToken::new());
    let live = |upgrade: WebSocketUpgrade| async {
        upgrade.on_upgrade(|mut socket| async move { while socket.recv().await.is_some() {} })
    };
    let router = Router::new()
        .route("/", get(|| async { "here" }))
        .route("/live", get(live));
    let ending = stop.clone();
    let running = tokio::spawn(async move {
        serve(listener, router, limits, ending).await.unwrap();
    });
    (at, stop, running)
}

/// Everything that comes until the server closes the connection.
async fn rest(mut stream: TcpStream) -> String {
    let mut text = Vec::new();
    let read = stream.read_to_end(&mut text);
    // A connection that is closed with bytes unread may end with a reset.
    let _ = tokio::time::timeout(BOUND, read)
        .await
        .expect("it is closed");
    String::from_utf8(text).unwrap()
}

async fn ask(at: SocketAddr, head: &str) -> String {
    let mut stream = TcpStream::connect(at).await.unwrap();
    stream.write_all(head.as_bytes()).await.unwrap();
    rest(stream).await
}

fn get_with(headers: &str) -> String {
    format!("GET / HTTP/1.1\r\nhost: here\r\nconnection: close\r\n{headers}\r\n")
}

fn impatient() -> Limits {
    Limits {
        head_within: Duration::from_millis(200),
        ..Limits::default()
    }
}

#[tokio::test]
async fn who_sends_a_byte_now_and_then_is_cut_off() {
    let (at, ..) = start(impatient()).await;
    let mut stream = TcpStream::connect(at).await.unwrap();
    let (mut from, mut to) = stream.split();
    let drip = async {
        let mut tick = tokio::time::interval(Duration::from_millis(50));
        loop {
            tick.tick().await;
            if to.write_all(b"x").await.is_err() {
                break;
            }
        }
    };
    let mut end = Vec::new();
    let closed = from.read_to_end(&mut end);
    let cut_off = async {
        tokio::select! {
            () = drip => {}
            _ = closed => {}
        }
    };
    tokio::time::timeout(BOUND, cut_off)
        .await
        .expect("it is closed");
}

#[tokio::test]
async fn who_sends_nothing_is_cut_off() {
    let (at, ..) = start(impatient()).await;
    assert_eq!(rest(TcpStream::connect(at).await.unwrap()).await, "");
}

#[tokio::test]
async fn who_asks_no_more_is_cut_off() {
    let (at, ..) = start(impatient()).await;
    let mut stream = TcpStream::connect(at).await.unwrap();
    let head = b"GET / HTTP/1.1\r\nhost: here\r\n\r\n";
    stream.write_all(head).await.unwrap();
    assert!(rest(stream).await.ends_with("here"));
}

#[tokio::test]
async fn a_long_head_is_refused() {
    let (at, ..) = start(Limits::default()).await;
    let fits = get_with(&format!("x: {}\r\n", "x".repeat(15 * 1024)));
    assert!(ask(at, &fits).await.starts_with("HTTP/1.1 200"));
    let long = get_with(&format!("x: {}\r\n", "x".repeat(17 * 1024)));
    assert!(ask(at, &long).await.starts_with("HTTP/1.1 431"));
}

#[tokio::test]
async fn many_headers_are_refused() {
    let (at, ..) = start(Limits::default()).await;
    let lines = |count: usize| {
        (0..count)
            .map(|n| format!("x{n}: y\r\n"))
            .collect::<String>()
    };
    assert!(
        ask(at, &get_with(&lines(90)))
            .await
            .starts_with("HTTP/1.1 200")
    );
    assert!(
        ask(at, &get_with(&lines(101)))
            .await
            .starts_with("HTTP/1.1 431")
    );
}

/// Holds a connection open until it is dropped.
async fn hold(at: SocketAddr) -> TcpStream {
    let mut stream = TcpStream::connect(at).await.unwrap();
    // A byte of a head keeps the server waiting for the rest.
    stream.write_all(b"G").await.unwrap();
    stream
}

/// Asks until it is answered: what was given back is free a moment later.
async fn answered(at: SocketAddr) {
    let asking = async {
        while !ask(at, &get_with("")).await.ends_with("here") {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(BOUND, asking)
        .await
        .expect("it is answered");
}

#[tokio::test]
async fn too_many_connections_are_turned_away() {
    let few = Limits {
        connections_max: 2,
        ..Limits::default()
    };
    let (at, ..) = start(few).await;
    let (one, _other) = (hold(at).await, hold(at).await);
    assert_eq!(rest(TcpStream::connect(at).await.unwrap()).await, "");
    drop(one);
    answered(at).await;
}

#[tokio::test]
async fn a_socket_counts_after_its_upgrade() {
    let few = Limits {
        connections_max: 1,
        ..Limits::default()
    };
    let (at, ..) = start(few).await;
    let mut socket = TcpStream::connect(at).await.unwrap();
    let head = "GET /live HTTP/1.1\r\nhost: here\r\nconnection: upgrade\r\n\
        upgrade: websocket\r\nsec-websocket-version: 13\r\n\
        sec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    socket.write_all(head.as_bytes()).await.unwrap();
    let mut answer = [0; 12];
    socket.read_exact(&mut answer).await.unwrap();
    assert_eq!(&answer, b"HTTP/1.1 101");
    assert_eq!(rest(TcpStream::connect(at).await.unwrap()).await, "");
    drop(socket);
    answered(at).await;
}

#[tokio::test]
async fn the_end_does_not_wait_for_who_is_idle() {
    let (at, stop, running) = start(Limits::default()).await;
    let idle = TcpStream::connect(at).await.unwrap();
    assert!(ask(at, &get_with("")).await.ends_with("here"));
    stop.cancel();
    tokio::time::timeout(BOUND, running).await.unwrap().unwrap();
    assert_eq!(rest(idle).await, "");
    assert!(TcpStream::connect(at).await.is_err());
}
