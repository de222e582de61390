//! `segue signals`: what is observed in the last customer turn.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use segue_detect::MoodLabel;
use segue_engine::Ruleset;
use segue_engine::replay::replay;
use segue_model::record::{ConversationRecord, TurnRecord};
use segue_model::signal::{Evidence, Reading, SignalKind, SignalName, SignalValue, Signals};
use segue_model::turn::Role;
use segue_policy::Policy;
use serde::{Deserialize, Serialize};

use crate::lines;

/// Options of `segue signals`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The policy whose topics are looked for; the built-in one otherwise.
    #[arg(long)]
    policy: Option<PathBuf>,
    /// The file to read; standard input otherwise.
    file: Option<PathBuf>,
}

#[derive(Debug, Deserialize)]
struct Line {
    text: Option<String>,
    #[serde(default)]
    turns: Vec<TurnRecord>,
    #[serde(default)]
    conversation_id: Option<String>,
}

/// One signal as files carry it.
#[derive(Debug, Serialize)]
pub struct SignalLine {
    value: Value,
    score: f64,
    evidence: Vec<Evidence>,
    #[serde(skip_serializing_if = "Option::is_none")]
    label: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    unavailable: Option<String>,
}

#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Value {
    Flag(bool),
    Count(u32),
    Number(f64),
    Nothing,
}

#[derive(Debug, Serialize)]
struct Answer {
    #[serde(skip_serializing_if = "Option::is_none")]
    conversation_id: Option<String>,
    signals: BTreeMap<String, SignalLine>,
}

/// The policy's rules, or the built-in ones.
pub fn rules(policy: Option<&std::path::Path>) -> anyhow::Result<Ruleset> {
    let Some(path) = policy else {
        return Ok(Ruleset::new(Policy::builtin().clone())?);
    };
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("cannot read `{}`", path.display()))?;
    match Policy::parse(&text) {
        Ok(policy) => Ok(Ruleset::new(policy)?),
        Err(problems) => {
            let first = problems
                .first()
                .map(ToString::to_string)
                .unwrap_or_default();
            Err(lines::InputError {
                line: 0,
                reason: format!("`{}` is no policy: {first}", path.display()),
            }
            .into())
        }
    }
}

/// Signals by name, as files carry them.
pub fn signal_lines(signals: &Signals) -> BTreeMap<String, SignalLine> {
    signals
        .iter()
        .map(|(name, reading)| (name.to_string(), signal_line(&name, reading)))
        .collect()
}

fn signal_line(name: &SignalName, reading: &Reading) -> SignalLine {
    match reading {
        Reading::Present(signal) => {
            let is_mood = *name == SignalName::Kind(SignalKind::Sentiment);
            SignalLine {
                value: match signal.value {
                    SignalValue::Flag(flag) => Value::Flag(flag),
                    SignalValue::Count(count) => Value::Count(count),
                    SignalValue::Score(number) | SignalValue::Polarity(number) => {
                        Value::Number(number)
                    }
                },
                score: signal.score,
                evidence: signal.evidence.clone(),
                label: is_mood.then(|| MoodLabel::of(signal.value.number()).name()),
                unavailable: None,
            }
        }
        Reading::Absent => SignalLine::nothing(None),
        Reading::Unavailable { reason } => SignalLine::nothing(Some(reason.to_string())),
    }
}

impl SignalLine {
    fn nothing(unavailable: Option<String>) -> Self {
        Self {
            value: Value::Nothing,
            score: 0.0,
            evidence: Vec::new(),
            label: None,
            unavailable,
        }
    }
}

/// Reads conversations and writes what was observed.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let rules = rules(arguments.policy.as_deref())?;
    let mut out = lines::output();
    lines::for_each(lines::open(arguments.file.as_deref())?, |line: Line| {
        let turns = match line.text {
            Some(text) => vec![TurnRecord {
                role: Role::Customer,
                text,
                at: None,
                confidence: None,
                retrieval: Vec::new(),
                fallback: None,
                tool_calls: Vec::new(),
            }],
            None => line.turns,
        };
        let record = ConversationRecord {
            conversation_id: line.conversation_id.clone().unwrap_or_default(),
            turns,
            facts: BTreeMap::new(),
            source: None,
            lang: None,
        };
        let last = replay(&rules, &record).pop();
        let signals = last
            .map(|last| signal_lines(&last.signals))
            .unwrap_or_default();
        lines::write(
            &mut out,
            &Answer {
                conversation_id: line.conversation_id,
                signals,
            },
        )
    })?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
