//! Copies that only the holder of a key can read (S-28), in the format of `age`:
//! the server needs nothing but the public half, and what it wrote can be opened
//! without it.

use std::fs::{self, File, OpenOptions};
use std::io::{self, BufReader, BufWriter, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use age::x25519::Recipient;
use age::{Decryptor, Encryptor, IdentityFile};
use anyhow::{Context, bail};
use segue_store_sqlite::rename_durably;

/// What every sealed file begins with.
const SEALED: &[u8] = b"age-encryption.org/";

/// A file without protection of its own; it is deleted with this value.
pub struct Plain(PathBuf);

impl Plain {
    /// Its name in a folder that holds the same words anyway. The folder is made for
    /// its owner alone if it is not there.
    pub fn within(folder: &Path) -> anyhow::Result<Self> {
        if !folder.exists() {
            fs::DirBuilder::new()
                .recursive(true)
                .mode(0o700)
                .create(folder)?;
        }
        let path = folder.join(format!("plain-{}.db", std::process::id()));
        if path.exists() {
            // Left by a process of the same number that was killed.
            fs::remove_file(&path)?;
        }
        Ok(Self(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.0
    }
}

impl Drop for Plain {
    fn drop(&mut self) {
        if self.0.exists()
            && let Err(error) = fs::remove_file(&self.0)
        {
            eprintln!(
                "segue: `{}` could not be deleted: {error}",
                self.0.display()
            );
        }
    }
}

/// Whether a file is sealed.
pub fn is_sealed(file: &Path) -> anyhow::Result<bool> {
    let mut start = Vec::new();
    let open = File::open(file).with_context(|| format!("cannot read `{}`", file.display()))?;
    io::Read::read_to_end(&mut io::Read::take(open, SEALED.len() as u64), &mut start)?;
    Ok(start == SEALED)
}

/// Seals a file for whoever holds one of these keys. The new one appears under its
/// name when it is whole and on the disk.
pub fn seal(from: &Path, to: &Path, recipients: &[Recipient]) -> anyhow::Result<()> {
    let part = beside(to);
    if part.exists() {
        // Left by a run that was killed; nobody else writes under this name.
        fs::remove_file(&part)?;
    }
    let sealed = seal_into(from, &part, recipients).and_then(|()| {
        if to.exists() {
            bail!("`{}` is there already", to.display());
        }
        Ok(rename_durably(&part, to)?)
    });
    if sealed.is_err() {
        // The first error is the one to tell.
        let _ = fs::remove_file(&part);
    }
    sealed
}

fn seal_into(from: &Path, to: &Path, recipients: &[Recipient]) -> anyhow::Result<()> {
    let known = recipients.iter().map(|one| one as &dyn age::Recipient);
    let sealing = Encryptor::with_recipients(known)?;
    let file = new_file(to).with_context(|| format!("cannot write `{}`", to.display()))?;
    let mut sealed = sealing.wrap_output(BufWriter::new(file))?;
    io::copy(&mut File::open(from)?, &mut sealed)?;
    let mut written = sealed.finish()?;
    written.flush()?;
    Ok(written.get_ref().sync_all()?)
}

/// Opens a sealed file with the keys of an identity file.
pub fn open(from: &Path, identity: &Path, to: &Path) -> anyhow::Result<()> {
    let shown = identity.display();
    let keys = IdentityFile::from_file(identity.to_string_lossy().into_owned())
        .with_context(|| format!("`{shown}` is no file of identities"))?
        .into_identities()?;
    let sealed = Decryptor::new_buffered(BufReader::new(File::open(from)?))?;
    let mut plain = sealed
        .decrypt(keys.iter().map(|key| key.as_ref() as &dyn age::Identity))
        .with_context(|| format!("`{}` was not sealed for `{shown}`", from.display()))?;
    io::copy(&mut plain, &mut new_file(to)?).context("the copy is damaged")?;
    Ok(())
}

fn new_file(path: &Path) -> io::Result<File> {
    OpenOptions::new()
        .create_new(true)
        .write(true)
        .mode(0o600)
        .open(path)
}

fn beside(file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".part");
    PathBuf::from(name)
}
