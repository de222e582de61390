//! The one thread that writes. It takes the first request, then everything
//! that waits, into one transaction; answers leave after that is durable.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode};
use segue_ports::log::Appended;
use segue_ports::{StoreError, StoreErrorKind};
use tokio::sync::{mpsc, oneshot};

use crate::append::{self, Prepared};
use crate::connection::BUSY_TIMEOUT;
use crate::fault::{Fault, is_failed_sync};
use crate::keys::{Found, KeyHash, Keys};
use crate::reserve::Reserve;
use crate::streams::Streams;

/// How many requests one transaction takes at most: past this a group costs
/// more waiting than another sync.
const GROUP_MAX: usize = 512;
/// How many requests may wait before callers wait to hand theirs over.
pub(crate) const WAITING_MAX: usize = 4_096;
/// How long a restart of the write-ahead log waits for readers before it is put off.
const RESTART_WAIT: Duration = Duration::from_millis(20);

/// The size of a group from which on the next is gathered: below it, requests come
/// one by one, and each would only wait.
const CROWD_MIN: usize = 4;
/// How long a group waits for the next request before it is written. Under load the
/// requests of one group are answered together and come back together.
const GATHER_PAUSE: Duration = Duration::from_micros(100);
/// How often a group waits at most.
const GATHER_PAUSES_MAX: u32 = 6;

/// What the threads of a store tell each other and the outside.
#[derive(Debug)]
pub(crate) struct Shared {
    /// Appends that became durable.
    pub(crate) appends: AtomicU64,
    /// Transactions with at least one of them.
    pub(crate) commits: AtomicU64,
    /// All transactions, for the checkpointer.
    pub(crate) transactions: AtomicU64,
    /// Whether a sync failed: nothing is answered any more (F30).
    pub(crate) is_broken: AtomicBool,
    /// Room for a full disk.
    pub(crate) reserve: Reserve,
}

impl Shared {
    pub(crate) fn new(reserve: Reserve) -> Self {
        Self {
            appends: AtomicU64::default(),
            commits: AtomicU64::default(),
            transactions: AtomicU64::default(),
            is_broken: AtomicBool::default(),
            reserve,
        }
    }
}

/// Something for the writer.
pub(crate) enum Message {
    /// A write, with its answer.
    Write(Box<dyn Write>),
    /// The write-ahead log is large and mostly copied: copy the rest and begin it anew.
    RestartLog,
    /// No more writes; the thread ends.
    Close,
}

/// A write within a group.
pub(crate) trait Write: Send {
    /// Checks and writes within the open transaction. May run again after the
    /// transaction was undone.
    fn run(&mut self, desk: &mut Desk) -> Result<(), Fault>;
    /// Hears what became of the transaction, and answers.
    fn answer(self: Box<Self>, outcome: Outcome<'_>);
}

/// What became of a group.
pub(crate) type Outcome<'a> = Result<(), (StoreErrorKind, &'a str)>;

/// What a write works with.
pub(crate) struct Desk {
    pub(crate) connection: Connection,
    pub(crate) streams: Streams,
    pub(crate) keys: Keys,
    /// Appends of the open transaction.
    appended: u64,
    data_version: Option<i64>,
}

/// Starts the thread.
pub(crate) fn start(
    connection: Connection,
    shared: Arc<Shared>,
) -> std::io::Result<(mpsc::Sender<Message>, JoinHandle<()>)> {
    let (sender, waiting) = mpsc::channel(WAITING_MAX);
    let desk = Desk {
        connection,
        streams: Streams::default(),
        keys: Keys::default(),
        appended: 0,
        data_version: None,
    };
    let writer = Writer {
        desk,
        shared,
        waiting,
    };
    let thread = std::thread::Builder::new().name("segue-writer".to_owned());
    Ok((sender, thread.spawn(move || writer.serve())?))
}

struct Writer {
    desk: Desk,
    shared: Arc<Shared>,
    waiting: mpsc::Receiver<Message>,
}

/// Why a group did not become durable.
enum Undone {
    /// The write lock could not be had.
    Begin(Fault),
    /// One of the writes failed; all were undone.
    Write(Fault),
    /// The commit failed.
    Commit(rusqlite::Error),
}

impl Undone {
    fn is_full(&self) -> bool {
        match self {
            Self::Begin(fault) | Self::Write(fault) => fault.kind() == StoreErrorKind::Full,
            Self::Commit(error) => error.sqlite_error_code() == Some(ErrorCode::DiskFull),
        }
    }
}

impl Writer {
    fn serve(mut self) {
        let mut group: Vec<Box<dyn Write>> = Vec::with_capacity(GROUP_MAX);
        let mut is_crowded = false;
        while let Some(first) = self.waiting.blocking_recv() {
            let mut is_closing = false;
            let mut restarts = false;
            let mut next = Some(first);
            let mut pauses = if is_crowded { GATHER_PAUSES_MAX } else { 0 };
            while let Some(message) = next.take() {
                match message {
                    Message::Write(write) => group.push(write),
                    Message::RestartLog => restarts = true,
                    Message::Close => is_closing = true,
                }
                if group.len() < GROUP_MAX && !is_closing {
                    next = self.next(&mut pauses);
                }
            }
            is_crowded = group.len() >= CROWD_MIN;
            if !group.is_empty() {
                self.commit(&mut group);
            }
            if self.shared.is_broken.load(Ordering::SeqCst) || is_closing {
                return;
            }
            if restarts {
                self.restart_log();
            }
        }
    }

    /// What waits; if nothing does, what comes while a pause lasts.
    fn next(&mut self, pauses: &mut u32) -> Option<Message> {
        if let Ok(message) = self.waiting.try_recv() {
            return Some(message);
        }
        *pauses = pauses.checked_sub(1)?;
        std::thread::sleep(GATHER_PAUSE);
        self.waiting.try_recv().ok()
    }

    /// Makes a group durable and answers it. If one write of several fails, the
    /// transaction is undone and each has one of its own, so that a bad request
    /// harms nobody else.
    fn commit(&mut self, group: &mut Vec<Box<dyn Write>>) {
        if self.shared.is_broken.load(Ordering::SeqCst) {
            let closed = (StoreErrorKind::Closed, "a sync failed");
            group.drain(..).for_each(|write| write.answer(Err(closed)));
            return;
        }
        #[cfg(debug_assertions)]
        if crate::mutant::answers_early() {
            if self.desk.answer_then_commit(group).is_err() {
                self.desk.undo();
            }
            return;
        }
        let undone = match self.desk.transact(group) {
            Ok(()) => {
                self.count();
                group.drain(..).for_each(|write| write.answer(Ok(())));
                return;
            }
            Err(undone) => undone,
        };
        self.desk.undo();
        if undone.is_full() && self.shared.reserve.give() {
            // There is more room than there was; given only once.
            return self.commit(group);
        }
        match undone {
            Undone::Write(Fault::Sql(error)) if is_failed_sync(&error) => {
                self.give_up(group, error);
            }
            // A full disk or a held lock would refuse each of them alone, too.
            Undone::Write(fault) if group.len() > 1 && fault.kind() != StoreErrorKind::Full => {
                for write in std::mem::take(group) {
                    self.commit(&mut vec![write]);
                }
            }
            Undone::Begin(fault) | Undone::Write(fault) => {
                let (kind, text) = (fault.kind(), fault.to_string());
                group
                    .drain(..)
                    .for_each(|write| write.answer(Err((kind, &text))));
            }
            Undone::Commit(error) => self.give_up(group, error),
        }
    }

    fn give_up(&mut self, group: &mut Vec<Box<dyn Write>>, error: rusqlite::Error) {
        if is_failed_sync(&error) {
            self.shared.is_broken.store(true, Ordering::SeqCst);
            tracing::error!(error = %error, "the disk failed to keep a commit; the store stops");
        }
        let text = error.to_string();
        let kind = match Fault::Sql(error).kind() {
            StoreErrorKind::Full => StoreErrorKind::Full,
            _ => StoreErrorKind::Unknown,
        };
        group
            .drain(..)
            .for_each(|write| write.answer(Err((kind, &text))));
    }

    fn count(&mut self) {
        self.shared.reserve.was_written();
        let appended = std::mem::take(&mut self.desk.appended);
        self.shared.transactions.fetch_add(1, Ordering::Relaxed);
        if appended > 0 {
            self.shared.appends.fetch_add(appended, Ordering::Relaxed);
            self.shared.commits.fetch_add(1, Ordering::Relaxed);
        }
    }

    /// Copies what the checkpointer left and begins the write-ahead log anew. A
    /// passive checkpoint never does this under constant writes, because the
    /// log is never copied to its end (performance.md §0.7).
    fn restart_log(&mut self) {
        let connection = &self.desk.connection;
        let restarted = connection
            .busy_timeout(RESTART_WAIT)
            .and_then(|()| connection.query_row("PRAGMA wal_checkpoint(RESTART)", [], |_| Ok(())))
            .and_then(|()| connection.busy_timeout(BUSY_TIMEOUT));
        match restarted {
            Ok(()) => {}
            Err(error) => {
                if is_failed_sync(&error) {
                    self.shared.is_broken.store(true, Ordering::SeqCst);
                }
                tracing::warn!(error = %error, "the write-ahead log could not be restarted");
            }
        }
    }
}

impl Desk {
    fn transact(&mut self, group: &mut [Box<dyn Write>]) -> Result<(), Undone> {
        self.begin().map_err(Undone::Begin)?;
        for write in group {
            write.run(self).map_err(Undone::Write)?;
        }
        self.keys.sweep(&self.connection).map_err(Undone::Write)?;
        let mut statement = self
            .connection
            .prepare_cached("COMMIT")
            .map_err(|error| Undone::Write(error.into()))?;
        statement.execute([]).map(drop).map_err(Undone::Commit)
    }

    /// Takes the write lock, then forgets what it remembers if another process
    /// wrote in between; with the lock held nobody else can.
    pub(crate) fn begin(&mut self) -> Result<(), Fault> {
        self.appended = 0;
        self.connection
            .prepare_cached("BEGIN IMMEDIATE")?
            .execute([])?;
        let found: i64 = self
            .connection
            .prepare_cached("PRAGMA data_version")?
            .query_row([], |row| row.get(0))?;
        if self.data_version != Some(found) {
            self.data_version = Some(found);
            self.streams.clear();
            self.keys.catch_up(&self.connection)?;
        }
        Ok(())
    }

    fn undo(&mut self) {
        self.streams.clear();
        self.keys.forget();
        self.data_version = None;
        if !self.connection.is_autocommit()
            && let Err(error) = self.connection.execute_batch("ROLLBACK")
        {
            tracing::error!(error = %error, "a transaction could not be undone");
        }
    }
}

/// An append with its answer.
pub(crate) struct AppendWrite {
    pub(crate) append: Prepared,
    pub(crate) reply: Reply<Appended>,
}

impl Write for AppendWrite {
    fn run(&mut self, desk: &mut Desk) -> Result<(), Fault> {
        let appended = append::append(
            &desk.connection,
            &mut desk.streams,
            &mut desk.keys,
            &self.append,
        )?;
        if matches!(appended, Appended::Committed { .. }) {
            desk.appended += 1;
        }
        self.reply.value = Some(Ok(appended));
        Ok(())
    }

    fn answer(self: Box<Self>, outcome: Outcome<'_>) {
        self.reply.send(outcome);
    }
}

/// Any other write: a function of the connection, which may run twice.
pub(crate) struct OtherWrite<T, F> {
    pub(crate) write: F,
    pub(crate) reply: Reply<T>,
}

impl<T: Send, F> Write for OtherWrite<T, F>
where
    F: FnMut(&Connection) -> Result<T, Fault> + Send,
{
    /// A refused write of this kind is undone alone: somebody who gives an
    /// e-mail that is taken must not undo the appends beside it.
    fn run(&mut self, desk: &mut Desk) -> Result<(), Fault> {
        desk.connection
            .prepare_cached("SAVEPOINT other")?
            .execute([])?;
        match (self.write)(&desk.connection) {
            Ok(value) => self.reply.value = Some(Ok(value)),
            // SQLite has undone everything itself, as it does on a full disk.
            Err(fault) if desk.connection.is_autocommit() => return Err(fault),
            Err(fault) if fault.kind() == StoreErrorKind::Full => return Err(fault),
            Err(fault) => {
                desk.connection
                    .prepare_cached("ROLLBACK TO other")?
                    .execute([])?;
                self.reply.value = Some(Err(fault.while_doing(self.reply.doing)));
            }
        }
        desk.connection
            .prepare_cached("RELEASE other")?
            .execute([])?;
        Ok(())
    }

    fn answer(self: Box<Self>, outcome: Outcome<'_>) {
        self.reply.send(outcome);
    }
}

/// A question about a key, asked of the writer because it remembers the latest.
pub(crate) struct FindKey {
    pub(crate) hash: KeyHash,
    pub(crate) reply: Reply<Option<Found>>,
}

impl Write for FindKey {
    fn run(&mut self, desk: &mut Desk) -> Result<(), Fault> {
        self.reply.value = Some(Ok(desk.keys.find(&desk.connection, &self.hash)?));
        Ok(())
    }

    fn answer(self: Box<Self>, outcome: Outcome<'_>) {
        self.reply.send(outcome);
    }
}

/// Where an answer goes, and the answer while it waits for the commit.
pub(crate) struct Reply<T> {
    doing: &'static str,
    value: Option<Result<T, StoreError>>,
    sender: oneshot::Sender<Result<T, StoreError>>,
}

impl<T> Reply<T> {
    pub(crate) fn new(doing: &'static str) -> (Self, oneshot::Receiver<Result<T, StoreError>>) {
        let (sender, answer) = oneshot::channel();
        (
            Self {
                doing,
                value: None,
                sender,
            },
            answer,
        )
    }

    fn send(self, outcome: Outcome<'_>) {
        let result = match (outcome, self.value) {
            (Ok(()), Some(value)) => value,
            (Ok(()), None) => Err(StoreError::bare(StoreErrorKind::Unknown, self.doing)),
            (Err((kind, text)), _) => Err(StoreError::new(kind, self.doing, text)),
        };
        // Nobody listens any more if the caller was cancelled; the write stands.
        let _ = self.sender.send(result);
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use rusqlite::ffi;

    use super::*;

    fn check(code: i32, kind: StoreErrorKind, is_broken: bool) {
        let (_sender, waiting) = mpsc::channel(1);
        let desk = Desk {
            connection: Connection::open_in_memory().unwrap(),
            streams: Streams::default(),
            keys: Keys::default(),
            appended: 0,
            data_version: None,
        };
        let reserve = Reserve::new(std::path::Path::new("."), 0);
        let shared = Arc::new(Shared::new(reserve));
        let mut writer = Writer {
            desk,
            shared: Arc::clone(&shared),
            waiting,
        };
        let (reply, answer) = Reply::new("testing");
        let write = OtherWrite {
            write: |_: &Connection| Ok(()),
            reply,
        };
        let error = rusqlite::Error::SqliteFailure(ffi::Error::new(code), None);
        writer.give_up(&mut vec![Box::new(write)], error);
        let answer = answer.blocking_recv().unwrap();
        assert_eq!(answer.unwrap_err().kind, kind);
        assert_eq!(shared.is_broken.load(Ordering::SeqCst), is_broken);
    }

    /// Nobody is told that a commit stands which may not, and nobody that it
    /// does not stand when it may (F29-F31).
    #[test]
    fn a_failed_commit_is_answered_as_what_is_known() {
        check(ffi::SQLITE_FULL, StoreErrorKind::Full, false);
        check(ffi::SQLITE_IOERR_WRITE, StoreErrorKind::Unknown, false);
        check(ffi::SQLITE_IOERR_FSYNC, StoreErrorKind::Unknown, true);
    }
}
