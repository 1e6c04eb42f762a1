//! What a study is made of, and what belongs to whoever works with it: no export is written over that, `--force` or not.

use std::fs::{self, Metadata};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use super::error::CliError;
use super::identifiers::names_file;
use super::world::{Opened, World, shown_path};
use crate::store::folder_of;

/// Refuses a place that is a file of the study, one among its snapshots, its draft or the list of names, by whatever name.
pub(super) fn refuse_own(world: &World, opened: &Opened, path: &Path) -> Result<(), CliError> {
    let folder = opened.store.folder();
    let place = resolved(path);
    let whose = if is_of_study(&place, &resolved(folder)) {
        "this is a file of the study"
    } else if drafts(opened).iter().any(|draft| is_same(&place, draft)) {
        "this is the draft that study.toml names, or its quotations"
    } else if names_file(world, opened).is_ok_and(|names| is_same(&place, names.path())) {
        "this is the list of names"
    } else {
        return Ok(());
    };
    Err(CliError::at(
        shown_path(path),
        format!("{whose}, which no export replaces; nothing was written, give another name"),
    ))
}

/// Whether a place is a file of the study in this folder, is another name of one, or lies among its snapshots.
fn is_of_study(place: &Path, folder: &Path) -> bool {
    let is_own = |name: &str| {
        name == "study.toml" || name == "study.lock" || name == "snapshots" || name.starts_with("study.db")
    };
    let own = fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path());
    let is_called_so = place.parent() == Some(folder) && name_of(place).is_some_and(|name| is_own(&name));
    is_called_so
        || place.starts_with(folder.join("snapshots"))
        || own.filter(|own| name_of(own).is_some_and(|name| is_own(&name))).any(|own| is_same(place, &own))
}

fn name_of(path: &Path) -> Option<String> {
    path.file_name().map(|name| name.to_string_lossy().into_owned())
}

/// The draft, and the file of quotations beside it.
fn drafts(opened: &Opened) -> Vec<PathBuf> {
    let settings = &opened.study.settings.quotation;
    let files = settings.draft.clone().into_iter().chain(settings.beside_draft());
    files.map(|file| opened.store.folder().join(file)).collect()
}

/// A path without links and `..`, also of what is not there yet.
fn resolved(path: &Path) -> PathBuf {
    let within = |path: &Path| {
        let folder = folder_of(path).canonicalize().ok()?;
        Some(folder.join(path.file_name()?))
    };
    path.canonicalize().ok().or_else(|| within(path)).unwrap_or_else(|| path.to_owned())
}

/// Whether two paths are one file; where it is not there yet, one name.
fn is_same(one: &Path, other: &Path) -> bool {
    let is_one = |held: &Metadata, same: &Metadata| (held.dev(), held.ino()) == (same.dev(), same.ino());
    match (one.metadata(), other.metadata()) {
        (Ok(held), Ok(same)) => is_one(&held, &same),
        _ => resolved(one) == resolved(other),
    }
}
