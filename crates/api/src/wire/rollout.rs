//! How policies come into force: bodies and answers of activation, one step back,
//! proposals and trials.

use serde::Deserialize;
use utoipa::ToSchema;

/// A policy to put in force.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivateBody {
    /// The file.
    pub text: String,
    /// The version that was edited; refused if another one is in force by now.
    #[serde(default)]
    pub version: Option<String>,
    /// Why, in 1 to 500 characters; kept with the version. Without one it is refused.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: Option<String>,
    /// That it is to be put in force although the escalation rate will leave its band;
    /// then it is not taken back for that either.
    #[serde(default)]
    pub accept_leaving_band: bool,
}

/// Why something is done.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonBody {
    /// In 1 to 500 characters; kept. Without one it is refused.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: Option<String>,
}
