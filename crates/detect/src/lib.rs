//! What Segue observes in a conversation: turns in, signals out.
//!
//! [`Detector::observe`] folds one turn at a time into a bounded [`Memory`];
//! [`Detector::signals`] reads all signals of the latest customer turn from it.
//! Both are pure and take microseconds, whatever the length of the conversation.
//! The detector decides nothing: what follows from a signal is the policy's.
//!
//! The rules, the lexicon and the synonyms lie in `data/` as plain text; begin
//! reading with `data/rules.txt`. All weights in them are set by hand. Trained
//! models join them: [`heads`] say what a turn asks for, [`concerns`] whether it
//! asks for the same again, [`sentiment`] how the customer feels, [`risk`] where the
//! conversation is heading; [`own`] are those that operators learn from lines of their
//! own. They lie in `models/` with a card each, are fitted by `segue train` on train
//! splits, and are measured on others by `tests/data.rs` and `tests/challenge.rs`.

pub mod asks;
mod builtin;
mod complexity;
pub mod concerns;
mod detector;
mod dice;
mod features;
mod fold;
pub mod heads;
mod linear;
mod memory;
mod mood;
pub mod own;
pub mod reask;
pub mod risk;
pub mod redact;
mod rules;
mod scope;
pub mod sentiment;
mod shape;
mod promises;
mod sketch;
mod table;
mod token;
mod topics;
mod vocabulary;

pub mod measure;

pub use detector::{Detector, Flow, Observed};
pub use memory::Memory;
pub use mood::MoodLabel;
pub use promises::{Backing, Promise, could_promise};
pub use scope::Scope;
pub use topics::{
    PATTERN_CHARS_MAX, PATTERN_COMPILED_BYTES_MAX, PATTERNS_MAX, PHRASES_MAX, TopicError,
};

/// The names of the built-in topics: the high-stakes ones of the design, then
/// those that name queues (`billing`, `technical`, `shipping`, `account`).
pub fn builtin_topics() -> &'static [&'static str] {
    builtin::TOPIC_NAMES
}
