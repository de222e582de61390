//! `segue key`: keys for assistants, also beside a running server.

use std::io::Write;
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use anyhow::{Context, bail};
use segue_ports::Store;
use segue_ports::directory::Scope;
use segue_service::identity::keys::KEY_DAYS_OTHERWISE;
use segue_service::{Caller, Options, Outside, Service};
use segue_store_sqlite::SqliteStore;

use super::serve::SystemClock;

/// Options of `segue key`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(subcommand)]
    action: Action,
}

/// What to do with keys.
#[derive(Debug, clap::Subcommand)]
enum Action {
    /// Make a key; it alone is printed, and never again.
    Create {
        /// The server's data folder.
        #[arg(long)]
        data: PathBuf,
        /// As people call it.
        #[arg(long)]
        name: String,
        /// What it may do: `turn:write`, `conv:read`, `escalate`, and beside `turn:write`
        /// also `draft:write`, to propose drafts while a person reviews them.
        #[arg(long, required = true, value_parser = scope)]
        scope: Vec<Scope>,
        /// For how many days it is good.
        #[arg(long, default_value_t = KEY_DAYS_OTHERWISE)]
        days: u64,
    },
}

fn scope(text: &str) -> Result<Scope, String> {
    match text {
        "turn:write" => Ok(Scope::TurnWrite),
        "conv:read" => Ok(Scope::ConversationRead),
        "escalate" => Ok(Scope::Escalate),
        "draft:write" => Ok(Scope::DraftWrite),
        _ => Err("one of turn:write, conv:read, escalate, draft:write".to_owned()),
    }
}

/// Makes a key.
pub fn run(arguments: Arguments) -> anyhow::Result<ExitCode> {
    let Action::Create {
        data,
        name,
        scope,
        days,
    } = arguments.action;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?;
    runtime.block_on(async move {
        let store = SqliteStore::open_beside(&data)
            .with_context(|| format!("cannot open the data in `{}`", data.display()))?;
        let store: Arc<dyn Store> = Arc::new(store);
        let Some(workspace) = store.workspaces().await?.into_iter().next() else {
            bail!("nobody has claimed this server yet: open its console first");
        };
        let service = Service::new(
            store,
            Arc::new(SystemClock),
            Outside::default(),
            Options::default(),
        );
        let by_operator = Caller::system(workspace.id);
        let made = service
            .create_key(&by_operator, (&name, scope), days, |_| String::new())
            .await?;
        let (_, shown) = made.now().context("the key was made before")?;
        writeln!(std::io::stdout(), "{shown}")?;
        Ok(ExitCode::SUCCESS)
    })
}
