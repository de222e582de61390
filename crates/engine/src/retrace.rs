//! Going through a conversation's log again: the one fold that says what the detectors
//! remember of it, and every point at which the policy was asked.
//!
//! Decisions are deterministic, so deciding a point again under the version that the log
//! names gives the same bytes. The one exception is a policy that was replaced between a
//! customer's turn and the answer to it: which topics were looked for in the turn then
//! depends on whether the conversation was at hand.

use std::sync::Arc;

use segue_detect::{Detector, Flow, Memory, Observed};
use segue_floor::{State, evolve};
use segue_model::event::{Entry, Event, TextRef};
use segue_model::fact::Facts;
use segue_model::floor::Holder;
use segue_model::signal::{Reading, SignalKind, Signals};
use segue_model::time::Timestamp;
use segue_model::turn::{AnswerScores, Author, Role, TurnNumber};
use segue_model::verdict::Verdict;
use segue_policy::Stage;

use crate::judge::flow_of;
use crate::ruleset::Ruleset;

/// An entry with those of its texts that are still there.
#[derive(Debug, Clone, Copy)]
pub struct Logged<'a> {
    /// What happened.
    pub entry: &'a Entry,
    /// What it refers to.
    pub texts: &'a [(TextRef, String)],
}

impl<'a> Logged<'a> {
    /// The text that an event refers to, unless it was erased.
    pub fn text(&self, reference: TextRef) -> Option<&'a str> {
        let found = self.texts.iter().find(|(text, _)| *text == reference);
        found.map(|(_, words)| words.as_str())
    }
}

/// A visible turn as the detectors observe it; nothing for other events.
pub fn observed<'a>(event: &'a Event, logged: Logged<'a>) -> Option<Observed<'a>> {
    let Event::TurnAdded {
        turn,
        author,
        text,
        scores,
        source_at,
        ..
    } = event
    else {
        return None;
    };
    Some(Observed {
        number: *turn,
        role: author.role(),
        text: logged.text(*text).unwrap_or_default(),
        at: source_at.unwrap_or(logged.entry.at),
        scores,
        is_clarifying: scores.is_fallback,
    })
}

/// About what the policy was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// A customer's turn, the assistant having the floor.
    Turn,
    /// A customer's turn while people have it, see [`crate::judge_beside`].
    Beside,
    /// An assistant's answer before the customer sees it.
    Answer {
        /// Whether nothing better is to be sought any more.
        is_widened: bool,
        /// Whether the assistant says itself that it has no answer; then it is heard,
        /// whatever the bands say.
        is_fallback: bool,
    },
}

impl Asked {
    const fn stage(self) -> Stage {
        match self {
            Self::Turn | Self::Beside => Stage::Turn,
            Self::Answer { is_widened, .. } => Stage::Answer { is_widened },
        }
    }
}

/// One point at which the policy was asked, with everything it was told.
#[derive(Debug, Clone)]
pub struct Point<'a> {
    /// The customer turn.
    pub turn: TurnNumber,
    /// When.
    pub at: Timestamp,
    /// About what.
    pub asked: Asked,
    /// What the floor knew.
    pub flow: Flow,
    /// What was known of the customer.
    pub facts: Arc<Facts>,
    /// What the customer's turn says; empty if it was erased.
    pub customer: &'a str,
    /// Whether the words that were judged are still there.
    pub is_readable: bool,
    /// What is remembered with these words in it. The topics in it are those of the
    /// detector that it was traced with.
    pub memory: &'a Memory,
    /// What the log says that followed.
    pub logged: Option<&'a Verdict>,
}

impl Point<'_> {
    /// The signals that rules read here, found by the detector that it was traced with.
    pub fn signals(&self, detector: &Detector) -> Signals {
        self.heard(detector.signals(self.memory, &self.flow))
    }

    /// The signals that other rules read here: with the topics of their own policy.
    pub fn signals_again(&self, detector: &Detector) -> Signals {
        let mut memory = self.memory.clone();
        detector.find_topics_again(&mut memory, self.customer);
        self.heard(detector.signals(&memory, &self.flow))
    }

    fn heard(&self, mut signals: Signals) -> Signals {
        if self.asked == Asked::Beside {
            signals.set(SignalKind::OptOut, Reading::Absent);
        }
        signals
    }

    /// What the rules say to the signals, in the form in which the log keeps it.
    pub fn decide(&self, rules: &Ruleset, signals: &Signals) -> Verdict {
        let stage = self.asked.stage();
        let verdict = rules.policy().decide(stage, signals, &self.facts);
        // What is said beside people is only kept where it weighs more, and then flags.
        let is_flagged = verdict.is_flagged || self.asked == Asked::Beside;
        Verdict {
            is_flagged,
            ..verdict
        }
    }
}

/// The fold over a conversation's entries, and the customer's latest words.
pub struct Retrace<'d> {
    detector: &'d Detector,
    state: State,
    memory: Memory,
    customer: String,
}

impl std::fmt::Debug for Retrace<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Retrace")
            .field("version", &self.state.version)
            .finish_non_exhaustive()
    }
}

/// What was judged in an entry.
struct Judged<'a> {
    turn: TurnNumber,
    asked: Asked,
    seen: Observed<'a>,
    is_readable: bool,
    logged: Option<&'a Verdict>,
}

const NO_SCORES: AnswerScores = AnswerScores {
    confidence: None,
    retrieval: Vec::new(),
    is_fallback: false,
    is_courtesy: false,
    tool_calls: Vec::new(),
    query_distance: None,
    out_of_scope: None,
};
static UNSCORED: AnswerScores = NO_SCORES;

impl<'d> Retrace<'d> {
    /// The fold before the first entry; topics are those of this detector.
    pub fn new(detector: &'d Detector) -> Self {
        Self {
            detector,
            state: State::default(),
            memory: Memory::default(),
            customer: String::new(),
        }
    }

    /// The state after the entries so far.
    pub const fn state(&self) -> &State {
        &self.state
    }

    /// Folds the next entry in. If the policy was asked for it, `each` is told first, with
    /// what was known before it.
    pub fn step(&mut self, logged: Logged<'_>, each: impl FnOnce(&Point<'_>)) {
        let judged = self.judged(logged);
        let mut heard = judged.map(|judged| {
            let mut memory = self.memory.clone();
            self.detector.observe(&mut memory, &judged.seen);
            if judged.seen.role == Role::Customer {
                self.customer.clear();
                self.customer.push_str(judged.seen.text);
            }
            let point = Point {
                turn: judged.turn,
                at: logged.entry.at,
                asked: judged.asked,
                flow: flow_of(&self.state),
                facts: Arc::clone(&self.state.facts),
                customer: &self.customer,
                is_readable: judged.is_readable,
                memory: &memory,
                logged: judged.logged,
            };
            each(&point);
            (judged.seen.number, judged.seen.text, memory)
        });
        evolve(&mut self.state, logged.entry);
        for event in &logged.entry.events {
            let Some(seen) = observed(event, logged) else {
                continue;
            };
            match heard.take_if(|(turn, text, _)| *turn == seen.number && *text == seen.text) {
                // Observed once already, when it was judged.
                Some((_, _, memory)) => self.memory = memory,
                None => {
                    self.detector.observe(&mut self.memory, &seen);
                    if seen.role != Role::System {
                        heard = None;
                    }
                    if seen.role == Role::Customer {
                        self.customer.clear();
                        self.customer.push_str(seen.text);
                    }
                }
            }
        }
    }

    fn judged<'a>(&self, logged: Logged<'a>) -> Option<Judged<'a>> {
        let mut events = logged.entry.events.iter();
        let verdict = events.by_ref().find_map(|event| match event {
            Event::VerdictReached {
                turn,
                on_answer,
                verdict,
            } => Some((*turn, *on_answer, verdict)),
            _ => None,
        });
        if let Some((turn, true, verdict)) = verdict {
            let answer = events.find_map(|event| answer_of(event, logged))?;
            return Some(self.answer(turn, verdict, answer, logged));
        }
        self.customer_turn(logged, verdict.map(|(_, _, verdict)| verdict))
    }

    fn answer<'a>(
        &self,
        turn: TurnNumber,
        verdict: &'a Verdict,
        (text, scores): (Option<&'a str>, &'a AnswerScores),
        logged: Logged<'a>,
    ) -> Judged<'a> {
        let awaited = self.state.awaited;
        let is_widened =
            awaited.is_some_and(|awaited| awaited.is_widened) || !self.state.is_builtin();
        Judged {
            turn,
            asked: Asked::Answer {
                is_widened,
                is_fallback: scores.is_fallback,
            },
            seen: Observed {
                number: TurnNumber(self.state.turns + 1),
                role: Role::Assistant,
                text: text.unwrap_or_default(),
                at: logged.entry.at,
                scores,
                is_clarifying: scores.is_fallback,
            },
            is_readable: text.is_some() && !self.customer.is_empty(),
            logged: Some(verdict),
        }
    }

    /// The customer's turn, if the policy was asked about it. Beside people it always is,
    /// but what it says is only kept where it weighs more than what they have it for.
    fn customer_turn<'a>(
        &self,
        logged: Logged<'a>,
        verdict: Option<&'a Verdict>,
    ) -> Option<Judged<'a>> {
        let asked = match &self.state.holder {
            Holder::Assistant | Holder::Review { .. } => Asked::Turn,
            Holder::Closed { .. } if self.state.escalation.is_none() => Asked::Turn,
            _ if verdict.is_some() => Asked::Beside,
            _ => return None,
        };
        let (turn, text) = logged.entry.events.iter().find_map(|event| match event {
            Event::TurnAdded {
                turn,
                author: Author::Customer,
                text,
                ..
            } => Some((*turn, logged.text(*text))),
            _ => None,
        })?;
        Some(Judged {
            turn,
            asked,
            seen: Observed {
                number: turn,
                role: Role::Customer,
                text: text.unwrap_or_default(),
                at: logged.entry.at,
                scores: &UNSCORED,
                is_clarifying: false,
            },
            is_readable: text.is_some(),
            logged: verdict,
        })
    }
}

/// The text of an answer and its scores, be it shown, drafted or held back.
fn answer_of<'a>(
    event: &'a Event,
    logged: Logged<'a>,
) -> Option<(Option<&'a str>, &'a AnswerScores)> {
    match event {
        Event::TurnAdded {
            author: Author::Assistant,
            text,
            scores,
            ..
        }
        | Event::TurnSuppressed { text, scores, .. }
        | Event::DraftStaged { text, scores, .. } => Some((logged.text(*text), scores)),
        _ => None,
    }
}
