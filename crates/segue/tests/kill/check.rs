//! The judges: pure functions from what the clients recorded and what the log
//! holds to everything that is wrong. The names are those of the invariants.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::history::{Act, Answer, Kind, Record, Request};
use super::log::{Author, Holder, Log, LogEntry, LogEvent};

/// Something that must not be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// Which promise is broken: `I1`, `I2`…
    pub invariant: &'static str,
    pub what: String,
}

/// Everything that is wrong with a run.
pub fn check(records: &[Record], log: &Log) -> Vec<Violation> {
    let operations = operations(records);
    let mut found = Findings::default();
    for (conversation, entries) in log {
        gap_free(conversation, entries, &mut found);
        floor(conversation, entries, &mut found);
    }
    let spoken = spoken(log);
    every_acknowledged_turn_once(&operations, &spoken, &mut found);
    nobody_put_words_in(&operations, &spoken, &mut found);
    acknowledged_acts_stand(&operations, log, &mut found);
    order_of_time(&operations, &mut found);
    epochs_as_sent(&operations, &spoken, &mut found);
    one_answer_per_key(&operations, log, &mut found);
    silence_after_takeover(&operations, log, &mut found);
    found.0
}

#[derive(Default)]
struct Findings(Vec<Violation>);

impl Findings {
    fn add(&mut self, invariant: &'static str, what: String) {
        self.0.push(Violation { invariant, what });
    }
}

/// One request with everything that came of it.
struct Operation<'a> {
    request: &'a Arc<Request>,
    invoked_ns: u64,
    /// In the order in which they came; the invocations are left out.
    outcomes: Vec<&'a Record>,
}

impl Operation<'_> {
    fn oks(&self) -> impl Iterator<Item = (&Record, &Answer)> {
        self.outcomes
            .iter()
            .filter_map(|record| match &record.kind {
                Kind::Ok(answer) => Some((*record, answer)),
                Kind::Invoke | Kind::Fail(_) | Kind::Info => None,
            })
    }

    fn is_refused(&self) -> bool {
        self.outcomes
            .iter()
            .any(|record| matches!(record.kind, Kind::Fail(_)))
    }
}

fn operations(records: &[Record]) -> Vec<Operation<'_>> {
    let mut by_request: HashMap<*const Request, usize> = HashMap::new();
    let mut operations: Vec<Operation<'_>> = Vec::new();
    for record in records {
        let place = *by_request
            .entry(Arc::as_ptr(&record.request))
            .or_insert_with(|| {
                operations.push(Operation {
                    request: &record.request,
                    invoked_ns: record.at_ns,
                    outcomes: Vec::new(),
                });
                operations.len() - 1
            });
        if record.kind != Kind::Invoke {
            operations[place].outcomes.push(record);
        }
    }
    operations
}

/// I2: versions and turn numbers without gap, and the log in their order.
fn gap_free(conversation: &str, entries: &[LogEntry], found: &mut Findings) {
    let mut turns = 0;
    let mut position = i64::MIN;
    for (entry, version) in entries.iter().zip(1..) {
        if entry.version != version {
            let there = entry.version;
            found.add(
                "I2",
                format!("{conversation}: version {there} stands at place {version}"),
            );
        }
        if entry.position <= position {
            found.add(
                "I2",
                format!("{conversation}: version {version} stands before the last one"),
            );
        }
        position = entry.position;
        for event in &entry.events {
            let LogEvent::Turn { turn, .. } = event else {
                continue;
            };
            turns += 1;
            if *turn != turns {
                found.add(
                    "I2",
                    format!("{conversation}: turn {turn} stands at place {turns}"),
                );
            }
        }
    }
}

/// I3, I4, I5: one holder per epoch, epochs rise by one, and whoever speaks
/// holds the floor under the epoch the words were made under.
fn floor(conversation: &str, entries: &[LogEntry], found: &mut Findings) {
    let (mut holder, mut current) = (Holder::Closed, 0);
    for event in entries.iter().flat_map(|entry| &entry.events) {
        match event {
            LogEvent::Opened => holder = Holder::Assistant,
            LogEvent::Floor { to, epoch } => {
                if *epoch != current + 1 {
                    found.add(
                        "I3",
                        format!("{conversation}: epoch {epoch} follows {current}"),
                    );
                }
                (holder, current) = (to.clone(), *epoch);
            }
            LogEvent::Turn {
                turn,
                author,
                epoch,
                ..
            } => {
                if !may_speak(author, &holder) {
                    let what =
                        format!("{conversation}: turn {turn} by {author:?} while {holder:?}");
                    found.add("I4", what);
                }
                if *epoch != current && !matches!(author, Author::Customer | Author::System) {
                    let what = format!("{conversation}: turn {turn} of epoch {epoch} in {current}");
                    found.add("I5", what);
                }
            }
            LogEvent::Suppressed { .. } | LogEvent::Other => {}
        }
    }
}

fn may_speak(author: &Author, holder: &Holder) -> bool {
    match author {
        Author::Customer | Author::System => true,
        Author::Assistant => *holder == Holder::Assistant,
        Author::Draft => *holder == Holder::Review,
        Author::Agent(agent) => *holder == Holder::Agent(agent.clone()),
    }
}

/// A turn that everybody sees.
struct Spoken<'a> {
    conversation: &'a str,
    version: u64,
    turn: u64,
    author: &'a Author,
    epoch: u64,
}

fn spoken(log: &Log) -> HashMap<&str, Vec<Spoken<'_>>> {
    let mut spoken: HashMap<&str, Vec<Spoken<'_>>> = HashMap::new();
    for (conversation, entries) in log {
        for entry in entries {
            for event in &entry.events {
                if let LogEvent::Turn {
                    turn,
                    author,
                    epoch,
                    text,
                } = event
                {
                    spoken.entry(text).or_default().push(Spoken {
                        conversation,
                        version: entry.version,
                        turn: *turn,
                        author,
                        epoch: *epoch,
                    });
                }
            }
        }
    }
    spoken
}

/// I1: acknowledged words stand there once, letter by letter and where the
/// answer said; refused words nowhere; others at most once.
fn every_acknowledged_turn_once(
    operations: &[Operation<'_>],
    spoken: &HashMap<&str, Vec<Spoken<'_>>>,
    found: &mut Findings,
) {
    for operation in operations {
        let Some(text) = operation.request.act.text() else {
            continue;
        };
        let there = spoken.get(text).map_or(&[][..], Vec::as_slice);
        let key = &operation.request.key;
        let visible = operation
            .oks()
            .map(|(_, answer)| answer)
            .find(|answer| answer.is_visible);
        let Some(answer) = visible else {
            let is_unwanted = operation.is_refused() || operation.oks().next().is_some();
            if is_unwanted && !there.is_empty() {
                found.add("I1", format!("{key} was refused and is visible"));
            }
            if there.len() > 1 {
                found.add("I1", format!("{key} is there {} times", there.len()));
            }
            continue;
        };
        if there.len() != 1 {
            found.add(
                "I1",
                format!("{key} was acknowledged and is there {} times", there.len()),
            );
        }
        let is_in_place = |spoken: &Spoken<'_>| {
            spoken.conversation == operation.request.conversation
                && spoken.version == answer.version
                && Some(spoken.turn) == answer.turn
        };
        if !there.is_empty() && !there.iter().any(is_in_place) {
            found.add("I1", format!("{key} is not where the answer said"));
        }
    }
}

/// I1: nothing is said that nobody sent; the system's notices excepted.
fn nobody_put_words_in(
    operations: &[Operation<'_>],
    spoken: &HashMap<&str, Vec<Spoken<'_>>>,
    found: &mut Findings,
) {
    let sent: HashMap<&str, &Act> = operations
        .iter()
        .filter_map(|operation| Some((operation.request.act.text()?, &operation.request.act)))
        .collect();
    for (text, places) in spoken {
        for place in places
            .iter()
            .filter(|place| *place.author != Author::System)
        {
            let is_theirs = matches!(
                (sent.get(text), place.author),
                (Some(Act::Customer { .. }), Author::Customer)
                    | (Some(Act::Assistant { .. }), Author::Assistant)
                    | (Some(Act::Reply { .. }), Author::Agent(_))
            );
            if !is_theirs {
                let (conversation, turn) = (place.conversation, place.turn);
                found.add(
                    "I1",
                    format!("{conversation}: nobody sent turn {turn} as it stands"),
                );
            }
        }
    }
}

/// I1 for what has no words: the log has what was acknowledged.
fn acknowledged_acts_stand(operations: &[Operation<'_>], log: &Log, found: &mut Findings) {
    for operation in operations {
        for (_, answer) in operation.oks() {
            let act = &operation.request.act;
            let entries = log.get(&answer.conversation).map_or(&[][..], Vec::as_slice);
            let is_there = entries.iter().any(|entry| entry.version == answer.version);
            if !is_there || !is_done(act, &holder_after(entries, answer.version)) {
                let (key, version) = (&operation.request.key, answer.version);
                found.add(
                    "I1",
                    format!("{key} ({act:?}) is not done by version {version}"),
                );
            }
        }
    }
}

fn holder_after(entries: &[LogEntry], version: u64) -> Holder {
    let events = entries
        .iter()
        .filter(|entry| entry.version <= version)
        .flat_map(|entry| &entry.events);
    let mut last = events.filter_map(|event| match event {
        LogEvent::Opened => Some(Holder::Assistant),
        LogEvent::Floor { to, .. } => Some(to.clone()),
        LogEvent::Turn { .. } | LogEvent::Suppressed { .. } | LogEvent::Other => None,
    });
    last.next_back().unwrap_or(Holder::Closed)
}

fn is_done(act: &Act, holder: &Holder) -> bool {
    match act {
        Act::Take | Act::Reply { .. } => matches!(holder, Holder::Agent(_)),
        Act::HandBack => matches!(holder, Holder::Assistant | Holder::Review),
        Act::Handoff => matches!(holder, Holder::Waiting | Holder::Agent(_)),
        Act::Resolve => *holder == Holder::Closed,
        Act::Open | Act::Customer { .. } | Act::Assistant { .. } => true,
    }
}

/// I2: what was acknowledged before something else was begun stands before it,
/// for each author and between them.
fn order_of_time(operations: &[Operation<'_>], found: &mut Findings) {
    enum Moment<'a> {
        Done(u64),
        Begun(&'a Operation<'a>, u64),
    }
    let mut moments: BTreeMap<&str, Vec<(u64, Moment<'_>)>> = BTreeMap::new();
    for operation in operations {
        let Some((record, answer)) = operation.oks().next() else {
            continue;
        };
        let list = moments.entry(&answer.conversation).or_default();
        list.push((
            operation.invoked_ns,
            Moment::Begun(operation, answer.version),
        ));
        list.push((record.at_ns, Moment::Done(answer.version)));
    }
    for (conversation, mut moments) in moments {
        moments.sort_by_key(|(at_ns, _)| *at_ns);
        let mut done = 0;
        for (_, moment) in moments {
            match moment {
                Moment::Done(version) => done = done.max(version),
                Moment::Begun(operation, version) => {
                    // Words make an entry of their own; an act that changes
                    // nothing any more is answered with the latest one.
                    let adds = operation.request.act.text().is_some();
                    if version < done || (adds && version == done) {
                        let key = &operation.request.key;
                        let what =
                            format!("{conversation}: {key} got version {version} after {done}");
                        found.add("I2", what);
                    }
                }
            }
        }
    }
}

/// I5: words stand under the epoch they were sent under.
fn epochs_as_sent(
    operations: &[Operation<'_>],
    spoken: &HashMap<&str, Vec<Spoken<'_>>>,
    found: &mut Findings,
) {
    for operation in operations {
        let (Act::Assistant { text, epoch } | Act::Reply { text, epoch }) = &operation.request.act
        else {
            continue;
        };
        // A person's reply that takes the floor is said under the epoch it makes.
        let takes = matches!(operation.request.act, Act::Reply { .. });
        for place in spoken.get(text.as_str()).into_iter().flatten() {
            let is_right = place.epoch == *epoch || (takes && place.epoch == epoch + 1);
            if !is_right {
                let (key, stands) = (&operation.request.key, place.epoch);
                found.add(
                    "I5",
                    format!("{key} was made under epoch {epoch} and stands in {stands}"),
                );
            }
        }
    }
}

/// I11: one key, one answer; another body under it is refused. An act that had
/// nothing to change is answered with the latest version, now and again later.
fn one_answer_per_key(operations: &[Operation<'_>], log: &Log, found: &mut Findings) {
    let mut first: HashMap<&str, (&Request, &Answer)> = HashMap::new();
    for operation in operations {
        let is_new =
            |answer: &Answer| operation.request.act.text().is_some() || changes_floor(log, answer);
        for (_, answer) in operation.oks() {
            let (key, act) = (operation.request.key.as_str(), &operation.request.act);
            let (request, before) = first.entry(key).or_insert((operation.request, answer));
            let is_same = (before.version, before.turn, &before.conversation)
                == (answer.version, answer.turn, &answer.conversation);
            if !is_same && is_new(before) {
                let (then, now) = (before.version, answer.version);
                let what = format!("{key} ({act:?}) was answered with version {then}, then {now}");
                found.add("I11", what);
            }
            if request.act != *act {
                found.add("I11", format!("{key} was accepted with two bodies"));
            }
        }
    }
}

fn changes_floor(log: &Log, answer: &Answer) -> bool {
    let entries = log.get(&answer.conversation).map_or(&[][..], Vec::as_slice);
    let entry = entries.iter().find(|entry| entry.version == answer.version);
    entry.is_some_and(|entry| {
        let is_floor = |event: &LogEvent| matches!(event, LogEvent::Floor { .. });
        entry.events.iter().any(is_floor)
    })
}

/// I18: from the moment a takeover is acknowledged until the floor goes back,
/// the assistant says nothing.
fn silence_after_takeover(operations: &[Operation<'_>], log: &Log, found: &mut Findings) {
    for operation in operations
        .iter()
        .filter(|operation| operation.request.act == Act::Take)
    {
        for (record, answer) in operation.oks() {
            let Some(entries) = log.get(&answer.conversation) else {
                continue;
            };
            let goes_back = |entry: &&LogEntry| {
                let back = |event: &LogEvent| {
                    matches!(
                        event,
                        LogEvent::Floor {
                            to: Holder::Assistant | Holder::Review,
                            ..
                        }
                    )
                };
                entry.version > answer.version && entry.events.iter().any(back)
            };
            let until = entries
                .iter()
                .find(goes_back)
                .map_or(u64::MAX, |entry| entry.version);
            for entry in entries.iter().filter(|entry| has_assistant_turn(entry)) {
                let is_between = entry.version > answer.version && entry.version < until;
                let is_later = entry.at_ms > record.wall_ms && entry.version < until;
                if is_between || is_later {
                    let (key, version) = (&operation.request.key, entry.version);
                    let what = format!("the assistant spoke in version {version} after {key}");
                    found.add("I18", format!("{}: {what}", answer.conversation));
                }
            }
        }
    }
}

fn has_assistant_turn(entry: &LogEntry) -> bool {
    entry.events.iter().any(|event| {
        matches!(
            event,
            LogEvent::Turn {
                author: Author::Assistant,
                ..
            }
        )
    })
}
