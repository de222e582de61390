//! Resolved by the first person, for good.

use super::Definition;
use super::ai_resolution_rate::RETURN_WINDOW;
use super::outcomes::has_returned;
use super::tally::{Maturity, Of, Share, Show};

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "first_contact_resolution",
    name: "First contact resolution",
    formula: "handoffs that an agent solved without passing them on and whose customer did not come back on the concern within 7 days / handoffs that an agent dealt with",
    unit: "share of handoffs",
    population: "handoffs of live conversations that an agent resolved or handed back",
    window: "conversations that began in the window, and 7 days after each; provisional until then",
    small_sample: super::SMALL_SHARE,
    target: None,
    shown: "those not resolved at once",
    source: "science §1.1",
};

/// How it is counted.
pub(crate) const SHARE: Share = Share {
    definition: &DEFINITION,
    maturity: Maturity::After(RETURN_WINDOW),
    show: Show::Misses,
    of: Of::Handoffs(|case, it| {
        let is_solved =
            || it.is_solved() && !it.is_transferred && !has_returned(case.now, case.episode);
        it.is_dealt_with().then(is_solved)
    }),
};
