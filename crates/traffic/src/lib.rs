//! Believable synthetic history: weeks of conversations as entries of the log, with causes
//! planted in them that somebody is to find.
//!
//! What people ask, how well the assistant knows it, who is kept waiting and who comes back
//! are drawn from a seed; what follows from a turn or an answer is decided by the real
//! detectors and the company's real policy. In every history there are campaigns, holidays,
//! outages and new products that are no causes, so that a finder which only sees change
//! finds too much.
//!
//! The history is marked as the demo's and never passes for live. This crate reads no clock,
//! file or random source: the seed and the end of the last week are arguments.
//!
//! Begin with [`Plan`] and [`Traffic`], then [`Season`] for what is drawn.

mod company;
mod concerns;
mod dice;
mod season;
mod talk;
mod tell;
mod traffic;
mod words;

pub use company::{Article, Colleague, Company, Person, people};
pub use season::{Happening, Plan, Plant, Planted, Season};
pub use tell::Written;
pub use traffic::{Told, Traffic};
