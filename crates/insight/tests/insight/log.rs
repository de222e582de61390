//! Small synthetic logs, written as a conversation goes.

use segue_insight::slice::{Filter, Terms};
use segue_insight::{Dashboard, Ledger, Query};
use segue_model::event::{Actor, Entry, Event, TextRef, Version};
use segue_model::id::{ConversationId, CustomerId, EscalationId};
use segue_model::time::{Span, Timestamp};
use serde_json::{Value, json};
use uuid::Uuid;

/// Wednesday 2026-03-04, 12:00 UTC.
pub const NOON: Timestamp = Timestamp(1_772_625_600_000);
pub const DAY: Span = Span::hours(24);
const AGENT: &str = "agt_00000000000000000000000000000001";

pub type Observed = (ConversationId, Entry, Vec<(TextRef, String)>);

/// One conversation being written. Every step is an entry of its own, a second
/// after the one before.
#[derive(Debug, Clone)]
pub struct Log {
    pub id: ConversationId,
    pub entries: Vec<Observed>,
    at: Timestamp,
    turns: u32,
    texts: u32,
    escalations: u32,
    opening: Value,
}

pub fn conversation(n: u32) -> ConversationId {
    ConversationId::new(Uuid::from_u128(u128::from(n)))
}

impl Log {
    fn begin(n: u32, at: Timestamp, origin: Value) -> Self {
        let opening = json!({
            "type": "conversation_opened",
            "assistant": "builtin", "origin": origin, "channel": "widget",
        });
        Self {
            id: conversation(n),
            entries: Vec::new(),
            at,
            turns: 0,
            texts: 0,
            escalations: 0,
            opening,
        }
    }

    pub fn live(n: u32, at: Timestamp) -> Self {
        Self::begin(n, at, json!({ "origin": "live" }))
    }

    pub fn demo(n: u32, at: Timestamp) -> Self {
        Self::begin(n, at, json!({ "origin": "demo" }))
    }

    pub fn imported(n: u32, at: Timestamp, source: &str) -> Self {
        let origin =
            json!({ "origin": "imported", "source": source, "external_id": n.to_string() });
        Self::begin(n, at, origin)
    }

    /// Who asks.
    pub fn of(self, customer: u32) -> Self {
        let id = CustomerId::new(Uuid::from_u128(u128::from(customer)));
        self.with("customer", json!(id))
    }

    /// Any field of the opening, whether it is written already or not.
    pub fn with(mut self, field: &str, value: Value) -> Self {
        self.opening[field] = value;
        if let Some((_, first, _)) = self.entries.first_mut() {
            first.events[0] = serde_json::from_value(self.opening.clone()).expect("an opening");
        }
        self
    }

    pub fn after(mut self, span: Span) -> Self {
        self.at = self.at + span;
        self
    }

    pub fn entry(mut self, events: Vec<Value>, texts: Vec<(TextRef, String)>) -> Self {
        let version = Version(self.entries.len() as u64 + 1);
        let opening = (version.0 == 1).then(|| self.opening.clone());
        let events: Vec<Event> = opening
            .into_iter()
            .chain(events)
            .map(|event| serde_json::from_value(event).expect("an event"))
            .collect();
        let entry = Entry {
            version,
            at: self.at,
            actor: Actor::System,
            events,
        };
        self.entries.push((self.id, entry, texts));
        self.at = self.at + Span::seconds(1);
        self
    }

    fn event(self, event: Value) -> Self {
        self.entry(vec![event], Vec::new())
    }

    fn said(mut self, author: Value, text: &str, scores: Value) -> Self {
        self.turns += 1;
        self.texts += 1;
        let event = json!({
            "type": "turn_added", "turn": self.turns, "author": author,
            "text": self.texts, "epoch": 1, "scores": scores,
        });
        let at = TextRef(self.texts);
        self.entry(vec![event], vec![(at, text.to_owned())])
    }

    /// Opened, and nothing said.
    pub fn opened(self) -> Self {
        self.entry(Vec::new(), Vec::new())
    }

    pub fn customer(self, text: &str) -> Self {
        self.said(json!({ "by": "customer" }), text, json!({}))
    }

    pub fn assistant(self, text: &str) -> Self {
        self.said(
            json!({ "by": "assistant" }),
            text,
            json!({ "confidence": 0.9 }),
        )
    }

    pub fn no_answer(self, text: &str) -> Self {
        self.said(
            json!({ "by": "assistant" }),
            text,
            json!({ "is_fallback": true }),
        )
    }

    pub fn agent(self, text: &str) -> Self {
        self.said(json!({ "by": "agent", "agent": AGENT }), text, json!({}))
    }

    /// The texts of the last step are erased.
    pub fn erased(mut self) -> Self {
        self.entries.last_mut().expect("a step").2.clear();
        self
    }

    pub fn judged(self, outcome: Value, topic: &str) -> Self {
        let turn = self.turns;
        self.event(json!({
            "type": "verdict_reached", "turn": turn,
            "verdict": {
                "outcome": outcome, "rule": "r", "reason": "",
                "trace": {
                    "policy": "p@1", "rules": [],
                    "signals": [{ "signal": format!("topic.{topic}"), "value": 1.0, "score": 1.0 }],
                },
            },
        }))
    }

    /// What the policy saw in the latest turn.
    pub fn saw(self, signals: &[(&str, f64)]) -> Self {
        let turn = self.turns;
        let signals: Vec<Value> = signals
            .iter()
            .map(|(signal, value)| json!({ "signal": signal, "value": value, "score": 1.0 }))
            .collect();
        self.event(json!({
            "type": "verdict_reached", "turn": turn,
            "verdict": {
                "outcome": { "verdict": "continue" }, "rule": "r", "reason": "",
                "trace": { "policy": "p@1", "rules": [], "signals": signals },
            },
        }))
    }

    /// The policy's word on an answer, and the answer: shown, or held back.
    pub fn answered(mut self, rule: &str, scores: Value, was_shown: bool) -> Self {
        let asked = self.turns;
        let verdict = json!({
            "type": "verdict_reached", "turn": asked, "on_answer": true,
            "verdict": {
                "outcome": { "verdict": "continue" }, "rule": rule, "reason": "",
                "trace": {
                    "policy": "p@1", "rules": [],
                    "signals": [{ "signal": "topic.shipping", "value": 1.0, "score": 1.0 }],
                },
            },
        });
        self.texts += 1;
        let said = if was_shown {
            self.turns += 1;
            json!({
                "type": "turn_added", "turn": self.turns, "author": { "by": "assistant" },
                "text": self.texts, "epoch": 1, "scores": scores,
            })
        } else {
            json!({
                "type": "turn_suppressed", "text": self.texts, "epoch": 1,
                "reason": "below_band", "scores": scores,
            })
        };
        self.entry(vec![verdict, said], Vec::new())
    }

    /// Somebody judges the latest text as an answer to the latest turn.
    pub fn graded(self, grade: &str, was_shown: bool, by_chance: f64) -> Self {
        let (turn, text) = (self.turns, self.texts);
        self.event(json!({
            "type": "answer_graded", "turn": turn, "text": text, "by": AGENT, "grade": grade,
            "was_shown": was_shown, "score": 0.5, "by_chance": by_chance,
        }))
    }

    fn escalation(&self) -> EscalationId {
        let conversation = self.id.uuid().as_u128();
        EscalationId::new(Uuid::from_u128(
            conversation * 1_000 + u128::from(self.escalations),
        ))
    }

    fn request(&self, trigger: &str, queue: &str) -> Value {
        json!({
            "type": "escalation_requested", "id": self.escalation(), "kind": "warm",
            "queue": queue, "rule": "r", "trigger": trigger, "turn": self.turns,
            "priority": "normal", "suggested_root_cause": "Policy", "overflow_at": self.at,
        })
    }

    pub fn ask(mut self, trigger: &str, queue: &str) -> Self {
        self.escalations += 1;
        let event = self.request(trigger, queue);
        self.event(event)
    }

    /// An agent takes it unasked: request and acceptance are one entry.
    pub fn taken(mut self) -> Self {
        self.escalations += 1;
        let accepted = json!({
            "type": "escalation_accepted", "escalation": self.escalation(), "agent": AGENT,
        });
        let events = vec![self.request("agent", "general"), accepted];
        self.entry(events, Vec::new())
    }

    fn of_escalation(self, kind: &str, more: Value) -> Self {
        let mut event = json!({ "type": kind, "escalation": self.escalation() });
        for (key, value) in more.as_object().expect("fields") {
            event[key] = value.clone();
        }
        self.event(event)
    }

    pub fn accept(self) -> Self {
        self.of_escalation("escalation_accepted", json!({ "agent": AGENT }))
    }

    /// Another agent has it.
    pub fn accept_by(self, agent: &str) -> Self {
        self.of_escalation("escalation_accepted", json!({ "agent": agent }))
    }

    /// The agent passes it on.
    pub fn passed(self, queue: &str) -> Self {
        let (escalation, overflow_at) = (self.escalation(), self.at);
        let queued = json!({
            "type": "escalation_queued", "escalation": escalation, "queue": queue,
            "overflow_at": overflow_at,
        });
        let to = json!({ "holder": "queue", "queue": queue, "kind": "warm", "since": overflow_at });
        let floor = json!({ "type": "floor_changed", "to": to, "epoch": 4, "cause": "passed" });
        self.entry(vec![queued, floor], Vec::new())
    }

    pub fn read(self, dwell_ms: u64) -> Self {
        self.of_escalation(
            "packet_read",
            json!({ "agent": AGENT, "dwell_ms": dwell_ms }),
        )
    }

    pub fn queued(self, queue: &str) -> Self {
        let overflow_at = self.at;
        self.of_escalation(
            "escalation_queued",
            json!({ "queue": queue, "overflow_at": overflow_at }),
        )
    }

    pub fn abandon(self) -> Self {
        self.of_escalation("escalation_abandoned", json!({}))
    }

    pub fn withdraw(self) -> Self {
        self.of_escalation("escalation_withdrawn", json!({}))
    }

    pub fn expire(self) -> Self {
        let due_at = self.at + DAY;
        self.of_escalation("escalation_expired", json!({ "due_at": due_at }))
    }

    pub fn resolve(self, root_cause: &str, active_s: u64) -> Self {
        let more = json!({
            "agent": AGENT, "root_cause": root_cause, "disposition": "solved",
            "active_ms": active_s * 1_000,
        });
        self.of_escalation("escalation_resolved", more)
            .closed("resolved_by_agent")
    }

    pub fn hand_back(mut self, root_cause: &str, active_s: u64) -> Self {
        self.texts += 1;
        let more = json!({
            "agent": AGENT, "root_cause": root_cause, "brief": self.texts,
            "active_ms": active_s * 1_000,
        });
        self.of_escalation("handed_back", more)
    }

    /// The agent's mark at wrap-up.
    pub fn could(self, assistant_could: bool) -> Self {
        self.of_escalation(
            "handoff_judged",
            json!({ "agent": AGENT, "assistant_could": assistant_could }),
        )
    }

    pub fn confirm(self, helped: bool) -> Self {
        let turn = self.turns;
        self.event(json!({ "type": "answer_confirmed", "turn": turn, "helped": helped }))
    }

    pub fn rate(self, part: &str, score: u8) -> Self {
        self.event(json!({ "type": "rated", "part": part, "score": score }))
    }

    pub fn closed(self, outcome: &str) -> Self {
        let to = json!({ "holder": "closed", "outcome": outcome });
        self.event(json!({ "type": "floor_changed", "to": to, "epoch": 2, "cause": "closed" }))
    }

    pub fn reopened(self) -> Self {
        let to = json!({ "holder": "assistant" });
        self.event(json!({ "type": "floor_changed", "to": to, "epoch": 3, "cause": "reopened" }))
    }

    pub fn outcome(self, label: &str, value: &str) -> Self {
        self.event(json!({ "type": "outcome_recorded", "labels": { label: value } }))
    }
}

/// A ledger that saw these conversations, one after the other.
pub fn ledger(logs: &[Log]) -> Ledger {
    let mut ledger = Ledger::default();
    for (conversation, entry, texts) in logs.iter().flat_map(|log| &log.entries) {
        ledger.observe(*conversation, entry, texts);
    }
    ledger
}

/// Two days after noon, over four weeks, without the demo, in UTC.
pub fn query() -> Query {
    Query {
        now: NOON + DAY + DAY,
        days: 28,
        include_demo: false,
        zone: jiff::tz::TimeZone::UTC,
        shown_max: segue_insight::SHOWN,
        filter: Filter::default(),
        terms: Terms::default(),
    }
}

pub fn dashboard(logs: &[Log]) -> Dashboard {
    ledger(logs).dashboard(&query())
}
