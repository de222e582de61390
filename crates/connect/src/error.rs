//! What can be wrong with what the operator wrote.

use segue_outbound::{OutboundError, SecretError};

/// A connection cannot be set up. Names the section and the key that is wrong.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// A value is missing, or is not allowed there.
    #[error("`{section}`: `{key}` {reason}")]
    Key {
        /// The section: `bots.support`.
        section: String,
        /// The key in it.
        key: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// The address cannot be called.
    #[error("`{section}`: {source}")]
    Address {
        /// The section.
        section: String,
        /// What is wrong with it.
        source: OutboundError,
    },
    /// A secret cannot be read.
    #[error("`{section}`: {source}")]
    Secret {
        /// The section.
        section: String,
        /// Why.
        source: SecretError,
    },
}

/// The errors of one section.
pub(crate) struct Section<'a>(pub &'a str);

impl Section<'_> {
    pub(crate) fn key(&self, key: &'static str, reason: impl Into<String>) -> ConnectError {
        ConnectError::Key {
            section: self.0.to_owned(),
            key,
            reason: reason.into(),
        }
    }

    pub(crate) fn address(&self, source: OutboundError) -> ConnectError {
        ConnectError::Address {
            section: self.0.to_owned(),
            source,
        }
    }

    pub(crate) fn secret(&self, source: SecretError) -> ConnectError {
        ConnectError::Secret {
            section: self.0.to_owned(),
            source,
        }
    }

    /// A span in milliseconds, within what is allowed.
    pub(crate) fn millis(
        &self,
        key: &'static str,
        given: Option<u64>,
        otherwise: u64,
        max: u64,
    ) -> Result<segue_model::time::Span, ConnectError> {
        let ms = given.unwrap_or(otherwise);
        if ms == 0 || ms > max {
            return Err(self.key(key, format!("has to be between 1 and {max}")));
        }
        Ok(segue_model::time::Span(ms))
    }
}
