//! The gateway: an OpenAI-compatible endpoint in front of an assistant's own model.
//!
//! The assistant's developer changes the base address and nothing else. Each request is
//! a turn: the verdict comes before the first token, and what streams through is cut
//! the moment that the floor passes. It keeps no conversation of its own: who may
//! speak is asked of the service.
