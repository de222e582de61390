//! `segue mcp`: the tools of the Model Context Protocol, for an assistant that asks for a
//! person by them. It is a client of a running server; on standard input and output for
//! one assistant, or over HTTP for many, each with a key of its own.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use segue_outbound::{Endpoint, SecretSource};
use tokio_util::sync::CancellationToken;

use super::serve::wait_for_signal;

/// Options of `segue mcp`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The running server.
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    server: String,
    /// A file with the key to it; the variable `SEGUE_KEY` otherwise. The key needs
    /// `turn:write`, `conv:read` and `escalate`.
    #[arg(long, conflicts_with = "listen")]
    key_file: Option<PathBuf>,
    /// Serve HTTP at `/mcp` of this address instead; every caller then brings their own
    /// key (`Authorization: Bearer KEY`).
    #[arg(long)]
    listen: Option<SocketAddr>,
    /// A name that it may be reached by over HTTP, besides those of this machine; may be
    /// given several times.
    #[arg(long = "host", requires = "listen")]
    hosts: Vec<String>,
    /// A proxy in front of it ends TLS; needed to listen beyond this machine.
    #[arg(long, requires = "listen")]
    behind_proxy: bool,
}

/// Serves the tools until its client or a signal ends it.
pub fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    // Its client shows what it says; a line per message would be noise there.
    crate::telemetry::start("warn", None)?;
    // What is wrong with the address is said now, not at the first call.
    Endpoint::new(&arguments.server, None)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async move {
        match arguments.listen {
            Some(at) => on_http(&arguments, at).await,
            None => on_pipes(&arguments).await,
        }
    })?;
    Ok(ExitCode::SUCCESS)
}

async fn on_pipes(arguments: &Arguments) -> anyhow::Result<()> {
    let source = match &arguments.key_file {
        Some(file) => SecretSource {
            file: Some(file.clone()),
            variable: None,
        },
        None => SecretSource {
            file: None,
            variable: Some("SEGUE_KEY".to_owned()),
        },
    };
    let server = Endpoint::new(&arguments.server, source.read()?)?;
    let stop = CancellationToken::new();
    tokio::select! {
        served = segue_mcp::run_on_pipes(server) => served?,
        ended = wait_for_signal(&stop) => ended?,
    }
    Ok(())
}

async fn on_http(arguments: &Arguments, at: SocketAddr) -> anyhow::Result<()> {
    if !at.ip().is_loopback() && !arguments.behind_proxy {
        bail!(
            "listening beyond this machine needs a proxy that ends TLS: say so with --behind-proxy"
        );
    }
    let listener = tokio::net::TcpListener::bind(at)
        .await
        .with_context(|| format!("cannot listen on {at}"))?;
    let mut hosts = arguments.hosts.clone();
    if !hosts.is_empty() {
        hosts.extend(["localhost", "127.0.0.1", "::1"].map(str::to_owned));
    }
    let stop = CancellationToken::new();
    let router = segue_mcp::router(arguments.server.clone(), hosts, stop.clone());
    println!("The tools are at http://{}/mcp", listener.local_addr()?);
    let serving =
        axum::serve(listener, router).with_graceful_shutdown(stop.clone().cancelled_owned());
    let serving = tokio::spawn(serving.into_future());
    wait_for_signal(&stop).await?;
    serving.await??;
    Ok(())
}
