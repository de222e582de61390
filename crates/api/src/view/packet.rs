//! The packet on the wire.

use segue_model::fact::FactValue;
use segue_model::packet as model;
use segue_model::turn::TurnNumber;
use segue_service::read::PacketBoth;

use super::timeline::article_url;
use super::trace::signal_of;
use crate::wire::packet::{
    Attempt, Cited, DroppedStatement, Entity, Generated, GeneratedAttempt, GeneratedStatement,
    Labelled, Mood, Packet, TriggerNote,
};

/// Both versions of the packet.
pub fn packet_both(both: &PacketBoth, is_for_staff: bool) -> Packet {
    Packet {
        generated: both.generated.as_ref().map(generated),
        ..packet(&both.packet, is_for_staff)
    }
}

fn generated(version: &model::Generated) -> Generated {
    let dropped = version.dropped.iter();
    Generated {
        model: version.model.clone(),
        through: version.through.0,
        withheld: version.is_withheld,
        core_intent: version.core_intent.as_ref().map(statement),
        summary: version.summary.iter().map(statement).collect(),
        attempted_solutions: version
            .attempted_solutions
            .iter()
            .map(|tried| GeneratedAttempt {
                what: tried.what.clone(),
                outcome: tried.outcome.into(),
                turns: numbers(&tried.turns),
            })
            .collect(),
        open_questions: version.open_questions.iter().map(statement).collect(),
        suggested_first_line: version.suggested_first_line.clone(),
        dropped: dropped
            .map(|dropped| DroppedStatement {
                text: dropped.text.clone(),
                reason: dropped.reason.clone(),
            })
            .collect(),
    }
}

fn statement(statement: &model::Statement) -> GeneratedStatement {
    GeneratedStatement {
        text: statement.text.clone(),
        turns: numbers(&statement.turns),
    }
}

fn numbers(turns: &[TurnNumber]) -> Vec<u32> {
    turns.iter().map(|turn| turn.0).collect()
}

/// The packet. A program does not read what the workspace knows of its customers (S-10).
fn packet(packet: &model::Packet, is_for_staff: bool) -> Packet {
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
        generated: None,
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
        replaced_by: entity.replaced_by.clone(),
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
