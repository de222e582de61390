//! Whether planted causes are found, and nothing else: synthetic history of many seeds, the
//! causes planted one by one, together and not at all, and the finder that reads nothing but
//! the log. Beside it the gatekeeping alarm, asked every week: how often it is false in quiet
//! weeks, and after how many weeks it says what is there.

mod alarm;

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

use segue_engine::Ruleset;
use segue_insight::causes::{Cause, Finding, name_gaps};
use segue_insight::failures::states_concern;
use segue_insight::{Ledger, Query};
use segue_model::event::{Event, TextRef};
use segue_model::id::{AgentId, ConversationId, WorkspaceId};
use segue_model::share::{Z_95, wilson};
use segue_model::time::Timestamp;
use segue_model::turn::Author;
use segue_policy::Policy;
use segue_traffic::{Article, Colleague, Company, Plan, Plant, Season, Traffic, Written, people};
use serde_json::{Value, json};

use crate::figures::round;

/// The end of the last week, so that a run can be repeated.
const UNTIL: Timestamp = Timestamp(1_796_000_000_000);
/// How many weeks are looked at.
const WEEKS: u32 = 8;
/// Conversations in an ordinary week.
pub(crate) const PER_WEEK: u32 = 700;
/// How many customers write.
const PEOPLE: usize = 800;
/// How many conversations a concern is named from.
const NAMED_FROM: usize = 200;
const RECALL_MIN: f64 = 0.9;
const FALSE_MAX: f64 = 0.05;

/// What is measured on.
#[derive(Debug, Clone)]
pub struct Ground {
    /// The help centre that people ask about.
    pub articles: Vec<Article>,
    /// The first seed.
    pub first_seed: u64,
    /// How many seeds.
    pub seeds: u64,
}

/// Measures everything; minutes for 50 seeds.
pub fn run(ground: &Ground) -> anyhow::Result<Value> {
    let company = company(&ground.articles)?;
    let began = Instant::now();
    let sets: [(&str, &[Plant]); 6] = [
        ("quiet", &[]),
        ("knowledge_gap", &[Plant::KnowledgeGap]),
        ("broken_tool", &[Plant::BrokenTool]),
        ("high_threshold", &[Plant::HighThreshold]),
        ("gatekeeping", &[Plant::Gatekeeping]),
        ("together", &Plant::ALL),
    ];
    let mut told = BTreeMap::new();
    let (mut wrong, mut chances, mut quiet_wrong) = (0, 0, 0);
    let (mut all_found, mut all_planted) = (0, 0);
    for (name, plants) in sets {
        let runs = over(ground, |seed| once(&company, seed, plants))?;
        let mut set = serde_json::Map::new();
        for plant in plants {
            let found = runs.iter().filter(|run| run.finds(*plant)).count() as u64;
            let named = runs.iter().filter(|run| run.names(*plant)).count() as u64;
            all_found += found;
            all_planted += runs.len() as u64;
            let mut recall = share(found, runs.len() as u64);
            if let Some(recall) = recall.as_object_mut() {
                recall.insert("named".to_owned(), json!(named));
            }
            set.insert(word(*plant).to_owned(), recall);
        }
        let unplanted = |run: &Run| {
            Plant::ALL
                .iter()
                .filter(|it| !plants.contains(it) && run.finds(**it))
                .count()
        };
        let false_here = runs.iter().map(|run| unplanted(run) as u64).sum::<u64>();
        wrong += false_here;
        chances += runs.len() as u64 * (Plant::ALL.len() - plants.len()) as u64;
        if plants.is_empty() {
            quiet_wrong = runs.iter().filter(|run| unplanted(run) > 0).count() as u64;
        }
        set.insert("false".to_owned(), json!(false_here));
        set.insert(
            "seeds_missed".to_owned(),
            json!(
                runs.iter()
                    .filter(|run| plants.iter().any(|it| !run.finds(*it)))
                    .map(|run| run.seed)
                    .collect::<Vec<_>>()
            ),
        );
        set.insert(
            "seeds_false".to_owned(),
            json!(
                runs.iter()
                    .filter(|run| unplanted(run) > 0)
                    .map(|run| run.seed)
                    .collect::<Vec<_>>()
            ),
        );
        eprintln!("causes: {name}: {}", Value::Object(set.clone()));
        told.insert(name, Value::Object(set));
    }
    let alarm = alarm::run(&company, ground)?;
    Ok(json!({
        "bench": "causes",
        "seeds": [ground.first_seed, ground.first_seed + ground.seeds - 1],
        "weeks": WEEKS,
        "conversations_a_week": PER_WEEK,
        "sets": told,
        "recall": share(all_found, all_planted),
        "false_alarms": share(wrong, chances),
        "quiet_seeds_with_any": share(quiet_wrong, ground.seeds),
        "alarm": alarm,
        "took_s": round(began.elapsed().as_secs_f64()),
        "goals": {"recall": RECALL_MIN, "false_alarms": FALSE_MAX, "alarms_per_100_quiet_weeks": 1},
    }))
}

/// A share with its interval.
pub(crate) fn share(k: u64, n: u64) -> Value {
    let (lo, hi) = wilson(Z_95, k, n).unwrap_or((0.0, 1.0));
    let rounded = |share: f64| (share * 1_000.0).round() / 1_000.0;
    json!({
        "k": k,
        "n": n,
        "share": rounded(k as f64 / n.max(1) as f64),
        "interval": [rounded(lo), rounded(hi)],
    })
}

const fn word(plant: Plant) -> &'static str {
    cause_of(plant).word()
}

const fn cause_of(plant: Plant) -> Cause {
    match plant {
        Plant::KnowledgeGap => Cause::KnowledgeGap,
        Plant::BrokenTool => Cause::BrokenTool,
        Plant::HighThreshold => Cause::HighThreshold,
        Plant::Gatekeeping => Cause::Gatekeeping,
    }
}

/// What was found in one history.
struct Run {
    seed: u64,
    season: Season,
    findings: Vec<Finding>,
}

impl Run {
    fn of(&self, plant: Plant) -> impl Iterator<Item = &Finding> {
        let cause = cause_of(plant);
        self.findings.iter().filter(move |it| it.cause == cause)
    }

    fn finds(&self, plant: Plant) -> bool {
        self.of(plant).next().is_some()
    }

    /// Whether it is called what it is: the tool, the threshold, a word of the concern.
    fn names(&self, plant: Plant) -> bool {
        let planted = self.season.planted.iter().find(|it| it.cause == plant);
        let Some(planted) = planted else {
            return false;
        };
        self.of(plant).any(|finding| {
            let name = finding.name.to_lowercase();
            match plant {
                Plant::Gatekeeping => true,
                Plant::HighThreshold => name.contains(&format!("{:.2}", planted.strength)),
                Plant::BrokenTool => name == planted.what,
                // Its last word may be in the plural.
                Plant::KnowledgeGap => planted.what.split(' ').any(|word| {
                    let stem = word.get(..word.len().min(5)).unwrap_or(word);
                    name.contains(stem)
                }),
            }
        })
    }
}

fn once(company: &Company, seed: u64, plants: &[Plant]) -> anyhow::Result<Run> {
    let (ledger, season, concerns) = history(company, &plan(seed, plants, WEEKS, PER_WEEK))?;
    let query = Query {
        zone: company.zone.clone(),
        shown_max: NAMED_FROM,
        ..Query::window(UNTIL, WEEKS * 7, true)
    };
    let mut findings = ledger.causes(&query).causes;
    for finding in &mut findings {
        let texts: Vec<(ConversationId, String)> = finding
            .examples
            .iter()
            .filter_map(|id| Some((*id, concerns.get(id)?.clone())))
            .collect();
        name_gaps(finding, &texts);
    }
    Ok(Run {
        seed,
        season,
        findings,
    })
}

pub(crate) fn plan(seed: u64, plants: &[Plant], weeks: u32, per_week: u32) -> Plan {
    Plan {
        weeks,
        seed,
        plants: plants.to_vec(),
        strength: None,
        per_week,
        until: UNTIL,
    }
}

type Concerns = BTreeMap<ConversationId, String>;

/// A history in memory: what the log would hold, read by the ledger as it is written.
pub(crate) fn history(
    company: &Company,
    plan: &Plan,
) -> anyhow::Result<(Ledger, Season, Concerns)> {
    let mut traffic = Traffic::new(company, WorkspaceId::nil(), plan)?;
    let mut ledger = Ledger::default();
    let mut concerns = Concerns::new();
    for told in &mut traffic {
        for written in &told.entries {
            ledger.observe(told.id, &written.entry, &written.texts);
        }
        if let Some(text) = concern(&told.entries) {
            concerns.insert(told.id, text);
        }
    }
    Ok((ledger, traffic.season().clone(), concerns))
}

/// What the customer first said it is about.
fn concern(entries: &[Written]) -> Option<String> {
    let said = entries.iter().flat_map(|written| {
        written.entry.events.iter().filter_map(|event| match event {
            Event::TurnAdded {
                author: Author::Customer,
                text,
                ..
            } => of(written, *text),
            _ => None,
        })
    });
    let mut stated = said.filter(|text| states_concern(text));
    stated.next().map(str::to_owned)
}

fn of(written: &Written, wanted: TextRef) -> Option<&str> {
    let mut texts = written.texts.iter();
    texts
        .find(|(at, _)| *at == wanted)
        .map(|(_, text)| text.as_str())
}

fn company(articles: &[Article]) -> anyhow::Result<Company> {
    let policy = Policy::builtin().clone();
    let colleagues = policy.queues().iter().zip(1..).map(|(queue, n)| Colleague {
        id: AgentId::new(uuid::Uuid::from_u128(n)),
        queues: vec![queue.key.clone()],
    });
    let colleagues = colleagues.collect();
    let rules = Arc::new(Ruleset::new(policy)?);
    Ok(Company {
        articles: articles.to_vec(),
        people: people(1, PEOPLE),
        colleagues,
        zone: rules.zone(),
        rules,
    })
}

/// The same for every seed, on as many cores as there are.
pub(crate) fn over<T: Send>(
    ground: &Ground,
    each: impl Fn(u64) -> anyhow::Result<T> + Sync,
) -> anyhow::Result<Vec<T>> {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let next = AtomicU64::new(0);
    let work = || {
        let mut done = Vec::new();
        loop {
            let at = next.fetch_add(1, Ordering::Relaxed);
            if at >= ground.seeds {
                return Ok::<_, anyhow::Error>(done);
            }
            done.push((at, each(ground.first_seed + at)?));
        }
    };
    let mut all = std::thread::scope(|scope| {
        let running: Vec<_> = (0..cores).map(|_| scope.spawn(work)).collect();
        let mut all = Vec::new();
        for thread in running {
            let done = thread
                .join()
                .map_err(|_| anyhow::anyhow!("a thread has failed"))?;
            all.extend(done?);
        }
        Ok::<_, anyhow::Error>(all)
    })?;
    all.sort_by_key(|(at, _)| *at);
    Ok(all.into_iter().map(|(_, done)| done).collect())
}
