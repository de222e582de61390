//! What stands on the wire: own types, converted by hand from the model, so
//! that neither changes the other by accident. Inputs are closed: an unknown
//! key is an error.

pub mod words;
mod written;
pub mod instant;
pub mod timeline;
pub mod state;
pub mod inbox;
pub mod hint;
pub mod packet;
pub mod live;
pub mod conversation;
pub mod identity;
pub mod widget;
pub mod settings;
pub mod rollout;
pub mod trying;
pub mod what_if;
pub mod tuning;
pub mod explained;
pub mod review;
pub mod learning;
pub mod dashboard;
pub mod report;
pub mod service;
pub mod breakdown;

pub use instant::Instant;
