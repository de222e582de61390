//! What the agent needs and nobody has said.

use std::collections::HashSet;

use segue_model::event::Opening;
use segue_model::fact::{Facts, name};
use segue_model::packet::{Entity, EntityKind};
use segue_model::turn::{Author, Turn};

use super::cues;
use super::intent::{self, Intent};
use super::reading::{Kind, Reading, Said};
use super::text;

/// How many questions a packet asks; more are not read.
const QUESTIONS_MAX: usize = 4;
/// How much of the assistant's question is quoted, in words.
const ASKED_WORDS_MAX: usize = 20;

const ERROR: &str = "error errors fehler fehlermeldung fehlercode erreur meldung";
const MONEY: &str = "refund refunded charge charged charges overcharged invoice invoiced payment payments bill billed \
    billing card belastet erstattung abbuchung abgebucht rechnung zahlung reembolso remboursement";
const ORDER: &str = "refund refunded order ordered parcel package shipment delivery delivered invoice return \
    tracking bestellung paket sendung lieferung rechnung erstattung";
const SAFETY: &str = "hacked fraud password account login email unauthorized unauthorised stolen cancel delete konto \
    passwort kundigen";
const SCREEN: &str = "app website page button screen dashboard click load loads loading login log browser crash crashes \
    freezes blank upload print seite webseite bildschirm knopf anmelden";
const DEVICE: &str =
    "chrome firefox safari edge opera brave iphone ipad android windows mac macos linux ios";

/// What there is to ask from.
pub(super) struct Known<'a> {
    /// The words of the present concern.
    pub vocabulary: HashSet<&'a str>,
    /// The conversation.
    pub reading: &'a Reading<'a>,
    /// What the customer wants.
    pub intent: &'a Intent<'a>,
    /// What was named.
    pub entities: &'a [Entity],
    /// What the conversation was opened with.
    pub opening: &'a Opening,
    /// What is known of the customer.
    pub facts: &'a Facts,
}

/// The questions, the most pressing first.
pub(super) fn open(known: &Known<'_>) -> Vec<String> {
    let candidates = [
        (!known.intent.is_known()).then(|| "What is it about? They have not said yet.".to_owned()),
        left_open(known.reading),
        unanswered(known.reading),
        asked(known),
        identity(known),
        lookup(known.facts),
        error_code(known),
        reference(known),
        browser(known),
    ];
    candidates
        .into_iter()
        .flatten()
        .take(QUESTIONS_MAX)
        .collect()
}

/// What they came with before and nobody has solved.
fn left_open(reading: &Reading<'_>) -> Option<String> {
    let (_, sentence) = intent::left_open(reading)?;
    Some(format!(
        "Not solved before that: {}",
        intent::told(sentence)
    ))
}

/// The words that the customer used on the present concern.
pub(super) fn vocabulary<'a>(reading: &'a Reading<'_>) -> HashSet<&'a str> {
    reading
        .said
        .iter()
        .skip(reading.concern)
        .flat_map(|said| said.flat.split(' '))
        .collect()
}

fn speaks_of(known: &Known<'_>, words: &str) -> bool {
    words
        .split_whitespace()
        .any(|word| known.vocabulary.contains(word))
}

fn names(known: &Known<'_>, kind: EntityKind) -> bool {
    known.entities.iter().any(|entity| entity.kind == kind)
}

/// The assistant's last question, if what came after does not speak to it.
fn unanswered(reading: &Reading<'_>) -> Option<String> {
    let is_assistant =
        |turn: &&Turn| matches!(turn.author, Author::Assistant | Author::Draft { .. });
    let place = reading
        .turns
        .iter()
        .rposition(|turn| is_assistant(&&**turn))?;
    let asked = reading.turns.get(place)?;
    let body = text::head(&asked.text);
    let last = text::pieces(body).pop()?;
    let question = text::clean(body.get(last.start..last.end)?);
    let is_courtesy = [
        "else",
        "anything else",
        "helpful",
        "helped",
        "help you",
        "i help",
        "answer your question",
    ]
    .iter()
    .any(|phrase| cues::has(&text::flat(&question), phrase));
    let (_, next) = reading.around(place);
    if !question.ends_with('?') || is_courtesy || next.is_some_and(speaks_to_it) {
        return None;
    }
    let question = text::clip_words(&question, ASKED_WORDS_MAX);
    Some(format!(
        "The assistant asked {} and got no answer.",
        text::quote(&question)
    ))
}

/// How many of the customer's last turns are looked at for a question of theirs.
const ASKING_TURNS: usize = 3;

/// The customer's own last question, if the assistant had no answer to it.
fn asked(known: &Known<'_>) -> Option<String> {
    let reading = known.reading;
    let told = known.intent.sentence().map(|(_, sentence)| sentence);
    let said = reading
        .said
        .iter()
        .skip(reading.concern)
        .rev()
        .take(ASKING_TURNS);
    let mut questions = said.filter_map(|said| {
        let is_question = |it: &&super::reading::Sentence| {
            it.kind == Kind::Content
                && it.text.ends_with('?')
                && intent::stems(&it.flat).count() > 0
                && told.is_none_or(|told| !std::ptr::eq(told, *it))
        };
        Some((said, said.sentences.iter().rfind(is_question)?))
    });
    let (said, question) = questions.next()?;
    let mut later = reading.turns.iter().skip(said.place + 1);
    let is_answer = |turn: &&&Turn| match turn.author {
        Author::Assistant | Author::Draft { .. } => !turn.scores.is_fallback,
        Author::Agent { .. } => true,
        Author::Customer | Author::System { .. } => false,
    };
    let is_open = !later.any(|turn| is_answer(&turn));
    let question = text::clip_words(&question.text, ASKED_WORDS_MAX);
    is_open.then(|| {
        format!(
            "The customer asked {} and got no answer.",
            text::quote(&question)
        )
    })
}

fn speaks_to_it(said: &Said) -> bool {
    said.sentences
        .iter()
        .any(|it| it.kind == Kind::Content && !cues::is_rejection(&it.flat))
}

fn identity(known: &Known<'_>) -> Option<String> {
    let flag = |facts: &Facts| facts.flag(name::AUTHENTICATED);
    match flag(known.facts).or_else(|| flag(&known.opening.facts)) {
        Some(true) => None,
        Some(false) => {
            Some("Not signed in: verify who they are before touching the account.".to_owned())
        }
        None => (speaks_of(known, MONEY) || speaks_of(known, SAFETY)).then(|| {
            "It is not known who they are: verify it before touching the account.".to_owned()
        }),
    }
}

fn lookup(facts: &Facts) -> Option<String> {
    let why = facts.lookup_failed.as_deref()?;
    Some(format!(
        "Customer data could not be looked up: {}.",
        text::clip_words(&text::clean(why), 12)
    ))
}

fn error_code(known: &Known<'_>) -> Option<String> {
    (speaks_of(known, ERROR) && !names(known, EntityKind::ErrorCode))
        .then(|| "An error is mentioned without a code: which code or message is shown?".to_owned())
}

fn reference(known: &Known<'_>) -> Option<String> {
    if names(known, EntityKind::Reference) {
        return None;
    }
    let is_charge = speaks_of(
        known,
        "belastet charged charge overcharged invoice refund billed rechnung erstattung abgebucht",
    );
    match (is_charge, speaks_of(known, ORDER)) {
        (true, _) => {
            Some("Which order, invoice or charge is it? No reference was given.".to_owned())
        }
        (false, true) => Some("Which order or shipment is it? No reference was given.".to_owned()),
        (false, false) => None,
    }
}

fn browser(known: &Known<'_>) -> Option<String> {
    let is_known = known.opening.browser.is_some() || speaks_of(known, DEVICE);
    (!is_known && speaks_of(known, SCREEN))
        .then(|| "Which browser or device do they use?".to_owned())
}
