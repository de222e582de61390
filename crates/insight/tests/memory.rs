//! What a conversation costs in memory, as the process sees it. A file of its own,
//! because nothing else may allocate meanwhile.

#![cfg(target_os = "linux")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[allow(dead_code, reason = "the other tests use the rest of it")]
#[path = "insight/log.rs"]
mod log;

use log::{Log, NOON};
use segue_insight::Ledger;
use segue_model::time::Span;

/// Conversations before the measurement: the tables of the patterns are paid for by then.
const BEFORE: u32 = 8_000;
/// Conversations of the measurement.
const MEASURED: u32 = 16_000;
/// The most bytes of one, with its share of the maps and of what the allocator keeps.
const BYTES_MAX: u64 = 700;
const PAGE_BYTES: u64 = 4_096;

fn resident_bytes() -> u64 {
    let statm = std::fs::read_to_string("/proc/self/statm").unwrap();
    let pages: u64 = statm.split(' ').nth(1).unwrap().parse().unwrap();
    pages * PAGE_BYTES
}

/// Four customers in five are helped by the assistant, the others by an agent.
fn talk(n: u32) -> Log {
    let log = Log::live(n, NOON - Span::minutes(u64::from(n) * 2))
        .of(n % (BEFORE / 4))
        .customer("My order 48213 was charged twice and I see error 402 in Firefox")
        .assistant("Please clear the cache and sign in again.")
        .customer("I did that and it does not help at all");
    if n.is_multiple_of(5) {
        log.ask("opt_out", "general")
            .accept()
            .agent("Hello, I look at order 48213 now.")
            .customer("thanks")
            .resolve("Policy", 60)
    } else {
        log.confirm(n.is_multiple_of(2))
    }
}

#[test]
fn a_conversation_costs_few_bytes() {
    let mut ledger = Ledger::default();
    let mut before = 0;
    for n in 0..BEFORE + MEASURED {
        if n == BEFORE {
            before = resident_bytes();
        }
        for (id, entry, texts) in &talk(n).entries {
            ledger.observe(*id, entry, texts);
        }
    }
    let bytes = resident_bytes().saturating_sub(before) / u64::from(MEASURED);
    eprintln!("{bytes} bytes a conversation");
    assert!(bytes <= BYTES_MAX, "{bytes} bytes a conversation");
}
