//! Whole conversations of STAR: did the customer get annoyed, and how much did
//! the task take?

use std::collections::BTreeSet;

use segue_detect::measure::{Rank, RankPairs};
use segue_model::record::ConversationRecord;
use segue_model::signal::SignalKind;
use serde::Deserialize;
use serde_json::Value;

use super::figure::{Figure, Wrong, ranked};
use super::sets::{Measured, Sets, number};

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
}

/// The actions of a dialogue's turns.
#[derive(Debug, Deserialize)]
struct Actions {
    turns: Vec<Value>,
}

/// Measures both.
pub fn measure(sets: &Sets) -> anyhow::Result<Measured> {
    let path = format!("replay/star.{}", sets.split);
    let Some(lines) = sets.file::<Value>(&path)? else {
        return Ok(Measured::default());
    };
    let (mut highest, mut last, mut unprompted) = (Vec::new(), Vec::new(), Vec::new());
    let (mut pairs, mut wrong) = (Vec::new(), Vec::new());
    for line in lines {
        let actions = distinct_actions(&Actions::deserialize(&line)?);
        let dialogue = Dialogue::deserialize(line)?;
        let turns = sets.conversation(&dialogue.record);
        let complexity = turns
            .iter()
            .take(FIRST_TURNS)
            .filter_map(|turn| number(turn, SignalKind::Complexity))
            .fold(0.0_f64, f64::max);
        if !turns.is_empty() && actions > 0 {
            pairs.push((complexity, actions as f64));
        }
        let Some(is_annoyed) = dialogue.labels.user_annoyed else {
            continue;
        };
        let risks: Vec<f64> = turns
            .iter()
            .filter_map(|turn| number(turn, SignalKind::EscalationRisk))
            .collect();
        let most = risks.iter().copied().fold(0.0, f64::max);
        highest.push((is_annoyed, most));
        last.push((is_annoyed, risks.last().copied().unwrap_or(0.0)));
        if dialogue.labels.told_to_be_annoying != Some(true) {
            unprompted.push((is_annoyed, most));
        }
        if is_annoyed != (most >= 0.5) {
            wrong.push(Wrong {
                text: dialogue.record.conversation_id,
                is_true: is_annoyed,
                score: most,
            });
        }
    }
    let risk = |name: &str, rows: &[(bool, f64)]| ranked("escalation_risk", name, rows);
    let note = "by the highest risk of a turn";
    let unasked = "the same without those told to be annoying";
    Ok(Measured {
        curves: Vec::new(),
        figures: vec![
            risk("star, annoyed", &highest).with_note(note),
            risk("star, annoyed unprompted", &unprompted).with_note(unasked),
            risk("star, annoyed, last turn", &last).with_note("by the risk of the last turn"),
            correlation(&pairs),
        ],
        wrong: vec![("escalation_risk", "star, annoyed".to_owned(), wrong)],
    })
}

fn distinct_actions(dialogue: &Actions) -> usize {
    let actions = dialogue.turns.iter();
    let actions: BTreeSet<&str> = actions
        .filter_map(|turn| turn.get("action")?.as_str())
        .collect();
    actions.len()
}

/// Rank correlation of the first turns' complexity with the number of actions.
fn correlation(pairs: &[(f64, f64)]) -> Figure {
    let ranks = RankPairs::new(pairs);
    let of = |counts: &[u32]| ranks.spearman(counts);
    let mut figure = Figure::new(
        "complexity",
        "star, distinct actions",
        "spearman",
        pairs.len(),
        |counts| of(counts).map(|rank| rank.rho),
    );
    if let Some(Rank { rho, p_value }) = of(&vec![1; pairs.len()]) {
        figure.is_met = Some(rho > 0.0 && p_value < 0.05);
        figure.note = Some(if p_value < 0.001 {
            "p < 0.001".to_owned()
        } else {
            format!("p = {p_value:.3}")
        });
        figure.also.insert("p_value", p_value);
    }
    figure
}
