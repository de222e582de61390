//! What people and programs do with conversations: each function prepares one
//! command from the conversation as it is and hands it to [`Service::change`].

use segue_engine::handoff::{self, Reason, locale_of};
use segue_engine::judge::flow_of;
use segue_engine::notice::{Values, moment_phrase, next_phrase, say};
use segue_engine::{judge_answer, judge_turn};
use segue_floor::{Answer, Command, Handoff, Say};
use segue_model::escalation::{DeclineReason, Disposition, Priority, RootCause, Trigger};
use segue_model::event::{Opening, RatedPart};
use segue_model::floor::{Epoch, FloorCause, Holder};
use segue_model::id::{AgentId, ConversationId, DraftId, EscalationId, OfferId, QueueKey};
use segue_model::limits::REOPEN_WINDOW_HOURS;
use segue_model::time::{Span, Timestamp};
use segue_model::turn::{AnswerScores, NoticeKind, TurnNumber};
use segue_model::verdict::{HandoffKind, Outcome, Verdict};

use crate::append::{Done, Prepare};
use crate::caller::Caller;
use crate::failure::Failure;
use crate::service::Service;

/// When somebody comes back to a customer who left an address, where the
/// team's hours do not say it better.
const FOLLOW_UP_OTHERWISE: Span = Span::hours(24);

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
}

impl Service {
    /// Begins a conversation.
    pub async fn open(&self, caller: &Caller, id: ConversationId, opening: Opening) -> Result<Done, Failure> {
        self.change(caller, id, None, move |before| {
            let policy = before.desk.ruleset();
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
            let is_builtin = opening.assistant == segue_model::event::AssistantKind::Builtin;
            let locale = opening.locale.as_deref();
            let welcome = is_builtin
                .then(|| say(policy.policy(), NoticeKind::Welcome, locale, None, &values));
            Ok(Command::Open { opening: Box::new(opening.clone()), welcome })
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
        let escalation = EscalationId::new(self.fresh());
        self.change(caller, id, None, |before| before.customer_turn(text, escalation)).await
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
            Ok(Command::AssistantTurn(Box::new(before.answer(&words, escalation))))
        })
        .await
    }

    /// The customer, or the assistant's developer, asks for a person without words.
    pub async fn ask_for_person(
        &self,
        caller: &Caller,
        id: ConversationId,
        trigger: Trigger,
        reason: &str,
    ) -> Result<Done, Failure> {
        let escalation = EscalationId::new(self.fresh());
        self.change(caller, id, None, |before| {
            let why = match reason.trim() {
                "" => before.default_reason(trigger),
                told => told.to_owned(),
            };
            let handoff = before.unasked(before.default_queue(), trigger, why, escalation);
            Ok(Command::AskForPerson { handoff: Box::new(handoff), said_so_far: before.cut() })
        })
        .await
    }

    /// The customer would rather go on with the assistant.
    pub async fn withdraw(&self, caller: &Caller, id: ConversationId) -> Result<Done, Failure> {
        self.change(caller, id, None, |before| {
            Ok(Command::Withdraw { notice: before.say(NoticeKind::HandBack) })
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
            return Err(Failure::Invalid { field: "address", reason });
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
        self.change(caller, id, None, |_| Ok(Command::ConfirmAnswer { turn, helped })).await
    }

    /// The customer ends it.
    pub async fn end(&self, caller: &Caller, id: ConversationId) -> Result<Done, Failure> {
        self.change(caller, id, None, |before| {
            drop(before.cut());
            Ok(Command::End { notice: before.say(NoticeKind::Closed) })
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
            Ok(Command::Rate { part, score, text: text.map(str::to_owned) })
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
            Ok(Command::AcceptOffer { offer, agent, joined: before.joined(agent) })
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
            Ok(Command::DeclineOffer { offer, agent, reason, notice })
        })
        .await
    }

    /// An agent takes the floor unasked.
    pub async fn take(&self, caller: &Caller, id: ConversationId, agent: AgentId) -> Result<Done, Failure> {
        let escalation = EscalationId::new(self.fresh());
        self.change(caller, id, None, |before| {
            let handoff = Box::new(before.takeover(agent, escalation));
            Ok(Command::Take { agent, handoff, said_so_far: before.cut() })
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
            Ok(Command::AgentTurn { agent, epoch, text: text.to_owned(), handoff, said_so_far })
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
        self.change(caller, id, None, |_| Ok(Command::AddNote { agent, text: text.to_owned() })).await
    }

    /// An agent read the packet.
    pub async fn packet_read(
        &self,
        caller: &Caller,
        id: ConversationId,
        (agent, dwell_ms): (AgentId, u64),
    ) -> Result<Done, Failure> {
        self.change(caller, id, None, |_| Ok(Command::ReadPacket { agent, dwell_ms })).await
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
            Ok(Command::Requeue { agent: Some(agent), to: Box::new(to), cause: FloorCause::Requeued })
        })
        .await
    }

    /// An agent, or a supervisor who moves what waits, passes it on.
    pub async fn transfer(
        &self,
        caller: &Caller,
        id: ConversationId,
        agent: AgentId,
        to: &TransferTo,
    ) -> Result<Done, Failure> {
        self.change(caller, id, None, |before| {
            let (queue, preferred) = match to {
                TransferTo::Queue(queue) => (queue.clone(), Vec::new()),
                TransferTo::Agent(other) => (before.queue_of_agent(*other), vec![*other]),
            };
            if before.desk.ruleset().queue(&queue).is_none() {
                return Err(Failure::Unknown("queue"));
            }
            let to = before.waiting((&queue, preferred), NoticeKind::Transferred);
            let holder = before.loaded.state.holding_agent().map(|_| agent);
            Ok(Command::Requeue { agent: holder, to: Box::new(to), cause: FloorCause::Passed })
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
                line: Say { notice: NoticeKind::HandBack, text: back.line.clone() },
                brief: back.brief.clone(),
                root_cause: back.root_cause,
                active_ms: back.active_ms,
                answer_by: before.answer_by(),
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
                Some(line) if !line.trim().is_empty() => {
                    Say { notice: NoticeKind::Closed, text: line.clone() }
                }
                _ => before.say(NoticeKind::Closed),
            };
            Ok(Command::Resolve {
                agent,
                root_cause: end.root_cause,
                disposition: end.disposition,
                active_ms: end.active_ms,
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
            let open = before.loaded.state.drafts.iter().find(|open| open.id == draft);
            let words = open.and_then(|open| {
                before.loaded.drafts.iter().find(|(text, _)| *text == open.text)
            });
            let text = words.map(|(_, text)| text.clone()).unwrap_or_default();
            Ok(Command::ReleaseDraft { draft, agent, edited: edited.map(str::to_owned), text })
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
        self.change(caller, id, None, |_| Ok(Command::RejectDraft { draft, agent })).await
    }

    /// An agent ends the review of drafts.
    pub async fn end_review(
        &self,
        caller: &Caller,
        id: ConversationId,
        agent: AgentId,
    ) -> Result<Done, Failure> {
        self.change(caller, id, None, |_| Ok(Command::EndReview { agent })).await
    }

    /// A supervisor has looked.
    pub async fn clear_flag(
        &self,
        caller: &Caller,
        id: ConversationId,
        agent: AgentId,
    ) -> Result<Done, Failure> {
        self.change(caller, id, None, |_| Ok(Command::ClearFlag { agent })).await
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
    /// The last line to the customer, instead of the policy's.
    pub line: Option<String>,
}

fn is_address(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let is_plain = |part: &str| {
        !part.is_empty() && !part.chars().any(|char| char.is_whitespace() || char.is_control() || char == '@')
    };
    text.len() <= 254 && is_plain(name) && is_plain(host) && host.contains('.') && !host.ends_with('.')
}

impl Prepare<'_> {
    fn customer_turn(&self, text: &str, escalation: EscalationId) -> Result<Command, Failure> {
        let state = &self.loaded.state;
        let rules = self.desk.ruleset();
        let said_so_far = self.cut();
        let goes_to_assistant = match &state.holder {
            Holder::Assistant | Holder::Review { .. } => true,
            Holder::Closed { .. } => {
                state.escalation.is_none() && self.now <= self.reopen_until()
            }
            Holder::Queue { .. } | Holder::Locked { .. } | Holder::Agent { .. } => false,
        };
        let turn = self.next_turn(said_so_far.as_ref());
        let verdict = goes_to_assistant.then(|| {
            let memory = &self.loaded.memory;
            let judged = judge_turn(&rules, memory, flow_of(state), &state.facts, (turn, text, self.now));
            judged.verdict
        });
        let handoff = verdict.as_ref().and_then(|verdict| self.handoff(verdict, escalation, turn));
        let review_notice = verdict.as_ref().and_then(|verdict| self.review_notice(verdict));
        Ok(Command::CustomerTurn {
            text: text.to_owned(),
            verdict,
            handoff: handoff.map(Box::new),
            review_notice,
            said_so_far,
            answer_by: self.answer_by(),
        })
    }

    fn reopen_until(&self) -> Timestamp {
        let state = &self.loaded.state;
        state.closed_at.unwrap_or(state.last_at) + Span::hours(REOPEN_WINDOW_HOURS)
    }

    /// The number that the next turn will have, after what is kept of a cut answer.
    fn next_turn(&self, said_so_far: Option<&Answer>) -> TurnNumber {
        let kept = said_so_far.is_some_and(|said| !said.text.trim().is_empty());
        TurnNumber(self.loaded.state.turns + 1 + u32::from(kept))
    }

    /// An assistant's words with what the policy says to them.
    pub(crate) fn answer(&self, words: &AssistantWords, escalation: EscalationId) -> Answer {
        let state = &self.loaded.state;
        let rules = self.desk.ruleset();
        let turn = TurnNumber(state.turns + 1);
        let in_reply_to = words.in_reply_to.or(state.last_customer_turn);
        let has_floor = matches!(state.holder, Holder::Assistant | Holder::Review { .. });
        let is_judged = has_floor && words.epoch == state.epoch && in_reply_to.is_some();
        let is_widened = state.awaited.is_some_and(|awaited| awaited.is_widened);
        let verdict = is_judged.then(|| {
            let spoken = (turn, words.text.as_str(), self.now);
            let scores = (&words.scores, is_widened || !state.is_builtin());
            let (memory, flow) = (&self.loaded.memory, flow_of(state));
            judge_answer(&rules, memory, flow, &state.facts, spoken, scores).verdict
        });
        let handoff = verdict
            .as_ref()
            .and_then(|verdict| self.handoff(verdict, escalation, in_reply_to.unwrap_or(turn)));
        Answer {
            text: words.text.clone(),
            epoch: words.epoch,
            in_reply_to,
            is_more: words.is_more,
            scores: words.scores.clone(),
            verdict,
            handoff: handoff.map(Box::new),
            clarify: words.clarify.clone(),
            deadline: self.answer_by(),
        }
    }

    fn handoff(&self, verdict: &Verdict, id: EscalationId, turn: TurnNumber) -> Option<Handoff> {
        let reason = Reason::of(verdict)?;
        Some(self.prepare_handoff(&reason, id, turn))
    }

    fn prepare_handoff(&self, reason: &Reason, id: EscalationId, turn: TurnNumber) -> Handoff {
        let rules = self.desk.ruleset();
        self.desk.situation(self.now, |situation| {
            handoff::prepare(&rules, &self.loaded.state, situation, reason, id, turn)
        })
    }

    fn unasked(
        &self,
        queue: QueueKey,
        trigger: Trigger,
        reason: String,
        id: EscalationId,
    ) -> Handoff {
        let reason = Reason::unasked(queue, trigger, reason);
        let turn = self.loaded.state.last_customer_turn.unwrap_or(TurnNumber(1));
        self.prepare_handoff(&reason, id, turn)
    }

    /// The handoff to people because the assistant did not answer in time.
    pub(crate) fn silent(&self, id: EscalationId) -> Handoff {
        // A draft that nobody released is no fault of the assistant's.
        let is_draft = matches!(self.loaded.state.holder, Holder::Review { .. });
        let trigger = if is_draft { Trigger::Rule } else { Trigger::ToolFailure };
        let reason = if is_draft { String::new() } else { self.default_reason(trigger) };
        self.unasked(self.default_queue(), trigger, reason, id)
    }

    fn default_reason(&self, trigger: Trigger) -> String {
        let rules = self.desk.ruleset();
        let locale = locale_of(&self.loaded.state);
        let definition = rules.policy().definition();
        let text = match trigger {
            Trigger::OptOut | Trigger::Agent => &definition.opt_out.reason,
            _ => &definition.unavailable.reason,
        };
        rules.policy().localized(text, locale).to_string()
    }

    fn default_queue(&self) -> QueueKey {
        let state = &self.loaded.state;
        let told = match &state.holder {
            Holder::Review { queue } => Some(queue.clone()),
            _ => self.topic_queue(),
        };
        told.unwrap_or_else(|| self.desk.ruleset().policy().definition().default_queue.clone())
    }

    /// The queue of what the conversation is about, as far as the latest turn tells.
    fn topic_queue(&self) -> Option<QueueKey> {
        let rules = self.desk.ruleset();
        let signals = rules.detector().signals(&self.loaded.memory, &flow_of(&self.loaded.state));
        let found: Vec<_> = signals.topics_found().cloned().collect();
        let definition = rules.policy().definition();
        definition.topics.iter().find(|topic| found.contains(&topic.key)).and_then(|topic| topic.queue.clone())
    }

    fn current_queue(&self) -> QueueKey {
        let open = self.loaded.state.escalation.as_ref();
        open.map_or_else(|| self.default_queue(), |open| open.queue.clone())
    }

    fn queue_of_agent(&self, agent: AgentId) -> QueueKey {
        let current = self.current_queue();
        match self.desk.agent(agent) {
            Some(agent) if !agent.queues.contains(&current) => {
                agent.queues.first().cloned().unwrap_or(current)
            }
            _ => current,
        }
    }

    /// What a person who takes the floor unasked tells the customer.
    fn takeover(&self, agent: AgentId, id: EscalationId) -> Handoff {
        let mut handoff =
            self.unasked(self.current_queue(), Trigger::Agent, self.default_reason(Trigger::Agent), id);
        handoff.request.kind = HandoffKind::Takeover;
        handoff.request.priority = Priority::Normal;
        handoff.request.preferred = vec![agent];
        handoff.notice = self.joined(agent);
        handoff
    }

    fn joined(&self, agent: AgentId) -> Say {
        let rules = self.desk.ruleset();
        let state = &self.loaded.state;
        let name = self.desk.name_of(agent);
        let first = name.split_whitespace().next().unwrap_or_default();
        let mut values = self.values();
        values.who = rules.policy().who(&self.current_queue(), Some(first), locale_of(state));
        say(rules.policy(), NoticeKind::AgentJoined, locale_of(state), None, &values)
    }

    pub(crate) fn waiting(
        &self,
        to: (&QueueKey, Vec<AgentId>),
        notice: NoticeKind,
    ) -> segue_floor::Waiting {
        let rules = self.desk.ruleset();
        self.desk.situation(self.now, |situation| {
            handoff::requeue(&rules, &self.loaded.state, situation, to, notice)
        })
    }

    /// What a notice about the wait can say now.
    pub(crate) fn values(&self) -> Values {
        let rules = self.desk.ruleset();
        let state = &self.loaded.state;
        self.desk.situation(self.now, |situation| {
            let asked = state.escalation.as_ref().map(|open| open.request.id);
            let estimate = asked.and_then(|id| {
                let asker = segue_routing::wait::Asker::Waiting(id);
                segue_routing::wait::estimate(situation.world, asker)
            });
            let queue = self.current_queue();
            handoff::values(&rules, state, situation, &queue, estimate.as_ref())
        })
    }

    /// A notice in the policy's words.
    pub(crate) fn say(&self, notice: NoticeKind) -> Say {
        let rules = self.desk.ruleset();
        let locale = locale_of(&self.loaded.state);
        say(rules.policy(), notice, locale, None, &self.values())
    }

    /// What the customer reads when nobody could come: what happens instead, and when.
    pub(crate) fn expired(&self, due_at: Timestamp) -> Say {
        let rules = self.desk.ruleset();
        let locale = locale_of(&self.loaded.state);
        let queue = self.current_queue();
        let zone = rules.policy().queue(&queue).map_or("UTC", |queue| queue.zone.as_str());
        let when = moment_phrase(due_at, self.now, zone, locale);
        let values = Values { next: next_phrase(&when, locale), ..self.values() };
        say(rules.policy(), NoticeKind::Expired, locale, None, &values)
    }

    /// The customer was told a name and that person will not come after all.
    pub(crate) fn offer_gone_notice(&self) -> Option<Say> {
        let open = self.loaded.state.escalation.as_ref()?;
        let is_first = open.declined_by.is_empty() && open.due_at.is_none();
        let is_shown = matches!(self.loaded.state.holder, Holder::Queue { .. });
        let names_people = self.desk.ruleset().policy().disclosure().customer
            == segue_policy::definition::CustomerDisclosure::Name;
        (is_first && is_shown && names_people).then(|| self.say(NoticeKind::Requeued))
    }

    fn review_notice(&self, verdict: &Verdict) -> Option<Say> {
        let Outcome::Review { queue } = &verdict.outcome else { return None };
        let rules = self.desk.ruleset();
        let locale = locale_of(&self.loaded.state);
        let mut values = self.values();
        values.who = rules.policy().who(queue, None, locale);
        values.reason = rules.policy().in_language(&verdict.reason, locale).to_string();
        values.subject = verdict.subject.as_deref().unwrap_or_default().to_owned();
        Some(say(rules.policy(), NoticeKind::ReviewStarted, locale, None, &values))
    }

    /// By when the assistant is to answer.
    pub(crate) fn answer_by(&self) -> Timestamp {
        self.now + self.desk.ruleset().assistant_deadline()
    }

    /// When somebody comes back to a customer who does not wait.
    pub(crate) fn due_for_follow_up(&self) -> Timestamp {
        let rules = self.desk.ruleset();
        let queue = self.current_queue();
        let opens = rules.queue(&queue).and_then(|queue| queue.hours.next_opening(self.now));
        opens.map_or(self.now + FOLLOW_UP_OTHERWISE, |opens| opens.max(self.now))
    }
}
