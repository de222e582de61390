//! What is estimated, against the formulas and against the models they come from.

use std::sync::Arc;

use segue_model::escalation::Priority;
use segue_model::id::QueueKey;
use segue_model::time::Span;
use segue_model::verdict::HandoffKind;
use segue_routing::hours::Weekly;
use segue_routing::{AgentState, Asker, Display, Estimate, Schedule, Stats, World, estimate};

use crate::build::{NOON, agent, agent_id, at, escalation_id, queue, waiting, world};

fn joining(world: &World) -> Estimate {
    let queue = QueueKey::from("general");
    let asker = Asker::Joining {
        queue: &queue,
        priority: Priority::Normal,
        kind: HandoffKind::Warm,
        preferred: &[],
    };
    estimate(world, asker).unwrap()
}

fn full(n: u32) -> AgentState {
    AgentState {
        load: 3,
        ..agent(n)
    }
}

/// Stats in which services take `aht`, customers stay for `patience`, and
/// agents answer at once; enough of each to outweigh the defaults.
fn measured(aht_min: f64, patience_min: f64) -> Stats {
    let queue = QueueKey::from("general");
    let span = |minutes: f64| Span((minutes * 60_000.0) as u64);
    let mut stats = Stats::new();
    for _ in 0..2_000 {
        stats.record_service(&queue, span(aht_min), true);
        stats.record_abandon(&queue, span(patience_min));
        stats.record_answer(&queue, Span(0));
    }
    stats
}

fn check_close(got: f64, expected: f64, within: f64) {
    assert!(
        (got - expected).abs() <= within,
        "{got} is not {expected} ± {within}"
    );
}

#[test]
fn the_defaults_are_the_documented_ones() {
    // Nine full slots of eight minutes, patience fifteen, answer twenty seconds,
    // two ahead: Σ_{i=0}^{2} 1/(9/8 + i/15) + 1/3.
    let world = world(
        vec![waiting(1, 1), waiting(2, 1)],
        vec![full(1), full(2), full(3)],
    );
    let estimate = joining(&world);
    let expected = (0..3)
        .map(|i| 1.0 / (9.0 / 8.0 + f64::from(i) / 15.0))
        .sum::<f64>()
        + 1.0 / 3.0;
    check_close(estimate.interval.unwrap().point_min, expected, 1e-9);
    assert_eq!(estimate.position, 3);
}

#[test]
fn qlm_matches_the_measured_rates() {
    // `science.md` §4.3: n = 30 slots, μ = 0.1, θ = 1/15 per minute.
    let mut world = world(
        (0..7).map(|n| waiting(n, 1)).collect(),
        (0..10).map(full).collect(),
    );
    world.stats = Arc::new(measured(10.0, 15.0));
    let expected = (0..8)
        .map(|i| 1.0 / (3.0 + f64::from(i) / 15.0))
        .sum::<f64>();
    check_close(joining(&world).interval.unwrap().point_min, expected, 0.02);
}

/// Erlang A by its birth–death chain; also QLm averaged over what an arriving
/// customer finds. `science.md` §4.3 gives the figures.
fn check_erlang_a(slots: u32, arrival: f64, p_wait: f64, p_abandon: f64, wait: f64) {
    let (finish, leave) = (0.1, 1.0 / 15.0);
    let mut states = vec![1.0_f64];
    for k in 1..2_000_u32 {
        let busy = f64::from(k.min(slots));
        let queued = f64::from(k.saturating_sub(slots));
        states.push(states.last().unwrap() * arrival / (busy * finish + queued * leave));
    }
    let total: f64 = states.iter().sum();
    let waiting_states = || states.iter().enumerate().skip(slots as usize);
    let queue_mean: f64 = waiting_states()
        .map(|(k, p)| (k - slots as usize) as f64 * p / total)
        .sum();
    check_close(
        waiting_states().map(|(_, p)| p / total).sum(),
        p_wait,
        0.001,
    );
    check_close(leave * queue_mean / arrival, p_abandon, 0.000_1);
    check_close(queue_mean / arrival, wait, 0.001);

    // Who finds q ahead is served, if they stay, after E = Σ_{i=0}^{q} 1/(nμ+iθ).
    // So the share that leaves is Σ p_k · (1 − Π …): staying through stage i has
    // the probability (nμ+iθ)/(nμ+(i+1)θ), which telescopes to nμ/(nμ+(q+1)θ).
    let all = f64::from(slots) * finish;
    let leaves: f64 = waiting_states()
        .map(|(k, p)| {
            let ahead = (k - slots as usize) as f64;
            p / total * (1.0 - all / (all + (ahead + 1.0) * leave))
        })
        .sum();
    check_close(leaves, p_abandon, 0.000_1);
}

#[test]
fn the_stages_of_qlm_are_those_of_erlang_a() {
    check_erlang_a(30, 3.3, 0.782, 0.1162, 1.743);
    check_erlang_a(8, 0.8, 0.592, 0.1257, 1.886);
}

#[test]
fn a_free_slot_means_the_time_of_an_answer() {
    let estimate = joining(&world(Vec::new(), vec![agent(1), full(2)]));
    check_close(estimate.interval.unwrap().point_min, 1.0 / 3.0, 1e-9);
    assert_eq!(estimate.display, Some(Display::Under { hi_min: 1 }));
    assert_eq!(estimate.likely_agent, Some(agent_id(1)));
    assert_eq!(estimate.announced_until(), Some(at(1)));
    assert!(!estimate.offers_callback);
}

#[test]
fn shared_agents_bring_their_other_queue_along() {
    let both = AgentState {
        queues: vec!["general".into(), "sales".into()],
        ..full(1)
    };
    let sales_only = AgentState {
        queues: vec!["sales".into()],
        ..full(2)
    };
    let mut world = world(vec![waiting(1, 5), waiting(2, 5)], vec![both, sales_only]);
    world.queues.push(queue("sales"));
    for item in &mut world.waiting {
        item.queue = "sales".into();
    }
    // Half of the two sales customers take a slot from here: one ahead, then me.
    let expected = 8.0 / 3.0 + 1.0 / (3.0 / 8.0 + 1.0 / 15.0) + 1.0 / 3.0;
    let estimate = joining(&world);
    check_close(estimate.interval.unwrap().point_min, expected, 1e-9);
    assert_eq!(estimate.position, 1);
    // A closed queue takes nothing.
    world.queues[1].hours = Schedule::new("UTC", Weekly::default(), Vec::new()).unwrap();
    check_close(
        joining(&world).interval.unwrap().point_min,
        8.0 / 3.0 + 1.0 / 3.0,
        1e-9,
    );
}

#[test]
fn nobody_there_or_closed_means_no_figure() {
    let unstaffed = joining(&world(vec![waiting(1, 5)], Vec::new()));
    assert_eq!(
        (unstaffed.interval, unstaffed.display, unstaffed.position),
        (None, None, 2)
    );
    assert!(!unstaffed.is_staffed && unstaffed.is_open && unstaffed.offers_callback);

    let mut weekly = Weekly::default();
    weekly[3] = vec![("09:00".parse().unwrap(), "17:00".parse().unwrap())];
    let mut world = world(Vec::new(), vec![agent(1)]);
    world.queues[0].hours = Schedule::new("UTC", weekly, Vec::new()).unwrap();
    let closed = joining(&world);
    assert_eq!(closed.interval, None);
    assert_eq!(closed.opens_at, Some(NOON + Span::hours(21)));
    assert!(!closed.is_open && closed.offers_callback);
}

#[test]
fn unknown_and_promised_for_later() {
    let mut later = waiting(1, 5);
    later.due_at = Some(at(60));
    let world = world(vec![later], vec![agent(1)]);
    assert_eq!(estimate(&world, Asker::Waiting(escalation_id(1))), None);
    assert_eq!(estimate(&world, Asker::Waiting(escalation_id(9))), None);
}

#[test]
fn the_account_manager_is_named_while_the_work_is_held() {
    let mut held = waiting(1, 0);
    held.preferred = vec![agent_id(7)];
    let manager = AgentState {
        queues: Vec::new(),
        ..full(7)
    };
    let world = world(vec![held], vec![manager, agent(1)]);
    let estimate = estimate(&world, Asker::Waiting(escalation_id(1))).unwrap();
    assert_eq!(estimate.likely_agent, Some(agent_id(7)));
}

fn check_display(lo: f64, hi: f64, expected: Display) {
    assert_eq!(Display::of(lo, hi), expected, "{lo}–{hi}");
}

#[test]
fn rounding_goes_outward() {
    let between = |lo_min, hi_min| Display::Between { lo_min, hi_min };
    check_display(0.0, 0.2, Display::Under { hi_min: 1 });
    check_display(0.9, 3.1, Display::Under { hi_min: 4 });
    check_display(3.2, 4.8, between(3, 5));
    check_display(3.0, 5.0, between(3, 5));
    check_display(7.9, 10.1, between(6, 12));
    // At least a step apart.
    check_display(4.0, 4.0, between(4, 5));
    check_display(12.0, 12.0, between(12, 15));
    // Wide but short is told, wide and long is not.
    check_display(1.2, 3.9, between(1, 4));
    check_display(2.5, 11.0, Display::MoreThan { lo_min: 2 });
    check_display(5.0, 15.0, between(5, 15));
    check_display(4.0, 15.0, Display::MoreThan { lo_min: 4 });
    // Beyond half an hour there is no upper end.
    check_display(21.0, 30.0, between(20, 30));
    check_display(21.0, 30.1, Display::MoreThan { lo_min: 20 });
    check_display(0.5, 31.0, Display::MoreThan { lo_min: 1 });
    check_display(500.0, 900.0, Display::MoreThan { lo_min: 120 });
}

#[test]
fn waits_that_were_seen_set_the_interval() {
    let queue = QueueKey::from("general");
    let mut crowd = world(
        vec![waiting(1, 1), waiting(2, 1)],
        vec![full(1), full(2), full(3)],
    );
    let mut stats = Stats::new();
    // Waits from 0.50 to 1.49 of the estimate, evenly, each told what was known.
    for n in 0..1_000 {
        let told = joining(&crowd);
        let ratio = 0.5 + f64::from(n * 37 % 100) / 100.0;
        let actual = told.interval.unwrap().point_min * ratio;
        stats.record_wait(&told, Span((actual * 60_000.0) as u64));
        crowd.stats = Arc::new(stats.clone());
    }
    let learned = joining(&crowd).interval.unwrap();
    check_close(learned.lo_min / learned.point_min, 0.6, 0.04);
    check_close(learned.hi_min / learned.point_min, 1.4, 0.04);
    // Another class and size of the same queue falls back on the whole queue.
    let vip = Asker::Joining {
        queue: &queue,
        priority: Priority::Vip,
        kind: HandoffKind::Warm,
        preferred: &[],
    };
    crowd.waiting.clear();
    crowd.agents.iter_mut().for_each(|agent| agent.load = 3);
    let pooled = estimate(&crowd, vip).unwrap().interval.unwrap();
    check_close(pooled.hi_min / pooled.point_min, 1.4, 0.04);
}

#[test]
fn patience_counts_those_who_stayed() {
    let queue = QueueKey::from("general");
    let mut stats = Stats::new();
    let told = joining(&world(vec![waiting(1, 1)], vec![full(1)]));
    // One in four leaves, all wait for three minutes: one leaves per 12 minutes waited.
    for n in 0..4_000 {
        if n % 4 == 0 {
            stats.record_abandon(&queue, Span::minutes(3));
        } else {
            stats.record_wait(&told, Span::minutes(3));
        }
    }
    check_close(1.0 / stats.patience_rate(&queue), 12.0, 0.5);
}

#[test]
fn service_under_full_load_counts_once_it_is_known() {
    let queue = QueueKey::from("general");
    let mut stats = Stats::new();
    assert_eq!(stats.service_mean(&queue), Span::minutes(8));
    for _ in 0..1_000 {
        stats.record_service(&queue, Span::minutes(4), false);
    }
    check_close(
        stats.service_mean(&queue).millis() as f64 / 60_000.0,
        4.0,
        0.01,
    );
    for _ in 0..1_000 {
        stats.record_service(&queue, Span::minutes(6), true);
    }
    check_close(
        stats.service_mean(&queue).millis() as f64 / 60_000.0,
        6.0,
        0.01,
    );
}
