//! A conversation that another help desk has: people here read along.

use segue_model::event::{AssistantKind, DeskThread, Opening, Origin};
use segue_model::fact::Facts;
use segue_model::id::ConversationId;
use segue_ports::directory::Role;
use segue_service::Caller;
use serde_json::json;
use uuid::Uuid;

use crate::world::World;

#[tokio::test]
async fn it_says_where_it_is_and_is_answered_there_alone() {
    let world = World::new().await;
    let (agent, sarah) = world
        .agent_of(world.workspace, "Sarah", Role::Supervisor, &["general"])
        .await;
    world.available(agent).await;
    let id = ConversationId::new(Uuid::now_v7());
    let opening = Opening {
        customer: None,
        visitor: None,
        assistant: AssistantKind::Builtin,
        origin: Origin::Live,
        channel: "chatwoot".to_owned(),
        locale: None,
        page: None,
        browser: None,
        follows: None,
        bot: None,
        desk: Some(DeskThread {
            desk: "support".to_owned(),
            thread: "41".to_owned(),
            product: "Chatwoot".to_owned(),
            link: Some("https://chatwoot.example/app/accounts/1/conversations/41".to_owned()),
        }),
        facts: Facts::default(),
    };
    let system = Caller::system(world.workspace);
    world.service.open(&system, id, opening).await.unwrap();
    let text = "I want to talk to a human please";
    world
        .service
        .customer_turn(&system, id, text)
        .await
        .unwrap();

    let path = format!("/v1/conversations/{id}");
    let read = world.get(&path, &sarah).await.ok();
    let state = &read["state"];
    assert_eq!(
        state["opening"]["desk"],
        json!({
            "product": "Chatwoot",
            "link": "https://chatwoot.example/app/accounts/1/conversations/41",
        })
    );
    assert_eq!(state["floor"]["holder"], "queue");
    for action in ["reply", "take", "transfer", "hand_back", "resolve"] {
        assert_eq!(
            state["allowed"][action]["code"], "at_other_desk",
            "{action}"
        );
    }
    assert_eq!(state["allowed"]["note"]["ok"], true);
    let taken = world
        .post(&format!("{path}/take"), &sarah, &json!({ "epoch": 1 }))
        .await;
    taken.refused(409, "at_other_desk");
    let noted = world
        .post(
            &format!("{path}/notes"),
            &sarah,
            &json!({ "text": "Seen." }),
        )
        .await;
    noted.ok();
    let world_now = world.desk.world(world.service.now());
    assert!(world_now.waiting.is_empty(), "nobody here is offered it");
}
