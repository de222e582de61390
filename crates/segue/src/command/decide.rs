//! `segue decide`: one verdict per customer turn, as if the assistant held the
//! floor. The same input gives the same bytes.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use segue_engine::replay::{TurnVerdict, replay};
use segue_model::record::ConversationRecord;
use segue_model::turn::TurnNumber;
use segue_model::verdict::{HandoffKind, Outcome, Trace};
use serde::Serialize;

use super::signals::rules;
use crate::lines;

/// Options of `segue decide`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The policy; the built-in one otherwise.
    #[arg(long)]
    policy: Option<PathBuf>,
    /// How to show it.
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
    /// The file to read; standard input otherwise.
    file: Option<PathBuf>,
}

/// How to show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// JSON Lines.
    Json,
    /// A table for people.
    Table,
}

#[derive(Debug, Serialize)]
struct Answer<'a> {
    conversation_id: &'a str,
    verdicts: Vec<VerdictLine<'a>>,
}

#[derive(Debug, Serialize)]
struct VerdictLine<'a> {
    turn: TurnNumber,
    verdict: &'static str,
    rule: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    queue: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kind: Option<HandoffKind>,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    flag: bool,
    trace: &'a Trace,
}

fn line(judged: &TurnVerdict) -> VerdictLine<'_> {
    let verdict = &judged.verdict;
    let (queue, kind) = match &verdict.outcome {
        Outcome::Escalate { kind, queue } => (Some(queue.as_str()), Some(*kind)),
        Outcome::Review { queue } => (Some(queue.as_str()), None),
        Outcome::Continue | Outcome::FallBack { .. } => (None, None),
    };
    VerdictLine {
        turn: judged.turn,
        verdict: verdict.outcome.word(),
        rule: &verdict.rule.0,
        queue,
        kind,
        flag: verdict.is_flagged,
        trace: &verdict.trace,
    }
}

/// Reads conversations and writes verdicts.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let rules = rules(arguments.policy.as_deref())?;
    let mut out = lines::output();
    lines::for_each(
        lines::open(arguments.file.as_deref())?,
        |record: ConversationRecord| {
            let judged = replay(&rules, &record);
            match arguments.format {
                Format::Json => {
                    let verdicts = judged.iter().map(line).collect();
                    lines::write(
                        &mut out,
                        &Answer {
                            conversation_id: &record.conversation_id,
                            verdicts,
                        },
                    )
                }
                Format::Table => {
                    for judged in &judged {
                        let line = line(judged);
                        writeln!(
                            out,
                            "{:<40} {:>4}  {:<9}  {:<28} {}",
                            record.conversation_id,
                            line.turn.0,
                            line.verdict,
                            line.rule,
                            line.queue.unwrap_or_default()
                        )?;
                    }
                    Ok(())
                }
            }
        },
    )?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
