//! The repository keeps its own rules: see `docs/ARCHITECTURE.md`.
#![allow(clippy::unwrap_used, missing_docs)]

use segue_xtask::repo::Repo;
use segue_xtask::tidy;

#[test]
fn the_repository_is_tidy() {
    let findings = tidy::check(&Repo::find().unwrap()).unwrap();
    let shown: Vec<String> = findings.iter().map(ToString::to_string).collect();
    assert!(
        findings.is_empty(),
        "{} finding(s):\n{}",
        shown.len(),
        shown.join("\n")
    );
}
