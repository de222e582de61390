//! What a live socket may take up, asked over a real one (S-19).

use segue_api::auth::limit::{Rate, Rates};
use segue_model::time::Span;
use segue_ports::directory::Role;
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use super::world::{By, World};

/// A whole text frame, and the end of a socket.
const TEXT: u8 = 0x81;
const CLOSE: u8 = 0x88;
const MASKED: u8 = 0x80;
/// Says that the length follows in two bytes.
const IN_TWO: u8 = 126;

struct Socket(TcpStream);

impl Socket {
    /// A visitor's.
    async fn open(world: &World, visitor: &By) -> Self {
        let none = json!({});
        let ticket = world.post_widget("/v1/widget/ticket", visitor, &none);
        let ticket = ticket.await.ok();
        Self::at(world.widget_door(), &ticket).await
    }

    /// An agent's.
    async fn open_console(world: &World, agent: &By) -> Self {
        let ticket = world.post("/v1/live/ticket", agent, &json!({})).await.ok();
        Self::at(world.console_door(), &ticket).await
    }

    async fn at(door: axum::Router, ticket: &Value) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let at = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, door).await });
        let mut stream = TcpStream::connect(at).await.unwrap();
        let head = format!(
            "GET /v1/live HTTP/1.1\r\nHost: {at}\r\nUpgrade: websocket\r\n\
             Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\
             Sec-WebSocket-Key: c2VndWUtdGVzdHMtMDAwMQ==\r\n\r\n"
        );
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = Vec::new();
        while !answer.ends_with(b"\r\n\r\n") {
            answer.push(stream.read_u8().await.unwrap());
        }
        assert!(answer.starts_with(b"HTTP/1.1 101"));
        let mut socket = Self(stream);
        socket
            .send(&json!({ "type": "hello", "ticket": ticket["ticket"] }))
            .await
            .unwrap();
        socket
    }

    async fn send(&mut self, frame: &Value) -> std::io::Result<()> {
        let text = frame.to_string();
        let length = u8::try_from(text.len()).unwrap();
        assert!(length < IN_TWO);
        // A mask of zeros leaves the bytes as they are.
        let mut bytes = vec![TEXT, MASKED | length, 0, 0, 0, 0];
        bytes.extend(text.as_bytes());
        self.0.write_all(&bytes).await
    }

    /// The next frame: its kind and what is in it.
    async fn receive(&mut self) -> (u8, Vec<u8>) {
        let kind = self.0.read_u8().await.unwrap();
        let length = match self.0.read_u8().await.unwrap() {
            IN_TWO => usize::from(self.0.read_u16().await.unwrap()),
            length => usize::from(length),
        };
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).await.unwrap();
        (kind, body)
    }

    /// When the ticket has been taken.
    async fn welcomed(mut self) -> Self {
        let (kind, _) = self.receive().await;
        assert_eq!(kind, TEXT);
        self
    }

    /// Sends this, and waits for what answers it.
    async fn ask(&mut self, frame: &Value, answer: &str) {
        self.send(frame).await.unwrap();
        loop {
            let (kind, body) = self.receive().await;
            assert_ne!(kind, CLOSE, "{body:?} to {frame}");
            let body: Value = serde_json::from_slice(&body).unwrap();
            if body["type"] == answer {
                return;
            }
        }
    }

    /// The code with which it is closed.
    async fn closed(mut self) -> u16 {
        loop {
            let (kind, body) = self.receive().await;
            if kind == CLOSE {
                return u16::from_be_bytes([body[0], body[1]]);
            }
        }
    }

    /// Sends this again and again, each time when the one before was answered.
    /// Answers the code with which the socket was closed, and after how many.
    async fn flood(mut self, frame: &Value) -> (u16, usize) {
        self.receive().await;
        for sent in 0..1_000 {
            self.send(frame).await.unwrap();
            let (kind, body) = self.receive().await;
            if kind == CLOSE {
                return (u16::from_be_bytes([body[0], body[1]]), sent);
            }
        }
        panic!("the socket took it all");
    }
}

#[tokio::test]
async fn a_flood_of_frames_ends_the_socket() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    let socket = Socket::open(&world, &visitor).await;
    let ping = json!({ "type": "ping", "at": 1 });
    let (code, taken) = socket.flood(&ping).await;
    // More than at once, as some time has passed.
    assert!(code == 1008 && taken >= 128, "{code} after {taken}");
}

#[tokio::test]
async fn a_visitors_subscriptions_count_as_requests() {
    let rates = Rates {
        visitor: Some(Rate::new(5, 600)),
        ..Rates::default()
    };
    let world = World::with_rates(rates).await;
    let visitor = world.visitor().await;
    let id = world.visited(&visitor).await;
    let socket = Socket::open(&world, &visitor).await;
    let subscribe = json!({ "type": "subscribe", "topic": "conversation", "id": id, "after": 1 });
    // Beginning the conversation and the ticket were two of the five.
    assert_eq!(socket.flood(&subscribe).await, (1008, 3));
}

/// A page that is open keeps nobody signed in; somebody at it does (S-4).
#[tokio::test]
async fn only_who_is_there_stays_signed_in() {
    let world = World::new().await;
    let (_, by) = world.agent("Ada", Role::Agent).await;
    let mut socket = Socket::open_console(&world, &by).await.welcomed().await;
    world.clock.advance(Span::minutes(20));
    let there = json!({ "type": "ping", "at": 1, "active": true });
    socket.ask(&there, "pong").await;
    world.clock.advance(Span::minutes(20));
    world.get("/v1/me", &by).await.ok();
    socket
        .ask(&json!({ "type": "ping", "at": 2 }), "pong")
        .await;
    world.post("/v1/live/ticket", &by, &json!({})).await.ok();
    world.clock.advance(Span::minutes(11));
    let over = world.get("/v1/me", &by).await;
    over.refused(401, "unauthenticated");
    assert_eq!(socket.closed().await, 4401);
}

/// A visitor's socket ends with its token, early enough to renew that (S-11).
#[tokio::test]
async fn a_visitors_socket_ends_with_the_token() {
    let world = World::new().await;
    let visitor = world.visitor().await;
    let id = world.visited(&visitor).await;
    let socket = Socket::open(&world, &visitor).await.welcomed().await;
    world.clock.advance(Span::minutes(24 * 60 - 1));
    assert_eq!(socket.closed().await, 4401);
    let By::Bearer(token) = &visitor else {
        unreachable!("a visitor has a token");
    };
    let body = json!({ "visitor": token });
    let renewed = world.post_widget("/v1/widget/session", &By::Nobody, &body);
    assert_eq!(renewed.await.ok()["conversation"], json!(id));
}
