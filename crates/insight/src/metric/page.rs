//! The page of all definitions, written from them.

use std::fmt::Write as _;

use super::{ALL, Definition};

const HEAD: &str = "# Metrics

Every figure of the dashboard has one definition, in `crates/insight/src/metric/`;
this page is written from there (`SEGUE_BLESS=1 cargo test -p segue-insight`).

Numerator and denominator are taken from the same conversations, by when they
began. Only live conversations count; the demo's history counts where it is asked
for and its share is shown; imported conversations are shown apart. Shares carry
their n and a 95 % Wilson interval, and are `null` where n is 0. Durations are
quantiles. The window is the asked number of days of 24 h until now, so that no
total depends on a zone; weeks and hours of the day are cut in the workspace's
zone. The period before is as long.

*With the assistant* means that it answered, proposed an answer, had one held
back, or was asked for one. A conversation in which nothing was written and
nobody asked for does not count.

";

/// The page, as Markdown.
pub fn page() -> String {
    let mut page = HEAD.to_owned();
    for definition in ALL {
        section(&mut page, definition);
    }
    page.truncate(page.trim_end().len());
    page.push('\n');
    page
}

fn section(page: &mut String, definition: &Definition) {
    let target = match definition.target {
        Some((lo, hi)) if hi >= 1.0 => format!("above {:.0} %", lo * 100.0),
        Some((lo, hi)) => format!("{:.0}–{:.0} %", lo * 100.0, hi * 100.0),
        None => "none".to_owned(),
    };
    // Writing to a string does not fail.
    let _ = write!(
        page,
        "## {}\n\n| | |\n|---|---|\n| id | `{}` |\n| formula | {} |\n| unit | {} |\n| population | {} |\n| window | {} |\n| small samples | {} |\n| target | {} |\n| conversations shown | {} |\n| source | {} |\n\n",
        definition.name,
        definition.id,
        definition.formula,
        definition.unit,
        definition.population,
        definition.window,
        definition.small_sample,
        target,
        definition.shown,
        definition.source,
    );
}
