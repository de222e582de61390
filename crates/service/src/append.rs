//! Load, decide, append: the one way in which a conversation changes.

mod done;

use std::sync::Arc;
use std::time::Instant;

use metrics::counter;
use segue_engine::Ruleset;
use segue_floor::{Command, Context, Decision, Effect, Refused, State, decide, next_deadline};
use segue_model::event::{Actor, Entry, Event, Version};
use segue_model::floor::Holder;
use segue_model::id::{AgentId, ConversationId, DraftId};
use segue_model::time::Timestamp;
use segue_ports::log::{Append, Appended, Head, SlotClaim, SlotRelease, StoredEntry};
use segue_ports::outbox::{OutboxEffect, OutboxId};

use tracing::Instrument as _;

use crate::beside::is_for_the_desk;
use crate::caller::Caller;
use crate::cell::{Cell, Heard, Loaded};
use crate::desk::Desk;
use crate::failure::Failure;
use crate::hub::Frame;
use crate::identity::access::{self, Action};
use crate::outward::news_of;
use crate::service::Service;
use crate::watched::{self, room};

pub use done::Done;

/// How often a decision is made anew when others wrote in between.
const CONFLICTS_MAX: u32 = 8;
/// How many entries are read at a time when a conversation is loaded.
const LOAD_PAGE: u32 = 512;

/// What a command is prepared from.
pub struct Prepare<'a> {
    /// The conversation as it is.
    pub loaded: &'a Loaded,
    /// The workspace as it is.
    pub desk: &'a Desk,
    /// The rules that decide it: one version for all that is prepared (F27).
    pub rules: Arc<Ruleset>,
    /// The time of the append.
    pub now: Timestamp,
    cell: &'a Cell,
    said: std::cell::OnceCell<Option<segue_floor::Answer>>,
    /// What the detectors made of the turn that the command adds.
    pub(crate) heard: std::cell::OnceCell<Heard>,
    /// What a version that is tried says to it.
    pub(crate) shadow: std::cell::OnceCell<Event>,
}

impl Prepare<'_> {
    /// Whether an agent may do something with the conversation as it is: looked
    /// at on the very state that the append is checked against.
    pub(crate) fn authorize(&self, agent: AgentId, action: Action) -> Result<(), Failure> {
        let known = self.desk.agent(agent).ok_or(Failure::Unknown("agent"))?;
        access::authorize(&known, action)
    }

    /// Cuts what the assistant is saying and gives what was shown of it.
    pub fn cut(&self) -> Option<segue_floor::Answer> {
        self.said.get_or_init(|| self.cell.cut_stream()).clone()
    }
}

impl Service {
    /// Changes a conversation: loads it, lets `prepare` make a command of what
    /// it is now, decides, appends. If others wrote in between, all of it again.
    pub(crate) async fn change<F>(
        &self,
        caller: &Caller,
        conversation: ConversationId,
        settles: Option<OutboxId>,
        prepare: F,
    ) -> Result<Done, Failure>
    where
        F: Fn(&Prepare<'_>) -> Result<Command, Failure> + Send + Sync,
    {
        let span = room!("service.change", conversation.id = %conversation);
        let done = self.change_in_span(caller, conversation, settles, prepare);
        let done = done.instrument(span).await;
        if let Err(failure) = &done {
            counter!("segue_changes_refused_total", "code" => failure.code()).increment(1);
        }
        done
    }

    async fn change_in_span<F>(
        &self,
        caller: &Caller,
        conversation: ConversationId,
        settles: Option<OutboxId>,
        prepare: F,
    ) -> Result<Done, Failure>
    where
        F: Fn(&Prepare<'_>) -> Result<Command, Failure> + Send + Sync,
    {
        let desk = self.desk(caller.workspace)?;
        let cell = self.cell(caller.workspace, conversation);
        let mut guard = cell.loaded.lock().await;
        if let Actor::Agent(agent) = caller.actor {
            // Between a request's head and its body somebody may have been let go.
            let known = desk.agent(agent).ok_or(Failure::Unauthenticated)?;
            access::authorize(&known, Action::Serve)?;
        }
        for _ in 0..CONFLICTS_MAX {
            let loaded = self.loaded(&cell, &mut guard, &desk);
            let loaded = loaded.instrument(room!("store.load")).await?;
            let now = self.now().max(loaded.state.last_at);
            let rules = desk.rules_for(conversation, loaded.began_at(now));
            let settled = self.decide(
                (loaded, caller.actor),
                &cell,
                (&desk, &rules),
                now,
                &prepare,
            );
            let (decision, heard) = match settled {
                Ok((decision, heard)) if !decision.events.is_empty() => (decision, heard),
                other => {
                    let first = self.first_answer(caller, conversation, loaded).await?;
                    return match (first, other) {
                        (Some(first), _) => Ok(first),
                        (None, Ok(_)) => Ok(unchanged(caller, loaded, now)),
                        (None, Err(failure)) => Err(failure),
                    };
                }
            };
            let (append, after) = append_of(caller, loaded, &rules, decision, now, settles);
            let stored = StoredEntry {
                entry: append.entry.clone(),
                texts: append.texts.clone(),
            };
            let wakes = Wakes::of(&append);
            let began = Instant::now();
            let appended = self.store().append(append);
            let appended = appended.instrument(room!("store.append")).await;
            watched::timed("segue_append_seconds", began);
            match appended {
                Ok(Appended::Committed { position }) => {
                    self.note_own(position);
                    watched::count(&stored.entry, &loaded.state);
                    let stored = Arc::new(stored);
                    let state = Arc::new(after);
                    loaded.take(Arc::clone(&state), &stored, rules.detector(), heard);
                    self.after_commit(&desk, &cell, loaded, &stored, wakes);
                    return Ok(Done {
                        conversation,
                        entry: stored,
                        state,
                        is_replayed: false,
                    });
                }
                Ok(Appended::Conflict { .. } | Appended::StaleEpoch { .. }) => {
                    counter!("segue_changes_conflicts_total").increment(1);
                    *guard = None;
                }
                Ok(Appended::Replayed {
                    conversation,
                    version,
                }) => {
                    return self.replay(caller, conversation, version).await;
                }
                Ok(Appended::KeyReused) => return Err(Failure::KeyReused),
                Ok(Appended::NoFreeSlot { agent }) => return Err(Failure::CapacityFull { agent }),
                Ok(Appended::NotAvailable { agent }) => {
                    return Err(Failure::NotAvailable { agent });
                }
                Ok(Appended::VisitorHasOpen { .. }) => return Err(Refused::Exists.into()),
                Err(error) => {
                    // Whether it is durable is not known: the log is asked again.
                    *guard = None;
                    return Err(error.into());
                }
            }
        }
        Err(Failure::Busy)
    }

    fn decide<F>(
        &self,
        (loaded, actor): (&Loaded, Actor),
        cell: &Cell,
        (desk, rules): (&Desk, &Arc<Ruleset>),
        now: Timestamp,
        prepare: &F,
    ) -> Result<(Decision, Option<Heard>), Failure>
    where
        F: Fn(&Prepare<'_>) -> Result<Command, Failure>,
    {
        let before = Prepare {
            loaded,
            desk,
            rules: Arc::clone(rules),
            now,
            cell,
            said: std::cell::OnceCell::new(),
            heard: std::cell::OnceCell::new(),
            shadow: std::cell::OnceCell::new(),
        };
        let context = Context {
            now,
            draft: DraftId::new(self.fresh()),
            hand_backs_max: desk.ruleset().policy().hand_backs_max(),
        };
        let began = Instant::now();
        let decided = prepare(&before).and_then(|command| {
            let _floor = room!("floor.decide").entered();
            if let Some(desk) = loaded.state.other_desk()
                && is_for_the_desk(&command, actor)
            {
                let product = desk.product.clone();
                return Err(Failure::AtOtherDesk { product });
            }
            #[cfg(debug_assertions)]
            if let Some((state, command)) = crate::mutant::without_fence(&loaded.state, &command) {
                return decide(&state, command, &context).map_err(Failure::from);
            }
            decide(&loaded.state, command, &context).map_err(Failure::from)
        });
        watched::timed("segue_decide_seconds", began);
        if decided.is_err() && before.said.get().is_some_and(Option::is_some) {
            // What was cut for a command that was refused is begun anew.
            self.wake_outbox();
        }
        decided.map(|mut decision| {
            if let Some(shadow) = before.shadow.into_inner() {
                beside_its_verdict(&mut decision.events, shadow);
            }
            (decision, before.heard.into_inner())
        })
    }

    /// The conversation as the log has it.
    async fn loaded<'g>(
        &self,
        cell: &Cell,
        guard: &'g mut Option<Loaded>,
        desk: &Desk,
    ) -> Result<&'g mut Loaded, Failure> {
        if guard.is_none() {
            *guard = Some(self.load(cell, desk).await?);
        }
        guard.as_mut().ok_or(Failure::Busy)
    }

    async fn load(&self, cell: &Cell, desk: &Desk) -> Result<Loaded, Failure> {
        let mut loaded = Loaded::empty(cell.conversation);
        loop {
            let after = loaded.state.version;
            let page = self
                .store()
                .entries(cell.workspace, cell.conversation, after, LOAD_PAGE)
                .await?;
            let is_last = page.len() < LOAD_PAGE as usize;
            for stored in &page {
                let began_at = loaded.began_at(stored.entry.at);
                let rules = desk.rules_for(cell.conversation, began_at);
                loaded.apply(stored, rules.detector());
            }
            if is_last {
                return Ok(loaded);
            }
        }
    }

    /// A retry of a request that was done, and would be refused or change nothing
    /// now, gets its first answer (I11).
    async fn first_answer(
        &self,
        caller: &Caller,
        conversation: ConversationId,
        loaded: &Loaded,
    ) -> Result<Option<Done>, Failure> {
        let Some(key) = &caller.idempotency else {
            return Ok(None);
        };
        let found = self
            .store()
            .find_key(caller.workspace, key.caller.clone(), key.key.clone())
            .await?;
        match found {
            Some((_, _, fingerprint)) if fingerprint != key.fingerprint => Err(Failure::KeyReused),
            Some((found, version, _)) if found == conversation => {
                let entry = self.entry(caller, found, version).await?;
                let state = Arc::clone(&loaded.state);
                Ok(Some(Done {
                    conversation,
                    entry,
                    state,
                    is_replayed: true,
                }))
            }
            _ => Ok(None),
        }
    }

    async fn replay(
        &self,
        caller: &Caller,
        conversation: ConversationId,
        version: Version,
    ) -> Result<Done, Failure> {
        let entry = self.entry(caller, conversation, version).await?;
        let cell = self.cell(caller.workspace, conversation);
        let desk = self.desk(caller.workspace)?;
        // Another conversation than the caller's guard holds, or the same one
        // while the guard is held: the log itself is asked.
        let state = self.load(&cell, &desk).await?.state;
        Ok(Done {
            conversation,
            entry,
            state,
            is_replayed: true,
        })
    }

    async fn entry(
        &self,
        caller: &Caller,
        conversation: ConversationId,
        version: Version,
    ) -> Result<Arc<StoredEntry>, Failure> {
        let after = Version(version.0.saturating_sub(1));
        let mut page = self
            .store()
            .entries(caller.workspace, conversation, after, 1)
            .await?;
        page.pop()
            .map(Arc::new)
            .ok_or(Failure::Unknown("conversation"))
    }

    /// What is to be done once an entry is durable.
    fn after_commit(
        &self,
        desk: &Desk,
        cell: &Cell,
        loaded: &Loaded,
        stored: &Arc<StoredEntry>,
        wakes: Wakes,
    ) {
        if wakes.cuts {
            drop(cell.cut_stream());
        }
        let state = Arc::clone(&loaded.state);
        cell.tell(Frame::Entry {
            entry: Arc::clone(stored),
            state,
        });
        self.measure(
            desk,
            cell.conversation,
            &stored.entry.events,
            stored.entry.at,
        );
        desk.note(loaded, stored);
        self.summarize_after(cell.workspace, cell.conversation, stored);
        self.watch(desk, cell.conversation, &stored.entry);
        if wakes.outbox {
            self.wake_outbox();
        }
        if let Some(due_at) = wakes.due_at {
            self.wake_timers(due_at);
        }
    }

    /// The state of a conversation, loaded if need be.
    pub async fn state(
        &self,
        workspace: segue_model::id::WorkspaceId,
        conversation: ConversationId,
    ) -> Result<Arc<State>, Failure> {
        self.look(workspace, conversation, |loaded| Arc::clone(&loaded.state))
            .await
    }

    /// Looks at a conversation under its lock.
    pub(crate) async fn look<T>(
        &self,
        workspace: segue_model::id::WorkspaceId,
        conversation: ConversationId,
        look: impl FnOnce(&Loaded) -> T,
    ) -> Result<T, Failure> {
        let desk = self.desk(workspace)?;
        let cell = self.cell(workspace, conversation);
        let mut guard = cell.loaded.lock().await;
        let loaded = self.loaded(&cell, &mut guard, &desk).await?;
        if loaded.state.opening.is_none() {
            return Err(Failure::Unknown("conversation"));
        }
        Ok(look(loaded))
    }
}

/// What an append asks of the loops.
#[derive(Debug, Clone, Copy)]
struct Wakes {
    cuts: bool,
    outbox: bool,
    due_at: Option<Timestamp>,
}

impl Wakes {
    fn of(append: &Append) -> Self {
        let cuts = append
            .entry
            .events
            .iter()
            .any(|event| matches!(event, Event::FloorChanged { .. }));
        Self {
            cuts,
            outbox: !append.outbox.is_empty(),
            due_at: append.head.due_at,
        }
    }
}

fn unchanged(caller: &Caller, loaded: &Loaded, now: Timestamp) -> Done {
    let state = Arc::clone(&loaded.state);
    let entry = Entry {
        version: state.version,
        at: now,
        actor: caller.actor,
        events: Vec::new(),
    };
    let entry = Arc::new(StoredEntry {
        entry,
        texts: Vec::new(),
    });
    Done {
        conversation: loaded.conversation,
        entry,
        state,
        is_replayed: false,
    }
}

/// Puts what a version that is tried says behind the verdict that it stands beside; without
/// one nothing was decided, and nothing is kept.
fn beside_its_verdict(events: &mut Vec<Event>, mut shadow: Event) {
    let verdict = events
        .iter()
        .enumerate()
        .find_map(|(at, event)| match event {
            Event::VerdictReached { turn, .. } => Some((at, *turn)),
            _ => None,
        });
    if let (Some((at, of)), Event::ShadowDecided { turn, .. }) = (verdict, &mut shadow) {
        // The floor has the last word on which turn an answer is to.
        *turn = of;
        events.insert(at + 1, shadow);
    }
}

/// What is written, and the state once it is.
fn append_of(
    caller: &Caller,
    loaded: &Loaded,
    rules: &Ruleset,
    decision: Decision,
    now: Timestamp,
    settles: Option<OutboxId>,
) -> (Append, State) {
    let before = &loaded.state;
    let entry = Entry {
        version: before.version.next(),
        at: now,
        actor: caller.actor,
        events: decision.events,
    };
    let mut after = State::clone(before);
    segue_floor::evolve(&mut after, &entry);
    let mut append = Append {
        workspace: caller.workspace,
        conversation: loaded.conversation,
        expected: before.version,
        made_under: (before.version != Version::default()).then_some(before.epoch),
        entry,
        texts: decision.texts,
        head: head_of(&after, &rules.settings()),
        idempotency: caller.idempotency.clone(),
        claims: Vec::new(),
        releases: Vec::new(),
        outbox: Vec::new(),
        settles,
    };
    append.outbox = news_of(before, &after, &append.entry);
    let has_bot = after.opening.as_ref().is_some_and(|it| it.bot.is_some());
    for effect in decision.effects {
        add_effect(&mut append, effect, has_bot);
    }
    (append, after)
}

fn add_effect(append: &mut Append, effect: Effect, has_bot: bool) {
    match effect {
        Effect::AskAssistant { turn, .. } if has_bot => {
            append.outbox.push(OutboxEffect::AskBot { turn });
        }
        Effect::AskAssistant { turn, is_widened } => {
            append
                .outbox
                .push(OutboxEffect::AskAssistant { turn, is_widened });
        }
        // Routing looks at everything that waits whenever anything changes, and
        // finds what waits in the log when it starts: there is nothing to remember.
        Effect::Route | Effect::CancelStream => {}
        Effect::ClaimSlot {
            agent,
            escalation,
            must_be_available,
        } => {
            append.claims.push(SlotClaim {
                agent,
                escalation,
                must_be_available,
            });
        }
        Effect::ReleaseSlot { agent, escalation } => {
            append.releases.push(SlotRelease {
                agent: Some(agent),
                escalation,
            });
        }
    }
}

/// What lists and timers need of a state.
pub(crate) fn head_of(state: &State, settings: &segue_floor::Settings) -> Head {
    let opening = state.opening.as_deref();
    let queue = match &state.holder {
        Holder::Review { queue } | Holder::Queue { queue, .. } | Holder::Locked { queue, .. } => {
            Some(queue.clone())
        }
        Holder::Agent { .. } => state.escalation.as_ref().map(|open| open.queue.clone()),
        Holder::Assistant | Holder::Closed { .. } => None,
    };
    Head {
        epoch: state.epoch,
        holder: state.holder.word(),
        queue,
        agent: state.holding_agent(),
        customer: opening.and_then(|opening| opening.customer),
        visitor: opening.and_then(|opening| opening.visitor.clone()),
        origin: opening.map_or(segue_model::event::Origin::Live, |opening| {
            opening.origin.clone()
        }),
        opened_at: state.opened_at,
        last_at: state.last_at,
        due_at: next_deadline(state, settings),
        is_flagged: state.is_flagged,
        has_drafts: !state.drafts.is_empty(),
    }
}
