//! Whether the promise still holds: a sequential test that may be looked at every day
//! (`science.md` §2.5). A weekly test of significance gives a false alarm in one of four
//! half-years; this one, at an error of just `alpha`, one in a thousand labels at most.

use serde::Serialize;

use super::GradedAnswer;

/// How much is bet on an excess of wrong answers.
const STAKE: f64 = 2.0;
/// The capital at which it alarms; on average it takes as many labels to get there by
/// chance alone.
const ALARM: f64 = 1_000.0;

/// The alarm.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alarm {
    /// Whether it has ever reached the level of alarm in the window.
    pub fired: bool,
    /// Where it stands now, from 1.
    pub level: f64,
    /// For people.
    pub sentence: String,
}

/// The restarted e-CUSUM over answers that customers saw, in the order in which they were
/// judged: M = max(1, M) · (1 + 2 (wrong − alpha)).
pub fn alarm(rows: &[&GradedAnswer], accept: f64, alpha: f64) -> Alarm {
    let said = rows
        .iter()
        .filter(|row| row.was_shown && row.score >= accept - 1e-9);
    let mut labelled: Vec<(_, _, bool)> = said
        .filter_map(|row| Some((row.graded_at.unwrap_or(row.at), row.lot(), row.label()?)))
        .collect();
    // What was judged at the same instant comes in an order that no label decides.
    labelled.sort_unstable_by_key(|(at, lot, _)| (*at, *lot));
    let (mut level, mut most) = (1.0_f64, 1.0_f64);
    for (_, _, wrong) in &labelled {
        let wrong = f64::from(u8::from(*wrong));
        level = level.max(1.0) * (1.0 + STAKE * (wrong - alpha));
        most = most.max(level);
    }
    let fired = most >= ALARM;
    let sentence = if labelled.is_empty() {
        "Nothing that customers saw has been checked yet, so nothing watches over it.".to_owned()
    } else if fired {
        format!(
            "More of the answers that customers saw are wrong than {} %: too many to be chance. Raise the threshold now, then look for what has changed.",
            percent(alpha)
        )
    } else {
        "Nothing speaks for more wrong answers than were promised.".to_owned()
    };
    Alarm {
        fired,
        level,
        sentence,
    }
}

pub(super) fn percent(share: f64) -> String {
    let percent = share * 100.0;
    if (percent - percent.round()).abs() < 0.05 {
        format!("{percent:.0}")
    } else {
        format!("{percent:.1}")
    }
}
