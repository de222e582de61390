//! `segue knowledge`: what was taught in the console, as the files it was begun with.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::Context;
use segue_assist::{Article, KnowledgeBase};
use segue_ports::knowledge::{Piece, VersionKind};

use super::beside;
use super::serve::folder_articles;
use crate::demo;

/// The file that the instructions are written to; it is no article.
const INSTRUCTIONS: &str = "instructions.txt";

/// Options of `segue knowledge`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

/// What to do with what was taught.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Write every article that is in use as a Markdown file, also beside a running server.
    /// The files of withdrawn articles are removed from the folder.
    Export {
        /// The server's data folder.
        #[arg(long)]
        data: PathBuf,
        /// The folder of articles the server was started with.
        #[arg(long, conflicts_with = "demo")]
        knowledge: Option<PathBuf>,
        /// The server was started with `--demo`.
        #[arg(long)]
        demo: bool,
        /// The folder to write to; it is made if it is not there.
        folder: PathBuf,
    },
}

/// Does it.
pub fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let Action::Export {
        data,
        knowledge,
        demo: is_demo,
        folder,
    } = arguments.action;
    let base = match (&knowledge, is_demo) {
        (Some(folder), _) => folder_articles(folder)?,
        (None, true) => demo::articles()?,
        (None, false) => Vec::new(),
    };
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(export(&data, &base, &folder))?;
    Ok(ExitCode::SUCCESS)
}

async fn export(data: &Path, base: &[Article], folder: &Path) -> anyhow::Result<()> {
    let base = Arc::new(KnowledgeBase::of_articles(base));
    let (service, desk) = beside::open(data, base).await?;
    let taught = desk.taught();
    std::fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder `{}`", folder.display()))?;
    let write = |name: &str, text: &str| {
        let path = folder.join(name);
        std::fs::write(&path, text).with_context(|| format!("cannot write `{}`", path.display()))
    };
    let articles = taught.knowledge.articles();
    for article in articles {
        write(&format!("{}.md", article.slug), &article.to_markdown())?;
    }
    if let Some(told) = &taught.instructions {
        write(INSTRUCTIONS, &format!("{}\n", told.body.trim_end()))?;
    }
    let mut removed = 0_usize;
    for row in service.store().knowledge(desk.workspace.id).await? {
        let Piece::Article(slug) = &row.piece else {
            continue;
        };
        let path = folder.join(format!("{slug}.md"));
        if row.kind == VersionKind::Withdrawn && path.is_file() {
            std::fs::remove_file(&path)
                .with_context(|| format!("cannot remove `{}`", path.display()))?;
            removed += 1;
        }
    }
    writeln!(
        std::io::stdout(),
        "{} articles in `{}`, {removed} withdrawn ones removed",
        articles.len(),
        folder.display()
    )?;
    Ok(())
}
