//! The order of the steps of one turn: detect, policy, floor, packet.
//!
//! A [`Ruleset`] is a policy with the detector that looks for its topics. It
//! judges a customer's turn ([`judge_turn`]) and an assistant's answer before
//! the customer sees it ([`judge_answer`]); a turn while people have the floor is judged
//! beside them ([`judge_beside`], [`mod@rise`]); [`handoff`] prepares what a verdict
//! that escalates asks for, with the words the customer reads; [`packet`]
//! builds what the agent reads; [`mod@replay`] judges a conversation of a file, [`cases`] those
//! of a case file beside what must follow; [`explain`] says why a turn was decided so.
//! Everything here is pure: the same input gives the same bytes.

pub mod ruleset;
pub mod judge;
pub mod replay;
pub mod walk;
pub mod explain;
pub mod cases;
pub mod retrace;
pub mod what_if;
pub mod desk;
pub mod notice;
pub mod handoff;
pub mod rise;
pub mod packet;

pub use cases::CaseFile;
pub use desk::Situation;
pub use judge::{Judged, judge_again, judge_answer, judge_beside, judge_turn};
pub use ruleset::{Ruleset, RulesetError};
