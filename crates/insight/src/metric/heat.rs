//! When people are asked for.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::{BEGAN, Definition};
use crate::cohort::Cohort;
use crate::dashboard::HeatCell;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "heat",
    name: "Handoffs by weekday and hour",
    formula: "handoffs by the local weekday (0 is Monday) and hour of their request",
    unit: "handoffs",
    population: "handoffs of live conversations; an hour that a change of the clock repeats counts for both, one that it skips is empty",
    window: BEGAN,
    target: None,
    shown: "none",
    source: "science §1.0 (zones)",
};

pub(crate) fn measure(cohort: &Cohort<'_>, zone: &TimeZone) -> Vec<HeatCell> {
    let mut cells: BTreeMap<(u8, u8), u32> = BTreeMap::new();
    for (_, handoff) in cohort.handoffs() {
        let Ok(at) = jiff::Timestamp::from_millisecond(handoff.requested_at.0) else {
            continue;
        };
        let local = zone.to_datetime(at);
        let weekday = u8::try_from(local.weekday().to_monday_zero_offset()).unwrap_or_default();
        let hour = u8::try_from(local.hour()).unwrap_or_default();
        *cells.entry((weekday, hour)).or_default() += 1;
    }
    cells
        .into_iter()
        .map(|((weekday, hour), n)| HeatCell { weekday, hour, n })
        .collect()
}
