//! One conversation, as far as the figures need it: what happened and when, no text.

mod answer;
mod fold;
mod handoff;
mod signs;
mod wishes;

use std::num::NonZeroU32;

use segue_model::event::{Origin, Version};
use segue_model::floor::ClosedOutcome;
use segue_model::id::{ConversationId, CustomerId};
use segue_model::time::Timestamp;
use segue_model::turn::TurnNumber;
use segue_model::verdict::Outcome;

pub(crate) use answer::{Answered, Answers};
pub(crate) use fold::Context;
pub(crate) use handoff::{End, Handoff};
pub(crate) use signs::{Lead, Signs};
pub(crate) use wishes::{Kind, Wishes};

use crate::words::Sketch;
use segue_detect::reask::Slots;

/// A name by its place in the ledger's list, from 1, so that no name takes no room of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Name(NonZeroU32);

impl Name {
    /// The place, from 1.
    pub const fn place(self) -> u32 {
        self.0.get()
    }
}

/// An instant that may not have come: half the size of an optional one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Maybe(i64);

impl Maybe {
    const NEVER: Self = Self(i64::MIN);

    /// The instant, if it has come.
    pub const fn get(self) -> Option<Timestamp> {
        match self {
            Self::NEVER => None,
            Self(at) => Some(Timestamp(at)),
        }
    }

    /// Puts another instant.
    pub fn set(&mut self, at: Option<Timestamp>) {
        *self = at.map_or(Self::NEVER, |at| Self(at.0));
    }
}

/// Names that many conversations share, each kept once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    names: Vec<Box<str>>,
    places: std::collections::BTreeMap<Box<str>, Name>,
}

impl Names {
    /// The name's place, a new one if it is new.
    pub fn intern(&mut self, text: &str) -> Name {
        if let Some(name) = self.places.get(text) {
            return *name;
        }
        self.names.push(text.into());
        let place = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        let name = Name(NonZeroU32::new(place).unwrap_or(NonZeroU32::MAX));
        self.places.insert(text.into(), name);
        name
    }

    /// The name's place, if it is one.
    pub fn find(&self, text: &str) -> Option<Name> {
        self.places.get(text).copied()
    }

    /// The text of a name.
    pub fn text(&self, name: Name) -> &str {
        usize::try_from(name.place() - 1)
            .ok()
            .and_then(|at| self.names.get(at))
            .map_or("", |text| text)
    }
}

/// Where a conversation counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Class {
    /// In the live figures.
    #[default]
    Live,
    /// In the live figures only where the demo is asked for.
    Demo,
    /// Apart, beside its recorded outcomes.
    Imported(Name),
}

impl Class {
    fn of(origin: &Origin, names: &mut Names) -> Self {
        match origin {
            Origin::Live => Self::Live,
            Origin::Demo => Self::Demo,
            Origin::Imported { source, .. } => Self::Imported(names.intern(source)),
        }
    }
}

/// By what two conversations are known to be of one person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Who {
    /// A known customer.
    Customer(CustomerId),
    /// The same browser.
    Visitor(u32),
}

/// How many verdicts of each word there were.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Words {
    pub proceed: u32,
    pub fall_back: u32,
    pub review: u32,
    pub escalate: u32,
}

impl Words {
    fn slot(&mut self, outcome: &Outcome) -> (&mut u32, u8) {
        match outcome {
            Outcome::Continue => (&mut self.proceed, 0),
            Outcome::FallBack { .. } => (&mut self.fall_back, 1),
            Outcome::Review { .. } => (&mut self.review, 2),
            Outcome::Escalate { .. } => (&mut self.escalate, 3),
        }
    }

    fn of_severity(&mut self, severity: u8) -> &mut u32 {
        match severity {
            0 => &mut self.proceed,
            1 => &mut self.fall_back,
            2 => &mut self.review,
            _ => &mut self.escalate,
        }
    }
}

/// The recorded outcomes of an imported conversation, label and value. Apart from the record,
/// because only imported ones have any.
#[derive(Debug, Clone, Default)]
pub(crate) struct Labels(pub Vec<(Name, Name)>);

/// The verdict that stands for a customer turn: of several, the strictest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Judged {
    turn: TurnNumber,
    severity: u8,
}

/// One conversation's record. Typically 550–650 bytes with what it points to;
/// everything in it is bounded.
#[derive(Debug, Clone)]
pub(crate) struct Episode {
    pub id: ConversationId,
    /// The last entry that was folded in.
    pub version: Version,
    pub started_at: Timestamp,
    pub class: Class,
    pub who: Option<Who>,
    pub follows: Option<ConversationId>,
    pub turns: u32,
    pub customer_turns: u32,
    /// Whether the assistant answered, proposed an answer, or was asked for one.
    pub is_involved: bool,
    /// Whether the customer said what it is about.
    has_concern: bool,
    /// What the customer last said of the answers, if they have not gone on since.
    pub helped: Option<bool>,
    /// Whether the assistant's last word was that it has no answer.
    pub is_unanswered: bool,
    pub closed: Option<ClosedOutcome>,
    /// Whether it was closed once, be it open again or not.
    has_ended: bool,
    /// When the customer first came back after the end, with more than thanks.
    pub reopened_at: Maybe,
    pub rated_assistant: Option<u8>,
    pub rated_agent: Option<u8>,
    /// Hashes of the labels of its concern.
    pub topics: Vec<u32>,
    /// The wording of its concern.
    pub sketch: Sketch,
    pub handoffs: Vec<Handoff>,
    /// The answers on which the bands decided, where there are any.
    pub answers: Option<Box<Answers>>,
    pub verdicts: Words,
    judged: Option<Judged>,
    known: Slots,
    /// The recorded outcome of an imported conversation: label and value.
    pub labels: Option<Box<Labels>>,
    /// What it is compared with others by.
    pub kind: Kind,
    /// What says that a person was wished for; apart from the record, because most have none.
    pub wished: Option<Box<Wishes>>,
    pub traits: Traits,
    /// What has shown since the last handoff.
    pub signs: Signs,
    /// Whether the last word was the assistant's, with an answer in it.
    pub is_last_word_assistant: bool,
    /// The bytes of what was said, by whomever.
    bytes: u32,
    /// What the assistant's model read and wrote, guessed from the text, in tokens.
    pub tokens: u32,
    /// When the earliest later conversation of the same person on the same concern began.
    pub returned_at: Maybe,
}

/// By what a conversation is grouped and chosen.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Traits {
    pub channel: Option<Name>,
    /// The language of the page: `de` of `de-CH`.
    pub language: Option<Name>,
    /// The customer's time zone, where the customer's data say so.
    pub zone: Option<Name>,
    /// The first topic that was found.
    pub topic: Option<Name>,
    /// The version of the policy that judged first.
    pub policy: Option<Name>,
    /// The rule that came nearest to firing at the last verdict.
    pub near: Option<Name>,
}

impl Episode {
    /// A conversation of which nothing is known yet.
    pub fn new(id: ConversationId) -> Self {
        Self {
            id,
            version: Version(0),
            started_at: Timestamp::default(),
            class: Class::Live,
            who: None,
            follows: None,
            turns: 0,
            customer_turns: 0,
            is_involved: false,
            has_concern: false,
            helped: None,
            is_unanswered: false,
            closed: None,
            has_ended: false,
            reopened_at: Maybe::NEVER,
            rated_assistant: None,
            rated_agent: None,
            topics: Vec::new(),
            sketch: Sketch::default(),
            handoffs: Vec::new(),
            answers: None,
            verdicts: Words::default(),
            judged: None,
            known: Slots::default(),
            labels: None,
            kind: Kind::default(),
            wished: None,
            traits: Traits::default(),
            signs: Signs::default(),
            is_last_word_assistant: false,
            bytes: 0,
            tokens: 0,
            returned_at: Maybe::NEVER,
        }
    }

    /// Whether anything was exchanged: a widget that was only opened is no conversation yet.
    pub fn is_begun(&self) -> bool {
        self.customer_turns > 0 || self.is_escalated()
    }

    /// Whether a person was asked for, by whomever.
    pub fn is_escalated(&self) -> bool {
        !self.handoffs.is_empty()
    }

    /// By what conversations are put in order: when they began, then any order that stays.
    pub const fn key(&self) -> (Timestamp, ConversationId) {
        (self.started_at, self.id)
    }

    /// How much is known of its concern, so that a change is seen; it only grows.
    pub fn concern(&self) -> (usize, bool, bool) {
        (self.topics.len(), self.has_concern, self.is_begun())
    }

    /// Whether the customer of an earlier conversation came back to its concern in this one.
    pub fn is_return_of(&self, earlier: &Self) -> bool {
        self.class == earlier.class
            && self.is_begun()
            && self.started_at > earlier.started_at
            && (self.follows == Some(earlier.id) || self.is_same_concern(earlier))
    }

    /// Whether both speak of the same concern: a common label, or about the same words.
    pub fn is_same_concern(&self, other: &Self) -> bool {
        self.topics.iter().any(|topic| other.topics.contains(topic))
            || self.sketch.is_similar(&other.sketch)
    }
}
