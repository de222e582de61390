//! Open data: every row fits its table, and says what happened.

use segue_insight::open_data::{Cell, Story, Table, rows};
use segue_model::event::{Entry, TextRef};
use segue_model::id::ConversationId;
use serde_json::json;

use crate::log::{Log, NOON};

type Told = Vec<(Entry, Vec<(TextRef, String)>)>;

fn told() -> (ConversationId, Told) {
    let log = Log::live(7, NOON)
        .of(3)
        .customer("=My order 48213 was charged twice")
        .judged(json!({ "verdict": "continue" }), "billing")
        .assistant("Please clear the cache.")
        .customer("That does not help, I want a person")
        .ask("opt_out", "billing")
        .accept()
        .agent("Hello, I look at order 48213 now.")
        .customer("thanks")
        .resolve("Policy", 60);
    let conversation = log.entries[0].0;
    let entries = log.entries.iter();
    let entries = entries.map(|(_, entry, texts)| (entry.clone(), texts.clone()));
    (conversation, entries.collect())
}

fn cell(table: Table, row: &[Cell], name: &str) -> Cell {
    let at = table.columns().iter().position(|it| it.name == name);
    row[at.unwrap_or_else(|| panic!("no column {name}"))].clone()
}

#[test]
fn every_row_has_a_cell_of_the_right_kind_for_each_column() {
    let (conversation, entries) = told();
    let story = Story {
        conversation,
        entries: &entries,
        with_texts: true,
    };
    for table in Table::ALL {
        let rows = rows(table, &story);
        assert!(!rows.is_empty(), "{}", table.name());
        for row in rows {
            assert_eq!(row.len(), table.columns().len(), "{}", table.name());
            for (cell, column) in row.iter().zip(table.columns()) {
                let kind = cell.kind();
                assert!(
                    kind.is_none_or(|kind| kind == column.kind),
                    "{}.{} is {cell:?}",
                    table.name(),
                    column.name
                );
            }
        }
    }
}

#[test]
fn names_of_columns_are_their_own() {
    for table in Table::ALL {
        let mut names: Vec<_> = table.columns().iter().map(|it| it.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), table.columns().len(), "{}", table.name());
    }
}

#[test]
fn a_handoff_is_told_from_its_request_to_its_end() {
    let (conversation, entries) = told();
    let story = Story {
        conversation,
        entries: &entries,
        with_texts: false,
    };
    let handoffs = rows(Table::Handoffs, &story);
    let [handoff] = handoffs.as_slice() else {
        panic!("{handoffs:?}")
    };
    let said = |name| cell(Table::Handoffs, handoff, name);
    assert_eq!(said("trigger"), Cell::Text("opt_out".to_owned()));
    assert_eq!(said("queue"), Cell::Text("billing".to_owned()));
    assert_eq!(said("end"), Cell::Text("resolved".to_owned()));
    assert_eq!(said("root_cause"), Cell::Text("Policy".to_owned()));
    assert_eq!(said("active_ms"), Cell::Integer(60_000));
    let (Cell::Instant(asked), Cell::Instant(replied), Cell::Instant(ended)) = (
        said("requested_at"),
        said("first_reply_at"),
        said("ended_at"),
    ) else {
        panic!("{handoff:?}")
    };
    assert!(asked <= replied && replied <= ended);
    let conversations = rows(Table::Conversations, &story);
    let counted = |name| cell(Table::Conversations, &conversations[0], name);
    assert_eq!(counted("customer_turns"), Cell::Integer(3));
    assert_eq!(counted("assistant_turns"), Cell::Integer(1));
    assert_eq!(counted("agent_turns"), Cell::Integer(1));
    assert_eq!(counted("handoffs"), Cell::Integer(1));
}

#[test]
fn what_people_wrote_leaves_only_where_it_is_asked_for() {
    let (conversation, entries) = told();
    for with_texts in [false, true] {
        let story = Story {
            conversation,
            entries: &entries,
            with_texts,
        };
        let all = Table::ALL.iter().flat_map(|table| rows(*table, &story));
        let words = all.flatten().filter(|cell| match cell {
            Cell::Text(text) => text.contains("48213") || text.contains("thanks"),
            _ => false,
        });
        assert_eq!(words.count(), if with_texts { 3 } else { 0 });
        let turns = rows(Table::Turns, &story);
        let length = cell(Table::Turns, &turns[0], "characters");
        assert_eq!(length, Cell::Integer(33));
    }
}
