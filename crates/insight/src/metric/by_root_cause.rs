//! Handoffs by root cause.

use segue_model::escalation::RootCause;

use super::{BEGAN, Definition};

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "by_root_cause",
    name: "Root causes",
    formula: "handoffs by the cause that the agent named when resolving or handing back",
    unit: "handoffs",
    population: "handoffs of live conversations that an agent dealt with",
    window: BEGAN,
    small_sample: super::SMALL_COUNT,
    target: None,
    shown: "those of the bar",
    source: "science §1.6; design §4",
};

/// The key and the name for people.
pub(crate) const fn words(cause: RootCause) -> (&'static str, &'static str) {
    match cause {
        RootCause::MissingKnowledge => ("AI_Missing_Knowledge", "Missing knowledge"),
        RootCause::Looping => ("AI_Looping", "Went in circles"),
        RootCause::ComplexTroubleshooting => ("Complex_Troubleshooting", "Complex troubleshooting"),
        RootCause::ToolFailure => ("Tool_Failure", "Tool failure"),
        RootCause::Policy => ("Policy", "Policy"),
        RootCause::CustomerRequest => ("Customer_Request", "Customer's request"),
        RootCause::WrongAnswer => ("AI_Wrong_Answer", "Wrong answer"),
    }
}
