//! The repository on disk: where it is, which files it has, which crates.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

/// Folders that hold nothing that was written here.
const SKIPPED_FOLDERS: &[&str] = &[
    "target",
    "node_modules",
    "dist",
    ".git",
    ".segue-demo",
    "test-output",
];
/// Larger files are data, not text that somebody wrote, in bytes.
const TEXT_BYTES_MAX: u64 = 4 * 1024 * 1024;

/// The repository.
#[derive(Debug, Clone)]
pub struct Repo {
    root: PathBuf,
}

/// A text file: its path from the root with `/`, and what is in it.
#[derive(Debug, Clone)]
pub struct TextFile {
    /// The path from the root.
    pub path: String,
    /// The text.
    pub text: String,
}

/// A crate of the workspace, as cargo sees it.
#[derive(Debug, Clone, Default)]
pub struct Package {
    /// The package's name.
    pub name: String,
    /// The names of its dependencies, without those for tests.
    pub dependencies: Vec<String>,
    /// The names of its dependencies for tests alone.
    pub test_dependencies: Vec<String>,
}

impl Repo {
    /// The repository that this program was built from.
    ///
    /// # Errors
    /// When the folder is no longer there.
    pub fn find() -> Result<Self> {
        // `cargo run` and `cargo nextest` say it; a program that was moved does not matter.
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR")
            .map_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")), PathBuf::from);
        let root = manifest.join("../..").canonicalize()?;
        ensure!(
            root.join("Cargo.lock").is_file(),
            "`{}` is not the repository",
            root.display()
        );
        Ok(Self { root })
    }

    /// A path within the repository.
    pub fn path(&self, relative: &str) -> PathBuf {
        self.root.join(relative)
    }

    /// A command that runs in the root.
    pub fn command(&self, program: &str) -> Command {
        let mut command = Command::new(program);
        command.current_dir(&self.root);
        command
    }

    /// Cargo, the one that runs this program.
    pub fn cargo(&self) -> Command {
        self.command(&std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
    }

    /// Whether a file or folder is there.
    pub fn has(&self, relative: &str) -> bool {
        self.path(relative).exists()
    }

    /// The text of one file.
    ///
    /// # Errors
    /// When it cannot be read.
    pub fn read(&self, relative: &str) -> Result<String> {
        fs::read_to_string(self.path(relative)).with_context(|| format!("cannot read `{relative}`"))
    }

    /// All text files under a folder, by path; files that are not UTF-8 are left out.
    ///
    /// # Errors
    /// When a folder or file cannot be read.
    pub fn texts(&self, under: &str) -> Result<Vec<TextFile>> {
        let mut found = Vec::new();
        self.collect(&self.path(under), &mut found)?;
        found.sort_by(|one, other| one.path.cmp(&other.path));
        Ok(found)
    }

    fn collect(&self, folder: &Path, found: &mut Vec<TextFile>) -> Result<()> {
        if !folder.is_dir() {
            return Ok(());
        }
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let (kind, path) = (entry.file_type()?, entry.path());
            if kind.is_dir() {
                let is_skipped = SKIPPED_FOLDERS
                    .iter()
                    .any(|name| entry.file_name() == *name);
                if !is_skipped {
                    self.collect(&path, found)?;
                }
            } else if kind.is_file() && entry.metadata()?.len() <= TEXT_BYTES_MAX {
                let Ok(text) = String::from_utf8(fs::read(&path)?) else {
                    continue;
                };
                let relative = path.strip_prefix(&self.root)?;
                found.push(TextFile {
                    path: relative.to_string_lossy().replace('\\', "/"),
                    text,
                });
            }
        }
        Ok(())
    }

    /// The crates of the workspace.
    ///
    /// # Errors
    /// When cargo cannot read the workspace.
    pub fn packages(&self) -> Result<Vec<Package>> {
        let arguments = [
            "metadata",
            "--no-deps",
            "--offline",
            "--format-version",
            "1",
        ];
        let output = self
            .cargo()
            .args(arguments)
            .output()
            .context("cannot run cargo")?;
        ensure!(
            output.status.success(),
            "{}",
            String::from_utf8_lossy(&output.stderr)
        );
        let metadata: serde_json::Value = serde_json::from_slice(&output.stdout)?;
        let packages = metadata
            .get("packages")
            .and_then(serde_json::Value::as_array);
        Ok(packages.into_iter().flatten().map(package).collect())
    }
}

fn package(value: &serde_json::Value) -> Package {
    let text = |value: &serde_json::Value, key: &str| {
        value
            .get(key)
            .and_then(serde_json::Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let mut package = Package {
        name: text(value, "name"),
        ..Package::default()
    };
    let dependencies = value
        .get("dependencies")
        .and_then(serde_json::Value::as_array);
    for dependency in dependencies.into_iter().flatten() {
        let of_kind = match text(dependency, "kind").as_str() {
            "dev" => &mut package.test_dependencies,
            _ => &mut package.dependencies,
        };
        of_kind.push(text(dependency, "name"));
    }
    package
}
