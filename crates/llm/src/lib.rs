//! Language models, behind any OpenAI-compatible endpoint.
//!
//! What leaves is redacted first and restored on return; what it costs has a budget
//! per workspace and day; what keeps failing is left alone for a while. A model
//! is asked for words, never for a decision: nothing here changes a conversation.
