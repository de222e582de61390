//! Copies the write-ahead log into the main file beside the writer, so that no
//! commit waits for it.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode};
use tokio::sync::mpsc;

use crate::connection;
use crate::store::OpenError;
use crate::writer::{Message, Shared};

/// How often the checkpointer looks.
const INTERVAL: Duration = Duration::from_millis(250);
/// The write-ahead log that makes it ask the writer to begin anew, in pages of 4 KiB: 64 MiB.
const RESTART_PAGES: i64 = 16 * 1024;

/// Starts the thread; it ends when the sender is dropped.
pub(crate) fn start(
    folder: &Path,
    shared: Arc<Shared>,
    writer: mpsc::WeakSender<Message>,
) -> Result<(Sender<()>, JoinHandle<()>), OpenError> {
    let connection = connection::writer(folder)?;
    let (stop, stopped) = channel();
    let thread = std::thread::Builder::new().name("segue-checkpoint".to_owned());
    let handle = thread.spawn(move || serve(&connection, &shared, &writer, &stopped))?;
    Ok((stop, handle))
}

fn serve(
    connection: &Connection,
    shared: &Shared,
    writer: &mpsc::WeakSender<Message>,
    stopped: &Receiver<()>,
) {
    let mut seen = 0;
    let mut is_copied = true;
    loop {
        match stopped.recv_timeout(INTERVAL) {
            Err(RecvTimeoutError::Timeout) => {}
            Ok(()) | Err(RecvTimeoutError::Disconnected) => return,
        }
        shared.reserve.take();
        let transactions = shared.transactions.load(Ordering::Relaxed);
        if transactions == seen && is_copied {
            continue;
        }
        seen = transactions;
        match copy(connection) {
            Ok((logged, copied)) => {
                is_copied = copied >= logged;
                if logged >= RESTART_PAGES
                    && let Some(writer) = writer.upgrade()
                {
                    // A full channel means a busy writer; the next look asks again.
                    let _ = writer.try_send(Message::RestartLog);
                }
            }
            Err(error) => {
                if error.sqlite_error_code() == Some(ErrorCode::DiskFull) {
                    shared.reserve.give();
                }
                tracing::warn!(error = %error, "a checkpoint failed");
            }
        }
    }
}

/// Copies what can be copied without making anybody wait. Answers the pages in
/// the write-ahead log and how many of them are copied.
fn copy(connection: &Connection) -> rusqlite::Result<(i64, i64)> {
    connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |row| {
        Ok((row.get(1)?, row.get(2)?))
    })
}
