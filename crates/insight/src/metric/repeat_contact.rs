//! Repeat contact within seven days.

use super::Definition;
use super::ai_resolution_rate::RETURN_WINDOW;
use super::outcomes::has_returned;
use super::tally::{Maturity, Of, Share, Show};
use crate::cohort::Case;
use crate::dashboard::{Ratio, RepeatContact};
use crate::episode::Handoff;
use crate::interval::ratio;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "repeat_contact",
    name: "Repeat contact (R7)",
    formula: "resolved conversations whose customer came back on the same concern within 7 days, in the same conversation or another one on any channel / resolved conversations of known customers",
    unit: "share of conversations",
    population: "live conversations that the customer confirmed as helped or that an agent solved; only where the customer or the browser is known, because who is not known cannot be seen to come back; the coverage is the known share of all resolved",
    window: "conversations that began in the window, and 7 days after each; provisional until then",
    small_sample: super::SMALL_SHARE,
    target: None,
    shown: "those with a return",
    source: "science §1.1",
};

/// How it is counted.
pub(crate) const SHARE: Share = Share {
    definition: &DEFINITION,
    maturity: Maturity::After(RETURN_WINDOW),
    show: Show::Hits,
    of: Of::Conversations(|case| {
        let is_known = is_resolved(case) && case.episode.who.is_some();
        is_known.then(|| has_returned(case.now, case.episode))
    }),
};

/// Whether somebody says that it is resolved: the customer, or the agent at wrap-up.
fn is_resolved(case: &Case<'_>) -> bool {
    if case.episode.is_escalated() {
        case.handoffs().any(Handoff::is_solved)
    } else {
        case.outcome.is_some() && case.episode.helped == Some(true)
    }
}

/// How many are resolved at all, to say of how many the share can be known.
#[derive(Debug, Default)]
pub(crate) struct Coverage {
    resolved: u32,
}

impl Coverage {
    pub fn see(&mut self, case: &Case<'_>) {
        self.resolved += u32::from(is_resolved(case));
    }

    pub fn finish(self, rate: Ratio) -> RepeatContact {
        RepeatContact {
            resolved: self.resolved,
            coverage: ratio(rate.denominator, self.resolved),
            rate,
        }
    }
}
