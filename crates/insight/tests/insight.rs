//! The figures, as those who ask the ledger see them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

#[path = "insight/answers.rs"]
mod answers;
#[path = "insight/breakdown.rs"]
mod breakdown;
#[path = "insight/failures.rs"]
mod failures;
#[path = "insight/figures.rs"]
mod figures;
#[path = "insight/log.rs"]
mod log;
#[path = "insight/open_data.rs"]
mod open_data;
#[path = "insight/page.rs"]
mod page;
#[path = "insight/properties.rs"]
mod properties;
#[path = "insight/report.rs"]
mod report;
#[path = "insight/retention.rs"]
mod retention;
#[path = "insight/rollout.rs"]
mod rollout;
#[path = "insight/service.rs"]
mod service;
#[path = "insight/size.rs"]
mod size;
#[path = "insight/tune.rs"]
mod tune;
