//! Everything that is tested, in one run. What fails soonest comes first; one
//! build of the crates serves the tests, the doctests, the browsers and the
//! examples.

use std::path::PathBuf;

use anyhow::Result;

use crate::repo::Repo;
use crate::stages::{Stages, succeed};
use crate::{examples, tools, web};

/// Ends a test that hangs, and says which; see the file.
const NEXTEST_CONFIG: &str = "crates/xtask/nextest.toml";

/// Runs all of it.
///
/// # Errors
/// The first stage that fails.
pub fn run(repo: &Repo) -> Result<()> {
    let mut stages = Stages::default();
    let mut browser = PathBuf::new();
    stages.stage("tools", || {
        tools::check_builders()?;
        let found = tools::require(&[tools::BROWSER, tools::CURL, tools::PYTHON])?;
        browser = found.into_iter().next().unwrap_or_default();
        println!("the browser is {}", browser.display());
        Ok(())
    })?;
    stages.stage("packages of the pages", || web::install(repo))?;
    stages.stage("types of the pages", || web::npm(repo, &["run", "check"]))?;
    stages.stage("tests of the pages", || web::npm(repo, &["run", "test"]))?;
    stages.stage("build of the pages", || web::build(repo))?;
    let has_nextest = tools::find("cargo-nextest").is_some();
    stages.stage("build of the crates", || {
        succeed(
            repo.cargo()
                .args(["test", "--locked", "--workspace", "--no-run"]),
        )
    })?;
    stages.stage("tests of the crates", || {
        let tests: &[&str] = match has_nextest {
            true => &[
                "nextest",
                "run",
                "--locked",
                "--workspace",
                "--config-file",
                NEXTEST_CONFIG,
            ],
            false => &[
                "test",
                "--locked",
                "--workspace",
                "--lib",
                "--bins",
                "--tests",
            ],
        };
        succeed(repo.cargo().args(tests))
    })?;
    stages.stage("doctests", || {
        succeed(
            repo.cargo()
                .args(["test", "--locked", "--workspace", "--doc"]),
        )
    })?;
    let binary = examples::binary(repo)?;
    if web::has_script(repo, "e2e", "e2e") {
        stages.stage("browser tests", || {
            let mut tests = repo.command("npm");
            tests.args(["--prefix", "web", "run", "e2e", "--workspace", "e2e"]);
            succeed(tests.env("SEGUE_BIN", &binary).env("CHROMIUM", &browser))
        })?;
    } else {
        stages.skip("browser tests", "`web/e2e` has no script `e2e`");
    }
    if repo.has("examples") {
        stages.stage("examples", || examples::run(repo, &binary))?;
    } else {
        stages.skip("examples", "there is no folder `examples`");
    }
    stages.finish();
    Ok(())
}
