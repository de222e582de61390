//! Plain work on text: cleaning, folding, sentences, clipping, quoting.

/// How much of one turn is read, in bytes; what is longer is a paste, and its
/// beginning says what it is about.
const READ_BYTES_MAX: usize = 4 * 1024;
/// How many sentences of one turn are read.
const SENTENCES_MAX: usize = 40;
/// The longest piece that is quoted, in words; with its lead it stays within the
/// limit of a core intent.
pub(super) const PIECE_WORDS_MAX: usize = 27;
/// The longest piece in characters, for scripts that put no spaces between words.
const PIECE_CHARS_MAX: usize = 240;

/// A stretch of a turn's text: a sentence, or part of one that is too long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Piece {
    /// First byte in the turn's text.
    pub start: usize,
    /// The byte after it.
    pub end: usize,
    /// Whether the sentence began before it.
    pub is_cut_before: bool,
    /// Whether the sentence goes on after it.
    pub is_cut_after: bool,
}

/// The part of a text that is read.
pub(super) fn head(text: &str) -> &str {
    let mut end = text.len().min(READ_BYTES_MAX);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.get(..end).unwrap_or_default()
}

/// One line without controls, invisible marks and runs of spaces. Direction marks
/// go because quoted text must not change how the words around it read.
pub(super) fn clean(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for character in text.chars() {
        if character.is_whitespace() {
            if !line.is_empty() && !line.ends_with(' ') {
                line.push(' ');
            }
        } else if !is_invisible(character) {
            line.push(character);
        }
    }
    line.truncate(line.trim_end().len());
    line
}

fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}'
            | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{00AD}' | '\u{E0000}'..='\u{E007F}')
}

/// The form that words are compared in: folded words with one space between and
/// around them, so that a phrase is found by `contains(" phrase ")`.
pub(super) fn flat(text: &str) -> String {
    let mut flat = String::with_capacity(text.len() + 2);
    flat.push(' ');
    let mut is_apart = true;
    for character in text.chars() {
        // Most letters are plain, and every packet folds every turn.
        let folded = match character.is_ascii_alphanumeric() {
            true => Folded::One(character),
            false => fold(character),
        };
        match folded {
            Folded::Apart if is_apart => {}
            Folded::Apart => flat.push(' '),
            Folded::One(folded) if folded.is_ascii() => flat.push(folded.to_ascii_lowercase()),
            Folded::One(folded) => flat.extend(folded.to_lowercase()),
            Folded::Two(folded) => flat.push_str(folded),
            Folded::Nothing => continue,
        }
        is_apart = matches!(folded, Folded::Apart);
    }
    if !is_apart {
        flat.push(' ');
    }
    flat
}

#[derive(Clone, Copy)]
enum Folded {
    Nothing,
    Apart,
    One(char),
    Two(&'static str),
}

fn fold(character: char) -> Folded {
    match character {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '_' => Folded::One(character),
        '\'' | '\u{2018}' | '\u{2019}' | '\u{02BC}' | '\u{00B4}' | '`' => Folded::Nothing,
        'ß' | 'ẞ' => Folded::Two("ss"),
        'æ' | 'Æ' => Folded::Two("ae"),
        'œ' | 'Œ' => Folded::Two("oe"),
        'à'..='å' | 'À'..='Å' => Folded::One('a'),
        'è'..='ë' | 'È'..='Ë' => Folded::One('e'),
        'ì'..='ï' | 'Ì'..='Ï' => Folded::One('i'),
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' => Folded::One('o'),
        'ù'..='ü' | 'Ù'..='Ü' => Folded::One('u'),
        'ç' | 'Ç' => Folded::One('c'),
        'ñ' | 'Ñ' => Folded::One('n'),
        _ if is_invisible(character) || matches!(character, '\u{0300}'..='\u{036F}') => {
            Folded::Nothing
        }
        _ => {
            let plain = plain_width(character);
            if plain.is_alphanumeric() {
                Folded::One(plain)
            } else {
                Folded::Apart
            }
        }
    }
}

/// Full-width letters and the digits of other scripts as plain ASCII.
pub(super) fn plain_width(character: char) -> char {
    let code = u32::from(character);
    let digit = |zero: u32| char::from_digit(code - zero, 10).unwrap_or(character);
    match code {
        0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(character),
        0x0660..=0x0669 => digit(0x0660),
        0x06F0..=0x06F9 => digit(0x06F0),
        0x0966..=0x096F => digit(0x0966),
        _ => character,
    }
}

/// The sentences of a text, the long ones in pieces.
pub(super) fn pieces(text: &str) -> Vec<Piece> {
    let text = head(text);
    let mut pieces = Vec::new();
    let mut start = 0;
    let mut characters = text.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let after = at + character.len_utf8();
        let next = characters.peek().map(|(_, next)| *next);
        let (before, rest) = (text.get(start..at), text.get(after..));
        if is_end(
            (before.unwrap_or_default(), rest.unwrap_or_default()),
            character,
            next,
        ) {
            push_piece(text, start, after, &mut pieces);
            start = after;
        }
        if pieces.len() >= SENTENCES_MAX {
            return pieces;
        }
    }
    push_piece(text, start, text.len(), &mut pieces);
    pieces
}

/// The sentences of a line as they stand, however long they are.
pub(super) fn whole_sentences(line: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut start = 0;
    let mut characters = line.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let after = at + character.len_utf8();
        let next = characters.peek().map(|(_, next)| *next);
        let before = line.get(start..at).unwrap_or_default();
        let rest = line.get(after..).unwrap_or_default();
        if is_end((before, rest), character, next) {
            sentences.push(line.get(start..after).unwrap_or_default());
            start = after;
        }
    }
    sentences.push(line.get(start..).unwrap_or_default());
    sentences.retain(|sentence| sentence.chars().any(char::is_alphanumeric));
    sentences.into_iter().map(str::trim).collect()
}

/// Words before a full stop that do not end a sentence.
const ABBREVIATIONS: &[&str] = &[
    "no", "nr", "e.g", "i.e", "mr", "mrs", "ms", "dr", "z.b", "approx", "vs", "etc", "st", "bzw",
    "ca",
];

fn is_end((before, rest): (&str, &str), character: char, next: Option<char>) -> bool {
    match character {
        '\n' | '\r' | '。' | '！' | '？' | '…' => true,
        '!' | '?' => next.is_none_or(|next| !matches!(next, '!' | '?' | '.' | '"' | '”' | ')')),
        '.' => {
            let word = before
                .rsplit(|it: char| it.is_whitespace())
                .next()
                .unwrap_or_default();
            let is_abbreviation = ABBREVIATIONS
                .iter()
                .any(|known| word.eq_ignore_ascii_case(known));
            let is_ordinal = (1..=2).contains(&word.len())
                && word.bytes().all(|byte| byte.is_ascii_digit())
                && is_month(rest);
            next.is_none_or(char::is_whitespace) && !is_abbreviation && !is_ordinal
        }
        _ => false,
    }
}

/// The German months, behind whose day stands a full stop.
const MONTHS: &[&str] = &[
    "januar",
    "jänner",
    "februar",
    "märz",
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

fn is_month(rest: &str) -> bool {
    let word: String = rest
        .trim_start()
        .chars()
        .take_while(|it| it.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    MONTHS.contains(&word.as_str())
}

fn push_piece(text: &str, start: usize, end: usize, pieces: &mut Vec<Piece>) {
    let raw = text.get(start..end).unwrap_or_default();
    let start = start + (raw.len() - raw.trim_start().len());
    let end = (start + raw.trim().len()).min(text.len());
    if !raw.chars().any(char::is_alphanumeric) {
        return;
    }
    let mut from = start;
    while let Some(cut) = first_cut(text.get(from..end).unwrap_or_default()) {
        pieces.push(Piece {
            start: from,
            end: from + cut,
            is_cut_before: from > start,
            is_cut_after: true,
        });
        from += cut;
        if pieces.len() >= SENTENCES_MAX {
            return;
        }
    }
    pieces.push(Piece {
        start: from,
        end,
        is_cut_before: from > start,
        is_cut_after: false,
    });
}

/// Where to cut a sentence that is too long: at the last clause that still fits,
/// else between words, else between characters. `None` if it fits.
fn first_cut(text: &str) -> Option<usize> {
    let (mut words, mut characters) = (0, 0);
    let (mut clause, mut word) = (None, None);
    let mut was_space = true;
    for (at, character) in text.char_indices() {
        characters += 1;
        if was_space && !character.is_whitespace() {
            words += 1;
            if begins_clause(text.get(at..).unwrap_or_default()) && words > 5 {
                clause = Some(at);
            }
            if words > 1 && words <= PIECE_WORDS_MAX {
                word = Some(at);
            }
        }
        was_space = character.is_whitespace();
        if words > PIECE_WORDS_MAX || characters > PIECE_CHARS_MAX {
            return clause.or(word).or(Some(at)).filter(|cut| *cut > 0);
        }
        if matches!(character, ',' | ';' | ':' | '–' | '—') && words > 5 {
            clause = Some(at + character.len_utf8());
        }
    }
    None
}

fn begins_clause(rest: &str) -> bool {
    [
        "and ", "but ", "so ", "because ", "und ", "aber ", "weil ", "which ",
    ]
    .iter()
    .any(|word| {
        rest.get(..word.len())
            .is_some_and(|it| it.eq_ignore_ascii_case(word))
    })
}

/// How many words a text has.
pub(super) fn word_count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// The first words of a text; what is cut is marked.
pub(super) fn clip_words(text: &str, words_max: usize) -> String {
    let words: Vec<&str> = text.split_whitespace().take(words_max + 1).collect();
    if words.len() <= words_max && text.chars().count() <= PIECE_CHARS_MAX {
        return text.to_owned();
    }
    let kept = words
        .get(..words_max.min(words.len()))
        .unwrap_or_default()
        .join(" ");
    let kept: String = kept.chars().take(PIECE_CHARS_MAX - 1).collect();
    format!("{}…", kept.trim_end_matches([' ', ',', ';', ':', '.', '…']))
}

/// A text of at most this many characters, cut between words where that keeps
/// most of it.
pub(super) fn clip_chars(text: &str, chars_max: usize) -> String {
    if text.chars().count() <= chars_max {
        return text.to_owned();
    }
    let kept: String = text.chars().take(chars_max.saturating_sub(1)).collect();
    let at_word = kept
        .rfind(' ')
        .filter(|at| *at * 2 > kept.len())
        .unwrap_or(kept.len());
    let kept = kept.get(..at_word).unwrap_or(&kept);
    format!("{}…", kept.trim_end_matches([' ', ',', ';', ':', '.', '…']))
}

/// A text in quotation marks; marks within become single ones.
pub(super) fn quote(text: &str) -> String {
    let inner = text.replace(['"', '“', '”', '„', '«', '»'], "'");
    format!("“{}”", inner.trim())
}

/// A text that ends as a sentence does.
pub(super) fn ended(text: &str) -> String {
    let text = text.trim_end();
    match text.chars().last() {
        Some('.' | '!' | '?' | '…') => text.to_owned(),
        _ => format!("{}.", text.trim_end_matches([',', ';', ':'])),
    }
}

/// A text with a capital at its beginning.
pub(super) fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters).collect(),
        None => String::new(),
    }
}

/// A folded word without its commonest endings.
pub(super) fn stem(word: &str) -> &str {
    let cut = match word.as_bytes() {
        [.., b'i', b'n', b'g'] if word.len() > 6 => 3,
        [.., b'e', b'd' | b's' | b'n'] if word.len() > 5 => 2,
        [.., b's' | b'e'] if word.len() > 4 => 1,
        _ => 0,
    };
    word.get(..word.len() - cut).unwrap_or(word)
}

/// A quotation that ends a sentence.
pub(super) fn ended_quote(text: &str) -> String {
    let quoted = quote(text);
    if text.ends_with(['.', '!', '?', '…']) {
        quoted
    } else {
        format!("{quoted}.")
    }
}
