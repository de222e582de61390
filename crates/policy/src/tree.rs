//! YAML as a tree whose nodes know their line and column, read and written.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_saphyr::Spanned;

use crate::problem::{Place, Problem, ProblemCode};

/// The longest policy or case file, in bytes.
pub(crate) const TEXT_BYTES_MAX: usize = 512 * 1024;

/// The deepest nesting of a policy's text; conditions have a narrower bound of their own.
pub(crate) const DEPTH_MAX: usize = 40;

/// How many values a policy may have, those that aliases stand for included.
pub(crate) const NODES_MAX: usize = 100_000;
/// How many values may be named, and how often names be used.
pub(crate) const ALIASES_MAX: usize = 500;
/// How much all aliases together may stand for, in values.
const REPLAYED_MAX: usize = 10_000;
/// How deep what is named may name again.
const ALIAS_DEPTH_MAX: usize = 4;

/// One node.
#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub place: Place,
    pub value: Value,
}

/// What stands at a node.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Null,
    Flag(bool),
    Number(f64),
    Text(String),
    List(Vec<Node>),
    Map(Vec<(Key, Node)>),
}

/// One key of a map.
#[derive(Debug, Clone)]
pub(crate) struct Key {
    pub place: Place,
    pub text: String,
}

impl Value {
    /// The type in the words of people who write YAML.
    pub fn type_name(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Flag(_) => "true or false",
            Self::Number(_) => "a number",
            Self::Text(_) => "text",
            Self::List(_) => "a list",
            Self::Map(_) => "a map",
        }
    }
}

/// Reads a text as a tree.
pub(crate) fn read(yaml: &str) -> Result<Node, Problem> {
    if yaml.len() > TEXT_BYTES_MAX {
        return Err(Problem {
            line: 1,
            column: 1,
            path: String::new(),
            message: format!(
                "a file has at most {TEXT_BYTES_MAX} bytes, this has {}",
                yaml.len()
            ),
            hint: Some("leave out topics, rules or languages that are not used".to_owned()),
            code: ProblemCode::TooLarge,
        });
    }
    let options = serde_saphyr::options! {
        strict_booleans: true,
        with_snippet: false,
        budget: serde_saphyr::budget! {
            max_depth: DEPTH_MAX,
            max_documents: 1,
            max_nodes: NODES_MAX,
            max_events: 4 * NODES_MAX,
            max_aliases: ALIASES_MAX,
            max_anchors: ALIASES_MAX,
            max_total_scalar_bytes: TEXT_BYTES_MAX,
            max_merge_keys: 0,
        },
        // An alias stands for all it names, so a few lines can unfold to millions (F26).
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: REPLAYED_MAX,
            max_replay_stack_depth: ALIAS_DEPTH_MAX,
        },
    };
    serde_saphyr::from_str_with_options(yaml, options).map_err(|error| {
        let place = error.location().map(place_of).unwrap_or_default();
        let error = error.without_snippet();
        let Told {
            message,
            hint,
            code,
        } = told(error);
        Problem {
            line: place.line,
            column: place.column,
            path: String::new(),
            message,
            hint: Some(hint.to_owned()),
            code,
        }
    })
}

/// A text that cannot be read, in our words.
struct Told {
    message: String,
    hint: &'static str,
    code: ProblemCode,
}

/// What the reader of YAML says, for people who write policies.
fn told(error: &serde_saphyr::Error) -> Told {
    let raw = error.to_string();
    // The place is told apart.
    let raw = raw
        .rsplit_once(" at line ")
        .map_or(raw.as_str(), |(it, _)| it);
    let told = |message: &str, hint, code| Told {
        message: message.to_owned(),
        hint,
        code,
    };
    // What goes wrong within an alias is wrapped as text, so the text is asked.
    let says = |word: &str| raw.contains(word);
    if matches!(error, serde_saphyr::Error::DuplicateMappingKey { .. }) {
        let key = raw.split_once("key: ").map_or("", |(_, rest)| rest);
        let key = key.split_once(", set ").map_or(key, |(key, _)| key);
        let message = format!("the key `{key}` stands here a second time");
        return told(&message, "leave one of the two out", ProblemCode::Duplicate);
    }
    if says("Documents {") {
        let hint = "one file is one policy: leave out the `---`";
        return told("a second document begins here", hint, ProblemCode::Syntax);
    }
    if says("MergeKeys {") {
        let hint = "write the keys out";
        return told("merge keys (`<<`) are not read", hint, ProblemCode::Syntax);
    }
    if says("non-finite") {
        let hint = "write a number, or put quotes around a word";
        return told("this is no finite number", hint, ProblemCode::Syntax);
    }
    if ["budget breached", "alias replay", "recursion limit"]
        .into_iter()
        .any(says)
    {
        let hint = "a file is nested at most 40 deep and repeats little by aliases";
        let message = "the text is larger than what is read";
        return told(message, hint, ProblemCode::TooLarge);
    }
    let hint = "look for a missing bracket, quote or blank after `:`, here or just before; \
                indent with blanks, not tabs";
    told(raw, hint, ProblemCode::Syntax)
}

fn place_of(location: serde_saphyr::Location) -> Place {
    let small = |number: u64| u32::try_from(number).unwrap_or(u32::MAX);
    Place {
        line: small(location.line()),
        column: small(location.column()),
    }
}

impl<'de> Deserialize<'de> for Node {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let spanned = Spanned::<Value>::deserialize(deserializer)?;
        Ok(Self {
            place: place_of(spanned.referenced),
            value: spanned.value,
        })
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        Value::deserialize(deserializer)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Flag(flag))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "whole numbers in a policy are small"
    )]
    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "whole numbers in a policy are small"
    )]
    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number as f64))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Value::Number(number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(text.to_owned()))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut map = Vec::new();
        while let Some((key, value)) = entries.next_entry::<Spanned<String>, Node>()? {
            map.push((
                Key {
                    place: place_of(key.referenced),
                    text: key.value,
                },
                value,
            ));
        }
        Ok(Value::Map(map))
    }
}

// The way back: a policy that was edited on a page is written again as text.

impl Node {
    pub fn text(text: impl Into<String>) -> Self {
        Value::Text(text.into()).into()
    }

    pub fn number(number: impl Into<f64>) -> Self {
        Value::Number(number.into()).into()
    }

    pub fn flag(flag: bool) -> Self {
        Value::Flag(flag).into()
    }

    pub fn list(items: impl IntoIterator<Item = Node>) -> Self {
        Value::List(items.into_iter().collect()).into()
    }

    pub fn map<'a>(entries: impl IntoIterator<Item = (&'a str, Node)>) -> Self {
        let entries = entries.into_iter().map(|(key, node)| {
            (
                Key {
                    place: Place::default(),
                    text: key.to_owned(),
                },
                node,
            )
        });
        Value::Map(entries.collect()).into()
    }
}

impl From<Value> for Node {
    fn from(value: Value) -> Self {
        Self {
            place: Place::default(),
            value,
        }
    }
}

impl Serialize for Node {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.value {
            Value::Null => serializer.serialize_unit(),
            Value::Flag(flag) => serializer.serialize_bool(*flag),
            Value::Number(number) => match whole(*number) {
                Some(whole) => serializer.serialize_i64(whole),
                None => serializer.serialize_f64(*number),
            },
            Value::Text(text) => serializer.serialize_str(text),
            Value::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    list.serialize_element(item)?;
                }
                list.end()
            }
            Value::Map(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, node) in entries {
                    map.serialize_entry(&key.text, node)?;
                }
                map.end()
            }
        }
    }
}

/// The number as a whole one, where it is one.
#[expect(
    clippy::cast_possible_truncation,
    reason = "the bound is checked first"
)]
fn whole(number: f64) -> Option<i64> {
    (number.fract() == 0.0 && number.abs() < 1e15).then_some(number as i64)
}
