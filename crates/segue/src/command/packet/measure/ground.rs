//! Grounding precision: of the numbers, ids, codes and addresses that a packet writes, the
//! share that stands in the conversation or the facts. It looks by itself and shares no
//! code with the guard that it measures.

use std::collections::HashSet;

use segue_model::fact::FactValue;
use segue_model::packet::Packet;
use segue_model::record::ConversationRecord;

/// What was written, and what of it has no ground.
#[derive(Debug, Default)]
pub struct Grounded {
    /// How many critical tokens the packets write.
    pub written: usize,
    /// Those without ground, as they stand.
    pub without: Vec<String>,
    /// Entities and how many of them stand in the turn that they cite.
    pub entities: usize,
    pub entities_cited: usize,
}

impl Grounded {
    /// Adds a packet.
    pub fn add(&mut self, record: &ConversationRecord, packet: &Packet) {
        let known = known(record);
        for text in texts(packet) {
            for token in text.split_whitespace().flat_map(tokens) {
                self.written += 1;
                if !known.contains(&token) {
                    self.without
                        .push(format!("{}: {token}", record.conversation_id));
                }
            }
        }
        for entity in &packet.entities {
            self.entities += 1;
            let place = usize::try_from(entity.turn.0).unwrap_or_default();
            let turn = place.checked_sub(1).and_then(|at| record.turns.get(at));
            let spaced = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
            let is_there = turn.is_some_and(|turn| {
                let text = spaced(&turn.text).to_lowercase();
                text.contains(&spaced(&entity.value).to_lowercase())
            });
            self.entities_cited += usize::from(is_there);
        }
    }
}

/// All that a packet says in words of its own.
fn texts(packet: &Packet) -> impl Iterator<Item = &str> {
    let summary = packet.summary.iter().map(|it| it.text.as_str());
    let tried = packet.attempted_solutions.iter().map(|it| it.what.as_str());
    let named = packet.entities.iter().map(|it| it.value.as_str());
    [
        packet.core_intent.text.as_str(),
        packet.suggested_first_line.as_str(),
    ]
    .into_iter()
    .chain(summary)
    .chain(tried)
    .chain(packet.open_questions.iter().map(String::as_str))
    .chain(named)
}

/// The critical parts of a word: those with a digit, and addresses.
fn tokens(word: &str) -> Vec<String> {
    let is_critical = |part: &str| {
        part.chars().any(|it| it.is_ascii_digit()) || (part.contains('@') && part.len() > 1)
    };
    parts(word).filter(|part| is_critical(part)).collect()
}

fn parts(word: &str) -> impl Iterator<Item = String> + '_ {
    word.split(['–', '—', '“', '”', '"', '(', ')', '…'])
        .map(|part| {
            part.trim_matches(|it: char| !it.is_alphanumeric())
                .to_lowercase()
        })
        .map(|part| {
            part.trim_end_matches("'s")
                .trim_end_matches("’s")
                .to_owned()
        })
        .filter(|part| !part.is_empty())
}

fn known(record: &ConversationRecord) -> HashSet<String> {
    let mut known = HashSet::new();
    let mut add = |text: &str| {
        known.extend(
            text.split_whitespace()
                .flat_map(|word| parts(word).collect::<Vec<_>>()),
        );
    };
    for turn in &record.turns {
        add(&turn.text);
        for found in &turn.retrieval {
            add(found.title.as_deref().unwrap_or_default());
            add(&found.id.replace(['-', '_'], " "));
        }
        turn.tool_calls.iter().for_each(|call| add(&call.name));
    }
    for value in record.facts.values() {
        match value {
            FactValue::Text(text) => add(text),
            FactValue::Number(number) => add(&number.to_string()),
            FactValue::Flag(_) => {}
        }
    }
    known
}
