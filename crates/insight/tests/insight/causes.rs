//! What is found as a new cause, and what is not.

use segue_insight::Query;
use segue_insight::causes::{Cause, Causes, Finding, name_gaps};
use segue_model::time::{Span, Timestamp};
use serde_json::{Value, json};

use super::log::{DAY, Log, NOON, ledger};

const WEEKS: u32 = 8;

/// So many days before the question; a little earlier, so that days are whole.
fn days_ago(days: u32) -> Timestamp {
    NOON - Span(DAY.0 * u64::from(days)) - Span::minutes(30)
}

fn causes(logs: &[Log]) -> Causes {
    let query = Query {
        shown_max: 50,
        ..Query::window(NOON, WEEKS * 7, false)
    };
    ledger(logs).causes(&query)
}

/// The week of a finding, from 1.
fn week(causes: &Causes, finding: &Finding) -> u64 {
    finding.since.since(causes.from).millis() / (7 * DAY.0) + 1
}

/// Conversations of all days, so many a day; what is said of each is up to the caller.
fn every_day(per_day: u32, tell: impl Fn(u32, u32, Log) -> Log) -> Vec<Log> {
    let mut logs = Vec::new();
    for day in (0..WEEKS * 7).rev() {
        for which in 0..per_day {
            let n = 1 + logs.len() as u32;
            let at = days_ago(day) - Span::minutes(u64::from(which));
            logs.push(tell(day, which, Log::live(n, at)));
        }
    }
    logs
}

fn scores(score: f64, tool: Option<&str>) -> Value {
    let calls = tool.map(|status| json!({ "name": "track_parcel", "status": status, "ms": 90 }));
    json!({
        "confidence": score,
        "retrieval": [{ "id": "an-article", "score": score }],
        "tool_calls": calls.into_iter().collect::<Vec<_>>(),
    })
}

const ORDINARY: [&str; 4] = [
    "where can I download the invoice of last month",
    "the printer leaves white stripes on every sheet",
    "please add my colleague to our workspace",
    "which formats may a spreadsheet of orders have",
];

fn ordinary(which: u32, log: Log) -> Log {
    let log = log.customer(ORDINARY[which as usize % ORDINARY.len()]);
    match which % 4 {
        0 => log
            .answered("bands.clarify", scores(0.4, None), false)
            .ask("fallback", "general")
            .accept()
            .agent("Here it is.")
            .resolve("AI_Missing_Knowledge", 60),
        _ => log.answered("bands.accept", scores(0.9, None), true),
    }
}

#[test]
fn nothing_is_found_where_nothing_changes() {
    let logs = every_day(12, |_, which, log| ordinary(which, log));
    let found = causes(&logs);
    assert_eq!(found.causes, []);
    assert_eq!(found.conversations, WEEKS * 7 * 12);
    assert_eq!(found.weeks, WEEKS);
    assert_eq!(causes(&[]).causes, []);
}

/// A tool that runs in some conversations a day, and fails on the days that are said.
fn with_tool(fails: impl Fn(u32) -> bool) -> Vec<Log> {
    every_day(12, |day, which, log| {
        if which < 8 {
            return ordinary(which, log);
        }
        let log = log.customer("my parcel does not move");
        if fails(day) && which % 2 == 0 {
            return log
                .answered("bands.accept", scores(0.9, Some("timeout")), true)
                .ask("tool_failure", "general")
                .accept()
                .agent("I look it up for you.")
                .resolve("Tool_Failure", 60);
        }
        log.answered("bands.accept", scores(0.9, Some("ok")), true)
    })
}

#[test]
fn a_tool_that_began_to_fail_is_named_with_its_week_and_share() {
    let found = causes(&with_tool(|day| day < 21));
    let [finding] = found.causes.as_slice() else {
        panic!("{:?}", found.causes);
    };
    assert_eq!(finding.cause, Cause::BrokenTool);
    assert_eq!(finding.name, "track_parcel");
    assert_eq!(week(&found, finding), 6);
    // Two a day for 21 days; besides them two of twelve are handed over on 56 days.
    let share = 42.0 / (42.0 + 112.0);
    assert!((finding.share - share).abs() < 0.005, "{}", finding.share);
    let [lo, hi] = finding.interval;
    assert!(
        lo > 0.15 && lo < share && share < hi && hi < 0.4,
        "{lo} {hi}"
    );
    assert_eq!(finding.examples.len(), 42);
}

#[test]
fn an_outage_that_is_over_is_no_broken_tool() {
    assert_eq!(causes(&with_tool(|day| (10..12).contains(&day))).causes, []);
    // Nor one that has just begun: a day says nothing of the next.
    assert_eq!(causes(&with_tool(|day| day < 2)).causes, []);
}

const BATTERIES: [&str; 6] = [
    "which label for a parcel with lithium batteries",
    "may I ship lithium batteries by air",
    "our drill has a lithium battery, is that allowed",
    "lithium batteries in a toy, which papers",
    "carrier refused the lithium battery parcel",
    "surcharge for lithium batteries",
];

/// Questions about batteries since so many days, of which one in some is answered.
fn with_batteries(since: u32, is_answered: impl Fn(u32, u32) -> bool) -> Vec<Log> {
    every_day(12, |day, which, log| {
        if day >= since || which < 9 {
            return ordinary(which, log);
        }
        let log = log.customer(BATTERIES[(day * 3 + which) as usize % BATTERIES.len()]);
        if is_answered(day, which) {
            return log.answered("bands.accept", scores(0.9, None), true);
        }
        log.answered("bands.clarify", scores(0.2, None), false)
            .ask("fallback", "general")
            .accept()
            .agent("Put the battery mark on it.")
            .resolve("AI_Missing_Knowledge", 90)
    })
}

#[test]
fn a_concern_without_an_article_is_found_and_named_in_the_customers_words() {
    let logs = with_batteries(21, |_, _| false);
    let mut found = causes(&logs);
    let [finding] = found.causes.as_mut_slice() else {
        panic!("{:?}", found.causes);
    };
    assert_eq!(finding.cause, Cause::KnowledgeGap);
    assert!(finding.share > 0.2, "{}", finding.share);
    assert!(finding.examples.len() > 40, "{}", finding.examples.len());
    let texts: Vec<_> = (0..)
        .zip(&finding.examples)
        .map(|(n, id)| (*id, BATTERIES[n % BATTERIES.len()].to_owned()))
        .collect();
    name_gaps(finding, &texts);
    assert!(finding.name.contains("lithium"), "{}", finding.name);
    let finding = finding.clone();
    assert_eq!(week(&found, &finding), 6);
}

#[test]
fn a_new_concern_that_is_answered_is_no_gap() {
    // Two in three of each question are.
    let logs = with_batteries(21, |day, which| (day / 2 + which) % 3 != 0);
    assert_eq!(causes(&logs).causes, []);
}

/// A policy that accepts from .70, and since so many days one that accepts from .90.
fn with_threshold(since: u32, grade: &str) -> Vec<Log> {
    every_day(12, |day, which, log| {
        if which < 8 {
            return ordinary(which, log);
        }
        let log = log.customer("how do I change the address");
        if day >= since {
            return log.answered_under(("p@1", None), "bands.accept", scores(0.8, None), true);
        }
        log.answered_under(("p@2", Some(0.9)), "bands.widen", scores(0.8, None), false)
            .graded(grade, false, 0.5)
            .ask("fallback", "general")
            .accept()
            .agent("Under Settings.")
            .resolve("AI_Missing_Knowledge", 60)
    })
}

#[test]
fn a_threshold_that_withholds_right_answers_is_named_with_both_values() {
    let found = causes(&with_threshold(21, "right"));
    let [finding] = found.causes.as_slice() else {
        panic!("{:?}", found.causes);
    };
    assert_eq!(finding.cause, Cause::HighThreshold);
    assert_eq!(finding.name, "accept 0.80 → 0.90 in p@2");
    assert_eq!(week(&found, finding), 6);
    assert!(finding.share > 0.3, "{}", finding.share);
}

#[test]
fn a_threshold_that_withholds_wrong_answers_is_as_it_should_be() {
    let found = causes(&with_threshold(21, "wrong"));
    let is_threshold = |it: &Finding| it.cause == Cause::HighThreshold;
    assert!(!found.causes.iter().any(is_threshold), "{:?}", found.causes);
}
