//! The kill test: the real server is killed with SIGKILL at random points while
//! many clients write, and started again. What the clients recorded is then
//! held against the file by a separate reader: every acknowledged turn is there
//! once and in order, and no assistant speaks after a takeover.
//!
//! A kill is no power cut: the page cache survives it (D10). That the log waits
//! for the disk is shown by the store's own tests.
//!
//! Two mutants show that the judges see: with the epoch check off, and with
//! answers given before the commit, the same run must be red. The faults are
//! switched on by `SEGUE_FAULT`, which only a debug build reads.
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

#[path = "kill/check.rs"]
mod check;
#[path = "kill/clients.rs"]
mod clients;
#[path = "kill/history.rs"]
mod history;
#[path = "kill/http.rs"]
mod http;
#[path = "kill/log.rs"]
mod log;
#[path = "kill/self_test.rs"]
mod self_test;
#[path = "kill/server.rs"]
mod server;

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use check::Violation;
use clients::{Actor, Stage};
use history::{Act, History, Kind, Record};
use http::Client;
use log::Log;
use rand::rngs::StdRng;
use rand::{Rng, SeedableRng};
use server::Server;

/// Clients that carry conversations; with the others below more than eight writers.
const TALKING: usize = 8;
/// Clients that never hear that they lost the floor.
const DEAF: usize = 2;
/// How long the clients may need for the turns between two kills.
const PROGRESS_WAIT: Duration = Duration::from_secs(30);

/// One run at a time: each is made to keep both processors busy.
static ONE_AT_A_TIME: Mutex<()> = Mutex::new(());

/// How long a run is.
struct Plan {
    kills: usize,
    /// Acknowledged turns between two kills, from and to.
    turns: (usize, usize),
    fault: Option<&'static str>,
}

/// What a run left.
struct Outcome {
    seed: u64,
    records: Vec<Record>,
    log: Log,
    violations: Vec<Violation>,
    unanswered: u64,
}

fn run(plan: &Plan) -> Outcome {
    let _alone = ONE_AT_A_TIME.lock().unwrap_or_else(PoisonError::into_inner);
    let seed = std::env::var("SEGUE_KILL_SEED").map_or_else(
        |_| rand::random::<u32>().into(),
        |seed| seed.parse().unwrap(),
    );
    println!("SEGUE_KILL_SEED={seed}");
    let folder = std::env::temp_dir().join(format!("segue-kill-{}-{seed}", std::process::id()));
    let mut server = Server::new(&folder);
    server.start();
    let people = clients::sign_in(&server.whereabouts, server.setup_code.as_deref().unwrap());
    let key = server.create_key();
    if plan.fault.is_some() {
        server.kill();
        server.fault = plan.fault;
        server.start();
    }
    let stage = Stage {
        history: History::new(),
        whereabouts: server.whereabouts.clone(),
        stop: Arc::new(AtomicBool::new(false)),
        current: Arc::new(Mutex::new(vec![None; TALKING])),
        seed,
        unanswered: Arc::new(AtomicU64::new(0)),
    };
    let clients = begin(&stage, &key, people);
    let mut random = StdRng::seed_from_u64(seed);
    for n in 0..=plan.kills {
        let more = random.random_range(plan.turns.0..=plan.turns.1);
        wait_for_turns(&stage, &mut server, more);
        if n < plan.kills {
            // Anywhere within a few commits.
            std::thread::sleep(Duration::from_micros(random.random_range(0..20_000)));
            server.kill();
            server.start();
        }
    }
    stage.stop.store(true, Ordering::SeqCst);
    for client in clients {
        client.join().unwrap();
    }
    server.kill();
    let records = stage.history.records();
    let log = log::read(&folder).expect("inconclusive: the log could not be read");
    let violations = check::check(&records, &log);
    let unanswered = stage.unanswered.load(Ordering::Relaxed);
    if violations.is_empty() || plan.fault.is_some() {
        std::fs::remove_dir_all(&folder).unwrap();
    } else {
        let lines: String = records
            .iter()
            .map(|record| format!("{record:?}\n"))
            .collect();
        std::fs::write(folder.join("history.txt"), lines).unwrap();
        println!("data and history are kept in {}", folder.display());
    }
    Outcome {
        seed,
        records,
        log,
        violations,
        unanswered,
    }
}

fn begin(stage: &Stage, key: &str, people: Vec<Client>) -> Vec<JoinHandle<()>> {
    let mut clients = Vec::new();
    let mut process = 0;
    let mut actor = |client| {
        process += 1;
        Actor::new(process, stage, client)
    };
    for place in 0..TALKING {
        let actor = actor(Client::with_key(key));
        clients.push(std::thread::spawn(move || clients::talk(actor, place)));
    }
    for _ in 0..DEAF {
        let actor = actor(Client::with_key(key));
        clients.push(std::thread::spawn(move || clients::talk_deaf(actor)));
    }
    for person in people {
        let actor = actor(person);
        clients.push(std::thread::spawn(move || clients::help(actor)));
    }
    clients
}

fn wait_for_turns(stage: &Stage, server: &mut Server, more: usize) {
    let goal = stage.history.acknowledged_turns() + more;
    let give_up = Instant::now() + PROGRESS_WAIT;
    while stage.history.acknowledged_turns() < goal {
        assert!(
            !server.has_died(),
            "the server ended by itself:\n{}",
            server.last_lines()
        );
        assert!(
            Instant::now() < give_up,
            "no progress:\n{}",
            server.last_lines()
        );
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// What was done how often, so that an idle run is no passed one.
struct Work {
    turns: usize,
    takeovers: usize,
    hand_backs: usize,
    lost_floors: usize,
    conversations: usize,
    retried: usize,
}

fn work(outcome: &Outcome) -> Work {
    let oks = |wanted: fn(&Act) -> bool| {
        let done: BTreeSet<&str> = outcome
            .records
            .iter()
            .filter(|record| matches!(record.kind, Kind::Ok(_)) && wanted(&record.request.act))
            .map(|record| record.request.key.as_str())
            .collect();
        done.len()
    };
    let is_lost = |record: &&Record| matches!(&record.kind, Kind::Fail(answer) if answer.code == "floor_lost");
    let mut attempts = std::collections::BTreeMap::new();
    for record in outcome
        .records
        .iter()
        .filter(|record| record.kind == Kind::Invoke)
    {
        *attempts.entry(record.request.key.as_str()).or_insert(0) += 1;
    }
    Work {
        turns: oks(|act| act.text().is_some()),
        takeovers: oks(|act| *act == Act::Take),
        hand_backs: oks(|act| *act == Act::HandBack),
        lost_floors: outcome.records.iter().filter(is_lost).count(),
        conversations: outcome.log.len(),
        retried: attempts.values().filter(|count| **count > 1).count(),
    }
}

#[test]
fn nothing_acknowledged_is_lost_and_no_assistant_speaks_after_a_takeover() {
    let outcome = run(&Plan {
        kills: 20,
        turns: (105, 145),
        fault: None,
    });
    let work = work(&outcome);
    let sent = outcome
        .records
        .iter()
        .filter(|record| record.kind == Kind::Invoke)
        .count();
    println!(
        "20 kills, {} turns, {} conversations, {} takeovers, {} hand-backs, {} floors lost, \
         {} requests retried; {} of {sent} attempts unanswered",
        work.turns,
        work.conversations,
        work.takeovers,
        work.hand_backs,
        work.lost_floors,
        work.retried,
        outcome.unanswered,
    );
    let shown: Vec<_> = outcome.violations.iter().take(20).collect();
    assert!(
        shown.is_empty(),
        "seed {}: {} violations\n{shown:#?}",
        outcome.seed,
        outcome.violations.len()
    );
    assert!(work.turns >= 2_000, "{} turns", work.turns);
    assert!(work.takeovers >= 40, "{} takeovers", work.takeovers);
    assert!(work.hand_backs >= 20, "{} hand-backs", work.hand_backs);
    assert!(work.lost_floors >= 40, "{} floors lost", work.lost_floors);
    assert!(work.retried >= 100, "{} requests retried", work.retried);
}

/// A mutant of the product must be found by the same judges within a short run.
fn check_mutant(fault: &'static str, kills: usize, invariants: &[&str]) {
    let outcome = run(&Plan {
        kills,
        turns: (120, 150),
        fault: Some(fault),
    });
    let found: BTreeSet<&str> = outcome
        .violations
        .iter()
        .map(|violation| violation.invariant)
        .collect();
    println!(
        "{fault}: {} violations of {found:?}",
        outcome.violations.len()
    );
    assert!(
        invariants.iter().all(|wanted| found.contains(wanted)),
        "{fault}: {found:?}"
    );
}

#[test]
fn without_the_epoch_check_the_judges_see_red() {
    check_mutant("skip_epoch", 0, &["I5", "I18"]);
}

#[test]
fn with_answers_before_the_commit_the_judges_see_red() {
    check_mutant("ack_early", 3, &["I1"]);
}
