//! What is said to the customer: sentences out of the article, or which articles to ask about.

use super::Found;
use super::index::Entry;
use super::query::Query;
use super::rank::share_in;
use crate::sentences::{Place, Unit};

/// Most sentences or items in one answer, a numbered list aside.
const UNITS_MAX: usize = 4;
/// Longest numbered list that is said, steps.
const STEPS_MAX: usize = 6;
/// Share of the question's mass a sentence must hold to be chosen for what it says.
const SHARE_MIN: f64 = 0.4;
/// What a sentence is worth for standing in the lead, which was written as the answer.
const LEAD_BONUS: f64 = 0.3;
/// How near the second candidate's score must be to the first's to be named in a question.
const RIVAL_RATIO: f64 = 0.5;
/// Below this confidence no article is named in a question: the guess would mislead.
const NAMED_CONFIDENCE_MIN: f64 = 0.1;

/// The first sentence, then the best ones, in reading order.
pub(super) fn extract(entry: &Entry, query: &Query) -> Vec<String> {
    let groups = groups(&entry.units);
    let Some((first, others)) = groups.split_first() else {
        return Vec::new();
    };
    let mut ranked: Vec<(f64, &Group)> = others
        .iter()
        .filter(|group| group.units.len() <= STEPS_MAX)
        .filter_map(|group| value(entry, query, group).map(|value| (value, group)))
        .collect();
    ranked.sort_by(|(a, x), (b, y)| b.total_cmp(a).then(x.at.cmp(&y.at)));
    let mut chosen = vec![first];
    let mut said = first.units.len();
    for (_, group) in ranked {
        let alone = chosen.len() == 1 && group.units.len() <= STEPS_MAX;
        if said + group.units.len() <= UNITS_MAX || alone {
            said += group.units.len();
            chosen.push(group);
        }
    }
    chosen.sort_by_key(|group| group.at);
    let ends: Vec<usize> = chosen
        .iter()
        .map(|group| group.at + group.units.len())
        .collect();
    chosen.retain(|group| !group.leans() || ends.contains(&group.at));
    chosen
        .iter()
        .flat_map(|group| &group.units)
        .map(|unit| ended(&unit.text))
        .collect()
}

/// A unit as a sentence: an item of a list often has no full stop, and what is said stands
/// in one line with what follows.
fn ended(text: &str) -> String {
    let text = text.trim_end();
    let is_open = text
        .trim_end_matches(['"', '”', '“', '\'', ')', '*', '`'])
        .ends_with(|last: char| last.is_alphanumeric() || matches!(last, ',' | ';'));
    match is_open {
        true => format!("{}.", text.trim_end_matches([',', ';'])),
        false => text.to_owned(),
    }
}

/// Units that are said together or not at all.
struct Group<'a> {
    /// The place of its first unit in the article.
    at: usize,
    units: Vec<&'a Unit>,
}

/// First words that point back at the sentence before.
const LEANING: &[&str] = &[
    "it",
    "its",
    "they",
    "their",
    "this",
    "these",
    "that",
    "those",
    "then",
    "both",
    "otherwise",
    "instead",
    "he",
    "she",
];

impl Group<'_> {
    /// Whether it makes sense only after the sentence before it.
    fn leans(&self) -> bool {
        self.units.first().is_some_and(|unit| {
            let word = unit
                .text
                .split(|c: char| !c.is_alphanumeric())
                .next()
                .unwrap_or_default();
            matches!(unit.place, Place::Paragraph(_))
                && LEANING.contains(&word.to_lowercase().as_str())
        })
    }
}

/// Every unit alone, but a numbered list in one, and a sentence that ends with a colon together
/// with the list it announces.
fn groups(units: &[Unit]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group> = Vec::new();
    for (at, unit) in units.iter().enumerate() {
        let joins = groups
            .last()
            .and_then(|group| group.units.last())
            .is_some_and(|last| {
                let same_list = last.place == unit.place && matches!(unit.place, Place::Step(_));
                let announced =
                    last.text.ends_with(':') && !matches!(unit.place, Place::Paragraph(_));
                let announced_before = groups.last().is_some_and(|group| {
                    group
                        .units
                        .first()
                        .is_some_and(|first| first.text.ends_with(':'))
                }) && last.place.block() == unit.place.block()
                    && !matches!(unit.place, Place::Paragraph(_));
                same_list || announced || announced_before
            });
        match groups.last_mut() {
            Some(group) if joins => group.units.push(unit),
            _ => groups.push(Group {
                at,
                units: vec![unit],
            }),
        }
    }
    groups
}

/// What a group adds to the answer; `None` if it should not be said.
fn value(entry: &Entry, query: &Query, group: &Group) -> Option<f64> {
    let lead = group.units.first().is_some_and(|unit| {
        unit.heading.is_empty()
            && entry
                .units
                .first()
                .is_some_and(|first| first.place == unit.place)
    });
    let share = (group.at..group.at + group.units.len())
        .filter_map(|at| entry.unit_words.get(at))
        .map(|words| share_in(query, words, &[]))
        .fold(0.0, f64::max);
    let unfinished = group.units.len() == 1
        && group
            .units
            .first()
            .is_some_and(|unit| unit.text.ends_with(':'));
    let pointer = group.units.iter().all(|unit| unit.pointer);
    let worth = share + if lead { LEAD_BONUS } else { 0.0 };
    (!unfinished && !pointer && (lead || share >= SHARE_MIN)).then_some(worth)
}

/// The articles that a question back names: the best, and the second where it is near.
pub(super) fn named(found: &Found) -> Vec<&str> {
    let first = found
        .hits
        .first()
        .filter(|_| found.confidence >= NAMED_CONFIDENCE_MIN);
    let second = found
        .hits
        .get(1)
        .filter(|rival| first.is_some_and(|first| rival.score >= RIVAL_RATIO * first.score));
    let named = first.into_iter().chain(second);
    named.map(|hit| hit.title.as_str()).collect()
}
