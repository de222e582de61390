//! Which agent a piece of work goes to, among those it may go to at all.

use std::cmp::Ordering;

use segue_model::id::AgentId;
use segue_model::time::{Span, Timestamp};
use segue_model::verdict::HandoffKind;

use crate::view::{Item, Seat, View};

/// How long an agent who declined an escalation, or let it time out, is not
/// asked again about it. Afterwards they are asked only if nobody else is free.
pub const DECLINE_COOL_DOWN: Span = Span::minutes(2);

/// The share of the target that work is held for a preferred agent at most.
/// Source: `science.md` §4.2, T_aff = min(SLA/3, owner's expected free time).
const AFFINITY_TARGET_PART: u64 = 3;

/// How far the skills of a queue were relaxed for a proposal; counted as a
/// possible misroute.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Relaxation {
    /// Every skill at the level asked for, or a preferred agent.
    None,
    /// At least one of the skills, at any level.
    SomeSkill,
    /// Anybody who works in the queue.
    AnyInQueue,
}

/// What decided between the agent proposed and the next best.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reason {
    /// Named for this customer, in this place of the list (from 0).
    Preferred {
        /// 0 for the account manager, 1 for the deputy.
        place: usize,
    },
    /// Nobody else could take it.
    OnlyOne,
    /// The other one has declined it before.
    NotDeclined,
    /// The skills fit better.
    BetterSkills,
    /// The smaller part of the capacity is taken.
    LeastLoaded,
    /// Fewer skills; those who can do everything are kept for later.
    FewestSkills,
    /// Waited longest for work.
    LongestIdle,
    /// Equal in all of this; the order of the ids keeps the choice stable.
    StableOrder,
}

/// The agent for one piece of work.
pub(crate) struct Choice {
    pub(crate) seat: usize,
    pub(crate) relaxed: Relaxation,
    pub(crate) reason: Reason,
    /// How many agents could have taken it.
    pub(crate) candidates: u32,
}

struct Candidate<'a> {
    index: usize,
    seat: &'a Seat<'a>,
    has_declined: bool,
    place: Option<usize>,
    relaxed: Relaxation,
}

/// Picks the agent to ask now, if there is one.
pub(crate) fn choose(view: &View<'_>, item: &Item<'_>) -> Option<Choice> {
    let is_held = held_until(view, item).is_some_and(|until| view.now() < until);
    let stage = stage(item, view.now());
    let mut best: Option<Candidate<'_>> = None;
    let mut runner_up: Option<Candidate<'_>> = None;
    let mut candidates = 0;
    for (index, seat) in view.seats.iter().enumerate() {
        let Some(new) = candidate(item, stage, view.now(), index, seat) else {
            continue;
        };
        if is_held && new.place.is_none() {
            continue;
        }
        candidates += 1;
        if best
            .as_ref()
            .is_none_or(|old| compare(&new, old).0 == Ordering::Less)
        {
            runner_up = best.replace(new);
        } else if runner_up
            .as_ref()
            .is_none_or(|old| compare(&new, old).0 == Ordering::Less)
        {
            runner_up = Some(new);
        }
    }
    let best = best?;
    let reason = match (best.place, &runner_up) {
        (Some(place), _) => Reason::Preferred { place },
        (None, None) => Reason::OnlyOne,
        (None, Some(other)) => compare(&best, other).1,
    };
    Some(Choice {
        seat: best.index,
        relaxed: best.relaxed,
        reason,
        candidates,
    })
}

/// Until when the work waits for a preferred agent who is there but full.
/// `None` where there is nobody to wait for: then the whole queue may have it
/// at once. Urgent work is never held.
pub(crate) fn held_until(view: &View<'_>, item: &Item<'_>) -> Option<Timestamp> {
    let waiting = item.waiting;
    if waiting.preferred.is_empty() || waiting.is_urgent() {
        return None;
    }
    let service = view.world.stats.service_mean(&waiting.queue).millis();
    let awaited = |seat: &&Seat<'_>| {
        seat.is_here
            && seat.state.capacity > 0
            && waiting.preferred.contains(&seat.state.agent)
            && rests_until(&item.waiting.declined_by, seat.state.agent).is_none()
    };
    // With all slots full, the next of `capacity` slots frees after 1/(capacity·μ).
    let frees_after = view
        .seats
        .iter()
        .filter(awaited)
        .map(|seat| service / u64::from(seat.state.capacity))
        .min()?;
    let longest = item
        .rules
        .affinity
        .millis()
        .min(item.rules.target.millis() / AFFINITY_TARGET_PART);
    Some(waiting.entered() + Span(longest.min(frees_after)))
}

/// How far the skills may be relaxed by now. Cold work never relaxes.
pub(crate) fn stage(item: &Item<'_>, now: Timestamp) -> Relaxation {
    if item.waiting.kind == HandoffKind::Cold {
        return Relaxation::None;
    }
    let has_passed = |place| relax_at(item, place).is_some_and(|at| at <= now);
    match (has_passed(0), has_passed(1)) {
        (_, true) => Relaxation::AnyInQueue,
        (true, false) => Relaxation::SomeSkill,
        (false, false) => Relaxation::None,
    }
}

/// When the skills relax for the first (0) and second (1) time.
pub(crate) fn relax_at(item: &Item<'_>, place: usize) -> Option<Timestamp> {
    item.rules
        .relax_after
        .get(place)
        .map(|after| item.waiting.entered() + *after)
}

/// Until when an agent is not asked again about what they declined or let time out;
/// nothing if they did neither. `declined_by` says who did so when.
pub fn rests_until(declined_by: &[(AgentId, Timestamp)], agent: AgentId) -> Option<Timestamp> {
    let own = declined_by.iter().filter(|(by, _)| *by == agent);
    own.map(|(_, at)| *at + DECLINE_COOL_DOWN).max()
}

fn candidate<'a>(
    item: &Item<'_>,
    stage: Relaxation,
    now: Timestamp,
    index: usize,
    seat: &'a Seat<'a>,
) -> Option<Candidate<'a>> {
    if seat.free() == 0 {
        return None;
    }
    let rests_until = rests_until(&item.waiting.declined_by, seat.state.agent);
    if rests_until.is_some_and(|until| now < until) {
        return None;
    }
    let place = item
        .waiting
        .preferred
        .iter()
        .position(|agent| *agent == seat.state.agent);
    // Somebody named for this customer needs neither queue nor skill, except
    // for cold work, which is nobody's but the specialists'.
    let relaxed = if place.is_some() && item.waiting.kind != HandoffKind::Cold {
        Relaxation::None
    } else {
        seat.fit(item.queue).filter(|fit| *fit <= stage)?
    };
    Some(Candidate {
        index,
        seat,
        has_declined: rests_until.is_some(),
        place,
        relaxed,
    })
}

/// The order of candidates, the better one less, and what decided.
/// Source of the last four: `science.md` §4.2.
fn compare(one: &Candidate<'_>, other: &Candidate<'_>) -> (Ordering, Reason) {
    let (a, b) = (one.seat, other.seat);
    let place = |candidate: &Candidate<'_>| candidate.place.unwrap_or(usize::MAX);
    // load/capacity by cross-multiplication: exact, and no division.
    let part = |x: &Seat<'_>, y: &Seat<'_>| u64::from(x.load) * u64::from(y.state.capacity);
    let criteria = [
        (
            one.has_declined.cmp(&other.has_declined),
            Reason::NotDeclined,
        ),
        (
            place(one).cmp(&place(other)),
            Reason::Preferred { place: place(one) },
        ),
        (one.relaxed.cmp(&other.relaxed), Reason::BetterSkills),
        (part(a, b).cmp(&part(b, a)), Reason::LeastLoaded),
        (
            a.state.skills.len().cmp(&b.state.skills.len()),
            Reason::FewestSkills,
        ),
        (
            a.state.idle_since.cmp(&b.state.idle_since),
            Reason::LongestIdle,
        ),
    ];
    let decisive = criteria.into_iter().find(|(order, _)| order.is_ne());
    decisive.unwrap_or((a.state.agent.cmp(&b.state.agent), Reason::StableOrder))
}
