//! Every row of the matrix from hand-built signals, what fails, what is absent, what
//! nearly fires, and how much a topic leaves the assistant.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod autonomy;
mod near;

use std::sync::Arc;

use segue_model::fact::{FactValue, Facts};
use segue_model::signal::{Reading, Signal, SignalName, SignalValue, Signals, Unit};
use segue_model::verdict::{FallBackStep, Outcome, Verdict};
use segue_policy::{Policy, Stage};

const ANSWER: Stage = Stage::Answer { is_widened: false };
const WIDENED: Stage = Stage::Answer { is_widened: true };

/// Signals in short: `anger`, `sentiment=-0.9`, `!distress` (not set), `?anger` (failed).
fn signals(text: &str) -> Signals {
    let mut signals = Signals::new();
    for word in text.split_whitespace() {
        let (name, value) = word.split_once('=').unwrap_or((word, "1"));
        let name_only = name.trim_start_matches(['!', '?']);
        let name_parsed = SignalName::parse(name_only).expect(name_only);
        let number: f64 = if name.starts_with('!') {
            0.0
        } else {
            value.parse().unwrap()
        };
        let value = match name_parsed.unit() {
            Unit::Flag => SignalValue::Flag(number > 0.0),
            Unit::Count => SignalValue::Count(number as u32),
            Unit::Score => SignalValue::Score(number),
            Unit::Polarity => SignalValue::Polarity(number),
        };
        let reading = match name.starts_with('?') {
            true => Reading::Unavailable {
                reason: Arc::from("it broke"),
            },
            false => Reading::Present(Signal {
                value,
                score: 1.0,
                evidence: Vec::new(),
            }),
        };
        match name_parsed {
            SignalName::Kind(kind) => signals.set(kind, reading),
            SignalName::Topic(topic) => signals.set_topic(topic, reading),
        }
    }
    signals
}

fn facts(text: &str) -> Facts {
    let mut facts = Facts::default();
    for word in text.split_whitespace() {
        match word.split_once('=') {
            Some((name, value)) => {
                facts
                    .known
                    .insert(name.to_owned(), FactValue::Text(value.to_owned()));
            }
            None if word == "failed" => facts.lookup_failed = Some("timeout".to_owned()),
            None => {
                facts.known.insert(word.to_owned(), FactValue::Flag(true));
            }
        }
    }
    facts
}

fn shown(verdict: &Verdict) -> String {
    let outcome = match &verdict.outcome {
        Outcome::Continue => "continue".to_owned(),
        Outcome::FallBack {
            step: FallBackStep::Widen,
        } => "widen".to_owned(),
        Outcome::FallBack {
            step: FallBackStep::Clarify,
        } => "clarify".to_owned(),
        Outcome::Review { queue } => format!("review {queue}"),
        Outcome::Escalate { kind, queue } => {
            let plan = verdict.plan.expect("an escalation has a plan");
            let manager = if plan.to_account_manager {
                " manager"
            } else {
                ""
            };
            let word = |value| {
                serde_json::to_value(value)
                    .unwrap()
                    .as_str()
                    .unwrap()
                    .to_owned()
            };
            format!(
                "{} {queue} {} {}{manager}",
                word(serde_json::to_value(kind).unwrap()),
                word(serde_json::to_value(plan.trigger).unwrap()),
                word(serde_json::to_value(plan.priority).unwrap())
            )
        }
    };
    let flag = if verdict.is_flagged { " flagged" } else { "" };
    format!("{}: {outcome}{flag}", verdict.rule.0)
}

#[track_caller]
fn check(stage: Stage, given: &str, known: &str, expected: &str) {
    let policy = Policy::builtin();
    let verdict = policy.decide(stage, &signals(given), &facts(known));
    assert_eq!(
        shown(&verdict),
        expected,
        "{given} | {known}\n{:#?}",
        verdict.trace
    );
    assert_eq!(
        verdict.plan.is_some(),
        matches!(verdict.outcome, Outcome::Escalate { .. })
    );
    let is_going_to_people = matches!(
        verdict.outcome,
        Outcome::Escalate { .. } | Outcome::Review { .. }
    );
    assert_eq!(!verdict.reason.is_empty(), is_going_to_people);
    assert_eq!(
        verdict.trace.rules.last().unwrap().rule,
        verdict.rule,
        "the deciding rule is last"
    );
    assert!(verdict.trace.rules.last().unwrap().fired);
    assert_eq!(&verdict.trace.policy, policy.version());
    let again = policy.decide(stage, &signals(given), &facts(known));
    assert_eq!(verdict, again);
}

#[track_caller]
fn turn(given: &str, expected: &str) {
    check(Stage::Turn, given, "", expected);
}

#[test]
fn nothing_to_say_goes_on() {
    turn("", "builtin.continue: continue");
    turn(
        "turn_count=1 repeat_count=1 sentiment=0.2 !opt_out",
        "builtin.continue: continue",
    );
    check(
        Stage::Turn,
        "turn_count=1",
        "tier=pro authenticated",
        "builtin.continue: continue",
    );
}

#[test]
fn an_explicit_wish_for_a_person_is_honored_first() {
    turn(
        "opt_out",
        "builtin.opt_out: warm customer_care opt_out normal",
    );
    turn(
        "opt_out turn_count=1",
        "builtin.opt_out: warm customer_care opt_out normal",
    );
    turn(
        "opt_out topic.billing",
        "builtin.opt_out: warm finance_operations opt_out normal",
    );
    turn(
        "opt_out ?anger",
        "builtin.opt_out: warm customer_care opt_out normal",
    );
    check(
        ANSWER,
        "opt_out retrieval_confidence=0.9",
        "",
        "builtin.opt_out: warm customer_care opt_out normal",
    );
    turn("!opt_out", "builtin.continue: continue");
}

#[test]
fn an_opt_out_takes_the_way_of_the_rule_that_also_holds() {
    turn(
        "opt_out compliance.fraud",
        "builtin.opt_out: cold trust_safety opt_out urgent",
    );
    check(
        Stage::Turn,
        "opt_out turn_count=1",
        "vip",
        "builtin.opt_out: warm account_management opt_out vip manager",
    );
    turn(
        "opt_out sentiment=-0.9",
        "builtin.opt_out: takeover customer_care opt_out high",
    );
}

#[test]
fn the_matrix() {
    turn(
        "compliance.fraud",
        "security: cold trust_safety compliance urgent",
    );
    turn(
        "security_anomaly distress",
        "security: cold trust_safety compliance urgent",
    );
    turn(
        "distress",
        "distress: warm resolution_desk sentiment urgent",
    );
    turn(
        "compliance.legal_threat",
        "legal_or_complaint: warm resolution_desk compliance high",
    );
    turn(
        "topic.legal",
        "legal_or_complaint: warm resolution_desk compliance high",
    );
    turn(
        "topic.complaint",
        "legal_or_complaint: warm resolution_desk compliance high",
    );
    turn(
        "compliance.data_deletion",
        "personal_data: warm resolution_desk compliance normal",
    );
    turn(
        "topic.privacy_data",
        "personal_data: warm resolution_desk compliance normal",
    );
    turn(
        "topic.fraud_security",
        "security_topic: warm trust_safety high_stakes high",
    );
    turn(
        "compliance.account_cancellation",
        "cancellation: warm retention compliance normal",
    );
    turn(
        "topic.cancel_close",
        "cancellation: warm retention compliance normal",
    );
    turn(
        "topic.billing_dispute",
        "money: warm finance_operations high_stakes normal",
    );
    turn(
        "topic.refund_return",
        "money: warm finance_operations high_stakes normal",
    );
    turn(
        "repeat_count=3",
        "third_repeat: warm customer_care repeat high",
    );
    turn(
        "repeat_count=4 topic.technical",
        "third_repeat: warm technical repeat high",
    );
    turn(
        "tool_failure",
        "tool_failure: warm customer_care tool_failure normal",
    );
    turn(
        "assistant_timeout topic.technical",
        "tool_failure: warm technical tool_failure normal",
    );
    turn(
        "answer_repeat=2",
        "answer_repeat: warm customer_care repeat normal",
    );
    turn(
        "implied_promise",
        "implied_promise: warm customer_care assistant normal",
    );
    turn(
        "implied_action",
        "implied_action: warm customer_care assistant normal",
    );
    turn(
        "fallback_streak=2",
        "second_fallback: warm customer_care fallback normal",
    );
    turn(
        "complexity=0.7 topic.technical",
        "complex_request: warm technical complexity normal",
    );
    turn(
        "topic.contract_terms",
        "contract_review: review account_management",
    );
    turn("topic.billing", "builtin.continue: continue");
    turn(
        "topic.technical topic.shipping topic.account",
        "builtin.continue: continue",
    );
}

#[test]
fn a_vip_reaches_the_account_manager_on_the_first_turn_only() {
    let vip = "vip: warm account_management vip vip manager";
    check(Stage::Turn, "turn_count=1", "vip", vip);
    check(Stage::Turn, "turn_count=1 topic.refund_return", "vip", vip);
    check(
        Stage::Turn,
        "turn_count=2",
        "vip",
        "builtin.continue: continue",
    );
    check(ANSWER, "turn_count=1", "vip", "bands.unscored: continue");
    check(
        Stage::Turn,
        "turn_count=1 topic.cancel_close",
        "vip",
        "cancellation: warm retention compliance normal",
    );
}

#[test]
fn severe_negative_on_one_turn_or_two_signs() {
    let takeover = "severe_negative: takeover customer_care sentiment high";
    turn("sentiment=-0.8", takeover);
    turn("anger threat", takeover);
    turn("sentiment=-0.6 shouting", takeover);
    turn("sentiment_trend=-0.25 negative_feedback", takeover);
    turn("negative_streak=3", takeover);
    turn("negative_minutes=5", takeover);
    turn(
        "sentiment=-0.9 topic.technical",
        "severe_negative: takeover technical sentiment high",
    );
    turn("sentiment=-0.79", "builtin.continue: continue");
    turn("anger", "builtin.continue: continue");
    turn("shouting !threat", "builtin.continue: continue");
    turn(
        "negative_streak=2 negative_minutes=4",
        "builtin.continue: continue",
    );
}

#[test]
fn bands_widen_once_then_ask_once_then_a_person() {
    check(
        ANSWER,
        "retrieval_confidence=0.7",
        "",
        "bands.accept: continue",
    );
    check(
        ANSWER,
        "retrieval_confidence=0.69",
        "",
        "bands.widen: widen",
    );
    check(
        ANSWER,
        "retrieval_confidence=0.65",
        "",
        "bands.widen: widen",
    );
    check(
        WIDENED,
        "retrieval_confidence=0.69",
        "",
        "bands.clarify: clarify",
    );
    check(
        WIDENED,
        "retrieval_confidence=0.71",
        "",
        "bands.accept: continue",
    );
    check(
        ANSWER,
        "retrieval_confidence=0.64",
        "",
        "bands.clarify: clarify",
    );
    check(
        ANSWER,
        "retrieval_confidence=0.69 fallback_streak=1",
        "",
        "bands.widen: widen",
    );
    let person = "bands.fallbacks_in_a_row: warm customer_care fallback normal";
    check(
        WIDENED,
        "retrieval_confidence=0.69 fallback_streak=1",
        "",
        person,
    );
    check(
        ANSWER,
        "retrieval_confidence=0.1 fallback_streak=1",
        "",
        person,
    );
    check(
        ANSWER,
        "retrieval_confidence=0.9 answer_confidence=0.2",
        "",
        "bands.clarify: clarify",
    );
    check(
        ANSWER,
        "answer_confidence=0.9",
        "",
        "bands.accept: continue",
    );
    check(ANSWER, "", "", "bands.unscored: continue");
    check(
        Stage::Turn,
        "retrieval_confidence=0.1",
        "",
        "builtin.continue: continue",
    );
}

#[test]
fn far_questions_fall_back_and_are_flagged() {
    check(
        ANSWER,
        "query_distance=0.9 retrieval_confidence=0.9",
        "",
        "bands.widen: widen flagged",
    );
    check(
        WIDENED,
        "query_distance=0.9 retrieval_confidence=0.9",
        "",
        "bands.clarify: clarify flagged",
    );
    check(
        ANSWER,
        "out_of_scope=0.8",
        "",
        "bands.clarify: clarify flagged",
    );
    check(
        ANSWER,
        "out_of_scope=0.9 fallback_streak=1",
        "",
        "bands.fallbacks_in_a_row: warm customer_care fallback normal flagged",
    );
    check(
        ANSWER,
        "out_of_scope=0.79 retrieval_confidence=0.8",
        "",
        "bands.accept: continue",
    );
}

#[test]
fn what_failed_ends_at_a_person() {
    let person = "builtin.unavailable: warm customer_care unavailable normal";
    turn("?anger", person);
    turn("?sarcasm", person);
    turn("?opt_out", person);
    turn("?topic.refund_return", person);
    turn(
        "?topic.refund_return topic.technical",
        "builtin.unavailable: warm technical unavailable normal",
    );
    turn(
        "?anger topic.contract_terms",
        "builtin.unavailable: warm account_management unavailable normal",
    );
    check(
        ANSWER,
        "?retrieval_confidence answer_confidence=0.9",
        "",
        person,
    );
    turn(
        "?sentiment topic.cancel_close",
        "cancellation: warm retention compliance normal",
    );
    turn(
        "?distress repeat_count=3",
        "third_repeat: warm customer_care repeat high",
    );
    check(Stage::Turn, "turn_count=1", "failed", person);
    check(
        Stage::Turn,
        "turn_count=1",
        "failed vip",
        "vip: warm account_management vip vip manager",
    );
    check(Stage::Turn, "turn_count=1", "vip=perhaps", person);
    check(
        Stage::Turn,
        "turn_count=2",
        "failed",
        "builtin.continue: continue",
    );
}

#[test]
fn the_trace_names_what_failed_and_what_nobody_supplied() {
    let policy = Policy::builtin();
    let verdict = policy.decide(
        Stage::Turn,
        &signals("?anger turn_count=1"),
        &facts("failed"),
    );
    assert_eq!(
        verdict.trace.failures,
        ["anger: it broke", "vip: the lookup failed: timeout"]
    );
    let verdict = policy.decide(Stage::Turn, &signals("turn_count=1"), &Facts::default());
    assert!(
        verdict.trace.absent.contains(&"vip".to_owned()),
        "{:?}",
        verdict.trace.absent
    );
    assert!(verdict.trace.absent.contains(&"distress".to_owned()));
    let verdict = policy.decide(Stage::Turn, &signals("turn_count=2"), &Facts::default());
    assert!(
        !verdict.trace.absent.contains(&"vip".to_owned()),
        "it could not matter any more"
    );
}

#[test]
fn the_subject_is_that_of_the_topic_that_fired() {
    let policy = Policy::builtin();
    let subject = |given: &str| {
        policy
            .decide(Stage::Turn, &signals(given), &Facts::default())
            .subject
            .map(|it| it.to_string())
    };
    assert_eq!(
        subject("topic.refund_return topic.billing").as_deref(),
        Some("refund")
    );
    assert_eq!(
        subject("topic.billing_dispute").as_deref(),
        Some("billing error")
    );
    assert_eq!(
        subject("repeat_count=3 topic.shipping").as_deref(),
        Some("shipment")
    );
    assert_eq!(
        subject("compliance.account_cancellation").as_deref(),
        Some("cancellation")
    );
    assert_eq!(subject("repeat_count=3"), None);
}

/// A policy of one rule, with the built-in's queues and words around it.
fn with_rule(when: &str, then: &str) -> Policy {
    let builtin = include_str!("../../../../policies/default.yaml");
    let (head, rest) = builtin.split_once("\nrules:\n").unwrap();
    let (_, tail) = rest.split_once("\n# What customers read.").unwrap();
    let text = format!("{head}\nrules:\n  - {{id: only, when: {when}, then: {then}}}\n# {tail}");
    Policy::parse(&text).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

#[track_caller]
fn check_condition(when: &str, given: &str, known: &str, expected: &str) {
    let policy = with_rule(when, "{verdict: review, queue: technical, reason: so}");
    let verdict = policy.decide(Stage::Turn, &signals(given), &facts(known));
    let outcome = match verdict.outcome {
        Outcome::Review { .. } => "holds",
        Outcome::Continue => "does not",
        Outcome::Escalate { .. } => "failed",
        Outcome::FallBack { .. } => "falls back",
    };
    assert_eq!(outcome, expected, "{when} on {given} | {known}");
}

#[test]
fn conditions() {
    let not = "{not: {signal: anger, is: true}}";
    check_condition(not, "!anger", "", "holds");
    check_condition(not, "anger", "", "does not");
    check_condition(not, "", "", "does not");
    check_condition(not, "?anger", "", "failed");
    check_condition("{signal: anger, is: false}", "", "", "does not");
    check_condition("{signal: anger, is: false}", "!anger", "", "holds");
    check_condition(
        "{signal: topic.billing, is: false}",
        "!topic.billing",
        "",
        "holds",
    );
    check_condition(
        "{signal: turn_count, one_of: [2, 4]}",
        "turn_count=4",
        "",
        "holds",
    );
    check_condition(
        "{signal: turn_count, one_of: [2, 4]}",
        "turn_count=3",
        "",
        "does not",
    );
    check_condition(
        "{signal: turn_count, equals: 2}",
        "turn_count=2",
        "",
        "holds",
    );
    check_condition(
        "{signal: turn_count, above: 2}",
        "turn_count=2",
        "",
        "does not",
    );
    check_condition(
        "{signal: sentiment, below: 0}",
        "sentiment=-0.1",
        "",
        "holds",
    );
    check_condition(
        "{fact: tier, one_of: [pro, business]}",
        "",
        "tier=business",
        "holds",
    );
    check_condition("{fact: tier, equals: pro}", "", "tier=business", "does not");
    check_condition("{fact: tier, equals: pro}", "", "", "does not");
    check_condition("{fact: tier, equals: pro}", "", "failed", "failed");
    check_condition(
        "{not: {fact: authenticated, is: true}}",
        "",
        "authenticated",
        "does not",
    );
    let both = "{all: [{signal: turn_count, at_least: 3}, {fact: vip, is: true}]}";
    check_condition(both, "turn_count=1", "failed", "does not");
    check_condition(both, "turn_count=3", "failed", "failed");
    let either = "{any: [{signal: turn_count, at_least: 3}, {fact: vip, is: true}]}";
    check_condition(either, "turn_count=3", "failed", "holds");
    let two = "{count: {at_least: 2, of: [{signal: anger, is: true}, {signal: threat, is: true}, \
               {fact: vip, is: true}]}}";
    check_condition(two, "anger threat", "failed", "holds");
    check_condition(two, "anger !threat", "failed", "failed");
    check_condition(two, "!anger !threat", "failed", "does not");
    check_condition(two, "anger", "", "does not");
}

#[test]
fn a_rule_that_only_flags_lets_the_rest_decide() {
    let policy = with_rule("{signal: sarcasm, is: true}", "{flag: true}");
    let verdict = policy.decide(Stage::Turn, &signals("sarcasm"), &Facts::default());
    assert_eq!(shown(&verdict), "builtin.continue: continue flagged");
    let verdict = policy.decide(
        ANSWER,
        &signals("sarcasm answer_confidence=0.1"),
        &Facts::default(),
    );
    assert_eq!(shown(&verdict), "bands.clarify: clarify flagged");
}

#[test]
fn a_rule_may_let_an_answer_through_or_read_the_bands() {
    let policy = with_rule("{signal: topic.shipping, is: true}", "{verdict: continue}");
    let verdict = policy.decide(
        ANSWER,
        &signals("topic.shipping answer_confidence=0.1"),
        &Facts::default(),
    );
    assert_eq!(shown(&verdict), "only: continue");
    let policy = with_rule(
        "{signal: answer_confidence, below: floor}",
        "{verdict: review, queue: by_topic, reason: so}",
    );
    let decide = |given: &str| shown(&policy.decide(ANSWER, &signals(given), &Facts::default()));
    assert_eq!(
        decide("answer_confidence=0.64 topic.technical"),
        "only: review technical"
    );
    assert_eq!(decide("answer_confidence=0.66"), "bands.widen: widen");
}

#[test]
fn a_topic_may_have_bands_of_its_own() {
    let builtin = include_str!("../../../../policies/default.yaml");
    let text = builtin.replacen(
        "    queue: technical\n",
        "    queue: technical\n    bands: {floor: 0.3, accept: 0.4}\n",
        1,
    );
    let policy = Policy::parse(&text).unwrap();
    let decide = |given: &str| shown(&policy.decide(ANSWER, &signals(given), &Facts::default()));
    assert_eq!(
        decide("retrieval_confidence=0.45 topic.technical"),
        "bands.accept: continue"
    );
    assert_eq!(
        decide("retrieval_confidence=0.45"),
        "bands.clarify: clarify"
    );
}
