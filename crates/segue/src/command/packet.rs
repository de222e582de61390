//! `segue packet`: what an agent would read about a conversation.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use segue_engine::packet::{Source, build};
use segue_engine::replay::{replay, scores_of, time_of};
use segue_model::event::{AssistantKind, Opening, Origin};
use segue_model::fact::Facts;
use segue_model::floor::Epoch;
use segue_model::id::{AgentId, ConversationId};
use segue_model::record::{ConversationRecord, TurnRecord};
use segue_model::signal::{Reading, SignalKind};
use segue_model::turn::{Author, NoticeKind, Role, Turn, TurnNumber};
use segue_model::verdict::Outcome;

use super::signals::rules;
use crate::lines;

/// Options of `segue packet`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The policy; the built-in one otherwise.
    #[arg(long)]
    policy: Option<PathBuf>,
    /// The file to read; standard input otherwise.
    file: Option<PathBuf>,
}

/// Reads conversations and writes packets.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let rules = rules(arguments.policy.as_deref())?;
    let mut out = lines::output();
    lines::for_each(
        lines::open(arguments.file.as_deref())?,
        |record: ConversationRecord| {
            let judged = replay(&rules, &record);
            let moods: Vec<(TurnNumber, f64)> = judged
                .iter()
                .filter_map(|turn| match turn.signals.get(SignalKind::Sentiment) {
                    Reading::Present(signal) => Some((turn.turn, signal.value.number())),
                    Reading::Absent | Reading::Unavailable { .. } => None,
                })
                .collect();
            let escalated = judged
                .iter()
                .map(|turn| &turn.verdict)
                .find(|verdict| matches!(verdict.outcome, Outcome::Escalate { .. }));
            let turns: Vec<Turn> = record.turns.iter().enumerate().map(turn).collect();
            let facts = Facts {
                known: record.facts.clone(),
                lookup_failed: None,
            };
            let opening = opening(&record, &facts);
            let packet = build(&Source {
                conversation: ConversationId::nil(),
                turns: &turns,
                opening: &opening,
                facts: &facts,
                verdict: escalated,
                reason: escalated
                    .map(|verdict| verdict.reason.as_ref())
                    .unwrap_or_default(),
                told: None,
                policy: rules.policy().version(),
                moods: &moods,
                agent_name: None,
            });
            let mut line = serde_json::to_value(&packet)?;
            if let Some(fields) = line.as_object_mut() {
                // The file's own name for it, not an identity that it does not have here.
                fields.remove("conversation");
                fields.insert("conversation_id".to_owned(), record.conversation_id.into());
            }
            lines::write(&mut out, &line)
        },
    )?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

fn turn((index, record): (usize, &TurnRecord)) -> Turn {
    Turn {
        number: TurnNumber(u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1)),
        author: match record.role {
            Role::Customer => Author::Customer,
            Role::Assistant => Author::Assistant,
            Role::Agent => Author::Agent {
                agent: AgentId::nil(),
            },
            Role::System => Author::System {
                notice: NoticeKind::Welcome,
            },
        },
        text: record.text.clone(),
        at: time_of(record, index),
        epoch: Epoch(0),
        scores: scores_of(record),
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
