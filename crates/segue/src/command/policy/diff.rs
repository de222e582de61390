//! `segue policy diff`: what one policy says otherwise than another.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use segue_policy::{Change, ChangeKind, Policy};

/// Options of `segue policy diff`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The policy of before.
    before: PathBuf,
    /// The policy of after.
    after: PathBuf,
    /// How to write it.
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

/// How the differences are written.
#[derive(Debug, Clone, Copy, Default, clap::ValueEnum)]
enum Format {
    /// One sentence a line.
    #[default]
    Text,
    /// One JSON object with both versions and all changes.
    Json,
}

/// Prints every difference in the order of the file. Exits 0 whether there are any or
/// not, 1 where a file has errors.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let (Some(before), Some(after)) = (load(&arguments.before)?, load(&arguments.after)?) else {
        return Ok(ExitCode::FAILURE);
    };
    let changes = before.diff(&after);
    let mut out = std::io::stdout().lock();
    match arguments.format {
        Format::Json => {
            let answer = serde_json::json!({
                "before": before.version(),
                "after": after.version(),
                "changes": changes,
            });
            writeln!(out, "{answer}")?;
        }
        Format::Text => {
            writeln!(out, "{} -> {}", before.version().0, after.version().0)?;
            for change in &changes {
                writeln!(out, "{} {}", sign(change), change.sentence)?;
            }
            writeln!(out, "{} change(s)", changes.len())?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// The policy of a file; where it has errors, they are told.
fn load(file: &Path) -> anyhow::Result<Option<Policy>> {
    match Policy::parse(&super::read(file)?) {
        Ok(policy) => Ok(Some(policy)),
        Err(problems) => {
            for problem in problems {
                eprintln!("{}:{problem}", file.display());
            }
            Ok(None)
        }
    }
}

fn sign(change: &Change) -> char {
    match change.what {
        ChangeKind::Added => '+',
        ChangeKind::Removed => '-',
        ChangeKind::Changed => '~',
        ChangeKind::Moved => '>',
    }
}
