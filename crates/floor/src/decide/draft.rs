//! Drafts that a person releases (hybrid).

use segue_model::event::Event;
use segue_model::floor::{FloorCause, Holder};
use segue_model::id::{AgentId, DraftId};
use segue_model::time::Span;
use segue_model::turn::{AnswerScores, Author};

use super::pen::Pen;
use super::speak::await_answer;
use crate::decision::Said;
use crate::refused::Refused;
use crate::state::OpenDraft;

/// Within what time a customer turn is answered whose draft came to nothing; then a
/// person comes (F42).
const ANSWER_AFTER_REVIEW: Span = Span::seconds(30);

fn open(pen: &Pen<'_>, draft: DraftId) -> Result<OpenDraft, Refused> {
    if !matches!(pen.now.holder, Holder::Review { .. }) {
        return Err(Refused::DraftGone);
    }
    pen.now
        .drafts
        .iter()
        .find(|open| open.id == draft)
        .copied()
        .ok_or(Refused::DraftGone)
}

/// Sends a draft, as it is or edited; only if it answers the customer's latest turn (I15).
pub(super) fn release(
    pen: &mut Pen<'_>,
    draft: DraftId,
    agent: AgentId,
    edited: Option<String>,
    text: String,
) -> Result<Said, Refused> {
    let open = open(pen, draft)?;
    if Some(open.in_reply_to) != pen.now.last_customer_turn {
        return Err(Refused::DraftOutdated);
    }
    let is_edited = edited.as_ref().is_some_and(|edited| *edited != text);
    let words = edited.unwrap_or(text);
    pen.add(Event::DraftReleased {
        draft,
        agent,
        is_edited,
    });
    let author = Author::Draft {
        draft,
        agent,
        is_edited,
    };
    pen.turn_with(
        author,
        words,
        Some(open.in_reply_to),
        AnswerScores::default(),
        false,
    )
    .map(Said::Turn)
}

pub(super) fn reject(pen: &mut Pen<'_>, draft: DraftId, agent: AgentId) -> Result<Said, Refused> {
    let open = open(pen, draft)?;
    pen.add(Event::DraftRejected { draft, agent });
    // The assistant is not asked for the same again; but if neither it nor the agent
    // comes with something else, a person is called.
    let deadline = pen.context.now + ANSWER_AFTER_REVIEW;
    pen.add(Event::AnswerAwaited {
        turn: open.in_reply_to,
        deadline,
        is_widened: false,
    });
    Ok(Said::Nothing)
}

/// The assistant answers by itself again.
pub(super) fn end_review(pen: &mut Pen<'_>, _agent: AgentId) -> Result<Said, Refused> {
    if !matches!(pen.now.holder, Holder::Review { .. }) {
        return Err(Refused::NotHolder {
            holder: pen.now.holder.word(),
        });
    }
    let open_question = pen
        .now
        .last_customer_turn
        .filter(|_| pen.now.has_open_question());
    pen.outdate_drafts();
    pen.floor(Holder::Assistant, FloorCause::HandedBack);
    if let Some(turn) = open_question {
        await_answer(pen, turn, pen.context.now + ANSWER_AFTER_REVIEW, false);
    }
    Ok(Said::Nothing)
}
