//! The report's plots, as SVG that takes its ink from the page around it.

use plotters::prelude::*;

use crate::dashboard::Week;
use crate::interval::ratio;

use super::change::Reason;

/// Stands for the page's own color of text, so that a plot is read on dark and light.
const INK: RGBColor = RGBColor(1, 2, 3);
const INK_WRITTEN: &str = "#010203";
const ACCENT: RGBColor = RGBColor(0x0f, 0x8a, 0x83);
const AMBER: RGBColor = RGBColor(0xb7, 0x79, 0x1f);
const VIOLET: RGBColor = RGBColor(0x7c, 0x5c, 0xd6);
const FONT: &str = "system-ui, sans-serif";
const FONT_SIZE: i32 = 13;
const SIZE_OF_WEEKS: (u32, u32) = (640, 240);
const WIDTH_OF_BARS: u32 = 640;
const HEIGHT_OF_BAR: u32 = 34;
/// How many reasons are drawn; the table has all.
const BARS_MAX: usize = 8;

type Drawn = Result<(), Box<dyn std::error::Error>>;

/// A series of the weeks: its name, its color, and what it takes of a week.
type Series = (&'static str, RGBColor, fn(&Week) -> Option<f64>);

/// Resolution, escalation and satisfaction by week; nothing where there are fewer than two.
pub(super) fn weeks(weeks: &[Week]) -> Option<String> {
    if weeks.len() < 2 {
        return None;
    }
    svg(SIZE_OF_WEEKS, |svg| draw_weeks(svg, weeks))
}

fn draw_weeks(svg: &mut String, weeks: &[Week]) -> Drawn {
    let root = SVGBackend::with_string(svg, SIZE_OF_WEEKS).into_drawing_area();
    let last = weeks.len().saturating_sub(1);
    let room_for_names = 0.26 * last as f64;
    let mut chart = ChartBuilder::on(&root)
        .margin(8)
        .x_label_area_size(24)
        .y_label_area_size(46)
        .build_cartesian_2d(0.0..last as f64 + room_for_names, 0.0..1.0)?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .y_labels(5)
        .x_labels(weeks.len())
        .light_line_style(INK.mix(0.0))
        .bold_line_style(INK.mix(0.15))
        .axis_style(INK.mix(0.4))
        .label_style((FONT, FONT_SIZE).into_font().color(&INK))
        .y_label_formatter(&|share| format!("{:.0} %", share * 100.0))
        .x_label_formatter(&|at| {
            let week = weeks.get(at.round() as usize);
            let name = week.and_then(|week| week.week.split('-').nth(1));
            name.unwrap_or_default().to_owned()
        })
        .draw()?;
    let series: [Series; 3] = [
        ("CSAT after escalation", ACCENT, |week| {
            week.csat_after_escalation
        }),
        ("AI resolution", VIOLET, |week| week.resolution),
        ("Escalation", AMBER, |week| ratio(week.n_escalated, week.n)),
    ];
    let mut taken: Vec<f64> = Vec::new();
    for (name, color, of) in series {
        let points = weeks.iter().enumerate();
        let points: Vec<(f64, f64)> = points
            .filter_map(|(at, week)| Some((at as f64, of(week)?)))
            .collect();
        chart.draw_series(LineSeries::new(points.clone(), color.stroke_width(2)))?;
        chart.draw_series(points.iter().map(|at| Circle::new(*at, 3, color.filled())))?;
        if let Some((x, y)) = points.last() {
            let at = free_place(&mut taken, *y);
            let style = (FONT, FONT_SIZE).into_font().color(&color);
            chart.draw_series([Text::new(name, (x + 0.03 * last as f64, at), style)])?;
        }
    }
    root.present()?;
    Ok(())
}

/// Where a name goes so that it is not written over another.
fn free_place(taken: &mut Vec<f64>, wanted: f64) -> f64 {
    const LINE: f64 = 0.09;
    const STEPS: i32 = 12;
    let steps = (0..STEPS).flat_map(|step| [f64::from(step), -f64::from(step)]);
    let at = steps
        .map(|step| wanted + 0.03 + step * LINE / 2.0)
        .find(|at| {
            (0.05..=1.0).contains(at) && taken.iter().all(|other| (other - at).abs() >= LINE)
        })
        .unwrap_or(wanted);
    taken.push(at);
    at
}

/// Handoffs for each 100 conversations by reason: this week's bar, and a mark at the week before.
pub(super) fn reasons(reasons: &[Reason]) -> Option<String> {
    let mut shown: Vec<&Reason> = reasons.iter().filter(|it| it.n + it.n_before > 0).collect();
    if shown.is_empty() {
        return None;
    }
    shown.sort_by(|a, b| {
        b.per_100
            .total_cmp(&a.per_100)
            .then_with(|| a.key.cmp(&b.key))
    });
    shown.truncate(BARS_MAX);
    let size = (WIDTH_OF_BARS, shown.len() as u32 * HEIGHT_OF_BAR + 16);
    svg(size, |svg| draw_reasons(svg, size, &shown))
}

fn draw_reasons(svg: &mut String, size: (u32, u32), shown: &[&Reason]) -> Drawn {
    let root = SVGBackend::with_string(svg, size).into_drawing_area();
    let most = shown
        .iter()
        .map(|it| it.per_100.max(it.per_100_before))
        .fold(0.0, f64::max);
    let (names, numbers) = (210, 70);
    let room = f64::from(size.0 as i32 - names - numbers);
    let long = |value: f64| (value / most.max(f64::EPSILON) * room).round() as i32;
    for (place, reason) in shown.iter().enumerate() {
        let top = place as i32 * HEIGHT_OF_BAR as i32 + 8;
        let (from, to) = (top + 6, top + 24);
        let plain = (FONT, FONT_SIZE).into_font().color(&INK);
        root.draw(&Text::new(
            reason.label.clone(),
            (0, top + 8),
            plain.clone(),
        ))?;
        let bar = [(names, from), (names + long(reason.per_100), to)];
        root.draw(&Rectangle::new(bar, ACCENT.filled()))?;
        let mark = names + long(reason.per_100_before);
        root.draw(&Rectangle::new(
            [(mark, from - 4), (mark + 2, to + 4)],
            INK.filled(),
        ))?;
        let end = long(reason.per_100.max(reason.per_100_before));
        let number = format!("{:.1}", reason.per_100);
        root.draw(&Text::new(number, (names + end + 10, top + 8), plain))?;
    }
    root.present()?;
    Ok(())
}

/// Drawing into a text does not fail; if it ever did, the table beside the plot says it all.
fn svg(size: (u32, u32), draw: impl FnOnce(&mut String) -> Drawn) -> Option<String> {
    let mut svg = String::new();
    draw(&mut svg).ok()?;
    let fixed = format!("width=\"{}\" height=\"{}\" ", size.0, size.1);
    Some(
        svg.replace(INK_WRITTEN, "currentColor")
            .replacen(&fixed, "aria-hidden=\"true\" ", 1)
            .replacen(" xmlns=\"http://www.w3.org/2000/svg\"", "", 1),
    )
}
