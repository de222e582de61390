//! The checkers themselves: a good run passes, and one hand-made bad run per
//! promise, or more, is found. A checker that never fails proves nothing.

use std::sync::Arc;

use super::check::check;
use super::history::{Act, Answer, Kind, Record, Request};
use super::log::{Author, Holder, Log, LogEntry, LogEvent, read};

const HERE: &str = "conv_1";
const ANN: &str = "agt_1";

struct Run {
    records: Vec<Record>,
    log: Log,
}

impl Run {
    fn request(&mut self, act: Act, answer: Option<(u64, u64, Option<u64>)>) {
        let key = format!("k{}", self.records.len());
        let request = Arc::new(Request {
            key,
            conversation: HERE.to_owned(),
            act,
        });
        self.add(Kind::Invoke, &request);
        let kind = match answer {
            Some((version, epoch, turn)) => Kind::Ok(Answer {
                status: 200,
                conversation: HERE.to_owned(),
                version,
                epoch,
                turn,
                is_visible: turn.is_some(),
                code: String::new(),
            }),
            None => Kind::Fail(Answer {
                status: 409,
                ..Answer::default()
            }),
        };
        self.add(kind, &request);
    }

    fn add(&mut self, kind: Kind, request: &Arc<Request>) {
        let at_ns = self.records.len() as u64;
        let wall_ms = i64::try_from(at_ns).unwrap();
        self.records.push(Record {
            at_ns,
            wall_ms,
            kind,
            request: Arc::clone(request),
        });
    }

    fn entries(&mut self) -> &mut Vec<LogEntry> {
        self.log.get_mut(HERE).unwrap()
    }

    fn entry(&mut self, events: Vec<LogEvent>) {
        let at_ms = self.records.len() as i64;
        let entries = self.log.entry(HERE.to_owned()).or_default();
        let version = entries.len() as u64 + 1;
        entries.push(LogEntry {
            position: version as i64,
            version,
            at_ms,
            events,
        });
    }

    /// The answer of the request that was made as number `n`, from 0.
    fn answer(&mut self, n: usize) -> &mut Answer {
        match &mut self.records[2 * n + 1].kind {
            Kind::Ok(answer) | Kind::Fail(answer) => answer,
            Kind::Invoke | Kind::Info => panic!("no answer"),
        }
    }
}

fn turn(turn: u64, author: Author, epoch: u64, text: &str) -> LogEvent {
    LogEvent::Turn {
        turn,
        author,
        epoch,
        text: text.to_owned(),
    }
}

fn customer(text: &str) -> Act {
    Act::Customer {
        text: text.to_owned(),
    }
}

fn assistant(text: &str, epoch: u64) -> Act {
    Act::Assistant {
        text: text.to_owned(),
        epoch,
    }
}

fn floor(to: Holder, epoch: u64) -> LogEvent {
    LogEvent::Floor { to, epoch }
}

/// A question, an answer, a takeover, a late answer, a reply, a hand-back and
/// another answer; as requests 0 to 7, versions 1 to 8.
fn good() -> Run {
    let mut run = Run {
        records: Vec::new(),
        log: Log::new(),
    };
    let ann = || Author::Agent(ANN.to_owned());
    run.entry(vec![LogEvent::Opened]);
    run.request(Act::Open, Some((1, 0, None)));
    run.entry(vec![turn(1, Author::Customer, 0, "why?"), LogEvent::Other]);
    run.request(customer("why?"), Some((2, 0, Some(1))));
    run.entry(vec![turn(2, Author::Assistant, 0, "so")]);
    run.request(assistant("so", 0), Some((3, 0, Some(2))));
    run.entry(vec![
        turn(3, Author::System, 0, "Ann joins"),
        floor(Holder::Agent(ANN.to_owned()), 1),
    ]);
    run.request(Act::Take, Some((4, 1, None)));
    run.entry(vec![LogEvent::Suppressed {
        epoch: 0,
        text: "late".to_owned(),
    }]);
    run.request(assistant("late", 0), None);
    run.entry(vec![turn(4, ann(), 1, "I am Ann")]);
    let reply = Act::Reply {
        text: "I am Ann".to_owned(),
        epoch: 1,
    };
    run.request(reply, Some((6, 1, Some(4))));
    run.entry(vec![
        turn(5, Author::System, 1, "back"),
        floor(Holder::Assistant, 2),
    ]);
    run.request(Act::HandBack, Some((7, 2, None)));
    run.entry(vec![turn(6, Author::Assistant, 2, "well")]);
    run.request(assistant("well", 2), Some((8, 2, Some(6))));
    run
}

#[track_caller]
fn check_bad(invariant: &str, spoil: impl FnOnce(&mut Run)) {
    let mut run = good();
    spoil(&mut run);
    let found = check(&run.records, &run.log);
    assert!(
        found
            .iter()
            .any(|violation| violation.invariant == invariant),
        "{found:?}"
    );
}

#[test]
fn a_good_run_passes() {
    let run = good();
    assert_eq!(check(&run.records, &run.log), []);
}

#[test]
fn unknown_outcomes_may_be_there_or_not() {
    let mut run = good();
    let unknown = Arc::new(Request {
        key: "lost".to_owned(),
        conversation: HERE.to_owned(),
        act: customer("hello?"),
    });
    run.add(Kind::Invoke, &unknown);
    run.add(Kind::Info, &unknown);
    assert_eq!(check(&run.records, &run.log), []);
    run.entry(vec![turn(7, Author::Customer, 2, "hello?")]);
    assert_eq!(check(&run.records, &run.log), []);
    run.entry(vec![turn(8, Author::Customer, 2, "hello?")]);
    assert_eq!(check(&run.records, &run.log)[0].invariant, "I1");
}

#[test]
fn an_acknowledged_turn_is_lost() {
    check_bad("I1", |run| run.entries()[1].events[0] = LogEvent::Other);
}

#[test]
fn an_acknowledged_tail_is_lost() {
    check_bad("I1", |run| run.entries().truncate(7));
}

#[test]
fn an_acknowledged_conversation_is_lost() {
    check_bad("I1", |run| run.log.clear());
}

#[test]
fn a_turn_is_there_twice() {
    check_bad("I1", |run| {
        run.entry(vec![turn(7, Author::Customer, 2, "why?")])
    });
}

#[test]
fn a_turn_has_other_words() {
    check_bad("I1", |run| {
        run.entries()[1].events[0] = turn(1, Author::Customer, 0, "why")
    });
}

#[test]
fn a_turn_stands_elsewhere() {
    check_bad("I1", |run| run.answer(1).version = 5);
}

#[test]
fn a_refused_turn_is_visible() {
    check_bad("I1", |run| {
        run.entry(vec![turn(7, Author::Assistant, 2, "late")])
    });
}

#[test]
fn words_come_from_nobody() {
    check_bad("I1", |run| {
        run.entry(vec![turn(7, Author::Customer, 2, "boo")])
    });
}

#[test]
fn words_are_laid_into_another_mouth() {
    check_bad("I1", |run| {
        run.entries()[7].events[0] = turn(6, Author::Customer, 2, "well")
    });
}

#[test]
fn an_acknowledged_takeover_is_not_there() {
    check_bad("I1", |run| run.entries()[3].events = vec![LogEvent::Other]);
}

#[test]
fn a_version_is_missing() {
    check_bad("I2", |run| drop(run.entries().remove(4)));
}

#[test]
fn a_version_is_there_twice() {
    check_bad("I2", |run| run.entries()[4].version = 4);
}

#[test]
fn a_turn_number_is_left_out() {
    check_bad("I2", |run| {
        run.entries()[7].events[0] = turn(7, Author::Assistant, 2, "well")
    });
}

#[test]
fn the_log_is_out_of_order() {
    check_bad("I2", |run| run.entries()[6].position = 3);
}

#[test]
fn a_later_turn_stands_before_an_earlier_one() {
    check_bad("I2", |run| {
        let entries = run.entries();
        let (one, other) = (entries[1].events.clone(), entries[2].events.clone());
        entries[1].events = other;
        entries[2].events = one;
        run.answer(1).version = 3;
        run.answer(2).version = 2;
    });
}

#[test]
fn an_epoch_is_left_out() {
    check_bad("I3", |run| {
        run.entries()[6].events[1] = floor(Holder::Assistant, 3)
    });
}

#[test]
fn an_epoch_has_two_holders() {
    check_bad("I3", |run| {
        run.entries()[6].events[1] = floor(Holder::Assistant, 1)
    });
}

#[test]
fn the_assistant_speaks_while_an_agent_has_the_floor() {
    check_bad("I4", |run| {
        run.entries()[4].events = vec![turn(4, Author::Assistant, 1, "late")]
    });
}

#[test]
fn an_agent_speaks_without_the_floor() {
    check_bad("I4", |run| {
        run.entry(vec![turn(7, Author::Agent(ANN.to_owned()), 2, "me again")]);
    });
}

#[test]
fn another_agent_speaks() {
    check_bad("I4", |run| {
        run.entries()[5].events = vec![turn(4, Author::Agent("agt_2".to_owned()), 1, "I am Ann")];
    });
}

#[test]
fn old_words_are_committed_under_a_new_epoch() {
    check_bad("I5", |run| {
        run.entry(vec![turn(7, Author::Assistant, 2, "stale")]);
        run.request(assistant("stale", 0), Some((9, 2, Some(7))));
    });
}

#[test]
fn old_words_are_committed_under_their_old_epoch() {
    check_bad("I5", |run| {
        run.entry(vec![turn(7, Author::Assistant, 0, "stale")])
    });
}

#[test]
fn a_retry_gets_another_answer() {
    check_bad("I11", |run| {
        let request = Arc::clone(&run.records[3].request);
        let mut kind = run.records[3].kind.clone();
        if let Kind::Ok(answer) = &mut kind {
            answer.version = 9;
        }
        run.add(kind, &request);
    });
}

#[test]
fn a_retried_takeover_gets_another_answer() {
    check_bad("I11", |run| {
        let request = Arc::clone(&run.records[7].request);
        let mut kind = run.records[7].kind.clone();
        if let Kind::Ok(answer) = &mut kind {
            answer.version = 6;
        }
        run.add(kind, &request);
    });
}

#[test]
fn a_key_is_accepted_with_two_bodies() {
    check_bad("I11", |run| {
        let key = run.records[3].request.key.clone();
        run.request(customer("other words"), Some((2, 0, Some(1))));
        let last = run.records.len() - 1;
        let request = Request {
            key,
            ..Request::clone(&run.records[last].request)
        };
        run.records[last].request = Arc::new(request);
    });
}

#[test]
fn the_assistant_speaks_after_a_takeover() {
    check_bad("I18", |run| {
        run.entries()[4].events = vec![turn(4, Author::Assistant, 0, "late")]
    });
}

#[test]
fn the_assistant_speaks_after_a_takeover_by_the_clock() {
    check_bad("I18", |run| run.entries()[2].at_ms = 1_000);
}

/// D11: what cannot be read is inconclusive, never empty.
#[test]
fn a_log_that_cannot_be_read_is_no_empty_log() {
    let folder = std::env::temp_dir().join(format!("segue-kill-unreadable-{}", std::process::id()));
    assert!(read(&folder).is_err());
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("segue.db"), "no database at all").unwrap();
    assert!(read(&folder).is_err());
    std::fs::write(folder.join("segue.db"), "").unwrap();
    assert!(read(&folder).is_err());
    std::fs::remove_dir_all(&folder).unwrap();
}
