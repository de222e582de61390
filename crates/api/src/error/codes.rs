//! Every code that a client can read, with its status and its page. A code is
//! part of the contract: it is never renamed, and its status never changes.

/// One code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Code {
    /// The stable name.
    pub code: &'static str,
    /// The status it is answered with; 0 for codes that stand in `allowed` only.
    pub status: u16,
    /// What happened, in a few words.
    pub title: &'static str,
    /// Its page: what happened, what to check, what to do.
    pub page: &'static str,
}

macro_rules! codes {
    ($($code:literal $status:literal $title:literal;)*) => {
        /// All codes, by name.
        pub const CODES: &[Code] = &[$(Code {
            code: $code,
            status: $status,
            title: $title,
            page: include_str!(concat!("../../../../docs/errors/", $code, ".md")),
        }),*];
    };
}

codes! {
    "agent_not_available" 409 "The agent is not available";
    "already_answered" 409 "This turn has been answered already";
    "already_exists" 409 "There is one of that name already";
    "already_offered" 409 "The escalation is offered already";
    "already_yours" 0 "You have this conversation already";
    "alternated_too_often" 409 "It stays with people until the customer writes";
    "at_other_desk" 409 "Another help desk has the conversation";
    "body_too_large" 413 "The body is too large";
    "capacity_full" 409 "All slots of the agent are taken";
    "conversation_busy" 503 "Others write to the conversation at this moment";
    "conversation_closed" 409 "The conversation has ended";
    "conversation_exists" 409 "The conversation exists already";
    "conversation_unknown" 404 "There is no such conversation";
    "conversation_unnamed" 400 "The request names no conversation";
    "cross_site" 403 "The request did not come from the console's own page";
    "draft_gone" 409 "The draft is no longer open";
    "draft_outdated" 409 "The customer has written since the draft was made";
    "floor_lost" 409 "The floor has passed";
    "forbidden" 403 "You may not do this";
    "handed_back_too_often" 409 "It was handed back as often as it may be";
    "idempotency_key_reused" 422 "The key was used for another request";
    "internal_error" 500 "Something went wrong here";
    "invalid_utf8" 400 "The body is no UTF-8";
    "invalid_value" 422 "A value is missing or not allowed";
    "knowledge_changed" 412 "Somebody else published a version first";
    "malformed_json" 400 "The body is no JSON";
    "method_not_allowed" 405 "This address does not take this method";
    "no_escalation" 409 "Nobody has asked for a person";
    "not_connected" 409 "Nothing of this kind is connected";
    "not_due" 409 "Nothing of this kind is due";
    "not_flagged" 0 "Nothing is flagged here";
    "not_floor_holder" 409 "Somebody else has the floor";
    "not_found" 404 "There is no such thing";
    "not_ready" 503 "The server is not ready";
    "not_sent" 502 "It was not sent";
    "not_waiting" 409 "The conversation does not wait for a person";
    "nothing_to_rate" 409 "There is nothing of this kind to rate";
    "nothing_to_roll_back" 409 "There is no version to go back to";
    "offer_gone" 409 "The offer is no longer open";
    "own_proposal" 403 "Somebody else has to decide on your proposal";
    "policy_changed" 412 "The policy was changed by somebody else";
    "policy_invalid" 422 "The policy cannot be read";
    "policy_leaves_band" 409 "The escalation rate would leave its band";
    "proposal_closed" 409 "The proposal has been decided already";
    "reason_missing" 422 "A reason is needed";
    "reopen_window_passed" 409 "The conversation closed too long ago to reopen";
    "request_timeout" 408 "The body was not complete in time";
    "route_unknown" 404 "There is nothing at this address";
    "storage_failed" 503 "The store did not answer";
    "storage_full" 507 "The disk is full";
    "summary_outdated" 409 "A newer summary is attached already";
    "text_empty" 422 "A text is needed";
    "text_too_long" 422 "The text is too long";
    "too_many_requests" 429 "Too many requests";
    "too_many_turns" 409 "The conversation is as long as it may be";
    "trial_changes_queues" 422 "A share of the conversations cannot have queues of its own";
    "trial_over" 409 "The trial has ended";
    "trial_running" 409 "Another version is being tried";
    "unauthenticated" 401 "Nobody is signed in, or the key is not good";
    "unknown_field" 422 "A key that does not exist";
    "unsupported_media_type" 415 "The body is of another type than expected";
    "upstream_failed" 502 "The model's server did not answer";
}

/// The code of this name.
pub fn find(code: &str) -> Option<&'static Code> {
    CODES.iter().find(|known| known.code == code)
}
