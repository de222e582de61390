//! Whether a condition holds. Four answers instead of two, so that a missing
//! reading never passes for a negative one.

use segue_model::fact::{FactValue, Facts};
use segue_model::signal::{Reading, SignalKind, Signals};

use crate::definition::{Condition, Leaf, Source, Test, Threshold, Topic};
use crate::words::{FACTS, FactUnit};

/// What came of judging a condition. The order makes `all` the minimum and `any` the
/// maximum of their parts: one missed part settles an `all`, one that holds an `any`.
/// Only [`Truth::Held`] fires, and turning [`Truth::Absent`] round leaves it absent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Truth {
    /// It was judged and does not hold.
    Missed,
    /// Nobody supplied what it reads.
    Absent,
    /// What it reads was asked for and failed.
    Unavailable,
    /// It holds.
    Held,
}

/// What a turn is judged on.
pub(crate) struct Scene<'a> {
    pub signals: &'a Signals,
    pub facts: &'a Facts,
    pub topics: TopicBits,
    pub kinds: Numbers,
    /// The bands in force.
    pub floor: f64,
    pub accept: f64,
}

/// How many signals have fixed names.
const KINDS: usize = SignalKind::ALL.len();
const _: () = assert!(KINDS <= 64, "one bit each in a word");

/// The readings of the signals with fixed names, packed for comparison: a rule table
/// reads each of them several times.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Numbers {
    values: [f64; KINDS],
    present: u64,
    unavailable: u64,
}

impl Numbers {
    /// Packs the readings.
    pub fn new(signals: &Signals) -> Self {
        let mut packed = Self {
            values: [0.0; KINDS],
            present: 0,
            unavailable: 0,
        };
        for ((kind, slot), index) in SignalKind::ALL.iter().zip(&mut packed.values).zip(0..) {
            match signals.get(*kind) {
                Reading::Present(signal) => {
                    *slot = signal.value.number();
                    packed.present |= bit(index);
                }
                Reading::Unavailable { .. } => packed.unavailable |= bit(index),
                Reading::Absent => {}
            }
        }
        packed
    }

    /// The value of a signal that was measured.
    fn get(&self, kind: SignalKind) -> Option<f64> {
        let index = kind as usize;
        let is_present = self.present & bit(index) != 0;
        self.values.get(index).copied().filter(|_| is_present)
    }

    fn has_failed(&self, kind: SignalKind) -> bool {
        self.unavailable & bit(kind as usize) != 0
    }
}

/// The readings of up to 64 topics, one bit each, by their place in the policy.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct TopicBits {
    pub found: u64,
    pub missed: u64,
    pub unavailable: u64,
}

impl TopicBits {
    /// Places the detector's readings. It usually has the policy's own order, and then
    /// nothing is searched.
    pub fn new(topics: &[Topic], signals: &Signals) -> Self {
        let mut bits = Self::default();
        for (guess, (key, reading)) in signals.topics().iter().enumerate() {
            let is_guess_right = topics.get(guess).is_some_and(|topic| topic.key == *key);
            let index = match is_guess_right {
                true => Some(guess),
                false => topics.iter().position(|topic| topic.key == *key),
            };
            let bit = index.map_or(0, bit);
            match reading {
                Reading::Present(signal) if signal.value.number() > 0.0 => bits.found |= bit,
                Reading::Present(_) => bits.missed |= bit,
                Reading::Unavailable { .. } => bits.unavailable |= bit,
                Reading::Absent => {}
            }
        }
        bits
    }

    /// The first found topic, by the policy's order.
    pub fn leading(self) -> Option<usize> {
        (self.found != 0).then(|| self.found.trailing_zeros() as usize)
    }

    fn truth(self, index: usize, wanted: bool) -> Truth {
        let bit = bit(index);
        match () {
            () if self.unavailable & bit != 0 => Truth::Unavailable,
            () if self.found & bit != 0 => held(wanted),
            () if self.missed & bit != 0 => held(!wanted),
            () => Truth::Absent,
        }
    }
}

fn bit(index: usize) -> u64 {
    u32::try_from(index)
        .ok()
        .and_then(|index| 1_u64.checked_shl(index))
        .unwrap_or(0)
}

fn held(holds: bool) -> Truth {
    if holds { Truth::Held } else { Truth::Missed }
}

impl Scene<'_> {
    /// Judges a condition. Total and bounded: the tree's size was checked on loading.
    pub fn truth(&self, condition: &Condition) -> Truth {
        match condition {
            Condition::Leaf(leaf) => self.leaf(leaf),
            Condition::All(parts) => {
                let mut least = Truth::Held;
                for part in parts {
                    least = least.min(self.truth(part));
                    if least == Truth::Missed {
                        break;
                    }
                }
                least
            }
            Condition::Any(parts) => {
                let mut most = Truth::Missed;
                for part in parts {
                    most = most.max(self.truth(part));
                    if most == Truth::Held {
                        break;
                    }
                }
                most
            }
            Condition::Not(part) => match self.truth(part) {
                Truth::Held => Truth::Missed,
                Truth::Missed => Truth::Held,
                open => open,
            },
            Condition::Count { at_least, of } => self.count(*at_least, of),
        }
    }

    /// Judges "at least n of": by what is certain, then by what could still be.
    fn count(&self, at_least: u32, of: &[Condition]) -> Truth {
        let (mut held, mut unavailable, mut absent) = (0_u32, 0_u32, 0_u32);
        for part in of {
            match self.truth(part) {
                Truth::Held => held += 1,
                Truth::Unavailable => unavailable += 1,
                Truth::Absent => absent += 1,
                Truth::Missed => {}
            }
        }
        match at_least {
            n if held >= n => Truth::Held,
            n if held + unavailable >= n => Truth::Unavailable,
            n if held + unavailable + absent >= n => Truth::Absent,
            _ => Truth::Missed,
        }
    }

    pub fn leaf(&self, leaf: &Leaf) -> Truth {
        #[cfg(test)]
        work::count();
        match leaf.source {
            Source::Topic(index) => self.topics.truth(index, leaf.test != Test::Is(false)),
            Source::Signal(kind) => match self.kinds.get(kind) {
                Some(number) => held(self.passes(number, &leaf.test)),
                None if self.kinds.has_failed(kind) => Truth::Unavailable,
                None => Truth::Absent,
            },
            Source::Fact(name) => self.fact(name, &leaf.test),
        }
    }

    fn passes(&self, number: f64, test: &Test) -> bool {
        match test {
            Test::Is(wanted) => (number > 0.0) == *wanted,
            Test::AtLeast(threshold) => number >= self.threshold(*threshold),
            Test::AtMost(threshold) => number <= self.threshold(*threshold),
            Test::Above(threshold) => number > self.threshold(*threshold),
            Test::Below(threshold) => number < self.threshold(*threshold),
            // Counts are whole, so they compare exactly as numbers.
            Test::Equals(wanted) => same(number, *wanted),
            Test::OneOf(wanted) => wanted.iter().any(|wanted| same(number, *wanted)),
            Test::Words(_) => false,
        }
    }

    /// A fact that is not known is absent, unless the lookup failed; one of the wrong
    /// type is as good as a failed lookup.
    fn fact(&self, name: &str, test: &Test) -> Truth {
        match (self.facts.known.get(name), test) {
            (None, _) if self.facts.lookup_failed.is_some() => Truth::Unavailable,
            (None, _) => Truth::Absent,
            (Some(FactValue::Flag(flag)), Test::Is(wanted)) => held(flag == wanted),
            (Some(FactValue::Text(text)), Test::Words(words)) => held(words.contains(text)),
            (Some(_), _) => Truth::Unavailable,
        }
    }

    pub fn threshold(&self, threshold: Threshold) -> f64 {
        match threshold {
            Threshold::Number(number) => number,
            Threshold::Floor => self.floor,
            Threshold::Accept => self.accept,
        }
    }

    /// The value a leaf reads, as a number; `None` if it is not there or a word.
    pub fn value(&self, source: Source) -> Option<f64> {
        match source {
            Source::Topic(index) => match self.topics.truth(index, true) {
                Truth::Held => Some(1.0),
                Truth::Missed => Some(0.0),
                _ => None,
            },
            Source::Signal(kind) => self.kinds.get(kind),
            Source::Fact(name) => self.facts.flag(name).map(|flag| f64::from(u8::from(flag))),
        }
    }

    /// Whether any detector ran and failed.
    pub fn has_failed_detector(&self) -> bool {
        (self.topics.unavailable | self.kinds.unavailable) != 0
    }

    /// Why a fact cannot be judged.
    pub fn fact_failure(&self, name: &str) -> String {
        match (&self.facts.lookup_failed, self.facts.known.get(name)) {
            (Some(reason), None) => format!("{name}: the lookup failed: {reason}"),
            _ => {
                let is_flag = FACTS
                    .iter()
                    .any(|fact| fact.name == name && fact.unit == FactUnit::Flag);
                let expected = if is_flag { "yes or no" } else { "a word" };
                format!("{name}: the lookup gave something other than {expected}")
            }
        }
    }
}

#[cfg(test)]
mod work;

fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < 0.5
}
