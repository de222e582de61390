//! A store: one file in one folder, with the threads that serve it.

use std::fs::{self, DirBuilder, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::Connection;
use segue_ports::log::Appended;
use segue_ports::{Pending, StoreError, StoreErrorKind};
use tokio::sync::{mpsc, oneshot};

use crate::append::Prepared;
use crate::backup::{self, BackupError, Copied};
use crate::fault::Fault;
use crate::keys::{Found, KeyHash};
use crate::reader::Readers;
use crate::reserve::Reserve;
use crate::schema::{self, Generation};
use crate::writer::{self, AppendWrite, FindKey, Message, OtherWrite, Reply, Shared, Write};
use crate::{checkpoint, connection};

/// How a store is opened.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// How many threads read; at least one.
    pub readers: u32,
    /// How much room is kept for a full disk (F29), in bytes; 0 keeps none.
    pub reserve_bytes: u64,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            readers: 4,
            reserve_bytes: 0,
        }
    }
}

/// Why a store cannot be opened.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// Another server has the folder.
    #[error("the data folder `{}` is in use by another server", folder.display())]
    InUse {
        /// Which.
        folder: PathBuf,
    },
    /// A later release wrote the file.
    #[error(
        "the store has layout {found}, this program knows layouts up to {known}; use a newer release"
    )]
    Newer {
        /// The layout of the file.
        found: i64,
        /// The newest layout this program knows.
        known: i64,
    },
    /// An earlier release wrote the file, and a server may be running on it.
    #[error(
        "the store has layout {found}, this program writes layout {known}; start its server once"
    )]
    Older {
        /// The layout of the file.
        found: i64,
        /// The layout this program writes.
        known: i64,
    },
    /// The file holds something else.
    #[error("the file is not a store")]
    NotAStore,
    /// The file lacks a part of a store, or has one that no store has.
    #[error("the file is not a store as this program makes them: `{part}`")]
    Part {
        /// Kind and name.
        part: String,
    },
    /// There is no store to open beside.
    #[error("there is no store in `{}`", folder.display())]
    Missing {
        /// Where it was looked for.
        folder: PathBuf,
    },
    /// A setting that durability or erasure rests on could not be had (D4).
    #[error("the setting `{setting}` is `{found}`, which does not keep what is acknowledged")]
    Setting {
        /// Its name in SQLite.
        setting: &'static str,
        /// Its value.
        found: String,
    },
    /// Folder or file could not be read or made.
    #[error("the data folder could not be used")]
    Io(#[from] io::Error),
    /// The file could not be read or written as a database.
    #[error("the store could not be opened")]
    Sql(#[from] rusqlite::Error),
}

/// The log, the directory and the outbox in one SQLite file, `segue.db`.
///
/// Everything it answers as written is on the disk. Dropping it ends the
/// threads in their own time; [`close`](Self::close) waits for them.
#[derive(Debug)]
pub struct SqliteStore {
    folder: PathBuf,
    generation: Generation,
    writes: mpsc::Sender<Message>,
    readers: Mutex<Option<Readers>>,
    shared: Arc<Shared>,
    threads: Mutex<Threads>,
}

#[derive(Debug, Default)]
struct Threads {
    checkpoint: Option<(Sender<()>, JoinHandle<()>)>,
    handles: Vec<JoinHandle<()>>,
    /// Held as long as the store writes.
    lock: Option<File>,
}

impl SqliteStore {
    /// Opens the store in a folder for a server, making it if there is none. The
    /// folder is made for its owner alone, and no second server gets in.
    ///
    /// # Errors
    /// If another server has it, it is newer than this program, or the disk refuses.
    pub fn open(folder: &Path, options: Options) -> Result<Self, OpenError> {
        if !folder.exists() {
            DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(folder)?;
        }
        let lock = lock(folder)?;
        make_private_file(&connection::file(folder))?;
        let mut store = connection::writer(folder)?;
        schema::migrate(&mut store)?;
        Self::start(folder, options, store, Some(lock))
    }

    /// Opens a store that a server may have open, for a few small writes: a
    /// command line's key or import. SQLite's own lock keeps the two writers
    /// apart; each waits for the other up to five seconds.
    ///
    /// # Errors
    /// If there is no store, its layout is another one, or the disk refuses.
    pub fn open_beside(folder: &Path) -> Result<Self, OpenError> {
        if !connection::file(folder).exists() {
            return Err(OpenError::Missing {
                folder: folder.to_owned(),
            });
        }
        let store = connection::writer(folder)?;
        let (found, known) = (schema::layout(&store)?, schema::known());
        if found < known {
            return Err(OpenError::Older { found, known });
        }
        let options = Options {
            readers: 1,
            ..Options::default()
        };
        Self::start(folder, options, store, None)
    }

    fn start(
        folder: &Path,
        options: Options,
        connection: Connection,
        lock: Option<File>,
    ) -> Result<Self, OpenError> {
        let (generation, _) = schema::generation(&connection)?;
        let shared = Arc::new(Shared::new(Reserve::new(folder, options.reserve_bytes)));
        if lock.is_some() {
            shared.reserve.drop_unwanted()?;
        }
        shared.reserve.take();
        let (readers, mut handles) = Readers::open(folder, options.readers)?;
        let (writes, handle) = writer::start(connection, Arc::clone(&shared))?;
        handles.push(handle);
        let checkpoint = checkpoint::start(folder, Arc::clone(&shared), writes.downgrade())?;
        Ok(Self {
            folder: folder.to_owned(),
            generation,
            writes,
            readers: Mutex::new(Some(readers)),
            shared,
            threads: Mutex::new(Threads {
                checkpoint: Some(checkpoint),
                handles,
                lock,
            }),
        })
    }

    /// Which life of the store this is, for cursors (F53).
    pub const fn generation(&self) -> Generation {
        self.generation
    }

    /// Finishes the writes that are being made, refuses all others and waits
    /// until the file is closed. Closing twice is no error.
    pub async fn close(&self) {
        // Fails only if the writer has ended already.
        let _ = self.writes.send(Message::Close).await;
        self.readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        let (done, is_done) = oneshot::channel::<()>();
        let waiter = std::thread::Builder::new().name("segue-close".to_owned());
        let waiting = waiter.spawn(move || {
            for handle in threads.handles {
                // A thread that panicked has ended, too.
                let _ = handle.join();
            }
            // The last connection to close brings the write-ahead log into the
            // main file, which a reader's could not.
            if let Some((stop, handle)) = threads.checkpoint {
                drop(stop);
                let _ = handle.join();
            }
            drop(threads.lock);
            drop(done);
        });
        if waiting.is_ok() {
            let _ = is_done.await;
        }
    }

    /// Copies the store to a new file while it runs: everything acknowledged
    /// before the call is in the copy, and nothing in part.
    ///
    /// # Errors
    /// If the file is there already or the disk refuses.
    pub async fn backup(&self, file: &Path) -> Result<Copied, BackupError> {
        let (folder, file) = (self.folder.clone(), file.to_owned());
        let (reply, answer) = oneshot::channel();
        let thread = std::thread::Builder::new().name("segue-backup".to_owned());
        thread.spawn(move || {
            // Nobody listens any more if the caller was cancelled.
            let _ = reply.send(backup::backup(&folder, &file));
        })?;
        answer.await.unwrap_or(Err(BackupError::Ended))
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.shared
    }

    pub(crate) fn read<T: Send + 'static>(
        &self,
        doing: &'static str,
        read: impl FnOnce(&Connection) -> Result<T, Fault> + Send + 'static,
    ) -> Pending<'_, T> {
        let readers = self
            .readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        Box::pin(async move {
            let closed = || StoreError::bare(StoreErrorKind::Closed, doing);
            if self.shared.is_broken.load(Ordering::SeqCst) {
                return Err(closed());
            }
            readers.ok_or_else(closed)?.read(doing, read).await
        })
    }

    pub(crate) fn write_log(&self, doing: &'static str, append: Prepared) -> Pending<'_, Appended> {
        let (reply, answer) = Reply::new(doing);
        self.hand_over(doing, Box::new(AppendWrite { append, reply }), answer)
    }

    pub(crate) fn find_key(
        &self,
        doing: &'static str,
        hash: KeyHash,
    ) -> Pending<'_, Option<Found>> {
        let (reply, answer) = Reply::new(doing);
        self.hand_over(doing, Box::new(FindKey { hash, reply }), answer)
    }

    /// Writes something other than the log. The function may run a second time
    /// after its transaction was undone.
    pub(crate) fn write<T: Send + 'static>(
        &self,
        doing: &'static str,
        write: impl FnMut(&Connection) -> Result<T, Fault> + Send + 'static,
    ) -> Pending<'_, T> {
        let (reply, answer) = Reply::new(doing);
        self.hand_over(doing, Box::new(OtherWrite { write, reply }), answer)
    }

    fn hand_over<T: Send + 'static>(
        &self,
        doing: &'static str,
        write: Box<dyn Write>,
        answer: oneshot::Receiver<Result<T, StoreError>>,
    ) -> Pending<'_, T> {
        Box::pin(async move {
            let closed = || StoreError::bare(StoreErrorKind::Closed, doing);
            if self.shared.is_broken.load(Ordering::SeqCst) {
                return Err(closed());
            }
            self.writes
                .send(Message::Write(write))
                .await
                .map_err(|_| closed())?;
            answer.await.map_err(|_| closed())?
        })
    }
}

/// Takes the folder for one server. The system gives the lock back when the
/// process ends, however it ends.
pub(crate) fn lock(folder: &Path) -> Result<File, OpenError> {
    let path = folder.join("segue.lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .mode(0o600)
        .open(path)?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(TryLockError::WouldBlock) => Err(OpenError::InUse {
            folder: folder.to_owned(),
        }),
        Err(TryLockError::Error(error)) => Err(error.into()),
    }
}

/// Makes an empty file for its owner alone before SQLite opens it; SQLite gives
/// its companions the same permissions. An existing file is never opened here:
/// closing it would drop the locks SQLite holds on it.
fn make_private_file(path: &Path) -> io::Result<()> {
    match OpenOptions::new()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(path)
    {
        Ok(_) => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::set_permissions(path, fs::Permissions::from_mode(0o600))
        }
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::panic)]
    use std::time::Duration;

    use segue_model::event::{TextRef, Version};
    use segue_ports::log::Log;
    use segue_testkit::TempFolder;
    use segue_testkit::sample::{NOON, conversation, opening, turn, workspace};

    use super::*;

    fn open() -> (SqliteStore, TempFolder) {
        let folder = TempFolder::new();
        (
            SqliteStore::open(folder.path(), Options::default()).unwrap(),
            folder,
        )
    }

    async fn pages_max(store: &SqliteStore, pages: i64) {
        let limit = move |connection: &Connection| {
            Ok(connection.pragma_update(None, "max_page_count", pages)?)
        };
        store.write("limiting", limit).await.unwrap();
    }

    /// A full disk loses nothing acknowledged, takes nothing in part, and is
    /// over when there is room again (F29).
    #[tokio::test(flavor = "multi_thread")]
    async fn a_full_disk_refuses_whole_appends() {
        let (store, _folder) = open();
        let (ws, conv) = (workspace(), conversation());
        store.append(opening(ws, conv, NOON)).await.unwrap();
        pages_max(&store, 120).await;
        let large = |version: u64| {
            let mut append = turn(ws, conv, Version(version), NOON, "");
            append.texts = vec![(TextRef(1), "x".repeat(16_000))];
            append
        };
        let mut version = 1;
        let error = loop {
            match store.append(large(version)).await {
                Ok(appended) => {
                    assert!(matches!(appended, Appended::Committed { .. }));
                    version += 1;
                }
                Err(error) => break error,
            }
        };
        assert_eq!(error.kind, StoreErrorKind::Full);
        assert!(version > 2);
        let entries = store.entries(ws, conv, Version(0), 1_000).await.unwrap();
        assert_eq!(entries.len() as u64, version);
        pages_max(&store, 100_000).await;
        let appended = store.append(large(version)).await.unwrap();
        assert!(matches!(appended, Appended::Committed { .. }));
    }

    /// What the reserve gives is written into before anybody is refused; then the
    /// store says that it is full until there is room again.
    #[tokio::test(flavor = "multi_thread")]
    async fn a_full_disk_takes_the_reserve_and_says_so() {
        let folder = TempFolder::new();
        let options = Options {
            reserve_bytes: 1 << 20,
            ..Options::default()
        };
        let store = SqliteStore::open(folder.path(), options).unwrap();
        let file = folder.path().join("segue.reserve");
        assert!(file.exists() && !store.log_stats().is_full);
        let (ws, conv) = (workspace(), conversation());
        store.append(opening(ws, conv, NOON)).await.unwrap();
        pages_max(&store, 1).await;
        let mut large = turn(ws, conv, Version(1), NOON, "");
        large.texts = vec![(TextRef(1), "x".repeat(1_000_000))];
        let refused = store.append(large.clone()).await.unwrap_err();
        assert_eq!(refused.kind, StoreErrorKind::Full);
        assert!(store.log_stats().is_full && !file.exists());
        assert!(store.entries(ws, conv, Version(0), 10).await.is_ok());
        pages_max(&store, 100_000).await;
        store.append(large).await.unwrap();
        let again = async {
            while store.log_stats().is_full {
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
        };
        tokio::time::timeout(Duration::from_secs(60), again)
            .await
            .unwrap();
        assert!(file.exists());
    }

    /// A refused write leaves nothing, although it wrote before it was refused.
    #[tokio::test(flavor = "multi_thread")]
    async fn a_refused_write_is_undone() {
        let (store, _folder) = open();
        let half = |connection: &Connection| {
            connection.execute("INSERT INTO audit VALUES (1, x'00', 0, NULL, 'a', 'b')", [])?;
            Err(Fault::Refused("after half of it"))
        };
        assert!(store.write::<()>("failing", half).await.is_err());
        let rows = |connection: &Connection| {
            Ok(connection
                .query_row("SELECT count(*) FROM audit", [], |row| row.get::<_, i64>(0))?)
        };
        assert_eq!(store.read("counting", rows).await.unwrap(), 0);
    }

    /// Everybody waits behind a slow write and falls into one group with an
    /// append that meets a broken row: the group is undone and made again without it.
    #[tokio::test(flavor = "multi_thread")]
    async fn a_broken_row_harms_nobody_else_in_its_group() {
        let (store, folder) = open();
        let (ws, broken) = (workspace(), conversation());
        store.append(opening(ws, broken, NOON)).await.unwrap();
        let breaking = |connection: &Connection| {
            connection.execute("UPDATE stream SET holder = 'nobody'", [])?;
            Ok(())
        };
        store.write("breaking", breaking).await.unwrap();
        let sleep = |_: &Connection| {
            std::thread::sleep(Duration::from_millis(100));
            Ok(())
        };
        // Another connection's write makes the writer forget what it remembers.
        let beside = connection::writer(folder.path()).unwrap();
        beside
            .execute("INSERT INTO audit VALUES (1, x'00', 0, NULL, 'a', 'b')", [])
            .unwrap();
        let good: Vec<_> = (0..5)
            .map(|_| store.append(opening(ws, conversation(), NOON)))
            .collect();
        let bad = store.append(turn(ws, broken, Version(1), NOON, "on"));
        let slow = store.write("sleeping", sleep);
        let good = async {
            let mut committed = 0;
            for append in good {
                let appended = append.await.unwrap();
                committed += u32::from(matches!(appended, Appended::Committed { .. }));
            }
            committed
        };
        let (slow, bad, committed) = tokio::join!(slow, bad, good);
        slow.unwrap();
        assert_eq!(bad.unwrap_err().kind, StoreErrorKind::Corrupt);
        assert_eq!(committed, 5);
        assert_eq!(store.log_stats().appends, 6);
    }

    /// Everybody waits behind a slow write and falls into one group with a bad one.
    #[tokio::test(flavor = "multi_thread")]
    async fn a_bad_write_harms_nobody_else_in_its_group() {
        let (store, _folder) = open();
        let store = Arc::new(store);
        let ws = workspace();
        let slow = Arc::clone(&store);
        let slow = tokio::spawn(async move {
            let sleep = |_: &Connection| {
                std::thread::sleep(Duration::from_millis(100));
                Ok(())
            };
            slow.write("sleeping", sleep).await
        });
        let others: Vec<_> = (0..20)
            .map(|n| {
                let store = Arc::clone(&store);
                tokio::spawn(async move {
                    if n == 10 {
                        let bad = |_: &Connection| Err(Fault::Refused("a bad write"));
                        return store.write::<()>("failing", bad).await.is_err();
                    }
                    let append = opening(ws, conversation(), NOON);
                    matches!(store.append(append).await, Ok(Appended::Committed { .. }))
                })
            })
            .collect();
        slow.await.unwrap().unwrap();
        for other in others {
            assert!(other.await.unwrap());
        }
        assert_eq!(store.log_stats().appends, 19);
        assert_eq!(
            store
                .heads(ws, Default::default(), None, 100)
                .await
                .unwrap()
                .len(),
            19
        );
    }

    /// After a failed sync nothing is answered any more (F30).
    #[tokio::test(flavor = "multi_thread")]
    async fn a_broken_store_answers_nothing() {
        let (store, _folder) = open();
        store.shared.is_broken.store(true, Ordering::SeqCst);
        let (ws, conv) = (workspace(), conversation());
        let error = store.head(ws, conv).await.unwrap_err();
        assert_eq!(error.kind, StoreErrorKind::Closed);
        let error = store.append(opening(ws, conv, NOON)).await.unwrap_err();
        assert_eq!(error.kind, StoreErrorKind::Closed);
    }
}
