//! What is to leave waits beside its place under another name until it is whole. A process that is killed leaves it there, with
//! words of participants in it: a name of its own and a lock tell what nobody will finish any more, so that it can go.

use std::fs::{self, File, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use rustix::fs::FlockOperation;

use super::StoreError;
use super::files::{create_private, rename_durably, rename_new, temporary_beside};

/// What the name of something that waits ends in. Nothing else has such a name.
const ENDING: &str = "unfinished";

/// Digits of the chance in such a name.
const DIGITS: usize = 16;

/// A name beside a file or folder under which it can wait, another one at each call.
#[must_use]
pub fn unfinished_beside(path: &Path) -> PathBuf {
    temporary_beside(path).with_extension(ENDING)
}

/// Says that what waits here is being worked on, as long as what this gives is kept. Where the disk knows no locks, it is
/// taken to be worked on for ever.
#[must_use]
pub fn hold_unfinished(path: &Path) -> Option<File> {
    let held = OpenOptions::new().read(true).write(!path.is_dir()).open(path).ok()?;
    lock(&held).then_some(held)
}

fn lock(held: &File) -> bool {
    rustix::fs::flock(held, FlockOperation::NonBlockingLockExclusive).is_ok()
}

/// What waits in a folder, worked on or not.
#[must_use]
pub fn unfinished_in(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let waits = |path: &PathBuf| {
        let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        let mut parts = name.rsplit('.');
        name.starts_with('.')
            && parts.next() == Some(ENDING)
            && parts
                .next()
                .is_some_and(|part| part.len() == DIGITS && part.chars().all(|c| c.is_ascii_hexdigit()))
            && path.symlink_metadata().is_ok_and(|held| held.is_file() || held.is_dir())
    };
    entries.flatten().map(|entry| entry.path()).filter(waits).collect()
}

/// Removes what waits in a folder and nobody works on any more. Gives how many files and folders went.
pub fn clear_unfinished(folder: &Path) -> usize {
    let mut gone = 0;
    for path in unfinished_in(folder) {
        // The lock is kept until it is gone.
        let Some(_held) = hold_unfinished(&path) else { continue };
        let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
        gone += usize::from(removed.is_ok());
    }
    gone
}

/// Files that are written whole, for their owner alone (0600), and have no names yet: what has to be done before they get them
/// can still fail, and then nothing of them stays.
#[derive(Debug, Default)]
#[must_use = "the files are there only once they are placed"]
pub struct Staged {
    waiting: Vec<Waiting>,
}

#[derive(Debug)]
struct Waiting {
    temporary: PathBuf,
    place: PathBuf,
    /// See [`hold_unfinished`].
    _held: Option<File>,
}

impl Staged {
    /// Writes files beside their places.
    ///
    /// # Errors
    /// If one cannot be written or the disk is full; nothing is left then.
    pub fn write(files: &[(&Path, &[u8])]) -> Result<Self, StoreError> {
        let mut staged = Self::default();
        for (path, bytes) in files {
            let temporary = unfinished_beside(path);
            let file = create_private(&temporary, false);
            let held = hold_unfinished(&temporary);
            staged.waiting.push(Waiting { temporary, place: (*path).to_owned(), _held: held });
            file.and_then(|mut file| {
                file.write_all(bytes)
                    .and_then(|()| file.sync_all())
                    .map_err(|error| StoreError::file(path, &error))
            })?;
        }
        Ok(staged)
    }

    /// Gives the files their names, in the order in which they were written. What has a name already is replaced if `replace`
    /// says so.
    ///
    /// # Errors
    /// If a folder cannot be written, or a name is taken; the files that have no name yet are gone then.
    pub fn place(self, replace: bool) -> Result<(), StoreError> {
        for Waiting { temporary, place: path, .. } in &self.waiting {
            match replace {
                true => rename_durably(temporary, path)?,
                false => rename_new(temporary, path).map_err(|error| match error {
                    StoreError::Exists(_) => StoreError::file(path, &ErrorKind::AlreadyExists.into()),
                    other => other,
                })?,
            }
        }
        Ok(())
    }
}

/// What has its name is under the temporary one no more.
impl Drop for Staged {
    fn drop(&mut self) {
        for Waiting { temporary, .. } in &self.waiting {
            let _ = fs::remove_file(temporary);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nobody_works_on_goes_and_all_else_stays() {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        let left = at(".quotes.md.0123456789abcdef.unfinished");
        let write = |path: &Path| create_private(path, false).unwrap();
        write(&left);
        let left_folder = at(".bundle.0123456789abcdef.unfinished");
        fs::create_dir_all(left_folder.join("transcripts")).unwrap();
        write(&left_folder.join("transcripts/I1.txt"));
        let others = ["notes.unfinished", ".notes.unfinished", ".study.db.0123456789abcdef.tmp", "quotes.md"];
        for name in others {
            write(&at(name));
        }
        let place = at("codes.csv");
        let working = Staged::write(&[(&place, b"code")]).unwrap();
        assert_eq!(unfinished_in(folder.path()).len(), 3);
        assert_eq!(clear_unfinished(folder.path()), 2);
        assert!(!left.exists() && !left_folder.exists());
        working.place(false).unwrap();
        assert_eq!(fs::read(&place).unwrap(), b"code");
        assert!(others.iter().all(|name| at(name).exists()));
        assert_eq!(unfinished_in(folder.path()), [] as [PathBuf; 0]);
    }
}
