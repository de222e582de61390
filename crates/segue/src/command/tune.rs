//! `segue tune`: which threshold to choose, from answers that people have checked, and
//! what may be promised of it.

mod read;
mod show;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use segue_insight::tune::simulate::{Truth, run as simulate};
use segue_insight::tune::{Costs, TuneRequest, tune};

use crate::lines;

/// What the program exits with when nothing can be promised.
const REFUSED: u8 = 3;
/// What the program exits with when an input cannot be read as what it should be.
const UNREADABLE: u8 = 2;
/// Seeds of the simulation's truth and of its logs.
const SEEDS: [u64; 2] = [11, 7];
/// What is simulated: the promise, and the labels of a log.
const WORLDS: [(f64, &[usize]); 3] = [
    (0.10, &[200, 500, 1_000, 2_000, 5_000]),
    (0.15, &[200, 1_000, 5_000]),
    (0.05, &[1_000, 5_000]),
];

/// Options of `segue tune`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A line of FILE is {\"score\": 0.83, \"wrong\": false}; an answer that nobody \
                        checked has no \"wrong\". Optional: \"shown\" (true), \"by_chance\" (1, the \
                        chance with which it was drawn), \"at\" (RFC 3339), \"topic\", \
                        \"conversation\".\n\nExits 0 with a recommendation, 3 when nothing can be \
                        promised, 2 when the input cannot be read."
)]
pub struct Arguments {
    /// The data folder of a server, which may be running.
    #[arg(long, conflicts_with_all = ["file", "simulate"])]
    data: Option<PathBuf>,
    /// Checked answers, one a line, packed or not; `-` for standard input.
    #[arg(required_unless_present_any = ["data", "simulate"])]
    file: Option<PathBuf>,
    /// The greatest share of wrong answers, 0.01–0.5.
    #[arg(long, default_value_t = 0.10, value_parser = share)]
    alpha: f64,
    /// The greatest chance that the promise is broken, 0.01–0.5.
    #[arg(long, default_value_t = 0.10, value_parser = share)]
    delta: f64,
    /// The threshold in force; that of the policy in force in a data folder.
    #[arg(long, value_parser = threshold)]
    accept: Option<f64>,
    /// How far back answers count, where they have times.
    #[arg(long, default_value_t = 28, value_parser = clap::value_parser!(u32).range(1..=365))]
    days: u32,
    /// Of a data folder, the demo's answers, too.
    #[arg(long, requires = "data")]
    demo: bool,
    /// What a wrong answer, a chat with a person and a right answer cost, and the chance
    /// with which a wrong answer ends with a person anyway: `12,6,0.5,0.6`.
    #[arg(long, value_parser = costs)]
    costs: Option<Costs>,
    /// Whether promises are kept: 1,000 logs of a world in which the truth is known.
    #[arg(long, conflicts_with = "file")]
    simulate: bool,
    /// How to show it.
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
}

/// How to show it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people.
    Text,
    /// For programs.
    Json,
}

fn between(text: &str, least: f64, most: f64) -> Result<f64, String> {
    let number: f64 = text.parse().map_err(|_| "a number".to_owned())?;
    match (least..=most).contains(&number) {
        true => Ok(number),
        false => Err(format!("from {least} to {most}")),
    }
}

fn share(text: &str) -> Result<f64, String> {
    between(text, 0.01, 0.5)
}

fn threshold(text: &str) -> Result<f64, String> {
    between(text, 0.0, 1.0)
}

fn costs(text: &str) -> Result<Costs, String> {
    let numbers: Vec<f64> = text
        .split(',')
        .map(|part| {
            part.trim()
                .parse()
                .map_err(|_| format!("`{part}` is no number"))
        })
        .collect::<Result<_, _>>()?;
    let [wrong, human, right, returns] = numbers[..] else {
        return Err("four numbers: wrong, person, right, chance of returning".to_owned());
    };
    let costs = Costs {
        wrong,
        human,
        right,
        returns,
    };
    let is_sound =
        [wrong, human, right].iter().all(|cost| *cost >= 0.0) && (0.0..=1.0).contains(&returns);
    match is_sound && costs.worth_from().is_some() {
        true => Ok(costs),
        false => Err("a wrong answer has to cost more than a right one".to_owned()),
    }
}

/// Reads, tunes, prints.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut out = lines::output();
    if arguments.simulate {
        simulated(&mut out)?;
        out.flush()?;
        return Ok(ExitCode::SUCCESS);
    }
    let (rows, mut request) = match read::all(arguments) {
        Ok(read) => read,
        Err(error) => {
            eprintln!("segue: {error:#}");
            return Ok(ExitCode::from(UNREADABLE));
        }
    };
    request.costs = arguments.costs;
    let report = tune(&rows, &request);
    match arguments.format {
        Format::Json => writeln!(out, "{}", serde_json::to_string(&report)?)?,
        Format::Text => show::print(&mut out, &report)?,
    }
    out.flush()?;
    let is_refused = report.recommendation.certificate.is_none();
    Ok(ExitCode::from(if is_refused { REFUSED } else { 0 }))
}

/// How a request begins, whatever the answers are read from.
fn request(arguments: &Arguments) -> TuneRequest {
    let mut request = TuneRequest::new(arguments.alpha, arguments.delta);
    request.days = arguments.days;
    request.accept = arguments.accept.unwrap_or(request.accept);
    request
}

/// The table of `docs/TUNING.md`.
fn simulated(out: &mut impl Write) -> anyhow::Result<()> {
    const LOGS: u32 = 1_000;
    const DELTA: f64 = 0.10;
    let [truth_seed, seed] = SEEDS;
    let truth = Truth::new(truth_seed);
    writeln!(
        out,
        "| α | labels | certified: broken | answered | none | naive: broken | answered |"
    )?;
    writeln!(out, "|---|---|---|---|---|---|---|")?;
    for (alpha, sizes) in WORLDS {
        for n in sizes {
            let [certified, naive] = simulate(&truth, LOGS, *n, (alpha, DELTA), seed);
            writeln!(
                out,
                "| {alpha:.2} | {n} | {:.1} % | {:.0} % | {:.0} % | {:.1} % | {:.0} % |",
                certified.broken * 100.0,
                certified.answered * 100.0,
                certified.none * 100.0,
                naive.broken * 100.0,
                naive.answered * 100.0
            )?;
            out.flush()?;
        }
    }
    Ok(())
}
