//! Replays and thresholds as their user meets them: files and data folders in, tables and
//! JSON out, exit codes.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

fn segue(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_segue"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A command that refuses its input early closes the pipe.
    drop(stdin.write_all(input.as_bytes()));
    drop(stdin);
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn shipped() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../policies/default.yaml")
}

/// The policy that ships with another threshold, as a file.
fn raised(name: &str) -> PathBuf {
    let policy = std::fs::read_to_string(shipped()).unwrap();
    assert!(policy.contains("accept: 0.70"));
    let file = std::env::temp_dir().join(format!("segue-{}-{name}.yaml", std::process::id()));
    std::fs::write(&file, policy.replacen("accept: 0.70", "accept: 0.80", 1)).unwrap();
    file
}

const TALKS: &str = r#"{"conversation_id":"sure","turns":[{"role":"customer","text":"How do I print a label?"},{"role":"assistant","text":"Open the order.","confidence":0.95}]}
{"conversation_id":"unsure","turns":[{"role":"customer","text":"Can exports be merged by week?"},{"role":"assistant","text":"Which ones?","confidence":0.3,"fallback":true},{"role":"customer","text":"Those of last month"},{"role":"assistant","text":"They can.","confidence":0.75}]}
{"conversation_id":"person","turns":[{"role":"customer","text":"I want to talk to a human"}]}
"#;

#[test]
fn a_replay_says_what_changes_with_a_conversation_to_read() {
    let policy = raised("replay");
    let policy = policy.to_str().unwrap();
    let replay = ["policy", "replay", "--policy", policy, "--against", "-"];
    let told = segue(&replay, TALKS);
    assert!(told.status.success(), "{}", text(&told.stderr));
    let shown = text(&told.stdout);
    for part in [
        "3 conversations with 4 customer turns",
        "before   33.3 %",
        "after    66.7 %",
        "change  +33.3 points",
        "newly handed over        1",
        "To read: handed over only after",
        "\u{201c}Those of last month\u{201d}",
        "bands.fallbacks_in_a_row",
        "How sure this is",
    ] {
        assert!(shown.contains(part), "{part} is not in\n{shown}");
    }
    let told = segue(&[&replay[..], &["--format", "json"]].concat(), TALKS);
    let report: Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!(report["changes"]["newly"], 1);
    assert_eq!(report["examples"][0]["conversation"], "unsure");
    assert_eq!(report["before"]["conversations"], 3);
    // Against itself nothing changes.
    let same = [&replay[..], &["--base", policy, "--format", "json"]].concat();
    let report: Value = serde_json::from_slice(&segue(&same, TALKS).stdout).unwrap();
    assert_eq!(
        (&report["changes"]["same"], &report["exact"]),
        (&json!(3), &json!(3))
    );
    std::fs::remove_file(policy).unwrap();
}

#[test]
fn what_cannot_be_read_is_said_and_ends_with_2() {
    let shipped = shipped();
    let shipped = shipped.to_str().unwrap();
    let broken = std::env::temp_dir().join(format!("segue-{}-broken.yaml", std::process::id()));
    std::fs::write(&broken, "policy: x\nnonsense: 1\n").unwrap();
    let cases = [
        (broken.to_str().unwrap(), "-", TALKS, "nonsense"),
        (shipped, "-", "{\"turns\"", "line 1"),
        (shipped, "/nowhere/at/all.jsonl", "", "cannot open"),
        (
            shipped,
            env!("CARGO_MANIFEST_DIR"),
            "",
            "cannot open the data",
        ),
    ];
    for (policy, against, input, wanted) in cases {
        let told = segue(
            &["policy", "replay", "--policy", policy, "--against", against],
            input,
        );
        assert_eq!(told.status.code(), Some(2), "{wanted}");
        assert!(
            text(&told.stderr).contains(wanted),
            "{}",
            text(&told.stderr)
        );
        assert!(told.stdout.is_empty());
    }
    std::fs::remove_file(broken).unwrap();
}

fn answers() -> String {
    let parts = [
        (0.97, 156, 7),
        (0.92, 153, 16),
        (0.87, 117, 14),
        (0.75, 244, 65),
        (0.50, 330, 190),
    ];
    let mut lines = String::new();
    for (score, n, wrong) in parts {
        for index in 0..n {
            let line = json!({ "score": score, "wrong": index < wrong });
            lines.push_str(&format!("{line}\n"));
        }
    }
    lines
}

#[test]
fn a_threshold_is_recommended_with_what_it_rests_on() {
    let told = segue(&["tune", "-"], &answers());
    assert!(told.status.success(), "{}", text(&told.stderr));
    let shown = text(&told.stdout);
    for part in [
        "Recommended threshold: 0.90 (now 0.70)",
        "keeps us 90 % sure that fewer than 1 in 10",
        "0.90      309      23    7.4 %    9.7 %    30.9 %   0.0761  holds",
        "0.85      426      37    8.7 %   10.7 %    42.6 %   0.2070  ·",
        "◆ recommended",
        "Certificate",
    ] {
        assert!(shown.contains(part), "{part} is not in\n{shown}");
    }
    let told = segue(&["tune", "-", "--format", "json"], &answers());
    let report: Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!(report["recommendation"]["threshold"], 0.9);
    assert_eq!(report["recommendation"]["direction"], "raise");
    assert_eq!(report["refusal"], Value::Null);
    assert_eq!(report["table"].as_array().unwrap().len(), 14);
}

#[test]
fn a_refusal_ends_with_3_and_what_cannot_be_read_with_2() {
    let told = segue(&["tune", "-"], "{\"score\":0.9,\"wrong\":false}\n");
    assert_eq!(told.status.code(), Some(3));
    assert!(text(&told.stdout).contains("One checked answer is too little"));
    for (line, wanted) in [
        ("{\"score\":1.5,\"wrong\":false}", "`score` is 1.5"),
        ("{\"wrong\":false}", "score"),
        ("{\"score\":0.5,\"by_chance\":0}", "`by_chance`"),
        ("{\"score\":0.5,\"at\":\"yesterday\"}", "RFC 3339"),
    ] {
        let told = segue(&["tune", "-"], line);
        assert_eq!(told.status.code(), Some(2), "{line}");
        assert!(
            text(&told.stderr).contains(wanted),
            "{}",
            text(&told.stderr)
        );
    }
    assert_eq!(segue(&["tune"], "").status.code(), Some(2));
    assert_eq!(
        segue(&["tune", "-", "--alpha", "0.9"], "").status.code(),
        Some(2)
    );
}
