//! Another policy over conversations of files.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use segue_engine::Ruleset;
use segue_engine::replay::replay;
use segue_engine::what_if::{Change, Changes, WhatIf};
use segue_model::record::ConversationRecord;
use segue_model::verdict::Outcome;
use segue_policy::Policy;
use serde_json::json;

fn rules(change: impl Fn(String) -> String) -> Ruleset {
    let text = change(Policy::builtin().text().to_owned());
    Ruleset::parse(&text).unwrap()
}

/// The policy that ships, with some words of it replaced.
fn with(changes: &[(&str, &str)]) -> Ruleset {
    rules(|mut text| {
        for (from, to) in changes {
            assert!(text.contains(from), "{from}");
            text = text.replacen(from, to, 1);
        }
        text
    })
}

fn record(id: &str, turns: &[(&str, &str, Option<f64>)]) -> ConversationRecord {
    let turns: Vec<_> = turns
        .iter()
        .map(|(role, text, confidence)| match confidence {
            Some(score) => json!({ "role": role, "text": text, "confidence": score }),
            None => json!({ "role": role, "text": text }),
        })
        .collect();
    serde_json::from_value(json!({ "conversation_id": id, "turns": turns })).unwrap()
}

fn records() -> Vec<ConversationRecord> {
    vec![
        record(
            "plain",
            &[
                ("customer", "How do I change my avatar?", None),
                ("assistant", "Open your profile.", Some(0.95)),
                ("customer", "thanks", None),
            ],
        ),
        record(
            "unsure twice",
            &[
                ("customer", "Can the exports be merged by week?", None),
                ("assistant", "They can be merged.", Some(0.75)),
                (
                    "customer",
                    "And in which menu do I find this setting?",
                    None,
                ),
                ("assistant", "In the menu.", Some(0.72)),
            ],
        ),
        record(
            "asks for a person",
            &[
                ("customer", "Hello", None),
                ("assistant", "Hello!", Some(0.9)),
                ("customer", "I want to talk to a human please", None),
            ],
        ),
        record(
            "cancels, then asks",
            &[
                ("customer", "I want to cancel my subscription", None),
                ("assistant", "Here is how.", Some(0.9)),
                ("customer", "I want to speak to a real person", None),
            ],
        ),
        record("empty", &[]),
    ]
}

fn of(before: &Ruleset, after: &Ruleset) -> segue_engine::what_if::WhatIfReport {
    let mut what_if = WhatIf::new(before, after);
    for record in records() {
        what_if.add_record(&record);
    }
    what_if.report()
}

#[test]
fn a_policy_against_itself_changes_nothing_and_is_exact() {
    let rules = with(&[]);
    let report = of(&rules, &rules);
    assert_eq!(report.before, report.after);
    assert_eq!(
        report.changes,
        Changes {
            same: 4,
            ..Changes::default()
        }
    );
    assert_eq!(
        (report.exact, report.censored, report.turns_changed),
        (4, 0, 0)
    );
    assert_eq!(report.exact_share, Some(1.0));
    assert!(report.examples.is_empty());
    let codes: Vec<_> = report.limits.iter().map(|limit| limit.code).collect();
    assert_eq!(
        codes,
        ["first_divergence", "no_outcomes", "waits", "behavior"]
    );
}

#[test]
fn its_escalations_are_those_of_decide() {
    let (before, after) = (with(&[]), with(&[("accept: 0.70", "accept: 0.80")]));
    let report = of(&before, &after);
    let count = |rules: &Ruleset| {
        let hands = |record: &ConversationRecord| {
            let verdicts = replay(rules, record);
            verdicts
                .iter()
                .any(|it| matches!(it.verdict.outcome, Outcome::Escalate { .. }))
        };
        records().iter().filter(|record| hands(record)).count() as u64
    };
    assert_eq!(report.before.escalated, count(&before));
    assert_eq!(report.after.escalated, count(&after));
    assert_eq!(report.before.rate, Some(0.5));
    assert_eq!(report.before.turns, 8);
    // Wilson, z = 1.96, of 2 in 4: 0.15 to 0.85.
    let [low, high] = report.before.interval.unwrap();
    assert!(
        (low - 0.15).abs() < 1e-3 && (high - 0.85).abs() < 1e-3,
        "{low} {high}"
    );
}

#[test]
fn a_held_back_answer_leaves_the_rest_unknown() {
    let (before, after) = (with(&[]), with(&[("accept: 0.70", "accept: 0.80")]));
    let report = of(&before, &after);
    assert_eq!(report.turns_changed, 2);
    assert_eq!((report.exact, report.censored), (3, 1));
    let bounds = report.after.bounds.unwrap();
    assert_eq!(bounds, [0.5, 0.75]);
    assert_eq!(report.before.bounds, Some([0.5, 0.5]));
}

#[test]
fn what_escalates_later_is_told_with_the_turn_at_which_they_part() {
    let before = with(&[]);
    let after = rules(|text| {
        let at = text.find("- id: cancellation").unwrap();
        let end = at + text[at + 1..].find("- id:").unwrap() + 1;
        format!("{}{}", &text[..at], &text[end..])
    });
    let report = of(&before, &after);
    assert_eq!(
        report.changes,
        Changes {
            same: 3,
            later: 1,
            ..Changes::default()
        }
    );
    // The file shows that the assistant went on, which is what the new policy does.
    assert_eq!(report.censored, 0);
    let [example] = &report.examples[..] else {
        panic!("{:?}", report.examples)
    };
    assert_eq!(example.change, Change::Later);
    assert_eq!(
        (example.turn.0, &*example.conversation),
        (1, "cancels, then asks")
    );
    assert_eq!(example.customer, "I want to cancel my subscription");
    let (was, is) = (
        example.before.as_ref().unwrap(),
        example.after.as_ref().unwrap(),
    );
    assert_eq!((was.turn.0, &*was.rule), (1, "cancellation"));
    assert_eq!((is.turn.0, &*is.rule), (3, "builtin.opt_out"));
}

#[test]
fn a_new_topic_is_found_with_its_own_phrases() {
    let before = with(&[]);
    let after = with(&[(
        "topics:\n",
        "topics:\n  avatars:\n    phrases: [avatar]\n    queue: customer_care\n",
    )]);
    let after = {
        let text = after.policy().text().replacen(
            "rules:\n",
            "rules:\n  - id: avatars\n    when: {signal: topic.avatars, is: true}\n    then: {verdict: escalate, queue: by_topic, trigger: rule, root_cause: Policy, reason: it is about faces}\n",
            1,
        );
        Ruleset::parse(&text).unwrap_or_else(|error| panic!("{error:?}"))
    };
    let report = of(&before, &after);
    assert_eq!(report.changes.newly, 1);
    assert_eq!(report.examples[0].conversation, "plain");
    assert!(
        report
            .after
            .by_rule
            .iter()
            .any(|row| row.rule == "avatars" && row.count == 1)
    );
    // The other way round the first detector does not know the topic, and the other does.
    let back = of(&after, &before);
    assert_eq!(back.changes.no_longer, 1);
}

#[test]
fn parts_put_together_are_the_whole() {
    let (before, after) = (with(&[]), with(&[("accept: 0.70", "accept: 0.80")]));
    let mut whole = WhatIf::new(&before, &after);
    let mut parts = WhatIf::new(&before, &after);
    for record in records() {
        whole.add_record(&record);
        let mut part = WhatIf::new(&before, &after);
        part.add_record(&record);
        parts.merge(part);
    }
    assert_eq!(whole.conversations(), 4);
    assert_eq!(whole.report(), parts.report());
}
