//! Leaves a model alone that keeps failing (F20): five failures in half a minute open
//! the circuit for half a minute; then one call tries whether it is back.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use segue_model::time::{Span, Timestamp};

/// How many failures within [`WINDOW`] open the circuit.
const FAILURES_MAX: usize = 5;
/// Within how long they count together.
const WINDOW: Span = Span::seconds(30);
/// How long it stays open.
const PAUSE: Span = Span::seconds(30);

#[derive(Debug, Default)]
struct State {
    failed_at: VecDeque<Timestamp>,
    open_until: Option<Timestamp>,
    is_probed: bool,
}

/// The circuit of one model.
#[derive(Debug, Default)]
pub(crate) struct Breaker(Mutex<State>);

/// Leave to make one call. Dropped without a word, it says nothing about the model:
/// the caller went away.
#[derive(Debug)]
pub(crate) struct Leave {
    breaker: Arc<Breaker>,
    is_probe: bool,
}

impl Breaker {
    /// Leave to call, unless the circuit is open.
    pub(crate) fn ask(self: &Arc<Self>, now: Timestamp) -> Option<Leave> {
        let mut state = self.state();
        let is_probe = match state.open_until {
            None => false,
            // A clock that jumped back keeps it open no longer than the pause.
            Some(until) if now < until && until.since(now) <= PAUSE => return None,
            Some(_) if state.is_probed => return None,
            Some(_) => true,
        };
        state.is_probed |= is_probe;
        Some(Leave {
            breaker: Arc::clone(self),
            is_probe,
        })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // Counts and times: whatever stands in them is safe to go on from.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Leave {
    /// The call came to what was asked for.
    pub(crate) fn succeeded(self) {
        let mut state = self.breaker.state();
        state.failed_at.clear();
        state.open_until = None;
    }

    /// The call came to nothing, by the model's fault.
    pub(crate) fn failed(self, now: Timestamp) {
        let mut state = self.breaker.state();
        state.failed_at.push_back(now);
        while state.failed_at.len() > FAILURES_MAX {
            state.failed_at.pop_front();
        }
        let first = state.failed_at.front().copied().unwrap_or(now);
        let is_often = state.failed_at.len() == FAILURES_MAX && now.since(first) <= WINDOW;
        if self.is_probe || is_often {
            state.open_until = Some(now + PAUSE);
            state.failed_at.clear();
        }
    }
}

impl Drop for Leave {
    fn drop(&mut self) {
        if self.is_probe {
            self.breaker.state().is_probed = false;
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp(seconds * 1_000)
    }

    #[test]
    fn five_failures_in_half_a_minute_open_it_and_one_probe_closes_it() {
        let breaker = Arc::new(Breaker::default());
        for second in 0..5 {
            breaker.ask(at(second)).unwrap().failed(at(second));
        }
        assert!(breaker.ask(at(5)).is_none());
        assert!(breaker.ask(at(33)).is_none());
        let probe = breaker.ask(at(34)).unwrap();
        assert!(breaker.ask(at(34)).is_none(), "one at a time");
        probe.failed(at(35));
        assert!(breaker.ask(at(64)).is_none());
        breaker.ask(at(65)).unwrap().succeeded();
        assert!(breaker.ask(at(65)).is_some());
    }

    #[test]
    fn failures_far_apart_do_not_open_it() {
        let breaker = Arc::new(Breaker::default());
        for second in 0..50 {
            breaker.ask(at(second * 8)).unwrap().failed(at(second * 8));
        }
        assert!(breaker.ask(at(400)).is_some());
    }

    #[test]
    fn a_caller_that_goes_away_leaves_the_probe_to_another() {
        let breaker = Arc::new(Breaker::default());
        (0..5).for_each(|_| breaker.ask(at(0)).unwrap().failed(at(0)));
        drop(breaker.ask(at(40)).unwrap());
        assert!(breaker.ask(at(40)).is_some());
    }
}
