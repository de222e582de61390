//! The figures as Markdown, for the terminal and for `docs/PACKET.md`.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::Context;

use super::facts::Kind;
use super::rouge::Rouge;
use super::{Found, Measured};

/// Where the generated part of the page begins and ends.
const BEGIN: &str = "<!-- figures: generated, see the command above -->";
const END: &str = "<!-- /figures -->";
/// How many things without ground are named.
const UNGROUNDED_SHOWN: usize = 5;

/// Writes the tables of one file.
pub fn write(text: &mut String, measured: &Measured) {
    let _ = writeln!(
        text,
        "\n### `{}` ({} dialogues)\n",
        measured.file, measured.dialogues
    );
    summaries(text, measured);
    facts(text, measured);
    grounding(text, measured);
}

fn summaries(text: &mut String, measured: &Measured) {
    if measured.methods.is_empty() {
        return;
    }
    text.push_str("| summary | ROUGE-1 / 2 / L, stemmed | unstemmed | words | copied |\n|---|---|---|---:|---:|\n");
    for method in &measured.methods {
        let _ = writeln!(
            text,
            "| {} | {} | {} | {:.0} | {:.0} % |",
            method.name,
            three(method.stemmed),
            three(method.plain),
            method.words,
            method.copied * 100.0
        );
    }
    text.push('\n');
}

fn three(rouge: Rouge) -> String {
    format!(
        "{:.1} / {:.1} / {:.1}",
        rouge.one * 100.0,
        rouge.two * 100.0,
        rouge.longest * 100.0
    )
}

fn facts(text: &mut String, measured: &Measured) {
    if measured.facts.is_empty() {
        return;
    }
    let columns = || measured.facts.iter();
    let _ = write!(text, "| fact |");
    for (name, split, _) in columns() {
        let _ = write!(text, " {name}, {split} |");
    }
    let _ = write!(text, "\n|---|");
    columns().for_each(|_| text.push_str("---:|"));
    text.push('\n');
    for kind in Kind::ALL {
        let mark = if kind.is_exact() { " (all)" } else { "" };
        let _ = write!(text, "| {}{mark} |", kind.name());
        for (_, _, kinds) in columns() {
            let of_kind = kinds.iter().find(|(it, _)| *it == kind);
            let _ = write!(
                text,
                " {} |",
                share(of_kind.map(|it| it.1).unwrap_or_default())
            );
        }
        text.push('\n');
    }
    let _ = write!(text, "| **all facts** |");
    for (_, _, kinds) in columns() {
        let mut all = Found::default();
        for (_, found) in kinds {
            all.held += found.held;
            all.required += found.required;
        }
        let _ = write!(text, " **{}** |", share(all));
    }
    text.push_str("\n\n");
}

#[expect(clippy::cast_precision_loss, reason = "counts of facts are small")]
fn share(found: Found) -> String {
    match found.required {
        0 => "–".to_owned(),
        required => format!(
            "{:.3} ({}/{required})",
            found.held as f64 / required as f64,
            found.held
        ),
    }
}

fn grounding(text: &mut String, measured: &Measured) {
    for (name, grounded) in &measured.grounded {
        let _ = writeln!(
            text,
            "{name}: {} of {} numbers, ids, codes and addresses have ground; {} of {} entities stand in the turn that they cite; {} packets are longer than they may be.",
            grounded.written - grounded.without.len(),
            grounded.written,
            grounded.entities_cited,
            grounded.entities,
            measured.too_long
        );
        for without in grounded.without.iter().take(UNGROUNDED_SHOWN) {
            let _ = writeln!(text, "- without ground: {without}");
        }
    }
}

/// Puts the tables into the page.
pub fn replace(page: &Path, text: &str) -> anyhow::Result<()> {
    let old = std::fs::read_to_string(page)
        .with_context(|| format!("cannot read `{}`", page.display()))?;
    let (head, rest) = old
        .split_once(BEGIN)
        .with_context(|| format!("`{}` has no line `{BEGIN}`", page.display()))?;
    let (_, tail) = rest
        .split_once(END)
        .with_context(|| format!("`{}` has no line `{END}`", page.display()))?;
    std::fs::write(page, format!("{head}{BEGIN}\n{text}\n{END}{tail}"))
        .with_context(|| format!("cannot write `{}`", page.display()))
}
