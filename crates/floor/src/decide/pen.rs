//! Writes a decision: each event is added and at once folded into a copy of the
//! state, so that a later step of the same command sees the earlier ones.

use segue_model::event::{Event, TextRef};
use segue_model::floor::{FloorCause, Holder};
use segue_model::limits::TURN_TEXT_BYTES_MAX;
use segue_model::turn::{AnswerScores, Author, TurnNumber};

use super::{Context, checked, has_room_for_a_turn};
use crate::command::{Answer, Say};
use crate::decision::{Decision, Effect, Said};
use crate::refused::Refused;
use crate::state::{State, apply};

pub(super) struct Pen<'a> {
    pub before: &'a State,
    pub now: State,
    pub context: Context,
    decision: Decision,
}

impl<'a> Pen<'a> {
    pub fn new(before: &'a State, context: Context) -> Self {
        Self {
            before,
            now: before.clone(),
            context,
            decision: Decision::default(),
        }
    }

    pub fn finish(mut self, said: Said) -> Decision {
        self.decision.said = said;
        // INVARIANT: what later steps saw is what a replay will see.
        debug_assert_eq!(
            self.folded(),
            self.now,
            "a decision differs from its events"
        );
        self.decision
    }

    fn folded(&self) -> State {
        let mut state = self.before.clone();
        self.decision
            .events
            .iter()
            .for_each(|event| apply(&mut state, event, self.context.now));
        state
    }

    pub fn add(&mut self, event: Event) {
        apply(&mut self.now, &event, self.context.now);
        self.decision.events.push(event);
    }

    pub fn just(&mut self, event: Event) -> Said {
        self.add(event);
        Said::Nothing
    }

    pub fn effect(&mut self, effect: Effect) {
        if !self.decision.effects.contains(&effect) {
            self.decision.effects.push(effect);
        }
    }

    /// Keeps a text apart and gives its reference; the event that carries the
    /// reference must be added next.
    pub fn text(&mut self, text: String) -> TextRef {
        let reference = TextRef(self.now.texts + 1);
        self.decision.texts.push((reference, text));
        reference
    }

    /// Adds a turn that everybody sees, under the current epoch.
    pub fn turn(&mut self, author: Author, text: String) -> Result<TurnNumber, Refused> {
        self.turn_with(author, text, None, AnswerScores::default(), false)
    }

    pub fn turn_with(
        &mut self,
        author: Author,
        text: String,
        in_reply_to: Option<TurnNumber>,
        scores: AnswerScores,
        is_cut: bool,
    ) -> Result<TurnNumber, Refused> {
        checked(&text)?;
        // What the customer has seen already stands, however many turns there are.
        if !is_cut {
            has_room_for_a_turn(&self.now, &author)?;
        }
        let turn = TurnNumber(self.now.turns).next();
        let text = self.text(text);
        let epoch = self.now.epoch;
        let event = Event::TurnAdded {
            turn,
            author,
            text,
            epoch,
            in_reply_to,
            is_cut,
            scores,
            source_at: None,
        };
        self.add(event);
        Ok(turn)
    }

    /// Adds a system turn.
    pub fn say(&mut self, say: Say) -> Result<(), Refused> {
        self.turn(Author::System { notice: say.notice }, say.text)
            .map(drop)
    }

    /// Passes the floor: one epoch more, whatever was being said is cut.
    pub fn floor(&mut self, to: Holder, cause: FloorCause) {
        let epoch = self.now.epoch.next();
        self.add(Event::FloorChanged { to, epoch, cause });
        self.effect(Effect::CancelStream);
    }

    /// What was shown of an answer before it was cut stays in the conversation,
    /// in its place: before whatever cut it.
    pub fn keep_what_was_said(&mut self, said: Option<Answer>) -> Result<(), Refused> {
        let Some(said) = said else { return Ok(()) };
        if said.epoch != self.now.epoch || !matches!(self.now.holder, Holder::Assistant) {
            return Ok(());
        }
        self.effect(Effect::CancelStream);
        let in_reply_to = said.in_reply_to.or(self.now.last_customer_turn);
        // The whole answer may have been committed just before it was cut (F4).
        let is_known = !said.is_more && self.now.is_answered(in_reply_to);
        if is_known || said.text.trim().is_empty() {
            return Ok(());
        }
        let mut text = said.text;
        while text.len() > TURN_TEXT_BYTES_MAX {
            text.pop();
        }
        self.turn_with(Author::Assistant, text, in_reply_to, said.scores, true)
            .map(drop)
    }

    /// Drafts that nobody may release any more.
    pub fn outdate_drafts(&mut self) {
        for draft in std::mem::take(&mut self.now.drafts) {
            self.add(Event::DraftOutdated { draft: draft.id });
        }
    }
}
