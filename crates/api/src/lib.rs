//! How Segue looks on the wire: types, routes, errors, OpenAPI.
//!
//! This crate turns requests into calls of the service and states into JSON.
//! It decides nothing: who may do what stands in the service's role table, what
//! follows from a turn in the policy. Begin with [`view`] (what people read),
//! then [`routes`] (what they can ask for) and [`auth`] (who asks).

pub mod wire;
pub mod view;
pub mod error;
pub mod state;
pub mod extract;
pub mod auth;
pub mod routes;
pub mod live;
pub mod figures;
mod watch;

pub use error::ApiError;
pub use routes::metrics::Counted;
pub use routes::opening_of;
pub use routes::{console_router, metrics_router, openapi, widget_router};
pub use state::{ApiState, Options};
pub use wire::conversation::{CustomerRef, OpenBody};
