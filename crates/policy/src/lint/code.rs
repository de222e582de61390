//! The kinds of warnings.

/// The kind of a warning; part of the interface.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum LintCode {
    /// Rules before it catch whatever it could.
    Unreachable,
    /// Its conditions exclude one another.
    NeverHolds,
    /// A band is so high that people get what the assistant could answer.
    EscalatesTooEarly,
    /// A topic has no queue and goes to the default.
    TopicWithoutQueue,
    /// No rule leads to a person.
    NoHumanPath,
    /// A queue is never open.
    QueueNeverOpen,
    /// Nothing leads to a queue.
    QueueUnused,
    /// Queues overflow into one another in a circle.
    OverflowCircle,
    /// A queue overflows before its target is reached.
    OverflowBeforeTarget,
    /// A language lacks a notice that the policy's own has.
    WordingMissing,
    /// A root cause is pre-selected that is not offered.
    RootCauseNotOffered,
    /// Rules before it catch a part of what it could.
    PartlyUnreachable,
    /// The verdict would be the same without it.
    RuleWithoutEffect,
    /// The two bands are one, so the search is never widened.
    BandsWithoutWidth,
    /// No score counts, so every answer is said.
    BandsWithoutSignals,
    /// A way is given that no topic takes.
    AutonomyUnused,
    /// A reason does not read well after `because`.
    ReasonNoClause,
    /// A text promises a call.
    PromisesCall,
    /// A text promises that somebody is always there.
    PromisesHours,
    /// A text promises a person of one's own.
    PromisesPerson,
    /// A text promises a shorter wait than a queue aims for.
    PromisesTime,
    /// A text names a team that customers are not to be told.
    DisclosesTeam,
    /// A text stands for a rule or trigger that never leads to it.
    WordingNeverSaid,
}

impl LintCode {
    /// The code as text: `unreachable_rule`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable_rule",
            Self::NeverHolds => "rule_never_holds",
            Self::EscalatesTooEarly => "escalates_too_early",
            Self::TopicWithoutQueue => "topic_without_queue",
            Self::NoHumanPath => "no_human_path",
            Self::QueueNeverOpen => "queue_never_open",
            Self::QueueUnused => "queue_unused",
            Self::OverflowCircle => "overflow_circle",
            Self::OverflowBeforeTarget => "overflow_before_target",
            Self::WordingMissing => "wording_missing",
            Self::RootCauseNotOffered => "root_cause_not_offered",
            Self::PartlyUnreachable => "partly_unreachable",
            Self::RuleWithoutEffect => "rule_without_effect",
            Self::BandsWithoutWidth => "bands_without_width",
            Self::BandsWithoutSignals => "bands_without_signals",
            Self::AutonomyUnused => "autonomy_unused",
            Self::ReasonNoClause => "reason_no_clause",
            Self::PromisesCall => "wording_promises_call",
            Self::PromisesHours => "wording_promises_hours",
            Self::PromisesPerson => "wording_promises_person",
            Self::PromisesTime => "wording_promises_time",
            Self::DisclosesTeam => "wording_discloses_team",
            Self::WordingNeverSaid => "wording_never_said",
        }
    }

    /// All codes, in the order of the reference.
    pub const ALL: &'static [Self] = &[
        Self::Unreachable,
        Self::PartlyUnreachable,
        Self::NeverHolds,
        Self::RuleWithoutEffect,
        Self::NoHumanPath,
        Self::EscalatesTooEarly,
        Self::BandsWithoutWidth,
        Self::BandsWithoutSignals,
        Self::TopicWithoutQueue,
        Self::AutonomyUnused,
        Self::QueueNeverOpen,
        Self::QueueUnused,
        Self::OverflowCircle,
        Self::OverflowBeforeTarget,
        Self::RootCauseNotOffered,
        Self::ReasonNoClause,
        Self::WordingMissing,
        Self::WordingNeverSaid,
        Self::PromisesCall,
        Self::PromisesHours,
        Self::PromisesPerson,
        Self::PromisesTime,
        Self::DisclosesTeam,
    ];

    /// What it means and what to do, for the reference.
    pub const fn about(self) -> &'static str {
        match self {
            Self::Unreachable => {
                "earlier rules catch whatever this one could; move it up or leave it out"
            }
            Self::PartlyUnreachable => {
                "earlier rules catch a part of its `any`; that part never decides here"
            }
            Self::NeverHolds => {
                "its conditions exclude one another, or it reads scores of an answer on the turn"
            }
            Self::RuleWithoutEffect => {
                "a last `continue` on the turn: the assistant would go on anyway"
            }
            Self::NoHumanPath => "no rule escalates and no topic is kept from the assistant",
            Self::EscalatesTooEarly => {
                "`accept` is 0.85 or more: people get what the assistant could answer"
            }
            Self::BandsWithoutWidth => "`floor` equals `accept`, so the search is never widened",
            Self::BandsWithoutSignals => "`bands.signals` is empty, so every answer is said",
            Self::TopicWithoutQueue => "`by_topic` leads to the default queue",
            Self::AutonomyUnused => "no topic has this autonomy",
            Self::QueueNeverOpen => "the queue has no hours",
            Self::QueueUnused => "nothing leads there",
            Self::OverflowCircle => "queues overflow into one another",
            Self::OverflowBeforeTarget => "the overflow comes before the target is missed",
            Self::RootCauseNotOffered => "a root cause is pre-selected that `root_causes` lacks",
            Self::ReasonNoClause => {
                "a reason stands after `because`: no full stop, no capital of its own sentence"
            }
            Self::WordingMissing => "a language lacks notices and reads them in the policy's own",
            Self::WordingNeverSaid => {
                "a text for a rule or trigger that never leads to this notice"
            }
            Self::PromisesCall => "a text promises a call, which nothing here makes",
            Self::PromisesHours => {
                "a text promises day and night, which a queue's hours do not keep"
            }
            Self::PromisesPerson => "a text promises an account manager, whom no handoff tries",
            Self::PromisesTime => "a text names a shorter wait than a queue's `target_s`",
            Self::DisclosesTeam => "a text names a team although `disclosure.customer` is `none`",
        }
    }
}
