//! Two or three sentences: what is wanted, what was done, where it stands.

use segue_model::packet::{AttemptOutcome, Cited, SUMMARY_WORDS_MAX};
use segue_model::turn::{Role, TurnNumber};

use super::attempts::{self, By, Tried};
use super::cues;
use super::intent::Intent;
use super::reading::{Kind, Reading, Said, Sentence};
use super::text;

/// How much of what was done is told, in words.
const DONE_WORDS_MAX: usize = 36;
/// How much of the last word is quoted, in words.
const LAST_WORDS_MAX: usize = 16;
/// How many attempts one sentence names.
const NAMED_MAX: usize = 3;

const _: () = assert!(
    segue_model::packet::CORE_INTENT_WORDS_MAX + DONE_WORDS_MAX + LAST_WORDS_MAX + 6
        <= SUMMARY_WORDS_MAX
);

/// The summary, each sentence with the turn it rests on.
pub(super) fn write(reading: &Reading<'_>, intent: &Intent<'_>, tried: &[Tried]) -> Vec<Cited> {
    let wanted = intent.line();
    let stands = stands(reading, intent);
    let mut summary = vec![wanted];
    summary.extend(done(reading, tried));
    summary.extend(stands);
    summary
}

fn done(reading: &Reading<'_>, tried: &[Tried]) -> Option<Cited> {
    let latest = tried
        .get(tried.len().saturating_sub(NAMED_MAX)..)
        .unwrap_or_default();
    let Some(last) = latest.last() else {
        return nothing_done(reading);
    };
    let mut from = 0;
    let mut text = joined(latest);
    while text::word_count(&text) > DONE_WORDS_MAX && from + 1 < latest.len() {
        from += 1;
        text = joined(latest.get(from..).unwrap_or_default());
    }
    let text = text::ended(&text::clip_words(&text, DONE_WORDS_MAX));
    Some(Cited {
        text,
        turn: last.attempt.turn,
    })
}

fn joined(latest: &[Tried]) -> String {
    let mut parts = Vec::with_capacity(latest.len());
    let mut before: Option<By> = None;
    for tried in latest {
        let is_again = before.is_some_and(|by| by != By::Customer);
        parts.push(told(tried, if is_again { "then" } else { "the assistant" }));
        before = Some(tried.by);
    }
    text::capitalized(&parts.join("; "))
}

fn told(tried: &Tried, who: &str) -> String {
    let what = &tried.attempt.what;
    let times = if tried.times > 1 {
        format!(" {} times", tried.times)
    } else {
        String::new()
    };
    let outcome = match tried.attempt.outcome {
        AttemptOutcome::Rejected => " – did not help",
        AttemptOutcome::Confirmed => " – helped",
        AttemptOutcome::Failed | AttemptOutcome::Unknown => "",
    };
    let bare = |lead: &str| what.strip_prefix(lead).unwrap_or(what).to_owned();
    match tried.by {
        By::Article => format!("{who} pointed to {}{times}{outcome}", text::quote(what)),
        By::Tool(_) => format!("{who} ran {}{times}{outcome}", bare("Tool ")),
        By::Answer => format!("{who} answered {}{times}{outcome}", bare("Answer: ")),
        By::Customer => format!("{}{outcome}", what.replacen("Customer", "customer", 1)),
    }
}

fn nothing_done(reading: &Reading<'_>) -> Option<Cited> {
    let of = |role: Role| {
        reading
            .turns
            .iter()
            .filter(move |turn| turn.author.role() == role)
    };
    let fallbacks = of(Role::Assistant)
        .filter(|turn| turn.scores.is_fallback)
        .count();
    let assistant = of(Role::Assistant).next_back();
    let agent = of(Role::Agent).next_back();
    let is_later = |agent: &TurnNumber| assistant.is_none_or(|turn| turn.number < *agent);
    if let Some(agent) = agent.filter(|agent| is_later(&agent.number)) {
        return Some(cited(
            "A colleague has written to them already.",
            agent.number,
        ));
    }
    let Some(last) = assistant else {
        return reading
            .last()
            .map(|said| cited("Nobody has answered yet.", said.turn));
    };
    let text = match fallbacks {
        0 => "The assistant has not offered a solution.".to_owned(),
        1 => "The assistant found no answer.".to_owned(),
        times => format!("The assistant found no answer, {times} times."),
    };
    Some(Cited {
        text,
        turn: last.number,
    })
}

fn cited(text: &str, turn: TurnNumber) -> Cited {
    Cited {
        text: text.to_owned(),
        turn,
    }
}

/// The customer's last word, unless it is the intent itself.
fn stands(reading: &Reading<'_>, intent: &Intent<'_>) -> Option<Cited> {
    let last = reading.last()?;
    let (said, told_sentence) = intent.sentence()?;
    let is_same_turn = said.turn == last.turn;
    let is_news = |it: &&Sentence| {
        let is_settled = cues::is_solved(&it.flat) || attempts::is_own_step(&it.flat);
        it.kind == Kind::Content
            && !std::ptr::eq(*it, told_sentence)
            && !(is_same_turn && is_settled)
    };
    let content = last.sentences.iter().rfind(is_news);
    let lead = if is_same_turn {
        "They also say:"
    } else {
        "Last word:"
    };
    let has_wish = last.sentences.iter().any(|it| it.kind == Kind::PersonWish);
    let text = match content {
        Some(sentence) => {
            let words = text::clip_words(&sentence.text, LAST_WORDS_MAX);
            format!("{lead} {}", text::ended_quote(&words))
        }
        None if has_wish => "In the last message they ask for a person.".to_owned(),
        None if is_same_turn => return None,
        None => format!(
            "Last word: {}",
            text::ended_quote(&text::clip_words(&whole(last), LAST_WORDS_MAX))
        ),
    };
    Some(Cited {
        text,
        turn: last.turn,
    })
    .filter(|_| !last.flat.trim().is_empty() || has_wish)
}

fn whole(said: &Said) -> String {
    said.sentences
        .iter()
        .filter(|it| it.kind != Kind::Instruction)
        .map(|it| it.text.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}
