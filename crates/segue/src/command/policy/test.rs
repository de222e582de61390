//! `segue policy test`: the cases beside a policy, judged as live turns are.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use segue_engine::cases::{self, CaseReport, TurnOutcome};
use segue_engine::{CaseFile, Ruleset};

use super::Format;

/// What the program exits with when a file cannot be read as what it should be.
const UNREADABLE: u8 = 2;
/// So much of a turn's text is shown.
const TEXT_CHARS_MAX: usize = 90;

/// Options of `segue policy test`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "Exits 0 when every case passes, 1 when one fails or too few rules are \
                        covered, 2 when the policy or the cases cannot be read."
)]
pub struct Arguments {
    /// The policy's file.
    file: PathBuf,
    /// The case file; otherwise the one beside the policy, `NAME.cases.yaml` for `NAME.yaml`.
    #[arg(long)]
    cases: Option<PathBuf>,
    /// The share of rules that must fire in some case, in percent.
    #[arg(long, value_name = "PERCENT", default_value_t = 0.0, value_parser = percent)]
    min_coverage: f64,
    /// Name every case, not only those that fail.
    #[arg(long)]
    all: bool,
    /// How to show it.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

fn percent(text: &str) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "a number of percent".to_owned())?;
    match (0.0..=100.0).contains(&number) {
        true => Ok(number),
        false => Err("from 0 to 100".to_owned()),
    }
}

/// Judges all cases and prints how they went.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let path = match &arguments.cases {
        Some(path) => path.clone(),
        None => beside(&arguments.file),
    };
    let (rules, file) = match load(arguments, &path) {
        Ok(Some(loaded)) => loaded,
        Ok(None) => return Ok(ExitCode::from(UNREADABLE)),
        Err(error) => {
            eprintln!("segue: {error:#}");
            return Ok(ExitCode::from(UNREADABLE));
        }
    };
    let report = cases::run(&rules, &file);
    let mut out = std::io::stdout().lock();
    match arguments.format {
        Format::Json => writeln!(out, "{}", serde_json::to_string(&report)?)?,
        Format::Text => print(&mut out, &path, &report, arguments.all)?,
    }
    let covered = report.coverage.share * 100.0;
    // Shares are of whole rules, so what is off by less is rounding.
    let is_covered = covered + 1e-9 >= arguments.min_coverage;
    if !is_covered {
        eprintln!(
            "{covered:.1} % of the rules fire in some case, {} % must",
            arguments.min_coverage
        );
    }
    let is_fine = report.failed == 0 && is_covered;
    Ok(ExitCode::from(u8::from(!is_fine)))
}

/// Policy and cases, or `None` with what is wrong with them on standard error.
fn load(arguments: &Arguments, path: &Path) -> anyhow::Result<Option<(Ruleset, CaseFile)>> {
    let Some(policy) = super::parsed(&arguments.file)? else {
        return Ok(None);
    };
    if arguments.cases.is_none() && !path.exists() {
        eprintln!(
            "there are no cases: `{}` does not exist; write it, or name a file with `--cases`",
            path.display()
        );
        return Ok(None);
    }
    match CaseFile::parse(&super::read(path)?) {
        Ok(file) => Ok(Some((Ruleset::new(policy)?, file))),
        Err(problems) => {
            for problem in &problems {
                eprintln!("{}:{problem}", path.display());
            }
            Ok(None)
        }
    }
}

/// `policies/bank.cases.yaml` for `policies/bank.yaml`.
fn beside(policy: &Path) -> PathBuf {
    policy.with_extension("cases.yaml")
}

fn print(out: &mut impl Write, path: &Path, report: &CaseReport, all: bool) -> anyhow::Result<()> {
    for case in &report.cases {
        if case.ok && all {
            writeln!(out, "ok      {}", case.name)?;
        }
        if case.ok {
            continue;
        }
        writeln!(out, "FAILED  {}", case.name)?;
        for turn in case.turns.iter().filter(|turn| !turn.ok) {
            print_turn(out, path, turn)?;
        }
    }
    let coverage = &report.coverage;
    writeln!(
        out,
        "{} passed, {} failed; {} of {} rules fire in some case ({:.0} %)",
        report.passed,
        report.failed,
        coverage.rules.len() - coverage.uncovered.len(),
        coverage.rules.len(),
        coverage.share * 100.0
    )?;
    if all {
        for rule in &coverage.rules {
            writeln!(
                out,
                "  {:<28} {}",
                rule.rule.0,
                match rule.fired_in.len() {
                    0 => "in no case".to_owned(),
                    1 => "in 1 case".to_owned(),
                    many => format!("in {many} cases"),
                }
            )?;
        }
    } else if !coverage.uncovered.is_empty() {
        let names: Vec<&str> = coverage.uncovered.iter().map(|rule| &*rule.0).collect();
        writeln!(out, "in no case: {}", names.join(", "))?;
    }
    Ok(())
}

fn print_turn(out: &mut impl Write, path: &Path, turn: &TurnOutcome) -> anyhow::Result<()> {
    writeln!(
        out,
        "  {}:{}: turn {}: “{}”",
        path.display(),
        turn.line,
        turn.turn,
        super::shortened(&turn.text, TEXT_CHARS_MAX)
    )?;
    writeln!(out, "    expected  {}", turn.expected)?;
    writeln!(out, "    got       {}", turn.got)?;
    for because in &turn.because {
        writeln!(out, "    {because}")?;
    }
    Ok(())
}
