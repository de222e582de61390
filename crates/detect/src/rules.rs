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
use crate::vocabulary::{NUMBER, Vocabulary, WordId, WordSet};

pub(crate) use parse::{Substring, read};

/// How far back a negation is looked for, in words.
const NEGATION_REACH: usize = 5;

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
    /// Its text, shown as evidence.
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
    grammar: Grammar,
}

impl Rules {
    /// Indexes rules by the words they can begin with.
    pub fn new(list: Vec<Rule>, grammar: Grammar, vocabulary: &Vocabulary) -> Self {
        let mut by_first = vec![Vec::new(); vocabulary.len()];
        for (number, rule) in list.iter().enumerate() {
            let number = u16::try_from(number).unwrap_or(u16::MAX);
            for part in &rule.parts {
                let Part::Word { set, is_optional } = part else { continue };
                for word in set.iter() {
                    if let Some(slot) = by_first.get_mut(usize::from(word)) {
                        if slot.last() != Some(&number) {
                            slot.push(number);
                        }
                    }
                }
                if !is_optional {
                    break;
                }
            }
        }
        Self { list, by_first, grammar }
    }

    /// All matches, the first of each rule in each sentence, vetoes applied.
    pub fn scan<'r>(&'r self, tokens: &Tokens, hits: &mut Vec<Hit<'r>>) {
        for (at, token) in tokens.list.iter().enumerate() {
            let Some(candidates) = self.by_first.get(usize::from(token.word)) else { continue };
            for number in candidates {
                let Some(rule) = self.list.get(usize::from(*number)) else { continue };
                if let Some(last) = self.match_at(rule, tokens, at) {
                    hits.push(Hit { rule, first: at, last });
                }
            }
        }
        if hits.iter().any(|hit| hit.rule.effect != Effect::Supports) {
            apply_vetoes(tokens, hits);
        }
    }

    /// Whether what begins at a word is negated: a negation stands before it,
    /// with nothing but bridging words of the same clause between.
    pub fn is_negated(&self, tokens: &[Token], first: usize) -> bool {
        let Some(start) = tokens.get(first) else { return false };
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

    fn match_at(&self, rule: &Rule, tokens: &Tokens, first: usize) -> Option<usize> {
        let start = tokens.list.get(first)?;
        if start.is_quoted || (rule.is_statement_only && tokens.is_question(start.sentence)) {
            return None;
        }
        let end = self.match_parts(&rule.parts, &tokens.list, first, start.sentence)?;
        let last = end.checked_sub(1)?;
        let is_taken_back = rule.effect == Effect::Supports
            && !rule.holds_negated
            && self.is_negated(&tokens.list, first);
        (!is_taken_back).then_some(last)
    }

    /// The index after the match of all parts from a word on.
    fn match_parts(&self, parts: &[Part], tokens: &[Token], at: usize, sentence: u16) -> Option<usize> {
        let Some((part, rest)) = parts.split_first() else { return Some(at) };
        let here = tokens.get(at).filter(|token| token.sentence == sentence && !token.is_quoted);
        match part {
            Part::Word { set, is_optional } => {
                if here.is_some_and(|token| set.contains(token.word)) {
                    let matched = self.match_parts(rest, tokens, at + 1, sentence);
                    if matched.is_some() {
                        return matched;
                    }
                }
                if *is_optional { self.match_parts(rest, tokens, at, sentence) } else { None }
            }
            Part::Gap(most) => {
                for skipped in 0..=*most {
                    let matched = self.match_parts(rest, tokens, at + skipped, sentence);
                    if matched.is_some() {
                        return matched;
                    }
                    let next = tokens.get(at + skipped)?;
                    if next.sentence != sentence || self.grammar.negations.contains(next.word) {
                        return None;
                    }
                }
                None
            }
            Part::Start => {
                let mut before = tokens.iter().take(at);
                before.all(|token| self.grammar.fillers.contains(token.word))
                    .then(|| self.match_parts(rest, tokens, at, sentence))?
            }
            Part::End => {
                let mut after = tokens.iter().skip(at);
                after.all(|token| self.grammar.fillers.contains(token.word))
                    .then(|| self.match_parts(rest, tokens, at, sentence))?
            }
        }
    }
}

/// The set for `#`: any number.
pub(crate) fn number_ids() -> [WordId; 1] {
    [NUMBER]
}

fn apply_vetoes(tokens: &Tokens, hits: &mut Vec<Hit<'_>>) {
    let sentence_of = |hit: &Hit<'_>| tokens.list.get(hit.first).map(|token| token.sentence);
    let vetoes: Vec<Hit<'_>> =
        hits.iter().filter(|hit| hit.rule.effect != Effect::Supports).copied().collect();
    hits.retain(|hit| {
        hit.rule.effect == Effect::Supports
            && !vetoes.iter().any(|veto| {
                veto.rule.targets.iter().all(|target| !hit.rule.targets.contains(target)) == false
                    && (veto.rule.effect == Effect::VetoesTurn || sentence_of(veto) == sentence_of(hit))
            })
    });
}
