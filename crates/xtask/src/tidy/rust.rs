//! Reading Rust just well enough for the rules: comments and literals are
//! blanked, test modules told apart, `use` lists written out. Line numbers stay.

/// The code of a file: comments, strings and characters are blanks.
pub fn code_of(source: &str) -> String {
    let bytes = source.as_bytes();
    let mut code = String::with_capacity(source.len());
    let mut at = 0;
    while at < bytes.len() {
        let rest = source.get(at..).unwrap_or_default();
        let skipped = comment(rest).or_else(|| literal(rest, &code));
        match skipped {
            Some(length) => {
                blank(rest.get(..length).unwrap_or(rest), &mut code);
                at += length;
            }
            None => {
                let Some(next) = rest.chars().next() else {
                    break;
                };
                code.push(next);
                at += next.len_utf8();
            }
        }
    }
    code
}

fn blank(text: &str, code: &mut String) {
    code.extend(
        text.chars()
            .map(|letter| if letter == '\n' { '\n' } else { ' ' }),
    );
}

/// The length of the comment that a text begins with.
fn comment(text: &str) -> Option<usize> {
    if text.starts_with("//") {
        return Some(text.find('\n').unwrap_or(text.len()));
    }
    if !text.starts_with("/*") {
        return None;
    }
    let (mut depth, mut at) = (0_usize, 0);
    while let Some(rest) = text.get(at..).filter(|rest| !rest.is_empty()) {
        if rest.starts_with("/*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest.starts_with("*/") {
            (depth, at) = (depth - 1, at + 2);
        } else {
            at += rest.chars().next().map_or(1, char::len_utf8);
        }
        if depth == 0 {
            break;
        }
    }
    Some(at.min(text.len()))
}

/// The length of the string or character that a text begins with.
fn literal(text: &str, before: &str) -> Option<usize> {
    if let Some(length) = raw_string(text).filter(|_| !ends_in_word(before)) {
        return Some(length);
    }
    if text.starts_with('"') {
        return Some(quoted(text, '"'));
    }
    // A lifetime has no closing quote right after its first letter.
    let mut letters = text.strip_prefix('\'')?.chars();
    match (letters.next()?, letters.next()) {
        ('\\', _) => Some(quoted(text, '\'')),
        (letter, Some('\'')) => Some(letter.len_utf8() + 2),
        _ => None,
    }
}

fn raw_string(text: &str) -> Option<usize> {
    let marker = text.strip_prefix("br").or_else(|| text.strip_prefix('r'))?;
    let hashes = marker.len() - marker.trim_start_matches('#').len();
    let body = marker.get(hashes..)?.strip_prefix('"')?;
    let end = format!("\"{}", "#".repeat(hashes));
    let length = body
        .find(&end)
        .map_or(body.len(), |found| found + end.len());
    Some(text.len() - body.len() + length)
}

fn quoted(text: &str, quote: char) -> usize {
    let mut is_escaped = false;
    for (at, letter) in text.char_indices().skip(1) {
        match letter {
            _ if is_escaped => is_escaped = false,
            '\\' => is_escaped = true,
            _ if letter == quote => return at + letter.len_utf8(),
            _ => {}
        }
    }
    text.len()
}

fn ends_in_word(text: &str) -> bool {
    text.chars().next_back().is_some_and(is_word)
}

/// Whether a letter can be part of a name.
pub fn is_word(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

/// Blanks either the test modules of some code, or all but them.
pub fn only(code: &str, tests: bool) -> String {
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(found) = rest.find("#[cfg(test)]") {
        let (before, from) = rest.split_at(found);
        let (module, after) = from.split_at(end_of_item(from));
        keep(before, !tests, &mut kept);
        keep(module, tests, &mut kept);
        rest = after;
    }
    keep(rest, !tests, &mut kept);
    kept
}

fn keep(text: &str, is_kept: bool, into: &mut String) {
    match is_kept {
        true => into.push_str(text),
        false => blank(text, into),
    }
}

/// Where the item that a text begins with ends: at its `;` or its closing brace.
fn end_of_item(text: &str) -> usize {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        match letter {
            ';' if depth == 0 => return at + 1,
            '{' => depth += 1,
            '}' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return at + 1;
                }
            }
            _ => {}
        }
    }
    text.len()
}

/// The paths that the `use` declarations of some code name, lists written out,
/// each with its line.
pub fn uses(code: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (at, _) in code.match_indices("use ") {
        let is_alone = !code.get(..at).is_some_and(ends_in_word);
        let Some((tree, _)) = code.get(at + 4..).and_then(|rest| rest.split_once(';')) else {
            continue;
        };
        if is_alone {
            let line = line_of(code, at);
            let mut paths = Vec::new();
            expand("", tree.trim(), &mut paths);
            found.extend(paths.into_iter().map(|path| (line, path)));
        }
    }
    found
}

fn expand(prefix: &str, tree: &str, paths: &mut Vec<String>) {
    let Some((head, list)) = tree.split_once('{') else {
        let name = tree.split(" as ").next().unwrap_or(tree).trim();
        paths.push(format!("{prefix}{name}"));
        return;
    };
    let prefix = format!("{prefix}{}", head.trim());
    let list = list.trim_end().strip_suffix('}').unwrap_or(list);
    let (mut depth, mut from) = (0_usize, 0);
    for (at, letter) in list.char_indices() {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            ',' if depth == 0 => {
                expand(
                    &prefix,
                    list.get(from..at).unwrap_or_default().trim(),
                    paths,
                );
                from = at + 1;
            }
            _ => {}
        }
    }
    let last = list.get(from..).unwrap_or_default().trim();
    if !last.is_empty() {
        expand(&prefix, last, paths);
    }
}

/// The line of a place, from 1.
pub fn line_of(text: &str, at: usize) -> usize {
    text.get(..at).unwrap_or_default().matches('\n').count() + 1
}

/// The lines on which some words stand, not as part of longer ones. A word's
/// end counts only where it ends in a letter.
pub fn lines_with(code: &str, words: &str) -> Vec<usize> {
    let ends_open = words
        .chars()
        .next_back()
        .is_none_or(|letter| !is_word(letter));
    code.match_indices(words)
        .filter(|(at, _)| !code.get(..*at).is_some_and(ends_in_word))
        .filter(|(at, _)| {
            let after = code
                .get(at + words.len()..)
                .and_then(|rest| rest.chars().next());
            ends_open || !after.is_some_and(is_word)
        })
        .map(|(at, _)| line_of(code, at))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{code_of, lines_with, only, uses};

    #[test]
    fn comments_and_literals_are_no_code() {
        for source in [
            "// needle",
            "/* a /* nested */ needle */",
            "/// needle\n",
            "let a = \"needle\";",
            "let a = \"\\\"needle\";",
            "let a = r#\"needle \" more\"#;",
            "let a = b\"needle\";",
            "let a = ('\"', 'b'); // needle \"",
        ] {
            assert!(!code_of(source).contains("needle"), "{source}");
            assert_eq!(
                code_of(source).lines().count(),
                source.lines().count(),
                "{source}"
            );
        }
        for source in [
            "fn a<'x>() { needle('\\'') }",
            "\"\"; needle",
            "'a'; needle",
            "/**/needle",
        ] {
            assert!(code_of(source).contains("needle"), "{source}");
        }
    }

    #[test]
    fn test_modules_are_told_apart() {
        let code = "one\n#[cfg(test)]\nmod tests { fn two() { {} } }\nthree\n#[cfg(test)]\nuse four;\nfive";
        let (product, tests) = (only(code, false), only(code, true));
        for (word, is_test) in [
            ("one", false),
            ("two", true),
            ("three", false),
            ("four", true),
            ("five", false),
        ] {
            assert_eq!(tests.contains(word), is_test, "{word}");
            assert_eq!(product.contains(word), !is_test, "{word}");
        }
    }

    #[test]
    fn use_lists_are_written_out() {
        let found = uses("use std::{fs, io::{self, Read as R}, time::Duration};\nuse a::b;");
        let paths: Vec<&str> = found.iter().map(|(_, path)| path.as_str()).collect();
        assert_eq!(
            paths,
            [
                "std::fs",
                "std::io::self",
                "std::io::Read",
                "std::time::Duration",
                "a::b"
            ]
        );
        assert_eq!(found.last().map(|(line, _)| *line), Some(2));
    }

    #[test]
    fn words_are_whole() {
        assert_eq!(lines_with("a\nInstant b", "Instant"), [2]);
        assert!(lines_with("Instantly MyInstant", "Instant").is_empty());
        assert_eq!(lines_with("std::fs::read", "std::fs"), [1]);
        assert!(lines_with("my_todo!()", "todo!").is_empty());
    }
}
