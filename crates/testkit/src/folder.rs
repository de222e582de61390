use std::path::{Path, PathBuf};

/// A folder of a test's own, gone with everything in it afterwards.
#[derive(Debug)]
pub struct TempFolder(PathBuf);

impl TempFolder {
    /// Makes one that nobody else has, under the system's temporary folder.
    #[expect(clippy::new_without_default, reason = "making a folder is no default")]
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("segue-{}", uuid::Uuid::now_v7().simple()));
        std::fs::create_dir_all(&path).expect("the temporary folder can be written to");
        Self(path)
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for TempFolder {
    fn drop(&mut self) {
        // What is left behind lies in the temporary folder.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}
