//! The history as those who read the log see it.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::path::Path;
use std::sync::Arc;

use segue_engine::Ruleset;
use segue_insight::{Ledger, Query};
use segue_model::event::{Entry, Event, Origin};
use segue_model::id::{AgentId, QueueKey, WorkspaceId};
use segue_model::time::Timestamp;
use segue_traffic::{Article, Colleague, Company, Plan, Plant, Season, Told, Traffic, people};
use uuid::Uuid;

const UNTIL: Timestamp = Timestamp(1_796_000_000_000);

fn company() -> Company {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../knowledge");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "md"))
        .filter(|path| !path.ends_with("README.md"))
        .collect();
    files.sort();
    let article = |path: &std::path::PathBuf| {
        let slug = path.file_stem().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        let article = segue_assist::parse_article(slug, &text).unwrap();
        Article {
            answer: article.body.lines().next().unwrap().to_owned(),
            id: article.slug,
            title: article.title,
            category: article.category,
            questions: article.asked,
        }
    };
    let policy = segue_policy::Policy::builtin().clone();
    let colleagues = policy.queues().iter().zip(1..).map(|(queue, n)| Colleague {
        id: AgentId::new(Uuid::from_u128(n)),
        queues: vec![QueueKey::from(queue.key.as_str())],
    });
    Company {
        articles: files.iter().map(article).collect(),
        people: people(7, 400),
        colleagues: colleagues.collect(),
        rules: Arc::new(Ruleset::new(policy.clone()).unwrap()),
        zone: jiff::tz::TimeZone::get("Europe/Berlin").unwrap(),
    }
}

fn plan(seed: u64, plants: &[Plant]) -> Plan {
    Plan {
        weeks: 8,
        seed,
        plants: plants.to_vec(),
        strength: None,
        per_week: 150,
        until: UNTIL,
    }
}

fn tell(company: &Company, plan: &Plan) -> Vec<Told> {
    let workspace = WorkspaceId::new(Uuid::from_u128(9));
    Traffic::new(company, workspace, plan).unwrap().collect()
}

#[test]
fn the_same_seed_tells_the_same() {
    let company = company();
    let told = tell(&company, &plan(3, &Plant::ALL));
    assert!(told.len() > 800, "{} conversations", told.len());
    assert!(told == tell(&company, &plan(3, &Plant::ALL)));
    assert!(told != tell(&company, &plan(4, &Plant::ALL)));
}

#[test]
fn every_conversation_is_one_that_the_floor_could_have_written() {
    let company = company();
    for told in tell(&company, &plan(5, &Plant::ALL)) {
        let mut state = segue_floor::State::default();
        let mut last = Timestamp(0);
        let mut texts = 0;
        for (written, version) in told.entries.iter().zip(1..) {
            assert_eq!(written.entry.version.0, version);
            assert!(written.entry.at >= last);
            assert!(!written.entry.events.is_empty());
            last = written.entry.at;
            for (text, _) in &written.texts {
                texts += 1;
                assert_eq!(text.0, texts);
            }
            for event in &written.entry.events {
                match event {
                    Event::ConversationOpened(opening) => assert_eq!(opening.origin, Origin::Demo),
                    Event::TurnAdded { turn, epoch, .. } => {
                        assert_eq!(turn.0, state.turns + 1);
                        assert_eq!(*epoch, state.epoch);
                    }
                    Event::FloorChanged { epoch, .. } => assert_eq!(*epoch, state.epoch.next()),
                    _ => {}
                }
                let one = Entry {
                    events: vec![event.clone()],
                    ..written.entry.clone()
                };
                segue_floor::evolve(&mut state, &one);
            }
        }
        assert_eq!(state.holder.word(), "closed", "{:?}", told.id);
    }
}

#[test]
fn a_plant_changes_nothing_before_it_begins() {
    let company = company();
    let quiet = tell(&company, &plan(6, &[]));
    for plant in Plant::ALL {
        let planned = plan(6, &[plant]);
        let since = Season::draw(&planned).planted[0].since;
        let before = |told: &[Told]| -> Vec<String> {
            let begun = told.iter().filter(|it| it.entries[0].entry.at < since);
            let first = begun.map(|it| &it.entries[1].texts);
            first.map(|texts| format!("{texts:?}")).collect()
        };
        let planted = tell(&company, &planned);
        let (usual, planted_before) = (before(&quiet), before(&planted));
        assert!(usual == planted_before, "{plant:?}");
        assert!(quiet != planted, "{plant:?}");
    }
}

#[test]
fn the_figures_are_those_of_a_company_that_could_be() {
    let company = company();
    let mut ledger = Ledger::default();
    for told in tell(&company, &plan(8, &[])) {
        for written in &told.entries {
            ledger.observe(told.id, &written.entry, &written.texts);
        }
    }
    let figures = ledger.dashboard(&Query::window(UNTIL, 56, true));
    let within = |name: &str, share: Option<f64>, least: f64, most: f64| {
        let share = share.unwrap_or_else(|| panic!("{name} cannot be said"));
        assert!((least..=most).contains(&share), "{name}: {share}");
    };
    within("escalation rate", figures.escalation_rate.value, 0.2, 0.4);
    within(
        "satisfaction",
        figures.csat_after_escalation.value,
        0.8,
        0.97,
    );
    within("retention", figures.context_retention.value, 0.7, 0.97);
    let handed = f64::from(figures.handed_over.rate.numerator);
    let rated = f64::from(figures.csat_after_escalation.denominator);
    within("response rate", Some(rated / handed), 0.2, 0.4);
    let live = ledger.dashboard(&Query::window(UNTIL, 56, false));
    assert_eq!(live.conversations, 0, "none of it is live");
}
