//! `segue eval`: the detectors' figures on labelled data, each with its 95 %
//! interval, what plain methods reach and what is aimed at. One table or JSON.
//! Floors make it a gate: with `--floor NAME.FIGURE=VALUE` it fails below them.

mod aims;
mod betold;
mod curve;
mod figure;
mod logistic;
mod mood;
mod own;
mod page;
mod repeats;
mod requests;
mod retrieval;
mod scope;
pub(super) mod sets;
pub(super) mod star;
mod topics;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Context, bail};
use segue_engine::Ruleset;
use segue_policy::Policy;

use self::figure::Figure;
use self::sets::{Measured, Sets};
use super::decide::Format;

/// Options of `segue eval`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The folder of the labelled sets.
    folder: PathBuf,
    /// The folder of our own labelled texts (`challenge`); their test half is measured.
    #[arg(long)]
    own: Option<PathBuf>,
    /// Which split to read.
    #[arg(long, default_value = "dev")]
    split: String,
    /// Measure only this question; may be given several times.
    #[arg(long, value_enum)]
    only: Vec<Question>,
    /// How to show it.
    #[arg(long, value_enum, default_value = "table")]
    format: Format,
    /// A page whose marked block is replaced by the figures.
    #[arg(long)]
    write: Option<PathBuf>,
    /// List so many rows that a signal, or a set of it, judged wrongly: `opt_out 20`.
    #[arg(long, num_args = 2, value_names = ["SIGNAL", "COUNT"], conflicts_with = "format")]
    misses: Option<Vec<String>>,
    /// A figure that must be reached: `human_request.f1=0.75`. May be given several times.
    #[arg(long = "floor", value_parser = floor)]
    floors: Vec<(String, f64)>,
}

/// The questions, as far as they can be measured apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Question {
    /// `opt_out` on public data.
    Requests,
    /// High-stakes topics on public data.
    Topics,
    /// Our own labelled texts.
    Own,
    /// Frustration and anger.
    Frustration,
    /// Mood.
    Sentiment,
    /// Irony and sarcasm.
    Sarcasm,
    /// The same concern again.
    Repeats,
    /// The right article, and confidence in it.
    Retrieval,
    /// None of the workspace's business.
    Scope,
    /// Whole conversations: annoyance and complexity.
    Star,
    /// Whole calls by their events.
    Betold,
}

type Measure = fn(&Sets) -> anyhow::Result<Measured>;

/// In the order of the table.
const MEASURES: &[(Question, Measure)] = &[
    (Question::Requests, requests::measure),
    (Question::Topics, topics::measure),
    (Question::Own, own::measure),
    (Question::Own, topics::measure_own),
    (Question::Frustration, mood::measure_frustration),
    (Question::Sentiment, mood::measure_sentiment),
    (Question::Sarcasm, mood::measure_sarcasm),
    (Question::Repeats, repeats::measure),
    (Question::Retrieval, retrieval::measure),
    (Question::Scope, scope::measure),
    (Question::Star, star::measure),
    (Question::Betold, betold::measure),
];

fn floor(text: &str) -> Result<(String, f64), String> {
    let (name, value) = text.split_once('=').ok_or("NAME=VALUE is needed")?;
    let value = value
        .parse()
        .map_err(|_| "the value is no number".to_owned())?;
    Ok((name.to_owned(), value))
}

/// Measures, shows, and holds the floors.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let is_whole = arguments.only.is_empty() && arguments.own.is_some();
    if arguments.write.is_some() && !is_whole {
        bail!("a page gets all figures: give --own, and no --only");
    }
    let sets = Sets {
        folder: arguments.folder.clone(),
        own: arguments.own.clone(),
        split: arguments.split.clone(),
        rules: Ruleset::new(Policy::builtin().clone())?,
    };
    let mut measured = Measured::default();
    for (question, measure) in MEASURES {
        if arguments.only.is_empty() || arguments.only.contains(question) {
            let part = measure(&sets)?;
            measured.figures.extend(part.figures);
            measured.wrong.extend(part.wrong);
            measured.curves.extend(part.curves);
        }
    }
    if measured.figures.is_empty() {
        bail!(
            "`{}` holds none of the labelled sets",
            arguments.folder.display()
        );
    }
    show(arguments, &measured)?;
    let missed = missed(&arguments.floors, &measured.figures)?;
    for line in &missed {
        eprintln!("below the floor: {line}");
    }
    Ok(if missed.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn show(arguments: &Arguments, measured: &Measured) -> anyhow::Result<()> {
    let mut out = crate::lines::output();
    if arguments.format == Format::Json {
        writeln!(out, "{}", serde_json::to_string(&measured.figures)?)?;
    } else {
        page::print(&mut out, &measured.figures)?;
        page::print_curves(&mut out, &measured.curves)?;
    }
    if let Some([signal, count]) = arguments.misses.as_deref() {
        let count = count.parse().context("--misses SIGNAL COUNT: no number")?;
        let mut wrong = measured.wrong.iter();
        if !wrong.any(|(of, name, _)| of == signal || name == signal) {
            bail!("`{signal}` is not measured; give a signal or a set of the table");
        }
        for (of, name, rows) in &measured.wrong {
            if of == signal || name == signal {
                page::print_wrong(&mut out, of, name, rows, count)?;
            }
        }
    }
    out.flush()?;
    if let Some(path) = &arguments.write {
        page::write(path, measured)?;
    }
    Ok(())
}

fn missed(floors: &[(String, f64)], figures: &[Figure]) -> anyhow::Result<Vec<String>> {
    let mut missed = Vec::new();
    for (full, floor) in floors {
        let (name, measure) = full
            .rsplit_once('.')
            .context("a floor is SET.FIGURE=VALUE")?;
        let of_set = || figures.iter().filter(|figure| figure.name == name);
        if of_set().next().is_none() {
            bail!("there is no figure for `{name}`");
        }
        let direct = of_set().find(|figure| figure.measure == measure);
        let beside = of_set().find_map(|figure| figure.also.get(measure).copied());
        let value = direct
            .and_then(|figure| figure.value)
            .or(beside)
            .with_context(|| format!("`{name}` has no `{measure}`"))?;
        if value < *floor {
            missed.push(format!("{full} is {value:.3}, at least {floor} is asked"));
        }
    }
    Ok(missed)
}
