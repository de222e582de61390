//! The detectors against this project's own labelled texts: the half of them that
//! nothing was learned from. Prints a table and holds floors.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "support/talk.rs"]
mod talk;

use std::collections::BTreeMap;
use std::path::Path;

use segue_detect::measure::Confusion;
use serde_json::Value;

fn rows(file: &str) -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../challenge");
    let text = std::fs::read_to_string(folder.join(format!("{file}.jsonl"))).unwrap();
    let rows = text.lines().map(|line| serde_json::from_str(line).unwrap());
    rows.filter(|row: &Value| row["split"] == "test").collect()
}

/// Whether any of the signals fires.
fn any(text: &str, signals: &[&str]) -> bool {
    signals.iter().any(|name| talk::fires(text, name))
}

fn check(file: &str, signals: &[&str], f1_min: f64, label: impl Fn(&Value) -> bool) {
    let mut all = Confusion::default();
    let mut parts: BTreeMap<String, Confusion> = BTreeMap::new();
    let wanted = std::env::var("SEGUE_MISSES").unwrap_or_default();
    for row in rows(file) {
        let text = row["text"].as_str().unwrap();
        let (is_true, fired) = (label(&row), any(text, signals));
        all.add(is_true, fired);
        for part in [&row["lang"], &row["kind"]] {
            let part = part.as_str().unwrap().to_owned();
            parts.entry(part).or_default().add(is_true, fired);
        }
        if wanted == signals[0] && is_true != fired {
            println!(
                "{} {} {text}",
                if fired { "wrong " } else { "missed" },
                row["kind"]
            );
        }
    }
    let line = |name: &str, it: &Confusion| {
        println!(
            "{name:<28} n {:>4}  F1 {:.3}  P {:.3}  R {:.3}  FPR {:.3}",
            it.rows(),
            it.f1(),
            it.precision(),
            it.recall(),
            it.false_alarm_rate()
        );
    };
    line(&format!("{file}: {}", signals.join(", ")), &all);
    parts
        .iter()
        .for_each(|(name, part)| line(&format!("    {name}"), part));
    assert!(all.f1() >= f1_min, "{file}: F1 {:.3} < {f1_min}", all.f1());
}

fn is_labelled(row: &Value) -> bool {
    row["label"] == 1
}

#[test]
fn wishes_for_a_person() {
    check("opt_out", &["opt_out"], 0.70, is_labelled);
}

#[test]
fn legal_threats() {
    check(
        "legal_threat",
        &["compliance.legal_threat"],
        0.1,
        is_labelled,
    );
}

#[test]
fn personal_data() {
    let signals = ["topic.privacy_data", "compliance.data_deletion"];
    check("privacy", &signals, 0.45, is_labelled);
}

#[test]
fn distress() {
    check("distress", &["distress"], 0.35, is_labelled);
}

#[test]
fn frustration() {
    check("frustration", &["frustration", "anger"], 0.70, is_labelled);
}

#[test]
fn topics() {
    for (topic, f1_min) in [
        ("refund_return", 0.6),
        ("cancel_close", 0.6),
        ("billing_dispute", 0.6),
        ("fraud_security", 0.6),
        ("complaint", 0.6),
    ] {
        check("topics", &[&format!("topic.{topic}")], f1_min, |row| {
            row["topics"]
                .as_array()
                .unwrap()
                .iter()
                .any(|it| it == topic)
        });
    }
}
