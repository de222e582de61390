//! A workspace with its service at work on the real time.

use std::sync::Arc;
use std::time::SystemTime;

use segue_assist::{Calibration, KnowledgeBase};
use segue_model::event::{AssistantKind, Event, Opening, Origin};
use segue_model::fact::{FactValue, Facts};
use segue_model::id::{AgentId, ConversationId, WorkspaceId};
use segue_model::time::Timestamp;
use segue_model::turn::{Author, Role};
use segue_ports::Store;
use segue_ports::directory::Workspace;
use segue_service::cell::text_of;
use segue_service::hub::Frame;
use segue_service::{Caller, Outside, Service};
use segue_testkit::{MemoryStore, sample};
use uuid::Uuid;

use crate::fake::WAIT_MAX;

pub struct World {
    pub service: Service,
    pub workspace: WorkspaceId,
    pub agent: AgentId,
    pub store: Arc<MemoryStore>,
}

struct Now;

impl segue_ports::clock::Clock for Now {
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH);
        Timestamp(i64::try_from(since.unwrap().as_millis()).unwrap())
    }
}

impl World {
    pub async fn new(outside: Outside) -> Self {
        let store = Arc::new(MemoryStore::new());
        let row = Workspace {
            id: WorkspaceId::new(Uuid::now_v7()),
            name: "Brightcrate".to_owned(),
            is_demo: false,
            created_at: sample::NOON,
        };
        let ports: &dyn Store = store.as_ref();
        ports.create_workspace(row.clone()).await.unwrap();
        let agent = sample::agent("Sarah", 3);
        let id = agent.id;
        ports.create_agent(row.id, agent).await.unwrap();
        Self {
            service: serve(&store, outside).await,
            workspace: row.id,
            agent: id,
            store,
        }
    }

    /// Another process over the same store, after this one has ended.
    pub async fn restarted(self, outside: Outside) -> Self {
        self.service.stop().await;
        Self {
            service: serve(&self.store, outside).await,
            ..self
        }
    }

    pub fn caller(&self) -> Caller {
        Caller::system(self.workspace)
    }

    pub fn as_agent(&self) -> Caller {
        Caller::new(self.workspace, segue_model::event::Actor::Agent(self.agent))
    }

    /// A conversation that a bot answers.
    pub async fn with_bot(&self, bot: &str, facts: &[(&str, FactValue)]) -> ConversationId {
        let id = ConversationId::new(Uuid::now_v7());
        let known = facts
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()));
        let opening = Opening {
            customer: None,
            visitor: None,
            assistant: AssistantKind::External,
            origin: Origin::Live,
            channel: "widget".to_owned(),
            locale: Some("en".to_owned()),
            page: None,
            browser: None,
            follows: None,
            bot: Some(bot.to_owned()),
            desk: None,
            facts: Facts {
                known: known.collect(),
                lookup_failed: None,
            },
        };
        self.service
            .open(&self.caller(), id, opening)
            .await
            .unwrap();
        id
    }

    pub async fn says(&self, id: ConversationId, text: &str) {
        self.service
            .customer_turn(&self.caller(), id, text)
            .await
            .unwrap();
    }

    /// What everybody reads, as `role: text`.
    pub async fn read(&self, id: ConversationId) -> Vec<String> {
        let log = self.service.whole_log(self.workspace, id).await.unwrap();
        let turns = log.iter().flat_map(|stored| {
            stored.entry.events.iter().filter_map(|event| match event {
                Event::TurnAdded { author, text, .. } => {
                    let words = text_of(stored, *text).unwrap();
                    Some(match author {
                        Author::System { notice } => format!("{notice:?}: {words}"),
                        author => format!("{}: {words}", word(author.role())),
                    })
                }
                _ => None,
            })
        });
        turns.collect()
    }

    pub async fn events(&self, id: ConversationId) -> Vec<Event> {
        let log = self.service.whole_log(self.workspace, id).await.unwrap();
        log.into_iter()
            .flat_map(|stored| stored.entry.events)
            .collect()
    }

    /// Waits until the log of a conversation says so.
    pub async fn until(&self, id: ConversationId, is_so: impl Fn(&[Event]) -> bool) {
        let mut frames = self.service.cell(self.workspace, id).listen();
        loop {
            if is_so(&self.events(id).await) {
                return;
            }
            loop {
                match tokio::time::timeout(WAIT_MAX, frames.recv()).await {
                    Ok(Ok(Frame::Entry { .. })) => break,
                    Ok(Ok(_)) => {}
                    other => panic!("{other:?}: {:#?}", self.read(id).await),
                }
            }
        }
    }

    pub async fn holder(&self, id: ConversationId) -> &'static str {
        self.service
            .state(self.workspace, id)
            .await
            .unwrap()
            .holder
            .word()
    }
}

async fn serve(store: &Arc<MemoryStore>, outside: Outside) -> Service {
    let options = segue_service::Options::default();
    let shared: Arc<dyn Store> = store.clone();
    let service = Service::new(shared, Arc::new(Now), outside, options);
    let knowledge = KnowledgeBase::build(Vec::new(), Calibration::for_documents(&[]));
    service.start(Arc::new(knowledge)).await.unwrap();
    service
}

/// Whether somebody of this role has said something so many times.
pub fn has_said(role: Role, count: usize) -> impl Fn(&[Event]) -> bool {
    move |events| {
        let is_it = |event: &&Event| matches!(event, Event::TurnAdded { author, .. } if author.role() == role);
        events.iter().filter(is_it).count() >= count
    }
}

/// Whether a person has been asked for so many times.
pub fn has_asked(count: usize) -> impl Fn(&[Event]) -> bool {
    move |events| {
        let is_it = |event: &&Event| matches!(event, Event::EscalationRequested(_));
        events.iter().filter(is_it).count() >= count
    }
}

fn word(role: Role) -> &'static str {
    match role {
        Role::Customer => "customer",
        Role::Assistant => "assistant",
        Role::Agent => "agent",
        Role::System => "system",
    }
}
