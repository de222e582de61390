//! `segue packet`: what an agent would read about a conversation, and how good that is.

mod measure;
mod of_record;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use segue_model::record::ConversationRecord;

use self::measure::Version;
use self::of_record::Material;
use super::signals::rules;
use crate::lines;

/// Options of `segue packet`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The policy; the built-in one otherwise.
    #[arg(long)]
    policy: Option<PathBuf>,
    /// Measure the packets instead of writing them: against human summaries and labelled
    /// facts, as far as the files have them.
    #[arg(long)]
    measure: bool,
    /// A page whose marked block is replaced by the figures.
    #[arg(long, requires = "measure")]
    write: Option<PathBuf>,
    /// Print the JSON Schema of a line of output.
    #[arg(long, exclusive = true)]
    schema: bool,
    /// The file to read; standard input otherwise. Several where they are measured.
    files: Vec<PathBuf>,
}

/// The JSON Schema of a line of output.
const SCHEMA: &str = include_str!("packet/schema.json");

/// Reads conversations, and writes or measures their packets.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut out = lines::output();
    if arguments.schema {
        out.write_all(SCHEMA.as_bytes())?;
        out.flush()?;
        return Ok(ExitCode::SUCCESS);
    }
    let rules = rules(arguments.policy.as_deref())?;
    if arguments.measure {
        if arguments.files.is_empty() {
            bail!("`--measure` needs the files to measure on");
        }
        let extract = |record: &ConversationRecord| Material::new(&rules, record).packet(&rules);
        let versions = [Version {
            name: "extraction",
            packet: &extract,
        }];
        measure::run(&arguments.files, &versions, arguments.write.as_deref())?;
        return Ok(ExitCode::SUCCESS);
    }
    let file = match arguments.files.as_slice() {
        [] => None,
        [file] => Some(file.as_path()),
        _ => bail!("one file at a time; several only with `--measure`"),
    };
    lines::for_each(lines::open(file)?, |record: ConversationRecord| {
        let packet = Material::new(&rules, &record).packet(&rules);
        let mut line = serde_json::to_value(&packet)?;
        if let Some(fields) = line.as_object_mut() {
            // The file's own name for it, not an identity that it does not have here.
            fields.remove("conversation");
            fields.insert("conversation_id".to_owned(), record.conversation_id.into());
        }
        lines::write(&mut out, &line)
    })?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
