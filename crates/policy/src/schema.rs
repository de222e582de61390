//! The policy file as JSON Schema 2020-12, for editors. Written from the grammar that
//! the reader checks by.
//!
//! The schema never refuses what the reader accepts. The reader refuses more: names that
//! must exist in the same file, and sums over the whole of it.

use segue_model::limits::SHORT_TEXT_BYTES_MAX;
use segue_model::signal::{SignalKind, Unit};
use serde_json::{Map, Value, json};

use crate::grammar::{self, COUNT_MAX, Entry, INTERVALS_MAX, LANGUAGES_MAX, Section, Shape};
use crate::read::conditions::{BRANCHES, LeafUnit, TESTS};
use crate::wording::{Places, TEMPLATE_BYTES_MAX};
use crate::words::{FACTS, FactUnit, VerdictWord, Word, meanings};

const NAME: &str = "^[a-z0-9_]{1,64}$";
const TOPIC: &str = "^topic\\.[a-z0-9_]{1,64}$";
const RULE: &str = "^rule\\.[a-z0-9_]{1,64}$";
const LANGUAGE: &str = "^[a-z]{2,3}$";
const TIME: &str = "^(?:(?:[01][0-9]|2[0-3]):[0-5][0-9]|24:00)$";
const DATE: &str = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$";

/// The schema of a policy file. In an editor:
/// `# yaml-language-server: $schema=policy.schema.json` at the head of the file.
pub fn schema() -> Value {
    let mut definitions = Map::new();
    for section in grammar::sections().into_iter().skip(1) {
        definitions.insert(section.name.to_owned(), object(section));
    }
    definitions.insert("condition".to_owned(), condition());
    definitions.insert("then".to_owned(), consequence());
    let mut root = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Segue policy",
    });
    put(&mut root, object(grammar::policy()));
    put(&mut root, json!({ "$defs": definitions }));
    root
}

/// Adds the keys of one object to another.
fn put(to: &mut Value, from: Value) {
    if let (Value::Object(to), Value::Object(from)) = (to, from) {
        to.extend(from);
    }
}

fn object(section: &Section) -> Value {
    let properties: Map<String, Value> = section
        .keys
        .iter()
        .map(|key| (key.key.to_owned(), entry(key)))
        .collect();
    let required: Vec<&str> = section
        .keys
        .iter()
        .filter(|key| key.is_needed)
        .map(|key| key.key)
        .collect();
    let mut object = json!({
        "type": "object",
        "description": section.about,
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    });
    if section.name == grammar::topic().name {
        let some =
            |key: &str| json!({ "required": [key], "properties": { key: { "minItems": 1 } } });
        let builtin =
            json!({ "required": ["builtin"], "properties": { "builtin": { "const": true } } });
        put(
            &mut object,
            json!({ "anyOf": [some("phrases"), some("patterns"), builtin] }),
        );
    }
    object
}

fn entry(entry: &Entry) -> Value {
    let mut value = shape(&entry.shape);
    put(&mut value, json!({ "description": sentence(entry.about) }));
    let is_plain = matches!(entry.shape, Shape::Flag | Shape::Whole(..) | Shape::Word(_));
    if let Some(default) = entry.otherwise.filter(|_| is_plain).and_then(yaml) {
        put(&mut value, json!({ "default": default }));
    }
    if let Some(example) = yaml(entry.example).filter(|_| !entry.example.starts_with("see ")) {
        put(&mut value, json!({ "examples": [example] }));
    }
    value
}

/// A clause as a sentence.
fn sentence(clause: &str) -> String {
    let mut letters = clause.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    let sentence: String = first.chain(letters).collect();
    format!("{}.", sentence.trim_end_matches('.'))
}

/// An example as a value.
fn yaml(text: &str) -> Option<Value> {
    serde_saphyr::from_str(text).ok()
}

fn words(words: &[(&str, &str)]) -> Value {
    let names: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let about: Vec<&str> = words.iter().map(|(_, about)| *about).collect();
    json!({ "type": "string", "enum": names, "enumDescriptions": about })
}

fn pattern(pattern: &str) -> Value {
    json!({ "type": "string", "pattern": pattern })
}

/// The reader counts bytes, which are never fewer than characters.
fn text() -> Value {
    json!({ "type": "string", "minLength": 1, "maxLength": SHORT_TEXT_BYTES_MAX, "pattern": "\\S" })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn shape(of: &Shape) -> Value {
    match of {
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Number(min, max) => json!({ "type": "number", "minimum": min, "maximum": max }),
        Shape::Whole(min, u32::MAX) => json!({ "type": "integer", "minimum": min }),
        Shape::Whole(min, max) => json!({ "type": "integer", "minimum": min, "maximum": max }),
        Shape::Text | Shape::Pattern => text(),
        Shape::Zone => {
            let mut zone = text();
            put(
                &mut zone,
                json!({ "examples": ["Europe/Berlin", "America/New_York", "UTC"] }),
            );
            zone
        }
        Shape::Name | Shape::Queue | Shape::QueueOr(_) => pattern(NAME),
        Shape::Language => pattern(LANGUAGE),
        Shape::Word(of) => words(&of()),
        Shape::Score => words(&kinds(Unit::Score)),
        Shape::Time => pattern(TIME),
        Shape::Date => pattern(DATE),
        Shape::Days => {
            let names: Vec<&str> = jiff::civil::Weekday::ALL
                .iter()
                .map(|(_, day)| *day)
                .collect();
            let day = names.join("|");
            let range = pattern(&format!("^(?:{day})(?:-(?:{day}))?$"));
            json!({ "anyOf": [range, { "type": "array", "items": range }] })
        }
        Shape::Template(places) => template(*places),
        Shape::Localized => {
            let by_language = json!({
                "type": "object",
                "propertyNames": pattern(LANGUAGE),
                "additionalProperties": text(),
                "minProperties": 1,
            });
            json!({ "anyOf": [text(), by_language] })
        }
        Shape::Hours => {
            let weekly = json!({ "type": "array", "items": reference("interval"), "maxItems": INTERVALS_MAX });
            json!({ "anyOf": [{ "const": "always" }, weekly] })
        }
        Shape::List(item, max) => {
            let item = item();
            let is_unique = matches!(item, Shape::Name);
            json!({ "type": "array", "items": shape(&item), "maxItems": max, "uniqueItems": is_unique })
        }
        Shape::Map(section) => reference(section().name),
        Shape::Named(item, max) => json!({
            "type": "object",
            "propertyNames": pattern(NAME),
            "additionalProperties": shape(&item()),
            "maxProperties": max,
        }),
        Shape::ByLanguage(section) => json!({
            "type": "object",
            "propertyNames": pattern(LANGUAGE),
            "additionalProperties": reference(section().name),
            "minProperties": 1,
            "maxProperties": LANGUAGES_MAX,
        }),
        Shape::Signal => {
            let mut of_kinds = words(&SignalKind::ALL.iter().map(about).collect::<Vec<_>>());
            put(
                &mut of_kinds,
                json!({ "description": "A signal with a fixed name." }),
            );
            json!({ "anyOf": [of_kinds, pattern(TOPIC)] })
        }
        Shape::Fact => words(
            &FACTS
                .iter()
                .map(|fact| (fact.name, fact.about))
                .collect::<Vec<_>>(),
        ),
        Shape::Threshold => {
            json!({ "anyOf": [{ "type": "number" }, { "enum": ["floor", "accept"] }] })
        }
        Shape::Values(false) => json!({ "type": ["number", "string"] }),
        Shape::Values(true) => {
            json!({ "type": "array", "items": { "type": ["number", "string"] } })
        }
        Shape::Condition => reference("condition"),
        Shape::Consequence => reference("then"),
        Shape::Notice(places) => {
            let full = json!({
                "type": "object",
                "properties": { "text": template(*places), "on": on(*places) },
                "required": ["text"],
                "additionalProperties": false,
            });
            json!({ "anyOf": [template(*places), full] })
        }
        Shape::On(places) => on(*places),
    }
}

fn about(kind: &SignalKind) -> (&'static str, &'static str) {
    (kind.name(), kind.about())
}

/// The signals of a unit.
fn kinds(unit: Unit) -> Vec<(&'static str, &'static str)> {
    let kinds = SignalKind::ALL.iter().filter(|kind| kind.unit() == unit);
    kinds.map(about).collect()
}

/// Texts by trigger or rule.
fn on(places: Places) -> Value {
    let triggers = words(&meanings::<segue_model::escalation::Trigger>());
    json!({
        "type": "object",
        "propertyNames": { "anyOf": [triggers, pattern(RULE)] },
        "additionalProperties": template(places.on()),
    })
}

/// A text whose places are known, and which has those it must have.
fn template(places: Places) -> Value {
    let known = match places.allowed {
        [] => String::new(),
        allowed => format!("|\\{{(?:{})\\}}", allowed.join("|")),
    };
    let required: Vec<Value> = places
        .required
        .iter()
        .map(|place| json!({ "pattern": format!("\\{{{place}\\}}") }))
        .collect();
    let mut value = json!({
        "type": "string",
        "minLength": 1,
        "maxLength": TEMPLATE_BYTES_MAX,
        "pattern": format!("^(?:[^{{}}]|\\{{\\{{|\\}}\\}}{known})*$"),
    });
    if !required.is_empty() {
        put(&mut value, json!({ "allOf": required }));
    }
    value
}

/// One of the branches, or one comparison that goes with the unit of what it reads.
fn condition() -> Value {
    let section = grammar::condition();
    let mut condition = object(section);
    let heads: Vec<Value> = BRANCHES
        .iter()
        .chain(&["signal", "fact"])
        .map(|head| json!({ "required": [head] }))
        .collect();
    let alone = |head: &&str| ((*head).to_owned(), json!({ "maxProperties": 1 }));
    let leaf = json!({ "minProperties": 2, "maxProperties": 2 });
    let mut dependent: Map<String, Value> = BRANCHES.iter().map(alone).collect();
    dependent.insert("signal".to_owned(), leaf.clone());
    dependent.insert("fact".to_owned(), leaf);
    put(
        &mut condition,
        json!({ "oneOf": heads, "dependentSchemas": dependent, "allOf": units() }),
    );
    put(&mut condition, json!({ "minProperties": 1 }));
    if let Some(Value::Object(properties)) = condition.get_mut("properties") {
        // Within a rule both lists have at least one part.
        for list in ["all", "any"] {
            if let Some(list) = properties.get_mut(list) {
                put(list, json!({ "minItems": 1 }));
            }
        }
    }
    condition
}

/// For what is read, the comparisons that go with it.
fn units() -> Vec<Value> {
    let signal = |unit: Unit| {
        let names: Vec<&str> = kinds(unit).iter().map(|(name, _)| *name).collect();
        let names = json!({ "enum": names });
        match unit {
            Unit::Flag => json!({ "anyOf": [names, pattern(TOPIC)] }),
            _ => names,
        }
    };
    let fact = |unit: FactUnit| {
        let names = FACTS.iter().filter(|fact| fact.unit == unit);
        json!({ "enum": names.map(|fact| fact.name).collect::<Vec<_>>() })
    };
    let signals = [Unit::Flag, Unit::Count, Unit::Score, Unit::Polarity]
        .map(|unit| ("signal", signal(unit), LeafUnit::Signal(unit)));
    let facts = [FactUnit::Flag, FactUnit::Text, FactUnit::Tier]
        .map(|unit| ("fact", fact(unit), LeafUnit::Fact(unit)));
    signals
        .into_iter()
        .chain(facts)
        .map(|(key, names, unit)| {
            json!({
                "if": { "required": [key], "properties": { key: names } },
                "then": tests(unit),
            })
        })
        .collect()
}

/// The comparisons of a unit and what they are held against.
fn tests(unit: LeafUnit) -> Value {
    let whole = json!({ "type": "integer", "minimum": 0, "maximum": COUNT_MAX });
    let threshold = match unit {
        LeafUnit::Signal(Unit::Count) => whole.clone(),
        LeafUnit::Signal(Unit::Polarity) => {
            json!({ "type": "number", "minimum": -1, "maximum": 1 })
        }
        _ => json!({ "anyOf": [
            { "type": "number", "minimum": 0, "maximum": 1 },
            { "enum": ["floor", "accept"] },
        ] }),
    };
    let value = if unit.is_text() { text() } else { whole };
    let schema = |test: &str| match test {
        _ if !unit.tests().contains(&test) => json!(false),
        "is" => json!({ "type": "boolean" }),
        "equals" => value.clone(),
        "one_of" => json!({ "type": "array", "items": value }),
        _ => threshold.clone(),
    };
    let properties: Map<String, Value> = TESTS
        .iter()
        .map(|test| ((*test).to_owned(), schema(test)))
        .collect();
    json!({ "properties": properties })
}

/// The keys of a consequence depend on its verdict.
fn consequence() -> Value {
    let when = |verdict: VerdictWord, section: &Section| {
        json!({
            "if": { "required": ["verdict"], "properties": { "verdict": { "const": verdict.word() } } },
            "then": reference(section.name),
        })
    };
    let flag_only = json!({
        "if": { "not": { "required": ["verdict"] } },
        "then": { "allOf": [
            reference(grammar::then_flag().name),
            { "properties": { "flag": { "const": true } } },
        ] },
    });
    let properties: Map<String, Value> = grammar::then_continue()
        .keys
        .iter()
        .map(|key| (key.key.to_owned(), entry(key)))
        .collect();
    json!({
        "type": "object",
        "description": "What follows: a verdict with its keys, `flag: true`, or both.",
        "properties": properties,
        "allOf": [
            when(VerdictWord::Escalate, grammar::then_escalate()),
            when(VerdictWord::Review, grammar::then_review()),
            when(VerdictWord::FallBack, grammar::then_fall_back()),
            when(VerdictWord::Continue, grammar::then_continue()),
            flag_only,
        ],
    })
}
