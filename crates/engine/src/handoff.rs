//! What a verdict that escalates asks for: the obligation, and the notice that
//! goes into the same append.

use segue_floor::{Handoff, Say, State, Waiting};
use segue_model::escalation::{EscalationRequest, Priority, RootCause, Trigger};
use segue_model::fact;
use segue_model::id::{AgentId, EscalationId, QueueKey, RuleId};
use segue_model::signal::{Reading, SignalKind, Signals};
use segue_model::time::{Span, Timestamp};
use segue_model::turn::{NoticeKind, TurnNumber};
use segue_model::verdict::{HandoffKind, Outcome, Verdict};
use segue_policy::definition::Target;
use segue_policy::wording::Because;
use segue_routing::plan::overflow_at;
use segue_routing::wait::{Asker, Estimate, estimate};

use crate::desk::Situation;
use crate::notice::{Values, moment_phrase, position_phrase, reference, say, wait_phrase};
use crate::ruleset::Ruleset;

/// How long the customer of a queue that is unknown to routing waits at most.
const OVERFLOW_OTHERWISE: Span = Span::minutes(10);

/// Why and where a conversation is handed over.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reason {
    /// How.
    pub kind: HandoffKind,
    /// Where.
    pub queue: QueueKey,
    /// What rule asked for it.
    pub rule: RuleId,
    /// The trigger class, for reports.
    pub trigger: Trigger,
    /// The class of service.
    pub priority: Priority,
    /// Whether the named account manager is tried first, else the deputy.
    pub to_account_manager: bool,
    /// The root cause that is pre-selected at wrap-up; `None` where nothing suggests one.
    pub root_cause: Option<RootCause>,
    /// Why, as customers read it.
    pub reason: String,
    /// What it is about, as customers read it.
    pub subject: String,
}

impl Reason {
    /// The reason of a verdict; `None` if it does not escalate.
    pub fn of(verdict: &Verdict) -> Option<Self> {
        let Outcome::Escalate { kind, queue } = &verdict.outcome else {
            return None;
        };
        let plan = verdict.plan?;
        Some(Self {
            kind: *kind,
            queue: queue.clone(),
            rule: verdict.rule.clone(),
            trigger: plan.trigger,
            priority: plan.priority,
            to_account_manager: plan.to_account_manager,
            root_cause: Some(plan.root_cause),
            reason: verdict.reason.to_string(),
            subject: verdict.subject.as_deref().unwrap_or_default().to_owned(),
        })
    }

    /// A wish for a person that was made without words, an agent's own act, or a silence.
    /// `signals` are those of the latest turn: where nobody says why, they may.
    pub fn unasked(queue: QueueKey, trigger: Trigger, reason: String, signals: &Signals) -> Self {
        let root_cause = match trigger {
            Trigger::ToolFailure => Some(RootCause::ToolFailure),
            Trigger::OptOut => Some(RootCause::CustomerRequest),
            // Answers that a person must release, and nobody has.
            Trigger::Rule => Some(RootCause::Policy),
            _ => suggested_cause(signals),
        };
        Self {
            kind: HandoffKind::Warm,
            queue,
            rule: RuleId("builtin.asked".into()),
            trigger,
            priority: Priority::Normal,
            to_account_manager: false,
            root_cause,
            reason,
            subject: String::new(),
        }
    }
}

/// Why the assistant could not, as far as what was observed says; an agent who takes over
/// may have reasons of their own, and then nothing is said here.
fn suggested_cause(signals: &Signals) -> Option<RootCause> {
    let count = |kind| match signals.get(kind) {
        Reading::Present(signal) => signal.value.number(),
        Reading::Absent | Reading::Unavailable { .. } => 0.0,
    };
    let has = |kind, at_least: f64| count(kind) >= at_least;
    if has(SignalKind::ToolFailure, 1.0) || has(SignalKind::AssistantTimeout, 1.0) {
        Some(RootCause::ToolFailure)
    } else if has(SignalKind::RepeatCount, 2.0) || has(SignalKind::AnswerRepeat, 2.0) {
        Some(RootCause::Looping)
    } else if has(SignalKind::FallbackStreak, 1.0) {
        Some(RootCause::MissingKnowledge)
    } else if has(SignalKind::NegativeFeedback, 1.0) {
        Some(RootCause::WrongAnswer)
    } else {
        None
    }
}

/// Who dealt with the customer before and is to be tried first: only what goes to their
/// team, and never what is cold, which is nobody's but the specialists'.
fn who_served(state: &State, queue: &QueueKey, kind: HandoffKind) -> Option<AgentId> {
    let served = state.served.as_ref()?;
    (served.queue == *queue && kind != HandoffKind::Cold).then_some(served.agent)
}

/// Where it goes. A wish for a person that is about nothing in particular goes back to
/// the people who had it before, unless the policy names a queue for such wishes.
fn way(rules: &Ruleset, state: &State, reason: &Reason) -> QueueKey {
    let definition = rules.policy().definition();
    let is_bare_wish = reason.trigger == Trigger::OptOut
        && reason.subject.is_empty()
        && reason.queue == definition.default_queue
        && definition.opt_out.queue == Target::ByTopic;
    let before = state.served.as_ref().filter(|_| is_bare_wish);
    before
        .map(|served| &served.queue)
        .filter(|queue| rules.queue(queue).is_some())
        .unwrap_or(&reason.queue)
        .clone()
}

/// The language that the customer reads.
pub fn locale_of(state: &State) -> Option<&str> {
    state
        .opening
        .as_deref()
        .and_then(|opening| opening.locale.as_deref())
}

/// The customer's first name, if it is known.
pub fn first_name(state: &State) -> &str {
    let name = state.facts.text(fact::name::NAME).unwrap_or_default();
    name.split_whitespace().next().unwrap_or_default()
}

/// Prepares a handoff.
pub fn prepare(
    rules: &Ruleset,
    state: &State,
    situation: &Situation<'_>,
    reason: &Reason,
    id: EscalationId,
    turn: TurnNumber,
) -> Handoff {
    let queue = way(rules, state, reason);
    let mut preferred = match reason.to_account_manager {
        true => named_agents(state, situation),
        false => Vec::new(),
    };
    preferred.extend(
        who_served(state, &queue, reason.kind).filter(|served| !preferred.contains(served)),
    );
    let asker = Asker::Joining {
        queue: &queue,
        priority: reason.priority,
        kind: reason.kind,
        preferred: &preferred,
    };
    let estimate = estimate(situation.world, asker);
    let notice = notice(
        rules,
        state,
        situation,
        (reason, &queue),
        id,
        estimate.as_ref(),
    );
    let is_put_off = notice.notice == NoticeKind::AfterHours;
    let due_at = estimate
        .as_ref()
        .filter(|_| is_put_off)
        .and_then(|estimate| estimate.opens_at);
    let request = EscalationRequest {
        id,
        kind: reason.kind,
        rule: reason.rule.clone(),
        trigger: reason.trigger,
        turn,
        preferred,
        priority: reason.priority,
        suggested_root_cause: reason.root_cause,
        announced_until: estimate.as_ref().and_then(Estimate::announced_until),
        due_at,
        overflow_at: overflow(rules, &queue, situation.now, is_urgent(reason)),
        queue,
    };
    Handoff { request, notice }
}

fn is_urgent(reason: &Reason) -> bool {
    reason.kind == HandoffKind::Cold || reason.priority == Priority::Urgent
}

/// When a wait that begins now ends with an overflow or a follow-up.
pub fn overflow(rules: &Ruleset, queue: &QueueKey, now: Timestamp, is_urgent: bool) -> Timestamp {
    let known = rules
        .queue(queue)
        .map(|queue| overflow_at(queue, now, is_urgent));
    known.unwrap_or(now + OVERFLOW_OTHERWISE)
}

fn named_agents(state: &State, situation: &Situation<'_>) -> Vec<AgentId> {
    [fact::name::ACCOUNT_MANAGER, fact::name::DEPUTY]
        .into_iter()
        .filter_map(|name| state.facts.text(name))
        .filter_map(|email| situation.agent_of(email))
        .collect()
}

fn notice(
    rules: &Ruleset,
    state: &State,
    situation: &Situation<'_>,
    (reason, queue): (&Reason, &QueueKey),
    id: EscalationId,
    estimate: Option<&Estimate>,
) -> Say {
    let kind = match (reason.kind, estimate) {
        (HandoffKind::Cold, _) => NoticeKind::HandoffCold,
        (_, Some(estimate)) if !estimate.is_open => NoticeKind::AfterHours,
        (HandoffKind::Takeover, _) => NoticeKind::Takeover,
        (HandoffKind::Warm, _) => NoticeKind::HandoffWarm,
    };
    let mut values = values(rules, state, situation, queue, estimate);
    values.subject = rules
        .policy()
        .in_language(&reason.subject, locale_of(state))
        .to_string();
    values.reason = rules
        .policy()
        .in_language(&reason.reason, locale_of(state))
        .to_string();
    values.reference = reference(id);
    let because = Because {
        rule: Some(&reason.rule),
        trigger: Some(reason.trigger),
    };
    say(
        rules.policy(),
        kind,
        locale_of(state),
        Some(because),
        &values,
    )
}

/// The person who probably comes: the one who is being asked at this moment, else the one
/// that the estimate expects. Notices and the customer's card ask here, so that both name
/// the same.
pub fn who_comes(state: &State, estimate: Option<&Estimate>) -> Option<AgentId> {
    let open = state.escalation.as_ref();
    let asked = open.and_then(|open| open.offer.as_ref());
    asked
        .map(|offer| offer.agent)
        .or_else(|| estimate.and_then(|estimate| estimate.likely_agent))
}

/// What every notice about a wait can say.
pub fn values(
    rules: &Ruleset,
    state: &State,
    situation: &Situation<'_>,
    queue: &QueueKey,
    estimate: Option<&Estimate>,
) -> Values {
    let locale = locale_of(state);
    let name = who_comes(state, estimate)
        .and_then(|agent| situation.name_of(agent))
        .map(first_word);
    let zone = rules
        .policy()
        .queue(queue)
        .map_or("UTC", |queue| queue.zone.as_str());
    let opens_at = estimate
        .filter(|estimate| !estimate.is_open)
        .and_then(|estimate| estimate.opens_at);
    let opens = opens_at.map(|at| moment_phrase(at, situation.now, zone, locale));
    Values {
        who: rules.policy().who(queue, name, locale),
        wait: estimate
            .map(|estimate| wait_phrase(estimate, locale))
            .unwrap_or_default(),
        position: estimate
            .filter(|estimate| estimate.display.is_some())
            .map(|estimate| position_phrase(estimate.position, locale))
            .unwrap_or_default(),
        opens: opens.unwrap_or_default(),
        company: situation.company.to_owned(),
        customer: first_name(state).to_owned(),
        reference: state
            .escalation
            .as_ref()
            .map(|open| reference(open.request.id))
            .unwrap_or_default(),
        ..Values::default()
    }
}

fn first_word(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or(name)
}

/// Where a conversation that is moved waits from now on.
pub fn requeue(
    rules: &Ruleset,
    state: &State,
    situation: &Situation<'_>,
    (queue, preferred): (&QueueKey, Vec<AgentId>),
    kind: NoticeKind,
) -> Waiting {
    let request = state.escalation.as_ref().map(|open| &open.request);
    let priority = request.map_or(Priority::Normal, |request| request.priority);
    let handoff = request.map_or(HandoffKind::Warm, |request| request.kind);
    let asker = Asker::Joining {
        queue,
        priority,
        kind: handoff,
        preferred: &preferred,
    };
    let estimate = estimate(situation.world, asker);
    let is_urgent = handoff == HandoffKind::Cold || priority == Priority::Urgent;
    let is_closed = estimate.as_ref().is_some_and(|estimate| !estimate.is_open);
    let kind = if is_closed && handoff != HandoffKind::Cold {
        NoticeKind::AfterHours
    } else {
        kind
    };
    let kind = if handoff == HandoffKind::Cold {
        NoticeKind::HandoffCold
    } else {
        kind
    };
    let values = values(rules, state, situation, queue, estimate.as_ref());
    Waiting {
        queue: queue.clone(),
        announced_until: estimate.as_ref().and_then(Estimate::announced_until),
        overflow_at: overflow(rules, queue, situation.now, is_urgent),
        notice: say(rules.policy(), kind, locale_of(state), None, &values),
        preferred,
    }
}
