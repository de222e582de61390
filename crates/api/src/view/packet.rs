//! The packet on the wire.

use segue_model::fact::FactValue;
use segue_model::packet as model;

use super::timeline::article_url;
use super::trace::signal_of;
use crate::wire::packet::{Attempt, Cited, Entity, Labelled, Mood, Packet, TriggerNote};

/// The packet. A program does not read what the workspace knows of its customers (S-10).
pub fn packet(packet: &model::Packet, is_for_staff: bool) -> Packet {
    let metadata = packet.metadata.iter().filter(|_| is_for_staff);
    Packet {
        core_intent: cited(&packet.core_intent),
        summary: packet.summary.iter().map(cited).collect(),
        attempted_solutions: packet.attempted_solutions.iter().map(attempt).collect(),
        metadata: metadata
            .map(|(label, value)| Labelled {
                label: label.clone(),
                value: in_words(value),
            })
            .collect(),
        entities: packet.entities.iter().map(entity).collect(),
        trigger: TriggerNote {
            rule: packet.trigger.rule.clone(),
            reason: packet.trigger.reason.clone(),
            signals: packet
                .trigger
                .signals
                .iter()
                .map(|it| signal_of(it, true))
                .collect(),
            told: packet.trigger.told.clone(),
        },
        open_questions: packet.open_questions.clone(),
        sentiment_curve: packet
            .sentiment_curve
            .iter()
            .map(|(turn, value)| Mood {
                turn: turn.0,
                value: *value,
            })
            .collect(),
        suggested_first_line: packet.suggested_first_line.clone(),
        through: packet.through.0,
        policy: packet.policy.0.to_string(),
        content_hash: packet.content_hash.clone(),
    }
}

fn cited(cited: &model::Cited) -> Cited {
    Cited {
        text: cited.text.clone(),
        turn: cited.turn.0,
    }
}

fn attempt(attempt: &model::Attempt) -> Attempt {
    Attempt {
        what: attempt.what.clone(),
        article: attempt.article.clone(),
        url: attempt.article.as_deref().map(article_url),
        outcome: attempt.outcome.into(),
        turn: attempt.turn.0,
    }
}

fn entity(entity: &model::Entity) -> Entity {
    Entity {
        kind: entity.kind.into(),
        value: entity.value.clone(),
        turn: entity.turn.0,
    }
}

fn in_words(value: &FactValue) -> String {
    match value {
        FactValue::Flag(true) => "yes".to_owned(),
        FactValue::Flag(false) => "no".to_owned(),
        FactValue::Number(number) => number.to_string(),
        FactValue::Text(text) => text.clone(),
    }
}
