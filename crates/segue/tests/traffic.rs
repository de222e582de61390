//! History with a planted cause goes into a demo's data, and the report finds and names it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::process::{Command, Output};

use segue_testkit::TempFolder;
use serde_json::Value;

fn segue(arguments: &[&str]) -> Output {
    let command = Command::new(env!("CARGO_BIN_EXE_segue"))
        .args(arguments)
        .output();
    command.unwrap()
}

fn json(output: &Output) -> Value {
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{told}");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_planted_cause_is_found_in_the_log_and_named() {
    let folder = TempFolder::new();
    let data = folder.path().join("data");
    let data = data.to_str().unwrap();
    let until = "2026-11-16T00:00:00Z";
    let traffic = [
        "traffic",
        "--weeks",
        "6",
        "--seed",
        "5",
        "--plant",
        "broken_tool",
        "--strength",
        "1",
        "--per-week",
        "120",
        "--until",
        until,
        "--data",
        data,
    ];
    let told = json(&segue(&traffic));
    assert!(told["conversations"].as_u64().unwrap() > 500, "{told}");
    let tool = told["planted"][0]["what"].as_str().unwrap();

    // The same seed again adds nothing.
    let again = json(&segue(&traffic));
    assert_eq!(again["conversations"], 0);
    assert_eq!(again["known_already"], told["conversations"]);

    let report = [
        "report", "--data", data, "--weeks", "6", "--until", until, "--format", "json",
    ];
    let report = json(&segue(&report));
    let causes = report["causes"].as_array().unwrap();
    assert_eq!(causes.len(), 1, "{causes:?}");
    assert_eq!(causes[0]["cause"], "broken_tool");
    assert_eq!(causes[0]["name"], tool);
    assert!(causes[0]["share"].as_f64().unwrap() > 0.02);
    assert_eq!(causes[0]["interval"].as_array().unwrap().len(), 2);
    assert!(!causes[0]["examples"].as_array().unwrap().is_empty());
    assert_eq!(report["window"]["weeks"], 6);
    assert!(report["alarm"]["state"].is_string());

    let page = segue(&["report", "--data", data, "--until", until]);
    let page = String::from_utf8(page.stdout).unwrap();
    assert!(page.contains(tool), "{page}");
}

#[test]
fn what_is_asked_for_wrongly_is_said() {
    let missing = segue(&["report", "--data", "/nowhere/at/all"]);
    assert!(!missing.status.success());
    let unknown = segue(&["traffic", "--data", "x", "--plant", "gremlins"]);
    let told = String::from_utf8_lossy(&unknown.stderr);
    assert!(told.contains("knowledge_gap"), "{told}");
    let strong = segue(&["traffic", "--data", "x", "--strength", "7"]);
    assert!(!strong.status.success());
}
