//! From signals and facts to a verdict. Pure and total: evaluation cannot fail.
//!
//! The order: an explicit wish for a person; the rules, of which the first that holds
//! decides; what failed; the autonomy of the topics that were found; the bands, when an
//! answer is judged. What failed and autonomy are ceilings, too: a rule that allows more
//! than they do does not decide.

use std::sync::Arc;

use segue_model::fact::Facts;
use segue_model::id::QueueKey;
use segue_model::signal::{Reading, SignalKind, Signals};
use segue_model::verdict::{EscalationPlan, FallBackStep, Outcome, Verdict};

use crate::Policy;
use crate::definition::{
    Action, Autonomy, Condition, Handoff, Localized, Review, Rule, Source, Target, Test,
};
use crate::describe::{self, shown};
use crate::trace::Decided;
use crate::truth::{Numbers, Scene, TopicBits, Truth};

/// What is judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// The customer's turn, before the assistant is asked.
    Turn,
    /// The assistant's answer, before the customer sees it.
    Answer {
        /// Whether the search was already widened for it.
        is_widened: bool,
    },
}

/// The names of what decides besides the policy's rules.
pub mod builtin {
    /// An explicit wish for a person.
    pub const OPT_OUT: &str = "builtin.opt_out";
    /// Something failed that a verdict needs.
    pub const UNAVAILABLE: &str = "builtin.unavailable";
    /// A topic was found that is never the assistant's.
    pub const NEVER: &str = "autonomy.none";
    /// A topic was found on which the assistant only drafts.
    pub const DRAFT: &str = "autonomy.draft";
    /// No rule fired on the turn.
    pub const CONTINUE: &str = "builtin.continue";
    /// The answer reaches the upper band.
    pub const ACCEPT: &str = "bands.accept";
    /// Nobody scored the answer.
    pub const UNSCORED: &str = "bands.unscored";
    /// The answer is to be sought again, wider.
    pub const WIDEN: &str = "bands.widen";
    /// The answer is given up for a question.
    pub const CLARIFY: &str = "bands.clarify";
    /// Too many fallbacks in a row.
    pub const FALLBACKS: &str = "bands.fallbacks_in_a_row";

    /// All of them, in the order in which they are asked.
    pub const ALL: [&str; 10] = [
        OPT_OUT,
        UNAVAILABLE,
        NEVER,
        DRAFT,
        CONTINUE,
        ACCEPT,
        UNSCORED,
        WIDEN,
        CLARIFY,
        FALLBACKS,
    ];
}

/// What decided, before it is written out.
#[derive(Debug, Clone, Copy)]
enum Choice<'p> {
    /// The opt-out, and the handoff it takes its way from, if a rule has one.
    OptOut(Option<(&'p Rule, &'p Handoff)>),
    Rule(usize, &'p Action),
    Unavailable,
    /// The autonomy of this topic.
    Autonomy(usize, Autonomy),
    Bands,
}

impl Policy {
    /// What follows for a turn or an answer.
    pub fn decide(&self, stage: Stage, signals: &Signals, facts: &Facts) -> Verdict {
        let scene = self.scene(signals, facts);
        let (choice, tried, is_flagged) = self.choose(stage, &scene);
        let mut decided = Decided {
            tried,
            ..Decided::default()
        };
        let judged = match choice {
            Choice::OptOut(way) => self.opt_out(way, &scene, &mut decided),
            Choice::Rule(index, action) => self.rule(index, action, stage, &scene, &mut decided),
            Choice::Unavailable => {
                decided.add(builtin::UNAVAILABLE, self.failures(&scene, stage, tried));
                self.escalate(&self.definition().unavailable, &scene, None)
            }
            Choice::Autonomy(topic, autonomy) => {
                self.by_autonomy(topic, autonomy, &scene, &mut decided)
            }
            Choice::Bands => self.bands(stage, &scene, &mut decided),
        };
        let rule = decided.rule();
        Verdict {
            rule,
            outcome: judged.outcome,
            reason: judged.reason,
            subject: judged.subject,
            plan: judged.plan,
            is_flagged,
            trace: Arc::new(self.trace(&scene, stage, decided)),
        }
    }

    pub(crate) fn scene<'a>(&self, signals: &'a Signals, facts: &'a Facts) -> Scene<'a> {
        let definition = self.definition();
        let topics = TopicBits::new(&definition.topics, signals);
        let own = definition
            .topics
            .iter()
            .enumerate()
            .find_map(|(index, topic)| topic.bands.filter(|_| topics.found >> index & 1 == 1));
        let (floor, accept) = own.unwrap_or((definition.bands.floor, definition.bands.accept));
        Scene {
            signals,
            facts,
            topics,
            kinds: Numbers::new(signals),
            floor,
            accept,
        }
    }

    /// Walks the rules. Returns what decides, how many rules were tried, and whether a
    /// rule flagged.
    fn choose<'p>(&'p self, stage: Stage, scene: &Scene<'_>) -> (Choice<'p>, usize, bool) {
        if scene.signals.is_set(SignalKind::OptOut) {
            return (Choice::OptOut(self.way_of_opt_out(stage, scene)), 0, false);
        }
        let mut has_failed = scene.has_failed_detector();
        let mut is_flagged = false;
        let ceiling = self.ceiling(scene);
        let autonomy = ceiling.map_or(Autonomy::Full, |(_, autonomy)| autonomy);
        for (index, rule) in self.definition().rules.iter().enumerate() {
            if !self.is_tried(index, stage) {
                continue;
            }
            match (scene.truth(&rule.when), &rule.then) {
                (Truth::Unavailable, _) => has_failed = true,
                (Truth::Held, then) => {
                    is_flagged |= rule.is_flagging;
                    match then {
                        Some(action @ Action::Escalate(_)) => {
                            return (Choice::Rule(index, action), index + 1, is_flagged);
                        }
                        // What failed might have escalated, so nothing less may decide; nor
                        // may what allows more than the topic does.
                        Some(action) if !has_failed && least(action) >= autonomy => {
                            return (Choice::Rule(index, action), index + 1, is_flagged);
                        }
                        _ => {}
                    }
                }
                (Truth::Missed | Truth::Absent, _) => {}
            }
        }
        let choice = match ceiling {
            _ if has_failed => Choice::Unavailable,
            Some((topic, autonomy)) => Choice::Autonomy(topic, autonomy),
            None => Choice::Bands,
        };
        (choice, self.definition().rules.len(), is_flagged)
    }

    /// The topic that leaves the assistant the least, of those that were found; nothing
    /// where all leave it everything.
    fn ceiling(&self, scene: &Scene<'_>) -> Option<(usize, Autonomy)> {
        let topics = self.definition().topics.iter().enumerate();
        let mut strictest: Option<(usize, Autonomy)> = None;
        for (index, topic) in topics.filter(|_| scene.topics.found != 0) {
            let least = strictest.map_or(Autonomy::Full, |(_, autonomy)| autonomy);
            if scene.topics.found >> index & 1 == 1 && topic.autonomy > least {
                strictest = Some((index, topic.autonomy));
            }
        }
        strictest
    }

    fn by_autonomy(
        &self,
        topic: usize,
        autonomy: Autonomy,
        scene: &Scene<'_>,
        decided: &mut Decided,
    ) -> Judged {
        let definition = self.definition();
        let source = describe::source(definition, Source::Topic(topic));
        let because = vec![format!("{source} is true")];
        match (autonomy, &definition.autonomy.draft) {
            (Autonomy::Draft, Some(review)) => {
                decided.add(builtin::DRAFT, because);
                self.review(review, Some(topic))
            }
            _ => {
                decided.add(builtin::NEVER, because);
                let ways = &definition.autonomy;
                // SAFETY NET: reading the file saw to it that the way is there.
                let handoff = ways.none.as_ref().unwrap_or(&definition.unavailable);
                self.escalate(handoff, scene, Some(topic))
            }
        }
    }

    /// That an opt-out goes to a person is settled; the first escalating rule that also
    /// holds says to which one and how, so that fraud stays locked and a VIP reaches
    /// their account manager.
    fn way_of_opt_out<'p>(
        &'p self,
        stage: Stage,
        scene: &Scene<'_>,
    ) -> Option<(&'p Rule, &'p Handoff)> {
        let rules = self.definition().rules.iter().enumerate();
        rules
            .filter(|(index, _)| self.is_tried(*index, stage))
            .find_map(|(_, rule)| match &rule.then {
                Some(Action::Escalate(handoff)) if scene.truth(&rule.when) == Truth::Held => {
                    Some((rule, handoff))
                }
                _ => None,
            })
    }

    pub(crate) fn is_tried(&self, index: usize, stage: Stage) -> bool {
        let (on_turn, on_answer) = self.stages().get(index).copied().unwrap_or((true, true));
        match stage {
            Stage::Turn => on_turn,
            Stage::Answer { .. } => on_answer,
        }
    }

    fn opt_out(
        &self,
        way: Option<(&Rule, &Handoff)>,
        scene: &Scene<'_>,
        decided: &mut Decided,
    ) -> Judged {
        let own = &self.definition().opt_out;
        let mut because = vec!["opt_out is true".to_owned()];
        let Some((rule, way)) = way else {
            decided.add(builtin::OPT_OUT, because);
            return self.escalate(own, scene, None);
        };
        because.push(format!("the way is that of `{}`", rule.id.0));
        self.held(&rule.when, scene, &mut because);
        decided.add(builtin::OPT_OUT, because);
        let merged = Handoff {
            kind: way.kind,
            queue: way.queue.clone(),
            is_to_account_manager: way.is_to_account_manager,
            priority: way.priority.max(own.priority),
            subject: way.subject.clone().or_else(|| own.subject.clone()),
            ..own.clone()
        };
        self.escalate(&merged, scene, None)
    }

    fn rule(
        &self,
        index: usize,
        action: &Action,
        stage: Stage,
        scene: &Scene<'_>,
        decided: &mut Decided,
    ) -> Judged {
        let Some(rule) = self.definition().rules.get(index) else {
            return Judged::on();
        };
        decided.fire(&rule.id);
        let topic = held_topic(&rule.when, scene);
        match action {
            Action::Continue => Judged::on(),
            Action::FallBack(step) => self.fall_back(*step, stage, scene, decided, Vec::new()),
            Action::Review(review) => self.review(review, topic.or(scene.topics.leading())),
            Action::Escalate(handoff) => self.escalate(handoff, scene, topic),
        }
    }

    fn review(&self, review: &Review, topic: Option<usize>) -> Judged {
        let outcome = Outcome::Review {
            queue: self.target(&review.queue, topic),
        };
        Judged {
            outcome,
            reason: self.own(&review.reason),
            ..self.judged(topic)
        }
    }

    /// The bands of design §6, for an answer; a turn goes on.
    fn bands(&self, stage: Stage, scene: &Scene<'_>, decided: &mut Decided) -> Judged {
        if stage == Stage::Turn {
            decided.add(builtin::CONTINUE, Vec::new());
            return Judged::on();
        }
        let scores = self.definition().bands.signals.iter().filter_map(|kind| {
            scene
                .value(Source::Signal(*kind))
                .map(|value| (*kind, value))
        });
        let Some((kind, score)) = scores.min_by(|(_, a), (_, b)| a.total_cmp(b)) else {
            decided.add(
                builtin::UNSCORED,
                vec!["no confidence was supplied".to_owned()],
            );
            return Judged::on();
        };
        let (floor, accept) = (scene.floor, scene.accept);
        let name = kind.name();
        if score >= accept {
            decided.add(
                builtin::ACCEPT,
                vec![format!("{name} at least {accept}: {}", shown(score))],
            );
            return Judged::on();
        }
        decided.low = Some((kind, score, accept));
        let (step, because) = match score < floor {
            true => (
                FallBackStep::Clarify,
                format!("{name} below {floor}: {}", shown(score)),
            ),
            false => (
                FallBackStep::Widen,
                format!("{name} below {accept}: {}", shown(score)),
            ),
        };
        self.fall_back(step, stage, scene, decided, vec![because])
    }

    /// Widen once, then ask once, then a person.
    fn fall_back(
        &self,
        step: FallBackStep,
        stage: Stage,
        scene: &Scene<'_>,
        decided: &mut Decided,
        mut because: Vec<String>,
    ) -> Judged {
        let fallback = &self.definition().fallback;
        let is_widened = matches!(stage, Stage::Answer { is_widened: true });
        let streak = match scene.signals.get(SignalKind::FallbackStreak) {
            Reading::Present(signal) => signal.value.number(),
            _ => 0.0,
        };
        if step == FallBackStep::Widen && !is_widened {
            decided.add(builtin::WIDEN, because);
            return Judged::falling_back(FallBackStep::Widen);
        }
        if streak + 1.0 >= f64::from(fallback.escalate_at) {
            because.push(format!(
                "fallback_streak at least {}: {streak}",
                fallback.escalate_at - 1
            ));
            decided.add(builtin::FALLBACKS, because);
            return self.escalate(&fallback.handoff, scene, None);
        }
        decided.add(builtin::CLARIFY, because);
        Judged::falling_back(FallBackStep::Clarify)
    }

    fn escalate(&self, handoff: &Handoff, scene: &Scene<'_>, topic: Option<usize>) -> Judged {
        let topic = topic.or(scene.topics.leading());
        let outcome = Outcome::Escalate {
            kind: handoff.kind,
            queue: self.target(&handoff.queue, topic),
        };
        let judged = self.judged(topic);
        Judged {
            outcome,
            reason: self.own(&handoff.reason),
            subject: handoff
                .subject
                .as_ref()
                .map(|text| self.own(text))
                .or(judged.subject),
            plan: Some(EscalationPlan {
                trigger: handoff.trigger,
                priority: handoff.priority,
                root_cause: handoff.root_cause,
                to_account_manager: handoff.is_to_account_manager,
            }),
        }
    }

    fn judged(&self, topic: Option<usize>) -> Judged {
        let topic = topic.and_then(|index| self.definition().topics.get(index));
        let subject = topic
            .and_then(|topic| topic.subject.as_ref())
            .map(|text| self.own(text));
        Judged {
            subject,
            ..Judged::on()
        }
    }

    fn target(&self, target: &Target, topic: Option<usize>) -> QueueKey {
        let definition = self.definition();
        match target {
            Target::Queue(key) => key.clone(),
            Target::ByTopic => topic
                .and_then(|index| definition.topics.get(index))
                .and_then(|topic| topic.queue.as_ref())
                .unwrap_or(&definition.default_queue)
                .clone(),
        }
    }

    fn own(&self, text: &Localized) -> Arc<str> {
        let language = &self.definition().language;
        text.get(language, language)
    }
}

/// A verdict without its rule and trace.
struct Judged {
    outcome: Outcome,
    reason: Arc<str>,
    subject: Option<Arc<str>>,
    plan: Option<EscalationPlan>,
}

impl Judged {
    fn on() -> Self {
        Self {
            outcome: Outcome::Continue,
            reason: Arc::default(),
            subject: None,
            plan: None,
        }
    }

    fn falling_back(step: FallBackStep) -> Self {
        Self {
            outcome: Outcome::FallBack { step },
            ..Self::on()
        }
    }
}

/// How much an action takes from the assistant.
pub(crate) fn least(action: &Action) -> Autonomy {
    match action {
        Action::Continue | Action::FallBack(_) => Autonomy::Full,
        Action::Review(_) => Autonomy::Draft,
        Action::Escalate(_) => Autonomy::None,
    }
}

/// The topic that made the rule fire, if one did: what the handoff is about.
fn held_topic(condition: &Condition, scene: &Scene<'_>) -> Option<usize> {
    match condition {
        Condition::Leaf(leaf) => match (leaf.source, &leaf.test) {
            (Source::Topic(index), Test::Is(true)) if scene.leaf(leaf) == Truth::Held => {
                Some(index)
            }
            _ => None,
        },
        Condition::All(parts) | Condition::Any(parts) | Condition::Count { of: parts, .. } => {
            parts.iter().find_map(|part| held_topic(part, scene))
        }
        Condition::Not(_) => None,
    }
}
