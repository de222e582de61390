//! One place that is called.

use std::sync::LazyLock;
use std::time::Duration;

use bytes::Bytes;
use reqwest::{Client, Method, RequestBuilder, Response, Url, redirect};

use crate::Secret;

/// How long a connection may take to come about.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);
/// How long an idle connection is kept for the next call.
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);

/// A call that came to nothing. Says what happened, never what was sent.
#[derive(Debug, thiserror::Error)]
pub enum OutboundError {
    /// The address cannot be called.
    #[error("`{url}` is no address that can be called: {reason}")]
    Address {
        /// As it was given.
        url: String,
        /// What is wrong with it.
        reason: String,
    },
    /// Nobody answered, or the connection broke.
    #[error("the call failed: {0}")]
    Failed(String),
    /// The answer is longer than it may be.
    #[error("the answer is longer than {0} bytes")]
    TooLong(usize),
}

impl From<reqwest::Error> for OutboundError {
    fn from(error: reqwest::Error) -> Self {
        // The address may hold a token in its query: it is not repeated.
        let error = error.without_url();
        let cause = std::error::Error::source(&error).map(ToString::to_string);
        Self::Failed(cause.unwrap_or_else(|| error.to_string()))
    }
}

/// A place that is called, with what opens it.
#[derive(Debug, Clone)]
pub struct Endpoint {
    base: Url,
    key: Option<Secret>,
}

/// One client for all: it holds the pool of connections.
static CLIENT: LazyLock<Result<Client, String>> = LazyLock::new(|| {
    // Whoever was first is as good: both are the same.
    let _ = rustls::crypto::ring::default_provider().install_default();
    Client::builder()
        .redirect(redirect::Policy::none())
        .connect_timeout(CONNECT_TIMEOUT)
        .pool_idle_timeout(IDLE_TIMEOUT)
        .tcp_nodelay(true)
        .user_agent(concat!("segue/", env!("CARGO_PKG_VERSION")))
        .build()
        .map_err(|error| error.to_string())
});

impl Endpoint {
    /// A place by its address; a slash at the end does not matter. With a key, calls
    /// carry it as `Authorization: Bearer KEY`.
    ///
    /// # Errors
    /// [`OutboundError::Address`] if it is not an `http` or `https` address, names a
    /// user, or has a query.
    pub fn new(url: &str, key: Option<Secret>) -> Result<Self, OutboundError> {
        let wrong = |reason: &str| OutboundError::Address {
            url: url.to_owned(),
            reason: reason.to_owned(),
        };
        let base = format!("{}/", url.trim().trim_end_matches('/'));
        let base: Url = base
            .parse()
            .map_err(|error: <Url as std::str::FromStr>::Err| wrong(&error.to_string()))?;
        if !matches!(base.scheme(), "http" | "https") {
            return Err(wrong("it begins with neither `http://` nor `https://`"));
        }
        if !base.username().is_empty() || base.password().is_some() {
            return Err(wrong(
                "it holds a user or a password; a key has a place of its own",
            ));
        }
        if base.query().is_some() || base.fragment().is_some() {
            return Err(wrong("it has a query or a fragment"));
        }
        Ok(Self { base, key })
    }

    /// Its address, with a slash at the end.
    pub fn address(&self) -> &str {
        self.base.as_str()
    }

    /// A call that can be filled and sent. `path` is taken below the address; an empty
    /// one is the address itself, without its slash.
    ///
    /// # Errors
    /// [`OutboundError::Address`] if the path makes no address,
    /// [`OutboundError::Failed`] if this machine cannot make calls at all.
    pub fn request(&self, method: Method, path: &str) -> Result<RequestBuilder, OutboundError> {
        let client = CLIENT
            .as_ref()
            .map_err(|error| OutboundError::Failed(error.clone()))?;
        let url = format!("{}{path}", self.base);
        let request = client.request(method, url.trim_end_matches('/'));
        Ok(match &self.key {
            Some(key) => request.bearer_auth(key.expose()),
            None => request,
        })
    }

    /// A call to the address itself, with a query behind it: `?a=1`.
    ///
    /// # Errors
    /// As [`Endpoint::request`].
    pub fn request_with(
        &self,
        method: Method,
        query: Option<&str>,
    ) -> Result<RequestBuilder, OutboundError> {
        let mut at = self.clone();
        let query = query.map(|query| query.trim_start_matches('?'));
        let bare = self.base.path().trim_end_matches('/').to_owned();
        at.base.set_path(&bare);
        at.base.set_query(query);
        let client = CLIENT
            .as_ref()
            .map_err(|error| OutboundError::Failed(error.clone()))?;
        let request = client.request(method, at.base);
        Ok(match &self.key {
            Some(key) => request.bearer_auth(key.expose()),
            None => request,
        })
    }
}

/// The body of an answer, if it is no longer than `bytes_max`.
///
/// # Errors
/// [`OutboundError::TooLong`] as soon as more has arrived,
/// [`OutboundError::Failed`] if the connection breaks.
pub async fn bounded(mut response: Response, bytes_max: usize) -> Result<Bytes, OutboundError> {
    let mut body = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        if body.len() + chunk.len() > bytes_max {
            return Err(OutboundError::TooLong(bytes_max));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(Bytes::from(body))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn url_of(base: &str, path: &str) -> String {
        let endpoint = Endpoint::new(base, None).unwrap();
        let request = endpoint.request(Method::POST, path).unwrap();
        request.build().unwrap().url().to_string()
    }

    #[test]
    fn paths_go_below_the_address() {
        for base in ["http://127.0.0.1:1/v1", "http://127.0.0.1:1/v1/"] {
            assert_eq!(
                url_of(base, "chat/completions"),
                "http://127.0.0.1:1/v1/chat/completions"
            );
            assert_eq!(url_of(base, ""), "http://127.0.0.1:1/v1");
        }
    }

    #[test]
    fn a_query_stands_behind_the_address_as_it_was_written() {
        for (base, wanted) in [
            ("http://a/x", "http://a/x?e=b%2Bc&f=1"),
            ("http://a/x/", "http://a/x?e=b%2Bc&f=1"),
            ("http://a", "http://a/?e=b%2Bc&f=1"),
        ] {
            let endpoint = Endpoint::new(base, None).unwrap();
            let request = endpoint.request_with(Method::GET, Some("?e=b%2Bc&f=1"));
            assert_eq!(request.unwrap().build().unwrap().url().as_str(), wanted);
        }
    }

    #[test]
    fn what_cannot_be_called_is_refused_at_once() {
        for wrong in [
            "",
            "localhost",
            "ftp://a",
            "http://u:p@a",
            "http://a?k=1",
            "file:///a",
        ] {
            assert!(Endpoint::new(wrong, None).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_key_is_sent_and_never_printed() {
        let endpoint = Endpoint::new("http://a", Some(Secret::new("s3cret"))).unwrap();
        assert!(!format!("{endpoint:?}").contains("s3cret"));
        let request = endpoint.request(Method::GET, "x").unwrap().build().unwrap();
        assert_eq!(request.headers()["authorization"], "Bearer s3cret");
    }
}
