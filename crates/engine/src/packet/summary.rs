//! Two or three sentences: what is wanted, what was done, where it stands.

use segue_model::packet::{AttemptOutcome, Cited, SUMMARY_WORDS_MAX};
use segue_model::turn::{Role, Turn, TurnNumber};

use super::attempts::{self, By, Tried};
use super::cues;
use super::intent::Intent;
use super::reading::{Kind, Reading, Said, Sentence};
use super::text;

/// How much of what was done is told, in words.
const DONE_WORDS_MAX: usize = 30;
/// How much of what is wanted is told, in words: the intent and what was said with it.
const WANTED_WORDS_MAX: usize = 34;
/// The fewest words of a sentence that adds something.
const MORE_WORDS_MIN: usize = 4;
/// How many sentences of an agent's answer are told.
const ANSWERED_SENTENCES: usize = 2;
/// How much is quoted of what they ask and of until when, in words each.
const LAST_WORDS_MAX: usize = 11;
/// How many of the customer's last turns are looked at for what they ask.
const ASKED_TURNS: usize = 3;
/// How much of one answer is quoted among several, in words.
const ANSWER_WORDS_MAX: usize = 9;
/// How many attempts one sentence names.
const NAMED_MAX: usize = 3;

const _: () =
    assert!(WANTED_WORDS_MAX + DONE_WORDS_MAX + 2 * (LAST_WORDS_MAX + 2) <= SUMMARY_WORDS_MAX);

/// The summary, each sentence with the turn it rests on.
pub(super) fn write(reading: &Reading<'_>, intent: &Intent<'_>, tried: &[Tried]) -> Vec<Cited> {
    let (wanted, added) = wanted(intent);
    let mut summary = vec![wanted];
    summary.extend(done(reading, tried));
    summary.extend(stands(reading, intent, added));
    summary
}

/// The intent, and what the same turn says besides, with the sentence that says it.
fn wanted<'r>(intent: &Intent<'r>) -> (Cited, Option<&'r Sentence>) {
    let line = intent.line();
    let Some((said, told)) = intent.sentence().filter(|_| intent.is_known()) else {
        return (line, None);
    };
    let more = said.sentences.iter().filter(|it| {
        it.kind == Kind::Content
            && !std::ptr::eq(*it, told)
            && text::word_count(&it.text) >= MORE_WORDS_MIN
            && !attempts::is_own_step(&it.flat)
    });
    // The longest says most; of two that are as long the first.
    let more = more.rev().max_by_key(|it| text::word_count(&it.text));
    let Some(more) = more else {
        return (line, None);
    };
    // Two quoted sentences are one quotation, in the order in which they were written.
    if intent.is_quoted() && more.is_whole && told.is_whole {
        let (first, second) = match more.start < told.start {
            true => (more, told),
            false => (told, more),
        };
        let both = format!("{} {}", first.text, second.text);
        let left = WANTED_WORDS_MAX.saturating_sub(2);
        let told = Cited {
            text: format!(
                "Customer says: {}",
                text::ended_quote(&text::clip_words(&both, left))
            ),
            turn: line.turn,
        };
        return (told, Some(more));
    }
    let left = WANTED_WORDS_MAX.saturating_sub(text::word_count(&line.text) + 2);
    if left < MORE_WORDS_MIN {
        return (line, None);
    }
    let told = Cited {
        text: format!(
            "{} They add: {}",
            line.text,
            text::ended_quote(&text::clip_words(&more.text, left))
        ),
        turn: line.turn,
    };
    (told, Some(more))
}

/// What an agent who answered last said: the two longest sentences that are no courtesy.
fn answered(turn: &Turn) -> Option<Cited> {
    let body = text::head(&turn.text);
    let pieces = text::pieces(body);
    let sentences: Vec<String> = pieces
        .iter()
        .map(|piece| text::clean(body.get(piece.start..piece.end).unwrap_or_default()))
        .collect();
    let is_courtesy = |it: &String| {
        let flat = text::flat(it);
        cues::is_courtesy(&flat) || text::word_count(it) < MORE_WORDS_MIN
    };
    let mut kept: Vec<(usize, &String)> = sentences
        .iter()
        .enumerate()
        .filter(|(_, it)| !is_courtesy(it))
        .collect();
    if kept.is_empty() {
        kept.extend(sentences.iter().enumerate().max_by_key(|(_, it)| it.len()));
    }
    kept.sort_by_key(|(at, it)| (std::cmp::Reverse(text::word_count(it)), *at));
    kept.truncate(ANSWERED_SENTENCES);
    kept.sort_by_key(|(at, _)| *at);
    let told: Vec<&str> = kept.iter().map(|(_, it)| it.as_str()).collect();
    let told = text::clip_words(&told.join(" "), DONE_WORDS_MAX - 3);
    (!told.is_empty()).then(|| Cited {
        text: format!("The agent says: {}", text::ended_quote(&told)),
        turn: turn.number,
    })
}

fn done(reading: &Reading<'_>, tried: &[Tried]) -> Option<Cited> {
    let last_answer = reading
        .turns
        .iter()
        .rfind(|turn| matches!(turn.author.role(), Role::Agent | Role::Assistant));
    if let Some(answer) = last_answer.filter(|turn| turn.author.role() == Role::Agent) {
        return answered(answer);
    }
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
    // A count of the program's own is written as a word, so that every figure is a figure
    // of the conversation's.
    let times = match tried.times {
        0 | 1 => "",
        2 => " twice",
        3 => " three times",
        _ => " several times",
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
        By::Answer => {
            let quoted = bare("Answer: ");
            let words = quoted.trim_matches(['“', '”']);
            let words = text::quote(&text::clip_words(words, ANSWER_WORDS_MAX));
            format!("{who} answered {words}{times}{outcome}")
        }
        By::Agent => format!(
            "a colleague wrote {}{times}{outcome}",
            bare("A colleague: ")
        ),
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
    let Some(last) = assistant else {
        return reading
            .last()
            .map(|said| cited("Nobody has answered yet.", said.turn));
    };
    let text = match fallbacks {
        0 => "The assistant has not offered a solution.".to_owned(),
        1 => "The assistant found no answer.".to_owned(),
        2 => "The assistant found no answer, twice.".to_owned(),
        _ => "The assistant found no answer, several times.".to_owned(),
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

/// What the customer asks for in the end and until when, else their last word; nothing
/// that the intent says already.
fn stands(reading: &Reading<'_>, intent: &Intent<'_>, added: Option<&Sentence>) -> Option<Cited> {
    let last = reading.last()?;
    let (said, told_sentence) = intent.sentence()?;
    let is_same_turn = said.turn == last.turn;
    // What a person has answered since is not open any more.
    let answered = reading
        .turns
        .iter()
        .rposition(|turn| turn.author.role() == Role::Agent);
    let is_open = |said: &Said| answered.is_none_or(|at| said.place > at);
    let is_news = |(said, it): &(&Said, &Sentence)| {
        it.kind == Kind::Content
            && !std::ptr::eq(*it, told_sentence)
            && added.is_none_or(|added| !std::ptr::eq(*it, added))
            && is_open(said)
    };
    let recent = reading
        .said
        .iter()
        .skip(reading.concern)
        .rev()
        .take(ASKED_TURNS);
    let recent = || {
        let sentences = recent.clone().flat_map(|said| {
            let sentences = said.sentences.iter().rev();
            sentences.map(move |it| (said, it))
        });
        sentences.filter(is_news)
    };
    let all = reading.said.iter().skip(reading.concern).rev();
    let mut all = all.flat_map(|said| said.sentences.iter().rev().map(move |it| (said, it)));
    let ask = recent().find(|(_, it)| cues::is_ask(&it.flat));
    let deadline = match cues::is_deadline(&told_sentence.flat) {
        true => None,
        false => all.find(|it| is_news(it) && cues::is_deadline(&it.1.flat)),
    };
    let deadline = deadline.filter(|(_, it)| ask.is_none_or(|(_, ask)| !std::ptr::eq(ask, *it)));
    // One that stands alone may have the room of both.
    let words_max = match (ask, deadline) {
        (Some(_), Some(_)) => LAST_WORDS_MAX,
        _ => 2 * LAST_WORDS_MAX,
    };
    let quoted = |lead: &str, sentence: &Sentence| {
        let words = text::clip_words(&sentence.text, words_max);
        format!("{lead} {}", text::ended_quote(&words))
    };
    if ask.is_some() || deadline.is_some() {
        let parts = [("They ask:", ask), ("In time:", deadline)];
        let told = parts
            .iter()
            .filter_map(|(lead, it)| Some(quoted(lead, it.as_ref()?.1)));
        return Some(Cited {
            text: told.collect::<Vec<_>>().join(" "),
            turn: ask.or(deadline).map_or(last.turn, |(said, _)| said.turn),
        });
    }
    let is_settled = |it: &Sentence| cues::is_solved(&it.flat) || attempts::is_own_step(&it.flat);
    let content = last
        .sentences
        .iter()
        .rfind(|it| is_news(&(last, it)) && !(is_same_turn && is_settled(it)));
    let lead = if is_same_turn {
        "They also say:"
    } else {
        "Last word:"
    };
    let has_wish = last.sentences.iter().any(|it| it.kind == Kind::PersonWish);
    if !is_open(last) {
        return None;
    }
    let text = match content {
        Some(sentence) => quoted(lead, sentence),
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
