//! Room that is kept for a full disk (F29): a file of its own, which is given up
//! when SQLite finds no room. What is in hand is then still written, and whoever
//! makes room works on a store that answers. The server says that it is not ready
//! until the room can be taken again.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use rustix::fs::{FallocateFlags, fallocate, statvfs};
use rustix::io::Errno;

/// How long after it was given up the room is not taken back: what was waiting
/// for it comes first.
const REST: Duration = Duration::from_secs(2);
/// How much has to be free to take it back, in its own size: taking it must not
/// fill the disk anew.
const FREE_MIN: u64 = 2;

/// The room of one store.
#[derive(Debug)]
pub(crate) struct Reserve {
    file: PathBuf,
    bytes: u64,
    is_full: AtomicBool,
    given_at: Mutex<Option<Instant>>,
}

impl Reserve {
    /// For a folder; of 0 bytes there is none.
    pub(crate) fn new(folder: &Path, bytes: u64) -> Self {
        Self {
            file: folder.join("segue.reserve"),
            bytes,
            is_full: AtomicBool::new(false),
            given_at: Mutex::default(),
        }
    }

    /// Whether the disk was found full and there is no proof yet that it is not.
    pub(crate) fn is_full(&self) -> bool {
        self.is_full.load(Ordering::Relaxed)
    }

    /// The disk is full. Answers whether there is more room now than there was.
    pub(crate) fn give(&self) -> bool {
        let was_full = self.is_full.swap(true, Ordering::Relaxed);
        if self.bytes == 0 {
            return false;
        }
        *self.given_at() = Some(Instant::now());
        let is_given = fs::remove_file(&self.file).is_ok();
        if is_given || !was_full {
            tracing::error!(
                is_given,
                "the disk is full: make room on the store's volume"
            );
        }
        is_given
    }

    /// Something was written although there is no reserve to prove by that the
    /// disk has room again.
    pub(crate) fn was_written(&self) {
        if self.bytes == 0 && self.is_full() {
            self.is_full.store(false, Ordering::Relaxed);
        }
    }

    /// Takes the room if it is not held and there is plenty.
    pub(crate) fn take(&self) {
        let has_rested = self.given_at().is_none_or(|at| at.elapsed() >= REST);
        if self.bytes == 0 || !has_rested || self.is_held() || !self.is_plenty() {
            return;
        }
        match self.fill() {
            Ok(()) if self.is_full.swap(false, Ordering::Relaxed) => {
                tracing::info!("the disk has room again");
            }
            Ok(()) => {}
            Err(error) => {
                // What could not be had in whole is not kept in part.
                let _ = fs::remove_file(&self.file);
                *self.given_at() = Some(Instant::now());
                tracing::warn!(%error, "no room could be kept for a full disk");
            }
        }
    }

    /// Gives back the room that an earlier run kept, if none is to be kept. Only for
    /// who has the store to itself: another process may hold a reserve.
    pub(crate) fn drop_unwanted(&self) -> io::Result<()> {
        if self.bytes > 0 || !self.file.exists() {
            return Ok(());
        }
        fs::remove_file(&self.file)
    }

    fn given_at(&self) -> std::sync::MutexGuard<'_, Option<Instant>> {
        self.given_at.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn is_held(&self) -> bool {
        fs::metadata(&self.file).is_ok_and(|found| found.len() == self.bytes)
    }

    fn is_plenty(&self) -> bool {
        let folder = self.file.parent().unwrap_or(Path::new("."));
        // Who cannot tell finds out by trying.
        statvfs(folder).map_or(true, |disk| {
            disk.f_bavail.saturating_mul(disk.f_frsize) / FREE_MIN >= self.bytes
        })
    }

    fn fill(&self) -> io::Result<()> {
        let file = OpenOptions::new()
            .create(true)
            .truncate(true)
            .write(true)
            .mode(0o600)
            .open(&self.file)?;
        match fallocate(&file, FallocateFlags::empty(), 0, self.bytes) {
            Ok(()) => {}
            Err(Errno::OPNOTSUPP | Errno::NOSYS) => zeros(&file, self.bytes)?,
            Err(error) => return Err(error.into()),
        }
        file.sync_all()
    }
}

/// Where a file system knows no other way to take room.
fn zeros(mut file: &File, bytes: u64) -> io::Result<()> {
    io::copy(&mut io::Read::take(io::repeat(0), bytes), &mut file).map(drop)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::os::unix::fs::MetadataExt;

    use segue_testkit::TempFolder;

    use super::*;

    #[test]
    fn the_room_is_taken_for_real_and_given_once() {
        let folder = TempFolder::new();
        let reserve = Reserve::new(folder.path(), 1 << 20);
        reserve.take();
        let file = folder.path().join("segue.reserve");
        let found = fs::metadata(&file).unwrap();
        assert_eq!(found.len(), 1 << 20);
        assert!(found.blocks() * 512 >= 1 << 20, "it must not be a hole");
        assert!(!reserve.is_full());
        assert!(reserve.give());
        assert!(reserve.is_full() && !file.exists());
        assert!(!reserve.give(), "there is no second one");
        reserve.take();
        assert!(reserve.is_full() && !file.exists(), "not at once");
    }

    #[test]
    fn what_does_not_fit_is_not_taken() {
        let folder = TempFolder::new();
        let reserve = Reserve::new(folder.path(), u64::MAX / 4);
        reserve.take();
        assert!(!reserve.is_held());
        assert!(!folder.path().join("segue.reserve").exists());
    }

    #[test]
    fn zeros_are_as_good() {
        let folder = TempFolder::new();
        let path = folder.path().join("zeros");
        let file = File::create(&path).unwrap();
        zeros(&file, 300_000).unwrap();
        assert_eq!(fs::metadata(&path).unwrap().len(), 300_000);
    }
}
