//! Bots at work: what the outbox asks of one becomes a question with a deadline, and its
//! answer takes the way of every assistant's words, under the epoch it was asked in. A
//! bot that fails brings a person; the customer never reads its error (F44).

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use segue_engine::handoff::locale_of;
use segue_model::escalation::Trigger;
use segue_model::event::{Actor, Event};
use segue_model::fact::FactValue;
use segue_model::floor::{Epoch, Holder};
use segue_model::time::Span;
use segue_model::turn::{Role, TurnNumber};
use segue_policy::wording::ReplyKind;
use segue_ports::bot::{Ask, Bot, BotError, Line, Reply, Tell, Told};
use segue_ports::outbox::OutboxRow;

use crate::append::Prepare;
use crate::caller::Caller;
use crate::cell::{Loaded, text_of};
use crate::conversations::AssistantWords;
use crate::failure::Failure;
use crate::hub::Frame;
use crate::outward::NotDone;
use crate::service::Service;

/// A question, and who is asked.
struct Asked {
    bot: String,
    ask: Ask,
    /// What it asks back where its answer may not be said, in the policy's words.
    clarify: String,
    is_reviewed: bool,
}

impl Service {
    /// The bot that answers the widget's conversations, if the operator named one.
    pub fn widget_bot(&self) -> Option<String> {
        let bots = self.outside().bots.iter();
        let mut named = bots.filter(|(_, bot)| bot.settings().is_for_widget);
        named.next().map(|(name, _)| name.clone())
    }

    pub(crate) async fn ask_bot(&self, row: &OutboxRow, turn: TurnNumber) -> Result<(), NotDone> {
        let desk = self.desk(row.workspace).map_err(again)?;
        let (id, now) = (request_id(row), self.now());
        let asked = self.look(row.workspace, row.conversation, |loaded| {
            let rules = desk.rules_for(loaded.conversation, loaded.began_at(now));
            let locale = locale_of(&loaded.state);
            let clarify = rules.policy().reply(ReplyKind::ClarifyOpen, locale);
            question(loaded, turn, (id, now), clarify.render(&[]))
        });
        let Some(mut asked) = asked.await.map_err(again)? else {
            // Answered, or with people by now.
            return Ok(());
        };
        let Some(bot) = self.outside().bots.get(&asked.bot).map(Arc::clone) else {
            let why = format!("there is no bot `{}` any more", asked.bot);
            return self.hand_over(row, why).await;
        };
        let settings = bot.settings();
        asked
            .ask
            .facts
            .retain(|name, _| settings.facts.contains(name));
        let was_begun = row.attempts > 0;
        let left = asked.ask.deadline.since(now).min(settings.timeout);
        if left == Span(0) || (was_begun && !settings.may_repeat) {
            // The deadline brings a person.
            return Ok(());
        }
        if !asked.is_reviewed {
            let cell = self.cell(row.workspace, row.conversation);
            cell.tell(Frame::Typing {
                who: Role::Assistant,
                name: None,
            });
        }
        let limit = Duration::from_millis(left.millis());
        let answer = match tokio::time::timeout(limit, bot.ask(asked.ask.clone())).await {
            Ok(answer) => answer,
            Err(_) => Err(BotError::Unreachable("it was too slow".to_owned())),
        };
        match answer {
            Ok(reply) => self.take_reply(row, asked, reply).await,
            Err(BotError::Unreachable(why)) if settings.may_repeat => Err(NotDone::Again(why)),
            // Whether it was heard is not known, and it may not be asked twice.
            Err(BotError::Unreachable(why)) => Err(NotDone::Never(why)),
            Err(BotError::Unusable(why)) => self.hand_over(row, why).await,
        }
    }

    async fn take_reply(&self, row: &OutboxRow, asked: Asked, reply: Reply) -> Result<(), NotDone> {
        let caller = Caller::new(row.workspace, Actor::Assistant);
        if let Some(reason) = reply.handoff {
            // Its own words about it are not shown: the notice is the one message (F4).
            let told = Some(reason.as_str());
            let asked =
                self.ask_for_person(&caller, row.conversation, (Trigger::Assistant, ""), told);
            return asked.await.map(drop).map_err(again);
        }
        let Some(text) = reply
            .text
            .filter(|text| !segue_model::words::is_blank(text))
        else {
            return self.hand_over(row, "it said nothing".to_owned()).await;
        };
        let words = AssistantWords {
            text,
            epoch: asked.ask.epoch,
            in_reply_to: Some(asked.ask.turn),
            is_more: false,
            scores: reply.scores,
            clarify: Some(asked.clarify),
            may_propose: true,
            shown: None,
            is_cut: false,
        };
        let said = self.assistant_turn(&caller, row.conversation, Some(row.id), words);
        match said.await {
            Ok(_) => Ok(()),
            Err(Failure::Refused(
                segue_floor::Refused::AlreadyAnswered | segue_floor::Refused::DraftOutdated,
            )) => Ok(()),
            Err(Failure::Refused(refused)) => self.hand_over(row, refused.to_string()).await,
            Err(failure) => Err(again(failure)),
        }
    }

    /// A person instead of an answer that cannot come.
    async fn hand_over(&self, row: &OutboxRow, why: String) -> Result<(), NotDone> {
        let caller = Caller::system(row.workspace);
        let trigger = (Trigger::ToolFailure, "");
        let asked = self.ask_for_person(&caller, row.conversation, trigger, None);
        match asked.await {
            Ok(_) => Err(NotDone::Never(why)),
            Err(failure @ (Failure::Store(_) | Failure::Busy)) => Err(again(failure)),
            Err(failure) => Err(NotDone::Never(format!("{why}; {failure}"))),
        }
    }

    pub(crate) async fn tell_bot(&self, row: &OutboxRow) -> Result<(), NotDone> {
        let state = self
            .state(row.workspace, row.conversation)
            .await
            .map_err(again)?;
        let named = state
            .opening
            .as_ref()
            .and_then(|opening| opening.bot.as_ref());
        let Some(bot) = named.and_then(|name| self.outside().bots.get(name)) else {
            return Err(NotDone::Never("the bot is not there any more".to_owned()));
        };
        let before = segue_model::event::Version(row.version.0.saturating_sub(1));
        let page = self
            .store()
            .entries(row.workspace, row.conversation, before, 1);
        let page = page
            .await
            .map_err(|error| NotDone::Again(error.to_string()))?;
        let told = page.first().and_then(told_of);
        let Some((epoch, told)) = told else {
            return Ok(());
        };
        let tell = Tell {
            id: request_id(row),
            conversation: row.conversation,
            epoch,
            at: self.now(),
            told,
        };
        let limit = Duration::from_millis(bot.settings().timeout.millis());
        match tokio::time::timeout(limit, bot.tell(tell)).await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(BotError::Unusable(why))) => Err(NotDone::Never(why)),
            Ok(Err(BotError::Unreachable(why))) => Err(NotDone::Again(why)),
            Err(_) => Err(NotDone::Again("it was too slow".to_owned())),
        }
    }
}

impl Prepare<'_> {
    /// By when the assistant is to answer after it got the conversation back: a bot that
    /// has to read itself in again has its own watchdog (F42).
    pub(crate) fn answer_by_after_hand_back(
        &self,
        bots: &BTreeMap<String, Arc<dyn Bot>>,
    ) -> segue_model::time::Timestamp {
        let opening = self.loaded.state.opening.as_ref();
        let bot = opening.and_then(|opening| bots.get(opening.bot.as_ref()?));
        bot.map_or_else(
            || self.answer_by(),
            |bot| self.now + bot.settings().watchdog,
        )
    }
}

fn again(failure: Failure) -> NotDone {
    NotDone::Again(failure.to_string())
}

/// The name of a request: the effect's own, so that every attempt carries the same.
pub(crate) fn request_id(row: &OutboxRow) -> String {
    let conversation = row.conversation.uuid().simple();
    format!("msg_{conversation}_{}", row.id.0)
}

/// The question, if the bot may still answer it. An earlier turn than the awaited one is
/// asked too: a bot that keeps its own account of the conversation hears every turn.
fn question(
    loaded: &Loaded,
    turn: TurnNumber,
    (id, at): (String, segue_model::time::Timestamp),
    clarify: String,
) -> Option<Asked> {
    let state = &loaded.state;
    let bot = state.opening.as_ref()?.bot.clone()?;
    let is_reviewed = match state.holder {
        Holder::Assistant => false,
        Holder::Review { .. } => true,
        _ => return None,
    };
    let awaited = state.awaited.filter(|awaited| turn <= awaited.turn)?;
    if state.is_answered(Some(turn)) || (is_reviewed && awaited.turn != turn) {
        return None;
    }
    let asked = loaded.turn(turn)?;
    let facts = &state.facts.known;
    let known = |(name, value): (&String, &FactValue)| (name.clone(), value.clone());
    let before = loaded.recent.iter().filter(|known| known.number < turn);
    let said = before.filter(|known| known.author.role() != Role::System);
    Some(Asked {
        bot,
        ask: Ask {
            id,
            conversation: loaded.conversation,
            epoch: state.epoch,
            turn,
            text: asked.text.clone(),
            locale: locale_of(state).map(str::to_owned),
            facts: facts.iter().map(known).collect(),
            history: said
                .map(|turn| Line {
                    role: turn.author.role(),
                    text: turn.text.clone(),
                    at: turn.at,
                })
                .collect(),
            brief: loaded.brief.clone(),
            at,
            deadline: awaited.deadline,
        },
        clarify,
        is_reviewed,
    })
}

/// What an entry says of the bot's right to speak.
fn told_of(stored: &segue_ports::log::StoredEntry) -> Option<(Epoch, Told)> {
    let events = &stored.entry.events;
    let (to, epoch, cause) = events.iter().rev().find_map(|event| match event {
        Event::FloorChanged { to, epoch, cause } => Some((to, *epoch, *cause)),
        _ => None,
    })?;
    let reason = serde_json::to_value(cause).ok()?.as_str()?.to_owned();
    let told = match to {
        Holder::Closed { .. } => Told::Closed,
        Holder::Assistant | Holder::Review { .. } => Told::Granted {
            reason,
            brief: events.iter().find_map(|event| match event {
                Event::HandedBack { brief, .. } => text_of(stored, *brief).map(str::to_owned),
                _ => None,
            }),
            owes: events.iter().rev().find_map(|event| match event {
                Event::AnswerAwaited { turn, .. } => Some(*turn),
                _ => None,
            }),
        },
        Holder::Queue { .. } | Holder::Locked { .. } | Holder::Agent { .. } => {
            Told::Taken { reason }
        }
    };
    Some((epoch, told))
}
