//! `segue backup` and `segue restore`.

use std::path::PathBuf;
use std::process::ExitCode;

use age::x25519::Recipient;
use anyhow::{Context, bail};
use segue_store_sqlite::{Copied, backup, restore};

use crate::seal;

/// Options of `segue backup`.
#[derive(Debug, clap::Args)]
pub struct BackupArguments {
    /// The server's data folder; it may be running.
    #[arg(long)]
    data: PathBuf,
    /// The file to write.
    #[arg(long)]
    to: PathBuf,
    /// A public key (`age1…`): only who holds its other half reads the copy; may be
    /// given several times.
    #[arg(long = "recipient", value_name = "AGE1…", value_parser = recipient)]
    recipients: Vec<Recipient>,
}

fn recipient(text: &str) -> Result<Recipient, String> {
    text.parse().map_err(str::to_owned)
}

/// Options of `segue restore`.
#[derive(Debug, clap::Args)]
pub struct RestoreArguments {
    /// The copy.
    #[arg(long)]
    from: PathBuf,
    /// The file with the key of a copy that was made for a recipient.
    #[arg(long)]
    identity: Option<PathBuf>,
    /// The data folder to put it in; no server may run there.
    #[arg(long)]
    data: PathBuf,
    /// Replace newer data too.
    #[arg(long)]
    force: bool,
}

/// Writes a consistent copy.
pub fn run_backup(arguments: &BackupArguments) -> anyhow::Result<ExitCode> {
    let copied = copy(arguments)
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
    let restored = put_back(arguments)
        .with_context(|| format!("cannot restore `{}`", arguments.from.display()))?;
    println!(
        "{} holds the log up to entry {} ({})",
        arguments.data.display(),
        restored.position.0,
        restored.generation
    );
    Ok(ExitCode::SUCCESS)
}

fn copy(arguments: &BackupArguments) -> anyhow::Result<Copied> {
    let BackupArguments {
        data,
        to,
        recipients,
    } = arguments;
    if recipients.is_empty() {
        return Ok(backup(data, to)?);
    }
    if to.exists() {
        bail!("`{}` is there already", to.display());
    }
    if !data.exists() {
        bail!("there is no such folder");
    }
    let plain = seal::Plain::within(data)?;
    let copied = backup(data, plain.path())?;
    seal::seal(plain.path(), to, recipients)?;
    Ok(copied)
}

fn put_back(arguments: &RestoreArguments) -> anyhow::Result<Copied> {
    let RestoreArguments {
        from,
        identity,
        data,
        force,
    } = arguments;
    match (identity, seal::is_sealed(from)?) {
        (None, false) => Ok(restore(from, data, *force)?),
        (None, true) => {
            bail!("it was made for a recipient: name the file of its key with --identity")
        }
        (Some(_), false) => bail!("it was made for no recipient: leave --identity away"),
        (Some(identity), true) => {
            let plain = seal::Plain::within(data)?;
            seal::open(from, identity, plain.path())?;
            Ok(restore(plain.path(), data, *force)?)
        }
    }
}
