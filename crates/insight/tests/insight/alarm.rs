//! When people are said to be kept from a person, and when not.

use segue_insight::Query;
use segue_insight::alarm::{Gatekeeping, State};
use segue_model::time::Span;
use serde_json::json;

use super::log::{DAY, Log, NOON, ledger};

fn alarm(logs: &[Log]) -> Gatekeeping {
    let query = Query {
        shown_max: 10,
        ..Query::window(NOON, 56, false)
    };
    ledger(logs).gatekeeping(&query)
}

/// So many conversations in each of the two periods, spread over their days.
fn both(per_period: u32, tell: impl Fn(bool, u32, Log) -> Log) -> Vec<Log> {
    let mut logs = Vec::new();
    for is_after in [false, true] {
        for which in 0..per_period {
            let period = u64::from(!is_after) * 28;
            let into = DAY.0 * 28 * u64::from(which) / u64::from(per_period);
            let at = NOON - Span(DAY.0 * period + into) - Span::minutes(10);
            let n = 1 + logs.len() as u32;
            logs.push(tell(is_after, which, Log::live(n, at)));
        }
    }
    logs
}

fn question(log: Log, article: &str) -> Log {
    let scores = json!({ "confidence": 0.9, "retrieval": [{ "id": article, "score": 0.9 }] });
    log.customer("how does this work")
        .answered("bands.accept", scores, true)
}

fn served(log: Log, is_content: bool) -> Log {
    log.ask("fallback", "general")
        .accept()
        .agent("Like this.")
        .resolve("AI_Wrong_Answer", 60)
        .rate("agent", if is_content { 5 } else { 2 })
}

#[test]
fn little_is_said_to_be_little() {
    let told = alarm(&[]);
    assert_eq!(told.state, State::TooFew);
    assert!(told.reasons[0].contains("200"), "{:?}", told.reasons);
    let few = both(50, |_, _, log| served(question(log, "a"), true));
    assert_eq!(alarm(&few).state, State::TooFew);
}

/// The example of science §1.5: 60 % easy questions, of which people answer half and later a
/// tenth, and 40 % hard ones that people answer. Nobody is kept from anybody.
#[test]
fn an_assistant_that_learns_the_easy_questions_raises_no_alarm() {
    let logs = both(1_000, |is_after, which, log| {
        let is_easy = which % 10 < 6;
        let log = question(log, if is_easy { "easy" } else { "hard" });
        let round = which / 10;
        match is_easy {
            true if round % 10 < if is_after { 1 } else { 5 } => {
                // One in twenty of either period.
                let is_poor = which % 10 == 0 && matches!(which / 100, 0 | 4 | 7);
                served(log, !is_poor)
            }
            true => log.confirm(true),
            false => served(log, round % 5 != 0),
        }
    });
    let told = alarm(&logs);
    assert!(told.deflection.is_moved, "{:?}", told.deflection);
    let csat = told.csat_after_escalation;
    // As it was, satisfaction fell by four points and more; at the same mix it did not.
    assert!(csat.before - csat.after_raw > 0.03, "{csat:?}");
    assert!((csat.before - csat.after).abs() < 0.02, "{csat:?}");
    assert_eq!(told.state, State::Quiet, "{:?}", told.reasons);
    assert_eq!(told.began, None);
    assert_eq!(told.conversations, []);
}

/// Half of the questions ask for a person; later half of these are not heard.
fn held_back(is_heard: impl Fn(u32) -> bool, is_content: impl Fn(u32) -> bool) -> Vec<Log> {
    both(800, |is_after, which, log| {
        let log = question(log, "a");
        if which % 2 == 0 {
            return log.confirm(true);
        }
        let log = log.customer("I want to talk to a person.");
        if is_after && !is_heard(which) {
            return log.assistant("Let us try this first.").closed("idle");
        }
        let log = log.ask("opt_out", "general").accept().agent("Like this.");
        let score = if !is_after || is_content(which) { 5 } else { 2 };
        log.resolve("Customer_Request", 60).rate("agent", score)
    })
}

#[test]
fn both_series_with_a_sign_are_an_alarm_and_say_when_it_began() {
    let told = alarm(&held_back(|which| which % 4 == 1, |which| which % 5 != 0));
    assert_eq!(told.state, State::Alarm, "{:?}", told.reasons);
    assert!(told.deflection.is_moved && told.csat_after_escalation.is_moved);
    let worse: Vec<_> = told
        .signs
        .iter()
        .filter(|it| it.is_worse)
        .map(|it| it.key)
        .collect();
    for key in ["ignored_requests", "silent_after_asking"] {
        assert!(worse.contains(&key), "{worse:?}");
    }
    let begging = told.signs.iter().find(|it| it.key == "begging");
    assert_eq!(begging.map(|it| it.after), Some(0));
    assert_eq!(told.conversations.len(), 10);
    let began = told.began.expect("a band");
    let middle = NOON - Span(DAY.0 * 28);
    assert!(began.from <= middle && middle <= began.until, "{began:?}");
    assert!(
        began.until.since(began.from) <= Span(DAY.0 * 6),
        "{began:?}"
    );
}

#[test]
fn fewer_handoffs_with_content_customers_and_heard_wishes_are_none() {
    let logs = both(800, |is_after, which, log| {
        let log = question(log, "a");
        match which % 4 < if is_after { 3 } else { 2 } {
            true => log.confirm(true),
            false => served(log, true),
        }
    });
    let told = alarm(&logs);
    assert!(told.deflection.is_moved);
    assert_eq!(told.state, State::Quiet, "{:?}", told.reasons);
}

#[test]
fn less_content_customers_without_more_deflection_are_none() {
    let logs = both(800, |is_after, which, log| {
        let log = question(log, "a");
        match which % 2 {
            0 => log.confirm(true),
            _ => served(log, !is_after || which % 5 != 0),
        }
    });
    let told = alarm(&logs);
    assert!(told.csat_after_escalation.is_moved);
    assert_eq!(told.state, State::Quiet, "{:?}", told.reasons);
}
