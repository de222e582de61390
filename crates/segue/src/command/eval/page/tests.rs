#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing
)]

use super::{
    BEGIN, END, HEAD, PARTS_HEAD, PARTS_RULE, RULE, block, print_wrong, replaced, wrong_block,
};
use crate::command::eval::aims;
use crate::command::eval::figure::{Wrong, YesNo};

fn page() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/DETECTORS.md");
    std::fs::read_to_string(path).unwrap()
}

/// The generated part of a page, as rows of cells of its two tables.
fn tables(page: &str) -> [Vec<Vec<String>>; 2] {
    let (_, rest) = page.split_once(BEGIN).expect("the block begins");
    let (block, _) = rest.split_once(END).expect("the block ends");
    let (whole, parts) = block.split_once("\n\n").unwrap_or((block, ""));
    [(whole, HEAD, RULE), (parts, PARTS_HEAD, PARTS_RULE)].map(|(table, head, rule)| {
        let mut lines = table.trim().lines();
        if !table.is_empty() {
            assert_eq!((lines.next(), lines.next()), (Some(head), Some(rule)));
        }
        let cells = |line: &str| {
            let inside = line
                .strip_prefix("| ")
                .and_then(|line| line.strip_suffix(" |"));
            let inside = inside.unwrap_or_else(|| panic!("no row: {line}"));
            inside
                .split(" | ")
                .map(|cell| cell.trim().to_owned())
                .collect()
        };
        lines.map(cells).collect()
    })
}

#[test]
fn the_page_holds_every_figure_with_its_interval_and_verdict() {
    let [whole, parts] = tables(&page());
    for row in &whole {
        assert_eq!(row.len(), 10, "{row:?}");
        let value: f64 = row[4].parse().unwrap_or_else(|_| panic!("{row:?}"));
        let (low, high) = row[5]
            .split_once(" to ")
            .unwrap_or_else(|| panic!("{row:?}"));
        let (low, high): (f64, f64) = (low.parse().unwrap(), high.parse().unwrap());
        assert!(low <= value + 0.02 && value <= high + 0.02, "{row:?}");
        let has_aim = !row[7].is_empty();
        assert_eq!(
            has_aim,
            ["met", "short"].contains(&row[8].as_str()),
            "{row:?}"
        );
    }
    assert!(!parts.is_empty(), "by language and source");
    for row in &parts {
        assert_eq!(row.len(), 7, "{row:?}");
    }
    for goal in aims::GOALS {
        let found = whole
            .iter()
            .filter(|row| row[1] == goal.name && row[2] == goal.measure);
        assert_eq!(found.count(), 1, "{goal:?}");
    }
}

#[test]
fn only_the_marked_part_of_a_page_is_replaced() {
    let page = format!("# Head\n\nabove\n\n{BEGIN}\nold\n{END}\n\nbelow\n");
    let new = replaced(&page, (BEGIN, END), "new\n").unwrap();
    assert_eq!(
        new,
        format!("# Head\n\nabove\n\n{BEGIN}\nnew\n{END}\n\nbelow\n")
    );
    assert_eq!(replaced(&new, (BEGIN, END), "new\n").unwrap(), new);
    assert_eq!(replaced("no marks", (BEGIN, END), "new"), None);
}

#[test]
fn figures_become_rows() {
    let mut count = YesNo::default();
    for (is_true, fired) in [(true, true), (true, true), (true, false), (false, false)] {
        count.add(is_true, (fired, f64::from(u8::from(fired))), "text");
    }
    let figures = [
        count.f1("opt_out", "human_request"),
        count.f1("opt_out", "human_request, en").into_part(),
    ];
    let [whole, parts] = tables(&format!("{BEGIN}\n{}{END}", block(&figures)));
    assert_eq!(
        whole[0][..5],
        ["opt_out", "human_request", "f1", "4", "0.800"]
    );
    assert_eq!(whole[0][6..], ["0.78", "≥ 0.90", "short", "P 1.00, R 0.67"]);
    assert_eq!(
        parts[0][..5],
        ["opt_out", "human_request, en", "f1", "4", "0.800"]
    );
}

#[test]
fn what_was_judged_wrongly_is_listed_the_worst_first() {
    let wrong = |text: &str, is_true, score| Wrong {
        text: text.to_owned(),
        is_true,
        score,
    };
    let rows = [
        wrong("nearly", true, 0.4),
        wrong("far off", true, 0.1),
        wrong("loud", false, 0.9),
        wrong("soft", false, 0.6),
    ];
    let mut out = Vec::new();
    print_wrong(&mut out, "opt_out", "a set", &rows, 3).unwrap();
    let text = String::from_utf8(out).unwrap();
    let places =
        ["2 missed, 2 wrongly fired", "far off", "loud", "nearly"].map(|words| text.find(words));
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{text}"
    );
    assert!(!text.contains("soft"), "{text}");
}

#[test]
fn only_our_own_texts_stand_on_a_page() {
    let rows = |text: &str| {
        vec![Wrong {
            text: text.to_owned(),
            is_true: true,
            score: 0.1,
        }]
    };
    let block = wrong_block(&[
        (
            "opt_out",
            "human_request".to_owned(),
            rows("somebody else's"),
        ),
        ("opt_out", "own opt_out".to_owned(), rows("ours | <b>")),
    ]);
    assert!(!block.contains("somebody"), "{block}");
    assert!(
        block.contains("| missed | 0.10 | ours \\| &lt;b> |"),
        "{block}"
    );
}
