//! Judging a conversation of a file: one verdict per customer turn, as if the
//! assistant held the floor all along.

use segue_detect::{Flow, Memory, Observed};
use segue_model::fact::Facts;
use segue_model::record::{ConversationRecord, TurnRecord};
use segue_model::signal::Signals;
use segue_model::time::Timestamp;
use segue_model::turn::{AnswerScores, Role, TurnNumber};
use segue_model::verdict::{Outcome, Verdict};
use segue_policy::Stage;

use crate::ruleset::Ruleset;

/// The space between two turns of a file that gives no times, so that
/// durations in minutes stay what they are for turns that follow at once.
const UNTIMED_STEP_MS: i64 = 20_000;

/// What would have been decided on one customer turn.
#[derive(Debug, Clone)]
pub struct TurnVerdict {
    /// The turn, counted over all turns of the conversation from 1.
    pub turn: TurnNumber,
    /// What was observed.
    pub signals: Signals,
    /// What would have followed. The scores of the assistant's turn after it
    /// count towards it; the stricter of the two verdicts stands.
    pub verdict: Verdict,
}

/// The scores that a turn of a file carries.
pub fn scores_of(turn: &TurnRecord) -> AnswerScores {
    AnswerScores {
        confidence: turn.confidence,
        retrieval: turn.retrieval.clone(),
        is_fallback: turn.fallback.unwrap_or(false),
        is_courtesy: false,
        tool_calls: turn.tool_calls.clone(),
        query_distance: None,
        out_of_scope: None,
    }
}

/// When a turn of a file was written, as far as the file says.
pub fn time_of(turn: &TurnRecord, index: usize) -> Timestamp {
    let told = turn
        .at
        .as_deref()
        .and_then(|at| at.parse::<jiff::Timestamp>().ok());
    told.map_or_else(|| untimed(index), |at| Timestamp(at.as_millisecond()))
}

/// When the turn at this place counts as written, where nobody says.
pub(crate) fn untimed(index: usize) -> Timestamp {
    let index = i64::try_from(index).unwrap_or(i64::MAX);
    Timestamp(index.saturating_mul(UNTIMED_STEP_MS))
}

/// Judges every customer turn of a conversation, in order.
pub fn replay(rules: &Ruleset, record: &ConversationRecord) -> Vec<TurnVerdict> {
    let facts = Facts {
        known: record.facts.clone(),
        lookup_failed: None,
    };
    let scores: Vec<AnswerScores> = record.turns.iter().map(scores_of).collect();
    let turns = record.turns.iter().zip(&scores).enumerate();
    let turns = turns.map(|(index, (turn, scores))| Observed {
        number: TurnNumber(u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1)),
        role: turn.role,
        text: &turn.text,
        at: time_of(turn, index),
        scores,
        is_clarifying: scores.is_fallback,
    });
    verdicts(rules, &facts, turns)
}

/// Judges every customer turn of these, in order.
pub(crate) fn verdicts<'a>(
    rules: &Ruleset,
    facts: &Facts,
    turns: impl Iterator<Item = Observed<'a>>,
) -> Vec<TurnVerdict> {
    let flow = Flow::default();
    let mut memory = Memory::default();
    let mut verdicts: Vec<TurnVerdict> = Vec::new();
    for turn in turns {
        rules.detector().observe(&mut memory, &turn);
        match turn.role {
            Role::Customer => {
                let signals = rules.detector().signals(&memory, &flow);
                let verdict = rules.policy().decide(Stage::Turn, &signals, facts);
                verdicts.push(TurnVerdict {
                    turn: turn.number,
                    signals,
                    verdict,
                });
            }
            Role::Assistant if *turn.scores != AnswerScores::default() => {
                let Some(last) = verdicts.last_mut() else {
                    continue;
                };
                let signals = rules.detector().signals(&memory, &flow);
                // A file holds the answer that was given in the end, so it is
                // judged as after the wider search.
                let stage = Stage::Answer { is_widened: true };
                let verdict = rules.policy().decide(stage, &signals, facts);
                if severity(&verdict.outcome) > severity(&last.verdict.outcome) {
                    last.verdict = verdict;
                }
                last.signals = signals;
            }
            Role::Assistant | Role::Agent | Role::System => {}
        }
    }
    verdicts
}

const fn severity(outcome: &Outcome) -> u8 {
    match outcome {
        Outcome::Continue => 0,
        Outcome::FallBack { .. } => 1,
        Outcome::Review { .. } => 2,
        Outcome::Escalate { .. } => 3,
    }
}
