//! The listeners: pages, headers, API, live sockets, shutdown.
//!
//! Two listeners keep two origins apart (S-3): the console with the API, and
//! the widget with the demo site. This crate knows how bytes reach a browser,
//! never what they mean. Begin with [`serve`].

pub mod headers;
pub mod pages;
pub mod site;

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::connect_info::IntoMakeServiceWithConnectInfo;
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

/// How long open requests and sockets may take to end after the signal.
const DRAIN_MAX: Duration = Duration::from_secs(10);

/// What a listener serves until the token rings.
///
/// Sockets end by the same token, because a server that waits for open streams
/// would wait for ever.
///
/// # Errors
/// When the listener fails.
pub async fn serve(
    listener: TcpListener,
    router: Router,
    stop: CancellationToken,
) -> std::io::Result<()> {
    let service: IntoMakeServiceWithConnectInfo<Router, SocketAddr> =
        router.into_make_service_with_connect_info::<SocketAddr>();
    let ending = stop.clone();
    let serving = axum::serve(listener, service)
        .with_graceful_shutdown(async move { ending.cancelled().await });
    tokio::select! {
        served = serving => served,
        () = async { stop.cancelled().await; tokio::time::sleep(DRAIN_MAX).await } => Ok(()),
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
