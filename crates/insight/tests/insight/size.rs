//! The cost of asking grows with the conversations and not faster: a customer
//! with thousands of them is no worse than thousands of customers.

use std::time::{Duration, Instant};

use segue_insight::Ledger;
use segue_model::time::Span;

use crate::log::{Log, NOON, ledger, query};

const CONVERSATIONS: u32 = 2_000;

fn filled(customers: u32, n: u32) -> Ledger {
    let logs: Vec<Log> = (0..n)
        .map(|n| {
            let at = NOON - Span::minutes(u64::from(n) * 5);
            Log::live(n, at)
                .of(n % customers)
                .customer("My order 48213 was charged twice and I see error 402")
                .assistant("Please clear the cache.")
                .confirm(n % 2 == 0)
        })
        .collect();
    ledger(&logs)
}

fn fastest(ledger: &Ledger) -> Duration {
    (0..9)
        .map(|_| {
            let start = Instant::now();
            assert!(ledger.dashboard(&query()).conversations > 0);
            start.elapsed()
        })
        .min()
        .unwrap()
}

#[test]
fn one_busy_customer_costs_no_more_than_a_bounded_look_at_each() {
    let many = fastest(&filled(CONVERSATIONS, CONVERSATIONS));
    let one = fastest(&filled(1, CONVERSATIONS));
    let one_fourfold = fastest(&filled(1, CONVERSATIONS * 4));
    // Four times as many cost four times as much, and not sixteen; the bounds
    // leave room for a machine that does other things at the same time.
    assert!(
        one_fourfold < one * 12,
        "{one:?} for n, {one_fourfold:?} for 4 n"
    );
    assert!(one < many * 60, "{many:?} apart, {one:?} together");
}
