//! Files to be imported, on their way from the disk: which ones a folder gives, and their bytes.

use std::env;
use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::document::LARGEST_FILE;
use crate::import::{Unread, is_importable};

/// Why files cannot be had.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FilesError {
    /// There is nothing to take.
    #[error(
        "no file there can be imported; transcripts end in .txt .md .docx .odt .vtt or .srt, tables in .csv or \
         .toml{0}"
    )]
    Nothing(String),
    /// The disk refused.
    #[error("it cannot be read: {error}")]
    Unreadable {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        error: io::Error,
    },
}

/// Files to be imported, in the order of their names, and those of the same folders that are not.
#[derive(Debug, Default)]
pub(crate) struct FoundFiles {
    /// The files given, and the importable ones of the folders given.
    pub(crate) files: Vec<PathBuf>,
    /// What else lies in those folders.
    pub(crate) unread: Vec<Unread>,
}

/// The files given, and what the folders given hold.
///
/// # Errors
/// If a folder cannot be read, or there is no file.
pub(crate) fn list_files(paths: &[PathBuf]) -> Result<FoundFiles, FilesError> {
    /// So many of the others are named where there is nothing to take.
    const NAMED: usize = 5;
    let mut found = FoundFiles::default();
    for path in paths {
        if path.is_dir() {
            list_folder(path, &mut found)?;
        } else {
            found.files.push(path.clone());
        }
    }
    if found.files.is_empty() {
        let others = found.unread.iter().take(NAMED).map(|file| format!("; {file}"));
        return Err(FilesError::Nothing(others.collect()));
    }
    Ok(found)
}

fn list_folder(folder: &Path, found: &mut FoundFiles) -> Result<(), FilesError> {
    let fail = |error: io::Error| FilesError::Unreadable { path: folder.to_owned(), error };
    let mut entries: Vec<PathBuf> = Vec::new();
    for entry in fs::read_dir(folder).map_err(fail)? {
        entries.push(entry.map_err(fail)?.path());
    }
    entries.sort();
    for path in entries {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        // A study inside the folder is no source for itself.
        if path.is_dir() && !hidden && !path.join("study.db").exists() {
            list_folder(&path, found)?;
        } else if path.is_file() && is_importable(&path.display().to_string()) {
            found.files.push(path);
        } else if path.is_file() {
            found.unread.extend(Unread::of_name(&path.display().to_string()));
        }
    }
    Ok(())
}

/// The bytes of a file; of one that is too large only as many as are enough to refuse it.
///
/// # Errors
/// If it cannot be read.
pub(crate) fn read_file(path: &Path) -> Result<Vec<u8>, FilesError> {
    let most = u64::try_from(LARGEST_FILE).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    fs::File::open(path)
        .and_then(|file| file.take(most).read_to_end(&mut bytes))
        .map_err(|error| FilesError::Unreadable { path: path.to_owned(), error })?;
    Ok(bytes)
}

/// A path as typed: `~` and `~/…` are below the user's home.
pub(crate) fn expand_home(path: &str) -> PathBuf {
    let below = path.strip_prefix('~').filter(|rest| rest.is_empty() || rest.starts_with('/'));
    match (below, env::var_os("HOME")) {
        (Some(rest), Some(home)) => PathBuf::from(home).join(rest.trim_start_matches('/')),
        _ => PathBuf::from(path),
    }
}
