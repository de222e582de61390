//! Was the customer asked for what the packet already said? Two tiers,
//! deterministic (science §1.2):
//!
//! 1. *generic*: the agent starts from nothing ("How can I help you?") although
//!    a concern was stated;
//! 2. *slot*: the agent asks for something that is known (an order number, an
//!    e-mail address, an error code, an amount, the device, what was tried).
//!    That alone is a suspicion; it is *confirmed* when the customer's next
//!    words contain the value that was known already: they had to repeat it.
//!
//! Generic and confirmed count. Not counted: a check of identity that says so,
//! and a question that quotes the known value, which is a confirmation.
//! English, German, French, Spanish, Italian and Portuguese; other languages find nothing,
//! which favors the agent.

mod patterns;
mod slots;

pub use slots::{Slot, SlotSet, Slots};

use patterns::{is_generic, is_request, is_verification, recalls, sentences};

/// What one message of an agent asks of the customer again.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Heard {
    /// Whether it starts from nothing although a concern was stated.
    pub is_generic: bool,
    /// What it asks for although it is known; to be confirmed by the answer.
    pub suspected: SlotSet,
    /// What it asks for to make sure who it is; not counted.
    pub verified: SlotSet,
    /// What it quotes to make sure; not counted.
    pub quoted: SlotSet,
}

/// Reads one message of an agent against what is known. `has_concern` says
/// whether the customer stated a concern before; without one there is nothing
/// that a generic question could ask again.
pub fn hear(text: &str, known: &Slots, has_concern: bool) -> Heard {
    let mut heard = Heard::default();
    let text = slots::normalize(text);
    let is_check = is_verification(&text);
    for sentence in sentences(&text) {
        heard.is_generic |= has_concern && is_generic(sentence);
        if !is_request(sentence) {
            continue;
        }
        for slot in Slot::ALL {
            if !known.is_filled(slot) || !patterns::asks_for(slot, sentence) {
                continue;
            }
            if slot.is_identity() && is_check {
                heard.verified.insert(slot);
            } else if quotes(slot, sentence, known) {
                heard.quoted.insert(slot);
            } else if slot != Slot::Tried || asks_known_step(sentence, known) {
                heard.suspected.insert(slot);
            }
        }
    }
    heard
}

/// Whether the sentence says itself what it asks for. A step that is named in a
/// question is only quoted if the sentence says that it knows: "have you tried
/// to restart?" is the very question that had been answered.
fn quotes(slot: Slot, sentence: &str, known: &Slots) -> bool {
    match slot {
        Slot::Tried => recalls(sentence),
        _ => known.recurs(sentence, SlotSet::of(slot)),
    }
}

/// Whether a question for steps is for those that are known: for none in
/// particular, or for one that was named before. A new step is a new question.
fn asks_known_step(sentence: &str, known: &Slots) -> bool {
    !slots::names_step(sentence) || known.recurs(sentence, SlotSet::of(Slot::Tried))
}

/// Whether the customer's words repeat a known value of a kind that was asked for again.
pub fn repeats(text: &str, known: &Slots, suspected: SlotSet) -> bool {
    !suspected.is_empty() && known.recurs(&slots::normalize(text), suspected)
}

/// Whether the agent's words show a value from the packet.
pub fn acknowledges(text: &str, known: &Slots) -> bool {
    known.recurs(&slots::normalize(text), SlotSet::ALL)
}
