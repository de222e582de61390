//! What happens when nobody does anything in time. The timers are columns of
//! the conversations' heads, written in the same transaction as the events, so
//! a restart loses none; which one rings is read off the state (F18).

use segue_floor::{Command, Due, due};
use segue_model::floor::FloorCause;
use segue_model::id::{ConversationId, EscalationId, WorkspaceId};
use segue_model::time::Span;
use segue_model::turn::NoticeKind;

use crate::append::Prepare;
use crate::caller::Caller;
use crate::failure::Failure;
use crate::service::Service;

/// How long the loop sleeps at most; a safety net for whatever forgot to ring.
const SLEEP_MAX: Span = Span::seconds(5);
/// How many timers are read at once.
const PAGE: u32 = 256;

impl Service {
    /// Rings what is due, in all workspaces, until the service stops.
    pub(crate) async fn ring(self) {
        loop {
            let sleep = match self.ring_due().await {
                Ok(sleep) => sleep,
                Err(error) => {
                    tracing::error!(%error, "timers could not be read");
                    SLEEP_MAX
                }
            };
            tokio::select! {
                () = self.timers_woken() => {}
                () = tokio::time::sleep(std::time::Duration::from_millis(sleep.millis().max(5))) => {}
                () = self.stopping().cancelled() => return,
            }
        }
    }

    /// Rings everything that is due now, and says how long nothing will be.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub async fn ring_due(&self) -> Result<Span, Failure> {
        let now = self.now();
        self.set_next_timer(None);
        let ringing = self.store().due(now, PAGE).await?;
        let is_full = ringing.len() == PAGE as usize;
        for (workspace, conversation, due_at) in ringing {
            metrics::histogram!("segue_timer_late_seconds")
                .record(crate::watched::seconds(due_at, now));
            self.ring_one(workspace, conversation).await;
        }
        if is_full {
            return Ok(Span(0));
        }
        let next = self.store().next_due().await?;
        let rung = self.next_timer();
        let next = match (next, rung) {
            (Some(stored), Some(rung)) => Some(stored.min(rung)),
            (stored, rung) => stored.or(rung),
        };
        self.set_next_timer(next);
        Ok(next.map_or(SLEEP_MAX, |next| next.since(self.now()).min(SLEEP_MAX)))
    }

    async fn ring_one(&self, workspace: WorkspaceId, conversation: ConversationId) {
        let caller = Caller::system(workspace);
        let escalation = EscalationId::new(self.fresh());
        let rung = self
            .change(&caller, conversation, None, |before| {
                let state = &before.loaded.state;
                match due(state, &before.rules.settings(), before.now) {
                    Some(due) => before.command_for(due, escalation),
                    None => Err(segue_floor::Refused::NotDue.into()),
                }
            })
            .await;
        match rung {
            Ok(_) | Err(Failure::Refused(segue_floor::Refused::NotDue)) => {}
            Err(error) => {
                tracing::error!(conversation.id = %conversation, %error, "a timer could not be acted on");
            }
        }
    }
}

impl Prepare<'_> {
    fn command_for(&self, due: Due, escalation: EscalationId) -> Result<Command, Failure> {
        Ok(match due {
            Due::AssistantSilent => Command::AssistantSilent {
                handoff: Box::new(self.silent(escalation)),
                said_so_far: self.cut(),
            },
            Due::OfferTimedOut => Command::OfferTimedOut {
                notice: self.offer_gone_notice(),
            },
            Due::WaitPassed => Command::WaitPassed {
                notice: self.say(NoticeKind::WaitExtended),
            },
            Due::Overflow => self.overflow()?,
            Due::WrapUp => Command::WrapUpPassed,
            Due::Idle => Command::GoIdle {
                notice: self.say(NoticeKind::Closed),
            },
        })
    }

    /// To the queue that takes over, else the obligation is put off with a promise.
    fn overflow(&self) -> Result<Command, Failure> {
        let open = self
            .loaded
            .state
            .escalation
            .as_ref()
            .ok_or(Failure::Unknown("escalation"))?;
        let rules = &self.rules;
        let next = rules
            .overflow_of(&open.queue)
            .filter(|next| *next != open.queue);
        let was_moved = open.queue != open.request.queue;
        match next.filter(|_| !was_moved) {
            Some(queue) => {
                let to = self.waiting((&queue, Vec::new()), NoticeKind::Transferred);
                Ok(Command::Requeue {
                    agent: None,
                    to: Box::new(to),
                    cause: FloorCause::Overflowed,
                })
            }
            None => {
                let due_at = self.due_for_follow_up().max(self.now + FOLLOW_UP_SOONEST);
                Ok(Command::Expire {
                    notice: self.expired(due_at),
                    due_at,
                })
            }
        }
    }
}

/// How soon somebody comes back at the earliest to an obligation that was put
/// off: the team was just found to have no hands free.
const FOLLOW_UP_SOONEST: Span = Span::minutes(30);
