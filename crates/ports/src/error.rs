use std::fmt;

/// An operating error of a store: disk, file, a row that cannot be read.
/// Expected outcomes (a conflict, a full slot) are values, not errors.
#[derive(Debug)]
pub struct StoreError {
    /// What kind of failure, for the answer and for retries.
    pub kind: StoreErrorKind,
    /// What was being done, in a lower-case phrase.
    pub doing: &'static str,
    source: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// What kind of failure a store met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StoreErrorKind {
    /// The disk is full: nothing was written (F29).
    Full,
    /// The store is shutting down or its writer has ended.
    Closed,
    /// A stored row cannot be understood (F24).
    Corrupt,
    /// Whether the write became durable is unknown (F30, F31).
    Unknown,
    /// Any other.
    Failed,
}

impl StoreError {
    /// A failure with its cause.
    pub fn new(
        kind: StoreErrorKind,
        doing: &'static str,
        source: impl Into<Box<dyn std::error::Error + Send + Sync>>,
    ) -> Self {
        Self {
            kind,
            doing,
            source: Some(source.into()),
        }
    }

    /// A failure without a deeper cause.
    pub const fn bare(kind: StoreErrorKind, doing: &'static str) -> Self {
        Self {
            kind,
            doing,
            source: None,
        }
    }
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let what = match self.kind {
            StoreErrorKind::Full => "the disk is full",
            StoreErrorKind::Closed => "the store is closed",
            StoreErrorKind::Corrupt => "a stored row cannot be read",
            StoreErrorKind::Unknown => "it is unknown whether the write is durable",
            StoreErrorKind::Failed => "the store failed",
        };
        write!(f, "{what} while {}", self.doing)
    }
}

impl std::error::Error for StoreError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.source
            .as_deref()
            .map(|source| source as &(dyn std::error::Error + 'static))
    }
}
