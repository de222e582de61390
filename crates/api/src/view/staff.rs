//! Where a conversation stands, for staff.

use segue_engine::Ruleset;
use segue_floor::{Escalation, Stage, State};
use segue_model::escalation::{EscalationRequest, RootCause, Trigger};
use segue_model::event::Origin;
use segue_model::fact;
use segue_policy::definition::Action;
use segue_ports::directory::Agent;

use super::View;
use crate::wire::state::{
    CustomerCard, DeskPlace, OpenEscalation, OpenOffer, Opening, OriginWord, StaffDraft, StaffState,
};
use crate::wire::words::{self, AssistantKind, EscalationState};

/// The fact under which a developer's own name of a conversation is kept.
pub const EXTERNAL_ID: &str = "external_id";

impl View<'_> {
    /// The state, for a member of staff.
    pub fn staff_state(&self, me: &Agent) -> StaffState {
        let state = self.state;
        StaffState {
            version: state.version.0,
            epoch: state.epoch.0,
            floor: self.floor(),
            opening: self.opening(),
            customer: self.customer_card(),
            escalation: state
                .escalation
                .as_ref()
                .map(|open| self.escalation(open, me)),
            drafts: self.drafts(),
            is_flagged: state.is_flagged,
            has_contact: state.has_contact,
            hand_backs: state.hand_backs,
            open_question: state
                .last_customer_turn
                .filter(|_| state.has_open_question())
                .map(|turn| turn.0),
            has_customer_left: state.left_at.is_some(),
            allowed: self.allowed(me),
        }
    }

    fn opening(&self) -> Opening {
        let state = self.state;
        let opening = state.opening.as_deref();
        let (origin, source, imported) = match opening.map(|opening| &opening.origin) {
            Some(Origin::Imported {
                source,
                external_id,
            }) => (
                OriginWord::Imported,
                Some(source.clone()),
                Some(external_id.clone()),
            ),
            Some(Origin::Demo) => (OriginWord::Demo, None, None),
            Some(Origin::Live) | None => (OriginWord::Live, None, None),
        };
        let own = || state.facts.text(EXTERNAL_ID).map(str::to_owned);
        Opening {
            assistant: opening.map_or(AssistantKind::Builtin, |opening| opening.assistant.into()),
            origin,
            channel: opening
                .map(|opening| opening.channel.clone())
                .unwrap_or_default(),
            page: opening.and_then(|opening| opening.page.clone()),
            browser: opening.and_then(|opening| opening.browser.clone()),
            locale: opening.and_then(|opening| opening.locale.clone()),
            source,
            external_id: imported.or_else(own),
            desk: state.other_desk().map(|desk| DeskPlace {
                product: desk.product.clone(),
                link: desk.link.clone(),
            }),
            opened_at: state.opened_at.into(),
        }
    }

    fn customer_card(&self) -> CustomerCard {
        let facts = &self.state.facts;
        if self.is_redacted() {
            let facts = std::collections::BTreeMap::new();
            return CustomerCard {
                name: self.customer_name(),
                email: None,
                facts,
            };
        }
        CustomerCard {
            name: self.customer_name(),
            email: facts.text(fact::name::EMAIL).map(str::to_owned),
            facts: facts
                .known
                .iter()
                .map(|(name, value)| (name.clone(), value.into()))
                .collect(),
        }
    }

    fn escalation(&self, open: &Escalation, me: &Agent) -> OpenEscalation {
        let request = &open.request;
        let offer = open.offer.as_ref().map(|offer| OpenOffer {
            id: offer.id,
            agent: self.person(offer.agent),
            expires_at: offer.expires_at.into(),
        });
        OpenEscalation {
            id: request.id,
            state: match open.stage {
                Stage::Queued | Stage::Offered => EscalationState::Queued,
                Stage::Accepted => EscalationState::Accepted,
                Stage::Expired => EscalationState::Expired,
            },
            queue: open.queue.to_string(),
            queue_name: self.queue_name(&open.queue),
            kind: request.kind.into(),
            trigger: request.trigger.into(),
            rule: request.rule.0.to_string(),
            reason: reason_of(&self.rules, request, None),
            requested_at: open.requested_at.into(),
            announced_until: open.announced_until.map(Into::into),
            due_at: open.due_at.map(Into::into),
            suggested_root_cause: request.suggested_root_cause.map(Into::into),
            root_causes: self.offered_root_causes(request.suggested_root_cause),
            offer,
            accepted_by: open.accepted.map(|(agent, _)| self.person(agent)),
            packet_read: open.packet_read_by.contains(&me.id),
        }
    }

    /// What the policy offers, all of them where it offers none; what the trace suggests is
    /// always among them.
    fn offered_root_causes(&self, suggested: Option<RootCause>) -> Vec<words::RootCause> {
        let offered = &self.rules.policy().definition().root_causes;
        let offered = match offered.is_empty() {
            true => RootCause::ALL,
            false => offered,
        };
        let missing = suggested.filter(|cause| !offered.contains(cause));
        offered
            .iter()
            .copied()
            .chain(missing)
            .map(Into::into)
            .collect()
    }

    fn drafts(&self) -> Vec<StaffDraft> {
        let state = self.state;
        if state.drafts.is_empty() {
            return Vec::new();
        }
        let active = self.desk.active();
        let known = active.get(&self.conversation);
        let draft = |open: &segue_floor::state::OpenDraft| {
            let kept = known.and_then(|known| known.drafts.iter().find(|kept| kept.id == open.id));
            StaffDraft {
                draft_id: open.id,
                text: kept.map(|kept| self.words(&kept.text)).unwrap_or_default(),
                in_reply_to: open.in_reply_to.0,
                at: state.last_customer_at.into(),
                confidence: kept.and_then(|kept| kept.confidence),
                is_current: is_current(state, open),
            }
        };
        state.drafts.iter().map(draft).collect()
    }
}

/// Whether the customer has not written since the draft was made (I15).
pub(super) fn is_current(state: &State, draft: &segue_floor::state::OpenDraft) -> bool {
    Some(draft.in_reply_to) == state.last_customer_turn
}

/// Why an escalation was asked for, as a sentence in the policy's words for the customer;
/// empty where no rule of the policy in force says it.
pub(super) fn reason_of(
    rules: &Ruleset,
    request: &EscalationRequest,
    locale: Option<&str>,
) -> String {
    let policy = rules.policy();
    let definition = policy.definition();
    let of_rule = definition.rules.iter().find(|rule| rule.id == request.rule);
    let handoff = match (of_rule.and_then(|rule| rule.then.as_ref()), request.trigger) {
        (Some(Action::Escalate(handoff)), _) => handoff,
        (_, Trigger::OptOut) => &definition.opt_out,
        (_, Trigger::Fallback) => &definition.fallback.handoff,
        (_, Trigger::Unavailable | Trigger::ToolFailure) => &definition.unavailable,
        // No rule of the file: a topic that is never the assistant's.
        (None, Trigger::HighStakes) => match &definition.autonomy.none {
            Some(handoff) => handoff,
            None => return String::new(),
        },
        _ => return String::new(),
    };
    policy.reason_alone(&handoff.reason, locale)
}
