//! What was measured: how fast slots come free, how long customers stay, how
//! quickly agents answer offers, and how right the estimates were.
//!
//! It is a plain value, rebuilt by recording the past in order. Until something
//! is known the documented defaults stand in, with the weight of a few
//! observations, so that one odd conversation moves little.

use std::collections::BTreeMap;

use segue_model::escalation::Priority;
use segue_model::id::QueueKey;
use segue_model::time::Span;

use crate::wait::ratios::Ratios;
use crate::wait::{Estimate, minutes, span};

/// The service time assumed until any was seen, in minutes.
pub const SERVICE_DEFAULT_MIN: f64 = 8.0;
/// The mean patience assumed until any was seen, in minutes.
pub const PATIENCE_DEFAULT_MIN: f64 = 15.0;
/// The time an agent takes to answer an offer, assumed until any was seen, in minutes.
pub const ANSWER_DEFAULT_MIN: f64 = 1.0 / 3.0;
/// The part of waits that may fall outside of the interval. Source: `science.md` §4.5.
pub const MISS_RATE: f64 = 0.2;

/// How many observations a default weighs.
const PRIOR_OBSERVATIONS: f64 = 5.0;
/// The weight of the newest observation once many were seen: it remembers
/// about two hundred, which leaves an error of 5 % of exponential services.
const EWMA_WEIGHT_MIN: f64 = 0.005;
/// From how many services under full load on only those count, because agents
/// are slower with all slots taken and a queue only exists then.
const FULL_SERVICES_MIN: u32 = 10;
/// How many abandonments the default patience weighs.
const PRIOR_ABANDONS: f64 = 2.0;
/// What is kept of the older waits with each new one: about the last 500 count.
const PATIENCE_KEPT: f64 = 0.998;
/// How fast the miss rate adapts (Gibbs and Candès 2021; `science.md` §4.5).
const ADAPT_STEP: f64 = 0.02;
/// The ends of the adapted miss rate, so that an interval never becomes
/// everything or nothing.
const ADAPTED_MISS_MIN: f64 = 0.02;
const ADAPTED_MISS_MAX: f64 = 0.6;
/// The upper ends of the bins of estimates, in minutes; the last one is open.
const BIN_ENDS_MIN: [f64; 3] = [2.0, 5.0, 12.0];
/// Below this an estimate is too small to divide by, in minutes (half a second).
const POINT_SMALLEST_MIN: f64 = 1.0 / 120.0;

/// The measurements of a workspace.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Stats {
    queues: BTreeMap<QueueKey, QueueStats>,
    /// The ratios of all queues together.
    pooled: Ratios,
}

#[derive(Debug, Clone, PartialEq)]
struct QueueStats {
    service_full: Mean,
    service_any: Mean,
    answer: Mean,
    abandons: f64,
    waited_min: f64,
    /// The miss rate asked for, so that [`MISS_RATE`] comes out.
    miss_rate: f64,
    ratios: BTreeMap<(Priority, usize), Ratios>,
    pooled: Ratios,
}

impl Default for QueueStats {
    fn default() -> Self {
        Self {
            service_full: Mean::new(SERVICE_DEFAULT_MIN),
            service_any: Mean::new(SERVICE_DEFAULT_MIN),
            answer: Mean::new(ANSWER_DEFAULT_MIN),
            abandons: PRIOR_ABANDONS,
            waited_min: PRIOR_ABANDONS * PATIENCE_DEFAULT_MIN,
            miss_rate: MISS_RATE,
            ratios: BTreeMap::new(),
            pooled: Ratios::default(),
        }
    }
}

impl Stats {
    /// Nothing known yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// One slot was occupied for `service`, from the accept to the end of the
    /// wrap-up. `was_full` says whether customers waited meanwhile, that is
    /// whether the agent worked with all slots taken.
    pub fn record_service(&mut self, queue: &QueueKey, service: Span, was_full: bool) {
        let stats = self.of(queue);
        stats.service_any.record(minutes(service));
        if was_full {
            stats.service_full.record(minutes(service));
        }
    }

    /// An agent accepted an offer `answer` after it was made.
    pub fn record_answer(&mut self, queue: &QueueKey, answer: Span) {
        self.of(queue).answer.record(minutes(answer));
    }

    /// A customer who was told `estimate` was accepted after `actual`. One
    /// record per wait; the estimate is the one made at its beginning.
    pub fn record_wait(&mut self, estimate: &Estimate, actual: Span) {
        let actual = minutes(actual);
        let stats = self.of(&estimate.queue);
        stats.record_exposure(actual, 0.0);
        let Some(interval) = estimate.interval else {
            return;
        };
        let has_missed = actual < interval.lo_min || actual > interval.hi_min;
        let missed = if has_missed { 1.0 } else { 0.0 };
        stats.miss_rate = (stats.miss_rate + ADAPT_STEP * (MISS_RATE - missed))
            .clamp(ADAPTED_MISS_MIN, ADAPTED_MISS_MAX);
        let ratio = actual / interval.point_min.max(POINT_SMALLEST_MIN);
        let class = (estimate.priority, bin(interval.point_min));
        stats.ratios.entry(class).or_default().push(ratio);
        stats.pooled.push(ratio);
        self.pooled.push(ratio);
    }

    /// A customer left after waiting for `waited`.
    pub fn record_abandon(&mut self, queue: &QueueKey, waited: Span) {
        self.of(queue).record_exposure(minutes(waited), 1.0);
    }

    /// The mean time a slot is occupied, at full load where that is known.
    pub fn service_mean(&self, queue: &QueueKey) -> Span {
        span(self.service_mean_min(queue))
    }

    /// The part of waiting customers who leave per minute: abandonments over
    /// the time everybody waited, those who stayed included (the maximum
    /// likelihood of an exponential patience with censoring).
    pub fn patience_rate(&self, queue: &QueueKey) -> f64 {
        self.get(queue).map_or(1.0 / PATIENCE_DEFAULT_MIN, |stats| {
            stats.abandons / stats.waited_min
        })
    }

    pub(crate) fn service_mean_min(&self, queue: &QueueKey) -> f64 {
        let mean = self.get(queue).map_or(SERVICE_DEFAULT_MIN, |stats| {
            let is_known = stats.service_full.count >= FULL_SERVICES_MIN;
            if is_known {
                stats.service_full.value
            } else {
                stats.service_any.value
            }
        });
        mean.max(POINT_SMALLEST_MIN)
    }

    pub(crate) fn answer_mean_min(&self, queue: &QueueKey) -> f64 {
        self.get(queue)
            .map_or(ANSWER_DEFAULT_MIN, |stats| stats.answer.value)
    }

    /// How long half of the customers would stay, in minutes: ln 2 / θ.
    pub(crate) fn patience_median_min(&self, queue: &QueueKey) -> f64 {
        std::f64::consts::LN_2 / self.patience_rate(queue)
    }

    pub(crate) fn miss_rate(&self, queue: &QueueKey) -> f64 {
        self.get(queue).map_or(MISS_RATE, |stats| stats.miss_rate)
    }

    /// The ratios between which a wait will stay: of its class and size, else
    /// of its queue, else of the workspace; `None` while all know too little.
    pub(crate) fn ratio_interval(
        &self,
        queue: &QueueKey,
        priority: Priority,
        point_min: f64,
    ) -> Option<(f64, f64)> {
        let stats = self.get(queue);
        let miss = self.miss_rate(queue);
        let own = stats.and_then(|stats| stats.ratios.get(&(priority, bin(point_min))));
        own.and_then(|ratios| ratios.interval(miss))
            .or_else(|| stats.and_then(|stats| stats.pooled.interval(miss)))
            .or_else(|| self.pooled.interval(miss))
    }

    fn get(&self, queue: &QueueKey) -> Option<&QueueStats> {
        self.queues.get(queue)
    }

    fn of(&mut self, queue: &QueueKey) -> &mut QueueStats {
        self.queues.entry(queue.clone()).or_default()
    }
}

impl QueueStats {
    fn record_exposure(&mut self, waited_min: f64, left: f64) {
        self.abandons = self.abandons * PATIENCE_KEPT + left;
        self.waited_min = self.waited_min * PATIENCE_KEPT + waited_min;
    }
}

/// An exponentially weighted mean that begins as a plain one.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Mean {
    value: f64,
    count: u32,
}

impl Mean {
    const fn new(value: f64) -> Self {
        Self { value, count: 0 }
    }

    fn record(&mut self, value: f64) {
        self.count = self.count.saturating_add(1);
        let weight = (1.0 / (PRIOR_OBSERVATIONS + f64::from(self.count))).max(EWMA_WEIGHT_MIN);
        self.value += weight * (value - self.value);
    }
}

fn bin(point_min: f64) -> usize {
    BIN_ENDS_MIN
        .iter()
        .take_while(|end| point_min >= **end)
        .count()
}
