//! `segue policy`: check a policy before it goes live, and say in words what it does.
//! One file for each verb.

mod diff;
mod explain;
mod lint;
mod replay;
mod schema;
mod test;

use std::path::Path;
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
    Lint(lint::Arguments),
    /// The cases beside the policy: what must follow, and what does.
    Test(test::Arguments),
    /// The policy in sentences, or why the turns of a conversation were decided so.
    Explain(explain::Arguments),
    /// What one policy says otherwise than another, in sentences.
    Diff(diff::Arguments),
    /// What another policy would have done with conversations that took place.
    Replay(replay::Arguments),
    /// The policy file as JSON Schema, for editors.
    Schema,
}

/// How to show what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

/// Does it. Exits 0 with warnings, 1 with errors; `test` has a 2 for files it cannot read.
pub fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    match arguments.action {
        Action::Lint(arguments) => lint::run(&arguments),
        Action::Test(arguments) => test::run(&arguments),
        Action::Explain(arguments) => explain::run(&arguments),
        Action::Diff(arguments) => diff::run(&arguments),
        Action::Replay(arguments) => replay::run(&arguments),
        Action::Schema => schema::run(),
    }
}

fn read(file: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))
}

/// The policy of a file, or `None` with everything that is wrong with it on standard error.
fn parsed(file: &Path) -> anyhow::Result<Option<Policy>> {
    match Policy::parse(&read(file)?) {
        Ok(policy) => Ok(Some(policy)),
        Err(problems) => {
            for problem in problems {
                eprintln!("{}:{problem}", file.display());
            }
            Ok(None)
        }
    }
}

/// The beginning of a text on one line, with an ellipsis where something was cut.
fn shortened(text: &str, chars_max: usize) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(chars_max) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default().trim_end()),
        None => line,
    }
}
