//! `segue policy`: check a policy before it goes live, and say in words what it does.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use segue_policy::Policy;

/// Options of `segue policy`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

/// What to do with a policy.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Errors with line and column, then what is allowed and unwise.
    Lint {
        /// The policy's file.
        file: PathBuf,
    },
    /// The policy in sentences.
    Explain {
        /// The policy's file; the built-in one otherwise.
        file: Option<PathBuf>,
    },
}

/// Checks or explains a policy. Exits 0 with warnings, 1 with errors.
pub fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    match arguments.action {
        Action::Lint { file } => lint(&file),
        Action::Explain { file } => explain(file.as_deref()),
    }
}

fn read(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))
}

fn lint(file: &Path) -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    let text = read(file)?;
    let name = file.display();
    let policy = match Policy::parse(&text) {
        Ok(policy) => policy,
        Err(problems) => {
            for problem in &problems {
                writeln!(out, "{name}:{problem}")?;
            }
            writeln!(out, "{} error(s)", problems.len())?;
            return Ok(ExitCode::FAILURE);
        }
    };
    // What only shows when the topics are compiled and the hours read.
    if let Err(error) = segue_engine::Ruleset::new(policy.clone()) {
        writeln!(out, "{name}: {:#}", anyhow::Error::from(error))?;
        return Ok(ExitCode::FAILURE);
    }
    let lints = policy.lint();
    for lint in &lints {
        writeln!(out, "{name}:{lint}")?;
    }
    writeln!(
        out,
        "{}: no errors, {} warning(s)",
        policy.version().0,
        lints.len()
    )?;
    Ok(ExitCode::SUCCESS)
}

fn explain(file: Option<&Path>) -> anyhow::Result<ExitCode> {
    let parsed = match file {
        Some(file) => Policy::parse(&read(file)?),
        None => Ok(Policy::builtin().clone()),
    };
    match parsed {
        Ok(policy) => {
            writeln!(std::io::stdout(), "{}", policy.explain())?;
            Ok(ExitCode::SUCCESS)
        }
        Err(problems) => {
            for problem in problems {
                eprintln!("{problem}");
            }
            Ok(ExitCode::FAILURE)
        }
    }
}
