//! The walls and manners of this repository, under test.
//!
//! Each rule looks at plain values (the crates, the text files) and answers
//! with findings, so that its own tests can show it a broken example. The rules
//! are those of `docs/ARCHITECTURE.md`: change the page and the rule together.
//! They read files, never the history.

use anyhow::{Result, ensure};

use crate::repo::{Repo, TextFile};

pub mod documents;
pub mod pages;
pub mod purity;
pub mod rust;
pub mod shape;
pub mod walls;

/// Something that is not as it should be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Finding {
    /// Where: a path, or a crate's name.
    pub place: String,
    /// The line, from 1; 0 where none is meant.
    pub line: usize,
    /// What is wrong, and what to do instead.
    pub what: String,
}

impl Finding {
    /// A finding on a line.
    pub fn new(place: &str, line: usize, what: impl Into<String>) -> Self {
        Self {
            place: place.to_owned(),
            line,
            what: what.into(),
        }
    }
}

impl std::fmt::Display for Finding {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.line {
            0 => write!(f, "{}: {}", self.place, self.what),
            line => write!(f, "{}:{line}: {}", self.place, self.what),
        }
    }
}

/// Applies every rule to the repository; nothing found is an empty list.
///
/// # Errors
/// When something cannot be read.
pub fn check(repo: &Repo) -> Result<Vec<Finding>> {
    let files = repo.texts(".")?;
    let mut findings = walls::check(&repo.packages()?);
    for file in &files {
        findings.extend(check_file(file));
    }
    findings.extend(shape::check_crates(&files));
    findings.extend(documents::check(&files));
    findings.sort();
    Ok(findings)
}

/// Applies the rules that look at one file.
pub fn check_file(file: &TextFile) -> Vec<Finding> {
    let mut findings = shape::check(file);
    findings.extend(purity::check(file));
    findings.extend(pages::check(file));
    findings
}

/// Prints what is found.
///
/// # Errors
/// When anything is found.
pub fn run(repo: &Repo) -> Result<()> {
    let findings = check(repo)?;
    findings.iter().for_each(|finding| println!("{finding}"));
    ensure!(
        findings.is_empty(),
        "{} finding(s): see docs/ARCHITECTURE.md for the rules",
        findings.len()
    );
    println!("tidy");
    Ok(())
}
