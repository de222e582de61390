//! Who gets what: single decisions.

use segue_model::escalation::Priority;
use segue_model::time::{Span, Timestamp};
use segue_model::verdict::HandoffKind;
use segue_routing::hours::Weekly;
use segue_routing::{
    AgentState, Presence, Reason, Relaxation, Schedule, Waiting, World, in_order, next_wake,
    overflow_at, plan, position, unroutable,
};

use crate::build::{
    NOON, agent, agent_id, at, escalation_id, number, queue, skills, waiting, world,
};

/// Checks "escalation → agent" pairs, in the order of the plan.
fn check(world: &World, expected: &[(u32, u32)]) {
    let plan = plan(world);
    let got: Vec<_> = plan
        .iter()
        .map(|offer| (number(offer.escalation), number(offer.agent)))
        .collect();
    assert_eq!(got, expected);
}

fn with(n: u32, change: impl FnOnce(&mut AgentState)) -> AgentState {
    let mut agent = agent(n);
    change(&mut agent);
    agent
}

fn item(n: u32, minutes: i64, change: impl FnOnce(&mut Waiting)) -> Waiting {
    let mut item = waiting(n, minutes);
    change(&mut item);
    item
}

fn skilled(n: u32, names: &[(&str, u8)]) -> AgentState {
    with(n, |agent| {
        let names = names.iter();
        agent.skills = names
            .map(|(name, level)| (skills(&[name]).remove(0), *level))
            .collect();
    })
}

fn last_slot(agent: &mut AgentState) {
    agent.capacity = 1;
}

fn closed() -> Schedule {
    // Opens on Thursday at nine.
    let mut weekly = Weekly::default();
    weekly[3] = vec![("09:00".parse().unwrap(), "17:00".parse().unwrap())];
    Schedule::new("UTC", weekly, Vec::new()).unwrap()
}

const THURSDAY_NINE: Timestamp = Timestamp(NOON.0 + 21 * 3_600_000);

#[test]
fn older_work_goes_first() {
    let one_slot = || vec![with(1, last_slot)];
    check(
        &world(vec![waiting(1, 2), waiting(2, 3)], one_slot()),
        &[(2, 1)],
    );
    // The same age: the id decides, so that the plan is the same twice.
    check(
        &world(vec![waiting(2, 3), waiting(1, 3)], one_slot()),
        &[(1, 1)],
    );
}

#[test]
fn a_class_is_worth_a_head_start() {
    let vip = |minutes| item(2, minutes, |item| item.priority = Priority::Vip);
    let high = |minutes| item(2, minutes, |item| item.priority = Priority::High);
    let urgent = item(2, 0, |item| item.priority = Priority::Urgent);
    let cold = item(2, 0, |item| item.kind = HandoffKind::Cold);
    let one_slot = || {
        vec![
            with(1, last_slot),
            with(2, |agent| agent.presence = Presence::Busy),
        ]
    };
    let check_first = |minutes, other, first| {
        check(
            &world(vec![waiting(1, minutes), other], one_slot()),
            &[(first, 1)],
        );
    };
    check_first(9, vip(0), 2);
    check_first(11, vip(0), 1);
    check_first(4, high(0), 2);
    check_first(6, high(0), 1);
    check_first(600, urgent, 2);
    check_first(600, cold, 2);
}

#[test]
fn only_those_who_can_answer_are_asked() {
    type Change = fn(&mut AgentState);
    let refused: [(&str, Change); 7] = [
        ("busy", |agent| agent.presence = Presence::Busy),
        ("away", |agent| agent.presence = Presence::Away),
        ("offline", |agent| agent.presence = Presence::Offline),
        ("lease over", |agent| agent.lease_until = NOON),
        ("may not reply", |agent| agent.may_reply = false),
        ("full", |agent| agent.load = agent.capacity),
        ("another queue", |agent| agent.queues = vec!["sales".into()]),
    ];
    for (name, change) in refused {
        let plan = plan(&world(vec![waiting(1, 1)], vec![with(1, change)]));
        assert!(plan.is_empty(), "{name}");
    }
    check(&world(vec![waiting(1, 1)], vec![agent(1)]), &[(1, 1)]);
}

fn check_reason(agents: Vec<AgentState>, agent: u32, reason: Reason) {
    let plan = plan(&world(vec![waiting(1, 1)], agents));
    assert_eq!((number(plan[0].agent), plan[0].reason), (agent, reason));
}

#[test]
fn the_order_of_picking() {
    check_reason(vec![agent(1)], 1, Reason::OnlyOne);
    // One of four taken is less than one of three.
    let four_slots = with(2, |agent| (agent.capacity, agent.load) = (4, 1));
    check_reason(
        vec![with(1, |agent| agent.load = 1), four_slots],
        2,
        Reason::LeastLoaded,
    );
    let generalist = skilled(1, &[("billing", 3), ("api", 3)]);
    check_reason(
        vec![generalist, skilled(2, &[("billing", 3)])],
        2,
        Reason::FewestSkills,
    );
    check_reason(
        vec![agent(1), with(2, |agent| agent.idle_since = at(-61))],
        2,
        Reason::LongestIdle,
    );
    check_reason(vec![agent(2), agent(1)], 1, Reason::StableOrder);
}

#[test]
fn one_plan_uses_a_slot_once() {
    let items = || {
        (1..=5)
            .map(|n| waiting(n, 10 - i64::from(n)))
            .collect::<Vec<_>>()
    };
    let agents = vec![with(1, |agent| agent.load = 1), with(2, last_slot)];
    check(&world(items(), agents), &[(1, 2), (2, 1), (3, 1)]);
}

#[test]
fn the_order_is_one_over_all_queues() {
    let urgent = item(1, 1, |item| {
        item.priority = Priority::Urgent;
        item.queue = "safety".into();
    });
    // First of its queue, and served after who is worse off in a longer one.
    let alone = item(2, 2, |item| item.queue = "technical".into());
    let later = item(5, 90, |item| item.due_at = Some(at(30)));
    let the_world = world(
        vec![alone, later, waiting(3, 9), waiting(4, 8), urgent],
        Vec::new(),
    );
    let order: Vec<_> = in_order(&the_world).into_iter().map(number).collect();
    assert_eq!(order, [1, 3, 4, 2]);
}

#[test]
fn offered_and_unfinished_offers() {
    let pending = item(1, 5, |item| item.has_pending_offer = true);
    let the_world = world(vec![pending, waiting(2, 1)], vec![agent(1)]);
    check(&the_world, &[(2, 1)]);
    assert_eq!(plan(&the_world)[0].expires_at, NOON + Span::seconds(30));
    assert_eq!(position(&the_world, escalation_id(1)), Some(1));
    assert_eq!(position(&the_world, escalation_id(2)), Some(2));
    assert_eq!(position(&the_world, escalation_id(3)), None);
}

#[test]
fn who_declined_is_not_asked_again_soon() {
    let declined = |minutes: i64| {
        item(1, 30, |item| {
            item.declined_by = vec![(agent_id(1), at(-minutes))]
        })
    };
    check(
        &world(
            vec![declined(1)],
            vec![agent(1), with(2, |agent| agent.load = 2)],
        ),
        &[(1, 2)],
    );
    check(&world(vec![declined(1)], vec![agent(1)]), &[]);
    assert_eq!(
        next_wake(&world(vec![declined(1)], vec![agent(1)])),
        Some(at(1))
    );
    // After the cool-down, and only as the last resort.
    check(&world(vec![declined(2)], vec![agent(1)]), &[(1, 1)]);
    check(
        &world(
            vec![declined(2)],
            vec![agent(1), with(2, |agent| agent.load = 2)],
        ),
        &[(1, 2)],
    );
}

#[test]
fn a_preferred_agent_is_waited_for_a_little() {
    let preferring = |minutes| {
        item(1, minutes, |item| {
            item.preferred = vec![agent_id(1), agent_id(2)]
        })
    };
    let manager = |change: fn(&mut AgentState)| {
        with(1, |agent| {
            agent.queues = vec!["accounts".into()];
            change(agent);
        })
    };
    let full: fn(&mut AgentState) = |agent| agent.load = 3;
    // Free: the manager, from whatever queue. Full: held. Away: nobody to wait for.
    check(
        &world(vec![preferring(0)], vec![manager(|_| ()), agent(3)]),
        &[(1, 1)],
    );
    check(
        &world(vec![preferring(0)], vec![manager(full), agent(3)]),
        &[],
    );
    let away: fn(&mut AgentState) = |agent| agent.presence = Presence::Away;
    check(
        &world(vec![preferring(0)], vec![manager(away), agent(3)]),
        &[(1, 3)],
    );
    // The deputy is better than the hold.
    check(
        &world(vec![preferring(0)], vec![manager(full), agent(2), agent(3)]),
        &[(1, 2)],
    );
    // Held for a third of the target of six minutes, as three slots of eight
    // minutes free one every 2:40.
    let held = world(vec![preferring(0)], vec![manager(full), agent(3)]);
    assert_eq!(next_wake(&held), Some(at(2)));
    check(
        &world(vec![preferring(2)], vec![manager(full), agent(3)]),
        &[(1, 3)],
    );
    // Afterwards still preferred.
    check(
        &world(vec![preferring(9)], vec![manager(|_| ()), agent(3)]),
        &[(1, 1)],
    );
    // Urgent work is never held.
    let mut urgent = preferring(0);
    urgent.priority = Priority::Urgent;
    check(
        &world(vec![urgent], vec![manager(full), agent(3)]),
        &[(1, 3)],
    );
}

fn check_relaxed(minutes: i64, agents: Vec<AgentState>, expected: Option<(u32, Relaxation)>) {
    let mut world = world(vec![waiting(1, minutes)], agents);
    world.queues[0].skills = skills(&["billing", "german"]);
    world.queues[0].skill_level_min = 2;
    world.queues[0].relax_after = vec![Span::minutes(2), Span::minutes(5)];
    let got = plan(&world)
        .first()
        .map(|offer| (number(offer.agent), offer.relaxed));
    assert_eq!(got, expected, "after {minutes} min");
}

#[test]
fn skills_relax_step_by_step() {
    let full = || skilled(1, &[("billing", 2), ("german", 3)]);
    let junior = || skilled(2, &[("billing", 1), ("german", 3)]);
    let other = || agent(3);
    check_relaxed(
        0,
        vec![full(), junior(), other()],
        Some((1, Relaxation::None)),
    );
    check_relaxed(1, vec![junior(), other()], None);
    check_relaxed(2, vec![junior(), other()], Some((2, Relaxation::SomeSkill)));
    check_relaxed(4, vec![other()], None);
    check_relaxed(5, vec![other()], Some((3, Relaxation::AnyInQueue)));
    // However relaxed, the better fit goes first.
    check_relaxed(
        9,
        vec![other(), junior(), full()],
        Some((1, Relaxation::None)),
    );
}

#[test]
fn cold_work_never_relaxes() {
    let cold = |minutes| {
        item(1, minutes, |item| {
            item.kind = HandoffKind::Cold;
            item.preferred = vec![agent_id(1)];
        })
    };
    let specialists = |agents| {
        let mut world = world(vec![cold(500)], agents);
        world.queues[0].skills = skills(&["security"]);
        world.queues[0].relax_after = vec![Span::minutes(1), Span::minutes(2)];
        world
    };
    // Not even for somebody preferred.
    check(&specialists(vec![agent(1), agent(2)]), &[]);
    check(
        &specialists(vec![agent(1), skilled(2, &[("security", 1)])]),
        &[(1, 2)],
    );
}

#[test]
fn a_closed_queue_offers_nothing_but_urgent_work() {
    let mut closed_world = world(vec![waiting(1, 5)], vec![agent(1)]);
    closed_world.queues[0].hours = closed();
    check(&closed_world, &[]);
    assert_eq!(next_wake(&closed_world), Some(THURSDAY_NINE));
    closed_world
        .waiting
        .push(item(2, 0, |item| item.kind = HandoffKind::Cold));
    closed_world
        .waiting
        .push(item(3, 0, |item| item.priority = Priority::Urgent));
    check(&closed_world, &[(2, 1), (3, 1)]);
}

#[test]
fn a_follow_up_waits_for_its_time() {
    let follow_up = |due| item(1, 600, move |item| item.due_at = Some(at(due)));
    let early = world(vec![follow_up(1)], vec![agent(1)]);
    check(&early, &[]);
    assert_eq!(next_wake(&early), Some(at(1)));
    assert_eq!(position(&early, escalation_id(1)), None);
    check(&world(vec![follow_up(0)], vec![agent(1)]), &[(1, 1)]);
    // It is as old as its promise: before the newer, after the older.
    let one_slot = || vec![with(1, last_slot)];
    check(
        &world(vec![follow_up(-5), waiting(2, 4)], one_slot()),
        &[(1, 1)],
    );
    check(
        &world(vec![follow_up(-5), waiting(2, 6)], one_slot()),
        &[(2, 1)],
    );
}

#[test]
fn vip_work_leaves_every_fifth_slot() {
    let vip = |n| item(n, 0, |item| item.priority = Priority::Vip);
    let crew = |vip_load, load| {
        let set = move |agent: &mut AgentState| {
            (agent.capacity, agent.load, agent.vip_load) = (5, load, vip_load);
        };
        vec![with(1, set)]
    };
    // Four of five slots serve VIPs: the fifth goes to the other customer.
    check(
        &world(vec![vip(1), vip(2), waiting(3, 0)], crew(4, 4)),
        &[(3, 1)],
    );
    check(
        &world(vec![vip(1), vip(2), waiting(3, 0)], crew(3, 3)),
        &[(1, 1), (3, 1)],
    );
    // Nobody else waits: all slots may serve VIPs.
    check(&world(vec![vip(1), vip(2)], crew(4, 4)), &[(1, 1)]);
    // What the others leave free, VIPs get.
    check(
        &world(vec![vip(1), waiting(2, 0)], crew(4, 3)),
        &[(2, 1), (1, 1)],
    );
}

#[test]
fn work_of_a_queue_that_is_gone_is_reported() {
    let lost = item(1, 5, |item| item.queue = "closed_down".into());
    let world = world(vec![lost, waiting(2, 1)], vec![agent(1)]);
    check(&world, &[(2, 1)]);
    assert_eq!(unroutable(&world), [escalation_id(1)]);
}

#[test]
fn overflow_counts_open_time() {
    let mut rules = queue("general");
    assert_eq!(overflow_at(&rules, NOON, false), at(15));
    rules.hours = closed();
    assert_eq!(
        overflow_at(&rules, NOON, false),
        THURSDAY_NINE + Span::minutes(15)
    );
    assert_eq!(overflow_at(&rules, NOON, true), at(15));
    rules.hours = Schedule::new("UTC", Weekly::default(), Vec::new()).unwrap();
    assert_eq!(overflow_at(&rules, NOON, false), at(15));
}
