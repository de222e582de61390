//! Customers who had to ask more than once.

use super::tally::{Maturity, Of, Share, Show};
use super::{BEGAN, Definition};

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "begging_rate",
    name: "Asked more than once",
    formula: "handoffs before which the customer asked for a person twice or more / handoffs before which the customer asked",
    unit: "share of handoffs",
    population: "handoffs of live conversations before which the customer asked for a person at least once",
    window: BEGAN,
    small_sample: super::SMALL_SHARE,
    target: Some((0.0, 0.005)),
    shown: "those who asked twice or more",
    source: "science §1.5 (hard goal below 0.5 %)",
};

/// How it is counted.
pub(crate) const SHARE: Share = Share {
    definition: &DEFINITION,
    maturity: Maturity::Settled,
    show: Show::Hits,
    of: Of::Handoffs(|_, it| (it.lead.requests > 0).then_some(it.lead.requests >= 2)),
};
