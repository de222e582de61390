//! What was tried, and how it went as far as the customer said.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use segue_model::packet::{Attempt, AttemptOutcome, EntityKind};
use segue_model::turn::{Author, Retrieved, ToolCall, ToolStatus, Turn, TurnNumber};

use super::cues::{self, Phrases};
use super::intent::stems;
use super::reading::{Kind, Reading, Said, Sentence};
use super::retell::{Person, retell};
use super::text;

/// How many attempts a packet shows.
const ATTEMPTS_MAX: usize = 12;
/// How much of a plain answer is quoted, in words.
const ANSWER_WORDS_MAX: usize = 14;
/// How alike two customer turns are when the second puts the first again: the share
/// of the smaller one's words.
const REPEAT_SHARE_MIN: f64 = 0.6;

/// What an attempt is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum By {
    /// The assistant pointed to an article.
    Article,
    /// The assistant ran a tool that ended so.
    Tool(ToolStatus),
    /// The assistant answered in its own words.
    Answer,
    /// A person proposed it before.
    Agent,
    /// The customer did something themselves.
    Customer,
}

/// An attempt with what the sentences of a packet need to know of it.
#[derive(Debug, Clone)]
pub(super) struct Tried {
    /// What the packet shows.
    pub attempt: Attempt,
    /// What it is.
    pub by: By,
    /// The customer's step as one would say it to them.
    pub to_customer: Option<String>,
    /// How often it was tried.
    pub times: usize,
}

impl Tried {
    fn new(by: By, what: String, outcome: AttemptOutcome, turn: TurnNumber) -> Self {
        let attempt = Attempt {
            what,
            article: None,
            outcome,
            turn,
        };
        Self {
            attempt,
            by,
            to_customer: None,
            times: 1,
        }
    }
}

/// Attempts in order, each once.
#[derive(Default)]
struct List {
    tried: Vec<Tried>,
    places: HashMap<String, usize>,
}

impl List {
    /// Adds one under the name by which it is known again. When it was tried before,
    /// the later word on it counts.
    fn add(&mut self, key: String, outcome: AttemptOutcome, make: impl FnOnce() -> Tried) {
        let place = self.places.entry(key).or_insert(self.tried.len());
        let Some(known) = self.tried.get_mut(*place) else {
            self.tried.push(make());
            return;
        };
        known.times += 1;
        if outcome != AttemptOutcome::Unknown {
            known.attempt.outcome = outcome;
        }
    }
}

/// All attempts of the conversation, each once, in order.
pub(super) fn extract(reading: &Reading<'_>) -> Vec<Tried> {
    let mut list = List::default();
    let mut said = reading.said.iter();
    for (place, turn) in reading.turns.iter().enumerate() {
        match turn.author {
            Author::Customer => {
                if let Some(said) = said.next() {
                    own_steps(said, &mut list);
                }
            }
            Author::Assistant | Author::Draft { .. } => {
                answer(turn, said_of(reading, place), &mut list);
            }
            Author::Agent { .. } => {
                colleague(turn, said_of(reading, place), &mut list);
            }
            Author::System { .. } => {}
        }
    }
    let mut tried = list.tried;
    // The latest say most about where it stands.
    let surplus = tried.len().saturating_sub(ATTEMPTS_MAX);
    tried.drain(..surplus);
    tried
}

/// How many customer turns after an answer may still speak of it.
const SAID_LATER_MAX: usize = 4;

/// What the customer said of the answer at a place: in their next turn, else in a later
/// one that names what the answer named.
pub(super) fn said_of(reading: &Reading<'_>, place: usize) -> AttemptOutcome {
    let (before, next) = reading.around(place);
    let (Some(turn), Some(next)) = (reading.turns.get(place), next) else {
        return AttemptOutcome::Unknown;
    };
    let has_asked = turn.text.trim_end().ends_with('?');
    let begins_anew = reading.concern > 0
        && reading
            .said
            .get(reading.concern)
            .is_some_and(|it| it.turn == next.turn);
    let outcome = said_next(before, next, has_asked, begins_anew);
    if outcome != AttemptOutcome::Unknown {
        return outcome;
    }
    let title = turn.scores.retrieval.first().map(title_of);
    let about = format!("{} {}", title.unwrap_or_default(), text::head(&turn.text));
    let about = text::flat(&about);
    let named: HashSet<&str> = stems(&about).collect();
    let later = reading.said.iter().filter(|said| said.place > next.place);
    let later = later.take(SAID_LATER_MAX).filter(|said| {
        stems(&said.flat).any(|stem| named.contains(stem)) && !cues::is_underway(&said.flat)
    });
    let of_it = |said: &Said| {
        if cues::is_rejection(&said.flat)
            || said.found.iter().any(|it| it.kind == EntityKind::ErrorCode)
            || (attempts_step(said) && cues::is_obstacle(&said.flat))
        {
            AttemptOutcome::Rejected
        } else if cues::is_solved(&said.flat) {
            AttemptOutcome::Confirmed
        } else {
            AttemptOutcome::Unknown
        }
    };
    let mut outcomes = later.map(of_it);
    outcomes
        .find(|it| *it != AttemptOutcome::Unknown)
        .unwrap_or(AttemptOutcome::Unknown)
}

fn attempts_step(said: &Said) -> bool {
    said.sentences.iter().any(|it| is_own_step(&it.flat))
}

/// The same of the next turn. Naming an error code after an answer that asked nothing
/// means that it did not help, and so does naming what stands in its way.
fn said_next(
    before: Option<&Said>,
    next: &Said,
    has_asked: bool,
    begins_anew: bool,
) -> AttemptOutcome {
    let shows_error = !has_asked && next.found.iter().any(|it| it.kind == EntityKind::ErrorCode);
    let is_solved = cues::is_solved(&next.flat);
    // "That worked. But the bill is still open": the first words are on the answer.
    let first = next.sentences.iter().find(|it| it.kind == Kind::Content);
    let is_first_solved = !has_asked
        && first.is_some_and(|it| {
            cues::is_solved(&it.flat)
                || (it.flat.starts_with(" done ")
                    && !cues::is_problem(&it.flat)
                    && !cues::is_rejection(&next.flat)
                    && !shows_error)
        });
    let is_no = [" no ", " nein ", " non "]
        .iter()
        .any(|no| next.flat.starts_with(no));
    let is_no = is_no && !has_asked && !cues::is_thanks(&next.flat);
    let is_obstacle = !has_asked
        && !begins_anew
        && next.has_content()
        && (cues::is_obstacle(&next.flat) || goes_on(next))
        && !cues::is_underway(&next.flat)
        && !cues::is_another(&next.flat)
        && !cues::is_thanks(&next.flat);
    if is_first_solved {
        AttemptOutcome::Confirmed
    } else if cues::is_rejection(&next.flat)
        || ((shows_error || is_no || is_obstacle) && !is_solved)
        || before.is_some_and(|before| is_repeat(before, next))
    {
        AttemptOutcome::Rejected
    } else if is_solved || (cues::is_thanks(&next.flat) && !next.has_content()) {
        AttemptOutcome::Confirmed
    } else {
        AttemptOutcome::Unknown
    }
}

/// The fewest content words of a sentence that is more than a value that was asked for.
const GOES_ON_WORDS_MIN: usize = 2;

/// Whether the customer goes on with their concern: they state something, where an answer
/// that helped would have left nothing to state. A question may only be about the answer.
fn goes_on(next: &Said) -> bool {
    next.sentences.iter().any(|it| {
        let values = next.found.iter().filter(|found| {
            matches!(found.kind, EntityKind::Reference | EntityKind::Email)
                && found.start >= it.start
                && found.end <= it.end
        });
        let named: usize = values
            .map(|found| stems(&text::flat(&found.value)).count())
            .sum();
        it.kind == Kind::Content
            && stems(&it.flat).count() >= named + GOES_ON_WORDS_MIN
            && (!it.text.ends_with('?') || cues::is_problem(&it.flat) || cues::is_ask(&it.flat))
    })
}

/// What a customer's own text says of how something went.
pub(super) fn outcome_said(said: &str) -> Option<AttemptOutcome> {
    let flat = text::flat(text::head(said));
    if cues::is_rejection(&flat) {
        Some(AttemptOutcome::Rejected)
    } else {
        cues::is_solved(&flat).then_some(AttemptOutcome::Confirmed)
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
fn is_repeat(before: &Said, next: &Said) -> bool {
    let known: HashSet<&str> = stems(&before.flat).collect();
    let again: HashSet<&str> = stems(&next.flat).collect();
    let smaller = known.len().min(again.len());
    let shared = known.intersection(&again).count();
    smaller >= 2 && shared as f64 / smaller as f64 >= REPEAT_SHARE_MIN
}

fn answer(turn: &Turn, outcome: AttemptOutcome, list: &mut List) {
    for call in &turn.scores.tool_calls {
        tool(turn, call, outcome, list);
    }
    if turn.scores.is_fallback {
        return;
    }
    if let Some(found) = turn.scores.retrieval.first() {
        list.add(format!("article {}", found.id), outcome, || {
            let mut tried = Tried::new(By::Article, title_of(found), outcome, turn.number);
            tried.attempt.article = Some(found.id.clone());
            tried
        });
    } else if turn.scores.tool_calls.is_empty()
        && let Some(answer) = instruction(&turn.text)
    {
        let what = format!("Answer: {}", text::quote(&answer));
        list.add(what.clone(), outcome, || {
            Tried::new(By::Answer, what, outcome, turn.number)
        });
    }
}

/// What an agent who had the conversation before told them to do.
fn colleague(turn: &Turn, outcome: AttemptOutcome, list: &mut List) {
    if let Some(step) = instruction(&turn.text) {
        let what = format!("A colleague: {}", text::quote(&step));
        list.add(what.clone(), outcome, || {
            Tried::new(By::Agent, what, outcome, turn.number)
        });
    }
}

fn tool(turn: &Turn, call: &ToolCall, said: AttemptOutcome, list: &mut List) {
    let name = text::clean(&call.name);
    let (what, outcome) = match call.status {
        ToolStatus::Ok => (format!("Tool {name}"), said),
        ToolStatus::Error => (format!("Tool {name} (error)"), AttemptOutcome::Failed),
        ToolStatus::Timeout => (format!("Tool {name} (timed out)"), AttemptOutcome::Failed),
    };
    let by = By::Tool(call.status);
    list.add(what.clone(), outcome, || {
        Tried::new(by, what, outcome, turn.number)
    });
}

/// An article's title; where it is not known, its slug as words.
pub(super) fn title_of(found: &Retrieved) -> String {
    match &found.title {
        Some(title) if !title.trim().is_empty() => text::clean(title),
        _ => text::capitalized(&text::clean(&found.id.replace(['-', '_'], " "))),
    }
}

static NO_ANSWER: Phrases = LazyLock::new(|| {
    cues::phrases(
        "im sorry|i am sorry|sorry|i couldnt find|i could not find|i dont know|i do not know|\
     im not sure|unfortunately|connecting you|transferring you|connect you|leider|\
     tut mir leid|apologize|apologies|how can i help|what can i do|let me check|\
     need to verify|one moment|happy to help|thanks for|thank you|sorry to hear|\
     i understand|i can help|a moment|dont have that|do not have that|cannot help|\
     cant help|happy to|no more|no further|no other|no idea|nothing more|i do not see|i cannot|i cant|\
         not able|unable to|i see|pass this on|keine weiteren|kann ich nicht|weiss ich nicht|finde ich nichts|\
         je ne trouve|je ne peux pas|je nai pas|no encuentro|no puedo|no tengo|no se",
    )
});

/// The sentence of a plain answer that tells what to do; `None` if it only greets,
/// asks, regrets or passes on.
fn instruction(answer: &str) -> Option<String> {
    let body = text::head(answer);
    text::pieces(body)
        .into_iter()
        .map(|piece| text::clean(body.get(piece.start..piece.end).unwrap_or_default()))
        .find(|sentence| {
            let flat = text::flat(sentence);
            !sentence.ends_with('?') && stems(&flat).count() >= 2 && !NO_ANSWER.is_match(&flat)
        })
        .map(|sentence| text::clip_words(sentence.trim_end_matches('.'), ANSWER_WORDS_MAX))
}

static STEPS: Phrases = LazyLock::new(|| {
    cues::phrases(
        "restarted|rebooted|reinstalled|cleared|reset|relogged|unplugged|replugged|refreshed|\
     reconnected|reloaded|retried|restart|reboot|neugestartet|deinstalliert|geleert",
    )
});
static OWN: Phrases = LazyLock::new(|| cues::phrases("i|ive|we|weve|ich"));
static TRIED: Phrases = LazyLock::new(|| {
    cues::phrases(
        "i tried|ive tried|i have tried|i already|ive already|i have already|we tried|\
     weve tried|we already|i also tried|i did try|even tried|tried clearing|did that|i did it|i did that|tried|\
         same result|same error|ya lo intente|lo he intentado|deja fait|je lai deja|habe ich gemacht|\
     logged out and|i checked|ive checked|i have checked|i double checked|habe schon|\
     habe bereits|hab schon|schon versucht|schon probiert|bereits versucht",
    )
});

/// Whether a sentence tells of a step that the customer took themselves. "I tried to
/// pay, but …" tells what they want.
pub(super) fn is_own_step(flat: &str) -> bool {
    let is_aim = cues::has(flat, "tried to") && !cues::has(flat, "already");
    let is_told = TRIED.is_match(flat);
    let is_step = STEPS.is_match(flat) && OWN.is_match(flat);
    !is_aim && (is_told || is_step) && stems(flat).count() >= 1
}

fn own_steps(said: &Said, list: &mut List) {
    let sentences: Vec<&Sentence> = said
        .sentences
        .iter()
        .filter(|it| it.kind == Kind::Content)
        .collect();
    let is_rejected = |it: &Sentence| cues::is_rejection(&it.flat) || cues::is_problem(&it.flat);
    for (at, sentence) in sentences.iter().enumerate() {
        // A step without a word of what was done ("I already tried that") speaks of the
        // assistant's answer.
        if !is_own_step(&sentence.flat) || is_bare(&sentence.flat) {
            continue;
        }
        // "…, no luck. I also tried another cable." tells of both.
        let before = at.checked_sub(1).and_then(|at| sentences.get(at));
        let is_before = before.is_some_and(|it| is_own_step(&it.flat) && is_rejected(it));
        let outcome = match is_before || sentences.iter().skip(at).take(2).any(|it| is_rejected(it))
        {
            true => AttemptOutcome::Rejected,
            false => AttemptOutcome::Unknown,
        };
        list.add(sentence.flat.clone(), outcome, || {
            own_step(said, sentence, outcome)
        });
    }
}

fn own_step(said: &Said, sentence: &Sentence, outcome: AttemptOutcome) -> Tried {
    let retold = |person| {
        sentence
            .is_whole
            .then(|| retell(&sentence.text, person))
            .flatten()
    };
    let what = retold(Person::Third)
        .unwrap_or_else(|| format!("Customer's own step: {}", text::quote(&sentence.text)));
    let what = what.trim_end_matches('.').to_owned();
    let mut tried = Tried::new(By::Customer, what, outcome, said.turn);
    tried.to_customer = retold(Person::Second);
    tried
}

/// What is left of "I already tried that" and its like.
static BARE: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    "tri tried did do don everyth everything step check already hab schon bereit bereits versucht \
        probiert noth help work luck time"
        .split_whitespace()
        .collect()
});

fn is_bare(flat: &str) -> bool {
    stems(flat).all(|stem| BARE.contains(stem))
}
