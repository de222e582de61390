//! The shape of files and crates: sizes, heads, leftovers.

use crate::repo::TextFile;

use super::Finding;
use super::rust::{code_of, lines_with, only};

/// The longest file of code, in lines; a longer one answers two questions.
const LINES_MAX: usize = 600;
/// The longest file of tests, in lines.
const TEST_LINES_MAX: usize = 800;
/// What is code, by ending. Styles, data and documents are read differently.
const CODE: &[&str] = &[".rs", ".ts", ".tsx", ".mjs", ".js", ".sql", ".py", ".sh"];
/// What is left behind by accident, in code of any kind.
const LEFTOVERS: &[&str] = &["todo!", "unimplemented!", "dbg!", "#[ignore"];
/// Where a pause is not a wait for something to have happened by then, and why.
const MAY_PAUSE: &[(&str, &str)] = &[
    (
        "crates/testkit/",
        "waits for conditions on behalf of tests, with a bound",
    ),
    (
        "crates/segue/tests/kill",
        "paces clients of another process, and asks how far they are",
    ),
    (
        "crates/store-sqlite/src/store.rs",
        "a slow write is the fault that is brought about",
    ),
    (
        "crates/xtask/",
        "asks a process whether it has ended, with a bound",
    ),
];

/// The rules for one file.
pub fn check(file: &TextFile) -> Vec<Finding> {
    let mut findings: Vec<Finding> = length(file).into_iter().collect();
    if !file.path.ends_with(".rs") {
        return findings;
    }
    if file.path.ends_with("/mod.rs") && file.path.contains("/src/") {
        let what = "no `mod.rs`: name the file after its module";
        findings.push(Finding::new(&file.path, 0, what));
    }
    let code = code_of(&file.text);
    for leftover in LEFTOVERS {
        for line in lines_with(&code, leftover) {
            findings.push(Finding::new(
                &file.path,
                line,
                format!("`{leftover}` is left over"),
            ));
        }
    }
    // A benchmark runs for a time; that is its business.
    let is_whole = is_test(&file.path) && !file.path.contains("/benches/");
    let tests = if is_whole { code } else { only(&code, true) };
    for line in lines_with(&tests, "sleep(") {
        if !MAY_PAUSE
            .iter()
            .any(|(place, _)| file.path.starts_with(place))
        {
            let what = "a test sleeps: wait for a condition, with a bound";
            findings.push(Finding::new(&file.path, line, what));
        }
    }
    findings
}

fn length(file: &TextFile) -> Option<Finding> {
    let is_code = CODE.iter().any(|ending| file.path.ends_with(ending));
    if !is_code || file.path.contains("/generated/") {
        return None;
    }
    let most = if is_test(&file.path) {
        TEST_LINES_MAX
    } else {
        LINES_MAX
    };
    let lines = file.text.lines().count();
    (lines > most).then(|| {
        Finding::new(
            &file.path,
            0,
            format!("{lines} lines, more than {most}: it is probably two files"),
        )
    })
}

/// Whether a whole file is about tests.
pub fn is_test(path: &str) -> bool {
    let in_folder = ["/tests/", "/test/", "/e2e/", "/benches/"]
        .iter()
        .any(|part| path.contains(part));
    in_folder || path.contains(".test.") || path.starts_with("crates/testkit/")
}

/// The rules for crates: each has a head that says what it is, and keeps the
/// workspace's lints.
pub fn check_crates(files: &[TextFile]) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in files {
        let Some(inside) = file
            .path
            .strip_prefix("crates/")
            .and_then(|path| path.split_once('/'))
        else {
            continue;
        };
        match inside {
            (_, "src/lib.rs" | "src/main.rs") if !has_head(&file.text) => {
                let what = "no head: say what the crate is for, what it never does, where to begin";
                findings.push(Finding::new(&file.path, 1, what));
            }
            (_, "Cargo.toml") if !file.text.contains("[lints]\nworkspace = true") => {
                let what =
                    "the workspace's lints are not kept: add `[lints]` with `workspace = true`";
                findings.push(Finding::new(&file.path, 0, what));
            }
            _ => {}
        }
    }
    findings
}

fn has_head(text: &str) -> bool {
    text.starts_with("//! ")
        && text
            .lines()
            .take_while(|line| line.starts_with("//!"))
            .count()
            >= 2
}

#[cfg(test)]
mod tests {
    use super::{check, check_crates};
    use crate::repo::TextFile;

    fn file(path: &str, text: &str) -> TextFile {
        TextFile {
            path: path.to_owned(),
            text: text.to_owned(),
        }
    }

    #[test]
    fn broken_files_are_found() {
        for (path, text) in [
            ("crates/floor/src/state.rs", "x\n".repeat(601)),
            ("crates/floor/tests/all.rs", "x\n".repeat(801)),
            ("web/console/src/app.tsx", "x\n".repeat(601)),
            ("crates/floor/src/decide/mod.rs", String::new()),
            ("crates/floor/src/state.rs", "fn a() { todo!() }".to_owned()),
            (
                "crates/floor/src/state.rs",
                "fn a() { dbg!(1); }".to_owned(),
            ),
            (
                "crates/floor/src/state.rs",
                "#[test]\n#[ignore = \"slow\"]\nfn a() {}".to_owned(),
            ),
            (
                "crates/floor/tests/all.rs",
                "fn a() { std::thread::sleep(b); }".to_owned(),
            ),
            (
                "crates/hub/src/a.rs",
                "#[cfg(test)]\nmod tests { async fn a() { tokio::time::sleep(b).await } }"
                    .to_owned(),
            ),
        ] {
            assert_eq!(
                check(&file(path, &text)).len(),
                1,
                "{path}: {}",
                text.get(..20).unwrap_or(&text)
            );
        }
    }

    #[test]
    fn good_files_pass() {
        for (path, text) in [
            ("crates/floor/src/state.rs", "x\n".repeat(600)),
            ("crates/floor/tests/all.rs", "x\n".repeat(800)),
            ("web/client/src/generated/api.ts", "x\n".repeat(5_000)),
            ("crates/assist/tests/common/mod.rs", String::new()),
            (
                "crates/service/src/timers.rs",
                "async fn a() { tokio::time::sleep(b).await }".to_owned(),
            ),
            (
                "crates/testkit/src/wait.rs",
                "fn a() { std::thread::sleep(b) }".to_owned(),
            ),
            ("docs/POLICY.md", "todo!()\n".repeat(900)),
        ] {
            assert!(check(&file(path, &text)).is_empty(), "{path}");
        }
    }

    #[test]
    fn crates_have_a_head_and_keep_the_lints() {
        let good = [
            file(
                "crates/floor/src/lib.rs",
                "//! What it is.\n//! What it never does.\n",
            ),
            file(
                "crates/floor/Cargo.toml",
                "[package]\n\n[lints]\nworkspace = true\n",
            ),
        ];
        assert!(check_crates(&good).is_empty());
        let bad = [
            file("crates/floor/src/lib.rs", "pub mod a;\n"),
            file("crates/floor/Cargo.toml", "[package]\n"),
        ];
        assert_eq!(check_crates(&bad).len(), 2);
    }
}
