//! What nearly fired, and why a rule did not decide.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod scene;

use segue_policy::{Policy, Stage};

use scene::{facts, signals};

const ANSWER: Stage = Stage::Answer { is_widened: false };

#[track_caller]
fn check_near(stage: Stage, given: &str, known: &str, expected: &[&str]) {
    let verdict = Policy::builtin().decide(stage, &signals(given), &facts(known));
    let near: Vec<String> = verdict
        .trace
        .near_misses
        .iter()
        .map(|near| format!("{}: {} by {}", near.rule.0, near.condition, near.missed_by))
        .collect();
    assert_eq!(near, expected, "{given}");
}

#[test]
fn near_misses_say_by_how_much() {
    check_near(
        Stage::Turn,
        "repeat_count=2",
        "",
        &["third_repeat: repeat_count at least 3 by 1"],
    );
    check_near(Stage::Turn, "repeat_count=1", "", &[]);
    check_near(
        Stage::Turn,
        "complexity=0.65",
        "",
        &["complex_request: complexity at least 0.7 by 0.05"],
    );
    check_near(Stage::Turn, "complexity=0.5", "", &[]);
    check_near(Stage::Turn, "distress=0", "", &[]);
    check_near(
        Stage::Turn,
        "turn_count=3",
        "vip",
        &["vip: turn_count at most 1 by 2"],
    );
    check_near(
        ANSWER,
        "retrieval_confidence=0.68",
        "",
        &["bands.accept: retrieval_confidence at least the accept band by 0.02"],
    );
}

#[test]
fn a_count_that_has_not_begun_to_rise_is_no_near_miss() {
    let near = |when: &str, given: &str| {
        let policy = with_rule(when, "{verdict: review, queue: technical, reason: so}");
        let verdict = policy.decide(Stage::Turn, &signals(given), &Facts::default());
        verdict.trace.near_misses.len()
    };
    let twice = "{signal: repeat_count, at_least: 2}";
    assert_eq!(near(twice, "repeat_count=1"), 0);
    assert_eq!(
        near(
            "{signal: fallback_streak, at_least: 1}",
            "fallback_streak=0"
        ),
        0
    );
    assert_eq!(
        near(
            "{signal: fallback_streak, at_least: 2}",
            "fallback_streak=1"
        ),
        1
    );
    assert_eq!(near("{signal: turn_count, below: 1}", "turn_count=1"), 1);
    let backed = format!("{{all: [{twice}, {{signal: anger, is: true}}]}}");
    assert_eq!(near(&backed, "repeat_count=1 anger"), 1);
}

#[test]
fn near_misses_of_severe_negative() {
    let given = "sentiment=-0.75 anger !threat negative_streak=0 negative_minutes=0 \
                 sentiment_trend=0 !negative_feedback answer_repeat=0 !shouting";
    check_near(
        Stage::Turn,
        given,
        "",
        &[
            "severe_negative: sentiment at most -0.8 by 0.05",
            "severe_negative: threat is true by 1",
            "severe_negative: at least 2 of (sentiment at most -0.6; sentiment_trend at most -0.25; \
             negative_feedback is true; answer_repeat at least 2; shouting is true) by 1",
        ],
    );
}

#[test]
fn flags_of_which_any_would_have_done_are_one_near_miss() {
    check_near(
        Stage::Turn,
        "anger shouting !topic.complaint !topic.billing_dispute !topic.refund_return \
         !topic.cancel_close",
        "",
        &[
            "angry_demand: topic.complaint is true or topic.billing_dispute is true or \
           topic.refund_return is true or topic.cancel_close is true by 1",
        ],
    );
}

#[track_caller]
fn check_why_not(rule: &str, given: &str, known: &str, expected: &[&str]) {
    let (signals, facts) = (signals(given), facts(known));
    let policy = Policy::builtin();
    let verdict = policy.decide(Stage::Turn, &signals, &facts);
    let why = policy.why_not(rule, &verdict.rule, Stage::Turn, &signals, &facts);
    assert_eq!(why, expected, "{given}");
}

#[test]
fn why_a_rule_did_not_decide() {
    check_why_not(
        "third_repeat",
        "repeat_count=2",
        "",
        &["`third_repeat` needs repeat_count at least 3 (it is 2)"],
    );
    check_why_not(
        "vip",
        "turn_count=3",
        "",
        &[
            "`vip` needs turn_count at most 1 (it is 3)",
            "`vip` needs vip is true (nobody supplied it)",
        ],
    );
    check_why_not(
        "money",
        "compliance.fraud topic.refund_return",
        "",
        &["`money` holds too, but `security` comes first"],
    );
    check_why_not(
        "money",
        "opt_out topic.refund_return",
        "",
        &["`money` holds too, but `builtin.opt_out` decides"],
    );
    check_why_not(
        "money",
        "!topic.refund_return !topic.billing_dispute",
        "",
        &[
            "`money` needs one of: topic.billing_dispute is true (it is false); \
           topic.refund_return is true (it is false)",
        ],
    );
    check_why_not(
        "far_question",
        "turn_count=1",
        "",
        &["`far_question` is only tried on answers, not on customers' turns"],
    );
    check_why_not("money", "topic.refund_return", "", &[]);
    check_why_not("nobody", "topic.refund_return", "", &[]);
}
