//! The words in which a customer put what the assistant had no answer to.

use segue_detect::asks::Ask;
use segue_insight::failures::states_concern;
use segue_model::event::{Event, SuppressedReason};
use segue_model::turn::{Author, TurnNumber};
use segue_model::verdict::Outcome;
use segue_ports::log::StoredEntry;

use crate::cell::text_of;

/// The first turn that the assistant failed at and that says what it is about; else the
/// first that says so; empty where it was erased or nothing was said.
pub(crate) fn concern_of(entries: &[StoredEntry]) -> String {
    let mut asked: Vec<(TurnNumber, &str)> = Vec::new();
    let mut failed: Option<TurnNumber> = None;
    for stored in entries {
        for event in &stored.entry.events {
            let latest = asked.last().map(|(turn, _)| *turn);
            match event {
                Event::TurnAdded {
                    turn,
                    author: Author::Customer,
                    text,
                    ..
                } => {
                    let text = text_of(stored, *text).unwrap_or_default();
                    if says_something(text) {
                        asked.push((*turn, text));
                    }
                }
                Event::TurnAdded { author, scores, .. }
                    if *author == Author::Assistant && scores.is_fallback =>
                {
                    failed = failed.or(latest);
                }
                Event::TurnSuppressed {
                    reason: SuppressedReason::BelowBand,
                    ..
                } => failed = failed.or(latest),
                Event::VerdictReached { verdict, .. }
                    if !matches!(verdict.outcome, Outcome::Continue) =>
                {
                    failed = failed.or(latest);
                }
                // What is said to people is no question to the assistant.
                Event::EscalationAccepted { .. } => return told(&asked, failed),
                _ => {}
            }
        }
    }
    told(&asked, failed)
}

fn told(asked: &[(TurnNumber, &str)], failed: Option<TurnNumber>) -> String {
    let of_failed = asked.iter().find(|(turn, _)| Some(*turn) == failed);
    let found = of_failed.or_else(|| asked.first());
    found
        .map(|(_, text)| (*text).to_owned())
        .unwrap_or_default()
}

fn says_something(text: &str) -> bool {
    states_concern(text) && Ask::of(text).has_content()
}
