//! Documents that must not drift from the code: every place that the map names
//! exists, and every error code that clients can read has a page.

use std::collections::BTreeSet;

use crate::repo::TextFile;

use super::Finding;
use super::rust::lines_with;

/// Documents whose references to the code are checked.
const MAPS: &[&str] = &["docs/ARCHITECTURE.md", "docs/decisions/"];
/// Where a reference begins; what begins otherwise is not a place in the code.
const PLACES: &[&str] = &[
    "crates/",
    "web/",
    "docs/",
    "policies/",
    "knowledge/",
    "demo/",
    "models/",
];
/// Where the pages of error codes are, each named after its code.
const ERROR_PAGES: &str = "docs/errors/";
/// Where the codes of the API stand, each a name in quotes.
const ERROR_CODES: &str = "crates/api/src/error/codes.rs";

/// Where what operators watch is counted.
const COUNTED: &[&str] = &[
    "crates/service/src/watched.rs",
    "crates/api/src/routes/metrics.rs",
];
/// What names counters: dashboards, alerts, the page for operators.
const WATCHING: &[&str] = &["deploy/", "docs/OPERATIONS.md"];
/// How the names of counters begin, and what they count; other names begin so, too.
const COUNTER_PREFIX: &str = "segue_";
const FAMILIES: &[&str] = &[
    "_total",
    "_seconds",
    "_waiting",
    "_available",
    "_free",
    "_full",
    "_info",
    "segue_workspaces",
];
/// What a histogram's name is written with.
const HISTOGRAM_PARTS: &[&str] = &["_bucket", "_count", "_sum"];

/// The rules that look at several files.
pub fn check(files: &[TextFile]) -> Vec<Finding> {
    let mut findings = references(files);
    findings.extend(error_pages(files));
    findings.extend(counters(files));
    findings
}

/// Counters that a dashboard, an alert or a page names and nobody counts.
fn counters(files: &[TextFile]) -> Vec<Finding> {
    let sources = files
        .iter()
        .filter(|file| COUNTED.contains(&file.path.as_str()));
    let counted: BTreeSet<&str> = sources.flat_map(|file| counter_names(&file.text)).collect();
    let mut findings = Vec::new();
    for file in files
        .iter()
        .filter(|file| WATCHING.iter().any(|it| file.path.starts_with(it)))
    {
        for (index, line) in file.text.lines().enumerate() {
            for name in counter_names(line) {
                let family = HISTOGRAM_PARTS
                    .iter()
                    .find_map(|part| name.strip_suffix(part))
                    .unwrap_or(name);
                if !counted.contains(name) && !counted.contains(family) {
                    let what = format!("`{name}` is counted nowhere");
                    findings.push(Finding::new(&file.path, index + 1, what));
                }
            }
        }
    }
    findings
}

fn counter_names(text: &str) -> impl Iterator<Item = &str> {
    let is_of_name = |letter: char| letter.is_ascii_lowercase() || letter == '_';
    text.split(move |letter| !is_of_name(letter))
        .filter(|word| {
            word.starts_with(COUNTER_PREFIX) && FAMILIES.iter().any(|it| word.contains(it))
        })
}

fn references(files: &[TextFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    let maps = files
        .iter()
        .filter(|file| MAPS.iter().any(|map| file.path.starts_with(map)));
    for map in maps {
        for (index, line) in map.text.lines().enumerate() {
            // What stands between backticks is every second part.
            for quoted in line.split('`').skip(1).step_by(2) {
                if !PLACES.iter().any(|place| quoted.starts_with(place)) {
                    continue;
                }
                if let Some(what) = missing(files, quoted) {
                    findings.push(Finding::new(&map.path, index + 1, what));
                }
            }
        }
    }
    findings
}

/// What is wrong with a reference: `path`, `folder/`, or `path:name`.
fn missing(files: &[TextFile], reference: &str) -> Option<String> {
    let (path, name) = match reference.split_once(':') {
        Some((path, name)) => (path, Some(name)),
        None => (reference, None),
    };
    let folder = format!("{}/", path.trim_end_matches('/'));
    let file = files.iter().find(|file| file.path == path);
    let Some(file) = file else {
        let is_folder = name.is_none() && files.iter().any(|file| file.path.starts_with(&folder));
        return (!is_folder).then(|| format!("`{path}` does not exist"));
    };
    let name = name?;
    let defined = [
        "fn ",
        "struct ",
        "enum ",
        "trait ",
        "const ",
        "function ",
        "TABLE ",
        "INDEX ",
        "mod ",
    ];
    let is_defined = defined
        .iter()
        .any(|kind| !lines_with(&file.text, &format!("{kind}{name}")).is_empty());
    (!is_defined).then(|| format!("`{path}` defines no `{name}`"))
}

fn error_pages(files: &[TextFile]) -> Vec<Finding> {
    let Some(source) = files.iter().find(|file| file.path == ERROR_CODES) else {
        return Vec::new();
    };
    let page = |code: &str| format!("{ERROR_PAGES}{code}.md");
    let codes = codes(&source.text);
    let mut findings: Vec<Finding> = codes
        .iter()
        .filter(|code| !files.iter().any(|file| file.path == page(code)))
        .map(|code| {
            Finding::new(
                ERROR_CODES,
                0,
                format!("`{code}` has no page `{}`", page(code)),
            )
        })
        .collect();
    let pages = files.iter().filter_map(|file| {
        let code = file.path.strip_prefix(ERROR_PAGES)?.strip_suffix(".md")?;
        (code != "README" && !codes.contains(code)).then_some(file)
    });
    findings.extend(pages.map(|file| Finding::new(&file.path, 0, "no error has this code")));
    findings
}

/// Whether a letter can be part of a code.
fn is_of_code(letter: char) -> bool {
    letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_'
}

/// The words in quotes that look like a code.
fn codes(source: &str) -> BTreeSet<String> {
    source
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .flat_map(|line| line.split('"').skip(1).step_by(2))
        .filter(|word| !word.is_empty())
        .filter(|word| word.chars().all(is_of_code))
        .map(str::to_owned)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{ERROR_CODES, check, counters};
    use crate::repo::TextFile;

    fn file(path: &str, text: &str) -> TextFile {
        TextFile {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    fn of_map(map: &str) -> usize {
        let files = [
            file("docs/ARCHITECTURE.md", map),
            file(
                "crates/floor/src/decide.rs",
                "pub fn decide(a: u8) {}\nfn helper() {}",
            ),
            file("crates/floor/src/state.rs", "pub struct State {}"),
        ];
        check(&files).len()
    }

    #[test]
    fn counters_that_nobody_counts_are_found() {
        let files = [
            file(
                "crates/service/src/watched.rs",
                r#"histogram!("segue_wait_seconds"); counter!("segue_turns_total")"#,
            ),
            file(
                "deploy/a.yaml",
                "rate(segue_wait_seconds_bucket[5m])\nsegue_turns_total\nsegue_gone_total > 1",
            ),
        ];
        let found = counters(&files);
        assert_eq!(found.len(), 1, "{found:?}");
        assert!(format!("{found:?}").contains("segue_gone_total"));
    }

    #[test]
    fn places_that_are_gone_are_found() {
        for map in [
            "`crates/floor/src/gone.rs`",
            "`crates/gone/`",
            "`crates/floor/src/decide.rs:gone`",
            "`crates/floor/src/decide.rs:help`",
            "`crates/floor/src:decide`",
        ] {
            assert_eq!(of_map(map), 1, "{map}");
        }
    }

    #[test]
    fn places_that_exist_pass() {
        for map in [
            "`crates/floor`, `crates/floor/src/` and `crates/floor/src/decide.rs`",
            "`crates/floor/src/decide.rs:decide`",
            "`crates/floor/src/state.rs:State`",
            "`cargo xtask tidy` and crates/gone without quotes",
        ] {
            assert_eq!(of_map(map), 0, "{map}");
        }
    }

    #[test]
    fn every_code_has_a_page_and_every_page_a_code() {
        let codes = file(
            ERROR_CODES,
            "// \"not_a_code\"\n\"floor_lost\" 409 \"The floor has passed\";",
        );
        let page = file("docs/errors/floor_lost.md", "# floor_lost");
        assert_eq!(check(&[codes.clone(), page.clone()]).len(), 0);
        assert_eq!(check(std::slice::from_ref(&codes)).len(), 1);
        assert_eq!(
            check(&[codes, page, file("docs/errors/gone.md", "")]).len(),
            1
        );
    }
}
