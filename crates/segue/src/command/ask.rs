//! `segue ask`: the built-in assistant's retrieval alone.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use segue_assist::{Calibration, Document, KnowledgeBase, Width, parse_article};
use serde::{Deserialize, Serialize};

use crate::lines;

/// Options of `segue ask`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The knowledge base: JSON Lines of `{"doc_id","text"}`, or a folder of Markdown articles.
    #[arg(long)]
    kb: PathBuf,
    /// The file of questions, `{"query"}` a line; standard input otherwise.
    file: Option<PathBuf>,
}

#[derive(Debug, Deserialize)]
struct DocumentLine {
    doc_id: String,
    text: String,
    #[serde(default)]
    title: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Question {
    query: String,
}

#[derive(Debug, Serialize)]
struct Answer {
    article: Option<String>,
    confidence: f64,
    answer: Option<String>,
}

/// Reads a knowledge base from a file or a folder.
pub fn documents(path: &Path) -> anyhow::Result<Vec<Document>> {
    if path.is_dir() {
        return articles(path);
    }
    let mut documents = Vec::new();
    lines::for_each(lines::open(Some(path))?, |line: DocumentLine| {
        documents.push(Document::new(line.doc_id, line.text, line.title));
        Ok(())
    })?;
    Ok(documents)
}

fn articles(folder: &Path) -> anyhow::Result<Vec<Document>> {
    let mut documents = Vec::new();
    for file in lines::files(folder, &[".md"])? {
        let slug = file
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
            .unwrap_or_default();
        if slug == "README" {
            continue;
        }
        let text = std::fs::read_to_string(&file)
            .with_context(|| format!("cannot read `{}`", file.display()))?;
        let article = parse_article(&slug, &text)
            .with_context(|| format!("`{}` is no article", file.display()))?;
        documents.push(Document::from(&article));
    }
    Ok(documents)
}

/// Reads questions and writes what was found.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let documents = documents(&arguments.kb)?;
    let calibration = Calibration::for_documents(&documents);
    let knowledge = KnowledgeBase::build(documents, calibration);
    let mut out = lines::output();
    lines::for_each(
        lines::open(arguments.file.as_deref())?,
        |question: Question| {
            let found = knowledge.search(&question.query, Width::Normal);
            let answer = knowledge.answer(&question.query, &found);
            lines::write(
                &mut out,
                &Answer {
                    article: found.hits.first().map(|hit| hit.id.clone()),
                    confidence: found.confidence,
                    answer: answer.map(|answer| answer.sentences.join(" ")),
                },
            )
        },
    )?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
