//! The packet of one conversation of a file, as it would have been at its handoff.

use segue_engine::Ruleset;
use segue_engine::packet::generated::Known;
use segue_engine::packet::{Source, build};
use segue_engine::replay::{replay, scores_of, time_of};
use segue_model::event::{AssistantKind, Opening, Origin};
use segue_model::fact::Facts;
use segue_model::floor::Epoch;
use segue_model::id::{AgentId, ConversationId};
use segue_model::packet::Packet;
use segue_model::record::{ConversationRecord, TurnRecord};
use segue_model::signal::{Reading, SignalKind};
use segue_model::turn::{Author, NoticeKind, Role, Turn, TurnNumber};
use segue_model::verdict::{Outcome, Verdict};

/// All that a packet of a file is built from.
pub struct Material {
    turns: Vec<Turn>,
    opening: Opening,
    facts: Facts,
    moods: Vec<(TurnNumber, f64)>,
    escalated: Option<Verdict>,
}

impl Material {
    /// Reads a conversation and judges it under the policy.
    pub fn new(rules: &Ruleset, record: &ConversationRecord) -> Self {
        let judged = replay(rules, record);
        let moods = judged
            .iter()
            .filter_map(|turn| match turn.signals.get(SignalKind::Sentiment) {
                Reading::Present(signal) => Some((turn.turn, signal.value.number())),
                Reading::Absent | Reading::Unavailable { .. } => None,
            })
            .collect();
        let escalated = judged
            .into_iter()
            .map(|turn| turn.verdict)
            .find(|verdict| matches!(verdict.outcome, Outcome::Escalate { .. }));
        let facts = Facts {
            known: record.facts.clone(),
            lookup_failed: None,
        };
        Self {
            turns: record.turns.iter().enumerate().map(turn).collect(),
            opening: opening(record, &facts),
            facts,
            moods,
            escalated,
        }
    }

    /// What a model's version is asked from and checked against.
    pub fn known(&self) -> Known<'_> {
        Known {
            turns: &self.turns,
            opening: &self.opening,
            facts: &self.facts,
            agent_name: None,
        }
    }

    /// The packet.
    pub fn packet(&self, rules: &Ruleset) -> Packet {
        build(&Source {
            conversation: ConversationId::nil(),
            turns: &self.turns,
            opening: &self.opening,
            facts: &self.facts,
            verdict: self.escalated.as_ref(),
            reason: self
                .escalated
                .as_ref()
                .map(|verdict| verdict.reason.as_ref())
                .unwrap_or_default(),
            told: None,
            policy: rules.policy().version(),
            moods: &self.moods,
            agent_name: None,
        })
    }
}

fn turn((index, turn): (usize, &TurnRecord)) -> Turn {
    Turn {
        number: TurnNumber(u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1)),
        author: match turn.role {
            Role::Customer => Author::Customer,
            Role::Assistant => Author::Assistant,
            Role::Agent => Author::Agent {
                agent: AgentId::nil(),
            },
            Role::System => Author::System {
                notice: NoticeKind::Welcome,
            },
        },
        text: turn.text.clone(),
        at: time_of(turn, index),
        epoch: Epoch(0),
        scores: scores_of(turn),
    }
}

fn opening(record: &ConversationRecord, facts: &Facts) -> Opening {
    Opening {
        customer: None,
        visitor: None,
        assistant: AssistantKind::External,
        origin: Origin::Imported {
            source: record.source.clone().unwrap_or_default(),
            external_id: record.conversation_id.clone(),
        },
        channel: "file".to_owned(),
        locale: record.lang.clone(),
        page: None,
        browser: None,
        follows: None,
        bot: None,
        desk: None,
        facts: facts.clone(),
    }
}
