//! A tool that began to fail, and goes on failing.

use std::collections::{BTreeMap, BTreeSet};

use segue_model::escalation::{RootCause, Trigger};

use super::{Cause, Finding, Found, SHARE_MIN, Touched, Weeks, evidence, is_beyond_chance};
use crate::episode::{Episode, Name};
use crate::shift::{Counted, Rise, rise};

/// The fewest conversations in which it failed.
const FAILED_MIN: u32 = 8;
/// From which share of its conversations on a tool is broken, and how many times as often as
/// before it fails then.
const SHARE_FAILED_MIN: f64 = 0.08;
const TIMES_MIN: f64 = 2.5;
/// A break shows on most days; what shows on a few is an outage that is over.
const DAYS_SHOWN_MIN: f64 = 0.5;
const DAYS_MIN: usize = 4;
/// The days at the end on which it still has to fail.
const DAYS_LAST: u64 = 5;
const DAY_MS: u64 = 24 * 3_600 * 1_000;

pub(super) fn find(weeks: &Weeks<'_>) -> Vec<Found> {
    let names: BTreeSet<Name> = weeks
        .cases
        .iter()
        .flat_map(|(it, _)| it.tools().iter().map(|tool| tool.name))
        .collect();
    let looks = names.len();
    let found = names.iter().filter_map(|name| {
        let rise = rise(&weeks.series(|it| failed(it, *name)))?;
        is_broken(&rise, looks)
            .then_some(())
            .filter(|()| is_lasting(weeks, *name, &rise))?;
        finding(weeks, *name, &rise)
    });
    found.collect()
}

/// Whether the tool failed in it; `None` where it did not run.
fn failed(episode: &Episode, name: Name) -> Option<bool> {
    let tool = episode.tools().iter().find(|tool| tool.name == name)?;
    Some(tool.failed > 0)
}

fn is_broken(rise: &Rise, looks: usize) -> bool {
    let (before, after) = (rise.before.share(), rise.after.share());
    rise.after.k >= FAILED_MIN
        && after >= SHARE_FAILED_MIN
        && after >= TIMES_MIN * before
        && is_beyond_chance(rise, looks)
}

/// Whether it fails on most days on which it runs, to the end.
fn is_lasting(weeks: &Weeks<'_>, name: Name, rise: &Rise) -> bool {
    let mut days: BTreeMap<u64, Counted> = BTreeMap::new();
    for (episode, week) in &weeks.cases {
        if let Some(is_failed) = failed(episode, name).filter(|_| *week >= rise.since) {
            let day = episode.started_at.since(weeks.from).millis() / DAY_MS;
            days.entry(day).or_default().add(is_failed);
        }
    }
    let Some(last) = days.keys().next_back().copied() else {
        return false;
    };
    let shown: Vec<u64> = days
        .iter()
        .filter(|(_, counted)| counted.k > 0)
        .map(|(day, _)| *day)
        .collect();
    let is_on_most = shown.len() as f64 >= DAYS_SHOWN_MIN * days.len() as f64;
    let is_going_on = shown.last().is_some_and(|day| day + DAYS_LAST > last);
    shown.len() >= DAYS_MIN && is_on_most && is_going_on
}

fn finding(weeks: &Weeks<'_>, name: Name, rise: &Rise) -> Option<Found> {
    let is_behind = |it: &Episode| failed(it, name) == Some(true) && is_for_it(it);
    let (share, interval) = weeks.explained(rise.since, is_behind);
    let finding = || Finding {
        cause: Cause::BrokenTool,
        name: weeks.ledger.names().text(name).to_owned(),
        share,
        interval,
        since: weeks.begins(rise.since),
        evidence: vec![evidence(
            "conversations in which the tool failed, of those in which it ran",
            rise.before,
            rise.after,
        )],
        examples: weeks.examples(rise.since, is_behind),
    };
    (share >= SHARE_MIN / 2.0).then(|| Found {
        finding: finding(),
        touched: Touched::Tool(name),
    })
}

/// Whether a handoff may be for a tool's failure rather than for what the policy demands
/// of it anyway.
fn is_for_it(episode: &Episode) -> bool {
    episode.handoffs.iter().any(|handoff| {
        handoff.root_cause == Some(RootCause::ToolFailure)
            || !matches!(
                handoff.trigger,
                Trigger::Vip | Trigger::Compliance | Trigger::HighStakes
            )
    })
}
