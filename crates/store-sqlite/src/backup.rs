//! Copies of a store and the way back from one.

use std::fs::{self, File};
use std::io;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use segue_ports::log::LogPosition;

use crate::connection;
use crate::schema::{self, Generation};
use crate::store::{self, OpenError};

/// What a copy holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copied {
    /// The life of the store it was taken in; after a restore, the new one.
    pub generation: Generation,
    /// The last entry in it; 0 if there is none.
    pub position: LogPosition,
}

/// Why a store cannot be copied or brought back.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// A file of that name is there already.
    #[error("`{}` is there already", file.display())]
    Exists {
        /// Which.
        file: PathBuf,
    },
    /// The copy is older than what is there.
    #[error(
        "the copy ends at entry {} of generation {}, the store at entry {} of generation {}; \
         what came after would be lost",
        copy.position.0, copy.generation.number, store.position.0, store.generation.number
    )]
    Older {
        /// What the copy holds.
        copy: Copied,
        /// What the folder holds.
        store: Copied,
    },
    /// The copy comes from another store than the one that is there.
    #[error("the copy comes from another store than the one in the folder")]
    Foreign,
    /// The copy is damaged.
    #[error("the copy is damaged: {found}")]
    Damaged {
        /// What the check found.
        found: String,
    },
    /// The thread that copied has ended without an answer.
    #[error("the copy was not finished")]
    Ended,
    /// One of the two stores cannot be opened.
    #[error("the store cannot be opened")]
    Open(#[from] OpenError),
    /// A file could not be written.
    #[error("a file could not be written")]
    Io(#[from] io::Error),
    /// The copying failed.
    #[error("the copying failed")]
    Sql(#[from] rusqlite::Error),
}

/// Copies the store of a folder to a new file, also beside a running server: one
/// read transaction, so the copy is the log up to one entry. It appears under its
/// name only when it is whole and on the disk.
///
/// # Errors
/// If the file is there already, there is no store, or the disk refuses.
pub fn backup(folder: &Path, file: &Path) -> Result<Copied, BackupError> {
    if file.exists() {
        return Err(BackupError::Exists {
            file: file.to_owned(),
        });
    }
    if !connection::file(folder).exists() {
        return Err(OpenError::Missing {
            folder: folder.to_owned(),
        }
        .into());
    }
    let source = connection::reader(folder)?;
    let part = beside(file, "part");
    let copied = copy(&source, &part).and_then(|()| {
        let copied = contents(&open_copy(&part)?)?.0;
        rename_durably(&part, file)?;
        Ok(copied)
    });
    if copied.is_err() {
        // The first error is the one to tell.
        let _ = fs::remove_file(&part);
    }
    copied
}

/// Puts a copy in the place of a folder's store and begins a new generation. No
/// server may have the folder. Refuses to lose entries or to mix two stores,
/// unless `force` says so.
///
/// # Errors
/// If a server runs, the copy is older, foreign, damaged or no copy of ours, or the
/// disk refuses.
pub fn restore(from: &Path, folder: &Path, force: bool) -> Result<Copied, BackupError> {
    let source = open_copy(from)?;
    check(&source)?;
    let (copy_holds, copy_store) = contents(&source)?;
    if !folder.exists() {
        use std::os::unix::fs::DirBuilderExt;
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)?;
    }
    let _lock = store::lock(folder)?;
    let target = connection::file(folder);
    let present = if target.exists() {
        settle(folder, force)?
    } else {
        None
    };
    if let Some((holds, present_store)) = present
        && !force
    {
        if present_store != copy_store {
            return Err(BackupError::Foreign);
        }
        let age = |copied: Copied| (copied.generation.number, copied.position);
        if age(copy_holds) < age(holds) {
            return Err(BackupError::Older {
                copy: copy_holds,
                store: holds,
            });
        }
    }
    let last = present.map_or(0, |(holds, _)| holds.generation.number);
    let part = beside(&target, "restored");
    copy(&source, &part)?;
    {
        let restored = Connection::open(&part)?;
        schema::begin_generation(&restored, last.max(copy_holds.generation.number) + 1)?;
    }
    let restored = contents(&open_copy(&part)?)?.0;
    for companion in ["-wal", "-shm"] {
        remove_if_there(&with_suffix(&part, companion))?;
        remove_if_there(&with_suffix(&target, companion))?;
    }
    File::open(&part)?.sync_all()?;
    rename_durably(&part, &target)?;
    Ok(restored)
}

/// Brings everything of the store that is to be replaced into its main file, so
/// that no companion file is left that would be applied to the restored one.
fn settle(folder: &Path, force: bool) -> Result<Option<(Copied, [u8; 16])>, BackupError> {
    let settled = connection::writer(folder)
        .map_err(BackupError::from)
        .and_then(|present| {
            if schema::layout(&present)? == 0 {
                return Ok(None);
            }
            present.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
            contents(&present).map(Some)
        });
    match settled {
        Err(_) if force => Ok(None),
        other => other,
    }
}

/// The whole store in one step. In several steps the copy would begin anew
/// whenever the writer commits, which under load is always.
fn copy(source: &Connection, file: &Path) -> Result<(), BackupError> {
    remove_if_there(file)?;
    let mut target = Connection::open(file)?;
    fs::set_permissions(file, fs::Permissions::from_mode(0o600))?;
    let backup = Backup::new(source, &mut target)?;
    match backup.step(-1)? {
        StepResult::Done => {}
        _ => return Err(BackupError::Ended),
    }
    drop(backup);
    // A copy is one file: without this it would want companions when it is read.
    target.pragma_update_and_check(None, "journal_mode", "delete", |_| Ok(()))?;
    target.close().map_err(|(_, error)| error)?;
    File::open(file)?.sync_all()?;
    Ok(())
}

fn open_copy(file: &Path) -> Result<Connection, BackupError> {
    if !file.exists() {
        return Err(OpenError::Missing {
            folder: file.to_owned(),
        }
        .into());
    }
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(file, flags)?;
    // Nothing in a file from elsewhere is to run before it is known to be ours.
    connection.pragma_update(None, "trusted_schema", 0)?;
    connection.pragma_update(None, "cell_size_check", 1)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    Ok(connection)
}

fn contents(connection: &Connection) -> Result<(Copied, [u8; 16]), BackupError> {
    if schema::layout(connection)? == 0 {
        return Err(OpenError::NotAStore.into());
    }
    let (generation, store) = schema::generation(connection)?;
    let position =
        connection.query_row("SELECT coalesce(max(position), 0) FROM entry", [], |row| {
            row.get(0).map(LogPosition)
        })?;
    Ok((
        Copied {
            generation,
            position,
        },
        store,
    ))
}

fn check(connection: &Connection) -> Result<(), BackupError> {
    if schema::layout(connection)? == 0 {
        return Err(OpenError::NotAStore.into());
    }
    schema::check_parts(connection)?;
    let found: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if found == "ok" {
        Ok(())
    } else {
        Err(BackupError::Damaged { found })
    }
}

/// Renames a file, so that it has its new name after a loss of power, too.
///
/// # Errors
/// When it cannot be renamed, or the folder cannot be synced.
pub fn rename_durably(from: &Path, to: &Path) -> io::Result<()> {
    fs::rename(from, to)?;
    match to.parent().filter(|parent| !parent.as_os_str().is_empty()) {
        Some(folder) => File::open(folder)?.sync_all(),
        None => File::open(".")?.sync_all(),
    }
}

fn beside(file: &Path, suffix: &str) -> PathBuf {
    with_suffix(file, &format!(".{suffix}"))
}

fn with_suffix(file: &Path, suffix: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn remove_if_there(file: &Path) -> io::Result<()> {
    match fs::remove_file(file) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
