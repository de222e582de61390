//! Programs that hear of reports and alarms: one signed POST each, in the form of
//! Standard Webhooks, so that any of its libraries verifies it.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use segue_outbound::{Endpoint, Method, RequestBuilder, SecretSource, header};
use segue_ports::news::{Hook, NewsError, Notice, Sent};
use serde::Deserialize;

use crate::call::{self, CallError};
use crate::error::{ConnectError, Section};
use crate::sign::SigningKey;

/// How long one call may take unless told otherwise, in milliseconds.
const TIMEOUT_MS_OTHERWISE: u64 = 10_000;
/// The longest that one call may take, in milliseconds.
const TIMEOUT_MS_MAX: u64 = 60_000;

/// What an operator may write about such a program: `[hooks.NAME]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HookSection {
    /// Where it is.
    pub url: String,
    /// A file with the key to it, sent as `Authorization: Bearer KEY`.
    pub key_file: Option<PathBuf>,
    /// A variable with the key to it.
    pub key_env: Option<String>,
    /// A file with the key that signs what is sent.
    pub signing_key_file: Option<PathBuf>,
    /// A variable with the key that signs what is sent.
    pub signing_key_env: Option<String>,
    /// How long one call may take, in milliseconds; 10,000 unless told otherwise.
    pub timeout_ms: Option<u64>,
}

impl HookSection {
    /// Makes it ready to be told. Nobody is called yet.
    ///
    /// # Errors
    /// [`ConnectError`] if something is not allowed, or cannot be read.
    pub fn plug(self, name: &str) -> Result<Arc<dyn Hook>, ConnectError> {
        let place = format!("hooks.{name}");
        let section = Section(&place);
        let read = |file, variable| {
            let source = SecretSource { file, variable };
            source.read().map_err(|source| section.secret(source))
        };
        let key = read(self.key_file, self.key_env)?;
        let signing = read(self.signing_key_file, self.signing_key_env)?;
        let signing = signing
            .map(SigningKey::new)
            .transpose()
            .map_err(|reason| section.key("signing_key_file", reason))?;
        let timeout = section.millis(
            "timeout_ms",
            self.timeout_ms,
            TIMEOUT_MS_OTHERWISE,
            TIMEOUT_MS_MAX,
        )?;
        let endpoint = Endpoint::new(&self.url, key).map_err(|source| section.address(source))?;
        Ok(Arc::new(Webhook {
            endpoint,
            signing,
            timeout: Duration::from_millis(timeout.millis()),
        }))
    }
}

struct Webhook {
    endpoint: Endpoint,
    signing: Option<SigningKey>,
    timeout: Duration,
}

impl Webhook {
    fn request(&self, notice: &Notice) -> Result<RequestBuilder, NewsError> {
        let seconds = notice.at.0.div_euclid(1_000);
        let event = serde_json::json!({
            "type": notice.kind,
            "timestamp": seconds,
            "data": notice.body,
        });
        let body = event.to_string().into_bytes();
        let request = self.endpoint.request(Method::POST, "");
        let mut request = request
            .map_err(|error| NewsError::Refused(error.to_string()))?
            .header(header::CONTENT_TYPE, "application/json")
            .header("webhook-id", &notice.id)
            .header("webhook-timestamp", seconds.to_string());
        if let Some(key) = &self.signing {
            request = request.header("webhook-signature", key.sign(&notice.id, seconds, &body));
        }
        Ok(request.body(body))
    }
}

impl Hook for Webhook {
    fn tell(&self, notice: Notice) -> Sent<'_> {
        Box::pin(async move {
            let request = self.request(&notice)?;
            match tokio::time::timeout(self.timeout, call::send(request)).await {
                Ok(Ok(_)) => Ok(()),
                Ok(Err(CallError::Unreachable(why))) => Err(NewsError::Unreachable(why)),
                Ok(Err(CallError::Denied(why) | CallError::Refused(why))) => {
                    Err(NewsError::Refused(why))
                }
                Err(_) => Err(NewsError::Unreachable("it was too slow".to_owned())),
            }
        })
    }
}
