//! Pure rooms read no clock, environment, file, socket or random source, write
//! no log, and wait for nothing.

use crate::repo::TextFile;

use super::rust::{code_of, lines_with, only, uses};
use super::{Finding, walls};

/// What a pure room never names. Time, ids and random numbers are arguments.
const IMPURE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::io",
    "std::os",
    "std::time::SystemTime",
    "std::time::Instant",
    "SystemTime::",
    "Instant::",
    "Timestamp::now",
    "Zoned::now",
    "TimeZone::system",
    "Uuid::now_v7",
    "Uuid::new_v4",
    "RandomState",
    "tokio::",
    "rand::",
    "tracing::",
    "print!",
    "println!",
    "eprint!",
    "eprintln!",
    "async fn",
    ".await",
];

/// The product's code of one file of a pure room.
pub fn check(file: &TextFile) -> Vec<Finding> {
    let is_pure = walls::PURE
        .iter()
        .any(|room| file.path.starts_with(&format!("crates/{room}/src/")));
    if !is_pure || !file.path.ends_with(".rs") {
        return Vec::new();
    }
    let code = only(&code_of(&file.text), false);
    let mut findings = Vec::new();
    for impure in IMPURE {
        let mut lines = lines_with(&code, impure);
        let listed = uses(&code)
            .into_iter()
            .filter(|(_, path)| names(path, impure));
        lines.extend(listed.map(|(line, _)| line));
        lines.sort_unstable();
        lines.dedup();
        let what = format!("`{impure}` in a pure room: take what it gives as an argument");
        findings.extend(
            lines
                .into_iter()
                .map(|line| Finding::new(&file.path, line, what.clone())),
        );
    }
    findings
}

/// Whether a path that is used lies within what is impure.
fn names(path: &str, impure: &str) -> bool {
    let impure = impure.trim_end_matches(':');
    path == impure
        || path
            .strip_prefix(impure)
            .is_some_and(|rest| rest.starts_with("::"))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::repo::TextFile;

    fn count(path: &str, text: &str) -> usize {
        check(&TextFile {
            path: path.to_owned(),
            text: text.to_owned(),
        })
        .len()
    }

    #[test]
    fn impure_code_is_found_in_pure_rooms() {
        for text in [
            "fn a() { std::fs::read(\"a\"); }",
            "use std::{fmt, fs};",
            "use std::time::{Duration, Instant};",
            "use std::time::SystemTime as Clock;",
            "fn a() { let b = jiff::Timestamp::now(); }",
            "async fn a() {}",
            "fn a() { println!(\"a\"); }",
            "use rand::Rng;",
            "use tokio::sync::{mpsc, oneshot};",
        ] {
            assert!(count("crates/floor/src/decide.rs", text) >= 1, "{text}");
            assert_eq!(count("crates/service/src/append.rs", text), 0, "{text}");
        }
    }

    #[test]
    fn what_only_looks_impure_is_not() {
        for text in [
            "// std::fs is never used here",
            "fn a() { b(\"std::fs\"); }",
            "use segue_model::time::Timestamp;\nfn now() -> Timestamp { Timestamp(0) }",
            "#[cfg(test)]\nmod tests { fn a() { std::fs::read(\"a\"); } }",
            "use std::time::Duration;",
        ] {
            assert_eq!(count("crates/floor/src/decide.rs", text), 0, "{text}");
        }
        assert_eq!(count("crates/floor/tests/data.rs", "use std::fs;"), 0);
    }
}
