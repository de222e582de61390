//! Deciding is bounded by construction (F26): the comparisons that it makes are counted
//! here instead of timed, so the bound holds on every machine.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test")]

use std::cell::Cell;

use segue_model::fact::Facts;
use segue_model::signal::{Reading, Signal, SignalKind, SignalValue, Signals, Unit};

use crate::grammar::{DEPTH_MAX, LEAVES_MAX, RULES_MAX};
use crate::{Policy, Stage};

thread_local! {
    static COUNT: Cell<u64> = const { Cell::new(0) };
}

pub(super) fn count() {
    COUNT.set(COUNT.get() + 1);
}

/// Choosing, tracing and each level of the search for near misses read a rule once.
const COMPARISONS_MAX: u64 = (RULES_MAX * LEAVES_MAX * (DEPTH_MAX + 4)) as u64;

/// As many rules as there may be, each as wide and as deep as may be, in shapes that make
/// the search for near misses look at all of it.
fn largest(head: &str, join: &str) -> Policy {
    let builtin = include_str!("../../../../policies/default.yaml");
    let leaf = "{signal: sentiment, at_most: -0.99}";
    let wide = format!("{leaf}, ").repeat(LEAVES_MAX - DEPTH_MAX);
    let mut when = format!("{{{head}: [{}]}}", wide.trim_end_matches(", "));
    for _ in 2..DEPTH_MAX {
        when = format!("{{{join}: [{leaf}, {when}]}}");
    }
    let rules: String = (0..RULES_MAX)
        .map(|number| format!("  - {{id: r{number}, when: {when}, then: {{flag: true}}}}\n"))
        .collect();
    let (start, end) = (
        builtin.find("\nrules:\n").unwrap(),
        builtin.find("\nwording:\n").unwrap(),
    );
    let text = format!("{}\nrules:\n{rules}{}", &builtin[..start], &builtin[end..]);
    Policy::parse(&text).unwrap()
}

fn signals(polarity: f64) -> Signals {
    let mut signals = Signals::new();
    for kind in SignalKind::ALL
        .iter()
        .filter(|kind| kind.unit() == Unit::Polarity)
    {
        let value = SignalValue::Polarity(polarity);
        let signal = Signal {
            value,
            score: 1.0,
            evidence: Vec::new(),
        };
        signals.set(*kind, Reading::Present(signal));
    }
    signals
}

#[test]
fn deciding_is_bounded() {
    let mut most = 0;
    for (head, join) in [
        ("any", "any"),
        ("any", "all"),
        ("all", "any"),
        ("all", "all"),
    ] {
        let policy = largest(head, join);
        for polarity in [-1.0, -0.95, 1.0] {
            COUNT.set(0);
            policy.decide(Stage::Turn, &signals(polarity), &Facts::default());
            most = most.max(COUNT.get());
        }
    }
    assert!(
        most > (RULES_MAX * LEAVES_MAX) as u64,
        "{most}: the largest is not large"
    );
    assert!(
        most <= COMPARISONS_MAX,
        "{most} of at most {COMPARISONS_MAX}"
    );
}
