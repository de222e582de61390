//! What holds for every policy that can be written, and for none that cannot: over
//! 10,000 random files, half of them sound and deep.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::sync::Arc;
use std::time::{Duration, Instant};

use segue_model::fact::{FactValue, Facts};
use segue_model::signal::{Reading, Signal, SignalKind, SignalValue, Signals, Unit};
use segue_model::verdict::Outcome;
use segue_policy::{Policy, Stage};
use segue_testkit::policies::{self, Dice};

/// Half of all random files.
const HALF: u64 = 5_000;
/// How many threads share them, so that a slow machine waits less.
const PARTS: u64 = 4;

const STAGES: [Stage; 3] = [
    Stage::Turn,
    Stage::Answer { is_widened: false },
    Stage::Answer { is_widened: true },
];

/// Anything that detectors can say, failures and absence included.
fn signals(dice: &mut Dice, policy: &Policy) -> Signals {
    let mut signals = Signals::new();
    let reading = |dice: &mut Dice, unit: Unit| match dice.below(8) {
        0 if dice.once_in(4) => Reading::Unavailable {
            reason: Arc::from("it broke"),
        },
        0 | 1 => Reading::Absent,
        _ => Reading::Present(Signal {
            value: match unit {
                Unit::Flag => SignalValue::Flag(dice.once_in(3)),
                Unit::Count => SignalValue::Count(dice.below(9) as u32),
                Unit::Score => SignalValue::Score(dice.share()),
                Unit::Polarity => SignalValue::Polarity(dice.share() * 2.0 - 1.0),
            },
            score: dice.share(),
            evidence: Vec::new(),
        }),
    };
    for kind in SignalKind::ALL {
        let read = reading(dice, kind.unit());
        signals.set(*kind, read);
    }
    for (key, _) in policy.topics() {
        let read = reading(dice, Unit::Flag);
        signals.set_topic(key.clone(), read);
    }
    signals
}

fn facts(dice: &mut Dice) -> Facts {
    let mut facts = Facts::default();
    if dice.once_in(6) {
        facts.lookup_failed = Some("timeout".to_owned());
    }
    for name in ["vip", "authenticated", "tier", "plan", "account_owner"] {
        let value = match dice.below(5) {
            0 => FactValue::Flag(dice.once_in(2)),
            1 => FactValue::Text("pro".to_owned()),
            2 => FactValue::Number(3.0),
            _ => continue,
        };
        facts.known.insert(name.to_owned(), value);
    }
    facts
}

/// Runs over the seeds of one half, in parts.
fn each(check: impl Fn(u64) + Sync) {
    std::thread::scope(|scope| {
        for part in 0..PARTS {
            let check = &check;
            scope.spawn(move || (part..HALF).step_by(PARTS as usize).for_each(check));
        }
    });
}

#[test]
fn every_sound_policy_keeps_its_promises() {
    let schema = jsonschema::draft202012::new(&segue_policy::schema()).unwrap();
    each(|seed| {
        let mut dice = Dice::new(seed);
        let value = policies::sound(&mut dice);
        let text = policies::text(&mut dice, &value);
        let policy = Policy::parse(&text).unwrap_or_else(|problems| {
            let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
            panic!("seed {seed}: {}\n{text}", lines.join("\n"))
        });
        // The schema never refuses what the reader takes.
        if seed % 10 == 0 {
            let errors: Vec<String> = schema
                .iter_errors(&value)
                .map(|error| format!("{}: {error}", error.instance_path()))
                .collect();
            assert!(errors.is_empty(), "seed {seed}: {errors:#?}");
        }
        // Parse ∘ print is the identity, and differences see none.
        let printed = policy.print();
        let again = Policy::parse(&printed).unwrap();
        assert_eq!(policy, again, "seed {seed}");
        assert_eq!(printed, again.print(), "seed {seed}");
        if seed % 10 == 0 {
            assert_eq!(policy.diff(&again), [], "seed {seed}");
            assert!(!Policy::builtin().diff(&policy).is_empty());
            policy.explain();
        }
        policy.lint();
        decide(&mut dice, &policy, seed);
    });
}

/// Deciding is total and the same every time; an opt-out is honored whatever the policy
/// says, and so is a topic that is never the assistant's.
fn decide(dice: &mut Dice, policy: &Policy, seed: u64) {
    for stage in STAGES {
        let (mut signals, facts) = (signals(dice, policy), facts(dice));
        let verdict = policy.decide(stage, &signals, &facts);
        assert_eq!(
            verdict,
            policy.decide(stage, &signals, &facts),
            "seed {seed}"
        );
        assert!(!verdict.rule.0.is_empty(), "seed {seed}");
        let escalates = matches!(verdict.outcome, Outcome::Escalate { .. });
        assert_eq!(verdict.plan.is_some(), escalates, "seed {seed}");
        let is_never = |found: &&segue_model::topic::TopicKey| {
            let topics = &policy.definition().topics;
            let topic = topics.iter().find(|topic| topic.key == **found);
            topic.is_some_and(|it| it.autonomy == segue_policy::definition::Autonomy::None)
        };
        if signals.topics_found().any(|found| is_never(&found)) {
            assert!(escalates, "seed {seed}: {verdict:?}");
        }
        if signals
            .iter()
            .any(|(_, it)| matches!(it, Reading::Unavailable { .. }))
        {
            assert!(escalates, "seed {seed}: {verdict:?}");
        }
        signals.set(
            SignalKind::OptOut,
            Reading::Present(Signal {
                value: SignalValue::Flag(true),
                score: 1.0,
                evidence: Vec::new(),
            }),
        );
        let verdict = policy.decide(stage, &signals, &facts);
        let is_person = matches!(verdict.outcome, Outcome::Escalate { .. });
        assert!(is_person, "seed {seed}: {verdict:?}");
    }
}

#[test]
fn every_broken_policy_is_refused_with_a_place_and_an_advice() {
    let schema = jsonschema::draft202012::new(&segue_policy::schema()).unwrap();
    let marked = std::sync::atomic::AtomicU64::new(0);
    let read = std::sync::atomic::AtomicU64::new(0);
    each(|seed| {
        let mut dice = Dice::new(u64::MAX - seed);
        let text = policies::broken(&mut dice);
        let problems = match Policy::parse(&text) {
            Ok(_) => panic!("seed {seed} was taken:\n{text}"),
            Err(problems) => problems,
        };
        assert!(!problems.is_empty(), "seed {seed}");
        for problem in &problems {
            let advice = problem.hint.as_deref().unwrap_or_default();
            assert!(problem.line > 0, "seed {seed}: {problem}");
            assert!(!advice.is_empty(), "seed {seed}: {problem}");
        }
        if seed % 10 == 0
            && let Ok(value) = serde_saphyr::from_str::<serde_json::Value>(&text)
        {
            use std::sync::atomic::Ordering::Relaxed;
            read.fetch_add(1, Relaxed);
            marked.fetch_add(u64::from(!schema.is_valid(&value)), Relaxed);
        }
    });
    // The rest is what only the reader can know.
    let (marked, read) = (marked.into_inner(), read.into_inner());
    assert!(read > 300, "{read}");
    assert!(
        marked * 10 >= read * 9,
        "the schema marks {marked} of {read}"
    );
}

/// What a turn costs under the largest policy there can be. The work is bounded by
/// construction and counted in `truth.rs`; this prints the time beside it:
/// `cargo nextest run -p segue-policy largest --no-capture`.
#[test]
fn the_largest_policy_decides() {
    let policy = Policy::parse(&largest()).unwrap();
    let mut dice = Dice::new(7);
    let mut times: Vec<Duration> = (0..200)
        .map(|round| {
            let (mut signals, facts) = (signals(&mut dice, &policy), facts(&mut dice));
            signals.set(SignalKind::OptOut, Reading::Absent);
            let begun = Instant::now();
            let verdict = policy.decide(STAGES[round % 3], &signals, &facts);
            let took = begun.elapsed();
            assert!(!verdict.trace.rules.is_empty());
            took
        })
        .collect();
    times.sort_unstable();
    println!(
        "largest policy: median {:?}, p99 {:?}, most {:?}",
        times[100], times[197], times[199]
    );
}

/// As many rules as there may be, each with as many comparisons, as deep as may be.
fn largest() -> String {
    let leaf = "{signal: sentiment, at_most: -0.99}, {signal: complexity, above: 0.99}";
    let pair = format!("{leaf}, ").repeat(31);
    let deep = format!(
        "{}{{any: [{pair}{leaf}]}}{}",
        "{not: {all: [".repeat(3),
        "]}}".repeat(3)
    );
    let rules: String = (0..200)
        .map(|number| format!("  - {{id: r{number}, when: {deep}, then: {{flag: true}}}}\n"))
        .collect();
    let builtin = include_str!("../../../policies/default.yaml");
    let head = &builtin[..builtin.find("\nrules:\n").unwrap()];
    let tail = &builtin[builtin.find("\nwording:\n").unwrap()..];
    format!("{head}\nrules:\n{rules}{tail}")
}
