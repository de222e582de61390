use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::atomic::Ordering;

use axum::Router;
use segue_connect::bot::BotSection;
use segue_connect::desk::{DeskSection, router};
use segue_model::event::Event;
use segue_model::floor::Holder;
use segue_model::id::ConversationId;
use segue_model::turn::{NoticeKind, Role};
use segue_ports::log::HeadFilter;
use segue_service::Outside;
use serde_json::{Value, json};

use crate::chatwoot::{ACCOUNT, BOT_TOKEN, Chatwoot, SECRET, TOKEN, Talk, USER_TOKEN};
use crate::fake::Fake;
use crate::world::{World, has_asked, has_said};

/// A Chatwoot, a bot and Segue between them.
struct Scene {
    chatwoot: Chatwoot,
    bot: Fake,
    world: World,
    keys: PathBuf,
}

fn outside(scene: (&Chatwoot, &Fake, &PathBuf)) -> (Outside, impl Fn(&World) -> Router + use<>) {
    let (chatwoot, bot, keys) = scene;
    let bot = format!("kind = \"webhook\"\nurl = \"{}\"\n", bot.url);
    let bot: BotSection = toml::from_str(&bot).unwrap();
    let at = |name: &str| keys.join(name).display().to_string();
    let desk = format!(
        "kind = \"chatwoot\"\nurl = \"{}\"\naccount = {ACCOUNT}\nbot = \"support\"\n\
         key_file = \"{}\"\nuser_key_file = \"{}\"\ntoken_file = \"{}\"\nsigning_key_file = \"{}\"\n\
         labels = [\"segue\"]\nteams = {{ general = 4, resolution_desk = 9 }}\n",
        chatwoot.url,
        at("key"),
        at("user"),
        at("token"),
        at("secret"),
    );
    let section: DeskSection = toml::from_str(&desk).unwrap();
    let plugged = section.plug("support").unwrap();
    let inbound = plugged.inbound;
    let outside = Outside {
        bots: [("support".to_owned(), bot.plug("support").unwrap())].into(),
        desks: [("support".to_owned(), plugged.desk)].into(),
        ..Outside::default()
    };
    let door = move |world: &World| {
        let desks = BTreeMap::from([("support".to_owned(), inbound.clone())]);
        router(world.service.clone(), desks)
    };
    (outside, door)
}

impl Scene {
    async fn new() -> Self {
        let keys = std::env::temp_dir().join(format!("connect-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir(&keys).unwrap();
        for (name, secret) in [
            ("key", BOT_TOKEN),
            ("user", USER_TOKEN),
            ("token", TOKEN),
            ("secret", "the-webhooks-secret\nchatwoots-own-secret"),
        ] {
            std::fs::write(keys.join(name), secret).unwrap();
        }
        let chatwoot = Chatwoot::new().await;
        let bot = Fake::new(|came| match came.body["text"].as_str() {
            Some(text) => (
                200,
                json!({ "text": format!("About: {text}"), "confidence": 0.95 }),
                false,
            ),
            None => (200, json!({}), false),
        })
        .await;
        let (outside, door) = outside((&chatwoot, &bot, &keys));
        let world = World::new(outside).await;
        chatwoot.connect(Some(door(&world)));
        Self {
            chatwoot,
            bot,
            world,
            keys,
        }
    }

    fn begin(&self, id: u64) {
        let contact = json!({ "id": 90, "name": "Alex Rivera", "email": "Alex@example.com", "identifier": null });
        self.chatwoot.begin(id, contact, false);
    }

    /// The conversations here, the newest first.
    async fn ours(&self) -> Vec<ConversationId> {
        let store = self.world.service.store();
        let rows = store.heads(self.world.workspace, HeadFilter::default(), None, 10);
        rows.await
            .unwrap()
            .into_iter()
            .map(|row| row.conversation)
            .collect()
    }

    async fn only(&self) -> ConversationId {
        let ours = self.ours().await;
        assert_eq!(ours.len(), 1);
        ours[0]
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.keys));
    }
}

fn public(talk: &Talk) -> usize {
    talk.messages
        .iter()
        .filter(|message| !message.is_private)
        .count()
}

fn notes(talk: &Talk) -> Vec<String> {
    let notes = talk.messages.iter().filter(|message| message.is_private);
    notes.map(|message| message.content.clone()).collect()
}

const ANGRY: &str =
    "This is the worst service ever! I am furious, you are useless, fix my order A-1734 NOW!!!";

#[tokio::test]
async fn customer_bot_angry_handoff_person_pending_bot() {
    let Scene {
        chatwoot,
        bot,
        world,
        ..
    } = &Scene::new().await;
    let scene_id = 41;
    let contact = json!({ "id": 90, "name": "Alex Rivera", "email": "Alex@example.com" });
    chatwoot.begin(scene_id, contact, false);

    // The bot answers.
    assert!(
        chatwoot
            .incoming(scene_id, "How do I add a colleague?")
            .await
    );
    chatwoot.until(scene_id, |talk| public(talk) == 3).await;
    let read = chatwoot.read(scene_id);
    assert_eq!(read[2], "agent_bot: About: How do I add a colleague?");

    // Anger: one message to the customer, everything else to the people there.
    chatwoot.incoming(scene_id, ANGRY).await;
    chatwoot.until(scene_id, |talk| talk.status == "open").await;
    let talk = chatwoot.talk(scene_id);
    assert_eq!(public(&talk), 5, "{:#?}", chatwoot.read(scene_id));
    let [note] = notes(&talk).try_into().unwrap();
    assert!(
        note.contains("**What they want**") && note.contains("A-1734"),
        "{note}"
    );
    assert_eq!(talk.labels, ["theirs", "segue"]);
    assert_eq!(talk.attributes["theirs"], "stays");
    assert!(
        talk.attributes["segue_queue"].is_string() && talk.attributes["segue_rule"].is_string()
    );
    assert_eq!(talk.priority.as_deref(), Some("high"));
    assert_eq!(talk.team, Some(9), "{:?}", talk.attributes);
    let store = world.service.store();
    let rows = store
        .heads(world.workspace, HeadFilter::default(), None, 10)
        .await
        .unwrap();
    let id = rows[0].conversation;
    assert_eq!((rows.len(), world.holder(id).await), (1, "queue"));

    // A person there replies: the floor is theirs, and nobody adds a word.
    chatwoot
        .outgoing(
            scene_id,
            "Hi Alex, Sarah here. I found it.",
            Some((12, "Sarah Lind")),
            false,
        )
        .await;
    world.until(id, has_said(Role::Agent, 1)).await;
    let state = world.service.state(world.workspace, id).await.unwrap();
    let agent = state.holding_agent().unwrap();
    assert_eq!(
        world.service.desk(world.workspace).unwrap().name_of(agent),
        "Sarah Lind"
    );
    chatwoot
        .incoming(scene_id, "Great, and can my colleague see it, too?")
        .await;
    world.until(id, has_said(Role::Customer, 3)).await;
    assert_eq!(public(&chatwoot.talk(scene_id)), 7);

    // Back to the bot, which learns what it is about and answers what is open.
    chatwoot.set_status(scene_id, "pending").await;
    chatwoot.until(scene_id, |talk| public(talk) == 9).await;
    let read = chatwoot.read(scene_id);
    assert_eq!(
        read[8],
        "agent_bot: About: Great, and can my colleague see it, too?"
    );
    assert_eq!(world.holder(id).await, "assistant");
    let came = bot.came(|_| true, 4).await;
    let words: Vec<_> = came
        .iter()
        .map(|came| came.body["type"].as_str().unwrap())
        .collect();
    assert_eq!(
        words,
        ["turn.asked", "floor.taken", "floor.granted", "turn.asked"]
    );
    let brief = came[2].body["brief"].as_str().unwrap();
    assert_eq!(
        brief,
        "Handed back in Chatwoot. Sarah Lind said last: Hi Alex, Sarah here. I found it."
    );

    // It is resolved there, and so here.
    chatwoot.set_status(scene_id, "resolved").await;
    world
        .until(id, |events| {
            events.iter().any(|event| {
                matches!(
                    event,
                    Event::FloorChanged {
                        to: Holder::Closed { .. },
                        ..
                    }
                )
            })
        })
        .await;
    assert_eq!(public(&chatwoot.talk(scene_id)), 9);
    assert!(chatwoot.stand().refused.is_empty());
}

#[tokio::test]
async fn what_is_sent_twice_is_heard_once_and_our_own_words_are_nobodys() {
    let scene = Scene::new().await;
    let (chatwoot, world) = (&scene.chatwoot, &scene.world);
    chatwoot.doubles.store(true, Ordering::SeqCst);
    scene.begin(41);
    chatwoot.incoming(41, "How do I add a colleague?").await;
    chatwoot.until(41, |talk| public(talk) == 3).await;
    chatwoot
        .outgoing(41, "I can help with that.", None, false)
        .await;
    chatwoot.incoming(41, "Thank you.").await;
    let id = scene.only().await;
    world.until(id, has_said(Role::Customer, 2)).await;
    let read = world.read(id).await;
    let spoken: Vec<_> = read
        .iter()
        .filter(|line| !line.contains("Welcome") && !line.contains("AgentJoined"))
        .collect();
    assert_eq!(
        spoken,
        [
            "customer: How do I add a colleague?",
            "assistant: About: How do I add a colleague?",
            "agent: I can help with that.",
            "customer: Thank you.",
        ]
    );
    assert_eq!(
        world.holder(id).await,
        "agent",
        "a reply without a sender is a person's"
    );
}

#[tokio::test]
async fn messages_that_overtake_each_other_are_all_heard() {
    let scene = Scene::new().await;
    let (chatwoot, world) = (&scene.chatwoot, &scene.world);
    scene.begin(41);
    let texts = [
        "One more thing.",
        "How do I add a colleague?",
        "And where do I see them?",
    ];
    let mut all = tokio::task::JoinSet::new();
    for text in texts {
        let chatwoot = chatwoot.clone();
        all.spawn(async move { chatwoot.incoming(41, text).await });
    }
    while let Some(reached) = all.join_next().await {
        assert!(reached.unwrap());
    }
    let id = scene.only().await;
    world.until(id, has_said(Role::Customer, 3)).await;
    let read = world.read(id).await;
    for text in texts {
        let line = format!("customer: {text}");
        assert_eq!(read.iter().filter(|read| **read == line).count(), 1);
    }
}

#[tokio::test]
async fn an_answer_whose_receipt_was_lost_is_not_posted_twice() {
    let scene = Scene::new().await;
    scene.begin(41);
    scene.chatwoot.lose_answers(2);
    scene
        .chatwoot
        .incoming(41, "How do I add a colleague?")
        .await;
    scene.chatwoot.until(41, |talk| public(talk) == 3).await;
    scene
        .chatwoot
        .incoming(41, "And how do I remove one?")
        .await;
    scene.chatwoot.until(41, |talk| public(talk) == 5).await;
    let read = scene.chatwoot.read(41);
    assert_eq!(
        read.iter()
            .filter(|line| line.contains("Welcome") || line.starts_with("agent_bot"))
            .count(),
        3,
        "{read:#?}"
    );
    assert_eq!(read[2], "agent_bot: About: How do I add a colleague?");
}

#[tokio::test]
async fn a_desk_that_was_down_gets_everything_in_order_once_it_is_up() {
    let scene = Scene::new().await;
    let (chatwoot, world) = (&scene.chatwoot, &scene.world);
    scene.begin(41);
    chatwoot.set_down(true);
    chatwoot.incoming(41, "I want to talk to a person").await;
    let id = scene.only().await;
    world.until(id, has_asked(1)).await;
    chatwoot.set_down(false);
    chatwoot.until(41, |talk| talk.status == "open").await;
    let talk = chatwoot.talk(41);
    let kinds: Vec<_> = talk
        .messages
        .iter()
        .map(|message| (message.kind, message.is_private))
        .collect();
    assert_eq!(
        kinds,
        [
            ("incoming", false),
            ("outgoing", false),
            ("outgoing", false),
            ("outgoing", true)
        ]
    );
}

#[tokio::test]
async fn while_we_are_down_people_there_get_it_and_afterwards_it_stays_with_them() {
    let scene = Scene::new().await;
    let (chatwoot, world) = (&scene.chatwoot, &scene.world);
    scene.begin(41);
    chatwoot.incoming(41, "How do I add a colleague?").await;
    chatwoot.until(41, |talk| public(talk) == 3).await;
    let door = {
        let (_, door) = outside((chatwoot, &scene.bot, &scene.keys));
        door(world)
    };
    chatwoot.connect(None);
    assert!(!chatwoot.incoming(41, "Are you there?").await);
    assert_eq!(chatwoot.talk(41).status, "open");
    chatwoot.connect(Some(door));
    assert!(chatwoot.incoming(41, "Hello?").await);
    let id = scene.only().await;
    assert_eq!(world.holder(id).await, "agent");
    assert_eq!(
        world
            .read(id)
            .await
            .iter()
            .filter(|line| line.starts_with("assistant"))
            .count(),
        1
    );
}

#[tokio::test]
async fn what_may_not_go_back_is_given_to_people_again() {
    let scene = Scene::new().await;
    let (chatwoot, world) = (&scene.chatwoot, &scene.world);
    scene.begin(41);
    chatwoot
        .incoming(
            41,
            "Somebody hacked my account, there are payments that I did not make!",
        )
        .await;
    chatwoot.until(41, |talk| talk.status == "open").await;
    let id = scene.only().await;
    assert_eq!(world.holder(id).await, "locked");
    assert_eq!(chatwoot.talk(41).priority.as_deref(), Some("urgent"));
    chatwoot.set_status(41, "pending").await;
    chatwoot.until(41, |talk| talk.status == "open").await;
    assert_eq!(world.holder(id).await, "locked");
}

#[tokio::test]
async fn our_own_people_read_along_and_answer_nothing() {
    let scene = Scene::new().await;
    let (chatwoot, world) = (&scene.chatwoot, &scene.world);
    scene.begin(41);
    chatwoot.incoming(41, "I want to talk to a person").await;
    chatwoot.until(41, |talk| talk.status == "open").await;
    let id = scene.only().await;
    let caller = world.as_agent();
    let taken = world.service.take(&caller, id, world.agent, None).await;
    assert_eq!(taken.unwrap_err().code(), "at_other_desk");
    world
        .service
        .note(&caller, id, world.agent, "Seen.")
        .await
        .unwrap();
    let notices = world.events(id).await.into_iter().filter(|event| {
        matches!(event, Event::TurnAdded { author: segue_model::turn::Author::System { notice }, .. } if *notice != NoticeKind::Welcome)
    });
    assert_eq!(notices.count(), 1, "exactly one message for a handoff");
}

#[tokio::test]
async fn what_does_not_come_from_the_desk_is_not_heard() {
    let scene = Scene::new().await;
    let chatwoot = &scene.chatwoot;
    scene.begin(41);
    let event = |account: u64| {
        json!({
            "event": "message_created", "id": 1, "content": "Hi", "message_type": "incoming",
            "account": { "id": account }, "conversation": { "id": 41, "status": "pending" },
        })
    };
    for (event, secret, token, status) in [
        (event(ACCOUNT), "another", TOKEN, 401),
        (event(ACCOUNT), SECRET, "another", 401),
        (json!("no event"), SECRET, TOKEN, 400),
        (event(ACCOUNT + 1), SECRET, TOKEN, 200),
        (
            json!({ "event": "webwidget_triggered", "id": 1 }),
            SECRET,
            TOKEN,
            200,
        ),
    ] {
        assert_eq!(chatwoot.send(&event, secret, token).await.as_u16(), status);
    }
    let long = Value::String("a".repeat(300 * 1024));
    assert_eq!(chatwoot.send(&long, SECRET, TOKEN).await.as_u16(), 413);
    assert!(scene.ours().await.is_empty());
    assert_eq!(
        chatwoot.send(&event(ACCOUNT), SECRET, TOKEN).await.as_u16(),
        200
    );
    assert_eq!(scene.ours().await.len(), 1);
}

#[test]
fn a_desk_that_anybody_could_pretend_to_be_is_refused() {
    let text = "kind = \"chatwoot\"\nurl = \"http://127.0.0.1:1\"\naccount = 1\n";
    let section: DeskSection = toml::from_str(text).unwrap();
    let error = section.plug("support").err().unwrap().to_string();
    assert_eq!(
        error,
        "`desks.support`: `token_file` or `signing_key_file` is needed: anybody could send us anything"
    );
}

#[tokio::test]
async fn what_people_there_have_from_the_beginning_is_left_to_them() {
    let scene = Scene::new().await;
    scene.begin(41);
    scene.chatwoot.set_status(41, "open").await;
    assert!(scene.chatwoot.incoming(41, "Is anybody there?").await);
    assert!(scene.ours().await.is_empty());
    scene.chatwoot.set_status(41, "pending").await;
    scene
        .chatwoot
        .incoming(41, "How do I add a colleague?")
        .await;
    scene.chatwoot.until(41, |talk| public(talk) == 4).await;
}
