//! Word lists for English support questions: stop words, and phrases that are
//! one word. General English of the domain. Which questions were looked at while
//! they were written is said in docs/ASSISTANT.md.

use super::stem::stem;

/// Words that say nothing about the subject, sorted. Words of asking
/// ("how do I", "please tell me") are among them.
#[rustfmt::skip]
const STOP_WORDS: &[&str] = &[
    "a", "about", "actually", "after", "again", "all", "already", "also", "always", "am", "an",
    "and", "another", "any", "anyone", "anything", "are", "arent", "as", "at", "be", "because",
    "been", "before", "being", "but", "by", "can", "cannot", "cant", "could", "couldnt", "did",
    "didnt", "do", "does", "doesnt", "doing", "done", "dont", "each", "else", "even", "ever",
    "every", "exactly", "explain", "for", "from", "get", "gets", "getting", "give", "go", "going",
    "gonna", "got", "had", "has", "have", "havent", "having", "he", "hello", "help", "her",
    "here", "hey", "hi", "him", "his", "how", "however", "i", "id", "if", "ill", "im", "in",
    "into", "is", "isnt", "it", "its", "ive", "just", "know", "let", "like", "look", "may",
    "maybe", "me", "might", "mine", "more", "most", "much", "must", "my", "need", "needs", "no",
    "not", "now", "of", "off", "ok", "okay", "on", "once", "one", "only", "or", "other", "our",
    "out", "over", "own", "please", "possible", "really", "say", "see", "shall", "she", "should",
    "so", "some", "somehow", "someone", "something", "still", "such", "take", "tell", "than",
    "thanks", "that", "thats", "the", "their", "them", "then", "there", "these", "they", "thing",
    "things", "this", "those", "to", "too", "trying", "u", "under", "until", "up", "us", "very", "want", "wanted", "wants", "was", "way", "we", "were", "what",
    "whats", "when", "where", "which", "while", "who", "whom", "whose", "why", "will", "wish",
    "with", "within", "without", "wont", "would", "yes", "yet", "you", "your", "yours",
];

/// Words that say little: common verbs, times and amounts, sorted. They count, but less.
#[rustfmt::skip]
const LIGHT_WORDS: &[&str] = &[
    "able", "already", "anymore", "ask", "asked", "asking", "back", "bad", "become", "between",
    "big", "bring", "came", "come", "day", "days", "different", "directly", "during", "everyone",
    "everything", "example", "few", "find", "first", "full", "good", "half", "happen", "happens",
    "hold", "hour", "hours", "hundred", "idea", "instead", "keep", "keeps", "kind", "last",
    "later", "leave", "left", "less", "little", "long", "look", "looking", "low", "mean", "means",
    "minute", "minutes", "month", "months", "move", "near", "never", "new", "next", "nobody",
    "normally", "nothing", "number", "often", "old", "open", "part", "people", "person", "place",
    "problem", "put", "question", "ready", "reason", "right", "run", "said", "same", "saying",
    "says", "seem", "set", "short", "show", "simply", "since", "sit", "sitting", "soon", "start",
    "stay", "straight", "stuff", "sure", "ten", "thing", "think", "thousand", "three", "time",
    "today", "together", "told", "tomorrow", "try", "turn", "two", "use", "used", "uses", "using", "usually", "week", "weeks",
    "while", "whole", "without", "work", "working", "works", "year", "years", "yesterday",
];

/// Whether a lower-case word says little.
pub(super) fn is_light_word(word: &str) -> bool {
    LIGHT_WORDS.binary_search(&word).is_ok()
}

/// Whether a lower-case word is a stop word.
pub(super) fn is_stop_word(word: &str) -> bool {
    STOP_WORDS.binary_search(&word).is_ok()
}

/// Phrases that are one term, by the stems of their words, and that term.
/// Before stop words are dropped: "log in" would lose its "in".
const PHRASES: &[(&[&str], &str)] = &[
    (&["sign", "in"], "login"),
    (&["log", "in"], "login"),
    (&["log", "on"], "login"),
    (&["signin"], "login"),
    (&["logon"], "login"),
    (&["sign", "out"], "logout"),
    (&["log", "out"], "logout"),
    (&["sign", "up"], "signup"),
    (&["pick", "up"], "pickup"),
    (&["top", "up"], "topup"),
    (&["set", "up"], "setup"),
    (&["e", "mail"], "email"),
    (&["web", "hook"], "webhook"),
    (&["time", "out"], "timeout"),
    (&["two", "factor"], "twofactor"),
    (&["2", "factor"], "twofactor"),
    (&["two", "step"], "twofactor"),
    (&["2fa"], "twofactor"),
    (&["mfa"], "twofactor"),
    (&["post", "code"], "postcode"),
    (&["zip", "code"], "postcode"),
    (&["zip"], "postcode"),
    (&["money", "back"], "refund"),
    (&["lock", "out"], "lock"),
    (&["turn", "off"], "disable"),
    (&["switch", "off"], "disable"),
    (&["turn", "on"], "enable"),
    (&["switch", "on"], "enable"),
    (&["check", "out"], "checkout"),
    (&["go", "through"], "succeed"),
    (&["real", "time"], "realtime"),
    (&["use", "case"], "usage"),
    (&["can", "do"], "usage"),
    (&["hand", "over"], "handover"),
    (&["take", "over"], "handover"),
    (&["e", "commerce"], "ecommerce"),
    (&["live", "agent"], "human"),
    (&["real", "person"], "human"),
];

/// The phrase the words begin with: its term and how many words it takes.
pub(super) fn phrase(words: &[String]) -> Option<(&'static str, usize)> {
    PHRASES.iter().find_map(|(parts, term)| {
        let here = words.get(..parts.len())?;
        let fits = here.iter().zip(*parts).all(|(word, part)| {
            word == part
                || (word.len() > part.len() && word.starts_with(part) && stem(word) == stem(part))
        });
        fits.then_some((*term, parts.len()))
    })
}
