//! In which order work is served: linear ageing with a head start.
//!
//! The score of an item is `(now − arrival) · b + head start` with b = 1 for
//! all classes (`science.md` §4.2). Whoever waits is therefore overtaken only
//! by better classes that came at most the difference of the head starts
//! later, so nobody starves (F36), and the order of two items never changes
//! while both wait. The measured wait is not touched.

use segue_model::escalation::Priority;
use segue_model::id::EscalationId;
use segue_model::time::{Span, Timestamp};

use crate::world::{Waiting, World};

/// The head start of the high class: half of the white glove's.
pub const HIGH_HEAD_START: Span = Span::minutes(5);
/// The head start of the white glove. Source: `science.md` §4.2.
pub const VIP_HEAD_START: Span = Span::minutes(10);

/// How many minutes of age a class is worth. The urgent class needs none,
/// because it goes before all others.
pub const fn head_start(priority: Priority) -> Span {
    match priority {
        Priority::Normal | Priority::Urgent => Span(0),
        Priority::High => HIGH_HEAD_START,
        Priority::Vip => VIP_HEAD_START,
    }
}

/// A place in the order; the smaller one is served first.
///
/// With b = 1 the score differs from `head start − arrival` by the same `now`
/// for everybody, so the earlier "arrival less head start" is the higher score.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Rank {
    can_wait: bool,
    arrival_less_head_start: Timestamp,
    /// Among equals the one who really waits longer.
    arrival: Timestamp,
    since: Timestamp,
    escalation: EscalationId,
}

impl Rank {
    pub(crate) fn of(waiting: &Waiting) -> Self {
        let arrival = waiting.arrival();
        Self {
            can_wait: !waiting.is_urgent(),
            arrival_less_head_start: arrival - head_start(waiting.priority),
            arrival,
            since: waiting.since,
            escalation: waiting.escalation,
        }
    }
}

/// Everybody who waits for somebody now, over all queues, in the order of service.
pub fn in_order(world: &World) -> Vec<EscalationId> {
    let due = world
        .waiting
        .iter()
        .filter(|waiting| waiting.is_due(world.now));
    let mut ranks: Vec<Rank> = due.map(Rank::of).collect();
    ranks.sort_unstable();
    ranks.into_iter().map(|rank| rank.escalation).collect()
}

/// The place in line within its queue, from 1. Who is being offered to an
/// agent still stands in line, so a decline never sends anybody back.
///
/// `None` if the escalation does not wait, or was promised for later.
pub fn position(world: &World, escalation: EscalationId) -> Option<u32> {
    let own = world
        .waiting
        .iter()
        .find(|waiting| waiting.escalation == escalation)?;
    if !own.is_due(world.now) {
        return None;
    }
    let rank = Rank::of(own);
    let ahead = world
        .waiting
        .iter()
        .filter(|other| other.queue == own.queue && other.is_due(world.now))
        .filter(|other| Rank::of(other) < rank)
        .count();
    Some(u32::try_from(ahead).unwrap_or(u32::MAX).saturating_add(1))
}
