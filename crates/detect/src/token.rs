//! Words of a turn: where each stands, in which sentence, and whether it is
//! the customer's own or quoted.

use crate::fold::Folded;
use crate::vocabulary::{Vocabulary, WordId};

/// How many words of one turn are looked at: all that fit into the window of
/// 16 KiB, since a wish for a person may be the last sentence of a long paste.
pub(crate) const TOKENS_MAX: usize = 8 * 1024;

/// One word.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Token {
    /// First byte in the folded text.
    pub start: u32,
    /// The byte after it in the folded text.
    pub end: u32,
    /// Its number in the vocabulary.
    pub word: WordId,
    /// In which sentence it stands, from 0.
    pub sentence: u16,
    /// Whether a comma, colon or bracket stands right before it.
    pub is_after_comma: bool,
    /// Whether it stands in quotation marks or in a quoted line.
    pub is_quoted: bool,
    /// Whether it is written in capitals alone.
    pub is_caps: bool,
}

/// The words of a turn.
pub(crate) struct Tokens {
    /// In order.
    pub list: Vec<Token>,
    /// Bit `n` is set if sentence `n` ends with a question mark (first 64).
    questions: u64,
    /// How many exclamation marks there are.
    pub exclamations: u32,
}

impl Tokens {
    /// Cuts a folded text into words.
    pub fn new(folded: &Folded, original: &str, vocabulary: &Vocabulary) -> Self {
        let text = folded.text.as_str();
        let mut cutter = Cutter {
            text,
            original,
            folded,
            vocabulary,
            tokens: Self::empty(),
            sentence: 0,
            is_after_comma: false,
        };
        cutter.run();
        let mut tokens = cutter.tokens;
        mark_quotes(text, &mut tokens.list);
        tokens
    }

    /// Whether a sentence is a question.
    pub fn is_question(&self, sentence: u16) -> bool {
        sentence < 64 && self.questions & (1 << sentence) != 0
    }

    fn empty() -> Self {
        Self {
            list: Vec::with_capacity(32),
            questions: 0,
            exclamations: 0,
        }
    }
}

struct Cutter<'a> {
    text: &'a str,
    original: &'a str,
    folded: &'a Folded,
    vocabulary: &'a Vocabulary,
    tokens: Tokens,
    sentence: u16,
    is_after_comma: bool,
}

impl Cutter<'_> {
    fn run(&mut self) {
        let mut word_start = None;
        let mut characters = self.text.char_indices().peekable();
        while let Some((at, character)) = characters.next() {
            let next = characters.peek().map(|(_, next)| *next);
            if is_word_character(character) {
                word_start.get_or_insert(at);
                continue;
            }
            if let Some(start) = word_start {
                if stays_in_word(character, next, self.text.get(start..at).unwrap_or("")) {
                    continue;
                }
                self.push(start, at);
                word_start = None;
            }
            self.punctuate(at, character, next);
            if self.tokens.list.len() >= TOKENS_MAX {
                return;
            }
        }
        if let Some(start) = word_start {
            self.push(start, self.text.len());
        }
    }

    fn punctuate(&mut self, at: usize, character: char, next: Option<char>) {
        match character {
            // "3. Mai" is a day.
            '.' if self.is_day(at) => {}
            '?' | '!' | ';' | '\n' | '。' => self.end_sentence(character),
            '.' if next.is_none_or(char::is_whitespace) || next == Some('.') => {
                self.end_sentence('.')
            }
            ',' | ':' | '(' | ')' | '…' | '、' => self.is_after_comma = true,
            _ => {}
        }
    }

    /// Whether the full stop at this place stands behind the day of a German date.
    fn is_day(&self, at: usize) -> bool {
        const MONTHS: &[&str] = &[
            "januar",
            "janner",
            "februar",
            "marz",
            "april",
            "mai",
            "juni",
            "juli",
            "august",
            "september",
            "oktober",
            "november",
            "dezember",
        ];
        let before = self.text.get(..at).unwrap_or_default();
        let word = before.rsplit(' ').next().unwrap_or_default();
        let is_number =
            (1..=2).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_digit());
        is_number && {
            let rest = self.text.get(at + 1..).unwrap_or_default().trim_start();
            let end = rest
                .find(|it: char| !it.is_alphabetic())
                .unwrap_or(rest.len());
            MONTHS.contains(&rest.get(..end).unwrap_or_default())
        }
    }

    fn end_sentence(&mut self, mark: char) {
        self.tokens.exclamations += u32::from(mark == '!');
        let Some(last) = self.tokens.list.last() else {
            return;
        };
        if mark == '?' && last.sentence < 64 {
            self.tokens.questions |= 1 << last.sentence;
        }
        self.sentence = last.sentence.saturating_add(1);
    }

    fn push(&mut self, start: usize, end: usize) {
        let Some(word) = self.text.get(start..end) else {
            return;
        };
        let has_apostrophe = word.contains('\'');
        let id = if has_apostrophe {
            self.vocabulary.find(&word.replace('\'', ""))
        } else {
            self.vocabulary.find(word)
        };
        let (from, to) = self.folded.original_span(start, end);
        let written = self.original.get(from as usize..to as usize).unwrap_or("");
        let is_caps = written.len() > 1
            && written.bytes().any(|byte| byte.is_ascii_uppercase())
            && !written.bytes().any(|byte| byte.is_ascii_lowercase());
        self.tokens.list.push(Token {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
            word: id,
            sentence: self.sentence,
            is_after_comma: std::mem::take(&mut self.is_after_comma),
            is_quoted: false,
            is_caps,
        });
    }
}

fn is_word_character(character: char) -> bool {
    character.is_ascii_alphanumeric()
        || character == '_'
        || (!character.is_ascii() && character.is_alphanumeric())
}

/// An apostrophe joins ("don't" is one word) but after the elisions of French
/// and Italian ("j'ai", "l'account"), where it parts. A dot or comma joins digits.
fn stays_in_word(character: char, next: Option<char>, so_far: &str) -> bool {
    const ELISIONS: &[&str] = &[
        "l", "d", "j", "n", "qu", "c", "s", "m", "t", "un", "dell", "all", "nell", "sull",
    ];
    match character {
        '\'' => next.is_some_and(char::is_alphabetic) && !ELISIONS.contains(&so_far),
        '.' | ',' => {
            next.is_some_and(|next| next.is_ascii_digit())
                && so_far.ends_with(|last: char| last.is_ascii_digit())
        }
        _ => false,
    }
}

/// Marks words in closed quotation marks and in lines that begin with `>`,
/// unless the whole turn is quoted: then it is the customer's own.
fn mark_quotes(text: &str, tokens: &mut [Token]) {
    let bytes = text.as_bytes();
    if !bytes
        .iter()
        .any(|byte| matches!(byte, b'"' | b'\'' | b'`' | b'>'))
    {
        return;
    }
    let mut spans = quoted_spans(bytes);
    spans.sort_unstable();
    let is_inside = |token: &Token| {
        let start = token.start as usize;
        let begun = spans.partition_point(|(from, _)| *from <= start);
        // Quotation marks do not nest here, but may lie inside a quoted line.
        let mut candidates = spans.iter().take(begun).rev().take(2);
        candidates.any(|(_, to)| start < *to)
    };
    if tokens.iter().all(is_inside) {
        return;
    }
    for token in tokens {
        token.is_quoted = is_inside(token);
    }
}

fn quoted_spans(bytes: &[u8]) -> Vec<(usize, usize)> {
    let is_word = |at: Option<usize>| {
        at.and_then(|at| bytes.get(at))
            .is_some_and(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())
    };
    let mut spans = Vec::new();
    let mut open: Option<(usize, u8)> = None;
    let mut is_line_start = true;
    let mut quoted_line = None;
    for (at, byte) in bytes.iter().copied().enumerate() {
        match byte {
            b'\n' => {
                spans.extend(quoted_line.take().map(|start| (start, at)));
                is_line_start = true;
                continue;
            }
            b'>' if is_line_start => quoted_line = Some(at),
            b'"' | b'`' | b'\'' => match open {
                Some((start, mark))
                    if mark == byte && (byte != b'\'' || !is_word(Some(at + 1))) =>
                {
                    spans.push((start, at));
                    open = None;
                }
                None if byte != b'\'' || (!is_word(at.checked_sub(1)) && is_word(Some(at + 1))) => {
                    open = Some((at, byte));
                }
                _ => {}
            },
            _ => {}
        }
        is_line_start &= byte == b' ';
    }
    spans.extend(quoted_line.map(|start| (start, bytes.len())));
    spans
}
