//! Who is proposed what, now.

use segue_model::escalation::Priority;
use segue_model::id::{AgentId, ConversationId, EscalationId};
use segue_model::time::Timestamp;

use crate::pick::{self, DECLINE_COOL_DOWN, Reason, Relaxation};
use crate::view::{Item, View, find_queue};
use crate::world::{QueueRules, Waiting, World};

/// Of how many slots one is kept from the VIP class while others wait: one in
/// five, so that at least 20 % serve the rest (F37).
const FAIR_SHARE_ONE_IN: u32 = 5;

/// One offer to make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The conversation it is about.
    pub conversation: ConversationId,
    /// The escalation to offer.
    pub escalation: EscalationId,
    /// To whom.
    pub agent: AgentId,
    /// When the offer ends by itself.
    pub expires_at: Timestamp,
    /// How far the skills were relaxed for it.
    pub relaxed: Relaxation,
    /// What decided for this agent.
    pub reason: Reason,
    /// How many agents could have had it.
    pub candidates: u32,
}

/// Decides which work is offered to whom now, best-ranked work first.
///
/// No agent gets more proposals than free slots, no escalation more than one,
/// and no free slot stays empty while there is work that its agent may have.
/// Work in an unknown queue is left out; see [`unroutable`].
///
/// **Fair share (F37).** VIP work may hold at most four fifths of the slots of
/// its queue (one, if there are fewer than two) while work of another class
/// waits that the same people could do. Beyond that the VIP item steps behind
/// the others in this plan; what they leave free it still gets.
pub fn plan(world: &World) -> Vec<Proposal> {
    let mut view = View::new(world);
    let mut free: u32 = view.seats.iter().map(|seat| seat.free()).sum();
    if free == 0 {
        return Vec::new();
    }
    let items = offerable(&view);
    let mut others_left = others_per_queue(world, &items);
    let mut proposals = Vec::new();
    let mut stepped_back = Vec::new();
    for item in &items {
        if free == 0 {
            break;
        }
        if is_white_glove(item) {
            if is_share_used_up(&view, item, &others_left) {
                stepped_back.push(item);
                continue;
            }
        } else if let Some(left) = others_left.get_mut(item.queue) {
            *left = left.saturating_sub(1);
        }
        if let Some(proposal) = propose(&mut view, item) {
            proposals.push(proposal);
            free -= 1;
        }
    }
    for item in stepped_back {
        proposals.extend(propose(&mut view, item));
    }
    proposals
}

/// The next instant at which time alone can make more work offerable: a
/// follow-up falls due, a queue opens, a hold for a preferred agent ends,
/// skills relax, a cool-down passes. Plan again then, besides at every change
/// of capacity, presence or queue. `None` if only such a change can help.
pub fn next_wake(world: &World) -> Option<Timestamp> {
    let view = View::new(world);
    let not_offered = world
        .waiting
        .iter()
        .filter(|waiting| !waiting.has_pending_offer);
    not_offered
        .filter_map(|waiting| view.item(waiting))
        .filter_map(|item| wake_of(&view, &item))
        .min()
}

/// The work whose queue does not exist (any more). It must be moved to a queue
/// that does, or it would wait for ever in silence (F39).
pub fn unroutable(world: &World) -> Vec<EscalationId> {
    let is_lost = |waiting: &&Waiting| find_queue(world, &waiting.queue).is_none();
    world
        .waiting
        .iter()
        .filter(is_lost)
        .map(|waiting| waiting.escalation)
        .collect()
}

/// When the overflow rule applies to work that enters the queue at `from` and
/// is accepted by nobody: after the queue's overflow span of open time, or of
/// plain time for urgent work, which knows no hours. A queue that never opens
/// overflows after the plain span too, so that the wait always ends.
pub fn overflow_at(rules: &QueueRules, from: Timestamp, is_urgent: bool) -> Timestamp {
    let plain = from + rules.overflow;
    if is_urgent {
        return plain;
    }
    rules
        .hours
        .after_open_time(from, rules.overflow)
        .unwrap_or(plain)
}

/// What may be offered now, in the order of service.
fn offerable<'w>(view: &View<'w>) -> Vec<Item<'w>> {
    let now = view.now();
    let mut items: Vec<Item<'w>> = view
        .world
        .waiting
        .iter()
        .filter(|waiting| !waiting.has_pending_offer && waiting.is_due(now))
        .filter_map(|waiting| view.item(waiting))
        .filter(|item| view.admits(item))
        .collect();
    items.sort_unstable_by_key(|item| item.rank);
    items
}

/// How much work outside the VIP class each queue has.
fn others_per_queue(world: &World, items: &[Item<'_>]) -> Vec<u32> {
    let mut counts = vec![0; world.queues.len()];
    for item in items.iter().filter(|item| !is_white_glove(item)) {
        if let Some(count) = counts.get_mut(item.queue) {
            *count += 1;
        }
    }
    counts
}

/// Whether the fair share speaks of this work. A cold handoff of a VIP is
/// urgent first and never steps back.
fn is_white_glove(item: &Item<'_>) -> bool {
    item.waiting.priority == Priority::Vip && !item.waiting.is_urgent()
}

/// Whether one more VIP conversation would exceed the class's share of the
/// queue's slots while others wait for the same people.
fn is_share_used_up(view: &View<'_>, item: &Item<'_>, others_left: &[u32]) -> bool {
    let in_queue = view
        .seats
        .iter()
        .filter(|seat| seat.is_open && seat.fit(item.queue).is_some());
    let (slots, vip) = in_queue.fold((0u32, 0u32), |(slots, vip), seat| {
        (
            slots.saturating_add(seat.state.capacity),
            vip.saturating_add(seat.vip_load),
        )
    });
    let kept = slots.div_ceil(FAIR_SHARE_ONE_IN);
    let vip_max = slots.saturating_sub(kept).max(1);
    if vip < vip_max {
        return false;
    }
    let mut contenders = others_left
        .iter()
        .enumerate()
        .filter(|(_, left)| **left > 0);
    contenders.any(|(queue, _)| view.share_somebody(item.queue, queue))
}

/// Picks an agent for the work and takes the slot.
fn propose(view: &mut View<'_>, item: &Item<'_>) -> Option<Proposal> {
    let choice = pick::choose(view, item)?;
    let now = view.now();
    let seat = view.seats.get_mut(choice.seat)?;
    seat.load = seat.load.saturating_add(1);
    if item.waiting.priority == Priority::Vip {
        seat.vip_load = seat.vip_load.saturating_add(1);
    }
    Some(Proposal {
        conversation: item.waiting.conversation,
        escalation: item.waiting.escalation,
        agent: seat.state.agent,
        expires_at: now + item.rules.offer,
        relaxed: choice.relaxed,
        reason: choice.reason,
        candidates: choice.candidates,
    })
}

fn wake_of(view: &View<'_>, item: &Item<'_>) -> Option<Timestamp> {
    let now = view.now();
    if !item.waiting.is_due(now) {
        return item.waiting.due_at;
    }
    if !view.admits(item) {
        return item.rules.hours.next_opening(now);
    }
    let cool_downs = item
        .waiting
        .declined_by
        .iter()
        .map(|(_, at)| *at + DECLINE_COOL_DOWN);
    let relaxations = (0..2).filter_map(|place| pick::relax_at(item, place));
    pick::held_until(view, item)
        .into_iter()
        .chain(relaxations)
        .chain(cool_downs)
        .filter(|at| *at > now)
        .min()
}
