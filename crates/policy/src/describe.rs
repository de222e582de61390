//! Conditions in words, for traces, near misses and `policy explain`.

use segue_model::signal::Unit;

use crate::definition::{Condition, Definition, Leaf, Source, Test, Threshold};
use crate::words::{FACTS, FactUnit};

/// Sentences show so many decimals; a score is not known more exactly.
const DECIMALS: f64 = 1e4;

/// A measured value in a sentence.
pub(crate) fn shown(value: f64) -> f64 {
    (value * DECIMALS).round() / DECIMALS
}

/// The condition as a clause: `anger is true and threat is true`.
pub(crate) fn condition(definition: &Definition, condition: &Condition) -> String {
    let list = |parts: &[Condition], word: &str| {
        parts
            .iter()
            .map(|part| nested(definition, part))
            .collect::<Vec<_>>()
            .join(word)
    };
    match condition {
        Condition::Leaf(it) => leaf(definition, it),
        Condition::All(parts) => list(parts, " and "),
        Condition::Any(parts) => list(parts, " or "),
        Condition::Not(part) => format!("not {}", nested(definition, part)),
        Condition::Count { at_least, of } => {
            format!("at least {at_least} of ({})", list(of, "; "))
        }
    }
}

fn nested(definition: &Definition, part: &Condition) -> String {
    let text = condition(definition, part);
    match part {
        Condition::All(parts) | Condition::Any(parts) if parts.len() > 1 => format!("({text})"),
        _ => text,
    }
}

/// One comparison: `repeat_count at least 3`.
pub(crate) fn leaf(definition: &Definition, leaf: &Leaf) -> String {
    format!("{} {}", source(definition, leaf.source), test(&leaf.test))
}

/// The name of what a leaf reads.
pub(crate) fn source(definition: &Definition, source: Source) -> String {
    match source {
        Source::Signal(kind) => kind.name().to_owned(),
        Source::Fact(name) => name.to_owned(),
        Source::Topic(index) => definition
            .topics
            .get(index)
            .map_or_else(String::new, |topic| format!("topic.{}", topic.key)),
    }
}

/// Whether a leaf reads yes or no.
pub(crate) fn is_flag(source: Source) -> bool {
    match source {
        Source::Topic(_) => true,
        Source::Signal(kind) => kind.unit() == Unit::Flag,
        Source::Fact(name) => FACTS
            .iter()
            .any(|fact| fact.name == name && fact.unit == FactUnit::Flag),
    }
}

fn test(test: &Test) -> String {
    let join = |words: Vec<String>| words.join(", ");
    match test {
        Test::Is(flag) => format!("is {flag}"),
        Test::AtLeast(it) => format!("at least {}", threshold(*it)),
        Test::AtMost(it) => format!("at most {}", threshold(*it)),
        Test::Above(it) => format!("above {}", threshold(*it)),
        Test::Below(it) => format!("below {}", threshold(*it)),
        Test::Equals(number) => format!("equals {number}"),
        Test::OneOf(numbers) => {
            format!(
                "one of {}",
                join(numbers.iter().map(ToString::to_string).collect())
            )
        }
        Test::Words(words) if words.len() == 1 => format!("is {}", join(words.clone())),
        Test::Words(words) => format!("one of {}", join(words.clone())),
    }
}

fn threshold(threshold: Threshold) -> String {
    match threshold {
        Threshold::Number(number) => number.to_string(),
        Threshold::Floor => "the floor".to_owned(),
        Threshold::Accept => "the accept band".to_owned(),
    }
}
