//! The conversations that a figure is about. Numerator and denominator are
//! taken from the same ones, by when they began (science §1.0): mixing "closed
//! today" with "opened today" gives shares above one and hides the backlog.

use segue_model::time::{Span, Timestamp};

use crate::episode::{Class, Episode, Handoff};
use crate::ledger::{Ledger, Query};
use crate::metric::outcomes::{Outcome, outcome};

/// The longest window, in days.
const DAYS_MAX: u32 = 3_660;

/// The conversations of one period, newest first.
#[derive(Debug)]
pub(crate) struct Cohort<'a> {
    pub ledger: &'a Ledger,
    pub now: Timestamp,
    /// How many conversations lead on from a figure.
    pub shown_max: usize,
    pub episodes: Vec<&'a Episode>,
    /// Those in which the assistant had a part, with what became of them.
    pub involved: Vec<(&'a Episode, Outcome)>,
}

impl<'a> Cohort<'a> {
    /// Those that began in the query's window, or as many periods before it.
    pub fn of(ledger: &'a Ledger, query: &Query, periods_back: u32) -> Self {
        let days = u64::from(query.days.clamp(1, DAYS_MAX));
        let period = Span::hours(24 * days);
        let until = query.now - Span(period.0 * u64::from(periods_back));
        let from = until - period;
        let mut episodes: Vec<&Episode> = ledger
            .episodes()
            .iter()
            .filter(|it| counts(it, query.include_demo))
            .filter(|it| it.started_at > from && it.started_at <= until)
            .collect();
        episodes.sort_unstable_by_key(|it| (std::cmp::Reverse(it.started_at), it.id));
        let involved = episodes.iter().copied().filter(|it| it.is_involved);
        let involved = involved
            .map(|it| (it, outcome(ledger, query.now, it)))
            .collect();
        Self {
            ledger,
            now: query.now,
            shown_max: query.shown_max,
            episodes,
            involved,
        }
    }

    /// Those for which a person was asked.
    pub fn escalated(&self) -> impl Iterator<Item = &'a Episode> {
        self.episodes.iter().copied().filter(|it| it.is_escalated())
    }

    /// All handoffs of these conversations, with theirs.
    pub fn handoffs(&self) -> impl Iterator<Item = (&'a Episode, &'a Handoff)> {
        self.escalated()
            .flat_map(|it| it.handoffs.iter().map(move |handoff| (it, handoff)))
    }
}

/// Whether a conversation counts in live figures: imported ones never, the
/// demo's history where it is asked for.
pub(crate) fn counts(episode: &Episode, include_demo: bool) -> bool {
    let is_wanted = match episode.class {
        Class::Live => true,
        Class::Demo => include_demo,
        Class::Imported(_) => false,
    };
    is_wanted && episode.is_begun()
}
