//! How good the confidence is, in figures.

use super::regression::{self, Row};
use super::{FOLDS, Sample};
use crate::calibration::Calibration;
use crate::knowledge::Width;

/// Bins of equal width in the reliability table.
const BINS: usize = 10;
/// The default policy's bands (design §6): below the first no answer, from the second on one.
pub const BANDS: [f64; 2] = [0.65, 0.70];

/// The figures of both widths.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// For [`Width::Normal`].
    pub normal: WidthReport,
    /// For [`Width::Wide`].
    pub wide: WidthReport,
    /// What widening is worth.
    pub rescue: Rescue,
}

/// The figures of one width. Rates are 0–1; one over nothing is 0.
#[derive(Debug, Clone, PartialEq)]
pub struct WidthReport {
    /// Questions.
    pub questions: usize,
    /// Of them with an article.
    pub answerable: usize,
    /// Share of the answerable whose first hit is right.
    pub accuracy_at_1: f64,
    /// Share of the answerable with the right one among the first three.
    pub accuracy_at_3: f64,
    /// Chance that an answerable question has a higher confidence than an unanswerable one.
    pub auroc_answerable: f64,
    /// The same for "first hit is right" against all else: what the confidence claims.
    pub auroc_right: f64,
    /// The same for `out_of_scope`, unanswerable above answerable.
    pub auroc_out_of_scope: f64,
    /// The same for `query_distance`.
    pub auroc_query_distance: f64,
    /// Expected calibration error over the bins (Naeini et al. 2015).
    pub ece: f64,
    /// Mean squared error of the probability (Brier 1950).
    pub brier: f64,
    /// Slope and intercept of a second logistic fit on the log-odds (Platt): 1 and 0 if the
    /// confidence is neither too bold nor too timid.
    pub platt: (f64, f64),
    /// Mean distance between the confidence and its isotonic fit (pool adjacent violators).
    /// The isotonic fit sees the labels, so this is above 0 even for a perfect confidence.
    pub isotonic_gap: f64,
    /// The reliability table, empty bins included.
    pub bins: Vec<Bin>,
    /// Risk and coverage at the policy's bands.
    pub bands: Vec<Band>,
}

/// One row of the reliability table.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Bin {
    /// Its lower end; the upper one is a tenth higher.
    pub from: f64,
    /// Questions in it.
    pub questions: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share of them whose first hit is right.
    pub observed: f64,
}

/// What answering from a confidence on would do.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Band {
    /// The least confidence that is answered.
    pub threshold: f64,
    /// Questions answered.
    pub answered: usize,
    /// Of all questions.
    pub coverage: f64,
    /// Of the answerable: answered, and rightly.
    pub served: f64,
    /// Of those answered: wrongly.
    pub wrong: f64,
}

/// What a second, wide search does for questions the first left below `accept`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rescue {
    /// Questions below `accept` after the first search.
    pub below: usize,
    /// Of them at `accept` or above after the second.
    pub lifted: usize,
    /// Of these answered rightly.
    pub right: usize,
}

impl Report {
    /// The tables of the document, as Markdown.
    pub fn to_markdown(&self) -> String {
        let mut out = format!(
            "{} questions, {} of them answerable.\n\n\
             | | first search | wide search |\n|---|---|---|\n",
            self.normal.questions, self.normal.answerable
        );
        for (name, value) in SUMMARY {
            let (normal, wide) = (value(&self.normal), value(&self.wide));
            out += &format!("| {name} | {normal:.3} | {wide:.3} |\n");
        }
        out += "\nReliability of the first search, in bins of a tenth:\n\n\
                | confidence | questions | mean confidence | observed |\n|---|---|---|---|\n";
        for bin in self.normal.bins.iter().filter(|bin| bin.questions > 0) {
            let to = bin.from + 1.0 / BINS as f64;
            out += &format!(
                "| {:.1}–{to:.1} | {} | {:.3} | {:.3} |\n",
                bin.from, bin.questions, bin.confidence, bin.observed
            );
        }
        out += "\nRisk and coverage of the first search, answering from a confidence on:\n\n\
                | from | answered | of all questions | answerable served rightly | wrong among \
                answered |\n|---|---|---|---|---|\n";
        for band in &self.normal.bands {
            out += &format!(
                "| {:.2} | {} | {:.3} | {:.3} | {:.3} |\n",
                band.threshold, band.answered, band.coverage, band.served, band.wrong
            );
        }
        let Rescue {
            below,
            lifted,
            right,
        } = self.rescue;
        out + &format!(
            "\nWidening: of {below} questions below 0.70 after the first search, {lifted} reach it \
             after the second, {right} of them rightly.\n"
        )
    }
}

/// A figure with its name.
type Figure = (&'static str, fn(&WidthReport) -> f64);

/// The lines of the summary table.
const SUMMARY: [Figure; 10] = [
    ("accuracy@1 on answerable", |r| r.accuracy_at_1),
    ("accuracy@3 on answerable", |r| r.accuracy_at_3),
    ("AUROC confidence, answerable or not", |r| {
        r.auroc_answerable
    }),
    ("AUROC confidence, first hit right or not", |r| {
        r.auroc_right
    }),
    ("AUROC `out_of_scope`, unanswerable or not", |r| {
        r.auroc_out_of_scope
    }),
    ("AUROC `query_distance`, unanswerable or not", |r| {
        r.auroc_query_distance
    }),
    ("ECE, ten bins", |r| r.ece),
    ("Brier score", |r| r.brier),
    ("Platt slope (1 is ideal)", |r| r.platt.0),
    ("mean gap to the isotonic fit", |r| r.isotonic_gap),
];

/// Judges by cross-validation.
pub(super) fn judge(samples: &[Sample]) -> Report {
    assemble(
        samples,
        &out_of_fold(samples, Width::Normal),
        &out_of_fold(samples, Width::Wide),
    )
}

/// Judges a given calibration.
pub(super) fn judge_with(calibration: &Calibration, samples: &[Sample]) -> Report {
    let apply = |width| -> Vec<f64> {
        samples
            .iter()
            .map(|s| calibration.apply(width, &s.of(width).features))
            .collect()
    };
    assemble(samples, &apply(Width::Normal), &apply(Width::Wide))
}

fn out_of_fold(samples: &[Sample], width: Width) -> Vec<f64> {
    let models: Vec<_> = (0..FOLDS)
        .map(|fold| {
            let seen: Vec<&Sample> = samples
                .iter()
                .enumerate()
                .filter(|(at, _)| at % FOLDS != fold)
                .map(|(_, sample)| sample)
                .collect();
            regression::fit(&seen, width)
        })
        .collect();
    let model_of = models.iter().cycle();
    samples
        .iter()
        .zip(model_of)
        .map(|(s, model)| model.apply(&s.of(width).features.values))
        .collect()
}

fn assemble(samples: &[Sample], normal: &[f64], wide: &[f64]) -> Report {
    let accept = BANDS[1];
    let below: Vec<_> = samples
        .iter()
        .zip(normal.iter().zip(wide))
        .filter(|(_, (n, _))| **n < accept)
        .collect();
    let lifted: Vec<_> = below.iter().filter(|(_, (_, w))| **w >= accept).collect();
    let right = lifted
        .iter()
        .filter(|(sample, _)| sample.wide.right)
        .count();
    Report {
        normal: width_report(samples, Width::Normal, normal),
        wide: width_report(samples, Width::Wide, wide),
        rescue: Rescue {
            below: below.len(),
            lifted: lifted.len(),
            right,
        },
    }
}

fn width_report(samples: &[Sample], width: Width, confidence: &[f64]) -> WidthReport {
    let count = samples.len();
    let answerable: Vec<bool> = samples.iter().map(|s| s.answerable).collect();
    let unanswerable: Vec<bool> = answerable.iter().map(|known| !known).collect();
    let right: Vec<bool> = samples.iter().map(|s| s.of(width).right).collect();
    let in_three = samples
        .iter()
        .filter(|s| s.of(width).right_in_three)
        .count();
    let answerable_count = count_of(&answerable);
    let scope: Vec<f64> = samples
        .iter()
        .map(|s| s.of(width).features.out_of_scope)
        .collect();
    let distance: Vec<f64> = samples
        .iter()
        .map(|s| s.of(width).features.query_distance)
        .collect();
    let bins = bins(confidence, &right);
    let squares = confidence
        .iter()
        .zip(&right)
        .map(|(p, r)| (p - number(*r)).powi(2));
    WidthReport {
        questions: count,
        answerable: answerable_count,
        accuracy_at_1: share(count_of(&right), answerable_count),
        accuracy_at_3: share(in_three, answerable_count),
        auroc_answerable: auroc(confidence, &answerable),
        auroc_right: auroc(confidence, &right),
        auroc_out_of_scope: auroc(&scope, &unanswerable),
        auroc_query_distance: auroc(&distance, &unanswerable),
        ece: bins
            .iter()
            .map(|bin| share(bin.questions, count) * (bin.confidence - bin.observed).abs())
            .sum(),
        brier: squares.sum::<f64>() / (count.max(1) as f64),
        platt: platt(confidence, &right),
        isotonic_gap: isotonic_gap(confidence, &right),
        bands: BANDS
            .iter()
            .map(|t| band(*t, confidence, &right, answerable_count))
            .collect(),
        bins,
    }
}

fn bins(confidence: &[f64], right: &[bool]) -> Vec<Bin> {
    let bin_of = |p: f64| ((p * BINS as f64) as usize).min(BINS - 1);
    (0..BINS)
        .map(|number_of_bin| {
            let inside: Vec<(f64, bool)> = confidence
                .iter()
                .zip(right)
                .filter(|(p, _)| bin_of(**p) == number_of_bin)
                .map(|(p, r)| (*p, *r))
                .collect();
            let count = inside.len();
            Bin {
                from: number_of_bin as f64 / BINS as f64,
                questions: count,
                confidence: inside.iter().map(|(p, _)| p).sum::<f64>() / count.max(1) as f64,
                observed: share(inside.iter().filter(|(_, r)| *r).count(), count),
            }
        })
        .collect()
}

fn band(threshold: f64, confidence: &[f64], right: &[bool], answerable: usize) -> Band {
    let answered: Vec<bool> = confidence
        .iter()
        .zip(right)
        .filter(|(p, _)| **p >= threshold)
        .map(|(_, right)| *right)
        .collect();
    let rightly = count_of(&answered);
    Band {
        threshold,
        answered: answered.len(),
        coverage: share(answered.len(), confidence.len()),
        served: share(rightly, answerable),
        wrong: share(answered.len() - rightly, answered.len()),
    }
}

/// The rank statistic of Mann and Whitney; ties count half.
fn auroc(scores: &[f64], positive: &[bool]) -> f64 {
    let mut order: Vec<(f64, bool)> = scores
        .iter()
        .copied()
        .zip(positive.iter().copied())
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    let positives = count_of(positive) as f64;
    let negatives = positive.len() as f64 - positives;
    if positives == 0.0 || negatives == 0.0 {
        return 0.0;
    }
    let mut won = 0.0;
    let mut negatives_below = 0.0;
    for tied in order.chunk_by(|a, b| a.0 == b.0) {
        let here = tied.iter().filter(|(_, positive)| *positive).count() as f64;
        let others = tied.len() as f64 - here;
        won += here * (negatives_below + others / 2.0);
        negatives_below += others;
    }
    won / (positives * negatives)
}

fn platt(confidence: &[f64], right: &[bool]) -> (f64, f64) {
    let rows: Vec<Row> = confidence
        .iter()
        .zip(right)
        .map(|(p, right)| {
            let p = p.clamp(1e-6, 1.0 - 1e-6);
            Row {
                values: vec![(p / (1.0 - p)).ln()],
                right: *right,
            }
        })
        .collect();
    let fitted = regression::fit_rows(&rows);
    (
        fitted.weights.first().copied().unwrap_or_default(),
        fitted.intercept,
    )
}

fn isotonic_gap(confidence: &[f64], right: &[bool]) -> f64 {
    let mut order: Vec<(f64, f64)> = confidence
        .iter()
        .zip(right)
        .map(|(p, r)| (*p, number(*r)))
        .collect();
    order.sort_by(|a, b| a.0.total_cmp(&b.0));
    // Blocks of (sum of labels, size), pooled while they fall.
    let mut blocks: Vec<(f64, usize)> = Vec::new();
    for (_, label) in &order {
        blocks.push((*label, 1));
        while let [.., (sum_a, size_a), (sum_b, size_b)] = *blocks.as_slice() {
            if sum_a / size_a as f64 <= sum_b / size_b as f64 {
                break;
            }
            blocks.truncate(blocks.len() - 2);
            blocks.push((sum_a + sum_b, size_a + size_b));
        }
    }
    let fitted = blocks
        .iter()
        .flat_map(|(sum, size)| std::iter::repeat_n(sum / *size as f64, *size));
    let gaps: f64 = order
        .iter()
        .zip(fitted)
        .map(|((p, _), fit)| (p - fit).abs())
        .sum();
    gaps / order.len().max(1) as f64
}

fn count_of(flags: &[bool]) -> usize {
    flags.iter().filter(|flag| **flag).count()
}

fn number(flag: bool) -> f64 {
    f64::from(u8::from(flag))
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 {
        0.0
    } else {
        part as f64 / whole as f64
    }
}
