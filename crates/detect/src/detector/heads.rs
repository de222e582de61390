//! The trained heads: where they are believed beside the rules, and where not.

use segue_model::signal::Evidence;
use segue_model::turn::TurnNumber;

use super::{Reader, cut};
use crate::asks::Word;
use crate::builtin::{ASKED_ABOUT, BUILTIN, NEGATED_IS_NOT_MEANT, TARGETS, Target};
use crate::features::Features;
use crate::heads::{AGAINST_MIN, Heads, SURE_MIN};
use crate::memory::{FOUND_MIN, Latest};
use crate::rules::Hit;
use crate::sketch::{Sketch, stem_of};
use crate::token::Token;
use crate::vocabulary::NUMBER;

/// From which score on the rules stand beside a head.
const RULES_BESIDE_MIN: f64 = 0.2;
/// In a turn with fewer words that say something of a subject a head alone must be sure.
const CONTENT_ALONE_MIN: usize = 2;
/// A turn of fewer words that negates what it is about asks for nothing else.
const SHORT_WORDS: usize = 6;
/// A wish for a person of so many words or fewer says little beside it.
const WISH_WORDS_MAX: usize = 14;
/// What a turn may be about, and be sent to other people for.
const SUBJECTS: &[Target] = &[
    Target::RefundReturn,
    Target::CancelClose,
    Target::BillingDispute,
    Target::FraudSecurity,
    Target::Complaint,
    Target::PrivacyData,
    Target::LegalThreat,
];
/// What one word often says: "useless".
const OFTEN_ONE_WORD: &[Target] = &[Target::Frustration, Target::Anger];
/// What heads have learned from few lines, and what weighs much: from which score on they
/// are believed alone. People tell of their days in much the same words as of their despair.
const WEIGHTY: &[(Target, f32)] = &[
    (Target::Distress, 0.85),
    (Target::LegalThreat, SURE_MIN),
    (Target::PrivacyData, SURE_MIN),
    (Target::Complaint, SURE_MIN),
];

/// What the rules say of a text alone, for learning what to add to them.
#[derive(Debug, Clone)]
pub(crate) struct RuleFindings {
    /// Strength of each target, 0–1.
    pub scores: [f32; TARGETS],
    /// Whether it asks for information.
    pub is_info: bool,
}

/// A text as the heads see it: its features, and what the rules say of it.
pub(crate) fn rule_findings(text: &str) -> (Features, RuleFindings) {
    let read = Reader::new(cut(text), TurnNumber(1), &BUILTIN);
    let (latest, _) = read.findings();
    let features = read.marked_features(&latest);
    let findings = RuleFindings {
        scores: latest.scores,
        is_info: read.info_hits().next().is_some(),
    };
    (features, findings)
}

/// What a text's words are, without what the rules say of it.
pub(crate) fn features_of(text: &str) -> Features {
    Reader::new(cut(text), TurnNumber(1), &BUILTIN).features()
}

/// A text as an ask of a customer, with its words.
pub(crate) fn ask_of(text: &str) -> (Sketch, Vec<Word>) {
    let read = Reader::new(text, TurnNumber(1), &BUILTIN);
    let features = read.features();
    let sketch = Sketch::of_ask(&read.tokens, &read.folded, &BUILTIN, &features);
    let words = read.tokens.list.iter().map(|token| {
        let (start, end) = read
            .folded
            .original_span(token.start as usize, token.end as usize);
        Word {
            start,
            end,
            sentence: token.sentence,
            is_after_comma: token.is_after_comma,
            stem: stem_of(token, &read.folded, &BUILTIN),
            is_common: BUILTIN.classes.common.contains(token.word),
        }
    });
    (sketch, words.collect())
}

/// The strength of each target in a text, as heads that do not ship would find it.
pub(crate) fn scores_by(heads: &Heads, text: &str) -> [f32; TARGETS] {
    let read = Reader::new(cut(text), TurnNumber(1), &BUILTIN);
    let (mut latest, _) = read.findings();
    read.add_heads(heads, &read.marked_features(&latest), &mut latest);
    latest.scores
}

impl Reader<'_> {
    /// Joins what the rules found with the trained heads.
    pub(super) fn add_heads(&self, heads: &Heads, features: &Features, latest: &mut Latest) {
        if self.tokens.list.is_empty() {
            return;
        }
        let margins = heads.margins(features);
        let by_rules = latest.scores;
        let is_info = self.info_hits().next().is_some();
        for (column, (head, margin)) in heads.list.iter().zip(margins).enumerate() {
            let target = head.target;
            let Some(score) = latest.scores.get_mut(target as usize) else {
                continue;
            };
            let is_asked = is_info && ASKED_ABOUT.contains(&target);
            let rules = *score;
            *score = head.score(margin, features, rules, is_asked);
            if f64::from(*score) < FOUND_MIN {
                continue;
            }
            let words = heads.carriers(features, column, self.tokens.list.len());
            let (of_rules, joined) = (f64::from(rules), f64::from(*score));
            if of_rules < FOUND_MIN && !self.is_believed(target, (of_rules, joined), words) {
                *score = rules;
            } else if latest.evidence.iter().all(|(other, _)| *other != target)
                && let Some(evidence) = words.and_then(|words| self.words_evidence(words))
            {
                latest.evidence.push((target, evidence));
            }
        }
        self.keep_to_the_wish(heads, &by_rules, latest);
    }

    /// A short wish for a person is about little else: a subject that only a head hears in
    /// its words must be very sure, or the wish goes to the wrong people.
    fn keep_to_the_wish(&self, heads: &Heads, by_rules: &[f32; TARGETS], latest: &mut Latest) {
        if !latest.has(Target::OptOut) || self.tokens.list.len() > WISH_WORDS_MAX {
            return;
        }
        let subjects = heads.list.iter().map(|head| head.target);
        for target in subjects.filter(|target| SUBJECTS.contains(target)) {
            let rules = by_rules.get(target as usize).copied().unwrap_or_default();
            let is_alone = f64::from(rules) < RULES_BESIDE_MIN;
            if is_alone && latest.score(target) < f64::from(AGAINST_MIN) {
                latest.clear(target);
            }
        }
    }

    /// Whether a head may find what the rules do not.
    fn is_believed(
        &self,
        target: Target,
        (of_rules, joined): (f64, f64),
        words: Option<(usize, usize)>,
    ) -> bool {
        let Some(words) = words else {
            return false;
        };
        let is_alone = of_rules < RULES_BESIDE_MIN;
        let is_taken_back = self.is_taken_back(target, words.0);
        let may_be_one_word = OFTEN_ONE_WORD.contains(&target);
        if is_alone && (self.content_words() == 0 || is_taken_back && !may_be_one_word) {
            return false;
        }
        let says_little = !may_be_one_word && self.content_words() < CONTENT_ALONE_MIN;
        let weighty = WEIGHTY.iter().find(|(it, _)| *it == target);
        let alone = weighty.map(|(_, needed)| *needed);
        let alone = alone.or(says_little.then_some(SURE_MIN));
        // "I don't want a refund" says no more; "I don't know how to cancel" may.
        let is_short = self.tokens.list.len() < SHORT_WORDS;
        if is_short && self.is_negated(target, (words.1, words.1)) {
            return false;
        }
        let needed = if self.is_negated(target, words) || is_taken_back {
            f64::from(AGAINST_MIN)
        } else {
            alone.filter(|_| is_alone).map_or(FOUND_MIN, f64::from)
        };
        joined >= needed
    }

    /// How many words of the turn say something of a subject.
    fn content_words(&self) -> usize {
        let classes = &self.builtin.classes;
        // Numbers, dates and references are answers, whatever they were learned beside.
        let is_content = |token: &&Token| {
            token.end - token.start > 1
                && token.word != NUMBER
                && !classes.function.contains(token.word)
        };
        self.tokens.list.iter().filter(is_content).count()
    }

    /// Whether a rule knows that something else is meant where a head's words begin.
    fn is_taken_back(&self, target: Target, first: usize) -> bool {
        let takes_back = |veto: &Hit<'_>| veto.takes_back(target as u8, first, &self.tokens);
        self.vetoes.iter().any(takes_back)
    }

    /// Whether what a head goes by is negated, and so likely not meant.
    fn is_negated(&self, target: Target, (first, last): (usize, usize)) -> bool {
        let is_negated = |at| self.builtin.rules.is_under_negation(&self.tokens.list, at);
        NEGATED_IS_NOT_MEANT.contains(&target) && (first..=last).any(is_negated)
    }

    /// A run of words as evidence, named by its first and last.
    pub(super) fn words_evidence(&self, (first, last): (usize, usize)) -> Option<Evidence> {
        let (first, last) = (self.tokens.list.get(first)?, self.tokens.list.get(last)?);
        let word = |token: &Token| {
            self.folded
                .text
                .get(token.start as usize..token.end as usize)
        };
        let what = if first.start == last.start {
            word(first)?.to_owned()
        } else {
            format!("{} … {}", word(first)?, word(last)?)
        };
        Some(self.evidence(first.start as usize, last.end as usize, what.into()))
    }
}
