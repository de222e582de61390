//! The line that an agent can send at once: it names the person, the subject and
//! the last result, says what happens next, and asks nothing that is known.

use std::sync::LazyLock;

use regex::Regex;
use segue_model::fact::{Facts, name};
use segue_model::packet::{AttemptOutcome, Entity, EntityKind};
use segue_model::turn::{Role, ToolStatus, TurnNumber};
use segue_model::verdict::{HandoffKind, Outcome, Verdict};

use super::attempts::{By, Tried};
use super::cues::Language;
use super::intent::{self, Intent};
use super::reading::{Kind, Reading};
use super::retell::{self, Person, retell};
use super::text;

/// The longest clause that is retold; a longer one is quoted in short.
const CLAUSE_WORDS_MAX: usize = 24;
/// The longest reference that is said aloud; bank accounts and request ids are longer.
const REFERENCE_BYTES_MAX: usize = 18;
/// How much of the customer's words is quoted, in characters.
const SUBJECT_CHARS_MAX: usize = 90;

/// What the line is made from.
pub(super) struct Known<'a> {
    /// The conversation.
    pub reading: &'a Reading<'a>,
    /// What the customer wants.
    pub intent: &'a Intent<'a>,
    /// What was tried.
    pub tried: &'a [Tried],
    /// What was named.
    pub entities: &'a [Entity],
    /// What is known of the customer.
    pub facts: &'a Facts,
    /// What led here.
    pub verdict: Option<&'a Verdict>,
    /// Who will send it, if that is known.
    pub agent_name: Option<&'a str>,
}

/// The line's sentences, in order.
pub(super) fn sentences(known: &Known<'_>) -> Vec<String> {
    match known.reading.language {
        Language::English => english(known),
        Language::German => german(known),
    }
}

/// What remains when nothing else may be said.
pub(super) fn plain(known: &Known<'_>) -> String {
    match known.reading.language {
        Language::English => format!("{} I have your conversation in front of me.", hello(known)),
        Language::German => format!("{} Ihre Unterhaltung liegt mir vor.", hallo(known)),
    }
}

/// The patterns by which a line asks for what it should know (`science.md` §1.2).
pub(super) fn is_generic_question(line: &str) -> bool {
    static GENERIC: LazyLock<Regex> = LazyLock::new(|| {
        #[expect(
            clippy::expect_used,
            reason = "the pattern is a literal, and every test compiles it"
        )]
        Regex::new(concat!(
            r"(?i)how (?:can|may) i help|what(?:'s|’s| is| seems to be) the (?:problem|issue)",
            r"|(?:describe|explain|tell me (?:more )?about) (?:your|the) (?:issue|problem)",
            r"|what can i do for you|wie kann ich (?:ihnen|dir) helfen|worum geht es",
        ))
        .expect("a literal pattern")
    });
    GENERIC.is_match(line)
}

/// What may stand before a first name.
const TITLES: &[&str] = &[
    "Dr", "Prof", "Mr", "Mrs", "Ms", "Mx", "Herr", "Frau", "Dipl",
];

fn first_name(facts: &Facts) -> Option<String> {
    let name = text::clean(facts.text(name::NAME)?);
    let first = name
        .split(' ')
        .find(|word| !TITLES.contains(&word.trim_end_matches('.')))?
        .trim_matches(|it: char| !it.is_alphanumeric())
        .to_owned();
    (first.chars().any(char::is_alphabetic) && first.chars().count() <= 40).then_some(first)
}

fn agent_first(known: &Known<'_>) -> Option<String> {
    let name = text::clean(known.agent_name?);
    name.split(' ')
        .next()
        .filter(|name| !name.is_empty())
        .map(str::to_owned)
}

fn hello(known: &Known<'_>) -> String {
    let name = first_name(known.facts)
        .map(|name| format!(" {name}"))
        .unwrap_or_default();
    let agent = agent_first(known)
        .map(|agent| format!(", I'm {agent}"))
        .unwrap_or_default();
    format!("Hi{name}{agent}.")
}

fn hallo(known: &Known<'_>) -> String {
    let name = first_name(known.facts)
        .map(|name| format!(" {name}"))
        .unwrap_or_default();
    let agent = agent_first(known)
        .map(|agent| format!(", hier ist {agent}"))
        .unwrap_or_default();
    format!("Hallo{name}{agent}.")
}

fn is_cold(known: &Known<'_>) -> bool {
    let outcome = known.verdict.map(|verdict| &verdict.outcome);
    matches!(
        outcome,
        Some(Outcome::Escalate {
            kind: HandoffKind::Cold,
            ..
        })
    )
}

fn has_history(known: &Known<'_>) -> bool {
    known
        .reading
        .turns
        .iter()
        .any(|turn| turn.author.role() == Role::Assistant)
}

/// What came last of all that was tried.
enum Result<'a> {
    Code(&'a str),
    Article(&'a str, AttemptOutcome),
    TimedOut,
    Failed,
    Answer(AttemptOutcome),
    Step(&'a str),
    NoAnswer,
}

fn last_result<'a>(known: &'a Known<'_>) -> Option<Result<'a>> {
    let told = known
        .intent
        .sentence()
        .map_or(TurnNumber::default(), |(said, _)| said.turn);
    let last_turn = known.reading.last()?.turn;
    let code = known
        .entities
        .iter()
        .rfind(|it| it.kind == EntityKind::ErrorCode && it.turn > told);
    if let Some(code) = code.filter(|code| code.turn == last_turn && !known.tried.is_empty()) {
        return Some(Result::Code(&code.value));
    }
    let concern = concern(known);
    let is_present = |tried: &&Tried| {
        let can_be_told = tried.by != By::Customer || tried.to_customer.is_some();
        can_be_told && concern.is_none_or(|turn| tried.attempt.turn >= turn)
    };
    let is_clear = |tried: &&Tried| tried.attempt.outcome != AttemptOutcome::Unknown;
    let present = || known.tried.iter().filter(is_present);
    let last = present().rfind(is_clear).or_else(|| present().next_back());
    let is_last_fallback = known
        .reading
        .turns
        .iter()
        .rfind(|turn| turn.author.role() == Role::Assistant)
        .is_some_and(|turn| turn.scores.is_fallback);
    match last {
        Some(tried) => match (tried.by, &tried.to_customer) {
            (By::Article, _) => Some(Result::Article(&tried.attempt.what, tried.attempt.outcome)),
            (By::Tool(ToolStatus::Timeout), _) => Some(Result::TimedOut),
            (By::Tool(ToolStatus::Error), _) => Some(Result::Failed),
            (By::Tool(ToolStatus::Ok) | By::Answer | By::Agent, _) => {
                Some(Result::Answer(tried.attempt.outcome))
            }
            (By::Customer, step) => step.as_deref().map(Result::Step),
        },
        None => is_last_fallback.then_some(Result::NoAnswer),
    }
}

fn english(known: &Known<'_>) -> Vec<String> {
    let hello = hello(known);
    match known.intent {
        Intent::Silent => {
            vec![
                hello,
                "I'm here now, so write whenever you are ready.".to_owned(),
            ]
        }
        Intent::PersonOnly(_) | Intent::Unclear(..) => {
            let asked = match has_wish(known) {
                true => "You asked for a person, and I'm here for you now.",
                false => "I've read what you wrote and I'm here for you now.",
            };
            vec![
                hello,
                asked.to_owned(),
                "What would you like to sort out?".to_owned(),
            ]
        }
        Intent::Known(..) => vec![hello, subject(known), next(known)],
    }
}

fn has_wish(known: &Known<'_>) -> bool {
    let sentences = known.reading.said.iter().flat_map(|said| &said.sentences);
    sentences.into_iter().any(|it| it.kind == Kind::PersonWish)
}

fn subject(known: &Known<'_>) -> String {
    let clause = known.intent.sentence().and_then(|(_, sentence)| {
        let told = sentence
            .is_whole
            .then(|| retell(&sentence.text, Person::Second))
            .flatten();
        told.filter(|clause| text::word_count(clause) <= CLAUSE_WORDS_MAX)
    });
    let result = last_result(known).and_then(|result| result_clause(&result));
    let is_new = |result: &String| {
        clause
            .as_ref()
            .is_none_or(|clause| !clause.contains(result))
    };
    let result = result.filter(is_new);
    let from = if has_history(known) {
        "I see from your chat with our assistant that"
    } else {
        "I see that"
    };
    let about = if has_history(known) {
        "I've read your chat with our assistant about"
    } else {
        "I've read what you wrote:"
    };
    let and = result
        .map(|result| format!(", and that {result}"))
        .unwrap_or_default();
    match clause {
        // What the customer states is theirs to know; the line does not vouch for it.
        Some(clause) if clause.starts_with(retell::YOU_WROTE) => {
            format!(
                "{}{}.",
                text::capitalized(&clause),
                and.replacen("that", "I see that", 1)
            )
        }
        Some(clause) => format!("{from} {clause}{and}."),
        None => format!(
            "{about} {}{}.",
            quoted(known),
            and.replacen("that", "I see that", 1)
        ),
    }
}

fn quoted(known: &Known<'_>) -> String {
    let short = known
        .intent
        .sentence()
        .map(|(_, sentence)| intent::short(sentence, SUBJECT_CHARS_MAX));
    text::quote(short.unwrap_or_default().trim_end_matches('?'))
}

fn result_clause(result: &Result<'_>) -> Option<String> {
    let clause = match result {
        Result::Code(code) => format!("the last try ended with {code}"),
        Result::Article(title, AttemptOutcome::Rejected) => {
            format!("the steps in {} didn't help", text::quote(title))
        }
        Result::Article(_, AttemptOutcome::Confirmed)
        | Result::Answer(AttemptOutcome::Confirmed) => return None,
        Result::Article(title, _) => format!("it pointed you to {}", text::quote(title)),
        Result::TimedOut => "one of our systems didn't answer in time".to_owned(),
        Result::Failed => "a step on our side failed".to_owned(),
        Result::Answer(AttemptOutcome::Rejected) => "the last answer didn't help".to_owned(),
        Result::Answer(_) => return None,
        Result::Step(step) => step.replacen(" also ", " ", 1),
        Result::NoAnswer => "it found no answer for you".to_owned(),
    };
    Some(clause)
}

fn reference<'a>(known: &'a Known<'_>) -> Option<&'a str> {
    known
        .entities
        .iter()
        .find(|it| {
            it.kind == EntityKind::Reference
                && it.value.len() <= REFERENCE_BYTES_MAX
                && it.replaced_by.is_none()
        })
        .map(|it| it.value.as_str())
}

fn code<'a>(known: &'a Known<'_>) -> Option<&'a str> {
    known
        .entities
        .iter()
        .rfind(|it| it.kind == EntityKind::ErrorCode)
        .filter(|it| concern(known).is_none_or(|turn| it.turn >= turn))
        .map(|it| it.value.as_str())
}

/// The turn with which the present concern began.
fn concern(known: &Known<'_>) -> Option<TurnNumber> {
    let said = known.reading.said.get(known.reading.concern);
    said.map(|said| said.turn)
}

fn next(known: &Known<'_>) -> String {
    let is_unproved = known.facts.flag(name::AUTHENTICATED) == Some(false);
    match (reference(known), code(known)) {
        _ if is_cold(known) => {
            "I'm checking your account right now; please don't share passwords or codes with anyone, me included."
                .to_owned()
        }
        (Some(reference), _) if is_unproved => {
            format!("I'll confirm with you that the account is yours, and then look at {reference}.")
        }
        (Some(reference), _) => format!("I'm looking at {reference} now and will tell you what I find."),
        (None, Some(code)) => format!("Let's go through the {code} error together from here."),
        (None, None) => "There's nothing you need to repeat, so let's go on from here.".to_owned(),
    }
}

fn german(known: &Known<'_>) -> Vec<String> {
    let hallo = hallo(known);
    match known.intent {
        Intent::Silent => vec![
            hallo,
            "Ich bin jetzt für Sie da, schreiben Sie einfach.".to_owned(),
        ],
        Intent::PersonOnly(_) | Intent::Unclear(..) => vec![
            hallo,
            "Ich bin jetzt persönlich für Sie da.".to_owned(),
            "Was möchten Sie klären?".to_owned(),
        ],
        Intent::Known(..) => {
            let read = format!(
                "Ich habe gelesen, was Sie geschrieben haben: {}.",
                quoted(known)
            );
            let result = last_result(known).and_then(|result| result_german(&result));
            [Some(hallo), Some(read), result, Some(next_german(known))]
                .into_iter()
                .flatten()
                .collect()
        }
    }
}

fn result_german(result: &Result<'_>) -> Option<String> {
    let sentence = match result {
        Result::Code(code) => format!("Der letzte Versuch endete mit {code}."),
        Result::Article(title, AttemptOutcome::Rejected) => {
            format!(
                "Die Schritte aus {} haben nicht geholfen.",
                text::quote(title)
            )
        }
        Result::Article(..) | Result::Step(_) => return None,
        Result::TimedOut => "Eines unserer Systeme hat nicht rechtzeitig geantwortet.".to_owned(),
        Result::Failed => "Ein Schritt auf unserer Seite ist fehlgeschlagen.".to_owned(),
        Result::Answer(AttemptOutcome::Rejected) => {
            "Die letzte Antwort hat nicht geholfen.".to_owned()
        }
        Result::Answer(_) => return None,
        Result::NoAnswer => "Unser Assistent hat keine Antwort gefunden.".to_owned(),
    };
    Some(sentence)
}

fn next_german(known: &Known<'_>) -> String {
    match (reference(known), code(known)) {
        _ if is_cold(known) => {
            "Ich prüfe Ihr Konto jetzt; bitte geben Sie niemandem Passwörter oder Codes weiter, auch mir nicht."
                .to_owned()
        }
        (Some(reference), _) => format!("Ich sehe mir {reference} jetzt an."),
        (None, Some(code)) => format!("Wir gehen den Fehler {code} von hier an gemeinsam durch."),
        (None, None) => "Sie müssen nichts wiederholen, ich übernehme ab hier.".to_owned(),
    }
}
