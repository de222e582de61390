//! How topics go to people that are not the assistant's alone.

use segue_model::escalation::Trigger;

use super::cursor::{Cursor, Fields, Problems};
use super::{Names, handoff, localized};
use crate::definition::{Autonomy, AutonomyWays, Review, Topic};
use crate::grammar;
use crate::problem::ProblemCode;

/// Reads the ways; each that a topic needs must be there.
pub(super) fn autonomy(
    fields: &Fields<'_>,
    topics: Option<&[Topic]>,
    names: &Names,
    problems: &mut Problems,
) -> Option<AutonomyWays> {
    let mut ways = AutonomyWays::default();
    let mut is_whole = true;
    if let Some(at) = fields.get("autonomy") {
        let inner = at.fields(problems, grammar::autonomy())?;
        if let Some(none) = inner.get("none") {
            ways.none = none
                .fields(problems, grammar::handoff())
                .and_then(|it| handoff::handoff(&it, Some(Trigger::HighStakes), names, problems));
            is_whole &= ways.none.is_some();
        }
        if let Some(draft) = inner.get("draft") {
            ways.draft = review_at(&draft, names, problems);
            is_whole &= ways.draft.is_some();
        }
    }
    let root = fields.cursor();
    if !is_whole {
        return None;
    }
    for topic in topics.unwrap_or_default() {
        let missing = match topic.autonomy {
            Autonomy::None if ways.none.is_none() => "none",
            Autonomy::Draft if ways.draft.is_none() => "draft",
            _ => continue,
        };
        let at = root.child("topics").and_then(|it| it.child(&topic.key.0));
        let message = format!("`autonomy: {missing}` needs a way to people");
        let example = grammar::autonomy()
            .entry(missing)
            .map_or("", |entry| entry.example);
        at.as_ref()
            .unwrap_or(root)
            .problem(problems, ProblemCode::MissingKey, message)
            .hint(format!(
                "at the top of the file `autonomy: {{{missing}: {example}}}`"
            ));
        is_whole = false;
    }
    is_whole.then_some(ways)
}

/// A map that says only who releases drafts.
fn review_at(at: &Cursor<'_>, names: &Names, problems: &mut Problems) -> Option<Review> {
    let fields = at.fields(problems, grammar::draft())?;
    review(&fields, names, problems)
}

/// Who releases drafts, and why.
pub(super) fn review(
    fields: &Fields<'_>,
    names: &Names,
    problems: &mut Problems,
) -> Option<Review> {
    let queue = fields
        .need("queue", problems)
        .and_then(|it| handoff::target(&it, names, problems));
    let reason = fields
        .need("reason", problems)
        .and_then(|it| localized(&it, names, problems));
    Some(Review {
        queue: queue?,
        reason: reason?,
    })
}
