//! Why a turn was decided so, for people: what fired, what nearly fired and by how
//! much, what failed, what nobody supplied. One structure for pages, API and terminal.

use segue_model::id::{PolicyVersion, QueueKey, RuleId};
use segue_model::signal::Evidence;
use segue_model::verdict::{
    FallBackStep, HandoffKind, NearMiss, Outcome, RuleTrace, SignalTrace, Trace, Verdict,
};
use segue_policy::Policy;
use segue_policy::definition::StaffDisclosure;
use serde::Serialize;

/// Numbers in sentences have at most so many decimals.
const DECIMALS: usize = 3;

/// A verdict with its reasons.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Explanation {
    /// The policy it was decided under.
    pub policy: PolicyVersion,
    /// `continue`, `fall_back`, `review` or `escalate`.
    pub verdict: &'static str,
    /// The rule that decided.
    pub rule: RuleId,
    /// How it is handed over; only where it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<HandoffKind>,
    /// Where it leads; only for handoffs and drafts.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub queue: Option<QueueKey>,
    /// What the assistant does instead; only for fallbacks.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub step: Option<FallBackStep>,
    /// Whether supervisors are to look at it.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub flag: bool,
    /// The clause the customer reads after "because"; empty where nothing is said.
    pub reason: String,
    /// One sentence for each rule that held, the deciding one first.
    pub fired: Vec<String>,
    /// What missed by little, the nearest first.
    pub nearly: Vec<Nearly>,
    /// What should have been measured or looked up and was not.
    pub failed: Vec<String>,
    /// What tried rules read and nobody supplied.
    pub absent: Vec<String>,
    /// What was measured; what the verdict rests on first.
    pub signals: Vec<SignalRead>,
    /// How many rules were tried, what decided besides them included.
    pub rules_tried: usize,
}

/// A condition that missed by little.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Nearly {
    /// The rule it belongs to.
    pub rule: RuleId,
    /// The condition, as the policy writes it.
    pub condition: String,
    /// What was measured; a flag is 0 or 1.
    pub value: f64,
    /// What it was held against.
    pub threshold: f64,
    /// By how much it missed, in the signal's unit.
    pub missed_by: f64,
    /// The same in a sentence.
    pub sentence: String,
}

/// A signal that was measured.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SignalRead {
    /// Its name.
    pub signal: String,
    /// Its value; a flag is 0 or 1.
    pub value: f64,
    /// How strong the evidence is, 0–1.
    pub score: f64,
    /// Where it shows.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<Evidence>,
    /// Whether the verdict rests on it.
    pub rests: bool,
}

/// Explains a verdict. A policy that spares staff the trace leaves the outcome and the
/// reason; without a policy everything is told.
pub fn of(verdict: &Verdict, policy: Option<&Policy>) -> Explanation {
    let trace = &*verdict.trace;
    let (kind, queue, step) = match &verdict.outcome {
        Outcome::Escalate { kind, queue } => (Some(*kind), Some(queue.clone()), None),
        Outcome::Review { queue } => (None, Some(queue.clone()), None),
        Outcome::FallBack { step } => (None, None, Some(*step)),
        Outcome::Continue => (None, None, None),
    };
    let outcome = Explanation {
        policy: trace.policy.clone(),
        verdict: verdict.outcome.word(),
        rule: verdict.rule.clone(),
        kind,
        queue,
        step,
        flag: verdict.is_flagged,
        reason: verdict.reason.to_string(),
        fired: Vec::new(),
        nearly: Vec::new(),
        failed: Vec::new(),
        absent: Vec::new(),
        signals: Vec::new(),
        rules_tried: trace.rules.len(),
    };
    let is_spared =
        policy.is_some_and(|policy| policy.disclosure().staff == StaffDisclosure::NoTrace);
    if is_spared {
        return outcome;
    }
    Explanation {
        fired: fired(verdict),
        nearly: trace
            .near_misses
            .iter()
            .map(|near| nearly(near, trace))
            .collect(),
        failed: trace.failures.clone(),
        absent: trace.absent.clone(),
        signals: signals(trace),
        ..outcome
    }
}

/// The deciding rule first, then those that held beside it and only flagged.
fn fired(verdict: &Verdict) -> Vec<String> {
    let held = || verdict.trace.rules.iter().filter(|rule| rule.fired);
    let is_deciding = |rule: &&RuleTrace| rule.rule == verdict.rule;
    let deciding = held()
        .filter(is_deciding)
        .map(|rule| format!("`{}` decided{}", rule.rule.0, because(rule)));
    let beside = held()
        .filter(|rule| !is_deciding(rule))
        .map(|rule| format!("`{}` held beside it{}", rule.rule.0, because(rule)));
    deciding.chain(beside).collect()
}

fn because(rule: &RuleTrace) -> String {
    match rule.because.as_slice() {
        [] => String::new(),
        because => format!(": {}", because.join("; ")),
    }
}

fn nearly(near: &NearMiss, trace: &Trace) -> Nearly {
    Nearly {
        rule: near.rule.clone(),
        condition: near.condition.clone(),
        value: near.value,
        threshold: near.threshold,
        missed_by: near.missed_by,
        sentence: sentence(near, trace),
    }
}

/// A number says by how much it missed; a flag has no distance, but its evidence has one.
fn sentence(near: &NearMiss, trace: &Trace) -> String {
    let (rule, condition) = (&near.rule.0, &near.condition);
    let number = |value: f64| short(value);
    if condition.starts_with("at least ") {
        return format!("`{rule}` needs {condition}; {} held", number(near.value));
    }
    let Some(flags) = flags(condition) else {
        return format!(
            "`{rule}` needs {condition}; it was {}, {} short",
            number(near.value),
            number(near.missed_by)
        );
    };
    let strongest = trace
        .signals
        .iter()
        .filter(|signal| flags.contains(&signal.signal.as_str()))
        .max_by(|a, b| a.score.total_cmp(&b.score));
    match strongest {
        Some(signal) => format!(
            "`{rule}` lacked only: {condition}; {} had evidence of {}, too little",
            signal.signal,
            number(signal.score)
        ),
        None => format!("`{rule}` lacked only: {condition}"),
    }
}

/// The names of the flags of `a is true or b is true`; nothing for any other condition.
fn flags(condition: &str) -> Option<Vec<&str>> {
    let name = |part| {
        let part: &str = part;
        let name = part
            .strip_suffix(" is true")
            .or_else(|| part.strip_suffix(" is false"))?;
        (!name.contains(' ')).then_some(name)
    };
    let condition = condition.strip_prefix("not ").unwrap_or(condition);
    condition.split(" or ").map(name).collect()
}

fn short(value: f64) -> String {
    let text = format!("{value:.DECIMALS$}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    match text {
        "-0" => "0".to_owned(),
        text => text.to_owned(),
    }
}

fn signals(trace: &Trace) -> Vec<SignalRead> {
    let read = |signal: &SignalTrace| SignalRead {
        signal: signal.signal.clone(),
        value: signal.value,
        score: signal.score,
        evidence: signal.evidence.clone(),
        rests: trace.rests_on(&signal.signal),
    };
    let mut signals: Vec<SignalRead> = trace.signals.iter().map(read).collect();
    // A stable sort: within each half the order of the trace stays.
    signals.sort_by_key(|signal| !signal.rests);
    signals
}

impl Explanation {
    /// What was decided, in one sentence.
    pub fn headline(&self) -> String {
        let because = match self.reason.as_str() {
            "" => String::new(),
            reason => format!(", because {reason}"),
        };
        let flag = if self.flag {
            " Flagged for review."
        } else {
            ""
        };
        let queue = self.queue.as_ref().map_or("", QueueKey::as_str);
        let what = match (self.kind, self.step, self.verdict) {
            (Some(kind), ..) => {
                let manner = match kind {
                    HandoffKind::Warm => "Handed over warm",
                    HandoffKind::Cold => "Handed over cold",
                    HandoffKind::Takeover => "Taken over at once",
                };
                format!("{manner} to {queue}")
            }
            (_, Some(FallBackStep::Widen), _) => "The search is widened".to_owned(),
            (_, Some(FallBackStep::Clarify), _) => "One question is asked back".to_owned(),
            (_, _, "review") => format!("Drafts are held for {queue}"),
            _ => "The assistant goes on".to_owned(),
        };
        format!("{what}{because}.{flag}")
    }
}

impl Explanation {
    /// The whole as text for a terminal. `quote` gives the words that evidence points at,
    /// where they are at hand.
    pub fn text<'t>(&self, quote: impl Fn(&Evidence) -> Option<&'t str>) -> String {
        let mut out = self.headline();
        let mut list = |title: &str, lines: Vec<String>| {
            if !lines.is_empty() {
                out.push_str(&format!("\n  {title}"));
            }
            for line in lines {
                out.push_str(&format!("\n    {line}"));
            }
        };
        list("fired", self.fired.clone());
        let resting = self.signals.iter().filter(|signal| signal.rests);
        list(
            "rests on",
            resting.map(|signal| signal_line(signal, &quote)).collect(),
        );
        let nearly = self.nearly.iter().map(|near| near.sentence.clone());
        list("nearly fired", nearly.collect());
        list("failed", self.failed.clone());
        let absent = match self.absent.is_empty() {
            true => Vec::new(),
            false => vec![self.absent.join(", ")],
        };
        list("nobody supplied", absent);
        out.push('\n');
        out
    }
}

fn signal_line<'t>(signal: &SignalRead, quote: &impl Fn(&Evidence) -> Option<&'t str>) -> String {
    let evidence: Vec<String> = signal
        .evidence
        .iter()
        .map(|it| match quote(it) {
            Some(words) => format!("“{words}” in turn {}", it.turn.0),
            None => format!("{} in turn {}", it.what, it.turn.0),
        })
        .collect();
    let place = match evidence.is_empty() {
        true => String::new(),
        false => format!(": {}", evidence.join("; ")),
    };
    format!("{} {}{place}", signal.signal, short(signal.value))
}
