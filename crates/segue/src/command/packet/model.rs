//! A model's version beside the extracted one, asked and checked as the server does.

use std::path::PathBuf;
use std::sync::Arc;

use anyhow::Context;
use segue_engine::packet::generated::{Known, read, request};
use segue_llm::{Client, Settings};
use segue_model::id::WorkspaceId;
use segue_model::packet::Generated;
use segue_ports::language_model::{Ask, LanguageModel, Purpose, Shape};

use crate::command::serve::SystemClock;

/// The most tokens of a version.
const TOKENS_MAX: u32 = 900;

/// Options that name a model.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The address of an OpenAI-compatible model that writes its version beside the
    /// extracted one, as `https://host/v1`.
    #[arg(long = "model", value_name = "URL")]
    url: Option<String>,
    /// What the model is called there.
    #[arg(
        long = "model-name",
        value_name = "NAME",
        default_value = "default",
        requires = "url"
    )]
    name: String,
    /// A file that holds the model's key.
    #[arg(long = "model-key-file", value_name = "FILE", requires = "url")]
    key_file: Option<PathBuf>,
    /// How long the model may take for one packet, in milliseconds.
    #[arg(
        long = "model-timeout-ms",
        value_name = "MS",
        default_value_t = 60_000,
        requires = "url"
    )]
    timeout_ms: u64,
}

/// A model that can be asked.
pub struct Model {
    client: Client,
    runtime: tokio::runtime::Runtime,
}

impl Arguments {
    /// The model, if one is named.
    ///
    /// # Errors
    /// If its address or key cannot be used.
    pub fn ready(&self) -> anyhow::Result<Option<Model>> {
        let Some(url) = &self.url else {
            return Ok(None);
        };
        let settings = Settings {
            key_file: self.key_file.clone(),
            timeout_ms: self.timeout_ms,
            // Whoever runs this over a file sees how long it is.
            tokens_per_day: u64::MAX,
            ..Settings::at(url, &self.name)
        };
        let client = Client::new(settings, Arc::new(SystemClock)).context("`--model`")?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()?;
        Ok(Some(Model { client, runtime }))
    }
}

impl Model {
    /// The model's version, checked; or why there is none.
    pub fn version(&self, known: &Known<'_>) -> Result<Generated, String> {
        let fresh = uuid::Uuid::now_v7().simple().to_string();
        let request = request(known, fresh.get(20..).unwrap_or(&fresh));
        let ask = Ask {
            workspace: WorkspaceId::nil(),
            purpose: Purpose::Summary,
            instructions: request.instructions,
            data: request.data,
            shape: Some(Shape {
                name: "packet",
                schema: request.schema,
            }),
            tokens_max: TOKENS_MAX,
            names: request.names,
        };
        let reply = self.runtime.block_on(self.client.complete(ask));
        let reply = reply.map_err(|error| error.to_string())?;
        read(&reply.text, known, &reply.model).map_err(|error| error.to_string())
    }
}
