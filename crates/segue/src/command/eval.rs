//! `segue eval`: the detectors' figures on labelled data, one table or JSON.
//! Floors make it a gate: with `--floor NAME=VALUE` it fails below them.

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, bail};
use segue_detect::MoodLabel;
use segue_detect::measure::{Confusion, auroc};
use segue_engine::Ruleset;
use segue_engine::replay::replay;
use segue_model::record::{ConversationRecord, TurnRecord};
use segue_model::signal::{Reading, Signal, SignalKind, SignalName, SignalValue, Signals};
use segue_model::turn::Role;
use segue_policy::Policy;
use serde::{Deserialize, Serialize};

use super::decide::Format;
use crate::lines;

/// The topics that the labelled set knows.
const TOPICS: &[&str] = &[
    "refund_return",
    "cancel_close",
    "billing_dispute",
    "fraud_security",
    "complaint",
    "privacy_data",
];
/// How many turns of one concern make a loop.
const LOOP_AT: f64 = 3.0;

/// Options of `segue eval`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder of the labelled sets.
    folder: PathBuf,
    /// Which split to read.
    #[arg(long, default_value = "dev")]
    split: String,
    /// How to show it.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// A figure that must be reached: `human_request.f1=0.75`. May be given several times.
    #[arg(long = "floor", value_parser = floor)]
    floors: Vec<(String, f64)>,
}

fn floor(text: &str) -> Result<(String, f64), String> {
    let (name, value) = text.split_once('=').ok_or("NAME=VALUE is needed")?;
    let value = value
        .parse()
        .map_err(|_| "the value is no number".to_owned())?;
    Ok((name.to_owned(), value))
}

/// The figures of one question.
#[derive(Debug, Serialize)]
struct Figures {
    name: String,
    rows: u64,
    f1: f64,
    precision: f64,
    recall: f64,
    false_alarm_rate: f64,
    auroc: Option<f64>,
}

/// What is counted while a set is read.
#[derive(Default)]
struct Count {
    confusion: Confusion,
    scores: Vec<(bool, f64)>,
}

impl Count {
    fn add(&mut self, is_true: bool, has_fired: bool, score: f64) {
        self.confusion.add(is_true, has_fired);
        self.scores.push((is_true, score));
    }

    fn figures(&self, name: &str) -> Figures {
        Figures {
            name: name.to_owned(),
            rows: self.confusion.rows(),
            f1: self.confusion.f1(),
            precision: self.confusion.precision(),
            recall: self.confusion.recall(),
            false_alarm_rate: self.confusion.false_alarm_rate(),
            auroc: auroc(&self.scores),
        }
    }
}

/// One row of a labelled set; each set uses some of the fields.
#[derive(Debug, Deserialize)]
struct Row {
    #[serde(default)]
    text: String,
    #[serde(default)]
    label: serde_json::Value,
    #[serde(default)]
    topics: Vec<String>,
    #[serde(default)]
    info_only: serde_json::Value,
    #[serde(default)]
    hard_negative: serde_json::Value,
    #[serde(default)]
    turns: Vec<String>,
    #[serde(default)]
    frustrated: serde_json::Value,
    #[serde(default)]
    looped: u8,
    #[serde(default)]
    lang: Option<String>,
}

fn is_on(value: &serde_json::Value) -> bool {
    value.as_bool() == Some(true) || value.as_i64() == Some(1)
}

/// Measures, shows, and holds the floors.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let rules = Ruleset::new(Policy::builtin().clone())?;
    let mut figures = Vec::new();
    let measures: [(&str, Measure); 5] = [
        ("human_request", human_request),
        ("high_stakes", high_stakes),
        ("loop_sessions", loop_sessions),
        ("airline", mood),
        ("frustration", frustration),
    ];
    for (set, measure) in measures {
        if let Some(rows) = rows(&arguments.folder, set, &arguments.split)? {
            figures.extend(measure(&rules, &rows));
        }
    }
    if figures.is_empty() {
        bail!(
            "`{}` holds none of the labelled sets",
            arguments.folder.display()
        );
    }
    show(arguments.format, &figures)?;
    let missed = missed(&arguments.floors, &figures)?;
    for line in &missed {
        eprintln!("below the floor: {line}");
    }
    Ok(if missed.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

type Measure = fn(&Ruleset, &[Row]) -> Vec<Figures>;

fn rows(folder: &Path, set: &str, split: &str) -> anyhow::Result<Option<Vec<Row>>> {
    let candidates = [format!("{split}.jsonl"), format!("{split}.jsonl.gz")];
    let found = candidates
        .iter()
        .map(|name| folder.join(set).join(name))
        .find(|path| path.is_file());
    let Some(path) = found else { return Ok(None) };
    let mut rows = Vec::new();
    lines::for_each(lines::open(Some(&path))?, |row: Row| {
        rows.push(row);
        Ok(())
    })
    .with_context(|| format!("in `{}`", path.display()))?;
    Ok(Some(rows))
}

fn show(format: Format, figures: &[Figures]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    if format == Format::Json {
        writeln!(out, "{}", serde_json::to_string(figures)?)?;
        return Ok(());
    }
    writeln!(
        out,
        "{:<34} {:>6} {:>6} {:>6} {:>6} {:>6} {:>6}",
        "signal", "rows", "F1", "P", "R", "FPR", "AUROC"
    )?;
    for line in figures {
        writeln!(
            out,
            "{:<34} {:>6} {:>6.3} {:>6.3} {:>6.3} {:>6.3} {:>6}",
            line.name,
            line.rows,
            line.f1,
            line.precision,
            line.recall,
            line.false_alarm_rate,
            line.auroc
                .map_or_else(|| "–".to_owned(), |value| format!("{value:.3}"))
        )?;
    }
    Ok(())
}

fn missed(floors: &[(String, f64)], figures: &[Figures]) -> anyhow::Result<Vec<String>> {
    let mut missed = Vec::new();
    for (name, floor) in floors {
        let (set, figure) = name
            .rsplit_once('.')
            .context("a floor is SET.FIGURE=VALUE")?;
        let line = figures
            .iter()
            .find(|line| line.name == set)
            .with_context(|| format!("there is no figure for `{set}`"))?;
        let value = match figure {
            "f1" => line.f1,
            "precision" => line.precision,
            "recall" => line.recall,
            _ => bail!("a floor is on f1, precision or recall"),
        };
        if value < *floor {
            missed.push(format!("{name} is {value:.3}, at least {floor} is asked"));
        }
    }
    Ok(missed)
}

fn signals(rules: &Ruleset, turns: &[&str]) -> Vec<Signals> {
    let turn = |text: &&str| TurnRecord {
        role: Role::Customer,
        text: (*text).to_owned(),
        at: None,
        confidence: None,
        retrieval: Vec::new(),
        fallback: None,
        tool_calls: Vec::new(),
    };
    let record = ConversationRecord {
        conversation_id: String::new(),
        turns: turns.iter().map(turn).collect(),
        facts: BTreeMap::new(),
        source: None,
        lang: None,
    };
    replay(rules, &record)
        .into_iter()
        .map(|judged| judged.signals)
        .collect()
}

fn single(rules: &Ruleset, text: &str) -> Signals {
    signals(rules, &[text]).pop().unwrap_or_default()
}

fn present(reading: &Reading) -> Option<&Signal> {
    match reading {
        Reading::Present(signal) => Some(signal),
        Reading::Absent | Reading::Unavailable { .. } => None,
    }
}

fn flag(signals: &Signals, name: &SignalName) -> (bool, f64) {
    let found = present(signals.read(name));
    let is_set = found.is_some_and(|signal| signal.value == SignalValue::Flag(true));
    (is_set, found.map_or(0.0, |signal| signal.score))
}

fn human_request(rules: &Ruleset, rows: &[Row]) -> Vec<Figures> {
    let (mut all, mut hard) = (Count::default(), Count::default());
    for row in rows.iter().filter(|row| !row.label.is_null()) {
        let is_true = is_on(&row.label);
        let (fired, score) = flag(
            &single(rules, &row.text),
            &SignalName::Kind(SignalKind::OptOut),
        );
        all.add(is_true, fired, score);
        if is_on(&row.hard_negative) {
            hard.add(false, fired, score);
        }
    }
    vec![
        all.figures("human_request"),
        hard.figures("human_request, hard negatives"),
    ]
}

fn high_stakes(rules: &Ruleset, rows: &[Row]) -> Vec<Figures> {
    let names: Vec<SignalName> = TOPICS
        .iter()
        .map(|topic| SignalName::Topic((*topic).into()))
        .collect();
    let mut any = Count::default();
    let mut parts: Vec<Count> = TOPICS.iter().map(|_| Count::default()).collect();
    for row in rows.iter().filter(|row| !is_on(&row.info_only)) {
        let signals = single(rules, &row.text);
        let (mut fired_any, mut best) = (false, 0.0_f64);
        for ((topic, name), part) in TOPICS.iter().zip(&names).zip(&mut parts) {
            let (fired, score) = flag(&signals, name);
            part.add(row.topics.iter().any(|known| known == topic), fired, score);
            fired_any |= fired;
            best = best.max(score);
        }
        any.add(!row.topics.is_empty(), fired_any, best);
    }
    let mut figures = vec![any.figures("high_stakes")];
    figures.extend(
        TOPICS
            .iter()
            .zip(&parts)
            .map(|(topic, part)| part.figures(&format!("topic.{topic}"))),
    );
    figures
}

fn loop_sessions(rules: &Ruleset, rows: &[Row]) -> Vec<Figures> {
    let mut all = Count::default();
    for row in rows {
        let turns: Vec<&str> = row.turns.iter().map(String::as_str).collect();
        let repeats = signals(rules, &turns);
        let repeats = repeats
            .iter()
            .filter_map(|signals| present(signals.get(SignalKind::RepeatCount)));
        let (mut most, mut best) = (0.0_f64, 0.0_f64);
        for signal in repeats {
            most = most.max(signal.value.number());
            best = best.max(signal.score);
        }
        all.add(row.looped == 1, most >= LOOP_AT, best);
    }
    vec![all.figures("loop_sessions")]
}

fn mood(rules: &Ruleset, rows: &[Row]) -> Vec<Figures> {
    let mut negative = Count::default();
    for row in rows {
        let signals = single(rules, &row.text);
        let mood =
            present(signals.get(SignalKind::Sentiment)).map_or(0.0, |signal| signal.value.number());
        let is_true = row.label.as_str() == Some("negative");
        negative.add(is_true, MoodLabel::of(mood) == MoodLabel::Negative, -mood);
    }
    vec![negative.figures("airline, negative")]
}

fn frustration(rules: &Ruleset, rows: &[Row]) -> Vec<Figures> {
    let mut by_language: BTreeMap<String, Count> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.frustrated.is_null()) {
        let name = SignalName::Kind(SignalKind::Frustration);
        let (fired, score) = flag(&single(rules, &row.text), &name);
        let language = row.lang.clone().unwrap_or_else(|| "en".to_owned());
        by_language
            .entry(language)
            .or_default()
            .add(is_on(&row.frustrated), fired, score);
    }
    by_language
        .iter()
        .map(|(language, count)| count.figures(&format!("frustration, {language}")))
        .collect()
}
