//! Handle time after escalation.

use super::{BEGAN, Definition};
use crate::cohort::Cohort;
use crate::dashboard::HandleTime;
use crate::episode::Handoff;
use crate::interval::{Duration, Durations};

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "aht_after_escalation",
    name: "Handle time after escalation",
    formula: "the agent's active time on the conversation with wrap-up, as median and ninth decile; beside it the medians with the packet opened and not opened",
    unit: "seconds",
    population: "handoffs of live conversations that an agent resolved or handed back; active time, not wall clock, because agents hold several; with and without packet is an association, not a cause",
    window: BEGAN,
    target: None,
    shown: "none",
    source: "science §1.1; conventions, AHT",
};

pub(crate) fn measure(cohort: &Cohort<'_>) -> HandleTime {
    let handled: Vec<&Handoff> = cohort
        .handoffs()
        .map(|(_, it)| it)
        .filter(|it| it.is_dealt_with())
        .collect();
    let all = durations(&handled, |_| true);
    HandleTime {
        p50_s: all.quantile_s(0.5),
        p90_s: all.quantile_s(0.9),
        n: all.complete(),
        with_packet_p50_s: durations(&handled, |it| it.is_packet_read).quantile_s(0.5),
        without_packet_p50_s: durations(&handled, |it| !it.is_packet_read).quantile_s(0.5),
    }
}

fn durations(handled: &[&Handoff], is_wanted: impl Fn(&Handoff) -> bool) -> Durations {
    let wanted = handled
        .iter()
        .filter(|it| is_wanted(it))
        .filter_map(|it| it.active_ms);
    Durations::new(
        wanted
            .map(|ms| Duration {
                ms,
                is_complete: true,
            })
            .collect(),
    )
}
