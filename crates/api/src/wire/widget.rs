//! What the widget asks, and what it is told.

use segue_model::id::ConversationId;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Instant;
use super::words::RatedPart;
use super::written::{written, written_if_any};

/// A browser comes, or comes back.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SessionBody {
    /// Who it is, signed by the site's own backend.
    #[serde(default)]
    pub identity: Option<String>,
    /// The language, as BCP 47.
    #[serde(default)]
    pub locale: Option<String>,
    /// The token it had, to be renewed.
    #[serde(default)]
    pub visitor: Option<String>,
}

/// Begins a conversation from a page.
#[derive(Debug, Default, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct BeginBody {
    /// The page.
    #[serde(default)]
    pub page: Option<String>,
    /// The language, as BCP 47; what the browser accepts otherwise.
    #[serde(default)]
    pub locale: Option<String>,
}

/// The company.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Company {
    /// Its name.
    pub name: String,
}

/// The assistant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct AssistantCard {
    /// Its name.
    pub name: String,
    /// Always true: the law asks that it is said.
    pub is_ai: bool,
}

/// The customer, once proved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct KnownCustomer {
    /// As they are addressed.
    pub name: String,
}

/// A visitor's session.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct WidgetSession {
    /// The token for everything else.
    pub token: String,
    /// When it ends; a session renews it.
    pub expires_at: Instant,
    /// The company.
    pub company: Company,
    /// The assistant.
    pub assistant: AssistantCard,
    /// The customer, once proved.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub customer: Option<KnownCustomer>,
    /// The visitor's conversation that is open or can be reopened.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    pub conversation: Option<ConversationId>,
    /// The language of the texts.
    pub texts_locale: String,
}

/// What the customer writes.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct MessageBody {
    /// The words.
    #[schema(max_length = 16384)]
    #[serde(deserialize_with = "written")]
    pub text: String,
    /// The browser's own name of this message: sending it again adds nothing.
    #[schema(max_length = 128)]
    pub client_id: String,
}

/// An address instead of a wait.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ContactBody {
    /// An e-mail address.
    pub address: String,
}

/// Whether an answer helped.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConfirmBody {
    /// The assistant's turn.
    pub turn: u32,
    /// Whether it did.
    pub helped: bool,
}

/// A rating of one part.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RatingBody {
    /// Whose part.
    pub part: RatedPart,
    /// 1–5.
    #[schema(minimum = 1, maximum = 5)]
    pub score: u8,
    /// In their words.
    #[serde(default, deserialize_with = "written_if_any")]
    pub text: Option<String>,
}
