//! The packet as words, for desks whose notes are text: what is wanted, why now, what was
//! tried, what is still open.

use std::fmt::Write as _;

use segue_model::fact::FactValue;
use segue_model::packet::{AttemptOutcome, Packet};

/// The packet in Markdown's plainest form, which also reads as it stands.
pub(super) fn text_of(packet: &Packet) -> String {
    let mut text = String::new();
    let mut part = |title: &str, lines: Vec<String>| {
        if lines.is_empty() {
            return;
        }
        if !text.is_empty() {
            text.push('\n');
        }
        // Writing to a text cannot fail.
        let _ = writeln!(text, "**{title}**");
        for line in lines {
            let _ = writeln!(text, "{line}");
        }
    };
    let item = |line: &str| format!("- {line}");
    part("What they want", vec![packet.core_intent.text.clone()]);
    let summary: Vec<&str> = packet
        .summary
        .iter()
        .map(|said| said.text.as_str())
        .collect();
    part(
        "So far",
        if summary.is_empty() {
            Vec::new()
        } else {
            vec![summary.join(" ")]
        },
    );
    let mut why = vec![packet.trigger.reason.clone()];
    why.extend(packet.trigger.told.iter().cloned());
    part(
        "Why a person",
        why.into_iter().filter(|line| !line.is_empty()).collect(),
    );
    let attempts = packet.attempted_solutions.iter().map(|attempt| {
        let outcome = match attempt.outcome {
            AttemptOutcome::Rejected => "did not help",
            AttemptOutcome::Confirmed => "helped",
            AttemptOutcome::Failed => "failed",
            AttemptOutcome::Unknown => "unknown",
        };
        item(&format!("{} ({outcome})", attempt.what))
    });
    part("Tried", attempts.collect());
    let entities = packet.entities.iter().map(|entity| item(&entity.value));
    part("Named", entities.collect());
    let known = packet.metadata.iter().map(|(label, value)| {
        let value = match value {
            FactValue::Flag(true) => "yes".to_owned(),
            FactValue::Flag(false) => "no".to_owned(),
            FactValue::Number(number) => number.to_string(),
            FactValue::Text(text) => text.clone(),
        };
        item(&format!("{label}: {value}"))
    });
    part("Known about them", known.collect());
    let open = packet.open_questions.iter().map(|question| item(question));
    part("Still open", open.collect());
    if !packet.suggested_first_line.is_empty() {
        part("A first line", vec![packet.suggested_first_line.clone()]);
    }
    text
}
