//! A version that is tried beside the one in force.

use std::collections::BTreeMap;

use segue_model::event::{Entry, Event};
use segue_model::id::{ConversationId, RuleId, TrialId};
use segue_model::time::Timestamp;
use segue_model::turn::TurnNumber;
use segue_model::verdict::Outcome;
use serde::{Deserialize, Serialize};

use super::band::{Band, Counted, band};
use super::is_chosen;
use super::seen::{Seen, begins_live};
use crate::interval::{ratio, wilson};

/// How many conversations are kept to be read.
const EXAMPLES_MAX: usize = 8;

/// How a version is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    /// It decides beside the one in force, in the same conversations.
    Shadow,
    /// It decides so many of a thousand conversations.
    Canary {
        /// Of a thousand.
        permille: u16,
    },
}

/// What one version said of a turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Side {
    /// What followed, or would have: a word of [`Outcome::word`].
    pub verdict: String,
    /// The rule that decided.
    pub rule: RuleId,
}

/// A turn of which both versions said something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// Where.
    pub conversation: ConversationId,
    /// The customer turn.
    pub turn: TurnNumber,
    /// What the version in force said.
    pub active: Side,
    /// What the other one said.
    pub candidate: Side,
}

/// How often a person was asked for. It is kept as its counts, from which the rest follows.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(from = "Counted", into = "Counted")]
pub struct Rate {
    /// In how many conversations.
    pub escalated: u32,
    /// Of how many.
    pub conversations: u32,
    /// The share, 0–1; nothing without conversations.
    pub rate: Option<f64>,
    /// Its Wilson interval of 95 %.
    pub interval: Option<(f64, f64)>,
}

impl From<Counted> for Rate {
    fn from(counted: Counted) -> Self {
        let Counted {
            escalated,
            conversations,
        } = counted;
        Self {
            escalated,
            conversations,
            rate: ratio(escalated, conversations),
            interval: wilson(escalated, conversations),
        }
    }
}

impl From<Rate> for Counted {
    fn from(rate: Rate) -> Self {
        Self {
            escalated: rate.escalated,
            conversations: rate.conversations,
        }
    }
}

/// In how many conversations a shadow would have done what. They add up to all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Changes {
    /// Nobody was asked for by either, or by both at the same turn in the same way.
    pub agree: u32,
    /// Only the version that is tried asks for a person.
    pub newly: u32,
    /// Only the version in force asks for one; what the other would have said later is
    /// not known.
    pub no_longer: u32,
    /// Both do, at another turn, in another queue or in another way.
    pub elsewhere: u32,
}

/// What has been counted of a trial.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Figures {
    /// Conversations that began during the trial and in which the policy was asked.
    pub conversations: u32,
    /// How often it was asked in them.
    pub turns: u64,
    /// Those of the version in force: all of them beside a shadow, else its share.
    pub active: Rate,
    /// Those of the version that is tried.
    pub candidate: Rate,
    /// What a shadow would have changed; a canary has other conversations.
    pub changes: Option<Changes>,
    /// Some turns at which a shadow said something else, escalations first.
    pub examples: Vec<Example>,
    /// Whether the rate has left its band.
    pub leaves_band: bool,
}

/// How a version asked for a person first.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    turn: TurnNumber,
    outcome: Outcome,
}

/// What both versions said in one conversation, as far as it matters.
#[derive(Debug, Clone, Default)]
struct Pair {
    active: Option<Asked>,
    candidate: Option<Asked>,
}

/// The fold over the log while a version is tried.
#[derive(Debug, Clone)]
pub struct Trial {
    id: TrialId,
    mode: Mode,
    since: Timestamp,
    seen: BTreeMap<ConversationId, Seen>,
    pairs: BTreeMap<ConversationId, Pair>,
    /// The first differences that were seen: in escalations, and in the rest.
    examples: (Vec<Example>, Vec<Example>),
    /// Kept up with `seen`: the version in force, and the one that is tried.
    counts: (Counted, Counted),
    turns: u64,
}

impl Trial {
    /// Nothing seen yet of a trial that began then.
    pub const fn new(id: TrialId, mode: Mode, since: Timestamp) -> Self {
        Self {
            id,
            mode,
            since,
            seen: BTreeMap::new(),
            pairs: BTreeMap::new(),
            examples: (Vec::new(), Vec::new()),
            counts: (
                Counted {
                    escalated: 0,
                    conversations: 0,
                },
                Counted {
                    escalated: 0,
                    conversations: 0,
                },
            ),
            turns: 0,
        }
    }

    /// Which trial.
    pub const fn id(&self) -> TrialId {
        self.id
    }

    /// Folds one entry in; `false` if it says nothing of the trial.
    pub fn observe(&mut self, conversation: ConversationId, entry: &Entry) -> bool {
        if entry.at >= self.since && begins_live(entry) {
            self.seen.entry(conversation).or_default();
        }
        let Some(seen) = self.seen.get_mut(&conversation) else {
            return false;
        };
        let before = (seen.is_judged, seen.is_escalated, seen.turns);
        if !seen.fold(entry, None) {
            return false;
        }
        let is_judged = seen.is_judged && !before.0;
        let is_escalated = seen.is_escalated && !before.1;
        self.turns += u64::from(seen.turns - before.2);
        match self.mode {
            Mode::Canary { permille } => {
                let side = if is_chosen(self.id, conversation, permille) {
                    &mut self.counts.1
                } else {
                    &mut self.counts.0
                };
                side.conversations += u32::from(is_judged);
                side.escalated += u32::from(is_escalated);
            }
            Mode::Shadow => {
                self.counts.0.conversations += u32::from(is_judged);
                self.counts.1.conversations += u32::from(is_judged);
                self.compare(conversation, entry);
            }
        }
        true
    }

    /// Both versions are counted by what they said themselves: that a person was asked for
    /// without the policy says nothing of either.
    fn compare(&mut self, conversation: ConversationId, entry: &Entry) {
        let pair = self.pairs.entry(conversation).or_default();
        let mut active: Option<(TurnNumber, bool, Side, &Outcome)> = None;
        for event in &entry.events {
            match event {
                Event::VerdictReached {
                    turn,
                    on_answer,
                    verdict,
                } => {
                    let side = side(&verdict.outcome, &verdict.rule);
                    active = Some((*turn, *on_answer, side, &verdict.outcome));
                    note(
                        &mut pair.active,
                        &mut self.counts.0,
                        *turn,
                        &verdict.outcome,
                    );
                }
                Event::ShadowDecided {
                    trial,
                    turn,
                    on_answer,
                    outcome,
                    rule,
                    ..
                } if *trial == self.id => {
                    note(&mut pair.candidate, &mut self.counts.1, *turn, outcome);
                    let Some((_, _, side_active, said)) = active
                        .take()
                        .filter(|(of, on, ..)| of == turn && on == on_answer)
                    else {
                        continue;
                    };
                    if said == outcome {
                        continue;
                    }
                    let asks = |outcome: &Outcome| matches!(outcome, Outcome::Escalate { .. });
                    let kept = if asks(said) || asks(outcome) {
                        &mut self.examples.0
                    } else {
                        &mut self.examples.1
                    };
                    let is_known = kept.iter().any(|known| known.conversation == conversation);
                    if kept.len() < EXAMPLES_MAX && !is_known {
                        kept.push(Example {
                            conversation,
                            turn: *turn,
                            active: side_active,
                            candidate: side(outcome, rule),
                        });
                    }
                }
                _ => {}
            }
        }
    }

    /// Where the rate of the version that is tried is beside the one in force.
    pub fn band(&self) -> Band {
        band(self.counts.0, self.counts.1)
    }

    /// What has been counted.
    pub fn figures(&self) -> Figures {
        let (active, candidate) = self.counts;
        let (conversations, changes) = match self.mode {
            Mode::Shadow => (active.conversations, Some(self.changes())),
            Mode::Canary { .. } => (active.conversations + candidate.conversations, None),
        };
        let examples = self.examples.0.iter().chain(&self.examples.1);
        Figures {
            conversations,
            turns: self.turns,
            active: active.into(),
            candidate: candidate.into(),
            changes,
            examples: examples.take(EXAMPLES_MAX).cloned().collect(),
            leaves_band: matches!(self.band(), Band::Above | Band::Below),
        }
    }

    fn changes(&self) -> Changes {
        let mut changes = Changes::default();
        let judged = self.seen.iter().filter(|(_, seen)| seen.is_judged);
        for (conversation, _) in judged {
            let pair = self.pairs.get(conversation);
            let count = match pair.map(|pair| (&pair.active, &pair.candidate)) {
                Some((None, Some(_))) => &mut changes.newly,
                Some((Some(_), None)) => &mut changes.no_longer,
                Some((Some(active), Some(candidate))) if active != candidate => {
                    &mut changes.elsewhere
                }
                _ => &mut changes.agree,
            };
            *count += 1;
        }
        changes
    }
}

fn side(outcome: &Outcome, rule: &RuleId) -> Side {
    Side {
        verdict: outcome.word().to_owned(),
        rule: rule.clone(),
    }
}

fn note(first: &mut Option<Asked>, counted: &mut Counted, turn: TurnNumber, outcome: &Outcome) {
    if first.is_none() && matches!(outcome, Outcome::Escalate { .. }) {
        counted.escalated += 1;
        *first = Some(Asked {
            turn,
            outcome: outcome.clone(),
        });
    }
}
