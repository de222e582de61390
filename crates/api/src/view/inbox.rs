//! Rows and the inbox.

use std::collections::HashMap;

use segue_floor::{Escalation, State};
use segue_model::escalation::Trigger;
use segue_model::event::Origin;
use segue_model::fact;
use segue_model::floor::Holder;
use segue_model::id::{ConversationId, EscalationId, QueueKey};
use segue_model::time::Timestamp;
use segue_model::turn::Role;
use segue_model::verdict::HandoffKind;
use segue_ports::directory::Agent;
use segue_routing::{World, in_order, position, rests_until};
use segue_service::Desk;
use segue_service::desk::Active;
use segue_service::identity::access::{self, Action};

use super::staff::is_current;
use super::{Eyes, REDACTED, View, load_of};
use crate::wire::inbox::{DraftCard, Inbox, MeAtWork, OfferCard, QueueCount, QueueRow, Row};

type Known = (ConversationId, Active);

/// Everything an agent has to look at now.
pub fn inbox(desk: &Desk, me: &Agent, now: Timestamp) -> Inbox {
    let known: Vec<Known> = desk
        .active()
        .iter()
        .map(|(id, known)| (*id, known.clone()))
        .collect();
    let known: Vec<Known> = known
        .into_iter()
        .filter(|(_, known)| access::may_see(me, &known.state))
        .collect();
    let world = desk.world(now);
    let waiting = waiting(desk, me, &known, &world);
    let mine = known
        .iter()
        .filter(|(_, known)| known.state.holding_agent() == Some(me.id));
    let flagged = known
        .iter()
        .filter(|(_, known)| known.state.is_flagged)
        .count();
    Inbox {
        me: MeAtWork {
            presence: desk.presence(me.id, now).into(),
            capacity: me.capacity,
            load: load_of(desk, me.id),
        },
        offers: known
            .iter()
            .filter_map(|known| offer_card(desk, me, known, &world))
            .collect(),
        waiting,
        mine: mine.map(|known| active_row(desk, me, known, now)).collect(),
        drafts: known
            .iter()
            .flat_map(|known| draft_cards(desk, me, known, now))
            .collect(),
        flagged_count: u32::try_from(flagged).unwrap_or(u32::MAX),
        queues: queue_counts(desk, &world),
    }
}

/// One conversation in a list.
pub fn row(
    desk: &Desk,
    me: &Agent,
    conversation: ConversationId,
    (state, subject, last_author): (&State, &str, Role),
    now: Timestamp,
) -> Row {
    let view = View::new(desk, Eyes::Staff(me), conversation, state, now);
    let origin = state.opening.as_ref().map(|opening| &opening.origin);
    let subject = if view.is_redacted() {
        REDACTED
    } else {
        subject
    };
    Row {
        conversation,
        customer_name: view.customer_name(),
        tier: state.facts.text(fact::name::TIER).map(str::to_owned),
        is_vip: state.facts.flag(fact::name::VIP).unwrap_or_default(),
        subject: subject.to_owned(),
        last_at: state.last_at.into(),
        last_author: last_author.into(),
        floor: view.floor(),
        is_imported: matches!(origin, Some(Origin::Imported { .. })),
        is_demo: matches!(origin, Some(Origin::Demo)),
    }
}

fn active_row(desk: &Desk, me: &Agent, (id, known): &Known, now: Timestamp) -> Row {
    row(
        desk,
        me,
        *id,
        (&known.state, &known.subject, known.last_author),
        now,
    )
}

/// Who waits, whoever is served first on top; what is owed later comes last.
fn waiting(desk: &Desk, me: &Agent, known: &[Known], world: &World) -> Vec<QueueRow> {
    let places: HashMap<EscalationId, usize> = in_order(world)
        .into_iter()
        .enumerate()
        .map(|(place, escalation)| (escalation, place))
        .collect();
    let place = |(_, known): &Known| {
        let open = known.state.escalation.as_ref()?;
        places.get(&open.request.id).copied()
    };
    let mut rows: Vec<(usize, QueueRow)> = known
        .iter()
        .filter_map(|known| {
            let row = queue_row(desk, me, known, world)?;
            Some((place(known).unwrap_or(usize::MAX), row))
        })
        .collect();
    rows.sort_by_key(|(place, row)| (*place, row.due_at, row.waiting_since));
    rows.into_iter().map(|(_, row)| row).collect()
}

fn queue_row(desk: &Desk, me: &Agent, known: &Known, world: &World) -> Option<QueueRow> {
    let state = &known.1.state;
    let open = state.escalation.as_ref().filter(|_| state.is_waiting())?;
    let view = View::new(desk, Eyes::Staff(me), known.0, state, world.now);
    let target = view
        .rules
        .queue(&open.queue)
        .map(|queue| queue.target)
        .unwrap_or_default();
    Some(QueueRow {
        row: active_row(desk, me, known, world.now),
        queue: open.queue.to_string(),
        queue_name: view.queue_name(&open.queue),
        waiting_since: open.requested_at.into(),
        target_at: (open.queued_at + target).into(),
        priority: open.request.priority.into(),
        trigger: open.request.trigger.into(),
        trigger_text: trigger_text(open.request.trigger),
        kind: open.request.kind.into(),
        position: position(world, open.request.id).unwrap_or_default(),
        is_cold: open.request.kind == HandoffKind::Cold,
        due_at: open.due_at.map(Into::into),
        offered_to: open.offer.as_ref().map(|offer| view.person(offer.agent)),
        is_contact_left: state.has_contact,
        not_offered_until: rests_until(&open.declined_by, me.id)
            .filter(|until| *until > world.now)
            .map(Into::into),
    })
}

fn offer_card(desk: &Desk, me: &Agent, known: &Known, world: &World) -> Option<OfferCard> {
    let Escalation {
        offer,
        request,
        queue,
        ..
    } = known.1.state.escalation.as_ref()?;
    let offer = offer.as_ref().filter(|offer| offer.agent == me.id)?;
    let stands_for = desk
        .ruleset()
        .queue(queue)
        .map(|queue| queue.offer)
        .unwrap_or_default();
    Some(OfferCard {
        offer_id: offer.id,
        conversation: known.0,
        escalation_id: request.id,
        expires_at: offer.expires_at.into(),
        offered_at: (offer.expires_at - stands_for).into(),
        row: queue_row(desk, me, known, world)?,
    })
}

fn draft_cards(desk: &Desk, me: &Agent, (id, known): &Known, now: Timestamp) -> Vec<DraftCard> {
    let state = &known.state;
    let Holder::Review { queue } = &state.holder else {
        return Vec::new();
    };
    let serves = access::may(me.role, Action::Reassign) || me.queues.contains(queue);
    if !access::may(me.role, Action::ReviewDrafts) || !serves {
        return Vec::new();
    }
    let view = View::new(desk, Eyes::Staff(me), *id, state, now);
    let card = |draft: &segue_service::desk::DraftText| {
        let open = state.drafts.iter().find(|open| open.id == draft.id)?;
        Some(DraftCard {
            draft_id: draft.id,
            conversation: *id,
            customer_name: view.customer_name(),
            text: view.words(&draft.text),
            in_reply_to_text: view.words(&draft.in_reply_to_text),
            at: state.last_customer_at.into(),
            queue: queue.to_string(),
            confidence: draft.confidence,
            is_current: is_current(state, open),
        })
    };
    known.drafts.iter().filter_map(card).collect()
}

/// The queues at a glance.
pub fn queue_counts(desk: &Desk, world: &World) -> Vec<QueueCount> {
    let rules = desk.ruleset();
    let takes_offers = |agent: &&segue_routing::AgentState, key: &QueueKey| {
        agent.presence == segue_routing::Presence::Available
            && agent.lease_until > world.now
            && agent.may_reply
            && agent.queues.contains(key)
    };
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let queue = |queue: &segue_routing::QueueRules| {
        let is_open = queue.hours.is_open(world.now);
        let opens_at = if is_open {
            None
        } else {
            queue.hours.next_opening(world.now)
        };
        let waiting = world
            .waiting
            .iter()
            .filter(|waiting| waiting.queue == queue.key);
        let agents = world
            .agents
            .iter()
            .filter(|agent| takes_offers(agent, &queue.key));
        QueueCount {
            key: queue.key.to_string(),
            name: queue.name.clone(),
            is_open,
            opens_at: opens_at.map(Into::into),
            waiting: count(waiting.count()),
            available_agents: count(agents.count()),
        }
    };
    rules.queues().iter().map(queue).collect()
}

const fn trigger_text(trigger: Trigger) -> &'static str {
    match trigger {
        Trigger::LowConfidence => "the answer was too uncertain",
        Trigger::OptOut => "asked for a person",
        Trigger::Repeat => "the same concern came back",
        Trigger::Sentiment => "is upset",
        Trigger::Vip => "white-glove customer",
        Trigger::Compliance => "compliance matter",
        Trigger::Fallback => "no answer twice in a row",
        Trigger::ToolFailure => "a system did not answer",
        Trigger::HighStakes => "high-stakes topic",
        Trigger::Complexity => "takes several steps",
        Trigger::Agent => "an agent took it",
        Trigger::Assistant => "the assistant asked for a person",
        Trigger::Unavailable => "a check failed",
        Trigger::Rule => "a rule of the workspace",
    }
}
