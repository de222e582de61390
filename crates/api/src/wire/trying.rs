//! Trying a policy before it is in force: what it changes, and its cases.

use segue_engine::cases;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::settings::PolicyNote;

/// A policy, and what to hold it against.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct DiffBody {
    /// The policy's text.
    pub text: String,
    /// A version that was in force, proposed or tried; the one in force if absent.
    #[serde(default)]
    pub against: Option<String>,
}

/// What a policy says otherwise.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct DiffAnswer {
    /// The version it is held against.
    pub against: String,
    /// What differs, in the order of the file; nothing where both say the same.
    pub changes: Vec<PolicyChange>,
}

/// What happened to a part of a policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PolicyChangeKind {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Changed,
    /// It stands elsewhere, where the order matters.
    Moved,
}

/// One difference.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct PolicyChange {
    /// Where: `bands.accept`.
    pub path: String,
    /// What happened.
    pub what: PolicyChangeKind,
    /// What stood there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// What stands there now.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// What it means, as a clause.
    pub sentence: String,
}

impl From<segue_policy::Change> for PolicyChange {
    fn from(change: segue_policy::Change) -> Self {
        use segue_policy::ChangeKind;
        Self {
            path: change.path,
            what: match change.what {
                ChangeKind::Added => PolicyChangeKind::Added,
                ChangeKind::Removed => PolicyChangeKind::Removed,
                ChangeKind::Changed => PolicyChangeKind::Changed,
                ChangeKind::Moved => PolicyChangeKind::Moved,
            },
            before: change.before,
            after: change.after,
            sentence: change.sentence,
        }
    }
}

/// The cases of a workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct CasesAnswer {
    /// The file.
    pub text: String,
    /// A name of just this text.
    pub version: String,
    /// Whether they are those that ship.
    pub is_default: bool,
}

/// Cases as they are to be.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CasesBody {
    /// The file.
    pub text: String,
    /// The version that was edited; refused if another one stands there.
    #[serde(default)]
    pub version: Option<String>,
}

/// A policy, and cases to try it on.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TestBody {
    /// The policy's text.
    pub text: String,
    /// The cases' text; the workspace's own if absent.
    #[serde(default)]
    pub cases: Option<String>,
}

/// How the cases went.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TestAnswer {
    /// What is wrong with the text of the cases; then there is no report.
    pub problems: Vec<PolicyNote>,
    /// How they went.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<CaseReport>,
}

/// How the cases of a file went.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CaseReport {
    /// How many went as expected.
    pub passed: usize,
    /// How many did not.
    pub failed: usize,
    /// All of them, in the order of the file.
    pub cases: Vec<CaseOutcome>,
    /// Which rules they show at work.
    pub coverage: Coverage,
}

/// How one case went.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct CaseOutcome {
    /// Its name.
    pub name: String,
    /// Where it begins in the file, from 1.
    pub line: u32,
    /// Whether everything came as expected.
    pub ok: bool,
    /// Every turn of which something was expected.
    pub turns: Vec<TurnOutcome>,
}

/// How one expectation went.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TurnOutcome {
    /// The turn's number in its conversation.
    pub turn: u32,
    /// Where it stands in the file, from 1.
    pub line: u32,
    /// What was said.
    pub text: String,
    /// What was expected.
    pub expected: String,
    /// What came, in the same words.
    pub got: String,
    /// Whether that is the same.
    pub ok: bool,
    /// Why it came so.
    pub because: Vec<String>,
}

/// Which rules the cases show at work.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Coverage {
    /// Every rule, then what decides besides them.
    pub rules: Vec<RuleCoverage>,
    /// Those that fired nowhere.
    pub uncovered: Vec<String>,
    /// The share that fired somewhere, 0–1.
    pub share: f64,
}

/// Where one rule fired.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct RuleCoverage {
    /// The rule.
    pub rule: String,
    /// The cases in which it fired.
    pub fired_in: Vec<String>,
}

impl From<cases::CaseReport> for CaseReport {
    fn from(report: cases::CaseReport) -> Self {
        let coverage = report.coverage;
        let rule = |rule: cases::RuleCoverage| RuleCoverage {
            rule: rule.rule.0.to_string(),
            fired_in: rule.fired_in,
        };
        let uncovered = coverage.uncovered.iter();
        Self {
            passed: report.passed,
            failed: report.failed,
            cases: report.cases.into_iter().map(Into::into).collect(),
            coverage: Coverage {
                uncovered: uncovered.map(|rule| rule.0.to_string()).collect(),
                rules: coverage.rules.into_iter().map(rule).collect(),
                share: coverage.share,
            },
        }
    }
}

impl From<cases::CaseOutcome> for CaseOutcome {
    fn from(case: cases::CaseOutcome) -> Self {
        Self {
            name: case.name,
            line: case.line,
            ok: case.ok,
            turns: case.turns.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<cases::TurnOutcome> for TurnOutcome {
    fn from(turn: cases::TurnOutcome) -> Self {
        Self {
            turn: turn.turn,
            line: turn.line,
            text: turn.text,
            expected: turn.expected,
            got: turn.got,
            ok: turn.ok,
            because: turn.because,
        }
    }
}
