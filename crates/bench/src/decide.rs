//! The pure decision on a customer's turn, as the service makes it: what is
//! observed, what the policy says with its trace, what the floor makes of it,
//! and the state after it. No disk, no socket.

use std::hint::black_box;
use std::time::Instant;

use segue_detect::{Detector, Memory, Observed};
use segue_engine::judge::flow_of;
use segue_engine::{Ruleset, judge_turn};
use segue_floor::{Answer, Command, Context, State, decide, evolve};
use segue_model::event::{Actor, AssistantKind, Entry, Opening, Origin};
use segue_model::fact::Facts;
use segue_model::floor::Epoch;
use segue_model::id::DraftId;
use segue_model::limits::HAND_BACKS_MAX;
use segue_model::time::{Span, Timestamp};
use segue_model::turn::{AnswerScores, Role, TurnNumber};
use segue_model::verdict::Outcome;
use segue_policy::Policy;
use serde_json::{Value, json};

use crate::figures::{median, micros, quantile, round};
use crate::words;

/// Turns of an ordinary conversation, half of them the customer's.
const ORDINARY: usize = 30;
/// How many of them are measured, after a tenth that is not.
const CONVERSATIONS: usize = 2_000;
/// Lengths at which the same decision is measured.
const LENGTHS: [usize; 3] = [10, 100, 1_000];
/// How many conversations of the greatest length.
const LONG: usize = 40;
/// Customer turns around each length that are measured.
const AROUND: usize = 10;
/// How often each hostile text is read.
const HOSTILE_ROUNDS: usize = 5;
/// The space between two turns, in milliseconds.
const STEP_MS: i64 = 20_000;

/// Measures ordinary conversations, long messages, then long conversations.
pub fn run() -> anyhow::Result<Value> {
    let rules = Ruleset::new(Policy::builtin().clone())?;
    let mut ordinary = measure(&rules, words::short_customer, CONVERSATIONS)?;
    let mut long = measure(&rules, words::customer, CONVERSATIONS / 5)?;
    let lengths = at_lengths(&rules)?;
    let medians: Vec<Value> = LENGTHS
        .iter()
        .zip(&lengths)
        .map(|(length, us)| json!({"turns": length, "median_us": round(*us)}))
        .collect();
    let worst = worst(&rules)?;
    let ends = lengths.last().zip(lengths.first());
    Ok(json!({
        "bench": "decide",
        "turn_median_us": round(median(&mut ordinary.all_us)),
        "turn_p99_us": round(quantile(&mut ordinary.all_us, 0.99)),
        "first_turn_median_us": round(median(&mut ordinary.first_us)),
        "turns_measured": ordinary.all_us.len(),
        "long_message_median_us": round(median(&mut long.all_us)),
        "long_message_bytes": words::customer(0).len(),
        "hostile_message_worst_ms": round(worst / 1e3),
        "at_length": medians,
        "longest_to_shortest": ends.map(|(longest, shortest)| round(longest / shortest)),
        "verdicts_to_continue": round(ordinary.continued.midpoint(long.continued)),
        "goals": {"turn_median_us": 20},
    }))
}

/// What decisions took, in microseconds.
struct Took {
    all_us: Vec<f64>,
    first_us: Vec<f64>,
    /// The share of verdicts that let the assistant answer.
    continued: f64,
}

fn measure(
    rules: &Ruleset,
    words: fn(usize) -> String,
    conversations: usize,
) -> anyhow::Result<Took> {
    let mut took = Took {
        all_us: Vec::new(),
        first_us: Vec::new(),
        continued: 0.0,
    };
    let mut judged = 0.0;
    for n in 0..conversations {
        let mut talk = Talk::new(rules, words, n)?;
        for turn in 0..ORDINARY / 2 {
            let took_us = talk.customer()?;
            if n >= conversations / 10 {
                took.all_us.push(took_us);
                if turn == 0 {
                    took.first_us.push(took_us);
                }
            }
            talk.assistant()?;
        }
        judged += talk.judged;
        took.continued += talk.continued;
    }
    took.continued /= judged;
    Ok(took)
}

/// The median at each of the lengths.
fn at_lengths(rules: &Ruleset) -> anyhow::Result<Vec<f64>> {
    let mut took = vec![Vec::new(); LENGTHS.len()];
    for n in 0..LONG {
        let mut talk = Talk::new(rules, words::short_customer, n)?;
        for turn in 0..LENGTHS.last().copied().unwrap_or_default() / 2 + AROUND {
            let took_us = talk.customer()?;
            let is_around = |length: &usize| (length / 2..length / 2 + AROUND).contains(&turn);
            let place = LENGTHS.iter().position(is_around);
            if let Some(at) = place.and_then(|place| took.get_mut(place)) {
                at.push(took_us);
            }
            talk.assistant()?;
        }
    }
    Ok(took.iter_mut().map(|took| median(took)).collect())
}

/// The slowest of hostile texts, in microseconds: of each the median of a few turns, the
/// first as well as those after it, which are compared with it.
fn worst(rules: &Ruleset) -> anyhow::Result<f64> {
    let mut worst = 0.0_f64;
    for text in words::hostile() {
        let mut took = Vec::new();
        for n in 0..HOSTILE_ROUNDS {
            let mut talk = Talk::new(rules, words::short_customer, n)?;
            took.push(talk.says(text.clone())?);
            took.push(talk.says(text.clone())?);
        }
        worst = worst.max(median(&mut took));
    }
    Ok(worst)
}

/// One conversation in memory.
struct Talk<'a> {
    rules: &'a Ruleset,
    detector: &'a Detector,
    words: fn(usize) -> String,
    state: State,
    memory: Memory,
    said: usize,
    now: Timestamp,
    judged: f64,
    continued: f64,
}

impl<'a> Talk<'a> {
    fn new(rules: &'a Ruleset, words: fn(usize) -> String, n: usize) -> anyhow::Result<Self> {
        let detector = rules.detector();
        let now = Timestamp(1_700_000_000_000);
        let mut talk = Self {
            rules,
            detector,
            words,
            state: State::default(),
            memory: Memory::default(),
            said: n,
            now,
            judged: 0.0,
            continued: 0.0,
        };
        let opening = Opening {
            customer: None,
            visitor: None,
            assistant: AssistantKind::External,
            origin: Origin::Live,
            channel: "api".to_owned(),
            locale: None,
            page: None,
            browser: None,
            follows: None,
            bot: None,
            desk: None,
            facts: Facts::default(),
        };
        talk.apply(Command::Open {
            opening: Box::new(opening),
            welcome: None,
        })?;
        Ok(talk)
    }

    /// The customer says something; how long the decision took, in microseconds.
    fn customer(&mut self) -> anyhow::Result<f64> {
        self.said += 1;
        self.says((self.words)(self.said))
    }

    fn says(&mut self, text: String) -> anyhow::Result<f64> {
        self.now = self.now + Span(STEP_MS.unsigned_abs());
        let turn = TurnNumber(self.state.turns + 1);
        let began = Instant::now();
        let spoken = (turn, text.as_str(), self.now);
        let flow = flow_of(&self.state);
        let judged = judge_turn(self.rules, &self.memory, flow, &self.state.facts, spoken);
        let is_continued = judged.verdict.outcome == Outcome::Continue;
        let command = Command::CustomerTurn {
            text: text.clone(),
            verdict: Some(judged.verdict),
            rise: None,
            handoff: None,
            review_notice: None,
            said_so_far: None,
            answer_by: self.now + self.rules.assistant_deadline(),
        };
        let entry = self.apply(command)?;
        black_box(&entry);
        self.memory = judged.memory;
        let took_us = micros(began.elapsed());
        self.judged += 1.0;
        self.continued += f64::from(u8::from(is_continued));
        Ok(took_us)
    }

    fn assistant(&mut self) -> anyhow::Result<()> {
        let text = words::assistant(self.said);
        self.now = self.now + Span(STEP_MS.unsigned_abs());
        let turn = TurnNumber(self.state.turns + 1);
        let answer = Answer {
            text: text.clone(),
            epoch: Epoch(self.state.epoch.0),
            in_reply_to: None,
            is_more: false,
            scores: AnswerScores {
                confidence: Some(0.95),
                ..AnswerScores::default()
            },
            verdict: None,
            handoff: None,
            clarify: None,
            deadline: self.now,
            shown: None,
            is_cut: false,
        };
        self.apply(Command::AssistantTurn(Box::new(answer)))?;
        self.observe(turn, Role::Assistant, &text);
        Ok(())
    }

    fn apply(&mut self, command: Command) -> anyhow::Result<Entry> {
        let context = Context {
            now: self.now,
            draft: DraftId::nil(),
            hand_backs_max: HAND_BACKS_MAX,
        };
        let decision = decide(&self.state, command, &context).map_err(anyhow::Error::from)?;
        let entry = Entry {
            version: self.state.version.next(),
            at: self.now,
            actor: Actor::Customer,
            events: decision.events,
        };
        evolve(&mut self.state, &entry);
        Ok(entry)
    }

    fn observe(&mut self, number: TurnNumber, role: Role, text: &str) {
        let scores = AnswerScores::default();
        let turn = Observed {
            number,
            role,
            text,
            at: self.now,
            scores: &scores,
            is_clarifying: false,
        };
        self.detector.observe(&mut self.memory, &turn);
    }
}
