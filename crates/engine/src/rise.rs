//! What a customer's turn makes of an escalation that people deal with already.

use segue_floor::{Rise, State};
use segue_model::escalation::{Priority, Trigger};
use segue_model::floor::Holder;
use segue_model::turn::NoticeKind;
use segue_model::verdict::{HandoffKind, Outcome, Verdict};

use crate::desk::Situation;
use crate::handoff;
use crate::ruleset::Ruleset;

/// The rise that a verdict on a turn asks for while people have the floor; `None` where it
/// weighs no more than what the conversation was handed over for.
///
/// Fraud, legal threats and the topics that a person decides on are seen by supervisors
/// even if the person who has it was asked for something else, and so is what is urgent.
/// Moods and repeats are not: whoever waits gets louder, and gains no place by it.
pub fn rise(
    rules: &Ruleset,
    state: &State,
    situation: &Situation<'_>,
    verdict: Verdict,
) -> Option<Rise> {
    let open = state.escalation.as_ref()?;
    let Outcome::Escalate { kind, queue } = verdict.outcome.clone() else {
        return None;
    };
    let plan = verdict.plan?;
    let is_grave = matches!(plan.trigger, Trigger::Compliance | Trigger::HighStakes)
        || plan.priority == Priority::Urgent
        || kind == HandoffKind::Cold;
    // What it is known for is not told twice, and what the right people have already, with
    // no less weight, needs nobody else's eyes.
    let is_new = verdict.rule != open.request.rule && open.request.kind != HandoffKind::Cold;
    let is_more =
        kind == HandoffKind::Cold || plan.priority > open.request.priority || queue != open.queue;
    if !is_grave || !is_new || !is_more {
        return None;
    }
    let is_queued = matches!(state.holder, Holder::Queue { .. });
    let lock = (kind == HandoffKind::Cold && is_queued).then(|| {
        let mut raised = state.clone();
        if let Some(open) = &mut raised.escalation {
            open.request.kind = kind;
            open.request.priority = plan.priority;
            open.offer = None;
        }
        let to = (&queue, Vec::new());
        handoff::requeue(rules, &raised, situation, to, NoticeKind::HandoffCold)
    });
    Some(Rise {
        trigger: plan.trigger,
        kind,
        priority: plan.priority,
        lock,
        verdict,
    })
}
