//! Numbers, codes and references that were named.

mod corrections;
mod dates;
mod patterns;
mod products;

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use regex::Regex;
use segue_model::fact::{Facts, name};
use segue_model::packet::{Entity, EntityKind};
use segue_model::turn::{Role, ToolStatus, Turn};

use self::patterns::{PATTERNS, Patterns, pattern};
use super::attempts::title_of;
use super::reading::Reading;
use super::text;

/// How many things a packet names.
const ENTITIES_MAX: usize = 40;
/// The shortest reference of digits alone that no word announces: a shorter run is
/// a count or a phone extension.
const BARE_REFERENCE_DIGITS_MIN: usize = 9;

/// The digits of a status code.
const CODE_DIGITS: usize = 3;
/// The fewest letters and digits of a number that was asked for.
const ASKED_CHARS_MIN: usize = 5;

/// The fewest digits of a payment card's number.
const CARD_DIGITS_MIN: usize = 13;

/// One thing that a text names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Found {
    /// What kind of thing.
    pub kind: EntityKind,
    /// First byte in the text.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// As it was written.
    pub value: String,
    /// The form by which two mentions of it are the same.
    pub key: String,
}

/// What a text names, in reading order. Of two that overlap the more particular
/// kind is kept.
pub(super) fn find(body: &str) -> Vec<Found> {
    let mut found = Vec::new();
    let has_digit = body.bytes().any(|byte| byte.is_ascii_digit());
    let all = &*PATTERNS;
    if body.contains('*') {
        plain(&all.reference_star, body, EntityKind::Reference, &mut found);
    }
    if body.contains('@') {
        plain(&all.email, body, EntityKind::Email, &mut found);
    }
    if body.contains('.') {
        plain(&all.url, body, EntityKind::Url, &mut found);
    }
    let dates = dates::DATE.find_iter(body);
    for hit in dates.filter(|hit| dates::is_meant(hit.as_str(), hit.end(), body)) {
        push(body, EntityKind::Date, hit.start(), hit.end(), &mut found);
    }
    if has_digit {
        plain(&all.amount, body, EntityKind::Amount, &mut found);
    }
    if has_digit || body.contains('_') {
        let always = |_: &str, _: usize| true;
        within(
            &all.code,
            body,
            EntityKind::ErrorCode,
            &mut found,
            shown_code,
            always,
        );
    }
    plain(&all.code_class, body, EntityKind::ErrorCode, &mut found);
    if has_digit {
        find_numbers(all, body, &mut found);
    }
    for (start, end) in products::find(body) {
        push(body, EntityKind::Product, start, end, &mut found);
    }
    found.sort_by_key(|it| it.start);
    found
}

fn find_numbers(all: &Patterns, body: &str, found: &mut Vec<Found>) {
    let always = |_: &str, _: usize| true;
    within(
        &all.code_after,
        body,
        EntityKind::ErrorCode,
        found,
        first_digits,
        always,
    );
    // "Code GIFT-20-881" goes on, so its "20" is no error.
    let is_whole = |_: &str, end: usize| {
        let mut rest = body.get(end..).unwrap_or_default().chars();
        !matches!(rest.next(), Some('-' | '/' | '.' | ','))
            || !rest.next().is_some_and(char::is_alphanumeric)
    };
    within(
        &all.code_before,
        body,
        EntityKind::ErrorCode,
        found,
        last_digits,
        is_whole,
    );
    // "I get 450 orders a day" is no error.
    let is_code = |_: &str, end: usize| is_no_count(body, end);
    within(
        &all.code_got,
        body,
        EntityKind::ErrorCode,
        found,
        last_digits,
        is_code,
    );
    within(
        &all.code_quoted,
        body,
        EntityKind::ErrorCode,
        found,
        quoted_code,
        always,
    );
    for regex in [&all.reference_hash, &all.reference_form] {
        plain(regex, body, EntityKind::Reference, found);
    }
    let is_long = |value: &str, _: usize| {
        value.len() >= 4 && value.bytes().filter(u8::is_ascii_digit).count() >= 3
    };
    within(
        &all.reference_named,
        body,
        EntityKind::Reference,
        found,
        last_word,
        is_long,
    );
    for regex in [
        &all.reference_numbered,
        &all.reference_voucher,
        &all.reference_mine,
    ] {
        within(
            regex,
            body,
            EntityKind::Reference,
            found,
            last_word,
            is_long,
        );
    }
    // Capitals and digits mixed are a booking code; capitals alone are shouted.
    let is_mixed = |value: &str, _: usize| {
        let digits = value.bytes().filter(u8::is_ascii_digit).count();
        digits > 0 && digits < value.len()
    };
    within(
        &all.reference_mixed,
        body,
        EntityKind::Reference,
        found,
        whole,
        is_mixed,
    );
    plain(&all.reference_digits, body, EntityKind::Reference, found);
}

/// All of a hit.
fn whole(hit: &str) -> (usize, usize) {
    (0, hit.len())
}

/// What a customer names who was asked for a number: there a bare one is a reference,
/// which elsewhere would be a count.
pub(super) fn find_asked(body: &str, found: &mut Vec<Found>) {
    for hit in PATTERNS.reference_asked.find_iter(body) {
        if hit
            .as_str()
            .bytes()
            .filter(u8::is_ascii_alphanumeric)
            .count()
            >= ASKED_CHARS_MIN
        {
            push(body, EntityKind::Reference, hit.start(), hit.end(), found);
        }
    }
    found.sort_by_key(|it| it.start);
}

/// The code in "“404 board".
fn quoted_code(hit: &str) -> (usize, usize) {
    let digits = hit
        .bytes()
        .position(|byte| byte.is_ascii_digit())
        .unwrap_or_default();
    (digits, digits + CODE_DIGITS)
}

/// The code in "shows E7", or the whole hit.
fn shown_code(hit: &str) -> (usize, usize) {
    let from = match hit.rsplit_once(' ') {
        Some((lead, _)) if !lead.eq_ignore_ascii_case("http") => lead.len() + 1,
        _ => 0,
    };
    (from, hit.len())
}

fn plain(regex: &Regex, body: &str, kind: EntityKind, found: &mut Vec<Found>) {
    for hit in regex.find_iter(body) {
        push(body, kind, hit.start(), hit.end(), found);
    }
}

/// The hits of a pattern that looks at the words around what is meant: `part` finds
/// that within a hit. Searching so is several times faster than by groups.
fn within(
    regex: &Regex,
    body: &str,
    kind: EntityKind,
    found: &mut Vec<Found>,
    part: fn(&str) -> (usize, usize),
    is_meant: impl Fn(&str, usize) -> bool,
) {
    for hit in regex.find_iter(body) {
        let (from, to) = part(hit.as_str());
        let (start, end) = (hit.start() + from, hit.start() + to);
        if is_meant(body.get(start..end).unwrap_or_default(), end) {
            push(body, kind, start, end, found);
        }
    }
}

/// The digits that a hit begins with.
fn first_digits(hit: &str) -> (usize, usize) {
    (0, hit.bytes().take_while(u8::is_ascii_digit).count())
}

/// The digits that a hit ends with, with the letters that are joined to them.
fn last_digits(hit: &str) -> (usize, usize) {
    let is_code = |byte: &u8| byte.is_ascii_digit() || byte.is_ascii_uppercase() || *byte == b'-';
    let code = hit.bytes().rev().take_while(is_code).count();
    (hit.len() - code, hit.len())
}

/// The last word of a hit, where a word ends at a space, a colon or a sign.
fn last_word(hit: &str) -> (usize, usize) {
    (
        hit.rfind([' ', ':', '=', '#']).map_or(0, |at| at + 1),
        hit.len(),
    )
}

fn push(body: &str, kind: EntityKind, start: usize, end: usize, found: &mut Vec<Found>) {
    let raw = body.get(start..end).unwrap_or_default();
    let value = raw.trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '\'', '-', '/']);
    let end = start + value.len();
    let is_taken = found
        .iter()
        .any(|other| start < other.end && other.start < end);
    let key = key(kind, value);
    let is_part = !matches!(kind, EntityKind::Url | EntityKind::Email) && is_part(body, start, end);
    if is_taken || is_part || key.is_empty() || !is_plausible(kind, value, &key) {
        return;
    }
    found.push(Found {
        kind,
        start,
        end,
        value: text::clean(value),
        key,
    });
}

/// Whether figures go on before or behind a place: a piece of a longer number or version is
/// another thing.
fn is_part(body: &str, start: usize, end: usize) -> bool {
    let joins = |it: char| matches!(it, '.' | ',' | ':' | '-' | '/' | '*' | '_');
    let is_digit = |it: Option<char>| it.is_some_and(|it| it.is_ascii_digit());
    let mut before = body.get(..start).unwrap_or_default().chars().rev();
    let mut after = body.get(end..).unwrap_or_default().chars();
    let begins = body
        .get(start..)
        .unwrap_or_default()
        .starts_with(|it: char| it.is_ascii_digit());
    let is_behind = begins && before.next().is_some_and(joins) && is_digit(before.next());
    is_behind || (after.next().is_some_and(joins) && is_digit(after.next()))
}

fn is_plausible(kind: EntityKind, value: &str, key: &str) -> bool {
    match kind {
        EntityKind::Reference if key.bytes().all(|byte| byte.is_ascii_digit()) => {
            let is_announced = value.starts_with('#') || key.len() < BARE_REFERENCE_DIGITS_MIN;
            key.len() >= 3 && (is_announced || !is_card_number(key))
        }
        EntityKind::Reference => key.len() >= 4 && key.bytes().any(|it| it.is_ascii_digit()),
        _ => true,
    }
}

/// A payment card's number by length and check digit (ISO/IEC 7812). It is in the
/// transcript already; the packet does not spread it.
fn is_card_number(digits: &str) -> bool {
    let sum: u32 = digits
        .bytes()
        .rev()
        .enumerate()
        .map(|(place, byte)| {
            let digit = u32::from(byte.saturating_sub(b'0'));
            let doubled = if place % 2 == 1 { digit * 2 } else { digit };
            if doubled > 9 { doubled - 9 } else { doubled }
        })
        .sum();
    (CARD_DIGITS_MIN..=19).contains(&digits.len()) && sum.is_multiple_of(10)
}

/// A text without the numbers of payment cards: what is quoted from it goes to more
/// places than the transcript does.
pub(super) fn without_cards(text: String) -> String {
    static RUN: LazyLock<Regex> = LazyLock::new(|| pattern(r"[0-9](?:[ -]?[0-9]){12,18}"));
    if text.bytes().filter(u8::is_ascii_digit).count() < CARD_DIGITS_MIN {
        return text;
    }
    let digits = |run: &str| run.chars().filter(char::is_ascii_digit).collect::<String>();
    let spans: Vec<(usize, usize)> = RUN
        .find_iter(&text)
        .filter(|run| is_card_number(&digits(run.as_str())))
        .map(|run| (run.start(), run.end()))
        .collect();
    let mut text = text;
    for (start, end) in spans.into_iter().rev() {
        text.replace_range(start..end, "[card number]");
    }
    text
}

/// Words that may follow an error code, while a count is followed by what it counts.
const AFTER_CODE: &[&str] = &[
    "error", "on", "when", "from", "for", "every", "after", "in", "and", "but", "response", "each",
    "while", "with", "at", "again", "all", "if", "whenever", "as", "back", "to", "instead",
    "every", "since", "or", "beim", "bei", "wenn", "fehler", "seit", "und", "aber", "auf", "the",
    "though", "not", "no",
];

fn is_no_count(body: &str, end: usize) -> bool {
    let rest = body.get(end..).unwrap_or_default();
    if !rest.starts_with(' ') {
        return !rest.starts_with(['%', '€', '$', '£']) && !rest.starts_with(['.', ','])
            || rest.chars().nth(1).is_none_or(|it| !it.is_ascii_digit());
    }
    let word = text::flat(rest.split_whitespace().next().unwrap_or_default());
    AFTER_CODE.contains(&word.trim()) || word.trim().is_empty()
}

/// The form by which two mentions are the same thing.
fn key(kind: EntityKind, value: &str) -> String {
    let lower = value.to_lowercase();
    match kind {
        EntityKind::Reference => lower
            .chars()
            .filter(|it| *it != '#' && !it.is_whitespace())
            .collect(),
        EntityKind::ErrorCode => {
            let bare = lower
                .trim_start_matches("http")
                .trim_start_matches([' ', '/', '-']);
            bare.to_owned()
        }
        EntityKind::Amount => {
            let currency: String = lower
                .chars()
                .filter(|it| !it.is_ascii_digit() && !" .,".contains(*it))
                .collect();
            let number: String = lower
                .chars()
                .filter(|it| it.is_ascii_digit() || ".,".contains(*it))
                .collect();
            format!(
                "{}{}",
                currency_sign(&currency),
                super::grounding::canonical_number(&number)
            )
        }
        EntityKind::Url => {
            let bare = lower
                .trim_start_matches("https://")
                .trim_start_matches("http://");
            bare.trim_start_matches("www.")
                .trim_end_matches('/')
                .to_owned()
        }
        EntityKind::Date | EntityKind::Email | EntityKind::Product => lower,
    }
}

fn currency_sign(currency: &str) -> &str {
    match currency {
        "eur" | "euro" | "euros" => "€",
        "usd" | "dollar" | "dollars" | "bucks" => "$",
        "gbp" | "pound" | "pounds" | "quid" => "£",
        "franken" | "francs" => "chf",
        other => other,
    }
}

/// The entities of a conversation, each once, with the turn of its first mention.
/// The customer's and agents' words count, and an assistant's that report what a
/// tool returned; what it recites from an article does not.
pub(super) fn extract(reading: &Reading<'_>, facts: &Facts) -> Vec<Entity> {
    let mut entities = Vec::new();
    let mut seen = HashSet::new();
    let mut said = reading.said.iter().peekable();
    let names = product_names(reading, facts);
    let replaced = replaced(reading);
    for turn in &reading.turns {
        let mut add = |kind: EntityKind, value: &str, key: String| {
            if entities.len() < ENTITIES_MAX && seen.insert((kind, key.clone())) {
                entities.push(Entity {
                    kind,
                    value: value.to_owned(),
                    turn: turn.number,
                    replaced_by: replaced.get(&key).cloned(),
                });
            }
        };
        if turn.author.role() == Role::Customer {
            let Some(said) = said.next() else { continue };
            said.found
                .iter()
                .for_each(|it| add(it.kind, &it.value, it.key.clone()));
            for product in names
                .iter()
                .filter(|product| product.is_in(&turn.text, &said.flat))
            {
                add(EntityKind::Product, &product.name, product.flat.clone());
            }
        } else {
            let told = find(text::head(&turn.text)).into_iter();
            told.filter(|it| is_reported(turn, it))
                .for_each(|it| add(it.kind, &it.value, it.key));
        }
    }
    entities
}

/// Whether what a turn of ours names is of this conversation: what a person or a tool
/// reports is, and so is a sum that the assistant offers of its own.
fn is_reported(turn: &Turn, found: &Found) -> bool {
    let is_offer = turn.author.role() == Role::Assistant
        && turn.scores.retrieval.is_empty()
        && found.kind == EntityKind::Amount;
    is_offer || is_report(turn)
}

/// The references that the customer took back, by key, with what stands in their place.
fn replaced(reading: &Reading<'_>) -> HashMap<String, String> {
    let mut replaced = HashMap::new();
    let mut before: Vec<Found> = Vec::new();
    let mut said = reading.said.iter().peekable();
    for turn in &reading.turns {
        if turn.author.role() != Role::Customer {
            if is_report(turn) {
                before.extend(find(text::head(&turn.text)));
            }
            continue;
        }
        let Some(said) = said.next() else { continue };
        let references = || {
            let found = said.found.iter();
            found.filter(|it| it.kind == EntityKind::Reference)
        };
        if corrections::is_correcting(&said.flat) {
            if let Some((wrong, right)) = corrections::within(&said.found) {
                replaced.insert(wrong.key.clone(), right.value.clone());
            } else if let Some(right) = references().next_back() {
                let wrong = before
                    .iter()
                    .rfind(|it| corrections::replaces(&it.key, &right.key, it.kind));
                if let Some(wrong) = wrong {
                    replaced.insert(wrong.key.clone(), right.value.clone());
                }
            }
        }
        before.extend(references().cloned());
    }
    replaced
}

fn is_report(turn: &Turn) -> bool {
    match turn.author.role() {
        Role::Agent => true,
        Role::Assistant => turn
            .scores
            .tool_calls
            .iter()
            .any(|call| call.status == ToolStatus::Ok),
        Role::Customer | Role::System => false,
    }
}

struct Product {
    name: String,
    flat: String,
    is_common_word: bool,
}

impl Product {
    fn is_in(&self, original: &str, flat: &str) -> bool {
        flat.contains(&self.flat)
            && (!self.is_common_word
                || original.contains(&text::capitalized(&self.name))
                || [" plan ", " tier ", " tarif ", " account "]
                    .iter()
                    .any(|noun| flat.contains(&format!("{}{}", self.flat, noun.trim_start()))))
    }
}

/// The customer's plan and tier, and the names in the titles of articles that
/// were found.
fn product_names(reading: &Reading<'_>, facts: &Facts) -> Vec<Product> {
    let mut names: Vec<Product> = Vec::new();
    let mut add = |name: &str, is_common_word: bool| {
        let flat = text::flat(name);
        if flat.trim().len() > 2 && !names.iter().any(|known| known.flat == flat) {
            names.push(Product {
                name: name.to_owned(),
                flat,
                is_common_word,
            });
        }
    };
    for fact in [name::PLAN, name::TIER] {
        if let Some(value) = facts.text(fact) {
            add(value, true);
        }
    }
    let found = reading
        .turns
        .iter()
        .filter_map(|turn| turn.scores.retrieval.first());
    for title in found
        .filter(|found| found.title.is_some())
        .map(title_of)
        .collect::<HashSet<_>>()
    {
        for word in title.split_whitespace().skip(1) {
            let word = word.trim_matches(|it: char| !it.is_alphanumeric());
            let is_name = word.chars().next().is_some_and(char::is_uppercase)
                && word.chars().skip(1).any(char::is_lowercase);
            if is_name && word.chars().all(char::is_alphanumeric) {
                add(word, false);
            }
        }
    }
    names.sort_by(|a, b| a.flat.cmp(&b.flat));
    names
}
