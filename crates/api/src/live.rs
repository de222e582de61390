//! The live socket: whose it is, what it follows, and what it is told.
//!
//! A socket proves itself by a single-use ticket in its first frame (S-5), and
//! each subscription keeps a cursor: frames are hints, and whoever falls behind
//! is served from the log, so a reconnect is exact (D5). Begin with [`upgrade`].

mod follow;

use std::collections::HashMap;
use std::time::Duration;

use axum::extract::State;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use axum::http::HeaderMap;
use axum::http::header::{HOST, ORIGIN};
use axum::response::{IntoResponse, Response};
use segue_model::event::Version;
use segue_model::id::ConversationId;
use segue_model::time::Span;
use segue_model::turn::Role;
use segue_service::hub::Frame;
use segue_service::identity::sessions::Bearer;
use serde::Deserialize;
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use crate::ApiState;
use crate::error::ApiError;
use crate::wire::live::ServerFrame;
use follow::Follower;

/// How soon the first frame must come (S-20).
const HELLO_WITHIN: Duration = Duration::from_secs(5);
/// How often a client pings, in milliseconds.
const PING_MS: u64 = 10_000;
/// After so long without a word the socket is taken for dead (F10).
const SILENCE_MAX: Duration = Duration::from_secs(35);
/// How often a socket asks whether its session still holds (F51).
const SESSION_CHECK: Duration = Duration::from_secs(4);
/// How long before its token's end a visitor's socket ends: early enough for the
/// widget to renew a token that is still good.
pub(crate) const VISITOR_RENEWS_BEFORE: Span = Span::minutes(1);
/// How long an agent's presence holds without a ping (F9).
pub const PRESENCE_LEASE: Span = Span::seconds(30);
/// The largest frame a client may send, in bytes (S-20).
const FRAME_BYTES_MAX: usize = 64 * 1024;
/// What is buffered for a slow socket, in bytes (F56).
const WRITE_BYTES_MAX: usize = 256 * 1024;
/// The read buffer of an idle socket, in bytes; the library's own is far larger.
const READ_BUFFER_BYTES: usize = 512;
/// How soon a frame has to be taken; who reads nothing for so long is cut off (F56).
const TAKEN_WITHIN: Duration = Duration::from_secs(10);
/// How many frames a client may send at once: twice what it can follow.
const FRAMES_AT_ONCE_MAX: u32 = 128;
/// How soon after that it may send another (S-19).
const FRAME_EVERY: Duration = Duration::from_millis(100);
/// How many frames wait for a slow socket before its followers wait too.
const FRAMES_WAITING_MAX: usize = 64;
/// How many conversations one socket follows at once.
const FOLLOWED_MAX: usize = 64;

/// Sign in again.
const CLOSE_UNAUTHENTICATED: u16 = 4401;
/// Too many frames.
const CLOSE_TOO_MANY: u16 = 1008;
/// The server restarts; come back with your cursors.
const CLOSE_RESTARTING: u16 = 1012;

/// What a client sends.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum ClientFrame {
    Hello {
        ticket: String,
    },
    Ping {
        at: i64,
        /// Whether the person at the page did something since the ping before.
        #[serde(default)]
        active: bool,
    },
    Subscribe(Topic),
    Unsubscribe(Topic),
    Typing {
        conversation: ConversationId,
    },
}

/// What a client follows.
#[derive(Debug, Clone, Deserialize)]
#[serde(tag = "topic", rename_all = "snake_case")]
enum Topic {
    Conversation {
        id: ConversationId,
        #[serde(default)]
        after: u64,
    },
    Inbox,
    Dashboard {
        #[serde(default)]
        include_demo: bool,
    },
}

/// A topic's name among one socket's subscriptions.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Key {
    Conversation(ConversationId),
    Inbox,
    Dashboard,
}

impl Topic {
    const fn key(&self) -> Key {
        match self {
            Self::Conversation { id, .. } => Key::Conversation(*id),
            Self::Inbox => Key::Inbox,
            Self::Dashboard { .. } => Key::Dashboard,
        }
    }
}

/// Which listener a socket comes in by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Door {
    /// Staff.
    Console,
    /// Visitors.
    Widget,
}

/// Opens a console's socket.
///
/// # Errors
/// [`ApiError`] for a page of another origin (S-5).
pub async fn console(
    State(state): State<ApiState>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Result<Response, ApiError> {
    open(state, Door::Console, &headers, upgrade)
}

/// Opens a widget's socket.
///
/// # Errors
/// [`ApiError`] for a page of another origin (S-5).
pub async fn widget(
    State(state): State<ApiState>,
    headers: HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Result<Response, ApiError> {
    open(state, Door::Widget, &headers, upgrade)
}

fn open(
    state: ApiState,
    door: Door,
    headers: &HeaderMap,
    upgrade: WebSocketUpgrade,
) -> Result<Response, ApiError> {
    if !is_own_origin(headers) {
        return Err(ApiError::cross_site());
    }
    let tasks = state.service().tasks().clone();
    let upgraded = upgrade
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(0)
        .max_write_buffer_size(WRITE_BYTES_MAX)
        .max_message_size(FRAME_BYTES_MAX)
        .max_frame_size(FRAME_BYTES_MAX)
        .on_upgrade(move |socket| async move {
            // Counted, so that the end of the server waits for it.
            let served = tasks.track_future(serve(state, door, socket));
            served.await;
        });
    Ok(upgraded.into_response())
}

/// A browser says where its page comes from; a program says nothing.
fn is_own_origin(headers: &HeaderMap) -> bool {
    let Some(origin) = headers.get(ORIGIN) else {
        return true;
    };
    let (Ok(origin), Some(host)) = (origin.to_str(), headers.get(HOST)) else {
        return false;
    };
    let own = origin.split_once("://").map(|(_, host)| host.as_bytes());
    own == Some(host.as_bytes())
}

async fn serve(state: ApiState, door: Door, mut socket: WebSocket) {
    let Some(bearer) = greet(&state, door, &mut socket).await else {
        close(&mut socket, CLOSE_UNAUTHENTICATED, "sign in again").await;
        return;
    };
    let (sender, receiver) = mpsc::channel(FRAMES_WAITING_MAX);
    let stop = state.service().stopping().child_token();
    let connection = Connection {
        follower: Follower::new(state, bearer, sender),
        allowance: Allowance::full(Instant::now()),
        followed: HashMap::new(),
        stop,
    };
    connection.run(socket, receiver).await;
}

async fn greet(state: &ApiState, door: Door, socket: &mut WebSocket) -> Option<Bearer> {
    let first = tokio::time::timeout(HELLO_WITHIN, socket.recv())
        .await
        .ok()??
        .ok()?;
    let Message::Text(text) = first else {
        return None;
    };
    let ClientFrame::Hello { ticket } = serde_json::from_str(&text).ok()? else {
        return None;
    };
    let bearer = state.service().take_ticket(&ticket).ok()?;
    let belongs = match &bearer {
        Bearer::Agent { .. } => door == Door::Console,
        Bearer::Visitor { .. } => door == Door::Widget,
    };
    if !belongs || !send(socket, &ServerFrame::Welcome { ping_ms: PING_MS }).await {
        return None;
    }
    Some(bearer)
}

async fn send(socket: &mut WebSocket, frame: &ServerFrame) -> bool {
    let Ok(text) = serde_json::to_string(frame) else {
        return false;
    };
    give(socket, Message::Text(text.into())).await
}

/// Sends a message; `false` if the other side is gone or does not take it. Who
/// waits for it hears nothing meanwhile, so the wait has an end.
async fn give(socket: &mut WebSocket, message: Message) -> bool {
    is_taken(socket.send(message)).await
}

async fn is_taken<E>(sending: impl Future<Output = Result<(), E>>) -> bool {
    matches!(
        tokio::time::timeout(TAKEN_WITHIN, sending).await,
        Ok(Ok(()))
    )
}

async fn close(socket: &mut WebSocket, code: u16, reason: &'static str) {
    let frame = CloseFrame {
        code,
        reason: Utf8Bytes::from_static(reason),
    };
    // Whoever is gone already need not be told.
    let _ = give(socket, Message::Close(Some(frame))).await;
}

/// The client sent more than it may.
struct TooMany;

/// How many frames a client may still send.
struct Allowance {
    left: u32,
    since: Instant,
}

impl Allowance {
    const fn full(now: Instant) -> Self {
        Self {
            left: FRAMES_AT_ONCE_MAX,
            since: now,
        }
    }

    /// Takes one, if there is one.
    fn take(&mut self, now: Instant) -> bool {
        let passed = now.duration_since(self.since).as_millis() / FRAME_EVERY.as_millis();
        let gained = u32::try_from(passed).unwrap_or(u32::MAX);
        // What is left of a step counts for the next one.
        self.since += FRAME_EVERY.saturating_mul(gained);
        self.left = self.left.saturating_add(gained).min(FRAMES_AT_ONCE_MAX);
        let is_there = self.left > 0;
        self.left = self.left.saturating_sub(1);
        is_there
    }
}

/// One socket that has proved whose it is.
struct Connection {
    follower: Follower,
    allowance: Allowance,
    followed: HashMap<Key, CancellationToken>,
    stop: CancellationToken,
}

impl Connection {
    async fn run(mut self, mut socket: WebSocket, mut outgoing: mpsc::Receiver<Utf8Bytes>) {
        self.renew_presence().await;
        let mut check = tokio::time::interval(SESSION_CHECK);
        let mut heard = Instant::now();
        loop {
            tokio::select! {
                message = socket.recv() => {
                    heard = Instant::now();
                    match message {
                        Some(Ok(Message::Text(text))) => {
                            let Ok(answer) = self.hear(&text, heard).await else {
                                close(&mut socket, CLOSE_TOO_MANY, "too many frames").await;
                                break;
                            };
                            if let Some(answer) = answer
                                && !send(&mut socket, &answer).await {
                                    break;
                                }
                        }
                        Some(Ok(Message::Ping(_) | Message::Pong(_))) => {}
                        Some(Ok(Message::Binary(_) | Message::Close(_)) | Err(_)) | None => break,
                    }
                }
                frame = outgoing.recv() => {
                    let Some(frame) = frame else { break };
                    if !give(&mut socket, Message::Text(frame)).await {
                        break;
                    }
                }
                _ = check.tick() => {
                    if heard.elapsed() > SILENCE_MAX {
                        break;
                    }
                    if !self.follower.is_still_good().await {
                        close(&mut socket, CLOSE_UNAUTHENTICATED, "sign in again").await;
                        break;
                    }
                }
                () = self.stop.cancelled() => {
                    close(&mut socket, CLOSE_RESTARTING, "restarting").await;
                    break;
                }
            }
        }
        // Followers end with the socket.
        self.stop.cancel();
    }

    async fn hear(&mut self, text: &str, at: Instant) -> Result<Option<ServerFrame>, TooMany> {
        if !self.allowance.take(at) {
            return Err(TooMany);
        }
        let frame = match serde_json::from_str(text) {
            Ok(frame) => frame,
            Err(error) => {
                return Ok(Some(ServerFrame::Error {
                    code: "malformed_frame".to_owned(),
                    message: error.to_string(),
                    conversation: None,
                }));
            }
        };
        Ok(match frame {
            ClientFrame::Hello { .. } => None,
            ClientFrame::Ping { at, active } => {
                if active {
                    self.follower.was_used().await;
                }
                self.renew_presence().await;
                Some(ServerFrame::Pong { at })
            }
            ClientFrame::Subscribe(topic) => {
                self.count_as_request()?;
                self.subscribe(topic)
            }
            ClientFrame::Unsubscribe(topic) => {
                if let Some(token) = self.followed.remove(&topic.key()) {
                    token.cancel();
                }
                None
            }
            ClientFrame::Typing { conversation } => {
                self.follower.was_used().await;
                self.follower.typing(conversation).await;
                None
            }
        })
    }

    /// What a visitor asks for here is the same work as by a request.
    fn count_as_request(&self) -> Result<(), TooMany> {
        match self.follower.bearer() {
            Bearer::Visitor { visitor, .. } => {
                let limits = self.follower.state().limits();
                limits.visitor(visitor).map_err(|_| TooMany)
            }
            Bearer::Agent { .. } => Ok(()),
        }
    }

    fn subscribe(&mut self, topic: Topic) -> Option<ServerFrame> {
        let key = topic.key();
        if !self.followed.contains_key(&key) && self.followed.len() >= FOLLOWED_MAX {
            return Some(ServerFrame::Error {
                code: "too_many_subscriptions".to_owned(),
                message: format!("a socket follows at most {FOLLOWED_MAX} topics"),
                conversation: None,
            });
        }
        let token = self.stop.child_token();
        if let Some(before) = self.followed.insert(key, token.clone()) {
            before.cancel();
        }
        let follower = self.follower.clone();
        tokio::spawn(async move {
            let following = async {
                match topic {
                    Topic::Conversation { id, after } => {
                        follower.conversation(id, Version(after)).await;
                    }
                    Topic::Inbox => follower.inbox().await,
                    Topic::Dashboard { include_demo } => follower.dashboard(include_demo).await,
                }
            };
            tokio::select! {
                () = following => {}
                () = token.cancelled() => {}
            }
        });
        None
    }

    /// A ping keeps what an agent said of themselves.
    async fn renew_presence(&self) {
        let Bearer::Agent {
            workspace, agent, ..
        } = self.follower.bearer()
        else {
            return;
        };
        let service = self.follower.state().service();
        let Ok(desk) = service.desk(*workspace) else {
            return;
        };
        if let Err(error) = service.renew_presence(&desk, *agent, PRESENCE_LEASE).await {
            tracing::warn!(agent.id = %agent, %error, "a presence could not be renewed");
        }
    }
}

/// Whose typing it is.
pub(crate) const fn role_of(bearer: &Bearer) -> Role {
    match bearer {
        Bearer::Agent { .. } => Role::Agent,
        Bearer::Visitor { .. } => Role::Customer,
    }
}

/// What typing looks like to those who follow.
pub(crate) fn typing(role: Role) -> Frame {
    Frame::Typing {
        who: role,
        name: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_reads_nothing_is_not_waited_for() {
        let never = std::future::pending::<Result<(), ()>>();
        let waited = tokio::time::timeout(TAKEN_WITHIN * 2, is_taken(never)).await;
        assert_eq!(waited, Ok(false));
        assert!(is_taken(async { Ok::<_, ()>(()) }).await);
    }

    #[tokio::test(start_paused = true)]
    async fn an_allowance_comes_back_by_and_by() {
        let start = Instant::now();
        let mut allowance = Allowance::full(start);
        let mut many = |at: Instant| (0..500).filter(|_| allowance.take(at)).count();
        assert_eq!(many(start), 128);
        assert_eq!(many(start + FRAME_EVERY * 3), 3);
        assert_eq!(many(start + FRAME_EVERY * 3 + FRAME_EVERY / 2), 0);
        assert_eq!(many(start + FRAME_EVERY * 4), 1);
        assert_eq!(many(start + Duration::from_secs(3_600)), 128);
    }
}
