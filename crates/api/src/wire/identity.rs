//! Who is signed in.

use segue_model::id::{AgentId, WorkspaceId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Instant;
use super::state::{Allowed, Permit};
use super::words::{Presence, Role};

/// Whether the server waits to be claimed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub struct SetupAnswer {
    /// Whether it does.
    pub needed: bool,
}

/// Claims a server.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SetupBody {
    /// The code that the server printed when it started.
    pub code: String,
    /// The company's name, as customers read it.
    pub company: String,
    /// The owner's name.
    pub name: String,
    /// The owner's e-mail address.
    pub email: String,
    /// At least 12 characters.
    pub password: String,
}

/// Signs in.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SignInBody {
    /// The e-mail address.
    pub email: String,
    /// The password.
    pub password: String,
}

/// Signs in by a link.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct LinkBody {
    /// The secret of the link.
    pub token: String,
}

/// Chooses a password by an invitation.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct InvitationBody {
    /// The secret of the link.
    pub token: String,
    /// At least 12 characters.
    pub password: String,
}

/// What the caller says of themselves.
#[derive(Debug, Clone, Copy, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct PresenceBody {
    /// What.
    pub presence: Presence,
}

/// The person who is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MeAgent {
    /// Who.
    #[schema(value_type = String)]
    pub id: AgentId,
    /// As people read it.
    pub name: String,
    /// The sign-in name.
    pub email: String,
    /// What they may do.
    pub role: Role,
}

/// Their workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct MeWorkspace {
    /// Which.
    #[schema(value_type = String)]
    pub id: WorkspaceId,
    /// The company's name.
    pub name: String,
    /// Whether it is the demo.
    pub is_demo: bool,
}

/// Who is signed in, and what they may do.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Me {
    /// The person.
    pub agent: MeAgent,
    /// Their workspace.
    pub workspace: MeWorkspace,
    /// What they say of themselves.
    pub presence: Presence,
    /// How many conversations at once.
    pub capacity: u32,
    /// How many they have, pending offers included.
    pub load: u32,
    /// What their role allows.
    #[schema(value_type = std::collections::BTreeMap<String, Permit>)]
    pub allowed: Allowed,
    /// Where the widget is.
    pub widget_url: String,
}

/// A single-use ticket for a live socket.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Ticket {
    /// The ticket.
    pub ticket: String,
    /// When it ends.
    pub expires_at: Instant,
}
