//! `segue policy schema`: the policy file as JSON Schema, for editors.

use std::io::Write as _;
use std::process::ExitCode;

/// Prints the schema.
pub fn run() -> anyhow::Result<ExitCode> {
    let schema = serde_json::to_string_pretty(&segue_policy::schema())?;
    writeln!(std::io::stdout(), "{schema}")?;
    Ok(ExitCode::SUCCESS)
}
