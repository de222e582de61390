//! What customers read: part of the policy, edited through it.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use segue_model::turn::NoticeKind;
use segue_policy::Policy;
use segue_policy::wording::{LanguageWording, ReplyKind, Template};
use segue_ports::rollout::{ActivationKind, PolicyRow};
use segue_service::Failure;
use segue_service::rollout::Coming;

use super::answers::{ReadErrors, SettingErrors};
use super::kept::{Kept, json};
use super::policy::change::{Edit, edit, if_match};
use crate::auth::Authorized;
use crate::auth::session::{EditPolicy, Read};
use crate::error::ApiError;
use crate::extract::{Place, Write};
use crate::state::ApiState;
use crate::wire::settings::{List, WordingBody, WordingRow};
use crate::wire::words::TextKey;

fn text_of<'p>(policy: &'p Policy, locale: &str, key: TextKey) -> Option<&'p str> {
    let language = policy.definition().wording.languages.get(locale)?;
    let template = match key {
        TextKey::Notice(notice) => &language.notice(notice.into())?.text,
        TextKey::Reply(reply) => policy.reply(reply.into(), Some(locale)),
    };
    Some(template.source())
}

/// The texts of a language, in the order in which they are written: what the system says,
/// then what the built-in assistant says.
fn keys(language: &LanguageWording) -> impl Iterator<Item = TextKey> {
    let notices = language.notices.iter();
    let notices = notices.map(|(kind, _)| TextKey::Notice((*kind).into()));
    notices.chain(
        ReplyKind::ALL
            .into_iter()
            .map(|kind| TextKey::Reply(kind.into())),
    )
}

/// Puts a template in the place of another.
fn put(language: &mut LanguageWording, key: TextKey, template: Template) -> Result<(), Failure> {
    match key {
        TextKey::Notice(notice) => {
            let kind = NoticeKind::from(notice);
            let mut notices = language.notices.iter_mut();
            let known = notices.find(|(known, _)| *known == kind);
            known.ok_or(Failure::Unknown("text"))?.1.text = template;
        }
        TextKey::Reply(reply) => {
            let kind = ReplyKind::from(reply);
            language.replies.retain(|(known, _)| *known != kind);
            language.replies.push((kind, template));
            language.replies.sort_by_key(|(kind, _)| *kind);
        }
    }
    Ok(())
}

fn row(policy: &Policy, locale: &str, kind: TextKey) -> Option<WordingRow> {
    let text = text_of(policy, locale, kind)?;
    Some(WordingRow {
        locale: locale.to_owned(),
        notice: kind,
        text: text.to_owned(),
        is_default: text_of(Policy::builtin(), locale, kind) == Some(text),
    })
}

/// All texts of one language.
#[utoipa::path(get, operation_id = "list_wording", path = "/v1/wording/{locale}", tag = "settings", security(("session" = [])), params(("locale" = String, Path, description = "The language.")), responses((status = 200, description = "The texts.", body = List<WordingRow>), ReadErrors, (status = 404, description = "`not_found`: the policy has no texts in this language.", body = crate::error::ErrorBody)))]
pub async fn list(
    by: Authorized<Read>,
    Place(locale): Place<String>,
) -> Result<Json<List<WordingRow>>, ApiError> {
    let rules = by.desk.ruleset();
    let policy = rules.policy();
    let language = policy.definition().wording.languages.get(&locale);
    let language = language.ok_or(Failure::Unknown("language"))?;
    let rows = keys(language).filter_map(|key| row(policy, &locale, key));
    Ok(Json(List {
        items: rows.collect(),
    }))
}

/// One text.
#[utoipa::path(get, operation_id = "read_wording", path = "/v1/wording/{locale}/{notice}", tag = "settings", security(("session" = [])), params(("locale" = String, Path, description = "The language."), ("notice" = TextKey, Path, description = "What it is for.")), responses((status = 200, description = "The text.", body = WordingRow), ReadErrors, (status = 404, description = "`not_found`: there is no such text.", body = crate::error::ErrorBody)))]
pub async fn read(
    by: Authorized<Read>,
    place: Place<(String, TextKey)>,
) -> Result<Json<WordingRow>, ApiError> {
    let Place((locale, notice)) = place;
    let rules = by.desk.ruleset();
    let found = row(rules.policy(), &locale, notice);
    Ok(Json(found.ok_or(Failure::Unknown("text"))?))
}

/// Changes one text, from the next notice on.
#[utoipa::path(put, operation_id = "change_wording", path = "/v1/wording/{locale}/{notice}", tag = "settings", security(("session" = [])), params(("locale" = String, Path, description = "The language."), ("notice" = TextKey, Path, description = "What it is for.")), request_body = WordingBody, responses((status = 200, description = "Changed.", body = WordingRow), SettingErrors))]
pub async fn change(
    State(api): State<ApiState>,
    by: Authorized<EditPolicy>,
    place: Place<(String, TextKey)>,
    headers: HeaderMap,
    write: Write<WordingBody>,
) -> Result<Kept, ApiError> {
    let caller = by.caller(&write);
    let Place((locale, notice)) = place;
    let text = write.body.text;
    let template =
        Template::parse(&text).map_err(|error| ApiError::invalid("text", &error.to_string()))?;
    let replace = |policy: &Policy| {
        let mut wording = policy.definition().wording.clone();
        let language = wording
            .languages
            .get_mut(&locale)
            .ok_or(Failure::Unknown("language"))?;
        put(language, notice, template)?;
        Ok(policy
            .clone()
            .with_wording(wording)
            .map_err(Failure::Policy)?)
    };
    let change = Edit {
        expected: if_match(&headers),
        coming: Coming {
            kind: ActivationKind::Activated,
            reason: format!("The text {} in `{locale}` was changed.", json(&notice)),
            is_watched: false,
        },
        may_leave_band: false,
        status: StatusCode::OK,
        change: replace,
        answer: |policy: &Policy, _: Option<&PolicyRow>| {
            let changed = row(policy, &locale, notice).ok_or(Failure::Unknown("text"))?;
            Ok(json(&changed))
        },
    };
    edit(&api, &by, &caller, change).await
}
