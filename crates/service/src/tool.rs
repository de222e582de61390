//! What the built-in assistant can look up besides articles. A tool can fail or
//! not answer; then a person comes, and the customer never reads a raw error.

use std::future::Future;
use std::pin::Pin;

use segue_model::time::Span;

/// How long a tool may take, in milliseconds; well inside the assistant's deadline.
pub const TOOL_TIMEOUT: Span = Span::seconds(5);

/// A tool's answer, awaited.
pub type ToolAnswer<'a> = Pin<Box<dyn Future<Output = Result<String, ToolError>> + Send + 'a>>;

/// A tool did not answer with a result.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the tool answered with an error: {message}")]
pub struct ToolError {
    /// What it said, for the log and for staff; never for the customer.
    pub message: String,
}

/// Something that can be looked up.
pub trait Tool: Send + Sync + 'static {
    /// Its name in traces: `parcel_status`.
    fn name(&self) -> &str;

    /// What in a customer's words it could look up, if anything.
    fn argument(&self, text: &str) -> Option<String>;

    /// Looks it up. The answer is a sentence or two for the customer.
    fn call(&self, argument: String) -> ToolAnswer<'_>;
}
