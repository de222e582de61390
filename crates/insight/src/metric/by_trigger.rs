//! Handoffs by trigger.

use segue_model::escalation::Trigger;

use super::{BEGAN, Definition};

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "by_trigger",
    name: "Triggers",
    formula: "handoffs by the class of the rule that asked for them",
    unit: "handoffs",
    population: "handoffs of live conversations; a conversation with two handoffs counts twice",
    window: BEGAN,
    small_sample: super::SMALL_COUNT,
    target: None,
    shown: "those of the bar",
    source: "science §1.1 (mandatory, requested and measured triggers are to be told apart)",
};

/// The key and the name for people.
pub(crate) const fn words(trigger: Trigger) -> (&'static str, &'static str) {
    match trigger {
        Trigger::LowConfidence => ("low_confidence", "Low confidence"),
        Trigger::OptOut => ("opt_out", "Asked for a person"),
        Trigger::Repeat => ("repeat", "Same concern again"),
        Trigger::Sentiment => ("sentiment", "Negative mood"),
        Trigger::Vip => ("vip", "White-glove customer"),
        Trigger::Compliance => ("compliance", "Compliance"),
        Trigger::Fallback => ("fallback", "No answer twice"),
        Trigger::ToolFailure => ("tool_failure", "Tool failure or time-out"),
        Trigger::HighStakes => ("high_stakes", "High-stakes topic"),
        Trigger::Complexity => ("complexity", "Multi-step work"),
        Trigger::Agent => ("agent", "Taken by an agent"),
        Trigger::Assistant => ("assistant", "Asked for by the assistant"),
        Trigger::Unavailable => ("unavailable", "A check had failed"),
        Trigger::Rule => ("rule", "Another rule"),
    }
}

/// The class that a word of the wire names.
pub(crate) fn of_word(word: &str) -> Option<Trigger> {
    ALL.into_iter().find(|trigger| words(*trigger).0 == word)
}

const ALL: [Trigger; 14] = [
    Trigger::LowConfidence,
    Trigger::OptOut,
    Trigger::Repeat,
    Trigger::Sentiment,
    Trigger::Vip,
    Trigger::Compliance,
    Trigger::Fallback,
    Trigger::ToolFailure,
    Trigger::HighStakes,
    Trigger::Complexity,
    Trigger::Agent,
    Trigger::Assistant,
    Trigger::Unavailable,
    Trigger::Rule,
];
