//! What a policy says, as plain values. Names of signals and topics are already
//! resolved, so that nothing is looked up by text when a turn is judged.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::{Date, Weekday};
use segue_model::escalation::{Priority, RootCause, Trigger};
use segue_model::id::{QueueKey, RuleId, SkillKey};
use segue_model::signal::SignalKind;
use segue_model::topic::{TopicDefinition, TopicKey};
use segue_model::verdict::{FallBackStep, HandoffKind};

use crate::wording::Wording;

/// Everything that a policy file says.
#[derive(Debug, Clone, PartialEq)]
pub struct Definition {
    /// The policy's short name, the first half of its version.
    pub name: String,
    /// The language of plain texts and the one that must be complete: `en`.
    pub language: String,
    /// The confidence an answer needs.
    pub bands: Bands,
    /// What a second fallback in a row leads to.
    pub fallback: Fallback,
    /// How an explicit wish for a person is served; that it is served is not a choice.
    pub opt_out: Handoff,
    /// Where a conversation goes when something failed that a verdict needs.
    pub unavailable: Handoff,
    /// How topics go to people that are not the assistant's alone.
    pub autonomy: AutonomyWays,
    /// Deadlines.
    pub timers: Timers,
    /// How many hand-backs to the assistant one conversation may have.
    pub hand_backs_max: u32,
    /// Who is told how much.
    pub disclosure: Disclosure,
    /// The root causes offered at wrap-up, in order.
    pub root_causes: Vec<RootCause>,
    /// The names of the customers' tiers.
    pub tiers: Vec<String>,
    /// Which tools do what an assistant promises.
    pub promises: Promises,
    /// The topics, the leading one first where several are found.
    pub topics: Vec<Topic>,
    /// Where `by_topic` leads when no topic says otherwise.
    pub default_queue: QueueKey,
    /// The queues.
    pub queues: Vec<Queue>,
    /// The rules; the first that fires decides.
    pub rules: Vec<Rule>,
    /// What customers read, by language.
    pub wording: Wording,
}

/// Which tools do what an assistant promises, by name, `*` for any letters; none where
/// their names alone say it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Promises {
    /// Those that see to it that somebody calls or writes.
    pub follow_up: Vec<String>,
    /// Those that move money, orders or accounts.
    pub action: Vec<String>,
}

/// A text in one or more languages; the policy's own is always there.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Localized(pub BTreeMap<String, Arc<str>>);

impl Localized {
    /// The text in `language`, else in `otherwise`, else nothing.
    pub fn get(&self, language: &str, otherwise: &str) -> Arc<str> {
        self.0
            .get(language)
            .or_else(|| self.0.get(otherwise))
            .cloned()
            .unwrap_or_default()
    }
}

/// The confidence an answer needs to be said.
#[derive(Debug, Clone, PartialEq)]
pub struct Bands {
    /// Below it there is no answer, 0–1.
    pub floor: f64,
    /// From it on the answer is said, 0–1.
    pub accept: f64,
    /// The scores that count; the lowest that was supplied decides.
    pub signals: Vec<SignalKind>,
}

/// What follows when the assistant has no answer again and again.
#[derive(Debug, Clone, PartialEq)]
pub struct Fallback {
    /// The fallback in a row that goes to a person, at least 1.
    pub escalate_at: u32,
    /// How it goes there.
    pub handoff: Handoff,
}

/// Deadlines of a conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Timers {
    /// How long the assistant may take for an answer, in seconds.
    pub assistant_deadline_s: u32,
    /// After how many minutes without a turn a conversation with the assistant closes.
    pub idle_close_min: u32,
}

/// What is told to whom about a handoff.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Disclosure {
    /// Whom the customer is told to expect.
    pub customer: CustomerDisclosure,
    /// What staff read about how the verdict came about.
    pub staff: StaffDisclosure,
}

/// Whom the customer is told to expect.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CustomerDisclosure {
    /// The team, and the agent's name once one is known.
    Name,
    /// The team only.
    Team,
    /// Neither: "a colleague".
    None,
}

/// What staff read about a verdict.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StaffDisclosure {
    /// Rule, conditions, values and near misses.
    Full,
    /// The outcome and the reason the customer read.
    NoTrace,
}

/// One topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Topic {
    /// Its name: signal `topic.NAME`.
    pub key: TopicKey,
    /// What the detector looks for.
    pub definition: TopicDefinition,
    /// The subject in a word or two, for notices: "billing question".
    pub subject: Option<Localized>,
    /// Where `by_topic` leads; without one, to the default queue.
    pub queue: Option<QueueKey>,
    /// Bands of its own, as (floor, accept).
    pub bands: Option<(f64, f64)>,
    /// How much the assistant may do on its own.
    pub autonomy: Autonomy,
}

/// How much the assistant may do on its own; the order is from most to least.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Autonomy {
    /// It answers.
    #[default]
    Full,
    /// It drafts, a person releases.
    Draft,
    /// A person, never the assistant.
    None,
}

/// How topics go to people that are not the assistant's alone. What a topic needs is
/// there.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct AutonomyWays {
    /// The handoff of topics that are never the assistant's.
    pub none: Option<Handoff>,
    /// Who releases drafts.
    pub draft: Option<Review>,
}

/// Who releases drafts.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// Who sees them.
    pub queue: Target,
    /// Why, for the customer.
    pub reason: Localized,
}

/// Where escalations wait.
#[derive(Debug, Clone, PartialEq)]
pub struct Queue {
    /// Its short name.
    pub key: QueueKey,
    /// Its name for staff and on the widget: "Finance operations".
    pub name: Localized,
    /// Its name in a sentence to customers: "our finance operations team".
    pub team: Localized,
    /// What an agent must be able to handle.
    pub skills: Vec<SkillKey>,
    /// The IANA time zone of its hours.
    pub zone: String,
    /// When somebody is there.
    pub hours: Hours,
    /// Days without anybody, in the queue's zone.
    pub holidays: Vec<Date>,
    /// The wait it aims for, in seconds.
    pub target_s: u32,
    /// How long an offer stands, in seconds.
    pub offer_s: u32,
    /// What happens when nobody accepts.
    pub overflow: Overflow,
}

/// When a queue is staffed.
#[derive(Debug, Clone, PartialEq)]
pub enum Hours {
    /// Day and night.
    Always,
    /// In these intervals; none means never.
    Weekly(Vec<Interval>),
}

/// The same hours on some days of the week.
#[derive(Debug, Clone, PartialEq)]
pub struct Interval {
    /// The days.
    pub days: Vec<Weekday>,
    /// Opening, in minutes after midnight.
    pub from_min: u16,
    /// Closing, in minutes after midnight; 1440 is the end of the day.
    pub to_min: u16,
}

/// The rule when nobody accepts in time.
#[derive(Debug, Clone, PartialEq)]
pub struct Overflow {
    /// After how long, in seconds.
    pub after_s: u32,
    /// Where to.
    pub to: OverflowTarget,
}

/// Where an unaccepted escalation goes.
#[derive(Debug, Clone, PartialEq)]
pub enum OverflowTarget {
    /// To another queue.
    Queue(QueueKey),
    /// The customer is told, a contact is taken, somebody writes later.
    FollowUp,
}

/// One rule.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its stable name.
    pub id: RuleId,
    /// When it is tried; at both stages if it does not say.
    pub stage: Option<RuleStage>,
    /// Its condition.
    pub when: Condition,
    /// What follows; nothing for a rule that only flags.
    pub then: Option<Action>,
    /// Whether the conversation enters the supervisors' list.
    pub is_flagging: bool,
}

/// When a rule is tried.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleStage {
    /// On the customer's turn, before the assistant is asked.
    Turn,
    /// On the assistant's answer, before the customer sees it.
    Answer,
}

/// What a rule leads to.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// The assistant may go on; later rules and bands are not asked.
    Continue,
    /// The assistant may not answer with what it has.
    FallBack(FallBackStep),
    /// Drafts are held for release.
    Review(Review),
    /// A person deals with it.
    Escalate(Handoff),
}

/// How a conversation goes to people.
#[derive(Debug, Clone, PartialEq)]
pub struct Handoff {
    /// In what manner.
    pub kind: HandoffKind,
    /// Where to.
    pub queue: Target,
    /// Whether the customer's account manager is tried first, else the deputy.
    pub is_to_account_manager: bool,
    /// The class of trigger, for reports.
    pub trigger: Trigger,
    /// The head start in the queue.
    pub priority: Priority,
    /// The root cause that is pre-selected at wrap-up.
    pub root_cause: RootCause,
    /// Why, as a clause that customers read: "you asked for a person".
    pub reason: Localized,
    /// What it is about, where the topic does not say it better.
    pub subject: Option<Localized>,
}

/// A queue, or the found topic's.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// This one.
    Queue(QueueKey),
    /// The leading topic's, else the default.
    ByTopic,
}

/// A typed condition.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// Every part holds.
    All(Vec<Condition>),
    /// At least one part holds.
    Any(Vec<Condition>),
    /// The part was judged and does not hold.
    Not(Box<Condition>),
    /// At least so many parts hold.
    Count {
        /// How many.
        at_least: u32,
        /// Of which.
        of: Vec<Condition>,
    },
    /// One comparison.
    Leaf(Leaf),
}

/// One comparison of one signal or fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Leaf {
    /// What is read.
    pub source: Source,
    /// What it is held against.
    pub test: Test,
}

/// What a leaf reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// A signal with a fixed name.
    Signal(SignalKind),
    /// The topic at this place of [`Definition::topics`].
    Topic(usize),
    /// A fact of this name, one of [`crate::words::FACTS`].
    Fact(&'static str),
}

/// What a leaf holds its value against.
#[derive(Debug, Clone, PartialEq)]
pub enum Test {
    /// The flag is so.
    Is(bool),
    /// `>=`
    AtLeast(Threshold),
    /// `<=`
    AtMost(Threshold),
    /// `>`
    Above(Threshold),
    /// `<`
    Below(Threshold),
    /// The count is this.
    Equals(f64),
    /// The count is among these.
    OneOf(Vec<f64>),
    /// The word is among these; `equals` is a list of one.
    Words(Vec<String>),
}

/// A number, or one of the bands in force.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Threshold {
    /// This number.
    Number(f64),
    /// The lower band of the topic or the policy.
    Floor,
    /// The upper band of the topic or the policy.
    Accept,
}
