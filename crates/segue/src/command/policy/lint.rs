//! `segue policy lint`: what is wrong with a policy, and what is odd.

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use segue_policy::Policy;

/// Options of `segue policy lint`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The policy's file.
    file: PathBuf,
}

/// Prints what was found. Exits 0 with warnings, 1 with errors.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut out = std::io::stdout().lock();
    let text = super::read(&arguments.file)?;
    let name = arguments.file.display();
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
        if let segue_engine::RulesetError::Policy(problems) = &error {
            for problem in problems {
                writeln!(out, "{name}:{problem}")?;
            }
            writeln!(out, "{} error(s)", problems.len())?;
            return Ok(ExitCode::FAILURE);
        }
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
