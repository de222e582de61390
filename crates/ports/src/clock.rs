//! Time and identities, which the core takes as arguments.

use segue_model::time::Timestamp;

/// Tells the time. Driven by hand in tests.
pub trait Clock: Send + Sync + 'static {
    /// The instant now, in UTC milliseconds.
    fn now(&self) -> Timestamp;
}
