//! Who asks: the workspace, the actor, and the key under which a retry finds
//! its first answer.

use segue_model::event::Actor;
use segue_model::id::{AgentId, WorkspaceId};
use segue_ports::log::IdempotencyKey;

/// Who asks for a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// Where.
    pub workspace: WorkspaceId,
    /// Who.
    pub actor: Actor,
    /// The caller's key for this request, if they gave one.
    pub idempotency: Option<IdempotencyKey>,
}

impl Caller {
    /// A caller without a key.
    pub const fn new(workspace: WorkspaceId, actor: Actor) -> Self {
        Self {
            workspace,
            actor,
            idempotency: None,
        }
    }

    /// The person in the console, if it is one.
    pub const fn agent(&self) -> Option<AgentId> {
        match self.actor {
            Actor::Agent(agent) => Some(agent),
            _ => None,
        }
    }

    /// Segue itself.
    pub const fn system(workspace: WorkspaceId) -> Self {
        Self::new(workspace, Actor::System)
    }
}
