//! A model's version of the packet, asked for after the commit that hands over, and again
//! when an agent accepts what the customer has written on since. Nothing waits for it: the
//! extracted packet is there already (D7), and whatever goes wrong here is a line in the
//! log. What the model says is read by `segue_engine::packet::generated`, which keeps only
//! what has a ground; all it can cause is one `SummaryAttached` (F22).

use std::sync::Arc;

use segue_engine::packet::generated::{self, Known};
use segue_floor::Command;
use segue_model::event::{Actor, Event, Version};
use segue_model::id::{ConversationId, EscalationId, WorkspaceId};
use segue_model::packet::Generated;
use segue_model::turn::TurnNumber;
use segue_ports::language_model::{Ask, LanguageModel, Purpose, Shape};
use segue_ports::log::StoredEntry;

use crate::caller::Caller;
use crate::cell::text_of;
use crate::failure::Failure;
use crate::read::turns_of;
use crate::service::Service;

/// The most tokens of a version: about twice what its longest form needs.
const TOKENS_MAX: u32 = 900;
/// How many are asked for at once; the others wait their turn.
pub(crate) const AT_ONCE_MAX: usize = 4;
/// How many wait at most. In a storm of handoffs the extracted packets are enough.
pub(crate) const WAITING_MAX: usize = 64;

/// The handoff that an entry begins or accepts.
fn handoff_in(stored: &StoredEntry) -> Option<EscalationId> {
    stored.entry.events.iter().find_map(|event| match event {
        Event::EscalationRequested(request) => Some(request.id),
        Event::EscalationAccepted { escalation, .. } => Some(*escalation),
        _ => None,
    })
}

/// The latest version in a log, if it is of the latest handoff and was not erased.
pub(crate) fn attached(entries: &[StoredEntry]) -> Option<Generated> {
    for stored in entries.iter().rev() {
        for event in stored.entry.events.iter().rev() {
            match event {
                Event::SummaryAttached { text, .. } => {
                    return text_of(stored, *text).and_then(|json| serde_json::from_str(json).ok());
                }
                Event::EscalationRequested(_) => return None,
                _ => {}
            }
        }
    }
    None
}

impl Service {
    /// Asks a model for its version in the background, where an entry calls for one.
    pub(crate) fn summarize_after(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        stored: &StoredEntry,
    ) {
        let model = self.outside().model.as_ref();
        let Some(model) = model.filter(|model| model.serves(Purpose::Summary)) else {
            return;
        };
        let Some(escalation) = handoff_in(stored) else {
            return;
        };
        let Some(place) = self.summaries().wait_in_line() else {
            tracing::warn!(conversation.id = %conversation, "too many packets wait for the model; this one stays as it was extracted");
            return;
        };
        let (service, model) = (self.clone(), Arc::clone(model));
        self.tasks().spawn(async move {
            let work = async {
                let Some(_turn) = place.turn().await else { return };
                let done = service.summarize(&*model, (workspace, conversation), escalation);
                if let Err(error) = done.await {
                    tracing::info!(conversation.id = %conversation, %error, "no summary was attached");
                }
            };
            tokio::select! {
                () = work => {}
                () = service.stopping().cancelled() => {}
            }
        });
    }

    async fn summarize(
        &self,
        model: &dyn LanguageModel,
        (workspace, conversation): (WorkspaceId, ConversationId),
        escalation: EscalationId,
    ) -> Result<(), Failure> {
        let (state, entries) = self
            .entries_after(workspace, conversation, Version::default())
            .await?;
        let turns = turns_of(&entries);
        let open = state.escalation.as_ref();
        let open = open.filter(|open| open.request.id == escalation);
        let (Some(open), Some(opening)) = (open, state.opening.as_deref()) else {
            return Ok(());
        };
        // A version is renewed for what the customer wrote, not for notices.
        let news = state.last_customer_turn.unwrap_or(TurnNumber(0));
        if open.summarized_through.is_some_and(|known| known >= news) {
            return Ok(());
        }
        let desk = self.desk(workspace)?;
        let agent = state.holding_agent().map(|agent| desk.name_of(agent));
        let known = Known {
            turns: &turns,
            opening,
            facts: &state.facts,
            agent_name: agent.as_deref().filter(|name| !name.is_empty()),
        };
        // Its last digits are random: nobody in the conversation can know the mark.
        let fresh = self.fresh().simple().to_string();
        let mark = fresh
            .get(fresh.len().saturating_sub(12)..)
            .unwrap_or(&fresh);
        let request = generated::request(&known, mark);
        let ask = Ask {
            workspace,
            purpose: Purpose::Summary,
            instructions: request.instructions,
            data: request.data,
            shape: Some(Shape {
                name: "packet",
                schema: request.schema,
            }),
            tokens_max: TOKENS_MAX,
            names: request.names,
        };
        // Why it gave nothing stands in the log of whoever asked for it.
        let Ok(reply) = model.complete(ask).await else {
            return Ok(());
        };
        let version = match generated::read(&reply.text, &known, &reply.model) {
            Ok(version) => version,
            Err(error) => {
                tracing::warn!(conversation.id = %conversation, %error, "the model's version could not be read");
                return Ok(());
            }
        };
        tracing::info!(
            conversation.id = %conversation,
            dropped = version.dropped.len(),
            is_withheld = version.is_withheld,
            "a model's version of the packet was checked"
        );
        self.attach(workspace, conversation, escalation, version)
            .await
    }

    async fn attach(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        escalation: EscalationId,
        version: Generated,
    ) -> Result<(), Failure> {
        let caller = Caller::new(workspace, Actor::System);
        // Texts, numbers and lists alone: it always has a JSON form.
        let text = serde_json::to_string(&version).unwrap_or_default();
        let (through, model) = (version.through, version.model);
        let attached = self.change(&caller, conversation, None, |_| {
            Ok(Command::AttachSummary {
                escalation,
                text: text.clone(),
                through,
                model: model.clone(),
            })
        });
        attached.await.map(drop)
    }
}

/// The line of those that wait for the model.
#[derive(Debug)]
pub(crate) struct Line {
    turns: Arc<tokio::sync::Semaphore>,
    places: Arc<tokio::sync::Semaphore>,
}

impl Default for Line {
    fn default() -> Self {
        Self {
            turns: Arc::new(tokio::sync::Semaphore::new(AT_ONCE_MAX)),
            places: Arc::new(tokio::sync::Semaphore::new(WAITING_MAX)),
        }
    }
}

/// A place in the line.
pub(crate) struct Place {
    turns: Arc<tokio::sync::Semaphore>,
    _place: tokio::sync::OwnedSemaphorePermit,
}

impl Line {
    pub(crate) fn wait_in_line(&self) -> Option<Place> {
        let place = Arc::clone(&self.places).try_acquire_owned().ok()?;
        Some(Place {
            turns: Arc::clone(&self.turns),
            _place: place,
        })
    }
}

impl Place {
    async fn turn(&self) -> Option<tokio::sync::SemaphorePermit<'_>> {
        self.turns.acquire().await.ok()
    }
}
