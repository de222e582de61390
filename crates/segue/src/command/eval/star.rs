//! Whole conversations of STAR: did the customer get annoyed, and how much did
//! the task take?

use std::collections::BTreeSet;

use segue_detect::measure::{Rank, RankPairs};
use segue_detect::risk::learn::{self, Judged};
use segue_model::record::ConversationRecord;
use segue_model::signal::SignalKind;
use serde::Deserialize;
use serde_json::Value;

use super::figure::{Figure, Wrong, ranked};
use super::sets::{Measured, Sets, is_on, number};

/// How many turns a first impression takes.
const FIRST_TURNS: usize = 2;

#[derive(Debug, Deserialize)]
struct Dialogue {
    #[serde(flatten)]
    record: ConversationRecord,
    #[serde(default)]
    labels: Labels,
}

#[derive(Debug, Default, Deserialize)]
struct Labels {
    #[serde(default)]
    user_annoyed: Option<bool>,
    #[serde(default)]
    told_to_be_annoying: Option<bool>,
    #[serde(default)]
    tasks: Vec<String>,
}

/// What a line says beside the record.
#[derive(Debug, Deserialize)]
struct Marks {
    turns: Vec<Value>,
}

/// In how many parts the conversations are split, where the model has learned from them.
const PARTS: usize = 5;
/// The split that the model which ships has learned from.
const LEARNED: &str = "dev";

/// A line with what is asked of it.
struct Line {
    id: String,
    tasks: String,
    is_told: bool,
    dialogue: learn::Dialogue,
    /// What the shipped model says.
    shipped: Judged,
}

/// The conversations to learn from; `None` where there are none.
pub fn dialogues(lines: Vec<Value>) -> anyhow::Result<Vec<learn::Dialogue>> {
    let read = lines.into_iter().map(|line| Ok(read(line)?.0));
    read.collect()
}

fn read(line: Value) -> anyhow::Result<(learn::Dialogue, Dialogue)> {
    let marks = Marks::deserialize(&line)?;
    let mut dialogue = Dialogue::deserialize(line)?;
    // A live assistant says that it fell back; here the set says it.
    for (turn, marks) in dialogue.record.turns.iter_mut().zip(&marks.turns) {
        let is_fallback = marks.pointer("/labels/bot_fallback").is_some_and(is_on);
        turn.fallback = is_fallback.then_some(true);
    }
    let turns = dialogue.record.turns.iter();
    let learned = learn::Dialogue {
        turns: turns
            .map(|turn| (turn.role, turn.text.clone(), turn.fallback == Some(true)))
            .collect(),
        is_annoyed: dialogue.labels.user_annoyed,
        actions: Some(distinct_actions(&marks)),
    };
    Ok((learned, dialogue))
}

/// Measures both. Of conversations that the shipped model has learned from, the
/// figures are those of models that have learned from others.
pub fn measure(sets: &Sets) -> anyhow::Result<Measured> {
    let path = format!("replay/star.{}", sets.split);
    let Some(lines) = sets.file::<Value>(&path)? else {
        return Ok(Measured::default());
    };
    let mut all = Vec::new();
    for line in lines {
        let (dialogue, of) = read(line)?;
        let turns = sets.conversation(&of.record);
        let numbers = |kind| turns.iter().filter_map(|turn| number(turn, kind)).collect();
        all.push(Line {
            shipped: Judged {
                risks: numbers(SignalKind::EscalationRisk),
                complexities: numbers(SignalKind::Complexity),
            },
            id: of.record.conversation_id,
            tasks: of.labels.tasks.join("+"),
            is_told: of.labels.told_to_be_annoying == Some(true),
            dialogue,
        });
    }
    let shipped: Vec<Judged> = all.iter().map(|line| line.shipped.clone()).collect();
    if sets.split != LEARNED {
        return Ok(Measured {
            curves: Vec::new(),
            figures: figures(&all, &shipped, "", "the shipped model"),
            wrong: vec![wrong(&all, &shipped)],
        });
    }
    let dialogues: Vec<learn::Dialogue> = all.iter().map(|line| line.dialogue.clone()).collect();
    let prepared = learn::Prepared::new(&dialogues);
    let folds: Vec<usize> = (0..all.len()).map(|at| at % PARTS).collect();
    let mut tasks: Vec<&str> = all.iter().map(|line| line.tasks.as_str()).collect();
    tasks.sort_unstable();
    tasks.dedup();
    let of_tasks: Vec<usize> = all
        .iter()
        .map(|line| tasks.partition_point(|task| *task < line.tasks.as_str()) % PARTS)
        .collect();
    let judged = prepared.judged(&folds);
    let strange = prepared.judged(&of_tasks);
    let mut all_figures = figures(&all, &judged, "", "learned from other conversations");
    all_figures.extend(figures(
        &all,
        &strange,
        ", other tasks",
        "learned from conversations about other tasks",
    ));
    all_figures.extend(figures(
        &all,
        &shipped,
        ", learned from",
        "the shipped model, which has learned from these",
    ));
    Ok(Measured {
        curves: Vec::new(),
        figures: all_figures,
        wrong: vec![wrong(&all, &judged)],
    })
}

fn figures(all: &[Line], judged: &[Judged], suffix: &str, how: &str) -> Vec<Figure> {
    let (mut last, mut highest, mut unprompted) = (Vec::new(), Vec::new(), Vec::new());
    let mut pairs = Vec::new();
    for (line, judged) in all.iter().zip(judged) {
        let first = judged.complexities.iter().take(FIRST_TURNS).copied();
        let actions = line.dialogue.actions.unwrap_or(0);
        if !judged.complexities.is_empty() && actions > 0 {
            pairs.push((first.fold(0.0, f64::max), actions as f64));
        }
        let Some(is_annoyed) = line.dialogue.is_annoyed else {
            continue;
        };
        let at_last = judged.risks.last().copied().unwrap_or(0.0);
        last.push((is_annoyed, at_last));
        highest.push((is_annoyed, judged.risks.iter().copied().fold(0.0, f64::max)));
        if !line.is_told {
            unprompted.push((is_annoyed, at_last));
        }
    }
    let risk = |name: &str, rows: &[(bool, f64)], note: &str| {
        ranked("escalation_risk", &format!("star, {name}{suffix}"), rows).with_note(note)
    };
    vec![
        risk(
            "annoyed",
            &last,
            &format!("by the risk of the last turn; {how}"),
        ),
        risk(
            "annoyed unprompted",
            &unprompted,
            "the same without those told to be annoying",
        ),
        risk(
            "annoyed, highest",
            &highest,
            "by the highest risk of a turn",
        ),
        correlation(&pairs, suffix, how),
    ]
}

fn wrong(all: &[Line], judged: &[Judged]) -> (&'static str, String, Vec<Wrong>) {
    let of = |(line, judged): (&Line, &Judged)| {
        let is_true = line.dialogue.is_annoyed?;
        let score = judged.risks.last().copied().unwrap_or(0.0);
        (is_true != (score >= 0.5)).then(|| Wrong {
            text: line.id.clone(),
            is_true,
            score,
        })
    };
    let rows = all.iter().zip(judged).filter_map(of).collect();
    ("escalation_risk", "star, annoyed".to_owned(), rows)
}

fn distinct_actions(dialogue: &Marks) -> usize {
    let actions = dialogue.turns.iter();
    let actions: BTreeSet<&str> = actions
        .filter_map(|turn| turn.get("action")?.as_str())
        .collect();
    actions.len()
}

/// Rank correlation of the first turns' complexity with the number of actions.
fn correlation(pairs: &[(f64, f64)], suffix: &str, how: &str) -> Figure {
    let ranks = RankPairs::new(pairs);
    let of = |counts: &[u32]| ranks.spearman(counts);
    let mut figure = Figure::new(
        "complexity",
        &format!("star, distinct actions{suffix}"),
        "spearman",
        pairs.len(),
        |counts| of(counts).map(|rank| rank.rho),
    );
    if let Some(Rank { rho, p_value }) = of(&vec![1; pairs.len()]) {
        if figure.aim.is_some() {
            figure.is_met = Some(rho > 0.0 && p_value < 0.05);
        }
        figure.note = Some(if p_value < 0.001 {
            format!("p < 0.001; {how}")
        } else {
            format!("p = {p_value:.3}; {how}")
        });
        figure.also.insert("p_value", p_value);
    }
    figure
}
