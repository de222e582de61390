//! Following a topic: first where it stands, then everything that happens.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::Utf8Bytes;
use segue_floor::State;
use segue_model::event::Version;
use segue_model::id::ConversationId;
use segue_ports::directory::Agent;
use segue_ports::log::StoredEntry;
use segue_service::hub::Frame;
use segue_service::identity::access::{self, Action};
use segue_service::identity::sessions::Bearer;
use segue_service::{Desk, Failure};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::mpsc;

use super::{VISITOR_RENEWS_BEFORE, role_of, typing};
use crate::ApiState;
use crate::view::{Eyes, View};
use crate::view::{customer_frame, customer_snapshot, staff_frame, staff_snapshot};
use crate::wire::live::{ServerFrame, StateFor};

/// How long changes of the inbox are gathered before it is told anew.
const INBOX_PAUSE: Duration = Duration::from_millis(40);
/// How often the waiting times of an inbox are told anew in any case.
const INBOX_EVERY: Duration = Duration::from_secs(15);
/// How often figures are told at most.
const FIGURES_PAUSE: Duration = Duration::from_secs(1);
/// How many entries are read at a time.
const PAGE: u32 = 500;

/// Whoever follows, and where to tell them.
#[derive(Clone)]
pub struct Follower {
    state: ApiState,
    bearer: Bearer,
    outgoing: mpsc::Sender<Utf8Bytes>,
}

/// The socket is gone, or what was followed may not be seen (any more).
struct Over;

impl From<Failure> for Over {
    fn from(_: Failure) -> Self {
        Self
    }
}

impl From<segue_ports::StoreError> for Over {
    fn from(_: segue_ports::StoreError) -> Self {
        Self
    }
}

impl Follower {
    pub fn new(state: ApiState, bearer: Bearer, outgoing: mpsc::Sender<Utf8Bytes>) -> Self {
        Self {
            state,
            bearer,
            outgoing,
        }
    }

    pub fn bearer(&self) -> &Bearer {
        &self.bearer
    }

    pub fn state(&self) -> &ApiState {
        &self.state
    }

    /// Whether the session behind the socket still holds.
    pub async fn is_still_good(&self) -> bool {
        match &self.bearer {
            Bearer::Agent { session, .. } => {
                self.state.service().session_by_hash(*session).await.is_ok()
            }
            Bearer::Visitor { expires_at, .. } => {
                self.state.service().now() + VISITOR_RENEWS_BEFORE < *expires_at
            }
        }
    }

    /// The person at the page did something.
    pub async fn was_used(&self) {
        let Bearer::Agent { session, .. } = &self.bearer else {
            return;
        };
        let service = self.state.service();
        if let Ok(who) = service.session_by_hash(*session).await
            && let Err(error) = service.session_used(&who).await
        {
            tracing::warn!(%error, "the use of a session could not be noted");
        }
    }

    fn desk(&self) -> Result<Arc<Desk>, Over> {
        let workspace = match &self.bearer {
            Bearer::Agent { workspace, .. } | Bearer::Visitor { workspace, .. } => *workspace,
        };
        Ok(self.state.service().desk(workspace)?)
    }

    fn agent(&self, desk: &Desk) -> Option<Agent> {
        match &self.bearer {
            Bearer::Agent { agent, .. } => desk.agent(*agent),
            Bearer::Visitor { .. } => None,
        }
    }

    /// The agent behind the socket, nobody for a visitor's; over for an agent who
    /// is no more, who must never be taken for a visitor.
    fn staff(&self, desk: &Desk) -> Result<Option<Agent>, Over> {
        match &self.bearer {
            Bearer::Agent { agent, .. } => desk.agent(*agent).map(Some).ok_or(Over),
            Bearer::Visitor { .. } => Ok(None),
        }
    }

    async fn tell(&self, frame: &ServerFrame) -> Result<(), Over> {
        let text = serde_json::to_string(frame).map_err(|_| Over)?;
        self.outgoing.send(text.into()).await.map_err(|_| Over)
    }

    /// Whether the bearer may see this conversation.
    fn may_see(&self, desk: &Desk, state: &State) -> bool {
        match &self.bearer {
            Bearer::Agent { .. } => self.agent(desk).is_some_and(|agent| {
                access::authorize(&agent, Action::ReadConversation).is_ok()
                    && access::may_see(&agent, state)
            }),
            Bearer::Visitor { visitor, .. } => {
                let opening = state.opening.as_deref();
                opening.is_some_and(|opening| opening.visitor.as_ref() == Some(visitor))
            }
        }
    }

    /// Somebody writes; those who follow the conversation are told.
    pub async fn typing(&self, conversation: ConversationId) {
        let Ok(desk) = self.desk() else { return };
        let service = self.state.service();
        let Ok(state) = service.state(desk.workspace.id, conversation).await else {
            return;
        };
        if self.may_see(&desk, &state) {
            service
                .cell(desk.workspace.id, conversation)
                .tell(typing(role_of(&self.bearer)));
        }
    }

    /// Follows one conversation from a version on, until the socket is gone.
    pub async fn conversation(&self, id: ConversationId, after: Version) {
        let Ok(desk) = self.desk() else { return };
        if self.follow_conversation(&desk, id, after).await.is_err() {
            let gone = ServerFrame::Error {
                code: "conversation_unknown".to_owned(),
                message: "there is no such conversation, or it went to others".to_owned(),
                conversation: Some(id),
            };
            drop(self.tell(&gone).await);
        }
    }

    async fn follow_conversation(
        &self,
        desk: &Desk,
        id: ConversationId,
        after: Version,
    ) -> Result<(), Over> {
        let service = self.state.service();
        let cell = service.cell(desk.workspace.id, id);
        // Listening begins before the log is read, so that nothing falls between.
        let mut frames = cell.listen();
        let (mut told, mut state) = self.catch_up(desk, id, after, true).await?;
        loop {
            match frames.recv().await {
                Ok(Frame::Entry { entry, state: next }) => {
                    if !self.may_see(desk, &next) {
                        return Err(Over);
                    }
                    if entry.entry.version <= told {
                        continue;
                    }
                    if entry.entry.version == told.next() {
                        told = entry.entry.version;
                        state = Arc::clone(&next);
                        self.tell_frame(desk, id, &Frame::Entry { entry, state: next }, &state)
                            .await?;
                    } else {
                        (told, state) = self.catch_up(desk, id, told, false).await?;
                    }
                }
                Ok(frame) => self.tell_frame(desk, id, &frame, &state).await?,
                Err(RecvError::Lagged(_)) => {
                    (told, state) = self.catch_up(desk, id, told, false).await?;
                }
                Err(RecvError::Closed) => return Ok(()),
            }
        }
    }

    async fn tell_frame(
        &self,
        desk: &Desk,
        id: ConversationId,
        frame: &Frame,
        state: &State,
    ) -> Result<(), Over> {
        let now = self.state.service().now();
        let told = match self.staff(desk)? {
            Some(me) => staff_frame(desk, &me, id, frame, now),
            None => customer_frame(desk, id, frame, state, now),
        };
        match told {
            Some(frame) => self.tell(&frame).await,
            None => Ok(()),
        }
    }

    /// Tells what happened after a version, from the log; the whole where the
    /// follower has nothing yet. Answers what was told and the state then.
    async fn catch_up(
        &self,
        desk: &Desk,
        id: ConversationId,
        after: Version,
        is_first: bool,
    ) -> Result<(Version, Arc<State>), Over> {
        let service = self.state.service();
        let state = service.state(desk.workspace.id, id).await?;
        if !self.may_see(desk, &state) {
            return Err(Over);
        }
        let is_whole = is_first && (after == Version::default() || after > state.version);
        let from = if is_whole { Version::default() } else { after };
        let entries = self.entries(desk, id, from, state.version).await?;
        let now = service.now();
        let frame = match (self.staff(desk)?, is_whole) {
            (Some(me), true) => {
                let whole = staff_snapshot(desk, &me, id, (&state, &entries), now);
                ServerFrame::Snapshot {
                    conversation: id,
                    version: whole.version,
                    items: whole.items,
                    state: StateFor::Staff(Box::new(whole.state)),
                }
            }
            (None, true) => {
                let whole = customer_snapshot(desk, id, (&state, &entries), now);
                ServerFrame::Snapshot {
                    conversation: id,
                    version: whole.version,
                    items: whole.items,
                    state: StateFor::Customer(Box::new(whole.state)),
                }
            }
            (Some(me), false) => {
                let view = View::new(desk, Eyes::Staff(&me), id, &state, now);
                ServerFrame::Entries {
                    conversation: id,
                    from: from.0,
                    version: state.version.0,
                    items: view.items(&entries),
                    state: StateFor::Staff(Box::new(view.staff_state(&me))),
                }
            }
            (None, false) => {
                let view = View::new(desk, Eyes::Customer, id, &state, now);
                ServerFrame::Entries {
                    conversation: id,
                    from: from.0,
                    version: state.version.0,
                    items: view.items(&entries),
                    state: StateFor::Customer(Box::new(view.customer_state())),
                }
            }
        };
        self.tell(&frame).await?;
        Ok((state.version, state))
    }

    async fn entries(
        &self,
        desk: &Desk,
        id: ConversationId,
        after: Version,
        up_to: Version,
    ) -> Result<Vec<StoredEntry>, Over> {
        let store = self.state.service().store();
        let mut entries: Vec<StoredEntry> = Vec::new();
        let mut after = after;
        while after < up_to {
            let page = store.entries(desk.workspace.id, id, after, PAGE).await?;
            let Some(last) = page.last() else { break };
            after = last.entry.version;
            entries.extend(page);
        }
        entries.retain(|stored| stored.entry.version <= up_to);
        Ok(entries)
    }

    /// Follows the agent's inbox: the whole of it, again at each change.
    pub async fn inbox(&self) {
        let Ok(desk) = self.desk() else { return };
        let mut changes = desk.inbox_changes();
        loop {
            let seq = *changes.borrow_and_update();
            let Some(me) = self.agent(&desk) else { return };
            let inbox = crate::view::inbox(&desk, &me, self.state.service().now());
            let frame = ServerFrame::Inbox {
                seq,
                inbox: Box::new(inbox),
            };
            if self.tell(&frame).await.is_err() {
                return;
            }
            tokio::select! {
                changed = changes.changed() => if changed.is_err() { return },
                () = tokio::time::sleep(INBOX_EVERY) => {}
            }
            tokio::time::sleep(INBOX_PAUSE).await;
        }
    }

    /// Follows the figures, at most once a second.
    pub async fn dashboard(&self, include_demo: bool) {
        let Ok(desk) = self.desk() else { return };
        let Some(me) = self.agent(&desk) else { return };
        if access::authorize(&me, Action::ReadFigures).is_err() {
            return;
        }
        let mut changes = desk.figure_changes();
        loop {
            let seq = *changes.borrow_and_update();
            let asked = crate::figures::Asked {
                include_demo,
                ..crate::figures::Asked::default()
            };
            let now = self.state.service().now();
            let Ok(dashboard) = crate::figures::dashboard(Arc::clone(&desk), now, asked).await
            else {
                return;
            };
            let frame = ServerFrame::Dashboard {
                seq,
                dashboard: Box::new(dashboard),
            };
            if self.tell(&frame).await.is_err() {
                return;
            }
            if changes.changed().await.is_err() {
                return;
            }
            tokio::time::sleep(FIGURES_PAUSE).await;
        }
    }
}
