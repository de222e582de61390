//! Is it the same question again, and for the third time?

use segue_model::signal::{SignalKind, Signals};

use super::curve::Curve;
use super::figure::{Wrong, YesNo, ranked, share};
use super::sets::{Measured, Sets, present};

const SIGNAL: &str = "repeat_count";
/// How many turns of one concern make a loop.
const LOOP_AT: f64 = 3.0;

/// Measures both.
pub fn measure(sets: &Sets) -> anyhow::Result<Measured> {
    let mut measured = Measured::default();
    loops(sets, &mut measured)?;
    pairs(sets, &mut measured)?;
    Ok(measured)
}

/// Count and strength of the signal.
fn repeats(signals: &Signals) -> (f64, f64) {
    present(signals.get(SignalKind::RepeatCount))
        .map_or((0.0, 0.0), |signal| (signal.value.number(), signal.score))
}

fn loops(sets: &Sets, measured: &mut Measured) -> anyhow::Result<()> {
    let Some(rows) = sets.rows("loop_sessions")? else {
        return Ok(());
    };
    let (mut all, mut exact) = (YesNo::default(), Vec::new());
    let mut highest = Vec::new();
    for row in &rows {
        let turns: Vec<&str> = row.turns.iter().map(String::as_str).collect();
        let seen: Vec<(f64, f64)> = sets.session(&turns).iter().map(repeats).collect();
        let first = seen.iter().position(|(count, _)| *count >= LOOP_AT);
        let best = seen
            .iter()
            .fold(0.0_f64, |best, (_, score)| best.max(*score));
        let most = seen
            .iter()
            .fold(0.0_f64, |most, (count, _)| most.max(*count));
        highest.push((row.looped == 1, most));
        let text = row.turns.join(" / ");
        all.add(row.looped == 1, (first.is_some(), best), &text);
        if row.looped == 1 {
            exact.push(first.is_some() && first == row.third_at);
        }
    }
    measured.figures.push(all.f1(SIGNAL, "loop_sessions"));
    measured.figures.push(all.fired(SIGNAL, "loop_sessions"));
    let exact = share(SIGNAL, "loop_sessions", "third_turn", &exact);
    measured.figures.push(exact);
    let curve = Curve::new(SIGNAL, "loop_sessions", &[2.0, 3.0, 4.0], &highest);
    measured.curves.push(curve);
    let wrong = (SIGNAL, "loop_sessions".to_owned(), all.wrong);
    measured.wrong.push(wrong);
    Ok(())
}

/// Pairs of questions: how strongly the second counts as a repeat of the first.
fn pairs(sets: &Sets, measured: &mut Measured) -> anyhow::Result<()> {
    let Some(rows) = sets.rows("same_question")? else {
        return Ok(());
    };
    let (mut all, mut random, mut hard) = (Vec::new(), Vec::new(), Vec::new());
    let mut wrong = Vec::new();
    for row in &rows {
        let signals = sets.session(&[&row.a, &row.b]);
        let (count, score) = signals.last().map_or((0.0, 0.0), repeats);
        let is_true = super::sets::is_on(&row.label);
        all.push((is_true, score));
        if row.how.ends_with("random") {
            random.push((is_true, score));
        } else {
            hard.push((is_true, score));
        }
        if is_true != (count >= 2.0) {
            wrong.push(Wrong {
                text: format!("{} / {}", row.a, row.b),
                is_true,
                score,
            });
        }
    }
    for (name, rows) in [
        ("same_question", &all),
        ("same_question, random pairs", &random),
        ("same_question, hard pairs", &hard),
    ] {
        measured.figures.push(ranked(SIGNAL, name, rows));
    }
    let wrong = (SIGNAL, "same_question".to_owned(), wrong);
    measured.wrong.push(wrong);
    Ok(())
}
