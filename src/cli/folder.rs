//! A folder that is written whole or not at all: made beside its place under a temporary name, then renamed.
//!
//! What was in its place is kept until the new one is whole and [`Swapped::keep`] says so; [`Swapped::undo`] brings it back.
//! Knows nothing of what the files are.

use std::fs::{self, DirBuilder, File};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use super::error::CliError;
use super::world::shown_path;
use crate::store::{
    StoreError, folder_of, hold_unfinished, temporary_beside, unfinished_beside, write_new_private_file,
};

/// A folder that is whole and waits beside its place.
#[must_use = "the folder is there only once it is swapped"]
pub(super) struct Waiting {
    place: PathBuf,
    new: PathBuf,
    /// Says that somebody works on it.
    held: Option<File>,
}

/// A folder in its place, and the one that was there.
#[must_use = "the folder that was there stays beside it until one of both is kept"]
pub(super) struct Swapped {
    place: PathBuf,
    before: Option<PathBuf>,
}

/// Writes the files (path in the folder, bytes) into a new folder beside `place`.
///
/// # Errors
/// If anything of it cannot be written; nothing is left then.
pub(super) fn write_folder(place: &Path, files: &[(String, Vec<u8>)]) -> Result<Waiting, CliError> {
    // `bundle/` and `bundle` are one; `..` has no name that could be changed.
    let place: PathBuf = place.components().collect();
    if place.file_name().is_none() {
        return Err(CliError::at(
            shown_path(&place),
            "this has no name of its own; name the folder to be made",
        ));
    }
    let mut waiting = Waiting { new: unfinished_beside(&place), place, held: None };
    fill(&mut waiting, files)?;
    Ok(waiting)
}

impl Waiting {
    /// Puts it in its place.
    ///
    /// # Errors
    /// If it cannot be renamed; the place is then as before.
    pub(super) fn swap(self) -> Result<Swapped, CliError> {
        let before = swap(&self.new, &self.place)?;
        Ok(Swapped { place: self.place.clone(), before })
    }
}

/// One that did not get into its place leaves nothing behind; one that did has that name no more.
impl Drop for Waiting {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.new);
    }
}

fn fill(waiting: &mut Waiting, files: &[(String, Vec<u8>)]) -> Result<(), CliError> {
    let Waiting { place, new, held } = waiting;
    make(new, place)?;
    *held = hold_unfinished(new);
    for (name, bytes) in files {
        let path = new.join(name);
        if let Some(within) = path.parent().filter(|within| !within.is_dir()) {
            make(within, place)?;
        }
        write_new_private_file(&path, bytes).map_err(|error| cannot_make(place, error))?;
    }
    Ok(())
}

fn make(folder: &Path, place: &Path) -> Result<(), CliError> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| cannot_make(place, StoreError::of_file(folder, &error)))
}

/// That a folder cannot be made, by the name that was asked for and not by that of what waits beside it.
fn cannot_make(asked: &Path, error: StoreError) -> CliError {
    match error {
        StoreError::Full(_) => said(StoreError::Full(asked.to_owned())),
        StoreError::File { why, .. } => CliError::at(
            shown_path(asked),
            format!("the folder cannot be made there: {why}; name one in a folder where you may write"),
        ),
        other => said(other),
    }
}

/// Renames; gives what was there before, under another name.
fn swap(new: &Path, place: &Path) -> Result<Option<PathBuf>, CliError> {
    let renamed = |from: &Path, to: &Path| {
        fs::rename(from, to).map_err(|error| {
            CliError::at(shown_path(place), format!("the folder cannot be put in its place: {error}"))
        })
    };
    let before = place.symlink_metadata().is_ok().then(|| temporary_beside(place));
    if let Some(before) = &before {
        renamed(place, before)?;
    }
    if let Err(error) = renamed(new, place) {
        if let Some(before) = &before {
            let _ = fs::rename(before, place);
        }
        return Err(error);
    }
    // That the names are on disk is worth a try: where it fails, both folders are there and whole.
    let _ = File::open(folder_of(place)).and_then(|within| within.sync_all());
    Ok(before)
}

/// Why a file could not be written, in the words of an export.
pub(super) fn said(error: StoreError) -> CliError {
    match error {
        StoreError::Full(path) => CliError::at(
            shown_path(&path),
            "the disk or the quota is full; nothing was written, make room and export again",
        ),
        other => CliError::from(other),
    }
}

impl Swapped {
    /// Lets go of what was there before.
    pub(super) fn keep(self) -> Result<(), CliError> {
        let Some(before) = self.before else { return Ok(()) };
        fs::remove_dir_all(&before).map_err(|error| {
            CliError::at(
                shown_path(&before),
                format!("the new folder is in its place, the old one cannot be removed: {error}"),
            )
        })
    }

    /// Puts back what was there before.
    pub(super) fn undo(self) {
        let _ = fs::remove_dir_all(&self.place);
        if let Some(before) = &self.before {
            let _ = fs::rename(before, &self.place);
        }
    }
}
