//! Is a message none of the workspace's business?

use segue_detect::Scope;

use super::curve::{Curve, SCORES};
use super::figure::{Figure, Wrong, ranked};
use super::sets::{Measured, Row, Sets};

const SIGNAL: &str = "out_of_scope";
/// The intent that stands for no intent.
const FOREIGN: &str = "oos";

/// Measures it, first without any example of what is foreign, then with those
/// of the training split: what a workspace has once its people have marked some.
pub fn measure(sets: &Sets) -> anyhow::Result<Measured> {
    let mut measured = Measured::default();
    for (set, near) in [("clinc150", None), ("banking77_oos", Some("id-oos"))] {
        let (Some(train), Some(rows)) = (sets.train(set)?, sets.rows(set)?) else {
            continue;
        };
        let (outside, inside): (Vec<&Row>, Vec<&Row>) =
            train.iter().partition(|row| is_foreign(row));
        let examples: Vec<(&str, &str)> = inside
            .iter()
            .map(|row| (row.intent.as_str(), row.text.as_str()))
            .collect();
        let outside: Vec<&str> = outside.iter().map(|row| row.text.as_str()).collect();
        for (told, suffix) in [(&[][..], ""), (outside.as_slice(), ", foreign ones told")] {
            let Some(scope) = Scope::with_outside(&examples, told) else {
                continue;
            };
            let judged: Vec<(&Row, f64)> = rows
                .iter()
                .map(|row| (row, scope.score(&row.text)))
                .collect();
            for kind in near.map_or(vec![""], |near| vec![near, "ood-oos"]) {
                let name = match kind {
                    "" => set.to_owned(),
                    "id-oos" => format!("{set}, near"),
                    _ => format!("{set}, far"),
                };
                measured
                    .figures
                    .push(figure(&format!("{name}{suffix}"), &judged, kind));
            }
            let rows: Vec<(bool, f64)> = judged
                .iter()
                .map(|(row, score)| (is_foreign(row), *score))
                .collect();
            let name = format!("{set}{suffix}");
            measured
                .curves
                .push(Curve::new(SIGNAL, name.as_str(), SCORES, &rows));
            measured.wrong.push((SIGNAL, name, wrong(&judged)));
        }
    }
    Ok(measured)
}

fn is_foreign(row: &Row) -> bool {
    row.intent == FOREIGN || row.kind.ends_with(FOREIGN)
}

/// What belongs against what is foreign in one way.
fn figure(name: &str, judged: &[(&Row, f64)], kind: &str) -> Figure {
    let rows: Vec<(bool, f64)> = judged
        .iter()
        .filter(|(row, _)| !is_foreign(row) || kind.is_empty() || row.kind == kind)
        .map(|(row, score)| (is_foreign(row), *score))
        .collect();
    ranked(SIGNAL, name, &rows)
}

fn wrong(judged: &[(&Row, f64)]) -> Vec<Wrong> {
    let wrong = judged
        .iter()
        .filter(|(row, score)| is_foreign(row) != (*score >= 0.5));
    wrong
        .map(|(row, score)| Wrong {
            text: row.text.clone(),
            is_true: is_foreign(row),
            score: *score,
        })
        .collect()
}
