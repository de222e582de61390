//! `segue policy explain`: a policy in sentences, or why the turns of a conversation were
//! decided as they were.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use segue_engine::Ruleset;
use segue_engine::explain::{self, Explanation};
use segue_engine::walk::{steps_of, walk};
use segue_model::fact::Facts;
use segue_model::record::ConversationRecord;
use segue_model::signal::Evidence;
use segue_model::turn::{AnswerScores, Role};
use segue_policy::{Policy, Stage};
use serde::Serialize;

use super::Format;
use crate::lines;

/// So much of a turn's text is shown.
const TEXT_CHARS_MAX: usize = 100;

/// Options of `segue policy explain`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The policy's file; the built-in one otherwise.
    file: Option<PathBuf>,
    /// Explain conversations instead: a file of conversation lines, `-` for standard input.
    #[arg(long, value_name = "LINES")]
    conversation: Option<PathBuf>,
    /// Only this turn, counted over all turns of a conversation from 1.
    #[arg(long, requires = "conversation")]
    turn: Option<u32>,
    /// How to show conversations.
    #[arg(long, value_enum, default_value = "text", requires = "conversation")]
    format: Format,
}

/// One line of JSON: a conversation with every question to the policy.
#[derive(Serialize)]
struct Line<'a> {
    conversation_id: &'a str,
    items: Vec<Item>,
}

/// One question to the policy, with its answer.
#[derive(Serialize)]
struct Item {
    turn: u32,
    /// Whether an answer was judged, and not the customer's words.
    on_answer: bool,
    explanation: Explanation,
}

/// Prints the whole policy in words, or the reasons of verdicts. Exits 1 where the policy
/// has errors, or a conversation has no such turn.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let policy = match &arguments.file {
        Some(file) => super::parsed(file)?,
        None => Some(Policy::builtin().clone()),
    };
    let Some(policy) = policy else {
        return Ok(ExitCode::FAILURE);
    };
    match &arguments.conversation {
        Some(path) => conversations(policy, path, arguments),
        None => {
            writeln!(std::io::stdout(), "{}", policy.explain())?;
            Ok(ExitCode::SUCCESS)
        }
    }
}

fn conversations(policy: Policy, path: &Path, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let rules = Ruleset::new(policy)?;
    let mut out = lines::output();
    let mut is_found = arguments.turn.is_none();
    lines::for_each(lines::open(Some(path))?, |record: ConversationRecord| {
        let items = items(&rules, &record, arguments.turn);
        is_found |= !items.is_empty();
        match arguments.format {
            Format::Json => {
                let conversation_id = &record.conversation_id;
                lines::write(
                    &mut out,
                    &Line {
                        conversation_id,
                        items,
                    },
                )
            }
            Format::Text => print(&mut out, &record, &items),
        }
    })?;
    out.flush()?;
    if let (Some(turn), false) = (arguments.turn, is_found) {
        eprintln!("no conversation has a turn {turn} that the policy judges");
        return Ok(ExitCode::FAILURE);
    }
    Ok(ExitCode::SUCCESS)
}

/// Every customer turn, and every answer of which the assistant says how sure it is.
fn items(rules: &Ruleset, record: &ConversationRecord, only: Option<u32>) -> Vec<Item> {
    let facts = Facts {
        known: record.facts.clone(),
        lookup_failed: None,
    };
    let steps = steps_of(record);
    let is_told = |step: &segue_engine::walk::Step<'_>| {
        step.role == Role::Customer || step.scores != AnswerScores::default()
    };
    let asked = walk(rules, &facts, &steps).into_iter().zip(&steps);
    asked
        .filter(|(_, step)| is_told(step) && only.is_none_or(|only| only == step.turn.0))
        .filter_map(|(asked, _)| asked)
        .map(|asked| Item {
            turn: asked.turn.0,
            on_answer: asked.stage != Stage::Turn,
            explanation: explain::of(&asked.verdict, Some(rules.policy())),
        })
        .collect()
}

fn print(out: &mut impl Write, record: &ConversationRecord, items: &[Item]) -> anyhow::Result<()> {
    if items.is_empty() {
        return Ok(());
    }
    writeln!(out, "{}", record.conversation_id)?;
    let text = |turn: u32| {
        let index = usize::try_from(turn).ok()?.checked_sub(1)?;
        record.turns.get(index).map(|turn| turn.text.as_str())
    };
    let quote = |evidence: &Evidence| {
        let range = usize::try_from(evidence.start).ok()?..usize::try_from(evidence.end).ok()?;
        text(evidence.turn.0)?
            .get(range)
            .filter(|it| !it.is_empty())
    };
    for item in items {
        let who = match item.on_answer {
            true => "the answer",
            false => "the customer",
        };
        let said = super::shortened(text(item.turn).unwrap_or_default(), TEXT_CHARS_MAX);
        writeln!(out, "\nTurn {}, {who}: “{said}”", item.turn)?;
        for line in item.explanation.text(quote).lines() {
            writeln!(out, "  {line}")?;
        }
    }
    writeln!(out)?;
    Ok(())
}
