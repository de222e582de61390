//! What holds for every log (science §1.7).

use proptest::prelude::*;
use segue_insight::breakdown::Row;
use segue_insight::dashboard::Ratio;
use segue_insight::slice::{Dimension, Filter};
use segue_insight::{Dashboard, Ledger, Query};
use segue_model::time::Span;

use crate::log::{Log, NOON, ledger, query};

const STEPS: u8 = 20;

fn step(log: Log, step: u8) -> Log {
    match step {
        0 => log.customer("My order 48213 is late and I see error 402"),
        1 => log.customer("Where is invoice INV-20931?"),
        2 => log.customer("48213"),
        3 => log.assistant("Please clear the cache."),
        4 => log.no_answer("I found nothing."),
        5 => log.ask("opt_out", "general"),
        6 => log.ask("fallback", "billing"),
        7 => log.accept(),
        8 => log.read(2_000),
        9 => log.agent("What is your order number?"),
        10 => log.agent("How can I help you?"),
        11 => log.agent("I see order 48213."),
        12 => log.resolve("Policy", 90),
        13 => log.hand_back("AI_Looping", 30),
        14 => log.abandon(),
        15 => log.confirm(true),
        16 => log.confirm(false),
        17 => log.rate("agent", 5),
        18 => log.rate("assistant", 2),
        _ => log.closed("idle").reopened(),
    }
}

prop_compose! {
    fn any_log(n: u32)(
        hours in 0_u64..1_500,
        origin in 0_u8..5,
        who in 0_u32..4,
        steps in prop::collection::vec((0..STEPS, 0_u64..4_000), 1..14),
    ) -> Log {
        let at = query().now - Span::hours(hours) + Span(u64::from(n));
        let log = match origin {
            0 => Log::demo(n, at),
            1 => Log::imported(n, at, "file"),
            _ => Log::live(n, at),
        };
        let log = if who > 0 { log.of(who) } else { log };
        steps.into_iter().fold(log, |log, (kind, seconds)| step(log.after(Span::seconds(seconds)), kind))
    }
}

fn any_logs() -> impl Strategy<Value = Vec<Log>> {
    (0_u32..12).prop_flat_map(|n| (0..n).map(any_log).collect::<Vec<_>>())
}

fn is_sound(ratio: &Ratio) -> bool {
    let Some(value) = ratio.value else {
        return ratio.denominator == 0 && ratio.lo.is_none();
    };
    let (lo, hi) = (ratio.lo.unwrap(), ratio.hi.unwrap());
    ratio.numerator <= ratio.denominator
        && 0.0 <= lo
        && lo <= value
        && value <= hi
        && hi <= 1.0
        && ratio.conversations.len() <= 20
}

fn sum(numbers: impl Iterator<Item = u32>) -> u32 {
    numbers.sum()
}

fn check(board: &Dashboard) {
    let involved = board.escalation_rate.denominator;
    let of = |key: &str| board.outcomes.iter().find(|it| it.key == key).unwrap().n;
    assert_eq!(sum(board.outcomes.iter().map(|it| it.n)), involved);
    assert_eq!(of("escalated"), board.escalation_rate.numerator);
    assert_eq!(of("resolved"), board.ai_resolution_rate.numerator);
    assert_eq!(board.ai_resolution_rate.denominator, involved);
    for ratio in [
        &board.escalation_rate,
        &board.ai_resolution_rate,
        &board.context_retention,
        &board.csat_after_escalation,
        &board.csat_assistant,
        &board.tier_one.resolution,
        &board.tier_one.escalation,
        &board.contained,
        &board.silent_abandonment,
        &board.repeat_contact.rate,
        &board.sla_attainment.rate,
        &board.silent_in_handoff,
        &board.transfer_rate,
        &board.misroute_rate,
        &board.first_contact_resolution,
        &board.begging_rate,
    ] {
        assert!(is_sound(ratio), "{ratio:?}");
    }
    assert_eq!(
        board.contained.numerator + board.escalation_rate.numerator,
        involved
    );
    assert!(board.silent_abandonment.numerator <= of("ambiguous"));
    assert!(board.tier_one.resolution.numerator <= board.ai_resolution_rate.numerator);
    assert!(board.first_response.n <= board.time_to_accept.n + board.conversations);
    let segments = sum(board.csat_segments.iter().map(|it| it.conversations));
    assert!(segments <= board.conversations);
    let evidence: Vec<u32> = board.retention_funnel.iter().map(|it| it.n).collect();
    assert!(
        board.context_retention.numerator <= evidence[0],
        "retained ≤ opened"
    );
    assert!(evidence.is_sorted_by(|a, b| a >= b));
    assert!(
        board
            .funnel
            .iter()
            .map(|it| it.n)
            .is_sorted_by(|a, b| a >= b)
    );
    assert_eq!(board.funnel[0].n, board.conversations);
    assert!(board.wait.abandoned + board.time_to_accept.n <= board.wait.n);
    let handoffs = sum(board.by_trigger.iter().map(|it| it.n));
    assert_eq!(sum(board.by_queue.iter().map(|it| it.n)), handoffs);
    assert_eq!(sum(board.heat.iter().map(|it| it.n)), handoffs);
    assert!(sum(board.by_root_cause.iter().map(|it| it.n)) <= handoffs);
    assert_eq!(sum(board.weeks.iter().map(|it| it.n)), involved);
    assert!((0.0..=1.0).contains(&board.demo_share));
    assert!(board.include_demo || board.demo_share == 0.0);
    let shares: f64 = board.by_trigger.iter().map(|it| it.share).sum();
    assert!(handoffs == 0 || (shares - 1.0).abs() < 1e-9);
}

/// The row as it is where there is no other: drawn towards itself.
fn alone(row: &Row) -> Row {
    let mut row = row.clone();
    for share in &mut row.shares {
        let (hits, n) = (f64::from(share.numerator), f64::from(share.denominator));
        share.shrunk = share.value.map(|value| (hits + 20.0 * value) / (n + 20.0));
    }
    row
}

/// What must not depend on where the day begins.
fn without_zone(board: Dashboard) -> Dashboard {
    Dashboard {
        weeks: Vec::new(),
        heat: Vec::new(),
        ..board
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn identities_hold_at_every_filter_and_instant(
        logs in any_logs(),
        days in 1_u32..80,
        include_demo: bool,
        back in 0_u64..200,
    ) {
        let ledger = ledger(&logs);
        let asked = Query { days, include_demo, now: query().now - Span::hours(back), ..query() };
        let board = ledger.dashboard(&asked);
        check(&board);
        let zone = jiff::tz::TimeZone::get("Pacific/Apia").unwrap();
        let elsewhere = ledger.dashboard(&Query { zone, ..asked.clone() });
        check(&elsewhere);
        prop_assert_eq!(without_zone(board), without_zone(elsewhere));
    }

    #[test]
    fn identities_hold_at_every_filter_of_every_dimension(logs in any_logs()) {
        let ledger = ledger(&logs);
        for by in Dimension::ALL {
            let whole = ledger.breakdown(&query(), by);
            let rows = || whole.rows.iter();
            prop_assert_eq!(sum(rows().map(|it| it.handoffs)), whole.total.handoffs);
            if !by.is_of_handoffs() {
                prop_assert_eq!(sum(rows().map(|it| it.conversations)), whole.total.conversations);
            }
            for row in rows() {
                let filter = Filter::default().with(by, &row.key);
                let chosen = Query { filter, ..query() };
                let board = ledger.dashboard(&chosen);
                check(&board);
                prop_assert_eq!(board.conversations, row.conversations);
                prop_assert_eq!(sum(board.by_queue.iter().map(|it| it.n)), row.handoffs);
                prop_assert_eq!(ledger.breakdown(&chosen, by).rows, vec![alone(row)]);
            }
        }
    }

    #[test]
    fn order_across_conversations_and_repetition_change_nothing(
        logs in any_logs(),
        seed in any::<u64>(),
    ) {
        let expected = ledger(&logs).dashboard(&query());
        let mut entries: Vec<_> = logs.iter().flat_map(|log| &log.entries).collect();
        // Any order at all, within a conversation, too.
        let mut state = seed | 1;
        for at in (1..entries.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            let other = usize::try_from(state >> 33).unwrap() % (at + 1);
            entries.swap(at, other);
        }
        let mut shuffled = Ledger::default();
        for (conversation, entry, texts) in entries.iter().chain(&entries) {
            shuffled.observe(*conversation, entry, texts);
        }
        let found = shuffled.dashboard(&query());
        prop_assert_eq!(&found, &expected);
        // To the last digit, as it goes out.
        let written = |board: &Dashboard| serde_json::to_string(board).unwrap();
        prop_assert_eq!(written(&found), written(&expected));
        let whole = ledger(&logs);
        for by in Dimension::ALL {
            let (rebuilt, known) = (shuffled.breakdown(&query(), by), whole.breakdown(&query(), by));
            prop_assert_eq!(
                serde_json::to_string(&rebuilt).unwrap(),
                serde_json::to_string(&known).unwrap()
            );
        }
    }
}

#[test]
fn an_old_log_is_not_in_the_window() {
    let log = Log::live(1, NOON - Span::hours(24 * 400))
        .customer("Where?")
        .assistant("Here.");
    let board = ledger(&[log]).dashboard(&query());
    assert_eq!(board.conversations, 0);
    check(&board);
}
