//! The operator's file of connections: what else this server talks with, and where the
//! keys to it lie. It is read once, at the start, as strictly as a policy: an unknown
//! word is an error with its line. It holds no secret itself, only places of secrets.
//!
//! Each room that calls somebody defines its own part; this file only puts them together.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use segue_service::Outside;
use segue_service::tool::Tool;
use serde::Deserialize;

use crate::lines::InputError;

/// What is connected.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Connections {
    /// The OpenAI-compatible endpoint in front of an assistant's own model.
    gateway: Option<segue_gateway::Section>,
}

impl Connections {
    /// Reads the file.
    ///
    /// # Errors
    /// An [`InputError`] with the line, where it is not what it should be.
    pub fn read(file: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(file)
            .with_context(|| format!("cannot read `{}`", file.display()))?;
        toml::from_str(&text)
            .map_err(|error| {
                let before = error.span().and_then(|span| text.get(..span.start));
                let lines = before.unwrap_or_default().matches('\n').count();
                InputError {
                    line: lines as u64 + 1,
                    reason: error.message().to_owned(),
                }
            })
            .with_context(|| format!("`{}`", file.display()))
    }

    /// Makes what it names ready to be asked. Nobody is called yet.
    ///
    /// # Errors
    /// If a secret cannot be read or an address cannot be called.
    pub fn plug(self, tools: Vec<Arc<dyn Tool>>) -> anyhow::Result<Plugged> {
        let Self { gateway } = self;
        let gateway = gateway.map(segue_gateway::Section::ready).transpose();
        Ok(Plugged {
            outside: Outside { tools },
            gateway: gateway.context("`[gateway]`")?,
        })
    }
}

/// What is connected, ready to be asked.
pub struct Plugged {
    /// What the service asks.
    pub outside: Outside,
    /// The endpoint for assistants with a model of their own, if it is there.
    pub gateway: Option<segue_gateway::Gateway>,
}
