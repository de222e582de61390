//! `segue ask`: the built-in assistant's retrieval alone.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::Context;
use segue_assist::{Calibration, Document, KnowledgeBase, Width, parse_article};
use segue_detect::Scope;
use serde::{Deserialize, Serialize};

use crate::lines;

/// Options of `segue ask`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The knowledge base: JSON Lines of `{"doc_id","text"}`, or a folder of Markdown articles.
    /// Where a `doc_id` stands on several lines, the longest text is the article and the short
    /// ones are past questions that it answered.
    #[arg(long)]
    kb: PathBuf,
    /// Past questions: JSON Lines of `{"query","doc_id"}`; `doc_id` is null, or an article that is
    /// gone, where none answers.
    #[arg(long)]
    past: Option<PathBuf>,
    /// The file of questions, `{"query"}` a line; standard input otherwise.
    file: Option<PathBuf>,
}

#[derive(Debug, Deserialize)]
struct DocumentLine {
    doc_id: String,
    text: String,
    #[serde(default)]
    title: Option<String>,
    #[serde(default)]
    questions: Vec<String>,
}

#[derive(Debug, Deserialize)]
struct PastLine {
    query: String,
    doc_id: Option<String>,
}

/// Longest text, in words, that a further line of an article may have to be a past question.
const QUESTION_WORDS_MAX: usize = 40;

#[derive(Debug, Deserialize)]
struct Question {
    query: String,
}

#[derive(Debug, Serialize)]
struct Answer {
    article: Option<String>,
    confidence: f64,
    answer: Option<String>,
    /// How likely the question is none of the help center's business, 0–1. By its past
    /// questions, where it has enough of them; else by the words that no article has.
    out_of_scope: f64,
}

/// Reads a knowledge base from a file or a folder.
pub fn documents(path: &Path) -> anyhow::Result<Vec<Document>> {
    if path.is_dir() {
        return articles(path);
    }
    let mut order: Vec<String> = Vec::new();
    let mut found: BTreeMap<String, Vec<DocumentLine>> = BTreeMap::new();
    lines::for_each(lines::open(Some(path))?, |line: DocumentLine| {
        let same = found.entry(line.doc_id.clone()).or_default();
        if same.is_empty() {
            order.push(line.doc_id.clone());
        }
        same.push(line);
        Ok(())
    })?;
    let joined = order.iter().filter_map(|id| joined(found.remove(id)?));
    Ok(joined.collect())
}

/// One document out of all lines of one id.
fn joined(mut lines: Vec<DocumentLine>) -> Option<Document> {
    let longest = lines.iter().map(|line| line.text.len()).max()?;
    let at = lines.iter().position(|line| line.text.len() == longest)?;
    let article = lines.remove(at);
    let mut text = article.text;
    let mut questions = article.questions;
    let mut title = article.title;
    for line in lines {
        title = title.or(line.title);
        questions.extend(line.questions);
        if line.text.split_whitespace().count() <= QUESTION_WORDS_MAX {
            questions.push(line.text);
        } else {
            text.push_str("\n\n");
            text.push_str(&line.text);
        }
    }
    Some(Document::new(article.doc_id, text, title).with_questions(questions))
}

/// Gives each past question to its document; returns those that no document answered.
fn add_past(path: &Path, documents: &mut [Document]) -> anyhow::Result<Vec<String>> {
    let mut by_id: BTreeMap<String, Vec<String>> = BTreeMap::new();
    let mut outside = Vec::new();
    lines::for_each(lines::open(Some(path))?, |line: PastLine| {
        match line.doc_id {
            Some(id) => by_id.entry(id).or_default().push(line.query),
            None => outside.push(line.query),
        }
        Ok(())
    })?;
    for document in documents {
        if let Some(questions) = by_id.remove(&document.id) {
            document.questions.extend(questions);
        }
    }
    // An article that is gone answers no more.
    for (id, questions) in by_id {
        tracing::warn!(
            article = id,
            "past questions name an article that is not there"
        );
        outside.extend(questions);
    }
    Ok(outside)
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

/// What the past questions say of where the help center ends, if they are enough.
fn scope(documents: &[Document], outside: &[String]) -> Option<Scope> {
    let asked = documents.iter().flat_map(|document| {
        let questions = document.questions.iter();
        questions.map(|question| (document.id.as_str(), question.as_str()))
    });
    let outside: Vec<&str> = outside.iter().map(String::as_str).collect();
    Scope::with_outside(&asked.collect::<Vec<_>>(), &outside)
}

/// Reads questions and writes what was found.
pub fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let mut documents = documents(&arguments.kb)?;
    let outside = match &arguments.past {
        Some(path) => add_past(path, &mut documents)?,
        None => Vec::new(),
    };
    let scope = scope(&documents, &outside);
    let calibration = Calibration::for_documents_and_outside(&documents, &outside);
    let knowledge = KnowledgeBase::build_with_outside(documents, &outside, calibration);
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
                    out_of_scope: scope
                        .as_ref()
                        .map_or(found.out_of_scope, |scope| scope.score(&question.query)),
                },
            )
        },
    )?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}
