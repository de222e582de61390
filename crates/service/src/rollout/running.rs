//! What decides in a workspace: the version in force, and the one that is tried.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use segue_detect::{Flow, Memory};
use segue_engine::{Ruleset, judge_again};
use segue_insight::rollout::{self, Band, Fresh, is_chosen};
use segue_model::event::{Entry, Event};
use segue_model::fact::Facts;
use segue_model::id::{ConversationId, PolicyVersion, TrialId};
use segue_model::time::Timestamp;
use segue_model::turn::TurnNumber;
use segue_model::verdict::Verdict;
use segue_policy::Stage;
use segue_ports::rollout::{Trial, TrialMode};

/// The rules in force, with the trial beside them.
#[derive(Debug)]
pub(crate) struct InForce {
    pub(crate) rules: Arc<Ruleset>,
    pub(crate) trial: Option<Arc<Running>>,
}

/// A trial that runs.
#[derive(Debug)]
pub struct Running {
    /// As it is kept.
    pub trial: Trial,
    /// The rules that are tried.
    pub rules: Arc<Ruleset>,
    /// Whether they look for the topics of the rules in force, so that what those found
    /// need not be looked for again.
    is_same_topics: bool,
}

/// What a shadow is asked about: what the version in force was asked, with what was
/// remembered for it.
pub(crate) struct Question<'a> {
    pub(crate) turn: TurnNumber,
    pub(crate) stage: Stage,
    pub(crate) memory: &'a Memory,
    pub(crate) flow: Flow,
    pub(crate) facts: &'a Facts,
    /// The customer's words, of which the topics are.
    pub(crate) customer: &'a str,
}

impl Running {
    pub(crate) fn new(trial: Trial, rules: Ruleset, in_force: &Ruleset) -> Self {
        Self {
            is_same_topics: rules.policy().topics() == in_force.policy().topics(),
            rules: Arc::new(rules),
            trial,
        }
    }

    /// Whether it decides this conversation: only one that began while it runs, so that no
    /// conversation changes its version because a trial begins.
    pub(crate) fn decides(&self, conversation: ConversationId, began_at: Timestamp) -> bool {
        match self.trial.mode {
            TrialMode::Shadow => false,
            TrialMode::Canary { permille } => {
                began_at >= self.trial.started_at
                    && is_chosen(self.trial.id, conversation, permille)
            }
        }
    }

    /// What a shadow says; nothing where it is none, or fails.
    ///
    /// It costs no second look at the words but for its own topics, and what rules cost is
    /// bounded when they are read, so it cannot hold up the turn.
    pub(crate) fn say(&self, asked: &Question<'_>) -> Option<Event> {
        if self.trial.mode != TrialMode::Shadow {
            return None;
        }
        let words = (!self.is_same_topics).then_some(asked.customer);
        let judge = || {
            judge_again(
                &self.rules,
                asked.memory,
                asked.flow,
                asked.facts,
                (asked.stage, words),
            )
        };
        // SAFETY NET: deciding is total. Should it not be, a version that nothing depends on
        // yet must not cost a customer their turn.
        let verdict: Verdict = catch_unwind(AssertUnwindSafe(judge))
            .inspect_err(|_| tracing::error!("a shadow failed"))
            .ok()?;
        Some(Event::ShadowDecided {
            trial: self.trial.id,
            turn: asked.turn,
            on_answer: matches!(asked.stage, Stage::Answer { .. }),
            policy: self.trial.version.clone(),
            outcome: verdict.outcome,
            rule: verdict.rule,
        })
    }
}

/// How a trial is counted.
pub(crate) fn fold_of(trial: &Trial) -> rollout::Trial {
    let mode = match trial.mode {
        TrialMode::Shadow => rollout::Mode::Shadow,
        TrialMode::Canary { permille } => rollout::Mode::Canary { permille },
    };
    rollout::Trial::new(trial.id, mode, trial.started_at)
}

/// That an escalation rate has left its band.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Alarm {
    /// That of a canary.
    Trial(TrialId),
    /// That of the version in force.
    Fresh(PolicyVersion),
}

/// What is counted while something is new.
#[derive(Debug, Default)]
pub(crate) struct Watch {
    pub(crate) trial: Option<rollout::Trial>,
    pub(crate) fresh: Option<Fresh>,
    /// Whether a shadow is counted: it is marked, and nothing follows.
    pub(crate) is_shadow: bool,
}

impl Watch {
    /// Whether there is anything to count.
    pub(crate) const fn is_at_work(&self) -> bool {
        self.trial.is_some() || self.fresh.is_some()
    }

    /// Folds one entry in.
    pub(crate) fn observe(&mut self, conversation: ConversationId, entry: &Entry) {
        if let Some(trial) = &mut self.trial {
            trial.observe(conversation, entry);
        }
        if let Some(fresh) = &mut self.fresh {
            fresh.observe(conversation, entry);
            if fresh.is_over(entry.at) {
                self.fresh = None;
            }
        }
    }

    /// Whether a rate has left its band by now. A canary is halted before the version in
    /// force is taken back: it is the smaller step.
    pub(crate) fn alarm(&self, now: Timestamp) -> Option<Alarm> {
        let has_left = |band: Band| matches!(band, Band::Above | Band::Below);
        let trial = self.trial.as_ref().filter(|_| !self.is_shadow);
        if let Some(trial) = trial.filter(|trial| has_left(trial.band())) {
            return Some(Alarm::Trial(trial.id()));
        }
        let fresh = self.fresh.as_ref();
        fresh
            .filter(|fresh| has_left(fresh.band(now)))
            .map(|fresh| Alarm::Fresh(fresh.version().clone()))
    }
}
