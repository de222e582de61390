//! `segue packet --measure`: how good the packets are, on conversations with human
//! summaries (`labels.summaries`), on conversations whose facts were labelled
//! (`required`), and for all of them whether what they say has ground.

mod baselines;
mod facts;
mod ground;
mod rouge;
mod tables;

use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use segue_model::packet::{CORE_INTENT_WORDS_MAX, Packet, SUMMARY_WORDS_MAX};
use segue_model::record::ConversationRecord;
use serde::Deserialize;

use self::facts::{Kind, Required};
use self::ground::Grounded;
use self::rouge::{Rouge, Scorer};
use crate::lines;

/// How long a run of words must be to count as copied.
const COPIED_RUN_WORDS: usize = 5;

/// One way to make packets, under the name by which the tables show it.
pub struct Version<'a> {
    /// Its name.
    pub name: &'static str,
    /// Makes one.
    pub packet: &'a dyn Fn(&ConversationRecord) -> Packet,
}

/// A conversation with what is known of it.
#[derive(Debug, Deserialize)]
struct Labelled {
    #[serde(flatten)]
    record: ConversationRecord,
    #[serde(default)]
    labels: Labels,
    #[serde(default)]
    required: Vec<Required>,
    #[serde(default)]
    split: String,
}

#[derive(Debug, Default, Deserialize)]
struct Labels {
    /// Each annotator's summary, in sentences.
    #[serde(default)]
    summaries: Vec<Vec<String>>,
}

/// A method against the human summaries of one file.
pub struct Method {
    pub name: String,
    pub stemmed: Rouge,
    pub plain: Rouge,
    pub words: f64,
    pub copied: f64,
}

/// The facts found and asked for of one kind, by split.
#[derive(Debug, Default, Clone, Copy)]
pub struct Found {
    pub held: usize,
    pub required: usize,
}

/// A version, a split, and what was found there by kind.
type FactsFound = (&'static str, String, Vec<(Kind, Found)>);

/// What one file gave.
pub struct Measured {
    pub file: String,
    pub dialogues: usize,
    pub methods: Vec<Method>,
    /// By version, split and kind.
    pub facts: Vec<FactsFound>,
    /// By version.
    pub grounded: Vec<(&'static str, Grounded)>,
    /// Packets whose intent or summary is longer than it may be.
    pub too_long: usize,
}

/// Measures all versions on all files.
pub fn run(files: &[PathBuf], versions: &[Version<'_>], page: Option<&Path>) -> anyhow::Result<()> {
    let mut text = String::new();
    for file in files {
        let measured = measure(file, versions)?;
        if measured.dialogues == 0 {
            bail!("`{}` holds no conversation", file.display());
        }
        tables::write(&mut text, &measured);
    }
    print!("{text}");
    page.map_or(Ok(()), |page| tables::replace(page, &text))
}

fn measure(file: &Path, versions: &[Version<'_>]) -> anyhow::Result<Measured> {
    let mut rows: Vec<Labelled> = Vec::new();
    lines::for_each(lines::open(Some(file))?, |row: Labelled| {
        rows.push(row);
        Ok(())
    })
    .with_context(|| format!("cannot read `{}`", file.display()))?;
    let packets: Vec<(&'static str, Vec<Packet>)> = versions
        .iter()
        .map(|version| {
            let made = rows.iter().map(|row| (version.packet)(&row.record));
            (version.name, made.collect())
        })
        .collect();
    let all = || packets.iter().flat_map(|(_, packets)| packets);
    Ok(Measured {
        file: file
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
        dialogues: rows.len(),
        methods: methods(&rows, &packets),
        facts: facts(&rows, &packets),
        grounded: packets
            .iter()
            .map(|(name, packets)| (*name, grounded(&rows, packets)))
            .collect(),
        too_long: all().filter(|packet| is_too_long(packet)).count(),
    })
}

fn is_too_long(packet: &Packet) -> bool {
    let words = |text: &str| text.split_whitespace().count();
    let summary: usize = packet.summary.iter().map(|it| words(&it.text)).sum();
    words(&packet.core_intent.text) > CORE_INTENT_WORDS_MAX || summary > SUMMARY_WORDS_MAX
}

fn summary(packet: &Packet) -> String {
    let texts = packet.summary.iter().map(|it| it.text.as_str());
    texts.collect::<Vec<_>>().join(" ")
}

/// The intent and the summary as they are read one after another: the intent counts once.
fn intent_and_summary(packet: &Packet) -> String {
    let summary = summary(packet);
    match summary.starts_with(packet.core_intent.text.trim_end_matches(['.', '”'])) {
        true => summary,
        false => format!("{} {summary}", packet.core_intent.text),
    }
}

fn methods(rows: &[Labelled], packets: &[(&'static str, Vec<Packet>)]) -> Vec<Method> {
    let with_summaries: Vec<usize> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| !row.labels.summaries.is_empty())
        .map(|(at, _)| at)
        .collect();
    if with_summaries.is_empty() {
        return Vec::new();
    }
    let scorers = Scorers::new();
    let texts_of = |make: &dyn Fn(usize) -> String| -> Vec<(usize, String)> {
        with_summaries.iter().map(|at| (*at, make(*at))).collect()
    };
    let mut methods = Vec::new();
    for (name, packets) in packets {
        let of =
            |at: usize, make: fn(&Packet) -> String| packets.get(at).map(make).unwrap_or_default();
        methods.push(scorers.method(
            format!("{name}: summary"),
            rows,
            &texts_of(&|at| of(at, summary)),
        ));
        methods.push(scorers.method(
            format!("{name}: core intent, then summary"),
            rows,
            &texts_of(&|at| of(at, intent_and_summary)),
        ));
    }
    for (name, baseline) in baselines::ALL {
        let of = |at: usize| {
            let record = rows.get(at).map(|row| &row.record);
            record
                .map(|record| baseline(&scorers.stemmed, record))
                .unwrap_or_default()
        };
        methods.push(scorers.method(name.to_owned(), rows, &texts_of(&of)));
    }
    methods
}

struct Scorers {
    stemmed: Scorer,
    plain: Scorer,
}

impl Scorers {
    fn new() -> Self {
        Self {
            stemmed: Scorer::stemming(),
            plain: Scorer::plain(),
        }
    }

    #[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
    fn method(&self, name: String, rows: &[Labelled], texts: &[(usize, String)]) -> Method {
        let (mut stemmed, mut plain) = (Rouge::default(), Rouge::default());
        let (mut words, mut copied) = (0, 0);
        for (at, text) in texts {
            let Some(row) = rows.get(*at) else { continue };
            let references: Vec<String> =
                row.labels.summaries.iter().map(|it| it.join(" ")).collect();
            stemmed += self.stemmed.mean(text, &references);
            plain += self.plain.mean(text, &references);
            words += text.split_whitespace().count();
            copied += self.copied(text, &row.record);
        }
        Method {
            name,
            stemmed: stemmed.over(texts.len()),
            plain: plain.over(texts.len()),
            words: words as f64 / texts.len().max(1) as f64,
            copied: copied as f64 / words.max(1) as f64,
        }
    }

    /// How many words of a text stand in a run of [`COPIED_RUN_WORDS`] or more that one
    /// turn has too.
    fn copied(&self, text: &str, record: &ConversationRecord) -> usize {
        let words = self.plain.words(text);
        let turns: Vec<Vec<String>> = record
            .turns
            .iter()
            .map(|it| self.plain.words(&it.text))
            .collect();
        let mut is_copied = vec![false; words.len()];
        for (at, run) in words.windows(COPIED_RUN_WORDS).enumerate() {
            let is_there = turns
                .iter()
                .any(|turn| turn.windows(COPIED_RUN_WORDS).any(|it| it == run));
            if is_there {
                is_copied
                    .iter_mut()
                    .skip(at)
                    .take(COPIED_RUN_WORDS)
                    .for_each(|it| *it = true);
            }
        }
        is_copied.into_iter().filter(|it| *it).count()
    }
}

fn facts(rows: &[Labelled], packets: &[(&'static str, Vec<Packet>)]) -> Vec<FactsFound> {
    let mut splits: Vec<&str> = Vec::new();
    for row in rows.iter().filter(|row| !row.required.is_empty()) {
        if !splits.contains(&row.split.as_str()) {
            splits.push(&row.split);
        }
    }
    let of = |packets: &[Packet], split: &str, kind: Kind| {
        let mut found = Found::default();
        for (row, packet) in rows
            .iter()
            .zip(packets)
            .filter(|(row, _)| row.split == split)
        {
            for required in row.required.iter().filter(|it| it.fact == kind) {
                found.required += 1;
                found.held += usize::from(facts::holds(packet, required));
            }
        }
        (kind, found)
    };
    let mut all = Vec::new();
    for (name, packets) in packets {
        for split in &splits {
            let kinds = Kind::ALL.iter().map(|kind| of(packets, split, *kind));
            all.push((*name, (*split).to_owned(), kinds.collect()));
        }
    }
    all
}

fn grounded(rows: &[Labelled], packets: &[Packet]) -> Grounded {
    let mut grounded = Grounded::default();
    for (row, packet) in rows.iter().zip(packets) {
        grounded.add(&row.record, packet);
    }
    grounded
}
