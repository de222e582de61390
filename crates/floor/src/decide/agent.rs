//! What an agent does with the floor: speak, note, read, hand back, resolve.

use segue_model::escalation::{Disposition, RootCause};
use segue_model::event::{Event, Origin};
use segue_model::floor::{ClosedOutcome, Epoch, FloorCause, Holder};
use segue_model::id::{AgentId, EscalationId};
use segue_model::limits::HAND_BACKS_MAX;
use segue_model::time::Timestamp;
use segue_model::turn::Author;

use super::pen::Pen;
use super::speak::await_answer;
use super::{checked, handoff};
use crate::command::{Answer, Handoff, Say};
use crate::decision::{Effect, Said};
use crate::refused::Refused;

/// An agent's words. Where no agent has the floor, replying takes it (F5);
/// where another agent has it, the words are refused and stay with the writer.
pub(super) fn speak(
    pen: &mut Pen<'_>,
    agent: AgentId,
    epoch: Epoch,
    text: String,
    take: Handoff,
    said_so_far: Option<Answer>,
) -> Result<Said, Refused> {
    checked(&text)?;
    if epoch != pen.now.epoch {
        return Err(Refused::StaleEpoch {
            given: epoch,
            actual: pen.now.epoch,
        });
    }
    match pen.now.holding_agent() {
        Some(holder) if holder == agent => {}
        Some(_) => return Err(Refused::NotHolder { holder: "agent" }),
        None => {
            handoff::take(pen, agent, take, said_so_far)?;
        }
    }
    pen.turn(Author::Agent { agent }, text).map(Said::Turn)
}

pub(super) fn note(pen: &mut Pen<'_>, agent: AgentId, text: String) -> Result<Said, Refused> {
    checked(&text)?;
    let text = pen.text(text);
    Ok(pen.just(Event::NoteAdded { agent, text }))
}

/// An answer is judged. It says nothing to the customer and moves nothing, so it is done in
/// any state; an imported conversation has answers of somebody else's assistant.
pub(super) fn grade(pen: &mut Pen<'_>, graded: Event) -> Result<Said, Refused> {
    let Event::AnswerGraded {
        turn,
        text,
        score,
        by_chance,
        ..
    } = &graded
    else {
        return Err(Refused::NothingToRate);
    };
    let is_imported = pen
        .now
        .opening
        .as_ref()
        .is_none_or(|opening| matches!(opening.origin, Origin::Imported { .. }));
    let is_known = (1..=pen.now.turns).contains(&turn.0) && (1..=pen.now.texts).contains(&text.0);
    let is_sound = (0.0..=1.0).contains(score) && *by_chance > 0.0 && *by_chance <= 1.0;
    if is_imported || !is_known || !is_sound {
        return Err(Refused::NothingToRate);
    }
    Ok(pen.just(graded))
}

/// The packet was read; the first time opens the composer.
pub(super) fn read_packet(
    pen: &mut Pen<'_>,
    agent: AgentId,
    dwell_ms: u64,
) -> Result<Said, Refused> {
    let escalation = pen
        .now
        .escalation
        .as_ref()
        .ok_or(Refused::NoEscalation)?
        .request
        .id;
    Ok(pen.just(Event::PacketRead {
        escalation,
        agent,
        dwell_ms,
    }))
}

pub(super) struct HandBack {
    pub agent: AgentId,
    pub line: Say,
    pub brief: String,
    pub root_cause: RootCause,
    pub active_ms: u64,
    pub assistant_could: Option<bool>,
    pub is_answer_owed: bool,
    pub answer_by: Timestamp,
}

/// Back to the assistant, with a line to the customer and a brief. Refused when
/// the floor has gone to and fro often enough: then it stays with people (F41).
pub(super) fn hand_back(pen: &mut Pen<'_>, command: HandBack) -> Result<Said, Refused> {
    handoff::holds(pen, command.agent)?;
    checked(&command.brief)?;
    if !pen.now.may_pass_to_assistant() {
        return Err(Refused::AlternatedTooOften);
    }
    // INVARIANT: no policy allows more than the floor does (I16).
    if pen.now.hand_backs >= pen.context.hand_backs_max.min(HAND_BACKS_MAX) {
        return Err(Refused::HandedBackTooOften);
    }
    let escalation = pen
        .now
        .escalation
        .as_ref()
        .ok_or(Refused::NoEscalation)?
        .request
        .id;
    let open_question = pen
        .now
        .last_customer_turn
        .filter(|_| command.is_answer_owed && pen.now.has_open_question());
    let brief = pen.text(command.brief);
    pen.add(Event::HandedBack {
        escalation,
        agent: command.agent,
        brief,
        root_cause: command.root_cause,
        active_ms: command.active_ms,
        is_answered: !command.is_answer_owed && pen.now.has_open_question(),
    });
    judge(pen, escalation, command.agent, command.assistant_could);
    pen.effect(Effect::ReleaseSlot {
        agent: command.agent,
        escalation,
    });
    pen.say(command.line)?;
    pen.floor(Holder::Assistant, FloorCause::HandedBack);
    if let Some(turn) = open_question {
        // The assistant owes an answer at once, or a person comes again (F42).
        await_answer(pen, turn, command.answer_by, false);
    }
    pen.effect(Effect::Route);
    Ok(Said::Nothing)
}

pub(super) fn resolve(
    pen: &mut Pen<'_>,
    agent: AgentId,
    (root_cause, disposition, active_ms): (RootCause, Disposition, u64),
    assistant_could: Option<bool>,
    notice: Say,
) -> Result<Said, Refused> {
    handoff::holds(pen, agent)?;
    let escalation = pen
        .now
        .escalation
        .as_ref()
        .ok_or(Refused::NoEscalation)?
        .request
        .id;
    pen.add(Event::EscalationResolved {
        escalation,
        agent,
        root_cause,
        disposition,
        active_ms,
    });
    judge(pen, escalation, agent, assistant_could);
    pen.effect(Effect::ReleaseSlot { agent, escalation });
    // Whoever has ended it themselves has read that it is closed.
    if pen.now.left_at.is_none() {
        pen.say(notice)?;
    }
    let outcome = match disposition {
        Disposition::FollowUp => ClosedOutcome::FollowUp,
        Disposition::CustomerLeft => ClosedOutcome::EndedByCustomer,
        Disposition::Solved | Disposition::NotForUs | Disposition::NoAction => {
            ClosedOutcome::ResolvedByAgent
        }
    };
    pen.floor(Holder::Closed { outcome }, FloorCause::Closed);
    // A slot has become free.
    pen.effect(Effect::Route);
    Ok(Said::Nothing)
}

/// What the agent says of the handoff itself, where they say it.
fn judge(
    pen: &mut Pen<'_>,
    escalation: EscalationId,
    agent: AgentId,
    assistant_could: Option<bool>,
) {
    if let Some(assistant_could) = assistant_could {
        pen.add(Event::HandoffJudged {
            escalation,
            agent,
            assistant_could,
        });
    }
}
