//! Load, decide, append, act: the running service behind every entry point.
//!
//! One [`Service`] serves all workspaces of a store. A change goes through
//! `append.rs`: the conversation is loaded, a pure function decides, the
//! entry is appended under its version, epoch and key, and only then is
//! anybody told. What leaves for other people's programs goes through `outward.rs`. Four loops act on what was written: the assistant on the
//! outbox (`assistant.rs`), routing on who is there and what waits
//! (`router.rs`), the timers on what nobody did in time (`timers.rs`), and the
//! live hub on whoever watches (`hub.rs`).
//!
//! This crate knows neither HTTP nor SQL. Begin with `conversations.rs`.

pub mod service;
pub mod boot;
mod rebuild;
pub mod caller;
pub mod conversations;
mod prepare;
pub mod append;
#[cfg(debug_assertions)]
mod mutant;
pub mod cell;
pub mod assistant;
pub mod speech;
pub mod tool;
pub mod outward;
mod bots;
mod facts;
mod beside;
pub mod router;
pub mod timers;
pub mod desk;
pub mod figures;
pub mod hub;
pub mod read;
mod summary;
pub mod history;
pub mod report;
pub mod watched;
pub mod rollout;
pub mod review;
pub mod what_if;
pub mod cases;
pub mod knowledge;
pub mod learning;
pub mod identity;
pub mod failure;

pub use append::Done;
pub use caller::Caller;
pub use desk::Desk;
pub use failure::Failure;
pub use service::{Options, Outside, Service};
