//! A replay of another policy over conversations, beside the bare decisions on the same
//! customer turns in the same run.

use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use segue_engine::Ruleset;
use segue_engine::what_if::WhatIf;
use segue_model::record::{ConversationRecord, TurnRecord};
use segue_model::turn::Role;
use segue_policy::Policy;
use serde_json::{Value, json};

use crate::dialogues;
use crate::figures::{count, median, micros, round};
use crate::words;

/// How often everything is gone through; the first time warms up.
const ROUNDS: usize = 6;
/// Made-up conversations, where no file is given, and the turns of each.
const MADE_UP: usize = 1_000;
const MADE_UP_TURNS: usize = 30;
/// A replay may cost so many bare decisions.
const RATIO_MAX: f64 = 3.0;

/// Measures a replay against a policy with another threshold, which looks for the same
/// topics, and against one with a topic more, for which every turn is searched again.
pub fn run(file: Option<&Path>) -> anyhow::Result<Value> {
    let dialogues = match file {
        Some(file) => dialogues::read(file)?,
        None => made_up(),
    };
    let text = Policy::builtin().text();
    let rules = |text: &str| Ruleset::parse(text).map_err(anyhow::Error::from);
    let before = rules(text)?;
    let threshold = rules(&text.replacen("accept: 0.70", "accept: 0.80", 1))?;
    let own_topic = "topics:\n  weather:\n    phrases: [storm, hail]\n    queue: customer_care\n";
    let topics = rules(&text.replacen("topics:\n", own_topic, 1))?;
    let turns = dialogues.iter().flat_map(|dialogue| &dialogue.turns);
    let customer_turns = turns.filter(|turn| turn.role == Role::Customer).count();
    let (mut bare, mut same, mut other) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        // One after the other, so that what else the machine does falls on all of them.
        let took = [
            decide(&before, &dialogues),
            replay(&before, &threshold, &dialogues),
            replay(&before, &topics, &dialogues),
        ];
        let rows = [&mut bare, &mut same, &mut other];
        for (row, took) in rows.into_iter().zip(took) {
            if round > 0 {
                row.push(took / count(customer_turns as u64));
            }
        }
    }
    let (bare, same, other) = (median(&mut bare), median(&mut same), median(&mut other));
    Ok(json!({
        "bench": "replay",
        "conversations": dialogues.len(),
        "customer_turns": customer_turns,
        "replay_us_per_turn": round(other),
        "replay_same_topics_us_per_turn": round(same),
        "decide_us_per_turn": round(bare),
        "ratio": round(other / bare),
        "ratio_same_topics": round(same / bare),
        "turns_100k_s": round(other * 100_000.0 / 1e6),
        "goals": {"ratio": RATIO_MAX},
    }))
}

/// The bare decisions, as `bench decide` times them; in microseconds.
fn decide(rules: &Ruleset, dialogues: &[ConversationRecord]) -> f64 {
    let took = dialogues
        .iter()
        .flat_map(|dialogue| dialogues::decide(rules, dialogue));
    took.map(|(_, took)| took).sum()
}

/// A whole replay on one core, with everything it reads and counts; in microseconds.
fn replay(before: &Ruleset, after: &Ruleset, dialogues: &[ConversationRecord]) -> f64 {
    let began = Instant::now();
    let mut what_if = WhatIf::new(before, after);
    for dialogue in dialogues {
        what_if.add_record(dialogue);
    }
    black_box(what_if.report());
    micros(began.elapsed())
}

fn made_up() -> Vec<ConversationRecord> {
    let turn = |said: usize| {
        let is_customer = said.is_multiple_of(2);
        TurnRecord {
            role: if is_customer {
                Role::Customer
            } else {
                Role::Assistant
            },
            text: if is_customer {
                words::short_customer(said)
            } else {
                words::assistant(said)
            },
            at: None,
            confidence: (!is_customer).then_some(0.95),
            retrieval: Vec::new(),
            fallback: None,
            tool_calls: Vec::new(),
        }
    };
    let one = |n: usize| ConversationRecord {
        conversation_id: n.to_string(),
        turns: (0..MADE_UP_TURNS)
            .map(|place| turn(n * 2 + place))
            .collect(),
        facts: std::collections::BTreeMap::default(),
        source: None,
        lang: None,
    };
    (0..MADE_UP).map(one).collect()
}
