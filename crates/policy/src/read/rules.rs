//! The rules: a condition, and what follows.

use segue_model::id::RuleId;

use super::autonomy::review;
use super::cursor::{Cursor, Problems};
use super::{Names, conditions, handoff};
use crate::definition::{Action, Rule, RuleStage};
use crate::grammar;
use crate::problem::ProblemCode;
use crate::words::VerdictWord;

/// Reads all rules, in order.
pub(super) fn rules(at: &Cursor<'_>, names: &Names, problems: &mut Problems) -> Vec<Rule> {
    let items = at.items(problems);
    let mut rules: Vec<Rule> = Vec::with_capacity(items.len());
    for item in &items {
        let Some(rule) = rule(item, names, problems) else {
            continue;
        };
        if rules.iter().any(|other| other.id == rule.id) {
            let message = format!("a rule `{}` stands here already", rule.id.0);
            item.problem(problems, ProblemCode::Duplicate, message)
                .hint("give one of them another `id`");
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
    let fields = at.fields(problems, grammar::rule())?;
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
    let section = match verdict {
        // Whoever has neither is told of both.
        None if at.child("flag").is_none() => grammar::then_continue(),
        None => grammar::then_flag(),
        Some(VerdictWord::Continue) => grammar::then_continue(),
        Some(VerdictWord::FallBack) => grammar::then_fall_back(),
        Some(VerdictWord::Review) => grammar::then_review(),
        Some(VerdictWord::Escalate) => grammar::then_escalate(),
    };
    let fields = at.fields(problems, section)?;
    let is_flagging = match fields.get("flag") {
        Some(it) => it.flag(problems)?,
        None => false,
    };
    let action = match verdict {
        None if is_flagging => None,
        None => {
            let message = "a rule needs a `verdict`, or `flag: true`".to_owned();
            at.problem(problems, ProblemCode::MissingKey, message)
                .hint("for example `then: {verdict: continue}`, or `then: {flag: true}`");
            return None;
        }
        Some(VerdictWord::Continue) => Some(Action::Continue),
        Some(VerdictWord::FallBack) => Some(Action::FallBack(fields.word("step", problems)?)),
        Some(VerdictWord::Review) => Some(Action::Review(review(&fields, names, problems)?)),
        Some(VerdictWord::Escalate) => Some(Action::Escalate(handoff::handoff(
            &fields, None, names, problems,
        )?)),
    };
    Some((action, is_flagging))
}
