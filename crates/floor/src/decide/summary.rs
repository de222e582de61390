//! A model's version of the packet, attached beside it.

use segue_model::event::Event;
use segue_model::id::EscalationId;
use segue_model::turn::TurnNumber;

use super::checked;
use super::pen::Pen;
use crate::decision::Said;
use crate::refused::Refused;

/// The longest name of a model that is kept, in characters.
const MODEL_CHARS_MAX: usize = 100;

/// Attaches it, unless the handoff is over or a version is there that knows as much.
/// It moves no floor and asks for nothing (F22).
pub(super) fn attach(
    pen: &mut Pen<'_>,
    (escalation, through): (EscalationId, TurnNumber),
    text: String,
    model: String,
) -> Result<Said, Refused> {
    checked(&text)?;
    let open = pen.now.escalation.as_ref();
    let open = open
        .filter(|open| open.request.id == escalation)
        .ok_or(Refused::NoEscalation)?;
    let is_known = open
        .summarized_through
        .is_some_and(|known| known >= through);
    if is_known || through.0 > pen.now.turns {
        return Err(Refused::SummaryOutdated);
    }
    let text = pen.text(text);
    Ok(pen.just(Event::SummaryAttached {
        escalation,
        text,
        through,
        model: model.chars().take(MODEL_CHARS_MAX).collect(),
    }))
}
