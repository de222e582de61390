//! What tests share: the memory store, the contract suite, clocks driven by hand.
//!
//! A store is right when it passes [`contract_tests!`]; the memory store is the
//! shortest reading of what the ports mean. This crate is for tests only, so it
//! asserts where other rooms return errors. Begin with [`contract`]; a language model
//! that does what a test says is [`model::ScriptedModel`].

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failing expectation is what this crate is for"
)]

mod clock;
pub mod contract;
mod folder;
pub mod injection;
mod memory;
pub mod model;
pub mod policies;
pub mod sample;

pub use clock::ManualClock;
pub use folder::TempFolder;
pub use memory::MemoryStore;
