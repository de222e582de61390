//! The condition trees of rules, checked against the units of what they read.

use segue_model::signal::{SignalKind, SignalName, Unit};

use super::Names;
use super::cursor::{Cursor, Problems};
use crate::definition::{Condition, Leaf, Source, Test, Threshold};
use crate::grammar::{self, COUNT_MAX, DEPTH_MAX, LEAVES_MAX};
use crate::problem::ProblemCode;
use crate::words::{FACTS, FactUnit};

/// What joins or turns conditions.
pub(crate) const BRANCHES: &[&str] = &["all", "any", "not", "count"];
/// What a value is held against.
pub(crate) const TESTS: &[&str] = &[
    "is", "at_least", "at_most", "above", "below", "equals", "one_of",
];

/// Reads the condition of one rule.
pub(super) fn condition(
    at: &Cursor<'_>,
    names: &Names,
    problems: &mut Problems,
) -> Option<Condition> {
    let mut reader = Reader { names, leaves: 0 };
    let read = reader.condition(at, 1, problems);
    if reader.leaves > LEAVES_MAX {
        let message = format!(
            "a rule has at most {LEAVES_MAX} comparisons, this has {}",
            reader.leaves
        );
        at.problem(problems, ProblemCode::TooLarge, message)
            .hint("make two rules of it");
    }
    read
}

struct Reader<'n> {
    names: &'n Names,
    leaves: usize,
}

impl Reader<'_> {
    fn condition(
        &mut self,
        at: &Cursor<'_>,
        depth: usize,
        problems: &mut Problems,
    ) -> Option<Condition> {
        if depth > DEPTH_MAX {
            let message = format!("conditions nest at most {DEPTH_MAX} deep");
            at.problem(problems, ProblemCode::TooLarge, message)
                .hint("`all` within `all` and `any` within `any` can be written as one list");
            return None;
        }
        let mut heads = at.keys().into_iter().filter(|key| BRANCHES.contains(key));
        let Some(head) = heads.next() else {
            return self.leaf(at, problems);
        };
        at.known_keys(problems, &[head])?;
        let inner = at.child(head)?;
        match head {
            "all" => self.parts(&inner, depth, problems).map(Condition::All),
            "any" => self.parts(&inner, depth, problems).map(Condition::Any),
            "not" => self
                .condition(&inner, depth + 1, problems)
                .map(Box::new)
                .map(Condition::Not),
            _ => self.count(&inner, depth, problems),
        }
    }

    fn parts(
        &mut self,
        at: &Cursor<'_>,
        depth: usize,
        problems: &mut Problems,
    ) -> Option<Vec<Condition>> {
        let items = at.items(problems);
        if items.is_empty() {
            let message = "a list of conditions cannot be empty".to_owned();
            at.problem(problems, ProblemCode::Contradiction, message)
                .hint("for example `[{signal: repeat_count, at_least: 3}]`");
            return None;
        }
        let read: Vec<_> = items
            .iter()
            .map(|item| self.condition(item, depth + 1, problems))
            .collect();
        read.into_iter().collect()
    }

    fn count(
        &mut self,
        at: &Cursor<'_>,
        depth: usize,
        problems: &mut Problems,
    ) -> Option<Condition> {
        let fields = at.fields(problems, grammar::count())?;
        let of = fields
            .need("of", problems)
            .and_then(|it| self.parts(&it, depth, problems))?;
        let most = u32::try_from(of.len()).unwrap_or(u32::MAX);
        let at_least = fields
            .need("at_least", problems)
            .and_then(|it| it.whole(1, most, problems));
        Some(Condition::Count {
            at_least: at_least?,
            of,
        })
    }

    fn leaf(&mut self, at: &Cursor<'_>, problems: &mut Problems) -> Option<Condition> {
        self.leaves += 1;
        let fields = at.fields(problems, grammar::condition())?;
        let (source, unit) = match (fields.get("signal"), fields.get("fact")) {
            (Some(signal), None) => self.signal(&signal, problems)?,
            (None, Some(fact)) => fact_source(&fact, problems)?,
            _ => {
                let message = "a condition reads one `signal` or one `fact`".to_owned();
                at.problem(problems, ProblemCode::Contradiction, message)
                    .hint("or it is one of `all`, `any`, `not`, `count`");
                return None;
            }
        };
        let tests: Vec<(&str, Cursor<'_>)> = TESTS
            .iter()
            .filter_map(|test| Some((*test, fields.get(test)?)))
            .collect();
        let [(test, value)] = tests.as_slice() else {
            let message = format!("a condition has one test, this has {}", tests.len());
            at.problem(problems, ProblemCode::Contradiction, message)
                .hint(unit.hint());
            return None;
        };
        let test = self.test(test, value, unit, problems)?;
        Some(Condition::Leaf(Leaf { source, test }))
    }

    fn signal(&self, at: &Cursor<'_>, problems: &mut Problems) -> Option<(Source, LeafUnit)> {
        let text = at.text(problems)?;
        let topics = &self.names.topics;
        let source = match SignalName::parse(text) {
            Some(SignalName::Kind(kind)) => {
                Some((Source::Signal(kind), LeafUnit::Signal(kind.unit())))
            }
            Some(SignalName::Topic(topic)) => topics
                .iter()
                .position(|known| *known == topic)
                .map(|index| (Source::Topic(index), LeafUnit::Signal(Unit::Flag))),
            None => None,
        };
        if source.is_none() {
            let topics: Vec<String> = topics
                .iter()
                .map(|topic| format!("topic.{topic}"))
                .collect();
            let kinds = SignalKind::ALL.iter().map(|kind| kind.name());
            at.unknown(
                problems,
                "signal",
                text,
                kinds.chain(topics.iter().map(String::as_str)),
            );
        }
        source
    }

    fn test(
        &self,
        word: &str,
        at: &Cursor<'_>,
        unit: LeafUnit,
        problems: &mut Problems,
    ) -> Option<Test> {
        if !unit.tests().contains(&word) {
            let message = format!("`{word}` does not go with {}", unit.name());
            at.problem(problems, ProblemCode::WrongUnit, message)
                .hint(unit.hint());
            return None;
        }
        Some(match word {
            "is" => Test::Is(at.flag(problems)?),
            "at_least" => Test::AtLeast(threshold(at, unit, problems)?),
            "at_most" => Test::AtMost(threshold(at, unit, problems)?),
            "above" => Test::Above(threshold(at, unit, problems)?),
            "below" => Test::Below(threshold(at, unit, problems)?),
            _ if unit.is_text() => Test::Words(self.texts(at, word == "equals", unit, problems)?),
            "equals" => Test::Equals(count(at, problems)?),
            _ => Test::OneOf(
                at.items(problems)
                    .iter()
                    .map(|item| count(item, problems))
                    .collect::<Option<_>>()?,
            ),
        })
    }

    fn texts(
        &self,
        at: &Cursor<'_>,
        is_one: bool,
        unit: LeafUnit,
        problems: &mut Problems,
    ) -> Option<Vec<String>> {
        if !is_one && at.is_text() {
            let word = at.raw_text().unwrap_or_default();
            let message = "`one_of` goes with a list".to_owned();
            at.problem(problems, ProblemCode::WrongType, message)
                .hint(format!("`equals: {word}`, or `one_of: [{word}]`"));
            return None;
        }
        let items = match is_one {
            true => vec![at.clone()],
            false => at.items(problems),
        };
        let mut read = Vec::new();
        for item in items {
            let text = item.text(problems)?;
            if unit == LeafUnit::Fact(FactUnit::Tier) && !self.names.tiers.iter().any(|t| t == text)
            {
                item.unknown(
                    problems,
                    "tier",
                    text,
                    self.names.tiers.iter().map(String::as_str),
                );
                return None;
            }
            read.push(text.to_owned());
        }
        Some(read)
    }
}

fn fact_source(at: &Cursor<'_>, problems: &mut Problems) -> Option<(Source, LeafUnit)> {
    let text = at.text(problems)?;
    let found = FACTS.iter().find(|fact| fact.name == text);
    if found.is_none() {
        at.unknown(problems, "fact", text, FACTS.iter().map(|fact| fact.name));
    }
    found.map(|fact| (Source::Fact(fact.name), LeafUnit::Fact(fact.unit)))
}

fn count(at: &Cursor<'_>, problems: &mut Problems) -> Option<f64> {
    let number = at.number(0.0, f64::from(COUNT_MAX), problems)?;
    if number.fract() != 0.0 {
        let message = format!("a whole number was expected, here is {number}");
        at.problem(problems, ProblemCode::WrongUnit, message)
            .hint(format!("`{}` or `{}`", number.floor(), number.ceil()));
        return None;
    }
    Some(number)
}

/// A number in the range of the unit, or a band for a score.
fn threshold(at: &Cursor<'_>, unit: LeafUnit, problems: &mut Problems) -> Option<Threshold> {
    match (unit, at.raw_text()) {
        (LeafUnit::Signal(Unit::Score), Some("accept")) => Some(Threshold::Accept),
        (LeafUnit::Signal(Unit::Score), Some("floor")) => Some(Threshold::Floor),
        (LeafUnit::Signal(Unit::Count), _) => count(at, problems).map(Threshold::Number),
        (LeafUnit::Signal(Unit::Polarity), _) => {
            at.number(-1.0, 1.0, problems).map(Threshold::Number)
        }
        _ => at.number(0.0, 1.0, problems).map(Threshold::Number),
    }
}

/// The unit of what a leaf reads, signal or fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LeafUnit {
    Signal(Unit),
    Fact(FactUnit),
}

impl LeafUnit {
    pub fn is_text(self) -> bool {
        matches!(self, Self::Fact(FactUnit::Text | FactUnit::Tier))
    }

    pub fn name(self) -> &'static str {
        match self {
            Self::Signal(Unit::Flag) | Self::Fact(FactUnit::Flag) => "a flag",
            Self::Signal(Unit::Count) => "a count",
            Self::Signal(Unit::Score) => "a score from 0 to 1",
            Self::Signal(Unit::Polarity) => "a mood from -1 to 1",
            Self::Fact(FactUnit::Text) => "a word",
            Self::Fact(FactUnit::Tier) => "a tier",
        }
    }

    pub fn tests(self) -> &'static [&'static str] {
        match self {
            Self::Signal(Unit::Flag) | Self::Fact(FactUnit::Flag) => &["is"],
            Self::Signal(Unit::Count) => {
                &["at_least", "at_most", "above", "below", "equals", "one_of"]
            }
            Self::Signal(Unit::Score | Unit::Polarity) => {
                &["at_least", "at_most", "above", "below"]
            }
            Self::Fact(FactUnit::Text | FactUnit::Tier) => &["equals", "one_of"],
        }
    }

    /// What to write, with an example.
    fn hint(self) -> String {
        let example = match self {
            Self::Signal(Unit::Flag) | Self::Fact(FactUnit::Flag) => {
                return "write `is: true` or `is: false`".to_owned();
            }
            Self::Signal(Unit::Count) => "`at_least: 3`",
            Self::Signal(Unit::Score) => "`at_least: 0.7`, or `below: accept` for the band",
            Self::Signal(Unit::Polarity) => "`at_most: -0.6`",
            Self::Fact(FactUnit::Text) => "`equals: pro`",
            Self::Fact(FactUnit::Tier) => "`one_of: [business, enterprise]`",
        };
        let tests = self.tests().join(", ");
        format!("{} goes with: {tests}; for example {example}", self.name())
    }
}
