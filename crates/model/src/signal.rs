//! What detectors observe: kinds, units, values and evidence. The kinds stand
//! here so that a policy can be checked without a detector.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::topic::TopicKey;
use crate::turn::TurnNumber;

macro_rules! signal_kinds {
    ($($(#[doc = $doc:literal])* $kind:ident = $name:literal : $unit:ident),* $(,)?) => {
        /// A measurement with a fixed name. Topics are named apart, see [`SignalName`].
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum SignalKind { $($(#[doc = $doc])* $kind),* }

        impl SignalKind {
            /// All kinds, in the order in which they are shown.
            pub const ALL: &'static [SignalKind] = &[$(SignalKind::$kind),*];

            /// The name in policies, files and traces.
            pub const fn name(self) -> &'static str {
                match self { $(SignalKind::$kind => $name),* }
            }

            /// The unit of its value.
            pub const fn unit(self) -> Unit {
                match self { $(SignalKind::$kind => Unit::$unit),* }
            }

            /// What it measures, in a sentence.
            pub const fn about(self) -> &'static str {
                match self { $(SignalKind::$kind => concat!($($doc),*).trim_ascii()),* }
            }
        }
    };
}

signal_kinds! {
    /// The customer asks for a person, and does not merely mention one.
    OptOut = "opt_out": Flag,
    /// How many customer turns put the same concern, this one included, 1 if it is new.
    RepeatCount = "repeat_count": Count,
    /// Mood of the turn, −1 to 1.
    Sentiment = "sentiment": Polarity,
    /// Slope of the mood over the last three customer turns, per turn.
    SentimentTrend = "sentiment_trend": Polarity,
    /// How many customer turns in a row were negative.
    NegativeStreak = "negative_streak": Count,
    /// For how many minutes the mood has been negative.
    NegativeMinutes = "negative_minutes": Count,
    /// The customer is stuck and says so.
    Frustration = "frustration": Flag,
    /// The customer is angry.
    Anger = "anger": Flag,
    /// Words say one thing, the situation another; weak evidence only.
    Sarcasm = "sarcasm": Flag,
    /// A burst of capitals that are not names, acronyms or codes.
    Shouting = "shouting": Flag,
    /// Severe distress: somebody may come to harm.
    Distress = "distress": Flag,
    /// The customer threatens consequences.
    Threat = "threat": Flag,
    /// The customer says outright that the last answer did not help.
    NegativeFeedback = "negative_feedback": Flag,
    /// Fraud or a compromised account is reported.
    ComplianceFraud = "compliance.fraud": Flag,
    /// Legal steps are threatened or announced.
    ComplianceLegalThreat = "compliance.legal_threat": Flag,
    /// The customer wants to end the account or subscription.
    ComplianceAccountCancellation = "compliance.account_cancellation": Flag,
    /// The customer wants personal data deleted.
    ComplianceDataDeletion = "compliance.data_deletion": Flag,
    /// An attempt to misuse the assistant or somebody's account.
    SecurityAnomaly = "security_anomaly": Flag,
    /// How well the knowledge found fits the question; calibrated, 0–1.
    RetrievalConfidence = "retrieval_confidence": Score,
    /// The assistant's own confidence in its answer, 0–1.
    AnswerConfidence = "answer_confidence": Score,
    /// How far the question lies from everything known, 0–1.
    QueryDistance = "query_distance": Score,
    /// How likely the question is none of the workspace's business, 0–1.
    OutOfScope = "out_of_scope": Score,
    /// How many assistant turns in a row had no answer.
    FallbackStreak = "fallback_streak": Count,
    /// A tool of the assistant failed or timed out on this turn.
    ToolFailure = "tool_failure": Flag,
    /// The assistant did not answer in time.
    AssistantTimeout = "assistant_timeout": Flag,
    /// How often the conversation was handed back to the assistant.
    HandBackCount = "hand_back_count": Count,
    /// How many turns the customer has written, this one included.
    TurnCount = "turn_count": Count,
    /// The assistant said that it hands over or calls back; nothing did so.
    ImpliedPromise = "implied_promise": Flag,
    /// The assistant said that it refunds, credits or cancels; no tool of it did so.
    ImpliedAction = "implied_action": Flag,
    /// The assistant gave the same answer again after it was rejected.
    AnswerRepeat = "answer_repeat": Count,
    /// How likely a person is needed, over the whole conversation, 0–1.
    EscalationRisk = "escalation_risk": Score,
    /// How many steps over how many systems the request takes, 0–1.
    Complexity = "complexity": Score,
}

/// The unit of a signal's value, which fixes what it may be compared with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Yes or no.
    Flag,
    /// A whole number from 0.
    Count,
    /// 0 to 1.
    Score,
    /// −1 to 1.
    Polarity,
}

/// The name of a signal: a fixed kind, or a topic that a policy defines.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SignalName {
    /// A fixed kind.
    Kind(SignalKind),
    /// `topic.NAME`, a flag.
    Topic(TopicKey),
}

impl SignalName {
    /// Reads a name as policies write it; `None` if there is no such signal.
    /// Whether a topic is defined is the policy's to check.
    pub fn parse(text: &str) -> Option<Self> {
        if let Some(topic) = text.strip_prefix("topic.") {
            return (!topic.is_empty()).then(|| Self::Topic(topic.into()));
        }
        SignalKind::ALL
            .iter()
            .find(|kind| kind.name() == text)
            .map(|kind| Self::Kind(*kind))
    }

    /// The unit of its value.
    pub const fn unit(&self) -> Unit {
        match self {
            Self::Kind(kind) => kind.unit(),
            Self::Topic(_) => Unit::Flag,
        }
    }
}

impl std::fmt::Display for SignalName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Kind(kind) => f.write_str(kind.name()),
            Self::Topic(topic) => write!(f, "topic.{topic}"),
        }
    }
}

/// The typed value of a signal.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignalValue {
    /// Yes or no.
    Flag(bool),
    /// A whole number.
    Count(u32),
    /// 0–1.
    Score(f64),
    /// −1–1.
    Polarity(f64),
}

impl SignalValue {
    /// The value as a number, for comparison: a flag is 0 or 1.
    pub fn number(self) -> f64 {
        match self {
            Self::Flag(flag) => f64::from(u8::from(flag)),
            Self::Count(count) => f64::from(count),
            Self::Score(value) | Self::Polarity(value) => value,
        }
    }
}

/// Where in the conversation a signal shows: a turn and a span of its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// The turn.
    pub turn: TurnNumber,
    /// First byte of the span in the turn's text.
    pub start: u32,
    /// The byte after the span; equal to `start` where the whole turn is meant.
    pub end: u32,
    /// What fired, in a word: the name of a pattern, a phrase of the lexicon.
    pub what: Arc<str>,
}

/// One observation.
#[derive(Debug, Clone, PartialEq)]
pub struct Signal {
    /// The typed value.
    pub value: SignalValue,
    /// How strong the evidence is, always 0–1 and continuous where the detector is.
    pub score: f64,
    /// Where it shows.
    pub evidence: Vec<Evidence>,
}

/// What came of looking for a signal.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum Reading {
    /// Nobody supplied it; conditions on it do not match.
    #[default]
    Absent,
    /// It was measured.
    Present(Signal),
    /// What should have measured it failed; the policy leans to a person.
    Unavailable {
        /// What failed, for the trace.
        reason: Arc<str>,
    },
}

/// All signals of one customer turn.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Signals {
    kinds: Vec<Reading>,
    topics: Vec<(TopicKey, Reading)>,
}

impl Signals {
    /// No signal at all.
    pub fn new() -> Self {
        Self {
            kinds: vec![Reading::Absent; SignalKind::ALL.len()],
            topics: Vec::new(),
        }
    }

    /// Puts the reading of a fixed kind, replacing an earlier one.
    pub fn set(&mut self, kind: SignalKind, reading: Reading) {
        if let Some(slot) = self.kinds.get_mut(kind as usize) {
            *slot = reading;
        }
    }

    /// Puts the reading of a topic, replacing an earlier one.
    pub fn set_topic(&mut self, topic: TopicKey, reading: Reading) {
        match self.topics.iter_mut().find(|(key, _)| *key == topic) {
            Some((_, slot)) => *slot = reading,
            None => self.topics.push((topic, reading)),
        }
    }

    /// The reading of a fixed kind.
    pub fn get(&self, kind: SignalKind) -> &Reading {
        self.kinds.get(kind as usize).unwrap_or(&Reading::Absent)
    }

    /// The reading of any signal.
    pub fn read(&self, name: &SignalName) -> &Reading {
        match name {
            SignalName::Kind(kind) => self.get(*kind),
            SignalName::Topic(topic) => self
                .topics
                .iter()
                .find(|(key, _)| key == topic)
                .map_or(&Reading::Absent, |(_, reading)| reading),
        }
    }

    /// Whether a flag was measured and is set.
    pub fn is_set(&self, kind: SignalKind) -> bool {
        matches!(
            self.get(kind),
            Reading::Present(Signal {
                value: SignalValue::Flag(true),
                ..
            })
        )
    }

    /// All signals that are not absent, kinds first, in a stable order.
    pub fn iter(&self) -> impl Iterator<Item = (SignalName, &Reading)> {
        let kinds = SignalKind::ALL
            .iter()
            .zip(&self.kinds)
            .map(|(kind, reading)| (SignalName::Kind(*kind), reading));
        let topics = self
            .topics
            .iter()
            .map(|(key, reading)| (SignalName::Topic(key.clone()), reading));
        kinds
            .chain(topics)
            .filter(|(_, reading)| !matches!(reading, Reading::Absent))
    }

    /// The readings of the topics, in the order in which they were put.
    pub fn topics(&self) -> &[(TopicKey, Reading)] {
        &self.topics
    }

    /// The topics that were found.
    pub fn topics_found(&self) -> impl Iterator<Item = &TopicKey> {
        self.topics
            .iter()
            .filter_map(|(key, reading)| match reading {
                Reading::Present(Signal {
                    value: SignalValue::Flag(true),
                    ..
                }) => Some(key),
                _ => None,
            })
    }
}
