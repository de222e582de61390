use std::sync::atomic::{AtomicI64, Ordering};

use segue_model::time::{Span, Timestamp};
use segue_ports::clock::Clock;

/// A clock that stands still until a test moves it.
#[derive(Debug)]
pub struct ManualClock {
    now_ms: AtomicI64,
}

impl ManualClock {
    /// A clock that shows `now`.
    pub const fn new(now: Timestamp) -> Self {
        Self {
            now_ms: AtomicI64::new(now.0),
        }
    }

    /// Moves it forward and says what it shows then.
    pub fn advance(&self, span: Span) -> Timestamp {
        let step = i64::try_from(span.millis()).expect("a span fits an instant");
        Timestamp(self.now_ms.fetch_add(step, Ordering::SeqCst) + step)
    }

    /// Sets it, also backwards: clocks do jump (F18).
    pub fn set(&self, now: Timestamp) {
        self.now_ms.store(now.0, Ordering::SeqCst);
    }
}

impl Default for ManualClock {
    /// A weekday at noon, so that opening hours rarely stand in the way.
    fn default() -> Self {
        Self::new(crate::sample::NOON)
    }
}

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.now_ms.load(Ordering::SeqCst))
    }
}
