//! Limits that more than one room keeps. Each is a named constant with a unit.

/// The longest text of one turn, note or draft, in bytes (S-20, F25).
pub const TURN_TEXT_BYTES_MAX: usize = 16 * 1024;
/// The longest name, subject or reason that a person types, in bytes.
pub const SHORT_TEXT_BYTES_MAX: usize = 512;
/// The longest idempotency key, in bytes.
pub const IDEMPOTENCY_KEY_BYTES_MAX: usize = 128;
/// How many times the floor may pass between assistant and people between two
/// customer turns; then it stays with people (I16, F41).
pub const FLOOR_ALTERNATIONS_MAX: u32 = 3;
/// How many hand-backs one conversation may have (I16).
pub const HAND_BACKS_MAX: u32 = 5;
/// How many turns one conversation may have.
pub const TURNS_MAX: u32 = 10_000;
/// How long after its end a conversation reopens when the customer writes again, in hours.
pub const REOPEN_WINDOW_HOURS: u64 = 72;
/// How long an agent may take to wrap up what the customer has ended, in minutes, since
/// anything was last written there. Then it ends without a root cause and the slot is
/// free: an agent who forgot it, or is gone, blocks nobody.
pub const WRAP_UP_MINUTES_MAX: u64 = 10;

const _: () = assert!(SHORT_TEXT_BYTES_MAX < TURN_TEXT_BYTES_MAX);
const _: () = assert!(FLOOR_ALTERNATIONS_MAX < HAND_BACKS_MAX);
