//! The operator's file of connections: what else this server talks with, and where the
//! keys to it lie. It is read once, at the start, as strictly as a policy: an unknown
//! word is an error with its line. It holds no secret itself, only places of secrets.
//!
//! Each room that calls somebody defines its own part; this file only puts them together.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use segue_connect::bot::BotSection;
use segue_connect::desk::{DeskSection, Inbound};
use segue_connect::facts::FactsSection;
use segue_connect::hook::HookSection;
use segue_connect::mail::MailSection;
use segue_ports::clock::Clock;
use segue_service::Outside;
use segue_service::tool::Tool;
use serde::Deserialize;

use crate::lines::InputError;

/// The longest name of a connection, in bytes.
const NAME_BYTES_MAX: usize = 40;

/// What is connected.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Connections {
    /// Bots that Segue asks.
    #[serde(default)]
    bots: BTreeMap<String, BotSection>,
    /// Sources of facts, in the order of their names; a later one wins.
    #[serde(default)]
    facts: BTreeMap<String, FactsSection>,
    /// A language model, for packets and the built-in assistant's answers.
    #[serde(default)]
    model: Option<segue_llm::Settings>,
    /// The mail server that reports and alarms leave by.
    mail: Option<MailSection>,
    /// Programs that hear of reports and alarms.
    #[serde(default)]
    hooks: BTreeMap<String, HookSection>,
    /// Help desks that Segue stands beside.
    #[serde(default)]
    desks: BTreeMap<String, DeskSection>,
    /// The OpenAI-compatible endpoint in front of an assistant's own model.
    gateway: Option<segue_gateway::Section>,
}

/// What is connected, ready.
pub struct Plugged {
    /// What the service asks and tells.
    pub outside: Outside,
    /// What desks send, by their names.
    pub inbound: BTreeMap<String, Arc<dyn Inbound>>,
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

    /// The gateway, if the file has one. Nobody is called yet.
    ///
    /// # Errors
    /// If a secret cannot be read, an address cannot be called, or a value is not allowed.
    pub fn gateway(&mut self) -> anyhow::Result<Option<segue_gateway::Gateway>> {
        let gateway = self.gateway.take();
        let ready = gateway.map(segue_gateway::Section::ready).transpose();
        ready.context("`[gateway]`")
    }

    /// Makes what it names ready to be asked. Nobody is called yet.
    ///
    /// # Errors
    /// If a secret cannot be read or an address cannot be called.
    pub fn plug(self, tools: Vec<Arc<dyn Tool>>, clock: Arc<dyn Clock>) -> anyhow::Result<Plugged> {
        let Self {
            bots,
            facts,
            model,
            desks,
            mail,
            hooks,
            gateway: _,
        } = self;
        let for_widget: Vec<&String> = bots
            .iter()
            .filter(|(_, bot)| bot.widget)
            .map(|(name, _)| name)
            .collect();
        if let [one, other, ..] = for_widget.as_slice() {
            anyhow::bail!("both `bots.{one}` and `bots.{other}` are for the widget; one may be");
        }
        let mut outside = Outside {
            tools,
            ..Outside::default()
        };
        for (name, section) in bots {
            check_name("bots", &name)?;
            let bot = section.plug(&name)?;
            outside.bots.insert(name, bot);
        }
        for (name, section) in facts {
            check_name("facts", &name)?;
            outside.facts.push(section.plug(&name)?);
        }
        let model = model
            .map(|settings| segue_llm::Client::new(settings, clock))
            .transpose()
            .context("`[model]`")?;
        outside.model = model.map(|client| Arc::new(client) as _);
        outside.post = mail.map(MailSection::plug).transpose()?;
        for (name, section) in hooks {
            check_name("hooks", &name)?;
            let hook = section.plug(&name)?;
            outside.hooks.insert(name, hook);
        }
        let mut inbound = BTreeMap::new();
        for (name, section) in desks {
            check_name("desks", &name)?;
            if let Some(bot) = section
                .bot
                .as_ref()
                .filter(|bot| !outside.bots.contains_key(*bot))
            {
                anyhow::bail!("`desks.{name}`: `bot` names `{bot}`, which is no bot of this file");
            }
            let plugged = section.plug(&name)?;
            outside.desks.insert(name.clone(), plugged.desk);
            inbound.insert(name, plugged.inbound);
        }
        Ok(Plugged { outside, inbound })
    }
}

/// A connection's name goes into addresses and counters.
fn check_name(part: &str, name: &str) -> anyhow::Result<()> {
    let is_plain = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if name.is_empty() || name.len() > NAME_BYTES_MAX || !name.bytes().all(is_plain) {
        anyhow::bail!(
            "`{part}.{name}`: a name has 1 to {NAME_BYTES_MAX} lower-case letters, digits and _"
        );
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::command::serve::SystemClock;

    /// What the page shows as a file is one, key by key.
    #[test]
    fn the_examples_of_the_page_can_be_read() {
        let page = include_str!("../../../docs/CONNECT.md");
        let blocks = page.split("```toml\n").skip(1);
        let read = blocks.map(|block| {
            let text = block.split("```").next().unwrap();
            toml::from_str::<Connections>(text).unwrap()
        });
        let read: Vec<Connections> = read.collect();
        assert!(read.len() >= 5);
        assert!(read.iter().any(|it| it.desks.contains_key("chatwoot")));
        assert!(read.iter().any(|it| it.facts.len() == 2));
    }

    fn refused(text: &str) -> String {
        let connections: Connections = toml::from_str(text).unwrap();
        connections
            .plug(Vec::new(), Arc::new(SystemClock))
            .err()
            .unwrap()
            .to_string()
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        let bot = |name: &str| {
            format!("[bots.{name}]\nkind = \"rasa\"\nurl = \"http://127.0.0.1:1\"\nwidget = true\n")
        };
        let two = format!("{}{}", bot("a"), bot("b"));
        assert_eq!(
            refused(&two),
            "both `bots.a` and `bots.b` are for the widget; one may be"
        );
        assert!(refused(&bot("A-b")).contains("lower-case letters"));
        let desk = "[desks.d]\nkind = \"chatwoot\"\nurl = \"http://a\"\naccount = 1\nbot = \"x\"\n";
        let why = "`desks.d`: `bot` names `x`, which is no bot of this file";
        assert_eq!(refused(desk), why);
    }
}
