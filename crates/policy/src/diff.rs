//! What one policy says otherwise than another, in sentences. Both are compared as they
//! are printed, key by key, so nothing that a policy can say is left out.

use serde::Serialize;

use crate::definition::{Definition, Rule};
use crate::describe;
use crate::explain::consequence;
use crate::grammar::{self, Entry, Section, Shape};
use crate::print;
use crate::tree::{Key, Node, Value};

/// What happened to a part of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Changed,
    /// It stands elsewhere, where the order matters.
    Moved,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Change {
    /// Where: `rules.third_repeat.when`.
    pub path: String,
    /// What happened.
    pub what: ChangeKind,
    /// What stood there, on one line; nothing where it is new.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What stands there now, on one line; nothing where it is gone.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// What it means, as a clause without a full stop.
    pub sentence: String,
}

/// All differences, in the order of the file.
pub(crate) fn diff(before: &Definition, after: &Definition) -> Vec<Change> {
    let mut walk = Walk {
        before,
        after,
        changes: Vec::new(),
    };
    let (old, new) = (print::tree(before), print::tree(after));
    walk.map(&Way::default(), &old, &new);
    walk.changes
}

/// The way to a node.
#[derive(Debug, Clone, Default)]
struct Way(Vec<String>);

impl Way {
    fn step(&self, key: &str) -> Self {
        let mut way = self.0.clone();
        way.push(key.to_owned());
        Self(way)
    }

    fn parts(&self) -> Vec<&str> {
        self.0.iter().map(String::as_str).collect()
    }

    fn path(&self) -> String {
        self.0.join(".")
    }

    /// What a reader would call it: "queue `technical`: `target_s`".
    fn name(&self) -> String {
        let thing = |what: &str, key: &str, rest: &[&str]| match rest {
            [] => format!("{what} `{key}`"),
            rest => format!("{what} `{key}`: `{}`", rest.join(".")),
        };
        match *self.parts().as_slice() {
            ["topics", key, ref rest @ ..] => thing("topic", key, rest),
            ["queues", key, ref rest @ ..] => thing("queue", key, rest),
            ["rules", key, "then", ref rest @ ..] if !rest.is_empty() => thing("rule", key, rest),
            ["rules", key, ref rest @ ..] => thing("rule", key, rest),
            ["wording", key, ref rest @ ..] => thing("wording in", key, rest),
            _ => format!("`{}`", self.path()),
        }
    }

    /// What the grammar says of it.
    fn entry(&self) -> Option<&'static Entry> {
        let mut section = grammar::policy();
        let mut found = None;
        let mut is_name = false;
        for part in &self.0 {
            if std::mem::take(&mut is_name) {
                continue;
            }
            let entry = section.entry(part)?;
            found = Some(entry);
            let (inner, named) = inside(&entry.shape);
            is_name = named;
            section = inner.unwrap_or(section);
        }
        found
    }
}

/// The section within a shape, and whether a name leads there.
fn inside(shape: &Shape) -> (Option<&'static Section>, bool) {
    match shape {
        Shape::Map(section) => (Some(section()), false),
        Shape::ByLanguage(section) => (Some(section()), true),
        Shape::Named(item, _) | Shape::List(item, _) => match item() {
            Shape::Map(section) => (Some(section()), true),
            _ => (None, false),
        },
        // Escalation has all keys of a consequence but one.
        Shape::Consequence => (Some(grammar::then_escalate()), false),
        Shape::Condition => (Some(grammar::condition()), false),
        _ => (None, false),
    }
}

struct Walk<'a> {
    before: &'a Definition,
    after: &'a Definition,
    changes: Vec<Change>,
}

impl Walk<'_> {
    fn add(
        &mut self,
        way: &Way,
        what: ChangeKind,
        (before, after): (Option<String>, Option<String>),
        sentence: String,
    ) {
        self.changes.push(Change {
            path: way.path(),
            what,
            before,
            after,
            sentence,
        });
    }

    fn map(&mut self, way: &Way, before: &Node, after: &Node) {
        let (old, new) = (entries(before), entries(after));
        for key in in_order(&keys(old), &keys(new)) {
            let find = |entries: &'_ [(Key, Node)]| {
                let found = entries.iter().find(|(known, _)| known.text == key);
                found.map(|(_, node)| node.clone())
            };
            self.node(&way.step(&key), find(old).as_ref(), find(new).as_ref());
        }
    }

    fn node(&mut self, way: &Way, before: Option<&Node>, after: Option<&Node>) {
        let (Some(old), Some(new)) = (before, after) else {
            self.appeared(way, before, after);
            return;
        };
        if line(old) == line(new) {
            return;
        }
        match (way.parts().as_slice(), &old.value, &new.value) {
            (["rules"], ..) => self.rules(way),
            (["rules", id, "when"], ..) => self.condition(way, id),
            (["rules", id, "then"], ..) if verdict(old) != verdict(new) => {
                self.consequence(way, id);
            }
            (["topics"], ..) => {
                self.map(way, old, new);
                self.moved(way, "topic", &keys(entries(old)), &keys(entries(new)));
            }
            (_, Value::Map(_), Value::Map(_)) => self.map(way, old, new),
            (_, Value::List(old), Value::List(new)) if is_plain(old) && is_plain(new) => {
                self.list(way, old, new);
            }
            _ => self.changed(way, line(old), line(new)),
        }
    }

    fn changed(&mut self, way: &Way, before: String, after: String) {
        let sentence = match *way.parts().as_slice() {
            ["bands", "accept"] => {
                format!("an answer is now said from {after} on; before from {before}")
            }
            ["bands", "floor"] => {
                format!("an answer is now given up below {after}; before below {before}")
            }
            ["topics", topic, "bands", "accept"] => format!(
                "on topic `{topic}` an answer is now said from {after} on; before from {before}"
            ),
            ["topics", topic, "bands", "floor"] => format!(
                "on topic `{topic}` an answer is now given up below {after}; before below {before}"
            ),
            ["fallback", "escalate_at"] => format!(
                "fallback number {after} in a row now goes to a person; before number {before}"
            ),
            ["wording", language, ref rest @ ..] => {
                format!(
                    "customers read another text in `{language}`: `{}`",
                    rest.join(".")
                )
            }
            _ => {
                let name = way.name();
                let about = way.entry().map(|entry| format!(" ({})", entry.about));
                let about = about.unwrap_or_default();
                format!("{name} is now {after}; before {before}{about}")
            }
        };
        let values = (Some(before), Some(after));
        self.add(way, ChangeKind::Changed, values, sentence);
    }

    /// One of the two is not there.
    fn appeared(&mut self, way: &Way, before: Option<&Node>, after: Option<&Node>) {
        let (what, word) = match before {
            None => (ChangeKind::Added, "new"),
            Some(_) => (ChangeKind::Removed, "gone"),
        };
        let values = (before.map(line), after.map(line));
        let value = values.0.as_deref().or(values.1.as_deref());
        let value = value.unwrap_or_default();
        let otherwise = way.entry().and_then(|entry| entry.otherwise);
        let sentence = match (way.parts().as_slice(), otherwise) {
            (["topics" | "queues" | "wording", _], _) => format!("{} is {word}", way.name()),
            (_, Some(otherwise)) if what == ChangeKind::Added => {
                format!("{} is now {value}; before {otherwise}", way.name())
            }
            (_, Some(otherwise)) => {
                format!("{} is now {otherwise}; before {value}", way.name())
            }
            _ => format!("{} is {word}: {value}", way.name()),
        };
        self.add(way, what, values, sentence);
    }

    /// Lists of words: what came and what went; else their order.
    fn list(&mut self, way: &Way, before: &[Node], after: &[Node]) {
        let (old, new): (Vec<_>, Vec<_>) = (
            before.iter().map(line).collect(),
            after.iter().map(line).collect(),
        );
        let mut is_other = false;
        for item in old.iter().filter(|item| !new.contains(item)) {
            let sentence = format!("{} no longer has `{item}`", way.name());
            let values = (Some(item.clone()), None);
            self.add(way, ChangeKind::Removed, values, sentence);
            is_other = true;
        }
        for item in new.iter().filter(|item| !old.contains(item)) {
            let sentence = format!("{} now has `{item}`", way.name());
            let values = (None, Some(item.clone()));
            self.add(way, ChangeKind::Added, values, sentence);
            is_other = true;
        }
        if !is_other {
            let sentence = format!("{} has another order", way.name());
            let values = (Some(old.join(", ")), Some(new.join(", ")));
            self.add(way, ChangeKind::Moved, values, sentence);
        }
    }

    fn rules(&mut self, way: &Way) {
        let ids = |definition: &Definition| -> Vec<String> {
            let rules = definition.rules.iter();
            rules.map(|rule| rule.id.0.to_string()).collect()
        };
        let (old, new) = (ids(self.before), ids(self.after));
        let (tree_old, tree_new) = (print::tree(self.before), print::tree(self.after));
        for id in in_order(&old, &new) {
            let way = way.step(&id);
            let (before, after) = (rule(self.before, &id), rule(self.after, &id));
            match (before, after) {
                (Some(_), Some(_)) => {
                    if let (Some(old), Some(new)) =
                        (rule_node(&tree_old, &id), rule_node(&tree_new, &id))
                    {
                        self.map(&way, old, new);
                    }
                }
                (Some(rule), None) => {
                    let told = told(self.before, rule);
                    let sentence = format!("rule `{id}` is gone; it did: {told}");
                    self.add(&way, ChangeKind::Removed, (Some(told), None), sentence);
                }
                (None, Some(rule)) => {
                    let told = told(self.after, rule);
                    let place = place(&new, &id);
                    let sentence = format!("rule `{id}` is new, {place}: {told}");
                    self.add(&way, ChangeKind::Added, (None, Some(told)), sentence);
                }
                (None, None) => {}
            }
        }
        self.moved(way, "rule", &old, &new);
    }

    /// What stands elsewhere among what stayed.
    fn moved(&mut self, way: &Way, what: &str, old: &[String], new: &[String]) {
        let stayed: Vec<String> = new.iter().filter(|id| old.contains(id)).cloned().collect();
        let places: Vec<usize> = stayed
            .iter()
            .filter_map(|id| old.iter().position(|other| other == id))
            .collect();
        let still = longest_rising(&places);
        for (at, id) in stayed.iter().enumerate() {
            if still.contains(&at) {
                continue;
            }
            let verb = if what == "rule" { "tried" } else { "looked at" };
            let after = place(new, id);
            let sentence = format!(
                "{what} `{id}` is now {verb} {after}; before {}",
                place(old, id)
            );
            let values = (Some(place(old, id)), Some(after));
            self.add(&way.step(id), ChangeKind::Moved, values, sentence);
        }
    }

    fn condition(&mut self, way: &Way, id: &str) {
        let text = |definition: &Definition| {
            rule(definition, id).map_or_else(String::new, |rule| {
                describe::condition(definition, &rule.when)
            })
        };
        let (before, after) = (text(self.before), text(self.after));
        let sentence = format!("rule `{id}` now fires when {after}; before when {before}");
        let values = (Some(before), Some(after));
        self.add(way, ChangeKind::Changed, values, sentence);
    }

    fn consequence(&mut self, way: &Way, id: &str) {
        let text =
            |definition: &Definition| rule(definition, id).map_or_else(String::new, consequence);
        let (before, after) = (text(self.before), text(self.after));
        let sentence = format!("rule `{id}` now leads to: {after}; before: {before}");
        let values = (Some(before), Some(after));
        self.add(way, ChangeKind::Changed, values, sentence);
    }
}

fn rule<'d>(definition: &'d Definition, id: &str) -> Option<&'d Rule> {
    definition.rules.iter().find(|rule| &*rule.id.0 == id)
}

fn rule_node<'n>(root: &'n Node, id: &str) -> Option<&'n Node> {
    let (_, rules) = entries(root).iter().find(|(key, _)| key.text == "rules")?;
    let Value::List(rules) = &rules.value else {
        return None;
    };
    rules.iter().find(|rule| {
        let mut entries = entries(rule).iter();
        entries.any(|(key, node)| key.text == "id" && line(node) == id)
    })
}

/// A rule on one line.
fn told(definition: &Definition, rule: &Rule) -> String {
    let when = describe::condition(definition, &rule.when);
    format!("{}, when {when}", consequence(rule))
}

/// Where something stands: "as number 3, after `money`".
fn place(all: &[String], id: &str) -> String {
    let at = all.iter().position(|other| other == id).unwrap_or_default();
    match at.checked_sub(1).and_then(|before| all.get(before)) {
        Some(before) => format!("as number {}, after `{before}`", at + 1),
        None => "first".to_owned(),
    }
}

/// The places of a longest rising part of a list: what need not have moved.
fn longest_rising(values: &[usize]) -> Vec<usize> {
    // For each place, the longest rising part that ends there, as its length and the
    // place before. Lists are short, so the square of their length is little.
    let mut best: Vec<(usize, Option<usize>)> = Vec::with_capacity(values.len());
    for (at, value) in values.iter().enumerate() {
        let before = best
            .iter()
            .zip(values)
            .enumerate()
            .take(at)
            .filter(|(_, (_, other))| *other < value)
            .max_by_key(|(_, ((length, _), _))| *length)
            .map(|(place, ((length, _), _))| (*length, place));
        best.push(match before {
            Some((length, place)) => (length + 1, Some(place)),
            None => (1, None),
        });
    }
    let last = best
        .iter()
        .enumerate()
        .max_by_key(|(_, (length, _))| *length);
    let mut at = last.map(|(place, _)| place);
    let mut kept = Vec::new();
    while let Some(place) = at {
        kept.push(place);
        at = best.get(place).and_then(|(_, before)| *before);
    }
    kept
}

/// All of both, in the order of `new`, with what is gone where it stood.
fn in_order(old: &[String], new: &[String]) -> Vec<String> {
    let mut all = new.to_vec();
    let mut at = 0;
    for key in old {
        match all.iter().position(|other| other == key) {
            Some(place) => at = place + 1,
            None => {
                all.insert(at, key.clone());
                at += 1;
            }
        }
    }
    all
}

fn entries(node: &Node) -> &[(Key, Node)] {
    match &node.value {
        Value::Map(entries) => entries,
        _ => &[],
    }
}

fn keys(entries: &[(Key, Node)]) -> Vec<String> {
    entries.iter().map(|(key, _)| key.text.clone()).collect()
}

fn verdict(then: &Node) -> Option<String> {
    let verdict = entries(then).iter().find(|(key, _)| key.text == "verdict");
    verdict.map(|(_, node)| line(node))
}

fn is_plain(items: &[Node]) -> bool {
    let is_nested = |node: &Node| matches!(node.value, Value::List(_) | Value::Map(_));
    !items.iter().any(is_nested)
}

/// A value on one line, as people would write it.
fn line(node: &Node) -> String {
    let join = |parts: Vec<String>| parts.join(", ");
    match &node.value {
        Value::Null => "nothing".to_owned(),
        Value::Flag(flag) => flag.to_string(),
        Value::Number(number) => number.to_string(),
        Value::Text(text) => text.clone(),
        Value::List(items) => format!("[{}]", join(items.iter().map(line).collect())),
        Value::Map(entries) => {
            let entry = |(key, node): &(Key, Node)| format!("{}: {}", key.text, line(node));
            format!("{{{}}}", join(entries.iter().map(entry).collect()))
        }
    }
}
