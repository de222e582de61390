//! What is wrong with a policy file, and where.

use std::fmt;
use strsim::osa_distance;

/// A place in the text of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Place {
    /// The line, from 1; 0 where none is known.
    pub line: u32,
    /// The column in characters, from 1; 0 where none is known.
    pub column: u32,
}

/// The stable code of a problem; part of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProblemCode {
    /// The text is no YAML, or a key stands twice.
    Syntax,
    /// The text is larger, deeper or longer than a policy may be.
    TooLarge,
    /// A key that does not exist here.
    UnknownKey,
    /// A key that must stand here.
    MissingKey,
    /// A value of the wrong type.
    WrongType,
    /// A number, time or text outside its range.
    OutOfRange,
    /// A word that is none of the allowed ones.
    UnknownWord,
    /// A signal, fact, topic, queue or tier that does not exist.
    UnknownName,
    /// A comparison that the signal's unit does not allow.
    WrongUnit,
    /// A name that stands twice.
    Duplicate,
    /// Keys that exclude one another, or say nothing together.
    Contradiction,
    /// A placeholder that does not exist, or may not or must stand here.
    Placeholder,
    /// A pattern or phrase that the detector cannot look for within its bounds.
    Pattern,
}

impl ProblemCode {
    /// The code as text: `policy_unknown_key`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Syntax => "policy_syntax",
            Self::TooLarge => "policy_too_large",
            Self::UnknownKey => "policy_unknown_key",
            Self::MissingKey => "policy_missing_key",
            Self::WrongType => "policy_wrong_type",
            Self::OutOfRange => "policy_out_of_range",
            Self::UnknownWord => "policy_unknown_word",
            Self::UnknownName => "policy_unknown_name",
            Self::WrongUnit => "policy_wrong_unit",
            Self::Duplicate => "policy_duplicate",
            Self::Contradiction => "policy_contradiction",
            Self::Placeholder => "policy_placeholder",
            Self::Pattern => "policy_pattern",
        }
    }

    /// All codes, in the order of the reference.
    pub const ALL: &'static [Self] = &[
        Self::Syntax,
        Self::TooLarge,
        Self::UnknownKey,
        Self::MissingKey,
        Self::WrongType,
        Self::OutOfRange,
        Self::UnknownWord,
        Self::UnknownName,
        Self::WrongUnit,
        Self::Duplicate,
        Self::Contradiction,
        Self::Placeholder,
        Self::Pattern,
    ];

    /// What it means, for the reference.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Syntax => "the text is no YAML",
            Self::TooLarge => "larger, deeper or longer than a policy may be",
            Self::UnknownKey => "a key that does not exist here",
            Self::MissingKey => "a key that must stand here",
            Self::WrongType => "a value of the wrong type",
            Self::OutOfRange => "a number, time, name or text outside its range",
            Self::UnknownWord => "a word that is none of the allowed ones",
            Self::UnknownName => {
                "a signal, fact, topic, queue, rule, tier or zone that does not exist"
            }
            Self::WrongUnit => "a comparison that the unit of what is read does not allow",
            Self::Duplicate => "a key or name that stands twice",
            Self::Contradiction => "keys that exclude one another, or say nothing together",
            Self::Placeholder => "a placeholder that does not exist, or may not or must stand here",
            Self::Pattern => "a pattern or phrase that cannot be looked for within the bounds",
        }
    }
}

/// One thing that is wrong with a policy. A policy with a problem is not loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{line}:{column}: {}{}{}", At(.path), Printable(.message), Hint(.hint))]
pub struct Problem {
    /// The line, from 1.
    pub line: u32,
    /// The column in characters, from 1.
    pub column: u32,
    /// Where in the tree: `rules.third_repeat.when.all[1]`; empty for the whole text.
    pub path: String,
    /// What is wrong, in one sentence without a full stop.
    pub message: String,
    /// What to do about it: `did you mean ...?`.
    pub hint: Option<String>,
    /// The kind of problem.
    pub code: ProblemCode,
}

/// A text of the file on a terminal: what would steer the terminal, or turn the reading
/// around, stands there by its number.
pub(crate) struct Printable<'a>(pub &'a str);

impl fmt::Display for Printable<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            let is_steering = character.is_control()
                || matches!(character, '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
            match is_steering {
                true => write!(f, "{}", character.escape_unicode())?,
                false => f.write_str(character.encode_utf8(&mut [0; 4]))?,
            }
        }
        Ok(())
    }
}

/// The way in the tree; nothing for the whole text.
struct At<'a>(&'a str);

impl fmt::Display for At<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            "" => Ok(()),
            path => write!(f, "{}: ", Printable(path)),
        }
    }
}

struct Hint<'a>(&'a Option<String>);

impl fmt::Display for Hint<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(hint) => write!(f, " ({})", Printable(hint)),
            None => Ok(()),
        }
    }
}

/// The question that helps with a misspelled name, if one of `known` is near.
pub(crate) fn did_you_mean<'a>(
    word: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<String> {
    nearest(word, known).map(|candidate| format!("did you mean `{candidate}`?"))
}

/// The one of `known` that a misspelled word was probably meant for.
pub(crate) fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let word = word.to_lowercase();
    // Two letters that changed places are one mistake. A third of the letters may be wrong; beyond that a guess misleads.
    let distance_max = (word.chars().count() / 3).max(1);
    known
        .into_iter()
        .map(|candidate| (osa_distance(&word, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= distance_max)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}
