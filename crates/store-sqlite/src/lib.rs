//! The log, the directory and the outbox in one SQLite file.
