//! Who comes: one answer for the notice and for the card.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use segue_engine::handoff::who_comes;
use segue_floor::{Escalation, Stage, State};
use segue_model::escalation::{EscalationRequest, Offer, Priority, Trigger};
use segue_model::id::{AgentId, EscalationId, OfferId, QueueKey, RuleId};
use segue_model::time::Timestamp;
use segue_model::turn::TurnNumber;
use segue_model::verdict::HandoffKind;

fn agent(last: u8) -> AgentId {
    format!("{}_{last:032x}", AgentId::PREFIX).parse().unwrap()
}

fn waiting(offered_to: Option<AgentId>) -> State {
    let request = EscalationRequest {
        id: EscalationId::nil(),
        kind: HandoffKind::Warm,
        queue: QueueKey::from("finance_operations"),
        rule: RuleId("money".into()),
        trigger: Trigger::HighStakes,
        turn: TurnNumber(1),
        preferred: Vec::new(),
        priority: Priority::Normal,
        suggested_root_cause: None,
        announced_until: None,
        due_at: None,
        overflow_at: Timestamp(600_000),
    };
    State {
        escalation: Some(Escalation {
            stage: Stage::Queued,
            queue: request.queue.clone(),
            requested_at: Timestamp(0),
            queued_at: Timestamp(0),
            preferred: Vec::new(),
            offer: offered_to.map(|agent| Offer {
                id: OfferId::nil(),
                agent,
                expires_at: Timestamp(20_000),
            }),
            declined_by: Vec::new(),
            accepted: None,
            packet_read_by: Vec::new(),
            summarized_through: None,
            announced_until: None,
            is_extended: false,
            overflow_at: request.overflow_at,
            due_at: None,
            request,
        }),
        ..State::default()
    }
}

#[test]
fn whoever_is_asked_is_named() {
    assert_eq!(who_comes(&waiting(Some(agent(7))), None), Some(agent(7)));
    assert_eq!(who_comes(&waiting(None), None), None);
}
