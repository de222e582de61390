//! What a role may do: one table, deny by default (S-13).

use segue_model::escalation::Offer;
use segue_model::floor::Holder;
use segue_ports::directory::{Agent, Role};

use crate::failure::Failure;

/// Something a person in the console may want to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Action {
    /// Read conversations, packets, queues.
    ReadConversation,
    /// Speak to customers, add notes, accept offers, hand back, resolve.
    Serve,
    /// Take a conversation that waits or that the assistant has.
    Take,
    /// Take a conversation from another agent, move what waits.
    Reassign,
    /// Release or reject drafts.
    ReviewDrafts,
    /// Look through flagged conversations and clear the flag.
    ClearFlag,
    /// Read figures.
    ReadFigures,
    /// Write a policy for others to put in force.
    ProposePolicy,
    /// Judge what the assistant answered.
    GradeAnswers,
    /// Put a policy, queue, wording in force.
    EditPolicy,
    /// Teach the assistant: publish articles and its instructions.
    EditKnowledge,
    /// Say when the weekly report is sent, and to whom.
    ScheduleReports,
    /// Invite and change agents.
    ManageAgents,
    /// Make and revoke keys, import customers.
    ManageKeys,
    /// Read the audit trail.
    ReadAudit,
}

impl Action {
    /// All actions, for the table and its test.
    pub const ALL: &'static [Action] = &[
        Action::ReadConversation,
        Action::Serve,
        Action::Take,
        Action::Reassign,
        Action::ReviewDrafts,
        Action::ClearFlag,
        Action::ReadFigures,
        Action::ProposePolicy,
        Action::GradeAnswers,
        Action::EditPolicy,
        Action::EditKnowledge,
        Action::ScheduleReports,
        Action::ManageAgents,
        Action::ManageKeys,
        Action::ReadAudit,
    ];

    /// What it is called in the answer that refuses it.
    pub const fn words(self) -> &'static str {
        match self {
            Self::ReadConversation => "read conversations",
            Self::Serve => "talk with customers",
            Self::Take => "take conversations",
            Self::Reassign => "reassign conversations",
            Self::ReviewDrafts => "review drafts",
            Self::ClearFlag => "clear flags",
            Self::ReadFigures => "read figures",
            Self::ProposePolicy => "propose policies",
            Self::GradeAnswers => "judge the assistant's answers",
            Self::EditPolicy => "edit policies, queues and wording",
            Self::EditKnowledge => "publish articles and instructions",
            Self::ScheduleReports => "schedule reports",
            Self::ManageAgents => "manage agents",
            Self::ManageKeys => "manage keys and customers",
            Self::ReadAudit => "read the audit trail",
        }
    }
}

/// Whether a role may do something.
pub const fn may(role: Role, action: Action) -> bool {
    match action {
        Action::ReadConversation | Action::ReadFigures => true,
        Action::Serve | Action::Take | Action::ReviewDrafts => !matches!(role, Role::Analyst),
        Action::Reassign
        | Action::ClearFlag
        | Action::GradeAnswers
        | Action::ProposePolicy
        | Action::EditKnowledge
        | Action::ScheduleReports => {
            matches!(role, Role::Owner | Role::Admin | Role::Supervisor)
        }
        Action::EditPolicy | Action::ManageAgents | Action::ManageKeys => {
            matches!(role, Role::Owner | Role::Admin)
        }
        Action::ReadAudit => matches!(role, Role::Owner | Role::Admin | Role::Analyst),
    }
}

/// Whether an agent may do something.
///
/// # Errors
/// [`Failure::Forbidden`] with what they may not do.
pub fn authorize(agent: &Agent, action: Action) -> Result<(), Failure> {
    if agent.is_active && may(agent.role, action) {
        return Ok(());
    }
    Err(Failure::Forbidden(action.words()))
}

/// Whether an agent may give another this role: nobody makes somebody mightier
/// than themselves, and only an owner makes an owner.
pub fn may_grant(by: &Agent, role: Role) -> bool {
    may(by.role, Action::ManageAgents) && by.role <= role
}

/// Whether an agent may see this conversation (S-39): those who reassign and those
/// without queues see all. The others see what they hold or are asked to take,
/// what their queues hold, what they or their queues dealt with last, and what the
/// assistant still has and nobody has dealt with, because they may take it.
pub fn may_see(agent: &Agent, state: &segue_floor::State) -> bool {
    if !matches!(agent.role, Role::Agent) || agent.queues.is_empty() {
        return true;
    }
    if state.holding_agent() == Some(agent.id) {
        return true;
    }
    match (&state.escalation, &state.served) {
        (Some(open), _) => {
            let is_asked = |offer: &Offer| offer.agent == agent.id;
            open.offer.as_ref().is_some_and(is_asked)
                || open.preferred.contains(&agent.id)
                || agent.queues.contains(&open.queue)
        }
        (None, Some(served)) => served.agent == agent.id || agent.queues.contains(&served.queue),
        (None, None) => !matches!(state.holder, Holder::Closed { .. }),
    }
}
