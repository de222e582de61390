//! What a policy file may say: every key with its shape, its meaning and an example,
//! once. The reader checks by these tables; the schema and the reference are written
//! from them, so none of the three can say something else than the others.

mod sections;

use std::fmt;

use crate::wording::Places;

pub(crate) use self::sections::*;

/// How many rules a policy may have.
pub(crate) const RULES_MAX: usize = 200;
/// How many comparisons one rule may have.
pub(crate) const LEAVES_MAX: usize = 64;
/// How deep conditions may nest.
pub(crate) const DEPTH_MAX: usize = 8;
/// How many topics a policy may have; one bit each when a turn is judged.
pub(crate) const TOPICS_MAX: usize = 64;
/// How many queues a policy may have.
pub(crate) const QUEUES_MAX: usize = 100;
/// How many phrases, patterns or exceptions one topic may have.
pub(crate) const PHRASES_MAX: usize = 500;
/// How many patterns one policy may have (F26).
pub(crate) const PATTERNS_MAX: usize = 200;
/// How many entries a list has that has no narrower bound.
pub(crate) const LIST_MAX: usize = 400;
/// How many intervals the hours of a queue may have.
pub(crate) const INTERVALS_MAX: usize = 100;
/// How many languages a policy may speak.
pub(crate) const LANGUAGES_MAX: usize = 40;
/// The longest name of a rule, queue, topic or tier, in bytes.
pub(crate) const NAME_BYTES_MAX: usize = 64;
/// The greatest count a condition may name.
pub(crate) const COUNT_MAX: u32 = 100_000;

/// A map with known keys.
pub(crate) struct Section {
    /// The name in the schema and the reference: `queue`.
    pub name: &'static str,
    /// Where it stands: `queues.NAME`.
    pub place: &'static str,
    /// What it is for.
    pub about: &'static str,
    /// Its keys, in the order in which they are written.
    pub keys: Vec<Entry>,
}

/// One key of a map.
pub(crate) struct Entry {
    pub key: &'static str,
    /// Whether it must stand there.
    pub is_needed: bool,
    /// What holds where it is left out, for keys that may be.
    pub otherwise: Option<&'static str>,
    pub shape: Shape,
    /// What it means, as a clause.
    pub about: &'static str,
    /// A value as one may write it.
    pub example: &'static str,
}

/// All words of a type with their meanings.
pub(crate) type Words = fn() -> Vec<(&'static str, &'static str)>;

/// What may stand at a key.
#[derive(Clone, Copy)]
pub(crate) enum Shape {
    /// `true` or `false`.
    Flag,
    /// A number in this range.
    Number(f64, f64),
    /// A whole number in this range.
    Whole(u32, u32),
    /// A short text.
    Text,
    /// Small letters, digits and underscores.
    Name,
    /// Two or three small letters.
    Language,
    /// One of these words.
    Word(Words),
    /// A score: a signal from 0 to 1.
    Score,
    /// An IANA time zone.
    Zone,
    /// `"08:00"`.
    Time,
    /// `"2026-12-25"`.
    Date,
    /// A day, a range of days, or a list of both.
    Days,
    /// A pattern for the linear engine.
    Pattern,
    /// A text with places to fill.
    Template(Places),
    /// The name of a queue of this file.
    Queue,
    /// The name of a queue of this file, or this word.
    QueueOr(&'static str),
    /// A text of the policy's language, or one per language.
    Localized,
    /// `always`, or a list of intervals.
    Hours,
    /// A list with at most so many entries.
    List(fn() -> Shape, usize),
    /// A map with known keys.
    Map(fn() -> &'static Section),
    /// A map from names to what each is, with at most so many entries.
    Named(fn() -> Shape, usize),
    /// A map from languages to what is said in each.
    ByLanguage(fn() -> &'static Section),
    /// The name of a signal.
    Signal,
    /// The name of a fact.
    Fact,
    /// A number, or one of the bands.
    Threshold,
    /// A count or a word, or a list of either.
    Values(bool),
    /// A condition.
    Condition,
    /// What follows from a rule.
    Consequence,
    /// The text of a notice, or that with others for some triggers and rules.
    Notice(Places),
    /// Texts by trigger or rule.
    On(Places),
}

impl fmt::Display for Shape {
    /// What stands there, in the words of the reference.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Flag => f.write_str("`true` or `false`"),
            Self::Number(min, max) => write!(f, "a number from {min} to {max}"),
            Self::Whole(min, max) => write!(f, "a whole number from {min} to {max}"),
            Self::Text => f.write_str("a text"),
            Self::Name => f.write_str("a name"),
            Self::Language => f.write_str("a language code"),
            Self::Word(words) => {
                let words: Vec<String> = words()
                    .iter()
                    .map(|(word, _)| format!("`{word}`"))
                    .collect();
                f.write_str(&words.join(", "))
            }
            Self::Score => f.write_str("a score"),
            Self::Zone => f.write_str("an IANA time zone"),
            Self::Time => f.write_str("a time of day, `\"00:00\"` to `\"24:00\"`"),
            Self::Date => f.write_str("a date, `\"2026-12-25\"`"),
            Self::Days => f.write_str("`mon` to `sun`, a range as `mon-fri`, or a list of both"),
            Self::Pattern => f.write_str("a regular expression of the linear engine"),
            Self::Template(_) => f.write_str("a text with places"),
            Self::Queue => f.write_str("a queue"),
            Self::QueueOr(word) => write!(f, "a queue, or `{word}`"),
            Self::Localized => f.write_str("a text, or one per language"),
            Self::Hours => f.write_str("`always`, or a list of [intervals](#interval)"),
            Self::List(of, max) => write!(f, "a list of at most {max}, each {}", of()),
            Self::Map(section) => write!(f, "[{0}](#{0})", section().name),
            Self::Named(of, max) => write!(f, "at most {max} by name, each {}", of()),
            Self::ByLanguage(section) => write!(f, "by language, each [{0}](#{0})", section().name),
            Self::Signal => f.write_str("a [signal](#signals), or `topic.NAME`"),
            Self::Fact => f.write_str("a [fact](#facts)"),
            Self::Threshold => f.write_str(
                "a number in the range of what is read; for scores also `floor` or `accept`",
            ),
            Self::Values(false) => f.write_str("a count or a word"),
            Self::Values(true) => f.write_str("a list of counts or words"),
            Self::Condition => f.write_str("a [condition](#conditions)"),
            Self::Consequence => f.write_str("a [consequence](#then)"),
            Self::Notice(_) => f.write_str("a text with places, or [notice](#notice)"),
            Self::On(_) => f.write_str("a text with places by trigger, or by `rule.ID`"),
        }
    }
}

impl Section {
    /// The entry of a key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        self.keys.iter().find(|entry| entry.key == key)
    }
}
