//! When people are asked for.

use std::collections::BTreeMap;

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

/// Handoffs by local weekday and hour, being counted.
#[derive(Debug)]
pub(crate) struct Heat<'a> {
    hours: Hours<'a>,
    cells: BTreeMap<(u8, u8), u32>,
}

impl<'a> Heat<'a> {
    pub const fn new(hours: Hours<'a>) -> Self {
        Self {
            hours,
            cells: BTreeMap::new(),
        }
    }

    pub fn see(&mut self, case: &Case<'_>) {
        for handoff in case.handoffs() {
            if let Some(cell) = self.hours.of(handoff.requested_at) {
                *self.cells.entry(cell).or_default() += 1;
            }
        }
    }

    pub fn finish(self) -> Vec<HeatCell> {
        let cells = self.cells.into_iter();
        cells
            .map(|((weekday, hour), n)| HeatCell { weekday, hour, n })
            .collect()
    }
}
