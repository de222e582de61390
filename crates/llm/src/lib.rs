//! Language models, behind any OpenAI-compatible endpoint.
//!
//! What leaves is redacted first and restored on return; what it costs has a budget
//! per workspace and day; what keeps failing is left alone for a while. A model
//! is asked for words, never for a decision: nothing here changes a conversation.
//! Begin with [`Client`].

mod breaker;
mod budget;
mod client;
mod outgoing;
mod settings;
mod stream;
mod wire;

pub use client::Client;
pub use settings::{Settings, SettingsError};
