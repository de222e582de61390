//! The guard on one generated sentence (`science.md` §8): its form, the things it names
//! and what it calls them, who it says did it, and what it says came of it. Each must be
//! in the turns that it cites, or in the facts.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;
use segue_model::event::Opening;
use segue_model::fact::{FactValue, Facts};
use segue_model::packet::EntityKind;
use segue_model::turn::{Role, Turn};

use super::Known;
use super::claims::{self, Source};
use crate::packet::cues;
use crate::packet::grounding::{self, Grounds};
use crate::packet::reading::Reading;
use crate::packet::{entities, text};

/// The share of a sentence's own words that its ground must hold: a sentence of which
/// two thirds stand nowhere is a story of the model's. Set by hand.
const STATEMENT_SUPPORT: Support = Support {
    share_min: 1.0 / 3.0,
    words_min: 3,
};
/// What a customer reads rests on the articles in at least half of its words.
const ANSWER_SUPPORT: Support = Support {
    share_min: 0.5,
    words_min: 1,
};

/// How much of a sentence must stand in its ground.
struct Support {
    share_min: f64,
    /// Sentences with fewer words of their own are not held to it.
    words_min: usize,
}

/// What a text must look like.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    words_max: usize,
    is_line: bool,
}

impl Form {
    /// A statement about the conversation, or a question that is open in it.
    pub const fn statement(words_max: usize) -> Self {
        Self {
            words_max,
            is_line: false,
        }
    }

    /// A line to the customer.
    pub const fn line(words_max: usize) -> Self {
        Self {
            words_max,
            is_line: true,
        }
    }
}

/// What all sentences of one version are held against: the turns and facts without what
/// they say to machines.
pub(super) struct Guard {
    turns: Vec<Turn>,
    facts: Vec<String>,
    base: Grounds,
}

impl Guard {
    pub fn new(known: &Known<'_>) -> Self {
        let reading = Reading::new(known.turns, known.opening.locale.as_deref(), &[]);
        let facts = heard_facts(known.facts);
        let opening = Opening {
            facts: heard_facts(&known.opening.facts),
            ..known.opening.clone()
        };
        let base = Grounds::without_turns(&opening, &facts).in_language(reading.language);
        let mut guard = Self {
            turns: known.turns.iter().map(heard).collect(),
            facts: facts.known.values().map(fact_text).collect(),
            base,
        };
        guard.base.add(known.agent_name.unwrap_or_default());
        guard
    }

    /// Checks a text against the turns that it cites.
    pub fn check(&self, line: &str, cited: &[&Turn], form: Form) -> Result<(), String> {
        form_of(line, form)?;
        let is_cited = |turn: &&Turn| cited.iter().any(|cited| cited.number == turn.number);
        let cited: Vec<&Turn> = self.turns.iter().filter(is_cited).collect();
        let mut grounds = self.base.clone();
        cited.iter().for_each(|turn| grounds.add_turn(turn));
        named(line, &grounds)?;
        let texts = cited.iter().map(|turn| turn.text.as_str());
        labels(line, texts.chain(self.facts.iter().map(String::as_str)))?;
        let flat = text::flat(line);
        if form.is_line && claims::promises(&flat) {
            return Err("it promises something".to_owned());
        }
        let told = tellers(&flat, &cited)?;
        let told = doers(&flat, told)?;
        let sources: Vec<Source> = told
            .iter()
            .flat_map(|turn| sources(&turn.text))
            .chain(tool_ends(&told))
            .collect();
        for sentence in text::whole_sentences(line) {
            let is_question = sentence.ends_with('?');
            if let Some(reason) = claims::unsupported(&text::flat(sentence), is_question, &sources)
            {
                return Err(reason);
            }
        }
        if form.is_line {
            return Ok(());
        }
        supported(&flat, &grounds, &STATEMENT_SUPPORT)
    }
}

/// A turn without what it says to machines.
fn heard(turn: &Turn) -> Turn {
    let mut heard = turn.clone();
    heard.text = said_to_people(&turn.text).join(" ");
    for found in &mut heard.scores.retrieval {
        found.title = found
            .title
            .as_deref()
            .map(|title| said_to_people(title).join(" "));
    }
    heard
}

fn heard_facts(facts: &Facts) -> Facts {
    let mut heard = facts.clone();
    for value in heard.known.values_mut() {
        if let FactValue::Text(text) = value {
            *text = said_to_people(text).join(" ");
        }
    }
    heard
}

fn fact_text(value: &FactValue) -> String {
    match value {
        FactValue::Text(text) => text.clone(),
        FactValue::Number(number) => number.to_string(),
        FactValue::Flag(_) => String::new(),
    }
}

/// Checks one sentence of an answer to a customer against what it may rest on: the
/// articles that were found, and what the conversation says.
///
/// # Errors
/// The reason why it may not be said.
pub fn answer_sentence(
    sentence: &str,
    articles: &[&str],
    said: &[&str],
    locale: Option<&str>,
) -> Result<(), String> {
    let line = text::clean(sentence);
    form_of(&line, Form::line(usize::MAX))?;
    let flats: Vec<String> = said.iter().map(|said| text::flat(said)).collect();
    let language = cues::language(flats.iter().map(String::as_str), locale);
    let mut grounds = Grounds::default().in_language(language);
    let articles: Vec<String> = articles
        .iter()
        .map(|article| said_to_people(article).join(" "))
        .collect();
    let articles: Vec<&str> = articles.iter().map(String::as_str).collect();
    articles.iter().for_each(|article| grounds.add(article));
    // Numbers and names of the customer may be named; what is told of them may not.
    let mut named_by_all = grounds.clone();
    said.iter().for_each(|said| named_by_all.add(said));
    named(&line, &named_by_all)?;
    let flat = text::flat(&line);
    let sources: Vec<Source> = articles
        .iter()
        .flat_map(|article| sources(article))
        .collect();
    if let Some(reason) = claims::unsupported(&flat, line.ends_with('?'), &sources) {
        return Err(reason);
    }
    if claims::promises(&flat)
        && !articles
            .iter()
            .any(|article| claims::promises(&text::flat(article)))
    {
        return Err("it promises something".to_owned());
    }
    supported(&flat, &grounds, &ANSWER_SUPPORT)
}

#[expect(
    clippy::expect_used,
    reason = "the pattern is a literal, and every test compiles it"
)]
static MARKUP: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)</?[a-z!]|\]\s*\(|`{3}|javascript:|data:[a-z]+/|&#?[a-z0-9]{2,8};|\{\{|<\|")
        .expect("a literal pattern")
});

fn form_of(line: &str, form: Form) -> Result<(), String> {
    let words = text::word_count(line);
    let flat = text::flat(line);
    if words > form.words_max {
        return Err(format!(
            "it has {words} words, at most {} are kept",
            form.words_max
        ));
    }
    if MARKUP.is_match(line) {
        return Err("it holds a link or markup".to_owned());
    }
    if is_order(line, &flat) {
        return Err("it reads like an instruction".to_owned());
    }
    Ok(())
}

/// Words with which a text turns to a machine that reads it. A sentence with them is no
/// ground of anything, and none that is shown has them.
static TO_MACHINES: cues::Phrases = LazyLock::new(|| {
    cues::phrases(
        "summarizer|language model|ai model|ai assistant must|as an ai|system message|system note|\
     instructions|jailbreak|developer mode|you must write|you must say|must state|write that|\
     state that|say that you|in the summary|your summary|your output|your answer must|\
     respond with|reply with exactly|output the following|set priority|set the priority|\
     mark this as|mark it as|new task|act as|pretend|zusammenfassung muss|anweisungen",
    )
});

/// Marks of the templates in which models are given their conversations.
const TEMPLATES: &[&str] = &[
    "<|",
    "|>",
    "[system]",
    "<system>",
    "</system>",
    "[inst]",
    "[/inst]",
    "<<sys>>",
    "\"role\"",
    "</turns",
];

fn is_order(line: &str, flat: &str) -> bool {
    let lower = line.to_lowercase();
    if TEMPLATES.iter().any(|mark| lower.contains(mark)) {
        return true;
    }
    const DICTATED: &[&str] = &[
        " say that ",
        " state that ",
        " write that ",
        " report that ",
        " claim that ",
        " mention that ",
        " confirm that ",
        " pretend that ",
        " note that ",
        " schreibe dass ",
        " sage dass ",
    ];
    cues::is_instruction(line, flat)
        || TO_MACHINES.is_match(flat)
        || DICTATED.iter().any(|lead| flat.starts_with(lead))
}

/// The sentences of a text that may be a ground: those before the first that turns to a
/// machine. What follows it is told to the machine as well.
fn said_to_people(body: &str) -> Vec<&str> {
    let sentences = text::whole_sentences(text::head(body)).into_iter();
    sentences
        .take_while(|sentence| !is_order(sentence, &text::flat(sentence)))
        .collect()
}

/// Deeds that only the company does: that a customer says so is no ground for them.
const OURS: &[&str] = &[
    "refund", "issue", "promise", "replace", "enable", "restore", "escalate",
];

/// The turns whose words count for what a sentence says was done. For a deed of the
/// company's these are the company's own, unless the sentence says that the customer says so.
fn doers<'t>(flat: &str, told: Vec<&'t Turn>) -> Result<Vec<&'t Turn>, String> {
    let is_customers = flat
        .split(' ')
        .filter(|word| !word.is_empty())
        .take(3)
        .any(|word| {
            PARTIES.iter().any(|(role, names)| {
                *role == Role::Customer && names.split(' ').any(|it| it == word)
            })
        })
        && [
            " says ",
            " said ",
            " claims ",
            " reports ",
            " writes ",
            " sagt ",
        ]
        .iter()
        .any(|it| flat.contains(it));
    let is_ours = claims::claims(flat, false)
        .iter()
        .any(|claim| OURS.contains(&claim.group) && !claim.is_negated && !claim.is_wished);
    if !is_ours || is_customers {
        return Ok(told);
    }
    let ours: Vec<&Turn> = told
        .into_iter()
        .filter(|turn| turn.author.role() != Role::Customer)
        .collect();
    match ours.is_empty() {
        true => {
            Err("it says that the company did something, and only the customer says so".to_owned())
        }
        false => Ok(ours),
    }
}

/// Verbs behind a word that begins a sentence and is the name of whoever did it.
const DOINGS: &[&str] = &[
    "said",
    "says",
    "told",
    "tells",
    "promised",
    "called",
    "calls",
    "confirmed",
    "will",
    "has",
    "is",
    "was",
    "wrote",
    "offered",
    "agreed",
    "approved",
    "from",
    "asked",
    "did",
    "can",
    "hat",
    "wird",
    "ist",
];
/// Words that begin sentences about conversations and name nobody.
const STARTERS: &[&str] = &[
    "customer",
    "customers",
    "assistant",
    "agent",
    "user",
    "client",
    "bot",
    "person",
    "colleague",
    "order",
    "account",
    "payment",
    "error",
    "message",
    "issue",
    "problem",
    "request",
    "question",
    "nobody",
    "everything",
    "something",
    "kunde",
    "kundin",
    "assistent",
    "support",
    "team",
];

/// Whether everything that it names occurs in its ground.
fn named(line: &str, grounds: &Grounds) -> Result<(), String> {
    grounding::check(line, grounds).map_err(|it| {
        format!(
            "`{}` stands neither in the turns it cites nor in the facts",
            it.text
        )
    })?;
    for sentence in text::whole_sentences(line) {
        let mut words = sentence.split_whitespace();
        let (Some(first), Some(second)) = (words.next(), words.next()) else {
            continue;
        };
        let word = text::flat(first);
        let word = word.trim();
        let is_capital = first.chars().next().is_some_and(char::is_uppercase);
        let second = text::flat(second);
        let is_doing = DOINGS.contains(&second.trim());
        let is_name = is_capital && is_doing && cues::is_content(word) && !STARTERS.contains(&word);
        if is_name && !grounds.has_word(word) {
            return Err(format!(
                "`{first}` stands neither in the turns it cites nor in the facts"
            ));
        }
    }
    Ok(())
}

/// Nouns that say what a reference is of; the same thing in other words side by side.
const REFERENCES: &[&str] = &[
    "order bestellung auftrag pedido commande bestellnummer",
    "invoice rechnung factura facture bill",
    "ticket case vorgang",
    "tracking shipment parcel package sendung paket",
    "account konto",
    "transaction payment zahlung",
    "booking reservation buchung",
    "return rma retoure",
];

/// Whether what is named carries the label that it has in its ground: an order's number
/// is no amount, and an invoice's is no order's.
fn labels<'t>(line: &str, ground: impl Iterator<Item = &'t str>) -> Result<(), String> {
    let found = entities::find(line);
    if found.is_empty() {
        return Ok(());
    }
    let ground: Vec<(&str, Vec<entities::Found>)> =
        ground.map(|text| (text, entities::find(text))).collect();
    for it in &found {
        let same = ground
            .iter()
            .flat_map(|(text, found)| found.iter().map(move |known| (*text, known)));
        let same: Vec<(&str, &entities::Found)> =
            same.filter(|(_, known)| known.key == it.key).collect();
        let is_labelled = same.iter().any(|(_, known)| known.kind == it.kind);
        // A value that stands bare in the conversation may be told bare as well; a sum
        // of money or an error is a claim of its own.
        let is_claim = matches!(
            it.kind,
            EntityKind::Amount | EntityKind::ErrorCode | EntityKind::Reference
        );
        if is_claim && !is_labelled && !is_bare(it, &ground) {
            return Err(format!(
                "`{}` is something else in the turns it cites",
                it.value
            ));
        }
        if it.kind != EntityKind::Reference {
            continue;
        }
        let said = noun_before(line, it.start);
        let known: Vec<usize> = same
            .iter()
            .filter_map(|(text, known)| noun_before(text, known.start))
            .collect();
        if let Some(said) = said
            && !known.is_empty()
            && !known.contains(&said)
        {
            return Err(format!(
                "`{}` is the number of something else in the turns it cites",
                it.value
            ));
        }
    }
    Ok(())
}

/// Whether a reference or a code stands in its ground as a bare word, without a kind.
fn is_bare(it: &entities::Found, ground: &[(&str, Vec<entities::Found>)]) -> bool {
    let is_other =
        |found: &[entities::Found]| found.iter().any(|known| known.key.contains(&it.key));
    it.kind != EntityKind::Amount
        && ground.iter().any(|(text, found)| {
            let flat = text::flat(text);
            !is_other(found) && cues::has(&flat, it.key.trim_start_matches('#'))
        })
}

/// Which noun of [`REFERENCES`] stands within three words before a place.
fn noun_before(line: &str, start: usize) -> Option<usize> {
    let before = text::flat(line.get(..start).unwrap_or_default());
    let words = before
        .split(' ')
        .rev()
        .filter(|word| !word.is_empty())
        .take(3);
    words.into_iter().find_map(|word| {
        REFERENCES
            .iter()
            .position(|nouns| nouns.split(' ').any(|noun| noun == word))
    })
}

/// The words for the parties, and what follows one that was told rather than telling.
const PARTIES: &[(Role, &str)] = &[
    (Role::Customer, "customer user client kunde kundin"),
    (Role::Assistant, "assistant bot chatbot assistent"),
    (
        Role::Agent,
        "agent colleague representative mitarbeiter kollege kollegin",
    ),
];
const TOLD: &[&str] = &[
    "told",
    "asked",
    "informed",
    "offered",
    "advised",
    "shown",
    "sent",
    "given",
    "pointed",
    "referred",
    "directed",
    "promised",
    "refunded",
    "connected",
    "transferred",
    "suggested",
];

/// The cited turns of whoever the sentence says did it. Without a party in it, or with
/// two, all of them.
fn tellers<'t>(flat: &str, cited: &[&'t Turn]) -> Result<Vec<&'t Turn>, String> {
    let words: Vec<&str> = flat.split(' ').filter(|word| !word.is_empty()).collect();
    let of = |word: &str| {
        let party = PARTIES
            .iter()
            .find(|(_, names)| names.split(' ').any(|name| name == word));
        party.map(|(role, _)| *role)
    };
    let parties: Vec<(usize, Role)> = words
        .iter()
        .enumerate()
        .filter_map(|(place, word)| Some((place, of(word)?)))
        .collect();
    let has = |role: Role| cited.iter().any(|turn| turn.author.role() == role);
    let Some((place, subject)) = parties.first().copied().filter(|(place, _)| *place <= 2) else {
        return Ok(cited.to_vec());
    };
    let after = words.get(place + 1..).unwrap_or_default();
    let is_told = after.iter().take(3).any(|word| TOLD.contains(word))
        && after
            .first()
            .is_some_and(|word| matches!(*word, "was" | "is" | "were" | "has" | "wurde"));
    if is_told {
        return Ok(cited.to_vec());
    }
    if !has(subject) {
        let who = match subject {
            Role::Customer => "the customer",
            Role::Assistant => "the assistant",
            Role::Agent => "an agent",
            Role::System => "the system",
        };
        return Err(format!("it speaks for {who} and cites no turn of theirs"));
    }
    let is_alone = parties.iter().all(|(_, role)| *role == subject);
    let theirs = cited
        .iter()
        .filter(|turn| !is_alone || turn.author.role() == subject);
    Ok(theirs.copied().collect())
}

/// A text's sentences as grounds of claims.
fn sources(body: &str) -> Vec<Source> {
    text::whole_sentences(text::head(body))
        .into_iter()
        .map(|sentence| Source::new(text::flat(sentence), sentence.trim_end().ends_with('?')))
        .collect()
}

/// How the tools of these turns ended, in words that claims are compared with.
fn tool_ends(turns: &[&Turn]) -> Vec<Source> {
    let calls = turns.iter().flat_map(|turn| &turn.scores.tool_calls);
    calls
        .map(|call| match call.status {
            segue_model::turn::ToolStatus::Ok => Source::new(" it worked ".to_owned(), false),
            _ => Source::new(" it failed ".to_owned(), false),
        })
        .collect()
}

/// Words with which any conversation is told, whatever it is about.
const TELLING: &[&str] = &[
    "customer",
    "assistant",
    "agent",
    "user",
    "client",
    "bot",
    "support",
    "conversation",
    "person",
    "says",
    "said",
    "reports",
    "reported",
    "states",
    "asks",
    "asked",
    "wants",
    "wanted",
    "tried",
    "explains",
    "explained",
    "told",
    "mentions",
    "needs",
    "requests",
    "suggested",
    "offered",
    "answered",
    "contacted",
    "kunde",
    "kundin",
    "assistent",
    "mochte",
    "fragt",
    "sagt",
];

/// Whether enough of its own words stand in its ground.
#[expect(clippy::cast_precision_loss, reason = "counts of words are small")]
fn supported(flat: &str, grounds: &Grounds, support: &Support) -> Result<(), String> {
    let own: HashSet<&str> = flat
        .split(' ')
        .filter(|word| word.len() > 2 && cues::is_content(word) && !TELLING.contains(word))
        .filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit()))
        .collect();
    let known = own
        .iter()
        .filter(|word| grounds.has_stem(text::stem(word)))
        .count();
    let is_thin =
        own.len() >= support.words_min && (known as f64) < support.share_min * own.len() as f64;
    if is_thin {
        return Err("most of it stands nowhere in the turns it cites".to_owned());
    }
    Ok(())
}
