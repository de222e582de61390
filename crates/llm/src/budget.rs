//! How many tokens a workspace may use on one day (S-19). What a call may cost is set
//! aside before it, and set right after it, so that calls made at once do not pass the
//! budget together. It is kept in memory: a restart begins the day anew.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use segue_model::id::WorkspaceId;
use segue_model::time::Timestamp;

const DAY_MS: i64 = 24 * 60 * 60 * 1_000;
/// How many bytes of text make a token, for what is not counted by the model. English
/// has about four; fewer is safer for a bound.
const BYTES_PER_TOKEN: usize = 3;

/// A guess at the tokens of a text.
pub(crate) fn estimate(bytes: usize) -> u64 {
    u64::try_from(bytes.div_ceil(BYTES_PER_TOKEN)).unwrap_or(u64::MAX)
}

#[derive(Debug, Clone, Copy, Default)]
struct Day {
    day: i64,
    used: u64,
}

/// The budget of every workspace.
#[derive(Debug)]
pub(crate) struct Budget {
    limit: u64,
    days: Mutex<HashMap<WorkspaceId, Day>>,
}

impl Budget {
    pub(crate) fn new(limit: u64) -> Self {
        Self {
            limit,
            days: Mutex::default(),
        }
    }

    pub(crate) const fn limit(&self) -> u64 {
        self.limit
    }

    /// Sets tokens aside; `None` if the day has no room for them.
    pub(crate) fn set_aside(
        self: &Arc<Self>,
        workspace: WorkspaceId,
        tokens: u64,
        now: Timestamp,
    ) -> Option<Aside> {
        let today = now.0.div_euclid(DAY_MS);
        let mut days = self.days();
        let day = days.entry(workspace).or_default();
        if day.day != today {
            *day = Day {
                day: today,
                used: 0,
            };
        }
        let after = day
            .used
            .checked_add(tokens)
            .filter(|it| *it <= self.limit)?;
        day.used = after;
        Some(Aside {
            budget: Arc::clone(self),
            workspace,
            day: today,
            tokens,
        })
    }

    fn days(&self) -> MutexGuard<'_, HashMap<WorkspaceId, Day>> {
        self.days.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tokens that are set aside for one call. Dropped, they count as used: what was sent
/// has been paid for.
#[derive(Debug)]
pub(crate) struct Aside {
    budget: Arc<Budget>,
    workspace: WorkspaceId,
    day: i64,
    tokens: u64,
}

impl Aside {
    /// What the call has really cost.
    pub(crate) fn settle(self, tokens: u64) {
        let mut days = self.budget.days();
        let day = days.entry(self.workspace).or_default();
        // A call over midnight is on the day it began in.
        if day.day == self.day {
            day.used = day.used.saturating_sub(self.tokens).saturating_add(tokens);
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_day_has_its_tokens_and_no_more() {
        let budget = Arc::new(Budget::new(100));
        let (ours, theirs) = (WorkspaceId::nil(), WorkspaceId::new(uuid_of(7)));
        let noon = Timestamp(DAY_MS / 2);
        let first = budget.set_aside(ours, 60, noon).unwrap();
        assert!(budget.set_aside(ours, 41, noon).is_none());
        assert!(budget.set_aside(theirs, 100, noon).is_some());
        first.settle(10);
        budget.set_aside(ours, 90, noon).unwrap().settle(90);
        assert!(budget.set_aside(ours, 1, noon).is_none());
        assert!(budget.set_aside(ours, 1, Timestamp(DAY_MS)).is_some());
    }

    fn uuid_of(byte: u8) -> uuid::Uuid {
        uuid::Uuid::from_bytes([byte; 16])
    }
}
