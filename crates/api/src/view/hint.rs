//! Hints on the wire.

use segue_engine::packet::hint::{Asked as Known, Hint as Model};

use crate::wire::hint::{Asked, Hint};

/// One hint.
pub fn hint(hint: Model) -> Hint {
    Hint {
        asked: match hint.asked {
            Known::Concern => Asked::Concern,
            Known::Reference => Asked::Reference,
            Known::Email => Asked::Email,
            Known::ErrorCode => Asked::ErrorCode,
            Known::Amount => Asked::Amount,
            Known::Device => Asked::Device,
            Known::Tried => Asked::Tried,
        },
        value: hint.value,
        turn: Some(hint.turn.0).filter(|turn| *turn > 0),
    }
}
