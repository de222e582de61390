//! The assistant's answers on which the bands decided: what is drawn for judging, and
//! what a threshold is chosen from.

use segue_model::escalation::RootCause;
use segue_model::event::{Grade, TextRef};
use segue_model::id::ConversationId;
use segue_model::signal::SignalKind;
use segue_model::time::{Span, Timestamp};
use segue_model::turn::TurnNumber;

use crate::episode::{Answered, Answers, Episode};
use crate::ledger::{Ledger, Query};
use crate::tune::{GradedAnswer, OutcomeCount};

/// One answer on which the bands decided, be it let through or held back.
#[derive(Debug, Clone, PartialEq)]
pub struct AnswerRow {
    /// Where it stands.
    pub conversation: ConversationId,
    /// The customer turn it was to answer.
    pub turn: TurnNumber,
    /// Its text.
    pub text: TextRef,
    /// When it was judged by the policy.
    pub at: Timestamp,
    /// What the search said of it, 0–1.
    pub retrieval: Option<f64>,
    /// What the assistant said of it, 0–1.
    pub confidence: Option<f64>,
    /// The first topic that was found in the turn.
    pub topic: Option<String>,
    /// Whether the customer saw it.
    pub was_shown: bool,
    /// What somebody said of it, the latest judgement.
    pub graded: Option<GradeRow>,
}

/// What somebody said of an answer.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct GradeRow {
    /// The judgement.
    pub grade: Grade,
    /// With what probability the answer was drawn, above 0 and at most 1.
    pub by_chance: f64,
    /// When it was judged.
    pub at: Timestamp,
}

impl AnswerRow {
    /// The score that the bands hold their threshold against: the lowest of the signals
    /// that count in the policy. `None` if none of these was supplied.
    pub fn score(&self, signals: &[SignalKind]) -> Option<f64> {
        let of = |kind: &SignalKind| match kind {
            SignalKind::RetrievalConfidence => self.retrieval,
            SignalKind::AnswerConfidence => self.confidence,
            _ => None,
        };
        signals.iter().filter_map(of).reduce(f64::min)
    }
}

impl AnswerRow {
    /// The answer as a threshold is chosen from it; `None` without a score.
    pub fn for_tuning(&self, signals: &[SignalKind]) -> Option<GradedAnswer> {
        let graded = self.graded;
        // The last 64 bits of an identity are chance.
        let conversation = self.conversation.uuid().as_u64_pair().1;
        Some(GradedAnswer {
            score: self.score(signals)?,
            grade: graded.map(|graded| graded.grade),
            was_shown: self.was_shown,
            by_chance: graded.map_or(1.0, |graded| graded.by_chance),
            at: self.at,
            graded_at: graded.map(|graded| graded.at),
            conversation: Some(conversation),
            topic: self.topic.clone(),
        })
    }
}

impl Ledger {
    /// What is known besides of how the conversations of the window went in which the
    /// assistant had a part. It is watched and proves nothing: most who got a wrong answer
    /// never say so.
    pub fn outcome_counts(&self, query: &Query) -> Vec<OutcomeCount> {
        let cohort = self.cohort(query, 0);
        let involved = || cohort.episodes.iter().filter(|episode| episode.is_involved);
        let causes = |cause: RootCause| {
            let handoffs = involved().flat_map(|episode| &episode.handoffs);
            handoffs.filter(|it| it.root_cause == Some(cause)).count()
        };
        let counts = [
            ("root cause AI_Wrong_Answer", causes(RootCause::WrongAnswer)),
            (
                "root cause AI_Missing_Knowledge",
                causes(RootCause::MissingKnowledge),
            ),
            (
                "said that it did not help",
                involved().filter(|it| it.helped == Some(false)).count(),
            ),
            (
                "rated the assistant 1 or 2 of 5",
                involved()
                    .filter(|it| it.rated_assistant.is_some_and(|score| score <= 2))
                    .count(),
            ),
        ];
        let row = |(what, count): (&str, usize)| OutcomeCount {
            what: what.to_owned(),
            count: count as u64,
        };
        counts.into_iter().map(row).collect()
    }

    /// The answers of the query's window, newest first: of live conversations, and of the
    /// demo's where it is asked for. The window is that of the answer, not of its
    /// conversation's beginning.
    pub fn answers(&self, query: &Query) -> Vec<AnswerRow> {
        let from = query.now - Span::hours(24 * u64::from(query.days));
        let counted = self
            .episodes()
            .iter()
            .filter(|episode| crate::cohort::counts(episode, query.include_demo));
        let mut rows: Vec<AnswerRow> = counted
            .filter_map(|episode| Some((episode, episode.answers.as_deref()?)))
            .flat_map(|(episode, answers)| {
                let given = answers.given.iter();
                given.map(move |answer| (episode, answers, answer))
            })
            .filter(|(_, _, answer)| answer.at > from && answer.at <= query.now)
            .map(|(episode, answers, answer)| self.row(episode, answers, answer))
            .collect();
        rows.sort_unstable_by_key(|row| (std::cmp::Reverse(row.at), row.conversation, row.text));
        rows
    }

    /// The answers of the window that were judged, newest first.
    pub fn graded_answers(&self, query: &Query) -> Vec<AnswerRow> {
        let mut rows = self.answers(query);
        rows.retain(|row| row.graded.is_some());
        rows
    }

    fn row(&self, episode: &Episode, answers: &Answers, answer: &Answered) -> AnswerRow {
        let mut grades = answers.grades.iter();
        let graded = grades.find(|grade| grade.text == answer.text);
        AnswerRow {
            conversation: episode.id,
            turn: answer.turn,
            text: answer.text,
            at: answer.at,
            retrieval: answer.retrieval.map(of_stored),
            confidence: answer.confidence.map(of_stored),
            topic: answer.topic.map(|name| self.names().text(name).to_owned()),
            was_shown: answer.was_shown,
            graded: graded.map(|grade| GradeRow {
                grade: grade.grade,
                by_chance: grade.by_chance,
                at: grade.at,
            }),
        }
    }
}

/// A score as it was, to the sixth digit: it is kept in half the room, and 0.7 is not to
/// come back below 0.7.
fn of_stored(score: f32) -> f64 {
    (f64::from(score) * 1e6).round() / 1e6
}
