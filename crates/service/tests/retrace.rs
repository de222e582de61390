//! What the log says comes out again, byte for byte, when it is decided again under the
//! version that it names: over conversations as the service leads them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::BTreeSet;
use std::sync::Arc;

use segue_assist::{Calibration, KnowledgeBase};
use segue_engine::Ruleset;
use segue_engine::retrace::{Asked, Logged, Retrace};
use segue_engine::what_if::{Changes, WhatIf};
use segue_model::escalation::{Disposition, RootCause};
use segue_model::event::{Actor, AssistantKind, Opening, Origin, Version};
use segue_model::fact::{FactValue, Facts};
use segue_model::id::{AgentId, ConversationId, WorkspaceId};
use segue_model::time::{Span, Timestamp};
use segue_model::turn::AnswerScores;
use segue_policy::Policy;
use segue_ports::Store;
use segue_ports::directory::Workspace;
use segue_ports::log::StoredEntry;
use segue_service::conversations::{AssistantWords, HandBack, Resolution};
use segue_service::{Caller, Service};
use segue_testkit::{ManualClock, MemoryStore, sample};
use uuid::Uuid;

struct Shared(Arc<ManualClock>);

impl segue_ports::clock::Clock for Shared {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
}

struct World {
    service: Service,
    clock: Arc<ManualClock>,
    workspace: WorkspaceId,
    agent: AgentId,
}

impl World {
    async fn new() -> Self {
        let store: Arc<dyn Store> = Arc::new(MemoryStore::new());
        let clock = Arc::new(ManualClock::new(sample::NOON));
        let options = segue_service::Options::default();
        let shared = Arc::new(Shared(Arc::clone(&clock)));
        let service = Service::new(store, shared, segue_service::Outside::default(), options);
        let row = Workspace {
            id: WorkspaceId::new(Uuid::now_v7()),
            name: "Brightcrate".to_owned(),
            is_demo: false,
            created_at: sample::NOON,
        };
        let workspace = row.id;
        service.store().create_workspace(row.clone()).await.unwrap();
        let agent = sample::agent("Sarah", 3);
        let id = agent.id;
        service
            .store()
            .create_agent(workspace, agent)
            .await
            .unwrap();
        let knowledge = KnowledgeBase::build(Vec::new(), Calibration::for_documents(&[]));
        service
            .open_workspace(row, Arc::new(knowledge))
            .await
            .unwrap();
        Self {
            service,
            clock,
            workspace,
            agent: id,
        }
    }

    async fn open(&self, assistant: AssistantKind, facts: &[(&str, FactValue)]) -> Talk<'_> {
        let id = ConversationId::new(Uuid::now_v7());
        let known = facts
            .iter()
            .map(|(name, value)| ((*name).to_owned(), value.clone()));
        let opening = Opening {
            customer: None,
            visitor: None,
            assistant,
            origin: Origin::Live,
            channel: "api".to_owned(),
            locale: None,
            page: None,
            browser: None,
            follows: None,
            bot: None,
            desk: None,
            facts: Facts {
                known: known.collect(),
                lookup_failed: None,
            },
        };
        self.service
            .open(&self.caller(Actor::Customer), id, opening)
            .await
            .unwrap();
        Talk { world: self, id }
    }

    fn caller(&self, actor: Actor) -> Caller {
        Caller::new(self.workspace, actor)
    }

    async fn wait(&self, span: Span) {
        self.clock.advance(span);
        self.service.ring_due().await.unwrap();
    }
}

struct Talk<'w> {
    world: &'w World,
    id: ConversationId,
}

impl Talk<'_> {
    async fn says(&self, text: &str) -> &Self {
        self.world.clock.advance(Span::seconds(7));
        let caller = self.world.caller(Actor::Customer);
        let service = &self.world.service;
        service.customer_turn(&caller, self.id, text).await.unwrap();
        self
    }

    async fn answers(&self, text: &str, confidence: f64) -> &Self {
        self.gives(text, confidence, false).await
    }

    async fn gives(&self, text: &str, confidence: f64, is_fallback: bool) -> &Self {
        self.world.clock.advance(Span::seconds(2));
        let caller = self.world.caller(Actor::Assistant);
        let state = self.state().await;
        let question = || "Which of the two do you mean?".to_owned();
        let words = AssistantWords {
            text: text.to_owned(),
            epoch: state.epoch,
            in_reply_to: None,
            is_more: false,
            scores: AnswerScores {
                confidence: Some(confidence),
                is_fallback,
                ..AnswerScores::default()
            },
            clarify: state.is_builtin().then(question),
            may_propose: true,
            shown: None,
            is_cut: false,
        };
        self.world
            .service
            .assistant_turn(&caller, self.id, None, words)
            .await
            .unwrap();
        self
    }

    async fn takes(&self) -> &Self {
        let (service, agent) = (&self.world.service, self.world.agent);
        let caller = self.world.caller(Actor::Agent(agent));
        service.take(&caller, self.id, agent, None).await.unwrap();
        self
    }

    async fn replies(&self, text: &str) -> &Self {
        let (service, agent) = (&self.world.service, self.world.agent);
        let caller = self.world.caller(Actor::Agent(agent));
        let epoch = self.state().await.epoch;
        let said = service.reply(&caller, self.id, (agent, epoch), text);
        said.await.unwrap();
        self
    }

    async fn hands_back(&self) -> &Self {
        let (service, agent) = (&self.world.service, self.world.agent);
        let caller = self.world.caller(Actor::Agent(agent));
        let back = HandBack {
            line: "Our assistant goes on from here.".to_owned(),
            brief: "Shows the first dashboard.".to_owned(),
            root_cause: RootCause::Policy,
            active_ms: 5_000,
            assistant_could: None,
            is_answer_owed: false,
        };
        let done = service.hand_back(&caller, self.id, agent, &back);
        done.await.unwrap();
        self
    }

    async fn resolves(&self) -> &Self {
        let (service, agent) = (&self.world.service, self.world.agent);
        let caller = self.world.caller(Actor::Agent(agent));
        let end = Resolution {
            root_cause: RootCause::Policy,
            disposition: Disposition::Solved,
            active_ms: 5_000,
            assistant_could: None,
            line: None,
        };
        let done = service.resolve(&caller, self.id, agent, &end);
        done.await.unwrap();
        self
    }

    async fn state(&self) -> segue_floor::State {
        let mut state = segue_floor::State::default();
        for stored in self.entries().await {
            segue_floor::evolve(&mut state, &stored.entry);
        }
        state
    }

    async fn entries(&self) -> Vec<StoredEntry> {
        let (service, workspace) = (&self.world.service, self.world.workspace);
        let entries = service
            .store()
            .entries(workspace, self.id, Version(0), 1_000);
        entries.await.unwrap()
    }
}

fn stricter() -> Policy {
    let text = Policy::builtin().text();
    Policy::parse(&text.replacen("accept: 0.70", "accept: 0.80", 1)).unwrap()
}

/// Hand-backs, time-outs, facts, widened answers, drafts, rising stakes, an end and a new
/// beginning, and a policy that changes on the way.
async fn rich(world: &World) -> Vec<Vec<StoredEntry>> {
    let mut logs = Vec::new();
    let talk = world.open(AssistantKind::External, &[]).await;
    talk.says("Hello, how do exports work here?").await;
    talk.answers("They are made weekly.", 0.9).await;
    talk.says("Which day of the week is that on?").await;
    talk.answers("They are made weekly.", 0.5).await;
    talk.gives("Which export do you mean?", 0.2, true).await;
    talk.says("The big one with all projects").await;
    talk.answers("I am not sure.", 0.3).await;
    talk.says("somebody hacked my account and stole money from it")
        .await;
    talk.takes().await.replies("Hello, I look into it.").await;
    talk.says("thank you").await;
    talk.hands_back().await;
    talk.says("Where is the dashboard?").await;
    talk.answers("Open the menu.", 0.95).await;
    talk.says("thanks, that helped").await;
    logs.push(talk.entries().await);

    let talk = world.open(AssistantKind::Builtin, &[]).await;
    talk.says("How can I merge two exports?").await;
    talk.answers("Perhaps in the menu.", 0.67).await;
    talk.answers("In the menu, under exports.", 0.75).await;
    talk.says("and how do I rename the merged one").await;
    world.wait(Span::seconds(30)).await;
    talk.takes()
        .await
        .replies("I am sorry for the wait.")
        .await
        .hands_back()
        .await;
    talk.says("So how do I rename it?").await;
    talk.answers("By a double click.", 0.9).await;
    talk.says("No, that is wrong, it does not work").await;
    talk.answers("By a double click.", 0.9).await;
    talk.says("I want to talk to a human").await;
    talk.takes().await.resolves().await;
    talk.says("One more question, how do I print it?").await;
    talk.answers("With the printer.", 0.91).await;
    logs.push(talk.entries().await);

    let vip = [
        ("vip", FactValue::Flag(true)),
        ("tier", FactValue::Text("enterprise".to_owned())),
        (
            "account_manager",
            FactValue::Text("sarah@example.com".to_owned()),
        ),
    ];
    let talk = world.open(AssistantKind::External, &vip).await;
    talk.says("Hi there").await;
    logs.push(talk.entries().await);

    let talk = world.open(AssistantKind::External, &[]).await;
    talk.says("What are the contract terms for custom pricing?")
        .await;
    talk.answers("Our contract has these terms.", 0.9).await;
    talk.says("Größe und Preis bitte").await;
    talk.answers("The price depends on the contract.", 0.4)
        .await;
    logs.push(talk.entries().await);

    // Between two turns another policy comes into force.
    let talk = world.open(AssistantKind::External, &[]).await;
    talk.says("How do I change my avatar?").await;
    talk.answers("Open your profile.", 0.75).await;
    let (service, workspace) = (&world.service, world.workspace);
    let changed = service.activate_policy(workspace, stricter(), None);
    changed.await.unwrap();
    talk.says("And how do I change my name?").await;
    talk.answers("Open your profile again.", 0.75).await;
    logs.push(talk.entries().await);
    logs
}

fn add(what_if: &mut WhatIf<'_>, log: &[StoredEntry]) {
    let entries: Vec<_> = log
        .iter()
        .map(|stored| (&stored.entry, stored.texts.as_slice()))
        .collect();
    what_if.add_log("conversation", &entries);
}

#[tokio::test]
async fn the_log_comes_out_again_byte_for_byte() {
    let world = World::new().await;
    let logs = rich(&world).await;
    let (shipped, other) = (
        Ruleset::new(Policy::builtin().clone()).unwrap(),
        Ruleset::new(stricter()).unwrap(),
    );
    let mut asked = BTreeSet::new();
    let mut verdicts = 0;
    for log in &logs {
        let mut retrace = Retrace::new(shipped.detector());
        for stored in log {
            let logged = Logged {
                entry: &stored.entry,
                texts: &stored.texts,
            };
            retrace.step(logged, |point| {
                let Some(logged) = point.logged else { return };
                let rules = [&shipped, &other]
                    .into_iter()
                    .find(|rules| *rules.policy().version() == logged.trace.policy)
                    .unwrap();
                let again = point.decide(rules, &point.signals_again(rules.detector()));
                assert_eq!(
                    serde_json::to_string(&again).unwrap(),
                    serde_json::to_string(logged).unwrap(),
                    "turn {} {:?}",
                    point.turn.0,
                    point.asked
                );
                asked.insert(match point.asked {
                    Asked::Turn => "turn",
                    Asked::Beside => "beside",
                    Asked::Answer {
                        is_widened: false, ..
                    } => "answer",
                    Asked::Answer {
                        is_fallback: true, ..
                    } => "fallback",
                    Asked::Answer { .. } => "widened answer",
                });
                verdicts += 1;
            });
        }
        // Every verdict of the log was a point.
        let events = log.iter().flat_map(|stored| &stored.entry.events);
        verdicts -= events
            .filter(|event| matches!(event, segue_model::event::Event::VerdictReached { .. }))
            .count();
        assert_eq!(verdicts, 0);
    }
    let all = ["answer", "beside", "fallback", "turn", "widened answer"];
    assert_eq!(asked.into_iter().collect::<Vec<_>>(), all);
}

#[tokio::test]
async fn a_policy_against_itself_reproduces_the_log() {
    let world = World::new().await;
    let logs = rich(&world).await;
    let rules = Ruleset::new(Policy::builtin().clone()).unwrap();
    let mut what_if = WhatIf::new(&rules, &rules);
    // All but the last, in which the policy changes.
    for log in &logs[..4] {
        add(&mut what_if, log);
    }
    let report = what_if.report();
    assert!(report.decided_again.turns >= 15, "{report:?}");
    assert_eq!(report.decided_again.turns, report.decided_again.same);
    assert_eq!(
        report.changes,
        Changes {
            same: 4,
            ..Changes::default()
        }
    );
    assert_eq!((report.exact, report.before.escalated), (4, 3));
    assert_eq!(report.by_day.len(), 1);
}

#[tokio::test]
async fn against_another_policy_the_log_is_known_up_to_where_they_part() {
    let world = World::new().await;
    let logs = rich(&world).await;
    let (before, after) = (
        Ruleset::new(Policy::builtin().clone()).unwrap(),
        Ruleset::new(stricter()).unwrap(),
    );
    let mut unknowing = WhatIf::new(&before, &before);
    let mut what_if = WhatIf::new(&before, &after);
    for log in &logs {
        add(&mut unknowing, log);
        add(&mut what_if, log);
    }
    assert_eq!(unknowing.report().decided_again.unknown, 2);
    let report = what_if.report();
    assert_eq!(report.decided_again.turns, report.decided_again.same);
    assert_eq!(report.decided_again.unknown, 0);
    assert!(
        report.turns_changed >= 2 && report.censored >= 1,
        "{report:?}"
    );
    assert!(report.exact + report.censored == 5);
}
