//! What happens when nobody does anything in time. A timer that rings for
//! something that is over is refused, so ringing twice does no harm.

use segue_model::escalation::OfferEnd;
use segue_model::event::Event;
use segue_model::floor::{ClosedOutcome, FloorCause, Holder};
use segue_model::time::Timestamp;

use super::handoff;
use super::pen::Pen;
use crate::command::{Answer, Handoff, Say};
use crate::deadline;
use crate::decision::{Effect, Said};
use crate::refused::Refused;

/// The assistant has not answered: a person comes, never a raw error (F44).
pub(super) fn assistant_silent(
    pen: &mut Pen<'_>,
    handoff: Handoff,
    said_so_far: Option<Answer>,
) -> Result<Said, Refused> {
    let is_due = pen
        .now
        .awaited
        .is_some_and(|awaited| awaited.deadline <= pen.context.now);
    if !is_due || pen.now.holder.is_with_people() {
        return Err(Refused::NotDue);
    }
    pen.keep_what_was_said(said_so_far)?;
    handoff::begin(pen, handoff, FloorCause::AssistantSilent)?;
    Ok(Said::Nothing)
}

pub(super) fn offer_timed_out(pen: &mut Pen<'_>, notice: Option<Say>) -> Result<Said, Refused> {
    let is_due = pen
        .now
        .escalation
        .as_ref()
        .and_then(|open| open.offer.as_ref())
        .is_some_and(|offer| offer.expires_at <= pen.context.now);
    if !is_due {
        return Err(Refused::NotDue);
    }
    handoff::end_offer(pen, OfferEnd::TimedOut, None);
    if let Some(notice) = notice {
        pen.say(notice)?;
    }
    Ok(Said::Nothing)
}

/// The wait grew: said once, with a choice.
pub(super) fn wait_passed(pen: &mut Pen<'_>, notice: Say) -> Result<Said, Refused> {
    let now = pen.context.now;
    let open = pen.now.escalation.as_ref().ok_or(Refused::NotDue)?;
    let is_due = pen.now.is_waiting()
        && handoff::is_queued(open)
        && !open.is_extended
        && open.due_at.is_none()
        && open.announced_until.is_some_and(|until| until <= now);
    if !is_due {
        return Err(Refused::NotDue);
    }
    let escalation = open.request.id;
    pen.add(Event::WaitExtended { escalation });
    pen.say(notice)?;
    Ok(Said::Nothing)
}

/// Nobody came: the customer is told, the obligation stays with a due time.
pub(super) fn expire(pen: &mut Pen<'_>, notice: Say, due_at: Timestamp) -> Result<Said, Refused> {
    let open = pen.now.escalation.as_ref().ok_or(Refused::NotDue)?;
    let is_due = pen.now.is_waiting()
        && handoff::is_queued(open)
        && open.due_at.is_none()
        && open.overflow_at <= pen.context.now;
    if !is_due {
        return Err(Refused::NotDue);
    }
    let escalation = open.request.id;
    pen.add(Event::EscalationExpired { escalation, due_at });
    pen.say(notice)?;
    Ok(Said::Nothing)
}

/// Nobody wrapped up what the customer had ended: it ends without a root cause, and the
/// agent's slot is free.
pub(super) fn wrap_up_passed(pen: &mut Pen<'_>) -> Result<Said, Refused> {
    let at = deadline::wrap_up(&pen.now).ok_or(Refused::NotDue)?;
    let agent = pen.now.holding_agent().ok_or(Refused::NotDue)?;
    let open = pen.now.escalation.as_ref().ok_or(Refused::NotDue)?;
    if at > pen.context.now {
        return Err(Refused::NotDue);
    }
    let escalation = open.request.id;
    pen.add(Event::EscalationAbandoned { escalation });
    pen.effect(Effect::ReleaseSlot { agent, escalation });
    let outcome = ClosedOutcome::EndedByCustomer;
    pen.floor(Holder::Closed { outcome }, FloorCause::Closed);
    pen.effect(Effect::Route);
    Ok(Said::Nothing)
}

pub(super) fn go_idle(pen: &mut Pen<'_>, notice: Say) -> Result<Said, Refused> {
    let is_free = matches!(pen.now.holder, Holder::Assistant | Holder::Review { .. });
    // The customer may have written since the timer was read.
    let is_owed = pen.now.awaited.is_some() || !pen.now.drafts.is_empty();
    if !is_free || is_owed {
        return Err(Refused::NotDue);
    }
    let outcome = if pen.now.is_confirmed {
        ClosedOutcome::ConfirmedByCustomer
    } else {
        ClosedOutcome::Idle
    };
    pen.say(notice)?;
    pen.floor(Holder::Closed { outcome }, FloorCause::Closed);
    Ok(Said::Nothing)
}
