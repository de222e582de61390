//! What the shell needs from outside: a store, a clock, identities.
//!
//! This crate defines the questions and their answers, never how one engine or
//! vendor does it. Begin with [`log`] (conversations), then [`directory`]
//! (people, keys), [`rollout`] (policies), [`knowledge`] (what was taught), [`settings`] (changing those) and [`outbox`].
//! Other people's programs are [`bot`], [`desk`], [`facts`] and [`language_model`]; each
//! may be missing.

pub mod log;
pub mod directory;
pub mod rollout;
pub mod knowledge;
pub mod settings;
pub mod outbox;
pub mod report;
pub mod news;
pub mod language_model;
pub mod clock;
pub mod bot;
pub mod desk;
pub mod facts;
mod error;

pub use error::{StoreError, StoreErrorKind};

use std::future::Future;
use std::pin::Pin;

/// The answer of a port, awaited.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = Result<T, StoreError>> + Send + 'a>>;

/// Everything a store does.
pub trait Store:
    log::Log
    + directory::Directory
    + rollout::Rollouts
    + knowledge::Knowledge
    + report::Reports
    + settings::Settings
    + outbox::Outbox
    + Send
    + Sync
    + 'static
{
}

impl<T> Store for T where
    T: log::Log
        + directory::Directory
        + rollout::Rollouts
        + knowledge::Knowledge
        + report::Reports
        + settings::Settings
        + outbox::Outbox
        + Send
        + Sync
        + 'static
{
}
