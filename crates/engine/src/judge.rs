//! What follows from a customer's turn, and from an answer to it.

use segue_detect::{Flow, Memory, Observed};
use segue_floor::State;
use segue_model::fact::Facts;
use segue_model::signal::{Reading, SignalKind, Signals};
use segue_model::time::Timestamp;
use segue_model::turn::{AnswerScores, Role, TurnNumber};
use segue_model::verdict::Verdict;
use segue_policy::Stage;

use crate::ruleset::Ruleset;

/// A turn with everything that followed from it.
#[derive(Debug, Clone)]
pub struct Judged {
    /// What was observed.
    pub signals: Signals,
    /// What follows.
    pub verdict: Verdict,
    /// What is remembered of the conversation with this turn in it.
    pub memory: Memory,
}

/// What the floor knows that the detectors need.
pub fn flow_of(state: &State) -> Flow {
    Flow {
        hand_backs: state.hand_backs,
        is_assistant_timed_out: state.is_assistant_timed_out,
    }
}

/// Judges a customer's turn that is about to be added.
pub fn judge_turn(
    rules: &Ruleset,
    memory: &Memory,
    flow: Flow,
    facts: &Facts,
    spoken: (TurnNumber, &str, Timestamp),
) -> Judged {
    judge_customer(rules, memory, flow, facts, spoken, None)
}

/// Judges a customer's turn while people have the floor. That they want a person says
/// nothing then, and must not hide what else the turn says.
pub fn judge_beside(
    rules: &Ruleset,
    memory: &Memory,
    flow: Flow,
    facts: &Facts,
    spoken: (TurnNumber, &str, Timestamp),
) -> Judged {
    let unheard = Some(SignalKind::OptOut);
    judge_customer(rules, memory, flow, facts, spoken, unheard)
}

fn judge_customer(
    rules: &Ruleset,
    memory: &Memory,
    flow: Flow,
    facts: &Facts,
    (number, text, at): (TurnNumber, &str, Timestamp),
    unheard: Option<SignalKind>,
) -> Judged {
    let scores = AnswerScores::default();
    let turn = Observed {
        number,
        role: Role::Customer,
        text,
        at,
        scores: &scores,
        is_clarifying: false,
    };
    judge(rules, memory, flow, facts, &turn, (Stage::Turn, unheard))
}

/// Judges an assistant's answer before the customer sees it.
pub fn judge_answer(
    rules: &Ruleset,
    memory: &Memory,
    flow: Flow,
    facts: &Facts,
    (number, text, at): (TurnNumber, &str, Timestamp),
    (scores, is_widened): (&AnswerScores, bool),
) -> Judged {
    let is_clarifying = scores.is_fallback;
    let turn = Observed {
        number,
        role: Role::Assistant,
        text,
        at,
        scores,
        is_clarifying,
    };
    judge(
        rules,
        memory,
        flow,
        facts,
        &turn,
        (Stage::Answer { is_widened }, None),
    )
}

/// What other rules say of a turn that was judged, with what was remembered for it. The
/// customer's words are needed where these rules look for other topics.
pub fn judge_again(
    rules: &Ruleset,
    memory: &Memory,
    flow: Flow,
    facts: &Facts,
    (stage, customer): (Stage, Option<&str>),
) -> Verdict {
    let detector = rules.detector();
    let signals = match customer {
        Some(text) => {
            let mut own = memory.clone();
            detector.find_topics_again(&mut own, text);
            detector.signals(&own, &flow)
        }
        None => detector.signals(memory, &flow),
    };
    rules.policy().decide(stage, &signals, facts)
}

fn judge(
    rules: &Ruleset,
    memory: &Memory,
    flow: Flow,
    facts: &Facts,
    turn: &Observed<'_>,
    (stage, unheard): (Stage, Option<SignalKind>),
) -> Judged {
    let mut memory = memory.clone();
    rules.detector().observe(&mut memory, turn);
    let mut signals = rules.detector().signals(&memory, &flow);
    if let Some(kind) = unheard {
        signals.set(kind, Reading::Absent);
    }
    let verdict = rules.policy().decide(stage, &signals, facts);
    Judged {
        signals,
        verdict,
        memory,
    }
}
