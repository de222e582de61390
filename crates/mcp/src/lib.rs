//! The tools with which an assistant asks for a person, by the Model Context Protocol.
//!
//! It is a client of the API like any other and holds nothing: each tool is a call or
//! two, answers at once, and never waits for a person. [`run_on_pipes`] speaks on standard input
//! and output, with one key for the process; [`router`] speaks HTTP, where every caller
//! brings a key of their own. Begin with [`tools`].

mod api;
mod http;
pub mod tools;

pub use api::{Api, ApiFailure};
pub use http::router;
pub use tools::Tools;

use rmcp::ServiceExt;
use segue_outbound::Endpoint;

/// The protocol could not be spoken on standard input and output.
#[derive(Debug, thiserror::Error)]
#[error("the client did not speak the protocol: {0}")]
pub struct PipesFailure(String);

/// Serves one client on standard input and output until it closes them.
///
/// # Errors
/// [`PipesFailure`] if what comes in is not the protocol.
pub async fn run_on_pipes(server: Endpoint) -> Result<(), PipesFailure> {
    let failed = |error: String| PipesFailure(error);
    let serving = Tools::new(Api::new(server))
        .serve(rmcp::transport::stdio())
        .await
        .map_err(|error| failed(error.to_string()))?;
    serving
        .waiting()
        .await
        .map_err(|error| failed(error.to_string()))?;
    Ok(())
}
