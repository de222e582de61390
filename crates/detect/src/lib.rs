//! What Segue observes in a conversation: turns in, signals out.
