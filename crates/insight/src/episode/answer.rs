//! The answers of the assistant on which the bands decided, and what people who know
//! say of them: what a threshold is chosen from.

use segue_model::event::{Entry, Event, Grade, Origin, SuppressedReason, TextRef};
use segue_model::time::Timestamp;
use segue_model::turn::{AnswerScores, Author, TurnNumber};
use segue_model::verdict::Verdict;

use super::{Class, Episode, Name, Names};

/// The most answers that one conversation keeps.
const ANSWERS_MAX: usize = 200;
/// How the rules of the bands are named in a verdict.
const BANDS_PREFIX: &str = "bands.";
/// The band's rule for an answer without any score: there is nothing to hold a
/// threshold against.
const UNSCORED: &str = "bands.unscored";
/// How a signal of a topic is named in a trace.
const TOPIC_PREFIX: &str = "topic.";

/// One answer that the bands let through or held back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Answered {
    pub at: Timestamp,
    pub turn: TurnNumber,
    pub text: TextRef,
    /// What the assistant's search said of it, where it did.
    pub retrieval: Option<f32>,
    /// What the assistant itself said of it, where it did.
    pub confidence: Option<f32>,
    pub topic: Option<Name>,
    /// The version of the policy that decided, where that is known.
    pub policy: Option<Name>,
    /// The threshold that it just missed, where it did.
    pub missed: Option<f32>,
    /// Whether the customer saw it.
    pub was_shown: bool,
}

/// The answers of a conversation. Apart from its record, because most have none.
#[derive(Debug, Clone, Default)]
pub(crate) struct Answers {
    pub given: Vec<Answered>,
    /// What people who know said of them, the latest of each.
    pub grades: Vec<Graded>,
}

/// What somebody said of an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Graded {
    pub at: Timestamp,
    pub text: TextRef,
    pub grade: Grade,
    /// With what probability the answer was drawn.
    pub by_chance: f64,
}

impl Episode {
    /// Keeps the answers of an entry, and the grades.
    pub(super) fn keep_answers(&mut self, entry: &Entry, names: &mut Names) {
        // The conversation is opened with its first entry, which has no answer of ours.
        let is_imported = matches!(self.class, Class::Imported(_))
            || entry.events.iter().any(|event| {
                matches!(event, Event::ConversationOpened(opening)
                    if matches!(opening.origin, Origin::Imported { .. }))
            });
        if is_imported {
            return;
        }
        let mut judged: Option<Answered> = None;
        for event in &entry.events {
            match event {
                Event::VerdictReached {
                    turn,
                    on_answer: true,
                    verdict,
                } => judged = answered(*turn, verdict, entry.at, names),
                Event::TurnAdded {
                    author: Author::Assistant,
                    text,
                    scores,
                    ..
                } => self.push_judged(judged.take(), *text, scores, true),
                Event::TurnSuppressed {
                    text,
                    reason: SuppressedReason::BelowBand,
                    scores,
                    ..
                } => self.push_judged(judged.take(), *text, scores, false),
                // A person reads a draft before the customer does, whatever its score.
                Event::DraftStaged { .. } => judged = None,
                Event::AnswerGraded { .. } => self.push_grade(event, entry.at),
                _ => {}
            }
        }
    }

    fn push_judged(
        &mut self,
        judged: Option<Answered>,
        text: TextRef,
        scores: &AnswerScores,
        was_shown: bool,
    ) {
        let says_something = !scores.is_courtesy && !scores.is_fallback;
        if let Some(judged) = judged.filter(|_| says_something) {
            // As the detectors read them: without a list the answer's own stands for it.
            let best = scores.retrieval.iter().map(|found| found.score);
            let retrieval = best.reduce(f64::max).or(scores.confidence);
            self.push_answer(Answered {
                text,
                retrieval: retrieval.map(|score| score as f32),
                confidence: scores.confidence.map(|score| score as f32),
                was_shown,
                ..judged
            });
        }
    }

    fn push_answer(&mut self, answered: Answered) {
        let given = &mut self.answers.get_or_insert_default().given;
        if given.len() < ANSWERS_MAX {
            given.push(answered);
        }
    }

    fn push_grade(&mut self, event: &Event, at: Timestamp) {
        let Event::AnswerGraded {
            turn,
            text,
            grade,
            was_shown,
            score,
            by_chance,
            ..
        } = event
        else {
            return;
        };
        let known = self.answers.iter().flat_map(|answers| &answers.given);
        if !known.clone().any(|answer| answer.text == *text) {
            // Judged by an older program, which kept other answers: what the grade says
            // of it is enough.
            let score = Some(*score as f32);
            self.push_answer(Answered {
                at,
                turn: *turn,
                text: *text,
                retrieval: score,
                confidence: None,
                topic: None,
                policy: None,
                missed: None,
                was_shown: *was_shown,
            });
        }
        let grades = &mut self.answers.get_or_insert_default().grades;
        grades.retain(|known| known.text != *text);
        if grades.len() < ANSWERS_MAX {
            grades.push(Graded {
                at,
                text: *text,
                grade: *grade,
                by_chance: *by_chance,
            });
        }
    }
}

/// The answer of a verdict, if the bands decided on it; text and scores come with the next
/// event.
fn answered(
    turn: TurnNumber,
    verdict: &Verdict,
    at: Timestamp,
    names: &mut Names,
) -> Option<Answered> {
    let rule = verdict.rule.0.as_ref();
    if !rule.starts_with(BANDS_PREFIX) || rule == UNSCORED {
        return None;
    }
    let mut found = verdict.trace.signals.iter().filter(|it| it.value >= 1.0);
    let topic = found.find_map(|it| it.signal.strip_prefix(TOPIC_PREFIX));
    let mut near = verdict.trace.near_misses.iter();
    let missed = near.find(|near| near.rule.0.starts_with(BANDS_PREFIX));
    Some(Answered {
        at,
        turn,
        text: TextRef(0),
        retrieval: None,
        confidence: None,
        topic: topic.map(|topic| names.intern(topic)),
        policy: Some(names.intern(&verdict.trace.policy.0)),
        missed: missed.map(|near| near.threshold as f32),
        was_shown: false,
    })
}
