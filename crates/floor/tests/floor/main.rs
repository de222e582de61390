//! The floor at its interface: `decide`, `evolve`, `due`.
//!
//! `world` makes commands from short actions, `auditor` judges what came of them by
//! rules of its own; the rest are cases, random streams, an enumeration and the
//! proof that the auditor sees faults.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod action;
mod auditor;
mod corners;
mod document;
mod enumeration;
mod mutants;
mod properties;
mod refusals;
mod transcripts;
mod world;
