//! What is due by itself. A conversation's timers are a function of its state,
//! so a timer can neither be lost nor ring for something that is over.

use segue_model::floor::Holder;
use segue_model::limits::WRAP_UP_MINUTES_MAX;
use segue_model::time::{Span, Timestamp};

use crate::state::{Stage, State};

/// The spans that a workspace's policy sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// How long nothing may be said before a conversation with the assistant ends.
    pub idle_close: Span,
}

/// Something that is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// The assistant has not answered.
    AssistantSilent,
    /// An offer has run out.
    OfferTimedOut,
    /// The wait has passed what was announced.
    WaitPassed,
    /// Nobody came in time.
    Overflow,
    /// The customer has ended it and nobody has wrapped it up.
    WrapUp,
    /// Nothing was said for long.
    Idle,
}

/// The next instant at which something is due by itself.
pub fn next_deadline(state: &State, settings: &Settings) -> Option<Timestamp> {
    timers(state, settings)
        .into_iter()
        .flatten()
        .map(|(at, _)| at)
        .min()
}

/// What is due now, the earliest first; at most one thing, because acting on it
/// changes the rest.
pub fn due(state: &State, settings: &Settings, now: Timestamp) -> Option<Due> {
    timers(state, settings)
        .into_iter()
        .flatten()
        .filter(|(at, _)| *at <= now)
        .min_by_key(|(at, _)| *at)
        .map(|(_, due)| due)
}

fn timers(state: &State, settings: &Settings) -> [Option<(Timestamp, Due)>; 6] {
    let awaited = state
        .awaited
        .filter(|_| matches!(state.holder, Holder::Assistant | Holder::Review { .. }))
        .map(|awaited| (awaited.deadline, Due::AssistantSilent));
    let waiting = state
        .escalation
        .as_ref()
        .filter(|_| state.is_waiting() && !state.is_at_other_desk());
    let offer = waiting
        .and_then(|open| open.offer.as_ref())
        .map(|offer| (offer.expires_at, Due::OfferTimedOut));
    // While somebody is being asked, the promise is checked when that ends.
    let queued = waiting.filter(|open| open.stage == Stage::Queued);
    let announced = queued
        .filter(|open| !open.is_extended && open.due_at.is_none())
        .filter(|_| matches!(state.holder, Holder::Queue { .. }))
        .and_then(|open| open.announced_until)
        .map(|until| (until, Due::WaitPassed));
    let overflow = match waiting {
        Some(open) if open.stage == Stage::Queued && open.due_at.is_none() => {
            Some((open.overflow_at, Due::Overflow))
        }
        _ => None,
    };
    let idle = matches!(state.holder, Holder::Assistant | Holder::Review { .. })
        .then(|| (state.last_at + settings.idle_close, Due::Idle))
        // While an answer is owed, nobody is idle.
        .filter(|_| state.is_live() && state.drafts.is_empty() && state.awaited.is_none());
    let wrap_up = wrap_up(state).map(|at| (at, Due::WrapUp));
    [awaited, offer, announced, overflow, wrap_up, idle]
}

/// By when an agent is to have wrapped up what the customer has ended. What outlives
/// the customer waits for its agent however long it takes.
pub(crate) fn wrap_up(state: &State) -> Option<Timestamp> {
    let open = state.escalation.as_ref()?;
    let is_due =
        state.left_at.is_some() && state.holding_agent().is_some() && !open.outlives_customer();
    is_due.then(|| state.last_at + Span::minutes(WRAP_UP_MINUTES_MAX))
}
