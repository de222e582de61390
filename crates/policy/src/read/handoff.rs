//! How a conversation goes to people: the keys of every escalating `then`.

use segue_model::escalation::Trigger;

use super::cursor::{Cursor, Fields, Problems};
use super::{Names, localized, queue_key};
use crate::definition::{Handoff, Target};
use crate::grammar;

/// The two handoffs that no policy switches off; their words and queues are the policy's.
pub(super) fn always(
    at: &Cursor<'_>,
    names: &Names,
    problems: &mut Problems,
) -> Option<(Handoff, Handoff)> {
    let fields = at.fields(problems, grammar::always())?;
    let mut read = |key, trigger| {
        let fields = fields
            .need(key, problems)?
            .fields(problems, grammar::handoff())?;
        handoff(&fields, Some(trigger), names, problems)
    };
    let opt_out = read("opt_out", Trigger::OptOut);
    let unavailable = read("unavailable", Trigger::Unavailable);
    Some((opt_out?, unavailable?))
}

/// Reads a handoff; the trigger is read too unless it is fixed.
pub(super) fn handoff(
    fields: &Fields<'_>,
    trigger: Option<Trigger>,
    names: &Names,
    problems: &mut Problems,
) -> Option<Handoff> {
    let queue = fields
        .need("queue", problems)
        .and_then(|it| target(&it, names, problems));
    let trigger = match trigger {
        Some(trigger) => Some(trigger),
        None => fields.word("trigger", problems),
    };
    let root_cause = fields.word("root_cause", problems);
    let reason = fields
        .need("reason", problems)
        .and_then(|it| localized(&it, names, problems));
    let subject = fields
        .get("subject")
        .map(|it| localized(&it, names, problems));
    let kind = fields.word("kind", problems);
    let priority = fields.word("priority", problems);
    let is_to_account_manager = fields.flag("to_account_manager", problems);
    Some(Handoff {
        kind: kind?,
        queue: queue?,
        is_to_account_manager: is_to_account_manager?,
        trigger: trigger?,
        priority: priority?,
        root_cause: root_cause?,
        reason: reason?,
        subject: match subject {
            Some(read) => Some(read?),
            None => None,
        },
    })
}

/// A queue that exists, or `by_topic`.
pub(super) fn target(at: &Cursor<'_>, names: &Names, problems: &mut Problems) -> Option<Target> {
    if at.raw_text() == Some("by_topic") {
        return Some(Target::ByTopic);
    }
    queue_key(at, names, problems).map(Target::Queue)
}
