//! A file that is there only once it is complete: it is written under another name first.

use std::fs::File;
use std::path::PathBuf;

use anyhow::Context;

/// A file on its way.
pub struct Partial {
    at: PathBuf,
    to: PathBuf,
    is_complete: bool,
}

impl Partial {
    /// Begins a file that will be at `to`.
    ///
    /// # Errors
    /// If it cannot be made.
    pub fn create(to: PathBuf) -> anyhow::Result<(Self, File)> {
        let mut name = to.file_name().unwrap_or_default().to_owned();
        name.push(".partial");
        let at = to.with_file_name(name);
        let file = File::create(&at).with_context(|| format!("cannot write `{}`", at.display()))?;
        let partial = Self {
            at,
            to,
            is_complete: false,
        };
        Ok((partial, file))
    }

    /// Gives it its name; whatever had it before is replaced.
    ///
    /// # Errors
    /// If that cannot be done.
    pub fn complete(mut self) -> anyhow::Result<()> {
        std::fs::rename(&self.at, &self.to)
            .with_context(|| format!("cannot write `{}`", self.to.display()))?;
        self.is_complete = true;
        Ok(())
    }
}

impl Drop for Partial {
    fn drop(&mut self) {
        if !self.is_complete {
            // What is left of a failed export helps nobody; that it cannot be taken away
            // neither.
            let _ = std::fs::remove_file(&self.at);
        }
    }
}
