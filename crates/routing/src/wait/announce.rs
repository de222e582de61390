//! When a customer who waits is told something new about the time.
//!
//! What was announced is a promise: it may get shorter at any time, it may get
//! longer once, with an apology and a choice, and when it has passed it is
//! said at once (`science.md` §4.5: a minute past the announced end raises the
//! rate of leaving by up to half).

use segue_model::time::{Span, Timestamp};

use crate::wait::display::Display;
use crate::wait::{Estimate, minutes, span};

/// By how much an estimate must pass the promise before that is announced:
/// the finest step of the grid. Less would be noise.
const GROWTH_LEAST: Span = Span::minutes(1);

/// What a customer was last told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Announcement {
    /// What was shown, counted from `at`.
    pub display: Display,
    /// When.
    pub at: Timestamp,
    /// By when the wait was promised to end, if it was.
    pub until: Option<Timestamp>,
    /// Whether it has been made longer before.
    pub has_grown: bool,
    /// Whether the customer was told that the promise had passed.
    pub is_overdue_told: bool,
}

/// What to tell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Update {
    /// It goes faster, or the same promise is nearer: change the figure in place.
    Shorter(Announcement),
    /// It takes longer: apologize and offer a choice. Happens once.
    Longer(Announcement),
    /// The promised end has passed: say so and offer a call back. Happens once
    /// per promise.
    Overdue(Announcement),
}

impl Announcement {
    /// The first one; `None` where the estimate has no figure to tell.
    pub fn first(estimate: &Estimate) -> Option<Self> {
        Some(Self {
            display: estimate.display?,
            at: estimate.at,
            until: estimate.announced_until(),
            has_grown: false,
            is_overdue_told: false,
        })
    }

    /// Whether the wait may still be announced to be longer.
    pub const fn may_announce_growth(&self) -> bool {
        !self.has_grown
    }

    /// What to tell after a new estimate; `None` if the customer knows already.
    pub fn update(&self, estimate: &Estimate) -> Option<Update> {
        if self.until.is_some_and(|until| until <= estimate.at) {
            return self.overdue(estimate);
        }
        let interval = estimate.interval?;
        let display = estimate.display?;
        let ends_at = estimate.at + span(interval.hi_min);
        let is_longer = match (self.until, display) {
            (Some(until), _) => ends_at >= until + GROWTH_LEAST,
            (None, Display::MoreThan { lo_min }) => lo_min > self.display.lo_min(),
            (None, _) => false,
        };
        if is_longer {
            let told = Self::first(estimate)?;
            return self.may_announce_growth().then_some(Update::Longer(Self {
                has_grown: true,
                ..told
            }));
        }
        self.shorter(estimate, display)
    }

    /// The rest of the wait within the promise. The lower end may rise and fall
    /// as it likes; the upper end is cut to what was promised, because rounding
    /// outward at every minute would push it away.
    fn shorter(&self, estimate: &Estimate, display: Display) -> Option<Update> {
        let display = match (self.until, display) {
            // "More than" would take a promise back without the apology.
            (Some(_), Display::MoreThan { .. }) => return None,
            (Some(until), _) => display.capped(minutes(until.since(estimate.at))),
            (None, _) => display,
        };
        if display == self.display {
            return None;
        }
        let promised = display
            .hi_min()
            .map(|hi| estimate.at + Span::minutes(u64::from(hi)));
        let until = match (self.until, promised) {
            (Some(old), Some(new)) => Some(old.min(new)),
            (old, new) => old.or(new),
        };
        Some(Update::Shorter(Self {
            display,
            at: estimate.at,
            until,
            ..*self
        }))
    }

    fn overdue(&self, estimate: &Estimate) -> Option<Update> {
        let told = Self {
            is_overdue_told: true,
            at: estimate.at,
            ..*self
        };
        (!self.is_overdue_told).then_some(Update::Overdue(told))
    }
}
