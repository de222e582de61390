//! What the figures did since the week before, and which handoffs did it.

use segue_model::id::ConversationId;
use serde::Serialize;

use crate::dashboard::{Dashboard, Group, Ratio, Target};
use crate::shift::{Counted, normal_above, z_of};

/// The two-sided chance below which a change is said to be more than chance.
const P_MAX: f64 = 0.05;
/// Below this many cases a share is too small to be judged (science §1.0).
const CASES_MIN: u32 = 30;

/// Which way a figure is meant to go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// More is better.
    Up,
    /// Less is better.
    Down,
    /// It belongs into its band.
    Band,
}

/// One headline figure beside the week before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Change {
    /// Its name in code: the id of its definition.
    pub id: &'static str,
    /// Its name for people.
    pub name: &'static str,
    /// `share` (0–1) or `seconds`.
    pub unit: &'static str,
    /// This week.
    pub value: Option<f64>,
    /// The lower end of its 95 % interval, of shares.
    pub lo: Option<f64>,
    /// The upper end.
    pub hi: Option<f64>,
    /// Of how many cases.
    pub n: u32,
    /// The week before, as it stood then.
    pub before: Option<f64>,
    /// Of how many cases.
    pub n_before: u32,
    /// Where it is meant to be, of shares that have a target.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// Which way it is meant to go.
    pub direction: Direction,
    /// The two-sided chance of so great a difference where nothing changed; of shares.
    pub p: Option<f64>,
    /// Whether the difference is more than chance.
    pub is_clear: bool,
    /// Whether there are too few cases to judge the value.
    pub is_small: bool,
    /// Whether it may still change for the conversations counted.
    pub is_provisional: bool,
    /// The newest conversations behind it.
    pub conversations: Vec<ConversationId>,
}

impl Change {
    /// Whether its whole interval misses the target.
    pub fn is_missed(&self) -> bool {
        let (Some(target), Some(lo), Some(hi)) = (self.target, self.lo, self.hi) else {
            return false;
        };
        !self.is_small && (hi < target.lo || lo > target.hi)
    }
}

pub(super) fn all(now: &Dashboard, before: &Dashboard) -> Vec<Change> {
    vec![
        of_share(
            ("escalation_rate", "Escalation rate", Direction::Band),
            (&now.escalation_rate, &before.escalation_rate),
        ),
        of_share(
            ("ai_resolution_rate", "AI resolution rate", Direction::Up),
            (&now.ai_resolution_rate, &before.ai_resolution_rate),
        ),
        of_share(
            ("context_retention", "Context retention", Direction::Up),
            (&now.context_retention, &before.context_retention),
        ),
        of_share(
            (
                "csat_after_escalation",
                "CSAT after escalation",
                Direction::Up,
            ),
            (&now.csat_after_escalation, &before.csat_after_escalation),
        ),
        of_time(
            ("time_to_accept", "Time to accept, median"),
            (now.time_to_accept.p50_s, now.time_to_accept.n),
            (before.time_to_accept.p50_s, before.time_to_accept.n),
        ),
        of_time(
            ("aht_after_escalation", "Handle time, median"),
            (now.aht_after_escalation.p50_s, now.aht_after_escalation.n),
            (
                before.aht_after_escalation.p50_s,
                before.aht_after_escalation.n,
            ),
        ),
    ]
}

const fn counted(ratio: &Ratio) -> Counted {
    Counted {
        k: ratio.numerator,
        n: ratio.denominator,
    }
}

fn of_share(
    (id, name, direction): (&'static str, &'static str, Direction),
    (now, before): (&Ratio, &Ratio),
) -> Change {
    let p = z_of(counted(before), counted(now)).map(|z| 2.0 * normal_above(z.abs()));
    let is_small = now.denominator < CASES_MIN || before.denominator < CASES_MIN;
    Change {
        id,
        name,
        unit: "share",
        value: now.value,
        lo: now.lo,
        hi: now.hi,
        n: now.denominator,
        before: before.value,
        n_before: before.denominator,
        target: Some(now.target),
        direction,
        p,
        is_clear: !is_small && p.is_some_and(|p| p < P_MAX),
        is_small: now.denominator < CASES_MIN,
        is_provisional: now.is_provisional,
        conversations: now.conversations.clone(),
    }
}

/// Two medians side by side; without the durations themselves no difference is called clear.
const fn of_time(
    (id, name): (&'static str, &'static str),
    (value, n): (Option<f64>, u32),
    (before, n_before): (Option<f64>, u32),
) -> Change {
    Change {
        id,
        name,
        unit: "seconds",
        value,
        lo: None,
        hi: None,
        n,
        before,
        n_before,
        target: None,
        direction: Direction::Down,
        p: None,
        is_clear: false,
        is_small: n < CASES_MIN,
        is_provisional: false,
        conversations: Vec::new(),
    }
}

/// One reason for handoffs beside the week before.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reason {
    /// Its name in code.
    pub key: String,
    /// For people.
    pub label: String,
    /// How many handoffs this week.
    pub n: u32,
    /// The week before.
    pub n_before: u32,
    /// Handoffs for each 100 conversations.
    pub per_100: f64,
    /// The week before.
    pub per_100_before: f64,
    /// The two-sided chance of so great a difference where nothing changed.
    pub p: Option<f64>,
    /// Whether it is more than chance, given how many reasons there are (Bonferroni).
    pub is_clear: bool,
    /// The newest conversations behind it.
    pub conversations: Vec<ConversationId>,
}

impl Reason {
    /// How many more for each 100 conversations.
    pub fn change(&self) -> f64 {
        self.per_100 - self.per_100_before
    }
}

/// Every reason of either week, the greatest change first.
pub(super) fn reasons(
    (now, before): (&[Group], &[Group]),
    (week, week_before): (&Dashboard, &Dashboard),
) -> Vec<Reason> {
    let of = |groups: &[Group], key: &str| {
        let found = groups.iter().find(|group| group.key == key);
        found.map_or(0, |group| group.n)
    };
    let gone = before.iter().filter(|group| of(now, &group.key) == 0);
    let groups: Vec<(&Group, u32, u32)> = now
        .iter()
        .map(|group| (group, group.n, of(before, &group.key)))
        .chain(gone.map(|group| (group, 0, group.n)))
        .collect();
    let looks = groups.len().max(1) as f64;
    let mut reasons: Vec<Reason> = groups
        .into_iter()
        .map(|(group, n, n_before)| {
            let now = Counted {
                k: n.min(week.conversations),
                n: week.conversations,
            };
            let then = Counted {
                k: n_before.min(week_before.conversations),
                n: week_before.conversations,
            };
            let p = z_of(then, now).map(|z| 2.0 * normal_above(z.abs()));
            let is_enough = n + n_before >= CASES_MIN / 3;
            Reason {
                key: group.key.clone(),
                label: group.label.clone(),
                n,
                n_before,
                per_100: 100.0 * now.share(),
                per_100_before: 100.0 * then.share(),
                p,
                is_clear: is_enough && p.is_some_and(|p| p < P_MAX / looks),
                conversations: if n == 0 {
                    Vec::new()
                } else {
                    group.conversations.clone()
                },
            }
        })
        .collect();
    reasons.sort_by(|a, b| {
        let by_change = b.change().abs().total_cmp(&a.change().abs());
        by_change.then_with(|| a.key.cmp(&b.key))
    });
    reasons
}
