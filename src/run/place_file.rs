//! Where each coder was in each study: one small JSON file in the state folder.
//!
//! Losing it loses a place, never work: it is written without fsync, but whole or not at all.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use crate::app::Place;

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

    /// The saved place; the beginning if there is none that can be read.
    #[must_use]
    pub fn read(&self) -> Place {
        fs::read(&self.path).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
    }

    /// Saves a place.
    ///
    /// # Errors
    /// If the folder cannot be made or written.
    pub fn write(&self, place: &Place) -> io::Result<()> {
        let bytes = serde_json::to_vec(place).map_err(io::Error::from)?;
        replace_private(&self.path, &bytes)
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
pub fn remember_study(state: &Path, folder: &Path) -> io::Result<()> {
    replace_private(&state.join(LAST_STUDY), folder.as_os_str().as_encoded_bytes())
}

const LAST_STUDY: &str = "last-study";

/// Puts `bytes` in the place of a file that its owner alone can read.
fn replace_private(path: &Path, bytes: &[u8]) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)?;
    }
    let temporary = path.with_extension(format!("{}.tmp", std::process::id()));
    let mut file = OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&temporary)?;
    let written = file.write_all(bytes).and_then(|()| fs::rename(&temporary, path));
    if written.is_err() {
        let _ = fs::remove_file(&temporary);
    }
    written
}
