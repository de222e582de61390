//! The built-in assistant at work: it takes what the outbox asks, searches,
//! lets the policy judge what it found, and says it piece by piece so that it
//! can be cut. It holds no right of its own: every word passes the floor.

mod model;

use std::sync::Arc;

use segue_assist::courtesy::{self, Courtesy};
use segue_assist::{Found, KnowledgeBase, Width};
use segue_engine::handoff::locale_of;
use segue_model::fact;
use segue_model::floor::Holder;
use segue_model::id::{ConversationId, WorkspaceId};
use segue_model::time::{Span, Timestamp};
use segue_model::turn::{AnswerScores, Author, Retrieved, Role, ToolCall, ToolStatus, TurnNumber};
use segue_model::verdict::Outcome;
use segue_policy::Policy;
use segue_policy::wording::ReplyKind;
use segue_ports::outbox::{OutboxEffect, OutboxRow};
use tokio_util::sync::CancellationToken;

use self::model::Saying;
use tracing::Instrument as _;

use crate::caller::Caller;
use crate::cell::{Cell, Loaded};
use crate::conversations::AssistantWords;
use crate::failure::Failure;
use crate::hub::Frame;
use crate::knowledge::Taught;
use crate::service::Service;
use crate::tool::{TOOL_TIMEOUT, Tool};
use crate::watched::room;

/// How long the loop sleeps at most; a safety net for whatever forgot to ring.
const SLEEP_MAX: Span = Span::seconds(2);
/// How many effects are read at once.
const PAGE: u32 = 64;
/// How long an effect in hand is not given to anybody else.
const LEASE: Span = Span::seconds(30);
/// After so many attempts an effect is given up; the deadline has brought a person by then.
const ATTEMPTS_MAX: u32 = 5;
/// How many earlier customer turns a wider search looks at.
const CONTEXT_TURNS_MAX: usize = 3;
/// How many articles go on record with an answer.
const RETRIEVED_MAX: usize = 3;

/// A question as the assistant sees it.
struct Question {
    turn: TurnNumber,
    text: String,
    earlier: Vec<String>,
    locale: Option<String>,
    /// What the agent who handed it back said that it is about now.
    brief: Option<String>,
    epoch: segue_model::floor::Epoch,
    is_widened: bool,
    is_reviewed: bool,
    is_elsewhere: bool,
    began_at: Timestamp,
    /// By when the answer is owed.
    deadline: Timestamp,
    /// The customer's name, where it is known.
    name: Option<String>,
}

/// What the assistant would say.
struct Words {
    pieces: Vec<String>,
    scores: AnswerScores,
    clarify: Option<String>,
    /// Title and text of the articles that the answer rests on; none for what is no answer.
    articles: Vec<(String, String)>,
    /// What the workspace tells a model besides.
    told: Option<String>,
}

impl Service {
    /// Does what the outbox asks until the service stops.
    pub(crate) async fn work_outbox(self) {
        loop {
            match self.store().outbox_due(self.now(), PAGE).await {
                Ok(rows) => {
                    for row in rows {
                        self.take_in_hand(row).await;
                    }
                }
                Err(error) => tracing::error!(%error, "the outbox could not be read"),
            }
            tokio::select! {
                () = self.outbox_woken() => {}
                () = tokio::time::sleep(std::time::Duration::from_millis(SLEEP_MAX.millis())) => {}
                () = self.stopping().cancelled() => return,
            }
        }
    }

    async fn take_in_hand(&self, row: OutboxRow) {
        if row.effect.lane().is_some() {
            return self.send_outward(row).await;
        }
        if row.attempts >= ATTEMPTS_MAX {
            tracing::error!(conversation.id = %row.conversation, attempts = row.attempts, "an effect was given up");
            self.settle(&row).await;
            return;
        }
        // Put off before it is begun: whoever reads the outbox next does not begin it again.
        if let Err(error) = self.store().outbox_retry(row.id, self.now() + LEASE).await {
            tracing::error!(%error, "an effect could not be taken in hand");
            return;
        }
        let service = self.clone();
        self.tasks().spawn(async move {
            let span = room!("assistant.answer", conversation.id = %row.conversation);
            if let Err(error) = service.answer(&row).instrument(span).await {
                tracing::warn!(conversation.id = %row.conversation, %error, "no answer was given");
                service.settle_if_over(&row, &error).await;
            }
        });
    }

    pub(crate) async fn settle(&self, row: &OutboxRow) {
        if let Err(error) = self.store().outbox_settle(row.id).await {
            tracing::error!(%error, "an effect could not be settled");
        }
    }

    async fn settle_if_over(&self, row: &OutboxRow, error: &Failure) {
        if !matches!(error, Failure::Store(_) | Failure::Busy) {
            self.settle(row).await;
        }
    }

    async fn answer(&self, row: &OutboxRow) -> Result<(), Failure> {
        let OutboxEffect::AskAssistant { turn, is_widened } = row.effect else {
            return Ok(());
        };
        let (workspace, conversation) = (row.workspace, row.conversation);
        let asked = self
            .look(workspace, conversation, |loaded| {
                question(loaded, turn, is_widened)
            })
            .await?;
        let Some(asked) = asked else {
            // Answered, overtaken by a newer turn, or with people by now.
            self.settle(row).await;
            return Ok(());
        };
        let cell = self.cell(workspace, conversation);
        if !asked.is_reviewed {
            cell.tell(Frame::Typing {
                who: Role::Assistant,
                name: None,
            });
        }
        let words = self.words(workspace, conversation, &asked).await?;
        let outcome = self
            .outcome(workspace, conversation, &asked, &words)
            .await?;
        let pieces = match outcome {
            Outcome::Continue => {
                // At another desk nobody reads along.
                let is_shown = !asked.is_reviewed && !asked.is_elsewhere;
                let of = (workspace, conversation);
                self.say(of, &asked, &words, is_shown).await
            }
            // Nobody reads it before a person has: it becomes a draft.
            Outcome::Review { .. } => {
                let of = (workspace, conversation);
                self.say(of, &asked, &words, false).await
            }
            // The policy says something else in its place; what would have been said is kept.
            _ => Some(words.pieces.clone()),
        };
        let Some(pieces) = pieces else {
            // Cut: whoever cut it has kept what was said.
            self.settle(row).await;
            return Ok(());
        };
        let said = AssistantWords {
            text: pieces.join(" "),
            epoch: asked.epoch,
            in_reply_to: Some(asked.turn),
            is_more: false,
            scores: words.scores,
            clarify: words.clarify,
            may_propose: true,
            shown: None,
            is_cut: false,
        };
        let caller = Caller::new(workspace, segue_model::event::Actor::Assistant);
        let done = self
            .assistant_turn(&caller, conversation, Some(row.id), said)
            .await;
        drop(cell.cut_stream());
        done.map(drop)
    }

    /// What the policy will say to these words; asked before the first is shown.
    async fn outcome(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        asked: &Question,
        words: &Words,
    ) -> Result<Outcome, Failure> {
        let text = words.pieces.join(" ");
        let scores = (&words.scores, asked.is_widened);
        let verdict = self
            .judge_words(workspace, conversation, &text, scores)
            .await?;
        Ok(verdict.outcome)
    }

    /// Says the words piece by piece, through a model if there is one; `None` if they were
    /// cut. Where drafts are reviewed nothing is shown, and the words are the draft.
    async fn say(
        &self,
        (workspace, conversation): (WorkspaceId, ConversationId),
        asked: &Question,
        words: &Words,
        is_shown: bool,
    ) -> Option<Vec<String>> {
        let cell = self.cell(workspace, conversation);
        let token = match is_shown {
            true => Some(self.begin_saying(&cell, asked, words).await?),
            false => None,
        };
        let mut saying = Saying {
            cell: &cell,
            token: token.as_ref(),
            said: Vec::new(),
        };
        let by_model = self
            .say_by_model(workspace, asked, words, &mut saying)
            .await;
        if !by_model.ok()? {
            let rest: Vec<String> = model::left_of(&words.pieces, &saying.said)
                .into_iter()
                .cloned()
                .collect();
            for piece in &rest {
                saying.say(piece).ok()?;
                if let Some(token) = &token
                    && !self.pause(token).await
                {
                    return None;
                }
            }
        }
        let said = saying.said;
        let is_cut = token.is_some_and(|token| token.is_cancelled());
        (!is_cut).then_some(said)
    }

    /// Begins to say an answer, if it is still ours to give.
    async fn begin_saying(
        &self,
        cell: &Cell,
        asked: &Question,
        words: &Words,
    ) -> Option<CancellationToken> {
        let (workspace, conversation) = (cell.workspace, cell.conversation);
        let begun = self
            .look(workspace, conversation, |loaded| {
                let is_ours = question(loaded, asked.turn, asked.is_widened)
                    .is_some_and(|now| now.epoch == asked.epoch);
                is_ours.then(|| cell.begin_stream(asked.epoch, asked.turn, words.scores.clone()))
            })
            .await;
        begun.ok().flatten()
    }

    async fn pause(&self, token: &CancellationToken) -> bool {
        let pause = std::time::Duration::from_millis(self.options().piece_pause.millis());
        tokio::select! {
            () = tokio::time::sleep(pause) => true,
            () = token.cancelled() => false,
            // What was said so far is kept by the deadline after the restart.
            () = self.stopping().cancelled() => false,
        }
    }

    /// Looks for an answer: a tool if the question names something to look up, none for
    /// what is only a courtesy, else the knowledge base.
    async fn words(
        &self,
        workspace: WorkspaceId,
        conversation: ConversationId,
        asked: &Question,
    ) -> Result<Words, Failure> {
        let tool = self.outside().tools.iter().find_map(|tool| {
            tool.argument(&asked.text)
                .map(|argument| (Arc::clone(tool), argument))
        });
        if let Some((tool, argument)) = tool {
            return Ok(self.look_up(tool, argument).await);
        }
        let desk = self.desk(workspace)?;
        let rules = desk.rules_for(conversation, asked.began_at);
        let policy = rules.policy();
        if let Some(said) = courtesy::read(&asked.text) {
            return Ok(Words {
                pieces: vec![courtesy_in_return(policy, said)],
                scores: AnswerScores {
                    confidence: Some(1.0),
                    is_courtesy: true,
                    ..AnswerScores::default()
                },
                clarify: None,
                articles: Vec::new(),
                told: None,
            });
        }
        let taught = desk.taught();
        let knowledge = &taught.knowledge;
        let width = if asked.is_widened {
            Width::Wide
        } else {
            Width::Normal
        };
        let earlier: Vec<&str> = asked.earlier.iter().map(String::as_str).collect();
        let found = knowledge.search_in_context(&asked.text, width, &earlier);
        // The brief is the agent's guess at the next question. It is asked back rather than
        // answered: the customer may well have meant something else.
        let meant = asked.brief.as_ref();
        let meant = meant.map(|brief| knowledge.search(brief, Width::Wide));
        let meant = meant.filter(|meant| meant.confidence > found.confidence);
        let named = knowledge.clarify(meant.as_ref().unwrap_or(&found));
        let clarify = clarifying(policy, &named, asked.locale.as_deref());
        let answer = knowledge.answer(&asked.text, &found);
        let scores = scores_of(&taught, &found);
        Ok(match answer {
            Some(answer) => Words {
                pieces: answer.sentences,
                scores,
                clarify: Some(clarify),
                articles: articles_of(knowledge, &found),
                told: taught.instructions.as_ref().map(|it| it.body.clone()),
            },
            None => {
                let scores = AnswerScores {
                    confidence: Some(0.0),
                    ..scores
                };
                Words {
                    pieces: vec![clarify.clone()],
                    scores,
                    clarify: Some(clarify),
                    articles: Vec::new(),
                    told: None,
                }
            }
        })
    }

    async fn look_up(&self, tool: Arc<dyn Tool>, argument: String) -> Words {
        let begun = self.now();
        let limit = std::time::Duration::from_millis(TOOL_TIMEOUT.millis());
        let (status, text) = match tokio::time::timeout(limit, tool.call(argument)).await {
            Ok(Ok(text)) => (ToolStatus::Ok, text),
            Ok(Err(error)) => {
                tracing::warn!(tool = tool.name(), %error, "a tool failed");
                (ToolStatus::Error, TOOL_FAILED.to_owned())
            }
            Err(_) => {
                tracing::warn!(tool = tool.name(), "a tool did not answer in time");
                (ToolStatus::Timeout, TOOL_FAILED.to_owned())
            }
        };
        let call = ToolCall {
            name: tool.name().to_owned(),
            status,
            ms: self.now().since(begun).millis(),
        };
        let confidence = (status == ToolStatus::Ok).then_some(1.0);
        let scores = AnswerScores {
            confidence,
            tool_calls: vec![call],
            ..AnswerScores::default()
        };
        Words {
            pieces: vec![text],
            scores,
            clarify: None,
            articles: Vec::new(),
            told: None,
        }
    }
}

/// What stands in the log for staff where a tool gave nothing; never shown to a customer.
const TOOL_FAILED: &str = "The look-up did not give a result.";

/// A courtesy in return, in the language it was said in.
fn courtesy_in_return(policy: &Policy, said: courtesy::Said) -> String {
    let kind = match said.courtesy {
        Courtesy::IsItAMachine => ReplyKind::ReplyMachine,
        Courtesy::Thanks => ReplyKind::ReplyThanks,
        Courtesy::Farewell => ReplyKind::ReplyFarewell,
        Courtesy::Greeting => ReplyKind::ReplyGreeting,
        Courtesy::Understood => ReplyKind::ReplyUnderstood,
    };
    let locale = if said.is_german { "de" } else { "en" };
    policy.reply(kind, Some(locale)).render(&[])
}

/// The one question back, which names these articles.
fn clarifying(policy: &Policy, named: &[&str], locale: Option<&str>) -> String {
    match named {
        [] => policy.reply(ReplyKind::ClarifyOpen, locale).render(&[]),
        [first] => policy
            .reply(ReplyKind::ClarifyOne, locale)
            .render(&[("first", first)]),
        [first, second, ..] => policy
            .reply(ReplyKind::ClarifyTwo, locale)
            .render(&[("first", first), ("second", second)]),
    }
}

/// The question, if the assistant still owes the answer to it.
fn question(loaded: &Loaded, turn: TurnNumber, is_widened: bool) -> Option<Question> {
    let state = &loaded.state;
    let is_reviewed = match state.holder {
        Holder::Assistant => false,
        Holder::Review { .. } => true,
        _ => return None,
    };
    let awaited = state
        .awaited
        .filter(|awaited| awaited.turn == turn && awaited.is_widened == is_widened)?;
    let text = loaded.turn(awaited.turn)?.text.clone();
    let customers = loaded
        .recent
        .iter()
        .rev()
        .filter(|known| known.author == Author::Customer);
    let mut earlier: Vec<String> = customers
        .filter(|known| known.number < turn)
        .take(CONTEXT_TURNS_MAX)
        .map(|known| known.text.clone())
        .collect();
    earlier.reverse();
    Some(Question {
        turn,
        text,
        earlier,
        locale: locale_of(state).map(str::to_owned),
        brief: loaded.brief.clone(),
        epoch: state.epoch,
        is_widened,
        is_reviewed,
        is_elsewhere: state.is_at_other_desk(),
        began_at: state.opened_at,
        deadline: awaited.deadline,
        name: state.facts.text(fact::name::NAME).map(str::to_owned),
    })
}

/// The articles that a search found, as they are recorded with the answer.
fn articles_of(knowledge: &KnowledgeBase, found: &Found) -> Vec<(String, String)> {
    let hits = found.hits.iter().take(RETRIEVED_MAX);
    hits.filter_map(|hit| Some((hit.title.clone(), knowledge.text_of(hit)?)))
        .collect()
}

/// The scores of a search. The first hit carries the calibrated confidence, the
/// others their share of it, so that 0.7 means the same wherever it stands.
fn scores_of(taught: &Taught, found: &Found) -> AnswerScores {
    let best = found
        .hits
        .first()
        .map_or(1.0, |hit| hit.score)
        .max(f64::EPSILON);
    let retrieval = found.hits.iter().take(RETRIEVED_MAX).map(|hit| Retrieved {
        id: hit.id.clone(),
        score: (hit.score / best * found.confidence).clamp(0.0, 1.0),
        title: Some(hit.title.clone()),
        version: taught.version_of(&hit.id),
    });
    AnswerScores {
        confidence: Some(found.confidence),
        retrieval: retrieval.collect(),
        is_fallback: false,
        is_courtesy: false,
        tool_calls: Vec::new(),
        query_distance: Some(found.query_distance),
        out_of_scope: Some(found.out_of_scope),
    }
}
