//! One conversation driven by hand, with its log, its texts and its auditor.

use std::sync::Arc;

use segue_floor::{
    Answer, Command, Context, Decision, Handoff, Refused, Say, Settings, State, Waiting, decide,
    evolve,
};
use segue_model::escalation::{EscalationRequest, Offer, Priority, RootCause, Trigger};
use segue_model::event::{Actor, AssistantKind, Entry, Opening, Origin, TextRef};
use segue_model::fact::Facts;
use segue_model::floor::Epoch;
use segue_model::id::{AgentId, DraftId, EscalationId, OfferId, PolicyVersion, QueueKey, RuleId};
use segue_model::limits::HAND_BACKS_MAX;
use segue_model::time::{Span, Timestamp};
use segue_model::turn::{AnswerScores, NoticeKind};
use segue_model::verdict::{HandoffKind, Outcome, Trace, Verdict};

use crate::auditor::Auditor;

pub const SETTINGS: Settings = Settings {
    idle_close: Span::minutes(30),
};
pub const START: Timestamp = Timestamp(1_000_000);

/// A way to decide: the real one, or one with a fault planted.
pub type Decide = fn(&State, Command, &Context) -> Result<Decision, Refused>;

#[derive(Clone)]
pub struct World {
    pub state: State,
    pub now: Timestamp,
    pub log: Vec<Entry>,
    pub texts: Vec<(TextRef, String)>,
    pub auditor: Auditor,
    pub decide: Decide,
    /// For identities that may be used once.
    pub serial: u128,
    /// What the policy allows.
    pub hand_backs_max: u32,
}

impl World {
    pub fn unopened() -> Self {
        Self {
            state: State::default(),
            now: START,
            log: Vec::new(),
            texts: Vec::new(),
            auditor: Auditor::default(),
            decide,
            serial: 0,
            hand_backs_max: HAND_BACKS_MAX,
        }
    }

    pub fn opened(assistant: AssistantKind) -> Self {
        let mut world = Self::unopened();
        let welcome = Some(say(NoticeKind::Welcome, "An AI answers here."));
        world
            .run(Command::Open {
                opening: opening(assistant),
                welcome,
            })
            .unwrap();
        world
    }

    pub fn builtin() -> Self {
        Self::opened(AssistantKind::Builtin)
    }

    pub fn external() -> Self {
        Self::opened(AssistantKind::External)
    }

    /// The same situation without its past.
    pub fn light(&self) -> Self {
        Self {
            state: self.state.clone(),
            now: self.now,
            hand_backs_max: self.hand_backs_max,
            log: Vec::new(),
            texts: Vec::new(),
            auditor: self.auditor.clone(),
            decide: self.decide,
            serial: self.serial,
        }
    }

    pub fn serial(&mut self) -> u128 {
        self.serial += 1;
        self.serial
    }

    /// Decides, audits and appends; panics where the auditor finds a fault.
    pub fn run(&mut self, command: Command) -> Result<Decision, Refused> {
        self.try_run(command).unwrap_or_else(|fault| {
            panic!(
                "{fault}\nlog: {:#?}",
                self.log.iter().map(|e| &e.events).collect::<Vec<_>>()
            )
        })
    }

    /// Decides, audits and appends; the outer error is the auditor's.
    pub fn try_run(&mut self, command: Command) -> Result<Result<Decision, Refused>, String> {
        let draft = DraftId::from_number(self.serial());
        let context = Context {
            now: self.now,
            draft,
            hand_backs_max: self.hand_backs_max,
        };
        let outcome = (self.decide)(&self.state, command.clone(), &context);
        let again = (self.decide)(&self.state, command.clone(), &context);
        if outcome != again {
            return Err("the same input gave two results".to_owned());
        }
        let decision = match outcome {
            Ok(decision) => decision,
            Err(refused) => {
                self.auditor.refused(&command, &refused)?;
                return Ok(Err(refused));
            }
        };
        let entry = Entry {
            version: self.state.version.next(),
            at: self.now,
            actor: Actor::System,
            events: decision.events.clone(),
        };
        let before = self.state.clone();
        evolve(&mut self.state, &entry);
        self.log.push(entry);
        self.texts.extend(decision.texts.iter().cloned());
        self.auditor
            .accepted(&before, &command, &decision, &self.state, self.now)?;
        Ok(Ok(decision))
    }

    /// The state folded from the log alone.
    pub fn replayed(&self) -> State {
        let mut state = State::default();
        self.log.iter().for_each(|entry| evolve(&mut state, entry));
        state
    }

    pub fn wait(&mut self, span: Span) -> &mut Self {
        self.now = self.now + span;
        self
    }

    // Ready-made parts of commands.

    pub fn handoff(&mut self, kind: HandoffKind) -> Box<Handoff> {
        let id = EscalationId::from_number(self.serial());
        let notice = match kind {
            HandoffKind::Cold => NoticeKind::HandoffCold,
            HandoffKind::Warm | HandoffKind::Takeover => NoticeKind::HandoffWarm,
        };
        Box::new(Handoff {
            request: EscalationRequest {
                id,
                kind,
                queue: QueueKey::from("general"),
                rule: RuleId("rule".into()),
                trigger: Trigger::Rule,
                turn: self.state.last_customer_turn.unwrap_or_default(),
                preferred: Vec::new(),
                priority: Priority::Normal,
                suggested_root_cause: Some(RootCause::CustomerRequest),
                announced_until: Some(self.now + Span::minutes(5)),
                due_at: None,
                overflow_at: self.now + Span::minutes(10),
            },
            notice: say(notice, "Somebody comes."),
        })
    }

    pub fn answer(&self) -> Answer {
        Answer {
            text: "Have you tried the settings page?".to_owned(),
            epoch: self.state.epoch,
            in_reply_to: self.state.last_customer_turn,
            is_more: false,
            scores: AnswerScores::default(),
            verdict: Some(verdict(Outcome::Continue)),
            handoff: None,
            clarify: None,
            deadline: self.now + Span::seconds(15),
            shown: None,
            is_cut: false,
        }
    }

    pub fn offer(&mut self, agent: AgentId) -> Offer {
        let id = OfferId::from_number(self.serial());
        Offer {
            id,
            agent,
            expires_at: self.now + Span::seconds(40),
        }
    }

    pub fn waiting(&self) -> Box<Waiting> {
        Box::new(Waiting {
            queue: QueueKey::from("other"),
            preferred: Vec::new(),
            announced_until: Some(self.now + Span::minutes(5)),
            overflow_at: self.now + Span::minutes(10),
            notice: say(NoticeKind::Requeued, "You keep your place."),
        })
    }

    pub fn open_offer(&self) -> Option<Offer> {
        self.state
            .escalation
            .as_ref()
            .and_then(|open| open.offer.clone())
    }

    pub fn stale(&self) -> Epoch {
        Epoch(self.state.epoch.0.wrapping_sub(1))
    }
}

/// Identities made from a number.
pub trait FromNumber {
    fn from_number(number: u128) -> Self;
}

macro_rules! from_number {
    ($($id:ty),*) => {$(
        impl FromNumber for $id {
            fn from_number(number: u128) -> Self {
                format!("{}_{number:032x}", Self::PREFIX).parse().unwrap()
            }
        }
    )*};
}

from_number!(
    AgentId,
    DraftId,
    EscalationId,
    OfferId,
    segue_model::id::ApiKeyId
);

pub fn agent(number: u8) -> AgentId {
    AgentId::from_number(u128::from(number) + 1)
}

pub fn say(notice: NoticeKind, text: &str) -> Say {
    Say {
        notice,
        text: text.to_owned(),
    }
}

pub fn opening(assistant: AssistantKind) -> Box<Opening> {
    Box::new(Opening {
        customer: None,
        visitor: None,
        assistant,
        origin: Origin::Live,
        channel: "widget".to_owned(),
        locale: None,
        page: None,
        browser: None,
        follows: None,
        bot: None,
        desk: None,
        facts: Facts::default(),
    })
}

pub fn verdict(outcome: Outcome) -> Verdict {
    Verdict {
        outcome,
        rule: RuleId("rule".into()),
        reason: Arc::from("you asked for a person"),
        subject: None,
        plan: None,
        is_flagged: false,
        trace: Arc::new(Trace {
            policy: PolicyVersion(Arc::from("test@0")),
            rules: Vec::new(),
            signals: Vec::new(),
            failures: Vec::new(),
            absent: Vec::new(),
            near_misses: Vec::new(),
        }),
    }
}

pub fn escalate(kind: HandoffKind) -> Outcome {
    Outcome::Escalate {
        kind,
        queue: QueueKey::from("general"),
    }
}

pub fn review() -> Outcome {
    Outcome::Review {
        queue: QueueKey::from("review"),
    }
}
