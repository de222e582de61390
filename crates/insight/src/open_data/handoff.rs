//! The table of handoffs.

use segue_model::escalation::{DeclineReason, Disposition, EscalationRequest, OfferEnd, RootCause};
use segue_model::event::{Entry, Event};
use segue_model::id::{AgentId, EscalationId, QueueKey};
use segue_model::time::Timestamp;
use segue_model::turn::Role;

use super::{Cell, Column, Kind, Story, column};

const WIDTH: usize = 28;

pub(super) const COLUMNS: [Column; WIDTH] = [
    column("conversation_id", Kind::Text, "the conversation"),
    column("handoff_id", Kind::Text, "the handoff"),
    column(
        "turn",
        Kind::Integer,
        "the customer turn that gave rise to it",
    ),
    column("kind", Kind::Text, "`warm`, `cold` or `takeover`"),
    column("trigger", Kind::Text, "the class of its rule"),
    column("rule", Kind::Text, "the rule that asked for it"),
    column(
        "priority",
        Kind::Text,
        "`normal`, `high`, `vip` or `urgent`",
    ),
    column("queue", Kind::Text, "where it waited first"),
    column("queue_last", Kind::Text, "where it waited last"),
    column("requested_at", Kind::Instant, "when a person was asked for"),
    column(
        "announced_until",
        Kind::Instant,
        "by when the wait was announced to end",
    ),
    column("accepted_at", Kind::Instant, "when the first agent had it"),
    column(
        "first_reply_at",
        Kind::Instant,
        "the first line of an agent's own or released words",
    ),
    column(
        "expired_at",
        Kind::Instant,
        "when the customer was told that nobody comes at once",
    ),
    column("ended_at", Kind::Instant, "when it ended"),
    column(
        "end",
        Kind::Text,
        "`resolved`, `handed_back`, `abandoned` or `withdrawn`",
    ),
    column("agent_id", Kind::Text, "the agent who had it last"),
    column(
        "agents",
        Kind::Integer,
        "how often an agent accepted or took it",
    ),
    column(
        "queued",
        Kind::Integer,
        "how often it was put into another queue, or back into the same",
    ),
    column("offers", Kind::Integer, "how often it was offered"),
    column("declined", Kind::Integer, "how often an offer was declined"),
    column(
        "misrouted",
        Kind::Integer,
        "how often it was declined as not that team's",
    ),
    column(
        "timed_out",
        Kind::Integer,
        "how often an offer was not answered in time",
    ),
    column(
        "packet_opened_at",
        Kind::Instant,
        "when the packet was first closed again",
    ),
    column(
        "packet_read_ms",
        Kind::Integer,
        "for how long the packet was in view, in milliseconds",
    ),
    column(
        "root_cause",
        Kind::Text,
        "why the assistant could not, as the agent said",
    ),
    column("disposition", Kind::Text, "how a resolved one ended"),
    column(
        "active_ms",
        Kind::Integer,
        "the agent's active time, in milliseconds",
    ),
];

struct Handoff<'a> {
    request: &'a EscalationRequest,
    queue_last: &'a QueueKey,
    requested_at: Timestamp,
    accepted_at: Option<Timestamp>,
    first_reply_at: Option<Timestamp>,
    expired_at: Option<Timestamp>,
    end: Option<(&'static str, Timestamp)>,
    agent: Option<AgentId>,
    agents: u32,
    queued: u32,
    offers: u32,
    declined: u32,
    misrouted: u32,
    timed_out: u32,
    packet_opened_at: Option<Timestamp>,
    packet_read_ms: u64,
    root_cause: Option<RootCause>,
    disposition: Option<Disposition>,
    active_ms: Option<u64>,
}

impl<'a> Handoff<'a> {
    const fn new(request: &'a EscalationRequest, at: Timestamp) -> Self {
        Self {
            request,
            queue_last: &request.queue,
            requested_at: at,
            accepted_at: None,
            first_reply_at: None,
            expired_at: None,
            end: None,
            agent: None,
            agents: 0,
            queued: 0,
            offers: 0,
            declined: 0,
            misrouted: 0,
            timed_out: 0,
            packet_opened_at: None,
            packet_read_ms: 0,
            root_cause: None,
            disposition: None,
            active_ms: None,
        }
    }
}

pub(super) fn rows(story: &Story<'_>) -> Vec<[Cell; WIDTH]> {
    let mut handoffs: Vec<Handoff<'_>> = Vec::new();
    for (entry, event) in story.events() {
        see(&mut handoffs, entry, event);
    }
    handoffs.into_iter().map(|it| row(story, &it)).collect()
}

fn see<'a>(handoffs: &mut Vec<Handoff<'a>>, entry: &Entry, event: &'a Event) {
    let at = entry.at;
    let mut with = |id: EscalationId, change: &mut dyn FnMut(&mut Handoff<'a>)| {
        if let Some(found) = handoffs.iter_mut().rev().find(|it| it.request.id == id) {
            change(found);
        }
    };
    match event {
        Event::EscalationRequested(request) => handoffs.push(Handoff::new(request, at)),
        Event::EscalationQueued {
            escalation, queue, ..
        } => with(*escalation, &mut |it| {
            it.queue_last = queue;
            it.queued += 1;
        }),
        Event::OfferMade { escalation, .. } => with(*escalation, &mut |it| it.offers += 1),
        // An offer names no handoff when it ends; only the open one has offers.
        Event::OfferEnded { end, reason, .. } => {
            if let Some(open) = handoffs.last_mut() {
                open.declined += u32::from(*end == OfferEnd::Declined);
                open.timed_out += u32::from(*end == OfferEnd::TimedOut);
                open.misrouted += u32::from(*reason == Some(DeclineReason::NotMine));
            }
        }
        Event::EscalationAccepted { escalation, agent } => with(*escalation, &mut |it| {
            it.accepted_at.get_or_insert(at);
            it.agent = Some(*agent);
            it.agents += 1;
        }),
        Event::EscalationExpired { escalation, .. } => {
            with(*escalation, &mut |it| it.expired_at = Some(at));
        }
        Event::EscalationAbandoned { escalation } => {
            with(*escalation, &mut |it| it.end = Some(("abandoned", at)));
        }
        Event::EscalationWithdrawn { escalation } => {
            with(*escalation, &mut |it| it.end = Some(("withdrawn", at)));
        }
        Event::EscalationResolved {
            escalation,
            agent,
            root_cause,
            disposition,
            active_ms,
        } => {
            with(*escalation, &mut |it| {
                it.end = Some(("resolved", at));
                it.agent = Some(*agent);
                it.root_cause = Some(*root_cause);
                it.disposition = Some(*disposition);
                it.active_ms = Some(*active_ms);
            });
        }
        Event::HandedBack {
            escalation,
            agent,
            root_cause,
            active_ms,
            ..
        } => {
            with(*escalation, &mut |it| {
                it.end = Some(("handed_back", at));
                it.agent = Some(*agent);
                it.root_cause = Some(*root_cause);
                it.active_ms = Some(*active_ms);
            });
        }
        Event::PacketRead {
            escalation,
            dwell_ms,
            ..
        } => with(*escalation, &mut |it| {
            it.packet_opened_at.get_or_insert(at);
            it.packet_read_ms = it.packet_read_ms.saturating_add(*dwell_ms);
        }),
        Event::TurnAdded { author, .. } if author.role() == Role::Agent => {
            let open = handoffs.last_mut();
            if let Some(open) = open.filter(|it| it.end.is_none() && it.accepted_at.is_some()) {
                open.first_reply_at.get_or_insert(at);
            }
        }
        _ => {}
    }
}

fn row(story: &Story<'_>, it: &Handoff<'_>) -> [Cell; WIDTH] {
    let instant = |at: Option<Timestamp>| Cell::of(at, Cell::Instant);
    [
        story.name(),
        Cell::text(it.request.id),
        Cell::count(it.request.turn.0),
        Cell::word(&it.request.kind),
        Cell::word(&it.request.trigger),
        Cell::text(&it.request.rule.0),
        Cell::word(&it.request.priority),
        Cell::text(&it.request.queue),
        Cell::text(it.queue_last),
        Cell::Instant(it.requested_at),
        instant(it.request.announced_until),
        instant(it.accepted_at),
        instant(it.first_reply_at),
        instant(it.expired_at),
        instant(it.end.map(|(_, at)| at)),
        Cell::of(it.end, |(end, _)| Cell::text(end)),
        Cell::of(it.agent, Cell::text),
        Cell::count(it.agents),
        Cell::count(it.queued),
        Cell::count(it.offers),
        Cell::count(it.declined),
        Cell::count(it.misrouted),
        Cell::count(it.timed_out),
        instant(it.packet_opened_at),
        Cell::count(it.packet_read_ms),
        Cell::of(it.root_cause.as_ref(), Cell::word),
        Cell::of(it.disposition.as_ref(), Cell::word),
        Cell::of(it.active_ms, Cell::count),
    ]
}
