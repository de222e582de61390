//! Handoffs by root cause.

use segue_model::escalation::RootCause;

use super::group::grouped;
use super::{BEGAN, Definition};
use crate::cohort::Cohort;
use crate::dashboard::Group;

/// What it is.
pub(crate) const DEFINITION: Definition = Definition {
    id: "by_root_cause",
    name: "Root causes",
    formula: "handoffs by the cause that the agent named when resolving or handing back",
    unit: "handoffs",
    population: "handoffs of live conversations that an agent dealt with",
    window: BEGAN,
    target: None,
    shown: "those of the bar",
    source: "science §1.6; design §4",
};

pub(crate) fn measure(cohort: &Cohort<'_>) -> Vec<Group> {
    grouped(
        cohort,
        |it| it.root_cause,
        |cause| {
            let (key, label) = words(cause);
            (key.to_owned(), label.to_owned())
        },
    )
}

const fn words(cause: RootCause) -> (&'static str, &'static str) {
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
