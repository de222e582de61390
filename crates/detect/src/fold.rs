//! Folding: the one form of a text that all matching works on.
//!
//! NFKC-like compatibility decomposition, lower case, marks and invisible
//! characters dropped, typographic quotes and dashes made plain. Dropping the
//! marks makes Latin-script languages ASCII, so one set of ASCII patterns
//! serves "Rückerstattung" and "Ruckerstattung" alike; every folded byte
//! remembers where it came from, so that evidence points into the original.

use segue_model::limits::TURN_TEXT_BYTES_MAX;
use unicode_normalization::char::{decompose_compatible, is_combining_mark};

/// How long a folded text may grow. Hangul grows to three times its length; what grows
/// more (one sign that stands for a sentence) is written to cost time.
const FOLDED_BYTES_MAX: usize = 3 * TURN_TEXT_BYTES_MAX;

/// A folded text with the way back to the original.
pub(crate) struct Folded {
    /// The folded text.
    pub text: String,
    /// For each folded byte the first byte of its original character; `None`
    /// where both texts have the same offsets.
    map: Option<Vec<u32>>,
    original_len: u32,
}

impl Folded {
    /// Folds a text. ASCII, the common case, costs one copy and no map.
    pub fn new(original: &str) -> Self {
        let original_len = u32::try_from(original.len()).unwrap_or(u32::MAX);
        if original.is_ascii() {
            let text = original.to_ascii_lowercase();
            return match has_spelled(&text) {
                true => Self::whole(&text, None, original_len),
                false => Self {
                    text,
                    map: None,
                    original_len,
                },
            };
        }
        let mut text = String::with_capacity(original.len());
        let mut map = Vec::with_capacity(original.len());
        for (offset, character) in original.char_indices() {
            if text.len() > FOLDED_BYTES_MAX {
                break;
            }
            push_folded(character, &mut text);
            map.resize(text.len(), u32::try_from(offset).unwrap_or(u32::MAX));
        }
        if has_spelled(&text) {
            return Self::whole(&text, Some(&map), original_len);
        }
        Self {
            text,
            map: Some(map),
            original_len,
        }
    }

    /// The text with the words that were spelled out ("h u m a n", "A.G.E.N.T") whole again.
    fn whole(spelled: &str, places: Option<&[u32]>, original_len: u32) -> Self {
        let mut text = String::with_capacity(spelled.len());
        let mut map = Vec::with_capacity(spelled.len());
        let mut run_end = 0;
        for (at, character) in spelled.char_indices() {
            if at >= run_end {
                run_end = at + spelled_run(spelled.as_bytes(), at);
            }
            if at < run_end && is_separator(character) {
                continue;
            }
            text.push(character);
            let place = places.map_or_else(
                || u32::try_from(at).unwrap_or(u32::MAX),
                |places| places.get(at).copied().unwrap_or(original_len),
            );
            map.resize(text.len(), place);
        }
        Self {
            text,
            map: Some(map),
            original_len,
        }
    }

    /// The span of the original that a span of the folded text came from.
    /// Both ends lie on character boundaries of the original.
    pub fn original_span(&self, start: usize, end: usize) -> (u32, u32) {
        let plain = |at: usize| u32::try_from(at).unwrap_or(u32::MAX).min(self.original_len);
        let Some(map) = &self.map else {
            return (plain(start), plain(end));
        };
        let first = map.get(start).copied().unwrap_or(self.original_len);
        let Some(last) = end.checked_sub(1).and_then(|at| map.get(at)) else {
            return (first, first);
        };
        // The end is where the next original character begins.
        let next = map.iter().skip(end).find(|offset| *offset > last);
        (first, next.copied().unwrap_or(self.original_len))
    }
}

/// How many single letters in a row are a word that was spelled out; fewer are initials.
const SPELLED_LETTERS_MIN: usize = 4;

const fn is_separator(character: char) -> bool {
    matches!(character, ' ' | '.' | '-' | '_' | '*')
}

/// Whether a word may be spelled out in a folded text; cheap, and often right.
fn has_spelled(text: &str) -> bool {
    let is_alone = |window: &&[u8]| match window {
        [before, letter, after] => {
            before == after && is_separator(char::from(*before)) && letter.is_ascii_lowercase()
        }
        _ => false,
    };
    // All but the first and the last letter stand between separators.
    let inner = text.as_bytes().windows(3).filter(is_alone);
    inner.take(SPELLED_LETTERS_MIN - 2).count() == SPELLED_LETTERS_MIN - 2
}

/// The length in bytes of the spelled word that begins here, 0 where none does.
fn spelled_run(text: &[u8], at: usize) -> usize {
    let is_word =
        |byte: Option<&u8>| byte.is_some_and(|it| it.is_ascii_alphanumeric() || !it.is_ascii());
    let letter = |at: usize| text.get(at).is_some_and(u8::is_ascii_lowercase);
    let before = at.checked_sub(1).and_then(|at| text.get(at));
    let Some(separator) = text.get(at + 1).filter(|it| is_separator(char::from(**it))) else {
        return 0;
    };
    if is_word(before) || !letter(at) {
        return 0;
    }
    let mut letters = 1;
    while text.get(at + 2 * letters - 1) == Some(separator)
        && letter(at + 2 * letters)
        && !is_word(text.get(at + 2 * letters + 1))
    {
        letters += 1;
    }
    match letters >= SPELLED_LETTERS_MIN {
        true => 2 * letters - 1,
        false => 0,
    }
}

/// Folds a pattern of a policy: as a text, but ASCII stays as it is, since
/// case carries meaning in `\W` and `\B`.
pub(crate) fn fold_pattern(pattern: &str) -> String {
    let mut text = String::with_capacity(pattern.len());
    for character in pattern.chars() {
        if character.is_ascii() {
            text.push(character);
        } else {
            push_folded(character, &mut text);
        }
    }
    text
}

fn push_folded(character: char, text: &mut String) {
    if character.is_ascii() {
        text.push(character.to_ascii_lowercase());
        return;
    }
    match character {
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' | '\u{02BC}' | '\u{00B4}' => {
            text.push('\'')
        }
        '\u{201C}' | '\u{201D}' | '\u{201E}' | '\u{201F}' | '\u{00AB}' | '\u{00BB}' => {
            text.push('"')
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' => text.push('-'),
        'ß' | 'ẞ' => text.push_str("ss"),
        'æ' | 'Æ' => text.push_str("ae"),
        'œ' | 'Œ' => text.push_str("oe"),
        'ø' | 'Ø' => text.push('o'),
        'ł' | 'Ł' => text.push('l'),
        'ı' => text.push('i'),
        _ if is_invisible(character) => {}
        _ => decompose_compatible(character, |part| {
            if !is_combining_mark(part) && !is_invisible(part) {
                text.extend(
                    part.to_lowercase()
                        .filter(|lower| !is_combining_mark(*lower)),
                );
            }
        }),
    }
}

/// Format characters (Cf) and other characters without a shape of their own,
/// which are used to smuggle words past filters.
const fn is_invisible(character: char) -> bool {
    matches!(
        character,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
            | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}'
            | '\u{FEFF}' | '\u{E0000}'..='\u{E007F}'
    )
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice)]
    use super::{FOLDED_BYTES_MAX, Folded, TURN_TEXT_BYTES_MAX};

    #[test]
    fn a_word_that_is_spelled_out_is_whole_and_found_in_its_place() {
        let whole = |text: &str| Folded::new(text).text;
        assert_eq!(whole("h u m a n  p l e a s e"), "human  please");
        assert_eq!(whole("A G E N T . N O W"), "agent . n o w");
        assert_eq!(whole("get me a P.E.R.S.O.N!"), "get me a person!");
        assert_eq!(whole("h a b l a r con p e r s o n a"), "hablar con persona");
        assert_eq!(whole("m ä n n i s k a"), "manniska");
        assert_eq!(
            whole("plan a b or c, J. R. R. Tolkien"),
            "plan a b or c, j. r. r. tolkien"
        );
        assert_eq!(whole("x - y - z - w"), "x - y - z - w");
        let text = "ok: h ü m a n!";
        let folded = Folded::new(text);
        let at = folded.text.find("human").unwrap();
        let (from, to) = folded.original_span(at, at + 5);
        assert_eq!(&text[from as usize..to as usize], "h ü m a n");
    }

    #[test]
    fn what_grows_beyond_every_script_is_cut() {
        let folded = Folded::new(&"\u{FDFA}".repeat(TURN_TEXT_BYTES_MAX / 3));
        assert!(folded.text.len() < FOLDED_BYTES_MAX + 64);
        let hangul = "각".repeat(TURN_TEXT_BYTES_MAX / 3);
        let folded = Folded::new(&hangul);
        assert_eq!(folded.text.chars().count(), hangul.chars().count() * 3);
    }
}
