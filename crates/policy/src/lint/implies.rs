//! Whether one condition leads to another or excludes it. Careful in one direction:
//! it says yes only where it is certain, so a warning is never wrong.

use crate::definition::{Condition, Leaf, Test};

use super::number;

/// Whether `b` holds whenever `a` does.
pub(super) fn implies(a: &Condition, b: &Condition) -> bool {
    if a == b {
        return true;
    }
    match (a, b) {
        (Condition::Any(parts), _) => parts.iter().all(|part| implies(part, b)),
        (_, Condition::All(parts)) => parts.iter().all(|part| implies(a, part)),
        (_, Condition::Any(parts)) if parts.iter().any(|part| implies(a, part)) => true,
        (Condition::All(parts), _) => parts.iter().any(|part| implies(part, b)),
        (Condition::Leaf(a), Condition::Leaf(b)) => leaf_implies(a, b),
        _ => false,
    }
}

/// Whether `a` and `b` never hold together.
pub(super) fn excludes(a: &Condition, b: &Condition) -> bool {
    match (a, b) {
        (Condition::Not(part), other) | (other, Condition::Not(part)) => implies(other, part),
        (Condition::Leaf(a), Condition::Leaf(b)) if a.source == b.source => {
            match (&a.test, &b.test) {
                (Test::Is(a), Test::Is(b)) => a != b,
                (Test::Words(a), Test::Words(b)) => !a.iter().any(|word| b.contains(word)),
                (a, b) => match (Range::of(a), Range::of(b)) {
                    (Some(a), Some(b)) => a.is_below(&b) || b.is_below(&a),
                    _ => false,
                },
            }
        }
        _ => false,
    }
}

fn leaf_implies(a: &Leaf, b: &Leaf) -> bool {
    if a.source != b.source {
        return false;
    }
    match (&a.test, &b.test) {
        (Test::Words(a), Test::Words(b)) => a.iter().all(|word| b.contains(word)),
        (Test::OneOf(a), b) => {
            Range::of(b).is_some_and(|range| a.iter().all(|number| range.contains(*number)))
        }
        (a, b) => match (Range::of(a), Range::of(b)) {
            (Some(a), Some(b)) => a.is_within(&b),
            _ => false,
        },
    }
}

/// The numbers a test lets through, with whether each end belongs to them.
struct Range {
    from: (f64, bool),
    to: (f64, bool),
}

impl Range {
    fn of(test: &Test) -> Option<Self> {
        let (lowest, highest) = ((f64::NEG_INFINITY, true), (f64::INFINITY, true));
        Some(match test {
            Test::AtLeast(it) => Self {
                from: (number(it)?, true),
                to: highest,
            },
            Test::Above(it) => Self {
                from: (number(it)?, false),
                to: highest,
            },
            Test::AtMost(it) => Self {
                from: lowest,
                to: (number(it)?, true),
            },
            Test::Below(it) => Self {
                from: lowest,
                to: (number(it)?, false),
            },
            Test::Equals(it) => Self {
                from: (*it, true),
                to: (*it, true),
            },
            Test::Is(_) | Test::OneOf(_) | Test::Words(_) => return None,
        })
    }

    fn contains(&self, number: f64) -> bool {
        (number > self.from.0 || (self.from.1 && number >= self.from.0))
            && (number < self.to.0 || (self.to.1 && number <= self.to.0))
    }

    fn is_within(&self, other: &Self) -> bool {
        let starts = self.from.0 > other.from.0
            || (self.from.0 >= other.from.0 && (other.from.1 || !self.from.1));
        let ends =
            self.to.0 < other.to.0 || (self.to.0 <= other.to.0 && (other.to.1 || !self.to.1));
        starts && ends
    }

    /// Whether all of it lies below all of the other.
    fn is_below(&self, other: &Self) -> bool {
        self.to.0 < other.from.0 || (self.to.0 <= other.from.0 && !(self.to.1 && other.from.1))
    }
}
