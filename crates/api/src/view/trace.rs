//! How a verdict came about, with the words it rests on where they are at hand.

use segue_model::signal;
use segue_model::verdict;

use super::timeline::Quotable;
use super::{REDACTED, View};
use crate::wire::timeline::{Evidence, NearMiss, RuleRead, SignalRead, Trace};

impl View<'_> {
    /// The trace as staff may read it; empty where the policy keeps it back.
    pub(super) fn trace(&self, trace: &verdict::Trace, quotable: &Quotable<'_>) -> Trace {
        if !self.shows_traces() {
            return Trace {
                policy: trace.policy.0.to_string(),
                rules: Vec::new(),
                signals: Vec::new(),
                failures: Vec::new(),
                near_misses: Vec::new(),
            };
        }
        let mut shown = trace_of(trace);
        let places = trace.signals.iter().flat_map(|signal| &signal.evidence);
        let evidence = shown
            .signals
            .iter_mut()
            .flat_map(|signal| &mut signal.evidence);
        for (evidence, place) in evidence.zip(places) {
            if self.is_redacted() {
                // What fired is said in the words that were found: the customer's own.
                REDACTED.clone_into(&mut evidence.what);
            } else {
                evidence.quote = quote(place, quotable);
            }
        }
        shown
    }
}

/// The whole trace, without quotes.
pub fn trace_of(trace: &verdict::Trace) -> Trace {
    Trace {
        policy: trace.policy.0.to_string(),
        rules: trace.rules.iter().map(rule).collect(),
        signals: trace
            .signals
            .iter()
            .map(|signal| signal_of(signal, trace.rests_on(&signal.signal)))
            .collect(),
        failures: trace.failures.clone(),
        near_misses: trace.near_misses.iter().map(near_miss).collect(),
    }
}

fn rule(rule: &verdict::RuleTrace) -> RuleRead {
    RuleRead {
        rule: rule.rule.0.to_string(),
        fired: rule.fired,
        because: rule.because.clone(),
    }
}

/// One signal, without quotes.
pub(super) fn signal_of(signal: &verdict::SignalTrace, is_reason: bool) -> SignalRead {
    SignalRead {
        signal: signal.signal.clone(),
        value: signal.value,
        score: signal.score,
        is_reason,
        evidence: signal.evidence.iter().map(evidence).collect(),
    }
}

fn evidence(evidence: &signal::Evidence) -> Evidence {
    Evidence {
        turn: evidence.turn.0,
        start: evidence.start,
        end: evidence.end,
        what: evidence.what.to_string(),
        quote: None,
    }
}

fn near_miss(near: &verdict::NearMiss) -> NearMiss {
    NearMiss {
        rule: near.rule.0.to_string(),
        condition: near.condition.clone(),
        value: near.value,
        threshold: near.threshold,
        missed_by: near.missed_by,
    }
}

fn quote(place: &signal::Evidence, quotable: &Quotable<'_>) -> Option<String> {
    let text = quotable.get(&place.turn)?;
    let start = usize::try_from(place.start).ok()?;
    let end = usize::try_from(place.end).ok()?;
    text.get(start..end)
        .filter(|quote| !quote.is_empty())
        .map(str::to_owned)
}
