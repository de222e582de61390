//! The decision on every customer turn of a file of real dialogues, detectors and the
//! rest apart; and whole processes beside each other: this product's `segue decide`, a
//! word list for moods, and a transformer encoder, on the same messages.

use std::fs::File;
use std::hint::black_box;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, ensure};
use flate2::read::MultiGzDecoder;
use segue_detect::{Detector, Flow, Memory, Observed};
use segue_engine::replay::{scores_of, time_of};
use segue_engine::{Ruleset, judge_turn};
use segue_model::fact::Facts;
use segue_model::record::{ConversationRecord, TurnRecord};
use segue_model::turn::{Role, TurnNumber};
use segue_policy::Policy;
use serde_json::{Value, json};

use crate::figures::{count, median, micros, quantile, round};
use crate::system;

/// Which turns stand for a conversation of thirty.
const THIRTIETH: std::ops::RangeInclusive<usize> = 25..=35;
/// What runs beside the product, and how many messages it is asked: an encoder takes
/// milliseconds for each.
const PEERS: &[(&str, &str, usize)] = &[
    ("vaderSentiment", include_str!("../peers/vader.py"), 20_000),
    (
        "MiniLM in 8 bits",
        include_str!("../peers/encoder.py"),
        2_000,
    ),
];
/// How often a process is looked at until it has ended.
const LOOK: Duration = Duration::from_millis(5);
/// How often the dialogues are gone through; the first time warms up.
const ROUNDS: usize = 4;

/// Measures the dialogues of a file; beside others if told which Python has them.
pub fn run(file: &Path, python: Option<&Path>) -> anyhow::Result<Value> {
    let dialogues = read(file)?;
    let rules = Ruleset::new(Policy::builtin().clone())?;
    let (mut detectors, mut whole) = (Took::default(), Took::default());
    for round in 0..ROUNDS {
        // One after the other, so that neither warms the other's way.
        let alone = dialogues.iter().map(|it| detect(rules.detector(), it));
        let alone: Vec<_> = alone.collect();
        let judged: Vec<_> = dialogues.iter().map(|it| decide(&rules, it)).collect();
        if round > 0 {
            alone.iter().for_each(|turns| detectors.add(turns));
            judged.iter().for_each(|turns| whole.add(turns));
        }
    }
    let texts: Vec<&str> = dialogues
        .iter()
        .flat_map(|dialogue| &dialogue.turns)
        .filter(|turn| turn.role == Role::Customer)
        .map(|turn| turn.text.as_str())
        .collect();
    let bytes = texts.iter().map(|text| count(text.len() as u64));
    Ok(json!({
        "bench": "decide",
        "turn_median_us": round(median(&mut whole.thirtieth)),
        "first_turn_median_us": round(median(&mut whole.first)),
        "dialogues": dialogues.len(),
        "customer_turns": texts.len(),
        "message_median_bytes": median(&mut bytes.collect::<Vec<_>>()),
        "detectors": detectors.figures(),
        "detectors_and_policy": whole.figures(),
        "whole_processes": beside(&dialogues, &texts, python)?,
    }))
}

/// What turns took, in microseconds.
#[derive(Default)]
struct Took {
    all: Vec<f64>,
    first: Vec<f64>,
    thirtieth: Vec<f64>,
}

impl Took {
    /// Adds a dialogue: the place of each customer turn in it, and what it took.
    fn add(&mut self, turns: &[(usize, f64)]) {
        for (nth, (place, took)) in turns.iter().enumerate() {
            self.all.push(*took);
            if nth == 0 {
                self.first.push(*took);
            }
            if THIRTIETH.contains(place) {
                self.thirtieth.push(*took);
            }
        }
    }

    fn figures(&mut self) -> Value {
        json!({
            "first_turn_median_us": round(median(&mut self.first)),
            "turn_median_us": round(median(&mut self.all)),
            "turn_p99_us": round(quantile(&mut self.all, 0.99)),
            "thirtieth_turn_median_us": round(median(&mut self.thirtieth)),
        })
    }
}

/// The signals of each customer turn.
fn detect(detector: &Detector, dialogue: &ConversationRecord) -> Vec<(usize, f64)> {
    let mut memory = Memory::default();
    let mut took = Vec::new();
    for (index, turn) in dialogue.turns.iter().enumerate() {
        let began = Instant::now();
        observe(detector, &mut memory, index, turn);
        if turn.role == Role::Customer {
            black_box(detector.signals(&memory, &Flow::default()));
            took.push((index + 1, micros(began.elapsed())));
        }
    }
    took
}

/// The verdict on each customer turn, with its trace.
pub fn decide(rules: &Ruleset, dialogue: &ConversationRecord) -> Vec<(usize, f64)> {
    let mut memory = Memory::default();
    let facts = Facts::default();
    let mut took = Vec::new();
    for (index, turn) in dialogue.turns.iter().enumerate() {
        if turn.role != Role::Customer {
            observe(rules.detector(), &mut memory, index, turn);
            continue;
        }
        let began = Instant::now();
        let spoken = (number(index), turn.text.as_str(), time_of(turn, index));
        let judged = judge_turn(rules, &memory, Flow::default(), &facts, spoken);
        black_box(&judged.verdict);
        memory = judged.memory;
        took.push((index + 1, micros(began.elapsed())));
    }
    took
}

fn observe(detector: &Detector, memory: &mut Memory, index: usize, turn: &TurnRecord) {
    let scores = scores_of(turn);
    let observed = Observed {
        number: number(index),
        role: turn.role,
        text: &turn.text,
        at: time_of(turn, index),
        scores: &scores,
        is_clarifying: false,
    };
    detector.observe(memory, &observed);
}

fn number(index: usize) -> TurnNumber {
    TurnNumber(u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1))
}

/// The dialogues of a file.
pub fn read(file: &Path) -> anyhow::Result<Vec<ConversationRecord>> {
    let opened = File::open(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    let is_packed = file.extension().is_some_and(|ending| ending == "gz");
    let reader: Box<dyn BufRead> = if is_packed {
        Box::new(BufReader::new(MultiGzDecoder::new(opened)))
    } else {
        Box::new(BufReader::new(opened))
    };
    let mut dialogues = Vec::new();
    for line in reader.lines() {
        let line = line?;
        if !line.trim().is_empty() {
            dialogues.push(serde_json::from_str(&line)?);
        }
    }
    Ok(dialogues)
}

/// Processor time of whole processes for each message, their start with it.
fn beside(
    dialogues: &[ConversationRecord],
    texts: &[&str],
    python: Option<&Path>,
) -> anyhow::Result<Value> {
    let folder = std::env::temp_dir().join(format!("segue-bench-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let records = folder.join("dialogues.jsonl");
    let mut out = std::io::BufWriter::new(File::create(&records)?);
    for dialogue in dialogues {
        serde_json::to_writer(&mut out, dialogue)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    let mut segue = Command::new(std::env::current_exe()?);
    let mut rows = vec![process(
        "segue decide",
        segue.arg("decide"),
        &records,
        texts.len(),
    )?];
    if let Some(python) = python {
        for (name, script, most) in PEERS {
            let some = texts.get(..(*most).min(texts.len())).unwrap_or_default();
            let lines: Vec<String> = some.iter().map(|text| text.replace('\n', " ")).collect();
            let input = folder.join("messages.txt");
            std::fs::write(&input, lines.join("\n") + "\n")?;
            let mut peer = Command::new(python);
            rows.push(process(
                name,
                peer.args(["-c", script]),
                &input,
                some.len(),
            )?);
        }
    }
    std::fs::remove_dir_all(&folder)?;
    let own = rows
        .first()
        .and_then(|row| row["cpu_us_per_message"].as_f64());
    for row in &mut rows {
        if let (Some(own), Some(theirs)) = (own, row["cpu_us_per_message"].as_f64()) {
            row["times_segue"] = json!(round(theirs / own));
        }
    }
    Ok(json!(rows))
}

/// Runs a process to its end, and says what processor time it had.
fn process(
    name: &str,
    command: &mut Command,
    input: &Path,
    messages: usize,
) -> anyhow::Result<Value> {
    let mut child = command
        .stdin(File::open(input)?)
        .stdout(Stdio::null())
        .spawn()
        .with_context(|| format!("cannot start {name}"))?;
    // A process that has ended keeps its figures until somebody waits for it.
    while !system::has_ended(child.id())? {
        std::thread::sleep(LOOK);
    }
    let cpu = system::cpu_us(child.id())?;
    let status = child.wait()?;
    ensure!(status.success(), "{name} ended with {status}");
    Ok(json!({
        "process": name,
        "messages": messages,
        "cpu_us_per_message": round(cpu / count(messages as u64)),
    }))
}
