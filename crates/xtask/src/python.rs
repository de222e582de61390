//! Python for the examples and the client library: an environment of its own below
//! `target`, with the packages that `examples/requirements.txt` pins.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::repo::Repo;
use crate::stages::succeed;
use crate::tools;

/// The packages.
const REQUIREMENTS: &str = "examples/requirements.txt";
/// Where the environment is.
const PLACE: &str = "target/python";
/// What it was made from; it is made anew when that changes.
const STAMP: &str = "target/python/requirements.txt";
/// The client library.
const LIBRARY: &str = "sdk/python";
/// Its types, generated.
const TYPES: &str = "sdk/python/segue_sdk/generated/types.py";
/// What they are generated from.
const DOCUMENT: &str = "sdk/openapi.json";

/// The environment's programs.
#[derive(Debug, Clone)]
pub struct Python {
    programs: PathBuf,
    library: PathBuf,
}

impl Python {
    /// Makes the environment, unless it is there.
    ///
    /// # Errors
    /// When Python cannot make one or a package cannot be installed.
    pub fn at(repo: &Repo) -> Result<Self> {
        let python = Self {
            programs: repo.path(PLACE).join("bin"),
            library: repo.path(LIBRARY),
        };
        let wanted = repo.read(REQUIREMENTS)?;
        if repo.read(STAMP).is_ok_and(|made_from| made_from == wanted) {
            return Ok(python);
        }
        tools::require_venv()?;
        succeed(
            repo.command("python3")
                .args(["-m", "venv", "--clear"])
                .arg(repo.path(PLACE)),
        )?;
        let mut install = python.command("pip");
        install.args([
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--requirement",
        ]);
        succeed(install.arg(repo.path(REQUIREMENTS)))
            .context("the packages of the examples could not be installed")?;
        std::fs::write(repo.path(STAMP), wanted)?;
        Ok(python)
    }

    /// A program of the environment, which knows the client library.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(self.programs.join(program));
        command.env("PYTHONPATH", &self.library);
        command
    }

    /// Writes the types of the client library.
    ///
    /// # Errors
    /// When the generator fails.
    pub fn write_types(&self, repo: &Repo) -> Result<()> {
        self.generate(repo, &repo.path(TYPES))
    }

    /// Checks that the client library's types are what the document gives, and that the
    /// library keeps to them.
    ///
    /// # Errors
    /// When they are not, or it does not.
    pub fn check_library(&self, repo: &Repo) -> Result<()> {
        let fresh = repo.path(PLACE).join("types.py");
        self.generate(repo, &fresh)?;
        ensure!(
            std::fs::read_to_string(fresh)? == repo.read(TYPES)?,
            "`{TYPES}` is not what `{DOCUMENT}` gives: run `cargo xtask sdk`"
        );
        let mut check = self.command("mypy");
        succeed(
            check
                .current_dir(&self.library)
                .args(["--strict", "segue_sdk"]),
        )
    }

    fn generate(&self, repo: &Repo, to: &std::path::Path) -> Result<()> {
        let mut generator = self.command("datamodel-codegen");
        generator.current_dir(repo.path(""));
        generator.args(["--input", DOCUMENT, "--input-file-type", "openapi"]);
        generator.args(["--output-model-type", "typing.TypedDict"]);
        generator.args([
            "--target-python-version",
            "3.11",
            "--enum-field-as-literal",
            "all",
        ]);
        generator.args(["--use-union-operator", "--use-standard-collections"]);
        generator.args(["--use-schema-description", "--use-field-description"]);
        generator.args(["--disable-timestamp", "--formatters", "builtin", "--output"]);
        succeed(generator.arg(to))
    }
}
