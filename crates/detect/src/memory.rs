//! What the detector remembers of a conversation: bounded, whatever its length.

use std::collections::VecDeque;
use std::sync::Arc;

use segue_model::signal::Evidence;
use segue_model::time::{Span, Timestamp};
use segue_model::topic::TopicKey;
use segue_model::turn::{AnswerScores, ToolStatus, TurnNumber};

use crate::builtin::{TARGETS, Target};
use crate::complexity::Complexity;
use crate::promises::Promised;
use crate::risk::Course;
use crate::sketch::Sketch;

/// How many customer turns are compared with the next (`science.md` §5).
pub(crate) const ASKS_MAX: usize = 8;
/// How long ago a turn may be to count as the same attempt (`science.md` §5).
pub(crate) const REPEAT_WINDOW: Span = Span::minutes(30);
/// How many answers are compared with the next.
pub(crate) const ANSWERS_MAX: usize = 4;
/// How many tools of one answer are remembered.
const TOOLS_MAX: usize = 16;
/// Over how many customer turns the slope of the mood is taken.
pub(crate) const TREND_TURNS: usize = 3;

/// The state of the fold over a conversation's turns. At most 8 customer turns
/// and 4 answers are kept, as sketches and not as text, so it stays below 8 KB
/// and may be kept in a snapshot of any conversation.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    /// The latest customer turns that put a concern.
    pub(crate) asks: VecDeque<Ask>,
    /// The latest answers of the assistant.
    pub(crate) answers: VecDeque<Sketch>,
    /// Moods of the latest customer turns, the newest last.
    pub(crate) moods: VecDeque<f64>,
    /// Customer turns so far.
    pub(crate) turns: u32,
    /// Customer turns in a row that were negative.
    pub(crate) negative_streak: u32,
    /// Since when, and until when, the mood has been negative.
    pub(crate) negative_span: Option<(Timestamp, Timestamp)>,
    /// Assistant turns in a row without an answer.
    pub(crate) fallback_streak: u32,
    /// The same before the latest assistant turn.
    pub(crate) fallback_before: u32,
    /// How often a rejected answer was given again.
    pub(crate) answer_repeats: u32,
    /// Whether the assistant has said anything since the conversation, or its part of
    /// it, began.
    pub(crate) is_answered: bool,
    /// Whether the assistant asked something last, in an answer of its own.
    pub(crate) is_asked: bool,
    /// Whether the customer has rejected the last answer.
    pub(crate) is_rejected: bool,
    /// The risk before the latest customer turn, for its slow decay.
    pub(crate) risk_before: f64,
    /// What the conversation has been like.
    pub(crate) course: Course,
    /// The latest customer turn.
    pub(crate) latest: Option<Arc<Latest>>,
    /// The assistant turn after it.
    pub(crate) answer: Option<Answer>,
}

/// A customer turn that put a concern.
#[derive(Debug, Clone)]
pub(crate) struct Ask {
    /// Which turn.
    pub number: TurnNumber,
    /// When.
    pub at: Timestamp,
    /// What it was about.
    pub sketch: Sketch,
}

/// What was found in the latest customer turn.
#[derive(Debug, Clone)]
pub(crate) struct Latest {
    /// Which turn.
    pub number: TurnNumber,
    /// Strength of each target, 0–1.
    pub scores: [f32; TARGETS],
    /// Where each target shows.
    pub evidence: Vec<(Target, Evidence)>,
    /// The workspace's topics that were found by their own phrases.
    pub topics: Vec<(TopicKey, Evidence)>,
    /// Mood, `None` where the language is not known.
    pub mood: Option<f64>,
    /// The word with the strongest mood.
    pub mood_evidence: Option<Evidence>,
    /// How many turns put this concern.
    pub repeats: u32,
    /// The earlier turns that put it.
    pub repeat_of: Vec<TurnNumber>,
    /// How alike the most similar earlier turn is, 0–1.
    pub likeness: f32,
    /// Shouting, 0–1.
    pub shouting: f64,
    /// Complexity of the request.
    pub complexity: Complexity,
    /// Length in bytes.
    pub length: usize,
}

impl Latest {
    /// Takes back what was found of a target.
    pub fn clear(&mut self, target: Target) {
        if let Some(score) = self.scores.get_mut(target as usize) {
            *score = 0.0;
        }
        self.evidence.retain(|(other, _)| *other != target);
    }

    /// Strength of a target, 0–1.
    pub fn score(&self, target: Target) -> f64 {
        self.scores
            .get(target as usize)
            .copied()
            .map_or(0.0, f64::from)
    }

    /// Whether a target counts as found.
    pub fn has(&self, target: Target) -> bool {
        self.score(target) >= FOUND_MIN
    }
}

/// Score from which a flag is set.
pub(crate) const FOUND_MIN: f64 = 0.5;

/// The assistant turn after the latest customer turn.
#[derive(Debug, Clone)]
pub(crate) struct Answer {
    /// Which turn.
    pub number: TurnNumber,
    /// The assistant's confidence.
    pub confidence: Option<f64>,
    /// The best score of its search.
    pub retrieval: Option<f64>,
    /// Distance of the question from what is known.
    pub query_distance: Option<f64>,
    /// How likely the question is out of scope.
    pub out_of_scope: Option<f64>,
    /// Whether any tool ran.
    pub has_tools: bool,
    /// The first tool that did not end well.
    pub failed_tool: Option<Arc<str>>,
    /// Names of the tools that gave a result.
    pub tools: Vec<Arc<str>>,
    /// What the text promises.
    pub promised: Vec<Promised>,
}

impl Answer {
    /// Takes what matters from the scores of an assistant turn.
    pub fn new(number: TurnNumber, scores: &AnswerScores, promised: Vec<Promised>) -> Self {
        let failed = scores
            .tool_calls
            .iter()
            .find(|call| call.status != ToolStatus::Ok);
        let tools = scores.tool_calls.iter();
        let tools = tools.filter(|call| call.status == ToolStatus::Ok);
        let tools = tools.take(TOOLS_MAX);
        Self {
            number,
            confidence: scores.confidence,
            retrieval: scores
                .retrieval
                .iter()
                .map(|found| found.score)
                .reduce(f64::max),
            query_distance: scores.query_distance,
            out_of_scope: scores.out_of_scope,
            has_tools: !scores.tool_calls.is_empty(),
            failed_tool: failed.map(|call| short(&call.name)),
            tools: tools.map(|call| short(&call.name)).collect(),
            promised,
        }
    }
}

/// A tool's name, as far as it is kept.
fn short(name: &str) -> Arc<str> {
    name.chars().take(64).collect::<String>().into()
}

impl Memory {
    /// Puts an ask, and gives how many turns put its concern, which ones, and
    /// how alike the closest is. Turns are linked pairwise; a concern is a
    /// chain of links (`science.md` §5 A: one linked to two others).
    pub(crate) fn link_ask(
        &mut self,
        number: TurnNumber,
        at: Timestamp,
        sketch: Sketch,
    ) -> (u32, Vec<TurnNumber>, f32) {
        let mut members: Vec<usize> = Vec::new();
        let mut likeness = 0.0_f32;
        for (place, ask) in self.asks.iter().enumerate() {
            if at.since(ask.at) <= REPEAT_WINDOW {
                likeness = likeness.max(ask.sketch.likeness(&sketch));
                if ask.sketch.is_same_concern(&sketch) {
                    members.push(place);
                }
            }
        }
        // One step further along the chain is all a window of 8 needs in practice.
        for (place, ask) in self.asks.iter().enumerate() {
            let is_linked = |member: &usize| {
                self.asks
                    .get(*member)
                    .is_some_and(|other| other.sketch.is_same_concern(&ask.sketch))
            };
            if !members.contains(&place)
                && at.since(ask.at) <= REPEAT_WINDOW
                && members.iter().any(is_linked)
            {
                members.push(place);
            }
        }
        members.sort_unstable();
        let count = u32::try_from(members.len())
            .unwrap_or(u32::MAX)
            .saturating_add(1);
        let numbers = members
            .iter()
            .filter_map(|place| self.asks.get(*place))
            .map(|ask| ask.number)
            .collect();
        if self.asks.len() == ASKS_MAX {
            self.asks.pop_front();
        }
        self.asks.push_back(Ask { number, at, sketch });
        (count, numbers, likeness)
    }

    /// Remembers a mood: streak, span and the moods the slope is taken over.
    pub(crate) fn push_mood(&mut self, mood: f64, at: Timestamp, is_negative: bool) {
        if self.moods.len() == TREND_TURNS {
            self.moods.pop_front();
        }
        self.moods.push_back(mood);
        if is_negative {
            self.negative_streak = self.negative_streak.saturating_add(1);
            let since = self.negative_span.map_or(at, |(since, _)| since);
            self.negative_span = Some((since, at));
        } else {
            self.negative_streak = 0;
            self.negative_span = None;
        }
    }

    /// Least-squares slope of the mood over the last three customer turns, per
    /// turn; `None` below two turns.
    pub(crate) fn mood_slope(&self) -> Option<f64> {
        let count = self.moods.len();
        if count < 2 {
            return None;
        }
        let length = count as f64;
        let middle = (length - 1.0) / 2.0;
        let mean = self.moods.iter().sum::<f64>() / length;
        let pairs = self
            .moods
            .iter()
            .enumerate()
            .map(|(at, mood)| (at as f64 - middle, mood - mean));
        let (covariance, variance) =
            pairs.fold((0.0, 0.0), |(co, var), (x, y)| (co + x * y, var + x * x));
        Some((covariance / variance).clamp(-1.0, 1.0))
    }

    /// A person spoke: what the assistant did before no longer counts against it.
    pub(crate) fn begin_anew(&mut self) {
        self.asks.clear();
        self.answers.clear();
        self.fallback_streak = 0;
        self.fallback_before = 0;
        self.answer_repeats = 0;
        self.negative_streak = 0;
        self.negative_span = None;
        self.is_answered = false;
        self.is_asked = false;
        self.is_rejected = false;
        self.risk_before = 0.0;
        self.course = Course::default();
    }
}
