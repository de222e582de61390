//! The tools that a task needs: found, old enough, or a word on how to get them.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Result, bail, ensure};

/// The oldest Node that the page builder runs on (vite 8).
const NODE_MIN: (u32, u32) = (20, 19);

/// A program that Debian has a package for.
#[derive(Debug, Clone, Copy)]
pub struct Tool {
    /// What it is for, as people read it.
    pub purpose: &'static str,
    /// Names under which it may be installed, the first that is found wins.
    pub programs: &'static [&'static str],
    /// Debian's package.
    pub package: &'static str,
}

/// The browser of the browser tests.
pub const BROWSER: Tool = Tool {
    purpose: "the browser tests",
    programs: &["chromium", "chromium-browser", "google-chrome"],
    package: "chromium",
};
/// What the shell examples call.
pub const CURL: Tool = Tool {
    purpose: "the examples",
    programs: &["curl"],
    package: "curl",
};
/// What the Python examples run on.
pub const PYTHON: Tool = Tool {
    purpose: "the examples",
    programs: &["python3"],
    package: "python3",
};

/// Where a program is, if it is on the path.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|file| file.is_file())
}

/// Checks that the pages and the store can be built here.
///
/// # Errors
/// What is missing or too old, and what to do.
pub fn check_builders() -> Result<()> {
    ensure!(
        find("cc")
            .or_else(|| find("gcc"))
            .or_else(|| find("clang"))
            .is_some(),
        "a C compiler is needed to build SQLite: install `gcc` (Debian: apt-get install gcc libc6-dev)"
    );
    ensure!(
        find("node").is_some(),
        "Node {}.{} or newer is needed to build the pages: see the Node project's downloads, or your system's packages",
        NODE_MIN.0,
        NODE_MIN.1
    );
    ensure!(
        find("npm").is_some(),
        "npm is needed to build the pages; it comes with Node"
    );
    let told = Command::new("node").arg("--version").output()?.stdout;
    check_node(String::from_utf8_lossy(&told).trim())
}

fn check_node(told: &str) -> Result<()> {
    let mut numbers = told
        .trim_start_matches('v')
        .split('.')
        .map(|part| part.parse().unwrap_or(0));
    let found: (u32, u32) = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
    ensure!(
        found >= NODE_MIN,
        "Node is {told}, too old to build the pages: {}.{} or newer is needed",
        NODE_MIN.0,
        NODE_MIN.1
    );
    Ok(())
}

/// Finds tools, and installs Debian's packages of those that are missing, where
/// that is ours to do: as root on Debian, or in CI.
///
/// # Errors
/// The command that installs what is missing.
pub fn require(tools: &[Tool]) -> Result<Vec<PathBuf>> {
    let missing: Vec<Tool> = tools
        .iter()
        .copied()
        .filter(|tool| locate(*tool).is_none())
        .collect();
    if !missing.is_empty() {
        install(&missing)?;
    }
    let mut found = Vec::new();
    for tool in tools {
        match locate(*tool) {
            Some(path) => found.push(path),
            None => bail!(
                "`{}` is still not on the path after installing `{}`",
                tool.programs.join("` or `"),
                tool.package
            ),
        }
    }
    Ok(found)
}

/// Finds what Python makes environments with; Debian has it apart.
///
/// # Errors
/// The command that installs it.
pub fn require_venv() -> Result<()> {
    require(&[PYTHON])?;
    let has_venv = || {
        let told = Command::new("python3")
            .args(["-c", "import ensurepip"])
            .output();
        told.is_ok_and(|output| output.status.success())
    };
    if !has_venv() {
        let package = "python3-venv";
        install(&[Tool { package, ..PYTHON }])?;
        ensure!(
            has_venv(),
            "Python has no `venv` after installing `{package}`"
        );
    }
    Ok(())
}

fn locate(tool: Tool) -> Option<PathBuf> {
    tool.programs.iter().find_map(|program| find(program))
}

fn install(missing: &[Tool]) -> Result<()> {
    let packages: Vec<&str> = missing.iter().map(|tool| tool.package).collect();
    let purposes: Vec<&str> = missing.iter().map(|tool| tool.purpose).collect();
    let by_hand = format!(
        "`{}` missing for {}; on Debian: sudo apt-get install --yes {}",
        packages.join("`, `"),
        purposes.join(", "),
        packages.join(" ")
    );
    let is_debian = Path::new("/etc/debian_version").is_file() && find("apt-get").is_some();
    let is_ci = std::env::var("CI").is_ok_and(|told| told == "true");
    ensure!(is_debian && (is_root() || is_ci), by_hand);
    println!("installing {}", packages.join(", "));
    ensure!(
        apt(&["update", "--quiet"])?,
        "the list of packages could not be read; {by_hand}"
    );
    let mut arguments = vec!["install", "--yes", "--quiet"];
    arguments.extend(packages);
    ensure!(apt(&arguments)?, by_hand);
    Ok(())
}

fn is_root() -> bool {
    let told = Command::new("id").arg("-u").output();
    told.is_ok_and(|output| output.stdout.trim_ascii() == b"0")
}

fn apt(arguments: &[&str]) -> Result<bool> {
    let mut command = match is_root() {
        true => Command::new("apt-get"),
        false => {
            let mut command = Command::new("sudo");
            command.args(["--non-interactive", "apt-get"]);
            command
        }
    };
    command
        .env("DEBIAN_FRONTEND", "noninteractive")
        .stdin(Stdio::null())
        .stdout(Stdio::null());
    Ok(command.args(arguments).status()?.success())
}

#[cfg(test)]
mod tests {
    use super::check_node;

    #[test]
    fn an_old_node_is_told_apart() {
        for (told, is_enough) in [
            ("v20.20.2", true),
            ("v20.19.0", true),
            ("v24.0.0", true),
            ("v20.18.3", false),
            ("v18.20.0", false),
            ("", false),
        ] {
            assert_eq!(check_node(told).is_ok(), is_enough, "{told}");
        }
    }
}
