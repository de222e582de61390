//! Building and starting the product.

use std::fs;

use anyhow::{Context, Result};

use crate::repo::Repo;
use crate::stages::{become_command, succeed};
use crate::{tools, web};

/// The profile of `make run`: see `.cargo/config.toml` for what it leaves out and why.
const DEMO_PROFILE: &str = "demo";
/// Where the demo keeps its data between runs.
const DEMO_DATA: &str = "./.segue-demo";
/// Where the demo's console listens, if the port is free.
const DEMO_LISTEN: &str = "127.0.0.1:8080";

/// Builds everything and starts the demo; this process becomes the server.
///
/// # Errors
/// When a tool is missing or a build fails.
pub fn demo(repo: &Repo, more: &[String]) -> Result<()> {
    tools::check_builders()?;
    web::install(repo)?;
    web::build(repo)?;
    let mut server = repo.cargo();
    server.args([
        "run",
        "--locked",
        "--profile",
        DEMO_PROFILE,
        "--package",
        "segue",
        "--",
    ]);
    server.args([
        "serve",
        "--demo",
        "--data",
        DEMO_DATA,
        "--listen",
        DEMO_LISTEN,
    ]);
    become_command(server.args(more))
}

/// Builds the pages and the binary that is deployed.
///
/// # Errors
/// When a tool is missing or a build fails.
pub fn build(repo: &Repo) -> Result<()> {
    tools::check_builders()?;
    web::install(repo)?;
    web::build(repo)?;
    succeed(
        repo.cargo()
            .args(["build", "--locked", "--release", "--package", "segue"]),
    )
}

/// Runs the load benchmarks.
///
/// # Errors
/// When there are none here, or they fail.
pub fn bench(repo: &Repo, more: &[String]) -> Result<()> {
    tools::check_builders()?;
    let mut bench = repo.cargo();
    bench.args([
        "run",
        "--locked",
        "--release",
        "--package",
        "segue",
        "--",
        "bench",
    ]);
    succeed(bench.args(more))
}

/// Removes what was built and installed, and the demo's data.
///
/// # Errors
/// When something cannot be removed.
pub fn clean(repo: &Repo) -> Result<()> {
    let folders = [
        "web/node_modules",
        "web/console/dist",
        "web/widget/dist",
        ".segue-demo",
        "test-output",
    ];
    for folder in folders.into_iter().filter(|folder| repo.has(folder)) {
        fs::remove_dir_all(repo.path(folder))
            .with_context(|| format!("cannot remove `{folder}`"))?;
    }
    succeed(repo.cargo().arg("clean"))
}
