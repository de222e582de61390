//! The weekly report: what it says of two weeks, and that names are never markup.

use segue_insight::report::{self, Place, Report, ReportQuery, html, markdown};
use segue_insight::{Ledger, Query};
use segue_model::time::{Span, Timestamp};
use serde_json::Value;

use crate::log::{Log, NOON, ledger};

const HOUR: u64 = 3_600_000;

/// A week of conversations, of which every so many-th asks for a person.
fn week(from: u32, n: u32, ends: Timestamp, asks_every: u32) -> Vec<Log> {
    (0..n)
        .map(|it| {
            let at = ends - Span(u64::from(it) * 160 * HOUR / u64::from(n) + HOUR);
            let log = Log::live(from + it, at)
                .of(from + it)
                .customer("Where is my order 48213?")
                .assistant("It is on its way.");
            if it % asks_every == 0 {
                log.customer("I want a person")
                    .ask("opt_out", "general")
                    .accept()
                    .agent("Hello, I look at order 48213 now.")
                    .resolve("Policy", 60)
                    .rate("agent", if it % 2 == 0 { 5 } else { 2 })
            } else {
                log.confirm(true)
            }
        })
        .collect()
}

fn query() -> ReportQuery {
    ReportQuery {
        until: NOON,
        zone: jiff::tz::TimeZone::UTC,
        include_demo: false,
        weeks: report::WEEKS,
        shown_max: 3,
    }
}

fn of(ledger: &Ledger) -> Report {
    ledger.report(&query(), ledger.causes(&query().causes()).causes)
}

fn two_weeks() -> Ledger {
    let mut logs = week(1, 200, NOON - Span::hours(168), 10);
    logs.extend(week(1_001, 200, NOON, 3));
    ledger(&logs)
}

#[test]
fn what_rose_is_said_with_its_reason_and_what_to_do() {
    let report = of(&two_weeks());
    assert_eq!(
        (report.conversations, report.conversations_before),
        (200, 200)
    );
    let change = |id: &str| report.changes.iter().find(|it| it.id == id).unwrap();
    let escalation = change("escalation_rate");
    assert!(escalation.is_clear && !escalation.is_small);
    assert!((escalation.value.unwrap() - 67.0 / 200.0).abs() < 1e-12);
    assert!((escalation.before.unwrap() - 20.0 / 200.0).abs() < 1e-12);
    let reason = &report.by_trigger[0];
    assert_eq!(
        (reason.key.as_str(), reason.n, reason.n_before),
        ("opt_out", 67, 20)
    );
    assert!(reason.is_clear && (reason.change() - 23.5).abs() < 1e-9);
    assert_eq!(report.by_root_cause[0].label, "Policy");
    assert!(report.actions.len() <= 3);
    let risen = report.actions.iter().find(|it| it.place == Place::Policy);
    let risen = risen.unwrap_or_else(|| panic!("{:?}", report.actions));
    assert!(risen.title.contains("Asked for a person") && risen.evidence.contains("67"));
    assert_eq!(risen.conversations.len(), 3);
    // Equally young: the week before is shown as it stood at its end.
    let then = Query {
        now: NOON - Span::hours(168),
        ..crate::log::query()
    };
    let then = Query { days: 7, ..then };
    let stood = two_weeks().dashboard(&then).ai_resolution_rate.value;
    assert_eq!(change("ai_resolution_rate").before, stood);
}

#[test]
fn two_weeks_alike_are_nothing_to_act_on() {
    let mut logs = week(1, 200, NOON - Span::hours(168), 4);
    logs.extend(week(1_001, 200, NOON, 4));
    let report = of(&ledger(&logs));
    assert!(report.changes.iter().all(|it| !it.is_clear));
    assert!(report.by_trigger.iter().all(|it| !it.is_clear));
    let rises = report
        .actions
        .iter()
        .filter(|it| it.title.contains("more than before"));
    assert_eq!(rises.count(), 0, "{:?}", report.actions);
}

#[test]
fn an_empty_week_is_said_and_recommends_nothing() {
    let report = of(&Ledger::default());
    assert!(report.actions.is_empty() && report.causes.is_empty());
    for text in [html::render(&report, None), markdown::render(&report, None)] {
        assert!(
            text.contains("There were no conversations this week."),
            "{text}"
        );
        assert!(!text.contains("NaN") && !text.contains("inf"), "{text}");
    }
}

#[test]
fn names_are_text_on_the_page_and_in_markdown() {
    let mut report = of(&two_weeks());
    let evil = "<img src=x onerror=alert(1)> [a](javascript:1) | `x`";
    report.actions[0].title = evil.to_owned();
    report.by_trigger[0].label = evil.to_owned();
    let page = html::render(&report, Some("https://desk.example"));
    assert!(!page.contains("<img"), "{page}");
    assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;"));
    let text = markdown::render(&report, Some("https://desk.example"));
    assert!(!text.contains("<img") || text.contains("\\<img"), "{text}");
    assert!(!text.contains("[a](javascript"), "{text}");
    assert!(text.contains("https://desk.example/#/"), "{text}");
}

#[test]
fn the_page_is_whole_and_its_plots_take_the_ink_of_the_page() {
    let report = of(&two_weeks());
    let page = html::render(&report, None);
    assert!(page.starts_with("<!doctype html>") && page.trim_end().ends_with("</html>"));
    assert_eq!(page.matches("<svg").count(), page.matches("</svg>").count());
    assert!(
        page.matches("<svg").count() >= 3,
        "weeks, triggers, root causes"
    );
    assert!(page.contains("currentColor") && !page.contains("#010203"));
    assert!(
        !page.contains("<script") && !page.contains("http"),
        "nothing from elsewhere"
    );
    let json: Value = serde_json::to_value(&report).unwrap();
    assert!(json["causes"].is_array() && json["alarm"]["state"].is_string());
    assert_eq!(json["days"][1], "2026-03-04");
    assert_eq!(json["week_before"], "2026-W08");
}

#[test]
fn the_last_whole_week_ends_on_monday_at_local_midnight() {
    let zone = jiff::tz::TimeZone::get("Europe/Berlin").unwrap();
    for (now, end) in [
        ("2026-11-23T08:00:00+01:00", "2026-11-23T00:00:00+01:00"),
        ("2026-11-22T23:59:00+01:00", "2026-11-16T00:00:00+01:00"),
        // The clocks went back on the Sunday before.
        ("2026-10-26T00:30:00+01:00", "2026-10-26T00:00:00+01:00"),
        ("2026-10-25T12:00:00+01:00", "2026-10-19T00:00:00+02:00"),
    ] {
        let at = |text: &str| Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_millisecond());
        assert_eq!(report::last_week_end(at(now), &zone), at(end), "{now}");
    }
}
