//! The listeners: pages, headers, API, live sockets, shutdown.
//!
//! Two listeners keep two origins apart (S-3): the console with the API, and
//! the widget with the demo site. This crate knows how bytes reach a browser,
//! never what they mean. Begin with [`serve`].

pub mod headers;
pub mod pages;
pub mod site;

mod crowd;
mod trace;

use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr};
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use segue_api::auth::proxy::Proxies;
use tokio::net::{TcpListener, TcpStream};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower::Service;
use tracing::Instrument as _;

use crowd::{Counted, Crowd, Room};

/// How long open requests and sockets may take to end after the signal.
const DRAIN_MAX: Duration = Duration::from_secs(10);
/// How long the listener rests after a connection could not be accepted because
/// something has run out: descriptors, memory.
const ACCEPT_REST: Duration = Duration::from_secs(1);

/// How often it is said that a door is full.
const FULL_SAID_EVERY: Duration = Duration::from_secs(10);

/// What connections may take up (S-20). The library counts to 100 headers by
/// itself; naming that number would move them to the heap.
#[derive(Debug, Clone)]
pub struct Limits {
    /// The longest head of a request, in bytes; a longer one is answered with 431.
    pub head_bytes_max: usize,
    /// By when a head has to be there, from the opening of the connection or the
    /// answer before: who sends a byte now and then, or nothing, is cut off.
    pub head_within: Duration,
    /// How many connections are open at once; more are closed as they come.
    pub connections_max: usize,
    /// How many of them come from one address (IPv6: one /64). This machine and
    /// `proxies` have no such bound, because many come from there on purpose.
    pub connections_per_address_max: usize,
    /// The proxies in front.
    pub proxies: Proxies,
}

impl Limits {
    fn room(&self, from: IpAddr) -> Room {
        let is_many = from.to_canonical().is_loopback() || self.proxies.contain(from);
        Room {
            in_all: self.connections_max,
            of_one: (!is_many).then_some(self.connections_per_address_max),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            head_bytes_max: 16 * 1024,
            head_within: Duration::from_secs(10),
            connections_max: 16_384,
            connections_per_address_max: 256,
            proxies: Proxies::default(),
        }
    }
}

/// What a listener serves until the token rings.
///
/// Sockets end by the same token, because a server that waits for open streams
/// would wait for ever. `axum::serve` would be shorter, but leaves the limits of
/// a connection as they are.
///
/// # Errors
/// None at present; a connection that fails is its own end only.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    limits: Limits,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let open = TaskTracker::new();
    let crowd = Crowd::default();
    let mut said_full: Option<Instant> = None;
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => break,
        };
        match accepted {
            Ok((stream, from)) => {
                let Some(place) = crowd.admit(from.ip(), limits.room(from.ip())) else {
                    if said_full.is_none_or(|said| said.elapsed() >= FULL_SAID_EVERY) {
                        said_full = Some(Instant::now());
                        tracing::warn!("connections are turned away: too many are open");
                    }
                    continue;
                };
                // A frame or an answer goes out when it is there.
                let _ = stream.set_nodelay(true);
                open.spawn(connection(
                    Counted::new(stream, place),
                    from,
                    router.clone(),
                    limits.clone(),
                    stop.clone(),
                ));
            }
            Err(error) if is_of_connection(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be accepted");
                tokio::time::sleep(ACCEPT_REST).await;
            }
        }
    }
    drop(listener);
    open.close();
    // Who has not ended by then is cut off.
    let _ = tokio::time::timeout(DRAIN_MAX, open.wait()).await;
    Ok(())
}

/// The client has gone before it was accepted.
fn is_of_connection(error: &std::io::Error) -> bool {
    matches!(
        error.kind(),
        ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset
    )
}

async fn connection(
    stream: Counted<TcpStream>,
    from: SocketAddr,
    router: Router,
    limits: Limits,
    stop: CancellationToken,
) {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(from));
        let span = trace::span_of(&request);
        // A router is always ready; clones share everything.
        router.clone().call(request).instrument(span)
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new())
        .header_read_timeout(limits.head_within)
        .max_header_size(limits.head_bytes_max);
    let serving = http
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    let mut serving = pin!(serving);
    let served = tokio::select! {
        served = serving.as_mut() => served,
        () = stop.cancelled() => {
            serving.as_mut().graceful_shutdown();
            serving.await
        }
    };
    if let Err(error) = served {
        tracing::debug!(%error, "a connection ended early");
    }
}

/// Binds an address; where `next_if_busy`, the next free port of the following few.
///
/// # Errors
/// When none of them can be bound.
pub async fn bind(address: SocketAddr, next_if_busy: bool) -> std::io::Result<TcpListener> {
    /// How many ports are tried after the first.
    const PORTS_TRIED: u16 = 20;
    let mut last = None;
    for step in 0..=PORTS_TRIED {
        let port = address
            .port()
            .saturating_add(if address.port() == 0 { 0 } else { step });
        match TcpListener::bind(SocketAddr::new(address.ip(), port)).await {
            Ok(listener) => return Ok(listener),
            Err(error) if next_if_busy && error.kind() == std::io::ErrorKind::AddrInUse => {
                last = Some(error);
            }
            Err(error) => return Err(error),
        }
    }
    Err(last.unwrap_or_else(|| std::io::Error::other("no port is free")))
}
