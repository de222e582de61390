//! The API at its interface: requests in, status, headers and bodies out, over
//! a store in memory.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod world;

mod actions;
mod answers;
mod assistant;
mod bodies;
mod browser;
mod codes;
mod document;
mod elsewhere;
mod handoffs;
mod identity;
mod injections;
mod judging;
mod learning;
mod live;
mod once;
mod proposals;
mod roles;
mod rollout;
mod settings;
mod summaries;
mod trials;
mod trying;
mod widget;
