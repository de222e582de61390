//! What an assistant's words promise: that a person comes, that somebody writes or
//! calls, that money or a contract is moved. Whether anything backs the promise is
//! decided in `readings.rs`; here are only the words, sentence by sentence.
//!
//! Patterns and not a model: what is withheld from a customer has to be explainable by
//! the words that withheld it. They are read from `data/promises.txt`.

use std::ops::Range;
use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};
use segue_model::signal::Evidence;
use segue_model::turn::TurnNumber;

use crate::fold::Folded;

const SOURCE: &str = include_str!("../data/promises.txt");
/// How large the patterns of one kind may be, compiled.
const COMPILED_BYTES_MAX: usize = 32 << 20;
/// How strongly a pattern speaks for a promise.
const STRENGTH: f64 = 0.9;

/// What is promised.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Promise {
    /// A person takes over, now.
    Handover,
    /// Somebody calls, writes, or has it on file.
    FollowUp,
    /// Money, an order or an account was or is being moved.
    Action,
}

impl Promise {
    /// The name in the file, in traces and in policies.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Handover => "handover",
            Self::FollowUp => "follow_up",
            Self::Action => "action",
        }
    }

    const ALL: [Self; 3] = [Self::Handover, Self::FollowUp, Self::Action];
}

/// Which tools, by name, do what is promised. `*` stands for any letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backing {
    /// Those that see to it that somebody comes back to the customer.
    pub follow_up: Vec<String>,
    /// Those that move money, orders or accounts.
    pub action: Vec<String>,
}

impl Default for Backing {
    fn default() -> Self {
        let list = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        Self {
            follow_up: list(&[
                "*ticket*",
                "*callback*",
                "*call_back*",
                "*follow_up*",
                "*case*",
            ]),
            action: list(&[
                "*refund*",
                "*reimburse*",
                "*credit*",
                "*cancel*",
                "*waive*",
                "*replace*",
                "*delete*",
                "*close*",
            ]),
        }
    }
}

impl Backing {
    /// Whether any of these tools does what is promised. That a person comes is done by
    /// handing over, and by no tool.
    pub fn holds<'t>(&self, promise: Promise, tools: impl IntoIterator<Item = &'t str>) -> bool {
        let patterns = match promise {
            Promise::Handover => return false,
            Promise::FollowUp => &self.follow_up,
            Promise::Action => &self.action,
        };
        tools.into_iter().any(|tool| {
            let tool = tool.to_ascii_lowercase();
            patterns
                .iter()
                .any(|pattern| is_like(&tool, &pattern.to_ascii_lowercase()))
        })
    }
}

/// Whether a name is like a pattern in which `*` stands for any letters.
fn is_like(name: &str, pattern: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else {
        return name == pattern;
    };
    let Some(mut name) = name.strip_prefix(start) else {
        return false;
    };
    let mut parts = rest.split('*').peekable();
    while let Some(part) = parts.next() {
        if parts.peek().is_none() {
            return name.ends_with(part);
        }
        let Some(at) = name.find(part) else {
            return false;
        };
        name = name.get(at + part.len()..).unwrap_or_default();
    }
    true
}

/// A promise that was found.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Promised {
    pub kind: Promise,
    pub strength: f64,
    pub place: Evidence,
}

/// The patterns of all languages.
struct Patterns {
    kinds: Vec<(Promise, Regex)>,
    sentence_vetoes: Regex,
    clause_vetoes: Regex,
    clause_ends: Regex,
    risk: Regex,
}

static PATTERNS: LazyLock<Option<Patterns>> = LazyLock::new(|| read(SOURCE).ok());

/// Reads the file.
fn read(source: &str) -> Result<Patterns, String> {
    let mut parts: Vec<(String, String)> = Vec::new();
    let mut lists: Vec<(&str, Vec<String>)> = Vec::new();
    for (at, line) in source.lines().enumerate() {
        let line = line.trim_end_matches(['\n', '\r']);
        if line.trim().is_empty() || line.starts_with('#') {
            continue;
        }
        let wrong = |what: &str| format!("promises:{} {what}", at + 1);
        let whole = |text: &str| {
            let begun = text.to_owned();
            parts.iter().rev().fold(begun, |text, (name, part)| {
                text.replace(&format!("{{{name}}}"), part)
            })
        };
        if let Some(part) = line.strip_prefix('$') {
            let (name, pattern) = part.split_once(" = ").ok_or_else(|| wrong("no part"))?;
            let pattern = whole(pattern);
            parts.push((name.to_owned(), pattern));
            continue;
        }
        let (kind, pattern) = line.split_once(" : ").ok_or_else(|| wrong("no kind"))?;
        let pattern = format!("(?:{})", whole(pattern));
        match lists.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, list)) => list.push(pattern),
            None => lists.push((kind, vec![pattern])),
        }
    }
    let compiled = |name: &str| {
        let list = lists.iter().find(|(known, _)| *known == name);
        let list = list.map(|(_, list)| list.join("|"));
        let list = list.ok_or_else(|| format!("promises: no line of `{name}`"))?;
        // What is folded has these letters alone, and tables of all others would be large.
        let list = list.replace(r"[\w", "[a-z0-9_").replace(r"\w", "[a-z0-9_]");
        let list = list.replace(r"\S", "[^ ]");
        RegexBuilder::new(&format!(r"(?-u:\b)(?:{list})(?-u:\b)"))
            .size_limit(COMPILED_BYTES_MAX)
            .build()
            .map_err(|error| format!("promises: `{name}`: {error}"))
    };
    let kinds = Promise::ALL.map(|kind| Ok((kind, compiled(kind.name())?)));
    Ok(Patterns {
        kinds: kinds.into_iter().collect::<Result<_, String>>()?,
        sentence_vetoes: compiled("-sentence")?,
        clause_vetoes: compiled("-clause")?,
        clause_ends: Regex::new(r"[,:]? (?:but|aber|sondern|mais|pero|sino|ma|mas|porem) | - |: ")
            .map_err(|error| error.to_string())?,
        risk: compiled("risk")?,
    })
}

/// Whether words, as far as they have come, may become a promise: if not, nothing that
/// follows in the same sentence is needed to see that they promise nothing.
pub fn could_promise(text: &str) -> bool {
    let folded = Folded::new(text);
    // Without its patterns the detector takes every sentence for one.
    PATTERNS
        .as_ref()
        .is_none_or(|patterns| patterns.risk.is_match(&folded.text))
}

/// What a text promises, at most once of each kind.
pub(crate) fn find(folded: &Folded, number: TurnNumber) -> Vec<Promised> {
    let mut found: Vec<Promised> = Vec::new();
    let Some(patterns) = PATTERNS.as_ref() else {
        return found;
    };
    let text = folded.text.as_str();
    for sentence in sentences(text) {
        let words = text.get(sentence.clone()).unwrap_or_default();
        if words.trim_end().ends_with('?') || patterns.sentence_vetoes.is_match(words) {
            continue;
        }
        for clause in clauses(patterns, words) {
            let own = words.get(clause.clone()).unwrap_or_default();
            if patterns.clause_vetoes.is_match(own) {
                continue;
            }
            for (kind, pattern) in &patterns.kinds {
                if found.iter().any(|known| known.kind == *kind) {
                    continue;
                }
                let Some(hit) = pattern.find(own) else {
                    continue;
                };
                let begin = sentence.start + clause.start;
                let (start, end) = folded.original_span(begin + hit.start(), begin + hit.end());
                found.push(Promised {
                    kind: *kind,
                    strength: STRENGTH,
                    place: Evidence {
                        turn: number,
                        start,
                        end,
                        what: kind.name().into(),
                    },
                });
            }
        }
    }
    found
}

/// The sentences of a text, each with the sign that ends it.
fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|(_, next)| *next);
        let ends = match character {
            '\n' | ';' => true,
            '.' | '!' | '?' => next.is_none_or(char::is_whitespace),
            _ => false,
        };
        if ends {
            let end = at + character.len_utf8();
            found.push(trimmed(text, start..end));
            start = end;
        }
    }
    found.push(trimmed(text, start..text.len()));
    found
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let words = text.get(range.clone()).unwrap_or_default();
    range.start + (words.len() - words.trim_start().len())..range.end
}

/// The clauses of a sentence: what comes after "but" stands alone.
fn clauses(patterns: &Patterns, sentence: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    for end in patterns.clause_ends.find_iter(sentence) {
        found.push(start..end.start());
        start = end.end();
    }
    found.push(start..sentence.len());
    found
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn every_line_of_the_file_is_read() {
        assert!(read(SOURCE).map(drop).is_ok(), "{:?}", read(SOURCE).err());
    }

    #[test]
    fn a_tool_backs_what_its_name_says() {
        let backing = Backing::default();
        assert!(backing.holds(Promise::Action, ["issue_refund"]));
        assert!(backing.holds(Promise::Action, ["lookup", "CancelOrder"]));
        assert!(!backing.holds(Promise::Action, ["lookup_order", "create_ticket"]));
        assert!(backing.holds(Promise::FollowUp, ["create_ticket"]));
        assert!(!backing.holds(Promise::Handover, ["create_ticket"]));
        for (name, pattern, wanted) in [
            ("ab", "ab", true),
            ("abc", "ab", false),
            ("abc", "a*c", true),
            ("abc", "*b", false),
            ("xaxb", "*a*b", true),
            ("xb", "*a*b", false),
            ("", "*", true),
        ] {
            assert_eq!(is_like(name, pattern), wanted, "{name} {pattern}");
        }
    }

    fn kinds(text: &str) -> Vec<Promise> {
        let found = find(&Folded::new(text), TurnNumber(1));
        found.into_iter().map(|it| it.kind).collect()
    }

    #[test]
    fn a_promise_is_known_by_its_words_and_their_place() {
        let text = "Sorry. I've refunded the order, and a colleague will call you.";
        let found = find(&Folded::new(text), TurnNumber(7));
        let said = |it: &Promised| text.get(it.place.start as usize..it.place.end as usize);
        let said: Vec<_> = found.iter().filter_map(said).collect();
        assert_eq!(said, ["a colleague will call", "I've refunded"]);
        assert!(
            kinds("I can't refund it, but I'll transfer you to a colleague.")
                == [Promise::Handover]
        );
        assert!(kinds("Shall I refund it?").is_empty());
    }
}
