//! `segue backup` and `segue restore`.

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;

/// Options of `segue backup`.
#[derive(Debug, clap::Args)]
pub struct BackupArguments {
    /// The server's data folder; it may be running.
    #[arg(long)]
    data: PathBuf,
    /// The file to write.
    #[arg(long)]
    to: PathBuf,
}

/// Options of `segue restore`.
#[derive(Debug, clap::Args)]
pub struct RestoreArguments {
    /// The copy.
    #[arg(long)]
    from: PathBuf,
    /// The data folder to put it in; no server may run there.
    #[arg(long)]
    data: PathBuf,
    /// Replace newer data too.
    #[arg(long)]
    force: bool,
}

/// Writes a consistent copy.
pub fn run_backup(arguments: &BackupArguments) -> anyhow::Result<ExitCode> {
    let copied = segue_store_sqlite::backup(&arguments.data, &arguments.to)
        .with_context(|| format!("cannot back up `{}`", arguments.data.display()))?;
    println!(
        "{} holds the log up to entry {} ({})",
        arguments.to.display(),
        copied.position.0,
        copied.generation
    );
    Ok(ExitCode::SUCCESS)
}

/// Puts a copy back.
pub fn run_restore(arguments: &RestoreArguments) -> anyhow::Result<ExitCode> {
    let restored = segue_store_sqlite::restore(&arguments.from, &arguments.data, arguments.force)
        .with_context(|| format!("cannot restore `{}`", arguments.from.display()))?;
    println!(
        "{} holds the log up to entry {} ({})",
        arguments.data.display(),
        restored.position.0,
        restored.generation
    );
    Ok(ExitCode::SUCCESS)
}
