//! How the handoffs went: metrics as pure functions of the log.
//!
//! A [`Ledger`] folds the entries of all conversations of a workspace into one
//! small record each, and says from them what the [`Dashboard`] shows. Every
//! figure has one definition with formula, unit, population, window and source
//! (see [`metric::ALL`], printed as `docs/METRICS.md`), and every figure leads
//! back to its conversations.
//!
//! The ledger keeps no text: what people wrote is looked at once, when the
//! entry is folded, and only judgements and hashes of values stay. What is like what
//! among failures is answered from texts that are handed over for it ([`failures`]). It reads no
//! clock: the time of a question is part of the [`Query`].
//!
//! Begin with [`metric`], then [`Ledger::dashboard`].

pub mod alarm;
pub mod answers;
pub mod breakdown;
pub mod causes;
pub mod cases;
mod cohort;
pub mod dashboard;
mod episode;
pub mod failures;
mod hours;
mod interval;
mod ledger;
mod order;
pub mod metric;
pub mod open_data;
pub mod report;
pub mod rollout;
mod shift;
pub mod slice;
mod summary;
pub mod tune;
mod words;

pub use dashboard::Dashboard;
pub use ledger::{Ledger, Query, SHOWN};
pub use summary::VerdictSummary;
