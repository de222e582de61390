//! Durable appends per second with many waiting, beside the disk's own speed
//! in the same run. Prints one line of JSON.
//!
//! `cargo bench -p segue-store-sqlite --bench append -- [WAITING] [SECONDS] [WARM_UP_APPENDS]`
#![allow(
    missing_docs,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use std::fs::File;
use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use segue_model::event::{Actor, Event, TextRef, Version};
use segue_model::id::{ApiKeyId, ConversationId, WorkspaceId};
use segue_ports::log::{Append, Appended, IdempotencyKey, Log};
use segue_store_sqlite::{Options, SqliteStore};
use segue_testkit::TempFolder;
use segue_testkit::sample::{after_noon, conversation, event, opening, turn, workspace};
use serde_json::json;

/// Entries of one conversation before the next begins.
const CONVERSATION_ENTRIES: u64 = 20;

fn main() {
    let numbers: Vec<u64> = std::env::args()
        .filter_map(|word| word.parse().ok())
        .collect();
    let waiting = numbers.first().copied().unwrap_or(64);
    let seconds = numbers.get(1).copied().unwrap_or(5);
    let warm_up = numbers.get(2).copied().unwrap_or(20_000);
    let folder = TempFolder::new();
    let (sync_p50_us, syncs_per_s) = probe_disk(folder.path());
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_time()
        .build()
        .unwrap();
    let line = runtime.block_on(async {
        let store = Arc::new(SqliteStore::open(folder.path(), Options::default()).unwrap());
        drive(&store, waiting, Until::Appends(warm_up)).await;
        let before = (store.log_stats(), cpu("segue-writer"), cpu(""));
        let run = drive(&store, waiting, Until::Time(Duration::from_secs(seconds))).await;
        let after = (store.log_stats(), cpu("segue-writer"), cpu(""));
        let appends = after.0.appends - before.0.appends;
        let commits = after.0.commits - before.0.commits;
        assert_eq!(
            appends, run.acknowledged,
            "every acknowledged append is counted"
        );
        let wal = std::fs::metadata(folder.path().join("segue.db-wal"))
            .unwrap()
            .len();
        let file = std::fs::metadata(folder.path().join("segue.db"))
            .unwrap()
            .len();
        store.close().await;
        let count = appends as f64;
        json!({
            "waiting": waiting,
            "appends_per_s": (count / run.elapsed.as_secs_f64()).round(),
            "appends_per_commit": round(count / commits as f64),
            "wait_p50_us": run.p50_us,
            "wait_p99_us": run.p99_us,
            "wait_max_us": run.max_us,
            "writer_cpu_us_per_append": round((after.1 - before.1) / count),
            "process_cpu_us_per_append": round((after.2 - before.2) / count),
            "fdatasync_p50_us": sync_p50_us,
            "fdatasyncs_per_s": syncs_per_s,
            "appends_per_fdatasync_probe": round(count / run.elapsed.as_secs_f64() / syncs_per_s),
            "appends": appends,
            "wal_mib": wal >> 20,
            "file_mib": file >> 20,
        })
    });
    println!("{line}");
}

fn round(value: f64) -> f64 {
    (value * 100.0).round() / 100.0
}

enum Until {
    Appends(u64),
    Time(Duration),
}

struct Run {
    acknowledged: u64,
    elapsed: Duration,
    p50_us: u64,
    p99_us: u64,
    max_us: u64,
}

async fn drive(store: &Arc<SqliteStore>, waiting: u64, until: Until) -> Run {
    let stop = Arc::new(AtomicBool::new(false));
    let left = Arc::new(AtomicU64::new(match until {
        Until::Appends(count) => count,
        Until::Time(_) => u64::MAX,
    }));
    let ws = workspace();
    let started = Instant::now();
    let tasks: Vec<_> = (0..waiting)
        .map(|_| {
            tokio::spawn(one(
                Arc::clone(store),
                ws,
                Arc::clone(&stop),
                Arc::clone(&left),
            ))
        })
        .collect();
    if let Until::Time(time) = until {
        tokio::time::sleep(time).await;
        stop.store(true, Ordering::Relaxed);
    }
    let mut waits = Vec::new();
    for task in tasks {
        waits.extend(task.await.unwrap());
    }
    let elapsed = started.elapsed();
    waits.sort_unstable();
    let at = |share: f64| {
        waits
            .get((waits.len() as f64 * share) as usize)
            .copied()
            .unwrap_or(0)
    };
    Run {
        acknowledged: waits.len() as u64,
        elapsed,
        p50_us: at(0.5),
        p99_us: at(0.99),
        max_us: waits.last().copied().unwrap_or(0),
    }
}

/// One caller: conversations of customer and assistant turns, each awaited.
async fn one(
    store: Arc<SqliteStore>,
    ws: WorkspaceId,
    stop: Arc<AtomicBool>,
    left: Arc<AtomicU64>,
) -> Vec<u64> {
    let key = ApiKeyId::new(conversation().uuid());
    let mut waits = Vec::new();
    loop {
        let conv = conversation();
        for version in 0..CONVERSATION_ENTRIES {
            let is_enough = left
                .fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| {
                    left.checked_sub(1)
                })
                .is_err();
            if is_enough || stop.load(Ordering::Relaxed) {
                return waits;
            }
            let append = next(ws, conv, key, version);
            let asked = Instant::now();
            let appended = store.append(append).await.unwrap();
            waits.push(u64::try_from(asked.elapsed().as_micros()).unwrap());
            assert!(
                matches!(appended, Appended::Committed { .. }),
                "{appended:?}"
            );
        }
    }
}

/// An entry of about 700 bytes with a text of about 100, under a key of its own.
/// A customer's turn sets the timer, the assistant's answer takes it back.
fn next(ws: WorkspaceId, conv: ConversationId, key: ApiKeyId, version: u64) -> Append {
    let text = "I was charged twice for March, and the second time my card was declined \
                with the code 402. Why is that?";
    let at = after_noon(version * 1_000);
    let mut append = match version {
        0 => opening(ws, conv, at),
        _ => turn(ws, conv, Version(version), at, text),
    };
    let place = u32::try_from(version + 1).unwrap();
    append.entry.actor = Actor::ApiKey(key);
    append.entry.events.push(traced(place));
    append.texts = vec![(TextRef(place), text.to_owned())];
    append.head.due_at = version
        .is_multiple_of(2)
        .then(|| at + segue_model::time::Span::seconds(15));
    append.idempotency = Some(IdempotencyKey {
        caller: key.to_string(),
        key: conversation().to_string(),
        fingerprint: [7; 32],
    });
    append
}

/// An event as long as a verdict with its trace.
fn traced(turn: u32) -> Event {
    let found: Vec<_> = (0..6)
        .map(|n| {
            json!({ "id": format!("billing-article-{n}"), "score": 0.713_406,
                         "title": "Why a payment was declined" })
        })
        .collect();
    event(json!({
        "type": "turn_suppressed", "text": turn, "epoch": 1, "reason": "below_band",
        "scores": { "confidence": 0.66, "retrieval": found, "query_distance": 0.2 },
    }))
}

/// One 4 KiB block and a sync at a time, in a file that is there already.
fn probe_disk(folder: &Path) -> (u64, f64) {
    let mut file = File::create(folder.join("probe")).unwrap();
    let block = [7_u8; 4_096];
    for _ in 0..4_096 {
        file.write_all(&block).unwrap();
    }
    file.sync_all().unwrap();
    let started = Instant::now();
    let mut times = Vec::new();
    while started.elapsed() < Duration::from_secs(1) {
        let begun = Instant::now();
        file.seek(SeekFrom::Start((times.len() as u64 % 4_096) * 4_096))
            .unwrap();
        file.write_all(&block).unwrap();
        file.sync_data().unwrap();
        times.push(u64::try_from(begun.elapsed().as_micros()).unwrap());
    }
    let rate = times.len() as f64 / started.elapsed().as_secs_f64();
    times.sort_unstable();
    (times[times.len() / 2], rate.round())
}

/// The processor time of the threads whose name begins so, in microseconds.
fn cpu(name: &str) -> f64 {
    let threads = std::fs::read_dir("/proc/self/task").unwrap();
    threads
        .filter_map(|thread| {
            let path = thread.ok()?.path();
            let comm = std::fs::read_to_string(path.join("comm")).ok()?;
            let stat = std::fs::read_to_string(path.join("schedstat")).ok()?;
            let ran_ns: f64 = stat.split(' ').next()?.parse().ok()?;
            comm.starts_with(name).then_some(ran_ns / 1_000.0)
        })
        .sum()
}
