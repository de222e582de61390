//! Judges every append by rules of its own: it keeps its own books from events and
//! effects and never asks `State` what is right, only whether it agrees.

use std::collections::{BTreeMap, BTreeSet};

use segue_floor::{Answer, Command, Decision, Refused, State, due, next_deadline};
use segue_model::event::{Event, TextRef};
use segue_model::floor::{Epoch, FloorCause, Holder};
use segue_model::id::{AgentId, DraftId, EscalationId, OfferId};
use segue_model::limits::{FLOOR_ALTERNATIONS_MAX, HAND_BACKS_MAX, TURN_TEXT_BYTES_MAX, TURNS_MAX};
use segue_model::time::Timestamp;
use segue_model::turn::{Author, Role, TurnNumber};

use crate::world::SETTINGS;

type Verdict = Result<(), String>;

/// What the auditor knows of the open escalation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Obligation {
    id: EscalationId,
    is_cold: bool,
    is_put_off: bool,
    offer: Option<(OfferId, AgentId)>,
    /// Offers accepted since it last began to wait (I6).
    accepted: u32,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Auditor {
    turns: u32,
    texts: u32,
    epoch: Epoch,
    holder: Holder,
    last_customer: Option<TurnNumber>,
    last_role: Option<Role>,
    /// Whether the customer waits for no answer because they chose not to.
    has_withdrawn: bool,
    answered: BTreeSet<(Epoch, TurnNumber)>,
    crossings: u32,
    hand_backs: u32,
    obligation: Option<Obligation>,
    past: BTreeSet<EscalationId>,
    slots: BTreeSet<(AgentId, EscalationId)>,
    drafts: BTreeMap<DraftId, TurnNumber>,
}

impl Default for Auditor {
    fn default() -> Self {
        Self {
            turns: 0,
            texts: 0,
            epoch: Epoch(0),
            holder: Holder::Assistant,
            last_customer: None,
            last_role: None,
            has_withdrawn: false,
            answered: BTreeSet::new(),
            crossings: 0,
            hand_backs: 0,
            obligation: None,
            past: BTreeSet::new(),
            slots: BTreeSet::new(),
            drafts: BTreeMap::new(),
        }
    }
}

macro_rules! must {
    ($condition:expr, $($message:tt)+) => {
        if !$condition {
            return Err(format!($($message)+));
        }
    };
}

mod obligation;

/// One append as the auditor walks through it.
struct Walk<'a> {
    command: &'a Command,
    texts: Vec<TextRef>,
    has_notice: bool,
    is_handed_back: bool,
    released: Option<DraftId>,
    has_floor_changed: bool,
}

/// What the command brought of an answer that it cuts.
const fn said_so_far(command: &Command) -> Option<&Answer> {
    match command {
        Command::CustomerTurn { said_so_far, .. }
        | Command::AskForPerson { said_so_far, .. }
        | Command::Take { said_so_far, .. }
        | Command::AgentTurn { said_so_far, .. }
        | Command::AssistantSilent { said_so_far, .. } => said_so_far.as_ref(),
        _ => None,
    }
}

impl Auditor {
    /// What a refusal may not do: lose a customer's words, or keep a person away.
    pub fn refused(&self, command: &Command, refused: &Refused) -> Verdict {
        let is_closed = matches!(self.holder, Holder::Closed { .. });
        match command {
            Command::CustomerTurn { text, .. } => {
                let is_right = match refused {
                    Refused::EmptyText => text.trim().is_empty(),
                    Refused::TextTooLong { .. } => text.len() > TURN_TEXT_BYTES_MAX,
                    Refused::TooManyTurns => self.turns >= TURNS_MAX,
                    Refused::ReopenWindowPassed => is_closed,
                    Refused::Unknown => self.turns == 0,
                    _ => false,
                };
                must!(is_right, "a customer's turn was lost: {refused}");
            }
            Command::AskForPerson { .. } => {
                must!(
                    is_closed || self.turns == 0,
                    "a person was refused: {refused}"
                );
            }
            Command::Take { .. } => must!(is_closed, "a takeover was refused: {refused}"),
            _ => {}
        }
        Ok(())
    }

    /// Judges one append and keeps the books.
    pub fn accepted(
        &mut self,
        before: &State,
        command: &Command,
        decision: &Decision,
        after: &State,
        now: Timestamp,
    ) -> Verdict {
        let mut walk = Walk {
            command,
            texts: Vec::new(),
            has_notice: false,
            is_handed_back: false,
            released: None,
            has_floor_changed: false,
        };
        for event in &decision.events {
            self.event(event, &mut walk)?;
        }
        must!(walk.released.is_none(), "a draft was released and not said");
        let brought: Vec<_> = decision
            .texts
            .iter()
            .map(|(reference, _)| *reference)
            .collect();
        must!(
            brought == walk.texts,
            "texts {brought:?}, references {:?}",
            walk.texts
        );
        self.agrees(after)?;
        self.is_nobody_forgotten(after)?;
        self.effects(decision, &walk, after)?;
        if let Command::CustomerTurn { text, .. } = command {
            let said = decision.events.iter().filter(|event| {
                matches!(
                    event,
                    Event::TurnAdded {
                        author: Author::Customer,
                        ..
                    }
                )
            });
            must!(said.count() == 1, "the customer's turn does not stand once");
            let kept = decision
                .texts
                .iter()
                .filter(|(_, kept)| kept == text)
                .count();
            must!(kept >= 1, "the customer's words are not kept");
        }
        if let Command::AgentTurn { epoch, .. } = command {
            must!(*epoch == before.epoch, "an agent spoke under an old epoch");
        }
        let next = next_deadline(after, &SETTINGS);
        let is_due = due(after, &SETTINGS, now).is_some();
        must!(
            is_due == next.is_some_and(|at| at <= now),
            "timers disagree on what is due"
        );
        Ok(())
    }

    fn event(&mut self, event: &Event, walk: &mut Walk<'_>) -> Verdict {
        match event {
            Event::TurnAdded {
                turn,
                author,
                text,
                epoch,
                in_reply_to,
                is_cut,
                ..
            } => {
                self.turn((*turn, author, *epoch, *in_reply_to, *is_cut), walk)?;
                self.text(*text, walk)
            }
            Event::TurnSuppressed { text, .. }
            | Event::NoteAdded { text, .. }
            | Event::HandoffExplained { text, .. }
            | Event::SummaryAttached { text, .. }
            | Event::ContactLeft { text } => self.text(*text, walk),
            Event::Rated { text, .. } => text.map_or(Ok(()), |text| self.text(text, walk)),
            Event::AnswerAwaited { turn, .. } => {
                must!(
                    Some(*turn) == self.last_customer,
                    "an answer to an old turn is awaited"
                );
                must!(
                    !self.holder.is_with_people(),
                    "an answer is awaited from nobody"
                );
                Ok(())
            }
            Event::FloorChanged { to, epoch, cause } => self.floor(to, *epoch, *cause, walk),
            Event::DraftStaged {
                draft,
                text,
                in_reply_to,
                ..
            } => {
                must!(
                    matches!(self.holder, Holder::Review { .. }),
                    "a draft outside review"
                );
                must!(
                    Some(*in_reply_to) == self.last_customer,
                    "a draft to an old turn"
                );
                must!(self.drafts.is_empty(), "two drafts at once");
                self.made_under(walk, self.epoch_before(walk))?;
                self.drafts.insert(*draft, *in_reply_to);
                self.text(*text, walk)
            }
            Event::DraftReleased { draft, .. } => {
                let base = self.drafts.remove(draft);
                must!(
                    base.is_some() && base == self.last_customer,
                    "I15: {draft} is outdated"
                );
                walk.released = Some(*draft);
                Ok(())
            }
            Event::DraftRejected { draft, .. } | Event::DraftOutdated { draft } => {
                must!(self.drafts.remove(draft).is_some(), "{draft} ended twice");
                Ok(())
            }
            Event::HandedBack {
                escalation,
                brief,
                is_answered,
                ..
            } => {
                if *is_answered {
                    // Only a line that this append says can have answered.
                    must!(
                        matches!(
                            walk.command,
                            Command::HandBack {
                                is_answer_owed: false,
                                ..
                            }
                        ),
                        "nobody said that the line has answered"
                    );
                    self.last_role = Some(Role::Agent);
                }
                self.hand_backs += 1;
                must!(
                    self.hand_backs <= HAND_BACKS_MAX,
                    "I16: handed back too often"
                );
                walk.is_handed_back = true;
                self.ended(*escalation)?;
                self.text(*brief, walk)
            }
            other => self.escalation(other),
        }
    }

    fn text(&mut self, text: TextRef, walk: &mut Walk<'_>) -> Verdict {
        must!(
            text.0 == self.texts + 1,
            "I2: text {} after {}",
            text.0,
            self.texts
        );
        self.texts = text.0;
        walk.texts.push(text);
        Ok(())
    }

    fn epoch_before(&self, walk: &Walk<'_>) -> Epoch {
        // A verdict on the answer itself may have begun the review in this append.
        Epoch(self.epoch.0 - u32::from(walk.has_floor_changed))
    }

    /// The fence: the words were made under the epoch of their place.
    fn made_under(&self, walk: &Walk<'_>, epoch: Epoch) -> Verdict {
        let made = match walk.command {
            Command::AssistantTurn(answer) => answer.epoch,
            other => match said_so_far(other) {
                Some(said) => said.epoch,
                None => return Err("the assistant spoke unasked by any command".to_owned()),
            },
        };
        must!(
            made == epoch,
            "I5: made under {made:?}, said under {epoch:?}"
        );
        Ok(())
    }

    fn turn(
        &mut self,
        (turn, author, epoch, in_reply_to, is_cut): (
            TurnNumber,
            &Author,
            Epoch,
            Option<TurnNumber>,
            bool,
        ),
        walk: &mut Walk<'_>,
    ) -> Verdict {
        must!(
            turn.0 == self.turns + 1,
            "I2: turn {} after {}",
            turn.0,
            self.turns
        );
        must!(
            epoch == self.epoch,
            "I4: turn under {epoch:?} at {:?}",
            self.epoch
        );
        self.turns = turn.0;
        let is_entitled = match (author, &self.holder) {
            (Author::System { .. }, _) | (Author::Assistant, Holder::Assistant) => true,
            (Author::Customer, holder) => !matches!(holder, Holder::Closed { .. }),
            (Author::Agent { agent }, Holder::Agent { agent: holder }) => agent == holder,
            (Author::Draft { draft, .. }, Holder::Review { .. }) => {
                walk.released.take() == Some(*draft)
            }
            _ => false,
        };
        must!(
            is_entitled,
            "I4: {author:?} spoke while {:?} had the floor",
            self.holder
        );
        match author {
            Author::Customer => {
                self.last_customer = Some(turn);
                self.crossings = 0;
                self.has_withdrawn = false;
            }
            Author::Assistant => {
                self.made_under(walk, self.epoch)?;
                let is_more = match walk.command {
                    Command::AssistantTurn(answer) => answer.is_more,
                    other => said_so_far(other).is_some_and(|said| said.is_more),
                };
                must!(
                    in_reply_to <= self.last_customer,
                    "an answer to a turn that is not there"
                );
                let is_first = self
                    .answered
                    .insert((epoch, in_reply_to.unwrap_or_default()));
                must!(
                    is_first || is_more,
                    "F4: {in_reply_to:?} was answered twice, cut {is_cut}"
                );
            }
            Author::System { .. } => walk.has_notice = true,
            Author::Agent { .. } | Author::Draft { .. } => {}
        }
        if author.role() != Role::System {
            self.last_role = Some(author.role());
        }
        Ok(())
    }

    fn floor(
        &mut self,
        to: &Holder,
        epoch: Epoch,
        cause: FloorCause,
        walk: &mut Walk<'_>,
    ) -> Verdict {
        must!(
            epoch.0 == self.epoch.0 + 1,
            "I3: epoch {epoch:?} after {:?}",
            self.epoch
        );
        must!(
            self.drafts.is_empty(),
            "a draft outlived the floor it was made under"
        );
        if to.is_with_people() {
            must!(walk.has_notice, "a silent handoff to {to:?}");
            must!(self.obligation.is_some(), "{to:?} without an obligation");
        } else {
            must!(self.obligation.is_none(), "{to:?} with an open obligation");
        }
        let is_return = self.holder.is_with_people() && matches!(to, Holder::Assistant);
        if is_return {
            must!(walk.has_notice, "a silent return to the assistant");
        }
        if self.obligation.as_ref().is_some_and(|open| open.is_cold) {
            must!(
                !matches!(to, Holder::Queue { .. }),
                "a lock was lost by waiting"
            );
        }
        must!(
            is_return == matches!((cause, walk.is_handed_back), (FloorCause::HandedBack, true))
                || is_return && matches!(walk.command, Command::Withdraw { .. }),
            "people lost the floor to the assistant by {cause:?}"
        );
        let crosses = self.holder.is_with_people() != to.is_with_people();
        match cause {
            FloorCause::Reopened => self.crossings = 0,
            FloorCause::Closed => {}
            _ => self.crossings += u32::from(crosses),
        }
        must!(
            self.crossings <= FLOOR_ALTERNATIONS_MAX,
            "I16: the floor passed too often"
        );
        let is_last = self.crossings == FLOOR_ALTERNATIONS_MAX;
        must!(
            !(is_last && is_return),
            "I16: the last pass was to the assistant"
        );
        self.has_withdrawn = matches!(walk.command, Command::Withdraw { .. });
        self.epoch = epoch;
        self.holder = to.clone();
        walk.has_floor_changed = true;
        Ok(())
    }

    fn agrees(&self, after: &State) -> Verdict {
        must!(
            after.epoch == self.epoch && after.holder == self.holder,
            "the state differs on the floor"
        );
        must!(
            after.turns == self.turns && after.texts == self.texts,
            "the state lost count"
        );
        let drafts: Vec<_> = after
            .drafts
            .iter()
            .map(|open| (open.id, open.in_reply_to))
            .collect();
        let kept: Vec<_> = self
            .drafts
            .iter()
            .map(|(draft, turn)| (*draft, *turn))
            .collect();
        must!(drafts == kept, "the state differs on drafts");
        let open = after.escalation.as_ref().map(|open| {
            (
                open.request.id,
                open.offer.as_ref().map(|offer| (offer.id, offer.agent)),
            )
        });
        let kept = self.obligation.as_ref().map(|open| (open.id, open.offer));
        must!(
            open == kept,
            "the state differs on the escalation: {open:?}, {kept:?}"
        );
        Ok(())
    }

    /// Whoever asked something is answered by somebody, or a timer runs (I9, F44).
    fn is_nobody_forgotten(&self, after: &State) -> Verdict {
        let is_with_assistant = matches!(self.holder, Holder::Assistant | Holder::Review { .. });
        let is_asking = self.last_role == Some(Role::Customer) && !self.has_withdrawn;
        let is_owed = after.awaited.is_some() || !self.drafts.is_empty();
        must!(
            !is_with_assistant || !is_asking || is_owed,
            "the customer's question is forgotten"
        );
        Ok(())
    }

    /// How many slots are held.
    pub fn slots_held(&self) -> usize {
        self.slots.len()
    }

    /// What makes two histories alike, for the enumeration.
    pub fn key(&self) -> String {
        let answered: Vec<_> = self
            .answered
            .iter()
            .filter(|(epoch, _)| *epoch == self.epoch)
            .collect();
        format!(
            "{:?} {:?} {} {} {} {answered:?}",
            self.last_role,
            self.obligation
                .as_ref()
                .map(|open| (open.is_cold, open.is_put_off, open.accepted)),
            self.has_withdrawn,
            self.crossings,
            self.hand_backs,
        )
    }
}
