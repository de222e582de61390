//! The report as one HTML page that needs nothing else: no script, no font, no image.

use std::fmt::Write as _;

use super::change::{Change, Reason};
use super::{Report, plot, words};
use crate::alarm::State;
use crate::dashboard::Week;

const STYLE: &str = "
:root { color-scheme: light dark; --ink: #1c2327; --quiet: #56636b; --line: #d8dee2; --paper: #fff; --card: #f5f7f8; --accent: #0b6f69; --amber: #8a5a10; }
@media (prefers-color-scheme: dark) { :root { --ink: #e6ebee; --quiet: #a3b0b8; --line: #3a444b; --paper: #14191c; --card: #1d2428; --accent: #4fc3bb; --amber: #e0b060; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
main { max-width: 44rem; margin: 0 auto; padding: 24px 16px 48px; }
h1 { font-size: 24px; line-height: 1.25; margin: 0 0 8px; } h2 { font-size: 18px; margin: 32px 0 8px; }
p { margin: 0 0 8px; } .quiet { color: var(--quiet); font-size: 13px; }
.numbers { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 12px; margin: 16px 0; padding: 0; list-style: none; }
.numbers li { background: var(--card); border: 1px solid var(--line); border-radius: 6px; padding: 12px; }
.numbers strong { display: block; font-size: 24px; font-variant-numeric: tabular-nums; }
ol.actions { padding-left: 1.4rem; } ol.actions li { margin-bottom: 16px; }
a { color: var(--accent); } a.button { display: inline-block; margin-top: 6px; padding: 6px 12px; border: 1px solid var(--accent); border-radius: 6px; text-decoration: none; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; width: 100%; font-size: 13px; font-variant-numeric: tabular-nums; }
th, td { text-align: left; padding: 6px 8px; border-bottom: 1px solid var(--line); vertical-align: top; } td.n, th.n { text-align: right; white-space: nowrap; }
figure { margin: 12px 0; } svg { width: 100%; height: auto; max-width: 640px; color: var(--ink); }
.clear { color: var(--amber); font-weight: 600; }
@media print { body { background: #fff; color: #000; } h2 { break-after: avoid; } figure, tr, li { break-inside: avoid; } }
";

/// The page; with the console's address, actions lead there.
pub fn render(report: &Report, console: Option<&str>) -> String {
    let mut page = String::new();
    // Writing to a string does not fail.
    let _ = write_all(&mut page, report, console);
    page
}

fn write_all(page: &mut String, report: &Report, console: Option<&str>) -> std::fmt::Result {
    let [from, until] = &report.days;
    write!(
        page,
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>Handoffs, {from} to {until}</title><style>{STYLE}</style></head>\n<body><main>\
         <h1>Handoffs, {from} to {until}</h1><p>{}</p>",
        escaped(&words::lead(report))
    )?;
    for note in words::notes(report) {
        write!(page, "<p class=\"quiet\">{}</p>", escaped(&note))?;
    }
    numbers(page, &report.changes)?;
    actions(page, report, console)?;
    write!(page, "<h2>The last eight weeks</h2>")?;
    figure(page, plot::weeks(&report.weeks))?;
    weeks(page, &report.weeks)?;
    changes(page, &report.changes)?;
    reasons(page, "Why: by trigger", &report.by_trigger)?;
    reasons(page, "Why: by root cause", &report.by_root_cause)?;
    causes(page, report)?;
    write!(
        page,
        "<h2>Are people kept from a person?</h2><p>{}</p>",
        words::state(report.alarm.state)
    )?;
    if report.alarm.state != State::TooFew && !report.alarm.reasons.is_empty() {
        write!(page, "<ul>")?;
        for reason in &report.alarm.reasons {
            write!(page, "<li>{}</li>", escaped(reason))?;
        }
        write!(page, "</ul>")?;
    }
    writeln!(page, "</main></body></html>")
}

/// A short page that says an alarm, as the body of a letter.
pub fn alarm(title: &str, reasons: &[String], console: Option<&str>) -> String {
    let mut page = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{0}</title>\
         <style>{STYLE}</style></head>\n<body><main><h1>{0}</h1><ul>",
        escaped(title)
    );
    for reason in reasons {
        // Writing to a string does not fail.
        let _ = write!(page, "<li>{}</li>", escaped(reason));
    }
    page.push_str("</ul>");
    if let Some(console) = console {
        let _ = write!(
            page,
            "<p><a class=\"button\" href=\"{}/#/dashboard\">Open the figures</a></p>",
            escaped(console)
        );
    }
    page.push_str("</main></body></html>\n");
    page
}

fn numbers(page: &mut String, changes: &[Change]) -> std::fmt::Result {
    write!(page, "<ul class=\"numbers\">")?;
    for change in changes.iter().filter(|it| it.target.is_some()) {
        write!(
            page,
            "<li>{}<strong>{}</strong><span class=\"quiet\">{}{}<br>n = {}{}</span></li>",
            change.name,
            words::value(change, change.value),
            words::moved(change),
            if change.is_small { ", few cases" } else { "" },
            change.n,
            target(change),
        )?;
    }
    write!(page, "</ul>")
}

fn target(change: &Change) -> String {
    match change.target {
        Some(target) if target.hi >= 1.0 => format!(", target above {}", words::percent(target.lo)),
        Some(target) => format!(
            ", target {}–{}",
            words::percent(target.lo),
            words::percent(target.hi)
        ),
        None => String::new(),
    }
}

fn actions(page: &mut String, report: &Report, console: Option<&str>) -> std::fmt::Result {
    write!(page, "<h2>What to do</h2>")?;
    if report.actions.is_empty() {
        return write!(page, "<p>{}</p>", words::NO_ACTION);
    }
    write!(page, "<ol class=\"actions\">")?;
    for action in &report.actions {
        write!(
            page,
            "<li><strong>{}.</strong><br>{}",
            escaped(&action.title),
            escaped(&action.evidence)
        )?;
        if let Some(console) = console {
            write!(
                page,
                "<br><a class=\"button\" href=\"{}/{}\">{}</a>",
                escaped(console),
                action.place.path(),
                action.place.label()
            )?;
        }
        write!(page, "</li>")?;
    }
    write!(page, "</ol>")
}

fn weeks(page: &mut String, weeks: &[Week]) -> std::fmt::Result {
    if weeks.is_empty() {
        return write!(page, "<p>There are no conversations yet.</p>");
    }
    let share = |share: Option<f64>| share.map_or_else(|| "–".to_owned(), words::percent);
    write!(
        page,
        "<div class=\"scroll\"><table><thead><tr><th>Week</th><th class=\"n\">Conversations</th>\
         <th class=\"n\">Handed over</th><th class=\"n\">AI resolution</th>\
         <th class=\"n\">CSAT after escalation</th></tr></thead><tbody>"
    )?;
    for week in weeks {
        write!(
            page,
            "<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
             <td class=\"n\">{}</td></tr>",
            escaped(&week.week),
            week.n,
            week.n_escalated,
            share(week.resolution),
            share(week.csat_after_escalation)
        )?;
    }
    write!(page, "</tbody></table></div>")
}

fn changes(page: &mut String, changes: &[Change]) -> std::fmt::Result {
    write!(
        page,
        "<h2>What changed</h2><div class=\"scroll\"><table><thead><tr><th>Figure</th>\
         <th class=\"n\">This week</th><th>95 % interval</th><th class=\"n\">n</th>\
         <th class=\"n\">Week before</th><th>Change</th></tr></thead><tbody>"
    )?;
    for change in changes {
        let interval = match (change.lo, change.hi) {
            (Some(lo), Some(hi)) => format!("{}–{}", words::percent(lo), words::percent(hi)),
            _ => String::new(),
        };
        write!(
            page,
            "<tr><td>{}{}</td><td class=\"n\">{}</td><td>{interval}</td><td class=\"n\">{}</td>\
             <td class=\"n\">{}</td><td{}>{}</td></tr>",
            change.name,
            if change.is_provisional {
                " (provisional)"
            } else {
                ""
            },
            words::value(change, change.value),
            change.n,
            words::value(change, change.before),
            if change.is_clear {
                " class=\"clear\""
            } else {
                ""
            },
            words::moved(change),
        )?;
    }
    write!(page, "</tbody></table></div>")
}

fn reasons(page: &mut String, title: &str, reasons: &[Reason]) -> std::fmt::Result {
    write!(page, "<h2>{title}</h2>")?;
    if reasons.is_empty() {
        return write!(page, "<p>No handoffs in either week.</p>");
    }
    write!(
        page,
        "<p class=\"quiet\">Handoffs for each 100 conversations; the mark is the week before.</p>"
    )?;
    figure(page, plot::reasons(reasons))?;
    write!(
        page,
        "<div class=\"scroll\"><table><thead><tr><th>Reason</th><th class=\"n\">Handoffs</th>\
         <th class=\"n\">For each 100</th><th class=\"n\">Week before</th><th>Difference</th></tr></thead><tbody>"
    )?;
    for reason in reasons {
        let (class, word) = if reason.is_clear {
            (" class=\"clear\"", "more than chance")
        } else {
            ("", "within chance")
        };
        write!(
            page,
            "<tr><td>{}</td><td class=\"n\">{}</td><td class=\"n\">{:.1}</td>\
             <td class=\"n\">{:.1}</td><td{class}>{word}</td></tr>",
            escaped(&reason.label),
            reason.n,
            reason.per_100,
            reason.per_100_before,
        )?;
    }
    write!(page, "</tbody></table></div>")
}

fn causes(page: &mut String, report: &Report) -> std::fmt::Result {
    write!(page, "<h2>New causes of the last eight weeks</h2>")?;
    if report.causes.is_empty() {
        return write!(page, "<p>None was found.</p>");
    }
    write!(page, "<ul>")?;
    for finding in &report.causes {
        write!(
            page,
            "<li><strong>{}: {}.</strong> {}</li>",
            words::cause(finding.cause),
            escaped(&finding.name),
            escaped(&words::finding(finding))
        )?;
    }
    write!(page, "</ul>")
}

fn figure(page: &mut String, svg: Option<String>) -> std::fmt::Result {
    match svg {
        Some(svg) => write!(page, "<figure>{svg}</figure>"),
        None => Ok(()),
    }
}

/// Names come from customers' words: what would be markup is text.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            _ => escaped.push(letter),
        }
    }
    escaped
}
