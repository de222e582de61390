//! The gateway over real sockets: a client, the server's router, and a model that does
//! as it is told.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod model;
mod world;

mod cuts;
mod failures;
mod promises;
mod streams;
mod whose;
