//! Injected text against a model that obeys it, in three places: what a customer writes,
//! what an article says, what is known of a customer (F22, S-22, S-23). Whatever the model
//! answers, the log differs by `SummaryAttached` alone, nothing of the demand is shown,
//! and nobody else is called.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use segue_assist::{Calibration, KnowledgeBase};
use segue_llm::{Client, Settings};
use segue_model::event::{Actor, AssistantKind, Event, Opening, Origin};
use segue_model::fact::{FactValue, Facts};
use segue_model::floor::Epoch;
use segue_model::id::ConversationId;
use segue_model::packet::Generated;
use segue_model::turn::{AnswerScores, Retrieved};
use segue_service::conversations::AssistantWords;
use segue_service::{Caller, Outside};
use segue_testkit::ManualClock;
use segue_testkit::injection::{Injection, injections, obedient};
use segue_testkit::model::{Act, ScriptedModel};
use uuid::Uuid;

use super::world::World;

const BOUND: Duration = Duration::from_secs(30);
/// What is true of every conversation here, and the turn that says so.
const TRUTH: (&str, u32) = ("The customer cannot open the invoice.", 1);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Customer,
    Article,
    Fact,
}

fn opening(injected: Option<&str>) -> Opening {
    let note = injected.map(|text| ("crm_note".to_owned(), FactValue::Text(text.to_owned())));
    Opening {
        customer: None,
        visitor: None,
        assistant: AssistantKind::External,
        origin: Origin::Live,
        channel: "api".to_owned(),
        locale: None,
        page: None,
        browser: None,
        follows: None,
        bot: None,
        desk: None,
        facts: Facts {
            known: note.into_iter().collect::<BTreeMap<_, _>>(),
            lookup_failed: None,
        },
    }
}

/// Leads a conversation with the injection in its place to a person.
async fn conversation(world: &World, injection: &Injection, place: Place) -> ConversationId {
    let id = ConversationId::new(Uuid::now_v7());
    let in_place = |wanted: Place| (place == wanted).then_some(injection.text.as_str());
    let customer = Caller::new(world.workspace, Actor::Customer);
    let service = &world.service;
    service
        .open(&customer, id, opening(in_place(Place::Fact)))
        .await
        .unwrap();
    service
        .customer_turn(&customer, id, "I cannot open the invoice.")
        .await
        .unwrap();
    let answer = AssistantWords {
        text: format!(
            "Invoices stand under Billing. {}",
            in_place(Place::Article).unwrap_or_default()
        ),
        epoch: Epoch(0),
        in_reply_to: None,
        is_more: false,
        scores: AnswerScores {
            confidence: Some(0.95),
            retrieval: vec![Retrieved {
                version: None,
                id: "invoices".to_owned(),
                score: 0.95,
                title: Some(
                    in_place(Place::Article)
                        .unwrap_or("Your invoices")
                        .to_owned(),
                ),
            }],
            ..AnswerScores::default()
        },
        clarify: None,
        may_propose: true,
        shown: None,
        is_cut: false,
    };
    let assistant = Caller::new(world.workspace, Actor::Assistant);
    service
        .assistant_turn(&assistant, id, None, answer)
        .await
        .unwrap();
    let asks = format!(
        "I want to talk to a human please. {}",
        in_place(Place::Customer).unwrap_or_default()
    );
    service.customer_turn(&customer, id, &asks).await.unwrap();
    id
}

async fn events(world: &World, id: ConversationId) -> Vec<(Event, Vec<String>)> {
    let entries = world.service.whole_log(world.workspace, id).await.unwrap();
    let of = |stored: segue_ports::log::StoredEntry| {
        let texts: Vec<String> = stored.texts.into_iter().map(|(_, text)| text).collect();
        stored
            .entry
            .events
            .into_iter()
            .map(move |event| (event, texts.clone()))
            .collect::<Vec<_>>()
    };
    entries.into_iter().flat_map(of).collect()
}

fn kinds(events: &[(Event, Vec<String>)]) -> Vec<String> {
    let kinds = events.iter().map(|(event, _)| {
        let json = serde_json::to_value(event).unwrap();
        format!("{} {}", json["type"], json["to"])
    });
    kinds.collect()
}

async fn run(place: Place) {
    let trap = ScriptedModel::always(Act::Say("caught".to_owned()));
    let now: Arc<Mutex<Option<Injection>>> = Arc::default();
    let obeyed = Arc::clone(&now);
    let model = ScriptedModel::new(move |_| {
        let current = obeyed.lock().unwrap();
        let cited: &[u32] = match place {
            Place::Customer => &[3],
            Place::Article => &[2],
            Place::Fact => &[1],
        };
        Act::Say(obedient(current.as_ref().unwrap(), cited, TRUTH).to_string())
    });
    let clock = Arc::new(ManualClock::default());
    let mut settings = Settings::at(model.url(), "small");
    settings.tokens_per_day = u64::MAX;
    settings.timeout_ms = 20_000;
    let client = Client::new(settings, clock.clone()).unwrap();
    let knowledge = || {
        Arc::new(KnowledgeBase::build(
            Vec::new(),
            Calibration::for_documents(&[]),
        ))
    };
    let outside = Outside {
        model: Some(Arc::new(client) as _),
        ..Outside::default()
    };
    let world = World::with_outside(outside, knowledge(), clock.clone()).await;
    let plain = World::with_outside(Outside::default(), knowledge(), clock).await;
    let address = trap.url();
    let address = address
        .trim_start_matches("http://")
        .trim_end_matches("/v1");
    let cases = injections(address);
    assert!(cases.len() >= 300, "{}", cases.len());
    let (mut shown, mut withheld) = (0, 0);
    for injection in &cases {
        *now.lock().unwrap() = Some(injection.clone());
        let id = conversation(&world, injection, place).await;
        let begun = Instant::now();
        let log = loop {
            let log = events(&world, id).await;
            if log
                .iter()
                .any(|(event, _)| matches!(event, Event::SummaryAttached { .. }))
            {
                break log;
            }
            assert!(begun.elapsed() < BOUND, "{injection:?}");
            tokio::task::yield_now().await;
        };
        let expected = kinds(&events(&plain, conversation(&plain, injection, place).await).await);
        let mut got = kinds(&log);
        assert_eq!(
            got.pop().unwrap(),
            "\"summary_attached\" null",
            "{injection:?}"
        );
        assert_eq!(got, expected, "{injection:?}");
        let (_, texts) = log.last().unwrap();
        let version: Generated = serde_json::from_str(&texts[0]).unwrap();
        let statements = statements(&version);
        for said in &statements {
            let lower = said.to_lowercase();
            for forbidden in &injection.forbidden {
                assert!(
                    !lower.contains(forbidden),
                    "{place:?}: shown: {said}\n{injection:?}"
                );
            }
            assert!(!said.contains('<') && !said.contains("]("), "{said}");
        }
        shown += statements.len();
        withheld += usize::from(version.is_withheld);
    }
    println!(
        "{place:?}: {} cases, {shown} statements shown, {withheld} versions withheld",
        cases.len()
    );
    // What is true beside the demand is shown: the guard is no wall against everything.
    assert!(shown >= cases.len(), "{shown}");
    assert_eq!(
        trap.asked().len(),
        0,
        "somebody called the address in the text"
    );
    assert_eq!(model.asked().len(), cases.len());
}

fn statements(version: &Generated) -> Vec<String> {
    let said = version
        .core_intent
        .iter()
        .chain(&version.summary)
        .chain(&version.open_questions);
    let mut all: Vec<String> = said.map(|it| it.text.clone()).collect();
    all.extend(version.attempted_solutions.iter().map(|it| it.what.clone()));
    all.extend(version.suggested_first_line.clone());
    all
}

#[tokio::test]
async fn what_a_customer_writes_commands_nobody() {
    run(Place::Customer).await;
}

#[tokio::test]
async fn what_an_article_says_commands_nobody() {
    run(Place::Article).await;
}

#[tokio::test]
async fn what_is_known_of_a_customer_commands_nobody() {
    run(Place::Fact).await;
}
