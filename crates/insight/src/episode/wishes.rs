//! What says of a conversation that people were kept from a person, that a tool failed in it,
//! and what it was about: the raw material of the gatekeeping alarm and of the causes.

use std::sync::LazyLock;

use segue_detect::{Detector, Flow, Memory, Observed};
use segue_model::event::{Entry, Event};
use segue_model::fact::{Facts, name};
use segue_model::signal::SignalKind;
use segue_model::turn::{AnswerScores, Author, Role, ToolStatus, TurnNumber};
use segue_model::verdict::Verdict;

use super::{Class, Context, Episode, Name, Names};
use crate::words::may_ask_for_person;

/// The most tools that one conversation keeps.
const TOOLS_MAX: usize = 8;
/// From which fallback in a row, and from which repeat, a person would be in place (science §1.4).
const FALLBACKS_SIGN_MIN: f64 = 2.0;
const REPEATS_SIGN_MIN: f64 = 3.0;

/// Hears a wish where no verdict says whether there was one.
static DETECTOR: LazyLock<Detector> = LazyLock::new(Detector::builtin);

/// What a conversation is compared with others by.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Kind {
    /// The article that its first search found best.
    pub article: Option<Name>,
    /// The customer's tier.
    pub tier: Option<Name>,
}

/// What stands out in a conversation; most have none of it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wishes {
    /// Customer turns that asked for a person before one was asked for on their behalf,
    /// the one that was heard included.
    pub wishes: u8,
    /// After how many of these the assistant kept the floor.
    pub ignored: u8,
    /// The highest count of the same concern put again.
    pub repeats: u8,
    /// The customer turn of the first sign that a person is needed.
    pub first_at: Option<u32>,
    /// Customer turns from the first sign to the request for a person; 0 is at once.
    pub turns_to_person: Option<u32>,
    /// The tools that ran.
    pub tools: Vec<Tool>,
}

/// How a tool did in one conversation.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Tool {
    pub name: Name,
    pub calls: u8,
    pub failed: u8,
}

impl Wishes {
    fn run(&mut self, name: Name, is_failed: bool) {
        if let Some(tool) = self.tools.iter_mut().find(|tool| tool.name == name) {
            tool.calls = tool.calls.saturating_add(1);
            tool.failed = tool.failed.saturating_add(u8::from(is_failed));
        } else if self.tools.len() < TOOLS_MAX {
            self.tools.reserve_exact(1);
            self.tools.push(Tool {
                name,
                calls: 1,
                failed: u8::from(is_failed),
            });
        }
    }
}

impl Episode {
    /// Whether it is before any handoff, so that a wish for a person is one.
    fn is_before_people(&self) -> bool {
        self.handoffs.is_empty() && self.closed.is_none()
    }

    /// Keeps what stands out in an entry. The caller folds the entry afterwards, so that
    /// what is known here is what was known before it.
    pub(super) fn keep_wishes(&mut self, entry: &Entry, context: &mut Context<'_>) {
        let is_imported = matches!(self.class, Class::Imported(_));
        if is_imported || !self.is_before_people() {
            return;
        }
        let is_requested = entry
            .events
            .iter()
            .any(|event| matches!(event, Event::EscalationRequested(_)));
        let mut turns = self.customer_turns;
        for event in &entry.events {
            match event {
                Event::ConversationOpened(opening) => {
                    self.learn_tier(&opening.facts, context.names)
                }
                Event::FactsLearned { facts } => self.learn_tier(facts, context.names),
                Event::TurnAdded {
                    turn,
                    author: Author::Customer,
                    text,
                    ..
                } => {
                    turns = turns.saturating_add(1);
                    let judged = verdict_of(entry, *turn);
                    let is_wish = match judged {
                        Some(verdict) => has(verdict, SignalKind::OptOut.name(), 1.0),
                        None => context.text(*text).is_some_and(asks_for_person),
                    };
                    if is_wish {
                        let signs = self.wished.get_or_insert_default();
                        signs.wishes = signs.wishes.saturating_add(1);
                        if !is_requested {
                            signs.ignored = signs.ignored.saturating_add(1);
                        }
                        signs.first_at.get_or_insert(turns);
                    }
                }
                Event::VerdictReached { verdict, .. } => self.keep_verdict(verdict, turns),
                Event::TurnAdded {
                    author: Author::Assistant,
                    scores,
                    ..
                }
                | Event::TurnSuppressed { scores, .. }
                | Event::DraftStaged { scores, .. } => {
                    self.keep_scores(scores, turns, context.names);
                }
                _ => {}
            }
        }
        if is_requested && let Some(signs) = &mut self.wished {
            let waited = signs.first_at.map(|first| turns.saturating_sub(first));
            signs.turns_to_person = signs.turns_to_person.or(waited);
        }
    }

    fn keep_verdict(&mut self, verdict: &Verdict, turns: u32) {
        let mut repeats = 0.0_f64;
        let mut is_sign = false;
        for signal in &verdict.trace.signals {
            let name = signal.signal.as_str();
            if name == SignalKind::RepeatCount.name() {
                repeats = signal.value;
                is_sign |= signal.value >= REPEATS_SIGN_MIN;
            } else if name == SignalKind::FallbackStreak.name() {
                is_sign |= signal.value >= FALLBACKS_SIGN_MIN;
            } else if name == SignalKind::ToolFailure.name() {
                is_sign |= signal.value >= 1.0;
            }
        }
        if repeats < 2.0 && !is_sign {
            return;
        }
        let signs = self.wished.get_or_insert_default();
        signs.repeats = signs.repeats.max(repeats.clamp(0.0, 255.0) as u8);
        if is_sign {
            signs.first_at.get_or_insert(turns);
        }
    }

    fn keep_scores(&mut self, scores: &AnswerScores, turns: u32, names: &mut Names) {
        if self.kind.article.is_none()
            && let Some(best) = scores.retrieval.first()
        {
            self.kind.article = Some(names.intern(&best.id));
        }
        for call in &scores.tool_calls {
            let is_failed = call.status != ToolStatus::Ok;
            let name = names.intern(&call.name);
            let signs = self.wished.get_or_insert_default();
            signs.run(name, is_failed);
            if is_failed {
                signs.first_at.get_or_insert(turns);
            }
        }
    }

    fn learn_tier(&mut self, facts: &Facts, names: &mut Names) {
        if let Some(tier) = facts.text(name::TIER) {
            self.kind.tier = Some(names.intern(tier));
        }
    }

    /// How often the customer asked for a person before one was asked for.
    pub(crate) fn wishes(&self) -> u8 {
        self.wished.as_ref().map_or(0, |signs| signs.wishes)
    }

    /// How often the assistant kept the floor after it.
    pub(crate) fn ignored_wishes(&self) -> u8 {
        self.wished.as_ref().map_or(0, |signs| signs.ignored)
    }

    /// The tools that ran.
    pub(crate) fn tools(&self) -> &[Tool] {
        self.wished.as_ref().map_or(&[], |signs| &signs.tools)
    }
}

fn verdict_of(entry: &Entry, wanted: TurnNumber) -> Option<&Verdict> {
    entry.events.iter().find_map(|event| match event {
        Event::VerdictReached {
            turn,
            on_answer: false,
            verdict,
        } if *turn == wanted => Some(verdict),
        _ => None,
    })
}

fn has(verdict: &Verdict, signal: &str, at_least: f64) -> bool {
    let mut signals = verdict.trace.signals.iter();
    signals.any(|it| it.signal == signal && it.value >= at_least)
}

/// Whether a turn that nobody judged asks for a person. Few turns are unjudged (what an
/// outside assistant hands in afterwards), and of these few have such a word in them.
fn asks_for_person(text: &str) -> bool {
    if !may_ask_for_person(text) {
        return false;
    }
    let mut memory = Memory::default();
    let scores = AnswerScores::default();
    let turn = Observed {
        number: TurnNumber(1),
        role: Role::Customer,
        text,
        at: segue_model::time::Timestamp::default(),
        scores: &scores,
        is_clarifying: false,
    };
    DETECTOR.observe(&mut memory, &turn);
    DETECTOR
        .signals(&memory, &Flow::default())
        .is_set(SignalKind::OptOut)
}
