//! Does the customer ask for a person?

use std::collections::BTreeMap;

use segue_model::signal::SignalKind;

use super::figure::YesNo;
use super::sets::{Measured, Sets, flag, is_on, kind};

const SIGNAL: &str = "opt_out";
/// Parts with fewer wishes than this have no F1 of their own.
const POSITIVES_MIN: usize = 5;

/// Measures it on the public set, whole and in parts.
pub fn measure(sets: &Sets) -> anyhow::Result<Measured> {
    let Some(rows) = sets.rows("human_request")? else {
        return Ok(Measured::default());
    };
    let (mut all, mut hard) = (YesNo::default(), YesNo::default());
    let mut parts: BTreeMap<String, YesNo> = BTreeMap::new();
    for row in rows.iter().filter(|row| !row.label.is_null()) {
        let found = flag(&sets.single(&row.text), &kind(SignalKind::OptOut));
        let is_true = is_on(&row.label);
        all.add(is_true, found, &row.text);
        if is_on(&row.hard_negative) {
            hard.add(false, found, &row.text);
        }
        let source = row.source.as_deref().unwrap_or("unknown");
        for part in [row.language().to_owned(), format!("from {source}")] {
            parts
                .entry(part)
                .or_default()
                .add(is_true, found, &row.text);
        }
    }
    let mut figures = vec![
        all.f1(SIGNAL, "human_request"),
        hard.fired(SIGNAL, "human_request, hard negatives"),
    ];
    for (part, count) in &parts {
        let name = format!("human_request, {part}");
        figures.push(if count.positives() >= POSITIVES_MIN {
            count.f1(SIGNAL, &name).into_part()
        } else {
            count.fired(SIGNAL, &name).into_part()
        });
    }
    Ok(Measured {
        curves: vec![all.curve(SIGNAL, "human_request")],
        figures,
        wrong: vec![(SIGNAL, "human_request".to_owned(), all.wrong)],
    })
}
