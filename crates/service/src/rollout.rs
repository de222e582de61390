//! How policies come into force, and out of it: activation with author and reason,
//! one step back, proposals, trials.
//!
//! Everything here is done under the workspace's turn to change its policy
//! ([`Desk::policy_turn`]), in one write of the store with its line in the audit
//! trail; the rules in memory change after the write. The turns that are being
//! judged keep theirs, the next ones name the new version.

mod activate;
mod halt;
mod preview;
mod propose;
mod refusal;
pub(crate) mod running;
mod trials;

use segue_insight::rollout::Figures;
use segue_model::id::AgentId;
use segue_model::time::Timestamp;
use segue_policy::Policy;
use segue_ports::rollout::{Activation, ActivationKind, Trial, TrialEnd, TrialOutcome};

pub use propose::Declined;
pub use refusal::Refusal;
pub use running::Running;

/// How many activations are read to find the way back.
pub const ACTIVATIONS_READ: u32 = 200;

/// Why and how somebody changes something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Coming {
    /// How it comes into force.
    pub kind: ActivationKind,
    /// Why, in their words.
    pub reason: String,
    /// Whether it is taken back should the escalation rate leave its band.
    pub is_watched: bool,
}

/// A trial as it stands once it has ended; what had been counted is kept with it.
fn ended(
    trial: &Trial,
    (outcome, reason): (TrialOutcome, String),
    (at, by): (Timestamp, Option<AgentId>),
    figures: Option<&Figures>,
) -> Trial {
    let tally = figures.and_then(|figures| serde_json::to_string(figures).ok());
    Trial {
        end: Some(TrialEnd {
            outcome,
            at,
            by,
            reason,
            tally: tally.unwrap_or_default(),
        }),
        ..trial.clone()
    }
}

/// What had been counted of a trial when it ended; nothing where it cannot be read.
pub fn kept_figures(end: &TrialEnd) -> Option<Figures> {
    serde_json::from_str(&end.tally).ok()
}

/// The activation that one step back leads to, of activations newest first.
///
/// Steps back are taken one after the other: after `a`, `b` and a step back the next
/// step leads to what was in force before `a`, and not to `b` again, which somebody
/// has just turned away from. It is found in the list and can be put in force anew.
pub fn step_back(newest_first: &[Activation]) -> Option<&Activation> {
    let mut way: Vec<&Activation> = Vec::new();
    for activation in newest_first.iter().rev() {
        if activation.kind.is_back() {
            way.pop();
        }
        let is_same = way
            .last()
            .is_some_and(|last| last.version == activation.version);
        if !is_same {
            way.push(activation);
        }
    }
    way.pop();
    way.pop()
}

/// Whether two policies decide every turn alike: they differ at most in what is said
/// to people and in how queues work.
pub fn decides_alike(one: &Policy, other: &Policy) -> bool {
    let (one, other) = (one.definition(), other.definition());
    one.bands == other.bands
        && one.fallback == other.fallback
        && one.opt_out == other.opt_out
        && one.unavailable == other.unavailable
        && one.timers == other.timers
        && one.hand_backs_max == other.hand_backs_max
        && one.tiers == other.tiers
        && one.topics == other.topics
        && one.default_queue == other.default_queue
        && one.rules == other.rules
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use segue_model::id::PolicyVersion;

    use super::*;

    fn history(oldest_first: &[(&str, ActivationKind)]) -> Vec<Activation> {
        let activation = |(version, kind): &(&str, ActivationKind)| Activation {
            version: PolicyVersion((*version).into()),
            at: Timestamp::default(),
            by: None,
            kind: *kind,
            reason: None,
            is_watched: false,
        };
        oldest_first.iter().rev().map(activation).collect()
    }

    #[test]
    fn steps_back_follow_one_another() {
        use ActivationKind::{Activated, Approved, HaltedBack, RolledBack};
        let back = |steps: &[(&str, ActivationKind)]| {
            let history = history(steps);
            step_back(&history).map(|to| to.version.0.to_string())
        };
        let mut steps = vec![("a", Activated)];
        assert_eq!(back(&steps), None);
        steps.push(("b", Activated));
        assert_eq!(back(&steps).as_deref(), Some("a"));
        steps.push(("c", Approved));
        assert_eq!(back(&steps).as_deref(), Some("b"));
        steps.push(("b", RolledBack));
        assert_eq!(back(&steps).as_deref(), Some("a"));
        steps.push(("d", Activated));
        assert_eq!(back(&steps).as_deref(), Some("b"));
        steps.push(("b", HaltedBack));
        steps.push(("a", RolledBack));
        assert_eq!(back(&steps), None);
        // The version that was turned away from, put in force anew.
        steps.push(("c", Activated));
        assert_eq!(back(&steps).as_deref(), Some("a"));
    }

    #[test]
    fn the_same_version_again_is_no_step() {
        use ActivationKind::Activated;
        let history = history(&[("a", Activated), ("b", Activated), ("b", Activated)]);
        assert_eq!(&*step_back(&history).unwrap().version.0, "a");
    }

    #[test]
    fn words_and_comments_decide_nothing() {
        let shipped = Policy::builtin();
        let text = |from: &str, to: &str| {
            assert!(shipped.text().contains(from));
            Policy::parse(&shipped.text().replacen(from, to, 1)).unwrap()
        };
        assert!(decides_alike(
            shipped,
            &text("bands:", "# mind this\nbands:")
        ));
        assert!(!decides_alike(
            shipped,
            &text("accept: 0.70", "accept: 0.75")
        ));
    }
}
