//! The figures of very many conversations: how long a question takes, how long it takes to
//! read them all in, and what they cost in memory.

use std::time::{Duration, Instant};

use anyhow::Context;
use segue_insight::slice::{Dimension, Filter, Terms};
use segue_insight::{Ledger, Query};
use segue_model::event::{Actor, Entry, Event, TextRef, Version};
use segue_model::id::ConversationId;
use segue_model::time::{Span, Timestamp};
use serde_json::{Value, json};

use uuid::Uuid;

use crate::{figures, system};

/// The conversations lie in so many days.
const DAYS: u64 = 365;
/// How often each question is asked.
const ASKED: usize = 40;
/// When the last of them begins: 2026-03-04, 12:00 UTC.
const END: Timestamp = Timestamp(1_772_625_600_000);

const TOPICS: [&str; 8] = [
    "shipping", "billing", "refund", "login", "legal", "plan", "outage", "returns",
];
const LANGUAGES: [&str; 4] = ["en", "de", "fr", "es"];
const CONCERNS: [&str; 8] = [
    "My order 48213 is late and I see error 402 in Firefox",
    "I was charged twice for invoice INV-20931",
    "How do I return the shoes that I bought last week?",
    "I cannot sign in since yesterday evening",
    "What does the business plan cost for nine people?",
    "Where can I download the receipt for March?",
    "The app closes as soon as I open the basket",
    "Please change the address of my delivery to Bremen",
];

type Observed = (ConversationId, Entry, Vec<(TextRef, String)>);

/// A random source that is the same in every run (splitmix64).
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }

    fn pick<T: Copy>(&mut self, of: &[T]) -> Option<T> {
        let at = self.below(of.len() as u64);
        usize::try_from(at).ok().and_then(|at| of.get(at)).copied()
    }
}

/// One conversation being written.
struct Talk {
    id: ConversationId,
    at: Timestamp,
    turns: u32,
    entries: Vec<Observed>,
}

impl Talk {
    fn add(&mut self, events: &[Value], text: Option<&str>) -> anyhow::Result<()> {
        let events: Result<Vec<Event>, _> = events
            .iter()
            .map(|event| serde_json::from_value(event.clone()))
            .collect();
        let entry = Entry {
            version: Version(self.entries.len() as u64 + 1),
            at: self.at,
            actor: Actor::System,
            events: events.context("an event of the bench")?,
        };
        let texts = text.map(|text| (TextRef(self.turns), text.to_owned()));
        self.entries
            .push((self.id, entry, texts.into_iter().collect()));
        self.at = self.at + Span::seconds(20);
        Ok(())
    }

    fn say(&mut self, author: &Value, text: &str, first: Option<Value>) -> anyhow::Result<()> {
        self.turns += 1;
        let said = json!({
            "type": "turn_added", "turn": self.turns, "author": author,
            "text": self.turns, "epoch": 1,
        });
        let events: Vec<Value> = first.into_iter().chain([said]).collect();
        self.add(&events, Some(text))
    }
}

/// Three in ten are handed to a person, as the target has it; one in three of those who
/// come is known from before.
fn talk(n: u64, of: u64, dice: &mut Dice) -> anyhow::Result<Vec<Observed>> {
    let step = DAYS * 86_400_000 / of.max(1);
    let customer = if dice.below(3) == 0 {
        dice.below(of / 4 + 1)
    } else {
        of + n
    };
    let topic = dice.pick(&TOPICS).unwrap_or_default();
    let mut talk = Talk {
        id: ConversationId::new(uuid(n, 0)),
        at: END - Span(step * (of - n)),
        turns: 0,
        entries: Vec::new(),
    };
    let opening = json!({
        "type": "conversation_opened", "assistant": "builtin", "origin": { "origin": "live" },
        "channel": if dice.below(5) == 0 { "api" } else { "widget" },
        "locale": dice.pick(&LANGUAGES),
        "customer": format!("cus_{:032x}", customer),
    });
    let concern = dice.pick(&CONCERNS).unwrap_or_default();
    talk.say(&json!({ "by": "customer" }), concern, Some(opening))?;
    talk.add(&[verdict(&talk, topic, "continue")], None)?;
    talk.say(
        &json!({ "by": "assistant" }),
        "Please clear the cache and sign in again.",
        None,
    )?;
    if dice.below(10) < 3 {
        hand_over(&mut talk, dice, topic)?;
    } else if dice.below(2) == 0 {
        let helped = dice.below(5) > 0;
        talk.add(
            &[json!({ "type": "answer_confirmed", "turn": 2, "helped": helped })],
            None,
        )?;
    }
    Ok(talk.entries)
}

fn hand_over(talk: &mut Talk, dice: &mut Dice, topic: &str) -> anyhow::Result<()> {
    let escalation = format!("esc_{}", uuid(talk.id.uuid().as_u64_pair().1, 1).simple());
    let agent = format!("agt_{:032x}", dice.below(40) + 1);
    let queue = dice
        .pick(&["general", "billing", "technical"])
        .unwrap_or_default();
    let trigger = dice
        .pick(&["opt_out", "fallback", "compliance", "sentiment"])
        .unwrap_or_default();
    talk.say(
        &json!({ "by": "customer" }),
        "That does not help, I want a person",
        None,
    )?;
    let asked = json!({
        "type": "escalation_requested", "id": escalation, "kind": "warm", "queue": queue,
        "rule": format!("{trigger}_rule"), "trigger": trigger, "turn": talk.turns,
        "priority": "normal", "overflow_at": talk.at,
    });
    talk.add(&[verdict(talk, topic, "escalate"), asked], None)?;
    talk.at = talk.at + Span::seconds(dice.below(300));
    let of = |kind: &str, more: Value| {
        let mut event = json!({ "type": kind, "escalation": escalation, "agent": agent });
        if let (Some(event), Value::Object(more)) = (event.as_object_mut(), more) {
            event.extend(more);
        }
        event
    };
    if dice.below(12) == 0 {
        return talk.add(
            &[json!({ "type": "escalation_abandoned", "escalation": escalation })],
            None,
        );
    }
    talk.add(&[of("escalation_accepted", json!({}))], None)?;
    talk.add(&[of("packet_read", json!({ "dwell_ms": 4_000 }))], None)?;
    talk.say(
        &json!({ "by": "agent", "agent": agent }),
        "Hello, I see order 48213.",
        None,
    )?;
    let cause = dice
        .pick(&["Policy", "AI_Missing_Knowledge", "Tool_Failure"])
        .unwrap_or_default();
    let resolved = json!({
        "root_cause": cause, "disposition": "solved", "active_ms": 60_000 + dice.below(900_000),
    });
    talk.add(&[of("escalation_resolved", resolved)], None)?;
    if dice.below(4) == 0 {
        let score = 1 + dice.below(5);
        talk.add(
            &[json!({ "type": "rated", "part": "agent", "score": score })],
            None,
        )?;
    }
    Ok(())
}

fn verdict(talk: &Talk, topic: &str, word: &str) -> Value {
    let outcome = match word {
        "escalate" => json!({ "verdict": "escalate", "kind": "warm", "queue": "general" }),
        _ => json!({ "verdict": word }),
    };
    json!({
        "type": "verdict_reached", "turn": talk.turns,
        "verdict": {
            "outcome": outcome, "rule": "r", "reason": "",
            "trace": {
                "policy": "default@1", "rules": [],
                "signals": [
                    { "signal": format!("topic.{topic}"), "value": 1.0, "score": 1.0 },
                    { "signal": "turn_count", "value": 1.0, "score": 1.0 },
                ],
            },
        },
    })
}

fn uuid(n: u64, kind: u64) -> Uuid {
    Uuid::from_u64_pair(kind, n + 1)
}

/// A million conversations, or as many as asked for.
pub fn run(conversations: u64) -> anyhow::Result<Value> {
    let before = system::resident_bytes(std::process::id())?;
    let mut ledger = Ledger::default();
    let mut dice = Dice(7);
    let (mut folding, mut entries) = (Duration::ZERO, 0_u64);
    for n in 0..conversations {
        let talk = talk(n, conversations, &mut dice)?;
        entries += talk.len() as u64;
        let start = Instant::now();
        for (id, entry, texts) in &talk {
            ledger.observe(*id, entry, texts);
        }
        folding += start.elapsed();
    }
    let bytes = system::resident_bytes(std::process::id())? - before;
    let chosen = |filter: Filter| Query {
        now: END,
        days: 28,
        include_demo: false,
        zone: jiff::tz::TimeZone::UTC,
        shown_max: segue_insight::SHOWN,
        filter,
        terms: Terms::default(),
    };
    let all = Filter::default;
    let mut dashboards = serde_json::Map::new();
    for days in [7, 28, 90, 365] {
        let query = Query {
            days,
            ..chosen(all())
        };
        let times = asked(|| ledger.dashboard(&query).conversations);
        dashboards.insert(format!("{days}_days"), times);
    }
    let topic = chosen(all().with(Dimension::Topic, "billing"));
    let queue = chosen(all().with(Dimension::Queue, "billing"));
    let year = Query {
        days: 365,
        ..chosen(all().with(Dimension::Language, "de"))
    };
    dashboards.insert(
        "28_days_of_a_topic".into(),
        asked(|| ledger.dashboard(&topic).conversations),
    );
    dashboards.insert(
        "28_days_of_a_queue".into(),
        asked(|| ledger.dashboard(&queue).conversations),
    );
    dashboards.insert(
        "365_days_of_a_language".into(),
        asked(|| ledger.dashboard(&year).conversations),
    );
    let month = chosen(all());
    Ok(json!({
        "bench": "insight",
        "conversations": conversations,
        "entries": entries,
        "fold": {
            "seconds": folding.as_secs_f64(),
            "us_per_entry": figures::micros(folding) / figures::count(entries.max(1)),
        },
        "bytes_per_conversation": bytes / figures::count(conversations.max(1)),
        "dashboard_ms": dashboards,
        "breakdown_28_days_ms": {
            "by_rule": asked(|| ledger.breakdown(&month, Dimension::Rule).rows.len()),
            "by_topic": asked(|| ledger.breakdown(&month, Dimension::Topic).rows.len()),
            "by_agent": asked(|| ledger.breakdown(&month, Dimension::Agent).rows.len()),
        },
    }))
}

/// The median and the 95th percentile of asking again and again.
fn asked<T>(question: impl Fn() -> T) -> Value {
    let mut times: Vec<f64> = (0..ASKED)
        .map(|_| {
            let start = Instant::now();
            std::hint::black_box(question());
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    let p50 = figures::round(figures::median(&mut times));
    json!({ "p50": p50, "p95": figures::round(figures::quantile(&mut times, 0.95)) })
}
