//! Reads on threads of their own, so that no async thread waits for a disk.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

use rusqlite::Connection;
use segue_ports::{Pending, StoreError, StoreErrorKind};
use tokio::sync::{mpsc, oneshot};

use crate::connection;
use crate::fault::Fault;
use crate::store::OpenError;

/// How many reads may wait before callers wait to hand theirs over.
const WAITING_MAX: usize = 1_024;

type Job = Box<dyn FnOnce(&Connection) + Send>;

/// Where reads are handed over. The threads end when this is dropped.
#[derive(Debug, Clone)]
pub(crate) struct Readers {
    jobs: mpsc::Sender<Job>,
}

impl Readers {
    /// Opens as many read-only connections as threads.
    pub(crate) fn open(
        folder: &Path,
        threads: u32,
    ) -> Result<(Self, Vec<JoinHandle<()>>), OpenError> {
        let (jobs, waiting) = mpsc::channel(WAITING_MAX);
        let waiting = Arc::new(Mutex::new(waiting));
        let mut handles = Vec::new();
        for _ in 0..threads.max(1) {
            let connection = connection::reader(folder)?;
            let waiting = Arc::clone(&waiting);
            let thread = std::thread::Builder::new().name("segue-reader".to_owned());
            handles.push(thread.spawn(move || serve(&connection, &waiting))?);
        }
        Ok((Self { jobs }, handles))
    }

    /// Runs a read and answers with what it found.
    pub(crate) fn read<T: Send + 'static>(
        &self,
        doing: &'static str,
        read: impl FnOnce(&Connection) -> Result<T, Fault> + Send + 'static,
    ) -> Pending<'_, T> {
        Box::pin(async move {
            let (reply, answer) = oneshot::channel();
            let job: Job = Box::new(move |connection| {
                // Nobody listens any more if the caller was cancelled.
                let _ = reply.send(read(connection).map_err(|fault| fault.while_doing(doing)));
            });
            let closed = || StoreError::bare(StoreErrorKind::Closed, doing);
            self.jobs.send(job).await.map_err(|_| closed())?;
            answer.await.map_err(|_| closed())?
        })
    }
}

/// One idle thread waits in the channel with the lock; the others wait for the lock.
fn serve(connection: &Connection, waiting: &Mutex<mpsc::Receiver<Job>>) {
    loop {
        let job = waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .blocking_recv();
        match job {
            Some(job) => job(connection),
            None => return,
        }
    }
}
