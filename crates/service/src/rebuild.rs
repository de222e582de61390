//! Reading the log into the figures: once at the start, beside the turns where it is long,
//! and then whatever another process writes.

use std::sync::Arc;

use segue_model::id::ConversationId;
use segue_model::time::{Span, Timestamp};
use segue_ports::log::{LogPosition, StoredEntry};
use segue_ports::rollout::Activation;

use crate::desk::Desk;
use crate::failure::Failure;
use crate::figures::{Heard, Rebuild};
use crate::service::Service;

/// How many entries are read at a time.
const PAGE: u32 = 1_000;
/// How many pages are read before the service starts; of a longer log the rest is read
/// while it serves. About a second's worth.
const PAGES_BEFORE_START: u32 = 32;
/// How often the log is looked at for what other processes wrote, and how long a reading
/// that failed waits until it goes on.
const FOLLOW_EVERY: Span = Span::seconds(2);
/// How often it is said how far a reading is.
const SAID_EVERY: Span = Span::seconds(5);

type Page = Vec<(LogPosition, ConversationId, StoredEntry)>;

/// A reading of the log under way.
struct Reading {
    after: LogPosition,
    end: LogPosition,
    said_at: Timestamp,
}

impl Service {
    /// Reads the log of a workspace into its figures: a short one to its end, a long one
    /// beside the turns that are served from now on.
    pub(crate) async fn rebuild(
        &self,
        desk: &Arc<Desk>,
        watched: Option<Activation>,
    ) -> Result<(), Failure> {
        let mut reading = Reading {
            after: LogPosition::default(),
            end: self.store().end().await?,
            said_at: self.now(),
        };
        desk.figures.reading(reading.progress());
        if self
            .read_pages(desk, &mut reading, Some(PAGES_BEFORE_START))
            .await?
        {
            self.end_reading(desk, &reading, watched.as_ref());
            return Ok(());
        }
        let (service, desk) = (self.clone(), Arc::clone(desk));
        self.tasks().spawn(async move {
            loop {
                match service.read_pages(&desk, &mut reading, None).await {
                    Ok(_) => break,
                    Err(error) => tracing::error!(%error, "the log could not be read on"),
                }
                if service.paused().await {
                    return;
                }
            }
            service.end_reading(&desk, &reading, watched.as_ref());
            tracing::info!(
                conversations = desk.ledger().len(),
                "the figures are complete"
            );
        });
        Ok(())
    }

    /// Reads the log of a workspace to its end, for a command beside a running server.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn read_figures(&self, desk: &Arc<Desk>) -> Result<(), Failure> {
        let mut reading = Reading {
            after: LogPosition::default(),
            end: self.store().end().await?,
            said_at: self.now(),
        };
        desk.figures.reading(reading.progress());
        self.read_pages(desk, &mut reading, None).await?;
        desk.end_reading();
        Ok(())
    }

    /// Reads page after page, at most so many, each while the one before is folded in;
    /// answers whether the end was reached.
    async fn read_pages(
        &self,
        desk: &Arc<Desk>,
        reading: &mut Reading,
        most: Option<u32>,
    ) -> Result<bool, Failure> {
        let workspace = desk.workspace.id;
        let mut page = self.store().tail(workspace, reading.after, PAGE).await?;
        let mut pages = 0_u32;
        loop {
            let is_last = page.len() < PAGE as usize;
            let up_to = page.last().map_or(reading.after, |(at, _, _)| *at);
            let folding = fold_aside(desk, page);
            pages += 1;
            let is_enough = is_last || most == Some(pages);
            let next = if is_enough {
                Ok(Page::new())
            } else {
                self.store().tail(workspace, up_to, PAGE).await
            };
            folding.await.map_err(|_| Failure::Busy)?;
            reading.after = up_to;
            desk.figures.reading(reading.progress());
            self.say_progress(reading);
            if is_enough {
                return Ok(is_last);
            }
            page = next?;
        }
    }

    fn say_progress(&self, reading: &mut Reading) {
        if self.now().since(reading.said_at) >= SAID_EVERY {
            reading.said_at = self.now();
            let (read, end) = (reading.after.0, reading.end.0);
            tracing::info!(read, end, "the figures are being rebuilt from the log");
        }
    }

    /// Everything that was there is in the figures; what is new is watched from here on.
    fn end_reading(&self, desk: &Arc<Desk>, reading: &Reading, watched: Option<&Activation>) {
        desk.end_reading();
        self.mark_log(reading.after);
        if let Some(activation) = watched {
            // What it is held against is known once the figures are read.
            let against = self.watch_of(desk, activation).map(|fresh| fresh.before());
            desk.set_watch(|watch| {
                let fresh = watch.fresh.take();
                watch.fresh = against.and_then(|before| fresh.map(|it| it.against(before)));
            });
        }
        self.halt_if_needed(desk);
        self.tasks().spawn(self.clone().follow(Arc::clone(desk)));
    }

    /// Waits a little; answers whether the service is stopping.
    async fn paused(&self) -> bool {
        let pause = std::time::Duration::from_millis(FOLLOW_EVERY.millis());
        tokio::select! {
            () = tokio::time::sleep(pause) => false,
            () = self.stopping().cancelled() => true,
        }
    }

    /// Reads into the figures what another process has written beside this one.
    async fn follow(self, desk: Arc<Desk>) {
        let mut before = None;
        while !self.paused().await {
            before = match self.follow_once(&desk, before).await {
                Ok(up_to) => Some(up_to),
                Err(error) => {
                    tracing::warn!(%error, "the log could not be followed");
                    None
                }
            };
        }
    }

    /// Positions have no gaps, so the figures that stand still before an entry
    /// lack one of another process. One of our own that is just being written
    /// looks the same, but not twice.
    async fn follow_once(
        &self,
        desk: &Arc<Desk>,
        before: Option<LogPosition>,
    ) -> Result<LogPosition, Failure> {
        let up_to = self.log_mark();
        let workspace = desk.workspace.id;
        let is_behind =
            before == Some(up_to) && !self.store().tail(workspace, up_to, 1).await?.is_empty();
        if is_behind {
            self.read_on(desk, up_to).await?;
        }
        Ok(up_to)
    }

    /// Reads what is after a position, to the end of the log.
    async fn read_on(&self, desk: &Arc<Desk>, from: LogPosition) -> Result<(), Failure> {
        let mut after = from;
        loop {
            let page = self.store().tail(desk.workspace.id, after, PAGE).await?;
            let is_last = page.len() < PAGE as usize;
            after = page.last().map_or(after, |(at, _, _)| *at);
            fold_aside(desk, page).await.map_err(|_| Failure::Busy)?;
            if is_last {
                desk.figures_changed();
                self.mark_log(after);
                return Ok(());
            }
        }
    }
}

impl Reading {
    fn progress(&self) -> Rebuild {
        let place = |at: LogPosition| u64::try_from(at.0).unwrap_or_default();
        Rebuild {
            read_up_to: place(self.after),
            end: place(self.end),
        }
    }
}

/// Folds a page in beside the threads that serve turns.
fn fold_aside(desk: &Arc<Desk>, page: Page) -> tokio::task::JoinHandle<()> {
    let desk = Arc::clone(desk);
    tokio::task::spawn_blocking(move || {
        let page: Vec<Heard> = page
            .into_iter()
            .map(|(_, conversation, stored)| (conversation, Arc::new(stored)))
            .collect();
        desk.read_past(&page);
    })
}
