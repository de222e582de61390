//! How much a topic leaves the assistant.

use segue_model::fact::Facts;
use segue_model::verdict::Outcome;
use segue_policy::{Policy, Stage};

use super::{ANSWER, signals};

/// The built-in policy with less autonomy on two topics.
fn with_autonomy() -> Policy {
    let text = include_str!("../../../../policies/default.yaml")
        .replacen(
            "timers:\n",
            "autonomy:\n  none: {queue: by_topic, root_cause: Policy, reason: a person decides}\n  draft: {queue: technical, reason: a person checks}\ntimers:\n",
            1,
        )
        .replacen("  billing:\n    builtin: true\n", "  billing:\n    builtin: true\n    autonomy: none\n", 1)
        .replacen("  shipping:\n    builtin: true\n", "  shipping:\n    builtin: true\n    autonomy: draft\n", 1)
        .replacen(
            "  - id: far_question",
            "  - {id: sure, when: {signal: answer_confidence, at_least: 0.99}, then: {verdict: continue}}\n\n  - id: far_question",
            1,
        );
    Policy::parse(&text).unwrap()
}

#[test]
fn autonomy_is_a_ceiling() {
    let policy = with_autonomy();
    for (stage, given, expected) in [
        (
            Stage::Turn,
            "topic.billing",
            "escalate warm finance_operations by autonomy.none",
        ),
        (
            ANSWER,
            "topic.billing answer_confidence=1",
            "escalate warm finance_operations by autonomy.none",
        ),
        (
            Stage::Turn,
            "topic.shipping",
            "review technical by autonomy.draft",
        ),
        (
            ANSWER,
            "topic.shipping answer_confidence=1",
            "review technical by autonomy.draft",
        ),
        // The strictest of those that were found.
        (
            Stage::Turn,
            "topic.shipping topic.billing",
            "escalate warm finance_operations by autonomy.none",
        ),
        // A rule that asks for more decides, one for less does not.
        (
            Stage::Turn,
            "topic.billing distress",
            "escalate warm resolution_desk by distress",
        ),
        (
            Stage::Turn,
            "topic.shipping topic.contract_terms",
            "review account_management by contract_review",
        ),
        (
            Stage::Turn,
            "topic.billing topic.contract_terms",
            "escalate warm finance_operations by autonomy.none",
        ),
        (
            ANSWER,
            "topic.technical answer_confidence=1",
            "continue by sure",
        ),
        (
            Stage::Turn,
            "topic.billing opt_out",
            "escalate warm finance_operations by builtin.opt_out",
        ),
        (
            Stage::Turn,
            "topic.shipping ?anger",
            "escalate warm customer_care by builtin.unavailable",
        ),
    ] {
        let verdict = policy.decide(stage, &signals(given), &Facts::default());
        let told = match &verdict.outcome {
            Outcome::Continue => "continue".to_owned(),
            Outcome::FallBack { .. } => "fall back".to_owned(),
            Outcome::Review { queue } => format!("review {queue}"),
            Outcome::Escalate { queue, .. } => format!("escalate warm {queue}"),
        };
        assert_eq!(format!("{told} by {}", verdict.rule.0), expected, "{given}");
    }
    let verdict = policy.decide(Stage::Turn, &signals("topic.billing"), &Facts::default());
    assert_eq!(&*verdict.reason, "a person decides");
    assert!(verdict.trace.rests_on("topic.billing"));
    assert!(policy.explain().contains("billing: escalate warm"));
    assert_eq!(Policy::parse(&policy.print()).unwrap(), policy);
}

#[test]
fn autonomy_needs_its_way() {
    let text = include_str!("../../../../policies/default.yaml").replacen(
        "  billing:\n    builtin: true\n",
        "  billing:\n    builtin: true\n    autonomy: draft\n",
        1,
    );
    let problems = Policy::parse(&text).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(problems[0].path, "topics.billing");
    assert!(
        problems[0]
            .hint
            .as_deref()
            .unwrap()
            .contains("autonomy: {draft: {queue")
    );
}
