//! What every store must do, as one battery of cases.
//!
//! A store's tests say [`contract_tests!`](crate::contract_tests) once, with a
//! [`Subject`] that opens fresh stores; each case becomes a test of its own.

use std::future::Future;

use segue_model::event::Version;
use segue_model::id::{ConversationId, WorkspaceId};
use segue_ports::Store;
use segue_ports::log::{Append, Appended, LogPosition};

mod append;
mod directory;
mod heads;
mod isolation;
mod keys;
mod outbox;
mod races;
mod knowledge;
mod report;
mod rollout;
mod settings;
mod slots;

pub use append::*;
pub use directory::*;
pub use heads::*;
pub use isolation::*;
pub use keys::*;
pub use knowledge::*;
pub use outbox::*;
pub use races::*;
pub use report::*;
pub use rollout::*;
pub use settings::*;
pub use slots::*;

/// The store under test.
pub trait Subject: Sync {
    /// Its type.
    type Store: Store;
    /// What must live as long as the store: a folder, for example.
    type Keep: Send;

    /// A fresh, empty store.
    fn open(&self) -> impl Future<Output = (Self::Store, Self::Keep)> + Send;

    /// Erases all texts of a conversation in the engine's own way, leaving the events.
    fn erase_texts(
        &self,
        store: &Self::Store,
        keep: &Self::Keep,
        workspace: WorkspaceId,
        conversation: ConversationId,
    ) -> impl Future<Output = ()> + Send;
}

/// Makes one test of each case of the contract, for a [`contract::Subject`](Subject).
#[macro_export]
macro_rules! contract_tests {
    ($subject:expr) => {
        $crate::contract_tests! { @each $subject;
            first_append_is_read_back,
            versions_have_no_gaps,
            entries_are_paged,
            a_moved_stream_conflicts,
            a_missing_stream_conflicts,
            an_existing_stream_is_not_created_again,
            an_entry_out_of_place_is_an_error,
            an_older_epoch_is_refused,
            a_refused_append_leaves_nothing,
            tail_is_the_order_of_the_log,
            a_long_stream_is_read_whole,
            erased_texts_are_missing_and_events_stay,
            stats_count_appends,
            every_origin_and_field_of_a_head_survives,
            a_retry_finds_its_first_answer,
            a_retry_is_found_after_the_stream_moved,
            a_key_is_not_used_for_two_requests,
            keys_of_two_callers_never_meet,
            a_refused_append_does_not_use_its_key,
            keys_are_found_without_their_fingerprint,
            capacity_is_never_passed,
            released_slots_are_free_again,
            claiming_twice_takes_one_slot,
            a_swap_frees_before_it_takes,
            one_refused_claim_refuses_all,
            availability_ends_with_the_lease,
            an_inactive_agent_is_not_available,
            a_lowered_capacity_waits_for_releases,
            effects_are_written_with_their_entry,
            an_append_settles_an_effect,
            effects_are_put_off_and_counted,
            effects_of_a_lane_are_given_in_order,
            heads_are_filtered,
            heads_are_paged_newest_first,
            heads_with_one_instant_are_paged_by_id,
            due_conversations_come_earliest_first,
            due_follows_every_change,
            a_visitor_has_one_open_conversation,
            a_closed_conversation_frees_its_visitor,
            reopening_beside_an_open_one_is_refused,
            one_append_wins_the_version,
            one_create_wins_the_conversation,
            one_create_wins_the_visitor,
            one_append_wins_the_key,
            claims_in_a_rush_fit_the_capacity,
            appends_in_a_rush_are_all_there,
            a_link_is_taken_once_in_a_rush,
            other_workspaces_see_no_conversation,
            other_workspaces_see_no_people,
            one_id_in_two_workspaces_is_two_streams,
            slots_of_another_workspace_are_not_touched,
            workspaces_round_trip,
            agents_round_trip,
            presences_are_replaced,
            sessions_round_trip,
            links_end,
            api_keys_round_trip,
            visitors_are_replaced,
            customers_are_put_by_address_or_account,
            customers_share_an_account,
            customers_are_listed_by_name,
            policies_never_change,
            cases_are_replaced,
            what_is_taught_has_versions,
            a_report_has_a_schedule_and_a_delivery,
            every_activation_is_listed,
            a_proposal_is_decided_once,
            one_trial_runs_at_a_time,
            a_refused_step_leaves_nothing,
            other_workspaces_see_no_rollout,
            the_audit_trail_is_newest_first,
            a_setting_is_changed_once,
            a_refused_setting_leaves_nothing,
            an_agent_is_changed_and_signed_out,
            old_requests_are_forgotten,
            one_setting_wins_the_key,
        }
    };
    (@each $subject:expr; $($case:ident,)*) => {
        $(
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn $case() {
                $crate::contract::$case(&$subject).await;
            }
        )*
    };
}

/// Appends and expects it to be durable.
pub async fn commit(store: &impl Store, append: Append) -> LogPosition {
    match store.append(append).await.expect("the store works") {
        Appended::Committed { position } => position,
        refused => panic!("expected a commit, got {refused:?}"),
    }
}

/// Appends and expects this answer instead of a commit.
async fn expect(store: &impl Store, append: Append, expected: Appended) {
    assert_eq!(
        store.append(append).await.expect("the store works"),
        expected
    );
}

async fn version_of(
    store: &impl Store,
    workspace: WorkspaceId,
    conversation: ConversationId,
) -> Option<Version> {
    let head = store
        .head(workspace, conversation)
        .await
        .expect("the store works");
    head.map(|row| row.version)
}
