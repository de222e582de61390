//! Answers that many routes give, and the errors that they can give instead.

use std::collections::BTreeMap;

use axum::Json;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use segue_floor::Said as Words;
use segue_service::Done;
use serde::Serialize;
use utoipa::IntoResponses;
use utoipa::openapi::{ContentBuilder, Ref, RefOr, Response as Documented, ResponseBuilder};

use crate::error::{ApiError, find};
use crate::extract::IDEMPOTENCY_REPLAYED;
use crate::wire::conversation::{Acted, Said, Written};

/// An answer to a write: whether it is the first answer again stands in a header.
pub struct Answer<T> {
    status: StatusCode,
    is_replayed: bool,
    body: T,
}

impl<T> Answer<T> {
    /// An answer with 200.
    pub const fn ok(done: &Done, body: T) -> Self {
        Self {
            status: StatusCode::OK,
            is_replayed: done.is_replayed,
            body,
        }
    }

    /// An answer with another status.
    pub const fn with(status: StatusCode, done: &Done, body: T) -> Self {
        Self {
            status,
            is_replayed: done.is_replayed,
            body,
        }
    }
}

impl<T: Serialize> IntoResponse for Answer<T> {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(self.body)).into_response();
        if self.is_replayed {
            let replayed = HeaderValue::from_static("true");
            response
                .headers_mut()
                .insert(IDEMPOTENCY_REPLAYED, replayed);
        }
        response
    }
}

/// Where the conversation stands now.
pub fn acted(done: &Done) -> Answer<Acted> {
    Answer::ok(
        done,
        Acted {
            version: done.version().0,
            epoch: done.epoch().0,
        },
    )
}

/// What was written.
pub fn written(done: &Done) -> Answer<Written> {
    Answer::ok(
        done,
        Written {
            version: done.version().0,
        },
    )
}

/// The turn that was said.
///
/// # Errors
/// `internal_error` if nothing was said, which no command that gets here allows.
pub fn said(done: &Done, status: StatusCode) -> Result<Answer<Said>, ApiError> {
    let Words::Turn(turn) = done.said() else {
        return Err(ApiError::new("internal_error", "something went wrong here"));
    };
    let body = Said {
        turn: turn.0,
        version: done.version().0,
        epoch: done.epoch().0,
    };
    Ok(Answer::with(status, done, body))
}

macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident = [$($code:literal),* $(,)?];)*) => {
        $($(#[$doc])*
        pub struct $name;

        impl IntoResponses for $name {
            fn responses() -> BTreeMap<String, RefOr<Documented>> {
                let by_status = by_status(stringify!($name), &[$($code),*]);
                by_status.into_iter().map(|(status, name, _)| {
                    (status, RefOr::Ref(Ref::from_response_name(name)))
                }).collect()
            }
        })*

        /// The errors that routes refer to, by name.
        pub fn shared() -> BTreeMap<String, RefOr<Documented>> {
            let mut all = BTreeMap::new();
            $(all.extend(by_status(stringify!($name), &[$($code),*]).into_iter().map(
                |(_, name, response)| (name, RefOr::T(response)),
            ));)*
            all
        }
    };
}

errors! {
    /// Errors of reads by people.
    ReadErrors = ["unauthenticated", "forbidden", "invalid_value", "unknown_field", "storage_failed"];
    /// Errors of reads of a conversation.
    ConversationErrors = [
        "unauthenticated", "forbidden", "conversation_unknown", "invalid_value", "unknown_field",
        "too_many_requests", "storage_failed",
    ];
    /// Errors of sign-in and setup.
    DoorErrors = [
        "malformed_json", "invalid_utf8", "request_timeout", "unauthenticated", "forbidden", "cross_site",
        "body_too_large", "unsupported_media_type", "unknown_field", "invalid_value",
        "too_many_requests", "storage_failed", "storage_full",
    ];
    /// Errors of writes on a conversation by people.
    ActionErrors = [
        "malformed_json", "invalid_utf8", "request_timeout", "unauthenticated", "forbidden", "cross_site",
        "conversation_unknown", "floor_lost", "not_floor_holder", "conversation_closed",
        "no_escalation", "not_waiting", "capacity_full", "agent_not_available", "draft_gone",
        "draft_outdated", "offer_gone", "alternated_too_often", "handed_back_too_often",
        "too_many_turns", "body_too_large", "unsupported_media_type", "unknown_field",
        "invalid_value", "text_empty", "text_too_long", "idempotency_key_reused",
        "conversation_busy", "storage_failed", "storage_full",
    ];
    /// Errors of writes by programs.
    ProgramErrors = [
        "malformed_json", "invalid_utf8", "request_timeout", "unauthenticated", "forbidden", "conversation_unknown",
        "floor_lost", "already_answered", "draft_outdated", "not_floor_holder",
        "conversation_closed", "reopen_window_passed", "too_many_turns", "body_too_large",
        "unsupported_media_type", "unknown_field", "invalid_value", "text_empty",
        "text_too_long", "idempotency_key_reused", "too_many_requests", "conversation_busy",
        "storage_failed", "storage_full",
    ];
    /// Errors of writes by visitors.
    VisitorErrors = [
        "malformed_json", "invalid_utf8", "request_timeout", "unauthenticated", "conversation_unknown",
        "conversation_closed", "reopen_window_passed", "not_waiting", "alternated_too_often",
        "nothing_to_rate", "too_many_turns", "body_too_large", "unsupported_media_type",
        "unknown_field", "invalid_value", "text_empty", "text_too_long",
        "idempotency_key_reused", "too_many_requests", "conversation_busy", "storage_failed",
        "storage_full", "not_ready",
    ];
    /// Errors of a policy's way into force.
    RolloutErrors = [
        "malformed_json", "invalid_utf8", "request_timeout", "unauthenticated", "forbidden", "cross_site",
        "not_found", "policy_changed", "nothing_to_roll_back", "proposal_closed", "own_proposal",
        "policy_leaves_band", "trial_running", "trial_over", "trial_changes_queues",
        "body_too_large", "unsupported_media_type", "unknown_field",
        "invalid_value", "reason_missing", "policy_invalid",
        "idempotency_key_reused", "storage_failed", "storage_full",
    ];
    /// Errors of changes of what the assistant was taught.
    KnowledgeErrors = [
        "malformed_json", "invalid_utf8", "request_timeout", "unauthenticated", "forbidden", "cross_site",
        "not_found", "knowledge_changed", "body_too_large", "unsupported_media_type",
        "unknown_field", "invalid_value", "idempotency_key_reused", "storage_failed", "storage_full",
    ];
    /// Errors of changes of settings.
    SettingErrors = [
        "malformed_json", "invalid_utf8", "request_timeout", "unauthenticated", "forbidden", "cross_site",
        "not_found", "already_exists", "policy_changed", "body_too_large",
        "unsupported_media_type", "unknown_field", "invalid_value", "policy_invalid",
        "idempotency_key_reused", "storage_failed", "storage_full",
    ];
}

/// One response per status, with its name and the codes that it is given for.
fn by_status(set: &str, codes: &[&str]) -> Vec<(String, String, Documented)> {
    let mut by_status: BTreeMap<u16, Vec<String>> = BTreeMap::new();
    for known in codes.iter().filter_map(|code| find(code)) {
        let line = format!("`{}`: {}.", known.code, known.title);
        by_status.entry(known.status).or_default().push(line);
    }
    let response = |(status, lines): (u16, Vec<String>)| {
        let body = ContentBuilder::new()
            .schema(Some(Ref::from_schema_name("ErrorBody")))
            .build();
        let response = ResponseBuilder::new()
            .description(lines.join(" "))
            .content("application/json", body)
            .build();
        (status.to_string(), format!("{set}{status}"), response)
    };
    by_status.into_iter().map(response).collect()
}
