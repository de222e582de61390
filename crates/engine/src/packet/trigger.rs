//! Why the handoff happened, in words for an agent.

use segue_model::escalation::Trigger;
use segue_model::packet::TriggerNote;
use segue_model::signal::{Evidence, SignalKind};
use segue_model::turn::ToolStatus;
use segue_model::verdict::{SignalTrace, Verdict};

use super::reading::Reading;
use super::text;

/// The rule's name where no verdict asked for the handoff.
const UNASKED: &str = "builtin.asked";
/// The rule's name when the customer asks for a person.
const OPT_OUT: &str = "builtin.opt_out";

/// The note.
pub(super) fn note(verdict: Option<&Verdict>, reason: &str, reading: &Reading<'_>) -> TriggerNote {
    let signals = verdict.map(fired).unwrap_or_default();
    let rule = verdict.map_or(UNASKED, |verdict| &*verdict.rule.0);
    let told = verdict.and_then(|verdict| told(verdict, &signals, reading));
    let reason = told.unwrap_or_else(|| given(reason));
    TriggerNote {
        rule: rule.to_owned(),
        reason,
        signals,
        told: Vec::new(),
    }
}

/// The spans that a topic or a matter of compliance was seen in.
pub fn stakes(verdict: Option<&Verdict>) -> Vec<&Evidence> {
    let is_stake = |signal: &&SignalTrace| {
        signal.value > 0.0
            && (signal.signal.starts_with("topic.") || signal.signal.starts_with("compliance."))
    };
    verdict.map_or_else(Vec::new, |verdict| {
        let is_decisive = |signal: &&SignalTrace| verdict.trace.rests_on(&signal.signal);
        let signals = verdict
            .trace
            .signals
            .iter()
            .filter(is_stake)
            .filter(is_decisive);
        signals.flat_map(|signal| &signal.evidence).collect()
    })
}

fn fired(verdict: &Verdict) -> Vec<SignalTrace> {
    let signals = &verdict.trace.signals;
    let named: Vec<SignalTrace> = signals
        .iter()
        .filter(|signal| verdict.trace.rests_on(&signal.signal))
        .cloned()
        .collect();
    if !named.is_empty() {
        return named;
    }
    // A rule of the program names no condition: its signal has the trigger's name.
    let own = match verdict.plan.map(|plan| plan.trigger) {
        _ if *verdict.rule.0 == *OPT_OUT => SignalKind::OptOut,
        Some(Trigger::OptOut) => SignalKind::OptOut,
        Some(Trigger::Repeat) => SignalKind::RepeatCount,
        Some(Trigger::Fallback) => SignalKind::FallbackStreak,
        Some(Trigger::ToolFailure) => SignalKind::ToolFailure,
        Some(Trigger::LowConfidence) => SignalKind::RetrievalConfidence,
        _ => return Vec::new(),
    };
    signals
        .iter()
        .filter(|signal| signal.signal == own.name())
        .cloned()
        .collect()
}

fn given(reason: &str) -> String {
    match text::clean(reason) {
        reason if reason.is_empty() => "A person was asked for.".to_owned(),
        reason => text::ended(&text::capitalized(&reason)),
    }
}

/// The sentence of a class of trigger; `None` where the policy's own reason says more.
fn told(verdict: &Verdict, signals: &[SignalTrace], reading: &Reading<'_>) -> Option<String> {
    let value = |kind: SignalKind| {
        signals
            .iter()
            .find(|signal| signal.signal == kind.name())
            .map(|signal| signal.value)
    };
    let sentence = match verdict.plan?.trigger {
        Trigger::OptOut => "The customer asked for a person.".to_owned(),
        Trigger::Repeat => match value(SignalKind::RepeatCount) {
            Some(times) if times >= 2.0 => {
                format!("The customer put the same concern {times:.0} times.")
            }
            _ => "The assistant's answers did not help and came again.".to_owned(),
        },
        Trigger::LowConfidence => {
            let score = [
                SignalKind::RetrievalConfidence,
                SignalKind::AnswerConfidence,
            ]
            .into_iter()
            .filter_map(value)
            .reduce(f64::min);
            let score = score
                .map(|score| format!(" (confidence {score:.2})"))
                .unwrap_or_default();
            format!("The assistant was not sure enough of its answer{score}.")
        }
        Trigger::Fallback => match value(SignalKind::FallbackStreak) {
            Some(times) if times >= 2.0 => {
                format!("The assistant had no answer {times:.0} times in a row.")
            }
            _ => "The assistant had no answer.".to_owned(),
        },
        Trigger::Sentiment => "The customer's mood is strongly or lastingly negative.".to_owned(),
        Trigger::Vip => {
            "A customer with personal care: a person answers from the first turn.".to_owned()
        }
        Trigger::Compliance | Trigger::HighStakes => stake_sentence(signals)?,
        Trigger::ToolFailure => tool_sentence(reading),
        Trigger::Complexity => "The request takes several steps over several systems.".to_owned(),
        Trigger::Unavailable => match verdict.trace.failures.first() {
            Some(failure) => format!(
                "Something the policy needs failed: {}.",
                text::clean(failure)
            ),
            None => "Something the policy needs failed.".to_owned(),
        },
        Trigger::Agent | Trigger::Assistant | Trigger::Rule => return None,
    };
    Some(sentence)
}

fn stake_sentence(signals: &[SignalTrace]) -> Option<String> {
    let subject = |signal: &SignalTrace| {
        let name = signal
            .signal
            .trim_start_matches("topic.")
            .trim_start_matches("compliance.");
        (signal.value > 0.0).then(|| name.replace('_', " "))
    };
    let mut subjects: Vec<String> = signals.iter().filter_map(subject).collect();
    subjects.dedup();
    (!subjects.is_empty()).then(|| {
        format!(
            "A person decides on matters like this: {}.",
            subjects.join(", ")
        )
    })
}

fn tool_sentence(reading: &Reading<'_>) -> String {
    let calls = reading
        .turns
        .iter()
        .rev()
        .flat_map(|turn| turn.scores.tool_calls.iter().rev());
    let failed = calls
        .filter(|call| call.status != ToolStatus::Ok)
        .map(|call| {
            let name = text::clean(&call.name);
            match call.status {
                ToolStatus::Timeout => format!("The tool {name} did not answer in time."),
                ToolStatus::Error | ToolStatus::Ok => format!("The tool {name} failed."),
            }
        });
    failed
        .into_iter()
        .next()
        .unwrap_or_else(|| "The assistant or one of its tools did not answer.".to_owned())
}
