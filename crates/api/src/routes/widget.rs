//! What the widget asks for.

pub mod session;
pub mod conversation;
mod browser;
