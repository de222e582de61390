//! Reads the rule language.

use std::sync::Arc;

use crate::rules::{Effect, Part, Rule, TargetId, number_ids};
use crate::vocabulary::{Builder, WordId};

/// The longest name of a rule, in bytes.
const NAME_BYTES_MAX: usize = 48;

/// A line that cannot be read. The built-in files have none; a test says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    /// Line number from 1.
    pub line: usize,
    /// What is wrong with it.
    pub reason: &'static str,
}

/// What a rule file holds, once read; sets are made when all words are known.
pub(crate) struct Source {
    classes: Vec<(String, Vec<WordId>)>,
    drafts: Vec<Draft>,
    /// Phrases found as plain substrings: scripts without spaces, emoticons.
    pub substrings: Vec<Substring>,
    /// Lines that could not be read.
    pub problems: Vec<Problem>,
}

/// A phrase that is found anywhere in the folded text, not at word boundaries.
#[derive(Debug, Clone)]
pub(crate) struct Substring {
    /// What it speaks for.
    pub targets: Vec<TargetId>,
    /// How strongly.
    pub weight: f32,
    /// The folded text.
    pub text: Arc<str>,
}

struct Draft {
    rule: Rule,
    parts: Vec<DraftPart>,
}

enum DraftPart {
    Words { ids: Vec<WordId>, is_optional: bool },
    Other(Part),
}

/// Reads a rule file. `target` gives the number of a target's name.
pub(crate) fn read(
    text: &str,
    words: &mut Builder,
    target: &dyn Fn(&str) -> Option<TargetId>,
) -> Source {
    let mut source = Source {
        classes: Vec::new(),
        drafts: Vec::new(),
        substrings: Vec::new(),
        problems: Vec::new(),
    };
    for (number, line) in text.lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with("# ") || line == "#" {
            continue;
        }
        if let Err(reason) = source.read_line(line, words, target) {
            source.problems.push(Problem {
                line: number + 1,
                reason,
            });
        }
    }
    source
}

impl Source {
    /// The words of a class.
    pub fn class(&self, name: &str) -> Option<&[WordId]> {
        self.classes
            .iter()
            .find(|(known, _)| known == name)
            .map(|(_, ids)| ids.as_slice())
    }

    /// Makes the rules, now that all words are known.
    pub fn rules(&self, words: &Builder) -> Vec<Rule> {
        let part = |part: &DraftPart| match part {
            DraftPart::Words { ids, is_optional } => Part::Word {
                set: words.set_of(ids),
                is_optional: *is_optional,
            },
            DraftPart::Other(part) => part.clone(),
        };
        let rule = |draft: &Draft| Rule {
            parts: draft.parts.iter().map(part).collect(),
            ..draft.rule.clone()
        };
        self.drafts.iter().map(rule).collect()
    }

    fn read_line(
        &mut self,
        line: &str,
        words: &mut Builder,
        target: &dyn Fn(&str) -> Option<TargetId>,
    ) -> Result<(), &'static str> {
        if let Some(class) = line.strip_prefix('@') {
            return self.read_class(class, words);
        }
        if let Some((head, phrases)) = line.split_once(" = ") {
            let (targets, _, weight, _) = read_head(head, target)?;
            for phrase in phrases.split(" | ") {
                let text = crate::fold::Folded::new(phrase.trim()).text.into();
                self.substrings.push(Substring {
                    targets: targets.clone(),
                    weight,
                    text,
                });
            }
            return Ok(());
        }
        let (head, body) = line.split_once(" : ").ok_or("neither a class nor a rule")?;
        for body in either_end(body) {
            self.read_rule(head, &body, words, target)?;
        }
        Ok(())
    }

    fn read_rule(
        &mut self,
        head: &str,
        body: &str,
        words: &mut Builder,
        target: &dyn Fn(&str) -> Option<TargetId>,
    ) -> Result<(), &'static str> {
        let (targets, effect, weight, flags) = read_head(head, target)?;
        let parts = body
            .split_whitespace()
            .map(|part| self.read_part(part, words));
        let parts = parts.collect::<Result<Vec<_>, _>>()?;
        if !parts.iter().any(|part| {
            matches!(
                part,
                DraftPart::Words {
                    is_optional: false,
                    ..
                }
            )
        }) {
            return Err("no word that must stand");
        }
        let rule = Rule {
            targets,
            weight,
            effect,
            holds_negated: flags.contains('n'),
            is_statement_only: flags.contains('s'),
            name: name_of(body),
            parts: Vec::new(),
        };
        self.drafts.push(Draft { rule, parts });
        Ok(())
    }

    fn read_class(&mut self, line: &str, words: &mut Builder) -> Result<(), &'static str> {
        let (name, members) = line.split_once(' ').ok_or("an empty class")?;
        let mut ids = Vec::new();
        for member in members.split_whitespace() {
            match member.strip_prefix('@') {
                Some(class) => ids.extend_from_slice(self.class(class).ok_or("an unknown class")?),
                None => ids.push(words.word(member)),
            }
        }
        match self.classes.iter_mut().find(|(known, _)| known == name) {
            Some((_, known)) => known.extend(ids),
            None => self.classes.push((name.to_owned(), ids)),
        }
        Ok(())
    }

    fn read_part(&self, part: &str, words: &mut Builder) -> Result<DraftPart, &'static str> {
        match part {
            "^" => return Ok(DraftPart::Other(Part::Start)),
            "$" => return Ok(DraftPart::Other(Part::End)),
            _ => {}
        }
        if let Some(count) = part.strip_prefix("..") {
            let most = count.parse().map_err(|_| "a gap without a number")?;
            return Ok(DraftPart::Other(Part::Gap(most)));
        }
        let (part, is_optional) = match part.strip_suffix('?') {
            Some(part) => (part, true),
            None => (part, false),
        };
        let mut ids = Vec::new();
        for choice in part.split('|') {
            match choice.strip_prefix('@') {
                Some(class) => ids.extend_from_slice(self.class(class).ok_or("an unknown class")?),
                None if choice == "#" => ids.extend(number_ids()),
                None if choice.is_empty() => return Err("an empty alternative"),
                None if matches!(choice, "^" | "$") => return Err("an end among words"),
                None => ids.push(words.word(choice)),
            }
        }
        Ok(DraftPart::Words { ids, is_optional })
    }
}

/// What a body stands for: one that closes on `word|$` is two, with the word and with
/// the end at once, before which no gap is left.
fn either_end(body: &str) -> Vec<String> {
    let Some((before, last)) = body
        .strip_suffix("|$")
        .and_then(|body| body.rsplit_once(' '))
    else {
        return vec![body.to_owned()];
    };
    let at_once = match before.rsplit_once(' ') {
        Some((rest, gap)) if gap.starts_with("..") => rest,
        _ => before,
    };
    vec![format!("{before} {last}"), format!("{at_once} $")]
}

/// A rule in few words: of each part the first alternative, `talk … desk`. The words
/// that were found are the customer's, and stand with the text alone (it can be erased).
fn name_of(body: &str) -> Arc<str> {
    let mut name = String::new();
    for part in body.split_whitespace() {
        let word = match part {
            "^" | "$" => continue,
            gap if gap.starts_with("..") => "…",
            optional if optional.ends_with('?') => continue,
            words => words.split('|').next().unwrap_or(words),
        };
        let word = word.trim_matches(['~', '@', '*']);
        if name.len() + word.len() > NAME_BYTES_MAX {
            break;
        }
        if !name.is_empty() {
            name.push(' ');
        }
        name.push_str(word);
    }
    name.into()
}

type Head<'h> = (Vec<TargetId>, Effect, f32, &'h str);

/// `target+target weight flags`, with `-` or `!` before the target for a veto.
fn read_head<'h>(
    head: &'h str,
    target: &dyn Fn(&str) -> Option<TargetId>,
) -> Result<Head<'h>, &'static str> {
    let (effect, head) = match (head.strip_prefix('-'), head.strip_prefix('!')) {
        (Some(rest), _) => (Effect::VetoesSentence, rest),
        (_, Some(rest)) => (Effect::VetoesTurn, rest),
        _ => (Effect::Supports, head),
    };
    let mut fields = head.split_whitespace();
    let names = fields.next().ok_or("no target")?;
    let targets = names
        .split('+')
        .map(|name| target(name).ok_or("an unknown target"));
    let targets = targets.collect::<Result<Vec<_>, _>>()?;
    let weight = match (effect, fields.next()) {
        (Effect::Supports, field) => field
            .and_then(|field| field.parse().ok())
            .ok_or("no weight")?,
        _ => 1.0,
    };
    Ok((targets, effect, weight, fields.next().unwrap_or("")))
}
