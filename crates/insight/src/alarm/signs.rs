//! The leading signs (science §1.5): what shows before satisfaction does.

use segue_model::id::ConversationId;
use segue_model::time::Span;
use serde::Serialize;

use super::{Periods, is_contained};
use crate::episode::Episode;
use crate::shift::{Counted, normal_above, z_of};

/// The key of the sign that wishes are passed over.
pub(super) const IGNORED: &str = "ignored_requests";
/// Within what time coming back counts as not having been helped.
const RECONTACT: Span = Span::hours(72);
/// How many repeats of a concern are going in circles.
const CIRCLES_MIN: u8 = 3;
/// After how many customer turns a person comes late.
const LATE_TURNS_MIN: u32 = 2;
/// The one-sided chance below which a sign is worse, shared among the six of them (Bonferroni).
const P_MAX: f64 = 0.05 / 6.0;
/// The fewest cases that make a sign.
const CASES_MIN: u32 = 5;

/// One sign before and after.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sign {
    /// `ignored_requests`, `begging`, `silent_after_asking`, `recontact_72h`, `circles` or `late`.
    pub key: &'static str,
    /// In words.
    pub label: &'static str,
    /// How many of the earlier period.
    pub before: u32,
    /// Of how many.
    pub n_before: u32,
    /// How many of the later period.
    pub after: u32,
    /// Of how many.
    pub n_after: u32,
    /// The chance of so clear a rise where there is none.
    pub p: f64,
    /// Whether it is worse than before.
    pub is_worse: bool,
    /// The newest conversations of the later period behind it.
    pub conversations: Vec<ConversationId>,
}

/// What a sign says of a conversation: nothing, or whether it shows.
type Shows<'s> = &'s dyn Fn(&Episode) -> Option<bool>;

pub(super) fn all(periods: &Periods<'_>, shown_max: usize) -> Vec<Sign> {
    let asked = |it: &Episode| it.wishes() > 0;
    let ignored = |it: &Episode| asked(it).then(|| it.ignored_wishes() > 0);
    let begging = |it: &Episode| asked(it).then(|| it.wishes() >= 2);
    let silent = |it: &Episode| {
        asked(it).then(|| is_contained(it) && it.closed.is_some() && it.helped != Some(true))
    };
    let back = |it: &Episode| {
        let is_over = it.started_at + RECONTACT <= periods.now;
        (is_contained(it) && it.who.is_some() && is_over).then(|| is_back(it))
    };
    let circles = |it: &Episode| {
        let repeats = it.wished.as_ref().map_or(0, |signs| signs.repeats);
        Some(is_contained(it) && repeats >= CIRCLES_MIN)
    };
    let late = |it: &Episode| {
        let waited = it.wished.as_ref().and_then(|signs| signs.turns_to_person);
        waited.map(|turns| turns >= LATE_TURNS_MIN)
    };
    let rows: [(&'static str, &'static str, Shows<'_>); 6] = [
        (
            IGNORED,
            "Wishes for a person that the assistant did not heed, of conversations with one",
            &ignored,
        ),
        (
            "begging",
            "Asked for a person twice or more, of conversations that asked",
            &begging,
        ),
        (
            "silent_after_asking",
            "Gone in silence after asking for a person, of conversations that asked",
            &silent,
        ),
        (
            "recontact_72h",
            "Back on the same concern within 72 hours, of known customers without a person",
            &back,
        ),
        (
            "circles",
            "The same concern put three times without a person, of conversations with the assistant",
            &circles,
        ),
        (
            "late",
            "A person two turns or more after the first sign, of handoffs with a sign",
            &late,
        ),
    ];
    let row = |(key, label, shows)| sign(periods, (key, label), shows, shown_max);
    rows.into_iter().map(row).collect()
}

fn sign(
    periods: &Periods<'_>,
    (key, label): (&'static str, &'static str),
    shows: Shows<'_>,
    shown_max: usize,
) -> Sign {
    let (mut before, mut after) = (Counted::default(), Counted::default());
    let mut conversations = Vec::new();
    for (episode, is_after) in periods.known() {
        let Some(is_hit) = shows(episode) else {
            continue;
        };
        let period = if is_after { &mut after } else { &mut before };
        period.add(is_hit);
        if is_hit && is_after && conversations.len() < shown_max {
            conversations.push(episode.id);
        }
    }
    let p = z_of(before, after).map_or(1.0, normal_above);
    Sign {
        key,
        label,
        before: before.k,
        n_before: before.n,
        after: after.k,
        n_after: after.n,
        p,
        is_worse: p < P_MAX && after.k >= CASES_MIN,
        conversations,
    }
}

/// Whether the same person came back on the same concern in time.
fn is_back(episode: &Episode) -> bool {
    let until = episode.started_at + RECONTACT;
    let came = [episode.reopened_at, episode.returned_at];
    let mut came = came.iter().filter_map(|at| at.get());
    came.any(|at| at <= until)
}
