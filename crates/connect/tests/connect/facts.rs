use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::Arc;

use segue_connect::facts::FactsSection;
use segue_model::event::Event;
use segue_model::fact::FactValue;
use segue_ports::facts::{FactSource, Unavailable, Who};
use segue_service::Outside;
use serde_json::json;

use crate::fake::Fake;
use crate::world::{World, has_asked};

fn source(text: &str) -> Arc<dyn FactSource> {
    toml::from_str::<FactsSection>(text)
        .unwrap()
        .plug("crm")
        .unwrap()
}

fn who(email: &str) -> Who {
    Who {
        email: Some(email.to_owned()),
        account_id: None,
    }
}

fn text(value: &str) -> FactValue {
    FactValue::Text(value.to_owned())
}

struct Folder(PathBuf);

impl Folder {
    fn new() -> Self {
        let path = std::env::temp_dir().join(format!("connect-{}", uuid::Uuid::now_v7()));
        std::fs::create_dir(&path).unwrap();
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn http(fake: &Fake) -> String {
    format!(
        "kind = \"http\"\nurl = \"{}/customers/{{email}}?full=1\"\n\
         pointers = {{ tier = \"/account/tier\", vip = \"/account/vip\", seats = \"/seats\" }}\n",
        fake.url
    )
}

#[tokio::test]
async fn a_document_is_read_by_its_pointers_and_nothing_else() {
    let fake = Fake::new(|_| {
        let account = json!({ "tier": "business", "vip": true, "authenticated": true });
        (
            200,
            json!({ "account": account, "seats": 12, "name": "not asked" }),
            false,
        )
    })
    .await;
    let source = source(&http(&fake));
    let found = source.lookup(who("al/ex?@example.com")).await.unwrap();
    let wanted = [
        ("seats".to_owned(), FactValue::Number(12.0)),
        ("tier".to_owned(), text("business")),
        ("vip".to_owned(), FactValue::Flag(true)),
    ];
    assert_eq!(found.into_iter().collect::<Vec<_>>(), wanted);
    assert_eq!(fake.all()[0].path, "/customers/al%2Fex%3F%40example.com");
    source.lookup(who("al/ex?@example.com")).await.unwrap();
    assert_eq!(fake.all().len(), 1, "it is kept");
}

#[tokio::test]
async fn whoever_is_not_known_has_no_facts_and_a_failure_is_none() {
    let fake = Fake::new(|came| match came.path.as_str() {
        "/customers/new%40example.com" => (404, json!({}), false),
        _ => (500, json!({}), false),
    })
    .await;
    let source = source(&http(&fake));
    assert!(
        source
            .lookup(who("new@example.com"))
            .await
            .unwrap()
            .is_empty()
    );
    let Unavailable(why) = source.lookup(who("alex@example.com")).await.unwrap_err();
    assert_eq!(why, "`crm`: it answered 500 Internal Server Error");
    assert!(!why.contains("alex"));
}

#[tokio::test]
async fn facts_are_there_before_the_first_turn_and_a_source_that_fails_brings_a_person() {
    let is_down = Arc::new(std::sync::atomic::AtomicBool::new(false));
    let down = Arc::clone(&is_down);
    let fake = Fake::new(move |_| {
        if down.load(std::sync::atomic::Ordering::SeqCst) {
            return (503, json!({}), false);
        }
        (
            200,
            json!({ "account": { "tier": "business", "vip": false } }),
            false,
        )
    })
    .await;
    let outside = || Outside {
        facts: vec![source(&(http(&fake) + "ttl_s = 1\n"))],
        ..Outside::default()
    };
    let world = World::new(outside()).await;
    let email = [("email", text("Alex@Example.com"))];
    let id = world.with_bot("nobody", &email).await;
    let state = world.service.state(world.workspace, id).await.unwrap();
    assert_eq!(state.facts.text("tier"), Some("business"));
    assert_eq!(fake.all()[0].path, "/customers/alex%40example.com");

    is_down.store(true, std::sync::atomic::Ordering::SeqCst);
    // Another process has kept nothing.
    let world = world.restarted(outside()).await;
    world.says(id, "How do I add a colleague?").await;
    world.until(id, has_asked(1)).await;
    let learned = world
        .events(id)
        .await
        .into_iter()
        .find_map(|event| match event {
            Event::FactsLearned { facts } => Some(facts),
            _ => None,
        });
    let learned = learned.unwrap();
    assert_eq!(
        learned.text("tier"),
        Some("business"),
        "what was known stays known"
    );
    assert!(learned.lookup_failed.unwrap().contains("503"));
}

#[tokio::test]
async fn a_slow_source_holds_a_turn_up_no_longer_than_its_deadline() {
    let fake = Fake::new(|_| (200, json!({}), true)).await;
    let outside = Outside {
        facts: vec![source(&(http(&fake) + "timeout_ms = 50\n"))],
        ..Outside::default()
    };
    let world = World::new(outside).await;
    let begun = std::time::Instant::now();
    let id = world
        .with_bot("nobody", &[("email", text("alex@example.com"))])
        .await;
    assert!(begun.elapsed() < std::time::Duration::from_secs(2));
    let state = world.service.state(world.workspace, id).await.unwrap();
    assert_eq!(
        state.facts.lookup_failed.as_deref(),
        Some("`crm`: it was too slow")
    );
}

#[tokio::test]
async fn a_file_is_read_by_a_query_whose_values_stay_values() {
    let folder = Folder::new();
    let file = folder.0.join("crm.db");
    let made = rusqlite::Connection::open(&file).unwrap();
    made.execute_batch(
        "CREATE TABLE customer (email TEXT, tier TEXT, vip BOOLEAN, authenticated INTEGER, note TEXT);
         INSERT INTO customer VALUES ('alex@example.com', 'pro', 1, 1, NULL);",
    )
    .unwrap();
    let section = |query: &str| {
        let file = file.display();
        format!("kind = \"sqlite\"\nfile = \"{file}\"\nquery = \"{query}\"\n")
    };
    let source = source(&section(
        "SELECT tier, vip = 1 AS is_vip, authenticated, note FROM customer WHERE email = {email}",
    ));
    let found = source.lookup(who("alex@example.com")).await.unwrap();
    let wanted = [
        ("is_vip".to_owned(), FactValue::Number(1.0)),
        ("tier".to_owned(), text("pro")),
    ];
    assert_eq!(found.into_iter().collect::<Vec<_>>(), wanted);
    let evil = who("x' OR '1'='1");
    assert!(source.lookup(evil).await.unwrap().is_empty());
    for wrong in [
        "DELETE FROM customer WHERE email = {email}",
        "SELECT nothing FROM customer WHERE email = {email}",
        "SELECT tier FROM customer",
    ] {
        let section: FactsSection = toml::from_str(&section(wrong)).unwrap();
        let error = section.plug("crm").err().unwrap().to_string();
        assert!(error.starts_with("`facts.crm`: `query` "), "{error}");
    }
}

/// A throwaway PostgreSQL, if there is one to be had.
struct Database {
    folder: Folder,
    port: u16,
}

impl Database {
    fn start() -> Option<Self> {
        let folder = Folder::new();
        let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let port = port.local_addr().unwrap().port();
        let data = folder.0.join("data");
        std::os::unix::fs::chown(&folder.0, own_user(), own_user()).ok()?;
        let mut init = as_own_user("initdb");
        init.arg("-D")
            .arg(&data)
            .args(["-A", "trust", "-U", "postgres", "--no-sync"]);
        if !runs(&mut init) {
            return None;
        }
        let options = format!(
            "-F -p {port} -k {} -c listen_addresses=127.0.0.1",
            folder.0.display()
        );
        let mut start = as_own_user("pg_ctl");
        start
            .arg("-D")
            .arg(&data)
            .args(["-w", "-o", &options, "start"]);
        runs(&mut start).then_some(Self { folder, port })
    }
}

/// PostgreSQL does not run as root: for root it runs as nobody.
fn own_user() -> Option<u32> {
    let output = Command::new("id").arg("-u").output().ok()?;
    (output.stdout == b"0\n").then_some(65_534)
}

fn as_own_user(program: &str) -> Command {
    let Some(user) = own_user().map(|user| user.to_string()) else {
        return Command::new(program);
    };
    let mut command = Command::new("setpriv");
    command.args([
        "--reuid",
        &user,
        "--regid",
        &user,
        "--clear-groups",
        program,
    ]);
    command
}

impl Drop for Database {
    fn drop(&mut self) {
        let mut stop = as_own_user("pg_ctl");
        let data = self.folder.0.join("data");
        runs(stop.arg("-D").arg(data).args(["-m", "immediate", "stop"]));
    }
}

fn runs(command: &mut Command) -> bool {
    let quiet = command.stdout(Stdio::null()).stderr(Stdio::null());
    quiet.status().is_ok_and(|status| status.success())
}

#[tokio::test]
async fn postgres_is_asked_and_asked_again_after_its_connection_was_lost() {
    let Some(database) = Database::start() else {
        eprintln!(
            "SKIPPED: no `initdb` and `pg_ctl` that this user may run; PostgreSQL is not tested"
        );
        return;
    };
    let url = format!("postgresql://postgres@127.0.0.1:{}/postgres", database.port);
    let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls)
        .await
        .unwrap();
    tokio::spawn(async move { drop(connection.await) });
    client
        .batch_execute(
            "CREATE TABLE customer (email TEXT, tier TEXT, vip BOOLEAN, spent NUMERIC(10,2), since DATE);
             INSERT INTO customer VALUES ('alex@example.com', 'pro', true, 12.50, '2026-01-02');",
        )
        .await
        .unwrap();
    let section = |query: &str| {
        format!("kind = \"postgres\"\nurl = \"{url}\"\ntimeout_ms = 5000\nquery = \"{query}\"\n")
    };
    let known = source(&section(
        "SELECT tier, vip, spent, since FROM customer WHERE email = {email};",
    ));
    let found = known.lookup(who("alex@example.com")).await.unwrap();
    let wanted = [
        ("since".to_owned(), text("2026-01-02")),
        ("spent".to_owned(), FactValue::Number(12.5)),
        ("tier".to_owned(), text("pro")),
        ("vip".to_owned(), FactValue::Flag(true)),
    ];
    assert_eq!(found.into_iter().collect::<Vec<_>>(), wanted);
    assert!(known.lookup(who("x' OR '1'='1")).await.unwrap().is_empty());

    let lost =
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'segue'";
    client.batch_execute(lost).await.unwrap();
    let mut again = known.lookup(who("a@example.com")).await;
    if again.is_err() {
        // The loss may be seen only by the first look-up after it.
        again = known.lookup(who("b@example.com")).await;
    }
    assert!(again.unwrap().is_empty());

    let writes = source(&section(
        "WITH gone AS (DELETE FROM customer RETURNING 1) SELECT {email} AS email_was",
    ));
    assert!(writes.lookup(who("alex@example.com")).await.is_err());
    let row = client
        .query_one("SELECT count(*) FROM customer", &[])
        .await
        .unwrap();
    assert_eq!(row.get::<_, i64>(0), 1);
}

#[test]
fn a_wrong_section_is_refused_with_its_place() {
    for (text, wanted) in [
        ("kind = \"http\"\n", "`facts.crm`: `url` is needed"),
        (
            "kind = \"http\"\nurl = \"http://a/{email}\"\nfile = \"x\"\n",
            "`facts.crm`: `file` does not belong to this kind of source",
        ),
        (
            "kind = \"http\"\nurl = \"http://a/{email}\"\npointers = { authenticated = \"/a\" }\n",
            "`facts.crm`: `pointers` names `authenticated`, which no source may give",
        ),
        (
            "kind = \"http\"\nurl = \"http://a/{mail}\"\npointers = { a = \"/a\" }\n",
            "`facts.crm`: `url` may hold `{email}` and `{account_id}`, not `{mail}`",
        ),
        (
            "kind = \"postgres\"\nurl = \"postgresql://db.example/x\"\nquery = \"SELECT 1 WHERE {email} = 'a'\"\n",
            "`facts.crm`: `url` is beyond this machine and nothing encrypts what is said to it; `plain_text = true` says that the way there is safe",
        ),
        (
            "kind = \"postgres\"\nurl = \"postgresql://u:p@127.0.0.1/x\"\nquery = \"SELECT 1 WHERE {email} = 'a'\"\n",
            "`facts.crm`: `url` holds a password; `key_file` and `key_env` are the places for it",
        ),
    ] {
        let section: FactsSection = toml::from_str(text).unwrap();
        assert_eq!(section.plug("crm").err().unwrap().to_string(), wanted);
    }
}
