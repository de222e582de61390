//! What can go wrong inside, and how it looks from outside.

use std::fmt;

use rusqlite::ErrorCode;
use rusqlite::ffi;
use segue_ports::{StoreError, StoreErrorKind};

/// A failure before it is known what the caller was doing.
#[derive(Debug)]
pub(crate) enum Fault {
    /// SQLite said no.
    Sql(rusqlite::Error),
    /// A row cannot be understood (F24).
    Corrupt(String),
    /// The caller asked for something that is never right.
    Refused(&'static str),
}

impl Fault {
    pub(crate) fn corrupt(source: impl fmt::Display) -> Self {
        Self::Corrupt(source.to_string())
    }

    /// What kind of failure it is to the caller, if it is known that nothing was written.
    pub(crate) fn kind(&self) -> StoreErrorKind {
        match self {
            Self::Corrupt(_) => StoreErrorKind::Corrupt,
            Self::Refused(_) => StoreErrorKind::Failed,
            Self::Sql(error) => match error.sqlite_error_code() {
                Some(ErrorCode::DiskFull) => StoreErrorKind::Full,
                Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                    StoreErrorKind::Corrupt
                }
                _ if is_conversion(error) => StoreErrorKind::Corrupt,
                _ => StoreErrorKind::Failed,
            },
        }
    }

    pub(crate) fn while_doing(self, doing: &'static str) -> StoreError {
        let kind = self.kind();
        match self {
            Self::Sql(error) => StoreError::new(kind, doing, error),
            other => StoreError::new(kind, doing, other.to_string()),
        }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sql(error) => error.fmt(f),
            Self::Corrupt(what) => f.write_str(what),
            Self::Refused(what) => f.write_str(what),
        }
    }
}

impl From<rusqlite::Error> for Fault {
    fn from(error: rusqlite::Error) -> Self {
        Self::Sql(error)
    }
}

fn is_conversion(error: &rusqlite::Error) -> bool {
    matches!(
        error,
        rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..)
            | rusqlite::Error::Utf8Error(..)
    )
}

/// Whether the disk failed to keep what it had taken. After that nothing this
/// process believes about the file can be trusted: a second fsync may report
/// success for pages that were dropped (F30).
pub(crate) fn is_failed_sync(error: &rusqlite::Error) -> bool {
    let code = error.sqlite_error().map(|error| error.extended_code);
    matches!(
        code,
        Some(ffi::SQLITE_IOERR_FSYNC | ffi::SQLITE_IOERR_DIR_FSYNC)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(code: i32, kind: StoreErrorKind, ends_the_writer: bool) {
        let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
        assert_eq!(is_failed_sync(&error), ends_the_writer, "{code}");
        assert_eq!(Fault::Sql(error).kind(), kind, "{code}");
    }

    #[test]
    fn sqlite_codes_have_kinds() {
        check(ffi::SQLITE_FULL, StoreErrorKind::Full, false);
        check(ffi::SQLITE_IOERR_FSYNC, StoreErrorKind::Failed, true);
        check(ffi::SQLITE_IOERR_DIR_FSYNC, StoreErrorKind::Failed, true);
        check(ffi::SQLITE_IOERR_WRITE, StoreErrorKind::Failed, false);
        check(ffi::SQLITE_CORRUPT, StoreErrorKind::Corrupt, false);
        check(ffi::SQLITE_NOTADB, StoreErrorKind::Corrupt, false);
        check(ffi::SQLITE_BUSY, StoreErrorKind::Failed, false);
    }
}
