//! Reading and writing: problems by line and column, and `parse(print(p)) == p`.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use segue_policy::Policy;

const BUILTIN: &str = include_str!("../../../policies/default.yaml");

/// The built-in text with one passage changed, and the first problem that follows, as
/// `line:column code path: message (hint)`. Line and column are those of `at` in the
/// changed text, `offset` characters in.
#[track_caller]
fn check(from: &str, to: &str, at: &str, code: &str, says: &str) {
    assert!(BUILTIN.contains(from), "the passage is gone: {from}");
    let text = BUILTIN.replacen(from, to, 1);
    let problems = Policy::parse(&text).expect_err("the change was accepted");
    let problem = &problems[0];
    let offset = text.find(at).expect("the place is in the text");
    let line = text[..offset].matches('\n').count() + 1;
    let column = text[..offset]
        .chars()
        .rev()
        .take_while(|c| *c != '\n')
        .count()
        + 1;
    let shown = format!("{problem} [{}]", problem.code.as_str());
    assert_eq!(
        (problem.line as usize, problem.column as usize),
        (line, column),
        "{shown}"
    );
    assert_eq!(problem.code.as_str(), code, "{shown}");
    assert!(shown.contains(says), "{shown}");
}

#[test]
fn the_builtin_policy_is_sound() {
    if let Err(problems) = Policy::parse(BUILTIN) {
        let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
        panic!("{}", lines.join("\n"));
    }
    let lints: Vec<String> = Policy::builtin()
        .lint()
        .iter()
        .map(ToString::to_string)
        .collect();
    assert!(lints.is_empty(), "{}", lints.join("\n"));
}

#[test]
fn unknown_keys_are_errors_with_a_guess() {
    check(
        "escalate_at: 2\n",
        "escalate_at: 2\n  escalate_att: 3\n",
        "escalate_att",
        "policy_unknown_key",
        "did you mean `escalate_at`?",
    );
    check(
        "timers:\n",
        "timmers:\n",
        "timmers",
        "policy_unknown_key",
        "did you mean `timers`?",
    );
    check(
        "tiers: [",
        "tires: [",
        "tires",
        "policy_unknown_key",
        "did you mean `tiers`?",
    );
    check(
        "      trigger: vip\n",
        "      triger: vip\n",
        "triger",
        "policy_unknown_key",
        "did you mean `trigger`?",
    );
    check(
        "{verdict: fall_back, step: widen, flag: true}",
        "{verdict: fall_back, queue: technical}",
        "queue: technical}",
        "policy_unknown_key",
        "the key `queue` does not exist here",
    );
}

#[test]
fn syntax_and_doubled_keys_have_a_line() {
    for (from, to, line, code) in [
        (
            "policy: default\n",
            "policy: default\npolicy: other\n",
            6,
            "policy_duplicate",
        ),
        ("tiers: [", "tiers: [[", 1, "policy_syntax"),
    ] {
        let problems = Policy::parse(&BUILTIN.replacen(from, to, 1)).unwrap_err();
        assert_eq!(problems[0].code.as_str(), code);
        assert!(problems[0].hint.is_some());
        assert!(problems[0].line as usize >= line, "{}", problems[0]);
    }
    assert_eq!(
        Policy::parse("").unwrap_err()[0].code.as_str(),
        "policy_wrong_type"
    );
    assert_eq!(
        Policy::parse("- 1").unwrap_err()[0].code.as_str(),
        "policy_wrong_type"
    );
    assert_eq!(
        Policy::parse(&" ".repeat(600_000)).unwrap_err()[0]
            .code
            .as_str(),
        "policy_too_large"
    );
    assert_eq!(
        Policy::parse(&"[".repeat(5_000)).unwrap_err()[0]
            .code
            .as_str(),
        "policy_too_large"
    );
}

#[test]
fn all_problems_are_told_at_once_in_order() {
    let problems = Policy::parse("policy: x\nbandz: 1\nrules:\n  - id: a\n").unwrap_err();
    assert!(problems.len() >= 10, "{problems:#?}");
    assert!(problems.is_sorted_by_key(|problem| (problem.line, problem.column)));
}

#[test]
fn names_must_exist() {
    check(
        "signal: repeat_count",
        "signal: repeat_cout",
        "repeat_cout",
        "policy_unknown_name",
        "did you mean `repeat_count`?",
    );
    check(
        "signal: topic.complaint",
        "signal: topic.complain",
        "topic.complain,",
        "policy_unknown_name",
        "did you mean `topic.complaint`?",
    );
    check(
        "fact: vip",
        "fact: vib",
        "vib",
        "policy_unknown_name",
        "did you mean `vip`?",
    );
    check(
        "default_queue: customer_care",
        "default_queue: custommer_care",
        "custommer_care",
        "policy_unknown_name",
        "did you mean `customer_care`?",
    );
    check(
        "      queue: retention",
        "      queue: retentoin",
        "retentoin",
        "policy_unknown_name",
        "rules.cancellation.then.queue",
    );
    check(
        "escalate_at: 2\n  queue: by_topic",
        "escalate_at: 2\n  queue: by_topci",
        "by_topci",
        "policy_unknown_name",
        "did you mean `by_topic`?",
    );
    check(
        "to: customer_care}",
        "to: nowhere}",
        "nowhere}",
        "policy_unknown_name",
        "there is no queue `nowhere`",
    );
    check(
        "fact: vip, is: true",
        "fact: tier, equals: gold",
        "gold",
        "policy_unknown_name",
        "standard, pro, business, enterprise",
    );
    check(
        "zone: Europe/Berlin",
        "zone: Europe/Berlim",
        "Europe/Berlim",
        "policy_unknown_name",
        "did you mean `Europe/Berlin`?",
    );
    check(
        "kind: takeover",
        "kind: takover",
        "takover",
        "policy_unknown_word",
        "did you mean `takeover`?",
    );
}

#[test]
fn units_and_ranges_must_fit() {
    check(
        "{signal: distress, is: true}",
        "{signal: opt_out, above: 0.5}",
        "0.5}",
        "policy_wrong_unit",
        "`above` does not go with a flag (write `is: true`",
    );
    check(
        "{signal: sentiment, at_most: -0.8}",
        "{signal: sentiment, at_most: -8}",
        "-8}",
        "policy_out_of_range",
        "from -1 to 1",
    );
    check(
        "{signal: complexity, at_least: 0.7}",
        "{signal: complexity, at_least: 70}",
        "70}",
        "policy_out_of_range",
        "from 0 to 1",
    );
    check(
        "{signal: complexity, at_least: 0.7}",
        "{signal: complexity, equals: 0.7}",
        "0.7}",
        "policy_wrong_unit",
        "at_least, at_most, above, below",
    );
    check(
        "{signal: repeat_count, at_least: 3}",
        "{signal: repeat_count, at_least: 2.5}",
        "2.5}",
        "policy_wrong_unit",
        "whole number",
    );
    check(
        "{signal: repeat_count, at_least: 3}",
        "{signal: repeat_count, at_least: accept}",
        "accept}",
        "policy_wrong_type",
        "a number was expected",
    );
    check(
        "accept: 0.70",
        "accept: 0.60",
        "0.60",
        "policy_contradiction",
        "below `floor`",
    );
    check(
        "assistant_deadline_s: 15",
        "assistant_deadline_s: 0",
        "0\n  idle",
        "policy_out_of_range",
        "from 1 to 300",
    );
    check(
        "\"20:00\"",
        "\"25:00\"",
        "\"25:00\"",
        "policy_out_of_range",
        "no time of day",
    );
    check(
        "mon-fri",
        "mon-fry",
        "mon-fry",
        "policy_unknown_word",
        "mon-fri",
    );
    check(
        "\"2026-12-25\"",
        "\"2026-02-30\"",
        "\"2026-02-30\"",
        "policy_out_of_range",
        "no date",
    );
}

#[test]
fn conditions_have_a_shape() {
    check(
        "{signal: distress, is: true}",
        "{signal: distress, fact: vip, is: true}",
        "{signal: distress, fact",
        "policy_contradiction",
        "one `signal` or one `fact`",
    );
    check(
        "{signal: repeat_count, at_least: 3}",
        "{signal: repeat_count, at_least: 3, at_most: 5}",
        "{signal: repeat_count, at_least: 3, at",
        "policy_contradiction",
        "one test, this has 2",
    );
    check(
        "{signal: distress, is: true}",
        "{all: []}",
        "[]}",
        "policy_contradiction",
        "cannot be empty",
    );
    check(
        "{signal: distress, is: true}",
        "{count: {at_least: 2, of: [{signal: distress, is: true}]}}",
        "2, of",
        "policy_out_of_range",
        "from 1 to 1",
    );
    let deep = format!(
        "{}{{signal: distress, is: true}}{}",
        "{not: ".repeat(9),
        "}".repeat(9)
    );
    let text = BUILTIN.replacen("{signal: distress, is: true}", &deep, 1);
    let problems = Policy::parse(&text).unwrap_err();
    assert_eq!(problems[0].code.as_str(), "policy_too_large");
    let leaf = "{signal: distress, is: true}, ";
    let wide = format!("{{any: [{}]}}", leaf.repeat(65).trim_end_matches(", "));
    let text = BUILTIN.replacen("{signal: distress, is: true}", &wide, 1);
    assert!(
        Policy::parse(&text).unwrap_err()[0]
            .message
            .contains("at most 64")
    );
}

#[test]
fn wording_keeps_its_places() {
    check(
        "{opens}",
        "{opnes}",
        "{who} will take",
        "policy_placeholder",
        "no placeholder",
    );
    check(
        "your reference is\n      {reference}.",
        "your reference is\n      {reference}, {who}.",
        "For your safety a spec",
        "policy_placeholder",
        "`{who}` may not stand in this notice",
    );
    check(
        "wait now: {wait}.",
        "wait now.",
        "It is taking longer",
        "policy_placeholder",
        "`{wait}` must stand",
    );
    check(
        "    closed: >-\n      This conversation is closed. Write here again if anything is left open.\n",
        "",
        "who_unnamed: a colleague",
        "policy_missing_key",
        "`closed` is missing",
    );
}

/// Reads a changed text, writes it, reads it again.
#[track_caller]
fn check_round_trip(from: &str, to: &str) {
    assert!(BUILTIN.contains(from), "the passage is gone: {from}");
    let policy = Policy::parse(&BUILTIN.replacen(from, to, 1)).unwrap();
    let printed = policy.print();
    let again = Policy::parse(&printed).unwrap_or_else(|problems| {
        panic!(
            "{}\n{printed}",
            problems.iter().map(ToString::to_string).collect::<String>()
        )
    });
    assert_eq!(policy, again);
    assert_eq!(printed, again.print());
}

#[test]
fn what_is_written_reads_the_same() {
    check_round_trip("", "");
    let leaf = "{signal: distress, is: true}";
    for condition in [
        "{not: {signal: distress, is: false}}",
        "{all: [{signal: turn_count, one_of: [1, 2]}, {signal: turn_count, equals: 2}]}",
        "{signal: retrieval_confidence, below: accept}",
        "{any: [{signal: answer_confidence, above: floor}, {signal: sentiment, below: -0.05}]}",
        "{all: [{fact: tier, one_of: [pro, business]}, {fact: plan, equals: 'no: [odd] {plan}'}]}",
        "{count: {at_least: 2, of: [{signal: anger, is: true}, {signal: threat, is: true}]}}",
    ] {
        check_round_trip(leaf, condition);
    }
    check_round_trip(
        "then: {verdict: fall_back, step: clarify, flag: true}",
        "then: {flag: true}",
    );
    check_round_trip(
        "then: {verdict: fall_back, step: clarify, flag: true}",
        "then: {verdict: continue}",
    );
    check_round_trip(
        "tiers: [standard, pro, business, enterprise]\n",
        "tiers: []\n",
    );
    check_round_trip(
        "      - custom pricing\n",
        "      - 'yes'\n      - '402'\n      - 'a: b #c'\n      - \"it's\\n\\ttwo\"\n",
    );
    check_round_trip("hours: always", "hours: []");
    check_round_trip(
        "hours: always",
        "hours: [{days: [mon, sat-sun], from: \"00:00\", to: \"24:00\"}]",
    );
    check_round_trip(
        "    queue: retention\n",
        "    bands: {floor: 0.1, accept: 0.123456789}\n",
    );
    check_round_trip(
        "  customer: name\n  staff: full",
        "  customer: none\n  staff: no_trace",
    );
    check_round_trip("a colleague", "\"null\"");
}

#[test]
fn editing_checks_again_and_gives_a_new_version() {
    let policy = Policy::builtin().clone();
    let mut queues = policy.queues().to_vec();
    queues[0].target_s = 45;
    let edited = policy.clone().with_queues(queues.clone()).unwrap();
    assert_eq!(edited.queues()[0].target_s, 45);
    assert_ne!(edited.version(), policy.version());
    assert!(edited.version().0.starts_with("default@"));
    assert_eq!(edited.version().0.len(), "default@".len() + 8);
    assert_eq!(
        Policy::parse(edited.text()).unwrap().version(),
        edited.version()
    );
    queues.remove(0);
    let problems = policy.with_queues(queues).unwrap_err();
    assert!(
        problems
            .iter()
            .any(|problem| problem.message.contains("no queue `customer_care`"))
    );
}

#[test]
fn the_examples_of_the_documentation_are_sound() {
    let page = include_str!("../../../docs/POLICY.md");
    let blocks: Vec<&str> = page
        .split("```yaml\n")
        .skip(1)
        .map(|rest| rest.split("```").next().unwrap())
        .collect();
    assert_eq!(blocks.len(), 5);
    for block in blocks {
        if block.starts_with("cases:\n") {
            let read = segue_policy::CaseFile::parse(block);
            assert!(read.is_ok(), "{read:#?}");
            continue;
        }
        // Each goes into the built-in policy, at the head of its section.
        let (section, lines) = match block.strip_prefix("topics:\n") {
            Some(lines) => ("topics:\n", lines.to_owned()),
            None if block.starts_with("autonomy:\n") => ("timers:\n", String::new()),
            None => (
                "rules:\n",
                block.lines().map(|line| format!("  {line}\n")).collect(),
            ),
        };
        let text = match lines.is_empty() {
            true => BUILTIN.replacen("\ntimers:\n", &format!("\n{block}timers:\n"), 1),
            false => BUILTIN.replacen(&format!("\n{section}"), &format!("\n{section}{lines}"), 1),
        };
        assert!(text.len() > BUILTIN.len());
        if let Err(problems) = Policy::parse(&text) {
            panic!("{block}\n{problems:#?}");
        }
    }
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(64))]

    /// Whatever people type into the pages survives being written and read.
    #[test]
    fn any_text_survives(text in "[ -~äß€\\n\\t:#'\"\\[\\]{}|>-]{1,120}", lone in "(yes|no|on|~|null|1e3|0x1F|[0-9:.-]{1,8}|- a|[?!&*%@`] ?b)") {
        let policy = Policy::builtin().clone();
        let mut queues = policy.queues().to_vec();
        for (queue, typed) in queues.iter_mut().zip([&text, &lone]) {
            queue.name.0.insert("en".to_owned(), typed.as_str().into());
            queue.team.0.insert("de".to_owned(), typed.as_str().into());
        }
        proptest::prop_assume!(!text.trim().is_empty());
        let edited = policy.with_queues(queues.clone()).unwrap();
        proptest::prop_assert_eq!(edited.queues(), &queues[..]);
        proptest::prop_assert_eq!(Policy::parse(&edited.print()).unwrap(), edited);
    }
}
