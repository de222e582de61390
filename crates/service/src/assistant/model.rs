//! The built-in assistant's answer through a model. The articles were found and the policy
//! has said that it may answer before the first word is asked for; each sentence is shown
//! only once it was held against those articles; whatever goes wrong, the sentences of the
//! article itself are said in the same turn. A cut drops the stream, and with it the
//! model's work.

use std::time::Duration;

use segue_engine::packet::generated::{Sentences, answer_request, answer_sentence};
use segue_model::id::WorkspaceId;
use segue_ports::language_model::{Ask, LanguageModel, Purpose};
use tokio_util::sync::CancellationToken;

use super::{Question, Words};
use crate::cell::Cell;
use crate::service::Service;

/// The most tokens of an answer.
const TOKENS_MAX: u32 = 320;
/// How many sentences are said at most.
const SENTENCES_MAX: usize = segue_engine::packet::generated::SENTENCES_MAX;

/// An answer is being said, piece by piece.
pub(super) struct Saying<'a> {
    pub cell: &'a Cell,
    /// Cut when somebody else speaks; `None` where nothing is shown yet (a draft).
    pub token: Option<&'a CancellationToken>,
    /// What was said.
    pub said: Vec<String>,
}

/// The answer was cut: whoever cut it has kept what was said.
pub(super) struct Cut;

impl Saying<'_> {
    /// Says one more sentence.
    pub fn say(&mut self, sentence: &str) -> Result<(), Cut> {
        if let Some(token) = self.token
            && !self.cell.say_piece(token, sentence)
        {
            return Err(Cut);
        }
        self.said.push(sentence.to_owned());
        Ok(())
    }
}

/// How a model's answer ended.
enum End {
    Whole,
    /// Not to be gone on with, for this reason.
    GivenUp(String),
}

impl Service {
    /// Says what a model makes of the articles; `false` if there is no model to ask, or it
    /// gave nothing that may be said, or not all of it: then the extracted sentences follow.
    pub(super) async fn say_by_model(
        &self,
        workspace: WorkspaceId,
        asked: &Question,
        words: &Words,
        saying: &mut Saying<'_>,
    ) -> Result<bool, Cut> {
        let model = self.outside().model.as_deref();
        let Some(model) = model.filter(|model| model.serves(Purpose::Answer)) else {
            return Ok(false);
        };
        if words.articles.is_empty() {
            return Ok(false);
        }
        let cut = saying.token.cloned().unwrap_or_default();
        // Half of what is left of the time: the other half is for falling back.
        let left = asked.deadline.since(self.now()).millis() / 2;
        let done = tokio::select! {
            end = self.ask_and_say(model, workspace, asked, words, saying) => end?,
            () = tokio::time::sleep(Duration::from_millis(left)) => End::GivenUp("no time is left".to_owned()),
            () = cut.cancelled() => return Err(Cut),
            () = self.stopping().cancelled() => return Err(Cut),
        };
        match done {
            End::Whole => Ok(true),
            End::GivenUp(reason) => {
                tracing::info!(
                    reason,
                    sentences = saying.said.len(),
                    "the model's answer was given up for the article's own words"
                );
                Ok(false)
            }
        }
    }

    async fn ask_and_say(
        &self,
        model: &dyn LanguageModel,
        workspace: WorkspaceId,
        asked: &Question,
        words: &Words,
        saying: &mut Saying<'_>,
    ) -> Result<End, Cut> {
        let given_up = |reason: &dyn std::fmt::Display| Ok(End::GivenUp(reason.to_string()));
        let mut stream = match model
            .stream(self.question_of(workspace, asked, words))
            .await
        {
            Ok(stream) => stream,
            Err(error) => return given_up(&error),
        };
        let mut sentences = Sentences::default();
        loop {
            let piece = match stream.next().await {
                Ok(Some(piece)) => piece,
                Ok(None) => break,
                Err(error) => return given_up(&error),
            };
            let whole = match sentences.push(&piece) {
                Ok(whole) => whole,
                Err(reason) => return given_up(&reason),
            };
            for sentence in whole {
                if let Err(reason) = check(&sentence, asked, words) {
                    return given_up(&reason);
                }
                saying.say(&sentence)?;
                if saying.said.len() >= SENTENCES_MAX {
                    return Ok(End::Whole);
                }
            }
        }
        let last = match sentences.finish() {
            Ok(last) => last,
            Err(reason) => return given_up(&reason),
        };
        if let Some(last) = last {
            if let Err(reason) = check(&last, asked, words) {
                return given_up(&reason);
            }
            saying.say(&last)?;
        }
        match saying.said.is_empty() {
            true => given_up(&"the answer is empty"),
            false => Ok(End::Whole),
        }
    }

    fn question_of(&self, workspace: WorkspaceId, asked: &Question, words: &Words) -> Ask {
        let articles: Vec<(&str, &str)> = words
            .articles
            .iter()
            .map(|(title, text)| (title.as_str(), text.as_str()))
            .collect();
        let earlier: Vec<&str> = asked.earlier.iter().map(String::as_str).collect();
        // Its last digits are random: nobody in the conversation can know the mark.
        let fresh = self.fresh().simple().to_string();
        let mark = fresh
            .get(fresh.len().saturating_sub(12)..)
            .unwrap_or(&fresh);
        let request = answer_request(
            &asked.text,
            &earlier,
            &articles,
            words.told.as_deref(),
            mark,
        );
        Ask {
            workspace,
            purpose: Purpose::Answer,
            instructions: request.instructions,
            data: request.data,
            shape: None,
            tokens_max: TOKENS_MAX,
            names: asked.name.iter().cloned().collect(),
        }
    }
}

fn check(sentence: &str, asked: &Question, words: &Words) -> Result<(), String> {
    let titled: Vec<String> = words
        .articles
        .iter()
        .map(|(title, text)| format!("{title}. {text}"))
        .collect();
    let articles: Vec<&str> = titled.iter().map(String::as_str).collect();
    let said: Vec<&str> = asked
        .earlier
        .iter()
        .chain([&asked.text])
        .map(String::as_str)
        .collect();
    answer_sentence(sentence, &articles, &said, asked.locale.as_deref())
}

/// The extracted sentences that a model's words, cut short, have not said already: those
/// of which less than half stands there.
pub(super) fn left_of<'w>(extracted: &'w [String], said: &[String]) -> Vec<&'w String> {
    let fold = |text: &str| -> Vec<String> {
        text.split(|it: char| !it.is_alphanumeric())
            .filter(|word| word.chars().count() > 2)
            .map(str::to_lowercase)
            .collect()
    };
    let known: std::collections::HashSet<String> = said.iter().flat_map(|it| fold(it)).collect();
    let is_new = |sentence: &&String| {
        let words = fold(sentence);
        let shared = words.iter().filter(|word| known.contains(*word)).count();
        shared * 2 < words.len().max(1)
    };
    extracted.iter().filter(is_new).collect()
}
