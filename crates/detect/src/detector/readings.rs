//! From the memory to typed signals.

use std::sync::Arc;

use segue_model::signal::{Evidence, Reading, Signal, SignalKind, SignalValue, Signals};
use segue_model::turn::TurnNumber;

use crate::builtin::Target;
use crate::detector::Flow;
use crate::memory::{FOUND_MIN, Latest, Memory};
use crate::promises::{Backing, Promise};
use crate::risk;
use crate::topics::Topics;

/// Strength of a match of a workspace's own phrase or pattern.
const OWN_PHRASE: f64 = 0.95;
/// Milliseconds in a minute.
const MINUTE_MS: u64 = 60_000;

/// Flags that are one target of the rules each.
const FLAGS: &[(SignalKind, Target)] = &[
    (SignalKind::OptOut, Target::OptOut),
    (SignalKind::Frustration, Target::Frustration),
    (SignalKind::Anger, Target::Anger),
    (SignalKind::Sarcasm, Target::Sarcasm),
    (SignalKind::Distress, Target::Distress),
    (SignalKind::Threat, Target::Threat),
    (SignalKind::NegativeFeedback, Target::Feedback),
    (SignalKind::ComplianceFraud, Target::Fraud),
    (SignalKind::ComplianceLegalThreat, Target::LegalThreat),
    (
        SignalKind::ComplianceAccountCancellation,
        Target::AccountCancellation,
    ),
    (SignalKind::ComplianceDataDeletion, Target::DataDeletion),
    (SignalKind::SecurityAnomaly, Target::Security),
];

pub(super) fn signals(topics: &Topics, backing: &Backing, memory: &Memory, flow: &Flow) -> Signals {
    let mut signals = Signals::new();
    let Some(latest) = &memory.latest else {
        return signals;
    };
    for (kind, target) in FLAGS {
        signals.set(
            *kind,
            flag(latest.score(*target), || evidence_of(latest, *target)),
        );
    }
    set_words(&mut signals, memory, latest);
    set_mood(&mut signals, memory, latest);
    set_flow(&mut signals, memory, latest, flow);
    set_answer(&mut signals, memory);
    set_promises(&mut signals, backing, memory);
    for topic in &topics.list {
        let builtin = topic.builtin.map_or(0.0, |target| latest.score(target));
        let own = latest
            .topics
            .iter()
            .filter(|(key, _)| *key == topic.key)
            .map(|(_, place)| place);
        let is_own = own.clone().next().is_some();
        let score = if is_own {
            1.0 - (1.0 - builtin) * (1.0 - OWN_PHRASE)
        } else {
            builtin
        };
        let evidence = || {
            let rules = topic.builtin.map(|target| evidence_of(latest, target));
            own.cloned().chain(rules.into_iter().flatten()).collect()
        };
        signals.set_topic(topic.key.clone(), flag(score, evidence));
    }
    signals
}

fn set_words(signals: &mut Signals, memory: &Memory, latest: &Latest) {
    let capitals = || vec![whole_turn(latest.number, "capitals")];
    signals.set(SignalKind::Shouting, flag(latest.shouting, capitals));
    let complexity = latest.complexity;
    let drivers = match complexity.steps {
        0 => Vec::new(),
        steps => vec![whole_turn(latest.number, &format!("{steps} steps"))],
    };
    signals.set(SignalKind::Complexity, score(complexity.value(), drivers));
    let repeats = latest
        .repeat_of
        .iter()
        .map(|turn| whole_turn(*turn, "same concern"))
        .collect();
    // Continuous between counts: the likeness of the closest earlier turn
    // orders turns that are not linked.
    let earlier = f64::from(latest.repeats.saturating_sub(1));
    let strength = (earlier + f64::from(latest.likeness).min(0.99)) / 3.0;
    signals.set(
        SignalKind::RepeatCount,
        count(latest.repeats, strength, repeats),
    );
    signals.set(
        SignalKind::TurnCount,
        count(memory.turns, saturate(memory.turns, 10), Vec::new()),
    );
}

fn set_mood(signals: &mut Signals, memory: &Memory, latest: &Latest) {
    let Some(mood) = latest.mood else { return };
    let evidence: Vec<Evidence> = latest.mood_evidence.iter().cloned().collect();
    signals.set(SignalKind::Sentiment, polarity(mood, evidence));
    let slope = memory.mood_slope();
    signals.set(
        SignalKind::SentimentTrend,
        polarity(slope.unwrap_or(0.0), Vec::new()),
    );
    let streak = memory.negative_streak;
    signals.set(
        SignalKind::NegativeStreak,
        count(streak, saturate(streak, 3), Vec::new()),
    );
    let ms = memory
        .negative_span
        .map_or(0, |(since, until)| until.since(since).millis());
    let minutes = u32::try_from(ms / MINUTE_MS).unwrap_or(u32::MAX);
    signals.set(
        SignalKind::NegativeMinutes,
        count(minutes, saturate(minutes, 5), Vec::new()),
    );
}

fn set_flow(signals: &mut Signals, memory: &Memory, latest: &Latest, flow: &Flow) {
    let timeout = f64::from(u8::from(flow.is_assistant_timed_out));
    let unanswered = || vec![whole_turn(latest.number, "no answer")];
    signals.set(SignalKind::AssistantTimeout, flag(timeout, unanswered));
    let hand_backs = flow.hand_backs;
    signals.set(
        SignalKind::HandBackCount,
        count(hand_backs, saturate(hand_backs, 3), Vec::new()),
    );
    let is_judged = memory.answer.is_some();
    let fallbacks = if is_judged {
        memory.fallback_before
    } else {
        memory.fallback_streak
    };
    signals.set(
        SignalKind::FallbackStreak,
        count(fallbacks, saturate(fallbacks, 2), Vec::new()),
    );
    let repeats = memory.answer_repeats;
    let answer = memory.answer.as_ref().filter(|_| repeats > 0);
    let evidence = answer
        .map(|answer| whole_turn(answer.number, "same answer"))
        .into_iter()
        .collect();
    signals.set(
        SignalKind::AnswerRepeat,
        count(repeats, saturate(repeats, 2), evidence),
    );
    signals.set(
        SignalKind::EscalationRisk,
        score(risk::measure(memory), Vec::new()),
    );
}

/// What the assistant supplied with its answer; absent where it supplied
/// nothing. `retrieval_confidence` is the best score of what it found, or its
/// own confidence where it gives no list.
fn set_answer(signals: &mut Signals, memory: &Memory) {
    let Some(answer) = &memory.answer else { return };
    let mut set = |kind: SignalKind, value: Option<f64>| {
        if let Some(value) = value.filter(|value| value.is_finite()) {
            let evidence = vec![whole_turn(answer.number, kind.name())];
            signals.set(kind, score(value.clamp(0.0, 1.0), evidence));
        }
    };
    set(SignalKind::AnswerConfidence, answer.confidence);
    set(
        SignalKind::RetrievalConfidence,
        answer.retrieval.or(answer.confidence),
    );
    set(SignalKind::QueryDistance, answer.query_distance);
    set(SignalKind::OutOfScope, answer.out_of_scope);
    if answer.has_tools {
        let failed = answer.failed_tool.as_ref();
        let evidence = || {
            failed
                .map(|tool| whole_turn(answer.number, tool))
                .into_iter()
                .collect()
        };
        signals.set(
            SignalKind::ToolFailure,
            flag(f64::from(u8::from(failed.is_some())), evidence),
        );
    }
}

/// What the assistant promised and nothing backs: no tool that ran and gave a result.
fn set_promises(signals: &mut Signals, backing: &Backing, memory: &Memory) {
    let Some(answer) = &memory.answer else { return };
    let tools = || answer.tools.iter().map(AsRef::as_ref);
    let mut set = |kind: SignalKind, promises: &[Promise]| {
        let open = answer.promised.iter().filter(|promised| {
            promises.contains(&promised.kind) && !backing.holds(promised.kind, tools())
        });
        let strength = open.clone().map(|it| it.strength).fold(0.0, f64::max);
        signals.set(
            kind,
            flag(strength, || open.map(|it| it.place.clone()).collect()),
        );
    };
    let of_a_person = [Promise::Handover, Promise::FollowUp];
    set(SignalKind::ImpliedPromise, &of_a_person);
    set(SignalKind::ImpliedAction, &[Promise::Action]);
}

fn flag(strength: f64, evidence: impl FnOnce() -> Vec<Evidence>) -> Reading {
    let is_set = strength >= FOUND_MIN;
    let evidence = if is_set { evidence() } else { Vec::new() };
    Reading::Present(Signal {
        value: SignalValue::Flag(is_set),
        score: strength,
        evidence,
    })
}

fn count(value: u32, strength: f64, evidence: Vec<Evidence>) -> Reading {
    let score = strength.clamp(0.0, 1.0);
    Reading::Present(Signal {
        value: SignalValue::Count(value),
        score,
        evidence,
    })
}

fn score(value: f64, evidence: Vec<Evidence>) -> Reading {
    Reading::Present(Signal {
        value: SignalValue::Score(value),
        score: value,
        evidence,
    })
}

/// The strength of a polarity is that of its negative side: 1 at −1, 0 at 1.
fn polarity(value: f64, evidence: Vec<Evidence>) -> Reading {
    let score = (1.0 - value) / 2.0;
    Reading::Present(Signal {
        value: SignalValue::Polarity(value),
        score,
        evidence,
    })
}

fn saturate(value: u32, full: u32) -> f64 {
    (f64::from(value) / f64::from(full)).min(1.0)
}

fn evidence_of(latest: &Latest, target: Target) -> Vec<Evidence> {
    let found = latest.evidence.iter().filter(|(other, _)| *other == target);
    found.map(|(_, evidence)| evidence.clone()).collect()
}

fn whole_turn(turn: TurnNumber, what: &str) -> Evidence {
    Evidence {
        turn,
        start: 0,
        end: 0,
        what: Arc::from(what),
    }
}
