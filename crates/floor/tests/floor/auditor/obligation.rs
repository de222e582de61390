//! The books on escalations, offers and the slots they hold.

use std::collections::BTreeSet;

use segue_floor::{Decision, Effect, State};
use segue_model::escalation::OfferEnd;
use segue_model::event::Event;
use segue_model::floor::Holder;
use segue_model::id::EscalationId;
use segue_model::verdict::HandoffKind;

use super::{Auditor, Obligation, Verdict, Walk};

impl Auditor {
    pub(super) fn ended(&mut self, id: EscalationId) -> Verdict {
        let Some(open) = self.obligation.take() else {
            return Err(format!("{id} is not open"));
        };
        must!(open.id == id, "{id} ended and {} was open", open.id);
        must!(open.offer.is_none(), "I6: {id} ended with an open offer");
        Ok(())
    }

    pub(super) fn escalation(&mut self, event: &Event) -> Verdict {
        if let Event::EscalationRequested(request) = event {
            must!(self.obligation.is_none(), "two obligations at once");
            must!(
                self.past.insert(request.id),
                "{} was requested twice",
                request.id
            );
            self.obligation = Some(Obligation {
                id: request.id,
                is_cold: request.kind == HandoffKind::Cold,
                is_put_off: request.due_at.is_some(),
                offer: None,
                accepted: 0,
            });
            return Ok(());
        }
        let is_waiting = matches!(self.holder, Holder::Queue { .. } | Holder::Locked { .. });
        let Some(open) = self.obligation.as_mut() else {
            return match event {
                Event::OfferMade { .. }
                | Event::OfferEnded { .. }
                | Event::EscalationQueued { .. }
                | Event::EscalationAccepted { .. }
                | Event::EscalationExpired { .. } => Err(format!("{event:?} of nothing")),
                _ => Ok(()),
            };
        };
        match event {
            Event::OfferMade { offer, .. } => {
                must!(open.offer.is_none(), "I6: two offers at once");
                must!(is_waiting, "an offer of what does not wait");
                open.offer = Some((offer.id, offer.agent));
            }
            Event::OfferEnded {
                offer, agent, end, ..
            } => {
                must!(
                    open.offer.take() == Some((*offer, *agent)),
                    "I6: {offer} is not open"
                );
                open.accepted += u32::from(*end == OfferEnd::Accepted);
                must!(open.accepted <= 1, "I6: two offers were accepted");
            }
            Event::EscalationQueued { .. } => open.accepted = 0,
            Event::EscalationRaised { kind, .. } => {
                let is_cold = *kind == HandoffKind::Cold;
                must!(!open.is_cold || is_cold, "a lock was opened by raising it");
                open.is_cold = is_cold;
                open.is_put_off &= !is_cold;
            }
            Event::EscalationAccepted { .. } => {
                must!(open.offer.is_none(), "I6: granted with an open offer");
                open.is_put_off = false;
            }
            Event::EscalationExpired { .. } => {
                must!(open.offer.is_none(), "I6: put off while it is offered");
                open.is_put_off = true;
            }
            Event::EscalationAbandoned { escalation } => {
                must!(!open.is_cold, "a customer called off a cold handoff");
                must!(
                    !open.is_put_off,
                    "a promise was dropped because the customer left"
                );
                return self.ended(*escalation);
            }
            Event::EscalationWithdrawn { escalation }
            | Event::EscalationResolved { escalation, .. } => return self.ended(*escalation),
            _ => {}
        }
        Ok(())
    }

    /// Slots: claimed once, released once, held exactly by whom is asked or has the floor.
    pub(super) fn effects(
        &mut self,
        decision: &Decision,
        walk: &Walk<'_>,
        after: &State,
    ) -> Verdict {
        for effect in &decision.effects {
            match effect {
                Effect::ClaimSlot {
                    agent, escalation, ..
                } => {
                    let is_new = self.slots.insert((*agent, *escalation));
                    must!(is_new, "I7: {agent} holds two slots for {escalation}");
                }
                Effect::ReleaseSlot { agent, escalation } => {
                    let was_held = self.slots.remove(&(*agent, *escalation));
                    must!(was_held, "I7: {agent} holds no slot for {escalation}");
                }
                Effect::AskAssistant { turn, .. } => {
                    let awaited = after.awaited.map(|awaited| awaited.turn);
                    must!(
                        awaited == Some(*turn),
                        "asked for {turn:?}, awaited {awaited:?}"
                    );
                    must!(after.is_builtin(), "an external assistant was asked");
                }
                Effect::CancelStream | Effect::Route => {}
            }
        }
        let holder = match (&self.obligation, &self.holder) {
            (Some(open), Holder::Agent { agent }) => Some((*agent, open.id)),
            (Some(open), _) => open.offer.map(|(_, agent)| (agent, open.id)),
            (None, _) => None,
        };
        let expected: BTreeSet<_> = holder.into_iter().collect();
        must!(
            self.slots == expected,
            "I7: slots {:?}, expected {expected:?}",
            self.slots
        );
        let is_cancelled = decision.effects.contains(&Effect::CancelStream);
        must!(
            !walk.has_floor_changed || is_cancelled,
            "the floor passed and the stream goes on"
        );
        let has_begun_to_wait = walk.has_floor_changed && after.is_waiting();
        let is_routed = decision.effects.contains(&Effect::Route);
        must!(
            !has_begun_to_wait || is_routed,
            "it waits and nobody is looked for"
        );
        Ok(())
    }
}
