//! The rules: a condition, and what follows.

use segue_model::id::RuleId;
use segue_model::verdict::FallBackStep;

use super::cursor::{Cursor, Fields, Problems};
use super::handoff::{self, target};
use super::{Names, RULES_MAX, conditions, localized};
use crate::cases::VerdictWord;
use crate::definition::{Action, Rule, RuleStage};
use crate::problem::ProblemCode;

/// Reads all rules, in order.
pub(super) fn rules(at: &Cursor<'_>, names: &Names, problems: &mut Problems) -> Vec<Rule> {
    let items = at.items(problems);
    if items.len() > RULES_MAX {
        let message = format!(
            "a policy has at most {RULES_MAX} rules, this has {}",
            items.len()
        );
        at.problem(problems, ProblemCode::TooLarge, message);
        return Vec::new();
    }
    let mut rules: Vec<Rule> = Vec::with_capacity(items.len());
    for item in &items {
        let Some(rule) = rule(item, names, problems) else {
            continue;
        };
        if rules.iter().any(|other| other.id == rule.id) {
            let message = format!("a rule `{}` stands here already", rule.id.0);
            item.problem(problems, ProblemCode::Duplicate, message);
        }
        rules.push(rule);
    }
    rules
}

fn rule(at: &Cursor<'_>, names: &Names, problems: &mut Problems) -> Option<Rule> {
    // The rule's name says better than its number where a problem is.
    let at = match at.child("id").and_then(|id| id.raw_text()) {
        Some(id) => at.clone().renamed(format!("rules.{id}")),
        None => at.clone(),
    };
    let fields = at.fields(problems, &["id", "stage", "when", "then"])?;
    let id = fields.need("id", problems).and_then(|it| it.name(problems));
    let stage = match fields.get("stage") {
        Some(it) => it.word::<RuleStage>(problems).map(Some),
        None => Some(None),
    };
    let when = fields
        .need("when", problems)
        .and_then(|it| conditions::condition(&it, names, problems));
    let then = fields
        .need("then", problems)
        .and_then(|it| consequence(&it, names, problems));
    let (then, is_flagging) = then?;
    Some(Rule {
        id: RuleId(id?.into()),
        stage: stage?,
        when: when?,
        then,
        is_flagging,
    })
}

/// What follows: an action, a flag, or both.
fn consequence(
    at: &Cursor<'_>,
    names: &Names,
    problems: &mut Problems,
) -> Option<(Option<Action>, bool)> {
    let verdict = match at.child("verdict") {
        Some(it) => Some(it.word::<VerdictWord>(problems)?),
        None => None,
    };
    let own: &[&str] = match verdict {
        None | Some(VerdictWord::Continue) => &[],
        Some(VerdictWord::FallBack) => &["step"],
        Some(VerdictWord::Review) => &["queue", "reason"],
        Some(VerdictWord::Escalate) => handoff::KEYS,
    };
    let known: Vec<&str> = ["verdict", "flag"].iter().chain(own).copied().collect();
    let fields = at.fields(problems, &known)?;
    let is_flagging = fields
        .get("flag")
        .map_or(Some(false), |it| it.flag(problems))?;
    let action = match verdict {
        None if is_flagging => None,
        None => {
            let message = "a rule needs a `verdict`, or `flag: true`".to_owned();
            at.problem(problems, ProblemCode::MissingKey, message);
            return None;
        }
        Some(VerdictWord::Continue) => Some(Action::Continue),
        Some(VerdictWord::FallBack) => Some(Action::FallBack(step(&fields, problems)?)),
        Some(VerdictWord::Review) => Some(review(&fields, names, problems)?),
        Some(VerdictWord::Escalate) => Some(Action::Escalate(handoff::handoff(
            &fields, None, names, problems,
        )?)),
    };
    Some((action, is_flagging))
}

fn step(fields: &Fields<'_>, problems: &mut Problems) -> Option<FallBackStep> {
    fields
        .get("step")
        .map_or(Some(FallBackStep::Clarify), |it| it.word(problems))
}

fn review(fields: &Fields<'_>, names: &Names, problems: &mut Problems) -> Option<Action> {
    let queue = fields
        .need("queue", problems)
        .and_then(|it| target(&it, names, problems));
    let reason = fields
        .need("reason", problems)
        .and_then(|it| localized(&it, names, problems));
    Some(Action::Review {
        queue: queue?,
        reason: reason?,
    })
}
