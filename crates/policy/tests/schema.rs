//! The schema for editors: sound, true of every shipped policy, and never stricter than
//! the reader.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::path::PathBuf;

use segue_policy::Policy;
use serde_json::Value;

fn json(yaml: &str) -> Value {
    serde_saphyr::from_str(yaml).unwrap()
}

fn validator() -> jsonschema::Validator {
    jsonschema::draft202012::new(&segue_policy::schema()).unwrap()
}

fn shipped() -> Vec<(PathBuf, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies");
    let files = std::fs::read_dir(folder).unwrap();
    let policies: Vec<_> = files
        .map(|file| file.unwrap().path())
        .filter(|path| {
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            name.ends_with(".yaml") && !name.ends_with(".cases.yaml")
        })
        .map(|path| (path.clone(), std::fs::read_to_string(path).unwrap()))
        .collect();
    assert!(!policies.is_empty());
    policies
}

#[test]
fn the_schema_is_a_schema() {
    let schema = segue_policy::schema();
    jsonschema::meta::validate(&schema).unwrap();
    // Every key that people may write says what it is for.
    for (name, section) in schema["$defs"].as_object().unwrap() {
        for (key, entry) in section["properties"].as_object().unwrap() {
            assert!(entry["description"].is_string(), "{name}.{key}");
        }
    }
}

#[test]
fn every_shipped_policy_fits() {
    let validator = validator();
    for (path, text) in shipped() {
        let errors: Vec<String> = validator
            .iter_errors(&json(&text))
            .map(|error| format!("{}: {error}", error.instance_path()))
            .collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", path.display());
        // What the program writes itself fits as well.
        let printed = Policy::parse(&text).unwrap().print();
        assert!(validator.is_valid(&json(&printed)), "{}", path.display());
    }
}

/// The examples that errors and editors show are themselves right.
#[test]
fn every_example_fits_its_place() {
    let schema = segue_policy::schema();
    let mut checked = 0;
    let roots = [("policy", &schema)].into_iter();
    let sections = schema["$defs"].as_object().unwrap().iter();
    for (name, section) in roots.chain(sections.map(|(name, it)| (name.as_str(), it))) {
        for (key, entry) in section["properties"].as_object().unwrap() {
            for example in entry["examples"].as_array().into_iter().flatten() {
                let mut alone = entry.clone();
                alone["$defs"] = schema["$defs"].clone();
                let errors: Vec<String> = jsonschema::draft202012::new(&alone)
                    .unwrap()
                    .iter_errors(example)
                    .map(|error| error.to_string())
                    .collect();
                // A notice's own texts have the places of their notice, not known here.
                if name != "notice" {
                    assert!(errors.is_empty(), "{name}.{key}: {example}: {errors:?}");
                }
                checked += 1;
            }
        }
    }
    assert!(checked > 60, "{checked}");
}

#[test]
fn the_schema_alone_sees_what_editors_should_mark() {
    let validator = validator();
    let builtin = shipped()
        .into_iter()
        .find(|(path, _)| path.ends_with("default.yaml"))
        .unwrap()
        .1;
    for (from, to) in [
        ("escalate_at: 2\n", "escalate_at: 2\n  escalate_att: 3\n"),
        ("escalate_at: 2\n", "escalate_at: 11\n"),
        ("accept: 0.70", "accept: 70"),
        (
            "{signal: repeat_count, at_least: 3}",
            "{signal: repeat_count, is: true}",
        ),
        (
            "{signal: repeat_count, at_least: 3}",
            "{signal: repeat_count, at_least: 2.5}",
        ),
        (
            "{signal: repeat_count, at_least: 3}",
            "{signal: repeat_count}",
        ),
        (
            "{signal: repeat_count, at_least: 3}",
            "{signal: repeat_cout, at_least: 3}",
        ),
        (
            "{signal: distress, is: true}",
            "{signal: distress, fact: vip, is: true}",
        ),
        ("{signal: distress, is: true}", "{all: []}"),
        (
            "{signal: distress, is: true}",
            "{any: [{signal: anger, is: true}], not: {signal: anger, is: true}}",
        ),
        (
            "{signal: sentiment, at_most: -0.8}",
            "{signal: sentiment, at_most: accept}",
        ),
        ("fact: vip, is: true", "fact: tier, at_least: 3"),
        ("kind: takeover", "kind: takover"),
        (
            "{verdict: fall_back, step: widen, flag: true}",
            "{verdict: fall_back, queue: technical}",
        ),
        (
            "{verdict: fall_back, step: widen, flag: true}",
            "{flag: false}",
        ),
        ("      trigger: vip\n", ""),
        ("\"20:00\"", "\"25:00\""),
        ("mon-fri", "mon-fry"),
        ("now: {wait}.", "now."),
        ("{opens}", "{opnes}"),
        ("    builtin: true\n", ""),
        ("tiers: [standard, pro", "tiers: [standard, standard"),
    ] {
        assert!(builtin.contains(from), "the passage is gone: {from}");
        let text = builtin.replacen(from, to, 1);
        assert!(!validator.is_valid(&json(&text)), "{from} -> {to}");
        assert!(Policy::parse(&text).is_err(), "{from} -> {to}");
    }
}
