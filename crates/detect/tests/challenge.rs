//! The detectors against this project's own labelled texts: the half of them that
//! nothing was learned from.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "support/talk.rs"]
mod talk;

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

/// F1 at least, and at most this share of the near misses that fires. The whole table
/// is printed by `segue eval`.
fn check(
    file: &str,
    signals: &[&str],
    (f1_min, alarms_max): (f64, f64),
    label: impl Fn(&Value) -> bool,
) {
    let mut all = Confusion::default();
    for row in rows(file) {
        all.add(label(&row), any(row["text"].as_str().unwrap(), signals));
    }
    let (f1, alarms) = (all.f1(), all.false_alarm_rate());
    assert!(f1 >= f1_min, "{signals:?}: F1 {f1:.3} < {f1_min}");
    assert!(
        alarms <= alarms_max,
        "{signals:?}: {alarms:.3} > {alarms_max}"
    );
}

fn is_labelled(row: &Value) -> bool {
    row["label"] == 1
}

#[test]
fn wishes_for_a_person() {
    check("opt_out", &["opt_out"], (0.76, 0.06), is_labelled);
}

#[test]
fn legal_threats() {
    check(
        "legal_threat",
        &["compliance.legal_threat"],
        (0.74, 0.15),
        is_labelled,
    );
}

#[test]
fn personal_data() {
    let signals = ["topic.privacy_data", "compliance.data_deletion"];
    check("privacy", &signals, (0.71, 0.08), is_labelled);
}

#[test]
fn distress() {
    check("distress", &["distress"], (0.62, 0.08), is_labelled);
}

#[test]
fn frustration() {
    check(
        "frustration",
        &["frustration", "anger"],
        (0.74, 0.10),
        is_labelled,
    );
}

#[test]
fn topics() {
    let topics = [
        "refund_return",
        "cancel_close",
        "billing_dispute",
        "fraud_security",
        "complaint",
    ];
    for topic in topics {
        check(
            "topics",
            &[&format!("topic.{topic}")],
            (0.60, 0.08),
            |row| {
                row["topics"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .any(|it| it == topic)
            },
        );
    }
}
