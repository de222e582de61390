//! The guard on text that a program or a model wrote about a conversation: every
//! number, id, code, URL, e-mail address and name in it must occur in the
//! conversation or the facts (`science.md` §8). It is deterministic, and it says
//! nothing about what a sentence claims of the things it names.

use std::collections::HashSet;

use segue_model::event::Opening;
use segue_model::fact::{FactValue, Facts};
use segue_model::turn::Turn;

use super::cues::{self, Language};
use super::text;

/// The smallest number that is checked when it is written as a word; "one" to
/// "three" are mostly articles and counts of the writer's own.
const NUMBER_WORD_MIN: u32 = 4;

/// How many turns are read before the sentences are checked again.
const TURNS_AT_ONCE: usize = 8;

/// What kind of thing has no ground.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Token {
    /// A number, amount, date, time, id or code.
    Number,
    /// A web or e-mail address.
    Address,
    /// A name.
    Name,
}

/// Something in a sentence that occurs neither in the conversation nor in the facts.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{text}` occurs neither in the conversation nor in the facts")]
pub struct Ungrounded {
    /// As it stands in the sentence.
    pub text: String,
    /// What kind of thing it is.
    pub token: Token,
}

/// Everything that generated text may name.
#[derive(Debug, Clone, Default)]
pub struct Grounds {
    words: HashSet<String>,
    numbers: HashSet<String>,
    pairs: HashSet<(String, String)>,
    addresses: HashSet<String>,
    are_nouns_capitalized: bool,
}

impl Grounds {
    /// The grounds of a conversation: its turns with the articles found and the tools
    /// that ran, the facts, and what it was opened with.
    pub fn new(turns: &[Turn], opening: &Opening, facts: &Facts) -> Self {
        let mut grounds = Self::without_turns(opening, facts);
        turns.iter().for_each(|turn| grounds.add_turn(turn));
        grounds
    }

    /// What is known besides the turns.
    pub(super) fn without_turns(opening: &Opening, facts: &Facts) -> Self {
        let mut grounds = Self::default();
        for known in [facts, &opening.facts] {
            for value in known.known.values() {
                match value {
                    FactValue::Text(text) => grounds.add(text),
                    FactValue::Number(number) => grounds.add(&number.to_string()),
                    FactValue::Flag(_) => {}
                }
            }
        }
        for place in [&opening.page, &opening.browser, &opening.locale]
            .into_iter()
            .flatten()
        {
            grounds.add(place);
        }
        grounds
    }

    /// Adds a turn.
    pub(super) fn add_turn(&mut self, turn: &Turn) {
        self.add(&turn.text);
        for found in &turn.scores.retrieval {
            self.add(&found.id.replace('-', " "));
            self.add(found.title.as_deref().unwrap_or_default());
        }
        let calls = turn.scores.tool_calls.iter();
        calls.for_each(|call| self.add(&call.name));
    }

    /// Adds what else may be named: an agent's name, a tool's result.
    pub fn add(&mut self, text: &str) {
        for word in text::flat(text).split(' ').filter(|word| !word.is_empty()) {
            if !self.words.contains(word) {
                self.words.insert(word.to_owned());
            }
        }
        let mut before: Option<String> = None;
        for token in text.split_whitespace() {
            if let Some(address) = address(token) {
                self.addresses.insert(address);
            }
            for part in parts(token) {
                let mut numbers = numbers(part);
                // A time may be spelled: "8:30" is "eight thirty".
                if let Some((hours, minutes)) = clock(part) {
                    numbers.extend([hours, minutes]);
                }
                if numbers.is_empty() {
                    before = None;
                }
                for number in &numbers {
                    if let Some(before) = before.replace(number.clone()) {
                        self.pairs.insert((before, number.clone()));
                    }
                }
                self.numbers.extend(numbers);
            }
        }
    }

    /// Says that generated text is in a language that writes every noun with a capital,
    /// so that a capital is no sign of a name.
    #[must_use]
    pub fn with_capitalized_nouns(mut self) -> Self {
        self.are_nouns_capitalized = true;
        self
    }

    pub(super) fn in_language(self, language: Language) -> Self {
        match language {
            Language::German => self.with_capitalized_nouns(),
            Language::English => self,
        }
    }

    fn has_number(&self, number: &str) -> bool {
        self.numbers.contains(number)
            || clock(number).is_some_and(|pair| self.pairs.contains(&pair))
    }

    /// Whether a word of this stem occurs.
    pub(super) fn has_stem(&self, stem: &str) -> bool {
        self.words.contains(stem) || self.words.iter().any(|word| text::stem(word) == stem)
    }

    pub(super) fn has_word(&self, word: &str) -> bool {
        let stem = |word: &str| word.trim_end_matches('s').to_owned();
        self.words.contains(word)
            || self.words.contains(&stem(word))
            || self.words.contains(&format!("{word}s"))
    }
}

/// Sentences that passed, and those that were dropped with the reason.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Checked {
    /// What may be shown, in order.
    pub kept: Vec<String>,
    /// What may not, each with the first thing that has no ground.
    pub dropped: Vec<(String, Ungrounded)>,
}

/// Checks sentences one by one, with no more of the conversation than they need: the more
/// grounds there are the more passes, so what passes early passes in the end.
pub(super) fn filter_by_turns(
    sentences: Vec<String>,
    mut grounds: Grounds,
    turns: &[Turn],
) -> Checked {
    // What a line names was mostly said at the beginning or just now.
    let (first, rest) = turns.split_at(turns.len().min(TURNS_AT_ONCE));
    for some in std::iter::once(first).chain(rest.rchunks(TURNS_AT_ONCE)) {
        some.iter().for_each(|turn| grounds.add_turn(turn));
        if sentences.iter().all(|it| check(it, &grounds).is_ok()) {
            break;
        }
    }
    filter(sentences, &grounds)
}

/// Checks sentences one by one.
pub fn filter(sentences: impl IntoIterator<Item = String>, grounds: &Grounds) -> Checked {
    let mut checked = Checked::default();
    for sentence in sentences {
        match check(&sentence, grounds) {
            Ok(()) => checked.kept.push(sentence),
            Err(reason) => checked.dropped.push((sentence, reason)),
        }
    }
    checked
}

/// Checks one sentence.
///
/// # Errors
/// The first thing in it that occurs neither in the conversation nor in the facts.
pub fn check(sentence: &str, source: &Grounds) -> Result<(), Ungrounded> {
    each_token(sentence, source, grounded)
}

/// Tells of every thing that a text names whether it has a ground, until told to stop.
fn each_token(
    sentence: &str,
    source: &Grounds,
    mut tell: impl FnMut(bool, &str, Token) -> Result<(), Ungrounded>,
) -> Result<(), Ungrounded> {
    let mut is_initial = true;
    let mut shows_english_number = false;
    for token in sentence.split_whitespace() {
        if let Some(address) = address(token) {
            tell(source.addresses.contains(&address), token, Token::Address)?;
            is_initial = false;
            continue;
        }
        for part in parts(token) {
            let spelled = spelled_number(part);
            let is_small =
                spelled.is_some_and(|number| number < NUMBER_WORD_MIN && !shows_english_number);
            for number in numbers(part).iter().filter(|_| !is_small) {
                tell(source.has_number(number), part, Token::Number)?;
            }
            shows_english_number = spelled.is_some();
            let is_name = !is_initial && !source.are_nouns_capitalized && is_capitalized(part);
            for word in words(part).filter(|word| is_name && !is_everyday(word)) {
                tell(source.has_word(&word), part, Token::Name)?;
            }
            is_initial = false;
        }
        is_initial |= token.ends_with(['.', '!', '?', ':', '…']);
    }
    Ok(())
}

fn grounded(is_grounded: bool, text: &str, token: Token) -> Result<(), Ungrounded> {
    if is_grounded {
        Ok(())
    } else {
        Err(Ungrounded {
            text: trimmed(text).to_owned(),
            token,
        })
    }
}

fn trimmed(token: &str) -> &str {
    token.trim_matches(|it: char| !it.is_alphanumeric())
}

/// A token apart at slashes and long dashes: "401/402", "8–10".
fn parts(token: &str) -> impl Iterator<Item = &str> {
    token
        .split(['/', '–', '—', '(', ')'])
        .filter(|part| part.chars().any(char::is_alphanumeric))
}

/// The canonical form of a web or e-mail address.
fn address(token: &str) -> Option<String> {
    let token = token.trim_matches(|it: char| !it.is_alphanumeric() && it != '/');
    if !token.contains(['.', '@', '/']) {
        return None;
    }
    let lower = token.to_lowercase();
    let bare = lower
        .trim_start_matches("https://")
        .trim_start_matches("http://");
    let is_web = bare.len() < lower.len() || bare.starts_with("www.");
    let is_mail = bare
        .split_once('@')
        .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'));
    // A bare host needs letters on both sides of its last dot: "app.example.com".
    let has_letters =
        |part: &str| part.len() >= 2 && part.chars().all(|it| it.is_ascii_alphabetic());
    let host = bare.split('/').next().unwrap_or_default();
    let is_host = host
        .rsplit_once('.')
        .is_some_and(|(name, end)| has_letters(end) && name.len() > 3 && name.is_ascii())
        && host.split('.').all(|part| !part.is_empty());
    (is_web || is_mail || is_host).then(|| {
        bare.trim_start_matches("www.")
            .trim_end_matches(['/', '.', ','])
            .to_owned()
    })
}

/// The numbers, ids and codes in a part of a token, each in its canonical form.
fn numbers(part: &str) -> Vec<String> {
    if let Some(number) = spelled_number(part) {
        return vec![number.to_string()];
    }
    if part.is_ascii() && !part.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let plain: String = part.chars().map(text::plain_width).collect();
    let trimmed = trimmed(&plain)
        .trim_end_matches("'s")
        .trim_end_matches("’s");
    if !trimmed.bytes().any(|byte| byte.is_ascii_digit()) {
        return Vec::new();
    }
    let lower = trimmed.to_lowercase();
    let ordinal = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| lower.strip_suffix(end))
        .filter(|it| is_numeric(it));
    let lower = ordinal.unwrap_or(&lower);
    if is_numeric(lower) {
        return vec![canonical_number(lower)];
    }
    // A unit or currency written on to a number: "20eur", "500ms", "usd20".
    let digits = lower.trim_matches(|it: char| it.is_ascii_alphabetic() || "$€£¥%#".contains(it));
    let unit = lower.len() - digits.len();
    if is_numeric(digits)
        && unit <= 3
        && !lower.contains('-')
        && lower.starts_with(|it: char| it.is_ascii_digit())
    {
        return vec![canonical_number(digits)];
    }
    vec![lower.to_owned()]
}

/// The hours and minutes of a time of day.
fn clock(part: &str) -> Option<(String, String)> {
    let (hours, minutes) = trimmed(part).split_once(':')?;
    let is_clock = is_numeric(hours) && is_numeric(minutes) && minutes.len() == 2;
    is_clock.then(|| (canonical_number(hours), canonical_number(minutes)))
}

fn is_numeric(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b".,'".contains(&byte))
}

/// A number without thousands separators, with a point before its decimals and
/// without zeros that say nothing: "1.234,50" and "1,234.5" are both "1234.5".
/// Text that is no number comes back as it was.
pub(super) fn canonical_number(text: &str) -> String {
    let last = text.rfind(['.', ',']);
    let decimals = last.map_or(0, |at| text.len() - at - 1);
    let count = text.matches(['.', ',']).count();
    let is_decimal = match last {
        None => false,
        // Two kinds of mark: the last is the decimal one. One mark with three digits
        // after it separates thousands; several of one kind do, or make a version.
        Some(_) if text.contains('.') && text.contains(',') => true,
        Some(_) => count == 1 && decimals != 3,
    };
    if count > 1 && !is_decimal && !are_thousands(text) {
        return text.to_owned();
    }
    let digits = |text: &str| {
        text.chars()
            .filter(char::is_ascii_digit)
            .collect::<String>()
    };
    let (whole, fraction) = match last
        .filter(|_| is_decimal)
        .and_then(|at| text.split_at_checked(at))
    {
        Some((whole, fraction)) => (digits(whole), digits(fraction)),
        None => (digits(text), String::new()),
    };
    let fraction = fraction.trim_end_matches('0');
    if fraction.is_empty() {
        whole
    } else {
        format!("{whole}.{fraction}")
    }
}

fn are_thousands(text: &str) -> bool {
    text.split(['.', ',']).skip(1).all(|group| group.len() == 3)
}

/// The folded words of a part, without a possessive's ending.
fn words(part: &str) -> impl Iterator<Item = String> {
    let bare = part.trim_matches(|it: char| !it.is_alphanumeric());
    let bare = bare
        .strip_suffix("'s")
        .or_else(|| bare.strip_suffix("’s"))
        .unwrap_or(bare);
    let flat = text::flat(bare);
    let words: Vec<String> = flat
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.into_iter()
}

fn is_capitalized(part: &str) -> bool {
    let bare = trimmed(part);
    let is_number = bare.chars().any(|it| it.is_ascii_digit());
    bare.chars().next().is_some_and(char::is_uppercase) && !is_number
}

/// Capitals that name nobody.
fn is_everyday(word: &str) -> bool {
    matches!(
        word,
        "i" | "im" | "ive" | "ill" | "id" | "ai" | "ok" | "customer"
    ) || (!cues::is_content(word) && word.len() < 5)
}

const UNITS: &[(&str, u32)] = &[
    ("zero", 0),
    ("one", 1),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("thirteen", 13),
    ("fourteen", 14),
    ("fifteen", 15),
    ("sixteen", 16),
    ("seventeen", 17),
    ("eighteen", 18),
    ("nineteen", 19),
    ("twenty", 20),
    ("thirty", 30),
    ("forty", 40),
    ("fifty", 50),
    ("sixty", 60),
    ("seventy", 70),
    ("eighty", 80),
    ("ninety", 90),
    ("vier", 4),
    ("fünf", 5),
    ("sechs", 6),
    ("sieben", 7),
    ("acht", 8),
    ("neun", 9),
    ("zehn", 10),
    ("elf", 11),
    ("zwölf", 12),
    ("zwanzig", 20),
];

/// A number that is written as a word, "twenty-one" included.
fn spelled_number(part: &str) -> Option<u32> {
    let bare = trimmed(part);
    if bare.len() < 3 || bare.len() > 14 {
        return None;
    }
    let one = |word: &str| {
        let is_it = |(name, _): &&(&str, u32)| name.eq_ignore_ascii_case(word);
        UNITS.iter().find(is_it).map(|(_, number)| *number)
    };
    match bare.split_once('-') {
        Some((tens, unit)) => {
            Some(one(tens).filter(|tens| *tens >= 20)? + one(unit).filter(|unit| *unit < 10)?)
        }
        None => one(bare),
    }
}
