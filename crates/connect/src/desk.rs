//! Other help desks that Segue stands beside, and how an operator names one. A further
//! desk is a further folder: it reads what its desk sends into [`Heard`], and does what
//! it is brought; see `docs/decisions/0008-beside-another-desk.md`.

mod chatwoot;
mod door;
mod note;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use axum::http::HeaderMap;
use segue_model::time::Timestamp;
use segue_ports::desk::{Desk, Heard};
use serde::Deserialize;

use crate::error::{ConnectError, Section};

pub use door::{BODY_BYTES_MAX, router};

/// What an operator may write about a desk: `[desks.NAME]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeskSection {
    /// Which product it is.
    pub kind: DeskKind,
    /// Where its API is: `https://chatwoot.example`.
    pub url: String,
    /// The account there.
    pub account: u64,
    /// A file with the bot's access token.
    pub key_file: Option<PathBuf>,
    /// A variable with the bot's access token.
    pub key_env: Option<String>,
    /// A file with an agent's access token, for what a bot's may not do (labels).
    pub user_key_file: Option<PathBuf>,
    /// A variable with the same.
    pub user_key_env: Option<String>,
    /// A file with the token that stands at the end of our address.
    pub token_file: Option<PathBuf>,
    /// A variable with the same.
    pub token_env: Option<String>,
    /// A file with the secrets by which the desk signs what it sends, one a line.
    pub signing_key_file: Option<PathBuf>,
    /// A variable with the same.
    pub signing_key_env: Option<String>,
    /// The bot that answers there; the built-in assistant where none is named.
    pub bot: Option<String>,
    /// Which team there has which queue: `QUEUE = TEAM_ID`.
    #[serde(default)]
    pub teams: BTreeMap<String, u64>,
    /// Labels of what was handed over; needs an agent's access token.
    #[serde(default)]
    pub labels: Vec<String>,
}

/// The products.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeskKind {
    /// Chatwoot, as an agent bot.
    Chatwoot,
}

/// Both sides of a desk that is plugged in.
#[derive(Clone)]
pub struct Plugged {
    /// What it is brought.
    pub desk: Arc<dyn Desk>,
    /// What it sends.
    pub inbound: Arc<dyn Inbound>,
}

impl DeskSection {
    /// Makes the desk ready. Nobody is called yet.
    ///
    /// # Errors
    /// [`ConnectError`] if something is missing, not allowed, or cannot be read.
    pub fn plug(self, name: &str) -> Result<Plugged, ConnectError> {
        let place = format!("desks.{name}");
        let section = Section(&place);
        let DeskKind::Chatwoot = self.kind;
        let desk = Arc::new(chatwoot::Chatwoot::new(&section, self)?);
        Ok(Plugged {
            desk: Arc::clone(&desk) as _,
            inbound: desk,
        })
    }
}

/// A request of a desk's, as it came.
pub struct Came<'a> {
    /// The token at the end of the address, if there is one.
    pub token: Option<&'a str>,
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// Its body, byte by byte: signatures are over bytes.
    pub body: &'a [u8],
    /// When it came.
    pub at: Timestamp,
}

/// What a desk's request is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unheard {
    /// It does not come from the desk.
    Forged,
    /// It cannot be read.
    Unreadable,
}

/// How what a desk sends is checked and read.
pub trait Inbound: Send + Sync + 'static {
    /// What happened; `None` for what is none of our business.
    ///
    /// # Errors
    /// [`Unheard`] if it is forged or cannot be read.
    fn read(&self, came: &Came<'_>) -> Result<Option<Heard>, Unheard>;
}
