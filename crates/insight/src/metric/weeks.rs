//! The sweet spot: resolution against satisfaction, week by week.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;
use segue_model::time::Timestamp;

use super::Definition;
use super::csat_after_escalation::is_good;
use super::outcomes::Outcome;
use crate::cohort::Cohort;
use crate::dashboard::Week;
use crate::interval::ratio;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "weeks",
    name: "Sweet spot by week",
    formula: "for each ISO week: AI resolution rate and CSAT after escalation of the conversations that began in it",
    unit: "shares; n conversations with the assistant, n_escalated those of them with a handoff",
    population: "live conversations",
    window: "conversations that began in the window, in weeks from Monday's local midnight in the workspace's zone; the first and last week may be cut",
    target: None,
    shown: "none",
    source: "science §1.0 (zones), §1.1",
};

#[derive(Default)]
struct Counts {
    involved: u32,
    resolved: u32,
    escalated: u32,
    scored: u32,
    good: u32,
}

pub(crate) fn measure(cohort: &Cohort<'_>, zone: &TimeZone) -> Vec<Week> {
    let mut weeks: BTreeMap<(i16, i8), Counts> = BTreeMap::new();
    for episode in &cohort.episodes {
        let Some(counts) = of_week(&mut weeks, episode.started_at, zone) else {
            continue;
        };
        if let Some(good) = is_good(episode) {
            counts.scored += 1;
            counts.good += u32::from(good);
        }
    }
    for (episode, outcome) in &cohort.involved {
        let Some(counts) = of_week(&mut weeks, episode.started_at, zone) else {
            continue;
        };
        counts.involved += 1;
        counts.resolved += u32::from(*outcome == Outcome::Resolved);
        counts.escalated += u32::from(*outcome == Outcome::Escalated);
    }
    weeks
        .into_iter()
        .map(|((year, week), counts)| Week {
            week: format!("{year:04}-W{week:02}"),
            resolution: ratio(counts.resolved, counts.involved),
            csat_after_escalation: ratio(counts.good, counts.scored),
            n_escalated: counts.escalated,
            n: counts.involved,
        })
        .collect()
}

fn of_week<'w>(
    weeks: &'w mut BTreeMap<(i16, i8), Counts>,
    at: Timestamp,
    zone: &TimeZone,
) -> Option<&'w mut Counts> {
    let at = jiff::Timestamp::from_millisecond(at.0).ok()?;
    let week = zone.to_datetime(at).date().iso_week_date();
    Some(weeks.entry((week.year(), week.week())).or_default())
}
