//! Sentences for the people who decide.

use super::TuneRequest;
use super::certify::Tested;
use super::monitor::percent;
use super::report::TableRow;

/// "1 in 10", where the share is one of a whole number.
fn in_words(share: f64) -> String {
    let times = 1.0 / share;
    if (times - times.round()).abs() < 0.01 {
        format!("1 in {times:.0}")
    } else {
        format!("{} in 100", percent(share))
    }
}

/// What the threshold means, and what the next lower one would have brought.
pub(super) fn meaning(
    request: &TuneRequest,
    threshold: f64,
    table: &[TableRow],
    per_day: Option<f64>,
) -> String {
    let sure = percent(1.0 - request.delta);
    let mut sentence = format!(
        "On the answers we checked, setting {threshold:.2} keeps us {sure} % sure that fewer than {} of the assistant's answers are wrong",
        in_words(request.alpha)
    );
    let here = table
        .iter()
        .find(|row| (row.threshold - threshold).abs() < 1e-9);
    let lower = table.iter().find(|row| row.threshold < threshold - 1e-9);
    if let (Some(here), Some(lower)) = (here, lower) {
        // Without times, by the thousand answers.
        let (all, of) = match per_day {
            Some(all) => (all, "chats a day"),
            None => (1_000.0, "of every 1,000 chats"),
        };
        let fewer = ((lower.answered - here.answered) * all).round();
        let fewer = match fewer as u64 {
            0 => "hardly fewer chats".to_owned(),
            many => format!("about {many} fewer {of}"),
        };
        if lower.certified {
            sentence.push_str(&format!(
                "; {:.2} could be promised too and would send {fewer} to people, but a threshold is lowered one step at a time",
                lower.threshold
            ));
        } else {
            sentence.push_str(&format!(
                "; going down to {:.2} would send {fewer} to people, but the evidence is not there yet to promise the same quality",
                lower.threshold
            ));
        }
    }
    sentence.push('.');
    sentence
}

pub(super) fn kept(accept: f64) -> String {
    format!("Keep {accept:.2}: nothing can be promised of any threshold yet.")
}

pub(super) fn kept_for_the_step(accept: f64, wished: f64) -> String {
    format!(
        "Keep {accept:.2}: {wished:.2} could be promised, but that is more than a step of 0.05 lower, and nothing in between was tested."
    )
}

pub(super) fn held_by_cost(certified: f64, wished: f64) -> String {
    format!(
        "{certified:.2} could be promised, but below {wished:.2} an answer costs more than a person."
    )
}

pub(super) fn held_by_step(wished: f64, near: f64) -> String {
    format!(
        "The labels bear {wished:.2}. A threshold is lowered by at most 0.05 a week, so that what follows is seen: {near:.2} is this week's step."
    )
}

pub(super) fn too_few(labels: u64, at: &Tested, needed: u64, floor: u64) -> String {
    let start = at.threshold;
    if labels == 0 {
        return format!(
            "No answer has been checked yet. About {needed} checked answers with a score of {start:.2} or more are needed; with fewer than {floor} not even a clean record proves anything."
        );
    }
    let answers = match at.graded {
        1 => "One checked answer is".to_owned(),
        many => format!("{many} checked answers are"),
    };
    format!(
        "{answers} too little with a score of {start:.2} or more: below {floor} not even a clean record proves anything, and as answers go here it takes about {needed} more for a promise."
    )
}

pub(super) fn not_yet(at: &Tested, alpha: f64, needed: u64) -> String {
    format!(
        "Of {} checked answers with a score of {:.2} or more, {} were wrong. That may well be fewer than {}, but it is not proved yet; about {needed} more labels would do it, if it goes on like this.",
        at.graded,
        at.threshold,
        at.wrong,
        in_words(alpha)
    )
}

pub(super) fn too_many(at: &Tested, alpha: f64) -> String {
    format!(
        "Even of the {} checked answers with a score of {:.2} or more, {} were wrong. No threshold of this score keeps it below {}: what is wrong is in the knowledge or the assistant, or the promise is too strict.",
        at.graded,
        at.threshold,
        at.wrong,
        in_words(alpha)
    )
}
