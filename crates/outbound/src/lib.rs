//! Calls that leave the server, for whichever room makes them: one HTTP client with
//! TLS of its own, secrets that are not printed, answers of bounded size, and event
//! streams cut into events.
//!
//! It follows no redirect, because what is called is what the operator named, and it
//! keeps no timeout over a whole answer, because a stream has none: whoever calls
//! bounds the wait. It knows no protocol of anybody. Begin with [`Endpoint`].

mod endpoint;
mod secret;
pub mod sse;

pub use reqwest::{Method, RequestBuilder, Response, StatusCode, header};

pub use endpoint::{Endpoint, OutboundError, bounded};
pub use secret::{Secret, SecretError, SecretSource};
