//! `segue learn`: a head of an operator's own, from labelled lines of their own.

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, ensure};
use clap::builder::PossibleValuesParser;
use segue_detect::own::{self, OwnHead};
use serde::Deserialize;
use serde_json::Value;

use super::eval::sets::{is_on, read};

/// Options of `segue learn`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The signal that the head speaks for.
    #[arg(value_parser = PossibleValuesParser::new(own::signals()))]
    signal: String,
    /// Labelled lines: `{"text": "…", "label": true}`, one a line; 1 and 0 do as well.
    lines: PathBuf,
    /// The label that says yes, where labels are words.
    #[arg(long)]
    yes: Option<String>,
    /// Where the head is written.
    #[arg(long)]
    out: PathBuf,
}

#[derive(Debug, Deserialize)]
struct Line {
    text: String,
    label: Value,
}

/// Learns, says how well on lines that were not learned, and writes.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let rows: Vec<Line> = read(&arguments.lines)?;
    let mut lines = Vec::with_capacity(rows.len());
    for (at, row) in rows.into_iter().enumerate() {
        let label = match (&arguments.yes, &row.label) {
            (Some(yes), Value::String(label)) => label == yes,
            (None, label) if label.is_boolean() || label.is_number() => is_on(label),
            _ => {
                let number = at + 1;
                return Err(anyhow::anyhow!(
                    "row {number}: a label is true or false, or a word that --yes names"
                ));
            }
        };
        lines.push((row.text, label));
    }
    let trained = own::learn::learn(&arguments.signal, &lines)?;
    let bytes = trained.head.write();
    std::fs::write(&arguments.out, &bytes)
        .with_context(|| format!("cannot write `{}`", arguments.out.display()))?;
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "{}: {} lines, {} of them yes; on lines not learned F1 {:.3} (P {:.3}, R {:.3}), AUROC {:.3}",
        arguments.signal,
        lines.len(),
        lines.iter().filter(|(_, label)| *label).count(),
        trained.unseen.f1(),
        trained.unseen.precision(),
        trained.unseen.recall(),
        trained.auroc.unwrap_or_default(),
    )?;
    Ok(ExitCode::SUCCESS)
}

/// Puts heads of one's own in force, before anything is observed.
pub fn install(paths: &[PathBuf]) -> anyhow::Result<()> {
    let heads: Vec<OwnHead> = paths
        .iter()
        .map(|path| open(path))
        .collect::<Result<_, _>>()?;
    if heads.is_empty() {
        return Ok(());
    }
    own::install(heads).context("--own-head")
}

/// The largest head that can be.
const HEAD_BYTES_MAX: u64 = 16 << 20;

fn open(path: &Path) -> anyhow::Result<OwnHead> {
    let name = path.display();
    let size = std::fs::metadata(path).with_context(|| format!("cannot read `{name}`"))?;
    ensure!(size.len() <= HEAD_BYTES_MAX, "`{name}`: a head is smaller");
    let bytes = std::fs::read(path).with_context(|| format!("cannot read `{name}`"))?;
    OwnHead::read(&bytes).with_context(|| format!("`{name}`"))
}
