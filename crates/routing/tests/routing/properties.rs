//! What holds of every plan, whatever the world.

use std::collections::{BTreeMap, BTreeSet};

use proptest::collection::vec;
use proptest::prelude::*;
use segue_model::escalation::Priority;
use segue_model::id::QueueKey;
use segue_model::time::Span;
use segue_model::verdict::HandoffKind;
use segue_routing::hours::Weekly;
use segue_routing::rank::head_start;
use segue_routing::{
    AgentState, Asker, DECLINE_COOL_DOWN, Presence, Proposal, QueueRules, Relaxation, Schedule,
    Waiting, World, estimate, next_wake, plan, position,
};

use crate::build::{agent, agent_id, at, escalation_id, queue, skills, waiting, world};

const QUEUES: [&str; 3] = ["general", "billing", "security"];

fn rules() -> Vec<QueueRules> {
    let relaxing = vec![Span::minutes(3), Span::minutes(8)];
    let mut weekly = Weekly::default();
    // Wednesday from 12:30: closed at noon.
    weekly[2] = vec![("12:30".parse().unwrap(), "18:00".parse().unwrap())];
    let late = Schedule::new("UTC", weekly, Vec::new()).unwrap();
    vec![
        queue("general"),
        QueueRules {
            skills: skills(&["billing", "german"]),
            skill_level_min: 2,
            relax_after: relaxing,
            ..queue("billing")
        },
        QueueRules {
            skills: skills(&["security"]),
            hours: late,
            ..queue("security")
        },
    ]
}

fn any_priority() -> impl Strategy<Value = Priority> {
    prop_oneof![
        5 => Just(Priority::Normal),
        2 => Just(Priority::High),
        3 => Just(Priority::Vip),
        1 => Just(Priority::Urgent),
    ]
}

fn any_waiting() -> impl Strategy<Value = Waiting> {
    let kind = prop_oneof![8 => Just(HandoffKind::Warm), 1 => Just(HandoffKind::Cold)];
    let preferred = vec((0..8_u32).prop_map(agent_id), 0..3);
    let declined = vec(
        (
            (0..8_u32).prop_map(agent_id),
            (0..6_i64).prop_map(|m| at(-m)),
        ),
        0..3,
    );
    let due = prop::option::weighted(0.2, (-20..20_i64).prop_map(at));
    let place = (0..3_usize, kind, any_priority(), 0..40_i64, 0..40_i64);
    (place, preferred, declined, prop::bool::weighted(0.1), due).prop_map(
        |((queue, kind, priority, waited, moved), preferred, declined_by, offered, due_at)| {
            Waiting {
                queue: QUEUES[queue].into(),
                kind,
                priority,
                queued_at: at(-waited.min(moved)),
                preferred,
                declined_by,
                has_pending_offer: offered,
                due_at,
                ..waiting(0, waited)
            }
        },
    )
}

fn any_agent() -> impl Strategy<Value = AgentState> {
    let presence = prop_oneof![
        6 => Just(Presence::Available),
        1 => Just(Presence::Busy),
        1 => Just(Presence::Away),
        1 => Just(Presence::Offline),
    ];
    let names = prop::sample::subsequence(vec!["billing", "german", "security"], 0..=3);
    let queues = prop::sample::subsequence(QUEUES.to_vec(), 0..=3);
    let flags = (prop::bool::weighted(0.9), prop::bool::weighted(0.9));
    (
        presence,
        names,
        1..4_u8,
        queues,
        0..5_u32,
        0..5_u32,
        0..5_u32,
        0..90_i64,
        flags,
    )
        .prop_map(
            |(presence, names, level, queues, capacity, load, vip, idle, (is_live, may_reply))| {
                AgentState {
                    presence,
                    skills: skills(&names)
                        .into_iter()
                        .map(|skill| (skill, level))
                        .collect(),
                    queues: queues.into_iter().map(QueueKey::from).collect(),
                    capacity,
                    load,
                    vip_load: vip.min(load),
                    idle_since: at(-idle),
                    lease_until: if is_live { at(10_000) } else { at(0) },
                    may_reply,
                    ..agent(0)
                }
            },
        )
}

fn any_world() -> impl Strategy<Value = World> {
    (vec(any_waiting(), 0..24), vec(any_agent(), 0..8)).prop_map(|(mut items, mut agents)| {
        for (n, item) in (0..).zip(&mut items) {
            item.escalation = escalation_id(n);
            item.conversation = format!("conv_{n:032x}").parse().unwrap();
        }
        for (n, agent) in (0..).zip(&mut agents) {
            agent.agent = agent_id(n);
        }
        World {
            queues: rules(),
            ..world(items, agents)
        }
    })
}

fn item_of<'w>(world: &'w World, offer: &Proposal) -> &'w Waiting {
    world
        .waiting
        .iter()
        .find(|item| item.escalation == offer.escalation)
        .unwrap()
}

fn agent_of<'w>(world: &'w World, offer: &Proposal) -> &'w AgentState {
    world
        .agents
        .iter()
        .find(|agent| agent.agent == offer.agent)
        .unwrap()
}

fn rules_of<'w>(world: &'w World, item: &Waiting) -> &'w QueueRules {
    world
        .queues
        .iter()
        .find(|rules| rules.key == item.queue)
        .unwrap()
}

fn is_urgent(item: &Waiting) -> bool {
    item.priority == Priority::Urgent || item.kind == HandoffKind::Cold
}

/// Eligibility, written a second time and from the rules alone: slots aside.
fn may_have(world: &World, item: &Waiting, agent: &AgentState) -> bool {
    let now = world.now;
    let rules = rules_of(world, item);
    let is_offerable = !item.has_pending_offer
        && item.due_at.is_none_or(|due| due <= now)
        && (rules.hours.is_open(now) || is_urgent(item));
    let is_there =
        agent.presence == Presence::Available && agent.lease_until > now && agent.may_reply;
    let cools_down = item
        .declined_by
        .iter()
        .any(|(by, at)| *by == agent.agent && *at + DECLINE_COOL_DOWN > now);
    let waited = now.since(
        item.queued_at
            .max(item.since)
            .max(item.due_at.unwrap_or(item.since)),
    );
    let is_cold = item.kind == HandoffKind::Cold;
    let is_preferred = item.preferred.contains(&agent.agent);
    let level = |skill| {
        agent
            .skills
            .iter()
            .find(|(own, _)| own == skill)
            .map_or(0, |(_, l)| *l)
    };
    let has_passed = |n: usize| {
        !is_cold
            && rules
                .relax_after
                .get(n)
                .is_some_and(|after| *after <= waited)
    };
    let has_all = rules
        .skills
        .iter()
        .all(|skill| level(skill) >= rules.skill_level_min);
    let has_some = rules.skills.iter().any(|skill| level(skill) > 0);
    let has_skill = has_all || (has_passed(0) && has_some) || has_passed(1);
    let is_right = agent.queues.contains(&item.queue) && has_skill;
    is_offerable && is_there && !cools_down && (is_right || (is_preferred && !is_cold))
}

/// Whether the work may be held back for a preferred agent who is there.
fn may_be_held(world: &World, item: &Waiting) -> bool {
    let is_here = |agent: &&AgentState| {
        item.preferred.contains(&agent.agent)
            && matches!(agent.presence, Presence::Available | Presence::Busy)
            && agent.lease_until > world.now
            && agent.may_reply
            && agent.capacity > 0
            && item.declined_by.iter().all(|(by, _)| *by != agent.agent)
    };
    let entered = item
        .queued_at
        .max(item.since)
        .max(item.due_at.unwrap_or(item.since));
    let longest = rules_of(world, item).target.millis() / 3;
    !is_urgent(item)
        && world.now.since(entered).millis() < longest
        && world.agents.iter().any(|agent| is_here(&agent))
}

fn free_after(offers: &[Proposal], agent: &AgentState) -> i64 {
    let given = offers
        .iter()
        .filter(|offer| offer.agent == agent.agent)
        .count();
    i64::from(agent.capacity) - i64::from(agent.load) - i64::try_from(given).unwrap()
}

fn arrival(item: &Waiting) -> i64 {
    item.due_at.map_or(item.since, |due| due.max(item.since)).0
}

/// Whether `first` goes before `second` by the published score alone.
fn goes_before(world: &World, first: &Waiting, second: &Waiting) -> bool {
    let score = |item: &Waiting| {
        let head_start = i64::try_from(head_start(item.priority).millis()).unwrap();
        (is_urgent(item), world.now.0 - arrival(item) + head_start)
    };
    score(first) >= score(second)
}

/// Makes the offers of a plan.
fn apply(world: &World, offers: &[Proposal]) -> World {
    let mut next = world.clone();
    for offer in offers {
        let mut items = next.waiting.iter_mut();
        items
            .find(|item| item.escalation == offer.escalation)
            .unwrap()
            .has_pending_offer = true;
        let mut agents = next.agents.iter_mut();
        agents
            .find(|agent| agent.agent == offer.agent)
            .unwrap()
            .load += 1;
    }
    next
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    /// I6, I7, F40.
    #[test]
    fn every_proposal_is_right(world in any_world()) {
        let offers = plan(&world);
        let unique: BTreeSet<_> = offers.iter().map(|offer| offer.escalation).collect();
        prop_assert_eq!(unique.len(), offers.len());
        let mut given: BTreeMap<_, u32> = BTreeMap::new();
        for offer in &offers {
            *given.entry(offer.agent).or_default() += 1;
            let item = item_of(&world, offer);
            prop_assert!(may_have(&world, item, agent_of(&world, offer)), "{:?}", offer);
            prop_assert_eq!(offer.conversation, item.conversation);
            prop_assert_eq!(offer.expires_at, world.now + rules_of(&world, item).offer);
            prop_assert!(item.kind != HandoffKind::Cold || offer.relaxed == Relaxation::None);
        }
        for agent in &world.agents {
            let given = given.get(&agent.agent).copied().unwrap_or(0);
            prop_assert!(agent.load.saturating_add(given) <= agent.capacity.max(agent.load));
        }
    }

    /// No free slot stays empty while there is work its agent may have.
    #[test]
    fn the_plan_is_work_conserving(world in any_world()) {
        let offers = plan(&world);
        for item in &world.waiting {
            let is_offered = offers.iter().any(|offer| offer.escalation == item.escalation);
            if is_offered || may_be_held(&world, item) {
                continue;
            }
            for agent in world.agents.iter().filter(|agent| may_have(&world, item, agent)) {
                prop_assert!(free_after(&offers, agent) <= 0, "{:?} idle, {:?}", agent, item);
            }
        }
    }

    /// F36: who is left waiting is passed only by a better score, or, for the
    /// white glove, by the fair share of the others (F37).
    #[test]
    fn nobody_is_passed_outside_of_the_head_start(world in any_world()) {
        let offers = plan(&world);
        for left in &world.waiting {
            let is_offered = offers.iter().any(|offer| offer.escalation == left.escalation);
            let is_vip = left.priority == Priority::Vip && !is_urgent(left);
            if is_offered || is_vip || may_be_held(&world, left) {
                continue;
            }
            for offer in &offers {
                if may_have(&world, left, agent_of(&world, offer)) {
                    prop_assert!(goes_before(&world, item_of(&world, offer), left));
                }
            }
        }
    }

    /// F37: while others wait whom a VIP's agent could serve, VIPs get no more
    /// than four fifths of the slots (nobody held, everybody in one queue).
    #[test]
    fn vips_leave_a_fifth(
        capacities in vec((1..6_u32, 0..6_u32, 0..6_u32), 1..6),
        classes in vec((any::<bool>(), 0..30_i64), 0..40),
    ) {
        let agents: Vec<_> = (0..).zip(&capacities).map(|(n, (capacity, load, vip))| {
            let load = *load.min(capacity);
            AgentState { capacity: *capacity, load, vip_load: *vip.min(&load), ..agent(n) }
        }).collect();
        let items = (0..).zip(&classes).map(|(n, (is_vip, waited))| Waiting {
            priority: if *is_vip { Priority::Vip } else { Priority::Normal },
            ..waiting(n, *waited)
        }).collect();
        let world = world(items, agents);
        let offers = plan(&world);
        let new_vips = offers.iter().filter(|offer| item_of(&world, offer).priority == Priority::Vip).count();
        let others_left = world.waiting.iter().any(|item| item.priority == Priority::Normal
            && offers.iter().all(|offer| offer.escalation != item.escalation));
        if new_vips > 0 && others_left {
            let slots: u32 = world.agents.iter().map(|agent| agent.capacity).sum();
            let vips: u32 = world.agents.iter().map(|agent| agent.vip_load).sum();
            let vips = vips + u32::try_from(new_vips).unwrap();
            prop_assert!(vips * 5 <= slots * 4 || vips == 1, "{} of {}", vips, slots);
        }
    }

    /// The same world, the same plan, in whatever order it is written down.
    #[test]
    fn the_plan_does_not_depend_on_the_order(world in any_world()) {
        let offers = plan(&world);
        prop_assert_eq!(&plan(&world), &offers);
        let mut turned = world.clone();
        turned.waiting.reverse();
        turned.agents.reverse();
        prop_assert_eq!(plan(&turned), offers);
    }

    /// A plan leaves nothing for a second one, and time alone changes that not
    /// before the next wake.
    #[test]
    fn nothing_is_left_until_the_next_wake(world in any_world(), later in 0..3_600_000_u64) {
        let mut next = apply(&world, &plan(&world));
        prop_assert_eq!(plan(&next), vec![]);
        let wake = next_wake(&next);
        prop_assert!(wake.is_none_or(|wake| wake > next.now));
        next.now = match wake {
            Some(wake) => wake.min(next.now + Span(later)) - Span(1),
            None => next.now + Span(later),
        };
        if next.now >= world.now {
            prop_assert_eq!(plan(&next), vec![]);
        }
    }

    /// Places in line are 1, 2, 3 … without gaps, and the order never changes
    /// while people wait.
    #[test]
    fn places_are_a_line(world in any_world()) {
        for queue in QUEUES {
            let places: BTreeSet<_> = world.waiting.iter()
                .filter(|item| item.queue.as_str() == queue)
                .filter_map(|item| position(&world, item.escalation))
                .collect();
            prop_assert!(places.iter().copied().eq(1..=u32::try_from(places.len()).unwrap()));
        }
    }

    /// Estimates are figures: ordered, finite, and told no narrower than they are.
    #[test]
    fn estimates_are_sane(world in any_world()) {
        for item in &world.waiting {
            let Some(told) = estimate(&world, Asker::Waiting(item.escalation)) else {
                prop_assert!(item.due_at.is_some_and(|due| due > world.now));
                continue;
            };
            prop_assert_eq!(Some(told.position), position(&world, item.escalation));
            prop_assert_eq!(told.interval.is_some(), told.display.is_some());
            if let (Some(interval), Some(display)) = (told.interval, told.display) {
                prop_assert!(interval.point_min.is_finite() && interval.lo_min >= 0.0);
                prop_assert!(interval.lo_min <= interval.hi_min);
                prop_assert!(f64::from(display.lo_min()) <= interval.lo_min.max(1.0));
                prop_assert!(display.hi_min().is_none_or(|hi| f64::from(hi) >= interval.hi_min));
            }
        }
    }
}
