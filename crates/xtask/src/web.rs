//! The pages: their packages and their build. npm is called here and never by a
//! build script, so that `cargo build` works without Node and without a network.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};

use anyhow::{Context, Result, ensure};

use crate::repo::Repo;

/// The lock file that the installed packages came from, kept beside them.
const INSTALLED: &str = "web/node_modules/.segue-installed-lock.json";
/// The fingerprint of the sources that the built pages came from.
const BUILT: &str = "web/node_modules/.segue-built";
/// What a build leaves.
const OUTPUTS: &[&str] = &[
    "web/sdk/dist/index.js",
    "web/console/dist/index.html",
    "web/widget/dist/widget.html",
];
/// Folders whose files end up in the pages.
const SOURCES: &[&str] = &["web/client", "web/sdk", "web/console", "web/widget"];

/// Installs the packages of the lock file, if they are not the ones installed.
///
/// # Errors
/// When npm fails.
pub fn install(repo: &Repo) -> Result<()> {
    let lock = repo.read("web/package-lock.json")?;
    if fs::read_to_string(repo.path(INSTALLED)).is_ok_and(|installed| installed == lock) {
        println!("the packages of the pages are up to date");
        return Ok(());
    }
    npm(repo, &["ci", "--no-audit", "--no-fund", "--loglevel=error"])?;
    fs::write(repo.path(INSTALLED), lock).context("cannot note what was installed")
}

/// Builds the pages, if their sources are not the ones that were built. A
/// needless build would make the server compile anew, because it embeds them.
///
/// # Errors
/// When npm fails.
pub fn build(repo: &Repo) -> Result<()> {
    let wanted = format!("{:016x}", fingerprint(repo)?);
    let is_there = OUTPUTS.iter().all(|output| repo.has(output));
    if is_there && fs::read_to_string(repo.path(BUILT)).is_ok_and(|built| built == wanted) {
        println!("the pages are up to date");
        return Ok(());
    }
    npm(repo, &["run", "build"])?;
    fs::write(repo.path(BUILT), wanted).context("cannot note what was built")
}

/// Runs npm on the pages.
///
/// # Errors
/// When it fails.
pub fn npm(repo: &Repo, arguments: &[&str]) -> Result<()> {
    let mut command = repo.command("npm");
    let status = command
        .args(["--prefix", "web"])
        .args(arguments)
        .status()
        .context("cannot run npm")?;
    ensure!(
        status.success(),
        "`npm {}` failed in `web`",
        arguments.join(" ")
    );
    Ok(())
}

/// Whether a package of the pages has a script.
pub fn has_script(repo: &Repo, package: &str, script: &str) -> bool {
    let manifest = repo
        .read(&format!("web/{package}/package.json"))
        .unwrap_or_default();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap_or_default();
    manifest.pointer(&format!("/scripts/{script}")).is_some()
}

fn fingerprint(repo: &Repo) -> Result<u64> {
    let mut hasher = DefaultHasher::new();
    for file in [
        "web/package.json",
        "web/package-lock.json",
        "web/tsconfig.base.json",
    ] {
        repo.read(file)?.hash(&mut hasher);
    }
    for folder in SOURCES {
        for file in repo.texts(folder)? {
            (file.path, file.text).hash(&mut hasher);
        }
    }
    Ok(hasher.finish())
}
