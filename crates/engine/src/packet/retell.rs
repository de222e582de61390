//! The customer's sentence in another person: "I can't open my order" as
//! "Customer can't open their order" or "you can't open your order". Only
//! pronouns and the verbs that agree with them change, so no fact can. What does
//! not fit a known pattern is not retold; the caller quotes it.

use super::text;

/// How the customer is spoken of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Person {
    /// "Customer …", for the agent.
    Third,
    /// "you …", for the customer.
    Second,
}

struct Forms {
    they: &'static str,
    them: &'static str,
    their: &'static str,
    theirs: &'static str,
    themselves: &'static str,
}

impl Person {
    const fn forms(self) -> Forms {
        match self {
            Self::Third => Forms {
                they: "they",
                them: "them",
                their: "their",
                theirs: "theirs",
                themselves: "themselves",
            },
            Self::Second => Forms {
                they: "you",
                them: "you",
                their: "your",
                theirs: "yours",
                themselves: "yourself",
            },
        }
    }
}

/// How many words may stand before a colon and say nothing.
const LEAD_IN_WORDS_MAX: usize = 5;
/// How a statement that speaks of no person begins in the second person.
pub(super) const YOU_WROTE: &str = "you wrote that";

/// Words that may stand before what a sentence says.
const FILLERS: &[&str] = &[
    "hi", "hello", "hey", "hiya", "there", "team", "so", "well", "but", "and", "ok", "okay", "yes",
    "no", "ugh", "please", "sorry", "thanks", "thank", "also", "because", "look", "actually",
    "again", "now", "nope", "then", "dear", "guys",
];
const ADVERBS: &[&str] = &[
    "just",
    "still",
    "already",
    "also",
    "really",
    "recently",
    "now",
    "never",
    "always",
    "currently",
    "accidentally",
    "only",
    "simply",
    "even",
    "actually",
    "then",
    "often",
    "repeatedly",
    "again",
];
/// Verbs whose third person takes an s.
const BASES: &[&str] = &[
    "want",
    "need",
    "get",
    "see",
    "keep",
    "think",
    "know",
    "use",
    "own",
    "live",
    "receive",
    "pay",
    "send",
    "expect",
    "wonder",
    "believe",
    "require",
    "hope",
    "hate",
    "print",
    "find",
    "wait",
    "call",
    "ask",
    "run",
    "work",
    "sell",
    "ship",
    "like",
    "understand",
    "suspect",
    "demand",
    "insist",
];
/// Forms that agree with every person.
const ANY_PERSON: &[&str] = &[
    "can",
    "can't",
    "cannot",
    "could",
    "couldn't",
    "would",
    "wouldn't",
    "will",
    "won't",
    "should",
    "must",
    "may",
    "might",
    "did",
    "didn't",
    "had",
    "got",
    "was",
    "wasn't",
    "paid",
    "sent",
    "bought",
    "lost",
    "found",
    "forgot",
    "made",
    "took",
    "went",
    "saw",
    "said",
    "told",
    "put",
    "gave",
    "left",
    "wrote",
    "ran",
    "kept",
    "set",
    "reset",
    "cancelled",
    "thought",
    "spoke",
    "began",
    "chose",
    "hadn't",
];
/// Orders that mean a wish of the customer's.
const ORDERS: &[&str] = &[
    "refund", "cancel", "help", "send", "fix", "change", "check", "update", "delete", "close",
    "remove", "reset", "give", "tell", "stop", "explain", "reopen", "unlock", "unblock", "move",
    "transfer", "correct", "confirm", "resend", "replace", "block", "freeze", "show",
];
/// Beginnings of statements that speak of no person.
const STATEMENTS: &[&str] = &[
    "the",
    "this",
    "that",
    "it",
    "there",
    "every",
    "all",
    "both",
    "none",
    "nothing",
    "something",
    "somebody",
    "someone",
    "an",
    "a",
    "when",
    "whenever",
    "after",
    "since",
    "one",
    "two",
    "now",
];

struct Word<'a> {
    lead: &'a str,
    core: String,
    raw: &'a str,
    tail: &'a str,
}

impl<'a> Word<'a> {
    fn new(token: &'a str) -> Self {
        let is_edge = |it: char| !it.is_alphanumeric() && !matches!(it, '#' | '$' | '€' | '£');
        let rest = token.trim_start_matches(is_edge);
        let lead = token.get(..token.len() - rest.len()).unwrap_or_default();
        let raw = rest.trim_end_matches(is_edge);
        let tail = rest.get(raw.len()..).unwrap_or_default();
        Self {
            lead,
            core: raw.replace('’', "'").to_lowercase(),
            raw,
            tail,
        }
    }
}

/// Retells a sentence. The third person is a whole sentence; the second is a
/// clause without its full stop, to follow "I see that".
pub(super) fn retell(sentence: &str, person: Person) -> Option<String> {
    if sentence.contains(['"', '“', '”', '„', '«', '…', '\n']) || is_shouted(sentence) {
        return None;
    }
    let is_question = sentence.trim_end().ends_with('?');
    let words: Vec<Word<'_>> = sentence.split_whitespace().map(Word::new).collect();
    let start = words
        .iter()
        .take_while(|word| FILLERS.contains(&word.core.as_str()))
        .count();
    let start = skip_lead_in(&words, skip_address(&words, start));
    let end = words.len()
        - words
            .iter()
            .rev()
            .take_while(|word| is_please(word))
            .count();
    let words = words.get(start..end).filter(|words| words.len() >= 3)?;
    // A "please" in the middle joins two sentences that nothing else separates.
    if words.iter().skip(3).any(is_please) {
        return None;
    }
    let told = opening(words, person, is_question)?;
    let told = told.trim_end_matches(['.', '?', '!', ',', ';', ':', ' ']);
    match person {
        Person::Third => Some(text::ended(told)),
        Person::Second => Some(told.to_owned()),
    }
}

/// "One more thing: …"
fn skip_lead_in(words: &[Word<'_>], start: usize) -> usize {
    let lead = words.iter().skip(start).take(LEAD_IN_WORDS_MAX);
    let end = lead.take_while(|word| !word.tail.starts_with(':')).count();
    if end < LEAD_IN_WORDS_MAX && start + end + 1 < words.len() {
        start + end + 1
    } else {
        start
    }
}

fn is_please(word: &Word<'_>) -> bool {
    matches!(word.core.as_str(), "please" | "pls" | "thanks" | "")
}

/// "Hi Sarah, …": a word after the greeting that ends in a comma is a name.
fn skip_address(words: &[Word<'_>], start: usize) -> usize {
    let is_greeted = words
        .first()
        .is_some_and(|it| matches!(it.core.as_str(), "hi" | "hello" | "hey" | "dear"));
    let is_name = words.get(start).is_some_and(|it| it.tail.starts_with(','));
    if start > 0 && is_greeted && is_name {
        start + 1
    } else {
        start
    }
}

fn is_shouted(sentence: &str) -> bool {
    let letters = sentence.chars().filter(|it| it.is_alphabetic()).count();
    let capitals = sentence.chars().filter(|it| it.is_uppercase()).count();
    letters > 12 && capitals * 2 > letters
}

fn opening(words: &[Word<'_>], person: Person, is_question: bool) -> Option<String> {
    let core = |at: usize| words.get(at).map_or("", |word| word.core.as_str());
    let (they, asks, wants) = match person {
        Person::Third => ("they", "Customer asks", "Customer asks us to"),
        Person::Second => ("you", "you're asking", "you'd like us to"),
    };
    match (core(0), core(1), core(2)) {
        ("how" | "where", "do" | "can" | "should" | "could", "i" | "we") => {
            joined(&format!("{asks} {} to", core(0)), words, 3, person)
        }
        ("can" | "could" | "will" | "would", "you", "please" | "pls") => {
            joined(wants, words, 3, person)
        }
        ("can" | "could" | "will" | "would", "you", _) => joined(wants, words, 2, person),
        ("can" | "may" | "could", "i" | "we", _) => {
            joined(&format!("{asks} whether {they} can"), words, 2, person)
        }
        ("is", "there", "a" | "any") if core(3) == "way" => {
            joined(&format!("{asks} for a"), words, 3, person)
        }
        (order, ..) if ORDERS.contains(&order) && !is_question => joined(wants, words, 0, person),
        _ if is_question => None,
        ("my" | "our", ..) => {
            let owner = if person == Person::Third {
                "Customer's"
            } else {
                "your"
            };
            joined(owner, words, 1, person)
        }
        (first, ..) if subject(first).is_some() => own_clause(words, person),
        (first, ..) if STATEMENTS.contains(&first) => {
            let says = if person == Person::Third {
                "Customer says that"
            } else {
                YOU_WROTE
            };
            let rest = rest(words, person, false)?;
            Some(format!("{says} {}", decapitalized(&rest)))
        }
        _ => None,
    }
}

fn joined(lead: &str, words: &[Word<'_>], skip: usize, person: Person) -> Option<String> {
    let rest = rest(
        words.get(skip..).filter(|words| !words.is_empty())?,
        person,
        false,
    )?;
    let rest = if skip == 0 {
        decapitalized(&rest)
    } else {
        rest
    };
    Some(format!("{lead} {rest}"))
}

fn decapitalized(text: &str) -> String {
    let mut characters = text.chars();
    let is_acronym = text.chars().nth(1).is_some_and(char::is_uppercase);
    match characters.next() {
        Some(first) if !is_acronym => first.to_lowercase().chain(characters).collect(),
        _ => text.to_owned(),
    }
}

/// The verb that a contracted subject brings along, if it is the customer.
fn subject(core: &str) -> Option<&'static str> {
    match core {
        "i" | "we" => Some(""),
        "i'm" | "im" | "we're" => Some("am"),
        "i've" | "ive" | "we've" => Some("have"),
        "i'd" | "we'd" => Some("would"),
        "i'll" | "we'll" => Some("will"),
        _ => None,
    }
}

/// A sentence whose subject is the customer.
fn own_clause(words: &[Word<'_>], person: Person) -> Option<String> {
    let name = if person == Person::Third {
        "Customer"
    } else {
        "you"
    };
    let (verb, used) = verb_group(words, person)?;
    let rest = rest(words.get(used..)?, person, true)?;
    Some(format!("{name} {verb} {rest}"))
}

/// The subject's verb in the other person, and how many words it took.
fn verb_group(words: &[Word<'_>], person: Person) -> Option<(String, usize)> {
    let first = words.first()?;
    let brought = subject(&first.core)?;
    if !first.tail.is_empty() {
        return None;
    }
    if !brought.is_empty() {
        let next = words.get(1).map_or("", |word| word.core.as_str());
        let is_wish = [
            "like",
            "love",
            "prefer",
            "rather",
            "want",
            "need",
            "appreciate",
        ]
        .contains(&next);
        let verb = if brought == "would" && !is_wish {
            "had"
        } else {
            brought
        };
        return Some((agreed(verb, person)?, 1));
    }
    let mut group = Vec::new();
    for (at, word) in words.iter().enumerate().skip(1).take(4) {
        if ADVERBS.contains(&word.core.as_str()) {
            group.push(word.core.clone());
            continue;
        }
        group.push(format!("{}{}", agreed(&word.core, person)?, word.tail));
        return Some((group.join(" "), at + 1));
    }
    None
}

fn agreed(verb: &str, person: Person) -> Option<String> {
    let told = match (verb, person) {
        ("am", Person::Third) => "is",
        ("am", Person::Second) => "are",
        ("was", Person::Second) => "were",
        ("wasn't", Person::Second) => "weren't",
        ("were", Person::Third) => "was",
        ("are", Person::Third) => "is",
        ("have", Person::Third) => "has",
        ("haven't", Person::Third) => "hasn't",
        ("do", Person::Third) => "does",
        ("don't" | "dont", Person::Third) => "doesn't",
        ("try", Person::Third) => "tries",
        ("wish", Person::Third) => "wishes",
        ("dont", Person::Second) => "don't",
        ("cant", _) => "can't",
        ("didnt", _) => "didn't",
        ("are" | "were" | "have" | "haven't" | "do" | "don't" | "try" | "wish", Person::Second) => {
            verb
        }
        _ if ANY_PERSON.contains(&verb) => verb,
        _ if verb.ends_with("ed") && verb.len() > 4 => verb,
        _ if BASES.contains(&verb) && person == Person::Third => return Some(format!("{verb}s")),
        _ if BASES.contains(&verb) => verb,
        _ => return None,
    };
    Some(told.to_owned())
}

/// Everything after the subject's verb: pronouns change, all else stays.
fn rest(words: &[Word<'_>], person: Person, is_own: bool) -> Option<String> {
    let mut out: Vec<String> = Vec::with_capacity(words.len());
    let mut at = 0;
    while let Some(word) = words.get(at) {
        let before = at
            .checked_sub(1)
            .and_then(|at| words.get(at))
            .map_or("", |word| word.core.as_str());
        // "…, but I get" shares the subject: "…, but gets".
        if is_own && matches!(before, "but" | "and") {
            let shared = words.get(at..).and_then(|words| verb_group(words, person));
            if let (Some((verb, used)), true) = (shared, subject(&word.core).is_some()) {
                out.push(verb);
                at += used;
                continue;
            }
            if before == "but" && BASES.contains(&word.core.as_str()) {
                out.push(format!(
                    "{}{}{}",
                    word.lead,
                    agreed(&word.core, person)?,
                    word.tail
                ));
                at += 1;
                continue;
            }
        }
        out.push(pronoun(word, before, person)?);
        at += 1;
    }
    Some(out.join(" "))
}

fn pronoun(word: &Word<'_>, before: &str, person: Person) -> Option<String> {
    let forms = person.forms();
    let is_subject = matches!(before, "i" | "we");
    let told = match word.core.as_str() {
        "i" | "we" => forms.they,
        "i'm" | "im" | "we're" => return Some(format!("{} are{}", forms.they, word.tail)),
        "i've" | "we've" => return Some(format!("{} have{}", forms.they, word.tail)),
        "i'll" | "we'll" => return Some(format!("{} will{}", forms.they, word.tail)),
        "i'd" | "we'd" => return Some(format!("{}'d{}", forms.they, word.tail)),
        "am" => "are",
        "was" if is_subject => "were",
        "wasn't" if is_subject => "weren't",
        "my" | "our" => forms.their,
        "mine" | "ours" => forms.theirs,
        "me" | "us" => forms.them,
        "myself" | "ourselves" => forms.themselves,
        "your" => "our",
        "you" | "you're" | "you've" | "you'll" | "you'd" | "yours" | "yourself" | "u" | "ur" => {
            return None;
        }
        _ => word.raw,
    };
    Some(format!("{}{told}{}", word.lead, word.tail))
}
