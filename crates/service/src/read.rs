//! What views need of a conversation: its entries, a line about it, its packet.

use std::sync::Arc;

use segue_detect::{Detector, Flow, Memory, Observed};
use segue_engine::packet::{Source, build, subject_line};
use segue_floor::{Command, State};
use segue_model::escalation::Trigger;
use segue_model::event::{Event, Version};
use segue_model::floor::Holder;
use segue_model::id::{ApiKeyId, ConversationId, WorkspaceId};
use segue_model::packet::{Generated, Packet};
use segue_model::signal::{Reading, Signal, SignalKind};
use segue_model::turn::{Role, Turn, TurnNumber};
use segue_model::verdict::{Outcome, Verdict};
use segue_ports::log::StoredEntry;

use crate::append::Done;
use crate::caller::Caller;
use crate::cell::text_of;
use crate::desk::Desk;
use crate::failure::Failure;
use crate::service::Service;
use crate::summary::attached;

/// A packet as it is at a version, with a model's version beside it if one was attached.
#[derive(Debug, Clone, PartialEq)]
pub struct PacketBoth {
    /// The version of the conversation.
    pub version: Version,
    /// As it was extracted.
    pub packet: Packet,
    /// As a model wrote it, checked.
    pub generated: Option<Generated>,
}

/// How many entries are read at a time.
const PAGE: u32 = 512;

/// A conversation in a line.
#[derive(Debug, Clone)]
pub struct Overview {
    /// Its state.
    pub state: Arc<State>,
    /// What it is about.
    pub subject: Arc<str>,
    /// Who wrote last.
    pub last_author: Role,
}

impl Service {
    /// A conversation in a line.
    ///
    /// # Errors
    /// When there is no such conversation or the store fails.
    pub async fn overview(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
    ) -> Result<Overview, Failure> {
        self.look(workspace, conversation, |loaded| Overview {
            state: Arc::clone(&loaded.state),
            subject: subject_line(loaded.recent.iter(), &loaded.stakes).into(),
            last_author: loaded.state.last_role.unwrap_or(Role::System),
        })
        .await
    }

    /// A conversation's entries after a version, up to the state that is answered
    /// with them: both are of one moment.
    ///
    /// # Errors
    /// When there is no such conversation or the store fails.
    pub async fn entries_after(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        after: Version,
    ) -> Result<(Arc<State>, Vec<StoredEntry>), Failure> {
        let state = self.state(workspace, conversation).await?;
        let mut entries: Vec<StoredEntry> = Vec::new();
        let mut read = after;
        while read < state.version {
            let page = self
                .store()
                .entries(workspace, conversation, read, PAGE)
                .await?;
            let Some(last) = page.last() else { break };
            read = last.entry.version;
            entries.extend(page);
        }
        entries.retain(|stored| stored.entry.version <= state.version);
        Ok((state, entries))
    }

    /// All entries of a conversation as they are in the store. It takes no place among the
    /// conversations at hand, so that a walk through thousands leaves nothing behind.
    ///
    /// # Errors
    /// When the store fails.
    pub async fn whole_log(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
    ) -> Result<Vec<StoredEntry>, Failure> {
        let mut entries: Vec<StoredEntry> = Vec::new();
        loop {
            let read = entries
                .last()
                .map_or(Version::default(), |last| last.entry.version);
            let page = self.store().entries(workspace, conversation, read, PAGE);
            let page = page.await?;
            let is_last = page.len() < PAGE as usize;
            entries.extend(page);
            if is_last {
                return Ok(entries);
            }
        }
    }

    /// The packet of a conversation as it is, with the version it is of.
    ///
    /// # Errors
    /// When there is no such conversation or the store fails.
    pub async fn packet(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
    ) -> Result<PacketBoth, Failure> {
        let desk = self.desk(workspace)?;
        let (state, entries) = self
            .entries_after(workspace, conversation, Version::default())
            .await?;
        let packet = packet_of(&desk, conversation, &state, &entries);
        Ok(PacketBoth {
            version: state.version,
            packet: packet.ok_or(Failure::Unknown("conversation"))?,
            generated: attached(&entries),
        })
    }

    /// Lets a key write to and read a conversation. Doing it twice is no error.
    ///
    /// # Errors
    /// When there is no such conversation or the store fails.
    pub async fn grant_key(
        &self,
        caller: &Caller,
        conversation: ConversationId,
        key: ApiKeyId,
    ) -> Result<Done, Failure> {
        self.change(caller, conversation, None, |_| Ok(Command::GrantKey(key)))
            .await
    }
}

fn packet_of(
    desk: &Desk,
    conversation: ConversationId,
    state: &State,
    entries: &[StoredEntry],
) -> Option<Packet> {
    let rules = desk.rules_for(conversation, state.opened_at);
    let turns = turns_of(entries);
    let verdict = escalating_verdict(entries);
    let reason = reason_without_verdict(state, entries);
    let answering = state.holding_agent().or_else(|| {
        let open = state.escalation.as_ref()?;
        open.offer.as_ref().map(|offer| offer.agent)
    });
    let agent_name = answering.map(|agent| desk.name_of(agent));
    let moods = moods_of(rules.detector(), &turns);
    Some(build(&Source {
        conversation,
        turns: &turns,
        opening: state.opening.as_deref()?,
        facts: &state.facts,
        verdict,
        reason,
        told: told(entries),
        policy: verdict.map_or(rules.policy().version(), |verdict| &verdict.trace.policy),
        moods: &moods,
        agent_name: agent_name.as_deref().filter(|name| !name.is_empty()),
    }))
}

/// What the assistant said of the latest handoff, if it asked for it.
fn told(entries: &[StoredEntry]) -> Option<&str> {
    let mut latest = entries.iter().rev().flat_map(|stored| {
        let events = stored.entry.events.iter().rev();
        events.map(move |event| (stored, event))
    });
    latest.find_map(|(stored, event)| match event {
        Event::HandoffExplained { text, .. } => Some(text_of(stored, *text)),
        Event::EscalationRequested(_) => Some(None),
        _ => None,
    })?
}

/// Why a person came in where no verdict asked for one: a fact for staff.
fn reason_without_verdict(state: &State, entries: &[StoredEntry]) -> &'static str {
    let events = entries.iter().flat_map(|stored| &stored.entry.events);
    let requested = events.rev().find_map(|event| match event {
        Event::EscalationRequested(request) => Some(request.trigger),
        _ => None,
    });
    match (requested, &state.holder) {
        (Some(Trigger::OptOut), _) => "The customer asked for a person.",
        (Some(Trigger::Agent), _) => "An agent took over.",
        (Some(Trigger::ToolFailure), _) => "The assistant did not answer in time.",
        (Some(_), _) => "",
        (None, Holder::Review { .. }) => "A person checks the answers before they are said.",
        (None, _) => "Nobody was called in yet.",
    }
}

pub(crate) fn turns_of(entries: &[StoredEntry]) -> Vec<Turn> {
    let turn = |stored: &StoredEntry, event: &Event| match event {
        Event::TurnAdded {
            turn,
            author,
            text,
            epoch,
            scores,
            source_at,
            ..
        } => Some(Turn {
            number: *turn,
            author: *author,
            text: text_of(stored, *text).unwrap_or_default().to_owned(),
            at: source_at.unwrap_or(stored.entry.at),
            epoch: *epoch,
            scores: scores.clone(),
        }),
        _ => None,
    };
    entries
        .iter()
        .flat_map(|stored| {
            stored
                .entry
                .events
                .iter()
                .filter_map(move |event| turn(stored, event))
        })
        .collect()
}

/// The verdict behind the latest escalation, or behind its latest rise, if a verdict
/// asked for it: an escalation without one in its entry was asked for by a person.
fn escalating_verdict(entries: &[StoredEntry]) -> Option<&Verdict> {
    let asked = entries.iter().rev().find(|stored| {
        let mut events = stored.entry.events.iter();
        events.any(|event| {
            matches!(
                event,
                Event::EscalationRequested(_) | Event::EscalationRaised { .. }
            )
        })
    })?;
    asked
        .entry
        .events
        .iter()
        .rev()
        .find_map(|event| match event {
            Event::VerdictReached { verdict, .. }
                if matches!(verdict.outcome, Outcome::Escalate { .. }) =>
            {
                Some(verdict)
            }
            _ => None,
        })
}

/// The mood at each customer turn, as the detector measures it.
fn moods_of(detector: &Detector, turns: &[Turn]) -> Vec<(TurnNumber, f64)> {
    let mut memory = Memory::default();
    let mut moods = Vec::new();
    for turn in turns {
        let role = turn.author.role();
        let observed = Observed {
            number: turn.number,
            role,
            text: &turn.text,
            at: turn.at,
            scores: &turn.scores,
            is_clarifying: turn.scores.is_fallback,
        };
        detector.observe(&mut memory, &observed);
        if role == Role::Customer {
            let signals = detector.signals(&memory, &Flow::default());
            if let Reading::Present(Signal { value, .. }) = signals.get(SignalKind::Sentiment) {
                moods.push((turn.number, value.number()));
            }
        }
    }
    moods
}
