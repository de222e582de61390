//! Load, decide, append, act: conversations, routing, timers, outbox, live hub.
