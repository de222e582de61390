//! Who may speak to the customer, and what may change that.
//!
//! The floor is one sum type with an epoch. [`decide`] takes the state of a
//! conversation and a command and answers with events and effects, or with a
//! refusal that says why; [`evolve`] copies events into the state. Both are
//! synchronous and total: they read no clock, file, socket or random source,
//! so yesterday's events replayed under today's code give yesterday's state.
//!
//! What this crate will never do: measure a text, judge a policy, pick an
//! agent, or know how a store or a socket works. Begin with [`State`], then
//! [`Command`], then the files of `decide` in the order of a conversation.

pub mod command;
pub mod deadline;
pub mod decide;
pub mod decision;
pub mod refused;
pub mod state;

pub use command::{Answer, Command, Handoff, Recalled, Rise, Say, Waiting};
pub use deadline::{Due, Settings, due, next_deadline};
pub use decide::{Context, decide};
pub use decision::{Decision, Effect, Said};
pub use refused::Refused;
pub use state::{Escalation, LastAnswer, Served, Stage, State, evolve};
