//! A conversation that is written down, walked from the first turn to the last: what the
//! policy answers wherever it would be asked, as if the assistant held the floor.

use segue_detect::{Flow, Memory, Observed};
use segue_model::fact::Facts;
use segue_model::record::ConversationRecord;
use segue_model::signal::Signals;
use segue_model::time::Timestamp;
use segue_model::turn::{AnswerScores, Role, TurnNumber};
use segue_model::verdict::Verdict;
use segue_policy::Stage;

use crate::judge::{Judged, judge_answer, judge_turn};
use crate::replay::{scores_of, time_of};
use crate::ruleset::Ruleset;

/// One turn to walk over.
#[derive(Debug, Clone)]
pub struct Step<'a> {
    /// Its number in the conversation.
    pub turn: TurnNumber,
    /// Who speaks.
    pub role: Role,
    /// What is said.
    pub text: &'a str,
    /// When.
    pub at: Timestamp,
    /// What an assistant says of its answer.
    pub scores: AnswerScores,
    /// Whether the search was widened for the answer already.
    pub is_widened: bool,
    /// What the floor knows at this point.
    pub flow: Flow,
}

/// One question to the policy, with its answer.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The turn that was judged.
    pub turn: TurnNumber,
    /// Whether it was a customer's turn or an answer.
    pub stage: Stage,
    /// What was observed.
    pub signals: Signals,
    /// What follows.
    pub verdict: Verdict,
}

/// Walks over the turns: one answer of the policy for each step, `None` where it is not
/// asked (agents, notices, and what an assistant says before the customer wrote).
pub fn walk(rules: &Ruleset, facts: &Facts, steps: &[Step<'_>]) -> Vec<Option<Asked>> {
    let mut memory = Memory::default();
    let mut is_begun = false;
    let mut walked = Vec::with_capacity(steps.len());
    for step in steps {
        let spoken = (step.turn, step.text, step.at);
        is_begun |= step.role == Role::Customer;
        let asked = match step.role {
            Role::Customer => {
                let judged = judge_turn(rules, &memory, step.flow, facts, spoken);
                Some((Stage::Turn, judged))
            }
            Role::Assistant if is_begun => {
                let is_widened = step.is_widened;
                let scores = (&step.scores, is_widened);
                let judged = judge_answer(rules, &memory, step.flow, facts, spoken, scores);
                Some((Stage::Answer { is_widened }, judged))
            }
            Role::Assistant | Role::Agent | Role::System => {
                rules.detector().observe(&mut memory, &observed(step));
                None
            }
        };
        walked.push(asked.map(|(stage, judged)| {
            let Judged {
                signals,
                verdict,
                memory: remembered,
            } = judged;
            memory = remembered;
            Asked {
                turn: step.turn,
                stage,
                signals,
                verdict,
            }
        }));
    }
    walked
}

fn observed<'a>(step: &'a Step<'_>) -> Observed<'a> {
    Observed {
        number: step.turn,
        role: step.role,
        text: step.text,
        at: step.at,
        scores: &step.scores,
        is_clarifying: step.scores.is_fallback,
    }
}

/// The turns of a conversation of a file. Its answers are those that were given in the
/// end, so they are judged as after the wider search.
pub fn steps_of(record: &ConversationRecord) -> Vec<Step<'_>> {
    let step = |(index, turn)| {
        let turn: &segue_model::record::TurnRecord = turn;
        Step {
            turn: TurnNumber(u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1)),
            role: turn.role,
            text: &turn.text,
            at: time_of(turn, index),
            scores: scores_of(turn),
            is_widened: true,
            flow: Flow::default(),
        }
    };
    record.turns.iter().enumerate().map(step).collect()
}
