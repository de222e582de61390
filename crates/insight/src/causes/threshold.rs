//! A threshold that was raised and withholds answers which would have been right.
//!
//! Between the old threshold and the new one lie the answers that were shown before and are
//! held back since. What people who know say of them (grades), and what customers said of
//! the like before (that it helped, that they asked for nobody), tell whether they were right.

use std::collections::BTreeMap;

use segue_model::escalation::{RootCause, Trigger};
use segue_model::event::Grade;

use super::{Cause, Finding, Found, SHARE_MIN, Touched, Weeks, evidence};
use crate::episode::{Answered, Episode, Name};
use crate::interval::wilson;
use crate::shift::{Counted, normal_above, z_of};

/// By how much a threshold has to differ to be another.
const RAISED_MIN: f32 = 0.02;
/// The fewest conversations in which an answer between the two was withheld.
const WITHHELD_MIN: u32 = 12;
/// The fewest grades that say whether answers were right, and the share from which most were.
const GRADES_MIN: u32 = 8;
const RIGHT_MIN: f64 = 0.5;
/// The least that the share may be, for all that is known.
const RIGHT_LEAST: f64 = 0.4;

/// One version of a policy, as the answers under it tell.
#[derive(Debug, Clone, Copy)]
struct Regime {
    policy: Name,
    /// The week of its first answer.
    since: usize,
    /// Its place in time.
    first_at: segue_model::time::Timestamp,
    /// The least score that was shown.
    shown_min: Option<f32>,
    /// The threshold that withheld answers missed.
    missed: Option<f32>,
}

impl Regime {
    fn accept(&self) -> Option<f32> {
        self.missed.or(self.shown_min)
    }
}

pub(super) fn find(weeks: &Weeks<'_>) -> Option<Found> {
    let regimes = regimes(weeks);
    let pairs = regimes.iter().zip(regimes.iter().skip(1));
    let looks = regimes.len().saturating_sub(1);
    let mut found: Vec<Found> = pairs
        .filter_map(|(old, new)| raised(weeks, old, new, looks))
        .collect();
    found.sort_by(|a, b| b.finding.share.total_cmp(&a.finding.share));
    found.into_iter().next()
}

fn score(answer: &Answered) -> Option<f32> {
    match (answer.retrieval, answer.confidence) {
        (Some(a), Some(b)) => Some(a.min(b)),
        (a, b) => a.or(b),
    }
}

/// Whether it has an answer from the one to below the other, be it shown or not.
pub(super) fn has_between(episode: &Episode, least: f32, most: f32) -> bool {
    let mut given = episode.answers.iter().flat_map(|it| &it.given);
    given.any(|answer| score(answer).is_some_and(|it| it >= least && it < most))
}

/// The versions in force, in the order of their first answers.
fn regimes(weeks: &Weeks<'_>) -> Vec<Regime> {
    let mut regimes: BTreeMap<Name, Regime> = BTreeMap::new();
    for (episode, week) in &weeks.cases {
        for answer in episode.answers.iter().flat_map(|it| &it.given) {
            let (Some(policy), Some(score)) = (answer.policy, score(answer)) else {
                continue;
            };
            let regime = regimes.entry(policy).or_insert(Regime {
                policy,
                since: *week,
                first_at: answer.at,
                shown_min: None,
                missed: None,
            });
            regime.since = regime.since.min(*week);
            regime.first_at = regime.first_at.min(answer.at);
            if answer.was_shown {
                regime.shown_min = Some(regime.shown_min.map_or(score, |it| it.min(score)));
            }
            let missed = regime.missed.into_iter().chain(answer.missed);
            regime.missed = missed.reduce(f32::max);
        }
    }
    let mut regimes: Vec<Regime> = regimes.into_values().collect();
    regimes.sort_by_key(|regime| regime.first_at);
    regimes
}

fn raised(weeks: &Weeks<'_>, old: &Regime, new: &Regime, looks: usize) -> Option<Found> {
    let (before, after) = (old.accept()?, new.accept()?);
    if after < before + RAISED_MIN {
        return None;
    }
    let is_between = |answer: &Answered| score(answer).is_some_and(|it| it >= before && it < after);
    let withheld = |it: &Episode| {
        let answers = it.answers.as_ref()?;
        let mut given = answers.given.iter();
        Some(given.any(|answer| !answer.was_shown && is_between(answer)))
    };
    let is_withheld = |it: &Episode| withheld(it) == Some(true);
    let mut sides = [Counted::default(); 2];
    for (episode, _) in &weeks.cases {
        let [was, is] = &mut sides;
        let side = if episode.started_at < new.first_at {
            was
        } else {
            is
        };
        side.add(is_withheld(episode));
    }
    let [was, is] = sides;
    let p = z_of(was, is).map_or(1.0, normal_above);
    if is.k < WITHHELD_MIN || p * looks.max(1) as f64 > super::P_MAX {
        return None;
    }
    let (grades, shown) = (
        grades(weeks, &is_between),
        shown_before(weeks, new, &is_between),
    );
    let is_right = |counted: Counted| {
        let least = wilson(counted.k, counted.n).map_or(0.0, |(lo, _)| lo);
        counted.n >= GRADES_MIN && counted.share() >= RIGHT_MIN && least >= RIGHT_LEAST
    };
    // What people who know say goes before what customers did.
    let has_grades = grades.n >= GRADES_MIN;
    if !(if has_grades {
        is_right(grades)
    } else {
        is_right(shown)
    }) {
        return None;
    }
    let is_behind = |it: &Episode| is_withheld(it) && is_for_want(it);
    let (share, interval) = weeks.explained(new.since, is_behind);
    let finding = || Finding {
        cause: Cause::HighThreshold,
        name: format!(
            "accept {before:.2} → {after:.2} in {}",
            weeks.ledger.names().text(new.policy)
        ),
        share,
        interval,
        since: weeks.begins(new.since),
        evidence: vec![
            evidence(
                "conversations with an answer withheld between the two thresholds",
                was,
                is,
            ),
            evidence(
                "answers between them that are right, as graded",
                Counted::default(),
                grades,
            ),
            evidence(
                "answers between them that were shown before, after which nobody asked for a person",
                shown,
                Counted::default(),
            ),
        ],
        examples: weeks.examples(new.since, is_behind),
    };
    (share >= SHARE_MIN).then(|| Found {
        finding: finding(),
        touched: Touched::Between(before, after),
    })
}

/// Withheld answers between the two, right of graded.
fn grades(weeks: &Weeks<'_>, is_between: &impl Fn(&Answered) -> bool) -> Counted {
    let mut counted = Counted::default();
    for answers in weeks.cases.iter().filter_map(|(it, _)| it.answers.as_ref()) {
        for answer in answers
            .given
            .iter()
            .filter(|it| !it.was_shown && is_between(it))
        {
            let mut grades = answers.grades.iter();
            match grades.find(|it| it.text == answer.text).map(|it| it.grade) {
                Some(Grade::Right) => counted.add(true),
                Some(Grade::Wrong) => counted.add(false),
                Some(Grade::Unsure) | None => {}
            }
        }
    }
    counted
}

/// Conversations before the change in which such an answer was shown: those without a person
/// whose customer did not say that it failed.
fn shown_before(
    weeks: &Weeks<'_>,
    new: &Regime,
    is_between: &impl Fn(&Answered) -> bool,
) -> Counted {
    let mut counted = Counted::default();
    for (episode, _) in weeks
        .cases
        .iter()
        .filter(|(it, _)| it.started_at < new.first_at)
    {
        let mut given = episode.answers.iter().flat_map(|it| &it.given);
        if given.any(|answer| answer.was_shown && is_between(answer)) {
            counted.add(!episode.is_escalated() && episode.helped != Some(false));
        }
    }
    counted
}

/// Whether a handoff was for want of an answer, or the customer's own wish after none came.
fn is_for_want(episode: &Episode) -> bool {
    episode.handoffs.iter().any(|handoff| {
        matches!(
            handoff.trigger,
            Trigger::Fallback | Trigger::LowConfidence | Trigger::Repeat | Trigger::OptOut
        ) || handoff.root_cause == Some(RootCause::MissingKnowledge)
    })
}
