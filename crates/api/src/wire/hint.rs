//! What a draft asks and the packet already says.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// What an agent is writing.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct HintBody {
    /// The draft as it stands. It is read and not kept.
    pub draft: String,
}

/// What the draft asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum Asked {
    /// What it is about at all.
    Concern,
    /// An order, invoice, ticket or tracking reference.
    Reference,
    /// An e-mail address.
    Email,
    /// An error code.
    ErrorCode,
    /// A sum of money.
    Amount,
    /// A browser or device.
    Device,
    /// What was tried.
    Tried,
}

/// One thing that need not be asked.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Hint {
    /// What the draft asks for.
    pub asked: Asked,
    /// What the packet says of it.
    pub value: String,
    /// The turn it stands in; absent where it is known from outside.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub turn: Option<u32>,
}

/// The hints for a draft.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct HintAnswer {
    /// At most one for each thing asked; usually none.
    pub hints: Vec<Hint>,
}
