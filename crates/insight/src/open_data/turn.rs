//! The table of turns.

use segue_model::event::{Entry, Event, TextRef};
use segue_model::floor::Epoch;
use segue_model::time::Timestamp;
use segue_model::turn::{AnswerScores, Author, ToolStatus};

use super::{Cell, Column, Kind, Story, column};

const WIDTH: usize = 22;

pub(super) const COLUMNS: [Column; WIDTH] = [
    column("conversation_id", Kind::Text, "the conversation"),
    column("version", Kind::Integer, "the entry it came with, from 1"),
    column(
        "turn",
        Kind::Integer,
        "its place among the turns, from 1; absent where it was held back",
    ),
    column(
        "at",
        Kind::Instant,
        "when it became durable, or when its source says it was written",
    ),
    column(
        "author",
        Kind::Text,
        "`customer`, `assistant`, `agent`, `draft` (the assistant's, released by an agent) or `system`",
    ),
    column("agent_id", Kind::Text, "the agent who wrote or released it"),
    column(
        "is_edited",
        Kind::Boolean,
        "of a draft: whether it was changed before its release",
    ),
    column("notice", Kind::Text, "of the system's: what it is for"),
    column(
        "in_reply_to",
        Kind::Integer,
        "of an assistant's: the customer turn it answers",
    ),
    column(
        "epoch",
        Kind::Integer,
        "the epoch of the floor it was made under",
    ),
    column("is_shown", Kind::Boolean, "whether the customer saw it"),
    column(
        "suppressed",
        Kind::Text,
        "why it was held back: `floor_lost` or `below_band`",
    ),
    column(
        "is_cut",
        Kind::Boolean,
        "whether it was cut while it was being said; the text is what was shown",
    ),
    column(
        "confidence",
        Kind::Number,
        "of an assistant's: its confidence in the answer, 0–1",
    ),
    column("article", Kind::Text, "the article found first"),
    column("article_score", Kind::Number, "how well that fits, 0–1"),
    column(
        "query_distance",
        Kind::Number,
        "how far the question lies from everything known, 0–1",
    ),
    column(
        "out_of_scope",
        Kind::Number,
        "how likely the question is none of the workspace's business, 0–1",
    ),
    column(
        "is_fallback",
        Kind::Boolean,
        "whether it says that there is no answer",
    ),
    column(
        "tools_failed",
        Kind::Integer,
        "how many of its tool calls did not succeed",
    ),
    column(
        "characters",
        Kind::Integer,
        "the length of its text; absent where it was erased",
    ),
    column(
        "text",
        Kind::Text,
        "what was written; only with `--texts`, and not where it was erased",
    ),
];

/// What a turn and an answer that was held back have in common, and what only a turn has.
struct Said<'a> {
    turn: Cell,
    at: Timestamp,
    who: Who,
    in_reply_to: Cell,
    epoch: Epoch,
    suppressed: Cell,
    is_cut: bool,
    scores: Option<&'a AnswerScores>,
    text: TextRef,
}

impl<'a> Said<'a> {
    fn of(entry: &Entry, event: &'a Event) -> Option<Self> {
        match event {
            Event::TurnAdded {
                turn,
                author,
                text,
                epoch,
                in_reply_to,
                is_cut,
                scores,
                source_at,
            } => Some(Self {
                turn: Cell::count(turn.0),
                at: source_at.unwrap_or(entry.at),
                who: Who::of(author),
                in_reply_to: Cell::of(*in_reply_to, |turn| Cell::count(turn.0)),
                epoch: *epoch,
                suppressed: Cell::Absent,
                is_cut: *is_cut,
                scores: matches!(author, Author::Assistant | Author::Draft { .. })
                    .then_some(scores),
                text: *text,
            }),
            Event::TurnSuppressed {
                text,
                epoch,
                reason,
                scores,
            } => Some(Self {
                turn: Cell::Absent,
                at: entry.at,
                who: Who::of(&Author::Assistant),
                in_reply_to: Cell::Absent,
                epoch: *epoch,
                suppressed: Cell::word(reason),
                is_cut: false,
                scores: Some(scores),
                text: *text,
            }),
            _ => None,
        }
    }
}

pub(super) fn rows(story: &Story<'_>) -> Vec<[Cell; WIDTH]> {
    let mut rows = Vec::new();
    for (entry, texts) in story.entries {
        for said in entry.events.iter().filter_map(|it| Said::of(entry, it)) {
            let text = texts.iter().find(|(text, _)| *text == said.text);
            let text = text.map(|(_, text)| text.as_str());
            let [characters, text] = words(text, story.with_texts);
            let [
                confidence,
                article,
                article_score,
                distance,
                scope,
                fallback,
                tools,
            ] = scored(said.scores);
            rows.push([
                story.name(),
                Cell::count(entry.version.0),
                said.turn,
                Cell::Instant(said.at),
                Cell::text(said.who.word),
                said.who.agent,
                said.who.is_edited,
                said.who.notice,
                said.in_reply_to,
                Cell::count(said.epoch.0),
                Cell::Boolean(said.suppressed == Cell::Absent),
                said.suppressed,
                Cell::Boolean(said.is_cut),
                confidence,
                article,
                article_score,
                distance,
                scope,
                fallback,
                tools,
                characters,
                text,
            ]);
        }
    }
    rows
}

struct Who {
    word: &'static str,
    agent: Cell,
    is_edited: Cell,
    notice: Cell,
}

impl Who {
    fn of(author: &Author) -> Self {
        let plain = |word| Self {
            word,
            agent: Cell::Absent,
            is_edited: Cell::Absent,
            notice: Cell::Absent,
        };
        match author {
            Author::Customer => plain("customer"),
            Author::Assistant => plain("assistant"),
            Author::Agent { agent } => Self {
                agent: Cell::text(agent),
                ..plain("agent")
            },
            Author::Draft {
                agent, is_edited, ..
            } => Self {
                agent: Cell::text(agent),
                is_edited: Cell::Boolean(*is_edited),
                ..plain("draft")
            },
            Author::System { notice } => Self {
                notice: Cell::word(notice),
                ..plain("system")
            },
        }
    }
}

fn words(text: Option<&str>, with_texts: bool) -> [Cell; 2] {
    [
        Cell::of(text, |text| Cell::count(text.chars().count())),
        Cell::of(text.filter(|_| with_texts), Cell::text),
    ]
}

fn scored(scores: Option<&AnswerScores>) -> [Cell; 7] {
    let Some(scores) = scores else {
        return [const { Cell::Absent }; 7];
    };
    let best = scores.retrieval.first();
    let failed = scores
        .tool_calls
        .iter()
        .filter(|call| call.status != ToolStatus::Ok);
    [
        Cell::of(scores.confidence, Cell::Number),
        Cell::of(best, |best| Cell::text(&best.id)),
        Cell::of(best, |best| Cell::Number(best.score)),
        Cell::of(scores.query_distance, Cell::Number),
        Cell::of(scores.out_of_scope, Cell::Number),
        Cell::Boolean(scores.is_fallback),
        Cell::count(failed.count()),
    ]
}
