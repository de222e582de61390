//! What the customer can do besides writing: wait no longer, leave an address,
//! confirm, end, rate.

use segue_model::escalation::OfferEnd;
use segue_model::event::{Event, RatedPart};
use segue_model::floor::{ClosedOutcome, FloorCause, Holder};
use segue_model::limits::SHORT_TEXT_BYTES_MAX;
use segue_model::time::Timestamp;
use segue_model::turn::TurnNumber;
use segue_model::words::is_blank;

use super::pen::Pen;
use super::{checked, handoff};
use crate::command::Say;
use crate::decision::{Effect, Said};
use crate::refused::Refused;
use crate::state::Escalation;

/// Back to the assistant at the customer's own wish, while they wait.
pub(super) fn withdraw(pen: &mut Pen<'_>, notice: Say) -> Result<Said, Refused> {
    if !matches!(pen.now.holder, Holder::Queue { .. }) {
        return Err(Refused::NotWaiting);
    }
    if !pen.now.may_pass_to_assistant() {
        return Err(Refused::AlternatedTooOften);
    }
    handoff::end_offer(pen, OfferEnd::Rescinded, None);
    let escalation = pen
        .now
        .escalation
        .as_ref()
        .ok_or(Refused::NoEscalation)?
        .request
        .id;
    pen.add(Event::EscalationWithdrawn { escalation });
    pen.say(notice)?;
    pen.floor(Holder::Assistant, FloorCause::Asked);
    Ok(Said::Nothing)
}

/// An address instead of a wait: the obligation stays, with a due time.
pub(super) fn leave_contact(
    pen: &mut Pen<'_>,
    address: String,
    notice: Say,
    due_at: Timestamp,
) -> Result<Said, Refused> {
    checked(&address)?;
    if address.len() > SHORT_TEXT_BYTES_MAX {
        return Err(Refused::TextTooLong {
            bytes: address.len(),
            max: SHORT_TEXT_BYTES_MAX,
        });
    }
    if !pen.now.is_waiting() {
        return Err(Refused::NotWaiting);
    }
    handoff::end_offer(pen, OfferEnd::Rescinded, None);
    let escalation = pen
        .now
        .escalation
        .as_ref()
        .ok_or(Refused::NoEscalation)?
        .request
        .id;
    let text = pen.text(address);
    pen.add(Event::ContactLeft { text });
    pen.add(Event::EscalationExpired { escalation, due_at });
    pen.say(notice)?;
    pen.effect(Effect::Route);
    Ok(Said::Nothing)
}

pub(super) fn confirm(pen: &mut Pen<'_>, turn: TurnNumber, helped: bool) -> Result<Said, Refused> {
    if turn.0 == 0 || turn.0 > pen.now.turns || !pen.now.has_assistant_part {
        return Err(Refused::NothingToRate);
    }
    Ok(pen.just(Event::AnswerConfirmed { turn, helped }))
}

/// The customer ends it. An agent who has it wraps it up. What they leave waiting counts
/// as abandoned, unless it outlives them: then they are told, and people keep the floor.
pub(super) fn end(pen: &mut Pen<'_>, notice: Say) -> Result<Said, Refused> {
    if matches!(pen.now.holder, Holder::Closed { .. }) || pen.now.left_at.is_some() {
        return Err(Refused::Closed);
    }
    if pen.now.holding_agent().is_some() {
        // Root cause and disposition are still to be said, so the agent keeps the floor
        // and the slot: wrapping up is work. A timer bounds it.
        pen.say(notice)?;
        return Ok(pen.just(Event::CustomerLeft));
    }
    if pen
        .now
        .escalation
        .as_ref()
        .is_some_and(Escalation::outlives_customer)
    {
        pen.say(notice)?;
        return Ok(Said::Nothing);
    }
    let outcome = match pen.now.holder {
        Holder::Assistant | Holder::Review { .. } if pen.now.is_confirmed => {
            ClosedOutcome::ConfirmedByCustomer
        }
        _ => ClosedOutcome::EndedByCustomer,
    };
    handoff::end_offer(pen, OfferEnd::Rescinded, None);
    pen.outdate_drafts();
    if let Some(open) = &pen.now.escalation {
        let escalation = open.request.id;
        pen.add(Event::EscalationAbandoned { escalation });
    }
    pen.say(notice)?;
    pen.floor(Holder::Closed { outcome }, FloorCause::Closed);
    pen.effect(Effect::Route);
    Ok(Said::Nothing)
}

pub(super) fn rate(
    pen: &mut Pen<'_>,
    part: RatedPart,
    score: u8,
    text: Option<String>,
) -> Result<Said, Refused> {
    let took_part = match part {
        RatedPart::Assistant => pen.now.has_assistant_part,
        RatedPart::Agent => pen.now.has_agent_part,
    };
    if !took_part || !(1..=5).contains(&score) || pen.now.rated.contains(&part) {
        return Err(Refused::NothingToRate);
    }
    let text = match text.filter(|text| !is_blank(text)) {
        Some(text) => {
            checked(&text)?;
            Some(pen.text(text))
        }
        None => None,
    };
    Ok(pen.just(Event::Rated { part, score, text }))
}
