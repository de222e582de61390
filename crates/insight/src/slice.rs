//! Which conversations and handoffs are looked at, and by what they are grouped.

use std::collections::BTreeMap;

use segue_model::escalation::Trigger;

use crate::episode::{Episode, Handoff, Name, Names};
use crate::metric::by_trigger;
use crate::words::hash;

/// By what figures are grouped or chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Dimension {
    /// The class of the rule that asked for a person; of handoffs.
    Trigger,
    /// The rule that asked for a person; of handoffs.
    Rule,
    /// The queue it came to last; of handoffs.
    Queue,
    /// Who had it last; of handoffs.
    Agent,
    /// The version of the policy that judged the conversation first.
    Policy,
    /// The first topic that was found.
    Topic,
    /// The language of the page.
    Language,
    /// Where it took place.
    Channel,
    /// The customer's time zone, where known.
    Zone,
    /// The hour of the beginning, in the workspace's zone.
    Hour,
}

impl Dimension {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 10] = [
        Self::Trigger,
        Self::Rule,
        Self::Policy,
        Self::Queue,
        Self::Agent,
        Self::Topic,
        Self::Language,
        Self::Channel,
        Self::Zone,
        Self::Hour,
    ];

    /// Its word on the wire.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Trigger => "trigger",
            Self::Rule => "rule",
            Self::Queue => "queue",
            Self::Agent => "agent",
            Self::Policy => "policy",
            Self::Topic => "topic",
            Self::Language => "language",
            Self::Channel => "channel",
            Self::Zone => "zone",
            Self::Hour => "hour",
        }
    }

    /// Whether it is a property of handoffs rather than of conversations.
    pub const fn is_of_handoffs(self) -> bool {
        matches!(self, Self::Trigger | Self::Rule | Self::Queue | Self::Agent)
    }

    /// Its value for a handoff, where it is one of handoffs.
    pub(crate) fn of_handoff(self, handoff: &Handoff) -> Option<Value> {
        match self {
            Self::Trigger => Some(Value::Trigger(handoff.trigger)),
            Self::Rule => Some(Value::Name(handoff.rule)),
            Self::Queue => Some(Value::Name(handoff.queue)),
            Self::Agent => handoff.agent.map(Value::Name),
            _ => None,
        }
    }

    /// Its value for a conversation, where it is one of conversations and known.
    /// The hour is cut by the caller, who has the zone.
    pub(crate) const fn of_episode(self, episode: &Episode) -> Option<Name> {
        match self {
            Self::Policy => episode.traits.policy,
            Self::Topic => episode.traits.topic,
            Self::Language => episode.traits.language,
            Self::Channel => episode.traits.channel,
            Self::Zone => episode.traits.zone,
            _ => None,
        }
    }
}

/// A value of a dimension.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Value {
    Trigger(Trigger),
    Name(Name),
    Hour(u8),
    /// Nobody knows.
    Unknown,
}

impl Value {
    /// The value as a key: the word of a trigger, a name, an hour; empty where nobody knows.
    pub fn key(self, names: &Names) -> String {
        match self {
            Self::Trigger(trigger) => by_trigger::words(trigger).0.to_owned(),
            Self::Name(name) => names.text(name).to_owned(),
            Self::Hour(hour) => hour.to_string(),
            Self::Unknown => String::new(),
        }
    }
}

/// What is wanted of each dimension; a dimension that is not there does not matter. The
/// empty text wants those of which the value is not known.
///
/// A conversation is chosen by its own traits and, where something is wanted of handoffs,
/// if one of its handoffs has it; figures of handoffs then count these handoffs alone.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Filter {
    wanted: BTreeMap<Dimension, String>,
}

impl Filter {
    /// The same, with only those that have this value. [`Dimension::Hour`] takes `0` to `23`.
    #[must_use]
    pub fn with(mut self, dimension: Dimension, value: &str) -> Self {
        self.wanted.insert(dimension, value.to_owned());
        self
    }

    /// Whether everything is wanted.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// What is wanted, by dimension.
    pub fn iter(&self) -> impl Iterator<Item = (Dimension, &str)> {
        self.wanted.iter().map(|(of, value)| (*of, value.as_str()))
    }
}

/// What figures need to know that is not in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct Terms {
    /// The wait that each queue aims for, in seconds, by its key.
    pub targets_s: BTreeMap<String, u32>,
    /// The wait that other queues are held to, in seconds.
    pub target_otherwise_s: u32,
    /// The topics that are not meant for the assistant alone; all others are tier 1.
    pub not_tier_one: Vec<String>,
    /// What an agent's active minute costs, in the workspace's currency.
    pub agent_minute_cost: f64,
    /// What a million tokens of the model cost, in the same.
    pub tokens_million_cost: f64,
}

/// The wait that a queue without a target of its own is held to.
const TARGET_OTHERWISE_S: u32 = 120;
/// An agent's active minute, where nobody says otherwise: 36 an hour, all costs included.
pub const AGENT_MINUTE_COST: f64 = 0.60;
/// A million tokens, where nobody says otherwise.
pub const TOKENS_MILLION_COST: f64 = 2.00;

impl Default for Terms {
    fn default() -> Self {
        Self {
            targets_s: BTreeMap::new(),
            target_otherwise_s: TARGET_OTHERWISE_S,
            not_tier_one: Vec::new(),
            agent_minute_cost: AGENT_MINUTE_COST,
            tokens_million_cost: TOKENS_MILLION_COST,
        }
    }
}

/// A filter and the terms as they are held against the records: names by their places.
#[derive(Debug, Clone)]
pub(crate) struct Lens {
    of_episodes: Vec<(Dimension, Option<Wanted>)>,
    of_handoffs: Vec<(Dimension, Option<Wanted>)>,
    targets_ms: BTreeMap<Name, u64>,
    target_otherwise_ms: u64,
    not_tier_one: Vec<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Wanted {
    Value(Value),
    Unknown,
}

impl Lens {
    pub fn new(filter: &Filter, terms: &Terms, names: &Names) -> Self {
        let mut lens = Self {
            of_episodes: Vec::new(),
            of_handoffs: Vec::new(),
            targets_ms: BTreeMap::new(),
            target_otherwise_ms: u64::from(terms.target_otherwise_s) * 1_000,
            not_tier_one: terms.not_tier_one.iter().map(|it| hash(it)).collect(),
        };
        for (dimension, text) in filter.iter() {
            // What nobody has ever been named is had by nobody.
            let wanted = match dimension {
                _ if text.is_empty() => Some(Wanted::Unknown),
                Dimension::Trigger => {
                    by_trigger::of_word(text).map(|it| Wanted::Value(Value::Trigger(it)))
                }
                Dimension::Hour => text.parse().ok().map(|it| Wanted::Value(Value::Hour(it))),
                _ => names.find(text).map(|it| Wanted::Value(Value::Name(it))),
            };
            if dimension.is_of_handoffs() {
                lens.of_handoffs.push((dimension, wanted));
            } else {
                lens.of_episodes.push((dimension, wanted));
            }
        }
        for (queue, target_s) in &terms.targets_s {
            if let Some(queue) = names.find(queue) {
                lens.targets_ms.insert(queue, u64::from(*target_s) * 1_000);
            }
        }
        lens
    }

    /// Whether a conversation is looked at; `hour` says when it began, for those who ask.
    pub fn has(&self, episode: &Episode, hour: impl FnOnce() -> Option<u8>) -> bool {
        if self.of_episodes.is_empty() && self.of_handoffs.is_empty() {
            return true;
        }
        let mut hour = Some(hour);
        let mut is = |(dimension, wanted): &(Dimension, Option<Wanted>)| {
            let found = match dimension {
                Dimension::Hour => hour.take().and_then(|hour| hour()).map(Value::Hour),
                _ => dimension.of_episode(episode).map(Value::Name),
            };
            is_wanted(found, *wanted)
        };
        self.of_episodes.iter().all(&mut is)
            && (self.of_handoffs.is_empty()
                || episode.handoffs.iter().any(|it| self.has_handoff(it)))
    }

    /// Whether a handoff is looked at.
    pub fn has_handoff(&self, handoff: &Handoff) -> bool {
        let mut all = self.of_handoffs.iter();
        all.all(|(dimension, wanted)| is_wanted(dimension.of_handoff(handoff), *wanted))
    }

    /// The wait that a queue aims for, in milliseconds.
    pub fn target_ms(&self, queue: Name) -> u64 {
        let own = self.targets_ms.get(&queue).copied();
        own.unwrap_or(self.target_otherwise_ms)
    }

    /// Whether the conversation is about nothing but what is meant for the assistant.
    pub fn is_tier_one(&self, episode: &Episode) -> bool {
        let mut topics = episode.topics.iter();
        !topics.any(|topic| self.not_tier_one.contains(topic))
    }
}

fn is_wanted(found: Option<Value>, wanted: Option<Wanted>) -> bool {
    match wanted {
        Some(Wanted::Value(value)) => found == Some(value),
        Some(Wanted::Unknown) => found.is_none(),
        None => false,
    }
}
