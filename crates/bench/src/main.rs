//! Is it fast? Each bench prints one JSON object: its figures, and the ground
//! they stand on, measured in the same run. Quote ratios, not absolutes.
//!
//! `make bench` runs them all and closes with a line for each goal;
//! `make bench ARGS=NAME` one of `decide`, `packet`, `store`, `push`, `idle`,
//! `turns`. The last three drive the release binary beside this one.
//! A run with one answer that is not 2xx, or with other rows in the store than
//! were acknowledged, is no result but an error. Begin reading with `turns.rs`.

mod connection;
mod decide;
mod echo;
mod figures;
mod goals;
mod idle;
mod packet;
mod push;
mod server;
mod store;
mod system;
mod turns;
mod websocket;
mod words;

use anyhow::Context;
use serde_json::Value;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let number = arguments.next().map(|word| word.parse()).transpose()?;
    let names = match name.as_str() {
        // What `turns` is measured against, as a process of its own.
        "echo" => return echo::serve(),
        "" => &ALL[..],
        one => std::slice::from_ref(ALL.iter().find(|known| **known == one).context(
            "one of: decide, packet, store, turns [ROUNDS], push [SECONDS], idle [SOCKETS]",
        )?),
    };
    let mut benches = Vec::new();
    for name in names {
        let figures = run(name, number)?;
        println!("{figures:#}");
        benches.push(figures);
    }
    for line in goals::lines(&benches) {
        println!("{line}");
    }
    Ok(())
}

/// The benches, the quickest first.
const ALL: [&str; 6] = ["decide", "packet", "store", "push", "idle", "turns"];

fn run(name: &str, number: Option<u64>) -> anyhow::Result<Value> {
    match name {
        "decide" => decide::run(),
        "packet" => Ok(packet::run()),
        "turns" => on_one_thread(turns::run(number.unwrap_or(5))),
        "push" => on_one_thread(push::run(number.unwrap_or(20))),
        "idle" => on_one_thread(idle::run(number.unwrap_or(4_000))),
        _ => store::run(),
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
