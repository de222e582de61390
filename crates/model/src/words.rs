//! What somebody wrote, as it is kept: their words, without characters that are
//! no writing but steer a terminal, a page or the order in which others read.

/// The text without control characters (C0 and C1, line breaks and tabs aside) and
/// without forced directions of writing. Line breaks become `\n`. All else stays,
/// also what cannot be seen: some scripts and emoji need it.
///
/// ```
/// use segue_model::words::as_written;
///
/// assert_eq!(as_written("one\r\n\ttwo\u{0}".to_owned()), "one\n\ttwo");
/// assert_eq!(as_written("\u{202E}txt.exe\u{202C}".to_owned()), "txt.exe\u{202C}");
/// ```
pub fn as_written(text: String) -> String {
    if !text.chars().any(is_dropped) {
        return text;
    }
    let mut kept = String::with_capacity(text.len());
    let mut rest = text.chars().peekable();
    while let Some(character) = rest.next() {
        if character == '\r' {
            // One break, however it was written.
            rest.next_if_eq(&'\n');
            kept.push('\n');
        } else if !is_dropped(character) {
            kept.push(character);
        }
    }
    kept
}

/// Overrides show letters in another order than they are read in; a page shows each
/// text apart, so what else steers directions stays within it.
fn is_dropped(character: char) -> bool {
    let is_override = matches!(character, '\u{202D}' | '\u{202E}');
    is_override || (character.is_control() && !matches!(character, '\n' | '\t'))
}

/// Whether nothing in a text can be seen.
///
/// ```
/// use segue_model::words::is_blank;
///
/// assert!(is_blank(" \u{200B}\u{2060}\n"));
/// assert!(!is_blank("\u{200B}a"));
/// ```
pub fn is_blank(text: &str) -> bool {
    text.chars()
        .all(|character| character.is_whitespace() || is_invisible(character))
}

/// Characters without a shape (Unicode's `Default_Ignorable_Code_Point`, controls, and
/// the empty Braille cell).
fn is_invisible(character: char) -> bool {
    character.is_control()
        || matches!(
            character,
            '\u{00AD}'
                | '\u{034F}'
                | '\u{061C}'
                | '\u{115F}'
                | '\u{1160}'
                | '\u{17B4}'
                | '\u{17B5}'
                | '\u{180B}'..='\u{180F}'
                | '\u{200B}'..='\u{200F}'
                | '\u{202A}'..='\u{202E}'
                | '\u{2060}'..='\u{206F}'
                | '\u{2800}'
                | '\u{3164}'
                | '\u{FE00}'..='\u{FE0F}'
                | '\u{FEFF}'
                | '\u{FFA0}'
                | '\u{FFF0}'..='\u{FFF8}'
                | '\u{1BCA0}'..='\u{1BCA3}'
                | '\u{1D173}'..='\u{1D17A}'
                | '\u{E0000}'..='\u{E0FFF}'
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(written: &str, kept: &str) {
        assert_eq!(as_written(written.to_owned()), kept);
    }

    #[test]
    fn writing_stays() {
        for text in [
            "plain",
            "tab\tand\nline",
            "שלום \u{200F}(1)",
            "👩\u{200D}💻 ❤\u{FE0F}",
            "نص \u{2067}isolated\u{2069}",
            "non\u{00AD}breaking\u{00A0}space",
        ] {
            check(text, text);
        }
    }

    #[test]
    fn what_steers_goes() {
        check(
            "a\u{0}b\u{7}c\u{1B}[31md\u{7F}e\u{85}f\u{9B}g",
            "abc[31mdefg",
        );
        check("a\rb\r\nc\n\rd", "a\nb\nc\n\nd");
        check("\u{202E}moc.elpmaxe\u{202D}", "moc.elpmaxe");
    }

    #[test]
    fn nothing_to_see_is_blank() {
        for text in [
            "",
            " ",
            "\u{200B}",
            "\u{2800}",
            "\u{FEFF}\u{3164}\n",
            "\u{E0041}",
            "\u{0}",
        ] {
            assert!(is_blank(text), "{text:?}");
        }
        for text in [".", "\u{200B}x", "❤\u{FE0F}", "ا"] {
            assert!(!is_blank(text), "{text:?}");
        }
    }
}
