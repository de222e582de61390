//! Rules over words: a small language for phrases with gaps, classes and
//! alternatives, and its matcher.
//!
//! One lookup per word and an index by first word make the cost that of the
//! words that some rule begins with, whatever the number of rules; regular
//! expressions with bounded gaps would need large automata for the same.
//! The language is described at the top of `data/rules.txt`.

mod parse;

use std::sync::Arc;

use crate::token::{Token, Tokens};
use crate::vocabulary::{NUMBER, UNKNOWN, Vocabulary, WordId, WordSet};

pub(crate) use parse::{Substring, read};

/// How far back a negation is looked for, in words.
const NEGATION_REACH: usize = 5;
/// How many words a negation reaches when words are counted.
const SCOPE_REACH: usize = 4;

/// How many matches of one turn are kept: far more than a turn of the longest
/// kind has by nature, and few enough to weigh each against each.
const HITS_MAX: usize = 1_024;

/// The number of a target: what a rule speaks for.
pub(crate) type TargetId = u8;

/// One part of a rule.
#[derive(Debug, Clone)]
pub(crate) enum Part {
    /// A word out of a set.
    Word { set: WordSet, is_optional: bool },
    /// Up to so many words of any kind, but no negation.
    Gap(usize),
    /// Nothing but greetings before.
    Start,
    /// Nothing but courtesies after.
    End,
}

/// What a match of a rule does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Effect {
    /// Evidence for the target.
    Supports,
    /// Takes matches of the target in the same sentence back.
    VetoesSentence,
    /// Takes matches of the target in the whole turn back.
    VetoesTurn,
}

/// One rule.
#[derive(Debug, Clone)]
pub(crate) struct Rule {
    /// What it speaks for.
    pub targets: Vec<TargetId>,
    /// How strongly, 0–1; for the target `mood` −4 to 4.
    pub weight: f32,
    /// What a match does.
    pub effect: Effect,
    /// Whether it also holds after a negation.
    pub holds_negated: bool,
    /// Whether it holds only in a sentence that is not a question.
    pub is_statement_only: bool,
    /// What it looks for, in few words; shown as evidence.
    pub name: Arc<str>,
    parts: Vec<Part>,
}

/// A rule that matched.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Hit<'r> {
    /// The rule.
    pub rule: &'r Rule,
    /// The first word of the match.
    pub first: usize,
    /// The last word of the match.
    pub last: usize,
}

impl Hit<'_> {
    /// Whether it is a veto of a target where that shows at a word.
    pub fn takes_back(&self, target: TargetId, at: usize, tokens: &Tokens) -> bool {
        let sentence_of = |at: usize| tokens.list.get(at).map(|token| token.sentence);
        let reaches = match self.rule.effect {
            Effect::Supports => false,
            Effect::VetoesSentence => sentence_of(self.first) == sentence_of(at),
            Effect::VetoesTurn => true,
        };
        reaches && self.rule.targets.contains(&target)
    }
}

/// Words that the matcher itself must know.
#[derive(Debug, Clone, Default)]
pub(crate) struct Grammar {
    /// "not", "nicht", "pas": turn a following match around.
    pub negations: WordSet,
    /// Words that may stand between a negation and what it negates.
    pub bridges: WordSet,
    /// Greetings and courtesies, which do not count as content at either end.
    pub fillers: WordSet,
}

/// All rules, indexed.
pub(crate) struct Rules {
    list: Vec<Rule>,
    by_first: Vec<Vec<u16>>,
    /// For each word the rules whose key part it is in, `blocks` blocks of bits
    /// a word: a rule can match only if a word of its key part is in the turn.
    keys: Vec<u64>,
    /// The rules that have no part beside the first.
    keyless: Vec<u64>,
    blocks: usize,
    grammar: Grammar,
}

impl Rules {
    /// Indexes rules by the words they can begin with.
    pub fn new(list: Vec<Rule>, grammar: Grammar, vocabulary: &Vocabulary) -> Self {
        let mut by_first = vec![Vec::new(); vocabulary.len()];
        for (number, rule) in list.iter().enumerate() {
            let number = u16::try_from(number).unwrap_or(u16::MAX);
            for part in &rule.parts {
                let Part::Word { set, is_optional } = part else {
                    continue;
                };
                for word in set.iter() {
                    let slot = by_first.get_mut(usize::from(word));
                    if let Some(slot) = slot.filter(|slot| slot.last() != Some(&number)) {
                        slot.push(number);
                    }
                }
                if !is_optional {
                    break;
                }
            }
        }
        let blocks = list.len().div_ceil(64);
        let mut rules = Self {
            by_first,
            keys: vec![0; blocks * vocabulary.len()],
            keyless: vec![0; blocks],
            blocks,
            list: Vec::new(),
            grammar,
        };
        for (number, rule) in list.iter().enumerate() {
            rules.add_key(number, rule);
        }
        rules.list = list;
        rules
    }

    /// Notes the key part of a rule: the smallest that must stand, the first
    /// aside, since the rule is found by that.
    fn add_key(&mut self, number: usize, rule: &Rule) {
        let needed = rule.parts.iter().filter_map(|part| match part {
            Part::Word {
                set,
                is_optional: false,
            } => Some(set),
            _ => None,
        });
        let (block, bit) = (number / 64, 1_u64 << (number % 64));
        let Some(key) = needed.skip(1).min_by_key(|set| set.iter().count()) else {
            if let Some(slot) = self.keyless.get_mut(block) {
                *slot |= bit;
            }
            return;
        };
        for word in key.iter() {
            let place = usize::from(word) * self.blocks + block;
            if let Some(slot) = self.keys.get_mut(place) {
                *slot |= bit;
            }
        }
    }

    /// The rules that can match a turn at all, by the words in it.
    fn possible(&self, tokens: &Tokens) -> Vec<u64> {
        let mut possible = self.keyless.clone();
        for token in tokens.list.iter().filter(|token| token.word != UNKNOWN) {
            let from = usize::from(token.word) * self.blocks;
            let of_word = self.keys.get(from..from + self.blocks).unwrap_or(&[]);
            for (block, bits) in possible.iter_mut().zip(of_word) {
                *block |= bits;
            }
        }
        possible
    }

    /// All matches, the first of each rule in each sentence, vetoes applied; gives the
    /// vetoes.
    pub fn scan<'r>(&'r self, tokens: &Tokens, hits: &mut Vec<Hit<'r>>) -> Vec<Hit<'r>> {
        let possible = self.possible(tokens);
        let is_possible = |number: u16| {
            let block = possible.get(usize::from(number) / 64);
            block.is_some_and(|block| block & (1 << (number % 64)) != 0)
        };
        for (at, token) in tokens.list.iter().enumerate() {
            if hits.len() >= HITS_MAX {
                break;
            }
            let Some(candidates) = self.by_first.get(usize::from(token.word)) else {
                continue;
            };
            for number in candidates.iter().filter(|number| is_possible(**number)) {
                let Some(rule) = self.list.get(usize::from(*number)) else {
                    continue;
                };
                if let Some(last) = self.match_at(rule, tokens, at) {
                    hits.push(Hit {
                        rule,
                        first: at,
                        last,
                    });
                }
            }
        }
        hits.truncate(HITS_MAX);
        let vetoes: Vec<Hit<'r>> = hits
            .iter()
            .filter(|hit| hit.rule.effect != Effect::Supports)
            .copied()
            .collect();
        if !vetoes.is_empty() {
            hits.retain(|hit| {
                let is_vetoed = |veto: &Hit<'_>| {
                    let mut targets = hit.rule.targets.iter();
                    targets.any(|target| veto.takes_back(*target, hit.first, tokens))
                };
                hit.rule.effect == Effect::Supports && !vetoes.iter().any(is_vetoed)
            });
        }
        vetoes
    }

    /// Whether what begins at a word is negated: a negation stands before it,
    /// with nothing but bridging words of the same clause between.
    pub fn is_negated(&self, tokens: &[Token], first: usize) -> bool {
        let Some(start) = tokens.get(first) else {
            return false;
        };
        let mut is_clause_start = start.is_after_comma;
        for token in tokens.iter().take(first).rev().take(NEGATION_REACH) {
            if is_clause_start || token.sentence != start.sentence {
                return false;
            }
            if self.grammar.negations.contains(token.word) {
                return true;
            }
            if !self.grammar.bridges.contains(token.word) {
                return false;
            }
            is_clause_start = token.is_after_comma;
        }
        false
    }

    /// Whether a negation stands shortly before a word in the same clause, whatever
    /// stands between: for counting words, where [`Self::is_negated`] would be too strict.
    pub fn is_under_negation(&self, tokens: &[Token], at: usize) -> bool {
        let Some(word) = tokens.get(at) else {
            return false;
        };
        let mut is_clause_start = word.is_after_comma;
        for token in tokens.iter().take(at).rev().take(SCOPE_REACH) {
            if is_clause_start || token.sentence != word.sentence {
                return false;
            }
            if self.grammar.negations.contains(token.word) {
                return true;
            }
            is_clause_start = token.is_after_comma;
        }
        false
    }

    fn match_at(&self, rule: &Rule, tokens: &Tokens, first: usize) -> Option<usize> {
        let start = tokens.list.get(first)?;
        if start.is_quoted || (rule.is_statement_only && tokens.is_question(start.sentence)) {
            return None;
        }
        let walk = Walk {
            tokens: &tokens.list,
            sentence: start.sentence,
            grammar: &self.grammar,
            crosses_negations: rule.holds_negated || rule.effect != Effect::Supports,
        };
        let last = walk.end_of(&rule.parts, first)?.checked_sub(1)?;
        let is_taken_back = !walk.crosses_negations && self.is_negated(&tokens.list, first);
        (!is_taken_back).then_some(last)
    }
}

/// A match under way in one sentence.
struct Walk<'w> {
    tokens: &'w [Token],
    sentence: u16,
    grammar: &'w Grammar,
    crosses_negations: bool,
}

impl Walk<'_> {
    /// The index after the match of all parts from a word on. Gaps are tried
    /// from the shortest; they are short, so this stays linear in practice.
    fn end_of(&self, parts: &[Part], at: usize) -> Option<usize> {
        let Some((part, rest)) = parts.split_first() else {
            return Some(at);
        };
        match part {
            Part::Word { set, is_optional } => {
                let matched = if self
                    .own_word(at)
                    .is_some_and(|token| set.contains(token.word))
                {
                    self.end_of(rest, at + 1)
                } else {
                    None
                };
                matched.or_else(|| is_optional.then(|| self.end_of(rest, at))?)
            }
            Part::Gap(most) => {
                for skipped in 0..=*most {
                    let matched = self.end_of(rest, at + skipped);
                    if matched.is_some() {
                        return matched;
                    }
                    let next = self.tokens.get(at + skipped)?;
                    let is_barrier =
                        !self.crosses_negations && self.grammar.negations.contains(next.word);
                    if next.sentence != self.sentence || is_barrier {
                        return None;
                    }
                }
                None
            }
            Part::Start => {
                let is_start = self
                    .tokens
                    .iter()
                    .take(at)
                    .all(|token| self.is_filler(token));
                is_start.then(|| self.end_of(rest, at))?
            }
            Part::End => {
                let is_end = self
                    .tokens
                    .iter()
                    .skip(at)
                    .all(|token| self.is_filler(token));
                is_end.then(|| self.end_of(rest, at))?
            }
        }
    }

    fn own_word(&self, at: usize) -> Option<&Token> {
        self.tokens
            .get(at)
            .filter(|token| token.sentence == self.sentence && !token.is_quoted)
    }

    fn is_filler(&self, token: &Token) -> bool {
        self.grammar.fillers.contains(token.word)
    }
}

/// The set for `#`: any number.
pub(crate) fn number_ids() -> [WordId; 1] {
    [NUMBER]
}
