//! Reads a model's answer: what it holds, cut to its form, then the guard.

use segue_model::packet::{
    AttemptOutcome, CORE_INTENT_WORDS_MAX, Dropped, Generated, GeneratedAttempt, SUMMARY_WORDS_MAX,
    Statement,
};
use segue_model::turn::{Role, ToolStatus, Turn, TurnNumber};
use serde::Deserialize;

use super::Known;
use super::guard::{Form, Guard};
use crate::packet::attempts::outcome_said;
use crate::packet::reading::Reading;
use crate::packet::text;

/// How many statements of one kind are read.
const STATEMENTS_MAX: usize = 8;
/// The longest statement besides the core intent, in words.
const STATEMENT_WORDS_MAX: usize = 45;
/// The longest first line, in words.
const LINE_WORDS_MAX: usize = 60;
/// How much of what was dropped is kept, in characters.
const DROPPED_CHARS_MAX: usize = 300;
/// How much of what is dropped is listed.
const DROPPED_MAX: usize = 24;

/// The answer is no packet.
#[derive(Debug, thiserror::Error)]
#[error("the model's answer is not what was asked for: {0}")]
pub struct Unreadable(#[from] serde_json::Error);

// Fields that are not asked for are passed over: nothing of them is kept.
#[derive(Deserialize)]
struct Answer {
    core_intent: Said,
    #[serde(default)]
    summary: Vec<Said>,
    #[serde(default)]
    attempted_solutions: Vec<Tried>,
    #[serde(default)]
    open_questions: Vec<Said>,
    #[serde(default)]
    suggested_first_line: String,
}

#[derive(Deserialize)]
struct Said {
    text: String,
    #[serde(default)]
    turns: Vec<u32>,
}

#[derive(Deserialize)]
struct Tried {
    what: String,
    #[serde(default)]
    outcome: String,
    #[serde(default)]
    turns: Vec<u32>,
}

/// Reads a model's answer about a conversation. Whatever the answer, what is kept has
/// passed the guard, and what did not is listed with the reason.
///
/// # Errors
/// [`Unreadable`] if it does not have the form that was asked for.
pub fn read(answer: &str, known: &Known<'_>, model: &str) -> Result<Generated, Unreadable> {
    let answer: Answer = serde_json::from_str(answer)?;
    let mut pass = Pass {
        guard: Guard::new(known),
        known,
        dropped: Vec::new(),
        kept: 0,
    };
    let core_intent = pass.statement(&answer.core_intent, CORE_INTENT_WORDS_MAX);
    let summary = pass.summary(&answer.summary);
    let attempted_solutions = pass.attempts(&answer.attempted_solutions);
    let questions = answer.open_questions.iter().take(STATEMENTS_MAX);
    let open_questions = questions.filter_map(|said| pass.question(said)).collect();
    let suggested_first_line = pass.line(&answer.suggested_first_line);
    let Pass {
        mut dropped, kept, ..
    } = pass;
    let is_withheld = core_intent.is_none() || summary.is_empty() || dropped.len() > kept;
    let mut generated = Generated {
        model: text::clip_chars(&text::clean(model), 100),
        through: known
            .turns
            .last()
            .map(|turn| turn.number)
            .unwrap_or_default(),
        is_withheld,
        ..Generated::default()
    };
    dropped.truncate(DROPPED_MAX);
    generated.dropped = dropped;
    if !is_withheld {
        generated.core_intent = core_intent;
        generated.summary = summary;
        generated.attempted_solutions = attempted_solutions;
        generated.open_questions = open_questions;
        generated.suggested_first_line = suggested_first_line;
    }
    Ok(generated)
}

struct Pass<'a> {
    guard: Guard,
    known: &'a Known<'a>,
    dropped: Vec<Dropped>,
    kept: usize,
}

impl<'a> Pass<'a> {
    fn drop(&mut self, said: &str, reason: String) {
        self.dropped.push(Dropped {
            text: text::clip_chars(&text::clean(said), DROPPED_CHARS_MAX),
            reason,
        });
    }

    /// The turns that are cited, each once, in order.
    fn cited(&self, turns: &[u32]) -> Option<Vec<&'a Turn>> {
        let known = self.known;
        let mut cited: Vec<&Turn> = Vec::new();
        for number in turns.iter().take(STATEMENTS_MAX) {
            let turn = known.turns.iter().find(|turn| turn.number.0 == *number)?;
            if !cited.iter().any(|known| known.number == turn.number) {
                cited.push(turn);
            }
        }
        cited.sort_by_key(|turn| turn.number);
        (!cited.is_empty()).then_some(cited)
    }

    fn checked(&mut self, said: &str, turns: &[u32], form: Form) -> Option<Statement> {
        let line = text::clean(said);
        if line.is_empty() {
            return None;
        }
        let Some(cited) = self.cited(turns) else {
            self.drop(&line, "it cites no turn of this conversation".to_owned());
            return None;
        };
        match self.guard.check(&line, &cited, form) {
            Ok(()) => {
                self.kept += 1;
                Some(Statement {
                    text: line,
                    turns: cited.iter().map(|turn| turn.number).collect(),
                })
            }
            Err(reason) => {
                self.drop(&line, reason);
                None
            }
        }
    }

    fn statement(&mut self, said: &Said, words_max: usize) -> Option<Statement> {
        self.checked(&said.text, &said.turns, Form::statement(words_max))
    }

    fn question(&mut self, said: &Said) -> Option<Statement> {
        self.checked(
            &said.text,
            &said.turns,
            Form::statement(STATEMENT_WORDS_MAX),
        )
    }

    /// The sentences that fit; a statement of several is taken apart, so that one
    /// without ground does not hide among others.
    fn summary(&mut self, said: &[Said]) -> Vec<Statement> {
        let mut summary: Vec<Statement> = Vec::new();
        let mut words = 0;
        for said in said.iter().take(STATEMENTS_MAX) {
            let line = text::clean(&said.text);
            for sentence in text::whole_sentences(&line) {
                let Some(kept) =
                    self.checked(sentence, &said.turns, Form::statement(STATEMENT_WORDS_MAX))
                else {
                    continue;
                };
                words += text::word_count(&kept.text);
                if words > SUMMARY_WORDS_MAX {
                    self.kept -= 1;
                    self.drop(
                        sentence,
                        format!("a summary has at most {SUMMARY_WORDS_MAX} words"),
                    );
                    return summary;
                }
                summary.push(kept);
            }
        }
        summary
    }

    fn attempts(&mut self, tried: &[Tried]) -> Vec<GeneratedAttempt> {
        let mut attempts = Vec::new();
        for tried in tried.iter().take(STATEMENTS_MAX) {
            let form = Form::statement(STATEMENT_WORDS_MAX);
            let Some(kept) = self.checked(&tried.what, &tried.turns, form) else {
                continue;
            };
            let outcome = self.outcome(tried, &kept.turns);
            attempts.push(GeneratedAttempt {
                what: kept.text,
                outcome,
                turns: kept.turns,
            });
        }
        attempts
    }

    /// How it went: the model's word where the turns say the same, else nothing.
    fn outcome(&mut self, tried: &Tried, turns: &[TurnNumber]) -> AttemptOutcome {
        let claimed = match tried.outcome.as_str() {
            "rejected" => AttemptOutcome::Rejected,
            "confirmed" => AttemptOutcome::Confirmed,
            "failed" => AttemptOutcome::Failed,
            _ => return AttemptOutcome::Unknown,
        };
        if said_outcomes(self.known, turns).contains(&claimed) {
            return claimed;
        }
        let what = format!("{}: {}", tried.outcome, tried.what);
        self.drop(&what, "nobody said that it went so".to_owned());
        AttemptOutcome::Unknown
    }

    fn line(&mut self, said: &str) -> Option<String> {
        let line = text::clean(said);
        if line.is_empty() {
            return None;
        }
        let all: Vec<&Turn> = self.known.turns.iter().collect();
        match self.guard.check(&line, &all, Form::line(LINE_WORDS_MAX)) {
            Ok(()) => {
                self.kept += 1;
                Some(line)
            }
            Err(reason) => {
                self.drop(&line, reason);
                None
            }
        }
    }
}

/// What the conversation says of how these turns went: a tool's own end, and the
/// customer's words in them and after them.
fn said_outcomes(known: &Known<'_>, turns: &[TurnNumber]) -> Vec<AttemptOutcome> {
    let reading = Reading::new(known.turns, known.opening.locale.as_deref(), &[]);
    let mut outcomes = Vec::new();
    for (place, turn) in reading.turns.iter().enumerate() {
        if !turns.contains(&turn.number) {
            continue;
        }
        let calls = turn.scores.tool_calls.iter();
        if calls.clone().any(|call| call.status != ToolStatus::Ok) {
            outcomes.push(AttemptOutcome::Failed);
        }
        match turn.author.role() {
            Role::Customer => outcomes.extend(outcome_said(&turn.text)),
            _ => outcomes.push(super::super::attempts::said_of(&reading, place)),
        }
    }
    outcomes
}
