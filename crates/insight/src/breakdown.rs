//! The same figures by one dimension: one row for each of its values.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::cohort::{Case, Cohort};
use crate::episode::Handoff;
use crate::hours::Hours;
use crate::interval::{Durations, ratio, wilson};
use crate::ledger::{Ledger, Query};
use crate::metric::tally::{Of, Share, Tally};
use crate::metric::timing::Timing;
use crate::metric::{
    SMALL_N, abandonment, ai_resolution_rate, contained, context_retention, csat_after_escalation,
    csat_assistant, escalation_rate, first_contact_resolution, first_response, handle_time,
    misroute_rate, repeat_contact, silent_abandonment, sla_attainment, time_to_accept,
    transfer_rate,
};
use crate::slice::{Dimension, Value};

/// How many cases of the whole a small row is drawn towards it by (science §1.0).
const SHRINKAGE_N: f64 = 20.0;
/// How many rows there are at most, those of most conversations.
pub const ROWS_MAX: usize = 200;

/// The shares of a row of conversations.
const SHARES: [&Share; 13] = [
    &escalation_rate::SHARE,
    &ai_resolution_rate::SHARE,
    &contained::SHARE,
    &silent_abandonment::SHARE,
    &csat_assistant::SHARE,
    &csat_after_escalation::SHARE,
    &context_retention::SHARE,
    &repeat_contact::SHARE,
    &sla_attainment::SHARE,
    &abandonment::SHARE,
    &transfer_rate::SHARE,
    &misroute_rate::SHARE,
    &first_contact_resolution::SHARE,
];

/// The durations of a row.
const TIMINGS: [&Timing; 3] = [
    &time_to_accept::TIMING,
    &first_response::TIMING,
    &handle_time::TIMING,
];

/// Figures by the values of a dimension.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Breakdown {
    /// The dimension's word.
    pub by: &'static str,
    /// What is counted in a row: `conversations`, or `handoffs` where the dimension is one
    /// of handoffs.
    pub of: &'static str,
    /// The rows, most first; a row of which the value is not known has an empty key.
    pub rows: Vec<Row>,
    /// All rows together, those left out included.
    pub total: Row,
    /// How many rows were left out, because there are too many.
    pub left_out: u32,
}

/// One value of a dimension.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Row {
    /// The value.
    pub key: String,
    /// How many conversations, or conversations with such a handoff.
    pub conversations: u32,
    /// How many handoffs.
    pub handoffs: u32,
    /// The shares; those that say nothing of the dimension are not there.
    pub shares: Vec<RowShare>,
    /// The durations.
    pub durations: Vec<RowDuration>,
}

/// A share of a row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RowShare {
    /// The figure's id in `docs/METRICS.md`.
    pub metric: &'static str,
    /// Its value, nothing where n is 0.
    pub value: Option<f64>,
    /// How many count.
    pub numerator: u32,
    /// Of how many.
    pub denominator: u32,
    /// The 95 % Wilson interval.
    pub lo: Option<f64>,
    /// Its upper end.
    pub hi: Option<f64>,
    /// The value drawn towards the whole by 20 cases, to be ranked by: a row of few cases
    /// is first or last by chance.
    pub shrunk: Option<f64>,
    /// Whether too little was counted to say much.
    pub is_small: bool,
}

/// A duration of a row.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RowDuration {
    /// The figure's id in `docs/METRICS.md`.
    pub metric: &'static str,
    /// The median in seconds.
    pub p50_s: Option<f64>,
    /// The ninth decile.
    pub p90_s: Option<f64>,
    /// How many are known to their end.
    pub n: u32,
    /// Whether too little was counted to say much.
    pub is_small: bool,
}

#[derive(Default)]
struct Counts {
    conversations: u32,
    handoffs: u32,
    tallies: [Tally; SHARES.len()],
    durations: [Durations; TIMINGS.len()],
}

impl Counts {
    fn see(&mut self, case: &Case<'_>) {
        self.conversations += 1;
        for (share, tally) in SHARES.iter().zip(&mut self.tallies) {
            share.see(case, tally, 0);
        }
        for handoff in case.handoffs() {
            self.handoffs += 1;
            for (timing, durations) in TIMINGS.iter().zip(&mut self.durations) {
                timing.see_handoff(case, handoff, durations);
            }
        }
    }

    fn row(self, key: String, by: Dimension, whole: &[(u32, u32); SHARES.len()]) -> Row {
        let shares = SHARES.iter().zip(self.tallies).zip(whole);
        let shares =
            shares.filter(|((share, _), _)| !by.is_of_handoffs() || says_of_handoffs(share));
        let shares = shares.map(|((share, tally), whole)| row_share(share, &tally, *whole));
        let durations = TIMINGS.iter().zip(self.durations);
        let durations = durations.map(|(timing, durations)| row_duration(timing, durations));
        Row {
            key,
            conversations: self.conversations,
            handoffs: self.handoffs,
            shares: shares.collect(),
            durations: durations.collect(),
        }
    }
}

/// Whether a share says something of a row whose conversations all have a handoff.
fn says_of_handoffs(share: &Share) -> bool {
    matches!(share.of, Of::Handoffs(_))
        || share.definition.id == csat_after_escalation::SHARE.definition.id
        || share.definition.id == repeat_contact::SHARE.definition.id
}

fn row_share(share: &Share, tally: &Tally, (hits, n): (u32, u32)) -> RowShare {
    let interval = wilson(tally.hits, tally.n);
    let shrunk = ratio(hits, n).filter(|_| tally.n > 0).map(|whole| {
        (f64::from(tally.hits) + SHRINKAGE_N * whole) / (f64::from(tally.n) + SHRINKAGE_N)
    });
    RowShare {
        metric: share.definition.id,
        value: ratio(tally.hits, tally.n),
        numerator: tally.hits,
        denominator: tally.n,
        lo: interval.map(|(lo, _)| lo),
        hi: interval.map(|(_, hi)| hi),
        shrunk,
        is_small: tally.n < SMALL_N,
    }
}

fn row_duration(timing: &Timing, durations: Durations) -> RowDuration {
    let n = durations.complete();
    let [p50_s, p90_s] = durations.quantiles_s([0.5, 0.9]);
    RowDuration {
        metric: timing.definition.id,
        p50_s,
        p90_s,
        n,
        is_small: n < SMALL_N,
    }
}

/// The figures of a window by a dimension.
pub(crate) fn of(ledger: &Ledger, query: &Query, by: Dimension) -> Breakdown {
    let cohort = ledger.cohort(query, 0);
    let (counts, total) = counted(&cohort, query, by);
    let whole = total.tallies.each_ref().map(|it| (it.hits, it.n));
    let size = |it: &Counts| {
        if by.is_of_handoffs() {
            it.handoffs
        } else {
            it.conversations
        }
    };
    let mut found: Vec<(String, Counts)> = counts
        .into_iter()
        .map(|(value, counts)| (value.key(ledger.names()), counts))
        .collect();
    if by == Dimension::Hour {
        found.sort_by_key(|(key, _)| key.parse::<u8>().unwrap_or(u8::MAX));
    } else {
        found
            .sort_by(|(a_key, a), (b_key, b)| size(b).cmp(&size(a)).then_with(|| a_key.cmp(b_key)));
    }
    let left_out = u32::try_from(found.len().saturating_sub(ROWS_MAX)).unwrap_or(u32::MAX);
    found.truncate(ROWS_MAX);
    let rows = found.into_iter().map(|(key, it)| it.row(key, by, &whole));
    Breakdown {
        by: by.word(),
        of: if by.is_of_handoffs() {
            "handoffs"
        } else {
            "conversations"
        },
        rows: rows.collect(),
        total: total.row(String::new(), by, &whole),
        left_out,
    }
}

fn counted(cohort: &Cohort<'_>, query: &Query, by: Dimension) -> (BTreeMap<Value, Counts>, Counts) {
    let mut counts: BTreeMap<Value, Counts> = BTreeMap::new();
    let mut total = Counts::default();
    let mut hours = Hours::new(&query.zone);
    for case in cohort.cases() {
        if by.is_of_handoffs() {
            let value = |it: &Handoff| by.of_handoff(it).unwrap_or(Value::Unknown);
            let mut values: Vec<Value> = case.handoffs().map(value).collect();
            values.sort_unstable();
            values.dedup();
            if !values.is_empty() {
                total.see(&case);
            }
            for of in values {
                let row = counts.entry(of).or_default();
                row.see(&Case {
                    row: Some((by, of)),
                    ..case
                });
            }
        } else {
            let found = match by {
                Dimension::Hour => hours
                    .of(case.episode.started_at)
                    .map(|(_, it)| Value::Hour(it)),
                _ => by.of_episode(case.episode).map(Value::Name),
            };
            total.see(&case);
            let row = counts.entry(found.unwrap_or(Value::Unknown)).or_default();
            row.see(&case);
        }
    }
    (counts, total)
}
