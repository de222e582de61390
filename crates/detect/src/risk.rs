//! How likely it is that this ends with an annoyed customer if the assistant goes
//! on, over the whole conversation.
//!
//! A logistic regression over what the conversation has been like so far
//! ([`course`]): how the customer speaks, what the assistant's answers were like,
//! and the customer's own words, by a text model of its own. The weights lie in
//! `models/risk.bin`, made by `segue train`; the card beside it says from what.
//! What no labelled conversation shows often enough (a failed tool, distress, a
//! wish for a person) keeps a weight set by hand (`science.md` §3.3–3.4).
//!
//! Risk decays slowly: that of a turn is at least 0.7 of that of the turn before.

mod course;
mod fit;
pub mod learn;
mod model;

use crate::complexity::Complexity;
use crate::features::Features;
use crate::memory::Memory;

pub(crate) use course::{Course, Manner, Said};
use model::{SHIPPED, TextSums};

/// What remains of the risk from one customer turn to the next (`science.md` §3.4).
const DECAY: f64 = 0.7;

/// What the shipped text models say of a customer's turn; the complexity gets what
/// its words say of the actions that such requests take.
pub(crate) fn read(features: &Features, complexity: &mut Complexity) -> TextSums {
    let Some(model) = SHIPPED.as_ref() else {
        return TextSums::default();
    };
    let text = model.sums(&features.words);
    complexity.learn(model.actions(&text));
    text
}

/// The risk after the latest customer turn and, if there is one, its answer.
pub(crate) fn measure(memory: &Memory) -> f64 {
    let (Some(model), Some(_)) = (SHIPPED.as_ref(), &memory.latest) else {
        return 0.0;
    };
    let context = memory
        .course
        .context(memory, model.margin(&memory.course.text));
    decayed(model.risk(&context), memory.risk_before)
}

/// A risk that does not fall faster than it may.
fn decayed(risk: f64, before: f64) -> f64 {
    risk.max(DECAY * before)
}
