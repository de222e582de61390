//! Text that must stand nowhere: markup made of strings in the pages, waiting
//! by the clock in their tests, paths and hosts of one machine anywhere.

use crate::repo::TextFile;

use super::Finding;
use super::shape::is_test;

/// What turns text into markup or code (S-1, D8): everything people wrote is
/// shown as text.
const MARKUP: &[&str] = &[
    "innerHTML",
    "outerHTML",
    "insertAdjacentHTML",
    "dangerouslySetInnerHTML",
    "document.write",
    "eval(",
    "new Function",
    "createContextualFragment",
];
/// What waits by the clock in a test of the pages.
const WAITS: &[&str] = &["waitForTimeout(", "sleep("];
/// What files that programs write are called; they name their registry.
const WRITTEN_BY_TOOLS: &[&str] = &["Cargo.lock", "web/package-lock.json"];

/// Folders of a machine that a person works on. Put together, so that this file
/// does not find itself.
fn machine_paths() -> Vec<String> {
    ["work", "root", "home", "Users"]
        .iter()
        .map(|folder| format!("/{folder}/"))
        .collect()
}

/// Hosts that packages come from: the clients know them, the code need not.
fn registry_hosts() -> Vec<String> {
    [
        ("registry.npmjs", "org"),
        ("static.crates", "io"),
        ("index.crates", "io"),
        ("pypi", "org"),
        ("deb.debian", "org"),
    ]
    .iter()
    .map(|(name, ending)| format!("{name}.{ending}"))
    .collect()
}

/// The rules for one file.
pub fn check(file: &TextFile) -> Vec<Finding> {
    let mut findings = Vec::new();
    let is_page = file.path.starts_with("web/")
        && [".ts", ".tsx", ".js", ".mjs", ".html"]
            .iter()
            .any(|ending| file.path.ends_with(ending));
    let is_by_hand = !WRITTEN_BY_TOOLS.contains(&file.path.as_str());
    for (index, line) in file.text.lines().enumerate() {
        let mut find = |what: String| findings.push(Finding::new(&file.path, index + 1, what));
        if is_page && !is_comment(line) {
            for word in MARKUP.iter().filter(|word| stands_alone(line, word)) {
                find(format!(
                    "`{word}` makes markup or code of text: build elements instead"
                ));
            }
            for word in WAITS
                .iter()
                .filter(|word| is_test(&file.path) && stands_alone(line, word))
            {
                find(format!(
                    "`{word}` waits by the clock: wait for a condition, with a bound"
                ));
            }
        }
        if is_by_hand {
            for path in machine_paths()
                .iter()
                .filter(|path| names_folder(line, path))
            {
                find(format!("`{path}` is a path of one machine"));
            }
            for host in registry_hosts()
                .iter()
                .filter(|host| line.contains(host.as_str()))
            {
                find(format!(
                    "`{host}` is named: packages come through their clients"
                ));
            }
        }
        let is_download =
            line.contains("\"resolved\": \"http") && file.path.ends_with("package-lock.json");
        if is_download {
            find(
                "the lock holds download addresses: install with `omit-lockfile-registry-resolved`"
                    .to_owned(),
            );
        }
    }
    findings
}

fn is_comment(line: &str) -> bool {
    ["//", "*", "/*", "<!--"]
        .iter()
        .any(|start| line.trim_start().starts_with(start))
}

fn stands_alone(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        !before.is_some_and(super::rust::is_word)
    })
}

/// A path from the root of a machine, not the middle of an address or a route.
fn names_folder(line: &str, path: &str) -> bool {
    line.match_indices(path).any(|(at, _)| {
        let before = line.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|letter| !super::rust::is_word(letter) && !"./}*-".contains(letter))
    })
}

#[cfg(test)]
mod tests {
    use super::{check, machine_paths, registry_hosts};
    use crate::repo::TextFile;

    fn count(path: &str, text: &str) -> usize {
        check(&TextFile {
            path: path.to_owned(),
            text: text.to_owned(),
        })
        .len()
    }

    #[test]
    fn broken_files_are_found() {
        let machine = machine_paths().concat();
        let host = registry_hosts().first().cloned().unwrap_or_default();
        for (path, text) in [
            (
                "web/widget/src/app/log.ts",
                "node.innerHTML = text;".to_owned(),
            ),
            (
                "web/console/src/app.tsx",
                "<p dangerouslySetInnerHTML={{ __html: text }} />".to_owned(),
            ),
            (
                "web/console/src/app.tsx",
                "const run = new Function(text);".to_owned(),
            ),
            ("web/client/src/live.ts", "return eval(text);".to_owned()),
            (
                "web/e2e/test/warm.test.ts",
                "await page.waitForTimeout(500);".to_owned(),
            ),
            ("docs/POLICY.md", format!("see {machine}data")),
            (
                "crates/segue/src/main.rs",
                format!("const HOST: &str = \"{host}\";"),
            ),
            (
                "web/package-lock.json",
                format!("\"resolved\": \"https://{host}/a.tgz\""),
            ),
        ] {
            assert!(count(path, &text) >= 1, "{path}: {text}");
        }
    }

    #[test]
    fn good_files_pass() {
        let route = machine_paths().first().cloned().unwrap_or_default();
        for (path, text) in [
            (
                "web/widget/src/app/log.ts",
                "node.textContent = text;".to_owned(),
            ),
            (
                "web/widget/src/app/log.ts",
                "// innerHTML is never used".to_owned(),
            ),
            ("web/widget/src/app/log.ts", "retrieval(text);".to_owned()),
            (
                "docs/POLICY.md",
                format!("https://example.com{route}page and ..{route}data"),
            ),
            (
                "web/package-lock.json",
                "\"resolved\": \"client\"".to_owned(),
            ),
        ] {
            assert_eq!(count(path, &text), 0, "{path}: {text}");
        }
    }
}
