//! Calls of BETOLD: events without words, so none of the detectors' signals. A
//! small model of its own, fitted to the calls of the training split, says how
//! much the order of events alone gives away; it is reported apart.

use std::collections::{BTreeMap, BTreeSet};

use segue_detect::measure::Classes;
use serde::Deserialize;

use super::figure::{Wrong, macro_f1, ranked};
use super::logistic::Logistic;
use super::sets::{Measured, Sets};

const SIGNAL: &str = "escalation_risk";
/// Longest sequence of events that is a feature.
const EVENTS_MAX: usize = 2;
/// How many events at the end count as such.
const LAST_EVENTS: usize = 4;
/// A feature of fewer calls says nothing about other calls.
const CALLS_MIN: usize = 2;

#[derive(Debug, Deserialize)]
struct Call {
    conversation_id: String,
    turns: Vec<Event>,
    labels: Labels,
}

#[derive(Debug, Deserialize)]
struct Event {
    role: String,
    event: String,
    #[serde(default)]
    entities: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Labels {
    late_forward_or_hangup: u8,
}

/// Fits to the one split and measures on the other.
pub fn measure(sets: &Sets) -> anyhow::Result<Measured> {
    let calls = sets.file::<Call>(&format!("replay/betold.{}", sets.split))?;
    let (Some(train), Some(calls)) = (sets.file::<Call>("replay/betold.train")?, calls) else {
        return Ok(Measured::default());
    };
    let features: Vec<BTreeSet<String>> = train.iter().map(features).collect();
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for feature in features.iter().flatten() {
        *counts.entry(feature).or_default() += 1;
    }
    counts.retain(|_, calls| *calls >= CALLS_MIN);
    let names: Vec<&str> = counts.into_keys().collect();
    let numbers = |features: &BTreeSet<String>| -> Vec<usize> {
        let known = features.iter().map(String::as_str);
        known
            .filter_map(|name| names.binary_search(&name).ok())
            .collect()
    };
    let rows: Vec<(bool, Vec<usize>)> = train
        .iter()
        .zip(&features)
        .map(|(call, features)| (is_late(call), numbers(features)))
        .collect();
    let model = Logistic::fit(&rows, names.len());
    let judged: Vec<(bool, f64)> = calls
        .iter()
        .map(|call| {
            (
                is_late(call),
                model.likelihood(&numbers(&self::features(call))),
            )
        })
        .collect();
    let classes: Vec<(usize, usize)> = judged
        .iter()
        .map(|(is, likelihood)| (usize::from(*is), usize::from(*likelihood >= 0.5)))
        .collect();
    let wrong = calls.iter().zip(&judged);
    let wrong = wrong.filter(|(_, (is, likelihood))| *is != (*likelihood >= 0.5));
    let wrong = wrong.map(|(call, (is_true, score))| Wrong {
        text: call.conversation_id.clone(),
        is_true: *is_true,
        score: *score,
    });
    let note = "events only, a model of its own";
    Ok(Measured {
        curves: Vec::new(),
        figures: vec![
            ranked(SIGNAL, "betold", &judged).with_note(note),
            macro_f1(SIGNAL, "betold", &Classes::new(2, &classes)).with_note(note),
        ],
        wrong: vec![(SIGNAL, "betold".to_owned(), wrong.collect())],
    })
}

const fn is_late(call: &Call) -> bool {
    call.labels.late_forward_or_hangup == 1
}

/// Sequences of events anywhere and at the end, what repeats, what was spoken
/// of, and how long it took.
fn features(call: &Call) -> BTreeSet<String> {
    let events: Vec<String> = call
        .turns
        .iter()
        .map(|turn| format!("{}:{}", turn.role, turn.event))
        .collect();
    let mut features = BTreeSet::new();
    for length in 1..=EVENTS_MAX {
        for sequence in events.windows(length) {
            features.insert(sequence.join(" "));
        }
    }
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for event in &events {
        let count = seen.entry(event).or_default();
        *count += 1;
        if *count > 1 {
            features.insert(format!("{event} x{}", (*count).min(4)));
        }
    }
    for (back, event) in events.iter().rev().take(LAST_EVENTS).enumerate() {
        features.insert(format!("last {back} {event}"));
        features.insert(format!("late {event}"));
    }
    if let [.., before, last] = events.as_slice() {
        features.insert(format!("end {before} {last}"));
    }
    for turn in &call.turns {
        for entity in &turn.entities {
            features.insert(format!("of {entity}"));
        }
    }
    for length in [5, 10, 15, 20, 25, 30, 40] {
        if events.len() >= length {
            features.insert(format!("length {length}"));
        }
    }
    features
}
