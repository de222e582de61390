//! When it probably began: a band of dates, never one date (science §1.5).

use segue_model::time::Timestamp;
use serde::{Serialize, Serializer};

use super::{PERIOD_DAYS, Periods, is_contained};
use crate::metric::csat_after_escalation::is_good;
use crate::shift::Counted;

/// Days on either side of a possible beginning.
const SIDE_DAYS_MIN: usize = 5;
/// By how much the log-likelihood may fall short of the best: half the 95 % point of χ² with
/// one degree of freedom.
const SHORT_MAX: f64 = 1.92;
const DAY_MS: i64 = 24 * 3_600 * 1_000;

/// A band of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Band {
    /// The beginning of the first day on which it may have begun.
    #[serde(serialize_with = "rfc3339")]
    pub from: Timestamp,
    /// The end of the last one.
    #[serde(serialize_with = "rfc3339")]
    pub until: Timestamp,
}

fn rfc3339<S: Serializer>(at: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    crate::dashboard::rfc3339(at, serializer)
}

/// The days from which on the two series, and the wishes that were not heard, are best
/// explained as having changed for the worse.
pub(super) fn of(periods: &Periods<'_>) -> Option<Band> {
    let days = 2 * PERIOD_DAYS as usize;
    let mut series = vec![[Counted::default(); 3]; days];
    for (episode, _) in periods.known() {
        let ago = periods.now.since(episode.started_at).millis() / DAY_MS.unsigned_abs();
        let at = usize::try_from(ago)
            .ok()
            .and_then(|ago| (days - 1).checked_sub(ago));
        let Some([contained, discontent, ignored]) = at.and_then(|at| series.get_mut(at)) else {
            continue;
        };
        contained.add(is_contained(episode));
        if let Some(is_good) = is_good(episode) {
            discontent.add(!is_good);
        }
        if episode.wishes() > 0 {
            ignored.add(episode.ignored_wishes() > 0);
        }
    }
    let gains: Vec<(usize, f64)> = (SIDE_DAYS_MIN..days.saturating_sub(SIDE_DAYS_MIN))
        .map(|day| (day, gain(&series, day)))
        .collect();
    let best = gains.iter().map(|(_, gain)| *gain).reduce(f64::max)?;
    if best <= 0.0 {
        return None;
    }
    let mut likely = gains.iter().filter(|(_, gain)| *gain >= best - SHORT_MAX);
    let first = likely.next()?.0;
    let last = likely.next_back().map_or(first, |(day, _)| *day);
    let begins = |day: usize| {
        let ago = i64::try_from(days - day).unwrap_or(0);
        Timestamp(periods.now.0 - ago * DAY_MS)
    };
    Some(Band {
        from: begins(first),
        until: begins(last + 1),
    })
}

fn gain(series: &[[Counted; 3]], day: usize) -> f64 {
    let (early, late) = series.split_at(day);
    (0..3)
        .map(|which| {
            let sum = |days: &[[Counted; 3]]| {
                let which = days.iter().filter_map(|day| day.get(which));
                which.copied().fold(Counted::default(), Counted::plus)
            };
            crate::shift::gain(sum(early), sum(late))
        })
        .sum()
}
