//! The demo's past: conversations that took place before the workspace was
//! opened, marked as demo so that figures can leave them out.

use std::collections::HashMap;
use std::sync::Arc;

use anyhow::Context;
use jiff::ToSpan;
use jiff::civil::Time;
use jiff::tz::TimeZone;
use segue_model::escalation::{
    Disposition, EscalationRequest, Offer, OfferEnd, Priority, RootCause, Trigger,
};
use segue_model::event::{Actor, AssistantKind, Event, Opening, Origin, RatedPart, TextRef};
use segue_model::floor::{ClosedOutcome, Epoch, FloorCause, Holder};
use segue_model::id::{
    AgentId, ConversationId, EscalationId, OfferId, QueueKey, RuleId, WorkspaceId,
};
use segue_model::time::{Span, Timestamp};
use segue_model::turn::{AnswerScores, Author, NoticeKind, Retrieved, Role, TurnNumber};
use segue_model::verdict::{EscalationPlan, HandoffKind, Outcome, RuleTrace, Trace, Verdict};
use segue_service::Service;
use segue_service::history::{Past, imported_id};
use segue_service::identity::visitors::facts_of;
use serde::Deserialize;
use uuid::Uuid;

/// The zone in which the demo's hours are meant.
const ZONE: &str = "Europe/Berlin";
/// How long after the last turn a contained conversation ends.
const IDLE_AFTER: Span = Span::minutes(30);
/// How long before the accept the offer was made.
const OFFER_TOOK: Span = Span::seconds(8);

#[derive(Debug, Deserialize)]
struct Row {
    id: String,
    days_ago: i64,
    hour: i8,
    customer: Option<String>,
    turns: Vec<TurnRow>,
    handoff: Option<HandoffRow>,
    resolution: Option<ResolutionRow>,
    #[serde(default)]
    csat: CsatRow,
    #[serde(default)]
    confirmed: Option<bool>,
}

#[derive(Debug, Deserialize)]
struct TurnRow {
    role: Role,
    after_s: u64,
    text: String,
    confidence: Option<f64>,
    article: Option<String>,
    #[serde(default)]
    fallback: bool,
}

#[derive(Debug, Deserialize)]
struct HandoffRow {
    at_turn: usize,
    queue: QueueKey,
    agent: String,
    wait_s: u64,
    opened_packet: bool,
    packet_dwell_ms: u64,
}

#[derive(Debug, Deserialize)]
struct ResolutionRow {
    root_cause: RootCause,
    disposition: Disposition,
    active_s: u64,
}

#[derive(Debug, Default, Deserialize)]
struct CsatRow {
    assistant: Option<u8>,
    agent: Option<u8>,
}

/// Writes the past of all conversations.
pub async fn bring(service: &Service, workspace: WorkspaceId, text: &str) -> anyhow::Result<()> {
    let desk = service.desk(workspace)?;
    let agents: HashMap<String, AgentId> = desk
        .agents()
        .iter()
        .map(|agent| (agent.email.clone(), agent.id))
        .collect();
    let mut told = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let row: Row =
            serde_json::from_str(line).with_context(|| format!("history line {}", index + 1))?;
        let service = service.clone();
        let agents = agents.clone();
        // Side by side, so that they share waits for the disk.
        told.push(tokio::spawn(async move {
            tell(&service, workspace, &agents, row).await
        }));
    }
    for told in told {
        told.await??;
    }
    Ok(())
}

async fn tell(
    service: &Service,
    workspace: WorkspaceId,
    agents: &HashMap<String, AgentId>,
    row: Row,
) -> anyhow::Result<()> {
    let conversation = imported_id(workspace, "demo", &row.id);
    let begins = begins_at(service.now(), row.days_ago, row.hour)?;
    let customer = match &row.customer {
        Some(email) => {
            service
                .store()
                .find_customer(workspace, email.clone())
                .await?
        }
        None => None,
    };
    let opening = Opening {
        customer: customer.as_ref().map(|customer| customer.id),
        visitor: None,
        assistant: AssistantKind::Builtin,
        origin: Origin::Demo,
        channel: "widget".to_owned(),
        locale: Some("en".to_owned()),
        page: Some("/dashboard".to_owned()),
        browser: None,
        follows: None,
        bot: None,
        desk: None,
        facts: facts_of(customer.as_ref()),
    };
    let mut teller = Teller {
        past: Past::new(service, workspace, conversation),
        conversation,
        policy: service
            .desk(workspace)?
            .ruleset()
            .policy()
            .version()
            .clone(),
        turn: 0,
        epoch: 0,
    };
    teller
        .write(
            begins,
            Actor::System,
            vec![Event::ConversationOpened(Box::new(opening))],
        )
        .await?;
    let last = teller.turns(&row, begins, agents).await?;
    teller.ending(&row, last, agents).await
}

/// So many days ago at this hour in the demo's zone.
fn begins_at(now: Timestamp, days_ago: i64, hour: i8) -> anyhow::Result<Timestamp> {
    let zone = TimeZone::get(ZONE)?;
    let today = jiff::Timestamp::from_millisecond(now.0)?.to_zoned(zone);
    let day = today.checked_sub(days_ago.days())?;
    let at = day.with().time(Time::new(hour, 12, 0, 0)?).build()?;
    Ok(Timestamp(at.timestamp().as_millisecond()))
}

struct Teller<'a> {
    past: Past<'a>,
    conversation: ConversationId,
    policy: segue_model::id::PolicyVersion,
    turn: u32,
    epoch: u32,
}

impl Teller<'_> {
    async fn write(
        &mut self,
        at: Timestamp,
        actor: Actor,
        events: Vec<Event>,
    ) -> anyhow::Result<()> {
        self.past.write(at, actor, events, Vec::new()).await?;
        Ok(())
    }

    async fn turns(
        &mut self,
        row: &Row,
        begins: Timestamp,
        agents: &HashMap<String, AgentId>,
    ) -> anyhow::Result<Timestamp> {
        let mut at = begins;
        for (index, turn) in row.turns.iter().enumerate() {
            at = begins + Span::seconds(turn.after_s);
            if let Some(handoff) = row
                .handoff
                .as_ref()
                .filter(|handoff| handoff.at_turn == index)
            {
                self.hand_over(row, handoff, at, agents).await?;
            }
            let agent = row
                .handoff
                .as_ref()
                .and_then(|handoff| agents.get(&handoff.agent))
                .copied();
            self.say(turn, at, agent.unwrap_or(AgentId::nil())).await?;
        }
        Ok(at)
    }

    async fn say(&mut self, turn: &TurnRow, at: Timestamp, agent: AgentId) -> anyhow::Result<()> {
        let (author, actor) = match turn.role {
            Role::Customer => (Author::Customer, Actor::Customer),
            Role::Assistant => (Author::Assistant, Actor::Assistant),
            Role::Agent => (Author::Agent { agent }, Actor::Agent(agent)),
            Role::System => (
                Author::System {
                    notice: NoticeKind::Closed,
                },
                Actor::System,
            ),
        };
        let answers = TurnNumber(self.turn);
        let scores = scores(turn);
        let is_answer = turn.role == Role::Assistant;
        let mut events = Vec::new();
        if is_answer {
            events.push(self.judged(answers, &turn.role, turn));
        }
        let text = self.add(&mut events, author, scores, is_answer.then_some(answers));
        let texts = vec![(text, turn.text.clone())];
        self.past.write(at, actor, events, texts).await?;
        Ok(())
    }

    fn add(
        &mut self,
        events: &mut Vec<Event>,
        author: Author,
        scores: AnswerScores,
        in_reply_to: Option<TurnNumber>,
    ) -> TextRef {
        self.turn += 1;
        let text = self.past.next_text(0);
        events.push(Event::TurnAdded {
            turn: TurnNumber(self.turn),
            author,
            text,
            epoch: Epoch(self.epoch),
            in_reply_to,
            is_cut: false,
            scores,
            source_at: None,
        });
        text
    }

    fn judged(&self, turn: TurnNumber, _role: &Role, row: &TurnRow) -> Event {
        let outcome = match row.fallback {
            true => Outcome::FallBack {
                step: segue_model::verdict::FallBackStep::Clarify,
            },
            false => Outcome::Continue,
        };
        let rule = if row.fallback {
            "bands.clarify"
        } else {
            "bands.accept"
        };
        Event::VerdictReached {
            turn,
            on_answer: true,
            verdict: self.verdict(outcome, rule, None, ""),
        }
    }

    fn verdict(
        &self,
        outcome: Outcome,
        rule: &str,
        plan: Option<EscalationPlan>,
        reason: &str,
    ) -> Verdict {
        let rule = RuleId(rule.into());
        let fired = RuleTrace {
            rule: rule.clone(),
            fired: true,
            because: Vec::new(),
        };
        Verdict {
            outcome,
            rule,
            reason: reason.into(),
            subject: None,
            plan,
            is_flagged: false,
            trace: Arc::new(Trace {
                policy: self.policy.clone(),
                rules: vec![fired],
                signals: Vec::new(),
                failures: Vec::new(),
                near_misses: Vec::new(),
                absent: Vec::new(),
            }),
        }
    }

    /// The wait before the agent's first word, from the request to the accept.
    async fn hand_over(
        &mut self,
        row: &Row,
        handoff: &HandoffRow,
        first_word: Timestamp,
        agents: &HashMap<String, AgentId>,
    ) -> anyhow::Result<()> {
        let asked = first_word - Span::seconds(handoff.wait_s);
        let accepted = first_word - Span(handoff.packet_dwell_ms + 4_000);
        let accepted = accepted.max(asked + OFFER_TOOK);
        let agent = agents
            .get(&handoff.agent)
            .copied()
            .unwrap_or(AgentId::nil());
        let escalation = EscalationId::new(Uuid::new_v5(&self.conversation.uuid(), b"escalation"));
        let offer = Offer {
            id: OfferId::new(Uuid::new_v5(&self.conversation.uuid(), b"offer")),
            agent,
            expires_at: accepted + OFFER_TOOK,
        };
        let offered = accepted - OFFER_TOOK;
        self.request(row, handoff, escalation, asked).await?;
        let made = vec![Event::OfferMade {
            escalation,
            offer: offer.clone(),
        }];
        self.write(offered.max(asked), Actor::System, made).await?;
        self.epoch += 1;
        let taken = vec![
            Event::OfferEnded {
                offer: offer.id,
                agent,
                end: OfferEnd::Accepted,
                reason: None,
            },
            Event::EscalationAccepted { escalation, agent },
            Event::FloorChanged {
                to: Holder::Agent { agent },
                epoch: Epoch(self.epoch),
                cause: FloorCause::Accepted,
            },
        ];
        self.write(accepted, Actor::Agent(agent), taken).await?;
        if handoff.opened_packet {
            let dwell_ms = handoff.packet_dwell_ms;
            let read = vec![Event::PacketRead {
                escalation,
                agent,
                dwell_ms,
            }];
            self.write(first_word - Span(500), Actor::Agent(agent), read)
                .await?;
        }
        Ok(())
    }

    async fn request(
        &mut self,
        row: &Row,
        handoff: &HandoffRow,
        escalation: EscalationId,
        asked: Timestamp,
    ) -> anyhow::Result<()> {
        let (trigger, kind) = trigger(row, handoff);
        let root_cause = row
            .resolution
            .as_ref()
            .map_or(RootCause::CustomerRequest, |end| end.root_cause);
        let plan = EscalationPlan {
            trigger,
            priority: Priority::Normal,
            root_cause,
            to_account_manager: false,
        };
        let queue = handoff.queue.clone();
        let outcome = Outcome::Escalate {
            kind,
            queue: queue.clone(),
        };
        let turn = TurnNumber(self.turn);
        let request = EscalationRequest {
            id: escalation,
            kind,
            queue: queue.clone(),
            rule: RuleId("demo.history".into()),
            trigger,
            turn,
            preferred: Vec::new(),
            priority: Priority::Normal,
            suggested_root_cause: Some(root_cause),
            announced_until: None,
            due_at: None,
            overflow_at: asked + Span::hours(1),
        };
        self.epoch += 1;
        let verdict = self.verdict(outcome, "demo.history", Some(plan), "a person was needed");
        let events = vec![
            Event::VerdictReached {
                turn,
                on_answer: false,
                verdict,
            },
            Event::EscalationRequested(Box::new(request)),
            Event::FloorChanged {
                to: Holder::Queue {
                    queue,
                    kind,
                    since: asked,
                },
                epoch: Epoch(self.epoch),
                cause: FloorCause::Verdict,
            },
        ];
        self.write(asked, Actor::Customer, events).await
    }

    async fn ending(
        &mut self,
        row: &Row,
        last: Timestamp,
        agents: &HashMap<String, AgentId>,
    ) -> anyhow::Result<()> {
        self.epoch += 1;
        let closed = |outcome, epoch| Event::FloorChanged {
            to: Holder::Closed { outcome },
            epoch: Epoch(epoch),
            cause: FloorCause::Closed,
        };
        let resolved = row.handoff.as_ref().zip(row.resolution.as_ref());
        let mut at = last + Span::minutes(2);
        if let Some((handoff, end)) = resolved {
            let agent = agents
                .get(&handoff.agent)
                .copied()
                .unwrap_or(AgentId::nil());
            let escalation =
                EscalationId::new(Uuid::new_v5(&self.conversation.uuid(), b"escalation"));
            let events = vec![
                Event::EscalationResolved {
                    escalation,
                    agent,
                    root_cause: end.root_cause,
                    disposition: end.disposition,
                    active_ms: end.active_s * 1_000,
                },
                closed(ClosedOutcome::ResolvedByAgent, self.epoch),
            ];
            self.write(at, Actor::Agent(agent), events).await?;
        } else {
            if row.confirmed == Some(true) {
                let turn = TurnNumber(self.turn.saturating_sub(1).max(1));
                let events = vec![Event::AnswerConfirmed { turn, helped: true }];
                self.write(last, Actor::Customer, events).await?;
            } else {
                at = last + IDLE_AFTER;
            }
            self.write(
                at,
                Actor::System,
                vec![closed(ClosedOutcome::Idle, self.epoch)],
            )
            .await?;
        }
        self.ratings(&row.csat, at + Span::seconds(20)).await
    }

    async fn ratings(&mut self, csat: &CsatRow, at: Timestamp) -> anyhow::Result<()> {
        let parts = [
            (RatedPart::Assistant, csat.assistant),
            (RatedPart::Agent, csat.agent),
        ];
        let rated = parts.into_iter().filter_map(|(part, score)| {
            score.map(|score| Event::Rated {
                part,
                score,
                text: None,
            })
        });
        let events: Vec<Event> = rated.collect();
        if events.is_empty() {
            return Ok(());
        }
        self.write(at, Actor::Customer, events).await
    }
}

fn scores(turn: &TurnRow) -> AnswerScores {
    let retrieval = turn.article.as_ref().map(|article| Retrieved {
        version: None,
        id: article.clone(),
        score: turn.confidence.unwrap_or_default(),
        title: None,
    });
    AnswerScores {
        confidence: turn.confidence,
        retrieval: retrieval.into_iter().collect(),
        is_fallback: turn.fallback,
        ..AnswerScores::default()
    }
}

/// What brought a person in, as far as the root cause and the queue tell.
fn trigger(row: &Row, handoff: &HandoffRow) -> (Trigger, HandoffKind) {
    match (
        handoff.queue.as_str(),
        row.resolution.as_ref().map(|end| end.root_cause),
    ) {
        ("trust_safety", _) => (Trigger::Compliance, HandoffKind::Cold),
        (_, Some(RootCause::ToolFailure)) => (Trigger::ToolFailure, HandoffKind::Warm),
        ("account_management", _) => (Trigger::Vip, HandoffKind::Warm),
        (_, Some(RootCause::Looping)) => (Trigger::Sentiment, HandoffKind::Takeover),
        (_, Some(RootCause::MissingKnowledge | RootCause::WrongAnswer)) => {
            (Trigger::Fallback, HandoffKind::Warm)
        }
        (_, Some(RootCause::ComplexTroubleshooting)) => (Trigger::Complexity, HandoffKind::Warm),
        (_, Some(RootCause::Policy)) => (Trigger::HighStakes, HandoffKind::Warm),
        _ => (Trigger::OptOut, HandoffKind::Warm),
    }
}
