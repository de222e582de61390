//! Short actions that random streams and the enumeration are made of. An action
//! becomes a command in the light of the state, so that streams get far.

use segue_floor::{Answer, Command, Decision, Due, Refused, Rise, due, next_deadline};
use segue_model::escalation::{DeclineReason, Disposition, Priority, RootCause, Trigger};
use segue_model::event::{Grade, RatedPart, TextRef};
use segue_model::fact::Facts;
use segue_model::floor::{Epoch, FloorCause};
use segue_model::id::{ApiKeyId, DraftId, OfferId};
use segue_model::time::Span;
use segue_model::turn::{NoticeKind, TurnNumber};
use segue_model::verdict::{FallBackStep, HandoffKind, Outcome};

use crate::world::{FromNumber, SETTINGS, World, agent, escalate, review, say, verdict};

/// What the policy says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Says {
    Nothing,
    Continue,
    Widen,
    Clarify,
    Review,
    Warm,
    Cold,
    Takeover,
    /// It escalates, and nobody prepared the handoff.
    Unprepared,
    /// It is security's, also while people have it.
    Rise,
    /// The same, and no lock is prepared.
    RiseUnprepared,
}

/// Which turn an answer names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reply {
    Latest,
    First,
    None,
    Bogus,
}

/// Under which epoch something was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Made {
    Fresh,
    Stale,
    Ahead,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Customer {
        says: Says,
        is_cutting: bool,
    },
    Assistant {
        made: Made,
        says: Says,
        reply: Reply,
        is_more: bool,
        has_clarify: bool,
    },
    Ask {
        is_cutting: bool,
    },
    Withdraw,
    LeaveContact,
    Confirm {
        helped: bool,
    },
    End,
    Rate(RatedPart),
    Offer(u8),
    Decline(u8),
    Accept(u8),
    AcceptBogus(u8),
    Take {
        agent: u8,
        is_cutting: bool,
    },
    AgentTurn {
        agent: u8,
        made: Made,
    },
    Note(u8),
    ReadPacket(u8),
    /// A model's version of the packet, of everything or of less than was there.
    Summarize {
        is_late: bool,
    },
    Requeue(u8),
    Move,
    HandBack(u8),
    /// Handed back with a line that has answered the customer's last turn.
    HandBackSettled(u8),
    Resolve(u8, Disposition),
    Release {
        agent: u8,
        is_edited: bool,
    },
    ReleaseBogus(u8),
    Reject(u8),
    EndReview(u8),
    LearnFacts,
    GrantKey,
    ClearFlag,
    Grade,
    /// Time goes to the next timer, and it rings.
    Ring {
        is_moving_on: bool,
    },
    /// A timer rings although nobody asked it to.
    Spurious(Due),
    Wait(u8),
}

impl World {
    pub fn act(&mut self, action: Action) -> Result<Result<Decision, Refused>, String> {
        if let Action::Wait(minutes) = action {
            self.wait(Span::minutes(u64::from(minutes)));
            return Ok(Ok(Decision::default()));
        }
        if let Action::Ring { is_moving_on } = action {
            return self.ring(is_moving_on);
        }
        // Every action takes a while, so that no two things happen at once.
        self.wait(Span::seconds(1));
        let command = self.command(action);
        self.try_run(command)
    }

    /// Lets whatever is due next ring, until nothing is due at that time.
    fn ring(&mut self, is_moving_on: bool) -> Result<Result<Decision, Refused>, String> {
        let Some(at) = next_deadline(&self.state, &SETTINGS) else {
            return Ok(Err(Refused::NotDue));
        };
        self.now = self.now.max(at);
        let mut last = Ok(Err(Refused::NotDue));
        for _ in 0..6 {
            let Some(what) = due(&self.state, &SETTINGS, self.now) else {
                return last;
            };
            let command = self.timer(what, is_moving_on);
            let outcome = self.try_run(command)?;
            if let Err(refused) = &outcome {
                return Err(format!("{what:?} is due and is refused: {refused}"));
            }
            if due(&self.state, &SETTINGS, self.now) == Some(what) {
                return Err(format!("{what:?} rings for ever"));
            }
            last = Ok(outcome);
        }
        Err("timers ring for ever".to_owned())
    }

    fn timer(&mut self, what: Due, is_moving_on: bool) -> Command {
        match what {
            Due::AssistantSilent => {
                let handoff = self.handoff(HandoffKind::Warm);
                Command::AssistantSilent {
                    handoff,
                    said_so_far: None,
                }
            }
            Due::OfferTimedOut => Command::OfferTimedOut { notice: None },
            Due::WaitPassed => Command::WaitPassed {
                notice: say(NoticeKind::WaitExtended, "It takes longer."),
            },
            Due::Overflow if is_moving_on => {
                let to = self.waiting();
                Command::Requeue {
                    agent: None,
                    to,
                    cause: FloorCause::Overflowed,
                }
            }
            Due::Overflow => Command::Expire {
                notice: say(NoticeKind::Expired, "We write to you."),
                due_at: self.now + Span::hours(4),
            },
            Due::WrapUp => Command::WrapUpPassed,
            Due::Idle => Command::GoIdle {
                notice: say(NoticeKind::Closed, "Good-bye."),
            },
        }
    }

    fn said_so_far(&self, is_cutting: bool) -> Option<Answer> {
        is_cutting.then(|| Answer {
            text: "Have you tri".to_owned(),
            ..self.answer()
        })
    }

    fn outcome(says: Says) -> Option<Outcome> {
        match says {
            Says::Nothing => None,
            Says::Continue => Some(Outcome::Continue),
            Says::Widen => Some(Outcome::FallBack {
                step: FallBackStep::Widen,
            }),
            Says::Clarify => Some(Outcome::FallBack {
                step: FallBackStep::Clarify,
            }),
            Says::Review => Some(review()),
            Says::Warm | Says::Unprepared => Some(escalate(HandoffKind::Warm)),
            Says::Cold | Says::Rise | Says::RiseUnprepared => Some(escalate(HandoffKind::Cold)),
            Says::Takeover => Some(escalate(HandoffKind::Takeover)),
        }
    }

    fn prepared(&mut self, says: Says) -> Option<Box<segue_floor::Handoff>> {
        match says {
            Says::Warm => Some(self.handoff(HandoffKind::Warm)),
            Says::Cold | Says::Rise | Says::RiseUnprepared => Some(self.handoff(HandoffKind::Cold)),
            Says::Takeover => Some(self.handoff(HandoffKind::Takeover)),
            _ => None,
        }
    }

    fn rise(&self, says: Says) -> Option<Box<Rise>> {
        let is_rise = matches!(says, Says::Rise | Says::RiseUnprepared);
        is_rise.then(|| {
            Box::new(Rise {
                verdict: verdict(escalate(HandoffKind::Cold)),
                trigger: Trigger::Compliance,
                kind: HandoffKind::Cold,
                priority: Priority::Urgent,
                lock: (says == Says::Rise).then(|| *self.waiting()),
            })
        })
    }

    fn epoch(&self, made: Made) -> Epoch {
        match made {
            Made::Fresh => self.state.epoch,
            Made::Stale => self.stale(),
            Made::Ahead => self.state.epoch.next(),
        }
    }

    pub fn command(&mut self, action: Action) -> Command {
        match action {
            Action::Customer { says, is_cutting } => Command::CustomerTurn {
                text: "It does not work.".to_owned(),
                verdict: Self::outcome(says).map(verdict),
                rise: self.rise(says),
                handoff: self.prepared(says),
                review_notice: Some(say(NoticeKind::ReviewStarted, "A person checks.")),
                said_so_far: self.said_so_far(is_cutting),
                answer_by: self.now + Span::seconds(15),
            },
            Action::Assistant {
                made,
                says,
                reply,
                is_more,
                has_clarify,
            } => {
                let in_reply_to = match reply {
                    Reply::Latest => self.state.last_customer_turn,
                    Reply::First => Some(TurnNumber(2)),
                    Reply::None => None,
                    Reply::Bogus => Some(TurnNumber(9_999)),
                };
                Command::AssistantTurn(Box::new(Answer {
                    epoch: self.epoch(made),
                    in_reply_to,
                    is_more,
                    verdict: Self::outcome(says).map(verdict),
                    handoff: self.prepared(says),
                    clarify: has_clarify.then(|| "Which page do you mean?".to_owned()),
                    ..self.answer()
                }))
            }
            Action::Ask { is_cutting } => Command::AskForPerson {
                handoff: self.handoff(HandoffKind::Warm),
                said_so_far: self.said_so_far(is_cutting),
                told: is_cutting.then(|| "They ask for the third time.".to_owned()),
            },
            Action::Withdraw => Command::Withdraw {
                notice: say(NoticeKind::HandBack, "The assistant goes on."),
            },
            Action::LeaveContact => Command::LeaveContact {
                address: "ada@example.org".to_owned(),
                notice: say(NoticeKind::ContactTaken, "We write to you."),
                due_at: self.now + Span::hours(4),
            },
            Action::Confirm { helped } => Command::ConfirmAnswer {
                turn: TurnNumber(self.state.turns),
                helped,
            },
            Action::End => Command::End {
                notice: say(NoticeKind::Closed, "Good-bye."),
            },
            Action::Rate(part) => Command::Rate {
                part,
                score: 5,
                text: Some("Good.".to_owned()),
            },
            Action::LearnFacts => Command::LearnFacts(Facts::default()),
            Action::GrantKey => Command::GrantKey(ApiKeyId::from_number(1)),
            Action::Spurious(what) => self.timer(what, false),
            Action::Move => Command::Requeue {
                agent: None,
                to: self.waiting(),
                cause: FloorCause::Requeued,
            },
            Action::Ring { .. } | Action::Wait(_) => unreachable!("these are not commands"),
            other => self.agents_command(other),
        }
    }

    fn agents_command(&mut self, action: Action) -> Command {
        let offer = |world: &Self| world.open_offer().map_or(OfferId::nil(), |offer| offer.id);
        let draft = |world: &Self| world.state.drafts.first().map_or(DraftId::nil(), |d| d.id);
        match action {
            Action::Offer(who) => Command::MakeOffer(self.offer(agent(who))),
            Action::Decline(who) => Command::DeclineOffer {
                offer: offer(self),
                agent: agent(who),
                reason: DeclineReason::TooBusy,
                notice: None,
            },
            Action::Accept(who) => Command::AcceptOffer {
                offer: offer(self),
                agent: agent(who),
                joined: say(NoticeKind::AgentJoined, "Sarah is here."),
            },
            Action::AcceptBogus(who) => Command::AcceptOffer {
                offer: OfferId::nil(),
                agent: agent(who),
                joined: say(NoticeKind::AgentJoined, "Sarah is here."),
            },
            Action::Take {
                agent: who,
                is_cutting,
            } => Command::Take {
                agent: agent(who),
                handoff: self.handoff(HandoffKind::Takeover),
                said_so_far: self.said_so_far(is_cutting),
            },
            Action::AgentTurn { agent: who, made } => Command::AgentTurn {
                agent: agent(who),
                epoch: self.epoch(made),
                text: "I have looked at it.".to_owned(),
                handoff: self.handoff(HandoffKind::Takeover),
                said_so_far: None,
            },
            Action::Note(who) => Command::AddNote {
                agent: agent(who),
                text: "Third time.".to_owned(),
            },
            Action::Summarize { is_late } => Command::AttachSummary {
                escalation: self
                    .state
                    .escalation
                    .as_ref()
                    .map_or_else(segue_model::id::EscalationId::nil, |open| open.request.id),
                text: "{}".to_owned(),
                through: segue_model::turn::TurnNumber(
                    self.state.turns.saturating_sub(u32::from(is_late)),
                ),
                model: "small".to_owned(),
            },
            Action::ReadPacket(who) => Command::ReadPacket {
                agent: agent(who),
                dwell_ms: 4_000,
            },
            Action::Requeue(who) => Command::Requeue {
                agent: Some(agent(who)),
                to: self.waiting(),
                cause: FloorCause::Passed,
            },
            Action::HandBack(who) | Action::HandBackSettled(who) => Command::HandBack {
                agent: agent(who),
                line: say(NoticeKind::HandBack, "The assistant goes on."),
                brief: "The account is active.".to_owned(),
                root_cause: RootCause::Policy,
                active_ms: 1,
                assistant_could: None,
                is_answer_owed: matches!(action, Action::HandBack(_)),
                answer_by: self.now + Span::seconds(30),
            },
            Action::Resolve(who, disposition) => Command::Resolve {
                agent: agent(who),
                root_cause: RootCause::Policy,
                disposition,
                active_ms: 1,
                assistant_could: None,
                notice: say(NoticeKind::Closed, "Good-bye."),
            },
            Action::Release {
                agent: who,
                is_edited,
            } => Command::ReleaseDraft {
                draft: draft(self),
                agent: agent(who),
                edited: is_edited.then(|| "In other words.".to_owned()),
                text: "Have you tried the settings page?".to_owned(),
            },
            Action::ReleaseBogus(who) => Command::ReleaseDraft {
                draft: DraftId::nil(),
                agent: agent(who),
                edited: None,
                text: "Have you tried the settings page?".to_owned(),
            },
            Action::Reject(who) => Command::RejectDraft {
                draft: draft(self),
                agent: agent(who),
            },
            Action::EndReview(who) => Command::EndReview { agent: agent(who) },
            Action::ClearFlag => Command::ClearFlag { agent: agent(0) },
            Action::Grade => Command::GradeAnswer {
                agent: agent(0),
                turn: self.state.last_customer_turn.unwrap_or_default(),
                text: TextRef(self.state.texts),
                grade: Grade::Wrong,
                was_shown: true,
                score: 0.75,
                by_chance: 0.25,
            },
            other => unreachable!("{other:?} is not an agent's"),
        }
    }
}
