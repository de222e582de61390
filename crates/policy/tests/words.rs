//! What people read: notices, lint and explanations.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use segue_model::escalation::Trigger;
use segue_model::turn::NoticeKind;
use segue_policy::Policy;
use segue_policy::wording::{Because, Template};

const BUILTIN: &str = include_str!("../../../policies/default.yaml");

fn because(trigger: Trigger) -> Option<Because<'static>> {
    Some(Because {
        rule: None,
        trigger: Some(trigger),
    })
}

#[track_caller]
fn check(source: &str, values: &[(&str, &str)], expected: &str) {
    let rendered = match Template::parse(source) {
        Ok(template) => template.render(values),
        Err(error) => format!("error: {error}"),
    };
    assert_eq!(rendered, expected, "{source}");
}

#[test]
fn templates() {
    let values = [("who", "Sarah"), ("wait", ""), ("subject", "refund")];
    check("Meet {who}.", &values, "Meet Sarah.");
    check("A[ {wait}] b", &values, "A b");
    check("A[ {who}] b", &values, "A Sarah b");
    check("[{wait}|soon]", &values, "Soon");
    check("[{subject} and {wait}|later] x", &values, "Later x");
    check("{nobody}", &values, "");
    check("{{who}} [[x]]", &values, "{who} [x]");
    check("a | b", &values, "A | b");
    check("[{who}][ {subject}]", &values, "Sarah refund");
    check(
        "{who",
        &values,
        "error: `{` has no partner; a doubled one stands for itself",
    );
    check(
        "who}",
        &values,
        "error: `}` has no partner; a doubled one stands for itself",
    );
    check(
        "[who",
        &values,
        "error: `[` has no partner; a doubled one stands for itself",
    );
    check(
        "who]",
        &values,
        "error: `]` has no partner; a doubled one stands for itself",
    );
    check(
        "[a [b] c]",
        &values,
        "error: a part in square brackets cannot hold another",
    );
    check(
        "{}",
        &values,
        "error: a placeholder needs a name between its braces",
    );
}

#[test]
fn the_warm_notice_says_who_why_and_how_long() {
    let policy = Policy::builtin();
    let queue = "finance_operations".into();
    let who = policy.who(&queue, Some("Sarah"), Some("en-GB"));
    let text = policy.wording(
        NoticeKind::HandoffWarm,
        Some("en-GB"),
        because(Trigger::HighStakes),
    );
    assert_eq!(
        text.render(&[
            ("who", &who),
            ("subject", "billing error"),
            ("reason", "a person decides on charges and refunds"),
            ("wait", "about 4 minutes"),
        ]),
        "I want to make sure you get the right help with your billing error, so I'm looping in \
         Sarah from our finance operations team, because a person decides on charges and refunds. \
         I'm passing on our notes right now, so you won't have to repeat yourself. Expected wait: \
         about 4 minutes."
    );
    let who = policy.who(&queue, None, Some("de"));
    let text = policy.wording(
        NoticeKind::HandoffWarm,
        Some("de-AT"),
        because(Trigger::OptOut),
    );
    let subject = policy.in_language("billing error", Some("de-AT"));
    assert_eq!(
        text.render(&[
            ("who", &who),
            ("subject", &subject),
            ("wait", "etwa 4 Minuten")
        ]),
        "Gern. Ich hole unser Team für Abrechnung dazu, damit Sie bei der beanstandeten Abbuchung \
         Hilfe bekommen. Ich gebe unsere Notizen gleich weiter, Sie müssen nichts wiederholen. \
         Voraussichtliche Wartezeit: etwa 4 Minuten."
    );
}

#[test]
fn every_notice_reads_well_with_and_without_values() {
    let policy = Policy::builtin();
    let all = [
        ("who", "Sarah"),
        ("subject", "refund"),
        ("reason", "you asked"),
        ("wait", "1 minute"),
        ("position", "2nd"),
        ("opens", "tomorrow at 08:00"),
        ("next", "We will write."),
        ("company", "Brightcrate"),
        ("customer", "Alex"),
        ("reference", "SG-1"),
    ];
    let few = [
        ("who", "Sarah"),
        ("opens", "at 08:00"),
        ("next", "We will write."),
        ("reference", "SG-1"),
        ("wait", "1 minute"),
        ("company", "Brightcrate"),
    ];
    for (language, wording) in &policy.definition().wording.languages {
        for (kind, notice) in &wording.notices {
            for template in [&notice.text]
                .into_iter()
                .chain(notice.on.iter().map(|(_, it)| it))
            {
                for values in [&all[..], &few[..]] {
                    let text = template.render(values);
                    let is_odd = ["  ", " .", " ,", "..", ",.", "{", "[", "!"]
                        .iter()
                        .any(|odd| text.contains(odd));
                    assert!(
                        !is_odd && text.ends_with('.'),
                        "{language} {kind:?}: {text}"
                    );
                }
            }
        }
    }
}

#[test]
fn the_cold_notice_shows_no_internals() {
    let text =
        Policy::builtin().wording(NoticeKind::HandoffCold, None, because(Trigger::Compliance));
    assert_eq!(text.placeholders(), ["reference"]);
}

#[test]
fn disclosure_decides_who_is_named() {
    let queue = "technical".into();
    for (axis, expected) in [
        ("name", "Sarah from our technical team"),
        ("team", "our technical team"),
        ("none", "a colleague"),
    ] {
        let text = BUILTIN.replacen("customer: name", &format!("customer: {axis}"), 1);
        assert_eq!(
            Policy::parse(&text)
                .unwrap()
                .who(&queue, Some("Sarah"), None),
            expected
        );
    }
}

#[test]
fn explain_names_every_rule_and_queue() {
    let policy = Policy::builtin();
    let text = policy.explain();
    for rule in &policy.definition().rules {
        assert!(text.contains(&*rule.id.0), "{text}");
    }
    for queue in policy.queues() {
        assert!(text.contains(&format!("  {}: ", queue.key)), "{text}");
    }
    assert!(text.contains("repeat_count at least 3"), "{text}");
}

/// The built-in text with one passage changed, and the warnings that follow.
#[track_caller]
fn check_lint(from: &str, to: &str, expected: &[&str]) {
    assert!(BUILTIN.contains(from), "the passage is gone: {from}");
    let policy = Policy::parse(&BUILTIN.replacen(from, to, 1)).unwrap();
    let lints: Vec<String> = policy
        .lint()
        .iter()
        .map(|lint| format!("{} {}", lint.code.as_str(), lint.path))
        .collect();
    assert_eq!(lints, expected);
    assert!(
        policy
            .lint()
            .iter()
            .all(|lint| lint.line > 0 || lint.path.starts_with("wording"))
    );
}

#[test]
fn lint() {
    check_lint("", "", &[]);
    check_lint(
        "accept: 0.70",
        "accept: 0.85",
        &["escalates_too_early bands"],
    );
    check_lint(
        "    queue: retention\n",
        "",
        &["topic_without_queue topics.cancel_close"],
    );
    check_lint(
        "hours: always",
        "hours: []",
        &["queue_never_open queues.trust_safety"],
    );
    check_lint(
        "overflow: {after_s: 900, to: follow_up}",
        "overflow: {after_s: 900, to: technical}",
        &[
            "overflow_circle queues.customer_care",
            "overflow_circle queues.technical",
        ],
    );
    check_lint(
        "after_s: 900",
        "after_s: 60",
        &["overflow_before_target queues.customer_care"],
    );
    check_lint(
        "  - AI_Looping\n",
        "",
        &["root_cause_not_offered root_causes"; 2],
    );
    let rule = |when: &str| {
        format!(
            "  - {{id: extra, when: {when}, then: {{verdict: continue}}}}\n\n  - id: far_question"
        )
    };
    let extra = |when: &str, expected: &[&str]| {
        check_lint("  - id: far_question", &rule(when), expected);
    };
    extra(
        "{signal: repeat_count, at_least: 4}",
        &["unreachable_rule rules.extra"],
    );
    extra("{signal: repeat_count, above: 2}", &[]);
    extra("{signal: repeat_count, at_least: 2}", &[]);
    extra(
        "{all: [{signal: anger, is: true}, {signal: threat, is: true}]}",
        &["unreachable_rule rules.extra"],
    );
    extra(
        "{signal: opt_out, is: true}",
        &["unreachable_rule rules.extra"],
    );
    extra(
        "{all: [{signal: sentiment, at_least: 0}, {signal: sentiment, below: 0}]}",
        &["rule_never_holds rules.extra"],
    );
    check_lint(
        "    closed: >-\n      Dieses Gespräch ist geschlossen. Schreiben Sie hier wieder, wenn noch etwas offen ist.\n",
        "",
        &["wording_missing wording.de"],
    );
}

#[test]
fn lint_of_bands_and_order() {
    check_lint(
        "accept: 0.70",
        "accept: 0.65",
        &["bands_without_width bands"],
    );
    check_lint(
        "signals: [retrieval_confidence, answer_confidence]",
        "signals: []",
        &["bands_without_signals bands"],
    );
    let extra = |rule: &str, expected: &[&str]| {
        check_lint(
            "  - id: far_question",
            &format!("  - {rule}\n\n  - id: far_question"),
            expected,
        );
    };
    // Two rules together leave it nothing; one of them leaves it a part.
    extra(
        "{id: extra, when: {any: [{signal: tool_failure, is: true}, {signal: repeat_count, at_least: 4}]}, then: {verdict: continue}}",
        &["unreachable_rule rules.extra"],
    );
    extra(
        "{id: extra, when: {all: [{signal: sarcasm, is: true}, {any: [{signal: tool_failure, is: true}, {signal: distress, is: true}]}]}, then: {verdict: continue}}",
        &["unreachable_rule rules.extra"],
    );
    extra(
        "{id: extra, when: {any: [{signal: tool_failure, is: true}, {signal: sarcasm, is: true}]}, then: {verdict: fall_back}}",
        &["partly_unreachable rules.extra"],
    );
    extra(
        "{id: extra, stage: turn, when: {signal: out_of_scope, above: 0.5}, then: {verdict: fall_back}}",
        &["rule_never_holds rules.extra"],
    );
    extra(
        "{id: extra, stage: turn, when: {signal: sarcasm, is: true}, then: {verdict: continue}}",
        &["rule_without_effect rules.extra"],
    );
    check_lint(
        "en: this needs a person\n",
        "en: This needs a person.\n",
        &["reason_no_clause rules.distress"],
    );
    check_lint(
        "timers:\n",
        "autonomy: {draft: {queue: by_topic, reason: a person checks}}\ntimers:\n",
        &["autonomy_unused autonomy.draft"],
    );
}

#[test]
fn lint_of_promises() {
    let closed = "This conversation is closed. Write here";
    check_lint(
        closed,
        "Closed. We will call you back",
        &["wording_promises_call wording.en.closed"],
    );
    check_lint(
        closed,
        "Closed. We are here 24/7",
        &["wording_promises_hours wording.en.closed"],
    );
    check_lint(
        "You keep your place in line,",
        "Somebody comes within 2 minutes,",
        &["wording_promises_time wording.en.requeued"],
    );
    check_lint(
        "You keep your place in line,",
        "Somebody comes within 3 minutes,",
        &[],
    );
    check_lint(
        "      to_account_manager: true\n",
        "",
        &["wording_promises_person wording.en.handoff_warm"],
    );
    check_lint(
        "        opt_out: >-",
        "        rule.security: \"{who} [{wait}]\"\n        rule.money: \"{who} [{wait}]\"\n        opt_out: >-",
        &["wording_never_said wording.en.handoff_warm"],
    );
    check_lint(
        "        opt_out: >-",
        "        complexity: \"{who} [{wait}]\"\n        agent: \"{who} [{wait}]\"\n        opt_out: >-",
        &[],
    );
    let hidden = BUILTIN.replacen("customer: name", "customer: none", 1);
    let named = hidden.replacen(closed, "Closed by our technical team. Write", 1);
    let lints = Policy::parse(&named).unwrap().lint();
    assert_eq!(lints.len(), 1, "{lints:?}");
    assert_eq!(lints[0].code.as_str(), "wording_discloses_team");
    assert!(lints[0].line > 400, "{}", lints[0]);
}

#[test]
fn a_rule_may_have_words_of_its_own() {
    let text = BUILTIN.replacen(
        "        opt_out: >-",
        "        rule.money: \"Money: {who}.[ {wait}]\"\n        high_stakes: \"High stakes: {who}.[ {wait}]\"\n        opt_out: >-",
        1,
    );
    let policy = Policy::parse(&text).unwrap();
    let say = |rule: &str, trigger| {
        let rule = segue_model::id::RuleId(rule.into());
        let because = Because {
            rule: Some(&rule),
            trigger,
        };
        let text = policy.wording(NoticeKind::HandoffWarm, None, Some(because));
        text.render(&[("who", "Sarah")])
    };
    assert_eq!(say("money", Some(Trigger::HighStakes)), "Money: Sarah.");
    assert_eq!(
        say("security_topic", Some(Trigger::HighStakes)),
        "High stakes: Sarah."
    );
    assert!(say("complex_request", Some(Trigger::Complexity)).starts_with("I want to make sure"));
    assert_eq!(Policy::parse(&policy.print()).unwrap(), policy);
    let problems = Policy::parse(&text.replacen("rule.money:", "rule.mony:", 1)).unwrap_err();
    assert_eq!(problems[0].hint.as_deref(), Some("did you mean `money`?"));
}
