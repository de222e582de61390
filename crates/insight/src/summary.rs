//! What the verdicts of many conversations come to, for the end of an import or a replay.

use std::collections::BTreeMap;

use segue_model::id::RuleId;
use segue_model::verdict::Verdict;
use serde::Serialize;

/// How many verdicts there were, by word and by deciding rule.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct VerdictSummary {
    /// How many customer turns were judged.
    pub verdicts: u32,
    /// By word: `continue`, `fall_back`, `review`, `escalate`; a word that never came is not there.
    pub by_word: BTreeMap<&'static str, u32>,
    /// By the rule that decided.
    pub by_rule: BTreeMap<RuleId, u32>,
}

impl VerdictSummary {
    /// Counts one verdict in.
    pub fn add(&mut self, verdict: &Verdict) {
        self.verdicts += 1;
        *self.by_word.entry(verdict.outcome.word()).or_default() += 1;
        *self.by_rule.entry(verdict.rule.clone()).or_default() += 1;
    }

    /// Adds what another part of the work counted.
    pub fn merge(&mut self, other: Self) {
        self.verdicts += other.verdicts;
        for (word, n) in other.by_word {
            *self.by_word.entry(word).or_default() += n;
        }
        for (rule, n) in other.by_rule {
            *self.by_rule.entry(rule).or_default() += n;
        }
    }

    /// How many verdicts had this word.
    pub fn of_word(&self, word: &str) -> u32 {
        self.by_word.get(word).copied().unwrap_or(0)
    }
}
