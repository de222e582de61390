//! How policies come into force: bodies and answers of activation, one step back,
//! proposals and trials.

use segue_insight::rollout;
use segue_model::id::{ConversationId, ProposalId, TrialId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::Instant;
use super::words::{ProposalState, TrialMode, TrialState};

/// A policy to put in force.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ActivateBody {
    /// The file.
    pub text: String,
    /// The version that was edited; refused if another one is in force by now.
    #[serde(default)]
    pub version: Option<String>,
    /// Why, in 1 to 500 characters; kept with the version. Without one it is refused.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: Option<String>,
    /// That it is to be put in force although the escalation rate will leave its band;
    /// then it is not taken back for that either.
    #[serde(default)]
    pub accept_leaving_band: bool,
}

/// Why something is done.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ReasonBody {
    /// In 1 to 500 characters; kept. Without one it is refused.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: Option<String>,
}

/// Why a proposal is approved, or a trial promoted.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ApproveBody {
    /// In 1 to 500 characters; kept. Without one it is refused.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: Option<String>,
    /// That it is to be put in force although the escalation rate will leave its band;
    /// then it is not taken back for that either.
    #[serde(default)]
    pub accept_leaving_band: bool,
}

/// A policy to propose.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ProposalBody {
    /// The file.
    pub text: String,
    /// The version in force that it was made on.
    pub version: String,
    /// Why, in 1 to 500 characters. Without one it is refused.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: Option<String>,
}

/// A text that somebody would like to be in force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Proposal {
    /// Which.
    #[schema(value_type = String)]
    pub id: ProposalId,
    /// The version that its text has.
    pub version: String,
    /// The version in force that it was made on; it is approved only as long as that is.
    pub base: String,
    /// Who proposes it.
    pub author: String,
    /// Whether that is who asks.
    pub is_own: bool,
    /// When.
    pub at: Instant,
    /// Why.
    pub reason: String,
    /// What became of it.
    pub state: ProposalState,
    /// Who decided, once somebody has.
    pub decided_by: Option<String>,
    /// When.
    pub decided_at: Option<Instant>,
    /// Why.
    pub decision: Option<String>,
}

/// A proposal with its text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct ProposalDetail {
    /// The proposal.
    #[serde(flatten)]
    pub proposal: Proposal,
    /// The file that is proposed.
    pub text: String,
    /// The file that it was made on.
    pub base_text: String,
}

/// A policy to try: either its text or that of a proposal.
#[derive(Debug, Clone, PartialEq, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TrialBody {
    /// The file.
    #[serde(default)]
    pub text: Option<String>,
    /// A proposal that waits for a decision; it is approved if the trial is promoted.
    #[serde(default)]
    pub proposal: Option<String>,
    /// How.
    pub mode: TrialMode,
    /// The share of conversations that a canary decides, 0.01 to 0.5; 0.1 if absent. None
    /// with a shadow.
    #[serde(default)]
    pub share: Option<f64>,
    /// Why, in 1 to 500 characters. Without one it is refused.
    #[serde(default)]
    #[schema(max_length = 500)]
    pub reason: Option<String>,
}

/// A version that is or was tried.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct Trial {
    /// Which.
    #[schema(value_type = String)]
    pub id: TrialId,
    /// How.
    pub mode: TrialMode,
    /// The share of conversations that a canary decides.
    pub share: Option<f64>,
    /// What is tried.
    pub version: String,
    /// The version in force beside it.
    pub base: String,
    /// The proposal that it was begun from.
    #[schema(value_type = Option<String>)]
    pub proposal: Option<ProposalId>,
    /// When it began.
    pub started_at: Instant,
    /// Who began it.
    pub started_by: String,
    /// Why.
    pub reason: String,
    /// What became of it.
    pub state: TrialState,
    /// When it ended.
    pub ended_at: Option<Instant>,
    /// Who ended it; nobody where Segue did.
    pub ended_by: Option<String>,
    /// Why.
    pub end_reason: Option<String>,
    /// How far the escalation rates may be apart, in points of a hundred.
    pub band_points: u32,
    /// What has been counted, until now or until its end.
    pub tally: TrialTally,
}

/// A trial with the text that is tried.
#[derive(Debug, Clone, PartialEq, Serialize, ToSchema)]
pub struct TrialDetail {
    /// The trial.
    #[serde(flatten)]
    pub trial: Trial,
    /// The file that is tried.
    pub text: String,
}

/// What has been counted of a trial, of conversations that began while it ran and in which
/// the policy was asked.
#[derive(Debug, Clone, PartialEq, Default, Serialize, ToSchema)]
pub struct TrialTally {
    /// How many there are.
    pub conversations: u32,
    /// How often the policy was asked in them.
    pub turns: u64,
    /// Those that the version in force decides: all of them beside a shadow, where its own
    /// verdicts count.
    pub active: TrialRate,
    /// Those that the version decides that is tried, or would have.
    pub candidate: TrialRate,
    /// Of a shadow: conversations in which nobody was asked for by either, or by both at the
    /// same turn in the same way. Absent for a canary, which has conversations of its own.
    pub agree: Option<u32>,
    /// Of a shadow: in which only the version that is tried asks for a person.
    pub newly: Option<u32>,
    /// Of a shadow: in which only the version in force does; what the other would have said
    /// later is not known.
    pub no_longer: Option<u32>,
    /// Of a shadow: in which both do, at another turn, in another queue or in another way.
    pub elsewhere: Option<u32>,
    /// Of a shadow: some turns at which it said something else, escalations first.
    pub examples: Vec<TrialExample>,
    /// Whether the rate has left its band, by more than chance may do.
    pub leaves_band: bool,
}

/// How often a person was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, ToSchema)]
pub struct TrialRate {
    /// In how many conversations.
    pub escalated: u32,
    /// Of how many.
    pub conversations: u32,
    /// The share, 0–1; null without conversations.
    pub rate: Option<f64>,
    /// Its Wilson interval of 95 %.
    pub interval: Option<[f64; 2]>,
}

/// A turn of which both versions said something else.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TrialExample {
    /// Where.
    #[schema(value_type = String)]
    pub conversation: ConversationId,
    /// The customer's turn.
    pub turn: u32,
    /// What the version in force said.
    pub active: TrialSide,
    /// What the other one said.
    pub candidate: TrialSide,
}

/// What one version said of a turn.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct TrialSide {
    /// What followed, or would have.
    pub verdict: String,
    /// The rule that decided.
    pub rule: String,
}

impl From<&rollout::Figures> for TrialTally {
    fn from(figures: &rollout::Figures) -> Self {
        let changes = figures.changes;
        Self {
            conversations: figures.conversations,
            turns: figures.turns,
            active: figures.active.into(),
            candidate: figures.candidate.into(),
            agree: changes.map(|changes| changes.agree),
            newly: changes.map(|changes| changes.newly),
            no_longer: changes.map(|changes| changes.no_longer),
            elsewhere: changes.map(|changes| changes.elsewhere),
            examples: figures.examples.iter().map(Into::into).collect(),
            leaves_band: figures.leaves_band,
        }
    }
}

impl From<rollout::Rate> for TrialRate {
    fn from(rate: rollout::Rate) -> Self {
        Self {
            escalated: rate.escalated,
            conversations: rate.conversations,
            rate: rate.rate,
            interval: rate.interval.map(|(low, high)| [low, high]),
        }
    }
}

impl From<&rollout::Example> for TrialExample {
    fn from(example: &rollout::Example) -> Self {
        let side = |side: &rollout::Side| TrialSide {
            verdict: side.verdict.clone(),
            rule: side.rule.0.to_string(),
        };
        Self {
            conversation: example.conversation,
            turn: example.turn.0,
            active: side(&example.active),
            candidate: side(&example.candidate),
        }
    }
}
