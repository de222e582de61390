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
use segue_ports::directory::Presence;
use segue_service::hub::Frame;
use segue_service::identity::sessions::Bearer;
use serde::Deserialize;
use tokio::sync::mpsc;
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
/// How long an agent's presence holds without a ping (F9).
pub const PRESENCE_LEASE: Span = Span::seconds(30);
/// The largest frame a client may send, in bytes (S-20).
const FRAME_BYTES_MAX: usize = 64 * 1024;
/// What is buffered for a slow socket, in bytes (F56).
const WRITE_BYTES_MAX: usize = 256 * 1024;
/// The read buffer of an idle socket, in bytes; the library's own is far larger.
const READ_BUFFER_BYTES: usize = 512;
/// How many frames wait for a slow socket before its followers wait too.
const FRAMES_WAITING_MAX: usize = 64;
/// How many conversations one socket follows at once.
const FOLLOWED_MAX: usize = 64;

/// Sign in again.
const CLOSE_UNAUTHENTICATED: u16 = 4401;
/// The server restarts; come back with your cursors.
const CLOSE_RESTARTING: u16 = 1012;

/// What a client sends.
#[derive(Debug, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", deny_unknown_fields)]
enum ClientFrame {
    Hello { ticket: String },
    Ping { at: i64 },
    Subscribe(Topic),
    Unsubscribe(Topic),
    Typing { conversation: ConversationId },
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
    socket.send(Message::Text(text.into())).await.is_ok()
}

async fn close(socket: &mut WebSocket, code: u16, reason: &'static str) {
    let frame = CloseFrame {
        code,
        reason: Utf8Bytes::from_static(reason),
    };
    // Whoever is gone already need not be told.
    drop(socket.send(Message::Close(Some(frame))).await);
}

/// One socket that has proved whose it is.
struct Connection {
    follower: Follower,
    followed: HashMap<Key, CancellationToken>,
    stop: CancellationToken,
}

impl Connection {
    async fn run(mut self, mut socket: WebSocket, mut outgoing: mpsc::Receiver<Utf8Bytes>) {
        self.renew_presence().await;
        let mut check = tokio::time::interval(SESSION_CHECK);
        let mut heard = tokio::time::Instant::now();
        loop {
            tokio::select! {
                message = socket.recv() => {
                    heard = tokio::time::Instant::now();
                    match message {
                        Some(Ok(Message::Text(text))) => {
                            if let Some(answer) = self.hear(&text).await
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
                    if socket.send(Message::Text(frame)).await.is_err() {
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

    async fn hear(&mut self, text: &str) -> Option<ServerFrame> {
        let frame = match serde_json::from_str(text) {
            Ok(frame) => frame,
            Err(error) => {
                return Some(ServerFrame::Error {
                    code: "malformed_frame".to_owned(),
                    message: error.to_string(),
                    conversation: None,
                });
            }
        };
        match frame {
            ClientFrame::Hello { .. } => None,
            ClientFrame::Ping { at } => {
                self.renew_presence().await;
                Some(ServerFrame::Pong { at })
            }
            ClientFrame::Subscribe(topic) => self.subscribe(topic),
            ClientFrame::Unsubscribe(topic) => {
                if let Some(token) = self.followed.remove(&topic.key()) {
                    token.cancel();
                }
                None
            }
            ClientFrame::Typing { conversation } => {
                self.follower.typing(conversation).await;
                None
            }
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
        let said = desk.presence_said(*agent).unwrap_or(Presence::Away);
        if said == Presence::Offline {
            return;
        }
        if let Err(error) = service
            .set_presence(&desk, *agent, said, PRESENCE_LEASE)
            .await
        {
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
