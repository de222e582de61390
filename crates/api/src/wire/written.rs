//! How words that somebody wrote are taken out of a body.

use segue_model::words::as_written;
use serde::{Deserialize, Deserializer};

/// What is kept of a text.
pub(super) fn written<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    String::deserialize(from).map(as_written)
}

/// The same where there may be none.
pub(super) fn written_if_any<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<String>, D::Error> {
    Ok(Option::<String>::deserialize(from)?.map(as_written))
}
