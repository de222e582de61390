//! The one binary: it plugs the adapters together and offers the command line.
//!
//! Each command is a file in `command/`. Exit codes: 0 done, 1 something
//! failed, 2 the command line or the input was wrong.

mod command;
mod connections;
mod demo;
mod telemetry;
mod lines;
mod seal;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;
use command::Command;

/// A turn is some hundred small allocations that one thread makes and another frees.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// The layer between AI support assistants and human teams.
#[derive(Debug, Parser)]
#[command(name = "segue", version, about, propagate_version = true)]
struct Arguments {
    /// A head of your own, made by `segue learn`; may be given several times, one for a
    /// signal. All commands that observe turns go by it.
    #[arg(
        long = "own-head",
        global = true,
        env = "SEGUE_OWN_HEADS",
        value_delimiter = ','
    )]
    own_heads: Vec<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    match command::run(arguments.command, &arguments.own_heads) {
        Ok(code) => code,
        Err(error) => {
            // A reader that has had enough (`segue … | head`) is no failure.
            if is_closed_pipe(&error) {
                return ExitCode::SUCCESS;
            }
            eprintln!("segue: {error:#}");
            let is_input = error.downcast_ref::<lines::InputError>().is_some();
            ExitCode::from(if is_input { 2 } else { 1 })
        }
    }
}

fn is_closed_pipe(error: &anyhow::Error) -> bool {
    error
        .chain()
        .filter_map(|cause| cause.downcast_ref::<std::io::Error>())
        .any(|cause| cause.kind() == std::io::ErrorKind::BrokenPipe)
}
