//! The store alone: its own bench, which measures the disk beside it.

use std::process::Command;

use anyhow::ensure;
use serde_json::Value;

/// Appends at 64 waiting.
pub fn run() -> anyhow::Result<Value> {
    let bench = [
        "bench",
        "-q",
        "-p",
        "segue-store-sqlite",
        "--bench",
        "append",
        "--",
        "64",
        "5",
    ];
    let run = Command::new(env!("CARGO")).args(bench).output()?;
    ensure!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    Ok(serde_json::from_slice(&run.stdout)?)
}
