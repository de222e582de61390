//! The guard on one generated sentence (`science.md` §8): its form, the things it names
//! and what it calls them, who it says did it, and what it says came of it. Each must be
//! in the turns that it cites, or in the facts.

use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;
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
const SUPPORT_MIN: f64 = 1.0 / 3.0;
/// Sentences with fewer words of their own are not held to it.
const SUPPORT_WORDS_MIN: usize = 3;

/// What a text must look like.
#[derive(Debug, Clone, Copy)]
pub(super) struct Form {
    words_max: usize,
    is_question: bool,
    is_line: bool,
}

impl Form {
    /// A statement about the conversation.
    pub const fn statement(words_max: usize) -> Self {
        Self {
            words_max,
            is_question: false,
            is_line: false,
        }
    }

    /// Something that is still open: it claims nothing as done.
    pub const fn question(words_max: usize) -> Self {
        Self {
            words_max,
            is_question: true,
            is_line: false,
        }
    }

    /// A line to the customer.
    pub const fn line(words_max: usize) -> Self {
        Self {
            words_max,
            is_question: false,
            is_line: true,
        }
    }
}

/// What all sentences of one version are held against.
pub(super) struct Guard<'a> {
    known: &'a Known<'a>,
    base: Grounds,
}

impl<'a> Guard<'a> {
    pub fn new(known: &'a Known<'a>) -> Self {
        let reading = Reading::new(known.turns, known.opening.locale.as_deref(), &[]);
        let mut base =
            Grounds::without_turns(known.opening, known.facts).in_language(reading.language);
        base.add(known.agent_name.unwrap_or_default());
        Self { known, base }
    }

    /// Checks a text against the turns that it cites.
    pub fn check(&self, line: &str, cited: &[&Turn], form: Form) -> Result<(), String> {
        form_of(line, form)?;
        let mut grounds = self.base.clone();
        cited.iter().for_each(|turn| grounds.add_turn(turn));
        named(line, &grounds)?;
        let facts = self.fact_texts();
        labels(
            line,
            cited
                .iter()
                .map(|turn| turn.text.as_str())
                .chain(facts.iter().map(String::as_str)),
        )?;
        let flat = text::flat(line);
        if form.is_line {
            return (!claims::promises(&flat))
                .then_some(())
                .ok_or_else(|| "it promises something".to_owned());
        }
        let told = tellers(&flat, cited)?;
        let sources: Vec<Source> = told
            .iter()
            .flat_map(|turn| sources(&turn.text))
            .chain(tool_ends(&told))
            .collect();
        for sentence in text::whole_sentences(line) {
            let is_question = form.is_question || sentence.ends_with('?');
            if let Some(reason) = claims::unsupported(&text::flat(sentence), is_question, &sources)
            {
                return Err(reason);
            }
        }
        supported(&flat, &grounds)
    }

    fn fact_texts(&self) -> Vec<String> {
        let facts = self.known.facts.known.values();
        facts
            .map(|value| match value {
                segue_model::fact::FactValue::Text(text) => text.clone(),
                segue_model::fact::FactValue::Number(number) => number.to_string(),
                segue_model::fact::FactValue::Flag(_) => String::new(),
            })
            .collect()
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
    supported(&flat, &grounds)
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
    if cues::is_instruction(line, &flat) {
        return Err("it reads like an instruction".to_owned());
    }
    Ok(())
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
    let body = text::head(body);
    let sentences = text::whole_sentences(body);
    sentences
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
fn supported(flat: &str, grounds: &Grounds) -> Result<(), String> {
    let own: HashSet<&str> = flat
        .split(' ')
        .filter(|word| word.len() > 2 && cues::is_content(word) && !TELLING.contains(word))
        .filter(|word| !word.bytes().any(|byte| byte.is_ascii_digit()))
        .collect();
    let known = own
        .iter()
        .filter(|word| grounds.has_stem(text::stem(word)))
        .count();
    let is_thin = own.len() >= SUPPORT_WORDS_MIN && (known as f64) < SUPPORT_MIN * own.len() as f64;
    if is_thin {
        return Err("most of it stands nowhere in the turns it cites".to_owned());
    }
    Ok(())
}
