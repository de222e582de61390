//! Writing one conversation as entries of the log: every step as the floor would have
//! written it, every verdict of the policy's own making.

use segue_detect::{Flow, Memory, Observed};
use segue_engine::Ruleset;
use segue_engine::judge::{judge_answer, judge_turn};
use segue_model::escalation::{EscalationRequest, Offer, OfferEnd, Priority, RootCause, Trigger};
use segue_model::event::{Actor, Entry, Event, Opening, SuppressedReason, TextRef, Version};
use segue_model::fact::Facts;
use segue_model::floor::{ClosedOutcome, Epoch, FloorCause, Holder};
use segue_model::id::{AgentId, ConversationId, EscalationId, OfferId, QueueKey, RuleId};
use segue_model::time::{Span, Timestamp};
use segue_model::turn::{AnswerScores, Author, NoticeKind, Role, TurnNumber};
use segue_model::verdict::{FallBackStep, HandoffKind, Outcome, Verdict};
use uuid::Uuid;

use crate::words;

/// How long nobody may come before the customer is told.
const OVERFLOW: Span = Span::minutes(15);
/// How long an offer stands.
const OFFER: Span = Span::seconds(20);

/// One entry of the log with the texts it names.
#[derive(Debug, Clone, PartialEq)]
pub struct Written {
    /// The entry.
    pub entry: Entry,
    /// Its texts.
    pub texts: Vec<(TextRef, String)>,
}

/// Who has it after the policy was asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    /// The assistant goes on.
    Assistant,
    /// The answer was held back and a question asked instead.
    Clarified,
    /// People are asked for.
    People,
}

/// A handoff that is under way.
#[derive(Debug, Clone)]
pub(crate) struct Asked {
    pub id: EscalationId,
    pub queue: QueueKey,
    pub trigger: Trigger,
    pub suggested: Option<RootCause>,
}

/// The pen.
pub(crate) struct Teller<'a> {
    pub id: ConversationId,
    pub at: Timestamp,
    pub rules: &'a Ruleset,
    pub asked: Option<Asked>,
    /// The latest customer turn.
    pub customer_turn: TurnNumber,
    /// The latest turn of the assistant.
    pub answer_turn: TurnNumber,
    facts: Facts,
    memory: Memory,
    turns: u32,
    texts: u32,
    epoch: u32,
    told: Vec<Written>,
    /// The entry being written.
    events: Vec<Event>,
    said: Vec<(TextRef, String)>,
}

impl<'a> Teller<'a> {
    pub fn open(id: ConversationId, at: Timestamp, rules: &'a Ruleset, opening: Opening) -> Self {
        let mut teller = Self {
            id,
            at,
            rules,
            asked: None,
            customer_turn: TurnNumber(0),
            answer_turn: TurnNumber(0),
            facts: opening.facts.clone(),
            memory: Memory::default(),
            turns: 0,
            texts: 0,
            epoch: 0,
            told: Vec::new(),
            events: vec![Event::ConversationOpened(Box::new(opening))],
            said: Vec::new(),
        };
        teller.commit(Actor::System);
        teller
    }

    pub fn finish(self) -> Vec<Written> {
        self.told
    }

    pub fn wait(&mut self, span: Span) {
        self.at = self.at + span;
    }

    fn commit(&mut self, actor: Actor) {
        let entry = Entry {
            version: Version(self.told.len() as u64 + 1),
            at: self.at,
            actor,
            events: std::mem::take(&mut self.events),
        };
        let texts = std::mem::take(&mut self.said);
        self.told.push(Written { entry, texts });
    }

    fn text(&mut self, text: &str) -> TextRef {
        self.texts += 1;
        let at = TextRef(self.texts);
        self.said.push((at, text.to_owned()));
        at
    }

    fn turn(
        &mut self,
        author: Author,
        text: &str,
        scores: AnswerScores,
        reply: Option<TurnNumber>,
    ) {
        self.turns += 1;
        let text = self.text(text);
        self.events.push(Event::TurnAdded {
            turn: TurnNumber(self.turns),
            author,
            text,
            epoch: Epoch(self.epoch),
            in_reply_to: reply,
            is_cut: false,
            scores,
            source_at: None,
        });
    }

    fn floor(&mut self, to: Holder, cause: FloorCause) {
        self.epoch += 1;
        self.events.push(Event::FloorChanged {
            to,
            epoch: Epoch(self.epoch),
            cause,
        });
    }

    /// The customer speaks and the policy is asked.
    pub fn customer(&mut self, text: &str) -> Next {
        self.hear(text);
        let spoken = (self.customer_turn, text, self.at);
        let judged = judge_turn(
            self.rules,
            &self.memory,
            Flow::default(),
            &self.facts,
            spoken,
        );
        self.memory = judged.memory;
        let next = self.follow(judged.verdict, false);
        self.commit(Actor::Customer);
        next
    }

    /// The customer speaks where Segue is not asked: an outside assistant tells of it only
    /// afterwards, or an agent listens.
    pub fn customer_unjudged(&mut self, text: &str) {
        self.hear(text);
        let scores = AnswerScores::default();
        let turn = Observed {
            number: self.customer_turn,
            role: Role::Customer,
            text,
            at: self.at,
            scores: &scores,
            is_clarifying: false,
        };
        self.rules.detector().observe(&mut self.memory, &turn);
        self.commit(Actor::Customer);
    }

    fn hear(&mut self, text: &str) {
        self.turn(Author::Customer, text, AnswerScores::default(), None);
        self.customer_turn = TurnNumber(self.turns);
    }

    /// What an outside assistant says without telling beforehand.
    pub fn assistant_unjudged(&mut self, text: &str, is_fallback: bool) {
        let scores = AnswerScores {
            is_fallback,
            ..AnswerScores::default()
        };
        let reply = Some(self.customer_turn);
        self.turn(Author::Assistant, text, scores, reply);
        self.answer_turn = TurnNumber(self.turns);
        self.commit(Actor::Assistant);
    }

    /// The assistant has an answer and the policy is asked before it is shown. `widened` is
    /// what a second, wider search makes of the scores.
    pub fn answer(&mut self, text: &str, scores: AnswerScores, widened: AnswerScores) -> Next {
        let verdict = self.judge(text, &scores, false);
        if let Outcome::FallBack {
            step: FallBackStep::Widen,
        } = verdict.outcome
        {
            self.record(verdict);
            self.withhold(text, scores);
            self.events.push(Event::AnswerAwaited {
                turn: self.customer_turn,
                deadline: self.at + OFFER,
                is_widened: true,
            });
            self.commit(Actor::Assistant);
            self.wait(Span(700));
            let verdict = self.judge(text, &widened, true);
            return self.say(verdict, text, widened);
        }
        self.say(verdict, text, scores)
    }

    fn judge(&mut self, text: &str, scores: &AnswerScores, is_widened: bool) -> Verdict {
        let spoken = (TurnNumber(self.turns + 1), text, self.at);
        let judged = judge_answer(
            self.rules,
            &self.memory,
            Flow::default(),
            &self.facts,
            spoken,
            (scores, is_widened),
        );
        // What is held back was never said, and is not remembered as an answer.
        if judged.verdict.outcome == Outcome::Continue {
            self.memory = judged.memory;
        }
        judged.verdict
    }

    fn record(&mut self, verdict: Verdict) {
        self.events.push(Event::VerdictReached {
            turn: self.customer_turn,
            on_answer: true,
            verdict,
        });
    }

    fn withhold(&mut self, text: &str, scores: AnswerScores) -> TextRef {
        let text = self.text(text);
        self.events.push(Event::TurnSuppressed {
            text,
            epoch: Epoch(self.epoch),
            reason: SuppressedReason::BelowBand,
            scores,
        });
        text
    }

    fn say(&mut self, verdict: Verdict, text: &str, scores: AnswerScores) -> Next {
        let reply = Some(self.customer_turn);
        let next = match verdict.outcome {
            Outcome::Continue | Outcome::Review { .. } => {
                self.record(verdict);
                self.turn(Author::Assistant, text, scores, reply);
                self.answer_turn = TurnNumber(self.turns);
                Next::Assistant
            }
            Outcome::FallBack { .. } => {
                self.record(verdict);
                let question = AnswerScores {
                    is_fallback: true,
                    ..scores.clone()
                };
                self.withhold(text, scores);
                self.turn(Author::Assistant, words::CLARIFY, question.clone(), reply);
                self.answer_turn = TurnNumber(self.turns);
                self.remember(&question);
                Next::Clarified
            }
            Outcome::Escalate { .. } => {
                self.withhold(text, scores);
                self.follow(verdict, true)
            }
        };
        self.commit(Actor::Assistant);
        next
    }

    fn remember(&mut self, scores: &AnswerScores) {
        let turn = Observed {
            number: self.answer_turn,
            role: Role::Assistant,
            text: words::CLARIFY,
            at: self.at,
            scores,
            is_clarifying: true,
        };
        self.rules.detector().observe(&mut self.memory, &turn);
    }

    /// The latest text that was held back, for grading.
    pub fn withheld(&self) -> Vec<(TurnNumber, TextRef, f64)> {
        let mut found = Vec::new();
        let mut turn = TurnNumber(0);
        for event in self.told.iter().flat_map(|it| &it.entry.events) {
            match event {
                Event::VerdictReached { turn: of, .. } => turn = *of,
                Event::TurnSuppressed { text, scores, .. } => {
                    found.push((turn, *text, scores.confidence.unwrap_or_default()));
                }
                _ => {}
            }
        }
        found
    }

    /// What a verdict brings about, in the same entry.
    fn follow(&mut self, verdict: Verdict, on_answer: bool) -> Next {
        let (outcome, plan, rule) = (verdict.outcome.clone(), verdict.plan, verdict.rule.clone());
        self.events.push(Event::VerdictReached {
            turn: self.customer_turn,
            on_answer,
            verdict,
        });
        match (outcome, plan) {
            (Outcome::Escalate { kind, queue }, Some(plan)) => {
                let why = (rule, plan.trigger, plan.priority, Some(plan.root_cause));
                self.request(kind, queue, why);
                Next::People
            }
            _ => Next::Assistant,
        }
    }

    fn request(
        &mut self,
        kind: HandoffKind,
        queue: QueueKey,
        (rule, trigger, priority, suggested): (RuleId, Trigger, Priority, Option<RootCause>),
    ) {
        let id = EscalationId::new(self.own(b"escalation"));
        self.events
            .push(Event::EscalationRequested(Box::new(EscalationRequest {
                id,
                kind,
                queue: queue.clone(),
                rule,
                trigger,
                turn: self.customer_turn,
                preferred: Vec::new(),
                priority,
                suggested_root_cause: suggested,
                announced_until: None,
                due_at: None,
                overflow_at: self.at + OVERFLOW,
            })));
        self.notice(NoticeKind::HandoffWarm, words::NOTICE);
        let since = self.at;
        let to = match kind {
            HandoffKind::Cold => Holder::Locked {
                queue: queue.clone(),
                since,
            },
            HandoffKind::Warm | HandoffKind::Takeover => Holder::Queue {
                queue: queue.clone(),
                kind,
                since,
            },
        };
        self.floor(to, FloorCause::Verdict);
        self.asked = Some(Asked {
            id,
            queue,
            trigger,
            suggested,
        });
    }

    fn own(&self, what: &[u8]) -> Uuid {
        Uuid::new_v5(&self.id.uuid(), what)
    }

    fn notice(&mut self, notice: NoticeKind, text: &str) {
        self.turn(
            Author::System { notice },
            text,
            AnswerScores::default(),
            None,
        );
    }

    /// Offered and not taken.
    pub fn offered_in_vain(&mut self, agent: AgentId, end: OfferEnd, which: u8) {
        let Some(asked) = &self.asked else {
            return;
        };
        let escalation = asked.id;
        let id = OfferId::new(self.own(&[b'v', which]));
        let expires_at = self.at + OFFER;
        let offer = Offer {
            id,
            agent,
            expires_at,
        };
        self.events.push(Event::OfferMade { escalation, offer });
        self.commit(Actor::System);
        self.wait(Span::seconds(12));
        let reason =
            (end == OfferEnd::Declined).then_some(segue_model::escalation::DeclineReason::TooBusy);
        self.events.push(Event::OfferEnded {
            offer: id,
            agent,
            end,
            reason,
        });
        self.commit(Actor::System);
    }

    /// Offered and accepted.
    pub fn accept(&mut self, agent: AgentId, which: u8) {
        let Some(asked) = &self.asked else {
            return;
        };
        let escalation = asked.id;
        let id = OfferId::new(self.own(&[b'o', which]));
        let expires_at = self.at + OFFER;
        let offer = Offer {
            id,
            agent,
            expires_at,
        };
        self.events.push(Event::OfferMade { escalation, offer });
        self.commit(Actor::System);
        self.wait(Span::seconds(5));
        self.events.push(Event::OfferEnded {
            offer: id,
            agent,
            end: OfferEnd::Accepted,
            reason: None,
        });
        self.events
            .push(Event::EscalationAccepted { escalation, agent });
        self.notice(NoticeKind::AgentJoined, words::JOINED);
        self.floor(Holder::Agent { agent }, FloorCause::Accepted);
        self.commit(Actor::Agent(agent));
    }

    /// To another queue.
    pub fn pass_on(&mut self, agent: AgentId, queue: QueueKey) {
        let Some(asked) = &mut self.asked else {
            return;
        };
        asked.queue = queue.clone();
        let escalation = asked.id;
        self.events.push(Event::EscalationQueued {
            escalation,
            queue: queue.clone(),
            preferred: Vec::new(),
            announced_until: None,
            overflow_at: self.at + OVERFLOW,
        });
        self.notice(NoticeKind::Transferred, words::MOVED);
        let since = self.at;
        let kind = HandoffKind::Warm;
        self.floor(Holder::Queue { queue, kind, since }, FloorCause::Passed);
        self.commit(Actor::Agent(agent));
    }

    pub fn expire(&mut self, due_at: Timestamp) {
        if let Some(escalation) = self.asked.as_ref().map(|asked| asked.id) {
            self.events
                .push(Event::EscalationExpired { escalation, due_at });
            self.notice(NoticeKind::Expired, words::EXPIRED);
            self.commit(Actor::System);
        }
    }

    pub fn read_packet(&mut self, agent: AgentId, dwell_ms: u64) {
        if let Some(escalation) = self.asked.as_ref().map(|asked| asked.id) {
            self.events.push(Event::PacketRead {
                escalation,
                agent,
                dwell_ms,
            });
            self.commit(Actor::Agent(agent));
        }
    }

    pub fn agent(&mut self, agent: AgentId, text: &str) {
        self.turn(Author::Agent { agent }, text, AnswerScores::default(), None);
        self.commit(Actor::Agent(agent));
    }

    /// An event that changes nothing about the floor.
    pub fn note(&mut self, actor: Actor, event: Event) {
        self.events.push(event);
        self.commit(actor);
    }

    /// The floor closes, with what comes with it.
    pub fn close(&mut self, actor: Actor, with: Option<Event>, outcome: ClosedOutcome) {
        self.events.extend(with);
        self.floor(Holder::Closed { outcome }, FloorCause::Closed);
        self.commit(actor);
    }

    /// Back to the assistant, with a brief.
    pub fn hand_back(
        &mut self,
        agent: AgentId,
        root_cause: RootCause,
        active_ms: u64,
        brief: &str,
    ) {
        let Some(escalation) = self.asked.as_ref().map(|asked| asked.id) else {
            return;
        };
        let brief = self.text(brief);
        self.events.push(Event::HandedBack {
            escalation,
            agent,
            brief,
            root_cause,
            active_ms,
            is_answered: true,
        });
        self.floor(Holder::Assistant, FloorCause::HandedBack);
        self.commit(Actor::Agent(agent));
    }
}
