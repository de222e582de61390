//! `segue packet --model`: both versions on a line, and how well each is grounded.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, missing_docs)]

use std::io::Write;
use std::process::{Command, Output, Stdio};

use segue_testkit::model::{Act, ScriptedModel};
use serde_json::{Value, json};

const TALKS: &str = r#"{"conversation_id":"a","turns":[{"role":"customer","text":"Where is order #4417? Write to mona@example.com"},{"role":"bot","text":"It was shipped on May 3rd."},{"role":"customer","text":"can I talk to a real person now?"}]}
{"conversation_id":"b","turns":[{"role":"customer","text":"Where is order #4417?"}]}
"#;

fn segue(arguments: &[&str]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_segue"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    // A command that refuses its arguments reads nothing.
    let _ = stdin.write_all(TALKS.as_bytes());
    drop(stdin);
    child.wait_with_output().unwrap()
}

fn lines(output: &Output) -> Vec<Value> {
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = std::str::from_utf8(&output.stdout).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

fn version() -> String {
    let said = |text: &str| json!({"text": text, "turns": [1]});
    json!({
        "core_intent": said("The customer asks where order #4417 is."),
        "summary": [said("The customer asks for order #4417."), said("Order #9999 is asked for.")],
        "attempted_solutions": [],
        "open_questions": [],
        "suggested_first_line": "",
    })
    .to_string()
}

#[test]
fn both_versions_are_on_a_line() {
    let model = ScriptedModel::always(Act::Say(version()));
    let packets = lines(&segue(&[
        "packet",
        "--model",
        &model.url(),
        "--model-name",
        "small",
    ]));
    let plain = lines(&segue(&["packet"]));
    for (packet, plain) in packets.iter().zip(&plain) {
        let generated = &packet["generated"];
        assert_eq!(
            generated["core_intent"]["text"],
            "The customer asks where order #4417 is."
        );
        assert!(
            generated["dropped"][0]["reason"]
                .as_str()
                .unwrap()
                .contains("9999"),
            "{generated}"
        );
        assert_eq!(
            packet["summary"], plain["summary"],
            "the extracted one stays"
        );
    }
    assert_eq!(model.asked()[0].body["model"], "small");
    assert!(!model.asked()[0].raw.contains("mona@example.com"));
}

#[test]
fn both_are_measured() {
    let model = ScriptedModel::always(Act::Say(version()));
    let folder = segue_testkit::TempFolder::new();
    let file = folder.path().join("talks.jsonl");
    std::fs::write(&file, TALKS).unwrap();
    let (url, file) = (model.url(), file.to_str().unwrap());
    let output = segue(&["packet", "--measure", "--model", &url, file]);
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{said}");
    for version in ["extraction: ", "model: "] {
        assert!(said.contains(version), "{version}: {said}");
    }
}

#[test]
fn what_cannot_be_asked_is_told() {
    let failed = lines(&segue(&["packet", "--model", "http://127.0.0.1:1/v1"]));
    assert!(
        failed[0]["generated_failed"]
            .as_str()
            .unwrap()
            .contains("could not be reached"),
        "{}",
        failed[0]
    );
    assert!(
        !failed[0]["core_intent"]["text"]
            .as_str()
            .unwrap()
            .is_empty()
    );
    for wrong in [
        &["packet", "--model", "ftp://x"][..],
        &["packet", "--model-name", "x"],
    ] {
        assert!(!segue(wrong).status.success(), "{wrong:?}");
    }
}

#[test]
fn a_wrong_section_of_a_model_is_told_with_its_line() {
    let folder = segue_testkit::TempFolder::new();
    let file = folder.path().join("connections.toml");
    let data = folder.path().join("data");
    for (text, told) in [
        (
            "[model]\nurl = \"http://127.0.0.1:1/v1\"\nname = \"m\"\nkey = \"sk-1\"\n",
            "line 4",
        ),
        ("[model]\nurl = \"http://127.0.0.1:1/v1\"\n", "name"),
        ("[model]\nurl = \"ftp://a\"\nname = \"m\"\n", "`url`"),
        (
            "[model]\nurl = \"http://a\"\nname = \"m\"\ntimeout_ms = 1\n",
            "timeout_ms",
        ),
    ] {
        std::fs::write(&file, text).unwrap();
        let (file, data) = (file.to_str().unwrap(), data.to_str().unwrap());
        let output = segue(&[
            "serve",
            "--data",
            data,
            "--listen",
            "127.0.0.1:0",
            "--connections",
            file,
        ]);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(
            !output.status.success() && said.contains(told),
            "{told}: {said}"
        );
    }
}
