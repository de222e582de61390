//! Cases: conversations beside a policy, judged as live ones are, with what must follow.

use segue_detect::Flow;
use segue_model::id::RuleId;
use segue_model::time::Timestamp;
use segue_model::turn::{AnswerScores, Role, TurnNumber};
use segue_policy::cases::{Case, Expectation, Said, Step};
use serde::Serialize;

use crate::explain;
use crate::ruleset::Ruleset;
use crate::walk::{Asked, Step as Walked, walk};

pub use segue_policy::CaseFile;

/// How the cases of a file went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseReport {
    /// How many cases went as expected.
    pub passed: usize,
    /// How many did not.
    pub failed: usize,
    /// All cases, in the order of the file.
    pub cases: Vec<CaseOutcome>,
    /// Which rules they show at work.
    pub coverage: Coverage,
}

/// How one case went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct CaseOutcome {
    /// Its name.
    pub name: String,
    /// Where it begins in the file, from 1.
    pub line: u32,
    /// Whether everything came as expected.
    pub ok: bool,
    /// Every turn of which something was expected, in order; of a case with several
    /// phrasings, the first turn of each.
    pub turns: Vec<TurnOutcome>,
}

/// How one expectation went.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TurnOutcome {
    /// The turn's number in its conversation, from 1.
    pub turn: u32,
    /// Where it stands in the file, from 1.
    pub line: u32,
    /// What was said.
    pub text: String,
    /// What was expected: `escalate, rule money`.
    pub expected: String,
    /// What came, in the same words.
    pub got: String,
    /// Whether that is the same, as far as something was expected.
    pub ok: bool,
    /// What fired, and for a failed expectation why the expected rule did not decide and
    /// what nearly fired.
    pub because: Vec<String>,
}

/// Which rules the cases show at work. A rule counts where it fired on a turn of which
/// something was expected: what nobody looks at is not tested.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Coverage {
    /// Every rule of the policy, then what may decide besides them.
    pub rules: Vec<RuleCoverage>,
    /// Those that fired nowhere.
    pub uncovered: Vec<RuleId>,
    /// The share that fired somewhere, 0–1.
    pub share: f64,
}

/// Where one rule fired.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RuleCoverage {
    /// The rule.
    pub rule: RuleId,
    /// The names of the cases in which it fired, each once.
    pub fired_in: Vec<String>,
}

/// Judges all cases.
pub fn run(rules: &Ruleset, file: &CaseFile) -> CaseReport {
    let mut fired: Vec<(RuleId, &str)> = Vec::new();
    let mut cases = Vec::with_capacity(file.cases.len());
    for case in &file.cases {
        let mut turns = Vec::new();
        for steps in &case.conversations {
            judge(rules, case, steps, &mut |step, expect, asked| {
                let trace = &asked.verdict.trace;
                let held = trace.rules.iter().filter(|rule| rule.fired);
                fired.extend(held.map(|rule| (rule.rule.clone(), case.name.as_str())));
                turns.push(outcome(rules, case, (step, expect), asked));
            });
        }
        cases.push(CaseOutcome {
            name: case.name.clone(),
            line: case.line,
            ok: turns.iter().all(|turn| turn.ok),
            turns,
        });
    }
    let passed = cases.iter().filter(|case| case.ok).count();
    CaseReport {
        passed,
        failed: cases.len() - passed,
        cases,
        coverage: coverage(rules, &fired),
    }
}

/// Walks one conversation and tells every step of which something is expected.
fn judge<'c>(
    rules: &Ruleset,
    case: &Case,
    steps: &'c [Step],
    each: &mut impl FnMut(&'c Step, &'c Expectation, &Asked),
) {
    let (walked, sources) = spoken(steps);
    for (asked, step) in walk(rules, &case.facts, &walked).iter().zip(sources) {
        if let (Some(asked), Some(expect)) = (asked, &step.expect) {
            each(step, expect, asked);
        }
    }
}

/// The turns among the steps, numbered and timed; events between them change the flow.
fn spoken(steps: &[Step]) -> (Vec<Walked<'_>>, Vec<&Step>) {
    let mut flow = Flow::default();
    let mut at = Timestamp(0);
    let mut number = TurnNumber(0);
    let mut walked = Vec::with_capacity(steps.len());
    let mut sources = Vec::with_capacity(steps.len());
    for step in steps {
        at = at + step.after;
        let (role, text, answer) = match &step.said {
            Said::Customer(text) => (Role::Customer, text, None),
            Said::Assistant {
                text,
                scores,
                is_widened,
            } => (Role::Assistant, text, Some((scores, *is_widened))),
            Said::Agent(text) => (Role::Agent, text, None),
            Said::System(text) => (Role::System, text, None),
            Said::AssistantTimedOut => {
                flow.is_assistant_timed_out = true;
                continue;
            }
            Said::HandedBack => {
                flow.hand_backs += 1;
                continue;
            }
        };
        number = TurnNumber(number.0 + 1);
        walked.push(Walked {
            turn: number,
            role,
            text,
            at,
            scores: answer.map_or_else(AnswerScores::default, |(scores, _)| scores.clone()),
            is_widened: answer.is_some_and(|(_, is_widened)| is_widened),
            flow,
        });
        sources.push(step);
        // A time-out tells on the customer's next turn and is then past, as in the floor.
        if role == Role::Customer {
            flow.is_assistant_timed_out = false;
        }
    }
    (walked, sources)
}

fn outcome(
    rules: &Ruleset,
    case: &Case,
    (step, expect): (&Step, &Expectation),
    asked: &Asked,
) -> TurnOutcome {
    let verdict = &asked.verdict;
    let ok = expect.is_met_by(verdict);
    // A case is its writer's own text, so nobody is to be spared the trace of it.
    let explanation = explain::of(verdict, None);
    let mut because = explanation.fired;
    if !ok {
        let policy = rules.policy();
        because.extend(expect.unknown_names(policy.definition()));
        if let Some(rule) = &expect.rule {
            because.extend(policy.why_not(
                rule,
                &verdict.rule,
                asked.stage,
                &asked.signals,
                &case.facts,
            ));
        }
        let nearly = explanation.nearly.into_iter();
        because.extend(nearly.map(|near| format!("nearly: {}", near.sentence)));
    }
    TurnOutcome {
        turn: asked.turn.0,
        line: step.line,
        text: text_of(&step.said).to_owned(),
        expected: expect.describe(),
        got: expect.describe_got(verdict),
        ok,
        because,
    }
}

fn text_of(said: &Said) -> &str {
    match said {
        Said::Customer(text)
        | Said::Assistant { text, .. }
        | Said::Agent(text)
        | Said::System(text) => text,
        Said::AssistantTimedOut | Said::HandedBack => "",
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "a policy has a few hundred rules"
)]
fn coverage(rules: &Ruleset, fired: &[(RuleId, &str)]) -> Coverage {
    let all = rules.policy().rules_that_may_fire();
    let covered: Vec<RuleCoverage> = all
        .into_iter()
        .map(|rule| {
            let mut fired_in: Vec<String> = Vec::new();
            for (_, case) in fired.iter().filter(|(other, _)| *other == rule) {
                if fired_in.last().is_none_or(|last| last != case) {
                    fired_in.push((*case).to_owned());
                }
            }
            RuleCoverage { rule, fired_in }
        })
        .collect();
    let uncovered: Vec<RuleId> = covered
        .iter()
        .filter(|rule| rule.fired_in.is_empty())
        .map(|rule| rule.rule.clone())
        .collect();
    let share = 1.0 - uncovered.len() as f64 / covered.len() as f64;
    Coverage {
        rules: covered,
        uncovered,
        share,
    }
}
