//! The running service: its stores, its workspaces, its loops.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use segue_model::id::{ConversationId, WorkspaceId};
use segue_model::time::{Span, Timestamp};
use segue_ports::Store;
use segue_ports::bot::Bot;
use segue_ports::clock::Clock;
use segue_ports::facts::FactSource;
use segue_ports::language_model::LanguageModel;
use segue_ports::log::LogPosition;
use segue_ports::news::{Hook, Post};
use tokio::sync::Notify;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use uuid::Uuid;

use crate::cell::Cell;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::identity::keys::KeysAtHand;
use crate::identity::sessions::Doorkeeper;
use crate::identity::visitors::Proofs;
use crate::outward::Health;
use crate::summary::Line;
use crate::tool::Tool;
use crate::what_if::Replays;

/// How many conversations are kept in memory; beyond that the ones nobody
/// watches or writes to are dropped and read again when needed.
const CELLS_MAX: usize = 50_000;

/// How the service is set up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Options {
    /// The pause between two pieces of an answer, so that it can be read along
    /// and cut while it is being said.
    pub piece_pause: Span,
    /// The address under which agents' browsers reach the console: where letters lead to.
    pub console_url: Option<String>,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            piece_pause: Span(350),
            console_url: None,
        }
    }
}

/// What is outside of this process and asked by it: programs that may be slow, wrong or
/// gone. Whatever is not named here is not there, and everything goes on without it.
#[derive(Default)]
pub struct Outside {
    /// What the built-in assistant can look up besides articles.
    pub tools: Vec<Arc<dyn Tool>>,
    /// Bots that Segue asks, by name.
    pub bots: BTreeMap<String, Arc<dyn Bot>>,
    /// Help desks that Segue stands beside, by name.
    pub desks: BTreeMap<String, Arc<dyn segue_ports::desk::Desk>>,
    /// Sources of facts, in the order in which a later one wins.
    pub facts: Vec<Arc<dyn FactSource>>,
    /// A language model. Nothing needs it.
    pub model: Option<Arc<dyn LanguageModel>>,
    /// The mail server.
    pub post: Option<Arc<dyn Post>>,
    /// Programs that hear of reports and alarms, by name.
    pub hooks: BTreeMap<String, Arc<dyn Hook>>,
}

/// The running service. Clones share everything.
#[derive(Clone)]
pub struct Service(Arc<Inner>);

/// How far the figures have the log, without a gap, and what they have beyond.
#[derive(Debug, Default)]
struct LogMarks {
    up_to: LogPosition,
    own: std::collections::BTreeSet<LogPosition>,
}

struct Inner {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    options: Options,
    outside: Outside,
    desks: RwLock<HashMap<WorkspaceId, Arc<Desk>>>,
    cells: Mutex<HashMap<ConversationId, Arc<Cell>>>,
    doorkeeper: Doorkeeper,
    proofs: Proofs,
    keys: KeysAtHand,
    outbox: Notify,
    timers: Notify,
    next_timer: Mutex<Option<Timestamp>>,
    log_mark: Mutex<LogMarks>,
    replays: Replays,
    healths: Mutex<BTreeMap<String, Health>>,
    summaries: Line,
    stop: CancellationToken,
    tasks: TaskTracker,
    /// Held while reports are sent, so that no letter is sent by two at once.
    sending: tokio::sync::Mutex<()>,
}

impl Service {
    /// A service over a store. Nothing runs until [`Service::start`].
    pub fn new(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        outside: Outside,
        options: Options,
    ) -> Self {
        Self(Arc::new(Inner {
            store,
            clock,
            options,
            outside,
            desks: RwLock::default(),
            cells: Mutex::default(),
            doorkeeper: Doorkeeper::default(),
            proofs: Proofs::default(),
            keys: KeysAtHand::default(),
            outbox: Notify::new(),
            timers: Notify::new(),
            next_timer: Mutex::default(),
            log_mark: Mutex::default(),
            replays: Replays::default(),
            healths: Mutex::default(),
            summaries: Line::default(),
            sending: tokio::sync::Mutex::default(),
            stop: CancellationToken::new(),
            tasks: TaskTracker::new(),
        }))
    }

    /// The store.
    pub fn store(&self) -> &dyn Store {
        self.0.store.as_ref()
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// Held while reports are sent.
    pub(crate) async fn sending(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.0.sending.lock().await
    }

    /// How it is set up.
    pub(crate) fn options(&self) -> &Options {
        &self.0.options
    }

    /// What is outside of this process.
    pub(crate) fn outside(&self) -> &Outside {
        &self.0.outside
    }

    /// A new identity.
    pub(crate) fn fresh(&self) -> Uuid {
        Uuid::now_v7()
    }

    pub(crate) fn proofs(&self) -> &Proofs {
        &self.0.proofs
    }

    pub(crate) fn doorkeeper(&self) -> &Doorkeeper {
        &self.0.doorkeeper
    }

    pub(crate) fn replays(&self) -> &Replays {
        &self.0.replays
    }

    /// How calls to connections went.
    pub(crate) fn healths(&self) -> std::sync::MutexGuard<'_, BTreeMap<String, Health>> {
        self.0
            .healths
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn summaries(&self) -> &Line {
        &self.0.summaries
    }

    pub(crate) fn keys_at_hand(&self) -> &KeysAtHand {
        &self.0.keys
    }

    /// Ends with the service.
    pub fn stopping(&self) -> &CancellationToken {
        &self.0.stop
    }

    /// The tasks that the end waits for.
    pub fn tasks(&self) -> &TaskTracker {
        &self.0.tasks
    }

    /// Stops the loops and waits for what they have in hand.
    pub async fn stop(&self) {
        self.0.stop.cancel();
        self.0.tasks.close();
        self.0.tasks.wait().await;
    }

    /// The workspace.
    ///
    /// # Errors
    /// [`Failure::Unknown`] if there is no such workspace.
    pub fn desk(&self, workspace: WorkspaceId) -> Result<Arc<Desk>, Failure> {
        let desks = self.0.desks.read().unwrap_or_else(PoisonError::into_inner);
        desks
            .get(&workspace)
            .cloned()
            .ok_or(Failure::Unknown("workspace"))
    }

    /// All workspaces.
    pub fn desks(&self) -> Vec<Arc<Desk>> {
        let desks = self.0.desks.read().unwrap_or_else(PoisonError::into_inner);
        desks.values().cloned().collect()
    }

    pub(crate) fn add_desk(&self, desk: Desk) -> Arc<Desk> {
        let desk = Arc::new(desk);
        let mut desks = self.0.desks.write().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(desks.entry(desk.workspace.id).or_insert(desk))
    }

    /// A conversation's place in memory; made if it is not there. Whether there
    /// is such a conversation only the log knows.
    pub fn cell(&self, workspace: WorkspaceId, conversation: ConversationId) -> Arc<Cell> {
        let mut cells = self.0.cells.lock().unwrap_or_else(PoisonError::into_inner);
        if cells.len() >= CELLS_MAX {
            cells.retain(|_, cell| Arc::strong_count(cell) > 1 || cell.is_watched());
        }
        let cell = cells
            .entry(conversation)
            .or_insert_with(|| Arc::new(Cell::new(workspace, conversation)));
        if cell.workspace == workspace {
            return Arc::clone(cell);
        }
        // An id of another workspace: a place of its own that holds nothing,
        // because every read names the workspace.
        Arc::new(Cell::new(workspace, conversation))
    }

    pub(crate) fn wake_outbox(&self) {
        self.0.outbox.notify_one();
    }

    pub(crate) async fn outbox_woken(&self) {
        self.0.outbox.notified().await;
    }

    /// Rings the timers' loop if something is due before it would look by itself.
    pub(crate) fn wake_timers(&self, due_at: Timestamp) {
        let mut next = self
            .0
            .next_timer
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if next.is_none_or(|next| due_at < next) {
            *next = Some(due_at);
            drop(next);
            self.0.timers.notify_one();
        }
    }

    pub(crate) fn set_next_timer(&self, next: Option<Timestamp>) {
        *self
            .0
            .next_timer
            .lock()
            .unwrap_or_else(PoisonError::into_inner) = next;
    }

    pub(crate) fn next_timer(&self) -> Option<Timestamp> {
        *self
            .0
            .next_timer
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    /// How far the figures have the log.
    pub(crate) fn log_mark(&self) -> LogPosition {
        self.marks().up_to
    }

    /// Everything up to here is in the figures.
    pub(crate) fn mark_log(&self, read_up_to: LogPosition) {
        let mut marks = self.marks();
        if read_up_to > marks.up_to {
            marks.up_to = read_up_to;
            marks.own = marks.own.split_off(&LogPosition(read_up_to.0 + 1));
        }
    }

    /// An entry that was written here, and so is in the figures already.
    pub(crate) fn note_own(&self, position: LogPosition) {
        let mut marks = self.marks();
        if position <= marks.up_to {
            return;
        }
        marks.own.insert(position);
        let mut next = LogPosition(marks.up_to.0 + 1);
        while marks.own.remove(&next) {
            marks.up_to = next;
            next.0 += 1;
        }
    }

    fn marks(&self) -> std::sync::MutexGuard<'_, LogMarks> {
        self.0
            .log_mark
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) async fn timers_woken(&self) {
        self.0.timers.notified().await;
    }
}
