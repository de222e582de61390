//! Why a turn was decided so, as people read it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use segue_engine::Ruleset;
use segue_engine::explain::{self, Explanation};
use segue_engine::walk::{steps_of, walk};
use segue_model::fact::Facts;
use segue_model::record::ConversationRecord;
use segue_policy::Policy;

/// The explanation of the last thing that was judged.
fn explained(policy: &Policy, lines: &str, lookup_failed: Option<&str>) -> Explanation {
    let rules = Ruleset::new(policy.clone()).unwrap();
    let turns = format!(r#"{{"conversation_id":"c","turns":[{lines}]}}"#);
    let record: ConversationRecord = serde_json::from_str(&turns).unwrap();
    let facts = Facts {
        known: record.facts.clone(),
        lookup_failed: lookup_failed.map(Into::into),
    };
    let asked = walk(&rules, &facts, &steps_of(&record));
    let last = asked.into_iter().flatten().last().unwrap();
    explain::of(&last.verdict, Some(policy))
}

const REFUND: &str = r#"{"role":"customer","text":"give me a refund for order 88-1234"}"#;

#[test]
fn what_fired_is_told_with_what_it_rests_on() {
    let explanation = explained(Policy::builtin(), REFUND, None);
    assert_eq!(
        explanation.headline(),
        "Handed over warm to finance_operations, because a person decides on charges and refunds."
    );
    assert_eq!(
        explanation.fired,
        ["`money` decided: topic.refund_return is true"]
    );
    let first = &explanation.signals[0];
    assert_eq!(
        (first.signal.as_str(), first.rests),
        ("topic.refund_return", true)
    );
    assert!(explanation.signals.iter().any(|signal| !signal.rests));
    assert_eq!(explanation.absent, ["vip"]);
    let text = explanation.text(|_| Some("a refund"));
    assert!(
        text.contains("topic.refund_return 1: “a refund” in turn 1"),
        "{text}"
    );
}

#[test]
fn a_wish_for_a_person_rests_on_the_rule_whose_way_it_takes() {
    let turn = r#"{"role":"customer","text":"give me a refund, and let me talk to a human"}"#;
    let explanation = explained(Policy::builtin(), turn, None);
    assert_eq!(
        explanation.fired,
        [
            "`builtin.opt_out` decided: opt_out is true; the way is that of `money`; \
          topic.refund_return is true"
        ]
    );
    let resting: Vec<&str> = explanation
        .signals
        .iter()
        .filter(|signal| signal.rests)
        .map(|signal| signal.signal.as_str())
        .collect();
    assert_eq!(resting, ["opt_out", "topic.refund_return"]);
}

#[test]
fn what_nearly_fired_is_told_with_the_distance() {
    let turns = r#"{"role":"customer","text":"my label printer prints blank pages"},
        {"role":"assistant","text":"Check the settings once more.","confidence":0.8},
        {"role":"customer","text":"the labels come out empty"}"#;
    let explanation = explained(Policy::builtin(), turns, None);
    assert_eq!(explanation.verdict, "continue");
    let near = &explanation.nearly[0];
    assert_eq!(
        (near.value, near.threshold, near.missed_by),
        (2.0, 3.0, 1.0)
    );
    assert_eq!(
        near.sentence,
        "`third_repeat` needs repeat_count at least 3; it was 2, 1 short"
    );

    let answer = r#"{"role":"customer","text":"how do I print a label?"},
        {"role":"assistant","text":"Open the order.","confidence":0.68}"#;
    let explanation = explained(Policy::builtin(), answer, None);
    let sentence = &explanation.nearly[0].sentence;
    assert_eq!(
        sentence,
        "`bands.accept` needs retrieval_confidence at least the accept band; it was 0.68, 0.02 short"
    );
}

#[test]
fn a_flag_that_lacked_is_told_with_its_evidence() {
    let turn =
        r#"{"role":"customer","text":"YOU IDIOTS, THIS IS DISGUSTING, WHERE ARE MY LABELS"}"#;
    let explanation = explained(Policy::builtin(), turn, None);
    let lacking = explanation
        .nearly
        .iter()
        .find(|near| &*near.rule.0 == "angry_demand")
        .unwrap_or_else(|| panic!("{:#?}", explanation.nearly));
    assert!(
        lacking
            .sentence
            .starts_with("`angry_demand` lacked only: topic.complaint is true or "),
        "{}",
        lacking.sentence
    );
    assert_eq!(lacking.missed_by, 1.0);
}

#[test]
fn what_failed_is_told() {
    let turn = r#"{"role":"customer","text":"how do I print a label?"}"#;
    let explanation = explained(Policy::builtin(), turn, Some("no answer in 2 s"));
    assert_eq!(&*explanation.rule.0, "builtin.unavailable");
    assert_eq!(
        explanation.failed,
        ["vip: the lookup failed: no answer in 2 s"]
    );
}

#[test]
fn staff_may_be_spared_the_trace() {
    let text = Policy::builtin().text();
    let spare = text.replacen("staff: full", "staff: no_trace", 1);
    let explanation = explained(&Policy::parse(&spare).unwrap(), REFUND, None);
    assert_eq!(explanation.verdict, "escalate");
    assert!(!explanation.reason.is_empty());
    assert_eq!(explanation.text(|_| None).lines().count(), 1);
    assert!(explanation.signals.is_empty() && explanation.nearly.is_empty());
}

#[test]
fn every_question_to_the_policy_is_walked() {
    let turns = r#"{"role":"assistant","text":"Welcome","confidence":0.9},
        {"role":"customer","text":"how do I print a label?"},
        {"role":"assistant","text":"Open the order.","confidence":0.9},
        {"role":"agent","text":"I am here as well."},
        {"role":"customer","text":"thanks"}"#;
    let record = format!(r#"{{"conversation_id":"c","turns":[{turns}]}}"#);
    let record: ConversationRecord = serde_json::from_str(&record).unwrap();
    let rules = Ruleset::new(Policy::builtin().clone()).unwrap();
    let asked = walk(&rules, &Facts::default(), &steps_of(&record));
    let rules: Vec<Option<&str>> = asked
        .iter()
        .map(|asked| asked.as_ref().map(|asked| &*asked.verdict.rule.0))
        .collect();
    assert_eq!(
        rules,
        [
            None,
            Some("builtin.continue"),
            Some("bands.accept"),
            None,
            Some("builtin.continue")
        ]
    );
}
