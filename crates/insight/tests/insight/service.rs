//! The figures of service and cost, computed by hand.

use segue_insight::dashboard::Ratio;
use segue_insight::slice::Terms;
use segue_insight::{Dashboard, Query};
use segue_model::time::Span;

use crate::log::{DAY, Log, NOON, dashboard, ledger, query};

const OTHER: &str = "agt_00000000000000000000000000000002";

fn answered(n: u32) -> Log {
    Log::live(n, NOON)
        .customer("Where is my parcel 555123?")
        .assistant("It arrives today.")
}

/// Asked for, accepted after so many seconds, answered, and solved in a minute.
fn solved(n: u32, wait_s: u64) -> Log {
    answered(n)
        .ask("opt_out", "general")
        .after(Span::seconds(wait_s.saturating_sub(1)))
        .accept()
        .agent("I see parcel 555123.")
        .resolve("Customer_Request", 60)
}

fn counts(ratio: &Ratio) -> (u32, u32) {
    (ratio.numerator, ratio.denominator)
}

fn later(logs: &[Log]) -> Dashboard {
    ledger(logs).dashboard(&query())
}

#[test]
fn contained_is_not_resolved_and_silence_is_said_apart() {
    let board = dashboard(&[
        answered(1),
        answered(2).confirm(true),
        answered(3).rate("assistant", 4),
        answered(4).customer("Hello?"),
        solved(5, 10),
    ]);
    assert_eq!(counts(&board.contained), (4, 5));
    assert_eq!(counts(&board.ai_resolution_rate), (1, 5));
    assert_eq!(counts(&board.silent_abandonment), (1, 5));
}

#[test]
fn satisfaction_is_said_by_segment_with_what_silence_could_change() {
    let person = Log::live(6, NOON)
        .customer("I want a person")
        .ask("opt_out", "general")
        .accept()
        .rate("agent", 2);
    let board = dashboard(&[
        answered(1).rate("assistant", 5),
        answered(2),
        answered(3),
        answered(4),
        solved(5, 10).rate("agent", 4).rate("assistant", 1),
        person,
    ]);
    let segments: Vec<_> = board
        .csat_segments
        .iter()
        .map(|it| {
            (
                it.key,
                counts(&it.csat),
                it.conversations,
                it.worst,
                it.best,
            )
        })
        .collect();
    assert_eq!(
        segments,
        [
            ("assistant_only", (1, 1), 4, Some(0.25), Some(1.0)),
            ("handed_off", (1, 1), 1, Some(1.0), Some(1.0)),
            ("person_only", (0, 1), 1, Some(0.0), Some(0.0)),
        ]
    );
    assert_eq!(board.csat_segments[0].response_rate, Some(0.25));
}

#[test]
fn the_service_level_is_held_against_the_target_of_the_queue() {
    let logs = [
        solved(1, 60),
        solved(2, 200),
        answered(3)
            .ask("opt_out", "general")
            .after(Span::seconds(4))
            .abandon(),
        answered(4)
            .ask("opt_out", "general")
            .after(Span::seconds(40))
            .abandon(),
        // Still waits, and may yet be in time.
        Log::live(5, query().now - Span::seconds(30))
            .customer("Where?")
            .assistant("Here.")
            .ask("opt_out", "general"),
    ];
    let with = |target_s: u32| {
        let terms = Terms {
            targets_s: [("general".to_owned(), target_s)].into(),
            ..Terms::default()
        };
        ledger(&logs).dashboard(&Query { terms, ..query() })
    };
    assert_eq!(counts(&with(120).sla_attainment.rate), (1, 3));
    assert_eq!(counts(&with(300).sla_attainment.rate), (2, 3));
    assert_eq!(counts(&with(10).sla_attainment.rate), (0, 4));
    assert_eq!(with(10).sla_attainment.formula_id, "SL-A");
}

#[test]
fn the_first_response_censors_who_left() {
    let gone = answered(3)
        .ask("opt_out", "general")
        .after(Span::seconds(500))
        .abandon();
    let board = dashboard(&[solved(1, 60), solved(2, 200), gone]);
    // Each agent writes a second after accepting.
    assert_eq!(board.first_response.p50_s, Some(201.0));
    assert_eq!(
        (board.first_response.p90_s, board.first_response.n),
        (None, 2)
    );
}

#[test]
fn passed_on_after_words_is_a_transfer_and_at_once_a_misroute() {
    let asked = |n| answered(n).ask("opt_out", "general").accept();
    let board = dashboard(&[
        asked(1).agent("Hello").passed("billing").accept_by(OTHER),
        asked(2).agent("a").agent("b").agent("c").passed("billing"),
        asked(3).agent("Hello").accept_by(OTHER),
        asked(4).passed("billing").accept_by(OTHER).agent("Hello"),
        solved(5, 10),
    ]);
    assert_eq!(counts(&board.transfer_rate), (3, 5));
    assert_eq!(counts(&board.misroute_rate), (2, 5));
}

#[test]
fn a_return_within_a_week_undoes_what_was_solved() {
    let again = Log::live(3, NOON + DAY)
        .of(1)
        .customer("Where is my parcel 555123?");
    let board = later(&[solved(1, 10).of(1), solved(2, 10), again]);
    assert_eq!(counts(&board.repeat_contact.rate), (1, 1));
    assert_eq!(
        (board.repeat_contact.resolved, board.repeat_contact.coverage),
        (2, Some(0.5))
    );
    assert_eq!(counts(&board.first_contact_resolution), (1, 2));
    assert!(board.first_contact_resolution.is_provisional);
}

#[test]
fn requests_before_the_handoff_are_counted_and_timed_from_the_first_sign() {
    let asked = &[("opt_out", 1.0)];
    let log = answered(1)
        .customer("This does not help")
        .saw(&[("negative_streak", 1.0)])
        .customer("I want a person")
        .saw(asked)
        .saw(asked)
        .after(Span::minutes(2))
        .customer("A person!")
        .saw(asked)
        .ask("opt_out", "general");
    // A press on the button, without a word.
    let pressed = answered(2).ask("opt_out", "general");
    let other = answered(3).ask("fallback", "general");
    let board = dashboard(&[log, pressed, other]);
    let requests = board.requests_per_handoff;
    assert_eq!((requests.mean, requests.n), (Some(1.5), 2));
    assert_eq!(counts(&board.begging_rate), (1, 2));
    let sign = board.sign_to_handoff;
    assert_eq!((sign.turns_p50, sign.turns_p90), (Some(0.0), Some(2.0)));
    assert_eq!((sign.p90_s, sign.n), (Some(126.0), 2));
}

#[test]
fn topics_that_are_never_the_assistants_are_not_of_tier_one() {
    let proceed = || serde_json::json!({ "verdict": "continue" });
    let terms = Terms {
        not_tier_one: vec!["legal".to_owned()],
        ..Terms::default()
    };
    let logs = [
        answered(1).judged(proceed(), "shipping").confirm(true),
        answered(2).judged(proceed(), "legal"),
        answered(3).ask("compliance", "general"),
        solved(4, 10),
    ];
    let board = ledger(&logs).dashboard(&Query { terms, ..query() });
    assert_eq!(counts(&board.tier_one.resolution), (1, 2));
    assert_eq!(counts(&board.tier_one.escalation), (1, 2));
}

#[test]
fn cost_and_return_follow_the_rates() {
    let terms = Terms {
        agent_minute_cost: 2.0,
        tokens_million_cost: 1_000_000.0,
        ..Terms::default()
    };
    let text = "1234567890123456";
    let log = |n| Log::live(n, NOON).customer(text).assistant(text);
    let handed = log(2)
        .ask("opt_out", "general")
        .accept()
        .agent("x")
        .resolve("Policy", 90);
    let logs = [log(1).confirm(true), handed];
    let cost = ledger(&logs).dashboard(&Query { terms, ..query() }).cost;
    // Each answer reads 16 bytes and writes 16: eight tokens of one each.
    assert_eq!((cost.tokens, cost.model), (16, 16.0));
    assert_eq!((cost.agent_minutes, cost.agents), (1.5, 3.0));
    assert_eq!(cost.per_conversation, Some(9.5));
    assert_eq!(cost.per_escalated, Some(11.0));
    assert_eq!(cost.per_assistant_only, Some(8.0));
    assert_eq!((cost.minutes_saved, cost.saved), (Some(1.5), Some(3.0)));
    assert_eq!(cost.net, Some(-13.0));
}

#[test]
fn rules_are_judged_by_what_came_of_them() {
    let handled = |n: u32, trigger: &str| {
        let ask = answered(n).ask(trigger, "general").accept();
        ask.resolve("AI_Missing_Knowledge", 60)
    };
    let late = answered(5)
        .saw(&[("tool_failure", 1.0)])
        .customer("Still nothing")
        .customer("Hello?")
        .ask("fallback", "general")
        .accept()
        .resolve("Tool_Failure", 60);
    let missed = answered(6).rate("assistant", 1);
    let content = answered(7).confirm(true);
    let board = dashboard(&[
        handled(1, "fallback").could(true),
        handled(2, "fallback").could(false),
        handled(3, "fallback"),
        // The customer asked: no mark makes that too early.
        handled(4, "opt_out").could(true),
        late,
        missed,
        content,
    ]);
    let whole = &board.rule_timing.whole;
    assert_eq!(
        (whole.handoffs, whole.early, whole.late, whole.missed),
        (5, 1, 1, 1)
    );
    assert_eq!((whole.precision.value, whole.precision.n), (Some(0.5), 2));
    assert_eq!(
        (whole.timeliness.value, whole.timeliness.n),
        (Some(0.75), 4)
    );
    assert_eq!((whole.recall.value, whole.recall.n), (Some(0.8), 5));
    let rule = &board.rule_timing.rules[0];
    assert_eq!(
        (rule.rule.as_str(), rule.handoffs, rule.missed),
        ("r", 5, 0)
    );
    assert!(rule.precision.is_small);
}
