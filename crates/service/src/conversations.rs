//! What people and programs do with conversations: each function prepares one
//! command from the conversation as it is and hands it to [`Service::change`].

use segue_engine::notice::{Values, say};
use segue_floor::{Command, Refused, Say};
use segue_model::escalation::{DeclineReason, Disposition, RootCause, Trigger};
use segue_model::event::{Opening, RatedPart};
use segue_model::floor::{Epoch, FloorCause, Holder};
use segue_model::id::{AgentId, ConversationId, DraftId, EscalationId, OfferId, QueueKey};
use segue_model::turn::{AnswerScores, NoticeKind, TurnNumber};
use segue_model::words::is_blank;
use segue_ports::directory::Scope;

use crate::append::Done;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::identity::access::Action;
use crate::identity::keys::lacks;
use crate::identity::people::is_address;
use crate::service::Service;

/// An assistant's turn as it arrives.
#[derive(Debug, Clone)]
pub struct AssistantWords {
    /// The text.
    pub text: String,
    /// The epoch it was made under.
    pub epoch: Epoch,
    /// The customer turn it answers, the latest if it does not say.
    pub in_reply_to: Option<TurnNumber>,
    /// Whether it goes on from an answer that was given already.
    pub is_more: bool,
    /// The assistant's scores.
    pub scores: AnswerScores,
    /// What it asks instead, when it may not answer.
    pub clarify: Option<String>,
    /// Whether it may propose, where drafts are reviewed.
    pub may_propose: bool,
    /// What the customer has seen of it already, where it was said as it came.
    pub shown: Option<String>,
    /// Whether it breaks off.
    pub is_cut: bool,
}

impl Service {
    /// Begins a conversation.
    pub async fn open(
        &self,
        caller: &Caller,
        id: ConversationId,
        mut opening: Opening,
    ) -> Result<Done, Failure> {
        opening.facts = self.with_sources(&opening.facts).await;
        self.cell(caller.workspace, id).expect_new().await;
        self.change(caller, id, None, move |before| {
            let policy = &before.rules;
            let values = Values {
                company: before.desk.workspace.name.clone(),
                customer: opening
                    .facts
                    .text(segue_model::fact::name::NAME)
                    .and_then(|name| name.split_whitespace().next())
                    .unwrap_or_default()
                    .to_owned(),
                ..Values::default()
            };
            let is_asked = opening.assistant == segue_model::event::AssistantKind::Builtin
                || opening.bot.is_some();
            let locale = opening.locale.as_deref();
            let welcome =
                is_asked.then(|| say(policy.policy(), NoticeKind::Welcome, locale, None, &values));
            Ok(Command::Open {
                opening: Box::new(opening.clone()),
                welcome,
            })
        })
        .await
    }

    /// The customer says something.
    pub async fn customer_turn(
        &self,
        caller: &Caller,
        id: ConversationId,
        text: &str,
    ) -> Result<Done, Failure> {
        self.refresh_facts(caller, id).await?;
        let escalation = EscalationId::new(self.fresh());
        self.change(caller, id, None, |before| {
            before.customer_turn(text, escalation)
        })
        .await
    }

    /// The assistant says something.
    pub async fn assistant_turn(
        &self,
        caller: &Caller,
        id: ConversationId,
        settles: Option<segue_ports::outbox::OutboxId>,
        words: AssistantWords,
    ) -> Result<Done, Failure> {
        let escalation = EscalationId::new(self.fresh());
        self.change(caller, id, settles, |before| {
            // Looked at on the state that the append is fenced by. What the policy
            // itself holds back for review was said, not proposed.
            let state = &before.loaded.state;
            let is_reviewed = matches!(state.holder, Holder::Review { .. });
            if is_reviewed && words.epoch == state.epoch && !words.may_propose {
                return Err(lacks(Scope::DraftWrite));
            }
            Ok(Command::AssistantTurn(Box::new(
                before.answer(&words, escalation),
            )))
        })
        .await
    }

    /// The customer, or the assistant's developer, asks for a person without words. The
    /// customer reads the `reason`; only staff read what the assistant `told`.
    pub async fn ask_for_person(
        &self,
        caller: &Caller,
        id: ConversationId,
        (trigger, reason): (Trigger, &str),
        told: Option<&str>,
    ) -> Result<Done, Failure> {
        let escalation = EscalationId::new(self.fresh());
        self.change(caller, id, None, |before| {
            let why = match reason.trim() {
                "" => before.default_reason(trigger),
                told => told.to_owned(),
            };
            let handoff = before.unasked(before.default_queue(), trigger, why, escalation);
            Ok(Command::AskForPerson {
                handoff: Box::new(handoff),
                said_so_far: before.cut(),
                told: told.filter(|told| !is_blank(told)).map(str::to_owned),
            })
        })
        .await
    }

    /// The customer would rather go on with the assistant.
    pub async fn withdraw(&self, caller: &Caller, id: ConversationId) -> Result<Done, Failure> {
        self.change(caller, id, None, |before| {
            Ok(Command::Withdraw {
                notice: before.say(NoticeKind::HandBack),
            })
        })
        .await
    }

    /// The customer leaves an address instead of waiting.
    pub async fn leave_contact(
        &self,
        caller: &Caller,
        id: ConversationId,
        address: &str,
    ) -> Result<Done, Failure> {
        let address = address.trim();
        if !is_address(address) {
            let reason = "an e-mail address such as name@example.com is needed".to_owned();
            return Err(Failure::Invalid {
                field: "address",
                reason,
            });
        }
        self.change(caller, id, None, |before| {
            Ok(Command::LeaveContact {
                address: address.to_owned(),
                notice: before.say(NoticeKind::ContactTaken),
                due_at: before.due_for_follow_up(),
            })
        })
        .await
    }

    /// The customer says whether an answer helped.
    pub async fn confirm_answer(
        &self,
        caller: &Caller,
        id: ConversationId,
        turn: TurnNumber,
        helped: bool,
    ) -> Result<Done, Failure> {
        self.change(caller, id, None, |_| {
            Ok(Command::ConfirmAnswer { turn, helped })
        })
        .await
    }

    /// The customer ends it.
    pub async fn end(&self, caller: &Caller, id: ConversationId) -> Result<Done, Failure> {
        self.change(caller, id, None, |before| {
            drop(before.cut());
            Ok(Command::End {
                notice: before.say(NoticeKind::Closed),
            })
        })
        .await
    }

    /// The customer rates one part of the episode.
    pub async fn rate(
        &self,
        caller: &Caller,
        id: ConversationId,
        (part, score): (RatedPart, u8),
        text: Option<&str>,
    ) -> Result<Done, Failure> {
        self.change(caller, id, None, |_| {
            Ok(Command::Rate {
                part,
                score,
                text: text.map(str::to_owned),
            })
        })
        .await
    }

    /// An agent says yes to an offer.
    pub async fn accept_offer(
        &self,
        caller: &Caller,
        id: ConversationId,
        (offer, agent): (OfferId, AgentId),
    ) -> Result<Done, Failure> {
        self.change(caller, id, None, |before| {
            Ok(Command::AcceptOffer {
                offer,
                agent,
                joined: before.joined(agent),
            })
        })
        .await
    }

    /// An agent says no to an offer.
    pub async fn decline_offer(
        &self,
        caller: &Caller,
        id: ConversationId,
        (offer, agent): (OfferId, AgentId),
        reason: DeclineReason,
    ) -> Result<Done, Failure> {
        self.change(caller, id, None, |before| {
            let notice = before.offer_gone_notice();
            Ok(Command::DeclineOffer {
                offer,
                agent,
                reason,
                notice,
            })
        })
        .await
    }

    /// An agent takes the floor unasked; if they say which epoch they saw, only under that one.
    ///
    /// # Errors
    /// [`Refused::StaleEpoch`] if the floor has passed since they looked.
    pub async fn take(
        &self,
        caller: &Caller,
        id: ConversationId,
        agent: AgentId,
        seen: Option<Epoch>,
    ) -> Result<Done, Failure> {
        let escalation = EscalationId::new(self.fresh());
        self.change(caller, id, None, |before| {
            let holder = before.loaded.state.holding_agent();
            if holder.is_some_and(|holder| holder != agent) {
                // Taking from another agent is more than taking what waits.
                before.authorize(agent, Action::Reassign)?;
            }
            let actual = before.loaded.state.epoch;
            if let Some(given) = seen.filter(|seen| *seen != actual) {
                return Err(Refused::StaleEpoch { given, actual }.into());
            }
            let handoff = Box::new(before.takeover(agent, escalation));
            Ok(Command::Take {
                agent,
                handoff,
                said_so_far: before.cut(),
            })
        })
        .await
    }

    /// An agent speaks.
    pub async fn reply(
        &self,
        caller: &Caller,
        id: ConversationId,
        (agent, epoch): (AgentId, Epoch),
        text: &str,
    ) -> Result<Done, Failure> {
        let escalation = EscalationId::new(self.fresh());
        self.change(caller, id, None, |before| {
            let handoff = Box::new(before.takeover(agent, escalation));
            // A reply under an old epoch is refused; only one that takes the
            // floor cuts what is being said.
            let takes = epoch == before.loaded.state.epoch;
            let said_so_far = if takes { before.cut() } else { None };
            Ok(Command::AgentTurn {
                agent,
                epoch,
                text: text.to_owned(),
                handoff,
                said_so_far,
            })
        })
        .await
    }

    /// A private note.
    pub async fn note(
        &self,
        caller: &Caller,
        id: ConversationId,
        agent: AgentId,
        text: &str,
    ) -> Result<Done, Failure> {
        self.change(caller, id, None, |_| {
            Ok(Command::AddNote {
                agent,
                text: text.to_owned(),
            })
        })
        .await
    }

    /// An agent read the packet.
    pub async fn packet_read(
        &self,
        caller: &Caller,
        id: ConversationId,
        (agent, dwell_ms): (AgentId, u64),
    ) -> Result<Done, Failure> {
        self.change(caller, id, None, |_| {
            Ok(Command::ReadPacket { agent, dwell_ms })
        })
        .await
    }

    /// An agent returns it to its queue.
    pub async fn requeue(
        &self,
        caller: &Caller,
        id: ConversationId,
        agent: AgentId,
    ) -> Result<Done, Failure> {
        self.change(caller, id, None, |before| {
            let queue = before.current_queue();
            let to = before.waiting((&queue, Vec::new()), NoticeKind::Requeued);
            Ok(Command::Requeue {
                agent: Some(agent),
                to: Box::new(to),
                cause: FloorCause::Requeued,
            })
        })
        .await
    }

    /// An agent passes on what they hold, or somebody who may reassign what waits.
    pub async fn transfer(
        &self,
        caller: &Caller,
        id: ConversationId,
        agent: AgentId,
        to: &TransferTo,
    ) -> Result<Done, Failure> {
        self.change(caller, id, None, |before| {
            if before.loaded.state.is_waiting() {
                before.authorize(agent, Action::Reassign)?;
            }
            let (queue, preferred) = match to {
                TransferTo::Queue(queue) => (queue.clone(), Vec::new()),
                TransferTo::Agent(other) => (before.queue_of_agent(*other), vec![*other]),
            };
            if before.rules.queue(&queue).is_none() {
                return Err(Failure::Unknown("queue"));
            }
            let to = before.waiting((&queue, preferred), NoticeKind::Transferred);
            let holder = before.loaded.state.holding_agent().map(|_| agent);
            Ok(Command::Requeue {
                agent: holder,
                to: Box::new(to),
                cause: FloorCause::Passed,
            })
        })
        .await
    }

    /// An agent hands it back to the assistant.
    pub async fn hand_back(
        &self,
        caller: &Caller,
        id: ConversationId,
        agent: AgentId,
        back: &HandBack,
    ) -> Result<Done, Failure> {
        self.change(caller, id, None, |before| {
            Ok(Command::HandBack {
                agent,
                line: Say {
                    notice: NoticeKind::HandBack,
                    text: back.line.clone(),
                },
                brief: back.brief.clone(),
                root_cause: back.root_cause,
                active_ms: back.active_ms,
                assistant_could: back.assistant_could,
                is_answer_owed: back.is_answer_owed,
                answer_by: before.answer_by_after_hand_back(&self.outside().bots),
            })
        })
        .await
    }

    /// An agent is done.
    pub async fn resolve(
        &self,
        caller: &Caller,
        id: ConversationId,
        agent: AgentId,
        end: &Resolution,
    ) -> Result<Done, Failure> {
        self.change(caller, id, None, |before| {
            let notice = match &end.line {
                Some(line) if !is_blank(line) => Say {
                    notice: NoticeKind::Closed,
                    text: line.clone(),
                },
                _ => before.say(NoticeKind::Closed),
            };
            Ok(Command::Resolve {
                agent,
                root_cause: end.root_cause,
                disposition: end.disposition,
                active_ms: end.active_ms,
                assistant_could: end.assistant_could,
                notice,
            })
        })
        .await
    }

    /// An agent releases a draft, as it is or edited.
    pub async fn release_draft(
        &self,
        caller: &Caller,
        id: ConversationId,
        (draft, agent): (DraftId, AgentId),
        edited: Option<&str>,
    ) -> Result<Done, Failure> {
        self.change(caller, id, None, |before| {
            let open = before
                .loaded
                .state
                .drafts
                .iter()
                .find(|open| open.id == draft);
            let words = open.and_then(|open| {
                before
                    .loaded
                    .drafts
                    .iter()
                    .find(|kept| kept.text == open.text)
            });
            let text = words.map(|kept| kept.words.clone()).unwrap_or_default();
            Ok(Command::ReleaseDraft {
                draft,
                agent,
                edited: edited.map(str::to_owned),
                text,
            })
        })
        .await
    }

    /// An agent turns a draft down.
    pub async fn reject_draft(
        &self,
        caller: &Caller,
        id: ConversationId,
        (draft, agent): (DraftId, AgentId),
    ) -> Result<Done, Failure> {
        self.change(caller, id, None, |_| {
            Ok(Command::RejectDraft { draft, agent })
        })
        .await
    }

    /// An agent ends the review of drafts.
    pub async fn end_review(
        &self,
        caller: &Caller,
        id: ConversationId,
        agent: AgentId,
    ) -> Result<Done, Failure> {
        self.change(caller, id, None, |_| Ok(Command::EndReview { agent }))
            .await
    }

    /// A supervisor has looked.
    pub async fn clear_flag(
        &self,
        caller: &Caller,
        id: ConversationId,
        agent: AgentId,
    ) -> Result<Done, Failure> {
        self.change(caller, id, None, |_| Ok(Command::ClearFlag { agent }))
            .await
    }
}

/// Where a conversation is passed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TransferTo {
    /// Another team.
    Queue(QueueKey),
    /// A named person.
    Agent(AgentId),
}

/// What goes with a hand-back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HandBack {
    /// The line to the customer.
    pub line: String,
    /// What the assistant is told.
    pub brief: String,
    /// Why it could not, before.
    pub root_cause: RootCause,
    /// The agent's active time, in milliseconds.
    pub active_ms: u64,
    /// Whether the agent says that the assistant could have dealt with it.
    pub assistant_could: Option<bool>,
    /// Whether the assistant owes an answer to what nobody has answered yet.
    pub is_answer_owed: bool,
}

/// What goes with a resolution.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Resolution {
    /// Why the assistant could not.
    pub root_cause: RootCause,
    /// How it ended.
    pub disposition: Disposition,
    /// The agent's active time, in milliseconds.
    pub active_ms: u64,
    /// Whether the agent says that the assistant could have dealt with it.
    pub assistant_could: Option<bool>,
    /// The last line to the customer, instead of the policy's.
    pub line: Option<String>,
}
