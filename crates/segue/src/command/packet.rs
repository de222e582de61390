//! `segue packet`: what an agent would read about a conversation, extracted and, if asked
//! for, as a model writes it; and how good that is.

mod measure;
mod model;
mod of_record;

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::bail;
use segue_model::packet::{Cited, Generated, Packet};
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
    #[command(flatten)]
    model: model::Arguments,
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
    let model = arguments.model.ready()?;
    if arguments.measure {
        if arguments.files.is_empty() {
            bail!("`--measure` needs the files to measure on");
        }
        let extract = |record: &ConversationRecord| Material::new(&rules, record).packet(&rules);
        let mut versions = vec![Version {
            name: "extraction",
            packet: &extract,
        }];
        let model = model.as_ref();
        let write = model.map(|model| {
            |record: &ConversationRecord| {
                let material = Material::new(&rules, record);
                let packet = material.packet(&rules);
                match model.version(&material.known()) {
                    Ok(version) => as_shown(packet, &version),
                    Err(reason) => {
                        eprintln!("{}: {reason}", record.conversation_id);
                        packet
                    }
                }
            }
        });
        versions.extend(write.as_ref().map(|write| Version {
            name: "model",
            packet: write,
        }));
        measure::run(&arguments.files, &versions, arguments.write.as_deref())?;
        return Ok(ExitCode::SUCCESS);
    }
    let file = match arguments.files.as_slice() {
        [] => None,
        [file] => Some(file.as_path()),
        _ => bail!("one file at a time; several only with `--measure`"),
    };
    lines::for_each(lines::open(file)?, |record: ConversationRecord| {
        let material = Material::new(&rules, &record);
        let packet = material.packet(&rules);
        let generated = model.as_ref().map(|model| model.version(&material.known()));
        let mut line = serde_json::to_value(&packet)?;
        if let Some(fields) = line.as_object_mut() {
            // The file's own name for it, not an identity that it does not have here.
            fields.remove("conversation");
            fields.insert("conversation_id".to_owned(), record.conversation_id.into());
            match generated {
                Some(Ok(version)) => {
                    fields.insert("generated".to_owned(), serde_json::to_value(&version)?);
                }
                Some(Err(reason)) => {
                    fields.insert("generated_failed".to_owned(), reason.into());
                }
                None => {}
            }
        }
        lines::write(&mut out, &line)
    })?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

/// The packet as an agent reads it with a model's version: what passed stands in the place
/// of what was extracted.
fn as_shown(mut packet: Packet, version: &Generated) -> Packet {
    if version.is_withheld {
        return packet;
    }
    let cited = |text: &str, turns: &[_]| Cited {
        text: text.to_owned(),
        turn: turns.first().copied().unwrap_or_default(),
    };
    if let Some(intent) = &version.core_intent {
        packet.core_intent = cited(&intent.text, &intent.turns);
    }
    if !version.summary.is_empty() {
        let summary = version.summary.iter();
        packet.summary = summary.map(|it| cited(&it.text, &it.turns)).collect();
    }
    packet
}
