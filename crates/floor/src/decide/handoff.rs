//! The floor passes to people: ask, queue, offer, accept, take, requeue.

use segue_model::escalation::{DeclineReason, Offer, OfferEnd};
use segue_model::event::Event;
use segue_model::floor::{FloorCause, Holder};
use segue_model::id::{AgentId, OfferId, QueueKey};
use segue_model::time::Timestamp;
use segue_model::turn::TurnNumber;
use segue_model::verdict::{HandoffKind, Verdict};

use super::pen::Pen;
use super::reopen_if_closed;
use super::speak::record;
use crate::command::{Answer, Handoff, Rise, Say, Waiting};
use crate::decision::{Effect, Said};
use crate::refused::Refused;
use crate::state::{Escalation, Stage};

/// Hands over: obligation, notice and change of floor are one append.
pub(super) fn begin(pen: &mut Pen<'_>, handoff: Handoff, cause: FloorCause) -> Result<(), Refused> {
    let Handoff { request, notice } = handoff;
    pen.outdate_drafts();
    let since = pen.context.now;
    let to = waits_as(request.kind, request.queue.clone(), since);
    pen.add(Event::EscalationRequested(Box::new(request)));
    pen.say(notice)?;
    pen.floor(to, cause);
    pen.effect(Effect::Route);
    Ok(())
}

/// How it waits. What was handed over cold stays locked through every wait, so that
/// nobody gets back to the assistant by waiting twice.
pub(super) const fn waits_as(kind: HandoffKind, queue: QueueKey, since: Timestamp) -> Holder {
    match kind {
        HandoffKind::Cold => Holder::Locked { queue, since },
        HandoffKind::Warm | HandoffKind::Takeover => Holder::Queue { queue, kind, since },
    }
}

/// The customer or the assistant's developer asks for a person. Asking again
/// while one is on the way is no error and adds only what the assistant says of it.
pub(super) fn ask(
    pen: &mut Pen<'_>,
    handoff: Handoff,
    said_so_far: Option<Answer>,
    told: Option<String>,
) -> Result<Said, Refused> {
    reopen_if_closed(pen)?;
    if pen.now.holder.is_with_people() {
        explain(pen, told);
        return Ok(Said::Nothing);
    }
    pen.keep_what_was_said(said_so_far)?;
    begin(pen, handoff, FloorCause::Asked)?;
    explain(pen, told);
    Ok(Said::Nothing)
}

fn explain(pen: &mut Pen<'_>, told: Option<String>) {
    let open = pen.now.escalation.as_ref().map(|open| open.request.id);
    if let (Some(escalation), Some(told)) = (open, told) {
        let text = pen.text(told);
        pen.add(Event::HandoffExplained { escalation, text });
    }
}

fn waiting<'p>(pen: &'p Pen<'_>) -> Result<&'p Escalation, Refused> {
    if !pen.now.is_waiting() {
        return Err(Refused::NotWaiting);
    }
    pen.now.escalation.as_ref().ok_or(Refused::NoEscalation)
}

pub(super) fn make_offer(pen: &mut Pen<'_>, offer: Offer) -> Result<Said, Refused> {
    let open = waiting(pen)?;
    if open.offer.is_some() {
        return Err(Refused::AlreadyOffered);
    }
    let escalation = open.request.id;
    let agent = offer.agent;
    pen.add(Event::OfferMade { escalation, offer });
    pen.effect(Effect::ClaimSlot {
        agent,
        escalation,
        must_be_available: true,
    });
    Ok(Said::Nothing)
}

/// The open offer, if it is this one and this agent's.
fn open_offer(pen: &Pen<'_>, offer: OfferId, agent: AgentId) -> Result<Offer, Refused> {
    waiting(pen)?
        .offer
        .as_ref()
        .filter(|open| open.id == offer && open.agent == agent)
        .cloned()
        .ok_or(Refused::OfferGone)
}

pub(super) fn end_offer(pen: &mut Pen<'_>, end: OfferEnd, reason: Option<DeclineReason>) {
    let Some(open) = pen.now.escalation.as_ref() else {
        return;
    };
    let Some(offer) = open.offer.clone() else {
        return;
    };
    let escalation = open.request.id;
    pen.add(Event::OfferEnded {
        offer: offer.id,
        agent: offer.agent,
        end,
        reason,
    });
    if end != OfferEnd::Accepted {
        pen.effect(Effect::ReleaseSlot {
            agent: offer.agent,
            escalation,
        });
        pen.effect(Effect::Route);
    }
}

pub(super) fn decline(
    pen: &mut Pen<'_>,
    offer: OfferId,
    agent: AgentId,
    reason: DeclineReason,
    notice: Option<Say>,
) -> Result<Said, Refused> {
    open_offer(pen, offer, agent)?;
    end_offer(pen, OfferEnd::Declined, Some(reason));
    if let Some(notice) = notice {
        pen.say(notice)?;
    }
    Ok(Said::Nothing)
}

pub(super) fn accept(
    pen: &mut Pen<'_>,
    offer: OfferId,
    agent: AgentId,
    joined: Say,
) -> Result<Said, Refused> {
    let open = open_offer(pen, offer, agent)?;
    if open.expires_at <= pen.context.now {
        return Err(Refused::OfferGone);
    }
    end_offer(pen, OfferEnd::Accepted, None);
    grant(pen, agent, joined, FloorCause::Accepted)?;
    Ok(Said::Nothing)
}

/// Gives the floor to an agent who holds a slot for it.
fn grant(pen: &mut Pen<'_>, agent: AgentId, notice: Say, cause: FloorCause) -> Result<(), Refused> {
    let escalation = pen
        .now
        .escalation
        .as_ref()
        .ok_or(Refused::NoEscalation)?
        .request
        .id;
    pen.add(Event::EscalationAccepted { escalation, agent });
    pen.say(notice)?;
    pen.floor(Holder::Agent { agent }, cause);
    Ok(())
}

/// An agent takes the floor from whoever has it.
pub(super) fn take(
    pen: &mut Pen<'_>,
    agent: AgentId,
    handoff: Handoff,
    said_so_far: Option<Answer>,
) -> Result<Said, Refused> {
    if pen.now.holding_agent() == Some(agent) {
        return Ok(Said::Nothing);
    }
    if matches!(pen.now.holder, Holder::Closed { .. }) {
        return Err(Refused::Closed);
    }
    pen.keep_what_was_said(said_so_far)?;
    pen.outdate_drafts();
    let Handoff { request, notice } = handoff;
    let previous = pen.now.holding_agent();
    end_offer(pen, OfferEnd::Rescinded, None);
    let escalation = match &pen.now.escalation {
        Some(open) => open.request.id,
        None => {
            let id = request.id;
            pen.add(Event::EscalationRequested(Box::new(request)));
            id
        }
    };
    if let Some(previous) = previous {
        pen.effect(Effect::ReleaseSlot {
            agent: previous,
            escalation,
        });
    }
    pen.effect(Effect::ClaimSlot {
        agent,
        escalation,
        must_be_available: false,
    });
    grant(pen, agent, notice, FloorCause::Taken)?;
    Ok(Said::Nothing)
}

/// Returns the conversation to people: another queue, another person, or the same queue.
pub(super) fn requeue(
    pen: &mut Pen<'_>,
    agent: Option<AgentId>,
    to: Waiting,
    cause: FloorCause,
) -> Result<Said, Refused> {
    if let Some(agent) = agent {
        holds(pen, agent)?;
    } else if !pen.now.is_waiting() {
        return Err(Refused::NotWaiting);
    }
    let previous = pen.now.holding_agent();
    end_offer(pen, OfferEnd::Rescinded, None);
    let open = pen.now.escalation.as_ref().ok_or(Refused::NoEscalation)?;
    let (escalation, kind, since) = (open.request.id, open.request.kind, open.requested_at);
    if let Some(previous) = previous {
        pen.effect(Effect::ReleaseSlot {
            agent: previous,
            escalation,
        });
    }
    let Waiting {
        queue,
        preferred,
        announced_until,
        overflow_at,
        notice,
    } = to;
    pen.add(Event::EscalationQueued {
        escalation,
        queue: queue.clone(),
        preferred,
        announced_until,
        overflow_at,
    });
    pen.say(notice)?;
    // Age counts through a requeue: it waits since it was first asked for.
    pen.floor(waits_as(kind, queue, since), cause);
    pen.effect(Effect::Route);
    Ok(Said::Nothing)
}

/// The stakes rise while people have it. It is flagged with its trace; what waits and
/// has become security's is locked, whoever has it keeps it.
pub(super) fn rise(pen: &mut Pen<'_>, turn: TurnNumber, rise: Rise) -> Result<(), Refused> {
    let Some(open) = pen.now.escalation.as_ref() else {
        return Ok(());
    };
    let (escalation, since) = (open.request.id, open.requested_at);
    let priority = rise.priority.max(open.request.priority);
    let is_waiting = matches!(pen.now.holder, Holder::Queue { .. });
    let locks = rise.kind == HandoffKind::Cold && (!is_waiting || rise.lock.is_some());
    let kind = match (locks, open.request.kind) {
        (true, _) => HandoffKind::Cold,
        (false, kind) => kind,
    };
    let verdict = Verdict {
        is_flagged: true,
        ..rise.verdict
    };
    let rule = verdict.rule.clone();
    record(pen, turn, false, verdict);
    pen.add(Event::EscalationRaised {
        escalation,
        turn,
        rule,
        trigger: rise.trigger,
        kind,
        priority,
    });
    pen.effect(Effect::Route);
    let Some(lock) = rise.lock.filter(|_| locks && is_waiting) else {
        return Ok(());
    };
    // Whoever was being asked may not be one who may see it.
    end_offer(pen, OfferEnd::Rescinded, None);
    let queue = lock.queue.clone();
    pen.add(Event::EscalationQueued {
        escalation,
        queue: lock.queue,
        preferred: lock.preferred,
        announced_until: lock.announced_until,
        overflow_at: lock.overflow_at,
    });
    pen.say(lock.notice)?;
    pen.floor(waits_as(kind, queue, since), FloorCause::Verdict);
    Ok(())
}

/// Whether this agent has the floor.
pub(super) fn holds(pen: &Pen<'_>, agent: AgentId) -> Result<(), Refused> {
    if pen.now.holding_agent() == Some(agent) {
        return Ok(());
    }
    Err(match pen.now.holder {
        Holder::Closed { .. } => Refused::Closed,
        ref other => Refused::NotHolder {
            holder: other.word(),
        },
    })
}

/// Whether the escalation still waits to be offered.
pub(super) fn is_queued(escalation: &Escalation) -> bool {
    escalation.stage == Stage::Queued
}
