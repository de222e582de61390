//! Reading the labelled sets, and the signals of their rows.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::Context;
use segue_engine::Ruleset;
use segue_engine::replay::replay;
use segue_model::record::{ConversationRecord, TurnRecord};
use segue_model::signal::{Reading, Signal, SignalKind, SignalName, SignalValue, Signals};
use segue_model::turn::Role;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::curve::Curve;
use super::figure::{Figure, Wrong};
use crate::lines;

/// Where the sets lie, and what judges them.
pub struct Sets {
    /// The folder of the public sets.
    pub folder: PathBuf,
    /// The folder of our own.
    pub own: Option<PathBuf>,
    /// Which split of the public sets is read.
    pub split: String,
    /// The rules in force.
    pub rules: Ruleset,
}

/// Signal, set, and the rows of it that were judged wrongly.
pub type WrongOf = (&'static str, String, Vec<Wrong>);

/// What a question gave: its figures, and what was judged wrongly.
#[derive(Default)]
pub struct Measured {
    /// The figures.
    pub figures: Vec<Figure>,
    /// What was judged wrongly, set by set.
    pub wrong: Vec<WrongOf>,
    /// What other thresholds would do.
    pub curves: Vec<Curve>,
}

/// One row of a labelled set; each set uses some of the fields.
#[derive(Debug, Deserialize)]
pub struct Row {
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub label: serde_json::Value,
    #[serde(default)]
    pub topics: Vec<String>,
    #[serde(default)]
    pub info_only: serde_json::Value,
    #[serde(default)]
    pub hard_negative: serde_json::Value,
    #[serde(default)]
    pub turns: Vec<String>,
    #[serde(default)]
    pub frustrated: serde_json::Value,
    #[serde(default)]
    pub looped: u8,
    #[serde(default)]
    pub third_at: Option<usize>,
    #[serde(default)]
    pub lang: Option<String>,
    #[serde(default)]
    pub source: Option<String>,
    #[serde(default)]
    pub intent: String,
    #[serde(default)]
    pub kind: String,
    #[serde(default)]
    pub split: String,
    #[serde(default)]
    pub how: String,
    #[serde(default)]
    pub a: String,
    #[serde(default)]
    pub b: String,
}

impl Row {
    /// Its language; sets without the field are English.
    pub fn language(&self) -> &str {
        self.lang.as_deref().unwrap_or("en")
    }
}

/// Whether a label says yes.
pub fn is_on(value: &serde_json::Value) -> bool {
    value.as_bool() == Some(true) || value.as_i64() == Some(1)
}

impl Sets {
    /// The rows of the split that is measured; `None` where the set is absent.
    pub fn rows(&self, set: &str) -> anyhow::Result<Option<Vec<Row>>> {
        self.file(&format!("{set}/{}", self.split))
    }

    /// The rows to fit to.
    pub fn train(&self, set: &str) -> anyhow::Result<Option<Vec<Row>>> {
        self.file(&format!("{set}/train"))
    }

    /// A file by its path without the ending.
    pub fn file<T: DeserializeOwned>(&self, path: &str) -> anyhow::Result<Option<Vec<T>>> {
        let endings = ["jsonl", "jsonl.gz"];
        let candidates = endings.map(|ending| self.folder.join(format!("{path}.{ending}")));
        let found = candidates.into_iter().find(|path| path.is_file());
        found.map(|path| read(&path)).transpose()
    }

    /// The lines of one of our own sets that figures are of.
    pub fn own(&self, set: &str) -> anyhow::Result<Option<Vec<Row>>> {
        let Some(folder) = &self.own else {
            return Ok(None);
        };
        let mut rows: Vec<Row> = read(&folder.join(format!("{set}.jsonl")))?;
        rows.retain(|row| row.split == "test");
        Ok(Some(rows))
    }

    /// The signals of each turn of a session.
    pub fn session(&self, turns: &[&str]) -> Vec<Signals> {
        let turn = |text: &&str| TurnRecord {
            role: Role::Customer,
            text: (*text).to_owned(),
            at: None,
            confidence: None,
            retrieval: Vec::new(),
            fallback: None,
            tool_calls: Vec::new(),
        };
        self.conversation(&ConversationRecord {
            conversation_id: String::new(),
            turns: turns.iter().map(turn).collect(),
            facts: BTreeMap::new(),
            source: None,
            lang: None,
        })
    }

    /// The signals of each customer turn of a conversation.
    pub fn conversation(&self, record: &ConversationRecord) -> Vec<Signals> {
        let judged = replay(&self.rules, record).into_iter();
        judged.map(|judged| judged.signals).collect()
    }

    /// The signals of a single message.
    pub fn single(&self, text: &str) -> Signals {
        self.session(&[text]).pop().unwrap_or_default()
    }
}

/// All lines of a file.
pub fn read<T: DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<T>> {
    let mut rows = Vec::new();
    lines::for_each(lines::open(Some(path))?, |row: T| {
        rows.push(row);
        Ok(())
    })
    .with_context(|| format!("in `{}`", path.display()))?;
    Ok(rows)
}

/// A reading that is there.
pub const fn present(reading: &Reading) -> Option<&Signal> {
    match reading {
        Reading::Present(signal) => Some(signal),
        Reading::Absent | Reading::Unavailable { .. } => None,
    }
}

/// Whether a flag is set, and how strongly.
pub fn flag(signals: &Signals, name: &SignalName) -> (bool, f64) {
    let found = present(signals.read(name));
    let is_set = found.is_some_and(|signal| signal.value == SignalValue::Flag(true));
    (is_set, found.map_or(0.0, |signal| signal.score))
}

/// The same for flags of fixed names, of which any will do.
pub fn any(signals: &Signals, names: &[SignalName]) -> (bool, f64) {
    names
        .iter()
        .map(|name| flag(signals, name))
        .fold((false, 0.0), |(is_set, best), (other, score)| {
            (is_set || other, best.max(score))
        })
}

/// The value of a signal as a number.
pub fn number(signals: &Signals, kind: SignalKind) -> Option<f64> {
    present(signals.get(kind)).map(|signal| signal.value.number())
}

/// A fixed signal by its kind.
pub const fn kind(kind: SignalKind) -> SignalName {
    SignalName::Kind(kind)
}
