//! The clusters against questions with their intents, where the public sets are present.
//!
//! Prints one line for each set and holds the floors. `SEGUE_DATA` names another
//! folder; `SEGUE_CLUSTERS=SET` prints that set's clusters with their names.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs
)]

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::time::Instant;

use segue_insight::failures::{Clusters, Failure, cluster};
use segue_model::id::ConversationId;
use segue_model::time::Timestamp;
use serde_json::Value;

fn data() -> Option<PathBuf> {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/data");
    let folder = std::env::var_os("SEGUE_DATA").map_or(beside, PathBuf::from);
    let is_there = folder.is_dir();
    if !is_there {
        eprintln!(
            "SKIPPED: no data at {}; set SEGUE_DATA to measure the clusters",
            folder.display()
        );
    }
    is_there.then_some(folder)
}

fn rows(folder: &Path, set: &str, split: &str) -> Vec<Value> {
    let plain = folder.join(set).join(format!("{split}.jsonl"));
    let packed = folder.join(set).join(format!("{split}.jsonl.gz"));
    let mut text = String::new();
    if plain.is_file() {
        text = std::fs::read_to_string(plain).unwrap();
    } else {
        let file = std::fs::File::open(packed).unwrap();
        flate2::read::GzDecoder::new(file)
            .read_to_string(&mut text)
            .unwrap();
    }
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// Rows in an order that has nothing to do with their intents.
fn failures(rows: &[Value]) -> (Vec<Failure>, BTreeMap<ConversationId, String>) {
    let mut intents = BTreeMap::new();
    let mut failures: Vec<Failure> = rows
        .iter()
        .filter(|row| row["intent"] != "oos")
        .map(|row| {
            let text = row["text"].as_str().unwrap().to_owned();
            let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |state, byte| {
                (state ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
            });
            let conversation = ConversationId::new(uuid::Uuid::from_u64_pair(hash, 1));
            intents.insert(conversation, row["intent"].as_str().unwrap().to_owned());
            Failure {
                conversation,
                at: Timestamp(i64::try_from(hash % 1_000_000_000).unwrap()),
                text,
                root_cause: None,
                trigger: None,
                topic: None,
                agent_ms: 60_000,
                wait_ms: 0,
            }
        })
        .collect();
    failures.sort_by_key(|it| it.conversation);
    (failures, intents)
}

struct Agreement {
    purity: f64,
    nmi: f64,
    /// Share of the rows that are in a cluster.
    covered: f64,
    clusters: usize,
}

fn agreement(found: &Clusters, intents: &BTreeMap<ConversationId, String>) -> Agreement {
    let mut tables: Vec<BTreeMap<&str, f64>> = Vec::new();
    for cluster in &found.list {
        let mut table = BTreeMap::new();
        for member in &cluster.members {
            *table
                .entry(intents[&member.failure.conversation].as_str())
                .or_default() += 1.0;
        }
        tables.push(table);
    }
    let n: f64 = tables.iter().flat_map(BTreeMap::values).sum();
    let best: f64 = tables
        .iter()
        .map(|table| table.values().copied().fold(0.0, f64::max))
        .sum();
    let entropy = |counts: &[f64]| -> f64 {
        counts
            .iter()
            .map(|count| -(count / n) * (count / n).ln())
            .sum()
    };
    let mut by_intent = BTreeMap::<&str, f64>::new();
    for (intent, count) in tables.iter().flatten() {
        *by_intent.entry(intent).or_default() += count;
    }
    let sizes: Vec<f64> = tables.iter().map(|table| table.values().sum()).collect();
    let mut shared = 0.0;
    for (table, size) in tables.iter().zip(&sizes) {
        for (intent, count) in table {
            shared += count / n * (n * count / (size * by_intent[intent])).ln();
        }
    }
    let intent_sizes: Vec<f64> = by_intent.into_values().collect();
    Agreement {
        purity: best / n,
        nmi: 2.0 * shared / (entropy(&sizes) + entropy(&intent_sizes)),
        covered: n / intents.len() as f64,
        clusters: found.list.len(),
    }
}

fn whole(failures: &[Failure]) -> Clusters {
    cluster(failures, &[], Timestamp(0), Timestamp(1_000_000_001))
}

#[test]
fn clusters_agree_with_intents() {
    let Some(folder) = data() else { return };
    println!("set            rows intents clusters covered purity   NMI   ms");
    for (set, floor_purity, floor_nmi) in [
        ("banking77", 0.67, 0.84),
        ("clinc150", 0.80, 0.90),
        ("hint3", 0.70, 0.84),
        ("natcs", 0.86, 0.93),
        ("abcd_intents", 0.82, 0.92),
        ("robo_de", 0.75, 0.89),
    ] {
        let (failures, intents) = failures(&rows(&folder, set, "dev"));
        let begun = Instant::now();
        let found = whole(&failures);
        let took = begun.elapsed().as_millis();
        let names: std::collections::BTreeSet<&String> = intents.values().collect();
        let Agreement {
            purity,
            nmi,
            covered,
            clusters,
        } = agreement(&found, &intents);
        println!(
            "{set:<14} {:>4} {:>7} {clusters:>8} {covered:>7.3} {purity:>6.3} {nmi:>5.3} {took:>4}",
            intents.len(),
            names.len(),
        );
        if std::env::var("SEGUE_CLUSTERS").is_ok_and(|wanted| wanted == set) {
            for cluster in &found.list {
                println!(
                    "{:>4}  {}  ({})",
                    cluster.members.len(),
                    cluster.name,
                    cluster.question
                );
            }
        }
        assert!(purity >= floor_purity, "{set}: purity {purity}");
        assert!(nmi >= floor_nmi, "{set}: NMI {nmi}");
    }
}

#[test]
fn ten_thousand_failures_cost_little_more_each_than_a_thousand() {
    let Some(folder) = data() else { return };
    let (failures, _) = failures(&rows(&folder, "clinc150", "train"));
    let timed = |rows: &[Failure]| {
        let begun = Instant::now();
        let found = whole(rows);
        assert!(!found.list.is_empty());
        begun.elapsed().as_secs_f64()
    };
    let few = timed(&failures[..1_000]);
    let many = timed(&failures[..10_000]);
    println!("1,000 failures: {few:.2} s; 10,000: {many:.2} s");
    // All pairs would take a hundred times as long.
    assert!(many < 50.0 * few, "{few} s and {many} s");
}
