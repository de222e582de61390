//! What the shell needs from outside: store, clock, identities.
