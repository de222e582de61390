//! Connections as their users have them: the service over a store in memory, the real
//! adapters, and on the other side of a real socket somebody's program, made from that
//! program's documents.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod bots;
mod chatwoot;
mod desks;
mod document;
mod facts;
mod fake;
mod news;
mod world;
