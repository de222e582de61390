//! What customers read, in each language.

use segue_model::escalation::Trigger;
use segue_model::turn::NoticeKind;

use super::Names;
use super::cursor::{Cursor, Problems};
use crate::problem::{ProblemCode, did_you_mean};
use crate::wording::{
    LanguageWording, Notice, PLACEHOLDERS, Places, ReplyKind, Template, Wording, notice_kinds,
    places, reply_places,
};
use crate::words::Word;

/// The places of `who_named`.
const WHO_PLACES: Places = Places {
    allowed: &["name", "team", "queue"],
    required: &["name"],
};

/// The places of `reason_alone`.
const REASON_PLACES: Places = Places {
    allowed: &["reason"],
    required: &["reason"],
};

/// Reads the wording of all languages; the policy's own must be complete.
pub(super) fn wording(at: &Cursor<'_>, names: &Names, problems: &mut Problems) -> Wording {
    let mut wording = Wording::default();
    for (_, _, entry) in at.entries(problems) {
        let Some(code) = entry.key_language(problems) else {
            continue;
        };
        let is_own = code == names.language;
        if let Some(read) = language(&entry, is_own, problems) {
            wording.languages.insert(code, read);
        }
    }
    if at.is_map() && at.child(&names.language).is_none() {
        let message = format!(
            "there is no wording in the policy's language `{}`",
            names.language
        );
        at.problem(problems, ProblemCode::MissingKey, message);
    }
    wording
}

fn language(at: &Cursor<'_>, is_own: bool, problems: &mut Problems) -> Option<LanguageWording> {
    let known: Vec<&str> = ["who_unnamed", "who_named", "reason_alone"]
        .into_iter()
        .chain(NoticeKind::ALL.iter().map(|(_, word)| *word))
        .chain(ReplyKind::ALL.map(ReplyKind::word))
        .collect();
    let fields = at.fields(problems, &known)?;
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
        if let Some(read) = found.and_then(|it| notice(&it, kind, problems)) {
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

fn notice(at: &Cursor<'_>, kind: NoticeKind, problems: &mut Problems) -> Option<Notice> {
    let places = places(kind);
    if !at.is_map() {
        return Some(Notice {
            text: template(at, places, problems)?,
            on: Vec::new(),
        });
    }
    let fields = at.fields(problems, &["text", "on"])?;
    let text = fields
        .need("text", problems)
        .and_then(|it| template(&it, places, problems));
    let mut on = Vec::new();
    if let Some(map) = fields.get("on") {
        // A trigger's own text says by itself why somebody comes.
        let places = Places {
            required: without_reason(places.required),
            ..places
        };
        for (word, _, entry) in map.entries(problems) {
            match Trigger::ALL.iter().find(|(_, known)| *known == word) {
                Some((trigger, _)) => {
                    on.extend(template(&entry, places, problems).map(|text| (*trigger, text)));
                }
                None => entry.unknown(problems, "trigger", word, super::all_words::<Trigger>()),
            }
        }
    }
    Some(Notice { text: text?, on })
}

fn without_reason(required: &'static [&'static str]) -> &'static [&'static str] {
    match required {
        ["who", "reason", "wait"] => &["who", "wait"],
        other => other,
    }
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
            at.problem(problems, ProblemCode::Placeholder, error.to_string());
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
            .hint(hint.unwrap_or_else(|| format!("here may stand: {}", places.allowed.join(", "))));
    }
    for name in places.required.iter().filter(|name| !found.contains(name)) {
        let message = format!("`{{{name}}}` must stand in this notice");
        at.problem(problems, ProblemCode::Placeholder, message);
    }
    Some(template)
}
