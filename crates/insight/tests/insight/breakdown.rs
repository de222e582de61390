//! Figures by dimension, and chosen by one.

use segue_insight::Query;
use segue_insight::breakdown::{Breakdown, Row};
use segue_insight::slice::{Dimension, Filter};
use segue_model::time::Span;
use serde_json::json;

use crate::log::{Log, NOON, ledger, query};

fn answered(n: u32, language: &str) -> Log {
    Log::live(n, NOON)
        .with("locale", json!(language))
        .customer("Where is my parcel 555123?")
        .assistant("It arrives today.")
}

fn logs() -> Vec<Log> {
    vec![
        answered(1, "de-CH").confirm(true),
        answered(2, "de")
            .ask("opt_out", "general")
            .accept()
            .agent("Hello")
            .hand_back("Policy", 60)
            .ask("fallback", "billing")
            .abandon(),
        answered(3, "en-GB").ask("fallback", "billing").accept(),
        Log::live(4, NOON - Span::hours(3))
            .customer("Hm?")
            .assistant("Yes."),
    ]
}

fn by(dimension: Dimension, filter: Filter) -> Breakdown {
    ledger(&logs()).breakdown(&Query { filter, ..query() }, dimension)
}

fn keys(breakdown: &Breakdown) -> Vec<(&str, u32, u32)> {
    let rows = breakdown.rows.iter();
    rows.map(|it| (it.key.as_str(), it.conversations, it.handoffs))
        .collect()
}

fn share(row: &Row, metric: &str) -> Option<(u32, u32)> {
    let found = row.shares.iter().find(|it| it.metric == metric)?;
    Some((found.numerator, found.denominator))
}

#[test]
fn conversations_are_grouped_by_their_traits_and_add_up() {
    let found = by(Dimension::Language, Filter::default());
    assert_eq!(keys(&found), [("de", 2, 2), ("", 1, 0), ("en", 1, 1)]);
    assert_eq!(share(&found.rows[0], "escalation_rate"), Some((1, 2)));
    assert_eq!(share(&found.rows[0], "ai_resolution_rate"), Some((1, 2)));
    assert_eq!(share(&found.total, "escalation_rate"), Some((2, 4)));
    let hours = by(Dimension::Hour, Filter::default());
    assert_eq!(keys(&hours), [("9", 1, 0), ("12", 3, 3)]);
}

#[test]
fn handoffs_are_grouped_by_theirs_and_say_nothing_of_the_assistant() {
    let found = by(Dimension::Trigger, Filter::default());
    assert_eq!(found.of, "handoffs");
    assert_eq!(keys(&found), [("fallback", 2, 2), ("opt_out", 1, 1)]);
    assert_eq!(share(&found.rows[0], "escalation_rate"), None);
    assert_eq!(share(&found.rows[0], "wait"), Some((1, 2)));
    assert_eq!(found.total.handoffs, 3);
    let queues = by(Dimension::Queue, Filter::default());
    assert_eq!(keys(&queues), [("billing", 2, 2), ("general", 1, 1)]);
    let agents = by(Dimension::Agent, Filter::default());
    assert_eq!(agents.rows[0].handoffs, 2);
    assert_eq!(agents.rows[1].key, "");
}

#[test]
fn a_filter_chooses_conversations_and_their_handoffs() {
    let of = |filter: Filter| ledger(&logs()).dashboard(&Query { filter, ..query() });
    let german = of(Filter::default().with(Dimension::Language, "de"));
    assert_eq!((german.conversations, german.wait.n), (2, 2));
    let billing = of(Filter::default().with(Dimension::Queue, "billing"));
    assert_eq!((billing.conversations, billing.wait.n), (2, 2));
    assert_eq!(
        billing.by_trigger.len(),
        1,
        "the other handoff is not of this queue"
    );
    let unknown = of(Filter::default().with(Dimension::Language, ""));
    assert_eq!(unknown.conversations, 1);
    assert_eq!(
        of(Filter::default().with(Dimension::Rule, "nobody's")).conversations,
        0
    );
    let noon = of(Filter::default().with(Dimension::Hour, "12"));
    assert_eq!(noon.conversations, 3);
}

#[test]
fn a_small_row_is_drawn_towards_the_whole() {
    let found = by(Dimension::Language, Filter::default());
    let rate = &found.rows[0].shares[0];
    assert_eq!(rate.metric, "escalation_rate");
    // One of two, and twenty cases of one half.
    assert_eq!((rate.value, rate.shrunk), (Some(0.5), Some(0.5)));
    assert!(rate.is_small);
    let resolution = &found.rows[0].shares[1];
    assert_eq!(resolution.shrunk, Some((1.0 + 20.0 * 0.25) / 22.0));
}
