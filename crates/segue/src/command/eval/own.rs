//! Our own labelled texts, the half that is kept for judging: wishes and states
//! beside texts that merely use the same words.

use std::collections::BTreeMap;

use segue_model::signal::{SignalKind, SignalName};

use super::figure::YesNo;
use super::sets::{Measured, Sets, any, is_on, kind};

/// What each set is judged by: any of these signals.
struct Question {
    signal: &'static str,
    set: &'static str,
    names: Vec<SignalName>,
}

fn questions() -> [Question; 5] {
    let question = |signal, set, names| Question { signal, set, names };
    [
        question("opt_out", "opt_out", vec![kind(SignalKind::OptOut)]),
        question(
            "compliance",
            "legal_threat",
            vec![kind(SignalKind::ComplianceLegalThreat)],
        ),
        question(
            "compliance",
            "privacy",
            vec![
                SignalName::Topic("privacy_data".into()),
                kind(SignalKind::ComplianceDataDeletion),
            ],
        ),
        question("distress", "distress", vec![kind(SignalKind::Distress)]),
        question("frustration", "frustration", super::mood::anger().to_vec()),
    ]
}

/// Measures all of them but the topics, whole, by language and by kind.
pub fn measure(sets: &Sets) -> anyhow::Result<Measured> {
    let mut measured = Measured::default();
    for question in questions() {
        let Some(rows) = sets.own(question.set)? else {
            continue;
        };
        let mut all = YesNo::default();
        let mut parts: BTreeMap<String, YesNo> = BTreeMap::new();
        let mut kinds: BTreeMap<(bool, String), YesNo> = BTreeMap::new();
        for row in &rows {
            let found = any(&sets.single(&row.text), &question.names);
            let is_true = is_on(&row.label);
            all.add(is_true, found, &row.text);
            let language = parts.entry(row.language().to_owned()).or_default();
            language.add(is_true, found, &row.text);
            let of_kind = kinds.entry((is_true, row.kind.clone())).or_default();
            of_kind.add(is_true, found, &row.text);
        }
        let (signal, name) = (question.signal, format!("own {}", question.set));
        measured.figures.push(all.f1(signal, &name));
        let near = format!("{name}, near misses");
        measured.figures.push(all.fired(signal, &near));
        measured.curves.push(all.curve(signal, &name));
        for (part, count) in &parts {
            let figure = count.f1(signal, &format!("{name}, {part}"));
            measured.figures.push(figure.into_part());
        }
        for ((is_true, kind), count) in &kinds {
            let name = format!("{name}, kind {kind}");
            let figure = if *is_true {
                count.recall(signal, &name)
            } else {
                count.fired(signal, &name)
            };
            measured.figures.push(figure.into_part());
        }
        measured.wrong.push((signal, name, all.wrong));
    }
    Ok(measured)
}
