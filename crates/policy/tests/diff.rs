//! What one policy says otherwise than another.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use segue_policy::{ChangeKind, Policy};

const BUILTIN: &str = include_str!("../../../policies/default.yaml");

/// The built-in policy with some passages changed: every difference, as
/// `sign path: sentence`.
#[track_caller]
fn check(changes: &[(&str, &str)], expected: &[&str]) {
    let mut text = BUILTIN.to_owned();
    for (from, to) in changes {
        assert!(text.contains(from), "the passage is gone: {from}");
        text = text.replacen(from, to, 1);
    }
    let after = Policy::parse(&text).unwrap();
    let found: Vec<String> = Policy::builtin()
        .diff(&after)
        .into_iter()
        .map(|change| {
            let sign = match change.what {
                ChangeKind::Added => '+',
                ChangeKind::Removed => '-',
                ChangeKind::Changed => '~',
                ChangeKind::Moved => '>',
            };
            assert_eq!(change.before.is_none(), change.what == ChangeKind::Added);
            assert_eq!(change.after.is_none(), change.what == ChangeKind::Removed);
            format!("{sign} {}: {}", change.path, change.sentence)
        })
        .collect();
    assert_eq!(found, expected, "{found:#?}");
}

#[test]
fn nothing_differs_where_only_the_layout_does() {
    check(
        &[("# The fallback in a row", "#\n\n# The fallback in a row")],
        &[],
    );
    check(
        &[(
            "{en: refund, de: Ihrer Erstattung}",
            "\n      de: Ihrer Erstattung\n      en: 'refund'",
        )],
        &[],
    );
}

#[test]
fn thresholds_and_numbers() {
    check(
        &[
            ("accept: 0.70", "accept: 0.75"),
            ("floor: 0.65", "floor: 0.6"),
            ("escalate_at: 2", "escalate_at: 3"),
        ],
        &[
            "~ bands.floor: an answer is now given up below 0.6; before below 0.65",
            "~ bands.accept: an answer is now said from 0.75 on; before from 0.7",
            "~ fallback.escalate_at: fallback number 3 in a row now goes to a person; before number 2",
        ],
    );
    check(
        &[
            ("    target_s: 180\n", "    target_s: 90\n"),
            ("  staff: full", "  staff: no_trace"),
        ],
        &[
            "~ disclosure.staff: `disclosure.staff` is now no_trace; before full (what staff read about how a verdict came about)",
            "~ queues.finance_operations.target_s: queue `finance_operations`: `target_s` is now 90; before 180 (the wait it aims for, in seconds)",
        ],
    );
}

#[test]
fn rules_change_come_go_and_move() {
    check(
        &[(
            "{signal: repeat_count, at_least: 3}",
            "{signal: repeat_count, at_least: 2}",
        )],
        &[
            "~ rules.third_repeat.when: rule `third_repeat` now fires when repeat_count at least 2; before when repeat_count at least 3",
        ],
    );
    check(
        &[(
            "then: {verdict: fall_back, step: clarify, flag: true}",
            "then: {flag: true}",
        )],
        &[
            "~ rules.out_of_scope.then: rule `out_of_scope` now leads to: flag for review and go on; before: fall back: ask a question, and flag",
        ],
    );
    check(
        &[("step: clarify, flag: true", "step: widen")],
        &[
            "~ rules.out_of_scope.then.step: rule `out_of_scope`: `step` is now widen; before clarify",
            "- rules.out_of_scope.then.flag: rule `out_of_scope`: `flag` is now false; before true",
        ],
    );
    let rule = "  - id: out_of_scope\n    stage: answer\n    when: {signal: out_of_scope, at_least: 0.8}\n    then: {verdict: fall_back, step: clarify, flag: true}\n";
    check(
        &[(rule, "")],
        &[
            "- rules.out_of_scope: rule `out_of_scope` is gone; it did: fall back: ask a question, and flag, when out_of_scope at least 0.8",
        ],
    );
    check(
        &[(
            "  - id: distress\n",
            "  - id: fresh\n    when: {signal: sarcasm, is: true}\n    then: {flag: true}\n  - id: distress\n",
        )],
        &[
            "+ rules.fresh: rule `fresh` is new, as number 2, after `security`: flag for review and go on, when sarcasm is true",
        ],
    );
    check(
        &[
            (rule, ""),
            ("  - id: distress\n", &format!("{rule}  - id: distress\n")),
        ],
        &[
            "> rules.out_of_scope: rule `out_of_scope` is now tried as number 2, after `security`; before as number 20, after `far_question`",
        ],
    );
}

#[test]
fn topics_queues_and_words() {
    check(
        &[("      - custom pricing\n", "      - special pricing\n")],
        &[
            "- topics.contract_terms.phrases: topic `contract_terms`: `phrases` no longer has `custom pricing`",
            "+ topics.contract_terms.phrases: topic `contract_terms`: `phrases` now has `special pricing`",
        ],
    );
    check(
        &[(
            "    builtin: true\n    queue: retention\n",
            "    builtin: true\n    bands: {floor: 0.7, accept: 0.8}\n",
        )],
        &[
            "- topics.cancel_close.queue: topic `cancel_close`: `queue` is now `default_queue`; before retention",
            "+ topics.cancel_close.bands: topic `cancel_close`: `bands` is now {floor: 0.7, accept: 0.8}; before the policy's",
        ],
    );
    check(
        &[("    who_unnamed: a colleague", "    who_unnamed: somebody")],
        &["~ wording.en.who_unnamed: customers read another text in `en`: `who_unnamed`"],
    );
    check(
        &[("tiers: [standard, pro,", "tiers: [pro, standard,")],
        &["> tiers: `tiers` has another order"],
    );
}

#[test]
fn a_printed_policy_says_the_same() {
    let changed = ["accept: 0.70", "accept: 0.71"];
    let other = Policy::parse(&BUILTIN.replacen(changed[0], changed[1], 1)).unwrap();
    assert_ne!(*Policy::builtin(), other);
    assert!(!Policy::builtin().diff(&other).is_empty());
    assert!(Policy::builtin().diff(Policy::builtin()).is_empty());
    let printed = Policy::parse(&Policy::builtin().print()).unwrap();
    assert!(Policy::builtin().diff(&printed).is_empty());
}
