//! Signals and facts in short.

use std::sync::Arc;

use segue_model::fact::{FactValue, Facts};
use segue_model::signal::{Reading, Signal, SignalName, SignalValue, Signals, Unit};

/// Signals in short: `anger`, `sentiment=-0.9`, `!distress` (not set), `?anger` (failed).
pub fn signals(text: &str) -> Signals {
    let mut signals = Signals::new();
    for word in text.split_whitespace() {
        let (name, value) = word.split_once('=').unwrap_or((word, "1"));
        let name_only = name.trim_start_matches(['!', '?']);
        let name_parsed = SignalName::parse(name_only).expect(name_only);
        let number: f64 = if name.starts_with('!') {
            0.0
        } else {
            value.parse().unwrap()
        };
        let value = match name_parsed.unit() {
            Unit::Flag => SignalValue::Flag(number > 0.0),
            Unit::Count => SignalValue::Count(number as u32),
            Unit::Score => SignalValue::Score(number),
            Unit::Polarity => SignalValue::Polarity(number),
        };
        let reading = match name.starts_with('?') {
            true => Reading::Unavailable {
                reason: Arc::from("it broke"),
            },
            false => Reading::Present(Signal {
                value,
                score: 1.0,
                evidence: Vec::new(),
            }),
        };
        match name_parsed {
            SignalName::Kind(kind) => signals.set(kind, reading),
            SignalName::Topic(topic) => signals.set_topic(topic, reading),
        }
    }
    signals
}

/// Facts in short: `vip`, `tier=pro`, `failed` (the lookup).
pub fn facts(text: &str) -> Facts {
    let mut facts = Facts::default();
    for word in text.split_whitespace() {
        match word.split_once('=') {
            Some((name, value)) => {
                facts
                    .known
                    .insert(name.to_owned(), FactValue::Text(value.to_owned()));
            }
            None if word == "failed" => facts.lookup_failed = Some("timeout".to_owned()),
            None => {
                facts.known.insert(word.to_owned(), FactValue::Flag(true));
            }
        }
    }
    facts
}
