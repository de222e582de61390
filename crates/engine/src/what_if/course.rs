//! The course of one conversation under two policies.

use segue_model::event::{Entry, Event};
use segue_model::id::QueueKey;
use segue_model::signal::{Reading, Signal, SignalKind, SignalValue, Signals};
use segue_model::time::Timestamp;
use segue_model::turn::{Author, TurnNumber};
use segue_model::verdict::{FallBackStep, HandoffKind, Outcome, Verdict};

use super::report::{Decision, Escalated};
use super::{escalates, is_answer};
use crate::retrace::{Asked, Point};
use crate::ruleset::Ruleset;

/// How much of a customer's turn an example shows, in characters.
const SHOWN_CHARS_MAX: usize = 200;

/// What a verdict does to a conversation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Effect {
    /// The assistant answers.
    Goes,
    /// The answer is held back.
    Asks(FallBackStep),
    /// A person checks the answers from now on.
    Reviewed(QueueKey),
    /// A person comes.
    Hands(HandoffKind, QueueKey),
}

/// What follows from a verdict. A turn that falls back is answered all the same, and an
/// assistant that says itself that it has no answer is heard.
pub(super) fn effect(asked: Asked, verdict: &Verdict) -> Effect {
    let is_heard = match asked {
        Asked::Turn | Asked::Beside => true,
        Asked::Answer { is_fallback, .. } => is_fallback,
    };
    match &verdict.outcome {
        Outcome::Continue => Effect::Goes,
        Outcome::FallBack { .. } if is_heard => Effect::Goes,
        Outcome::FallBack { step } => Effect::Asks(*step),
        Outcome::Review { queue } => Effect::Reviewed(queue.clone()),
        Outcome::Escalate { kind, queue } => Effect::Hands(*kind, queue.clone()),
    }
}

/// What a policy ended at.
#[derive(Debug, Clone)]
pub(super) struct Ended {
    pub verdict: Verdict,
    pub effect: Effect,
    /// Whether it rests on fallbacks that the log does not have.
    pub is_hypothetical: bool,
}

/// One point with what followed from it.
pub(super) struct Step<'a> {
    pub point: &'a Point<'a>,
    pub before: Ended,
    pub after: Ended,
    /// What was really done.
    pub happened: Effect,
}

/// One policy's way through a conversation.
#[derive(Debug, Clone)]
pub(super) struct Walker {
    pub escalated: Option<Escalated>,
    /// Whether it has done what was really done, until it escalated if it did.
    pub is_exact: bool,
    /// Whether what would follow is not known at all: people came, and it had gone on.
    is_over: bool,
    /// Whether fallbacks are counted that were not really there. In a file they are not: it
    /// is judged turn by turn, as `segue decide` does.
    is_counting: bool,
    /// Fallbacks in a row under this policy, once they differ from what was really done;
    /// with the turn that counted last.
    streak: Option<(u32, TurnNumber)>,
}

impl Walker {
    const fn new(is_counting: bool) -> Self {
        Self {
            is_counting,
            escalated: None,
            is_exact: true,
            is_over: false,
            streak: None,
        }
    }

    /// What the policy says here, if what it said before is taken into account.
    pub fn decide(&self, rules: &Ruleset, point: &Point<'_>, signals: &Signals) -> Ended {
        if let (false, Some(logged)) = (point.is_readable, point.logged) {
            // There is nothing left to judge: what was said then stands for both.
            return Ended {
                effect: effect(point.asked, logged),
                verdict: logged.clone(),
                is_hypothetical: false,
            };
        }
        let verdict = match self.streak {
            None => point.decide(rules, signals),
            Some((streak, _)) => {
                let mut signals = signals.clone();
                let value = SignalValue::Count(streak);
                let score = (f64::from(streak) / 2.0).min(1.0);
                let evidence = Vec::new();
                let signal = Signal {
                    value,
                    score,
                    evidence,
                };
                signals.set(SignalKind::FallbackStreak, Reading::Present(signal));
                point.decide(rules, &signals)
            }
        };
        Ended {
            effect: effect(point.asked, &verdict),
            verdict,
            is_hypothetical: self.streak.is_some(),
        }
    }

    fn advance(&mut self, point: &Point<'_>, ended: &Ended, happened: &Effect) {
        if self.escalated.is_some() || self.is_over {
            return;
        }
        if escalates(&ended.verdict.outcome) {
            self.escalated = Some(Escalated::of(point.turn, &ended.verdict));
            return;
        }
        if ended.effect != *happened {
            self.is_exact = false;
            self.is_over = matches!(happened, Effect::Hands(..));
        }
        if is_answer(point.asked) && self.is_counting {
            self.count_fallback(point, ended, happened);
        }
    }

    /// Keeps count of fallbacks, as soon as they are not those of the log.
    fn count_fallback(&mut self, point: &Point<'_>, ended: &Ended, happened: &Effect) {
        if self.streak.is_none() && ended.effect == *happened {
            return;
        }
        let (streak, counted) = self.streak.unwrap_or_else(|| {
            let known = ended.verdict.trace.signals.iter();
            let mut known = known.filter(|it| it.signal == SignalKind::FallbackStreak.name());
            let streak = known.next().map_or(0.0, |it| it.value);
            (streak as u32, TurnNumber::default())
        });
        let says_none = matches!(
            point.asked,
            Asked::Answer {
                is_fallback: true,
                ..
            }
        );
        // The question that follows on a held-back answer is the same fallback.
        let is_counted = counted == point.turn;
        self.streak = Some(match &ended.effect {
            Effect::Asks(FallBackStep::Clarify) if !is_counted => (streak + 1, point.turn),
            Effect::Goes if says_none && !is_counted => (streak + 1, point.turn),
            Effect::Goes if !says_none => (0, point.turn),
            _ => (streak, counted),
        });
    }
}

/// The course of one conversation.
#[derive(Debug, Clone)]
pub(super) struct Course {
    pub name: String,
    pub before: Walker,
    pub after: Walker,
    /// When it began, if anybody says.
    pub began_at: Option<Timestamp>,
    /// How many customer turns were judged.
    pub turns: u64,
    /// On how many of them both end at something else.
    pub turns_changed: u64,
    /// How many answers with scores were judged.
    pub answers: u64,
    /// How many points have no text any more.
    pub unreadable: u64,
    changed: Option<TurnNumber>,
    customer: String,
    /// What stood at the first escalation of either.
    pub first: Option<First>,
}

/// The turn at which the first of the two escalates.
#[derive(Debug, Clone)]
pub(super) struct First {
    pub turn: TurnNumber,
    pub before: Option<Decision>,
    pub after: Option<Decision>,
    pub customer: String,
}

impl Course {
    pub fn new(name: &str, is_counting: bool) -> Self {
        Self {
            name: name.to_owned(),
            before: Walker::new(is_counting),
            after: Walker::new(is_counting),
            began_at: None,
            turns: 0,
            turns_changed: 0,
            answers: 0,
            unreadable: 0,
            changed: None,
            customer: String::new(),
            first: None,
        }
    }

    /// Whether both ended at the same everywhere.
    pub const fn is_same_throughout(&self) -> bool {
        self.changed.is_none()
    }

    pub fn push(&mut self, step: Step<'_>) {
        let Step {
            point,
            before,
            after,
            happened,
        } = step;
        self.unreadable += u64::from(!point.is_readable);
        if point.asked == Asked::Beside {
            // People have it already: what is said there can only weigh more.
            return;
        }
        self.began_at.get_or_insert(point.at);
        self.answers += u64::from(is_answer(point.asked));
        if point.asked == Asked::Turn {
            self.turns += 1;
            self.customer.clear();
            self.customer
                .extend(point.customer.chars().take(SHOWN_CHARS_MAX));
        }
        if before.verdict.outcome != after.verdict.outcome && self.changed != Some(point.turn) {
            self.turns_changed += 1;
            self.changed = Some(point.turn);
        }
        let had_any = self.has_escalated();
        self.before.advance(point, &before, &happened);
        self.after.advance(point, &after, &happened);
        if !had_any && self.has_escalated() {
            self.first = Some(First {
                turn: point.turn,
                before: Some(Decision::of(point.turn, &before.verdict)),
                after: Some(Decision::of(point.turn, &after.verdict)),
                customer: self.customer.clone(),
            });
        }
    }

    const fn has_escalated(&self) -> bool {
        self.before.escalated.is_some() || self.after.escalated.is_some()
    }

    /// Takes in what happened besides: a person who came without a verdict comes under
    /// either policy, and when one has spoken the assistant begins anew.
    pub fn pass(&mut self, entry: &Entry) {
        let is_verdicts = entry.events.iter().any(|event| {
            matches!(event, Event::VerdictReached { verdict, .. } if escalates(&verdict.outcome))
        });
        for event in &entry.events {
            match event {
                Event::EscalationRequested(request) if !is_verdicts => {
                    let given = Escalated::given(request);
                    for walker in [&mut self.before, &mut self.after] {
                        if !walker.is_over {
                            walker.escalated.get_or_insert_with(|| given.clone());
                        }
                    }
                    self.began_at.get_or_insert(entry.at);
                }
                Event::TurnAdded {
                    author: Author::Agent { .. },
                    ..
                } => {
                    self.before.streak = None;
                    self.after.streak = None;
                }
                _ => {}
            }
        }
    }
}
