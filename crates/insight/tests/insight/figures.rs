//! The figures, computed by hand.

use jiff::tz::TimeZone;
use segue_insight::{Dashboard, Ledger, Query, VerdictSummary};
use segue_model::time::{Span, Timestamp};
use serde_json::json;

use crate::log::{DAY, Log, NOON, conversation, dashboard, ledger, query};

fn answered(n: u32) -> Log {
    Log::live(n, NOON)
        .customer("Where is my parcel 555123?")
        .assistant("It arrives today.")
}

fn handled(n: u32, active_s: u64) -> Log {
    answered(n)
        .ask("opt_out", "general")
        .after(Span::seconds(9))
        .accept()
        .read(4_000)
        .agent("I see parcel 555123.")
        .resolve("Customer_Request", active_s)
}

fn outcomes(board: &Dashboard) -> Vec<(&str, u32)> {
    board.outcomes.iter().map(|it| (it.key, it.n)).collect()
}

fn check_outcome(log: Log, expected: &str) {
    check_outcome_among(&[log], expected);
}

/// What becomes of the first of several conversations.
fn check_outcome_among(logs: &[Log], expected: &str) {
    let alone = Query {
        now: query().now,
        ..query()
    };
    let all = ledger(logs).dashboard(&alone);
    let without: Vec<Log> = logs[1..].to_vec();
    let rest = ledger(&without).dashboard(&alone);
    let found: Vec<&str> = outcomes(&all)
        .into_iter()
        .zip(outcomes(&rest))
        .filter(|((_, with), (_, without))| with > without)
        .map(|((key, _), _)| key)
        .collect();
    assert_eq!(found, [expected]);
}

#[test]
fn of_nothing_nothing_is_said() {
    let board = dashboard(&[]);
    for ratio in [
        &board.escalation_rate,
        &board.ai_resolution_rate,
        &board.context_retention,
        &board.csat_after_escalation,
        &board.csat_assistant,
    ] {
        assert_eq!(
            (ratio.value, ratio.lo, ratio.hi, ratio.previous),
            (None, None, None, None)
        );
        assert!(!ratio.is_provisional);
    }
    assert_eq!(board.aht_after_escalation.p50_s, None);
    assert_eq!(board.time_to_accept.p50_s, None);
    assert_eq!(board.imported, None);
    let json = serde_json::to_value(&board).unwrap();
    assert_eq!(json["escalation_rate"]["value"], json!(null));
    assert!(json.get("imported").is_none());
}

#[test]
fn a_week_by_hand() {
    // Ten with the assistant: three handed over, four resolved, one returned,
    // one unmet, one silent. One more never had the assistant.
    let mut logs: Vec<Log> = vec![
        handled(1, 60).rate("agent", 5),
        handled(2, 120).rate("agent", 2),
        handled(3, 240),
        answered(4).of(4).confirm(true),
        answered(5).of(5).confirm(true).rate("assistant", 5),
        answered(6).of(6).confirm(true).customer("Thank you!"),
        answered(7)
            .of(7)
            .confirm(true)
            .closed("confirmed_by_customer"),
        answered(8)
            .of(8)
            .confirm(true)
            .closed("confirmed_by_customer"),
        answered(9).confirm(false).rate("assistant", 1),
        answered(10),
    ];
    logs.push(
        Log::live(11, NOON)
            .customer("A person please")
            .ask("opt_out", "vip"),
    );
    let again = Log::live(12, NOON + DAY)
        .of(8)
        .customer("Where is my parcel 555123 now?");
    logs.push(again);
    let board = dashboard(&logs);
    assert_eq!(board.conversations, 12);
    let expected = [
        ("escalated", 3),
        ("returned", 1),
        ("resolved", 4),
        ("unmet", 1),
        ("ambiguous", 1),
    ];
    assert_eq!(outcomes(&board), expected);
    assert_eq!(board.escalation_rate.value, Some(0.3));
    assert_eq!(board.ai_resolution_rate.value, Some(0.4));
    assert_eq!(board.csat_after_escalation.value, Some(0.5));
    assert_eq!(board.csat_assistant.value, Some(0.5));
    assert_eq!(board.context_retention.value, Some(1.0));
    // Wilson, z = 1.96, of 3 in 10: 0.1078 to 0.6032.
    assert!((board.escalation_rate.lo.unwrap() - 0.1078).abs() < 5e-5);
    assert!((board.escalation_rate.hi.unwrap() - 0.6032).abs() < 5e-5);
    assert_eq!(board.aht_after_escalation.p50_s, Some(120.0));
    assert_eq!(board.aht_after_escalation.p90_s, Some(240.0));
    assert_eq!(board.aht_after_escalation.n, 3);
    let funnel: Vec<u32> = board.funnel.iter().map(|it| it.n).collect();
    assert_eq!(funnel, [12, 4, 3, 3, 3, 1]);
}

#[test]
fn every_number_leads_to_its_conversations() {
    let board = dashboard(&[handled(1, 60).rate("agent", 2), answered(2).confirm(true)]);
    assert_eq!(board.escalation_rate.conversations, [conversation(1)]);
    assert_eq!(board.ai_resolution_rate.conversations, [conversation(2)]);
    assert_eq!(board.csat_after_escalation.conversations, [conversation(1)]);
    assert_eq!(board.by_trigger[0].conversations, [conversation(1)]);
    let many: Vec<Log> = (0..30).map(|n| handled(n, 60)).collect();
    assert_eq!(dashboard(&many).escalation_rate.conversations.len(), 20);
    let all = Query {
        shown_max: 100,
        ..query()
    };
    let board = ledger(&many).dashboard(&all);
    assert_eq!(board.escalation_rate.conversations.len(), 30);
    assert_eq!(board.by_trigger[0].conversations.len(), 30);
}

#[test]
fn who_handed_over_is_told_apart() {
    let unanswered = |n| Log::live(n, NOON).customer("I was charged twice");
    let board = dashboard(&[
        answered(1),
        answered(2).ask("opt_out", "general"),
        answered(3).ask("repeat", "general"),
        unanswered(4).ask("high_stakes", "finance"),
        unanswered(5).ask("vip", "vip"),
        unanswered(6).ask("compliance", "finance"),
        // The first handoff of a conversation says whose doing it was.
        answered(7)
            .ask("fallback", "general")
            .accept()
            .hand_back("Policy", 1)
            .ask("compliance", "general"),
    ]);
    let split = &board.handed_over;
    assert_eq!((split.rate.numerator, split.rate.denominator), (6, 7));
    let parts: Vec<_> = split.parts.iter().map(|it| (&*it.key, it.n)).collect();
    assert_eq!(parts, [("mandatory", 3), ("requested", 1), ("measured", 2)]);
    assert_eq!(split.parts[1].conversations, [conversation(2)]);
    // With the escalation rate it makes one sum.
    assert_eq!(split.without_assistant, 3);
    let with = board.escalation_rate.numerator;
    assert_eq!(with + split.without_assistant, split.rate.numerator);
}

#[test]
fn precedence_of_outcomes() {
    check_outcome(handled(1, 60).confirm(true), "escalated");
    check_outcome(answered(1).confirm(true), "resolved");
    check_outcome(answered(1).confirm(true).confirm(false), "unmet");
    check_outcome(answered(1).rate("assistant", 2), "unmet");
    check_outcome(answered(1).rate("assistant", 5), "ambiguous");
    check_outcome(answered(1).closed("ended_by_customer"), "unmet");
    check_outcome(answered(1).closed("idle"), "ambiguous");
    check_outcome(answered(1).no_answer("I found nothing."), "ambiguous");
    check_outcome(
        answered(1).no_answer("I found nothing.").closed("idle"),
        "unmet",
    );
    // Who goes on has not yet said that it helped.
    check_outcome(
        answered(1).confirm(true).customer("And the other parcel?"),
        "ambiguous",
    );
    check_outcome(
        answered(1).confirm(true).customer("Thanks, that's all"),
        "resolved",
    );
    check_outcome(
        answered(1)
            .confirm(true)
            .customer("Thanks, but it is not here"),
        "ambiguous",
    );
}

#[test]
fn coming_back_is_no_resolution() {
    let first = || answered(1).of(7).confirm(true);
    let closed = || first().closed("confirmed_by_customer");
    check_outcome(
        closed().reopened().customer("It is broken again"),
        "returned",
    );
    check_outcome(closed().reopened().customer("Thanks a lot"), "resolved");
    let again = |at| Log::live(2, at).of(7);
    let soon = NOON + DAY;
    let same = "Hello, where is my parcel 555123?";
    check_outcome_among(&[first(), again(soon).customer(same)], "returned");
    check_outcome_among(
        &[first(), again(soon).customer("Cancel my plan")],
        "resolved",
    );
    check_outcome_among(
        &[first(), Log::live(2, soon).of(8).customer(same)],
        "resolved",
    );
    check_outcome_among(
        &[first(), Log::demo(2, soon).of(7).customer(same)],
        "resolved",
    );
    check_outcome_among(&[first(), again(soon).opened()], "resolved");
    let follows = json!(conversation(1));
    let follower = Log::live(2, soon)
        .with("follows", follows)
        .customer("Cancel my plan");
    check_outcome_among(&[first(), follower], "returned");
    let topic = |log: Log| log.judged(json!({ "verdict": "continue" }), "shipping");
    check_outcome_among(
        &[
            topic(first()),
            topic(again(soon).customer("Nothing came yet")),
        ],
        "returned",
    );
    // The same browser is the same person, as far as anybody knows.
    let visitor = |n, at| Log::live(n, at).with("visitor", json!("v1"));
    let first = visitor(1, NOON)
        .customer(same)
        .assistant("Today.")
        .confirm(true);
    check_outcome_among(&[first, visitor(2, soon).customer(same)], "returned");
}

#[test]
fn a_return_counts_for_seven_days() {
    let first = answered(1).of(7).confirm(true);
    let again = |at| {
        Log::live(2, at)
            .of(7)
            .customer("Where is my parcel 555123?")
    };
    let check = |at: Timestamp, resolved: u32| {
        let later = Query {
            now: NOON + Span::hours(24 * 20),
            ..query()
        };
        let board = ledger(&[first.clone(), again(at)]).dashboard(&later);
        assert_eq!(board.ai_resolution_rate.numerator, resolved);
    };
    check(NOON + Span::hours(7 * 24), 0);
    check(NOON + Span::hours(7 * 24) + Span(1), 1);
}

#[test]
fn what_looks_ahead_is_provisional_until_it_matures() {
    let log = ledger(&[answered(1).confirm(true).rate("assistant", 5)]);
    let at = |now| log.dashboard(&Query { now, ..query() });
    let matures = NOON + Span::hours(7 * 24);
    let before = at(matures - Span(1));
    assert!(before.ai_resolution_rate.is_provisional);
    assert_eq!(before.ai_resolution_rate.matures_at, Some(matures));
    assert!(
        !before.csat_assistant.is_provisional,
        "72 hours have passed"
    );
    assert!(!before.escalation_rate.is_provisional);
    assert!(!at(matures).ai_resolution_rate.is_provisional);
    let json = serde_json::to_value(&before).unwrap();
    assert_eq!(
        json["ai_resolution_rate"]["matures_at"],
        json!("2026-03-11T12:00:00.000Z")
    );
}

#[test]
fn involvement_needs_an_assistants_part() {
    let involved = |log: Log| dashboard(&[log]).escalation_rate.denominator;
    let asked = || Log::live(1, NOON).customer("Where is it?");
    assert_eq!(involved(asked()), 0);
    assert_eq!(involved(asked().assistant("Here.")), 1);
    let awaited = json!({ "type": "answer_awaited", "turn": 1, "deadline": NOON });
    assert_eq!(involved(asked().entry(vec![awaited], Vec::new())), 1);
    let held_back =
        json!({ "type": "turn_suppressed", "text": 9, "epoch": 1, "reason": "below_band" });
    assert_eq!(involved(asked().entry(vec![held_back], Vec::new())), 1);
    let late = json!({ "type": "turn_suppressed", "text": 9, "epoch": 1, "reason": "floor_lost" });
    assert_eq!(involved(asked().entry(vec![late], Vec::new())), 0);
}

#[test]
fn a_widget_that_was_only_opened_is_no_conversation() {
    assert_eq!(dashboard(&[Log::live(1, NOON).opened()]).conversations, 0);
}

#[test]
fn live_demo_and_imported_stay_apart() {
    let logs = [
        handled(1, 60),
        answered(2),
        Log::demo(3, NOON)
            .customer("Where?")
            .assistant("Here.")
            .ask("repeat", "general"),
        Log::imported(4, NOON, "file")
            .customer("Where?")
            .judged(
                json!({ "verdict": "escalate", "kind": "warm", "queue": "general" }),
                "x",
            )
            .assistant("Here.")
            .outcome("handed_off", "true"),
        Log::imported(5, NOON, "file")
            .customer("Where?")
            .judged(json!({ "verdict": "continue" }), "x")
            .judged(json!({ "verdict": "fall_back", "step": "clarify" }), "x")
            .judged(json!({ "verdict": "continue" }), "x")
            .outcome("handed_off", "true"),
    ];
    let log = ledger(&logs);
    let live = log.dashboard(&query());
    assert_eq!((live.conversations, live.demo_share), (2, 0.0));
    assert_eq!(live.escalation_rate.value, Some(0.5));
    let both = log.dashboard(&Query {
        include_demo: true,
        ..query()
    });
    assert_eq!(both.conversations, 3);
    assert!((both.demo_share - 1.0 / 3.0).abs() < 1e-12);
    assert_eq!(both.escalation_rate.value, Some(2.0 / 3.0));
    let imported = serde_json::to_value(&live.imported).unwrap();
    let expected = json!({ "sources": [{
        "source": "file", "conversations": 2, "turns": 3,
        "verdicts": { "continue": 0, "fall_back": 1, "review": 0, "escalate": 1 },
        "outcomes": [{ "label": "handed_off", "value": "true", "n": 2, "escalate": 1 }],
    }] });
    assert_eq!(imported, expected);
}

#[test]
fn the_window_and_the_period_before() {
    let now = query().now;
    let week = Query { days: 7, ..query() };
    let at = |n, at| Log::live(n, at).customer("Where?").assistant("Here.");
    let long_ago = Span::hours(7 * 24);
    let logs = [
        at(1, now),
        at(2, now - long_ago + Span(1)),
        at(3, now - long_ago).ask("repeat", "general"),
        at(4, now - long_ago - long_ago + Span(1)),
        at(5, now - long_ago - long_ago),
        at(6, now + Span(1)),
    ];
    let board = ledger(&logs).dashboard(&week);
    assert_eq!((board.conversations, board.days), (2, 7));
    assert_eq!(board.escalation_rate.value, Some(0.0));
    assert_eq!(board.escalation_rate.previous, Some(0.5));
}

#[test]
fn waits_end_in_many_ways() {
    let ask = |n| answered(n).ask("opt_out", "general");
    let logs = [
        ask(1).after(Span::seconds(9)).accept(),
        ask(2).after(Span::seconds(19)).abandon(),
        ask(3).after(Span::seconds(29)).accept(),
        ask(4).after(Span::seconds(39)).withdraw(),
        // Told that nobody comes; who comes the next day ends no wait.
        ask(5).after(Span::seconds(49)).expire().after(DAY).accept(),
        // Left while an agent spoke: not while waiting.
        ask(6)
            .after(Span::seconds(59))
            .accept()
            .agent("Hello")
            .abandon(),
        // Taken unasked: nobody waited.
        answered(7).taken(),
    ];
    let board = dashboard(&logs);
    assert_eq!((board.wait.abandoned, board.wait.n), (1, 6));
    // Product-limit by hand: 10 s of 6: 5/6; 30 s of 4: 5/6·3/4 = .625; 60 s of 1: 0.
    assert_eq!(board.time_to_accept.n, 3);
    assert_eq!(board.time_to_accept.p50_s, Some(60.0));
    assert_eq!(board.time_to_accept.p90_s, Some(60.0));
    let two = dashboard(&logs[..1]);
    assert_eq!(two.time_to_accept.p50_s, Some(10.0));
    let nobody = dashboard(&logs[1..2]);
    assert_eq!(
        (nobody.time_to_accept.p50_s, nobody.time_to_accept.n),
        (None, 0)
    );
}

#[test]
fn handle_time_with_and_without_the_packet() {
    let without = |n, active_s| {
        answered(n)
            .ask("repeat", "general")
            .accept()
            .agent("Hello")
            .resolve("Policy", active_s)
    };
    let board = dashboard(&[
        handled(1, 60),
        handled(2, 80),
        without(3, 200),
        without(4, 100),
    ]);
    assert_eq!(board.aht_after_escalation.with_packet_p50_s, Some(60.0));
    assert_eq!(board.aht_after_escalation.without_packet_p50_s, Some(100.0));
    assert_eq!(board.aht_after_escalation.p50_s, Some(80.0));
}

#[test]
fn bars_by_trigger_cause_and_queue() {
    let board = dashboard(&[
        handled(1, 60),
        answered(2)
            .ask("fallback", "billing")
            .queued("technical")
            .accept()
            .hand_back("AI_Looping", 5),
        answered(3).ask("opt_out", "general"),
    ]);
    let keys = |groups: &[segue_insight::dashboard::Group]| -> Vec<(String, u32)> {
        groups.iter().map(|it| (it.key.clone(), it.n)).collect()
    };
    let of = |key: &str, n| (key.to_owned(), n);
    assert_eq!(
        keys(&board.by_trigger),
        [of("opt_out", 2), of("fallback", 1)]
    );
    assert_eq!(
        keys(&board.by_root_cause),
        [of("AI_Looping", 1), of("Customer_Request", 1)]
    );
    assert_eq!(
        keys(&board.by_queue),
        [of("general", 2), of("technical", 1)]
    );
    assert_eq!(board.by_root_cause[0].share, 0.5);
    assert_eq!(board.by_trigger[0].label, "Asked for a person");
}

/// An instant in a zone.
fn local(text: &str) -> Timestamp {
    let zoned: jiff::Zoned = text.parse().unwrap();
    Timestamp(zoned.timestamp().as_millisecond())
}

#[test]
fn hours_are_local_and_changes_of_the_clock_are_real() {
    let asked = |n, at: &str| {
        Log::live(n, local(at))
            .ask("opt_out", "general")
            .assistant("Somebody comes.")
    };
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let logs = [
        // The hour between 2 and 3 comes twice on 25 October 2026.
        asked(1, "2026-10-25T02:30:00+02:00[Europe/Berlin]"),
        asked(2, "2026-10-25T02:30:00+01:00[Europe/Berlin]"),
        // One second apart, and in different weeks.
        asked(3, "2026-10-25T23:59:59+01:00[Europe/Berlin]"),
        asked(4, "2026-10-26T00:00:00+01:00[Europe/Berlin]"),
    ];
    let now = local("2026-10-26T12:00:00+01:00[Europe/Berlin]");
    let ledger = ledger(&logs);
    let board = ledger.dashboard(&Query {
        now,
        zone,
        ..query()
    });
    let heat: Vec<(u8, u8, u32)> = board
        .heat
        .iter()
        .map(|it| (it.weekday, it.hour, it.n))
        .collect();
    assert_eq!(heat, [(0, 0, 1), (6, 2, 2), (6, 23, 1)]);
    let weeks: Vec<(&str, u32)> = board
        .weeks
        .iter()
        .map(|it| (it.week.as_str(), it.n_escalated))
        .collect();
    assert_eq!(weeks, [("2026-W43", 3), ("2026-W44", 1)]);
    let utc = ledger.dashboard(&Query { now, ..query() });
    assert_eq!(utc.weeks.len(), 1, "23:00 of Sunday in UTC");
    assert_eq!(utc.conversations, board.conversations);
    // On 29 March the hour after 1:59 is 3.
    let spring = asked(1, "2026-03-29T03:00:00+02:00[Europe/Berlin]");
    let zone = TimeZone::get("Europe/Berlin").unwrap();
    let now = local("2026-03-30T00:00:00+02:00[Europe/Berlin]");
    let board = super::log::ledger(&[spring]).dashboard(&Query {
        now,
        zone,
        ..query()
    });
    assert_eq!((board.heat[0].weekday, board.heat[0].hour), (6, 3));
}

#[test]
fn weeks_carry_both_axes() {
    let earlier = NOON - Span::hours(7 * 24);
    let logs = [
        handled(1, 60).rate("agent", 4),
        answered(2).confirm(true),
        Log::live(3, earlier).customer("Where?").assistant("Here."),
        // A person from the first word on: the assistant had no part in it.
        Log::live(4, earlier)
            .customer("A person, please.")
            .ask("opt_out", "general"),
    ];
    let weeks = serde_json::to_value(dashboard(&logs).weeks).unwrap();
    assert_eq!(
        weeks,
        json!([
            { "week": "2026-W09", "resolution": 0.0, "csat_after_escalation": null, "n_escalated": 0, "n": 1 },
            { "week": "2026-W10", "resolution": 0.5, "csat_after_escalation": 1.0, "n_escalated": 1, "n": 2 },
        ])
    );
}

#[test]
fn entries_may_come_twice_and_late() {
    let logs = [
        handled(1, 60).rate("agent", 5),
        answered(2).of(2).confirm(true),
    ];
    let expected = dashboard(&logs);
    let mut twice = Ledger::default();
    for _ in 0..2 {
        for (conversation, entry, texts) in logs.iter().flat_map(|log| &log.entries) {
            twice.observe(*conversation, entry, texts);
        }
    }
    assert_eq!(twice.dashboard(&query()), expected);
    // What happens now is heard while the past is still being read.
    let mut overlapping = Ledger::default();
    for (conversation, entry, texts) in logs.iter().flat_map(|log| log.entries.iter().rev()) {
        overlapping.observe(*conversation, entry, texts);
    }
    assert_eq!(overlapping.dashboard(&query()), expected);
    assert_eq!(overlapping.len(), 2);
}

#[test]
fn verdicts_are_summed_by_word_and_rule() {
    let verdict = |word: &str, rule: &str| {
        serde_json::from_value(json!({
            "outcome": { "verdict": word }, "rule": rule, "reason": "",
            "trace": { "policy": "p@1", "rules": [], "signals": [] },
        }))
        .unwrap()
    };
    let mut summary = VerdictSummary::default();
    summary.add(&verdict("continue", "general"));
    let mut other = VerdictSummary::default();
    other.add(&verdict("continue", "general"));
    other.add(&verdict("continue", "small_talk"));
    summary.merge(other);
    assert_eq!(
        (
            summary.verdicts,
            summary.of_word("continue"),
            summary.of_word("review")
        ),
        (3, 3, 0)
    );
    assert_eq!(
        summary.by_rule.values().copied().collect::<Vec<_>>(),
        [2, 1]
    );
}

#[test]
fn the_shape_of_the_wire() {
    let json = serde_json::to_value(dashboard(&[handled(1, 60)])).unwrap();
    assert_eq!(json["as_of"], json!("2026-03-06T12:00:00.000Z"));
    let ratio: Vec<&str> = json["context_retention"]
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect();
    assert_eq!(
        ratio,
        [
            "conversations",
            "denominator",
            "formula",
            "hi",
            "is_provisional",
            "lo",
            "numerator",
            "previous",
            "target",
            "value",
        ]
    );
    assert_eq!(
        json["context_retention"]["target"],
        json!({ "lo": 0.95, "hi": 1.0 })
    );
    assert_eq!(json["context_retention"]["conversations"], json!([]));
    assert_eq!(
        json["escalation_rate"]["conversations"],
        json!([conversation(1)])
    );
}
