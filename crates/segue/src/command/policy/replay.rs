//! `segue policy replay`: what another policy would have done with conversations that
//! took place.

mod read;
mod show;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use segue_engine::Ruleset;
use segue_policy::Policy;

use super::{Format, parsed};
use crate::lines;

/// What the program exits with when an input cannot be read as what it should be.
const UNREADABLE: u8 = 2;

/// Options of `segue policy replay`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exits 0 when it is done, whatever changes, and 2 when a policy, the log or \
                        the file cannot be read."
)]
pub struct Arguments {
    /// The policy to try.
    #[arg(long, value_name = "FILE")]
    policy: PathBuf,
    /// The policy to compare it with; the one in force in a data folder, otherwise the one
    /// that ships with Segue.
    #[arg(long, value_name = "FILE")]
    base: Option<PathBuf>,
    /// The data folder of a server, which may be running, or a file of conversation lines,
    /// packed or not; `-` for standard input.
    #[arg(long, value_name = "LOG|FILE")]
    against: PathBuf,
    /// Of a data folder, only conversations that began in the last so many days.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=3660))]
    days: Option<u32>,
    /// Of a data folder, the demo's history, too.
    #[arg(long)]
    demo: bool,
    /// Of a data folder, imported conversations, too.
    #[arg(long)]
    imported: bool,
    /// How to show it.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// The policies that are compared.
#[derive(Clone)]
struct Pair {
    before: Arc<Ruleset>,
    after: Arc<Ruleset>,
}

/// Replays and prints what changes.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let replayed = match replay(arguments) {
        Ok(Some(replayed)) => replayed,
        Ok(None) => return Ok(ExitCode::from(UNREADABLE)),
        Err(error) => {
            eprintln!("segue: {error:#}");
            return Ok(ExitCode::from(UNREADABLE));
        }
    };
    if let Some(hint) = &replayed.hint {
        eprintln!("{hint}");
    }
    let mut out = lines::output();
    match arguments.format {
        Format::Json => writeln!(out, "{}", serde_json::to_string(&replayed.report)?)?,
        Format::Text => show::print(&mut out, &replayed.report)?,
    }
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn replay(arguments: &Arguments) -> anyhow::Result<Option<read::Replayed>> {
    let Some(after) = parsed(&arguments.policy)? else {
        return Ok(None);
    };
    let base = match &arguments.base {
        Some(file) => match parsed(file)? {
            Some(policy) => Some(policy),
            None => return Ok(None),
        },
        None => None,
    };
    let after = Arc::new(Ruleset::new(after)?);
    if arguments.against.is_dir() {
        return read::log(arguments, base, after).map(Some);
    }
    let before = base.unwrap_or_else(|| Policy::builtin().clone());
    let pair = Pair {
        before: Arc::new(Ruleset::new(before)?),
        after,
    };
    read::file(&arguments.against, &pair).map(Some)
}
