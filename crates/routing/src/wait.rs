//! How long a customer will wait, with an interval that keeps its word.
//!
//! The point is QLm with shared agents (`science.md` §4.4): with `q` customers
//! ahead, `n` slots that finish at rate μ each, and waiting customers who give
//! up at rate θ, the wait is about Σ_{i=0}^{q} 1/(nμ + iθ). The interval is the
//! point times quantiles of what "actual over estimated" has been (§4.5). All
//! times here are minutes, because that is what people are told.

pub mod announce;
pub mod display;
pub mod ratios;
mod stages;
pub mod stats;

use segue_model::escalation::Priority;
use segue_model::id::{AgentId, ConversationId, EscalationId, QueueKey};
use segue_model::time::{Span, Timestamp};
use segue_model::verdict::HandoffKind;

use crate::pick;
use crate::rank::Rank;
use crate::view::{Item, Seat, View};
use crate::wait::display::Display;
use crate::wait::stages::Stages;
use crate::world::{Waiting, World};

const MINUTE_MS: f64 = 60_000.0;

/// Who wants to know.
#[derive(Debug, Clone, Copy)]
pub enum Asker<'a> {
    /// Somebody who would join this queue now.
    Joining {
        /// Which queue.
        queue: &'a QueueKey,
        /// Their class.
        priority: Priority,
        /// How they would be handed over.
        kind: HandoffKind,
        /// The agents they would be held for.
        preferred: &'a [AgentId],
    },
    /// Somebody who waits.
    Waiting(EscalationId),
}

/// What is known about one customer's wait, from `at` on.
#[derive(Debug, Clone, PartialEq)]
pub struct Estimate {
    /// The queue it is about.
    pub queue: QueueKey,
    /// The class it is about.
    pub priority: Priority,
    /// When it was made; the interval counts from here.
    pub at: Timestamp,
    /// The place in line in this queue, from 1.
    pub position: u32,
    /// How long it takes; `None` while the queue is closed or nobody is there,
    /// because then any figure would be invented.
    pub interval: Option<Interval>,
    /// The same as people are told; present exactly when the interval is.
    pub display: Option<Display>,
    /// Who will probably come: whoever would be asked now, else the preferred
    /// agent the work is held for.
    pub likely_agent: Option<AgentId>,
    /// Whether the queue is open for this work.
    pub is_open: bool,
    /// When it opens, while it is closed and if it does at all.
    pub opens_at: Option<Timestamp>,
    /// Whether anybody who could take it is there and taking offers.
    pub is_staffed: bool,
    /// Whether to offer a call back or a written answer instead of the wait:
    /// closed, unstaffed, "more than", or longer than half of the customers
    /// would stay (`science.md` §4.2).
    pub offers_callback: bool,
}

/// A wait in minutes, before rounding.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// The expected wait.
    pub point_min: f64,
    /// The lower end; a tenth of the waits are to be shorter.
    pub lo_min: f64,
    /// The upper end; a tenth of the waits are to be longer.
    pub hi_min: f64,
}

impl Estimate {
    /// The instant by which the wait is announced to end: the upper end of what
    /// is displayed. `None` where no upper end is told.
    pub fn announced_until(&self) -> Option<Timestamp> {
        self.display?
            .hi_min()
            .map(|hi| self.at + Span::minutes(u64::from(hi)))
    }
}

/// Estimates a wait, before joining or while waiting.
///
/// `None` if the queue does not exist, the escalation does not wait, or it was
/// promised for later. Same world, same answer.
pub fn estimate(world: &World, asker: Asker<'_>) -> Option<Estimate> {
    let view = View::new(world);
    match asker {
        Asker::Joining {
            queue,
            priority,
            kind,
            preferred,
        } => {
            let joining = Waiting {
                conversation: ConversationId::nil(),
                escalation: EscalationId::nil(),
                queue: queue.clone(),
                kind,
                priority,
                since: world.now,
                queued_at: world.now,
                preferred: preferred.to_vec(),
                declined_by: Vec::new(),
                has_pending_offer: false,
                due_at: None,
            };
            estimate_item(&view, &view.item(&joining)?)
        }
        Asker::Waiting(id) => {
            let waiting = world
                .waiting
                .iter()
                .find(|waiting| waiting.escalation == id)?;
            estimate_item(&view, &view.item(waiting)?)
        }
    }
}

fn estimate_item(view: &View<'_>, item: &Item<'_>) -> Option<Estimate> {
    if !item.waiting.is_due(view.now()) {
        return None;
    }
    let ahead = ahead_of(view, item);
    let is_open = view.admits(item);
    let pool = Pool::of(view, item);
    let is_next = is_open && !item.waiting.has_pending_offer && ahead.own == 0;
    let asked = if is_next {
        pick::choose(view, item)
    } else {
        None
    };
    let asked = asked
        .and_then(|choice| view.seats.get(choice.seat))
        .map(|seat| seat.state.agent);
    let is_staffed = pool.slots > 0 || asked.is_some();
    let is_served_now = asked.is_some() || item.waiting.has_pending_offer;
    let interval = (is_open && is_staffed).then(|| {
        let queued = if is_served_now {
            0.0
        } else {
            pool.waits_for(ahead.own, ahead.shared)
        };
        interval(view, item, &pool, queued)
    });
    let display = interval.map(|interval| Display::of(interval.lo_min, interval.hi_min));
    let patience_median = view.world.stats.patience_median_min(&item.waiting.queue);
    let is_too_long = interval.is_none_or(|interval| interval.hi_min > patience_median)
        || matches!(display, Some(Display::MoreThan { .. }));
    Some(Estimate {
        queue: item.waiting.queue.clone(),
        priority: item.waiting.priority,
        at: view.now(),
        position: ahead.in_line.saturating_add(1),
        interval,
        display,
        likely_agent: asked.or_else(|| awaited_agent(view, item)),
        is_open,
        opens_at: if is_open {
            None
        } else {
            item.rules.hours.next_opening(view.now())
        },
        is_staffed,
        offers_callback: is_too_long,
    })
}

/// The interval for somebody for whom `queued` slots must come free.
fn interval(view: &View<'_>, item: &Item<'_>, pool: &Pool, queued: f64) -> Interval {
    let stats = &view.world.stats;
    let queue = &item.waiting.queue;
    let finish_rate = f64::from(pool.slots) / stats.service_mean_min(queue);
    let stages = Stages::new(queued, finish_rate, stats.patience_rate(queue))
        .then(stats.answer_mean_min(queue));
    let point_min = stages.mean_min();
    let (lo_min, hi_min) = stats
        .ratio_interval(queue, item.waiting.priority, point_min)
        .map_or_else(
            || stages.interval_min(stats.miss_rate(queue)),
            |(lo, hi)| (lo * point_min, hi * point_min),
        );
    Interval {
        point_min,
        lo_min,
        hi_min,
    }
}

/// The customers who are served before.
struct Ahead {
    /// In the same queue, offered ones included: the place in line.
    in_line: u32,
    /// In the same queue and not yet offered; the others' slots count as taken.
    own: u32,
    /// From other queues, as far as they compete for the same slots.
    shared: f64,
}

fn ahead_of(view: &View<'_>, item: &Item<'_>) -> Ahead {
    let (mut in_line, mut own) = (0, 0);
    let mut elsewhere = vec![0_u32; view.world.queues.len()];
    let waiting = view
        .world
        .waiting
        .iter()
        .filter(|other| other.is_due(view.now()));
    for other in waiting.filter(|other| Rank::of(other) < item.rank) {
        if other.queue == item.waiting.queue {
            in_line += 1;
            own += u32::from(!other.has_pending_offer);
        } else if let Some(other) = view
            .item(other)
            .filter(|other| !other.waiting.has_pending_offer)
            && let Some(count) = elsewhere.get_mut(other.queue)
        {
            *count += 1;
        }
    }
    let shared = elsewhere
        .iter()
        .enumerate()
        .filter(|(_, count)| **count > 0)
        .map(|(queue, count)| f64::from(*count) * shared_part(view, queue, item.queue))
        .sum();
    Ahead {
        in_line,
        own,
        shared,
    }
}

/// The part of another queue's slots that also serve this one: how many of its
/// customers will take a slot from here. None while it is closed.
fn shared_part(view: &View<'_>, other: usize, own: usize) -> f64 {
    if !view.is_open(other) {
        return 0.0;
    }
    let (mut slots, mut shared) = (0_u32, 0_u32);
    for seat in view
        .seats
        .iter()
        .filter(|seat| seat.is_open && seat.fit(other).is_some())
    {
        slots = slots.saturating_add(seat.state.capacity);
        if seat.fit(own).is_some() {
            shared = shared.saturating_add(seat.state.capacity);
        }
    }
    if slots == 0 {
        0.0
    } else {
        f64::from(shared) / f64::from(slots)
    }
}

/// The slots that can serve a piece of work.
struct Pool {
    slots: u32,
    free: u32,
}

impl Pool {
    /// Counts the slots of those with the skills; if nobody has them, of those
    /// whom relaxed skills will reach.
    fn of(view: &View<'_>, item: &Item<'_>) -> Self {
        let is_cold = item.waiting.kind == HandoffKind::Cold;
        let stage = pick::stage(item, view.now());
        let is_named =
            |seat: &Seat<'_>| !is_cold && item.waiting.preferred.contains(&seat.state.agent);
        let strict = Self::count(view, |seat| {
            is_named(seat) || seat.fit(item.queue).is_some_and(|fit| fit <= stage)
        });
        if strict.slots > 0 || is_cold || item.rules.relax_after.is_empty() {
            return strict;
        }
        Self::count(view, |seat| seat.fit(item.queue).is_some())
    }

    fn count(view: &View<'_>, is_in: impl Fn(&Seat<'_>) -> bool) -> Self {
        let seats = view.seats.iter().filter(|seat| seat.is_open && is_in(seat));
        seats.fold(Self { slots: 0, free: 0 }, |pool, seat| Self {
            slots: pool.slots.saturating_add(seat.state.capacity),
            free: pool.free.saturating_add(seat.free()),
        })
    }

    /// How many slots must come free before it is one's turn: those ahead and
    /// oneself, less the slots that are free already.
    fn waits_for(&self, own: u32, shared: f64) -> f64 {
        (f64::from(own) + shared + 1.0 - f64::from(self.free)).max(0.0)
    }
}

/// The first preferred agent who is there, while the work is held for them.
fn awaited_agent(view: &View<'_>, item: &Item<'_>) -> Option<AgentId> {
    pick::held_until(view, item).filter(|until| view.now() < *until)?;
    let is_here = |agent: &&AgentId| {
        view.seats
            .iter()
            .any(|seat| seat.is_here && seat.state.agent == **agent)
    };
    item.waiting.preferred.iter().find(is_here).copied()
}

/// A span as the minutes that people are told.
pub(crate) fn minutes(span: Span) -> f64 {
    #[expect(clippy::cast_precision_loss, reason = "exact up to 285,000 years")]
    let millis = span.millis() as f64;
    millis / MINUTE_MS
}

/// Minutes as a span; negative ones are none.
pub(crate) fn span(minutes: f64) -> Span {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "the cast saturates, which is what is wanted"
    )]
    let millis = (minutes * MINUTE_MS) as u64;
    Span(millis)
}
