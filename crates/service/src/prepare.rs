//! Preparing a command: everything a decision needs from the policy, the roster
//! and the hour, as values. What stands here is pure but for its reading of the
//! desk.

use segue_engine::handoff::{self, Reason, locale_of};
use segue_engine::judge::flow_of;
use segue_engine::notice::{Values, moment_phrase, next_phrase, say};
use segue_engine::rise::rise;
use segue_engine::{judge_answer, judge_beside, judge_turn};
use segue_floor::{Answer, Command, Handoff, Rise, Say};
use segue_model::escalation::{Priority, Trigger};
use segue_model::floor::Holder;
use segue_model::id::{AgentId, EscalationId, QueueKey};
use segue_model::limits::REOPEN_WINDOW_HOURS;
use segue_model::time::{Span, Timestamp};
use segue_model::turn::{Author, NoticeKind, TurnNumber};
use segue_model::verdict::{HandoffKind, Outcome, Verdict};
use segue_policy::Stage;
use segue_policy::wording::Because;

use crate::append::Prepare;
use crate::conversations::AssistantWords;
use crate::failure::Failure;
use crate::rollout::running::Question;
use crate::watched::room;

/// When somebody comes back to a customer who left an address, where the
/// team's hours do not say it better.
const FOLLOW_UP_OTHERWISE: Span = Span::hours(24);

impl Prepare<'_> {
    pub(crate) fn customer_turn(
        &self,
        text: &str,
        escalation: EscalationId,
    ) -> Result<Command, Failure> {
        let state = &self.loaded.state;
        let rules = &self.rules;
        let said_so_far = self.cut();
        let goes_to_assistant = match &state.holder {
            Holder::Assistant | Holder::Review { .. } => true,
            Holder::Closed { .. } => state.escalation.is_none() && self.now <= self.reopen_until(),
            Holder::Queue { .. } | Holder::Locked { .. } | Holder::Agent { .. } => false,
        };
        let turn = self.next_turn(said_so_far.as_ref());
        let verdict = goes_to_assistant.then(|| {
            let memory = &self.loaded.memory;
            let _judging = room!("engine.judge_turn").entered();
            let judged = judge_turn(
                rules,
                memory,
                flow_of(state),
                &state.facts,
                (turn, text, self.now),
            );
            self.ask_shadow((turn, Stage::Turn), &judged.memory, text);
            self.hear(turn, text, judged.memory);
            judged.verdict
        });
        let handoff = verdict
            .as_ref()
            .and_then(|verdict| self.handoff(verdict, escalation, turn));
        let review_notice = verdict
            .as_ref()
            .and_then(|verdict| self.review_notice(verdict));
        let rise = self.rise(turn, text);
        Ok(Command::CustomerTurn {
            text: text.to_owned(),
            verdict,
            rise: rise.map(Box::new),
            handoff: handoff.map(Box::new),
            review_notice,
            said_so_far,
            answer_by: self.answer_by(),
        })
    }

    /// Keeps what the detectors made of a turn until it is added.
    fn hear(&self, turn: TurnNumber, text: &str, memory: segue_detect::Memory) {
        let heard = crate::cell::Heard {
            turn,
            text: text.to_owned(),
            memory,
        };
        // A command adds at most one turn that is judged.
        drop(self.heard.set(heard));
    }

    /// Lets a version that is tried say what it would have done, if one is.
    fn ask_shadow(
        &self,
        (turn, stage): (TurnNumber, Stage),
        memory: &segue_detect::Memory,
        customer: &str,
    ) {
        let Some(running) = self.desk.trial() else {
            return;
        };
        let state = &self.loaded.state;
        let said = running.say(&Question {
            turn,
            stage,
            memory,
            flow: flow_of(state),
            facts: &state.facts,
            customer,
        });
        if let Some(said) = said {
            // A command judges at most one turn or answer.
            drop(self.shadow.set(said));
        }
    }

    /// What the customer said last.
    fn customers_words(&self) -> &str {
        let mut newest = self.loaded.recent.iter().rev();
        newest
            .find(|turn| turn.author == Author::Customer)
            .map_or("", |turn| turn.text.as_str())
    }

    /// What the turn makes of an escalation that people deal with. In a lock it can weigh
    /// no more, and so it is not judged.
    fn rise(&self, turn: TurnNumber, text: &str) -> Option<Rise> {
        let state = &self.loaded.state;
        if !matches!(state.holder, Holder::Queue { .. } | Holder::Agent { .. }) {
            return None;
        }
        let rules = &self.rules;
        let spoken = (turn, text, self.now);
        let (memory, flow) = (&self.loaded.memory, flow_of(state));
        let judged = judge_beside(rules, memory, flow, &state.facts, spoken);
        self.hear(turn, text, judged.memory);
        if !matches!(judged.verdict.outcome, Outcome::Escalate { .. }) {
            return None;
        }
        self.desk.situation(self.now, |situation| {
            rise(rules, state, situation, judged.verdict)
        })
    }

    pub(crate) fn reopen_until(&self) -> Timestamp {
        let state = &self.loaded.state;
        state.closed_at.unwrap_or(state.last_at) + Span::hours(REOPEN_WINDOW_HOURS)
    }

    /// The number that the next turn will have, after what is kept of a cut answer.
    pub(crate) fn next_turn(&self, said_so_far: Option<&Answer>) -> TurnNumber {
        let kept = said_so_far.is_some_and(|said| !said.text.trim().is_empty());
        TurnNumber(self.loaded.state.turns + 1 + u32::from(kept))
    }

    /// An assistant's words with what the policy says to them.
    pub(crate) fn answer(&self, words: &AssistantWords, escalation: EscalationId) -> Answer {
        let state = &self.loaded.state;
        let rules = &self.rules;
        let turn = TurnNumber(state.turns + 1);
        let in_reply_to = words.in_reply_to.or(state.last_customer_turn);
        let has_floor = matches!(state.holder, Holder::Assistant | Holder::Review { .. });
        let is_judged = has_floor && words.epoch == state.epoch && in_reply_to.is_some();
        let is_widened = state.awaited.is_some_and(|awaited| awaited.is_widened);
        let verdict = is_judged.then(|| {
            let spoken = (turn, words.text.as_str(), self.now);
            let scores = (&words.scores, is_widened || !state.is_builtin());
            let (memory, flow) = (&self.loaded.memory, flow_of(state));
            let _judging = room!("engine.judge_answer").entered();
            let judged = judge_answer(rules, memory, flow, &state.facts, spoken, scores);
            let is_widened = scores.1;
            let asked = (in_reply_to.unwrap_or(turn), Stage::Answer { is_widened });
            self.ask_shadow(asked, &judged.memory, self.customers_words());
            self.hear(turn, &words.text, judged.memory);
            judged.verdict
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
            shown: words.shown.clone(),
            is_cut: words.is_cut,
        }
    }

    pub(crate) fn handoff(
        &self,
        verdict: &Verdict,
        id: EscalationId,
        turn: TurnNumber,
    ) -> Option<Handoff> {
        let reason = Reason::of(verdict)?;
        Some(self.prepare_handoff(&reason, id, turn))
    }

    pub(crate) fn prepare_handoff(
        &self,
        reason: &Reason,
        id: EscalationId,
        turn: TurnNumber,
    ) -> Handoff {
        let rules = &self.rules;
        self.desk.situation(self.now, |situation| {
            handoff::prepare(rules, &self.loaded.state, situation, reason, id, turn)
        })
    }

    pub(crate) fn unasked(
        &self,
        queue: QueueKey,
        trigger: Trigger,
        reason: String,
        id: EscalationId,
    ) -> Handoff {
        let rules = &self.rules;
        let (memory, flow) = (&self.loaded.memory, flow_of(&self.loaded.state));
        let signals = rules.detector().signals(memory, &flow);
        let reason = Reason::unasked(queue, trigger, reason, &signals);
        let turn = self
            .loaded
            .state
            .last_customer_turn
            .unwrap_or(TurnNumber(1));
        self.prepare_handoff(&reason, id, turn)
    }

    /// The handoff to people because the assistant did not answer in time.
    pub(crate) fn silent(&self, id: EscalationId) -> Handoff {
        // A draft that nobody released is no fault of the assistant's.
        let is_draft = matches!(self.loaded.state.holder, Holder::Review { .. });
        let trigger = if is_draft {
            Trigger::Rule
        } else {
            Trigger::ToolFailure
        };
        let reason = if is_draft {
            String::new()
        } else {
            self.default_reason(trigger)
        };
        self.unasked(self.default_queue(), trigger, reason, id)
    }

    pub(crate) fn default_reason(&self, trigger: Trigger) -> String {
        let rules = &self.rules;
        let locale = locale_of(&self.loaded.state);
        let definition = rules.policy().definition();
        let text = match trigger {
            Trigger::OptOut => &definition.opt_out.reason,
            // Nobody asked and nothing failed: the customer is told who comes, not why. What
            // an assistant says of it is for staff (S-22).
            Trigger::Agent | Trigger::Assistant => return String::new(),
            _ => &definition.unavailable.reason,
        };
        rules.policy().localized(text, locale).to_string()
    }

    pub(crate) fn default_queue(&self) -> QueueKey {
        let state = &self.loaded.state;
        let told = match &state.holder {
            Holder::Review { queue } => Some(queue.clone()),
            _ => self.topic_queue(),
        };
        told.unwrap_or_else(|| self.rules.policy().definition().default_queue.clone())
    }

    /// The queue of what the conversation is about, as far as the latest turn tells.
    pub(crate) fn topic_queue(&self) -> Option<QueueKey> {
        let rules = &self.rules;
        let signals = rules
            .detector()
            .signals(&self.loaded.memory, &flow_of(&self.loaded.state));
        let found: Vec<_> = signals.topics_found().cloned().collect();
        let definition = rules.policy().definition();
        definition
            .topics
            .iter()
            .find(|topic| found.contains(&topic.key))
            .and_then(|topic| topic.queue.clone())
    }

    pub(crate) fn current_queue(&self) -> QueueKey {
        let open = self.loaded.state.escalation.as_ref();
        open.map_or_else(|| self.default_queue(), |open| open.queue.clone())
    }

    pub(crate) fn queue_of_agent(&self, agent: AgentId) -> QueueKey {
        let current = self.current_queue();
        match self.desk.agent(agent) {
            Some(agent) if !agent.queues.contains(&current) => {
                agent.queues.first().cloned().unwrap_or(current)
            }
            _ => current,
        }
    }

    /// What a person who takes the floor unasked tells the customer.
    pub(crate) fn takeover(&self, agent: AgentId, id: EscalationId) -> Handoff {
        let mut handoff = self.unasked(
            self.current_queue(),
            Trigger::Agent,
            self.default_reason(Trigger::Agent),
            id,
        );
        handoff.request.kind = HandoffKind::Takeover;
        handoff.request.priority = Priority::Normal;
        handoff.request.preferred = vec![agent];
        handoff.notice = self.joined(agent);
        handoff
    }

    pub(crate) fn joined(&self, agent: AgentId) -> Say {
        let rules = &self.rules;
        let state = &self.loaded.state;
        let name = self.desk.name_of(agent);
        let first = name.split_whitespace().next().unwrap_or_default();
        let mut values = self.values();
        // After a cold handoff the team stays unsaid: its name would say why.
        let is_cold = state
            .escalation
            .as_ref()
            .is_some_and(|open| open.request.kind == HandoffKind::Cold);
        // Whoever helps out is not announced as one of the team.
        let queue = self.current_queue();
        let agent = self.desk.agent(agent);
        let is_of_team = agent.is_some_and(|agent| agent.queues.contains(&queue));
        values.who = if is_cold || !is_of_team {
            rules
                .policy()
                .who_without_team(Some(first), locale_of(state))
        } else {
            rules.policy().who(&queue, Some(first), locale_of(state))
        };
        say(
            rules.policy(),
            NoticeKind::AgentJoined,
            locale_of(state),
            None,
            &values,
        )
    }

    pub(crate) fn waiting(
        &self,
        to: (&QueueKey, Vec<AgentId>),
        notice: NoticeKind,
    ) -> segue_floor::Waiting {
        let rules = &self.rules;
        self.desk.situation(self.now, |situation| {
            handoff::requeue(rules, &self.loaded.state, situation, to, notice)
        })
    }

    /// What a notice about the wait can say now.
    pub(crate) fn values(&self) -> Values {
        let rules = &self.rules;
        let state = &self.loaded.state;
        self.desk.situation(self.now, |situation| {
            let asked = state.escalation.as_ref().map(|open| open.request.id);
            let estimate = asked.and_then(|id| {
                let asker = segue_routing::wait::Asker::Waiting(id);
                segue_routing::wait::estimate(situation.world, asker)
            });
            let queue = self.current_queue();
            handoff::values(rules, state, situation, &queue, estimate.as_ref())
        })
    }

    /// A notice in the policy's words.
    pub(crate) fn say(&self, notice: NoticeKind) -> Say {
        let rules = &self.rules;
        let locale = locale_of(&self.loaded.state);
        say(rules.policy(), notice, locale, None, &self.values())
    }

    /// What the customer reads when nobody could come: what happens instead, and when.
    pub(crate) fn expired(&self, due_at: Timestamp) -> Say {
        let rules = &self.rules;
        let locale = locale_of(&self.loaded.state);
        let queue = self.current_queue();
        let zone = rules
            .policy()
            .queue(&queue)
            .map_or("UTC", |queue| queue.zone.as_str());
        let when = moment_phrase(due_at, self.now, zone, locale);
        let values = Values {
            next: next_phrase(&when, locale),
            ..self.values()
        };
        say(rules.policy(), NoticeKind::Expired, locale, None, &values)
    }

    /// The customer was told a name and that person will not come after all.
    pub(crate) fn offer_gone_notice(&self) -> Option<Say> {
        let open = self.loaded.state.escalation.as_ref()?;
        let is_first = open.declined_by.is_empty() && open.due_at.is_none();
        let is_shown = matches!(self.loaded.state.holder, Holder::Queue { .. });
        let names_people = self.rules.policy().disclosure().customer
            == segue_policy::definition::CustomerDisclosure::Name;
        (is_first && is_shown && names_people).then(|| self.say(NoticeKind::Requeued))
    }

    pub(crate) fn review_notice(&self, verdict: &Verdict) -> Option<Say> {
        let Outcome::Review { queue } = &verdict.outcome else {
            return None;
        };
        let rules = &self.rules;
        let locale = locale_of(&self.loaded.state);
        let mut values = self.values();
        values.who = rules.policy().who(queue, None, locale);
        values.reason = rules
            .policy()
            .in_language(&verdict.reason, locale)
            .to_string();
        values.subject = verdict.subject.as_deref().unwrap_or_default().to_owned();
        let because = Because {
            rule: Some(&verdict.rule),
            trigger: None,
        };
        Some(say(
            rules.policy(),
            NoticeKind::ReviewStarted,
            locale,
            Some(because),
            &values,
        ))
    }

    /// By when the assistant is to answer.
    pub(crate) fn answer_by(&self) -> Timestamp {
        self.now + self.rules.assistant_deadline()
    }

    /// When somebody comes back to a customer who does not wait.
    pub(crate) fn due_for_follow_up(&self) -> Timestamp {
        let rules = &self.rules;
        let queue = self.current_queue();
        let opens = rules
            .queue(&queue)
            .and_then(|queue| queue.hours.next_opening(self.now));
        opens.map_or(self.now + FOLLOW_UP_OTHERWISE, |opens| opens.max(self.now))
    }
}
