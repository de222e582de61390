//! Ordinary talk: what customers answer when they are asked for a name, a date or a number,
//! how they greet and thank, and what people tell each other of their day. Nothing of this
//! asks for a person, threatens or despairs, and no set of questions shows it.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;

use super::moods::BAD;
use super::read;

/// What the rows count as.
pub const SOURCE: &str = "ordinary";
/// One answer in so many is taken; there are far more of them than of all else.
const TAKEN: usize = 3;
/// What a turn does that only answers or greets.
const ANSWERS: &[&str] = &[
    "contentonly",
    "confirmation",
    "rejection",
    "openinggreeting",
    "thankyou",
    "closinggreeting",
];
/// Words with which it may be about a person after all.
const PERSONS: &[&str] = &["agent", "human", "representative", "someone"];
/// One comment in so many is taken.
const COMMENTS_TAKEN: usize = 4;

#[derive(Debug, Deserialize)]
struct Dialogue {
    turns: Vec<Turn>,
    labels: Labels,
}

#[derive(Debug, Deserialize)]
struct Turn {
    text: String,
    #[serde(default)]
    intents: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct Labels {
    #[serde(default)]
    high_stakes: Vec<serde::de::IgnoredAny>,
}

#[derive(Debug, Deserialize)]
struct Comment {
    text: String,
    labels: Vec<String>,
}

/// What somebody said.
pub struct Said {
    /// What was written.
    pub text: String,
    /// Whether it is no part of a matter of money or safety, so of no topic.
    pub is_harmless: bool,
    /// Whether it was said to somebody who serves, and not in anger.
    pub is_calm: bool,
}

/// All of it.
pub fn said(folder: &Path) -> anyhow::Result<Vec<Said>> {
    let mut said = replies(folder)?;
    said.extend(comments(folder)?);
    Ok(said)
}

/// Comments of people who are well enough to mean none of what heads look for.
fn comments(folder: &Path) -> anyhow::Result<Vec<Said>> {
    let comments = read::<Comment>(folder, "goemotions", "train")?.into_iter();
    let is_light = |it: &Comment| !it.labels.iter().any(|label| BAD.contains(&label.as_str()));
    let light = comments.filter(is_light).step_by(COMMENTS_TAKEN);
    Ok(light
        .map(|comment| Said {
            text: comment.text,
            is_harmless: true,
            // People swear at ease among themselves.
            is_calm: false,
        })
        .collect())
}

/// The replies, each wording once.
fn replies(folder: &Path) -> anyhow::Result<Vec<Said>> {
    let mut seen = BTreeSet::new();
    let mut replies = Vec::new();
    for dialogue in read::<Dialogue>(folder, "replay", "multidogo.train")? {
        for turn in dialogue.turns {
            let only_answers = turn.intents.iter().all(|it| ANSWERS.contains(&it.as_str()));
            let names_a_person = turn.text.split(' ').any(|word| PERSONS.contains(&word));
            let is_reply = only_answers && !turn.intents.is_empty() && !names_a_person;
            if is_reply && seen.insert(turn.text.clone()) {
                replies.push(Said {
                    text: turn.text,
                    is_harmless: dialogue.labels.high_stakes.is_empty(),
                    is_calm: true,
                });
            }
        }
    }
    Ok(replies.into_iter().step_by(TAKEN).collect())
}
