//! A model's version of the packet, and its answers to customers: what it is asked, and
//! what of its words may be shown.
//!
//! [`request`] lays the conversation out as data; [`read`] takes the answer as a value
//! and keeps of it what has a ground in the turns that it cites. The guard is a filter,
//! no proof: it compares words, numbers, labels, speakers and outcomes, and a sentence
//! that twists what all of these leave open passes (`docs/MODELS.md` says what).

mod answer;
mod claims;
mod guard;
mod reader;
mod request;

pub use answer::{
    ARTICLE_SENTENCES_MAX, GivenUp, SENTENCES_MAX, Sentences, TOLD_CHARS_MAX, answer_request,
    article_request,
};
pub use guard::answer_sentence;
pub use reader::{Unreadable, read};
pub use request::{Request, request};

use segue_model::event::Opening;
use segue_model::fact::Facts;
use segue_model::turn::Turn;

/// What a model's version is asked from and held against.
#[derive(Debug, Clone, Copy)]
pub struct Known<'a> {
    /// What everybody in the conversation has seen, in order.
    pub turns: &'a [Turn],
    /// What it was opened with.
    pub opening: &'a Opening,
    /// What is known of the customer.
    pub facts: &'a Facts,
    /// The name of the agent who will probably answer.
    pub agent_name: Option<&'a str>,
}
