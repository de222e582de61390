//! The sweet spot: resolution against satisfaction, week by week.

use std::collections::BTreeMap;

use super::Definition;
use super::csat_after_escalation::is_good;
use super::outcomes::Outcome;
use crate::cohort::Case;
use crate::dashboard::Week;
use crate::hours::Hours;
use crate::interval::ratio;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "weeks",
    name: "Sweet spot by week",
    formula: "for each ISO week: AI resolution rate and CSAT after escalation of the conversations that began in it",
    unit: "shares; n conversations with the assistant, n_escalated those of them with a handoff",
    population: "live conversations",
    window: "conversations that began in the window, in weeks from Monday's local midnight in the workspace's zone; the first and last week may be cut",
    small_sample: super::SMALL_SHARE,
    target: None,
    shown: "none",
    source: "science §1.0 (zones), §1.1",
};

#[derive(Debug, Default)]
struct Counts {
    n: u32,
    involved: u32,
    resolved: u32,
    escalated: u32,
    scored: u32,
    good: u32,
}

impl Counts {
    fn add(&mut self, other: &Self) {
        self.n += other.n;
        self.involved += other.involved;
        self.resolved += other.resolved;
        self.escalated += other.escalated;
        self.scored += other.scored;
        self.good += other.good;
    }
}

/// The weeks, being counted. Neighbors are of the same week, so that one is at hand.
#[derive(Debug)]
pub(crate) struct Weeks<'a> {
    hours: Hours<'a>,
    at_hand: ((i16, i8), Counts),
    weeks: BTreeMap<(i16, i8), Counts>,
}

impl<'a> Weeks<'a> {
    pub fn new(hours: Hours<'a>) -> Self {
        Self {
            hours,
            at_hand: ((0, 0), Counts::default()),
            weeks: BTreeMap::new(),
        }
    }

    pub fn see(&mut self, case: &Case<'_>) {
        let Some(local) = self.hours.local(case.episode.started_at) else {
            return;
        };
        if self.at_hand.0 != local.week {
            self.put_by((local.week, Counts::default()));
        }
        let counts = &mut self.at_hand.1;
        counts.n += 1;
        if let Some(good) = is_good(case.episode) {
            counts.scored += 1;
            counts.good += u32::from(good);
        }
        if let Some(outcome) = case.outcome {
            counts.involved += 1;
            counts.resolved += u32::from(outcome == Outcome::Resolved);
            counts.escalated += u32::from(outcome == Outcome::Escalated);
        }
    }

    fn put_by(&mut self, next: ((i16, i8), Counts)) {
        let (week, counts) = std::mem::replace(&mut self.at_hand, next);
        if counts.n > 0 {
            self.weeks.entry(week).or_default().add(&counts);
        }
    }

    pub fn finish(mut self) -> Vec<Week> {
        self.put_by(((0, 0), Counts::default()));
        let weeks = self.weeks.into_iter();
        weeks
            .map(|((year, week), counts)| Week {
                week: format!("{year:04}-W{week:02}"),
                resolution: ratio(counts.resolved, counts.involved),
                csat_after_escalation: ratio(counts.good, counts.scored),
                n_escalated: counts.escalated,
                n: counts.involved,
            })
            .collect()
    }
}
