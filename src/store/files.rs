//! The files of a study: modes, kinds of file system, durable renames.

use std::fs::{self, File, OpenOptions};
use std::hash::{BuildHasher, Hasher, RandomState};
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use super::StoreError;

/// The database.
pub(super) const DATABASE: &str = "study.db";
/// The facts that people edit.
pub(super) const SETTINGS: &str = "study.toml";
/// The folder of snapshots.
pub(super) const SNAPSHOTS: &str = "snapshots";

/// What the study's folder lies on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileSystem {
    /// A disk of this host, known to keep what SQLite's WAL needs.
    Local,
    /// Anything else is taken for a network: one host writes at a time.
    Network,
}

/// What `path` lies on. What `statfs` does not know by name counts as a network.
#[must_use]
pub fn file_system_of(path: &Path) -> FileSystem {
    // Linux: `f_type` of ext2/3/4, xfs, btrfs, zfs, tmpfs, overlayfs (statfs(2)).
    const LOCAL: [u32; 6] = [0xEF53, 0x5846_5342, 0x9123_683E, 0x2FC1_2FC1, 0x0102_1994, 0x794C_7630];
    match rustix::fs::statfs(path) {
        Ok(found) if LOCAL.iter().any(|&magic| u128::from(magic) == magic_of(&found)) => FileSystem::Local,
        _ => FileSystem::Network,
    }
}

/// `f_type` is signed on some machines: only its low 32 bits mean something.
fn magic_of(found: &rustix::fs::StatFs) -> u128 {
    #[expect(clippy::cast_sign_loss, reason = "the low 32 bits are the magic number on every target")]
    let magic = found.f_type as u64 & 0xFFFF_FFFF;
    u128::from(magic)
}

/// Mode of the study's files.
pub(super) fn file_mode(shared: bool) -> u32 {
    if shared { 0o660 } else { 0o600 }
}

/// Makes a folder for the study's owner, or for the group when shared.
pub(super) fn make_folder(path: &Path, shared: bool) -> Result<(), StoreError> {
    let mode = if shared { 0o2770 } else { 0o700 };
    if path.is_dir() {
        return Ok(());
    }
    fs::DirBuilder::new()
        .recursive(true)
        .mode(mode)
        .create(path)
        .map_err(|error| StoreError::file(path, &error))?;
    // The umask may have taken bits away.
    fs::set_permissions(path, fs::Permissions::from_mode(mode))
        .map_err(|error| StoreError::file(path, &error))
}

/// Creates an empty file with the study's mode, so that no moment passes in which others could read it.
pub(super) fn create_private(path: &Path, shared: bool) -> Result<File, StoreError> {
    let mode = file_mode(shared);
    let file = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(mode)
        .open(path)
        .map_err(|error| StoreError::file(path, &error))?;
    file.set_permissions(fs::Permissions::from_mode(mode)).map_err(|error| StoreError::file(path, &error))?;
    Ok(file)
}

/// Writes a whole file so that it is there whole or not at all: a temporary name, fsync, rename, fsync of the folder.
pub(super) fn write_whole(path: &Path, bytes: &[u8], shared: bool) -> Result<(), StoreError> {
    let temporary = temporary_beside(path);
    let written = create_private(&temporary, shared).and_then(|mut file| {
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|error| StoreError::file(path, &error))
    });
    let done = written.and_then(|()| rename_durably(&temporary, path));
    if done.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    done
}

/// A temporary name beside a file, another one at each call: neither a process of another host nor the remains of one
/// that was killed can have it. The chance in it reaches no record and no result, so it needs no [`Source`].
///
/// [`Source`]: crate::study::Source
#[must_use]
pub fn temporary_beside(path: &Path) -> PathBuf {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let chance = RandomState::new().build_hasher().finish();
    path.with_file_name(format!(".{name}.{chance:016x}.tmp"))
}

/// Renames, and makes sure that the folder remembers it.
pub(super) fn rename_durably(from: &Path, to: &Path) -> Result<(), StoreError> {
    fs::rename(from, to).map_err(|error| StoreError::file(to, &error))?;
    sync_folder_of(to)
}

/// Gives a file its name for the first time; one that has the name already is never replaced.
pub(super) fn rename_new(from: &Path, to: &Path) -> Result<(), StoreError> {
    match fs::hard_link(from, to) {
        Ok(()) => {
            let _ = fs::remove_file(from);
            sync_folder_of(to)
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => {
            Err(StoreError::Exists(to.parent().unwrap_or(to).to_owned()))
        }
        // Some file systems know no links.
        Err(_) => rename_durably(from, to),
    }
}

/// The folder in which a file or folder lies: this one for a bare name.
#[must_use]
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Fsyncs the folder of a file, so that its creation or renaming is on disk.
pub(super) fn sync_folder_of(path: &Path) -> Result<(), StoreError> {
    let folder = folder_of(path);
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(|error| StoreError::file(folder, &error))
}

/// Writes a file that its owner alone can read (0600), whole or not at all, in the place of one that may be there: a
/// temporary name, fsync, rename, fsync of the folder. All files outside a study that hold words or places of one go
/// this way.
///
/// # Errors
/// If the folder cannot be written or the disk is full; a file that was there is then as before.
pub fn write_private_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    write_whole(path, bytes, false)
}

/// The same for a file that must not be there yet: one that has the name, be it since a moment ago, is never replaced.
///
/// # Errors
/// If there is one, the folder cannot be written or the disk is full.
pub fn write_new_private_file(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    let temporary = temporary_beside(path);
    let written = create_private(&temporary, false).and_then(|mut file| {
        file.write_all(bytes).and_then(|()| file.sync_all()).map_err(|error| StoreError::file(path, &error))
    });
    let done = written.and_then(|()| match rename_new(&temporary, path) {
        Err(StoreError::Exists(_)) => Err(StoreError::file(path, &ErrorKind::AlreadyExists.into())),
        done => done,
    });
    if done.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    done
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_killed_process_left_under_a_temporary_name_stands_in_nobodys_way() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("place.json");
        create_private(&temporary_beside(&path), false).unwrap();
        write_private_file(&path, b"{}").unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"{}");
    }
}
