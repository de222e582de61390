//! People of another desk, as people here: each has a row, so that their words carry
//! their name and figures count them. They cannot sign in and are offered nothing.

use segue_model::id::{AgentId, WorkspaceId};
use segue_ports::desk::DeskPerson;
use segue_ports::directory::{Agent, Role};
use uuid::Uuid;

use crate::failure::Failure;
use crate::identity::people::is_name;
use crate::service::Service;

/// How many conversations a person of another desk may have at once, as far as we go:
/// how much is too much is that desk's to say.
const CAPACITY: u32 = 500;

impl Service {
    /// The row of a person of a desk; made if they are new. Without a name it is the
    /// desk's own, for what nobody is named for.
    pub(super) async fn person_of_desk(
        &self,
        workspace: WorkspaceId,
        desk: (&str, &str),
        person: Option<&DeskPerson>,
    ) -> Result<AgentId, Failure> {
        let (name, product) = desk;
        let whose = person.map_or("", |person| person.id.as_str());
        let place = format!("{workspace}/desk/{name}/{whose}");
        let id = AgentId::new(Uuid::new_v5(&Uuid::NAMESPACE_OID, place.as_bytes()));
        if self.desk(workspace)?.agent(id).is_some() {
            return Ok(id);
        }
        let shown = person.map(|person| person.name.trim());
        let agent = Agent {
            id,
            email: format!("{}@{name}.desk.invalid", id.uuid().simple()),
            name: shown
                .filter(|name| is_name(name))
                .unwrap_or(product)
                .to_owned(),
            role: Role::Agent,
            password: None,
            skills: Vec::new(),
            queues: Vec::new(),
            capacity: CAPACITY,
            is_active: false,
            created_at: self.now(),
        };
        // Two messages at once may both find them new; the second finds the first.
        self.store().create_agent(workspace, agent).await?;
        self.read_agents(workspace).await?;
        Ok(id)
    }
}
