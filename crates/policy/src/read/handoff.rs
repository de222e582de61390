//! How a conversation goes to people: the keys of every escalating `then`.

use segue_model::escalation::{Priority, Trigger};
use segue_model::verdict::HandoffKind;

use super::cursor::{Cursor, Fields, Problems};
use super::{Names, localized, queue_key};
use crate::definition::{Handoff, Target};

/// The keys of a handoff.
pub(super) const KEYS: &[&str] = &[
    "kind",
    "queue",
    "to_account_manager",
    "trigger",
    "priority",
    "root_cause",
    "reason",
    "subject",
];

/// The two handoffs that no policy switches off; their words and queues are the policy's.
pub(super) fn always(
    at: &Cursor<'_>,
    names: &Names,
    problems: &mut Problems,
) -> Option<(Handoff, Handoff)> {
    let fields = at.fields(problems, &["opt_out", "unavailable"])?;
    let keys: Vec<&str> = KEYS
        .iter()
        .copied()
        .filter(|key| *key != "trigger")
        .collect();
    let mut read = |key, trigger| {
        let fields = fields.need(key, problems)?.fields(problems, &keys)?;
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
        None => fields
            .need("trigger", problems)
            .and_then(|it| it.word(problems)),
    };
    let root_cause = fields
        .need("root_cause", problems)
        .and_then(|it| it.word(problems));
    let reason = fields
        .need("reason", problems)
        .and_then(|it| localized(&it, names, problems));
    let subject = fields
        .get("subject")
        .map(|it| localized(&it, names, problems));
    let kind = fields
        .get("kind")
        .map_or(Some(HandoffKind::Warm), |it| it.word(problems));
    let priority = fields
        .get("priority")
        .map_or(Some(Priority::Normal), |it| it.word(problems));
    let is_to_account_manager = fields
        .get("to_account_manager")
        .map_or(Some(false), |it| it.flag(problems));
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
