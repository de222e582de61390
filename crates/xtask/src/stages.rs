//! A task in stages: it ends at the first that fails, and says what each took.

use std::process::Command;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

/// How a stage went.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Outcome {
    Passed,
    Skipped(String),
    Failed,
}

/// The stages so far.
#[derive(Debug, Default)]
pub struct Stages {
    done: Vec<(String, Outcome, Duration)>,
}

impl Stages {
    /// Runs a stage.
    ///
    /// # Errors
    /// What the stage failed with; the table is printed before.
    pub fn stage(&mut self, name: &str, work: impl FnOnce() -> Result<()>) -> Result<()> {
        println!("\n== {name}");
        let started = Instant::now();
        let result = work();
        let outcome = if result.is_ok() {
            Outcome::Passed
        } else {
            Outcome::Failed
        };
        self.done
            .push((name.to_owned(), outcome, started.elapsed()));
        if result.is_err() {
            println!("\n{}", self.table());
        }
        result.with_context(|| format!("`{name}` failed"))
    }

    /// Notes a stage that there is nothing to do for.
    pub fn skip(&mut self, name: &str, why: &str) {
        println!("\n== {name}: skipped, {why}");
        self.done.push((
            name.to_owned(),
            Outcome::Skipped(why.to_owned()),
            Duration::ZERO,
        ));
    }

    /// Prints what each stage took.
    pub fn finish(&self) {
        println!("\n{}", self.table());
    }

    /// One line per stage: how it went, seconds, name.
    fn table(&self) -> String {
        let mut lines = Vec::new();
        for (name, outcome, took) in &self.done {
            let (word, why) = match outcome {
                Outcome::Passed => ("ok", String::new()),
                Outcome::Skipped(why) => ("skipped", format!(" ({why})")),
                Outcome::Failed => ("FAILED", String::new()),
            };
            lines.push(format!(
                "{word:<8}{:>7.1} s  {name}{why}",
                took.as_secs_f64()
            ));
        }
        let total: Duration = self.done.iter().map(|(_, _, took)| *took).sum();
        lines.push(format!("{:<8}{:>7.1} s  in all", "", total.as_secs_f64()));
        lines.join("\n")
    }
}

/// Runs a command that says by itself what is wrong.
///
/// # Errors
/// When it cannot be started or fails.
pub fn succeed(command: &mut Command) -> Result<()> {
    let shown = shown(command);
    let status = command
        .status()
        .with_context(|| format!("cannot run `{shown}`"))?;
    ensure!(status.success(), "`{shown}` failed ({status})");
    Ok(())
}

/// Replaces this process by a command, so that signals reach it directly.
///
/// # Errors
/// When it cannot be started.
pub fn become_command(command: &mut Command) -> Result<()> {
    use std::os::unix::process::CommandExt;
    let error = command.exec();
    bail!("cannot run `{}`: {error}", shown(command));
}

fn shown(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::Stages;

    #[test]
    fn the_table_shows_what_failed_and_what_was_left_out() {
        let mut stages = Stages::default();
        assert!(stages.stage("one", || Ok(())).is_ok());
        stages.skip("two", "no such folder");
        assert!(stages.stage("three", || anyhow::bail!("no")).is_err());
        let table = stages.table();
        let lines: Vec<&str> = table.lines().collect();
        assert!(
            lines
                .iter()
                .any(|line| line.starts_with("ok") && line.ends_with("one")),
            "{table}"
        );
        assert!(table.contains("two (no such folder)"), "{table}");
        assert!(
            lines
                .iter()
                .any(|line| line.starts_with("FAILED") && line.ends_with("three")),
            "{table}"
        );
    }
}
