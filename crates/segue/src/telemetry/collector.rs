//! The way to the collector: spans leave by the client that all calls leave by.

use async_trait::async_trait;
use bytes::Bytes;
use opentelemetry_http::{HttpClient, HttpError, Request, Response};
use segue_outbound::{Endpoint, Method, bounded};
use tokio::runtime::Handle;

/// The longest answer that is read, in bytes.
const ANSWER_BYTES_MAX: usize = 64 * 1024;

/// A collector of traces.
#[derive(Debug)]
pub(super) struct Collector {
    endpoint: Endpoint,
    // Batches are sent from a thread that knows no runtime.
    runtime: Handle,
}

impl Collector {
    pub(super) fn new(url: &str) -> anyhow::Result<Self> {
        Ok(Self {
            endpoint: Endpoint::new(url, None)?,
            runtime: Handle::try_current()?,
        })
    }
}

#[async_trait]
impl HttpClient for Collector {
    async fn send_bytes(&self, request: Request<Bytes>) -> Result<Response<Bytes>, HttpError> {
        let (parts, body) = request.into_parts();
        let call = self.endpoint.request(Method::POST, "v1/traces")?;
        let call = call.headers(parts.headers).body(body);
        let sent = self.runtime.spawn(async move {
            let answer = call
                .send()
                .await
                .map_err(segue_outbound::OutboundError::from)?;
            let status = answer.status();
            let bytes = bounded(answer, ANSWER_BYTES_MAX).await?;
            Ok::<_, segue_outbound::OutboundError>((status, bytes))
        });
        let (status, bytes) = sent.await??;
        let mut response = Response::new(bytes);
        *response.status_mut() = status;
        Ok(response)
    }
}
