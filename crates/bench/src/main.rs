//! Is it fast? Each bench prints one JSON object: its figures, and the ground
//! they stand on, measured in the same run. Quote ratios, not absolutes.
//!
//! `cargo run --release -p segue-bench -- NAME`, where NAME is one of
//! `decide`, `turns`, `push`, `idle`, `store`. All but `decide` and `store`
//! drive the release binary, which `cargo build --release -p segue` makes.
//! A run with one answer that is not 2xx, or with other rows in the store than
//! were acknowledged, is no result but an error. Begin reading with `turns.rs`.

mod connection;
mod decide;
mod echo;
mod figures;
mod idle;
mod push;
mod server;
mod store;
mod system;
mod turns;
mod websocket;
mod words;

use anyhow::bail;

fn main() -> anyhow::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let name = arguments.next().unwrap_or_default();
    let number = arguments.next().map(|word| word.parse()).transpose()?;
    let figures = match name.as_str() {
        "decide" => decide::run()?,
        "turns" => on_one_thread(turns::run(number.unwrap_or(3)))?,
        "push" => on_one_thread(push::run(number.unwrap_or(20)))?,
        "idle" => on_one_thread(idle::run(number.unwrap_or(4_000)))?,
        "store" => store::run()?,
        // What `turns` is measured against, as a process of its own.
        "echo" => return echo::serve(),
        _ => bail!("one of: decide, turns [ROUNDS], push [SECONDS], idle [SOCKETS], store"),
    };
    println!("{figures:#}");
    Ok(())
}

/// The load comes from one thread, as from any other load generator, so that
/// the server has the rest of the machine.
fn on_one_thread<T>(bench: impl Future<Output = anyhow::Result<T>>) -> anyhow::Result<T> {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(bench)
}
