//! Reports as those who get them do: letters through a real SMTP conversation, notices
//! to a real web server, sent when they are due, again where they were not taken.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use axum::routing::post;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use segue_assist::{Calibration, KnowledgeBase};
use segue_model::id::{AgentId, WorkspaceId};
use segue_model::time::{Span, Timestamp};
use segue_ports::Store;
use segue_ports::directory::Workspace;
use segue_ports::report::{Delivery, Schedule};
use segue_service::report::Looked;
use segue_service::{Caller, Options, Outside, Service};
use segue_testkit::{ManualClock, MemoryStore, sample};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use uuid::Uuid;

/// What a mail server took: for whom, and the message as it was written.
#[derive(Debug, Clone, Default)]
struct Mail {
    to: String,
    message: String,
}

/// A mail server that keeps what it takes, and answers an address as it is told.
#[derive(Clone, Default)]
struct Sink {
    taken: Arc<Mutex<Vec<Mail>>>,
    answers: Arc<Mutex<BTreeMap<String, &'static str>>>,
}

impl Sink {
    async fn start() -> (Self, u16) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let port = listener.local_addr().unwrap().port();
        let sink = Self::default();
        let own = sink.clone();
        tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(own.clone().talk(stream));
            }
        });
        (sink, port)
    }

    fn answer(&self, address: &str, line: &'static str) {
        self.answers
            .lock()
            .unwrap()
            .insert(address.to_owned(), line);
    }

    fn taken(&self) -> Vec<Mail> {
        self.taken.lock().unwrap().clone()
    }

    /// RFC 5321, as far as one letter needs it.
    async fn talk(self, stream: TcpStream) {
        let (read, mut write) = stream.into_split();
        let mut lines = BufReader::new(read).lines();
        write.write_all(b"220 sink.example\r\n").await.unwrap();
        let mut mail = Mail::default();
        while let Ok(Some(line)) = lines.next_line().await {
            let verb = line
                .split([' ', ':'])
                .next()
                .unwrap_or_default()
                .to_uppercase();
            let answer = match verb.as_str() {
                "EHLO" => "250 sink.example",
                "RCPT" => {
                    let address = line.split(['<', '>']).nth(1).unwrap().to_owned();
                    let answer = self.answers.lock().unwrap().get(&address).copied();
                    mail.to = address;
                    answer.unwrap_or("250 ok")
                }
                "DATA" => {
                    write.write_all(b"354 go on\r\n").await.unwrap();
                    while let Ok(Some(line)) = lines.next_line().await {
                        if line == "." {
                            break;
                        }
                        mail.message.push_str(&line);
                        mail.message.push('\n');
                    }
                    self.taken.lock().unwrap().push(std::mem::take(&mut mail));
                    "250 kept"
                }
                "QUIT" => return,
                _ => "250 ok",
            };
            write
                .write_all(format!("{answer}\r\n").as_bytes())
                .await
                .unwrap();
        }
    }
}

struct Scene {
    service: Service,
    workspace: WorkspaceId,
    clock: Arc<ManualClock>,
    looked: Looked,
}

/// As a library of Standard Webhooks computes it, over id, time and body.
fn signature(signed: &str) -> String {
    let mut mac =
        Hmac::<sha2::Sha256>::new_from_slice(b"01234567890123456789012345678901").unwrap();
    mac.update(signed.as_bytes());
    format!("v1,{}", STANDARD.encode(mac.finalize().into_bytes()))
}

fn at(text: &str) -> Timestamp {
    Timestamp(text.parse::<jiff::Timestamp>().unwrap().as_millisecond())
}

fn knowledge() -> Arc<KnowledgeBase> {
    Arc::new(KnowledgeBase::build(
        Vec::new(),
        Calibration::for_documents(&[]),
    ))
}

impl Scene {
    async fn new(outside: Outside, now: &str) -> Self {
        let store = Arc::new(MemoryStore::new());
        let row = Workspace {
            id: WorkspaceId::new(Uuid::now_v7()),
            name: "Brightcrate".to_owned(),
            is_demo: false,
            created_at: sample::NOON,
        };
        let ports: &dyn Store = store.as_ref();
        ports.create_workspace(row.clone()).await.unwrap();
        let clock = Arc::new(ManualClock::new(at(now)));
        let options = Options {
            console_url: Some("https://console.example".to_owned()),
            ..Options::default()
        };
        let service = Service::new(store, Arc::clone(&clock) as _, outside, options);
        service.start(knowledge()).await.unwrap();
        Self {
            service,
            workspace: row.id,
            clock,
            looked: Looked::new(),
        }
    }

    /// The same, with invented history among what counts.
    async fn counting_demo(&self) {
        let desk = self.service.desk(self.workspace).unwrap();
        let schedule = Schedule {
            include_demo: true,
            ..self.service.report_schedule(&desk).await.unwrap()
        };
        self.put(schedule).await;
    }

    async fn schedule(&self, recipients: &[&str]) {
        let schedule = Schedule {
            is_on: true,
            weekday: 0,
            hour: 8,
            recipients: recipients.iter().map(|it| (*it).to_owned()).collect(),
            include_demo: false,
            by: None,
            at: self.service.now(),
        };
        self.put(schedule).await;
    }

    async fn put(&self, schedule: Schedule) {
        self.service
            .put_report_schedule(&Caller::system(self.workspace), schedule, String::new())
            .await
            .unwrap();
    }

    async fn at(&mut self, now: &str) {
        self.clock.set(at(now));
        self.service.send_due_reports(&mut self.looked).await;
    }

    async fn delivery(&self) -> Delivery {
        let desk = self.service.desk(self.workspace).unwrap();
        self.service.report_delivery(&desk).await.unwrap()
    }
}

fn mail(port: u16) -> Outside {
    let section = format!(
        "host = \"127.0.0.1\"\nport = {port}\nsecurity = \"none\"\nfrom = \"Segue <segue@brightcrate.example>\""
    );
    let section: segue_connect::mail::MailSection = toml::from_str(&section).unwrap();
    Outside {
        post: Some(section.plug().unwrap()),
        ..Outside::default()
    }
}

#[tokio::test]
async fn a_report_is_sent_once_on_monday_morning_to_everybody() {
    let (sink, port) = Sink::start().await;
    let mut scene = Scene::new(mail(port), "2026-11-19T12:00:00Z").await;
    scene.schedule(&["lead@a.example", "desk@b.example"]).await;
    // Thursday, Sunday, and Monday before the hour (08:00 in the workspace's zone).
    for early in [
        "2026-11-19T12:01:00Z",
        "2026-11-22T20:00:00Z",
        "2026-11-23T06:30:00Z",
    ] {
        scene.at(early).await;
        assert_eq!(sink.taken().len(), 0, "{early}");
    }
    scene.at("2026-11-23T08:00:30Z").await;
    let taken = sink.taken();
    let to: Vec<_> = taken.iter().map(|mail| mail.to.as_str()).collect();
    assert_eq!(to, ["lead@a.example", "desk@b.example"]);
    let message = &taken[0].message;
    assert!(
        message.contains("Subject: Brightcrate: handoffs, 2026-11-16 to 2026-11-22"),
        "{message}"
    );
    assert!(message.contains("Auto-Submitted: auto-generated"));
    for part in ["text/plain", "text/html", "handoffs-2026-11-22.html"] {
        assert!(message.contains(part), "{part}: {message}");
    }
    // Later looks, a restart's first look among them, send nothing again.
    scene.looked = Looked::new();
    for later in ["2026-11-23T08:01:30Z", "2026-11-25T12:00:00Z"] {
        scene.at(later).await;
    }
    assert_eq!(sink.taken().len(), 2);
    let delivery = scene.delivery().await;
    assert_eq!(delivery.sent_at, Some(at("2026-11-23T08:00:30Z")));
    assert_eq!((delivery.error, delivery.trying), (None, None));
    scene.at("2026-11-30T09:00:00Z").await;
    assert_eq!(
        sink.taken().len(),
        4,
        "the next week has a letter of its own"
    );
}

#[tokio::test]
async fn who_was_not_reached_is_tried_again_and_the_others_are_not() {
    let (sink, port) = Sink::start().await;
    let mut scene = Scene::new(mail(port), "2026-11-20T12:00:00Z").await;
    scene.schedule(&["lead@a.example", "full@b.example"]).await;
    sink.answer("full@b.example", "452 no room");
    scene.at("2026-11-23T08:00:00Z").await;
    let delivery = scene.delivery().await;
    assert_eq!(sink.taken().len(), 1);
    let error = delivery.error.unwrap();
    assert!(
        error.contains("full@b.example") && error.contains("452"),
        "{error}"
    );
    assert_eq!(delivery.again_at, Some(at("2026-11-23T08:01:00Z")));
    scene.at("2026-11-23T08:00:30Z").await;
    assert_eq!(scene.delivery().await.tries, 1, "not before its time");
    scene.at("2026-11-23T08:01:00Z").await;
    assert_eq!(
        scene.delivery().await.again_at,
        Some(at("2026-11-23T08:03:00Z"))
    );
    sink.answer("full@b.example", "250 ok");
    scene.at("2026-11-23T08:03:00Z").await;
    let to: Vec<_> = sink.taken().into_iter().map(|mail| mail.to).collect();
    assert_eq!(to, ["lead@a.example", "full@b.example"]);
    assert_eq!(scene.delivery().await.error, None);
}

#[tokio::test]
async fn a_server_that_never_answers_is_given_up_and_the_next_week_begins_anew() {
    let (_, port) = Sink::start().await;
    let scene = Scene::new(mail(port), "2026-11-20T12:00:00Z").await;
    scene.schedule(&["nobody@a.example"]).await;
    // The port of a listener that is gone: nobody is there.
    scene.service.stop().await;
    let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = gone.local_addr().unwrap().port();
    drop(gone);
    let mut scene = Scene::new(mail(port), "2026-11-20T12:00:00Z").await;
    scene.schedule(&["nobody@a.example"]).await;
    scene.at("2026-11-23T08:00:00Z").await;
    for _ in 0..20 {
        let Some(again) = scene.delivery().await.again_at else {
            break;
        };
        scene.clock.set(again);
        scene.service.send_due_reports(&mut scene.looked).await;
    }
    let delivery = scene.delivery().await;
    assert_eq!((delivery.tries, delivery.again_at), (12, None));
    assert!(delivery.error.is_some() && delivery.sent_at.is_none());
    scene.at("2026-11-30T08:00:00Z").await;
    assert_eq!(scene.delivery().await.tries, 1);
}

#[tokio::test]
async fn a_program_is_told_with_a_signature_that_verifies() {
    type Heard = Arc<Mutex<Vec<(HeaderMap, Bytes)>>>;
    let heard: Heard = Arc::default();
    let kept = Arc::clone(&heard);
    let app = Router::new().route(
        "/",
        post(move |headers: HeaderMap, body: Bytes| async move {
            kept.lock().unwrap().push((headers, body));
            StatusCode::NO_CONTENT
        }),
    );
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    let key = std::env::temp_dir().join(format!("segue-hook-key-{}", std::process::id()));
    std::fs::write(&key, "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=").unwrap();
    let section = format!("url = \"{url}\"\nsigning_key_file = {key:?}");
    let section: segue_connect::hook::HookSection = toml::from_str(&section).unwrap();
    let mut outside = Outside::default();
    outside
        .hooks
        .insert("chat".to_owned(), section.plug("chat").unwrap());
    let mut scene = Scene::new(outside, "2026-11-20T12:00:00Z").await;
    scene.schedule(&[]).await;
    scene.at("2026-11-23T08:00:00Z").await;
    scene.at("2026-11-24T08:00:00Z").await;
    let heard = heard.lock().unwrap().clone();
    let [(headers, body)] = heard.as_slice() else {
        panic!("{heard:?}")
    };
    let event: serde_json::Value = serde_json::from_slice(body).unwrap();
    assert_eq!(event["type"], "report.weekly");
    assert_eq!(event["data"]["workspace"], "Brightcrate");
    assert_eq!(event["data"]["report"]["days"][1], "2026-11-22");
    assert!(
        event["data"]["markdown"]
            .as_str()
            .unwrap()
            .starts_with("# Handoffs")
    );
    let header = |name: &str| headers[name].to_str().unwrap().to_owned();
    let signed = format!(
        "{}.{}.{}",
        header("webhook-id"),
        header("webhook-timestamp"),
        std::str::from_utf8(body).unwrap()
    );
    assert_eq!(header("webhook-signature"), signature(&signed));
    std::fs::remove_file(&key).unwrap();
}

#[test]
fn what_an_operator_may_not_write_is_refused_with_its_key() {
    for (section, why) in [
        ("host = \"mail.example\"\nfrom = \"nobody\"", "`from`"),
        (
            "host = \"mail.example\"\nfrom = \"a@b.example\"\nsecurity = \"none\"",
            "on this machine only",
        ),
        (
            "host = \"mail.example\"\nfrom = \"a@b.example\"\nuser = \"a\"",
            "`password_file`",
        ),
    ] {
        let section: segue_connect::mail::MailSection = toml::from_str(section).unwrap();
        let Err(error) = section.plug() else {
            panic!("{why}")
        };
        assert!(error.to_string().contains(why), "{error}");
    }
    let unknown = toml::from_str::<segue_connect::mail::MailSection>(
        "host = \"a\"\nfrom = \"b\"\npwd = \"c\"",
    );
    assert!(unknown.is_err());
}

/// Eight weeks of an invented company whose assistant begins to hold on to people.
fn gatekept(until: Timestamp) -> Vec<segue_traffic::Told> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../knowledge");
    let files = std::fs::read_dir(folder)
        .unwrap()
        .map(|file| file.unwrap().path());
    let mut files: Vec<_> = files
        .filter(|path| {
            path.extension().is_some_and(|it| it == "md") && !path.ends_with("README.md")
        })
        .collect();
    files.sort();
    let articles = files.iter().map(|path| {
        let slug = path.file_stem().unwrap().to_str().unwrap();
        let text = std::fs::read_to_string(path).unwrap();
        let article = segue_assist::parse_article(slug, &text).unwrap();
        segue_traffic::Article {
            answer: article.body.lines().next().unwrap().to_owned(),
            id: article.slug,
            title: article.title,
            category: article.category,
            questions: article.asked,
        }
    });
    let policy = segue_policy::Policy::builtin().clone();
    let colleague =
        |(queue, n): (&segue_policy::definition::Queue, u128)| segue_traffic::Colleague {
            id: AgentId::new(Uuid::from_u128(n)),
            queues: vec![queue.key.clone()],
        };
    let company = segue_traffic::Company {
        articles: articles.collect(),
        people: segue_traffic::people(7, 400),
        colleagues: policy.queues().iter().zip(1..).map(colleague).collect(),
        zone: jiff::tz::TimeZone::get("Europe/Berlin").unwrap(),
        rules: Arc::new(segue_engine::Ruleset::new(policy).unwrap()),
    };
    let plan = segue_traffic::Plan {
        weeks: 8,
        seed: 3,
        plants: vec![segue_traffic::Plant::Gatekeeping],
        strength: None,
        per_week: 400,
        until,
    };
    let workspace = WorkspaceId::new(Uuid::from_u128(9));
    segue_traffic::Traffic::new(&company, workspace, &plan)
        .unwrap()
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alarm_is_told_once_and_again_to_whom_it_did_not_reach() {
    let (sink, port) = Sink::start().await;
    let mut scene = Scene::new(mail(port), "2026-11-19T12:00:00Z").await;
    scene.schedule(&["lead@a.example", "full@b.example"]).await;
    let told = gatekept(scene.service.now());
    let desk = scene.service.desk(scene.workspace).unwrap();
    for one in &told {
        for written in &one.entries {
            desk.ledger()
                .observe(one.id, &written.entry, &written.texts);
        }
    }
    // It is invented history: only who counts it hears of it.
    scene.at("2026-11-19T12:01:00Z").await;
    assert_eq!(scene.delivery().await.alarm_since, None);
    scene.counting_demo().await;
    sink.answer("full@b.example", "452 no room");
    scene.at("2026-11-19T13:01:00Z").await;
    let to = |sink: &Sink| sink.taken().into_iter().map(|it| it.to).collect::<Vec<_>>();
    assert_eq!(to(&sink), ["lead@a.example"]);
    let message = &sink.taken()[0].message;
    assert!(
        message.contains("people are kept from a person"),
        "{message}"
    );
    assert!(message.contains("Wishes for a person"), "{message}");
    let since = scene.delivery().await.alarm_since;
    assert_eq!(since, Some(at("2026-11-19T13:01:00Z")));
    sink.answer("full@b.example", "250 ok");
    scene.at("2026-11-19T13:30:00Z").await;
    assert_eq!(to(&sink).len(), 1, "it is looked at once an hour");
    scene.at("2026-11-19T14:01:00Z").await;
    scene.at("2026-11-19T15:01:00Z").await;
    assert_eq!(to(&sink), ["lead@a.example", "full@b.example"]);
    assert_eq!(scene.delivery().await.alarm_since, since);
}

/// Reports look back over whole weeks; a schedule that is none is refused.
#[tokio::test]
async fn a_schedule_is_checked() {
    let scene = Scene::new(Outside::default(), "2026-11-20T12:00:00Z").await;
    let good = Schedule {
        is_on: true,
        weekday: 6,
        hour: 23,
        recipients: vec!["a@b.example".to_owned()],
        include_demo: false,
        by: None,
        at: scene.service.now() - Span(1),
    };
    let wrong = [
        Schedule {
            weekday: 7,
            ..good.clone()
        },
        Schedule {
            hour: 24,
            ..good.clone()
        },
        Schedule {
            recipients: vec!["a@b".to_owned()],
            ..good.clone()
        },
        Schedule {
            recipients: vec!["a@b.example\r\nBcc: c@d.example".to_owned()],
            ..good.clone()
        },
        Schedule {
            recipients: vec!["a@b.example".to_owned(); 51],
            ..good.clone()
        },
    ];
    let caller = Caller::system(scene.workspace);
    for schedule in wrong {
        let put = scene
            .service
            .put_report_schedule(&caller, schedule.clone(), String::new());
        assert_eq!(
            put.await.unwrap_err().code(),
            "invalid_value",
            "{schedule:?}"
        );
    }
    let put = scene
        .service
        .put_report_schedule(&caller, good, String::new());
    assert!(put.await.is_ok());
}
