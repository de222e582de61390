//! The table of verdicts.

use std::collections::BTreeMap;

use segue_model::event::Event;
use segue_model::verdict::Outcome;

use super::{Cell, Column, Kind, Story, column};

const WIDTH: usize = 15;

pub(super) const COLUMNS: [Column; WIDTH] = [
    column("conversation_id", Kind::Text, "the conversation"),
    column("version", Kind::Integer, "the entry it came with, from 1"),
    column("turn", Kind::Integer, "the customer turn"),
    column("at", Kind::Instant, "when it was decided"),
    column(
        "on_answer",
        Kind::Boolean,
        "whether an answer was judged, rather than the turn alone",
    ),
    column(
        "verdict",
        Kind::Text,
        "`continue`, `fall_back`, `review` or `escalate`",
    ),
    column("rule", Kind::Text, "the rule that decided"),
    column("policy", Kind::Text, "the version of the policy"),
    column(
        "trigger",
        Kind::Text,
        "of an escalation: the class of its rule",
    ),
    column(
        "queue",
        Kind::Text,
        "of an escalation or a review: where to",
    ),
    column(
        "kind",
        Kind::Text,
        "of an escalation: `warm`, `cold` or `takeover`",
    ),
    column(
        "priority",
        Kind::Text,
        "of an escalation: `normal`, `high`, `vip` or `urgent`",
    ),
    column(
        "is_flagged",
        Kind::Boolean,
        "whether supervisors are to look",
    ),
    column(
        "failures",
        Kind::Integer,
        "how many things should have been measured or looked up and were not",
    ),
    column(
        "signals",
        Kind::Text,
        "the signals that were present and their values, as JSON",
    ),
];

pub(super) fn rows(story: &Story<'_>) -> Vec<[Cell; WIDTH]> {
    let asked = story.events().filter_map(|(entry, event)| match event {
        Event::VerdictReached {
            turn,
            on_answer,
            verdict,
        } => Some((entry, *turn, *on_answer, verdict)),
        _ => None,
    });
    asked
        .map(|(entry, turn, on_answer, verdict)| {
            let (queue, kind) = match &verdict.outcome {
                Outcome::Continue | Outcome::FallBack { .. } => (Cell::Absent, Cell::Absent),
                Outcome::Review { queue } => (Cell::text(queue), Cell::Absent),
                Outcome::Escalate { kind, queue } => (Cell::text(queue), Cell::word(kind)),
            };
            let trace = &verdict.trace;
            let signals: BTreeMap<&str, f64> = trace
                .signals
                .iter()
                .map(|it| (it.signal.as_str(), it.value))
                .collect();
            let plan = verdict.plan.as_ref();
            [
                story.name(),
                Cell::count(entry.version.0),
                Cell::count(turn.0),
                Cell::Instant(entry.at),
                Cell::Boolean(on_answer),
                Cell::text(verdict.outcome.word()),
                Cell::text(&verdict.rule.0),
                Cell::text(&trace.policy.0),
                Cell::of(plan, |plan| Cell::word(&plan.trigger)),
                queue,
                kind,
                Cell::of(plan, |plan| Cell::word(&plan.priority)),
                Cell::Boolean(verdict.is_flagged),
                Cell::count(trace.failures.len()),
                Cell::of(serde_json::to_string(&signals).ok(), Cell::Text),
            ]
        })
        .collect()
}
