//! Where each coder was in each study: one small JSON file in the state folder.
//!
//! It may hold words that were searched for, so it is for its owner alone.

use std::fs;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};

use crate::app::Place;
use crate::store::{StoreError, write_private_file};

/// The file of one coder's place in one study.
#[derive(Clone, Debug)]
pub struct PlaceFile {
    path: PathBuf,
}

impl PlaceFile {
    /// The file below the state folder, for a study's identity and a coder's name.
    #[must_use]
    pub fn new(state: &Path, study: &str, coder: &str) -> Self {
        let safe: String = coder.chars().map(|c| if c.is_alphanumeric() { c } else { '_' }).collect();
        Self { path: state.join(study).join(format!("{safe}.json")) }
    }

    /// Where it lies.
    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    /// The saved place; the beginning if there is none that can be read.
    #[must_use]
    pub fn read(&self) -> Place {
        fs::read(&self.path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Saves a place.
    ///
    /// # Errors
    /// If the folder cannot be made or written.
    pub fn write(&self, place: &Place) -> Result<(), StoreError> {
        let bytes = serde_json::to_vec(place).map_err(|error| unwritten(&self.path, &error))?;
        write_below(&self.path, &bytes)
    }
}

/// The folder of the study that was opened last, if it is still there.
#[must_use]
pub fn last_study(state: &Path) -> Option<PathBuf> {
    let text = fs::read_to_string(state.join(LAST_STUDY)).ok()?;
    let folder = PathBuf::from(text.trim_end_matches('\n'));
    folder.join("study.db").is_file().then_some(folder)
}

/// Remembers the study that was opened last.
///
/// # Errors
/// If the state folder cannot be written.
pub fn remember_study(state: &Path, folder: &Path) -> Result<(), StoreError> {
    write_below(&state.join(LAST_STUDY), folder.as_os_str().as_encoded_bytes())
}

const LAST_STUDY: &str = "last-study";

/// Writes a private file, and makes the folder it lies in if need be.
pub(super) fn write_below(path: &Path, bytes: &[u8]) -> Result<(), StoreError> {
    if let Some(folder) = path.parent() {
        fs::DirBuilder::new()
            .recursive(true)
            .mode(0o700)
            .create(folder)
            .map_err(|error| unwritten(folder, &error))?;
    }
    write_private_file(path, bytes)
}

fn unwritten(path: &Path, error: &dyn std::error::Error) -> StoreError {
    StoreError::File { path: path.to_owned(), why: format!("{error}; nothing was changed") }
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    #[test]
    fn a_place_is_for_its_owner_alone_and_leaves_no_other_file() {
        let state = tempfile::tempdir().unwrap();
        let file = PlaceFile::new(state.path(), "study", "A/B");
        let place = Place { query: "time".into(), ..Place::default() };
        file.write(&Place::default()).unwrap();
        file.write(&place).unwrap();
        assert_eq!(file.read(), place);
        let folder = state.path().join("study");
        let names: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        assert_eq!(names, [folder.join("A_B.json")]);
        assert_eq!(fs::metadata(&names[0]).unwrap().permissions().mode() & 0o777, 0o600);
        assert_eq!(fs::metadata(&folder).unwrap().permissions().mode() & 0o777, 0o700);
    }
}
