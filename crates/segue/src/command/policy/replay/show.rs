//! A replay for people: what changes, by how much, with conversations to read, and what
//! it cannot know.

use std::collections::BTreeMap;
use std::io::Write;

use segue_engine::what_if::{Change, Decision, Example, Side, WhatIfReport};

use crate::command::policy::shortened;

/// The length of a whole bar, in characters.
const BAR: usize = 30;
/// So many rules are listed, those that change the most first.
const RULES_MAX: usize = 12;
/// So many days are listed, the latest.
const DAYS_MAX: usize = 14;
/// So long is a line of a longer text.
const LINE_CHARS: usize = 88;
/// So much of a customer's turn is shown.
const TEXT_CHARS_MAX: usize = 90;

pub fn print(out: &mut impl Write, report: &WhatIfReport) -> anyhow::Result<()> {
    let (before, after) = (&report.before, &report.after);
    writeln!(
        out,
        "{} conversations with {} customer turns, decided again",
        before.conversations, before.turns
    )?;
    writeln!(out, "  before  {}", before.version.0)?;
    writeln!(out, "  after   {}", after.version.0)?;
    if before.conversations == 0 {
        return Ok(());
    }
    rates(out, report)?;
    changes(out, report)?;
    table(
        out,
        "by trigger",
        &sides(before, after, |side| {
            let rows = side.by_trigger.iter();
            rows.map(|row| (word(&row.trigger), row.count)).collect()
        }),
    )?;
    table(
        out,
        "by queue",
        &sides(before, after, |side| {
            let rows = side.by_queue.iter();
            rows.map(|row| (row.queue.clone(), row.count)).collect()
        }),
    )?;
    table(
        out,
        "by rule",
        &sides(before, after, |side| {
            let rows = side.by_rule.iter();
            rows.map(|row| (row.rule.clone(), row.count)).collect()
        }),
    )?;
    days(out, report)?;
    examples(out, &report.examples)?;
    limits(out, report)
}

fn rates(out: &mut impl Write, report: &WhatIfReport) -> anyhow::Result<()> {
    writeln!(out, "\nHanded over to people")?;
    for (name, side) in [("before", &report.before), ("after", &report.after)] {
        let rate = side.rate.unwrap_or_default();
        let [low, high] = side.interval.unwrap_or_default();
        writeln!(
            out,
            "  {name:<7} {:>5.1} %  {:<bar$}  {} of {}, 95 % interval {:.1}–{:.1} %",
            rate * 100.0,
            bar(rate),
            side.escalated,
            side.conversations,
            low * 100.0,
            high * 100.0,
            bar = BAR
        )?;
    }
    let change = report.after.rate.unwrap_or_default() - report.before.rate.unwrap_or_default();
    writeln!(out, "  change  {:>+5.1} points", change * 100.0)?;
    Ok(())
}

fn changes(out: &mut impl Write, report: &WhatIfReport) -> anyhow::Result<()> {
    let changes = &report.changes;
    let all = report.before.conversations as f64;
    writeln!(out, "\nWhat becomes of the conversations")?;
    let rows = [
        ("same", changes.same),
        ("newly handed over", changes.newly),
        ("no longer", changes.no_longer),
        ("earlier", changes.earlier),
        ("later", changes.later),
        ("elsewhere", changes.elsewhere),
    ];
    for (name, count) in rows {
        let share = count as f64 / all;
        writeln!(
            out,
            "  {name:<18} {count:>7}  {:>5.1} %  {}",
            share * 100.0,
            bar(share)
        )?;
    }
    writeln!(
        out,
        "  The verdicts differ on {} customer turns.",
        report.turns_changed
    )?;
    Ok(())
}

type Counts = BTreeMap<String, (u64, u64)>;

fn sides(before: &Side, after: &Side, of: impl Fn(&Side) -> Vec<(String, u64)>) -> Counts {
    let mut counts = Counts::new();
    for (name, count) in of(before) {
        counts.entry(name).or_default().0 += count;
    }
    for (name, count) in of(after) {
        counts.entry(name).or_default().1 += count;
    }
    counts
}

fn table(out: &mut impl Write, title: &str, counts: &Counts) -> anyhow::Result<()> {
    if counts.is_empty() {
        return Ok(());
    }
    let mut rows: Vec<_> = counts.iter().collect();
    rows.sort_by_key(|(name, (before, after))| {
        let change = before.abs_diff(*after);
        (std::cmp::Reverse((change, *before)), *name)
    });
    writeln!(
        out,
        "\n{title:<28} {:>7} {:>7} {:>7}",
        "before", "after", "change"
    )?;
    for (name, (before, after)) in rows.iter().take(RULES_MAX) {
        let change = i128::from(*after) - i128::from(*before);
        let change = if change == 0 {
            "·".to_owned()
        } else {
            format!("{change:+}")
        };
        writeln!(out, "  {name:<26} {before:>7} {after:>7} {change:>7}")?;
    }
    if let Some(more) = rows.len().checked_sub(RULES_MAX).filter(|more| *more > 0) {
        writeln!(out, "  and {more} more that change less")?;
    }
    Ok(())
}

fn days(out: &mut impl Write, report: &WhatIfReport) -> anyhow::Result<()> {
    if report.by_day.len() < 2 {
        return Ok(());
    }
    writeln!(
        out,
        "\n{:<12} {:>7} {:>7} {:>7}",
        "by day", "talks", "before", "after"
    )?;
    let skipped = report.by_day.len().saturating_sub(DAYS_MAX);
    for day in report.by_day.iter().skip(skipped) {
        let share = |part: u64| part as f64 / day.conversations.max(1) as f64;
        writeln!(
            out,
            "  {:<10} {:>7} {:>5.1} % {:>5.1} %  {}",
            day.day,
            day.conversations,
            share(day.before) * 100.0,
            share(day.after) * 100.0,
            bar(share(day.after))
        )?;
    }
    Ok(())
}

fn examples(out: &mut impl Write, examples: &[Example]) -> anyhow::Result<()> {
    let mut last: Option<Change> = None;
    for example in examples {
        if last != Some(example.change) {
            writeln!(out, "\nTo read: {}", title(example.change))?;
            last = Some(example.change);
        }
        writeln!(out, "  {} turn {}", example.conversation, example.turn.0)?;
        writeln!(
            out,
            "    \u{201c}{}\u{201d}",
            shortened(&example.customer, TEXT_CHARS_MAX)
        )?;
        writeln!(out, "    before  {}", decision(example.before.as_ref()))?;
        writeln!(out, "    after   {}", decision(example.after.as_ref()))?;
    }
    Ok(())
}

fn limits(out: &mut impl Write, report: &WhatIfReport) -> anyhow::Result<()> {
    writeln!(out, "\nHow sure this is")?;
    writeln!(
        out,
        "  {} conversations are exact ({:.1} %), {} censored.",
        report.exact,
        report.exact_share.unwrap_or_default() * 100.0,
        report.censored
    )?;
    if let Some([low, high]) = report.after.bounds.filter(|_| report.censored > 0) {
        writeln!(
            out,
            "  Whatever those would have come to, the share after lies within {:.1}–{:.1} %.",
            low * 100.0,
            high * 100.0
        )?;
    }
    let again = report.decided_again;
    if again.turns > 0 {
        writeln!(
            out,
            "  {} of {} verdicts of the log come out the same, byte for byte, when decided again.",
            again.same, again.turns
        )?;
    }
    for limit in &report.limits {
        let mut lead = "  - ";
        for line in wrapped(&limit.sentence) {
            writeln!(out, "{lead}{line}")?;
            lead = "    ";
        }
    }
    Ok(())
}

fn decision(decision: Option<&Decision>) -> String {
    let Some(decision) = decision else {
        return "nothing".to_owned();
    };
    let kind = decision.kind.map(|kind| format!(" {}", word(&kind)));
    let queue = decision.queue.as_ref().map(|queue| format!(" → {queue}"));
    format!(
        "turn {}: {}{}{} ({})",
        decision.turn.0,
        decision.verdict,
        kind.unwrap_or_default(),
        queue.unwrap_or_default(),
        decision.rule
    )
}

const fn title(change: Change) -> &'static str {
    match change {
        Change::Same => "the same",
        Change::Newly => "handed over only after",
        Change::NoLonger => "handed over only before",
        Change::Earlier => "earlier",
        Change::Later => "later",
        Change::Elsewhere => "another way or another queue",
    }
}

/// A sentence in lines.
fn wrapped(sentence: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in sentence.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < LINE_CHARS => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// The word on the wire.
fn word(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).unwrap_or_default();
    value.as_str().unwrap_or_default().to_owned()
}

fn bar(share: f64) -> String {
    let eighths = (share.clamp(0.0, 1.0) * BAR as f64 * 8.0).round() as usize;
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    let rest = PARTS.get(eighths % 8).copied().unwrap_or_default();
    format!("{}{rest}", "█".repeat(eighths / 8))
}
