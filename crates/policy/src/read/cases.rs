//! The case file: conversations with what must follow.

use std::collections::BTreeMap;

use segue_model::fact::{FactValue, Facts};
use segue_model::limits::TURN_TEXT_BYTES_MAX;
use segue_model::time::Span;
use segue_model::turn::{AnswerScores, Retrieved, ToolCall, ToolStatus};

use super::cursor::{Cursor, Fields, Problems};
use crate::cases::{Case, CaseFile, Expectation, Said, Step, VerdictWord};
use crate::problem::{Problem, ProblemCode};
use crate::tree;
use crate::words::{FACTS, Fact, FactUnit, Word};

/// How many cases a file may have.
const CASES_MAX: usize = 1_000;
/// How many conversations a case, and steps a conversation, may have.
const STEPS_MAX: usize = 200;
/// The longest pause between two steps, in seconds: a day.
const AFTER_S_MAX: u32 = 24 * 60 * 60;
/// The pause between two steps that say nothing of it, in seconds: time to read and write.
const AFTER_S_DEFAULT: u32 = 20;
/// The longest call of a tool, in milliseconds.
const CALL_MS_MAX: u32 = 10 * 60 * 1_000;
/// What helps where nothing better is known.
const HELP: &str = "`policies/default.cases.yaml` shows how cases are written";
/// Who may speak in a step, and what else may happen.
const SPEAKERS: &[&str] = &["customer", "assistant", "agent", "system", "event"];
/// What goes with an assistant's turn.
const ANSWER_KEYS: &[&str] = &[
    "confidence",
    "retrieval",
    "query_distance",
    "out_of_scope",
    "fallback",
    "courtesy",
    "tool_calls",
    "widened",
];

/// What may happen in a step besides a turn.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Event {
    AssistantTimedOut,
    HandedBack,
}

impl Word for Event {
    const ALL: &'static [(Self, &'static str)] = &[
        (Self::AssistantTimedOut, "assistant_timed_out"),
        (Self::HandedBack, "handed_back"),
    ];
    const ABOUT: &'static [&'static str] = &[
        "the assistant did not answer in time",
        "an agent gave the conversation back to the assistant",
    ];
}

impl Word for ToolStatus {
    const ALL: &'static [(Self, &'static str)] = &[
        (Self::Ok, "ok"),
        (Self::Error, "error"),
        (Self::Timeout, "timeout"),
    ];
    const ABOUT: &'static [&'static str] = &["it worked", "it failed", "it did not answer in time"];
}

/// Reads a text as a case file, or says everything that is wrong with it.
pub(crate) fn case_file(yaml: &str) -> Result<CaseFile, Vec<Problem>> {
    let tree = tree::read(yaml).map_err(|problem| vec![problem])?;
    let mut problems = Problems::default();
    let root = Cursor::beginning(&tree, HELP);
    let cases = root
        .keyed(&mut problems, &["cases"])
        .and_then(|fields| fields.need("cases", &mut problems))
        .map(|it| cases(&it, &mut problems))
        .unwrap_or_default();
    match problems.into_sorted() {
        problems if problems.is_empty() => Ok(CaseFile { cases }),
        problems => Err(problems),
    }
}

fn cases(at: &Cursor<'_>, problems: &mut Problems) -> Vec<Case> {
    let mut read: Vec<Case> = Vec::new();
    for item in few(at, CASES_MAX, "cases", problems) {
        let at = match item.child("name").and_then(|name| name.raw_text()) {
            Some(name) => item.clone().renamed(format!("cases.{name}")),
            None => item,
        };
        let Some(case) = case(&at, problems) else {
            continue;
        };
        if let Some(other) = read.iter().find(|other| other.name == case.name) {
            let message = format!("a case of this name stands on line {} already", other.line);
            at.problem(problems, ProblemCode::Duplicate, message)
                .hint("give it a name of its own");
        }
        read.push(case);
    }
    read
}

fn case(at: &Cursor<'_>, problems: &mut Problems) -> Option<Case> {
    let keys = ["name", "facts", "lookup_failed", "turns", "each", "expect"];
    let fields = at.keyed(problems, &keys)?;
    let name = fields
        .need("name", problems)
        .and_then(|it| it.text(problems));
    let known = fields
        .get("facts")
        .map(|it| facts(&it, problems))
        .unwrap_or_default();
    let lookup_failed = match fields.get("lookup_failed") {
        Some(it) => Some(it.text(problems)?.into()),
        None => None,
    };
    let conversations = match (fields.get("turns"), fields.get("each")) {
        (Some(turns), None) => {
            if let Some(expect) = fields.get("expect") {
                let message = "with `turns`, what is expected stands at a turn".to_owned();
                expect
                    .problem(problems, ProblemCode::Contradiction, message)
                    .hint("write `expect` beside the customer's words");
            }
            conversation(&turns, problems).map(|steps| vec![steps])
        }
        (None, Some(each)) => phrasings(&fields, &each, problems),
        _ => {
            let message = "a case has either `turns` or `each`".to_owned();
            at.problem(problems, ProblemCode::Contradiction, message)
                .hint("`turns` is one conversation, `each` a list of first messages");
            None
        }
    };
    Some(Case {
        name: name?.to_owned(),
        line: at.place().line,
        facts: Facts {
            known,
            lookup_failed,
        },
        conversations: conversations?,
    })
}

/// First messages of which the same is expected, each in a conversation of its own.
fn phrasings(
    fields: &Fields<'_>,
    each: &Cursor<'_>,
    problems: &mut Problems,
) -> Option<Vec<Vec<Step>>> {
    let expect = fields
        .need("expect", problems)
        .and_then(|it| expectation(&it, problems));
    let texts: Vec<_> = few(each, STEPS_MAX, "phrasings", problems)
        .iter()
        .filter_map(|item| Some((item.place().line, words(item, problems)?)))
        .collect();
    let expect = expect?;
    let single = |(line, text)| {
        vec![Step {
            line,
            after: Span::seconds(0),
            said: Said::Customer(text),
            expect: Some(expect.clone()),
        }]
    };
    Some(texts.into_iter().map(single).collect())
}

fn conversation(at: &Cursor<'_>, problems: &mut Problems) -> Option<Vec<Step>> {
    let items = few(at, STEPS_MAX, "turns", problems);
    let mut steps = Vec::with_capacity(items.len());
    let mut is_begun = false;
    for item in &items {
        let Some(step) = step(item, problems) else {
            continue;
        };
        is_begun |= matches!(step.said, Said::Customer(_));
        if !is_begun && step.expect.is_some() {
            let message = "nothing is judged before the customer has written".to_owned();
            item.problem(problems, ProblemCode::Contradiction, message)
                .hint("begin with a customer's turn");
        }
        steps.push(step);
    }
    if !items.is_empty()
        && steps.len() == items.len()
        && !steps.iter().any(|it| it.expect.is_some())
    {
        let message = "nothing is expected in this case".to_owned();
        at.problem(problems, ProblemCode::MissingKey, message)
            .hint("write `expect: continue`, or a map as `expect: {rule: money}`");
    }
    Some(steps)
}

fn step(at: &Cursor<'_>, problems: &mut Problems) -> Option<Step> {
    let speakers: Vec<&str> = SPEAKERS
        .iter()
        .copied()
        .filter(|speaker| at.child(speaker).is_some())
        .collect();
    let is_asked = matches!(speakers.as_slice(), ["customer" | "assistant"]);
    let mut keys: Vec<&str> = SPEAKERS.iter().copied().chain(["after_s"]).collect();
    if is_asked || speakers.len() != 1 {
        keys.push("expect");
    }
    if matches!(speakers.as_slice(), ["assistant"]) {
        keys.extend(ANSWER_KEYS);
    }
    let fields = at.keyed(problems, &keys)?;
    let [speaker] = speakers.as_slice() else {
        let message = format!("a turn has one speaker, this has {}", speakers.len());
        at.problem(problems, ProblemCode::Contradiction, message)
            .hint(format!("one of: {}", SPEAKERS.join(", ")));
        return None;
    };
    let after_s = fields.get("after_s").map_or(Some(AFTER_S_DEFAULT), |it| {
        it.whole(0, AFTER_S_MAX, problems)
    });
    let expect = match fields.get("expect") {
        Some(it) => expectation(&it, problems).map(Some),
        None => Some(None),
    };
    let said = said(speaker, &fields, problems);
    Some(Step {
        line: at.place().line,
        after: Span::seconds(u64::from(after_s?)),
        said: said?,
        expect: expect?,
    })
}

fn said(speaker: &str, fields: &Fields<'_>, problems: &mut Problems) -> Option<Said> {
    let at = fields.get(speaker)?;
    if speaker == "event" {
        return Some(match at.word::<Event>(problems)? {
            Event::AssistantTimedOut => Said::AssistantTimedOut,
            Event::HandedBack => Said::HandedBack,
        });
    }
    let text = words(&at, problems);
    Some(match speaker {
        "customer" => Said::Customer(text?),
        "assistant" => {
            let scores = scores(fields, problems);
            let is_widened = flag(fields, "widened", problems);
            Said::Assistant {
                text: text?,
                scores: scores?,
                is_widened: is_widened?,
            }
        }
        "agent" => Said::Agent(text?),
        _ => Said::System(text?),
    })
}

fn scores(fields: &Fields<'_>, problems: &mut Problems) -> Option<AnswerScores> {
    let mut score = |key| match fields.get(key) {
        Some(it) => it.number(0.0, 1.0, problems).map(Some),
        None => Some(None),
    };
    let confidence = score("confidence");
    let query_distance = score("query_distance");
    let out_of_scope = score("out_of_scope");
    let retrieval = match fields.get("retrieval") {
        Some(it) => retrieval(&it, problems),
        None => Some(Vec::new()),
    };
    let tool_calls = match fields.get("tool_calls") {
        Some(it) => it
            .items(problems)
            .iter()
            .map(|call| tool_call(call, problems))
            .collect(),
        None => Some(Vec::new()),
    };
    let is_fallback = flag(fields, "fallback", problems);
    let is_courtesy = flag(fields, "courtesy", problems);
    Some(AnswerScores {
        confidence: confidence?,
        retrieval: retrieval?,
        is_fallback: is_fallback?,
        is_courtesy: is_courtesy?,
        tool_calls: tool_calls?,
        query_distance: query_distance?,
        out_of_scope: out_of_scope?,
    })
}

/// The best score of the search, or the list as conversation lines have it.
fn retrieval(at: &Cursor<'_>, problems: &mut Problems) -> Option<Vec<Retrieved>> {
    if !at.is_list() {
        let score = at.number(0.0, 1.0, problems)?;
        return Some(vec![Retrieved {
            version: None,
            id: "article".to_owned(),
            score,
            title: None,
        }]);
    }
    let hit = |item: &Cursor<'_>, problems: &mut Problems| {
        let fields = item.keyed(problems, &["id", "score"])?;
        let id = fields.need("id", problems).and_then(|it| it.text(problems));
        let score = fields
            .need("score", problems)
            .and_then(|it| it.number(0.0, 1.0, problems));
        Some(Retrieved {
            version: None,
            id: id?.to_owned(),
            score: score?,
            title: None,
        })
    };
    at.items(problems)
        .iter()
        .map(|item| hit(item, problems))
        .collect()
}

fn tool_call(at: &Cursor<'_>, problems: &mut Problems) -> Option<ToolCall> {
    let fields = at.keyed(problems, &["name", "status", "ms"])?;
    let name = fields
        .need("name", problems)
        .and_then(|it| it.text(problems));
    let status = fields
        .need("status", problems)
        .and_then(|it| it.word(problems));
    let ms = fields
        .get("ms")
        .map_or(Some(0), |it| it.whole(0, CALL_MS_MAX, problems));
    Some(ToolCall {
        name: name?.to_owned(),
        status: status?,
        ms: u64::from(ms?),
    })
}

/// What is known of the customer, among what conditions may read.
fn facts(at: &Cursor<'_>, problems: &mut Problems) -> BTreeMap<String, FactValue> {
    let mut read = BTreeMap::new();
    for (name, _, value) in at.entries(problems) {
        let Some(Fact { unit, .. }) = FACTS.iter().find(|known| known.name == name) else {
            value.unknown(problems, "fact", name, FACTS.iter().map(|fact| fact.name));
            continue;
        };
        let value = match unit {
            FactUnit::Flag => value.flag(problems).map(FactValue::Flag),
            FactUnit::Text | FactUnit::Tier => value
                .text(problems)
                .map(|text| FactValue::Text(text.to_owned())),
        };
        if let Some(value) = value {
            read.insert(name.to_owned(), value);
        }
    }
    read
}

/// A verdict's word, or a map of what must be so.
fn expectation(at: &Cursor<'_>, problems: &mut Problems) -> Option<Expectation> {
    if at.is_text() {
        let verdict = at.word(problems)?;
        return Some(Expectation {
            verdict: Some(verdict),
            ..Expectation::default()
        });
    }
    let keys = [
        "verdict", "rule", "queue", "kind", "step", "trigger", "priority", "flag",
    ];
    let fields = at.keyed(problems, &keys)?;
    let read = Expectation {
        verdict: optional(&fields, "verdict", problems, Cursor::word)?,
        rule: optional(&fields, "rule", problems, text)?,
        queue: optional(&fields, "queue", problems, text)?,
        kind: optional(&fields, "kind", problems, Cursor::word)?,
        step: optional(&fields, "step", problems, Cursor::word)?,
        trigger: optional(&fields, "trigger", problems, Cursor::word)?,
        priority: optional(&fields, "priority", problems, Cursor::word)?,
        flag: optional(&fields, "flag", problems, Cursor::flag)?,
    };
    // A misspelled key was told already.
    if at.keys().is_empty() {
        let message = "nothing is expected here".to_owned();
        at.problem(problems, ProblemCode::MissingKey, message)
            .hint("at least a `verdict` or a `rule`");
        return None;
    }
    is_consistent(&read, &fields, problems).then_some(read)
}

/// What cannot come with the verdict that is expected is a mistake, not a failed case.
fn is_consistent(read: &Expectation, fields: &Fields<'_>, problems: &mut Problems) -> bool {
    let Some(verdict) = read.verdict else {
        return true;
    };
    let fitting: &[&str] = match verdict {
        VerdictWord::Continue => &[],
        VerdictWord::FallBack => &["step"],
        VerdictWord::Review => &["queue"],
        VerdictWord::Escalate => &["queue", "kind", "trigger", "priority"],
    };
    let odd: Vec<_> = ["queue", "kind", "step", "trigger", "priority"]
        .into_iter()
        .filter(|key| !fitting.contains(key))
        .filter_map(|key| Some((key, fields.get(key)?)))
        .collect();
    for (key, at) in &odd {
        let message = format!("`{key}` does not go with the verdict `{}`", verdict.word());
        at.problem(problems, ProblemCode::Contradiction, message)
            .hint("leave it out, or expect another verdict");
    }
    odd.is_empty()
}

/// `Some(None)` where the key is not there, `None` where its value is wrong.
#[expect(
    clippy::option_option,
    reason = "the outer one says whether the value was right, as everywhere in this room"
)]
fn optional<'a, T>(
    fields: &Fields<'a>,
    key: &str,
    problems: &mut Problems,
    read: impl FnOnce(&Cursor<'a>, &mut Problems) -> Option<T>,
) -> Option<Option<T>> {
    match fields.get(key) {
        Some(at) => read(&at, problems).map(Some),
        None => Some(None),
    }
}

fn text(at: &Cursor<'_>, problems: &mut Problems) -> Option<String> {
    at.text(problems).map(str::to_owned)
}

fn words(at: &Cursor<'_>, problems: &mut Problems) -> Option<String> {
    at.text_up_to(TURN_TEXT_BYTES_MAX, problems)
        .map(str::to_owned)
}

fn flag(fields: &Fields<'_>, key: &str, problems: &mut Problems) -> Option<bool> {
    fields.get(key).map_or(Some(false), |it| it.flag(problems))
}

/// The items of a list that is neither empty nor too long.
fn few<'a>(at: &Cursor<'a>, max: usize, what: &str, problems: &mut Problems) -> Vec<Cursor<'a>> {
    let items = at.items(problems);
    if at.is_list() && items.is_empty() || items.len() > max {
        let message = format!("1 to {max} {what} were expected, here are {}", items.len());
        at.problem(problems, ProblemCode::TooLarge, message)
            .hint(match items.is_empty() {
                true => "write at least one",
                false => "split the list into several cases",
            });
        return Vec::new();
    }
    items
}
