//! An answer that comes from elsewhere while it is made, word by word: it is said under
//! the floor it was begun under, and whoever takes the floor cuts it. Segue makes none of
//! these words and trusts none: each is judged before it is shown, by the same policy as
//! an answer that comes as a whole.

use std::sync::Arc;

use segue_engine::handoff::locale_of;
use segue_engine::judge::flow_of;
use segue_engine::judge_answer;
use segue_floor::Command;
use segue_model::floor::{Epoch, Holder};
use segue_model::id::{ConversationId, WorkspaceId};
use segue_model::turn::{AnswerScores, Turn, TurnNumber};
use segue_model::verdict::Verdict;
use segue_policy::wording::ReplyKind;
use tokio_util::sync::CancellationToken;

use crate::append::Done;
use crate::caller::Caller;
use crate::cell::Cell;
use crate::failure::Failure;
use crate::service::Service;
use crate::watched::room;

pub use segue_detect::could_promise;
pub use segue_floor::Recalled;

/// An answer that is being said.
#[derive(Debug)]
pub struct Speech {
    cell: Arc<Cell>,
    token: CancellationToken,
}

impl Speech {
    /// Says on; `false` if it was cut, and then nothing is said.
    pub fn say(&self, text: &str) -> bool {
        self.cell.say_on(&self.token, text)
    }

    /// Rings when it is cut: by whoever takes the floor, or by a newer turn.
    pub fn cut(&self) -> &CancellationToken {
        &self.token
    }

    /// Ends it. What was cut is kept by whoever cut it.
    pub fn end(self) {
        self.cell.end_stream(&self.token);
    }
}

impl Service {
    /// Begins to say an answer to the customer's latest turn; `None` if the floor is not
    /// the assistant's under this epoch any more, or the customer has written since.
    ///
    /// # Errors
    /// When there is no such conversation, or it cannot be read.
    pub async fn begin_speech(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        (epoch, turn): (Epoch, TurnNumber),
    ) -> Result<Option<Speech>, Failure> {
        let cell = self.cell(workspace, conversation);
        self.look(workspace, conversation, |loaded| {
            let state = &loaded.state;
            let is_ours = matches!(state.holder, Holder::Assistant)
                && state.epoch == epoch
                && state.last_customer_turn == Some(turn);
            is_ours.then(|| {
                let token = cell.begin_stream(epoch, turn, AnswerScores::default());
                Speech {
                    cell: Arc::clone(&cell),
                    token,
                }
            })
        })
        .await
    }

    /// What the policy says to an answer of these words, before any of them is shown.
    ///
    /// # Errors
    /// When there is no such conversation, or it cannot be read.
    pub async fn judge_words(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        text: &str,
        (scores, is_widened): (&AnswerScores, bool),
    ) -> Result<Verdict, Failure> {
        let desk = self.desk(workspace)?;
        let now = self.now();
        self.look(workspace, conversation, |loaded| {
            let state = &loaded.state;
            let rules = desk.rules_for(conversation, loaded.began_at(now));
            let spoken = (TurnNumber(state.turns + 1), text, now);
            let scores = (scores, is_widened);
            let flow = flow_of(state);
            let _judging = room!("engine.judge_answer").entered();
            judge_answer(&rules, &loaded.memory, flow, &state.facts, spoken, scores).verdict
        })
        .await
    }

    /// The assistant is heard of while it answers, so that nobody takes it for silent.
    ///
    /// # Errors
    /// When the floor has passed, or the turn is answered.
    pub async fn still_answering(
        &self,
        caller: &Caller,
        conversation: ConversationId,
        (epoch, turn): (Epoch, TurnNumber),
    ) -> Result<Done, Failure> {
        self.change(caller, conversation, None, |before| {
            Ok(Command::AnswerGoesOn {
                epoch,
                in_reply_to: turn,
                deadline: before.answer_by(),
            })
        })
        .await
    }

    /// What was said elsewhere before the conversation came here, oldest first. Only the
    /// first time: a conversation that has turns keeps its own.
    ///
    /// # Errors
    /// When there is no such conversation, or a text is blank or too long.
    pub async fn recall(
        &self,
        caller: &Caller,
        conversation: ConversationId,
        turns: &[segue_floor::Recalled],
    ) -> Result<Done, Failure> {
        self.change(caller, conversation, None, |_| {
            Ok(Command::Recall {
                turns: turns.to_vec(),
            })
        })
        .await
    }

    /// The policy's question back, in the language of the conversation, for an assistant
    /// that has no answer and no words.
    ///
    /// # Errors
    /// When there is no such conversation, or it cannot be read.
    pub async fn question_back(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
    ) -> Result<String, Failure> {
        let desk = self.desk(workspace)?;
        let now = self.now();
        self.look(workspace, conversation, |loaded| {
            let rules = desk.rules_for(conversation, loaded.began_at(now));
            let locale = locale_of(&loaded.state);
            rules
                .policy()
                .reply(ReplyKind::ClarifyOpen, locale)
                .render(&[])
        })
        .await
    }

    /// The latest turns after this one, as far as they are at hand, and what the agent who
    /// handed the conversation back told the assistant.
    ///
    /// # Errors
    /// When there is no such conversation, or it cannot be read.
    pub async fn turns_since(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        turn: TurnNumber,
    ) -> Result<(Vec<Turn>, Option<String>), Failure> {
        self.look(workspace, conversation, |loaded| {
            let later = loaded.recent.iter().filter(|known| known.number > turn);
            (later.cloned().collect(), loaded.brief.clone())
        })
        .await
    }
}
