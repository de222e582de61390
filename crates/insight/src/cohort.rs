//! The conversations that a figure is about. Numerator and denominator are
//! taken from the same ones, by when they began (science §1.0): mixing "closed
//! today" with "opened today" gives shares above one and hides the backlog.

use segue_model::time::{Span, Timestamp};

use crate::episode::{Class, Episode, Handoff};
use crate::hours::Hours;
use crate::ledger::{Ledger, Query};
use crate::metric::outcomes::{Outcome, outcome};
use crate::slice::{Dimension, Lens, Value};

/// The longest window, in days.
const DAYS_MAX: u32 = 3_660;

/// The conversations of one period.
#[derive(Debug)]
pub(crate) struct Cohort<'a> {
    pub now: Timestamp,
    /// Newest first.
    pub episodes: Vec<&'a Episode>,
    pub lens: Lens,
}

/// One conversation of a period, with what became of it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Case<'a> {
    pub episode: &'a Episode,
    /// What became of it, where the assistant had a part.
    pub outcome: Option<Outcome>,
    pub lens: &'a Lens,
    /// Where one row of a breakdown is counted, the handoffs that are of it.
    pub row: Option<(Dimension, Value)>,
    pub now: Timestamp,
}

impl<'a> Case<'a> {
    /// The handoffs that are looked at.
    pub fn handoffs(&self) -> impl Iterator<Item = &'a Handoff> {
        let lens = self.lens;
        let all = self.episode.handoffs.iter();
        let row = self.row;
        let is_of_row = move |it: &Handoff| {
            row.is_none_or(|(by, value)| by.of_handoff(it).unwrap_or(Value::Unknown) == value)
        };
        all.filter(move |it| lens.has_handoff(it) && is_of_row(it))
    }
}

impl<'a> Cohort<'a> {
    /// Those that began in the query's window, or as many periods before it.
    pub fn of(ledger: &'a Ledger, query: &Query, periods_back: u32) -> Self {
        let days = u64::from(query.days.clamp(1, DAYS_MAX));
        let period = Span::hours(24 * days);
        let until = query.now - Span(period.0 * u64::from(periods_back));
        let from = until - period;
        let lens = Lens::new(&query.filter, &query.terms, ledger.names());
        let mut hours = Hours::new(&query.zone);
        let mut episodes = ledger.started_within(from, until);
        episodes.retain(|it| {
            counts(it, query.include_demo)
                && lens.has(it, || hours.of(it.started_at).map(|(_, hour)| hour))
        });
        Self {
            now: query.now,
            episodes,
            lens,
        }
    }

    /// Each with what became of it.
    pub fn cases(&self) -> impl Iterator<Item = Case<'_>> {
        self.episodes.iter().map(|episode| Case {
            episode,
            outcome: episode.is_involved.then(|| outcome(self.now, episode)),
            lens: &self.lens,
            row: None,
            now: self.now,
        })
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
