//! The topics of a policy: phrases and patterns, compiled within limits.

use aho_corasick::{AhoCorasick, MatchKind};
use regex::bytes::{Regex, RegexBuilder, RegexSet, RegexSetBuilder};
use segue_model::topic::{TopicDefinition, TopicKey};

use crate::builtin::{TOPICS, Target};
use crate::fold::{Folded, fold_pattern};

/// The longest pattern or phrase, in characters (F26).
pub const PATTERN_CHARS_MAX: usize = 512;
/// The largest compiled pattern, in bytes (F26).
pub const PATTERN_COMPILED_BYTES_MAX: usize = 1 << 20;
/// How many patterns one policy may have (F26).
pub const PATTERNS_MAX: usize = 200;
/// How many phrases one policy may have.
pub const PHRASES_MAX: usize = 5_000;
/// Memory that matching all patterns at once may use, in bytes a thread.
const SET_BYTES_MAX: usize = 16 << 20;

/// Why topics cannot be compiled. Each names the topic and what is wrong in it.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum TopicError {
    /// A pattern or phrase is longer than [`PATTERN_CHARS_MAX`].
    #[error(
        "topic `{topic}`: `{pattern}` has {chars} characters, at most {PATTERN_CHARS_MAX} are allowed"
    )]
    TooLong {
        /// The topic.
        topic: TopicKey,
        /// The beginning of the pattern.
        pattern: String,
        /// Its length.
        chars: usize,
    },
    /// A pattern is larger than [`PATTERN_COMPILED_BYTES_MAX`] when compiled.
    #[error(
        "topic `{topic}`: pattern `{pattern}` is larger than {PATTERN_COMPILED_BYTES_MAX} bytes when compiled"
    )]
    TooLarge {
        /// The topic.
        topic: TopicKey,
        /// The pattern.
        pattern: String,
    },
    /// A pattern cannot be read: wrong syntax, or back-references and
    /// look-around, which a linear engine does not have.
    #[error("topic `{topic}`: pattern `{pattern}` cannot be read")]
    Unreadable {
        /// The topic.
        topic: TopicKey,
        /// The pattern.
        pattern: String,
        /// What the engine says.
        #[source]
        source: regex::Error,
    },
    /// A phrase or pattern is empty, or matches the empty text: it would fire on every turn.
    #[error("topic `{topic}`: `{pattern}` matches the empty text")]
    Empty {
        /// The topic.
        topic: TopicKey,
        /// The pattern.
        pattern: String,
    },
    /// There are more than [`PATTERNS_MAX`] patterns or [`PHRASES_MAX`] phrases.
    #[error(
        "topic `{topic}`: with `{pattern}` the policy has too many, at most {PATTERNS_MAX} patterns and {PHRASES_MAX} phrases are allowed"
    )]
    TooMany {
        /// The topic in which the limit is passed.
        topic: TopicKey,
        /// The first pattern beyond it.
        pattern: String,
    },
}

/// A match of a topic's own phrase or pattern, in folded bytes.
pub(crate) struct TopicMatch {
    /// Which topic, by its place.
    pub topic: usize,
    /// First byte.
    pub start: usize,
    /// The byte after.
    pub end: usize,
}

/// One topic of the workspace.
pub(crate) struct Topic {
    /// Its name.
    pub key: TopicKey,
    /// The built-in rules that take part.
    pub builtin: Option<Target>,
}

/// All topics of a workspace, compiled.
pub(crate) struct Topics {
    /// In the order of the policy.
    pub list: Vec<Topic>,
    phrases: Option<AhoCorasick>,
    /// For each phrase its topic, and whether it takes matches back.
    phrase_owners: Vec<(usize, bool)>,
    patterns: Vec<(usize, Regex)>,
    /// Says which patterns match at all, in one pass.
    gate: Option<RegexSet>,
}

impl Topics {
    /// The built-in topics and nothing else: there is nothing to compile.
    pub fn builtin() -> Self {
        let topic = |(name, target): &(&str, Target)| Topic {
            key: (*name).into(),
            builtin: Some(*target),
        };
        Self {
            list: TOPICS.iter().map(topic).collect(),
            ..Self::empty()
        }
    }

    const fn empty() -> Self {
        Self {
            list: Vec::new(),
            phrases: None,
            phrase_owners: Vec::new(),
            patterns: Vec::new(),
            gate: None,
        }
    }

    /// Compiles topics. Errors name topic and pattern.
    pub fn new(definitions: &[(TopicKey, TopicDefinition)]) -> Result<Self, TopicError> {
        let mut topics = Self::empty();
        let mut phrases = Vec::new();
        let mut sources = Vec::new();
        for (place, (key, definition)) in definitions.iter().enumerate() {
            let builtin = TOPICS
                .iter()
                .find(|(name, _)| definition.is_builtin_included && *name == &*key.0);
            topics.list.push(Topic {
                key: key.clone(),
                builtin: builtin.map(|(_, target)| *target),
            });
            let own = definition.phrases.iter().map(|phrase| (phrase, false));
            for (phrase, is_exception) in
                own.chain(definition.except.iter().map(|phrase| (phrase, true)))
            {
                phrases.push(check_phrase(key, phrase, phrases.len())?);
                topics.phrase_owners.push((place, is_exception));
            }
            for pattern in &definition.patterns {
                let (source, regex) = compile(key, pattern, topics.patterns.len())?;
                topics.patterns.push((place, regex));
                sources.push(source);
            }
        }
        if !phrases.is_empty() {
            topics.phrases = AhoCorasick::builder()
                .match_kind(MatchKind::Standard)
                .build(&phrases)
                .ok();
        }
        // Without the gate all patterns are tried one by one: slower, the same result.
        topics.gate = RegexSetBuilder::new(&sources)
            .unicode(
                sources
                    .iter()
                    .any(|source| !source.is_ascii() || source.contains("\\p")),
            )
            .case_insensitive(true)
            .size_limit(SET_BYTES_MAX)
            .dfa_size_limit(SET_BYTES_MAX)
            .build()
            .ok()
            .filter(|_| !sources.is_empty());
        Ok(topics)
    }

    /// All matches; topics with an exception in the turn have none.
    pub fn scan(&self, folded: &Folded) -> Vec<TopicMatch> {
        let text = folded.text.as_bytes();
        let mut matches = Vec::new();
        let mut excepted = Vec::new();
        if let Some(phrases) = &self.phrases {
            for found in phrases.find_overlapping_iter(text) {
                let Some((topic, is_exception)) =
                    self.phrase_owners.get(found.pattern().as_usize())
                else {
                    continue;
                };
                if !stands_alone(text, found.start(), found.end()) {
                    continue;
                }
                if *is_exception {
                    excepted.push(*topic);
                } else {
                    matches.push(TopicMatch {
                        topic: *topic,
                        start: found.start(),
                        end: found.end(),
                    });
                }
            }
        }
        match &self.gate {
            Some(gate) => {
                for place in &gate.matches(text) {
                    self.find_pattern(place, text, &mut matches);
                }
            }
            None => (0..self.patterns.len())
                .for_each(|place| self.find_pattern(place, text, &mut matches)),
        }
        matches.retain(|found| !excepted.contains(&found.topic));
        matches
    }

    /// Whether there is any match.
    pub fn finds(&self, folded: &Folded) -> bool {
        !self.scan(folded).is_empty()
    }

    fn find_pattern(&self, place: usize, text: &[u8], matches: &mut Vec<TopicMatch>) {
        if let Some((topic, regex)) = self.patterns.get(place) {
            let found = regex.find_iter(text).filter(|found| !found.is_empty());
            matches.extend(found.map(|found| TopicMatch {
                topic: *topic,
                start: found.start(),
                end: found.end(),
            }));
        }
    }
}

fn check_phrase(topic: &TopicKey, phrase: &str, known: usize) -> Result<String, TopicError> {
    check_length(topic, phrase)?;
    let folded = Folded::new(phrase.trim()).text;
    if folded.is_empty() {
        return Err(TopicError::Empty {
            topic: topic.clone(),
            pattern: phrase.to_owned(),
        });
    }
    if known >= PHRASES_MAX {
        return Err(TopicError::TooMany {
            topic: topic.clone(),
            pattern: phrase.to_owned(),
        });
    }
    Ok(folded)
}

fn check_length(topic: &TopicKey, pattern: &str) -> Result<(), TopicError> {
    let chars = pattern.chars().count();
    if chars > PATTERN_CHARS_MAX {
        let pattern = pattern.chars().take(40).collect();
        return Err(TopicError::TooLong {
            topic: topic.clone(),
            pattern,
            chars,
        });
    }
    Ok(())
}

fn compile(topic: &TopicKey, pattern: &str, known: usize) -> Result<(String, Regex), TopicError> {
    check_length(topic, pattern)?;
    let owned = || (topic.clone(), pattern.to_owned());
    if known >= PATTERNS_MAX {
        let (topic, pattern) = owned();
        return Err(TopicError::TooMany { topic, pattern });
    }
    let source = fold_pattern(pattern);
    // ASCII patterns run byte-wise, several times faster; folding has made
    // Latin texts ASCII already.
    let regex = RegexBuilder::new(&source)
        .unicode(!source.is_ascii() || source.contains("\\p"))
        .case_insensitive(true)
        .size_limit(PATTERN_COMPILED_BYTES_MAX)
        .build()
        .map_err(|error| {
            let (topic, pattern) = owned();
            match error {
                regex::Error::CompiledTooBig(_) => TopicError::TooLarge { topic, pattern },
                source => TopicError::Unreadable {
                    topic,
                    pattern,
                    source,
                },
            }
        })?;
    if regex.is_match(b"") {
        let (topic, pattern) = owned();
        return Err(TopicError::Empty { topic, pattern });
    }
    Ok((source, regex))
}

/// Whether no word character continues the match on either side. Scripts
/// without spaces have no boundaries to look for.
fn stands_alone(text: &[u8], start: usize, end: usize) -> bool {
    let is_word = |at: Option<usize>| {
        at.and_then(|at| text.get(at))
            .is_some_and(u8::is_ascii_alphanumeric)
    };
    let begins = !is_word(Some(start)) || !is_word(start.checked_sub(1));
    let ends = !is_word(end.checked_sub(1)) || !is_word(Some(end));
    begins && ends
}
