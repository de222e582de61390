//! A conversation under observation, for the tests at the room's interface.
#![allow(dead_code, reason = "each test file uses its part of this")]

use segue_detect::{Detector, Flow, Memory, Observed};
use segue_model::signal::{Reading, Signal, SignalKind, SignalName, SignalValue, Signals};
use segue_model::time::Timestamp;
use segue_model::turn::{AnswerScores, Role, TurnNumber};

/// A conversation under observation.
pub struct Talk {
    pub detector: Detector,
    pub memory: Memory,
    pub number: u32,
    pub minute: i64,
    pub flow: Flow,
}

impl Talk {
    pub fn new() -> Self {
        Self::with(Detector::builtin())
    }

    pub fn with(detector: Detector) -> Self {
        Self {
            detector,
            memory: Memory::default(),
            number: 0,
            minute: 0,
            flow: Flow::default(),
        }
    }

    pub fn turn(
        &mut self,
        role: Role,
        text: &str,
        scores: &AnswerScores,
        is_clarifying: bool,
    ) -> &mut Self {
        self.number += 1;
        self.minute += 1;
        let turn = Observed {
            number: TurnNumber(self.number),
            role,
            text,
            at: Timestamp(self.minute * 60_000),
            scores,
            is_clarifying,
        };
        self.detector.observe(&mut self.memory, &turn);
        self
    }

    pub fn customer(&mut self, text: &str) -> &mut Self {
        self.turn(Role::Customer, text, &AnswerScores::default(), false)
    }

    pub fn assistant(&mut self, text: &str) -> &mut Self {
        self.turn(Role::Assistant, text, &AnswerScores::default(), false)
    }

    pub fn fallback(&mut self) -> &mut Self {
        let scores = AnswerScores {
            is_fallback: true,
            is_courtesy: false,
            ..AnswerScores::default()
        };
        self.turn(Role::Assistant, "I have no answer to that.", &scores, false)
    }

    pub fn signals(&self) -> Signals {
        self.detector.signals(&self.memory, &self.flow)
    }

    pub fn number(&self, kind: SignalKind) -> f64 {
        present(&self.signals(), &SignalName::Kind(kind))
            .value
            .number()
    }
}

pub fn present(signals: &Signals, name: &SignalName) -> Signal {
    match signals.read(name) {
        Reading::Present(signal) => signal.clone(),
        other => panic!("{name} is {other:?}"),
    }
}

pub fn fires(text: &str, name: &str) -> bool {
    let name = SignalName::parse(name).expect("a known name");
    fires_in(&mut Talk::new(), text, &name)
}

fn fires_in(talk: &mut Talk, text: &str, name: &SignalName) -> bool {
    let signal = present(&talk.customer(text).signals(), name);
    assert_eq!(
        signal.value == SignalValue::Flag(true),
        signal.score >= 0.5,
        "{text}"
    );
    signal.value == SignalValue::Flag(true)
}

/// Each line is a message; all of them fire, or none does.
pub fn check(name: &str, expected: bool, messages: &str) {
    let wrong: Vec<&str> = messages
        .lines()
        .map(str::trim)
        .filter(|text| !text.is_empty() && fires(text, name) != expected)
        .collect();
    assert!(
        wrong.is_empty(),
        "{name} should be {expected} for {wrong:#?}"
    );
}

/// The same for messages that follow an answer of the assistant.
pub fn check_answered(name: &str, expected: bool, messages: &str) {
    let name = SignalName::parse(name).expect("a known name");
    let lines = messages.lines().map(str::trim);
    let wrong: Vec<&str> = lines
        .filter(|text| {
            let mut talk = Talk::new();
            talk.customer("how do I print a label")
                .assistant("Open the page of your orders and choose Print.");
            !text.is_empty() && fires_in(&mut talk, text, &name) != expected
        })
        .collect();
    assert!(
        wrong.is_empty(),
        "{name} should be {expected} for {wrong:#?}"
    );
}
