//! Reading case files: what is written, and what is refused with its place.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use segue_model::fact::FactValue;
use segue_model::turn::ToolStatus;
use segue_policy::CaseFile;
use segue_policy::cases::{Said, VerdictWord};

#[test]
fn everything_that_can_be_written_is_read() {
    let text = r#"
cases:
  - name: all of it
    facts: {vip: true, tier: gold, name: Ada}
    turns:
      - customer: hello
      - assistant: hi
        confidence: 0.8
        retrieval: [{id: greeting, score: 0.7}, {id: other, score: 0.2}]
        query_distance: 0.1
        out_of_scope: 0.2
        fallback: true
        courtesy: true
        tool_calls: [{name: lookup, status: timeout, ms: 900}]
        widened: true
        expect: {verdict: fall_back, step: clarify, flag: false}
      - event: assistant_timed_out
      - customer: are you there?
        after_s: 90
        expect: continue
      - agent: I am.
      - event: handed_back
      - system: You are back with the assistant.
      - assistant: hello again
        retrieval: 0.9
  - name: in other words
    lookup_failed: the database is down
    each: [one, two]
    expect: {verdict: escalate, rule: money, queue: q, kind: cold, trigger: vip, priority: high}
"#;
    let file = CaseFile::parse(text).unwrap();
    let [all, words] = file.cases.as_slice() else {
        panic!("{file:#?}")
    };
    assert_eq!((all.name.as_str(), all.line), ("all of it", 3));
    assert_eq!(all.facts.known["vip"], FactValue::Flag(true));
    assert_eq!(all.facts.known["tier"], FactValue::Text("gold".to_owned()));
    let steps = &all.conversations[0];
    let lines: Vec<u32> = steps.iter().map(|step| step.line).collect();
    assert_eq!(lines, [6, 7, 17, 18, 21, 22, 23, 24]);
    let Said::Assistant {
        scores, is_widened, ..
    } = &steps[1].said
    else {
        panic!("{:?}", steps[1])
    };
    assert!(*is_widened && scores.is_fallback && scores.is_courtesy);
    assert_eq!(scores.confidence, Some(0.8));
    assert_eq!(scores.retrieval.len(), 2);
    assert_eq!(scores.query_distance, Some(0.1));
    assert_eq!(scores.out_of_scope, Some(0.2));
    assert_eq!(scores.tool_calls[0].status, ToolStatus::Timeout);
    assert_eq!(steps[2].said, Said::AssistantTimedOut);
    assert_eq!(steps[3].after.millis(), 90_000);
    let expect = steps[3].expect.as_ref().unwrap();
    assert_eq!(expect.verdict, Some(VerdictWord::Continue));
    assert_eq!(steps[5].said, Said::HandedBack);
    let Said::Assistant { scores, .. } = &steps[7].said else {
        panic!("{:?}", steps[7])
    };
    assert_eq!(scores.retrieval[0].score, 0.9);

    assert_eq!(
        words.facts.lookup_failed.as_deref(),
        Some("the database is down")
    );
    assert_eq!(words.conversations.len(), 2);
    let expect = words.conversations[1][0].expect.as_ref().unwrap();
    assert_eq!(
        expect.describe(),
        "escalate, cold, rule money, to q, trigger vip, priority high"
    );
}

/// The problems of one case whose lines after the name are `case`.
#[track_caller]
fn check(case: &str, expected: &[&str]) {
    let indented = case.replace('\n', "\n    ");
    let text = format!("cases:\n  - name: it\n    {indented}\n");
    let problems = CaseFile::parse(&text).expect_err("the case was accepted");
    let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(told, expected, "{text}");
}

#[test]
fn what_is_wrong_has_a_line_a_column_and_what_to_write_instead() {
    check(
        "each: [hi]\nexpext: continue",
        &["4:5: cases.it: the key `expext` does not exist here (did you mean `expect`?)"],
    );
    check(
        "each: [hi]",
        &[
            "2:5: cases.it: the key `expect` is missing (`policies/default.cases.yaml` shows how cases are written)",
        ],
    );
    check(
        "each: [hi]\nexpect: escalated",
        &["4:13: cases.it.expect: `escalated` is none of the words (did you mean `escalate`?)"],
    );
    check(
        "each: [hi]\nexpect: {}",
        &["4:13: cases.it.expect: nothing is expected here (at least a `verdict` or a `rule`)"],
    );
    check(
        "each: [hi]\nexpect: {verdict: continue, queue: q}",
        &[
            "4:40: cases.it.expect.queue: `queue` does not go with the verdict `continue` (leave it out, or expect another verdict)",
        ],
    );
    check(
        "each: []\nexpect: continue",
        &["3:11: cases.it.each: 1 to 200 phrasings were expected, here are 0 (write at least one)"],
    );
    check(
        "each: [hi, 7]\nexpect: continue",
        &["3:16: cases.it.each[1]: text was expected, here is a number (put it in quotes)"],
    );
    check(
        "expect: continue",
        &[
            "2:5: cases.it: a case has either `turns` or `each` (`turns` is one conversation, \
             `each` a list of first messages)",
        ],
    );
    check(
        "turns: [{customer: hi}]",
        &[
            "3:12: cases.it.turns: nothing is expected in this case (write `expect: continue`, \
             or a map as `expect: {rule: money}`)",
        ],
    );
    check(
        "turns: [{customer: hi, expect: continue}]\nexpect: continue",
        &[
            "4:13: cases.it.expect: with `turns`, what is expected stands at a turn (write \
             `expect` beside the customer's words)",
        ],
    );
}

#[test]
fn turns_are_read_strictly() {
    check(
        "turns: [{costumer: hi, expect: continue}]",
        &[
            "3:13: cases.it.turns[0]: a turn has one speaker, this has 0 (one of: customer, \
             assistant, agent, system, event)",
            "3:14: cases.it.turns[0]: the key `costumer` does not exist here (did you mean \
             `customer`?)",
        ],
    );
    check(
        "turns: [{customer: hi, confidence: 0.4, expect: continue}]",
        &[
            "3:28: cases.it.turns[0]: the key `confidence` does not exist here (known here: \
             customer, assistant, agent, system, event, after_s, expect)",
        ],
    );
    check(
        "turns: [{assistant: hi, expect: continue}, {customer: hi, expect: continue}]",
        &[
            "3:13: cases.it.turns[0]: nothing is judged before the customer has written (begin with a customer's turn)",
        ],
    );
    check(
        "turns: [{customer: hi}, {assistant: hi, confidence: 1.2, expect: continue}]",
        &[
            "3:57: cases.it.turns[1].confidence: a number from 0 to 1 was expected, here is 1.2 (`0.012` for 1.2 percent)",
        ],
    );
    check(
        "turns: [{customer: hi, expect: continue}, {event: hand_back}]",
        &[
            "3:55: cases.it.turns[1].event: `hand_back` is none of the words (did you mean \
             `handed_back`?)",
        ],
    );
    check(
        "facts: {tiers: gold}\neach: [hi]\nexpect: continue",
        &["3:20: cases.it.facts.tiers: there is no fact `tiers` (did you mean `tier`?)"],
    );
}

#[test]
fn two_cases_of_one_name_are_refused() {
    let case = "  - {name: it, each: [hi], expect: continue}\n";
    let problems = CaseFile::parse(&format!("cases:\n{case}{case}")).unwrap_err();
    assert_eq!(
        problems[0].to_string(),
        "3:5: cases.it: a case of this name stands on line 2 already (give it a name of its own)"
    );
}
