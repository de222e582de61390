//! The commands, one file each.

mod ask;
mod backup;
mod beside;
mod bench;
mod decide;
mod eval;
mod export;
mod import;
mod key;
mod learn;
mod mcp;
mod packet;
pub mod partial;
mod policy;
mod report;
pub mod serve;
mod knowledge;
mod signals;
mod traffic;
mod train;
mod tune;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Subcommand;

/// What the binary can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Run the server.
    Serve(serve::Arguments),
    /// Make keys for assistants.
    Key(key::Arguments),
    /// Copy the data of a running server.
    Backup(backup::BackupArguments),
    /// Put a copy back.
    Restore(backup::RestoreArguments),
    /// Conversations in, what was observed in their last customer turn out.
    Signals(signals::Arguments),
    /// Conversations in, one verdict per customer turn out.
    Decide(decide::Arguments),
    /// Questions in, articles with a confidence out.
    Ask(ask::Arguments),
    /// Conversations in, packets out.
    Packet(packet::Arguments),
    /// Check and explain policies.
    Policy(policy::Arguments),
    /// The detectors' figures on labelled data.
    Eval(eval::Arguments),
    /// Write what the assistant was taught as files.
    Knowledge(knowledge::Arguments),
    /// Fit the models of the detectors anew.
    Train(train::Arguments),
    /// Learn a signal from labelled lines of one's own.
    Learn(learn::Arguments),
    /// Which confidence threshold to choose, and what may be promised of it.
    Tune(tune::Arguments),
    /// Read conversations of files into a workspace.
    Import(import::Arguments),
    /// The log as flat tables, in Parquet or CSV.
    Export(export::Arguments),
    /// The tools of the Model Context Protocol, over a running server.
    Mcp(mcp::Arguments),
    /// How the last weeks went, and what new reasons made people necessary.
    Report(report::Arguments),
    /// Weeks of synthetic history for a demo, with causes planted in it.
    Traffic(traffic::Arguments),
    /// How fast it is here.
    Bench(bench::Arguments),
}

/// Runs a command with heads of the operator's own in force; the exit code says how it
/// went.
pub fn run(command: Command, own_heads: &[PathBuf]) -> anyhow::Result<ExitCode> {
    learn::install(own_heads)?;
    match command {
        Command::Serve(arguments) => serve::run(arguments),
        Command::Key(arguments) => key::run(arguments),
        Command::Backup(arguments) => backup::run_backup(&arguments),
        Command::Restore(arguments) => backup::run_restore(&arguments),
        Command::Signals(arguments) => signals::run(&arguments),
        Command::Decide(arguments) => decide::run(&arguments),
        Command::Ask(arguments) => ask::run(&arguments),
        Command::Packet(arguments) => packet::run(&arguments),
        Command::Policy(arguments) => policy::run(arguments),
        Command::Eval(arguments) => eval::run(&arguments),
        Command::Knowledge(arguments) => knowledge::run(arguments),
        Command::Train(arguments) => train::run(&arguments),
        Command::Learn(arguments) => learn::run(&arguments),
        Command::Tune(arguments) => tune::run(&arguments),
        Command::Import(arguments) => import::run(arguments),
        Command::Export(arguments) => export::run(&arguments),
        Command::Mcp(arguments) => mcp::run(arguments),
        Command::Report(arguments) => report::run(&arguments),
        Command::Traffic(arguments) => traffic::run(&arguments),
        Command::Bench(arguments) => bench::run(arguments),
    }
}
