//! The figures as tables: for a terminal, and for the page in `docs/`.

use std::fmt::Write as _;
use std::io::Write;
use std::path::Path;

use anyhow::Context;

use super::figure::{Figure, Wrong};

/// Where the generated part of the page begins and ends.
pub const BEGIN: &str = "<!-- figures: generated, see the command above -->";
pub const END: &str = "<!-- /figures -->";

const HEAD: &str = "| signal | set | figure | rows | value | 95 % | plain | aim | | note |";
const RULE: &str = "|---|---|---|---:|---:|---|---:|---:|---|---|";
const PARTS_HEAD: &str = "| signal | part | figure | rows | value | 95 % | note |";
const PARTS_RULE: &str = "|---|---|---|---:|---:|---|---|";

/// Writes a table for a terminal.
pub fn print(out: &mut impl Write, figures: &[Figure]) -> std::io::Result<()> {
    writeln!(
        out,
        "{:<20} {:<44} {:<17} {:>6} {:>7}  {:<16} {:>6} {:>8}  {:<5}  note",
        "signal", "set", "figure", "rows", "value", "95 %", "plain", "aim", ""
    )?;
    let (parts, whole): (Vec<&Figure>, Vec<&Figure>) =
        figures.iter().partition(|figure| figure.is_part);
    for figure in whole.into_iter().chain(parts) {
        let (value, interval) = figure.shown();
        writeln!(
            out,
            "{:<20} {:<44} {:<17} {:>6} {:>7}  {:<16} {:>6} {:>8}  {:<5}  {}",
            figure.signal,
            figure.name,
            figure.measure,
            figure.rows,
            value,
            interval,
            figure.plain.unwrap_or_default(),
            figure.aim.map(|aim| aim.to_string()).unwrap_or_default(),
            figure.verdict(),
            note(figure)
        )?;
    }
    Ok(())
}

/// Writes rows that were judged wrongly, false alarms and misses in turn, the
/// worst first. To the terminal only: other people's texts do not belong into pages.
pub fn print_wrong(
    out: &mut impl Write,
    signal: &str,
    name: &str,
    wrong: &[Wrong],
    limit: usize,
) -> std::io::Result<()> {
    let (mut missed, mut fired): (Vec<&Wrong>, Vec<&Wrong>) =
        wrong.iter().partition(|row| row.is_true);
    missed.sort_by(|a, b| a.score.total_cmp(&b.score));
    fired.sort_by(|a, b| b.score.total_cmp(&a.score));
    let (missed_count, fired_count) = (missed.len(), fired.len());
    writeln!(
        out,
        "\n{signal}, {name}: {missed_count} missed, {fired_count} wrongly fired"
    )?;
    let (mut missed, mut fired) = (missed.into_iter(), fired.into_iter());
    let mut left = limit;
    while left > 0 {
        let pair = [missed.next(), fired.next()];
        if pair.iter().all(Option::is_none) {
            break;
        }
        for row in pair.into_iter().flatten().take(left) {
            let kind = if row.is_true { "missed" } else { "fired" };
            writeln!(
                out,
                "  {kind:<6} {:.3}  {}",
                row.score,
                row.text.replace('\n', " ")
            )?;
            left -= 1;
        }
    }
    Ok(())
}

/// Replaces the generated part of a page; what stands around it stays.
pub fn write(path: &Path, figures: &[Figure]) -> anyhow::Result<()> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read `{}`", path.display()))?;
    let page = replaced(&text, &block(figures))
        .with_context(|| format!("`{}` lacks `{BEGIN}` or `{END}`", path.display()))?;
    std::fs::write(path, page).with_context(|| format!("cannot write `{}`", path.display()))
}

fn replaced(text: &str, block: &str) -> Option<String> {
    let (before, rest) = text.split_once(BEGIN)?;
    let (_, after) = rest.split_once(END)?;
    Some(format!("{before}{BEGIN}\n{block}{END}{after}"))
}

/// The generated part: what has aims and what goes with it, then its parts.
fn block(figures: &[Figure]) -> String {
    let mut block = format!("{HEAD}\n{RULE}\n");
    for figure in figures.iter().filter(|figure| !figure.is_part) {
        let (value, interval) = figure.shown();
        let aim = figure.aim.map(|aim| aim.to_string()).unwrap_or_default();
        line(
            &mut block,
            &[
                figure.signal,
                &figure.name,
                figure.measure,
                &figure.rows.to_string(),
                &value,
                &interval,
                figure.plain.unwrap_or_default(),
                &aim,
                figure.verdict(),
                &note(figure),
            ],
        );
    }
    if figures.iter().any(|figure| figure.is_part) {
        let _ = write!(block, "\n{PARTS_HEAD}\n{PARTS_RULE}\n");
    }
    for figure in figures.iter().filter(|figure| figure.is_part) {
        let (value, interval) = figure.shown();
        line(
            &mut block,
            &[
                figure.signal,
                &figure.name,
                figure.measure,
                &figure.rows.to_string(),
                &value,
                &interval,
                &note(figure),
            ],
        );
    }
    block
}

fn line(block: &mut String, cells: &[&str]) {
    let _ = writeln!(block, "| {} |", cells.join(" | "));
}

/// Precision and recall beside F1, and what else must be read with it.
fn note(figure: &Figure) -> String {
    let rates = figure.also.get("precision").zip(figure.also.get("recall"));
    let rates = rates.map(|(precision, recall)| format!("P {precision:.2}, R {recall:.2}"));
    let notes: Vec<String> = rates.into_iter().chain(figure.note.clone()).collect();
    notes.join("; ")
}

#[cfg(test)]
#[path = "page/tests.rs"]
mod tests;
