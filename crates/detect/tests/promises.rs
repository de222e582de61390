//! What assistants promise, against this project's own labelled texts: tuned on one half
//! of them, held to figures on the other.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::path::Path;

use segue_detect::measure::Confusion;
use segue_detect::{Detector, Flow, Memory, Observed, could_promise};
use segue_model::signal::{SignalKind, Signals};
use segue_model::time::Timestamp;
use segue_model::turn::{AnswerScores, Role, ToolCall, ToolStatus, TurnNumber};
use serde_json::Value;

fn rows() -> Vec<Value> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../challenge/promises.jsonl");
    let text = std::fs::read_to_string(file).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The signals after an answer, with tools that gave a result.
fn after(answer: &str, tools: &[&str]) -> Signals {
    let detector = Detector::builtin();
    let mut memory = Memory::default();
    let none = AnswerScores::default();
    let call = |name: &&str| ToolCall {
        name: (*name).to_owned(),
        status: ToolStatus::Ok,
        ms: 1,
    };
    let scores = AnswerScores {
        tool_calls: tools.iter().map(call).collect(),
        ..AnswerScores::default()
    };
    for (number, role, text, scores) in [
        (1, Role::Customer, "Where is my order?", &none),
        (2, Role::Assistant, answer, &scores),
    ] {
        let turn = Observed {
            number: TurnNumber(number),
            role,
            text,
            at: Timestamp(i64::from(number) * 1_000),
            scores,
            is_clarifying: false,
        };
        detector.observe(&mut memory, &turn);
    }
    detector.signals(&memory, &Flow::default())
}

fn promises(signals: &Signals) -> (bool, bool) {
    (
        signals.is_set(SignalKind::ImpliedPromise),
        signals.is_set(SignalKind::ImpliedAction),
    )
}

/// Precision, recall and the lines that were taken wrongly, of one half.
fn measure(split: &str) -> (Confusion, Vec<String>) {
    let mut all = Confusion::default();
    let mut wrong = Vec::new();
    for row in rows().iter().filter(|row| row["split"] == split) {
        let text = row["text"].as_str().unwrap();
        let (promise, action) = promises(&after(text, &[]));
        let found = match row["promise"].as_str() {
            Some("action") => action,
            Some(_) => promise,
            None => promise || action,
        };
        let is_promise = row["label"] == 1;
        all.add(is_promise, found);
        if found != is_promise {
            wrong.push(format!("{} {text}", row["id"].as_str().unwrap()));
        }
    }
    (all, wrong)
}

#[test]
fn promises_are_told_from_what_only_sounds_alike() {
    for (split, precision_min, recall_min) in [("train", 0.97, 0.95), ("test", 0.95, 0.5)] {
        let (all, wrong) = measure(split);
        let (precision, recall) = (all.precision(), all.recall());
        let figures = format!("{split}: precision {precision:.3}, recall {recall:.3}");
        println!("{figures}\n{}", wrong.join("\n"));
        assert!(
            precision >= precision_min && recall >= recall_min,
            "{figures}; wrong: {wrong:#?}"
        );
    }
}

#[test]
fn every_promise_that_is_seen_is_held_back_first() {
    let seen = rows().into_iter().filter(|row| {
        let found = promises(&after(row["text"].as_str().unwrap(), &[]));
        found.0 || found.1
    });
    let missed: Vec<_> = seen
        .filter(|row| !could_promise(row["text"].as_str().unwrap()))
        .map(|row| row["text"].to_string())
        .collect();
    assert_eq!(missed, Vec::<String>::new());
    for harmless in [
        "Open the settings page",
        "Click on Save",
        "Press and hold the button for ten seconds",
    ] {
        assert!(!could_promise(harmless), "{harmless}");
    }
}

#[test]
fn what_a_tool_did_is_no_empty_promise() {
    let refunded = "I have refunded your order.";
    assert_eq!(promises(&after(refunded, &[])), (false, true));
    assert_eq!(promises(&after(refunded, &["find_order"])), (false, true));
    assert_eq!(
        promises(&after(refunded, &["issue_refund"])),
        (false, false)
    );
    let ticket = "I have created a ticket for you.";
    assert_eq!(promises(&after(ticket, &[])), (true, false));
    assert_eq!(promises(&after(ticket, &["create_ticket"])), (false, false));
    let person = "I'll transfer you to a colleague.";
    assert_eq!(promises(&after(person, &["create_ticket"])), (true, false));
}
