//! The customer and the assistant take turns.

use segue_model::event::{Event, SuppressedReason};
use segue_model::floor::{Epoch, FloorCause, Holder};
use segue_model::time::{Span, Timestamp};
use segue_model::turn::{AnswerScores, Author, TurnNumber};
use segue_model::verdict::{FallBackStep, Outcome, Verdict};

use super::pen::Pen;
use super::{checked, handoff, reopen_if_closed};
use crate::command::{Answer, Handoff, Recalled, Rise, Say};
use crate::decision::{Effect, Said};
use crate::refused::Refused;

/// How long a draft may wait for its release.
const DRAFT_WAIT: Span = Span::minutes(5);

pub(super) struct Customer {
    pub text: String,
    pub verdict: Option<Verdict>,
    pub rise: Option<Box<Rise>>,
    pub handoff: Option<Box<Handoff>>,
    pub review_notice: Option<Say>,
    pub said_so_far: Option<Answer>,
    pub answer_by: Timestamp,
}

/// The past of a conversation that has none here. It is written as it was, under the
/// floor as it is, and asks for nothing.
pub(super) fn recall(pen: &mut Pen<'_>, turns: Vec<Recalled>) -> Result<Said, Refused> {
    if pen.now.turns > 0 {
        return Ok(Said::Nothing);
    }
    for turn in turns {
        let author = if turn.is_customers {
            Author::Customer
        } else {
            Author::Assistant
        };
        let in_reply_to = pen.now.last_customer_turn.filter(|_| !turn.is_customers);
        let scores = AnswerScores::default();
        pen.turn_with(author, turn.text, in_reply_to, scores, false)?;
    }
    Ok(Said::Nothing)
}

/// A customer's turn is never refused for want of the floor: whoever holds it, it is heard.
pub(super) fn customer(pen: &mut Pen<'_>, command: Customer) -> Result<Said, Refused> {
    checked(&command.text)?;
    reopen_if_closed(pen)?;
    pen.keep_what_was_said(command.said_so_far)?;
    pen.outdate_drafts();
    let turn = pen.turn(Author::Customer, command.text)?;
    if matches!(pen.now.holder, Holder::Assistant | Holder::Review { .. }) {
        // SAFETY NET: a turn that nobody judged is still owed an answer, or a person.
        let outcome = command
            .verdict
            .as_ref()
            .map_or(Outcome::Continue, |v| v.outcome.clone());
        if let Some(verdict) = command.verdict {
            record(pen, turn, false, verdict);
        }
        follow(
            pen,
            turn,
            outcome,
            command.handoff,
            command.review_notice,
            command.answer_by,
        )?;
    } else if let Some(rise) = command.rise {
        handoff::rise(pen, turn, *rise)?;
    }
    Ok(Said::Turn(turn))
}

fn follow(
    pen: &mut Pen<'_>,
    turn: TurnNumber,
    outcome: Outcome,
    handoff: Option<Box<Handoff>>,
    review_notice: Option<Say>,
    answer_by: Timestamp,
) -> Result<(), Refused> {
    match outcome {
        Outcome::Escalate { .. } => escalate(pen, Some(turn), handoff),
        Outcome::Review { queue } => {
            if matches!(pen.now.holder, Holder::Assistant) {
                if let Some(notice) = review_notice {
                    pen.say(notice)?;
                }
                pen.floor(Holder::Review { queue }, FloorCause::Verdict);
            }
            await_answer(pen, turn, answer_by, false);
            Ok(())
        }
        Outcome::Continue | Outcome::FallBack { .. } => {
            await_answer(pen, turn, answer_by, false);
            Ok(())
        }
    }
}

fn escalate(
    pen: &mut Pen<'_>,
    turn: Option<TurnNumber>,
    handoff: Option<Box<Handoff>>,
) -> Result<(), Refused> {
    if let Some(handoff) = handoff {
        return handoff::begin(pen, *handoff, FloorCause::Verdict);
    }
    // SAFETY NET: without a prepared handoff nothing is said and nothing is lost; the
    // answer is overdue at once, and the timer brings the person.
    if let Some(turn) = turn {
        let deadline = pen.context.now;
        pen.add(Event::AnswerAwaited {
            turn,
            deadline,
            is_widened: false,
        });
    }
    Ok(())
}

pub(super) fn await_answer(
    pen: &mut Pen<'_>,
    turn: TurnNumber,
    deadline: Timestamp,
    is_widened: bool,
) {
    pen.add(Event::AnswerAwaited {
        turn,
        deadline,
        is_widened,
    });
    if pen.now.is_assistant_asked() {
        pen.effect(Effect::AskAssistant { turn, is_widened });
    }
}

pub(super) fn record(pen: &mut Pen<'_>, turn: TurnNumber, on_answer: bool, verdict: Verdict) {
    let is_flagged = verdict.is_flagged;
    pen.add(Event::VerdictReached {
        turn,
        on_answer,
        verdict,
    });
    if is_flagged && !pen.now.is_flagged {
        pen.add(Event::FlaggedForReview { turn });
    }
}

/// The assistant's turn: fenced by the epoch it was made under, judged before
/// the customer sees it.
pub(super) fn assistant(pen: &mut Pen<'_>, mut answer: Answer) -> Result<Said, Refused> {
    checked(&answer.text)?;
    let has_floor = matches!(pen.now.holder, Holder::Assistant | Holder::Review { .. });
    if answer.epoch != pen.now.epoch || !has_floor {
        suppress(pen, answer, SuppressedReason::FloorLost);
        return Ok(Said::FloorLost);
    }
    let latest = pen.now.last_customer_turn;
    // A turn that is not there cannot be answered; then the latest is meant.
    answer.in_reply_to = answer
        .in_reply_to
        .filter(|turn| Some(*turn) <= latest)
        .or(latest);
    if !answer.is_more && pen.now.is_answered(answer.in_reply_to) {
        return Err(Refused::AlreadyAnswered);
    }
    let is_review = matches!(pen.now.holder, Holder::Review { .. });
    if is_review && answer.in_reply_to != latest {
        return Err(Refused::DraftOutdated);
    }
    let Some(verdict) = answer.verdict.take() else {
        return speak_or_stage(pen, answer);
    };
    let outcome = verdict.outcome.clone();
    if let Some(turn) = answer.in_reply_to {
        record(pen, turn, true, verdict);
    }
    judged(pen, answer, outcome)
}

fn judged(pen: &mut Pen<'_>, mut answer: Answer, outcome: Outcome) -> Result<Said, Refused> {
    let latest = pen.now.last_customer_turn;
    let shown = answer.shown.take().filter(|shown| !shown.trim().is_empty());
    match outcome {
        Outcome::Escalate { .. } => {
            let handoff = answer.handoff.take();
            keep_shown(pen, &answer, shown)?;
            suppress(pen, answer, SuppressedReason::BelowBand);
            escalate(pen, latest, handoff)?;
            Ok(Said::BelowBand)
        }
        // What was seen cannot be unsaid: only a person can still follow on it.
        _ if shown.is_some() => speak_or_stage(pen, answer),
        // An assistant that says itself that it has no answer is heard: that is the fallback.
        Outcome::FallBack { step } if !answer.scores.is_fallback => fall_back(pen, answer, step),
        Outcome::Review { queue } if matches!(pen.now.holder, Holder::Assistant) => {
            if answer.in_reply_to != latest {
                return Err(Refused::DraftOutdated);
            }
            if latest.is_some() {
                pen.floor(Holder::Review { queue }, FloorCause::Verdict);
            }
            speak_or_stage(pen, answer)
        }
        _ => speak_or_stage(pen, answer),
    }
}

/// What the customer has seen of an answer that is withheld stays in its place.
fn keep_shown(pen: &mut Pen<'_>, answer: &Answer, shown: Option<String>) -> Result<(), Refused> {
    if pen.now.is_answered(answer.in_reply_to) && !answer.is_more {
        return Ok(());
    }
    pen.keep_what_was_said(shown.map(|text| Answer {
        text,
        ..answer.clone()
    }))
}

/// The assistant is heard of while it answers: it gets more time, and nobody else does.
pub(super) fn goes_on(
    pen: &mut Pen<'_>,
    given: Epoch,
    turn: TurnNumber,
    deadline: Timestamp,
) -> Result<Said, Refused> {
    let actual = pen.now.epoch;
    if given != actual {
        return Err(Refused::StaleEpoch { given, actual });
    }
    let awaited = pen.now.awaited.filter(|awaited| awaited.turn == turn);
    let awaited = awaited.ok_or(Refused::AlreadyAnswered)?;
    if deadline <= awaited.deadline {
        return Ok(Said::Nothing);
    }
    Ok(pen.just(Event::AnswerAwaited {
        turn,
        deadline,
        is_widened: awaited.is_widened,
    }))
}

fn fall_back(pen: &mut Pen<'_>, mut answer: Answer, step: FallBackStep) -> Result<Said, Refused> {
    let Answer {
        in_reply_to,
        deadline,
        ..
    } = answer;
    let is_outdated = in_reply_to != pen.now.last_customer_turn;
    if is_outdated || pen.now.is_answered(in_reply_to) {
        // Nothing is owed to this turn, so nothing takes this text's place.
        suppress(pen, answer, SuppressedReason::BelowBand);
        return Ok(Said::BelowBand);
    }
    let is_widened = pen.now.awaited.is_some_and(|awaited| awaited.is_widened);
    let question = answer.clarify.take().map(|text| Answer {
        scores: AnswerScores {
            is_fallback: true,
            ..answer.scores.clone()
        },
        text,
        ..answer.clone()
    });
    suppress(pen, answer, SuppressedReason::BelowBand);
    match (step, in_reply_to, question) {
        (FallBackStep::Widen, Some(turn), _) if pen.now.is_builtin() && !is_widened => {
            await_answer(pen, turn, deadline, true);
            Ok(Said::BelowBand)
        }
        (_, _, Some(question)) => speak_or_stage(pen, question),
        // An external assistant is told, and asks its own question. The built-in one has
        // nothing better, so it is not asked again: the deadline brings a person.
        (_, Some(turn), None) => {
            pen.add(Event::AnswerAwaited {
                turn,
                deadline,
                is_widened,
            });
            Ok(Said::BelowBand)
        }
        (_, None, None) => Ok(Said::BelowBand),
    }
}

fn speak_or_stage(pen: &mut Pen<'_>, answer: Answer) -> Result<Said, Refused> {
    let Answer {
        text,
        in_reply_to,
        scores,
        is_cut,
        ..
    } = answer;
    let Holder::Review { .. } = pen.now.holder else {
        return pen
            .turn_with(Author::Assistant, text, in_reply_to, scores, is_cut)
            .map(Said::Turn);
    };
    // A draft answers a customer turn; before the first one there is nothing to review.
    let Some(in_reply_to) = in_reply_to else {
        return Err(Refused::NotHolder { holder: "review" });
    };
    pen.outdate_drafts();
    let draft = pen.context.draft;
    let text = pen.text(text);
    pen.add(Event::DraftStaged {
        draft,
        text,
        in_reply_to,
        scores,
    });
    // The customer waits for the release as for an answer: without one in time a
    // person comes, instead of a draft that lies forgotten.
    let deadline = pen.context.now + DRAFT_WAIT;
    pen.add(Event::AnswerAwaited {
        turn: in_reply_to,
        deadline,
        is_widened: false,
    });
    Ok(Said::Draft(draft))
}

fn suppress(pen: &mut Pen<'_>, answer: Answer, reason: SuppressedReason) {
    let Answer { epoch, scores, .. } = answer;
    let text = pen.text(answer.text);
    pen.add(Event::TurnSuppressed {
        text,
        epoch,
        reason,
        scores,
    });
}
