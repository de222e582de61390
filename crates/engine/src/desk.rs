//! What the moment of a handoff depends on besides the conversation.

use segue_model::id::AgentId;
use segue_model::time::Timestamp;
use segue_routing::world::World;

/// The workspace at one moment.
#[derive(Debug, Clone, Copy)]
pub struct Situation<'a> {
    /// The time.
    pub now: Timestamp,
    /// Who is there and what waits.
    pub world: &'a World,
    /// The company's name, as customers read it.
    pub company: &'a str,
    /// The agents by sign-in name, for account managers.
    pub agents: &'a [(String, AgentId)],
}

impl Situation<'_> {
    /// The agent of this e-mail address.
    pub fn agent_of(&self, email: &str) -> Option<AgentId> {
        let is_theirs = |known: &&(String, AgentId)| known.0.eq_ignore_ascii_case(email);
        self.agents.iter().find(is_theirs).map(|(_, agent)| *agent)
    }

    /// An agent's name.
    pub fn name_of(&self, agent: AgentId) -> Option<&str> {
        let found = self.world.agents.iter().find(|known| known.agent == agent);
        found.map(|known| known.name.as_str())
    }
}
