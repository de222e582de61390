//! What somebody may do with a conversation now: dry reasoning on state and
//! role with the same rules that the floor and the role table apply. The page
//! shows it and never computes it. It is advice: the request itself is judged
//! again where it is done.

use segue_floor::{Escalation, State};
use segue_model::event::DeskThread;
use segue_model::floor::Holder;
use segue_model::id::AgentId;
use segue_ports::directory::Agent;
use segue_service::Desk;
use segue_service::identity::access::{self, Action};

use super::View;
use super::staff::is_current;
use crate::wire::state::{Allowed, Permit};

/// The actions of a conversation, as `allowed` names them.
pub const ACTIONS: &[&str] = &[
    "reply",
    "note",
    "take",
    "read_packet",
    "requeue",
    "transfer",
    "hand_back",
    "resolve",
    "release_draft",
    "reject_draft",
    "end_review",
    "clear_flag",
];

/// What an agent may do at all, by the name of each action of the role table.
pub fn general(agent: &Agent) -> Allowed {
    let names = [
        ("read_conversation", Action::ReadConversation),
        ("serve", Action::Serve),
        ("take", Action::Take),
        ("reassign", Action::Reassign),
        ("review_drafts", Action::ReviewDrafts),
        ("clear_flag", Action::ClearFlag),
        ("read_figures", Action::ReadFigures),
        ("propose_policy", Action::ProposePolicy),
        ("grade_answers", Action::GradeAnswers),
        ("edit_policy", Action::EditPolicy),
        ("schedule_reports", Action::ScheduleReports),
        ("edit_knowledge", Action::EditKnowledge),
        ("manage_agents", Action::ManageAgents),
        ("manage_keys", Action::ManageKeys),
        ("read_audit", Action::ReadAudit),
    ];
    names
        .into_iter()
        .map(|(name, action)| (name, role_permit(agent, action)))
        .collect()
}

fn role_permit(agent: &Agent, action: Action) -> Permit {
    match access::authorize(agent, action) {
        Ok(()) => Permit::yes(),
        Err(failure) => Permit::no(failure.code(), failure.to_string()),
    }
}

/// How many slots an agent has taken, pending offers included.
pub fn load_of(desk: &Desk, agent: AgentId) -> u32 {
    let is_theirs = |state: &State| {
        let offered = state
            .escalation
            .as_ref()
            .and_then(|open| open.offer.as_ref());
        state.holding_agent() == Some(agent) || offered.is_some_and(|offer| offer.agent == agent)
    };
    let active = desk.active();
    let count = active
        .values()
        .filter(|known| is_theirs(&known.state))
        .count();
    u32::try_from(count).unwrap_or(u32::MAX)
}

impl View<'_> {
    pub(super) fn allowed(&self, me: &Agent) -> Allowed {
        let serve = role_permit(me, Action::Serve);
        let and = |role: &Permit, state: Permit| if role.is_yes() { state } else { role.clone() };
        let review = role_permit(me, Action::ReviewDrafts);
        let flag = role_permit(me, Action::ClearFlag);
        let read = role_permit(me, Action::ReadConversation);
        let may_reassign = access::may(me.role, Action::Reassign);
        let take = and(&role_permit(me, Action::Take), self.take(me, may_reassign));
        if let Some(desk) = self.state.other_desk() {
            let here = [
                ("note", serve),
                ("release_draft", and(&review, self.draft(true))),
                ("reject_draft", and(&review, self.draft(false))),
                ("end_review", and(&review, self.in_review())),
                ("clear_flag", and(&flag, self.flagged())),
            ];
            return at_other_desk(desk, &here);
        }
        [
            ("reply", and(&serve, self.reply(me, &take))),
            ("note", serve.clone()),
            ("read_packet", and(&read, self.read_packet(me))),
            ("requeue", and(&serve, self.holds(me))),
            ("transfer", and(&serve, self.transfer(me, may_reassign))),
            ("hand_back", and(&serve, self.hand_back(me))),
            ("resolve", and(&serve, self.holds(me))),
            ("release_draft", and(&review, self.draft(true))),
            ("reject_draft", and(&review, self.draft(false))),
            ("end_review", and(&review, self.in_review())),
            ("clear_flag", and(&flag, self.flagged())),
            ("take", take),
        ]
        .into_iter()
        .collect()
    }

    /// Replying where no agent has the floor takes it; where another has it, it is refused.
    fn reply(&self, me: &Agent, take: &Permit) -> Permit {
        match self.state.holder {
            Holder::Agent { agent } if agent == me.id => Permit::yes(),
            Holder::Agent { agent } => self.held_by(agent),
            _ => take.clone(),
        }
    }

    fn take(&self, me: &Agent, may_reassign: bool) -> Permit {
        match self.state.holder {
            Holder::Closed { .. } => closed(),
            Holder::Agent { agent } if agent == me.id => {
                Permit::no("already_yours", "You have this conversation already.")
            }
            Holder::Agent { agent } if !may_reassign => self.held_by(agent),
            _ => self.with_room(me),
        }
    }

    fn with_room(&self, me: &Agent) -> Permit {
        let offer = self
            .state
            .escalation
            .as_ref()
            .and_then(|open| open.offer.as_ref());
        let has_slot = offer.is_some_and(|offer| offer.agent == me.id);
        if !has_slot && load_of(self.desk, me.id) >= me.capacity {
            return Permit::no("capacity_full", "All your slots are taken.");
        }
        Permit::yes()
    }

    fn held_by(&self, agent: AgentId) -> Permit {
        let name = self.person(agent).name;
        Permit::no("not_floor_holder", format!("{name} has this conversation."))
    }

    fn holds(&self, me: &Agent) -> Permit {
        match self.state.holder {
            Holder::Agent { agent } if agent == me.id => Permit::yes(),
            Holder::Agent { agent } => self.held_by(agent),
            Holder::Closed { .. } => closed(),
            _ => Permit::no("not_floor_holder", "Take the conversation first."),
        }
    }

    fn transfer(&self, me: &Agent, may_reassign: bool) -> Permit {
        if self.state.is_waiting() && may_reassign {
            Permit::yes()
        } else {
            self.holds(me)
        }
    }

    fn hand_back(&self, me: &Agent) -> Permit {
        let held = self.holds(me);
        if !held.is_yes() {
            held
        } else if !self.state.may_pass_to_assistant() {
            let reason = "It stays with people until the customer writes again.";
            Permit::no("alternated_too_often", reason)
        } else if self.state.hand_backs >= self.rules.policy().hand_backs_max() {
            Permit::no(
                "handed_back_too_often",
                "It was handed back as often as it may be.",
            )
        } else {
            Permit::yes()
        }
    }

    /// Whoever begins says that they have read. Others may look at the packet as
    /// long as they like; their reading says nothing about what the one who answers
    /// knows, and would count as if it did.
    fn read_packet(&self, me: &Agent) -> Permit {
        if self.is_redacted() {
            return Permit::no("forbidden", "Analysts read conversations redacted.");
        }
        match self.state.escalation {
            Some(Escalation { .. }) => self.holds(me),
            None => Permit::no("no_escalation", "Nobody has asked for a person."),
        }
    }

    fn draft(&self, must_be_current: bool) -> Permit {
        let state = self.state;
        let is_reviewed = matches!(state.holder, Holder::Review { .. });
        if !is_reviewed || state.drafts.is_empty() {
            return Permit::no("draft_gone", "No draft waits here.");
        }
        if must_be_current && !state.drafts.iter().any(|draft| is_current(state, draft)) {
            return Permit::no("draft_outdated", "The customer has written since.");
        }
        Permit::yes()
    }

    fn in_review(&self) -> Permit {
        match self.state.holder {
            Holder::Review { .. } => Permit::yes(),
            Holder::Closed { .. } => closed(),
            _ => Permit::no("not_floor_holder", "Drafts are not reviewed here."),
        }
    }

    fn flagged(&self) -> Permit {
        if self.state.is_flagged {
            return Permit::yes();
        }
        Permit::no("not_flagged", "Nothing is flagged here.")
    }
}

fn closed() -> Permit {
    Permit::no("conversation_closed", "The conversation has ended.")
}

/// People read along, leave notes and release drafts, which that desk does not know;
/// whatever else the customer would notice is done there.
fn at_other_desk(desk: &DeskThread, here: &[(&'static str, Permit)]) -> Allowed {
    let reason = format!(
        "{} has this conversation: it is answered there.",
        desk.product
    );
    let permit = |name: &&'static str| {
        let known = here.iter().find(|(known, _)| known == name);
        let there = || Permit::no("at_other_desk", reason.clone());
        (
            *name,
            known.map_or_else(there, |(_, permit)| permit.clone()),
        )
    };
    ACTIONS.iter().map(permit).collect()
}
