//! How the handoffs went: metrics as pure functions of the log.
