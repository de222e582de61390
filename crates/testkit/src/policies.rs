//! Random policy files for tests: half of them sound and deep, half broken in one place.
//! The same seed gives the same text.

use segue_model::fact::name;
use segue_model::signal::{SignalKind, Unit};
use serde_json::{Map, Value, json};

/// Small numbers from a seed (SplitMix64). No secret hangs on them.
#[derive(Debug, Clone)]
pub struct Dice(u64);

impl Dice {
    /// Dice that fall the same way for the same seed.
    pub const fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut it = self.0;
        it = (it ^ (it >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        it = (it ^ (it >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        it ^ (it >> 31)
    }

    /// A number below `bound`, 0 where that is 0.
    pub fn below(&mut self, bound: u64) -> u64 {
        self.next().checked_rem(bound).unwrap_or(0)
    }

    /// Yes, once in so many times.
    pub fn once_in(&mut self, times: u64) -> bool {
        self.below(times) == 0
    }

    /// A number from 0 to 1 with two digits.
    pub fn share(&mut self) -> f64 {
        f64::from(u32::try_from(self.below(101)).unwrap_or_default()) / 100.0
    }

    /// One of these; `None` of none.
    pub fn of<'a, T>(&mut self, items: &'a [T]) -> Option<&'a T> {
        let at = usize::try_from(self.below(items.len() as u64)).unwrap_or_default();
        items.get(at)
    }

    fn word(&mut self, words: &[&'static str]) -> &'static str {
        self.of(words).copied().unwrap_or_default()
    }
}

const TOPICS: &[&str] = &[
    "billing",
    "legal",
    "complaint",
    "refund_return",
    "warranty",
    "returns",
    "outage",
    "invoices",
];
const QUEUES: &[&str] = &["care", "finance", "technical", "desk", "security"];
const TIERS: &[&str] = &["standard", "pro", "business"];
const RULES: &[&str] = &[
    "vip", "loop", "anger", "money", "odd", "far", "checked", "flagged",
];
const TRIGGERS: &[&str] = &[
    "low_confidence",
    "repeat",
    "sentiment",
    "vip",
    "compliance",
    "tool_failure",
    "rule",
];
const CAUSES: &[&str] = &[
    "AI_Missing_Knowledge",
    "AI_Looping",
    "Tool_Failure",
    "Policy",
    "Customer_Request",
];
const TEXTS: &[&str] = &[
    "you asked for a person",
    "yes",
    "402",
    "a: b #c",
    "it's \"so\"",
    "Größe – ß",
    "null",
    "[x]",
];
const PATTERNS: &[&str] = &[
    r"\bguarant(?:y|ee)\b",
    r"(?:a|b){1,20}c",
    r"\d+\s?(?:eur|usd)",
    r"rahmenvertr\w+",
    r"[a-z]{3,12} (?:now|today)",
    r"\bwarrant\w*\b.{0,20}\bclaim",
];

/// A policy that is sound, as a value.
pub fn sound(dice: &mut Dice) -> Value {
    let mut policy = Policy {
        queues: some(dice, QUEUES, 1),
        topics: some(dice, TOPICS, 0),
        languages: match dice.below(3) {
            0 => vec!["en"],
            1 => vec!["en", "de"],
            _ => vec!["fr", "en"],
        },
        dice,
    };
    policy.whole()
}

/// A sound policy as text, in block or in flow style.
pub fn text(dice: &mut Dice, policy: &Value) -> String {
    let is_block = dice.once_in(2);
    let json = policy.to_string();
    match is_block {
        // JSON is YAML, too.
        false => json,
        true => block(policy, 0),
    }
}

/// Block style for maps, flow style within lists.
fn block(value: &Value, indent: usize) -> String {
    let Value::Object(map) = value else {
        return format!(" {value}\n");
    };
    if map.is_empty() {
        return " {}\n".to_owned();
    }
    let mut out = if indent == 0 {
        String::new()
    } else {
        "\n".to_owned()
    };
    for (key, value) in map {
        let pad = " ".repeat(indent);
        let key = Value::from(key.as_str());
        out.push_str(&format!("{pad}{key}:{}", block(value, indent + 2)));
    }
    out
}

/// A policy that no reader may take: a sound one with one thing wrong, or a text made to
/// cost much.
pub fn broken(dice: &mut Dice) -> String {
    let mut policy = sound(dice);
    let all = count(&policy);
    match dice.below(10) {
        0 => {
            let text = text(dice, &policy);
            // Cut within the last third, so that the head is right.
            let mut end = text.len()
                - 2
                - usize::try_from(dice.below(text.len() as u64 / 3)).unwrap_or_default();
            while !text.is_char_boundary(end) {
                end -= 1;
            }
            let cut = text.get(..end).unwrap_or_default();
            return format!("{cut}\n  ]]");
        }
        1 => return hostile(dice),
        2 => {
            if let Value::Object(map) = &mut policy {
                let keys: Vec<String> = map
                    .keys()
                    .filter(|key| !matches!(key.as_str(), "tiers" | "autonomy"))
                    .cloned()
                    .collect();
                if let Some(key) = dice.of(&keys) {
                    map.remove(key);
                }
            }
        }
        kind => {
            // The root stays, so that something is left to be read.
            let at = 1 + dice.below(all - 1);
            spoil(&mut policy, &mut { at }, kind, dice);
        }
    }
    text(dice, &policy)
}

fn count(value: &Value) -> u64 {
    1 + match value {
        Value::Array(items) => items.iter().map(count).sum::<u64>(),
        Value::Object(map) => map.values().map(count).sum(),
        _ => 0,
    }
}

/// Spoils the node with this number, counted from the root.
fn spoil(value: &mut Value, at: &mut u64, kind: u64, dice: &mut Dice) {
    if *at == 0 {
        *at = u64::MAX;
        let wrong = json!({ "no such key": true });
        match value {
            Value::Object(map) if kind < 6 => {
                map.insert("no such key".to_owned(), json!(1));
            }
            Value::Number(_) if dice.once_in(2) => *value = json!(-7),
            Value::Number(_) => *value = json!(1e9),
            Value::String(text) if kind < 7 => text.clear(),
            Value::Bool(_) if kind < 7 => *value = json!("maybe"),
            _ if kind == 9 => *value = Value::Null,
            _ => *value = wrong,
        }
        return;
    }
    *at -= 1;
    let mut go = |inner: &mut Value| {
        if *at != u64::MAX {
            spoil(inner, at, kind, dice);
        }
    };
    match value {
        Value::Array(items) => items.iter_mut().for_each(&mut go),
        Value::Object(map) => map.values_mut().for_each(&mut go),
        _ => {}
    }
}

/// Texts that are small and cost much, unless they are refused.
fn hostile(dice: &mut Dice) -> String {
    let many = 1_000 + usize::try_from(dice.below(20_000)).unwrap_or_default();
    match dice.below(6) {
        0 => "[".repeat(many),
        1 => "{a: ".repeat(many),
        2 => {
            let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
            for level in 1..12 {
                let list = format!("*a{}, ", level - 1).repeat(9);
                text.push_str(&format!(
                    "a{level}: &a{level} [{}]\n",
                    list.trim_end_matches(", ")
                ));
            }
            text
        }
        3 => format!(
            "a: &a [{}]\nb: [{}]",
            "x, ".repeat(many),
            "*a, ".repeat(400)
        ),
        4 => "- ".repeat(many),
        _ => format!("policy: {}", "x".repeat(many * 40)),
    }
}

fn some(dice: &mut Dice, names: &[&'static str], least: usize) -> Vec<&'static str> {
    let picked: Vec<_> = names.iter().filter(|_| dice.once_in(2)).copied().collect();
    match picked.len() >= least {
        true => picked,
        false => names.iter().take(least).copied().collect(),
    }
}

struct Policy<'d> {
    dice: &'d mut Dice,
    queues: Vec<&'static str>,
    topics: Vec<&'static str>,
    /// The policy's own first.
    languages: Vec<&'static str>,
}

impl Policy<'_> {
    fn whole(&mut self) -> Value {
        let names = some(self.dice, RULES, 0);
        let rules: Vec<Value> = names.iter().map(|id| self.rule(id)).collect();
        let topics: Map<String, Value> = self
            .topics
            .clone()
            .into_iter()
            .map(|key| (key.to_owned(), self.topic(key)))
            .collect();
        let queues: Map<String, Value> = self
            .queues
            .clone()
            .into_iter()
            .map(|key| (key.to_owned(), self.queue()))
            .collect();
        let wording: Map<String, Value> = self
            .languages
            .clone()
            .into_iter()
            .map(|code| (code.to_owned(), self.wording(code, &names)))
            .collect();
        let mut fallback = self.handoff();
        put(&mut fallback, "escalate_at", json!(1 + self.dice.below(4)));
        json!({
            "policy": "random",
            "language": self.languages.first(),
            "bands": self.bands(true),
            "fallback": fallback,
            "always": { "opt_out": self.handoff(), "unavailable": self.handoff() },
            "autonomy": { "none": self.handoff(), "draft": self.review() },
            "timers": {
                "assistant_deadline_s": 1 + self.dice.below(300),
                "idle_close_min": 1 + self.dice.below(1_000),
            },
            "hand_backs_max": self.dice.below(6),
            "disclosure": {
                "customer": self.dice.word(&["name", "team", "none"]),
                "staff": self.dice.word(&["full", "no_trace"]),
            },
            "root_causes": some(self.dice, CAUSES, 0),
            "tiers": TIERS,
            "topics": topics,
            "default_queue": self.queue_name(),
            "queues": queues,
            "rules": rules,
            "wording": wording,
        })
    }

    fn bands(&mut self, has_signals: bool) -> Value {
        let (a, b) = (self.dice.share(), self.dice.share());
        let mut bands = json!({ "floor": a.min(b), "accept": a.max(b) });
        if has_signals {
            let scores = [
                "retrieval_confidence",
                "answer_confidence",
                "query_distance",
            ];
            put(&mut bands, "signals", json!(some(self.dice, &scores, 0)));
        }
        bands
    }

    fn queue_name(&mut self) -> &'static str {
        self.dice.of(&self.queues).copied().unwrap_or_default()
    }

    fn target(&mut self) -> &'static str {
        match self.dice.once_in(3) {
            true => "by_topic",
            false => self.queue_name(),
        }
    }

    fn text(&mut self) -> Value {
        let text = self.dice.word(TEXTS);
        match self.dice.once_in(2) {
            true => json!(text),
            false => self
                .languages
                .iter()
                .map(|code| ((*code).to_owned(), json!(text)))
                .collect::<Map<_, _>>()
                .into(),
        }
    }

    fn handoff(&mut self) -> Value {
        let mut handoff = json!({
            "queue": self.target(),
            "root_cause": self.dice.word(CAUSES),
            "reason": self.text(),
        });
        if self.dice.once_in(2) {
            put(
                &mut handoff,
                "kind",
                json!(self.dice.word(&["warm", "cold", "takeover"])),
            );
        }
        if self.dice.once_in(3) {
            put(
                &mut handoff,
                "priority",
                json!(self.dice.word(&["normal", "vip", "urgent"])),
            );
        }
        if self.dice.once_in(4) {
            put(
                &mut handoff,
                "to_account_manager",
                json!(self.dice.once_in(2)),
            );
        }
        if self.dice.once_in(3) {
            let subject = self.text();
            put(&mut handoff, "subject", subject);
        }
        handoff
    }

    fn review(&mut self) -> Value {
        json!({ "queue": self.target(), "reason": self.text() })
    }

    fn topic(&mut self, key: &str) -> Value {
        let mut topic =
            json!({ "phrases": some(self.dice, &["custom terms", "Sonderkonditionen", "a+b"], 1) });
        if TOPICS.iter().take(4).any(|known| *known == key) {
            put(&mut topic, "builtin", json!(true));
        }
        if self.dice.once_in(2) {
            put(&mut topic, "patterns", json!(some(self.dice, PATTERNS, 1)));
        }
        if self.dice.once_in(3) {
            put(&mut topic, "except", json!(["extended offer"]));
        }
        if self.dice.once_in(2) {
            put(&mut topic, "queue", json!(self.queue_name()));
        }
        if self.dice.once_in(3) {
            let bands = self.bands(false);
            put(&mut topic, "bands", bands);
        }
        if self.dice.once_in(2) {
            put(
                &mut topic,
                "autonomy",
                json!(self.dice.word(&["full", "draft", "none"])),
            );
        }
        if self.dice.once_in(2) {
            let subject = self.text();
            put(&mut topic, "subject", subject);
        }
        topic
    }

    fn queue(&mut self) -> Value {
        let to = match self.dice.once_in(2) {
            true => "follow_up",
            false => self.queue_name(),
        };
        let hours = match self.dice.below(3) {
            0 => json!("always"),
            1 => json!([]),
            _ => json!([
                { "days": "mon-fri", "from": "08:00", "to": "24:00" },
                { "days": ["sat", "sun-sun"], "from": "00:00", "to": "09:30" },
            ]),
        };
        let mut queue = json!({
            "name": self.text(),
            "team": self.text(),
            "zone": self.dice.word(&["Europe/Berlin", "UTC", "America/New_York"]),
            "hours": hours,
            "target_s": 1 + self.dice.below(86_400),
            "overflow": { "after_s": 1 + self.dice.below(86_400), "to": to },
        });
        if self.dice.once_in(2) {
            put(
                &mut queue,
                "skills",
                json!(some(self.dice, &["billing", "security"], 0)),
            );
            put(&mut queue, "offer_s", json!(5 + self.dice.below(296)));
            put(&mut queue, "holidays", json!(["2026-12-25", "2028-02-29"]));
        }
        queue
    }

    fn rule(&mut self, id: &str) -> Value {
        let mut leaves = 0;
        let mut rule =
            json!({ "id": id, "when": self.condition(1, &mut leaves), "then": self.then() });
        if self.dice.once_in(3) {
            put(
                &mut rule,
                "stage",
                json!(self.dice.word(&["turn", "answer"])),
            );
        }
        rule
    }

    fn then(&mut self) -> Value {
        let mut then = match self.dice.below(5) {
            0 => json!({ "verdict": "continue" }),
            1 => json!({ "verdict": "fall_back", "step": self.dice.word(&["widen", "clarify"]) }),
            2 => {
                let mut review = self.review();
                put(&mut review, "verdict", json!("review"));
                review
            }
            3 => return json!({ "flag": true }),
            _ => {
                let mut handoff = self.handoff();
                put(&mut handoff, "verdict", json!("escalate"));
                put(&mut handoff, "trigger", json!(self.dice.word(TRIGGERS)));
                handoff
            }
        };
        if self.dice.once_in(4) {
            put(&mut then, "flag", json!(self.dice.once_in(2)));
        }
        then
    }

    /// Deep on purpose, and never more than the language allows.
    fn condition(&mut self, depth: u32, leaves: &mut u32) -> Value {
        let is_leaf = depth >= 8 || *leaves > 40 || self.dice.below(u64::from(depth) + 4) > 4;
        if is_leaf {
            *leaves += 1;
            return self.leaf();
        }
        let parts = |it: &mut Self, leaves: &mut u32| -> Vec<Value> {
            let many = 1 + it.dice.below(3);
            (0..many).map(|_| it.condition(depth + 1, leaves)).collect()
        };
        match self.dice.below(4) {
            0 => json!({ "all": parts(self, leaves) }),
            1 => json!({ "any": parts(self, leaves) }),
            2 => json!({ "not": self.condition(depth + 1, leaves) }),
            _ => {
                let of = parts(self, leaves);
                let most = of.len() as u64;
                json!({ "count": { "at_least": 1 + self.dice.below(most), "of": of } })
            }
        }
    }

    fn leaf(&mut self) -> Value {
        match self.dice.below(6) {
            0 => self.fact(),
            1 if !self.topics.is_empty() => {
                let topic = self.dice.of(&self.topics).copied().unwrap_or_default();
                json!({ "signal": format!("topic.{topic}"), "is": self.dice.once_in(2) })
            }
            _ => {
                let kind = self.dice.of(SignalKind::ALL).copied();
                let kind = kind.unwrap_or(SignalKind::Anger);
                let mut leaf = json!({ "signal": kind.name() });
                let compare = self.dice.word(&["at_least", "at_most", "above", "below"]);
                let (test, value) = match kind.unit() {
                    Unit::Flag => ("is", json!(self.dice.once_in(2))),
                    Unit::Polarity => (compare, json!(self.dice.share() * 2.0 - 1.0)),
                    Unit::Score => match self.dice.below(4) {
                        0 => (compare, json!("accept")),
                        1 => (compare, json!("floor")),
                        _ => (compare, json!(self.dice.share())),
                    },
                    Unit::Count => match self.dice.below(4) {
                        0 => ("equals", json!(self.dice.below(9))),
                        1 => ("one_of", json!([self.dice.below(9), self.dice.below(9)])),
                        _ => (compare, json!(self.dice.below(9))),
                    },
                };
                put(&mut leaf, test, value);
                leaf
            }
        }
    }

    fn fact(&mut self) -> Value {
        match self.dice.below(3) {
            0 => json!({
                "fact": self.dice.word(&[name::VIP, name::AUTHENTICATED, name::ACCOUNT_OWNER]),
                "is": self.dice.once_in(2),
            }),
            1 => json!({ "fact": name::TIER, "one_of": some(self.dice, TIERS, 1) }),
            _ => json!({ "fact": name::PLAN, "equals": self.dice.word(TEXTS) }),
        }
    }

    fn wording(&mut self, code: &str, rules: &[&'static str]) -> Value {
        let is_own = self.languages.first().is_some_and(|own| *own == code);
        let mut wording =
            json!({ "who_unnamed": "a colleague", "who_named": "{name}[ of {team}]" });
        for (notice, text) in NOTICES {
            if is_own || self.dice.once_in(2) {
                put(&mut wording, notice, json!(text));
            }
        }
        if self.dice.once_in(2) {
            let mut on = Map::new();
            on.insert("vip".to_owned(), json!("{who} comes.[ {wait}]"));
            if let Some(rule) = self.dice.of(rules) {
                on.insert(
                    format!("rule.{rule}"),
                    json!("Now {who}, in {wait|}".replace("{wait|}", "{wait}")),
                );
            }
            let text = "{who}[, because {reason}] [{wait}|soon]";
            put(
                &mut wording,
                "handoff_warm",
                json!({ "text": text, "on": on }),
            );
        }
        if self.dice.once_in(2) {
            put(&mut wording, "clarify_one", json!("About {{ “{first}”?"));
        }
        wording
    }
}

/// Every notice with the places that it must have.
const NOTICES: &[(&str, &str)] = &[
    ("welcome", "Hello[ {customer}]."),
    ("handoff_warm", "{who} comes[, because {reason}].[ {wait}]"),
    ("handoff_cold", "Reference {reference}."),
    ("takeover", "{who} takes over[, because {reason}].[ {wait}]"),
    ("after_hours", "Back {opens}."),
    ("wait_extended", "Now {wait}."),
    ("requeued", "Still {wait}."),
    ("agent_joined", "{who} is here."),
    ("transferred", "{who} goes on."),
    ("hand_back", "The assistant answers."),
    ("contact_taken", "Thank you."),
    ("expired", "{next}"),
    ("review_started", "A person checks."),
    ("closed", "Closed."),
];

fn put(value: &mut Value, key: &str, inner: Value) {
    if let Value::Object(map) = value {
        map.insert(key.to_owned(), inner);
    }
}
