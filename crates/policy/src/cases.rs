//! A case file: conversations beside a policy, with what must follow from them.
//!
//! It is read as strictly as the policy itself. It is judged in `segue-engine`, by the
//! detectors and rules that judge live turns.

use segue_model::escalation::{Priority, Trigger};
use segue_model::fact::Facts;
use segue_model::time::Span;
use segue_model::turn::AnswerScores;
use segue_model::verdict::{FallBackStep, HandoffKind, Outcome, Verdict};

use crate::decide::builtin;
use crate::definition::Definition;
use crate::problem::{Problem, did_you_mean};
use crate::read;
use crate::words::Word;

pub use crate::words::VerdictWord;

/// The cases of the policy that ships with the program.
pub const BUILTIN_CASES: &str = include_str!("../../../policies/default.cases.yaml");

/// What a case file says, in its order.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CaseFile {
    /// The cases; their names differ.
    pub cases: Vec<Case>,
}

/// One case: conversations with customers of whom the same is known.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// What it shows, in a sentence.
    pub name: String,
    /// Where it begins, from 1.
    pub line: u32,
    /// What is known of the customer, and whether a lookup failed.
    pub facts: Facts,
    /// One conversation, or one for each phrasing of a first message.
    pub conversations: Vec<Vec<Step>>,
}

/// One step of a conversation.
#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    /// Where it stands, from 1.
    pub line: u32,
    /// How long after the step before.
    pub after: Span,
    /// What happens.
    pub said: Said,
    /// What must follow; only where the policy is asked.
    pub expect: Option<Expectation>,
}

/// What happens in a step.
#[derive(Debug, Clone, PartialEq)]
pub enum Said {
    /// The customer writes.
    Customer(String),
    /// The assistant is about to answer.
    Assistant {
        /// The answer.
        text: String,
        /// What it says of its answer.
        scores: AnswerScores,
        /// Whether the search was widened for it already.
        is_widened: bool,
    },
    /// An agent writes.
    Agent(String),
    /// A notice.
    System(String),
    /// The assistant did not answer in time.
    AssistantTimedOut,
    /// An agent gave the conversation back to the assistant.
    HandedBack,
}

/// What must follow; what is left open may be anything.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Expectation {
    /// The verdict.
    pub verdict: Option<VerdictWord>,
    /// A rule that fires: the one that decides, one that only flags, or one that falls
    /// back and leaves the step to the bands.
    pub rule: Option<String>,
    /// Where it leads.
    pub queue: Option<String>,
    /// How it is handed over.
    pub kind: Option<HandoffKind>,
    /// What the assistant does instead.
    pub step: Option<FallBackStep>,
    /// The class in reports.
    pub trigger: Option<Trigger>,
    /// The head start.
    pub priority: Option<Priority>,
    /// Whether supervisors are to look at it.
    pub flag: Option<bool>,
}

impl CaseFile {
    /// Reads a case file.
    ///
    /// # Errors
    /// Everything that is wrong with the text, by line and column; never empty.
    pub fn parse(yaml: &str) -> Result<Self, Vec<Problem>> {
        read::case_file(yaml)
    }
}

impl Expectation {
    /// Whether the verdict is what was expected.
    pub fn is_met_by(&self, verdict: &Verdict) -> bool {
        let (is_kind, is_step) = match &verdict.outcome {
            Outcome::Escalate { kind, .. } => (met(self.kind, *kind), self.step.is_none()),
            Outcome::FallBack { step } => (self.kind.is_none(), met(self.step, *step)),
            Outcome::Continue | Outcome::Review { .. } => {
                (self.kind.is_none(), self.step.is_none())
            }
        };
        let plan = verdict.plan;
        let is_plan = self
            .trigger
            .is_none_or(|it| plan.is_some_and(|plan| plan.trigger == it))
            && self
                .priority
                .is_none_or(|it| plan.is_some_and(|plan| plan.priority == it));
        let fired = || verdict.trace.rules.iter().filter(|rule| rule.fired);
        let is_rule = self
            .rule
            .as_ref()
            .is_none_or(|rule| fired().any(|fired| **rule == *fired.rule.0));
        let queue = queue_of(&verdict.outcome);
        let is_queue = self.queue.as_deref().is_none_or(|it| queue == Some(it));
        let is_verdict = self
            .verdict
            .is_none_or(|it| it.word() == verdict.outcome.word());
        let is_flag = met(self.flag, verdict.is_flagged);
        is_verdict && is_rule && is_queue && is_kind && is_step && is_plan && is_flag
    }

    /// What was expected, in one line: `escalate, rule money, to finance_operations`.
    pub fn describe(&self) -> String {
        let named = |name: &str, value: &str| format!("{name} {value}");
        let parts = [
            self.verdict.map(|it| it.word().to_owned()),
            self.kind.map(|it| it.word().to_owned()),
            self.step.map(|it| it.word().to_owned()),
            self.rule.as_deref().map(|it| named("rule", it)),
            self.queue.as_deref().map(|it| named("to", it)),
            self.trigger.map(|it| named("trigger", it.word())),
            self.priority.map(|it| named("priority", it.word())),
            self.flag.map(flag_words),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
    }

    /// What came instead, in the same words and as far as something was expected.
    pub fn describe_got(&self, verdict: &Verdict) -> String {
        let (kind, step) = match &verdict.outcome {
            Outcome::Escalate { kind, .. } => (Some(*kind), None),
            Outcome::FallBack { step } => (None, Some(*step)),
            Outcome::Continue | Outcome::Review { .. } => (None, None),
        };
        let is_plan_asked = self.trigger.is_some() || self.priority.is_some();
        let plan = verdict.plan.filter(|_| is_plan_asked);
        let got = Self {
            verdict: VerdictWord::ALL
                .iter()
                .find(|(_, word)| *word == verdict.outcome.word())
                .map(|(value, _)| *value),
            rule: Some(verdict.rule.0.to_string()),
            queue: queue_of(&verdict.outcome).map(str::to_owned),
            kind,
            step,
            trigger: plan.map(|plan| plan.trigger),
            priority: plan.map(|plan| plan.priority),
            flag: (self.flag.is_some() || verdict.is_flagged).then_some(verdict.is_flagged),
        };
        got.describe()
    }

    /// What it names and the policy does not have, each with the name that was probably
    /// meant; usually nothing.
    pub fn unknown_names(&self, definition: &Definition) -> Vec<String> {
        let rules = || definition.rules.iter().map(|rule| &*rule.id.0);
        let queues = || definition.queues.iter().map(|queue| queue.key.as_str());
        let mut unknown = Vec::new();
        if let Some(rule) = &self.rule
            && !rules().chain(builtin::ALL).any(|known| known == rule)
        {
            unknown.push(stranger("rule", rule, rules().chain(builtin::ALL)));
        }
        if let Some(queue) = &self.queue
            && !queues().any(|known| known == queue)
        {
            unknown.push(stranger("queue", queue, queues()));
        }
        unknown
    }
}

fn met<T: PartialEq>(expected: Option<T>, got: T) -> bool {
    expected.is_none_or(|expected| expected == got)
}

fn flag_words(flag: bool) -> String {
    match flag {
        true => "flagged".to_owned(),
        false => "not flagged".to_owned(),
    }
}

fn queue_of(outcome: &Outcome) -> Option<&str> {
    match outcome {
        Outcome::Escalate { queue, .. } | Outcome::Review { queue } => Some(queue.as_str()),
        Outcome::Continue | Outcome::FallBack { .. } => None,
    }
}

fn stranger<'a>(what: &str, name: &str, known: impl Iterator<Item = &'a str>) -> String {
    let hint = did_you_mean(name, known).map_or_else(String::new, |hint| format!("; {hint}"));
    format!("the policy has no {what} `{name}`{hint}")
}
