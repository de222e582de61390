//! What was heard from another desk.

use std::sync::Arc;

use segue_floor::{Command, Refused, Say, State};
use segue_model::escalation::{Disposition, RootCause, Trigger};
use segue_model::event::{AssistantKind, DeskThread, Opening, Origin};
use segue_model::fact::{FactValue, name};
use segue_model::floor::Holder;
use segue_model::id::{AgentId, ConversationId, EscalationId, WorkspaceId};
use segue_model::limits::{REOPEN_WINDOW_HOURS, TURN_TEXT_BYTES_MAX};
use segue_model::time::Span;
use segue_model::turn::{Author, NoticeKind};
use segue_ports::desk::{
    Bring, Contact, Desk, DeskError, DeskPerson, DeskTurn, Handed, Happening, Heard, Item,
};
use segue_ports::log::IdempotencyKey;
use segue_ports::outbox::OutboxId;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::append::{Done, Prepare};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::identity::visitors::facts_of;
use crate::service::Service;

/// How many conversations in a row one thread of a desk may be here.
const GENERATIONS_MAX: u32 = 1_000;

/// Where something was heard.
struct At<'a> {
    workspace: WorkspaceId,
    name: &'a str,
    desk: Arc<dyn Desk>,
    heard: &'a Heard,
}

impl At<'_> {
    /// Under this key the same message is heard once, however often it is sent.
    fn caller(&self, message: &str) -> Caller {
        let caller = format!("desk:{}", self.name);
        let key = format!("{}/{message}", self.heard.thread);
        let fingerprint = Sha256::digest(key.as_bytes()).into();
        let idempotency = Some(IdempotencyKey {
            caller,
            key,
            fingerprint,
        });
        Caller {
            idempotency,
            ..Caller::system(self.workspace)
        }
    }

    fn opening(&self, follows: Option<ConversationId>) -> Opening {
        let settings = self.desk.settings();
        Opening {
            customer: None,
            visitor: None,
            assistant: match settings.bot {
                Some(_) => AssistantKind::External,
                None => AssistantKind::Builtin,
            },
            origin: Origin::Live,
            channel: settings.product.to_lowercase(),
            locale: self.heard.contact.locale.clone(),
            page: None,
            browser: None,
            follows,
            bot: settings.bot.clone(),
            desk: Some(DeskThread {
                desk: self.name.to_owned(),
                thread: self.heard.thread.clone(),
                product: settings.product.clone(),
                link: self.desk.link(&self.heard.thread),
            }),
            facts: facts_of(None),
        }
    }
}

impl Service {
    /// Takes in what happened at a desk. Once this answers, it is durable; hearing it
    /// again changes nothing.
    ///
    /// # Errors
    /// When there is no such desk or the store fails. What the floor refuses is no error:
    /// the desk cannot do anything about it.
    pub async fn heard(
        &self,
        workspace: WorkspaceId,
        name: &str,
        heard: &Heard,
    ) -> Result<(), Failure> {
        let desk = self.outside().desks.get(name).map(Arc::clone);
        let at = At {
            workspace,
            name,
            desk: desk.ok_or(Failure::Unknown("desk"))?,
            heard,
        };
        let done = match &heard.what {
            Happening::Echo { id } => self.echo(id).await,
            Happening::Customer { message, text } => self.customer_there(&at, message, text).await,
            Happening::Person {
                message,
                person,
                text,
            } => self.person_there(&at, message, (person, text)).await,
            Happening::Note {
                message,
                person,
                text,
            } => self.note_there(&at, message, (person, text)).await,
            Happening::Moved { to, person } => self.moved_there(&at, *to, person.as_ref()).await,
        };
        match done {
            Err(Failure::Refused(refused)) => {
                tracing::info!(desk = name, %refused, "what happened at the desk changes nothing here");
                Ok(())
            }
            done => done,
        }
    }

    /// What we brought has arrived, whatever became of the answer to it.
    async fn echo(&self, id: &str) -> Result<(), Failure> {
        let row = id.rsplit_once('_').and_then(|(_, row)| row.parse().ok());
        if let Some(row) = row {
            self.store().outbox_settle(OutboxId(row)).await?;
            self.wake_outbox();
        }
        Ok(())
    }

    /// Whether a message was heard before: then whose turn it was then counts no more.
    async fn was_heard(&self, at: &At<'_>, message: &str) -> Result<bool, Failure> {
        let Some(key) = at.caller(message).idempotency else {
            return Ok(false);
        };
        let found = self.store().find_key(at.workspace, key.caller, key.key);
        Ok(found.await?.is_some())
    }

    async fn customer_there(&self, at: &At<'_>, message: &str, text: &str) -> Result<(), Failure> {
        if self.was_heard(at, message).await? {
            return Ok(());
        }
        let (id, state) = self.thread(at).await?;
        let are_people_asked = at.heard.turn == Some(DeskTurn::People);
        let state = match state {
            Ok(state) => state,
            // People have it there from its beginning: nothing is to be decided here.
            Err(_) if are_people_asked => return Ok(()),
            Err(follows) => self.begin(at, id, follows).await?,
        };
        if are_people_asked && is_with_assistant(&state) {
            self.take_there(at, id, None).await?;
        }
        let done = self
            .customer_turn(&at.caller(message), id, bounded(text))
            .await?;
        // It had ended here, and goes on with people there.
        if are_people_asked && is_with_assistant(&done.state) {
            self.take_there(at, id, None).await?;
        }
        Ok(())
    }

    async fn begin(
        &self,
        at: &At<'_>,
        id: ConversationId,
        follows: Option<ConversationId>,
    ) -> Result<Arc<State>, Failure> {
        let mut opening = at.opening(follows);
        self.know(at.workspace, &at.heard.contact, &mut opening)
            .await?;
        match self.open(&Caller::system(at.workspace), id, opening).await {
            Ok(done) => Ok(done.state),
            // Another message was faster.
            Err(Failure::Refused(Refused::Exists)) => self.state(at.workspace, id).await,
            Err(failure) => Err(failure),
        }
    }

    /// What the directory knows of a contact. That they are who they say is known only
    /// where the desk says so.
    async fn know(
        &self,
        workspace: WorkspaceId,
        contact: &Contact,
        opening: &mut Opening,
    ) -> Result<(), Failure> {
        let email = contact
            .email
            .as_ref()
            .map(|email| email.trim().to_lowercase());
        for key in [&email, &contact.account_id].into_iter().flatten() {
            let found = self.store().find_customer(workspace, key.clone()).await?;
            if let Some(found) = found {
                opening.facts = facts_of(Some(&found));
                opening.customer = Some(found.id);
                break;
            }
        }
        let known = &mut opening.facts.known;
        let proved = FactValue::Flag(contact.is_proved);
        known.insert(name::AUTHENTICATED.to_owned(), proved);
        let said = [
            (name::NAME, &contact.name),
            (name::EMAIL, &email),
            (name::ACCOUNT_ID, &contact.account_id),
        ];
        for (fact, value) in said {
            if let Some(value) = value {
                let value = FactValue::Text(value.clone());
                known.entry(fact.to_owned()).or_insert(value);
            }
        }
        Ok(())
    }

    /// A person there speaks: the floor is theirs at once, whoever has it here (F5).
    async fn person_there(
        &self,
        at: &At<'_>,
        message: &str,
        (person, text): (&DeskPerson, &str),
    ) -> Result<(), Failure> {
        if self.was_heard(at, message).await? {
            return Ok(());
        }
        let (id, state) = self.thread(at).await?;
        let Ok(state) = state else { return Ok(()) };
        let agent = self.agent_there(at, Some(person)).await?;
        if state.holding_agent().is_some_and(|holder| holder != agent) {
            self.take_there(at, id, Some(person)).await?;
        }
        let escalation = EscalationId::new(self.fresh());
        self.change(&at.caller(message), id, None, |before| {
            Ok(Command::AgentTurn {
                agent,
                epoch: before.loaded.state.epoch,
                text: bounded(text).to_owned(),
                handoff: Box::new(before.takeover(agent, escalation)),
                said_so_far: before.cut(),
            })
        })
        .await
        .map(drop)
    }

    async fn note_there(
        &self,
        at: &At<'_>,
        message: &str,
        (person, text): (&DeskPerson, &str),
    ) -> Result<(), Failure> {
        let (id, state) = self.thread(at).await?;
        if state.is_err() {
            return Ok(());
        }
        let agent = self.agent_there(at, Some(person)).await?;
        self.note(&at.caller(message), id, agent, bounded(text))
            .await
            .map(drop)
    }

    async fn moved_there(
        &self,
        at: &At<'_>,
        to: DeskTurn,
        person: Option<&DeskPerson>,
    ) -> Result<(), Failure> {
        let (id, state) = self.thread(at).await?;
        let Ok(state) = state else { return Ok(()) };
        match (to, &state.holder) {
            (DeskTurn::People, Holder::Assistant | Holder::Review { .. }) => {
                self.take_there(at, id, person).await.map(drop)
            }
            (DeskTurn::Bot, holder) if holder.is_with_people() => {
                match self.hand_back_there(at, id, &state).await {
                    // It stays with people: they are told, or nobody would answer.
                    Err(Failure::Refused(refused)) => {
                        self.give_again(at, id, &state, &refused).await
                    }
                    done => done.map(drop),
                }
            }
            (DeskTurn::Nobody, Holder::Assistant | Holder::Review { .. }) => {
                self.end(&Caller::system(at.workspace), id).await.map(drop)
            }
            (DeskTurn::Nobody, holder) if holder.is_with_people() => {
                let agent = match state.holding_agent() {
                    Some(agent) => agent,
                    None => {
                        self.take_there(at, id, person).await?;
                        self.agent_there(at, person).await?
                    }
                };
                self.resolve_there(at, id, agent).await.map(drop)
            }
            _ => Ok(()),
        }
    }

    async fn take_there(
        &self,
        at: &At<'_>,
        id: ConversationId,
        person: Option<&DeskPerson>,
    ) -> Result<Done, Failure> {
        let agent = self.agent_there(at, person).await?;
        let escalation = EscalationId::new(self.fresh());
        let caller = Caller::system(at.workspace);
        self.change(&caller, id, None, |before| {
            Ok(Command::Take {
                agent,
                handoff: Box::new(before.takeover(agent, escalation)),
                said_so_far: before.cut(),
            })
        })
        .await
    }

    async fn hand_back_there(
        &self,
        at: &At<'_>,
        id: ConversationId,
        state: &State,
    ) -> Result<Done, Failure> {
        let caller = Caller::system(at.workspace);
        let Some(agent) = state.holding_agent() else {
            return self.withdraw(&caller, id).await;
        };
        let product = &at.desk.settings().product;
        self.change(&caller, id, None, |before| {
            let root_cause = at.heard.root_cause.unwrap_or_else(|| root_cause_of(before));
            Ok(Command::HandBack {
                agent,
                line: before.say(NoticeKind::HandBack),
                brief: brief_of(before, product),
                root_cause,
                active_ms: active_ms(before),
                assistant_could: None,
                is_answer_owed: before.loaded.state.has_open_question(),
                answer_by: before.answer_by_after_hand_back(&self.outside().bots),
            })
        })
        .await
    }

    async fn resolve_there(
        &self,
        at: &At<'_>,
        id: ConversationId,
        agent: AgentId,
    ) -> Result<Done, Failure> {
        let caller = Caller::system(at.workspace);
        self.change(&caller, id, None, |before| {
            let root_cause = at.heard.root_cause.unwrap_or_else(|| root_cause_of(before));
            Ok(Command::Resolve {
                agent,
                root_cause,
                disposition: Disposition::Solved,
                active_ms: active_ms(before),
                assistant_could: None,
                notice: Say {
                    notice: NoticeKind::Closed,
                    ..before.say(NoticeKind::Closed)
                },
            })
        })
        .await
    }

    /// The desk gave it to the bot and it may not go there: it is given to people again.
    async fn give_again(
        &self,
        at: &At<'_>,
        id: ConversationId,
        state: &State,
        refused: &Refused,
    ) -> Result<(), Failure> {
        tracing::info!(desk = at.name, conversation.id = %id, %refused, "it stays with people");
        let Some(open) = &state.escalation else {
            return Ok(());
        };
        let bring = Bring {
            id: format!("again_{}", id.uuid().simple()),
            thread: at.heard.thread.clone(),
            item: Item::HandOver(Handed {
                conversation: id,
                queue: open.queue.clone(),
                rule: open.request.rule.0.to_string(),
                priority: open.request.priority,
                is_taken: state.holding_agent().is_some(),
            }),
        };
        match at.desk.bring(bring).await {
            Ok(()) | Err(DeskError::Refused(_)) => Ok(()),
            // The desk sends it again.
            Err(DeskError::Unreachable(_)) => Err(Failure::Busy),
        }
    }

    async fn agent_there(
        &self,
        at: &At<'_>,
        person: Option<&DeskPerson>,
    ) -> Result<AgentId, Failure> {
        let product = &at.desk.settings().product;
        let named = person.filter(|person| !person.id.is_empty());
        self.person_of_desk(at.workspace, (at.name, product), named)
            .await
    }

    /// The conversation here of a thread there: its latest, unless that ended too long ago
    /// to reopen. If there is none, the name of the one to begin, and what it goes on from.
    async fn thread(&self, at: &At<'_>) -> Result<(ConversationId, Thread), Failure> {
        let mut before = None;
        for generation in 0..GENERATIONS_MAX {
            let place = format!(
                "{}/desk/{}/{}/{generation}",
                at.workspace, at.name, at.heard.thread
            );
            let id = ConversationId::new(Uuid::new_v5(&Uuid::NAMESPACE_OID, place.as_bytes()));
            match self.state(at.workspace, id).await {
                Ok(state) if self.is_over(&state) => before = Some(id),
                Ok(state) => return Ok((id, Ok(state))),
                Err(Failure::Unknown("conversation")) => return Ok((id, Err(before))),
                Err(failure) => return Err(failure),
            }
        }
        Err(Failure::Busy)
    }

    fn is_over(&self, state: &State) -> bool {
        let window = Span::hours(REOPEN_WINDOW_HOURS);
        matches!(state.holder, Holder::Closed { .. })
            && self.now() > state.closed_at.unwrap_or(state.last_at) + window
    }
}

/// A conversation that is there, or what the one to begin goes on from.
type Thread = Result<Arc<State>, Option<ConversationId>>;

const fn is_with_assistant(state: &State) -> bool {
    matches!(state.holder, Holder::Assistant | Holder::Review { .. })
}

/// As much of a text as a turn may hold.
fn bounded(text: &str) -> &str {
    let mut end = text.len().min(TURN_TEXT_BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// Why the assistant could not, where nobody there said it.
fn root_cause_of(before: &Prepare<'_>) -> RootCause {
    let request = before
        .loaded
        .state
        .escalation
        .as_ref()
        .map(|open| &open.request);
    let suggested = request.and_then(|request| request.suggested_root_cause);
    let asked = request.is_some_and(|request| request.trigger == Trigger::OptOut);
    suggested.unwrap_or(if asked {
        RootCause::CustomerRequest
    } else {
        RootCause::Policy
    })
}

/// From taking it to the last word that was written there, in milliseconds: the desk does
/// not say how much of that was work.
fn active_ms(before: &Prepare<'_>) -> u64 {
    let state = &before.loaded.state;
    let open = state.escalation.as_ref();
    let taken = open.and_then(|open| open.accepted).map(|(_, at)| at);
    taken.map_or(0, |at| state.last_at.since(at).millis())
}

/// What the assistant is told: what the person said last.
fn brief_of(before: &Prepare<'_>, product: &str) -> String {
    let last = before
        .loaded
        .recent
        .iter()
        .rev()
        .find_map(|turn| match turn.author {
            Author::Agent { agent } => Some((before.desk.name_of(agent), turn.text.as_str())),
            _ => None,
        });
    match last {
        Some((name, words)) => bounded(&format!(
            "Handed back in {product}. {name} said last: {words}"
        ))
        .to_owned(),
        None => format!("Handed back in {product}. Nobody said anything there."),
    }
}
