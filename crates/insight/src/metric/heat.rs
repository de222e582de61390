//! When people are asked for.

use super::{BEGAN, Definition};
use crate::cohort::Case;
use crate::dashboard::HeatCell;
use crate::hours::Hours;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "heat",
    name: "Handoffs by weekday and hour",
    formula: "handoffs by the local weekday (0 is Monday) and hour of their request",
    unit: "handoffs",
    population: "handoffs of live conversations; an hour that a change of the clock repeats counts for both, one that it skips is empty",
    window: BEGAN,
    small_sample: super::SMALL_COUNT,
    target: None,
    shown: "none",
    source: "science §1.0 (zones)",
};

/// Hours of a day, and of a week.
const HOURS: usize = 24;
const CELLS: usize = 7 * HOURS;

/// Handoffs by local weekday and hour, being counted.
#[derive(Debug)]
pub(crate) struct Heat<'a> {
    hours: Hours<'a>,
    /// By hour of the week, Monday's first.
    cells: [u32; CELLS],
}

impl<'a> Heat<'a> {
    pub const fn new(hours: Hours<'a>) -> Self {
        Self {
            hours,
            cells: [0; CELLS],
        }
    }

    pub fn see(&mut self, case: &Case<'_>) {
        for handoff in case.handoffs() {
            let at = self.hours.of(handoff.requested_at);
            let cell = at.and_then(|(weekday, hour)| {
                let cell = usize::from(weekday) * HOURS + usize::from(hour);
                self.cells.get_mut(cell)
            });
            if let Some(n) = cell {
                *n += 1;
            }
        }
    }

    pub fn finish(self) -> Vec<HeatCell> {
        let hours = (0_u8..7).flat_map(|weekday| (0_u8..24).map(move |hour| (weekday, hour)));
        hours
            .zip(self.cells)
            .filter(|(_, n)| *n > 0)
            .map(|((weekday, hour), n)| HeatCell { weekday, hour, n })
            .collect()
    }
}
