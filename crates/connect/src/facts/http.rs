//! Facts from a JSON document by HTTP.

use std::collections::BTreeMap;

use segue_model::fact::FactValue;
use segue_outbound::{Endpoint, Method, StatusCode, bounded};
use segue_ports::facts::{Found, Unavailable, Who};
use serde_json::Value;

use super::template::{Template, percent};
use super::{FactsSection, Lookup, check_fact, fact_of};
use crate::error::{ConnectError, Section};

/// The longest document that is read, in bytes.
const DOCUMENT_BYTES_MAX: usize = 64 * 1024;

/// A source that is a web address.
pub(super) struct Http {
    url: Template,
    key: Option<segue_outbound::Secret>,
    pointers: BTreeMap<String, String>,
}

impl Http {
    pub(super) fn new(section: &Section<'_>, it: FactsSection) -> Result<Self, ConnectError> {
        let url = it.url.ok_or_else(|| section.key("url", "is needed"))?;
        let url = Template::read(&url).map_err(|reason| section.key("url", reason))?;
        let pointers = it.pointers.unwrap_or_default();
        if pointers.is_empty() {
            return Err(section.key("pointers", "has to name at least one fact"));
        }
        for (fact, pointer) in &pointers {
            check_fact(section, "pointers", fact)?;
            if !pointer.is_empty() && !pointer.starts_with('/') {
                let reason = format!("`{pointer}` is no JSON pointer: those begin with `/`");
                return Err(section.key("pointers", reason));
            }
        }
        let key = crate::bot::secret(section, it.key_file, it.key_env)?;
        let source = Self { url, key, pointers };
        // An address that cannot be called is found at the start, not by a customer.
        let somebody = Who {
            email: Some("somebody".to_owned()),
            account_id: Some("somebody".to_owned()),
        };
        source
            .endpoint(&somebody)
            .map_err(|error| section.address(error))?;
        Ok(source)
    }

    /// The place to ask about somebody; a query of the address is put back behind it.
    fn endpoint(
        &self,
        who: &Who,
    ) -> Result<(Endpoint, Option<String>), segue_outbound::OutboundError> {
        let url = self.url.fill(who, percent);
        let (place, query) = match url.split_once('?') {
            Some((place, query)) => (place, Some(format!("?{query}"))),
            None => (url.as_str(), None),
        };
        Ok((Endpoint::new(place, self.key.clone())?, query))
    }

    async fn ask(&self, who: &Who) -> Result<BTreeMap<String, FactValue>, Unavailable> {
        let failed = |error: segue_outbound::OutboundError| Unavailable(reason(&error));
        let (endpoint, query) = self.endpoint(who).map_err(failed)?;
        let request = endpoint.request_with(Method::GET, query.as_deref());
        let response = request.map_err(failed)?.send().await;
        let response = response.map_err(|error| failed(error.into()))?;
        let status = response.status();
        if status == StatusCode::NOT_FOUND {
            return Ok(BTreeMap::new());
        }
        if status != StatusCode::OK {
            return Err(Unavailable(format!("it answered {status}")));
        }
        let body = bounded(response, DOCUMENT_BYTES_MAX)
            .await
            .map_err(failed)?;
        let document: Value = serde_json::from_slice(&body)
            .map_err(|_| Unavailable("its answer is no JSON".to_owned()))?;
        let found = self.pointers.iter().filter_map(|(fact, pointer)| {
            Some((fact.clone(), fact_of(document.pointer(pointer)?)?))
        });
        Ok(found.collect())
    }
}

/// What went wrong, without the address: it names the customer.
fn reason(error: &segue_outbound::OutboundError) -> String {
    match error {
        segue_outbound::OutboundError::Address { .. } => "its address cannot be called".to_owned(),
        other => other.to_string(),
    }
}

impl Lookup for Http {
    fn can_ask(&self, who: &Who) -> bool {
        self.url.is_known(who)
    }

    fn lookup(&self, who: Who) -> Found<'_> {
        Box::pin(async move { self.ask(&who).await })
    }
}
