//! Where a conversation stands, for its customer.

use segue_engine::handoff;
use segue_floor::{Escalation, State};
use segue_model::event::RatedPart;
use segue_model::fact;
use segue_model::floor::Holder;
use segue_model::limits::{REOPEN_WINDOW_HOURS, TURNS_MAX};
use segue_model::time::Span;
use segue_model::turn::Role;
use segue_routing::{Display, Estimate};
use segue_service::router::reference;

use super::staff::reason_of;
use super::{ASSISTANT_NAME, View};
use crate::wire::state::{CustomerState, Rating, Speaker, Wait};
use crate::wire::words::RatingState;

impl View<'_> {
    /// The state, for the customer.
    pub fn customer_state(&self) -> CustomerState {
        let state = self.state;
        CustomerState {
            version: state.version.0,
            epoch: state.epoch.0,
            floor: self.floor(),
            speaker: self.speaker(),
            wait: self.wait(),
            can_write: self.can_write(),
            rating: Rating {
                assistant: rating(state, RatedPart::Assistant, state.has_assistant_part),
                agent: rating(state, RatedPart::Agent, state.has_agent_part),
            },
            confirmable_turn: confirmable_turn(state),
            is_closed: is_closed(state),
        }
    }

    /// Whether the customer can write: a closed conversation reopens for a while.
    fn can_write(&self) -> bool {
        let state = self.state;
        let is_over = state
            .closed_at
            .is_some_and(|closed| self.now > closed + Span::hours(REOPEN_WINDOW_HOURS));
        !is_over && state.turns < TURNS_MAX
    }

    fn speaker(&self) -> Speaker {
        let is_german = self.locale().is_some_and(|locale| locale.starts_with("de"));
        let assistant = |note: &str| Speaker {
            name: ASSISTANT_NAME.to_owned(),
            note: note.to_owned(),
        };
        let company = || Speaker {
            name: self.desk.workspace.name.clone(),
            note: String::new(),
        };
        match &self.state.holder {
            _ if is_closed(self.state) => company(),
            Holder::Assistant if is_german => assistant("KI"),
            Holder::Assistant => assistant("AI"),
            Holder::Review { .. } if is_german => assistant("KI, von einem Menschen geprüft"),
            Holder::Review { .. } => assistant("AI, checked by a person"),
            Holder::Queue { queue, .. } if self.discloses_teams() => Speaker {
                name: self.queue_name(queue),
                note: String::new(),
            },
            Holder::Agent { agent } => {
                let open = self.state.escalation.as_ref();
                let name = self.agent_name(*agent);
                let is_told = self.discloses_names() && !is_cold(open);
                let team = open
                    .filter(|open| is_told && self.serves(*agent, &open.queue))
                    .map(|open| self.queue_name(&open.queue));
                Speaker {
                    name,
                    note: team.unwrap_or_default(),
                }
            }
            Holder::Queue { .. } | Holder::Locked { .. } | Holder::Closed { .. } => company(),
        }
    }

    /// The address to come back to, if it is proved whose it is. What is only said of
    /// somebody is not shown to whoever sits at the browser.
    fn proved_address(&self) -> Option<String> {
        let facts = &self.state.facts;
        let is_proved = facts.flag(fact::name::AUTHENTICATED) == Some(true);
        let address = facts.text(fact::name::EMAIL).filter(|_| is_proved);
        address.map(str::to_owned)
    }

    /// What a waiting customer is told. Of a cold handoff the reference, and nothing else.
    pub fn wait(&self) -> Option<Wait> {
        let state = self.state;
        let open = state.escalation.as_ref()?;
        let queue = match &state.holder {
            _ if is_closed(state) => return None,
            Holder::Queue { queue, .. } => queue,
            Holder::Locked { .. } => return Some(only_reference(open)),
            _ => return None,
        };
        let estimate = segue_service::router::wait_now(self.desk, self.now, open.request.id);
        let told = self.told(estimate.as_ref());
        let locale = self.locale();
        let is_put_off = open.due_at.is_some_and(|due| due > self.now);
        let is_open = match &estimate {
            Some(estimate) => estimate.is_open,
            None => self
                .rules
                .queue(queue)
                .is_some_and(|rules| rules.hours.is_open(self.now)),
        };
        let opens_at = estimate.as_ref().and_then(|estimate| estimate.opens_at);
        let opens_at = opens_at.or_else(|| open.due_at.filter(|_| is_put_off && !is_open));
        let likely = handoff::who_comes(state, estimate.as_ref());
        let name = likely.map(|agent| self.person(agent).name);
        let first_name = name
            .as_deref()
            .and_then(|name| name.split_whitespace().next());
        Some(Wait {
            position: estimate.as_ref().map(|estimate| estimate.position),
            lo_min: told
                .filter(|told| told.hi_min().is_some())
                .map(Display::lo_min),
            hi_min: told.and_then(Display::hi_min),
            more_than_min: told
                .filter(|told| told.hi_min().is_none())
                .map(Display::lo_min),
            who: self.rules.policy().who(queue, first_name, locale),
            reason: reason_of(&self.rules, &open.request, locale),
            notes_passed: true,
            is_open,
            opens_at: opens_at.map(Into::into),
            may_leave_contact: !state.has_contact,
            known_address: self.proved_address().filter(|_| !state.has_contact),
            may_withdraw: state.may_pass_to_assistant(),
            reference: Some(reference(open.request.id)),
            contact_left: state.has_contact,
        })
    }

    /// The figures that the customer was told last, so that a page that is
    /// loaded anew shows the same; the estimate where nothing was told yet.
    fn told(&self, estimate: Option<&Estimate>) -> Option<Display> {
        let estimated = estimate?.display;
        let active = self.desk.active();
        let announced = active
            .get(&self.conversation)
            .and_then(|known| known.announced);
        let standing = announced.filter(|told| told.until.is_none_or(|until| until > self.now));
        match standing {
            Some(told) if estimated.is_some() => Some(told.display),
            _ => estimated,
        }
    }
}

fn only_reference(open: &Escalation) -> Wait {
    Wait {
        position: None,
        lo_min: None,
        hi_min: None,
        more_than_min: None,
        who: String::new(),
        reason: String::new(),
        notes_passed: false,
        is_open: true,
        opens_at: None,
        may_leave_contact: false,
        known_address: None,
        may_withdraw: false,
        reference: Some(reference(open.request.id)),
        contact_left: false,
    }
}

fn is_cold(open: Option<&Escalation>) -> bool {
    open.is_some_and(|open| open.request.kind == segue_model::verdict::HandoffKind::Cold)
}

/// A part is rated once the episode has ended, so that nobody is asked while they wait.
fn rating(state: &State, part: RatedPart, took_part: bool) -> RatingState {
    if state.rated.contains(&part) {
        RatingState::Done
    } else if took_part && is_closed(state) {
        RatingState::Open
    } else {
        RatingState::None
    }
}

/// Whether it has ended for the customer: also while an agent wraps up what they left.
pub(super) const fn is_closed(state: &State) -> bool {
    matches!(state.holder, Holder::Closed { .. }) || state.left_at.is_some()
}

/// The answer that the customer can confirm: the latest word, given by the
/// assistant to their latest turn, said to the end, and not a question back.
fn confirmable_turn(state: &State) -> Option<u32> {
    let is_answered = state.answered.is_some() && state.answered == state.last_customer_turn;
    let is_open = matches!(state.holder, Holder::Assistant) && state.awaited.is_none();
    if !is_open || !is_answered || state.is_confirmed || state.last_role != Some(Role::Assistant) {
        return None;
    }
    let answer = state.last_answer.filter(|answer| answer.is_whole)?;
    Some(answer.turn.0)
}
