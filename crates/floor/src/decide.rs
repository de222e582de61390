//! A command against a state: events and effects, or a refusal.

mod agent;
mod customer;
mod draft;
mod handoff;
mod pen;
mod speak;
mod summary;
mod timer;

use segue_model::event::Event;
use segue_model::floor::{FloorCause, Holder};
use segue_model::id::DraftId;
use segue_model::limits::{REOPEN_WINDOW_HOURS, TURN_TEXT_BYTES_MAX, TURNS_MAX};
use segue_model::time::{Span, Timestamp};
use segue_model::turn::Author;
use segue_model::words::is_blank;

use crate::command::{Command, Say};
use crate::decision::{Decision, Said};
use crate::refused::Refused;
use crate::state::State;
use pen::Pen;

/// What the caller brings from outside: the time, and identities that may be used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Context {
    /// The time of the append.
    pub now: Timestamp,
    /// The identity of a draft, should one be staged.
    pub draft: DraftId,
    /// How many hand-backs the policy allows in one conversation; never more than
    /// [`segue_model::limits::HAND_BACKS_MAX`].
    pub hand_backs_max: u32,
}

/// Decides one command.
///
/// # Errors
/// A [`Refused`] that says why nothing changes.
pub fn decide(state: &State, command: Command, context: &Context) -> Result<Decision, Refused> {
    let mut pen = Pen::new(state, *context);
    if let Command::Open { opening, welcome } = command {
        return open(pen, opening, welcome);
    }
    if state.opening.is_none() {
        return Err(Refused::Unknown);
    }
    let said = match command {
        Command::Open { .. } => Said::Nothing,
        Command::CustomerTurn {
            text,
            verdict,
            rise,
            handoff,
            review_notice,
            said_so_far,
            answer_by,
        } => {
            let turn = speak::Customer {
                text,
                verdict,
                rise,
                handoff,
                review_notice,
                said_so_far,
                answer_by,
            };
            speak::customer(&mut pen, turn)?
        }
        Command::Recall { turns } => speak::recall(&mut pen, turns)?,
        Command::AssistantTurn(answer) => speak::assistant(&mut pen, *answer)?,
        Command::AnswerGoesOn {
            epoch,
            in_reply_to,
            deadline,
        } => speak::goes_on(&mut pen, epoch, in_reply_to, deadline)?,
        Command::AskForPerson {
            handoff,
            said_so_far,
            told,
        } => handoff::ask(&mut pen, *handoff, said_so_far, told)?,
        Command::Withdraw { notice } => customer::withdraw(&mut pen, notice)?,
        Command::LeaveContact {
            address,
            notice,
            due_at,
        } => customer::leave_contact(&mut pen, address, notice, due_at)?,
        Command::ConfirmAnswer { turn, helped } => customer::confirm(&mut pen, turn, helped)?,
        Command::End { notice } => customer::end(&mut pen, notice)?,
        Command::Rate { part, score, text } => customer::rate(&mut pen, part, score, text)?,
        Command::MakeOffer(offer) => handoff::make_offer(&mut pen, offer)?,
        Command::DeclineOffer {
            offer,
            agent,
            reason,
            notice,
        } => handoff::decline(&mut pen, offer, agent, reason, notice)?,
        Command::AcceptOffer {
            offer,
            agent,
            joined,
        } => handoff::accept(&mut pen, offer, agent, joined)?,
        Command::Take {
            agent,
            handoff,
            said_so_far,
        } => handoff::take(&mut pen, agent, *handoff, said_so_far)?,
        Command::AgentTurn {
            agent,
            epoch,
            text,
            handoff,
            said_so_far,
        } => agent::speak(&mut pen, agent, epoch, text, *handoff, said_so_far)?,
        Command::AddNote { agent, text } => agent::note(&mut pen, agent, text)?,
        Command::ReadPacket { agent, dwell_ms } => agent::read_packet(&mut pen, agent, dwell_ms)?,
        Command::Requeue { agent, to, cause } => handoff::requeue(&mut pen, agent, *to, cause)?,
        Command::HandBack {
            agent,
            line,
            brief,
            root_cause,
            active_ms,
            assistant_could,
            is_answer_owed,
            answer_by,
        } => {
            let back = agent::HandBack {
                agent,
                line,
                brief,
                root_cause,
                active_ms,
                assistant_could,
                is_answer_owed,
                answer_by,
            };
            agent::hand_back(&mut pen, back)?
        }
        Command::Resolve {
            agent,
            root_cause,
            disposition,
            active_ms,
            assistant_could,
            notice,
        } => agent::resolve(
            &mut pen,
            agent,
            (root_cause, disposition, active_ms),
            assistant_could,
            notice,
        )?,
        Command::ReleaseDraft {
            draft,
            agent,
            edited,
            text,
        } => draft::release(&mut pen, draft, agent, edited, text)?,
        Command::RejectDraft { draft, agent } => draft::reject(&mut pen, draft, agent)?,
        Command::EndReview { agent } => draft::end_review(&mut pen, agent)?,
        Command::LearnFacts(facts) => pen.just(Event::FactsLearned { facts }),
        Command::GrantKey(key) if state.granted.contains(&key) => Said::Nothing,
        Command::GrantKey(key) => pen.just(Event::KeyGranted { key }),
        Command::AttachSummary {
            escalation,
            text,
            through,
            model,
        } => summary::attach(&mut pen, (escalation, through), text, model)?,
        Command::ClearFlag { agent } => pen.just(Event::FlagCleared { agent }),
        Command::GradeAnswer {
            agent,
            turn,
            text,
            grade,
            was_shown,
            score,
            by_chance,
        } => agent::grade(
            &mut pen,
            Event::AnswerGraded {
                turn,
                text,
                by: agent,
                grade,
                was_shown,
                score,
                by_chance,
            },
        )?,
        Command::AssistantSilent {
            handoff,
            said_so_far,
        } => timer::assistant_silent(&mut pen, *handoff, said_so_far)?,
        Command::OfferTimedOut { notice } => timer::offer_timed_out(&mut pen, notice)?,
        Command::WaitPassed { notice } => timer::wait_passed(&mut pen, notice)?,
        Command::Expire { notice, due_at } => timer::expire(&mut pen, notice, due_at)?,
        Command::WrapUpPassed => timer::wrap_up_passed(&mut pen)?,
        Command::GoIdle { notice } => timer::go_idle(&mut pen, notice)?,
    };
    Ok(pen.finish(said))
}

fn open(
    mut pen: Pen<'_>,
    opening: Box<segue_model::event::Opening>,
    welcome: Option<Say>,
) -> Result<Decision, Refused> {
    if pen.before.opening.is_some() {
        return Err(Refused::Exists);
    }
    pen.add(Event::ConversationOpened(opening));
    if let Some(welcome) = welcome {
        pen.say(welcome)?;
    }
    Ok(pen.finish(Said::Nothing))
}

/// A text that somebody says: something to see, and not too long.
fn checked(text: &str) -> Result<(), Refused> {
    if is_blank(text) {
        return Err(Refused::EmptyText);
    }
    if text.len() > TURN_TEXT_BYTES_MAX {
        return Err(Refused::TextTooLong {
            bytes: text.len(),
            max: TURN_TEXT_BYTES_MAX,
        });
    }
    Ok(())
}

/// A closed conversation reopens within its window, back to where it ended:
/// with people if they still owe something, else with the assistant.
fn reopen_if_closed(pen: &mut Pen<'_>) -> Result<(), Refused> {
    let Holder::Closed { .. } = pen.now.holder else {
        return Ok(());
    };
    let closed_at = pen.now.closed_at.unwrap_or(pen.now.last_at);
    if pen.context.now > closed_at + Span::hours(REOPEN_WINDOW_HOURS) {
        return Err(Refused::ReopenWindowPassed);
    }
    let to = match &pen.now.escalation {
        Some(open) => handoff::waits_as(open.request.kind, open.queue.clone(), open.requested_at),
        None => Holder::Assistant,
    };
    let is_waiting = to.is_with_people();
    pen.floor(to, FloorCause::Reopened);
    if is_waiting {
        pen.effect(crate::Effect::Route);
    }
    Ok(())
}

fn has_room_for_a_turn(state: &State, author: &Author) -> Result<(), Refused> {
    // System notices are exempt, so that a full conversation can still be handed over.
    if state.turns >= TURNS_MAX && !matches!(author, Author::System { .. }) {
        return Err(Refused::TooManyTurns);
    }
    Ok(())
}
