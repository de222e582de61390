//! What the report says, in one place, so that it can be translated.

use super::Report;
use super::change::{Change, Reason};
use crate::alarm::State;
use crate::causes::{Cause, Finding};

/// What is said where nothing is recommended.
pub(super) const NO_ACTION: &str =
    "Nothing this week has enough evidence behind it to recommend something.";
pub(super) const GATEKEEPING_TITLE: &str =
    "Let people through who ask for a person: the assistant holds on to them";
pub(super) const RETENTION_TITLE: &str =
    "Read the packet before the first line: customers repeat themselves";
pub(super) const CSAT_TITLE: &str = "Read the handoffs that were rated poorly";
pub(super) const RESOLUTION_TITLE: &str = "Write what the assistant could not answer";
pub(super) const ESCALATION_HIGH_TITLE: &str =
    "Look at the threshold: more goes to people than is meant to";
pub(super) const ESCALATION_LOW_TITLE: &str = "Judge answers: less goes to people than is meant to";
pub(super) const WAITING_TITLE: &str =
    "Staff the queues where customers leave before anybody comes";

pub(super) fn knowledge_gap(name: &str) -> String {
    format!("Write an article on “{name}”: the assistant has none")
}

pub(super) fn broken_tool(name: &str) -> String {
    format!("Repair the tool {name}, and hand over at its first failure until then")
}

pub(super) fn high_threshold(name: &str) -> String {
    format!("Lower the threshold that withholds right answers ({name})")
}

pub(super) fn risen(label: &str) -> String {
    format!("Look at the handoffs with “{label}”: there are more than before")
}

/// What a finding rests on, in a sentence or two.
pub(super) fn finding(finding: &Finding) -> String {
    let [lo, hi] = finding.interval;
    let mut text = format!(
        "It explains {} of the handoffs ({}–{}) since {}.",
        percent(finding.share),
        percent(lo),
        percent(hi),
        day(finding.since),
    );
    for one in &finding.evidence {
        let before = one.before.map_or_else(|| "nothing".to_owned(), percent);
        text.push_str(&format!(
            " {}: {} of {}, before {} of {}.",
            sentence(one.label),
            percent(one.after),
            one.n_after,
            before,
            one.n_before
        ));
    }
    text
}

/// The name of a kind of cause.
pub(super) const fn cause(cause: Cause) -> &'static str {
    match cause {
        Cause::KnowledgeGap => "No article",
        Cause::BrokenTool => "Broken tool",
        Cause::HighThreshold => "Threshold too high",
        Cause::Gatekeeping => "Gatekeeping",
    }
}

pub(super) fn missed(change: &Change) -> String {
    let target = change.target.map_or_else(String::new, |target| {
        if target.hi >= 1.0 {
            format!("above {}", percent(target.lo))
        } else {
            format!("{}–{}", percent(target.lo), percent(target.hi))
        }
    });
    format!(
        "{} is {} ({}–{}, n = {}); the target is {target}.",
        change.name,
        value(change, change.value),
        change.lo.map_or_else(String::new, percent),
        change.hi.map_or_else(String::new, percent),
        change.n,
    )
}

pub(super) fn reason(reason: &Reason) -> String {
    format!(
        "{} handoffs ({:.1} for each 100 conversations), {} the week before ({:.1}).",
        reason.n, reason.per_100, reason.n_before, reason.per_100_before
    )
}

pub(super) fn waiting(left: u32, of: u32, p90_s: Option<f64>) -> String {
    let wait = p90_s.map_or_else(String::new, |p90_s| {
        format!(" One in ten waited longer than {}.", duration(p90_s))
    });
    format!("{left} of {of} who waited left before an agent came.{wait}")
}

/// A figure in its unit, or that there is none.
pub(super) fn value(change: &Change, value: Option<f64>) -> String {
    match (value, change.unit) {
        (None, _) => "–".to_owned(),
        (Some(value), "seconds") => duration(value),
        (Some(value), _) => percent(value),
    }
}

/// What a figure did, in words.
pub(super) fn moved(change: &Change) -> String {
    let (Some(now), Some(before)) = (change.value, change.before) else {
        return "nothing to compare with".to_owned();
    };
    let text = match change.unit {
        "seconds" => {
            let sign = if now < before { "−" } else { "+" };
            format!("{sign}{}", duration((now - before).abs()))
        }
        _ => points(now - before),
    };
    if change.unit == "share" && !change.is_clear {
        format!("{text}, within chance")
    } else {
        text
    }
}

/// A difference of shares in points.
pub(super) fn points(difference: f64) -> String {
    let sign = if difference < 0.0 { "−" } else { "+" };
    format!("{sign}{:.1} points", (difference * 100.0).abs())
}

pub(super) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if percent.abs() < 10.0 && percent != 0.0 {
        format!("{percent:.1} %")
    } else {
        format!("{percent:.0} %")
    }
}

/// Seconds as people say them.
pub(super) fn duration(seconds: f64) -> String {
    const MINUTE: f64 = 60.0;
    const HOUR: f64 = 3_600.0;
    if seconds < MINUTE {
        format!("{seconds:.0} s")
    } else if seconds < HOUR {
        format!("{:.1} min", seconds / MINUTE)
    } else {
        format!("{:.1} h", seconds / HOUR)
    }
}

fn day(at: segue_model::time::Timestamp) -> String {
    jiff::Timestamp::from_millisecond(at.0)
        .unwrap_or(jiff::Timestamp::MAX)
        .strftime("%Y-%m-%d")
        .to_string()
}

fn sentence(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

/// What the week was, in a sentence.
pub(super) fn lead(report: &Report) -> String {
    if report.conversations == 0 {
        return "There were no conversations this week.".to_owned();
    }
    let clear = report.changes.iter().filter(|it| it.is_clear);
    let moved: Vec<String> = clear
        .map(|it| format!("{} {}", it.name, moved(it)))
        .collect();
    let moved = if moved.is_empty() {
        "no headline figure moved by more than chance".to_owned()
    } else {
        moved.join("; ")
    };
    format!(
        "{} conversations ({} the week before): {moved}.",
        report.conversations, report.conversations_before
    )
}

/// What is to be known before the figures are read.
pub(super) fn notes(report: &Report) -> Vec<String> {
    let mut notes = Vec::new();
    if report.demo_share > 0.0 {
        notes.push(format!(
            "{} of the conversations are invented history.",
            percent(report.demo_share)
        ));
    }
    if report.changes.iter().any(|it| it.is_provisional) {
        notes.push(
            "What looks seven days ahead is provisional: both weeks are shown as they stood at their end."
                .to_owned(),
        );
    }
    notes
}

pub(super) const fn state(state: State) -> &'static str {
    match state {
        State::Quiet => "Nothing says so.",
        State::Watch => "Something says so, and it may be chance or something else. Watch it.",
        State::Alarm => "Yes: fewer people reach a person, and those who do are less content.",
        State::TooFew => "There are too few conversations to say.",
    }
}
