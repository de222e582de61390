//! The world with its names resolved once, so that each look is an index.

use std::cell::OnceCell;

use segue_model::id::QueueKey;
use segue_model::time::Timestamp;

use crate::pick::Relaxation;
use crate::rank::Rank;
use crate::world::{AgentState, Presence, QueueRules, Waiting, World};

/// One piece of work with its queue.
pub(crate) struct Item<'w> {
    pub(crate) waiting: &'w Waiting,
    /// The place of its queue in the world.
    pub(crate) queue: usize,
    pub(crate) rules: &'w QueueRules,
    pub(crate) rank: Rank,
}

/// One agent with what is left of them while a plan is made.
pub(crate) struct Seat<'w> {
    pub(crate) state: &'w AgentState,
    /// There with a live lease and allowed to answer, free or not.
    pub(crate) is_here: bool,
    /// Here and taking offers.
    pub(crate) is_open: bool,
    pub(crate) load: u32,
    pub(crate) vip_load: u32,
    /// Per queue of the world, how well the skills fit; `None` outside of it.
    fits: Vec<Option<Relaxation>>,
}

impl Seat<'_> {
    /// How many more conversations this agent takes now.
    pub(crate) fn free(&self) -> u32 {
        if self.is_open {
            self.state.capacity.saturating_sub(self.load)
        } else {
            0
        }
    }

    /// How well the agent fits a queue they work in.
    pub(crate) fn fit(&self, queue: usize) -> Option<Relaxation> {
        self.fits.get(queue).copied().flatten()
    }
}

/// The world, resolved.
pub(crate) struct View<'w> {
    pub(crate) world: &'w World,
    pub(crate) seats: Vec<Seat<'w>>,
    /// Per queue, whether it is open: the calendar is the dear part, so it is
    /// asked at most once.
    open: Vec<OnceCell<bool>>,
}

impl<'w> View<'w> {
    pub(crate) fn new(world: &'w World) -> Self {
        let seats = world
            .agents
            .iter()
            .map(|agent| seat(world, agent))
            .collect();
        let open = world.queues.iter().map(|_| OnceCell::new()).collect();
        Self { world, seats, open }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.world.now
    }

    /// The work with its queue, or `None` if the queue does not exist.
    pub(crate) fn item<'a>(&self, waiting: &'a Waiting) -> Option<Item<'a>>
    where
        'w: 'a,
    {
        let (queue, rules) = find_queue(self.world, &waiting.queue)?;
        Some(Item {
            waiting,
            queue,
            rules,
            rank: Rank::of(waiting),
        })
    }

    /// Whether a queue is open for this work: urgent work knows no hours.
    pub(crate) fn admits(&self, item: &Item<'_>) -> bool {
        item.waiting.is_urgent() || self.is_open(item.queue)
    }

    /// Whether a queue is open by its hours; one that does not exist is not.
    pub(crate) fn is_open(&self, queue: usize) -> bool {
        let Some(rules) = self.world.queues.get(queue) else {
            return false;
        };
        let ask = || rules.hours.is_open(self.now());
        self.open
            .get(queue)
            .map_or_else(ask, |cell| *cell.get_or_init(ask))
    }

    /// Whether somebody who takes offers works in both queues.
    pub(crate) fn share_somebody(&self, one: usize, other: usize) -> bool {
        self.seats
            .iter()
            .any(|seat| seat.is_open && seat.fit(one).is_some() && seat.fit(other).is_some())
    }
}

pub(crate) fn find_queue<'w>(world: &'w World, key: &QueueKey) -> Option<(usize, &'w QueueRules)> {
    world
        .queues
        .iter()
        .enumerate()
        .find(|(_, rules)| rules.key == *key)
}

fn seat<'w>(world: &World, state: &'w AgentState) -> Seat<'w> {
    let has_live_lease = state.lease_until > world.now;
    let is_there = matches!(state.presence, Presence::Available | Presence::Busy);
    let is_here = has_live_lease && is_there && state.may_reply;
    let fits = world
        .queues
        .iter()
        .map(|rules| state.queues.contains(&rules.key).then(|| fit(rules, state)))
        .collect();
    Seat {
        state,
        is_here,
        is_open: is_here && state.presence == Presence::Available,
        load: state.load,
        vip_load: state.vip_load,
        fits,
    }
}

/// How far the queue's skills must be relaxed for this agent to be right.
fn fit(rules: &QueueRules, agent: &AgentState) -> Relaxation {
    let level_of = |wanted| {
        agent
            .skills
            .iter()
            .filter(|(skill, _)| skill == wanted)
            .map(|(_, level)| *level)
            .max()
    };
    if rules
        .skills
        .iter()
        .all(|skill| level_of(skill) >= Some(rules.skill_level_min))
    {
        Relaxation::None
    } else if rules.skills.iter().any(|skill| level_of(skill).is_some()) {
        Relaxation::SomeSkill
    } else {
        Relaxation::AnyInQueue
    }
}
