//! Format, manners, warnings: what needs no test to be wrong. The cheapest comes first.

use anyhow::{Context, Result};

use crate::repo::Repo;
use crate::stages::{Stages, succeed};
use crate::{sdk, tidy, tools, web};

/// Runs all of it.
///
/// # Errors
/// The first that finds something.
pub fn run(repo: &Repo) -> Result<()> {
    let mut stages = Stages::default();
    tools::check_builders()?;
    stages.stage("format", || {
        // Names alone: what `cargo fmt` would change, `git diff` shows better.
        succeed(repo.cargo().args(["fmt", "--all", "--", "--check", "-l"]))
            .context("run `cargo fmt --all`")
    })?;
    stages.stage("tidy", || tidy::run(repo))?;
    stages.stage("document of the client libraries", || sdk::check(repo))?;
    stages.stage("packages of the pages", || web::install(repo))?;
    stages.stage("biome", || web::npm(repo, &["run", "lint"]))?;
    stages.stage("clippy", || {
        let clippy = [
            "clippy",
            "--locked",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ];
        succeed(repo.cargo().args(clippy))
    })?;
    stages.finish();
    Ok(())
}
