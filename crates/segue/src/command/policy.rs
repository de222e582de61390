//! `segue policy`: check a policy before it goes live, and say in words what it does.
//! One file for each verb.

mod diff;
mod explain;
mod lint;
mod schema;

use std::path::Path;
use std::process::ExitCode;

use anyhow::Context;

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
    Lint(lint::Arguments),
    /// The policy in sentences.
    Explain(explain::Arguments),
    /// What one policy says otherwise than another, in sentences.
    Diff(diff::Arguments),
    /// The policy file as JSON Schema, for editors.
    Schema,
}

/// Does it. Exits 0 with warnings, 1 with errors.
pub fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    match arguments.action {
        Action::Lint(arguments) => lint::run(&arguments),
        Action::Explain(arguments) => explain::run(&arguments),
        Action::Diff(arguments) => diff::run(&arguments),
        Action::Schema => schema::run(),
    }
}

fn read(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))
}
