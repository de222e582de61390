//! Is it fast? Each bench prints one JSON object: its figures, and the ground
//! they stand on, measured in the same run. Quote ratios, not absolutes.
//!
//! `segue bench NAME` runs one, `segue bench` all; `make bench` builds the release
//! first. What was aimed at is said beside it, on standard error.
//! A run with one answer that is not 2xx, or with other rows in the store than
//! were acknowledged, is no result but an error. Begin reading with `turns.rs`.

mod causes;
mod connection;
mod decide;
mod dialogues;
mod echo;
mod figures;
mod gateway;
mod goals;
mod idle;
mod insight;
mod packet;
mod push;
mod replay;
mod server;
mod store;
mod system;
mod turns;
mod websocket;
mod words;

use std::path::PathBuf;

use serde_json::Value;

pub use causes::Ground;
pub use echo::serve as echo;

/// The benches, the quickest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bench {
    /// The decision on a turn.
    Decide,
    /// Another policy over past conversations, beside the bare decisions.
    Replay,
    /// The packet of a handoff.
    Packet,
    /// Appends to the store alone.
    Store,
    /// From a customer's message to the agent's screen.
    Push,
    /// The memory of sockets that say nothing.
    Idle,
    /// Durable turns over HTTP.
    Turns,
    /// What the gateway adds to a stream, and how soon it cuts one.
    Gateway,
    /// The figures of very many conversations.
    Insight,
}

/// All of them.
pub const ALL: [Bench; 9] = [
    Bench::Decide,
    Bench::Replay,
    Bench::Packet,
    Bench::Store,
    Bench::Push,
    Bench::Idle,
    Bench::Turns,
    Bench::Gateway,
    Bench::Insight,
];

/// On what and how much is measured.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// Dialogues for `decide` and `replay`; made-up ones otherwise. JSON Lines, packed or not.
    pub dialogues: Option<PathBuf>,
    /// A Python that has what `decide` runs beside this product.
    pub python: Option<PathBuf>,
    /// Rounds of `turns`, seconds of `push`, sockets of `idle`, answers of `gateway`,
    /// conversations of `insight`.
    pub size: Option<u64>,
}

/// Measures whether planted causes are found, and prints what it says.
///
/// # Errors
/// When a history cannot be made.
pub fn run_causes(ground: &Ground) -> anyhow::Result<()> {
    println!("{:#}", causes::run(ground)?);
    Ok(())
}

/// Runs benches one after the other and prints what they say.
///
/// # Errors
/// When something cannot be started, an answer is not 2xx, or rows are missing.
pub fn run(benches: &[Bench], options: &Options) -> anyhow::Result<()> {
    let mut figures = Vec::new();
    for bench in benches {
        let measured = measure(*bench, options)?;
        println!("{measured:#}");
        figures.push(measured);
    }
    for line in goals::lines(&figures) {
        eprintln!("{line}");
    }
    Ok(())
}

fn measure(bench: Bench, options: &Options) -> anyhow::Result<Value> {
    let size = |usual| options.size.unwrap_or(usual);
    match (bench, &options.dialogues) {
        (Bench::Decide, Some(file)) => dialogues::run(file, options.python.as_deref()),
        (Bench::Decide, None) => decide::run(),
        (Bench::Replay, file) => replay::run(file.as_deref()),
        (Bench::Packet, _) => Ok(packet::run()),
        (Bench::Turns, _) => on_one_thread(turns::run(size(5))),
        (Bench::Push, _) => on_one_thread(push::run(size(20))),
        (Bench::Gateway, _) => on_one_thread(gateway::run(size(10))),
        (Bench::Insight, _) => insight::run(size(1_000_000)),
        (Bench::Idle, _) => on_one_thread(idle::run(size(4_000))),
        (Bench::Store, _) => store::run(),
    }
}

/// The load comes from one thread, as from any other load generator, so that
/// the server has the rest of the machine.
fn on_one_thread<T>(bench: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(bench)
}
