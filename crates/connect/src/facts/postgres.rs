//! Facts from PostgreSQL. The connection is kept and made anew when it is lost; every
//! session can only read. It is not encrypted, and so stays on this machine unless the
//! operator says that the way to the database is safe.

use std::collections::BTreeMap;

use segue_model::fact::FactValue;
use segue_ports::facts::{Found, Unavailable, Who};
use serde_json::Value;
use tokio::sync::Mutex;
use tokio_postgres::config::Host;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Config, NoTls};

use super::template::Template;
use super::{FactsSection, Lookup, facts_of_row};
use crate::error::{ConnectError, Section};

/// A source that is a database.
pub(super) struct Postgres {
    config: Config,
    query: Template,
    text: String,
    client: Mutex<Option<Client>>,
}

impl Postgres {
    pub(super) fn new(section: &Section<'_>, it: FactsSection) -> Result<Self, ConnectError> {
        let url = it.url.ok_or_else(|| section.key("url", "is needed"))?;
        let query = it.query.ok_or_else(|| section.key("query", "is needed"))?;
        let query = Template::read(query.trim().trim_end_matches(';'));
        let query = query.map_err(|reason| section.key("query", reason))?;
        let mut config: Config = url
            .parse()
            .map_err(|_| section.key("url", "is no address of a PostgreSQL database"))?;
        if config.get_password().is_some() {
            let reason = "holds a password; `key_file` and `key_env` are the places for it";
            return Err(section.key("url", reason));
        }
        if !it.plain_text && !config.get_hosts().iter().all(is_here) {
            let reason = "is beyond this machine and nothing encrypts what is said to it; \
                          `plain_text = true` says that the way there is safe";
            return Err(section.key("url", reason));
        }
        if let Some(password) = crate::bot::secret(section, it.key_file, it.key_env)? {
            config.password(password.expose());
        }
        config.options("-c default_transaction_read_only=on -c statement_timeout=5000");
        config.application_name("segue");
        // One row as JSON, so that every type of column is read as the database shows it.
        let inner = query.parameters(|number| format!("${number}"));
        let text = format!("SELECT row_to_json(found)::text FROM ({inner}) AS found LIMIT 1");
        Ok(Self {
            config,
            query,
            text,
            client: Mutex::new(None),
        })
    }

    async fn ask(&self, who: &Who) -> Result<BTreeMap<String, FactValue>, tokio_postgres::Error> {
        let mut guard = self.client.lock().await;
        // Taken out: a look-up that is given up halfway leaves no connection behind.
        let client = match guard.take().filter(|client| !client.is_closed()) {
            Some(client) => client,
            None => self.connect().await?,
        };
        let values = self.query.values(who);
        let parameters: Vec<(&(dyn ToSql + Sync), Type)> = values
            .iter()
            .map(|value| (value as &(dyn ToSql + Sync), Type::TEXT))
            .collect();
        let rows = client.query_typed(&self.text, &parameters).await?;
        let found: Option<String> = rows.first().map(|row| row.try_get(0)).transpose()?;
        *guard = Some(client);
        let row: Value = found
            .and_then(|text| serde_json::from_str(&text).ok())
            .unwrap_or_default();
        Ok(match row {
            Value::Object(row) => facts_of_row(row),
            _ => BTreeMap::new(),
        })
    }

    async fn connect(&self) -> Result<Client, tokio_postgres::Error> {
        let (client, connection) = self.config.connect(NoTls).await?;
        tokio::spawn(async move {
            // It ends with its client; whatever else ends it is seen by the next look-up.
            drop(connection.await);
        });
        Ok(client)
    }
}

/// Whether a host is this machine.
fn is_here(host: &Host) -> bool {
    match host {
        Host::Unix(_) => true,
        Host::Tcp(name) => {
            let address = name.parse::<std::net::IpAddr>();
            name == "localhost" || address.is_ok_and(|address| address.is_loopback())
        }
    }
}

impl Lookup for Postgres {
    fn can_ask(&self, who: &Who) -> bool {
        self.query.is_known(who)
    }

    fn lookup(&self, who: Who) -> Found<'_> {
        Box::pin(async move {
            self.ask(&who).await.map_err(|error| {
                // A database's message may repeat a value: its code says enough.
                let code = error.code().map_or("no code", |code| code.code());
                Unavailable(format!("the database did not answer ({code})"))
            })
        })
    }
}
