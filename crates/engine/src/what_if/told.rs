//! A conversation as it is told: turns in order, without a floor.

use std::sync::Arc;

use segue_detect::{Detector, Flow, Memory, Observed};
use segue_floor::{State, evolve};
use segue_model::event::{Event, Opening, Origin};
use segue_model::fact::Facts;
use segue_model::record::ConversationRecord;
use segue_model::time::Timestamp;
use segue_model::turn::{AnswerScores, Role, TurnNumber};

use crate::replay::{TurnVerdict, scores_of, time_of, verdicts};
use crate::retrace::{Asked, Logged, Point, observed};
use crate::ruleset::Ruleset;

/// One conversation.
pub(super) struct Told<'a> {
    pub name: String,
    /// Whether it is of the log, told with what an assistant of ours said.
    pub is_of_log: bool,
    facts: Arc<Facts>,
    turns: Vec<Said<'a>>,
}

struct Said<'a> {
    number: TurnNumber,
    role: Role,
    text: &'a str,
    at: Timestamp,
    scores: AnswerScores,
}

impl Said<'_> {
    fn observed(&self) -> Observed<'_> {
        Observed {
            number: self.number,
            role: self.role,
            text: self.text,
            at: self.at,
            scores: &self.scores,
            is_clarifying: self.scores.is_fallback,
        }
    }
}

impl<'a> Told<'a> {
    /// One of a file.
    pub fn of_record(record: &'a ConversationRecord) -> Self {
        let said = |(index, turn): (usize, &'a segue_model::record::TurnRecord)| Said {
            number: number(index),
            role: turn.role,
            text: &turn.text,
            at: time_of(turn, index),
            scores: scores_of(turn),
        };
        Self {
            name: record.conversation_id.clone(),
            is_of_log: false,
            facts: Arc::new(Facts {
                known: record.facts.clone(),
                lookup_failed: None,
            }),
            turns: record.turns.iter().enumerate().map(said).collect(),
        }
    }

    /// One of the log that nobody judged as it took place. What is told of the demo ends
    /// where a person came; what was imported never had a floor.
    pub fn of_log(
        name: &str,
        opening: &Opening,
        entries: impl Iterator<Item = Logged<'a>>,
    ) -> Self {
        let is_imported = matches!(opening.origin, Origin::Imported { .. });
        let mut told = Self {
            name: name.to_owned(),
            is_of_log: !is_imported,
            facts: Arc::new(opening.facts.clone()),
            turns: Vec::new(),
        };
        let mut state = State::default();
        for logged in entries {
            evolve(&mut state, logged.entry);
            for event in &logged.entry.events {
                told.push(event, logged, is_imported);
            }
            if !is_imported && state.holder.is_with_people() {
                break;
            }
        }
        told
    }

    fn push(&mut self, event: &'a Event, logged: Logged<'a>, is_imported: bool) {
        let Some(seen) = observed(event, logged) else {
            return;
        };
        let Event::TurnAdded { source_at, .. } = event else {
            return;
        };
        // What a file did not say, its import does not know either.
        let untold = crate::replay::untimed(self.turns.len());
        let at = match (is_imported, source_at) {
            (true, None) => untold,
            (_, told) => told.unwrap_or(logged.entry.at),
        };
        self.turns.push(Said {
            number: seen.number,
            role: seen.role,
            text: seen.text,
            at,
            scores: seen.scores.clone(),
        });
    }

    /// Goes through the points at which a policy is asked, see [`crate::replay::replay`].
    pub fn walk(&self, detector: &Detector, mut each: impl FnMut(&Point<'_>)) {
        let mut memory = Memory::default();
        let mut customer: Option<&Said<'_>> = None;
        for said in &self.turns {
            detector.observe(&mut memory, &said.observed());
            let asked = match said.role {
                Role::Customer => {
                    customer = Some(said);
                    Asked::Turn
                }
                Role::Assistant if said.scores != AnswerScores::default() => Asked::Answer {
                    is_widened: true,
                    is_fallback: said.scores.is_fallback,
                },
                Role::Assistant | Role::Agent | Role::System => continue,
            };
            let Some(customer) = customer else { continue };
            each(&Point {
                turn: customer.number,
                at: customer.at,
                asked,
                flow: Flow::default(),
                facts: Arc::clone(&self.facts),
                customer: customer.text,
                is_readable: true,
                memory: &memory,
                logged: None,
            });
        }
    }

    /// The verdict that stands for each customer turn.
    pub fn judge(&self, rules: &Ruleset) -> Vec<TurnVerdict> {
        verdicts(rules, &self.facts, self.turns.iter().map(Said::observed))
    }
}

fn number(index: usize) -> TurnNumber {
    TurnNumber(u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1))
}
