//! The nouns of Segue: what two or more rooms exchange with one another.
//!
//! This crate holds plain values. It reads no clock, file, socket or random
//! source, and it knows neither HTTP nor SQL nor any vendor's JSON. The serde
//! form of an [`event::Event`] is the stored form: a change of it needs an
//! upcast and a fixture of the old shape.
//!
//! Begin with [`turn`] (what is said), [`signal`] (what is observed),
//! [`verdict`] (what follows), [`floor`] (who may speak) and [`event`] (what
//! happened).

pub mod id;
pub mod time;
pub mod limits;
pub mod turn;
pub mod signal;
pub mod fact;
pub mod verdict;
pub mod floor;
pub mod escalation;
pub mod event;
pub mod packet;
pub mod record;
pub mod share;
pub mod topic;
pub mod words;
