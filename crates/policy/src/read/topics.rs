//! The topics: what the detector looks for, and where it leads.

use segue_model::topic::{TopicDefinition, TopicKey};

use super::cursor::{Cursor, Problems};
use super::{Names, band_pair, localized, queue_key};
use crate::definition::Topic;
use crate::grammar::{self, PATTERNS_MAX};
use crate::problem::ProblemCode;

/// The longest pattern, in bytes (F26).
const PATTERN_BYTES_MAX: usize = 512;

/// Reads all topics, in order.
pub(super) fn topics(at: &Cursor<'_>, names: &Names, problems: &mut Problems) -> Vec<Topic> {
    let topics: Vec<Topic> = at
        .entries(problems)
        .into_iter()
        .filter_map(|(_, _, entry)| topic(&entry, names, problems))
        .collect();
    let patterns: usize = topics
        .iter()
        .map(|topic| topic.definition.patterns.len())
        .sum();
    if patterns > PATTERNS_MAX {
        let message = format!("a policy has at most {PATTERNS_MAX} patterns, this has {patterns}");
        at.problem(problems, ProblemCode::TooLarge, message)
            .hint("put alternatives into one pattern as `a|b`, or write plain `phrases`");
    }
    topics
}

fn topic(at: &Cursor<'_>, names: &Names, problems: &mut Problems) -> Option<Topic> {
    let key = at.key_name(problems);
    let fields = at.fields(problems, grammar::topic())?;
    let is_builtin_included = fields.flag("builtin", problems);
    let autonomy = fields.word("autonomy", problems);
    let mut list = |key| match fields.bounded(key, problems) {
        Some(at) => texts(&at, problems),
        None => Vec::new(),
    };
    let (phrases, patterns, except) = (list("phrases"), list("patterns"), list("except"));
    let subject = fields
        .get("subject")
        .and_then(|it| localized(&it, names, problems));
    let queue = fields
        .get("queue")
        .and_then(|it| queue_key(&it, names, problems));
    let bands = fields.get("bands").and_then(|it| {
        let fields = it.fields(problems, grammar::topic_bands())?;
        band_pair(&fields, problems)
    });
    let is_builtin_included = is_builtin_included?;
    if !is_builtin_included && phrases.is_empty() && patterns.is_empty() {
        let message = "a topic needs phrases, patterns or `builtin: true`".to_owned();
        at.problem(problems, ProblemCode::Contradiction, message)
            .hint("for example `phrases: [under warranty]`");
        return None;
    }
    let definition = TopicDefinition {
        phrases,
        patterns,
        except,
        is_builtin_included,
    };
    Some(Topic {
        key: TopicKey::from(key?.as_str()),
        definition,
        subject,
        queue,
        bands,
        autonomy: autonomy?,
    })
}

pub(super) fn texts(at: &Cursor<'_>, problems: &mut Problems) -> Vec<String> {
    // A short text and a pattern have the same bound, so `text` checks both (F26).
    const { assert!(PATTERN_BYTES_MAX == segue_model::limits::SHORT_TEXT_BYTES_MAX) };
    at.items(problems)
        .iter()
        .filter_map(|item| item.text(problems))
        .map(str::to_owned)
        .collect()
}
