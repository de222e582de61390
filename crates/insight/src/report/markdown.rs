//! The report as Markdown: for mail without HTML, chats and repositories.

use std::fmt::Write as _;

use super::words;
use super::{Report, change::Reason};
use crate::alarm::State;

/// The report; with the console's address, actions lead there.
pub fn render(report: &Report, console: Option<&str>) -> String {
    let mut text = String::new();
    // Writing to a string does not fail.
    let _ = write_all(&mut text, report, console);
    text
}

fn write_all(text: &mut String, report: &Report, console: Option<&str>) -> std::fmt::Result {
    let [from, until] = &report.days;
    writeln!(text, "# Handoffs, {from} to {until}\n")?;
    writeln!(text, "{}\n", words::lead(report))?;
    for note in words::notes(report) {
        writeln!(text, "*{note}*\n")?;
    }
    writeln!(text, "## What to do\n")?;
    if report.actions.is_empty() {
        writeln!(text, "{}\n", words::NO_ACTION)?;
    }
    for (place, action) in report.actions.iter().enumerate() {
        let (number, title) = (place + 1, escaped(&action.title));
        writeln!(text, "{number}. **{title}.** {}", escaped(&action.evidence))?;
        if let Some(console) = console {
            writeln!(
                text,
                "   [{}]({console}/{})",
                action.place.label(),
                action.place.path()
            )?;
        }
    }
    writeln!(text, "\n## What changed\n")?;
    writeln!(
        text,
        "| | this week | interval | n | week before | change |\n|---|--:|---|--:|--:|---|"
    )?;
    for change in &report.changes {
        let interval = match (change.lo, change.hi) {
            (Some(lo), Some(hi)) => format!("{}–{}", words::percent(lo), words::percent(hi)),
            _ => String::new(),
        };
        writeln!(
            text,
            "| {}{} | {} | {interval} | {} | {} | {} |",
            change.name,
            if change.is_provisional {
                " (provisional)"
            } else {
                ""
            },
            words::value(change, change.value),
            change.n,
            words::value(change, change.before),
            words::moved(change),
        )?;
    }
    reasons(text, "Why: by trigger", &report.by_trigger)?;
    reasons(text, "Why: by root cause", &report.by_root_cause)?;
    writeln!(text, "\n## New causes of the last eight weeks\n")?;
    if report.causes.is_empty() {
        writeln!(text, "None was found.")?;
    }
    for finding in &report.causes {
        writeln!(
            text,
            "- **{}: {}.** {}",
            words::cause(finding.cause),
            escaped(&finding.name),
            escaped(&words::finding(finding))
        )?;
    }
    writeln!(text, "\n## Are people kept from a person?\n")?;
    writeln!(text, "{}", words::state(report.alarm.state))?;
    if report.alarm.state != State::TooFew {
        writeln!(text)?;
        for reason in &report.alarm.reasons {
            writeln!(text, "- {}", escaped(reason))?;
        }
    }
    Ok(())
}

fn reasons(text: &mut String, title: &str, reasons: &[Reason]) -> std::fmt::Result {
    writeln!(text, "\n## {title}\n")?;
    if reasons.is_empty() {
        return writeln!(text, "No handoffs in either week.");
    }
    writeln!(
        text,
        "| | handoffs | for each 100 conversations | week before | |\n|---|--:|--:|--:|---|"
    )?;
    for reason in reasons {
        writeln!(
            text,
            "| {} | {} | {:.1} | {:.1} | {} |",
            escaped(&reason.label),
            reason.n,
            reason.per_100,
            reason.per_100_before,
            if reason.is_clear {
                "more than chance"
            } else {
                ""
            },
        )?;
    }
    Ok(())
}

/// Names come from customers' words: what would be markup is text. Underscores stay: they
/// stand in the names of tools, and at most make a word slanted.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '\\' | '`' | '*' | '[' | ']' | '<' | '>' | '|' | '#' | '!' => {
                escaped.push('\\');
                escaped.push(letter);
            }
            '\n' | '\r' => escaped.push(' '),
            _ => escaped.push(letter),
        }
    }
    escaped
}
