//! What happened elsewhere or before: conversations of files and of the demo's
//! past. They are written as events without asking the floor, because nobody
//! speaks in them any more; they never count as live.

use std::collections::BTreeMap;

use segue_engine::replay::{replay, scores_of, time_of};
use segue_floor::State;
use segue_model::event::{Actor, AssistantKind, Entry, Event, Opening, Origin, TextRef};
use segue_model::fact::Facts;
use segue_model::floor::{ClosedOutcome, FloorCause, Holder};
use segue_model::id::{AgentId, ConversationId, WorkspaceId};
use segue_model::limits::TURN_TEXT_BYTES_MAX;
use segue_model::record::ConversationRecord;
use segue_model::time::Timestamp;
use segue_model::turn::{AnswerScores, Author, NoticeKind, Role, TurnNumber};
use segue_model::verdict::Outcome;
use segue_model::words::as_written;
use segue_ports::log::{Append, Appended};
use uuid::Uuid;

use crate::append::head_of;
use crate::failure::Failure;
use crate::service::Service;

/// What came of importing one conversation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Imported {
    /// Its identity here; the same every time.
    pub conversation: ConversationId,
    /// Whether it is new; one that is here already stays as it is.
    pub is_new: bool,
    /// How many customer turns were judged.
    pub verdicts: u32,
    /// How many of them would have gone to a person.
    pub escalations: u32,
}

/// The identity of a file's conversation: the same file gives the same one, so
/// importing twice adds nothing.
pub fn imported_id(workspace: WorkspaceId, source: &str, external_id: &str) -> ConversationId {
    let name = format!("{source}\u{0}{external_id}");
    ConversationId::new(Uuid::new_v5(&workspace.uuid(), name.as_bytes()))
}

/// One conversation's past, written entry by entry.
pub struct Past<'a> {
    service: &'a Service,
    workspace: WorkspaceId,
    conversation: ConversationId,
    state: State,
}

impl<'a> Past<'a> {
    /// A conversation that is not there yet.
    pub fn new(service: &'a Service, workspace: WorkspaceId, conversation: ConversationId) -> Self {
        Self {
            service,
            workspace,
            conversation,
            state: State::default(),
        }
    }

    /// What it has come to.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The reference of the next text.
    pub fn next_text(&self, offset: u32) -> TextRef {
        TextRef(self.state.texts + 1 + offset)
    }

    /// Writes one entry; answers whether it was new.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn write(
        &mut self,
        at: Timestamp,
        actor: Actor,
        events: Vec<Event>,
        texts: Vec<(TextRef, String)>,
    ) -> Result<bool, Failure> {
        let desk = self.service.desk(self.workspace)?;
        let expected = self.state.version;
        let entry = Entry {
            version: expected.next(),
            at,
            actor,
            events,
        };
        segue_floor::evolve(&mut self.state, &entry);
        let stored = segue_ports::log::StoredEntry {
            entry: entry.clone(),
            texts: texts.clone(),
        };
        let append = Append {
            workspace: self.workspace,
            conversation: self.conversation,
            expected,
            made_under: None,
            entry,
            texts,
            head: head_of(&self.state, &desk.ruleset().settings()),
            idempotency: None,
            claims: Vec::new(),
            releases: Vec::new(),
            outbox: Vec::new(),
            settles: None,
        };
        match self.service.store().append(append).await? {
            Appended::Committed { position } => {
                self.service.note_own(position);
                desk.note_past(self.conversation, stored);
                Ok(true)
            }
            _ => Ok(false),
        }
    }
}

impl Service {
    /// Imports one conversation of a file: its turns with their time and author,
    /// marked imported, with a would-have verdict on every customer turn beside
    /// the recorded outcome.
    ///
    /// # Errors
    /// When the workspace does not exist or the store fails.
    pub async fn import(
        &self,
        workspace: WorkspaceId,
        source: &str,
        record: &ConversationRecord,
        labels: BTreeMap<String, String>,
    ) -> Result<Imported, Failure> {
        let desk = self.desk(workspace)?;
        let conversation = imported_id(workspace, source, &record.conversation_id);
        let verdicts = replay(&desk.ruleset(), record);
        let escalations = verdicts
            .iter()
            .filter(|turn| matches!(turn.verdict.outcome, Outcome::Escalate { .. }))
            .count();
        let counted = u32::try_from(verdicts.len()).unwrap_or(u32::MAX);
        let mut script = Script::new(source, record);
        let mut verdicts = verdicts.into_iter().peekable();
        for (index, turn) in record.turns.iter().enumerate() {
            let number = script.turn(index, turn);
            if let Some(judged) = verdicts.next_if(|judged| judged.turn == number) {
                let (turn, verdict) = (judged.turn, judged.verdict);
                script.events.push(Event::VerdictReached {
                    turn,
                    on_answer: false,
                    verdict,
                });
            }
        }
        if !labels.is_empty() {
            script.events.push(Event::OutcomeRecorded { labels });
        }
        script.close();
        let mut past = Past::new(self, workspace, conversation);
        let is_new = past
            .write(self.now(), Actor::System, script.events, script.texts)
            .await?;
        let escalations = u32::try_from(escalations).unwrap_or(u32::MAX);
        Ok(Imported {
            conversation,
            is_new,
            verdicts: counted,
            escalations,
        })
    }
}

/// The events of one conversation of a file.
struct Script {
    events: Vec<Event>,
    texts: Vec<(TextRef, String)>,
}

impl Script {
    fn new(source: &str, record: &ConversationRecord) -> Self {
        let opening = Opening {
            customer: None,
            visitor: None,
            assistant: AssistantKind::External,
            origin: Origin::Imported {
                source: source.to_owned(),
                external_id: record.conversation_id.clone(),
            },
            channel: "import".to_owned(),
            locale: record.lang.clone(),
            page: None,
            browser: None,
            follows: None,
            bot: None,
            desk: None,
            facts: Facts {
                known: record.facts.clone(),
                lookup_failed: None,
            },
        };
        Self {
            events: vec![Event::ConversationOpened(Box::new(opening))],
            texts: Vec::new(),
        }
    }

    fn turn(&mut self, index: usize, turn: &segue_model::record::TurnRecord) -> TurnNumber {
        let place = u32::try_from(index).unwrap_or(u32::MAX).saturating_add(1);
        let author = match turn.role {
            Role::Customer => Author::Customer,
            Role::Assistant => Author::Assistant,
            // Who it was, the file does not say.
            Role::Agent => Author::Agent {
                agent: AgentId::nil(),
            },
            Role::System => Author::System {
                notice: NoticeKind::Welcome,
            },
        };
        let scores = match turn.role {
            Role::Assistant => scores_of(turn),
            _ => AnswerScores::default(),
        };
        self.texts.push((TextRef(place), clipped(&turn.text)));
        self.events.push(Event::TurnAdded {
            turn: TurnNumber(place),
            author,
            text: TextRef(place),
            epoch: segue_model::floor::Epoch(0),
            in_reply_to: None,
            is_cut: false,
            scores,
            source_at: turn.at.is_some().then(|| time_of(turn, index)),
        });
        TurnNumber(place)
    }

    fn close(&mut self) {
        self.events.push(Event::FloorChanged {
            to: Holder::Closed {
                outcome: ClosedOutcome::Idle,
            },
            epoch: segue_model::floor::Epoch(1),
            cause: FloorCause::Closed,
        });
    }
}

fn clipped(text: &str) -> String {
    let mut end = text.len().min(TURN_TEXT_BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    as_written(text.get(..end).unwrap_or_default().to_owned())
}
