//! The packet that an agent reads, made of a long conversation: the whole of it
//! is read anew with every packet.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use segue_engine::packet::{Source, build};
use segue_model::event::{AssistantKind, Opening, Origin};
use segue_model::fact::Facts;
use segue_model::floor::Epoch;
use segue_model::id::{ConversationId, PolicyVersion};
use segue_model::time::Timestamp;
use segue_model::turn::{AnswerScores, Author, Turn, TurnNumber};
use serde_json::{Value, json};

use crate::figures::{median, micros, round};
use crate::words;

/// Lengths of conversations, in turns.
const LENGTHS: [u32; 4] = [30, 60, 100, 200];
/// How many packets of each.
const ROUNDS: usize = 101;

/// Measures packets of conversations of each length.
pub fn run() -> Value {
    let medians: Vec<Value> = LENGTHS
        .iter()
        .map(|turns| json!({"turns": turns, "median_ms": round(measure(*turns) / 1e3)}))
        .collect();
    json!({"bench": "packet", "at_length": medians})
}

/// The median time of one packet, in microseconds.
fn measure(length: u32) -> f64 {
    let opening = Opening {
        customer: None,
        visitor: None,
        assistant: AssistantKind::Builtin,
        origin: Origin::Live,
        channel: "bench".to_owned(),
        locale: None,
        page: None,
        browser: None,
        follows: None,
        bot: None,
        desk: None,
        facts: Facts::default(),
    };
    let turns: Vec<Turn> = (0..length).map(turn).collect();
    let policy = PolicyVersion(Arc::from("default@bench"));
    let source = Source {
        conversation: ConversationId::nil(),
        turns: &turns,
        opening: &opening,
        facts: &opening.facts,
        verdict: None,
        reason: "you asked for a person",
        told: None,
        policy: &policy,
        moods: &[],
        agent_name: Some("Sarah"),
    };
    let mut took: Vec<f64> = (0..ROUNDS)
        .map(|_| {
            let began = Instant::now();
            black_box(build(&source));
            micros(began.elapsed())
        })
        .collect();
    median(&mut took)
}

fn turn(place: u32) -> Turn {
    let n = place as usize;
    let (author, text) = if place.is_multiple_of(2) {
        (Author::Customer, words::customer(n))
    } else {
        (Author::Assistant, words::assistant(n))
    };
    Turn {
        number: TurnNumber(place + 1),
        author,
        text,
        at: Timestamp(i64::from(place) * 20_000),
        epoch: Epoch(0),
        scores: AnswerScores::default(),
    }
}
