//! The gateway: an OpenAI-compatible endpoint in front of an assistant's own model.
//!
//! The assistant's developer changes the base address and nothing else. Each request is
//! a turn: the verdict comes before the first token, and what streams through is cut
//! the moment that the floor passes. It keeps no conversation of its own: who may
//! speak is asked of the service.
//!
//! Begin with [`router`], then `door.rs` (what follows from a request), `place.rs` (whose
//! conversation it is), `relay.rs` (the stream) and `hold.rs` (what of it is held back).

#![expect(
    clippy::indexing_slicing,
    reason = "of JSON alone: a name that is not there reads as null, and what is written to is an object made here"
)]

mod settings;
mod raw;
mod request;
mod place;
mod hold;
mod events;
mod upstream;
mod answer;
mod ending;
mod relay;
mod whole;
mod door;
mod refusal;

pub use door::router;
pub use settings::{Gateway, Section, SettingsError};
