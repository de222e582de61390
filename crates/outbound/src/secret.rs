//! Secrets that others gave us: read from a file or the environment, never an argument
//! of a command, and never printed (S-29).

use std::path::PathBuf;

use secrecy::{ExposeSecret, SecretString};

/// A secret. Its `Debug` says nothing, and its memory is wiped.
#[derive(Debug, Clone)]
pub struct Secret(SecretString);

impl Secret {
    /// A secret that is at hand.
    pub fn new(value: impl Into<String>) -> Self {
        Self(SecretString::from(value.into()))
    }

    /// The secret itself, for the one line that needs it.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

/// Where a secret lies. At most one of both is given.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SecretSource {
    /// A file that holds it alone; spaces and line breaks around it do not count.
    pub file: Option<PathBuf>,
    /// The name of an environment variable.
    pub variable: Option<String>,
}

/// A secret could not be read. Names the place, never the secret.
#[derive(Debug, thiserror::Error)]
pub enum SecretError {
    /// Both places are given.
    #[error("a secret comes from a file or from a variable, not from both")]
    Both,
    /// The file cannot be read.
    #[error("the secret's file `{path}` cannot be read: {error}")]
    File {
        /// Which.
        path: PathBuf,
        /// Why.
        error: std::io::Error,
    },
    /// The variable is not set.
    #[error("the secret's variable `{0}` is not set")]
    Variable(String),
    /// There is nothing in it.
    #[error("the secret in `{0}` is empty")]
    Empty(String),
}

impl SecretSource {
    /// Reads it; `None` if no place is given.
    ///
    /// # Errors
    /// [`SecretError`] if the place cannot be read or holds nothing.
    pub fn read(&self) -> Result<Option<Secret>, SecretError> {
        let (value, place) = match (&self.file, &self.variable) {
            (Some(_), Some(_)) => return Err(SecretError::Both),
            (None, None) => return Ok(None),
            (Some(path), None) => {
                let value = std::fs::read_to_string(path).map_err(|error| SecretError::File {
                    path: path.clone(),
                    error,
                })?;
                (value, path.display().to_string())
            }
            (None, Some(name)) => {
                let value = std::env::var(name).map_err(|_| SecretError::Variable(name.clone()))?;
                (value, name.clone())
            }
        };
        match value.trim() {
            "" => Err(SecretError::Empty(place)),
            value => Ok(Some(Secret::new(value))),
        }
    }
}
