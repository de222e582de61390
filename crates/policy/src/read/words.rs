//! What customers read, in each language.

use segue_model::escalation::Trigger;
use segue_model::turn::NoticeKind;

use super::Names;
use super::cursor::{Cursor, Problems};
use crate::definition::Rule;
use crate::grammar::{self, LANGUAGES_MAX};
use crate::problem::{ProblemCode, did_you_mean};
use crate::wording::{
    LanguageWording, Notice, On, PLACEHOLDERS, Places, REASON_PLACES, ReplyKind, Template,
    WHO_PLACES, Wording, notice_kinds, places, reply_places,
};
use crate::words::Word;

/// Reads the wording of all languages; the policy's own must be complete.
pub(super) fn wording(
    at: &Cursor<'_>,
    names: &Names,
    rules: Option<&[Rule]>,
    problems: &mut Problems,
) -> Wording {
    let mut wording = Wording::default();
    if at.keys().len() > LANGUAGES_MAX {
        let message = format!("a policy speaks at most {LANGUAGES_MAX} languages");
        at.problem(problems, ProblemCode::TooLarge, message)
            .hint("leave some out");
        return wording;
    }
    for (_, _, entry) in at.entries(problems) {
        let Some(code) = entry.key_language(problems) else {
            continue;
        };
        let is_own = code == names.language;
        if let Some(read) = language(&entry, is_own, rules, problems) {
            wording.languages.insert(code, read);
        }
    }
    if at.is_map() && at.child(&names.language).is_none() {
        let message = format!(
            "there is no wording in the policy's language `{}`",
            names.language
        );
        at.problem(problems, ProblemCode::MissingKey, message)
            .hint("set `language` to one that has its words, or write them");
    }
    wording
}

fn language(
    at: &Cursor<'_>,
    is_own: bool,
    rules: Option<&[Rule]>,
    problems: &mut Problems,
) -> Option<LanguageWording> {
    let fields = at.fields(problems, grammar::language())?;
    let who_unnamed = fields
        .need("who_unnamed", problems)
        .and_then(|it| it.text(problems));
    let who_named = fields
        .need("who_named", problems)
        .and_then(|it| template(&it, WHO_PLACES, problems));
    let reason_alone = fields
        .get("reason_alone")
        .and_then(|it| template(&it, REASON_PLACES, problems));
    let mut notices = Vec::new();
    for kind in notice_kinds() {
        let found = if is_own {
            fields.need(kind.word(), problems)
        } else {
            fields.get(kind.word())
        };
        if let Some(read) = found.and_then(|it| notice(&it, kind, rules, problems)) {
            notices.push((kind, read));
        }
    }
    let replies = ReplyKind::ALL.into_iter().filter_map(|kind| {
        let text = template(&fields.get(kind.word())?, reply_places(kind), problems)?;
        Some((kind, text))
    });
    let replies = replies.collect();
    Some(LanguageWording {
        who_unnamed: who_unnamed?.into(),
        who_named: who_named?,
        reason_alone,
        notices,
        replies,
    })
}

fn notice(
    at: &Cursor<'_>,
    kind: NoticeKind,
    rules: Option<&[Rule]>,
    problems: &mut Problems,
) -> Option<Notice> {
    let places = places(kind);
    if !at.is_map() {
        return Some(Notice {
            text: template(at, places, problems)?,
            on: Vec::new(),
        });
    }
    let fields = at.fields(problems, grammar::notice())?;
    let text = fields
        .need("text", problems)
        .and_then(|it| template(&it, places, problems));
    let mut notice_on = Vec::new();
    if let Some(map) = fields.get("on") {
        for (word, _, entry) in map.entries(problems) {
            let on = on(word, &entry, rules, problems);
            let text = template(&entry, places.on(), problems);
            notice_on.extend(on.zip(text));
        }
    }
    Some(Notice {
        text: text?,
        on: notice_on,
    })
}

/// What a text is for: a trigger, or `rule.` and the name of a rule.
fn on(word: &str, at: &Cursor<'_>, rules: Option<&[Rule]>, problems: &mut Problems) -> Option<On> {
    let Some(id) = word.strip_prefix("rule.") else {
        let found = Trigger::ALL.iter().find(|(_, known)| *known == word);
        if found.is_none() {
            let words = Trigger::ALL.iter().map(|(_, word)| *word);
            at.unknown(problems, "trigger", word, words);
        }
        return found.map(|(trigger, _)| On::Trigger(*trigger));
    };
    // Rules that could not be read have told why.
    let rules = rules?;
    let found = rules.iter().find(|rule| &*rule.id.0 == id);
    if found.is_none() {
        let names = rules.iter().map(|rule| &*rule.id.0);
        at.unknown(problems, "rule", id, names);
    }
    found.map(|rule| On::Rule(rule.id.clone()))
}

fn template(at: &Cursor<'_>, places: Places, problems: &mut Problems) -> Option<Template> {
    let Some(source) = at.raw_text() else {
        at.text(problems)?;
        return None;
    };
    if source.trim().is_empty() {
        at.problem(
            problems,
            ProblemCode::OutOfRange,
            "a notice cannot be empty".to_owned(),
        );
        return None;
    }
    let template = match Template::parse(source) {
        Ok(template) => template,
        Err(error) => {
            at.problem(problems, ProblemCode::Placeholder, error.to_string())
                .hint(error.hint());
            return None;
        }
    };
    let found = template.placeholders();
    for name in found.iter().filter(|name| !places.allowed.contains(name)) {
        let is_known = PLACEHOLDERS.contains(name);
        let message = match is_known {
            true => format!("`{{{name}}}` may not stand in this notice"),
            false => format!("there is no placeholder `{{{name}}}`"),
        };
        let hint = did_you_mean(name, places.allowed.iter().copied()).filter(|_| !is_known);
        at.problem(problems, ProblemCode::Placeholder, message)
            .hint(hint.unwrap_or_else(|| match places.allowed {
                [] => "no place may stand here".to_owned(),
                allowed => format!("here may stand: {}", allowed.join(", ")),
            }));
    }
    for name in places.required.iter().filter(|name| !found.contains(name)) {
        let message = format!("`{{{name}}}` must stand in this notice");
        at.problem(problems, ProblemCode::Placeholder, message)
            .hint(format!(
                "where it may be unknown, in brackets: `[... {{{name}}}]`"
            ));
    }
    Some(template)
}
