//! One workspace at work: its rules, its people, what waits, what was measured.
//! Everything here can be rebuilt from the store.

use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};

use segue_assist::KnowledgeBase;
use segue_engine::{Ruleset, Situation};
use segue_floor::{Stage, State};
use segue_insight::Ledger;
use segue_insight::rollout::{self, Counted, Fresh};
use segue_model::escalation::Priority;
use segue_model::event::Entry;
use segue_model::floor::Holder;
use segue_model::id::{AgentId, ConversationId};
use segue_model::time::Timestamp;
use segue_model::turn::{Author, Role};
use segue_ports::directory::{Agent, Presence, PresenceRow, Role as AgentRole, Workspace};
use segue_ports::log::StoredEntry;
use segue_ports::rollout::TrialMode;
use segue_routing::wait::stats::Stats;
use segue_routing::world::{AgentState, Waiting, World};
use tokio::sync::{Notify, watch};

use crate::cell::Loaded;
use crate::figures::{Figures, Heard};
use crate::knowledge::Taught;
use crate::learning::Memory;
use crate::rollout::running::{Alarm, InForce, Running, Watch, fold_of};

/// A conversation that people deal with, wait for, or watch.
#[derive(Debug, Clone)]
pub struct Active {
    /// Its state.
    pub state: Arc<State>,
    /// What it is about, in a line.
    pub subject: Arc<str>,
    /// Who wrote last.
    pub last_author: Role,
    /// The estimate that the customer was last told.
    pub announced: Option<segue_routing::wait::announce::Announcement>,
    /// The texts of open drafts, with what they answer.
    pub drafts: Vec<DraftText>,
}

/// An open draft as the review list shows it.
#[derive(Debug, Clone)]
pub struct DraftText {
    /// Which.
    pub id: segue_model::id::DraftId,
    /// Its words.
    pub text: String,
    /// The customer's words that it answers.
    pub in_reply_to_text: String,
    /// The assistant's confidence, 0–1.
    pub confidence: Option<f64>,
}

/// One workspace at work.
pub struct Desk {
    /// The workspace.
    pub workspace: Workspace,
    /// What the help centre was begun with; what was taught lies over it.
    base: Arc<KnowledgeBase>,
    knowledge: RwLock<Arc<Taught>>,
    /// One change of the knowledge at a time, each on top of the one before.
    knowledge_turn: tokio::sync::Mutex<()>,
    /// What was found among failures, and the words it was found in.
    learning: Mutex<Memory>,
    last_report: tokio::sync::Mutex<Option<crate::report::LastReport>>,
    /// One search for failures at a time.
    learning_turn: tokio::sync::Mutex<()>,
    rules: RwLock<InForce>,
    watch: Mutex<Watch>,
    /// Whether anything is new, so that otherwise a turn costs nothing for it.
    is_watching: AtomicBool,
    /// Whether something that left its band is being ended.
    is_halting: AtomicBool,
    /// One change of the policy at a time, each on top of the one before.
    policy_turn: tokio::sync::Mutex<()>,
    agents: RwLock<Arc<Vec<Agent>>>,
    presences: Mutex<HashMap<AgentId, PresenceRow>>,
    /// One write of a presence at a time, each on top of the one before.
    presence_turn: tokio::sync::Mutex<()>,
    active: Mutex<BTreeMap<ConversationId, Active>>,
    stats: Mutex<Arc<Stats>>,
    /// How everything went.
    pub figures: Figures,
    routing: Notify,
    inbox: watch::Sender<u64>,
    figure_changes: watch::Sender<u64>,
}

impl Desk {
    /// A workspace with its rules and people; nothing active yet.
    pub fn new(
        workspace: Workspace,
        knowledge: Arc<KnowledgeBase>,
        ruleset: Ruleset,
        agents: Vec<Agent>,
        presences: Vec<PresenceRow>,
    ) -> Self {
        Self {
            workspace,
            knowledge: RwLock::new(Arc::new(Taught::nothing(Arc::clone(&knowledge)))),
            base: knowledge,
            knowledge_turn: tokio::sync::Mutex::default(),
            learning: Mutex::default(),
            last_report: tokio::sync::Mutex::default(),
            learning_turn: tokio::sync::Mutex::default(),
            rules: RwLock::new(InForce {
                rules: Arc::new(ruleset),
                trial: None,
            }),
            watch: Mutex::default(),
            is_watching: AtomicBool::new(false),
            is_halting: AtomicBool::new(false),
            policy_turn: tokio::sync::Mutex::default(),
            agents: RwLock::new(Arc::new(agents)),
            presences: Mutex::new(presences.into_iter().map(|row| (row.agent, row)).collect()),
            presence_turn: tokio::sync::Mutex::default(),
            active: Mutex::default(),
            stats: Mutex::new(Arc::new(Stats::new())),
            figures: Figures::default(),
            routing: Notify::new(),
            inbox: watch::Sender::new(0),
            figure_changes: watch::Sender::new(0),
        }
    }

    /// What the help centre was begun with.
    pub const fn base(&self) -> &Arc<KnowledgeBase> {
        &self.base
    }

    /// What the built-in assistant knows and is told; who has begun to answer keeps theirs.
    pub fn taught(&self) -> Arc<Taught> {
        let taught = self.knowledge.read();
        Arc::clone(&taught.unwrap_or_else(PoisonError::into_inner))
    }

    pub(crate) fn set_taught(&self, taught: Taught) {
        let next = Arc::new(taught);
        *self
            .knowledge
            .write()
            .unwrap_or_else(PoisonError::into_inner) = next;
    }

    /// The report that was computed last; whoever computes one holds it, so that none is
    /// computed twice at once.
    pub(crate) async fn last_report(
        &self,
    ) -> tokio::sync::MutexGuard<'_, Option<crate::report::LastReport>> {
        self.last_report.lock().await
    }

    pub(crate) const fn learning(&self) -> &Mutex<Memory> {
        &self.learning
    }

    /// Waits for its turn to look for failures.
    pub(crate) async fn learning_turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.learning_turn.lock().await
    }

    /// Whether the log is still being read, so that figures are of a part of it.
    pub(crate) fn is_rebuilding(&self) -> bool {
        self.figures.rebuild().is_some()
    }

    /// The number of the latest change of a figure.
    pub(crate) fn figures_seen(&self) -> u64 {
        *self.figure_changes.borrow()
    }

    /// What was taught changed: pages that show it read it anew.
    pub(crate) fn learned(&self) {
        let learning = self.learning.lock();
        learning.unwrap_or_else(PoisonError::into_inner).forget();
        self.figures_changed();
    }

    /// Waits for its turn to change the knowledge.
    pub(crate) async fn knowledge_turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.knowledge_turn.lock().await
    }

    /// The rules in force.
    pub fn ruleset(&self) -> Arc<Ruleset> {
        Arc::clone(&self.in_force().rules)
    }

    /// The rules that decide a conversation: those in force, but where it is one of those
    /// that a version is tried on.
    pub fn rules_for(&self, conversation: ConversationId, began_at: Timestamp) -> Arc<Ruleset> {
        let in_force = self.in_force();
        match &in_force.trial {
            Some(trial) if trial.decides(conversation, began_at) => Arc::clone(&trial.rules),
            _ => Arc::clone(&in_force.rules),
        }
    }

    /// The trial that runs.
    pub fn trial(&self) -> Option<Arc<Running>> {
        self.in_force().trial.clone()
    }

    fn in_force(&self) -> std::sync::RwLockReadGuard<'_, InForce> {
        self.rules.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Waits for its turn to change the policy.
    pub async fn policy_turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.policy_turn.lock().await
    }

    /// Puts other rules in force, without a trial; turns that are being judged keep theirs.
    pub(crate) fn set_ruleset(&self, ruleset: Ruleset, fresh: Option<Fresh>) {
        let next = InForce {
            rules: Arc::new(ruleset),
            trial: None,
        };
        *self.rules.write().unwrap_or_else(PoisonError::into_inner) = next;
        self.set_watch(|watch| {
            *watch = Watch {
                fresh,
                ..Watch::default()
            };
        });
        self.roster_changed();
    }

    /// Begins or ends a trial beside the rules in force.
    pub(crate) fn set_trial(&self, trial: Option<Running>) {
        // What is counted is there before the first turn that counts.
        if let Some(trial) = &trial {
            self.set_watch(|watch| {
                watch.trial = Some(fold_of(&trial.trial));
                watch.is_shadow = trial.trial.mode == TrialMode::Shadow;
            });
        }
        let is_over = trial.is_none();
        let mut rules = self.rules.write().unwrap_or_else(PoisonError::into_inner);
        rules.trial = trial.map(Arc::new);
        drop(rules);
        if is_over {
            self.set_watch(|watch| watch.trial = None);
        }
        self.roster_changed();
    }

    /// Changes what is watched.
    pub(crate) fn set_watch(&self, change: impl FnOnce(&mut Watch)) {
        let mut watch = self.watch();
        change(&mut watch);
        self.is_watching
            .store(watch.is_at_work(), Ordering::Release);
    }

    fn watch(&self) -> MutexGuard<'_, Watch> {
        self.watch.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What has been counted of the trial that runs.
    pub fn trial_figures(&self) -> Option<rollout::Figures> {
        self.watch().trial.as_ref().map(rollout::Trial::figures)
    }

    /// What has been counted of the version in force, and before it, while it is watched.
    pub(crate) fn fresh_counts(&self, now: Timestamp) -> Option<(Counted, Counted)> {
        let watch = self.watch();
        let fresh = watch.fresh.as_ref()?;
        Some((fresh.before(), fresh.counted(now).0))
    }

    /// Counts an entry while something is new. What happens while the log is being read is
    /// counted at its end.
    pub(crate) fn count(&self, conversation: ConversationId, entry: &Entry) {
        if self.figures.rebuild().is_none() {
            self.count_past(conversation, entry);
        }
    }

    fn count_past(&self, conversation: ConversationId, entry: &Entry) {
        if self.is_watching.load(Ordering::Acquire) {
            self.set_watch(|watch| watch.observe(conversation, entry));
        }
    }

    /// Whether a rate has left its band; told once until it has been acted on.
    pub(crate) fn alarm(&self, now: Timestamp) -> Option<Alarm> {
        // Of a part of the log nothing follows.
        if !self.is_watching.load(Ordering::Acquire) || self.figures.rebuild().is_some() {
            return None;
        }
        let alarm = self.watch().alarm(now)?;
        (!self.is_halting.swap(true, Ordering::AcqRel)).then_some(alarm)
    }

    /// What left its band has been acted on, or could not be.
    pub(crate) fn has_halted(&self) {
        self.is_halting.store(false, Ordering::Release);
    }

    /// Everybody who works here.
    pub fn agents(&self) -> Arc<Vec<Agent>> {
        Arc::clone(&self.agents.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// One of them.
    pub fn agent(&self, id: AgentId) -> Option<Agent> {
        self.agents().iter().find(|agent| agent.id == id).cloned()
    }

    /// An agent's name, as customers read it.
    pub fn name_of(&self, id: AgentId) -> String {
        self.agent(id).map(|agent| agent.name).unwrap_or_default()
    }

    pub(crate) fn set_agents(&self, agents: Vec<Agent>) {
        *self.agents.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(agents);
        self.roster_changed();
    }

    /// What an agent said of themselves; offline once the lease has ended.
    pub fn presence(&self, agent: AgentId, now: Timestamp) -> Presence {
        match self.presences().get(&agent) {
            Some(row) if row.lease_until > now => row.presence,
            _ => Presence::Offline,
        }
    }

    /// What an agent said of themselves last, whether or not the lease has ended.
    pub fn presence_said(&self, agent: AgentId) -> Option<Presence> {
        self.presences().get(&agent).map(|row| row.presence)
    }

    /// Waits for its turn to write a presence.
    pub async fn presence_turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.presence_turn.lock().await
    }

    pub(crate) fn presences(&self) -> MutexGuard<'_, HashMap<AgentId, PresenceRow>> {
        self.presences
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn set_presence(&self, row: PresenceRow) {
        let before = self.presences().insert(row.agent, row);
        if before
            .is_none_or(|before| before.presence != row.presence || before.lease_until < row.since)
        {
            self.roster_changed();
        }
    }

    /// Conversations that people deal with, wait for, or watch.
    pub fn active(&self) -> MutexGuard<'_, BTreeMap<ConversationId, Active>> {
        self.active.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The figures, with everything that is durable by now.
    pub fn ledger(&self) -> MutexGuard<'_, Ledger> {
        self.figures.ledger()
    }

    /// Reads a page of the log into the figures.
    pub(crate) fn read_past(&self, page: &[Heard]) {
        self.figures.read(page);
        for (conversation, stored) in page {
            self.count_past(*conversation, &stored.entry);
        }
    }

    /// The log has been read to its end.
    pub(crate) fn end_reading(&self) {
        let count = |(conversation, stored): &Heard| self.count_past(*conversation, &stored.entry);
        self.figures.end_reading(count);
        self.figures_changed();
    }

    /// What was measured of waits and services.
    pub(crate) fn record<T>(&self, record: impl FnOnce(&mut Stats) -> T) -> T {
        let mut stats = self.stats.lock().unwrap_or_else(PoisonError::into_inner);
        record(Arc::make_mut(&mut stats))
    }

    /// Changes whenever a console's inbox does.
    pub fn inbox_changes(&self) -> watch::Receiver<u64> {
        self.inbox.subscribe()
    }

    /// Changes whenever a figure does.
    pub fn figure_changes(&self) -> watch::Receiver<u64> {
        self.figure_changes.subscribe()
    }

    /// Rings after anything that routing depends on.
    pub(crate) async fn routing_woken(&self) {
        self.routing.notified().await;
    }

    /// Somebody's presence, capacity, skills, or the rules changed.
    pub(crate) fn roster_changed(&self) {
        self.inbox.send_modify(|seq| *seq += 1);
        self.routing.notify_one();
    }

    pub(crate) fn figures_changed(&self) {
        self.figure_changes.send_modify(|seq| *seq += 1);
    }

    /// Takes note of an entry of the past, for the figures alone.
    pub(crate) fn note_past(&self, conversation: ConversationId, stored: StoredEntry) {
        self.figures.hear(conversation, Arc::new(stored));
        self.figures_changed();
    }

    /// Takes note of an entry that has become durable.
    pub(crate) fn note(&self, loaded: &Loaded, stored: &Arc<StoredEntry>) {
        self.figures.hear(loaded.conversation, Arc::clone(stored));
        self.figures_changed();
        if self.note_active(loaded) {
            self.roster_changed();
        }
    }

    /// Whether the conversation is, or was until now, of interest to the console.
    pub(crate) fn note_active(&self, loaded: &Loaded) -> bool {
        let state = &loaded.state;
        let is_active = state.holder.is_with_people()
            || matches!(state.holder, Holder::Review { .. })
            || (state.is_flagged && !matches!(state.holder, Holder::Closed { .. }));
        let mut active = self.active();
        if !is_active || !self.is_shown(state) {
            return active.remove(&loaded.conversation).is_some();
        }
        let known = active.remove(&loaded.conversation);
        let (subject, announced) = match known {
            Some(known) => (known.subject, known.announced),
            None => (
                segue_engine::packet::subject_line(loaded.recent.iter(), &loaded.stakes).into(),
                None,
            ),
        };
        let next = Active {
            state: Arc::clone(state),
            subject,
            last_author: state.last_role.unwrap_or(Role::System),
            announced,
            drafts: drafts_of(loaded),
        };
        active.insert(loaded.conversation, next);
        true
    }

    /// Conversations of files end as they were recorded; nobody waits in them.
    fn is_shown(&self, state: &State) -> bool {
        let origin = state.opening.as_ref().map(|opening| &opening.origin);
        !matches!(origin, Some(segue_model::event::Origin::Imported { .. }))
    }

    /// The workspace at this moment, as routing sees it.
    pub fn world(&self, now: Timestamp) -> World {
        let active = self.active();
        let mut loads: HashMap<AgentId, (u32, u32, Timestamp)> = HashMap::new();
        let mut waiting = Vec::new();
        for (conversation, known) in active.iter() {
            let state = &known.state;
            let Some(open) = &state.escalation else {
                continue;
            };
            let holder = state
                .holding_agent()
                .or(open.offer.as_ref().map(|offer| offer.agent));
            if let Some(agent) = holder {
                let (load, vip, since) = loads.entry(agent).or_default();
                *load += 1;
                *vip += u32::from(open.request.priority == Priority::Vip);
                *since = (*since).max(open.accepted.map_or(open.requested_at, |(_, at)| at));
            }
            // Who waits at another desk waits for its people.
            if state.is_waiting() && !state.is_at_other_desk() {
                waiting.push(waiting_of(*conversation, state));
            }
        }
        drop(active);
        World {
            now,
            waiting: waiting.into_iter().flatten().collect(),
            agents: self.agent_states(&loads),
            queues: self.ruleset().queues().to_vec(),
            stats: Arc::clone(&self.stats.lock().unwrap_or_else(PoisonError::into_inner)),
        }
    }

    fn agent_states(&self, loads: &HashMap<AgentId, (u32, u32, Timestamp)>) -> Vec<AgentState> {
        let presences = self.presences();
        let state_of = |agent: &Agent| {
            let (load, vip_load, busy_since) = loads.get(&agent.id).copied().unwrap_or_default();
            let row = presences.get(&agent.id);
            AgentState {
                agent: agent.id,
                name: agent.name.clone(),
                skills: agent.skills.clone(),
                queues: agent.queues.clone(),
                presence: routing_presence(row.map_or(Presence::Offline, |row| row.presence)),
                lease_until: row.map_or(Timestamp::default(), |row| row.lease_until),
                capacity: agent.capacity,
                load,
                vip_load,
                idle_since: busy_since.max(row.map_or(Timestamp::default(), |row| row.since)),
                may_reply: agent.is_active && may_reply(agent.role),
            }
        };
        self.agents().iter().map(state_of).collect()
    }

    /// Looks at the workspace at this moment with everything a handoff needs.
    pub fn situation<T>(&self, now: Timestamp, look: impl FnOnce(&Situation<'_>) -> T) -> T {
        let world = self.world(now);
        let agents: Vec<_> = self
            .agents()
            .iter()
            .map(|agent| (agent.email.clone(), agent.id))
            .collect();
        look(&Situation {
            now,
            world: &world,
            company: &self.workspace.name,
            agents: &agents,
        })
    }
}

/// Whether a role talks with customers.
pub const fn may_reply(role: AgentRole) -> bool {
    !matches!(role, AgentRole::Analyst)
}

const fn routing_presence(presence: Presence) -> segue_routing::world::Presence {
    match presence {
        Presence::Available => segue_routing::world::Presence::Available,
        Presence::Busy => segue_routing::world::Presence::Busy,
        Presence::Away => segue_routing::world::Presence::Away,
        Presence::Offline => segue_routing::world::Presence::Offline,
    }
}

fn waiting_of(conversation: ConversationId, state: &State) -> Option<Waiting> {
    let open = state.escalation.as_ref()?;
    let is_put_off = open.stage == Stage::Expired || open.due_at.is_some();
    Some(Waiting {
        conversation,
        escalation: open.request.id,
        queue: open.queue.clone(),
        kind: open.request.kind,
        priority: open.request.priority,
        since: open.requested_at,
        queued_at: open.queued_at,
        preferred: open.preferred.clone(),
        declined_by: open.declined_by.clone(),
        has_pending_offer: open.offer.is_some(),
        due_at: open.due_at.filter(|_| is_put_off),
    })
}

fn drafts_of(loaded: &Loaded) -> Vec<DraftText> {
    let words = |turn| {
        let found = loaded
            .turn(turn)
            .filter(|turn| turn.author == Author::Customer);
        found.map(|turn| turn.text.clone()).unwrap_or_default()
    };
    let draft = |open: &segue_floor::state::OpenDraft| {
        let kept = loaded.drafts.iter().find(|kept| kept.text == open.text);
        DraftText {
            id: open.id,
            text: kept.map(|kept| kept.words.clone()).unwrap_or_default(),
            in_reply_to_text: words(open.in_reply_to),
            confidence: kept.and_then(|kept| kept.confidence),
        }
    };
    loaded.state.drafts.iter().map(draft).collect()
}
