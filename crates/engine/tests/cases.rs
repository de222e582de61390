//! The cases of every policy that ships, and what the runner says when one fails.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::path::{Path, PathBuf};

use segue_engine::cases::{self, CaseReport};
use segue_engine::{CaseFile, Ruleset};
use segue_policy::Policy;

fn policies() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies");
    let files = std::fs::read_dir(folder).unwrap();
    let mut policies: Vec<PathBuf> = files
        .map(|file| file.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.ends_with(".yaml") && !name.ends_with(".cases.yaml")
        })
        .collect();
    policies.sort();
    policies
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

#[test]
fn every_policy_that_ships_passes_its_cases_and_covers_every_rule() {
    let policies = policies();
    assert!(policies.len() >= 4, "{policies:?}");
    for path in policies {
        let policy = Policy::parse(&read(&path)).unwrap_or_else(|problems| panic!("{problems:#?}"));
        assert_eq!(policy.lint(), [], "{}", path.display());
        let beside = path.with_extension("cases.yaml");
        let file = CaseFile::parse(&read(&beside)).unwrap_or_else(|it| panic!("{it:#?}"));
        assert!(file.cases.len() >= 25, "{}", beside.display());
        let report = cases::run(&Ruleset::new(policy).unwrap(), &file);
        let failed: Vec<_> = report.cases.iter().filter(|case| !case.ok).collect();
        assert!(failed.is_empty(), "{}: {failed:#?}", path.display());
        assert_eq!(report.coverage.uncovered, [], "{}", path.display());
        assert_eq!(report.passed, file.cases.len());
    }
}

fn run(yaml: &str) -> CaseReport {
    let rules = Ruleset::new(Policy::builtin().clone()).unwrap();
    let file = CaseFile::parse(yaml).unwrap_or_else(|problems| panic!("{problems:#?}"));
    cases::run(&rules, &file)
}

/// The messages of the one turn of a case that fails.
#[track_caller]
fn failure(yaml: &str) -> (String, String, Vec<String>) {
    let report = run(yaml);
    assert_eq!((report.passed, report.failed), (0, 1));
    let turn = report.cases[0].turns.iter().find(|turn| !turn.ok).unwrap();
    (
        turn.expected.clone(),
        turn.got.clone(),
        turn.because.clone(),
    )
}

#[test]
fn a_failed_case_says_what_came_instead_and_why() {
    let (expected, got, because) = failure(
        "cases:
  - name: a refund is answered
    each: [give me a refund for order 88-1234]
    expect: continue",
    );
    assert_eq!(expected, "continue");
    assert_eq!(got, "escalate, warm, rule money, to finance_operations");
    assert_eq!(because[0], "`money` decided: topic.refund_return is true");

    let (_, got, because) = failure(
        "cases:
  - name: a second time is a third time
    turns:
      - customer: my label printer prints blank pages
      - assistant: Check the settings once more.
        confidence: 0.8
      - customer: the labels come out empty
        expect: {rule: third_repeat}",
    );
    assert_eq!(got, "continue, rule builtin.continue");
    assert!(
        because.contains(&"`third_repeat` needs repeat_count at least 3 (it is 2)".to_owned()),
        "{because:#?}"
    );
    assert!(
        because.contains(
            &"nearly: `third_repeat` needs repeat_count at least 3; it was 2, 1 short".to_owned()
        ),
        "{because:#?}"
    );
}

#[test]
fn a_name_that_the_policy_does_not_have_is_told_with_the_one_that_was_meant() {
    let (_, _, because) = failure(
        "cases:
  - name: misspelled
    each: [give me a refund for order 88-1234]
    expect: {rule: mony, queue: finance_operation}",
    );
    let told = [
        "the policy has no rule `mony`; did you mean `money`?",
        "the policy has no queue `finance_operation`; did you mean `finance_operations`?",
    ];
    assert_eq!(because[1..], told);
}

#[test]
fn every_key_of_an_expectation_is_held_against_the_verdict() {
    let right = "verdict: escalate, rule: security, queue: trust_safety, kind: cold, \
                 trigger: compliance, priority: urgent, flag: false";
    let case = |expect: &str| {
        format!(
            "cases: [{{name: fraud, each: [someone hacked into my account], expect: {{{expect}}}}}]"
        )
    };
    assert_eq!(run(&case(right)).passed, 1);
    for (key, wrong) in [
        ("verdict: escalate", "verdict: escalate, rule: money"),
        ("queue: trust_safety", "queue: retention"),
        ("kind: cold", "kind: warm"),
        ("trigger: compliance", "trigger: vip"),
        ("priority: urgent", "priority: normal"),
        ("flag: false", "flag: true"),
    ] {
        let key_alone = right.split(", ").find(|part| *part == key).unwrap();
        assert_eq!(run(&case(key_alone)).passed, 1, "{key}");
        assert_eq!(run(&case(wrong)).passed, 0, "{wrong}");
    }
}

#[test]
fn only_what_somebody_looks_at_is_covered() {
    let case = |expect: &str| {
        format!(
            "cases:
  - name: two turns
    turns:
      - customer: give me a refund for order 88-1234
        {expect}
      - customer: how do I print a label?
        expect: continue"
        )
    };
    let covered = |yaml: &str| {
        let report = run(yaml);
        let rules = report.coverage.rules;
        let fired = rules.into_iter().filter(|rule| !rule.fired_in.is_empty());
        fired
            .map(|rule| rule.rule.0.to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(covered(&case("after_s: 5")), ["builtin.continue"]);
    assert_eq!(
        covered(&case("expect: escalate")),
        ["money", "builtin.continue"]
    );
}

#[test]
fn time_passes_between_turns() {
    let mood = |after_s: u32| {
        format!(
            "cases:
  - name: slow
    turns:
      - customer: I don't like this, it is bad
      - customer: still bad
        after_s: {after_s}
        expect: {{rule: severe_negative}}"
        )
    };
    assert_eq!(run(&mood(20)).passed, 0);
    assert_eq!(run(&mood(600)).passed, 1);
}

#[test]
fn the_policy_says_which_tools_keep_a_promise() {
    let path = policies()
        .into_iter()
        .find(|path| path.ends_with("default.yaml"))
        .unwrap();
    let named = "\npromises: {action: ['erp_*']}\n\ntopics:\n";
    let yaml = read(&path).replacen("\ntopics:\n", named, 1);
    let passes = |tool: &str| {
        let case = format!(
            "cases:\n  - name: a refund\n    turns:\n      - customer: how do I print a label?\n      \
             - assistant: I have refunded your order.\n        confidence: 0.9\n        tool_calls: \
             [{{name: {tool}, status: ok, ms: 1}}]\n        expect: {{rule: bands.accept}}\n"
        );
        let rules = Ruleset::parse(&yaml).unwrap_or_else(|error| panic!("{error:?}"));
        let file = CaseFile::parse(&case).unwrap_or_else(|problems| panic!("{problems:#?}"));
        cases::run(&rules, &file).passed == 1
    };
    assert!(passes("erp_book"));
    assert!(!passes("issue_refund"), "the policy names others");
}
