//! What follows from the signals: the policy file, its rules, and the trace of a verdict.
//!
//! A policy is one YAML file. [`Policy::parse`] checks it strictly and says what is
//! wrong with line and column; what it returns cannot fail any more: [`Policy::decide`]
//! is a pure, total function from signals and facts to a verdict with its trace.
//!
//! Beside a policy lies a case file ([`CaseFile`]): conversations with what must follow.
//!
//! This crate detects nothing, reads no clock and changes no floor. Begin with
//! [`definition`] (what a policy says) and [`Policy::decide`] (what follows).

pub mod cases;
mod decide;
pub mod definition;
mod describe;
pub mod diff;
mod explain;
mod grammar;
pub mod lint;
mod near;
mod policy;
mod print;
pub mod problem;
mod read;
mod standing;
mod reference;
mod schema;
mod trace;
mod tree;
mod truth;
pub mod wording;
mod words;

pub use crate::cases::{BUILTIN_CASES, CaseFile};
pub use crate::decide::{Stage, builtin};
pub use crate::diff::{Change, ChangeKind};
pub use crate::lint::Lint;
pub use crate::policy::Policy;
pub use crate::problem::Problem;
pub use crate::reference::reference;
pub use crate::schema::schema;
