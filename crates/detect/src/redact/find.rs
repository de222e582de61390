//! Finds what is private by its form.

use std::sync::LazyLock;

use regex::{Regex, RegexBuilder};

use super::Kind;
use super::digits::{is_card, is_iban};

/// The fewest characters of a name or a term: a shorter one stands in half of all words.
const WORD_CHARS_MIN: usize = 2;
/// How many names and terms one text is searched for.
const WORDS_MAX: usize = 500;
/// The longest name or term, in characters.
const WORD_CHARS_MAX: usize = 200;
/// The fewest and the most digits of a telephone number (E.164 has at most 15).
const PHONE_DIGITS: std::ops::RangeInclusive<usize> = 8..=15;

/// A stretch of a text that is private.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// What it is.
    pub kind: Kind,
}

/// Words that are private because somebody says so.
#[derive(Debug, Clone, Default)]
pub struct Private {
    names: Option<Regex>,
    terms: Option<Regex>,
}

impl Private {
    /// The customers' names and the workspace's terms, whatever their case. The parts of
    /// a name count by themselves. Those shorter than two characters are left out.
    pub fn new<'a>(
        names: impl IntoIterator<Item = &'a str>,
        terms: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        let parts = names.into_iter().flat_map(|name| {
            let name = name.trim();
            std::iter::once(name).chain(name.split_whitespace())
        });
        Self {
            names: any_of(parts),
            terms: any_of(terms),
        }
    }
}

/// Any of these words as a whole, the longest first; `None` if there is none.
fn any_of<'a>(words: impl IntoIterator<Item = &'a str>) -> Option<Regex> {
    let mut words: Vec<&str> = words
        .into_iter()
        .map(str::trim)
        .filter(|word| (WORD_CHARS_MIN..=WORD_CHARS_MAX).contains(&word.chars().count()))
        .take(WORDS_MAX)
        .collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    words.dedup();
    let escaped: Vec<String> = words.iter().map(|word| whole(word)).collect();
    let pattern = format!("(?:{})", escaped.join("|"));
    // Escaped words are always a pattern; one that grows too large hides nothing, and
    // its bounds above see to it that it does not.
    let built = RegexBuilder::new(&pattern).case_insensitive(true).build();
    built.ok().filter(|_| !words.is_empty())
}

/// The pattern of a word that is no part of a longer one.
fn whole(word: &str) -> String {
    let edge = |at: Option<char>| match at {
        Some(it) if it.is_alphanumeric() || it == '_' => r"\b",
        _ => "",
    };
    let (before, after) = (edge(word.chars().next()), edge(word.chars().next_back()));
    format!("{before}{}{after}", regex::escape(word))
}

#[expect(
    clippy::expect_used,
    reason = "the patterns are literals, and every test compiles all of them"
)]
fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a literal pattern")
}

struct Patterns {
    pem: Regex,
    token: Regex,
    announced: Regex,
    email: Regex,
    iban: Regex,
    digits: Regex,
    phone: Regex,
    phone_announced: Regex,
    mark: Regex,
}

static PATTERNS: LazyLock<Patterns> = LazyLock::new(|| Patterns {
    pem: pattern(
        r"(?s)-----BEGIN [A-Z0-9 ]*PRIVATE KEY(?: BLOCK)?-----.*?(?:-----END [A-Z0-9 ]*-----|\z)",
    ),
    // Prefixes by which their issuers make them known, so that they can be found.
    token: pattern(concat!(
        r"(?-u:\b)(?:eyJ[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]{8,}\.[A-Za-z0-9_-]*",
        r"|(?:sk|pk|rk)[-_](?:live|test|proj|ant|svcacct|or)[-_][A-Za-z0-9_-]{8,}|sk-[A-Za-z0-9_-]{16,}",
        r"|gh[pousr]_[A-Za-z0-9]{20,}|github_pat_[A-Za-z0-9_]{20,}|gl(?:pat|dt|rt|cbt|ptt|ft|soat)-[A-Za-z0-9_-]{16,}",
        r"|xox[abceoprs]-[A-Za-z0-9-]{10,}|xapp-[A-Za-z0-9-]{10,}",
        r"|(?:AKIA|ASIA|AROA|AIDA|AGPA|ANPA)[A-Z0-9]{16}|AIza[A-Za-z0-9_-]{30,}|ya29\.[A-Za-z0-9_-]{16,}",
        r"|GOCSPX-[A-Za-z0-9_-]{16,}|SG\.[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}|key-[0-9a-f]{32}",
        r"|(?:npm|hf|r8|gsk|sgk?|sgi|whsec|lin_api|rnd|glsa|phc|phx|sntrys|ntn|shpat|shpss|shpca|shppa|dop_v1|doo_v1|rdme|figd|cfut|vercel|dckr_pat)_[A-Za-z0-9][A-Za-z0-9_=-]{19,}",
        r"|(?:pplx|nvapi|tvly|xkeysib)-[A-Za-z0-9][A-Za-z0-9_-]{19,}|hv[sb]\.[A-Za-z0-9_-]{20,}|dp\.pt\.[A-Za-z0-9]{20,}|ATATT[A-Za-z0-9_=-]{20,}",
        r"|pypi-[A-Za-z0-9_-]{32,}|PMAK-[A-Za-z0-9-]{24,}|AC[0-9a-f]{32}|[0-9]{8,10}:AA[A-Za-z0-9_-]{32,})",
    )),
    announced: pattern(concat!(
        r"(?i)(?-u:\b)(pass ?word|passwort|passcode|kennwort|pwd|contraseña|mot de passe",
        r"|(?:api|access|secret|auth|private|client)[ _-]?(?:key|token|secret)|bearer|pin(?: code)?|cvv|cvc)",
        r#"(?: (?:is|was|ist|lautet|es|est))?\s?[:=]?\s?["'“„`]?([^\s"'“”„`,;]{3,})"#,
    )),
    email: pattern(r"(?i)[\p{L}0-9._%+'-]+@[\p{L}0-9-]+(?:\.[\p{L}0-9-]+)*\.\p{L}{2,}"),
    iban: pattern(r"(?i)(?-u:\b)[A-Z]{2}[0-9]{2}(?:[ -]?[A-Z0-9]){11,30}"),
    digits: pattern(r"[0-9](?:[ .\u{00A0}\u{2009}\u{202F}-]?[0-9]){12,18}"),
    phone: pattern(concat!(
        r"(?:\+|(?-u:\b)00)[1-9](?:[ ()./\u{00A0}-]{0,3}[0-9]){7,13}",
        r"|(?:(?-u:\b)1[ .-]?)?(?:\([2-9][0-9]{2}\) ?|(?-u:\b)[2-9][0-9]{2}[ .-])[2-9][0-9]{2}[ .-][0-9]{4}(?-u:\b)",
        r"|\(0[0-9]{1,5}\)(?:[ /-]{0,3}[0-9]){5,9}",
        r"|(?-u:\b)0[1-9][0-9]{1,4}(?:[ ]?[/-][ ]?|[ ])[0-9]{2,4}(?:[ -]?[0-9]{1,4}){1,4}(?-u:\b)",
    )),
    phone_announced: pattern(concat!(
        r"(?i)(?-u:\b)(?:phone|telephone|tel|telefon|telefonnummer|mobile?|cell|handy|handynummer|whatsapp|fax",
        r"|call(?: me)?(?: back)?(?: at| on)?|reach me (?:at|on)|text me (?:at|on)|ruf(?:en sie)?(?: mich)?(?: an)?(?: unter)?|erreichbar unter)",
        r"(?: ?(?:number|no\.?|nr\.?|nummer))?(?: (?:is|ist|lautet|unter))?[ .:=#]{0,3}(\+?[0-9](?:[ ()./\u{00A0}-]{0,2}[0-9]){6,14})",
    )),
    mark: pattern(r"\[(CARD|SECRET|IBAN|EMAIL|PHONE|NAME|TERM)_([0-9]{1,4})\]"),
});

/// What is private in a text, in reading order, without overlaps. Of two that overlap
/// the more particular kind is kept.
pub fn find(text: &str, private: &Private) -> Vec<Span> {
    let all = &*PATTERNS;
    let mut spans = Vec::new();
    let mut add = |start: usize, end: usize, kind: Kind| push(&mut spans, start, end, kind);
    for hit in all.pem.find_iter(text) {
        add(hit.start(), hit.end(), Kind::Secret);
    }
    for hit in all.token.find_iter(text) {
        add(hit.start(), hit.end(), Kind::Secret);
    }
    for hit in all.announced.captures_iter(text) {
        let (Some(word), Some(value)) = (hit.get(1), hit.get(2)) else {
            continue;
        };
        let trimmed = value.as_str().trim_end_matches(['.', '!', '?', ')', ':']);
        if is_secret(word.as_str(), trimmed) {
            add(value.start(), value.start() + trimmed.len(), Kind::Secret);
        }
    }
    for hit in all.email.find_iter(text) {
        add(hit.start(), hit.end(), Kind::Email);
    }
    numbers(text, &mut add);
    for (words, kind) in [(&private.terms, Kind::Term), (&private.names, Kind::Name)] {
        for hit in words.iter().flat_map(|words| words.find_iter(text)) {
            add(hit.start(), hit.end(), kind);
        }
    }
    spans.sort_by_key(|span| span.start);
    spans
}

fn push(spans: &mut Vec<Span>, start: usize, end: usize, kind: Kind) {
    let is_taken = spans
        .iter()
        .any(|other| start < other.end && other.start < end);
    if !is_taken && start < end {
        spans.push(Span { start, end, kind });
    }
}

fn numbers(text: &str, add: &mut impl FnMut(usize, usize, Kind)) {
    let all = &*PATTERNS;
    for hit in all.iban.find_iter(text) {
        // Words may follow without a mark between: the longest beginning that checks.
        if let Some(length) = longest(hit.as_str(), is_iban) {
            add(hit.start(), hit.start() + length, Kind::Iban);
        }
    }
    for hit in all.digits.find_iter(text).filter(|hit| is_apart(text, hit)) {
        if let Some(length) = longest(hit.as_str(), is_card) {
            add(hit.start(), hit.start() + length, Kind::Card);
        }
    }
    let announced = all.phone_announced.captures_iter(text);
    for value in announced.filter_map(|it| it.get(1)) {
        if PHONE_DIGITS.contains(&(digit_count(value.as_str()) + 1)) {
            add(value.start(), value.end(), Kind::Phone);
        }
    }
    for hit in all.phone.find_iter(text).filter(|hit| is_apart(text, hit)) {
        if PHONE_DIGITS.contains(&digit_count(hit.as_str())) {
            add(hit.start(), hit.end(), Kind::Phone);
        }
    }
}

/// The length of the longest beginning that ends with a letter or digit and whose
/// letters and digits check.
fn longest(text: &str, checks: fn(&str) -> bool) -> Option<usize> {
    let plain =
        |text: &str| -> String { text.chars().filter(char::is_ascii_alphanumeric).collect() };
    let mut end = text.len();
    while end >= 13 {
        let head = text.get(..end).unwrap_or_default();
        let next = text.get(end..).and_then(|rest| rest.chars().next());
        let is_edge = !next.is_some_and(|it| it.is_ascii_alphanumeric());
        if is_edge && head.ends_with(|it: char| it.is_ascii_alphanumeric()) && checks(&plain(head))
        {
            return Some(end);
        }
        end = head.char_indices().next_back().map_or(0, |(at, _)| at);
    }
    None
}

/// Whether a number is no part of a longer one or of a word, an id or a path.
fn is_apart(text: &str, hit: &regex::Match<'_>) -> bool {
    let before = text
        .get(..hit.start())
        .and_then(|it| it.chars().next_back());
    let after = text.get(hit.end()..).unwrap_or_default();
    let mut after = after.chars();
    let (next, then) = (after.next(), after.next());
    let is_part = |it: char| it.is_alphanumeric() || matches!(it, '_' | '#' | '/' | '-' | '=');
    let goes_on = match next {
        Some('-' | '.' | '/') => then.is_some_and(|it| it.is_ascii_digit()),
        Some(it) => it.is_alphanumeric() || it == '_',
        None => false,
    };
    !before.is_some_and(is_part) && !goes_on
}

fn digit_count(text: &str) -> usize {
    text.bytes().filter(u8::is_ascii_digit).count()
}

/// The shortest key that no prefix makes known, in bytes: "the access token 401" names
/// a status.
const KEY_BYTES_MIN: usize = 8;

/// Whether what follows "my password is" is one: "my password is wrong" tells none.
fn is_secret(word: &str, value: &str) -> bool {
    let has = |is: fn(char) -> bool| value.contains(is);
    let has_digit = has(|it| it.is_ascii_digit());
    let has_sign = has(|it| !it.is_alphanumeric() && !"'’-/.".contains(it));
    let is_mark = value.starts_with('[') || value.starts_with("http");
    let is_key = ["key", "token", "secret", "bearer"]
        .iter()
        .any(|key| word.to_lowercase().ends_with(key));
    let fits = value.len() >= if is_key { KEY_BYTES_MIN } else { 3 };
    !is_mark && fits && (has_digit || (has_sign && value.len() >= 6))
}

/// The marks that a text holds already, with their numbers.
pub(super) fn marks(text: &str) -> impl Iterator<Item = (Kind, u32)> {
    PATTERNS.mark.captures_iter(text).filter_map(|hit| {
        let word = hit.get(1)?.as_str();
        let kind = Kind::ALL.iter().find(|kind| kind.word() == word)?;
        Some((*kind, hit.get(2)?.as_str().parse().ok()?))
    })
}
