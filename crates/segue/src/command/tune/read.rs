//! Reads answers, of a file or of a data folder beside a running server.

use std::path::Path;

use segue_insight::Query;
use segue_insight::tune::{GradedAnswer, TuneRequest};
use segue_model::event::Grade;
use segue_model::time::Timestamp;
use serde::Deserialize;

use super::{Arguments, request};
use crate::command::beside;
use crate::command::serve::no_knowledge;
use crate::lines::{self, InputError};

/// One line of a file; other fields are ignored.
#[derive(Debug, Deserialize)]
struct Line {
    score: f64,
    #[serde(default)]
    wrong: Option<bool>,
    #[serde(default = "yes")]
    shown: bool,
    #[serde(default = "always")]
    by_chance: f64,
    #[serde(default)]
    at: Option<String>,
    #[serde(default)]
    topic: Option<String>,
    #[serde(default)]
    conversation: Option<String>,
}

const fn yes() -> bool {
    true
}

const fn always() -> f64 {
    1.0
}

pub(super) fn all(arguments: &Arguments) -> anyhow::Result<(Vec<GradedAnswer>, TuneRequest)> {
    match (&arguments.data, &arguments.file) {
        (Some(folder), _) => {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()?;
            runtime.block_on(log(folder, arguments))
        }
        (None, file) => self::file(file.as_deref(), arguments),
    }
}

fn file(
    path: Option<&Path>,
    arguments: &Arguments,
) -> anyhow::Result<(Vec<GradedAnswer>, TuneRequest)> {
    let mut rows = Vec::new();
    lines::for_each(lines::open(path)?, |line: Line| {
        let number = rows.len() as u64 + 1;
        rows.push(row(line, number)?);
        Ok(())
    })?;
    let mut request = request(arguments);
    // A file's days end with its last answer, whenever it is read.
    request.now = rows.iter().map(|row| row.at).max().unwrap_or_default();
    Ok((rows, request))
}

fn row(line: Line, number: u64) -> Result<GradedAnswer, InputError> {
    let wrong = |reason: String| InputError {
        line: number,
        reason,
    };
    if !(0.0..=1.0).contains(&line.score) {
        return Err(wrong(format!("`score` is {}, not within 0–1", line.score)));
    }
    if !(line.by_chance > 0.0 && line.by_chance <= 1.0) {
        let chance = line.by_chance;
        return Err(wrong(format!(
            "`by_chance` is {chance}, not above 0 and at most 1"
        )));
    }
    let at = match line.at {
        None => Timestamp::default(),
        Some(text) => match text.parse::<jiff::Timestamp>() {
            Ok(at) => Timestamp(at.as_millisecond()),
            Err(_) => return Err(wrong(format!("`at` is `{text}`, not a time in RFC 3339"))),
        },
    };
    let grade = line
        .wrong
        .map(|wrong| if wrong { Grade::Wrong } else { Grade::Right });
    Ok(GradedAnswer {
        score: line.score,
        grade,
        was_shown: line.shown,
        by_chance: line.by_chance,
        at,
        graded_at: grade.map(|_| at),
        conversation: line.conversation.map(|name| hashed(&name)),
        topic: line.topic,
    })
}

/// FNV-1a; names of one conversation are to be the same number, no more.
fn hashed(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

async fn log(
    folder: &Path,
    arguments: &Arguments,
) -> anyhow::Result<(Vec<GradedAnswer>, TuneRequest)> {
    let (service, desk) = beside::open(folder, no_knowledge()).await?;
    service.read_figures(&desk).await?;
    let rules = desk.ruleset();
    let ledger = desk.ledger();
    let bands = &rules.policy().definition().bands;
    let mut request = request(arguments);
    request.now = service.now();
    request.accept = arguments.accept.unwrap_or(bands.accept);
    // The window, and the one before it, which says where to begin.
    let both = Query::window(request.now, arguments.days * 2, arguments.demo);
    let window = Query::window(request.now, arguments.days, arguments.demo);
    request.outcomes = ledger.outcome_counts(&window);
    let rows = ledger.answers(&both);
    let rows = rows.iter().filter_map(|row| row.for_tuning(&bands.signals));
    Ok((rows.collect(), request))
}
