//! A threshold for people: the recommendation first, then what it rests on.

use std::io::Write;

use segue_insight::tune::{CurvePoint, TuneReport};

/// The plot's size, in characters.
const WIDTH: usize = 60;
const HEIGHT: usize = 12;

pub(super) fn print(out: &mut impl Write, report: &TuneReport) -> anyhow::Result<()> {
    let recommendation = &report.recommendation;
    match recommendation.threshold {
        Some(threshold) => writeln!(
            out,
            "Recommended threshold: {threshold:.2} (now {:.2})",
            report.accept
        )?,
        None => writeln!(
            out,
            "No threshold can be promised yet (now {:.2}).",
            report.accept
        )?,
    }
    if let Some(refusal) = &report.refusal {
        writeln!(out, "{}", refusal.sentence)?;
    } else {
        writeln!(out, "{}", recommendation.sentence)?;
    }
    if let Some(held_back) = &recommendation.held_back {
        writeln!(out, "{held_back}")?;
    }
    let graded = report.graded;
    writeln!(
        out,
        "\n{} answers; checked: {} that customers saw, {} held back, {} undecided",
        report.answers, graded.shown, graded.withheld, graded.unsure
    )?;
    plot(out, report)?;
    table(out, report)?;
    for topic in &report.by_topic {
        let threshold = topic
            .threshold
            .map_or_else(|| "–".to_owned(), |it| format!("{it:.2}"));
        writeln!(
            out,
            "  topic {:<20} {threshold:>5}  ({} of {} checked were wrong)",
            topic.topic, topic.wrong, topic.graded
        )?;
    }
    if let Some(cost) = report.cost_threshold {
        writeln!(out, "\nBelow {cost:.2} an answer costs more than a person.")?;
    }
    if let Some((own, above)) = report.aurc.zip(report.e_aurc) {
        writeln!(
            out,
            "\nArea under the curve {own:.3}, {above:.3} above that of a score that puts every wrong answer last."
        )?;
    }
    for outcome in report.outcomes.iter().filter(|outcome| outcome.count > 0) {
        writeln!(
            out,
            "  {:>6}  {} (watched, proves nothing)",
            outcome.count, outcome.what
        )?;
    }
    writeln!(out, "\n{}", report.alarm.sentence)?;
    if let Some(certificate) = &recommendation.certificate {
        writeln!(
            out,
            "Certificate {}: {} labels, at most {} wrong with {} confidence{}.",
            certificate.hash,
            certificate.graded,
            percent(certificate.alpha),
            percent(1.0 - certificate.delta),
            certificate
                .expires_at
                .as_deref()
                .map_or_else(String::new, |until| format!(
                    ", until {}",
                    until.get(..10).unwrap_or(until)
                ))
        )?;
    }
    week(out, report)
}

/// Risk over coverage: to the right more is answered, upwards more of it is wrong.
fn plot(out: &mut impl Write, report: &TuneReport) -> anyhow::Result<()> {
    let points: Vec<(&CurvePoint, f64)> = report
        .curve
        .iter()
        .filter_map(|point| point.wrong.map(|wrong| (point, wrong)))
        .collect();
    if points.len() < 2 {
        return Ok(());
    }
    let highest = points
        .iter()
        .map(|(_, wrong)| *wrong)
        .fold(report.alpha * 1.5, f64::max);
    let row_of = |share: f64| ((1.0 - share / highest) * (HEIGHT - 1) as f64).round() as usize;
    let column_of = |share: f64| (share * (WIDTH - 1) as f64).round() as usize;
    let mut grid = vec![vec![' '; WIDTH]; HEIGHT];
    let mut put = |row: usize, column: usize, sign: char| {
        if let Some(cell) = grid.get_mut(row).and_then(|row| row.get_mut(column)) {
            *cell = sign;
        }
    };
    for column in 0..WIDTH {
        put(row_of(report.alpha), column, '·');
    }
    for (point, wrong) in &points {
        put(row_of(*wrong), column_of(point.answered), '•');
    }
    let marks = [
        (Some(report.accept), 'o'),
        (report.recommendation.threshold, '◆'),
    ];
    for (threshold, sign) in marks {
        let found = threshold.and_then(|threshold| {
            let mut points = points.iter();
            points.find(|(point, _)| (point.threshold - threshold).abs() < 5e-3)
        });
        if let Some((point, wrong)) = found {
            put(row_of(*wrong), column_of(point.answered), sign);
        }
    }
    writeln!(out, "\nwrong")?;
    for (row, line) in grid.iter().enumerate() {
        let share = highest * (1.0 - row as f64 / (HEIGHT - 1) as f64);
        let line: String = line.iter().collect();
        writeln!(out, "{:>5.1} % │{}", share * 100.0, line.trim_end())?;
    }
    writeln!(out, "        └{}", "─".repeat(WIDTH))?;
    writeln!(out, "         0 % {:>w$}", "answered 100 %", w = WIDTH - 4)?;
    writeln!(
        out,
        "         ◆ recommended  o now  · {} wrong",
        percent(report.alpha)
    )?;
    Ok(())
}

fn table(out: &mut impl Write, report: &TuneReport) -> anyhow::Result<()> {
    if report.table.iter().all(|row| row.graded == 0) {
        return Ok(());
    }
    writeln!(
        out,
        "\n{:>9} {:>8} {:>7} {:>8} {:>8} {:>9} {:>8}  promise",
        "threshold", "checked", "wrong", "share", "at most", "answered", "p"
    )?;
    for row in report.table.iter().filter(|row| row.graded > 0) {
        let share = row.wrong_share.map_or_else(|| "–".to_owned(), percent);
        writeln!(
            out,
            "{:>9.2} {:>8} {:>7} {share:>8} {:>8} {:>9} {:>8.4}  {}",
            row.threshold,
            row.graded,
            row.wrong,
            percent(row.upper),
            percent(row.answered),
            row.p,
            if row.certified { "holds" } else { "·" }
        )?;
    }
    Ok(())
}

fn week(out: &mut impl Write, report: &TuneReport) -> anyhow::Result<()> {
    if report.week.is_empty() {
        return Ok(());
    }
    writeln!(out, "\nThe guided week")?;
    for day in &report.week {
        let mark = match (day.done, day.is_today) {
            (true, _) => "✓",
            (false, true) => "→",
            (false, false) => " ",
        };
        writeln!(out, "  {mark} {} {}: {}", day.day, day.title, day.advice)?;
    }
    Ok(())
}

fn percent(share: f64) -> String {
    format!("{:.1} %", share * 100.0)
}
