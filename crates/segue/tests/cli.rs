//! The command line as its user meets it: files in, lines out, exit codes.
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

use serde_json::Value;

fn segue(arguments: &[&str], input: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_segue"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_vec();
    let writer = std::thread::spawn(move || {
        // A command that refuses its input early closes the pipe.
        drop(stdin.write_all(&input));
    });
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    output
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

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../..")
        .canonicalize()
        .unwrap()
}

const TALKS: &str = r#"{"conversation_id":"a","unknown":1,"turns":[{"role":"customer","text":"how do I print a label?"},{"role":"bot","text":"Open the order and choose Print.","confidence":0.91},{"role":"customer","text":"thanks. can I talk to a real person now?"}]}
{"conversation_id":"b","turns":[{"role":"customer","text":""},{"role":"customer","text":"someone hacked into my account"}]}

{"conversation_id":"c","turns":[]}
"#;

#[test]
fn decide_gives_one_verdict_per_customer_turn_in_the_order_of_the_input() {
    let answers = lines(&segue(&["decide"], TALKS.as_bytes()));
    let words: Vec<Vec<(u64, &str)>> = answers
        .iter()
        .map(|answer| {
            let verdicts = answer["verdicts"].as_array().unwrap();
            verdicts
                .iter()
                .map(|it| {
                    (
                        it["turn"].as_u64().unwrap(),
                        it["verdict"].as_str().unwrap(),
                    )
                })
                .collect()
        })
        .collect();
    assert_eq!(
        words,
        [
            vec![(1, "continue"), (3, "escalate")],
            vec![(1, "continue"), (2, "escalate")],
            vec![]
        ]
    );
    let cold = &answers[1]["verdicts"][1];
    assert_eq!(
        (cold["kind"].as_str(), cold["queue"].as_str()),
        (Some("cold"), Some("trust_safety"))
    );
    assert!(
        cold["trace"]["rules"]
            .as_array()
            .unwrap()
            .iter()
            .any(|rule| rule["fired"] == true)
    );
}

#[test]
fn the_same_input_gives_the_same_bytes_and_gzip_is_read_by_its_magic() {
    let plain = segue(&["decide"], TALKS.as_bytes());
    let again = segue(&["decide"], TALKS.as_bytes());
    assert_eq!(plain.stdout, again.stdout);
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(TALKS.as_bytes()).unwrap();
    let packed = segue(&["decide"], &packed.finish().unwrap());
    assert_eq!(plain.stdout, packed.stdout);
}

#[test]
fn a_broken_line_is_named_and_exits_with_two() {
    let output = segue(
        &["decide"],
        b"{\"conversation_id\":\"a\",\"turns\":[]}\n{nonsense\n",
    );
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(message.contains("line 2"), "{message}");
}

#[test]
fn signals_are_typed_and_carry_their_evidence() {
    let input = r#"{"text":"This is terrible, let me talk to a human"}"#;
    let answers = lines(&segue(&["signals"], input.as_bytes()));
    let signals = &answers[0]["signals"];
    assert_eq!(signals["opt_out"]["value"], Value::Bool(true));
    assert_eq!(signals["sentiment"]["label"], "negative");
    assert!(signals["turn_count"]["value"].is_u64());
    for (name, signal) in signals.as_object().unwrap() {
        let score = signal["score"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&score), "{name}: {score}");
    }
    let evidence = &signals["opt_out"]["evidence"][0];
    let (start, end) = (
        evidence["start"].as_u64().unwrap(),
        evidence["end"].as_u64().unwrap(),
    );
    assert!(start < end && end <= 42);
}

#[test]
fn ask_finds_the_article() {
    let knowledge = root().join("knowledge");
    let input = r#"{"query":"How do I update the card on file?"}"#;
    let answers = lines(&segue(
        &["ask", "--kb", knowledge.to_str().unwrap()],
        input.as_bytes(),
    ));
    assert_eq!(answers[0]["article"], "update-the-card-on-file");
    assert!(answers[0]["confidence"].as_f64().unwrap() > 0.6);
    assert!(!answers[0]["answer"].as_str().unwrap().is_empty());
}

#[test]
fn ask_learns_from_past_questions() {
    let folder = std::env::temp_dir().join(format!("segue-ask-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let articles = r#"{"doc_id":"loans","text":"Books are lent for four weeks and renewed twice."}
{"doc_id":"fees","text":"Late returns cost thirty cents a day."}
"#;
    let past = r#"{"query":"how long may I keep it","doc_id":"loans"}
{"query":"do I owe you something","doc_id":"fees"}
{"query":"is there a coffee machine","doc_id":null}
"#;
    let further = r#"{"doc_id":"loans","text":"how long may I keep it"}
{"doc_id":"fees","text":"do I owe you something"}
"#;
    let plain = write("kb.jsonl", articles);
    let past = write("past.jsonl", past);
    let joined = write("joined.jsonl", &format!("{further}{articles}"));
    let input = "{\"query\":\"may I keep it longer\"}\n{\"query\":\"do I owe anything\"}";
    for arguments in [
        &["ask", "--kb", &plain, "--past", &past][..],
        &["ask", "--kb", &joined][..],
    ] {
        let answers = lines(&segue(arguments, input.as_bytes()));
        assert_eq!(answers[0]["article"], "loans", "{arguments:?}");
        assert_eq!(answers[1]["article"], "fees", "{arguments:?}");
        // A past question is never said: the answer stands in the article.
        let said = answers[0]["answer"].as_str().unwrap();
        assert!(
            said.contains("four weeks") && !said.contains("keep it"),
            "{said}"
        );
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn ask_says_how_likely_a_question_is_none_of_its_business() {
    let folder = Folder::new("scope");
    let things = ["parcel", "invoice", "password", "label", "webhook"];
    let ways = [
        "where is my {}",
        "I lost the {}",
        "how do I change the {}",
        "my {} is wrong",
        "can I get a new {}",
        "the {} does not work",
        "who can see my {}",
        "please send the {} again",
        "what does a {} cost",
        "delete the {} for me",
    ];
    let line =
        |thing: &str, text: &str| format!("{{\"doc_id\":\"{thing}\",\"text\":\"{text}\"}}\n");
    let mut base = String::new();
    for thing in things {
        base += &line(
            thing,
            &format!("Open Settings, choose {thing}, and follow the steps on the page."),
        );
        for way in ways {
            base += &line(thing, &way.replace("{}", thing));
        }
    }
    let file = folder.path("kb.jsonl");
    std::fs::write(&file, base).unwrap();
    let input = "{\"query\":\"my parcel is lost\"}\n{\"query\":\"which wine goes with trout\"}";
    let answers = lines(&segue(&["ask", "--kb", &file], input.as_bytes()));
    let likely = |at: usize| answers[at]["out_of_scope"].as_f64().unwrap();
    assert!(
        likely(0) < 0.5 && likely(1) > 0.7,
        "{} {}",
        likely(0),
        likely(1)
    );
}

#[test]
fn a_packet_says_what_is_wanted() {
    let packets = lines(&segue(&["packet"], TALKS.as_bytes()));
    assert_eq!(packets.len(), 3);
    assert_eq!(packets[0]["conversation_id"], "a");
    assert!(packets[0]["core_intent"]["text"].as_str().unwrap().len() > 10);
}

#[test]
fn lint_passes_what_ships_and_names_the_line_of_a_mistake() {
    let shipped = root().join("policies/default.yaml");
    let output = segue(&["policy", "lint", shipped.to_str().unwrap()], b"");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stdout)
    );
    let folder = std::env::temp_dir().join(format!("segue-lint-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let broken = folder.join("broken.yaml");
    let text = std::fs::read_to_string(&shipped)
        .unwrap()
        .replacen("rules:", "ruels:", 1);
    std::fs::write(&broken, text).unwrap();
    let output = segue(&["policy", "lint", broken.to_str().unwrap()], b"");
    assert_eq!(output.status.code(), Some(1));
    let message = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(message.contains("ruels"), "{message}");
    std::fs::remove_dir_all(folder).unwrap();
}

/// The gate of the detectors: first floors on the development split.
#[test]
fn the_detectors_hold_their_floors() {
    let beside = root().join("../shared/data");
    let folder = std::env::var_os("SEGUE_DATA").map_or(beside, PathBuf::from);
    if !folder.is_dir() {
        eprintln!("SKIPPED: no labelled data; set SEGUE_DATA to hold the detectors' floors");
        return;
    }
    let output = segue(
        &[
            "eval",
            folder.to_str().unwrap(),
            "--only",
            "requests",
            "--only",
            "topics",
            "--floor",
            "human_request.f1=0.75",
            "--floor",
            "high_stakes.f1=0.80",
        ],
        b"",
    );
    println!("{}", String::from_utf8_lossy(&output.stdout));
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

/// A folder with one small labelled set of our own making.
fn labelled(folder: &Folder) -> String {
    std::fs::create_dir_all(folder.0.join("human_request")).unwrap();
    let rows = [
        ("let me talk to a person please", 1, false),
        ("I want to speak to a human agent", 1, false),
        ("gooseberry", 1, false),
        ("where is my parcel", 0, false),
        ("are you human?", 0, true),
        ("can I pay by card", 0, false),
    ];
    let lines = rows.map(|(text, label, hard)| {
        serde_json::json!({"text": text, "label": label, "hard_negative": hard, "lang": "en"})
            .to_string()
    });
    std::fs::write(folder.0.join("human_request/dev.jsonl"), lines.join("\n")).unwrap();
    folder.path("")
}

#[test]
fn figures_come_with_intervals_aims_and_floors() {
    let folder = Folder::new("figures");
    let data = labelled(&folder);
    let output = segue(&["eval", &data, "--format", "json"], b"");
    assert!(output.status.success(), "{output:?}");
    let figures: Vec<serde_json::Value> = serde_json::from_slice(&output.stdout).unwrap();
    let whole = &figures[0];
    assert_eq!(whole["name"], "human_request");
    assert_eq!(
        (&whole["rows"], &whole["measure"]),
        (&6.into(), &"f1".into())
    );
    assert_eq!(whole["value"], 0.8, "two of three found, nothing wrongly");
    assert!(whole["low"].as_f64().unwrap() < 0.8 && whole["high"].as_f64().unwrap() > 0.8);
    assert_eq!(
        (&whole["aim"], &whole["is_met"]),
        (&"≥ 0.90".into(), &false.into())
    );
    assert_eq!(whole["also"]["precision"], 1.0);
    let again = segue(&["eval", &data, "--format", "json"], b"");
    assert_eq!(output.stdout, again.stdout, "the same in every run");

    for (floor, code) in [("0.8", 0), ("0.81", 1)] {
        let floor = format!("human_request.f1={floor}");
        let output = segue(&["eval", &data, "--floor", &floor], b"");
        assert_eq!(output.status.code(), Some(code), "{output:?}");
    }
    let unknown = segue(&["eval", &data, "--floor", "gooseberry.f1=0.1"], b"");
    assert!(!unknown.status.success(), "{unknown:?}");
}

#[test]
fn rows_judged_wrongly_are_listed_and_pages_get_all_figures_only() {
    let folder = Folder::new("wrong-rows");
    let data = labelled(&folder);
    let output = segue(&["eval", &data, "--misses", "opt_out", "5"], b"");
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("1 missed, 0 wrongly fired"), "{text}");
    assert!(
        text.contains("gooseberry") && !text.contains("parcel"),
        "{text}"
    );
    let unknown = segue(&["eval", &data, "--misses", "gooseberry", "5"], b"");
    assert!(!unknown.status.success());

    let page = folder.path("page.md");
    std::fs::write(&page, "as it was").unwrap();
    let partly = segue(&["eval", &data, "--write", &page], b"");
    assert!(!partly.status.success(), "{partly:?}");
    assert_eq!(std::fs::read_to_string(&page).unwrap(), "as it was");
}

#[test]
fn a_reader_that_has_had_enough_is_no_failure() {
    let policy = root().join("policies/default.yaml");
    let policy = policy.to_str().unwrap();
    for arguments in [&["policy", "explain"][..], &["policy", "lint", policy][..]] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_segue"))
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {output:?}");
        assert!(output.stderr.is_empty(), "{arguments:?}: {output:?}");
    }
}

/// A folder that is gone with this value.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("segue-{name}-{}", std::process::id()));
        drop(std::fs::remove_dir_all(&folder));
        std::fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    fn names(&self, name: &str) -> Vec<String> {
        let entries = std::fs::read_dir(self.0.join(name)).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

/// Only who holds the key reads a copy that was made for it, and nothing readable is
/// left beside it (S-28).
#[test]
fn a_copy_for_a_recipient_is_read_with_its_key_only() {
    use age::secrecy::ExposeSecret;
    let folder = Folder::new("sealed");
    let (data, to) = (folder.path("data"), folder.path("copy.age"));
    let options = segue_store_sqlite::Options::default();
    drop(segue_store_sqlite::SqliteStore::open(Path::new(&data), options).unwrap());
    let keys = [0, 1].map(|number| {
        let key = age::x25519::Identity::generate();
        let file = folder.path(&format!("key-{number}"));
        std::fs::write(&file, key.to_string().expose_secret()).unwrap();
        (key.to_public().to_string(), file)
    });
    let [(recipient, own), (_, other)] = keys;
    let run = |arguments: &[&str]| {
        let output = segue(arguments, b"");
        (
            output.status.success(),
            String::from_utf8(output.stderr).unwrap(),
        )
    };
    let backup = [
        "backup",
        "--data",
        &data,
        "--to",
        &to,
        "--recipient",
        &recipient,
    ];
    let (is_done, said) = run(&backup);
    assert!(is_done, "{said}");
    let bytes = std::fs::read(&to).unwrap();
    assert!(bytes.starts_with(b"age-encryption.org/v1"));
    assert!(!bytes.windows(6).any(|part| part == b"SQLite"));
    assert!(!run(&backup).0, "nothing is overwritten");
    let is_plain = |name: &String| name.starts_with("plain-") || name.ends_with(".part");
    assert!(!folder.names("data").iter().any(is_plain));
    assert!(!folder.names("").iter().any(is_plain));

    let elsewhere = folder.path("elsewhere");
    let restore = ["restore", "--from", &to, "--data", &elsewhere];
    for (more, why) in [
        (&[][..], "--identity"),
        (&["--identity", &other], "was not sealed for"),
        (&["--identity", &to], "no file of identities"),
    ] {
        let (is_done, said) = run(&[&restore[..], more].concat());
        assert!(!is_done && said.contains(why), "{said}");
    }
    let (is_done, said) = run(&[&restore[..], &["--identity", &own]].concat());
    assert!(is_done, "{said}");
    assert_eq!(folder.names("elsewhere"), ["segue.db", "segue.lock"]);
    // The last byte is part of what is proved.
    let mut bytes = bytes;
    *bytes.last_mut().unwrap() ^= 1;
    std::fs::write(&to, bytes).unwrap();
    let damaged = [
        "restore",
        "--from",
        &to,
        "--data",
        &elsewhere,
        "--identity",
        &own,
    ];
    let (is_done, said) = run(&damaged);
    assert!(!is_done && said.contains("damaged"), "{said}");
}

/// Lines of a language nobody speaks, so that no shipped model knows them.
fn mocking_lines() -> String {
    let line = |at: usize| {
        let (word, label) = if at.is_multiple_of(2) {
            ("zorb", true)
        } else {
            ("plim", false)
        };
        format!("{{\"text\": \"the parcel {word} came on day {at}\", \"label\": {label}}}\n")
    };
    (0..120).map(line).collect()
}

#[test]
fn a_head_of_ones_own_is_learned_loaded_and_refused_where_damaged() {
    let folder = Folder::new("own-head");
    let (given, head) = (folder.path("lines.jsonl"), folder.path("sarcasm.head"));
    std::fs::write(&given, mocking_lines()).unwrap();
    let learned = segue(&["learn", "sarcasm", &given, "--out", &head], b"");
    let said = String::from_utf8_lossy(&learned.stdout).into_owned();
    assert!(
        learned.status.success() && said.contains("F1 1.000"),
        "{said}"
    );
    let bytes = std::fs::read(&head).unwrap();
    segue(&["learn", "sarcasm", &given, "--out", &head], b"");
    assert_eq!(std::fs::read(&head).unwrap(), bytes);

    let input = br#"{"text":"the letter zorb came late on day 7"}"#;
    let sarcasm = |arguments: &[&str]| {
        let answers = lines(&segue(arguments, input));
        answers[0]["signals"]["sarcasm"].clone()
    };
    assert_eq!(sarcasm(&["signals"])["value"], Value::Bool(false));
    let with_it = sarcasm(&["signals", "--own-head", &head]);
    assert_eq!(with_it["value"], Value::Bool(true));
    assert!(
        with_it["evidence"][0]["what"]
            .as_str()
            .unwrap()
            .contains("zorb"),
        "{with_it}"
    );

    let refused = |arguments: &[&str], why: &str| {
        let output = segue(arguments, input);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert!(!output.status.success() && said.contains(why), "{said}");
    };
    refused(
        &["signals", "--own-head", &head, "--own-head", &head],
        "already",
    );
    refused(
        &["learn", "opt_out", &given, "--out", &head],
        "sarcasm, frustration",
    );
    refused(
        &["learn", "sarcasm", &given, "--yes", "irony", "--out", &head],
        "row 1",
    );
    let cut = folder.path("cut.head");
    std::fs::write(&cut, &bytes[..bytes.len() - 1]).unwrap();
    refused(&["signals", "--own-head", &cut], "damaged");
    refused(&["signals", "--own-head", &given], "no head made by");
}

#[test]
fn what_is_no_public_key_is_refused_before_anything_is_copied() {
    let output = segue(
        &[
            "backup",
            "--data",
            "x",
            "--to",
            "y",
            "--recipient",
            "age1no",
        ],
        b"",
    );
    assert_eq!(output.status.code(), Some(2));
}

#[test]
fn a_bench_prints_one_object_with_its_figures() {
    let folder = Folder::new("bench");
    let file = folder.path("talks.jsonl");
    std::fs::write(&file, TALKS).unwrap();
    let output = segue(&["bench", "decide", "--dialogues", &file], b"");
    let figures: Value = serde_json::from_slice(&output.stdout).unwrap();
    assert_eq!(figures["bench"], "decide");
    assert_eq!(figures["customer_turns"], 4);
    for name in ["/first_turn_median_us", "/detectors/turn_median_us"] {
        assert!(
            figures.pointer(name).unwrap().as_f64().unwrap() > 0.0,
            "{name}"
        );
    }
    assert_eq!(figures["whole_processes"][0]["messages"], 4);
    let unknown = segue(&["bench", "decide", "--dialogues", "nowhere.jsonl"], b"");
    assert!(!unknown.status.success());
    assert!(String::from_utf8_lossy(&unknown.stderr).contains("nowhere.jsonl"));
}

/// A folder of its own with these files, removed at the end.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str, files: &[(&str, &str)]) -> Self {
        let folder = std::env::temp_dir().join(format!("segue-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        for (name, text) in files {
            std::fs::write(folder.join(name), text).unwrap();
        }
        Self(folder)
    }

    fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn shipped(name: &str) -> String {
    let path = root().join("policies").join(name);
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn cases_beside_a_policy_are_judged_and_failures_told() {
    let case = |expect: &str| {
        format!("cases:\n  - name: a refund\n    each: [give me a refund]\n    expect: {expect}\n")
    };
    let scratch = Scratch::new(
        "cases",
        &[
            ("own.yaml", &shipped("default.yaml")),
            ("own.cases.yaml", &case("{rule: money}")),
            ("failing.yaml", &case("continue")),
            ("misspelled.yaml", &case("{rulle: money}")),
        ],
    );
    let own = scratch.path("own.yaml");
    let test = |more: &[&str]| {
        let arguments = [&["policy", "test", own.as_str()], more].concat();
        let output = segue(&arguments, b"");
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (
            output.status.code().unwrap(),
            text(&output.stdout),
            text(&output.stderr),
        )
    };
    let (code, out, _) = test(&[]);
    assert_eq!(code, 0, "{out}");
    assert!(
        out.starts_with("1 passed, 0 failed; 1 of 28 rules"),
        "{out}"
    );

    let (code, out, _) = test(&["--cases", &scratch.path("failing.yaml")]);
    assert_eq!(code, 1);
    for told in [
        "FAILED  a refund",
        "failing.yaml:3: turn 1: “give me a refund”",
        "expected  continue",
        "got       escalate, warm, rule money, to finance_operations",
        "`money` decided: topic.refund_return is true",
    ] {
        assert!(out.contains(told), "{told}\n{out}");
    }

    let (code, _, errors) = test(&["--cases", &scratch.path("misspelled.yaml")]);
    assert_eq!(code, 2);
    assert!(
        errors.contains("misspelled.yaml:4:14:") && errors.contains("did you mean `rule`?"),
        "{errors}"
    );
    let (code, _, errors) = test(&["--cases", &scratch.path("nowhere.yaml")]);
    assert_eq!(code, 2, "{errors}");

    let (code, _, errors) = test(&["--min-coverage", "50"]);
    assert_eq!(code, 1);
    assert!(errors.contains("3.6 % of the rules fire"), "{errors}");
    assert_eq!(test(&["--min-coverage", "3"]).0, 0);

    let (code, out, _) = test(&["--format", "json"]);
    assert_eq!(code, 0);
    let report: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(report["passed"], 1);
    assert_eq!(report["cases"][0]["turns"][0]["expected"], "rule money");
    assert_eq!(
        report["coverage"]["uncovered"].as_array().unwrap().len(),
        27
    );
}

#[test]
fn why_the_turns_of_a_conversation_were_decided_so() {
    let refund = r#"{"conversation_id":"a","turns":[{"role":"customer","text":"hello"},{"role":"assistant","text":"hi","confidence":0.68},{"role":"customer","text":"give me a refund"}]}"#;
    let explain = |more: &[&str]| {
        let arguments = [&["policy", "explain", "--conversation", "-"], more].concat();
        segue(&arguments, refund.as_bytes())
    };
    let output = explain(&[]);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    for told in [
        "Turn 1, the customer: “hello”",
        "Turn 2, the answer: “hi”",
        "`bands.accept` needs retrieval_confidence at least the accept band; it was 0.68, 0.02 short",
        "Handed over warm to finance_operations",
        "topic.refund_return 1: “refund” in turn 3",
    ] {
        assert!(text.contains(told), "{told}\n{text}");
    }
    let found = lines(&explain(&["--turn", "2", "--format", "json"]));
    let items = found[0]["items"].as_array().unwrap();
    assert_eq!(items.len(), 1);
    assert_eq!(items[0]["on_answer"], true);
    assert_eq!(items[0]["explanation"]["rule"], "bands.clarify");
    let output = explain(&["--turn", "9"]);
    assert_eq!(output.status.code(), Some(1));
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(errors.contains("turn 9"), "{errors}");
}
