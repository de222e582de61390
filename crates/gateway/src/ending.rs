//! How an answer ends: as the model made it, or with other words, because the policy or
//! a person said so.

use segue_api::ApiState;
use segue_model::escalation::Trigger;
use segue_model::event::{Actor, Event};
use segue_model::floor::Epoch;
use segue_model::id::{ApiKeyId, ConversationId, WorkspaceId};
use segue_model::turn::{AnswerScores, Author, Role, ToolCall, ToolStatus, Turn, TurnNumber};
use segue_model::verdict::Verdict;
use segue_model::words::is_blank;
use segue_service::cell::text_of;
use segue_service::conversations::AssistantWords;
use segue_service::{Caller, Done, Failure};
use serde_json::{Value, json};

use crate::answer::Standing;
use crate::request::clipped;
use crate::upstream::Failed;

/// The name under which a failed call stands among the assistant's tools.
const MODEL: &str = "model";
/// How much of what a model tells staff is kept, in characters.
const TOLD_CHARS_MAX: usize = 1_000;

/// An answer in the making: to whom, under which epoch.
#[derive(Clone)]
pub(crate) struct Telling {
    pub api: ApiState,
    pub workspace: WorkspaceId,
    pub key: ApiKeyId,
    pub conversation: ConversationId,
    pub epoch: Epoch,
    pub turn: TurnNumber,
    /// Whether the assistant has said something to this turn already.
    pub is_more: bool,
}

/// The words of an answer, as far as there are any.
#[derive(Debug, Clone, Default)]
pub(crate) struct Words {
    pub text: String,
    /// What the customer has seen of it.
    pub shown: String,
    pub scores: AnswerScores,
    /// Whether it breaks off.
    pub is_cut: bool,
}

/// How an answer ends.
#[derive(Debug)]
pub(crate) struct End {
    /// What is said instead of what was not shown; `None` where the answer stands.
    pub instead: Option<String>,
    /// How things stand then.
    pub standing: Standing,
}

impl Telling {
    pub fn caller(&self) -> Caller {
        Caller::new(self.workspace, Actor::ApiKey(self.key))
    }

    /// The answer is made: it is judged as a whole, and recorded.
    pub async fn conclude(&self, words: Words) -> Result<End, Failure> {
        let service = self.api.service();
        let clarify = service
            .question_back(self.workspace, self.conversation)
            .await?;
        let text = clipped(&words.text);
        let said = AssistantWords {
            text: text.clone(),
            epoch: self.epoch,
            in_reply_to: Some(self.turn),
            is_more: self.is_more,
            scores: words.scores,
            clarify: Some(clarify),
            may_propose: true,
            shown: Some(words.shown).filter(|shown| !shown.is_empty()),
            is_cut: words.is_cut,
        };
        let caller = self.caller();
        let done = service
            .assistant_turn(&caller, self.conversation, None, said)
            .await;
        let done = match done {
            Ok(done) => done,
            // Somebody was quicker: what they said is what was said.
            Err(Failure::Refused(_)) => return self.after_cut().await,
            Err(error) => return Err(error),
        };
        let (own, notice) = said_in(&done);
        if own.as_deref() == Some(text.as_str()) || (words.is_cut && notice.is_none()) {
            let standing = self.standing(&done);
            return Ok(End {
                instead: None,
                standing,
            });
        }
        match joined([own, notice]) {
            Some(instead) => Ok(End {
                instead: Some(instead),
                standing: self.standing(&done),
            }),
            None => self.after_cut().await,
        }
    }

    /// The model failed, or gave no answer: a signal to the policy, and its words to the
    /// customer.
    pub async fn fail(&self, failed: &Failed, mut words: Words) -> Result<End, Failure> {
        tracing::warn!(conversation.id = %self.conversation, cause = %failed, "the model gave nothing to say");
        words.scores.confidence = Some(0.0);
        words.scores.is_fallback = true;
        if !failed.is_no_answer() {
            let status = match failed {
                Failed::TimedOut(_) => ToolStatus::Timeout,
                _ => ToolStatus::Error,
            };
            words.scores.tool_calls.push(ToolCall {
                name: MODEL.to_owned(),
                status,
                ms: 0,
            });
        }
        let has_shown = !is_blank(&words.shown);
        words.text = if has_shown {
            words.is_cut = true;
            words.shown.clone()
        } else {
            let service = self.api.service();
            service
                .question_back(self.workspace, self.conversation)
                .await?
        };
        let text = words.text.clone();
        let mut end = self.conclude(words).await?;
        if end.instead.is_none() && !has_shown {
            end.instead = Some(text);
        }
        end.standing.upstream = Some(failed.note());
        Ok(end)
    }

    /// The model asks for a person: what was shown stays, and the notice follows.
    pub async fn hand_over(&self, arguments: &str) -> Result<End, Failure> {
        let told: Value = serde_json::from_str(arguments).unwrap_or_default();
        let service = self.api.service();
        let done = service
            .ask_for_person(
                &self.caller(),
                self.conversation,
                (Trigger::Assistant, ""),
                Some(&for_staff(&told)),
            )
            .await?;
        let (_, notice) = said_in(&done);
        match notice {
            Some(notice) => Ok(End {
                instead: Some(notice),
                standing: self.standing(&done),
            }),
            None => self.after_cut().await,
        }
    }

    /// Somebody else has the word: what they and the system have said since.
    pub async fn after_cut(&self) -> Result<End, Failure> {
        let service = self.api.service();
        let state = service.state(self.workspace, self.conversation).await?;
        let (later, _) = service
            .turns_since(self.workspace, self.conversation, self.turn)
            .await?;
        // A newer turn of the customer's is answered where it was asked.
        let later = later.into_iter();
        let later = later.take_while(|turn| turn.author != Author::Customer);
        let later: Vec<Turn> = later
            .filter(|turn| turn.author != Author::Assistant)
            .collect();
        let instead = joined(later.iter().map(|turn| Some(turn.text.clone())));
        Ok(End {
            instead: Some(instead.unwrap_or_default()),
            standing: Standing {
                conversation: self.conversation,
                epoch: state.epoch,
                verdict: "none",
                rule: None,
                floor: state.holder.word(),
                messages: later.iter().filter_map(message).collect(),
                upstream: None,
            },
        })
    }

    fn standing(&self, done: &Done) -> Standing {
        let standing = Standing {
            conversation: self.conversation,
            epoch: done.state.epoch,
            verdict: "none",
            rule: None,
            floor: done.state.holder.word(),
            messages: Vec::new(),
            upstream: None,
        };
        standing.judged(done.verdict())
    }
}

/// What a model says to staff about why it asks for a person.
fn for_staff(told: &Value) -> String {
    let text = |name: &str| told[name].as_str().map(str::to_owned);
    let tried: Vec<&str> = told["tried"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(Value::as_str)
        .collect();
    let tried = (!tried.is_empty()).then(|| tried.join("; "));
    let urgent = (told["urgency"] == json!("high")).then(|| "It seems urgent.".to_owned());
    let said = [text("reason"), text("intent"), tried, urgent];
    let mut told = joined(said).unwrap_or_default();
    let end = told.char_indices().nth(TOLD_CHARS_MAX);
    if let Some((end, _)) = end {
        told.truncate(end);
    }
    told
}

/// A turn of a person's, for the developer.
pub(crate) fn message(turn: &Turn) -> Option<Value> {
    let is_persons = turn.author.role() == Role::Agent;
    is_persons.then(|| json!({"turn": turn.number, "by": "agent", "text": turn.text}))
}

/// What was said in an entry that the customer sees: by the assistant, and by the system.
pub(crate) fn said_in(done: &Done) -> (Option<String>, Option<String>) {
    let (mut own, mut notice) = (None, None);
    for event in &done.entry.entry.events {
        let Event::TurnAdded {
            author,
            text,
            is_cut: false,
            ..
        } = event
        else {
            continue;
        };
        let words = text_of(&done.entry, *text).map(str::to_owned);
        match author {
            Author::Assistant => own = words,
            Author::System { .. } => notice = joined([notice, words]),
            _ => {}
        }
    }
    (own, notice)
}

/// Texts one below the other; nothing if there are none.
pub(crate) fn joined(texts: impl IntoIterator<Item = Option<String>>) -> Option<String> {
    let texts: Vec<String> = texts.into_iter().flatten().collect();
    (!texts.is_empty()).then(|| texts.join("\n\n"))
}

/// What the verdict was, for a log line.
pub(crate) fn escalates(verdict: &Verdict) -> bool {
    verdict.plan.is_some()
}
