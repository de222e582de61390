//! `segue policy explain`: a policy in sentences.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use segue_policy::Policy;

/// Options of `segue policy explain`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The policy's file; the built-in one otherwise.
    file: Option<PathBuf>,
}

/// Prints the whole policy in words. Exits 1 where it has errors.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let parsed = match &arguments.file {
        Some(file) => Policy::parse(&super::read(file)?),
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
