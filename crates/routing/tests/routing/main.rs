//! Routing at its interface.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

mod announcing;
mod build;
mod hours;
mod planning;
mod properties;
mod simulated;
mod waiting;
