//! What a fix has done: the escalations of its cluster before and after, with the
//! interval that says how much of it may be chance (science §1.6).

use segue_model::time::{Span, Timestamp};

use super::Cluster;
use crate::tune::binomial;

/// For how many weeks after a publication its effect is followed.
pub const WEEKS_FOLLOWED: u32 = 8;
/// The days before a publication that do not count: what made somebody act is above the
/// usual, and would fall back by itself (regression to the mean).
const SPIKE: Span = Span::hours(7 * 24);
/// The shortest time after a publication of which anything is said.
const AFTER_MIN: Span = Span::hours(7 * 24);
/// The chance of an interval to miss, on each side.
const TAIL: f64 = 0.025;
/// So many cases within [`BROKEN_WITHIN`] and no fix for [`BROKEN_AFTER`] are a broken loop.
const BROKEN_CASES: usize = 10;
const BROKEN_WITHIN: Span = Span::hours(28 * 24);
const BROKEN_AFTER: Span = Span::hours(14 * 24);
const WEEK: Span = Span::hours(7 * 24);

/// Escalations among conversations.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rate {
    /// Escalations of the cluster.
    pub escalations: u32,
    /// Conversations with the assistant, whatever they were about.
    pub conversations: u32,
}

impl Rate {
    /// Escalations for each 1,000 conversations; `None` without any.
    pub fn per_thousand(&self) -> Option<f64> {
        let all = f64::from(self.conversations);
        (self.conversations > 0).then(|| 1_000.0 * f64::from(self.escalations) / all)
    }
}

/// One week beside a publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Week {
    /// When it begins; the publication is the beginning of a week.
    pub from: Timestamp,
    /// What happened in it, until now.
    pub rate: Rate,
}

/// What may be said of a fix.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EffectVerdict {
    /// Fewer escalations, more than chance would have it.
    Fewer,
    /// More of them, more than chance would have it.
    More,
    /// It may be chance, or too little time has passed.
    TooEarly,
}

/// What a fix has done so far.
#[derive(Debug, Clone, PartialEq)]
pub struct Effect {
    /// When it was published.
    pub published_at: Timestamp,
    /// The length of both windows.
    pub span: Span,
    /// Before, without the week that made somebody act.
    pub before: Rate,
    /// After.
    pub after: Rate,
    /// The rate after, as a multiple of the rate before; `None` where there was nothing before.
    pub ratio: Option<f64>,
    /// Between which multiples it lies, at 95 %; the upper end may be infinite.
    pub interval: Option<(f64, f64)>,
    /// What may be said.
    pub verdict: EffectVerdict,
    /// Week by week, eight before the publication and those after it.
    pub weeks: Vec<Week>,
}

/// What a fix has done to a cluster until now; `assisted` says when conversations with the
/// assistant began, oldest first.
pub fn effect(
    cluster: &Cluster,
    published_at: Timestamp,
    assisted: &[Timestamp],
    now: Timestamp,
) -> Effect {
    let followed = Span(WEEK.0 * u64::from(WEEKS_FOLLOWED));
    let span = Span(now.since(published_at).0.min(followed.0));
    let escalated: Vec<Timestamp> = cluster
        .failures()
        .filter(|it| it.trigger.is_some())
        .map(|it| it.at)
        .collect();
    let rate = |from: Timestamp, until: Timestamp| Rate {
        escalations: between(&escalated, from, until),
        conversations: between(assisted, from, until),
    };
    let before_until = published_at - SPIKE;
    let before = rate(before_until - span, before_until);
    let after = rate(published_at, published_at + span);
    let interval = rate_ratio(before, after);
    let verdict = match interval {
        Some((_, high)) if span >= AFTER_MIN && high < 1.0 => EffectVerdict::Fewer,
        Some((low, _)) if span >= AFTER_MIN && low > 1.0 => EffectVerdict::More,
        _ => EffectVerdict::TooEarly,
    };
    let week = |number: i64| {
        let from = Timestamp(published_at.0 + number * i64::try_from(WEEK.0).unwrap_or(i64::MAX));
        let until = (from + WEEK).min(now);
        Week {
            from,
            rate: rate(from, until),
        }
    };
    let weeks = -i64::from(WEEKS_FOLLOWED)..i64::from(WEEKS_FOLLOWED);
    Effect {
        published_at,
        span,
        before,
        after,
        ratio: before
            .per_thousand()
            .zip(after.per_thousand())
            .filter(|(before, _)| *before > 0.0)
            .map(|(before, after)| after / before),
        interval,
        verdict,
        weeks: weeks.map(week).filter(|week| week.from < now).collect(),
    }
}

/// The exact interval at 95 % of the ratio of two Poisson rates, after by before: given how
/// many there were in all, those after are binomial (Przyborowski and Wilenski 1940), whose
/// bounds are those of Clopper and Pearson. `None` where nothing happened or nothing was
/// looked at.
pub(crate) fn rate_ratio(before: Rate, after: Rate) -> Option<(f64, f64)> {
    let n = u64::from(before.escalations) + u64::from(after.escalations);
    if n == 0 || before.conversations == 0 || after.conversations == 0 {
        return None;
    }
    let k = u64::from(after.escalations);
    let scale = f64::from(before.conversations) / f64::from(after.conversations);
    let ratio = |share: f64| match share < 1.0 {
        true => share / (1.0 - share) * scale,
        false => f64::INFINITY,
    };
    let low = 1.0 - binomial::upper(n - k, n, TAIL);
    let high = binomial::upper(k, n, TAIL);
    Some((ratio(low), ratio(high)))
}

/// Whether nobody closes the loop: many cases within four weeks, for two weeks, and no fix.
pub fn is_broken(cluster: &Cluster, now: Timestamp) -> bool {
    let times: Vec<Timestamp> = cluster.failures().map(|it| it.at).collect();
    let lately = times
        .iter()
        .filter(|at| **at >= now - BROKEN_WITHIN)
        .count();
    let known_for_long = times.windows(BROKEN_CASES).any(|run| match run {
        [first, .., last] => last.since(*first) <= BROKEN_WITHIN && *last <= now - BROKEN_AFTER,
        _ => false,
    });
    lately >= BROKEN_CASES && known_for_long
}

/// How many of the times, in order, lie between two.
fn between(times: &[Timestamp], from: Timestamp, until: Timestamp) -> u32 {
    let at = |bound: Timestamp| times.partition_point(|it| *it < bound);
    u32::try_from(at(until).saturating_sub(at(from))).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn rate(escalations: u32, conversations: u32) -> Rate {
        Rate {
            escalations,
            conversations,
        }
    }

    /// Reference values: R, `poisson.test(c(after, before), c(n_after, n_before))$conf.int`.
    #[test]
    fn the_interval_is_that_of_the_exact_test() {
        let is = |before, after, low: f64, high: f64| {
            let found = rate_ratio(before, after).unwrap();
            assert!((found.0 - low).abs() < 2e-4 * low.max(1.0), "{found:?}");
            assert!((found.1 - high).abs() < 2e-4 * high, "{found:?}");
        };
        // 11 in 800 after 6 in 3,000: the example of R's own page, `poisson.test(c(11, 6+8+7), c(800, 1083+1050+878))`.
        is(rate(21, 3_011), rate(11, 800), 0.858_426_4, 4.277_241);
        // Nothing after: the upper bound is the share 1 − 0.025^(1/10), as odds.
        let share = 1.0 - 0.025_f64.powf(0.1);
        is(rate(10, 1_000), rate(0, 1_000), 0.0, share / (1.0 - share));
        assert_eq!(rate_ratio(rate(0, 10), rate(0, 10)), None);
        assert_eq!(rate_ratio(rate(1, 0), rate(1, 10)), None);
        let (low, high) = rate_ratio(rate(0, 100), rate(3, 100)).unwrap();
        assert!(low > 0.0 && high.is_infinite());
    }
}
