//! The files of an erasure: snapshots, leftovers, and the pages of the database.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OptionalExtension, TransactionBehavior};
use serde::{Deserialize, Serialize};

use super::super::files::{self, SNAPSHOTS};
use super::super::snapshots::{self, Snapshot};
use super::super::{Store, StoreError, open, schema};
use super::rewrite::{Order, rewrite};
use super::told::Told;
use crate::study::{ERASED, Source};

/// How long to wait for whoever else has the study open.
const PATIENCE: Duration = Duration::from_secs(2);

/// What is still to be done about files, by their names in the study's folder.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Pending {
    /// Files made anew beside the old ones, and the names that they are to have.
    rename: Vec<(String, String)>,
    /// Files that go.
    remove: Vec<String>,
}

impl Pending {
    /// Nothing came of it: what was made goes.
    pub(super) fn forget(&self, folder: &Path) {
        for (made, _) in &self.rename {
            let _ = fs::remove_file(folder.join(made));
        }
    }
}

/// Snapshots that go, and those with a name, which are made anew.
pub(super) fn sort_snapshots(folder: &Path) -> Result<(Vec<Snapshot>, Vec<Snapshot>), StoreError> {
    Ok(snapshots::list(folder)?.into_iter().partition(|snapshot| snapshot.note.is_none()))
}

/// Makes the snapshots that are kept anew, without the words, beside themselves, and lists what is to go.
pub(super) fn prepare(folder: &Path, order: &Order<'_>, told: &Told) -> Result<Pending, StoreError> {
    let (gone, kept) = sort_snapshots(folder)?;
    let mut pending = Pending { rename: Vec::new(), remove: leftovers(folder) };
    pending.remove.extend(gone.iter().filter_map(|snapshot| inside(folder, &snapshot.path)));
    for snapshot in kept {
        let made = files::temporary_beside(&snapshot.path);
        let done = make_anew(folder, &snapshot.path, &made, order, told);
        let name = inside(folder, &snapshot.path);
        // A point of the history may be called by a name that goes.
        let clean = name.as_deref().and_then(|name| order.asked.what.name()?.clean(name, true));
        let clean = clean.map(|clean| clean.replace(ERASED, "-erased-"));
        pending.remove.extend(name.clone().filter(|_| clean.is_some()));
        pending.rename.extend(inside(folder, &made).zip(clean.or(name)));
        if let Err(error) = done {
            pending.forget(folder);
            return Err(error);
        }
    }
    Ok(pending)
}

fn make_anew(
    folder: &Path,
    from: &Path,
    to: &Path,
    order: &Order<'_>,
    told: &Told,
) -> Result<(), StoreError> {
    let words = |error: rusqlite::Error| match StoreError::database(folder, &error) {
        StoreError::Full(path) => StoreError::Full(path),
        error => StoreError::File {
            path: from.to_owned(),
            why: format!(
                "it holds a copy of the study that cannot be rewritten ({error}); delete it, and repeat this"
            ),
        },
    };
    let mut file = files::create_private(to, order.settings.shared)?;
    fs::File::open(from)
        .and_then(|mut source| std::io::copy(&mut source, &mut file))
        .map_err(|error| StoreError::file(to, &error))?;
    let mut copy = Connection::open(to).map_err(words)?;
    copy.pragma_update(None, "secure_delete", true).map_err(words)?;
    copy.pragma_update(None, "temp_store", "MEMORY").map_err(words)?;
    copy.pragma_update(None, "journal_mode", "MEMORY").map_err(words)?;
    if schema::version(&copy).map_err(words)? < schema::newest() {
        schema::migrate(&mut copy).map_err(words)?;
    }
    let transaction = copy.transaction_with_behavior(TransactionBehavior::Immediate).map_err(words)?;
    rewrite(&transaction, order, told).map_err(|stopped| stopped.told(words))?;
    transaction.commit().map_err(words)?;
    copy.execute_batch("VACUUM").map_err(words)?;
    let verdict: String = copy.query_row("PRAGMA quick_check", [], |row| row.get(0)).map_err(words)?;
    if verdict != "ok" {
        return Err(StoreError::Damaged {
            path: from.to_owned(),
            why: "its copy does not pass a check".into(),
        });
    }
    copy.close().map_err(|(_, error)| words(error))?;
    file.sync_all().map_err(|error| StoreError::file(to, &error))
}

/// Databases that were damaged and kept, and what killed processes left.
fn leftovers(folder: &Path) -> Vec<String> {
    let named = |name: &str| {
        name.starts_with("study.db.damaged-")
            || ((name.starts_with(".study.db") || name.contains(".db.")) && is_temporary(name))
    };
    let in_folder = |folder: &Path| -> Vec<PathBuf> {
        fs::read_dir(folder)
            .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
            .unwrap_or_default()
    };
    let found = in_folder(folder).into_iter().chain(in_folder(&folder.join(SNAPSHOTS)));
    let left = found.filter(|path| path.file_name().is_some_and(|name| named(&name.to_string_lossy())));
    left.filter_map(|path| inside(folder, &path)).collect()
}

fn is_temporary(name: &str) -> bool {
    Path::new(name).extension().is_some_and(|end| end == "tmp" || end == "tmp-journal")
}

fn inside(folder: &Path, path: &Path) -> Option<String> {
    path.strip_prefix(folder).ok().map(|path| path.to_string_lossy().into_owned())
}

/// The newest erasure that is not finished.
pub(super) fn unfinished(connection: &Connection) -> rusqlite::Result<Option<i64>> {
    connection
        .query_row("SELECT action FROM erasures WHERE finished = 0 ORDER BY action DESC LIMIT 1", [], |row| {
            row.get(0)
        })
        .optional()
}

impl Store {
    /// Makes sure that no other process has the study open. On a disk of this host that is so while the database can leave
    /// its log; on a network disk the lock of the host says so.
    pub(super) fn be_alone(&self) -> Result<(), StoreError> {
        let words = |error: rusqlite::Error| self.error(&error);
        let _ = self.connection.busy_timeout(PATIENCE);
        self.connection.flush_prepared_statement_cache();
        let mode = self
            .connection
            .pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get::<_, String>(0));
        let _ = self.connection.busy_timeout(open::PATIENCE);
        // Back at once: what a crash leaves of a log can be read by whoever opens the study next.
        open::prepare_for_writing(&self.connection, files::file_system_of(&self.folder)).map_err(words)?;
        match mode {
            Ok(mode) if mode.eq_ignore_ascii_case("delete") => {}
            Err(error) if !is_busy(&error) => return Err(words(error)),
            _ => return Err(StoreError::InUse),
        }
        self.connection.pragma_update(None, "secure_delete", true).map_err(words)?;
        self.connection.pragma_update(None, "temp_store", "MEMORY").map_err(words)
    }

    /// Writes every page of the database anew, and empties its log.
    fn rewrite_pages(&self) -> Result<(), StoreError> {
        let words = |error: rusqlite::Error| self.error(&error);
        self.connection.flush_prepared_statement_cache();
        self.connection.execute_batch("VACUUM").map_err(words)?;
        let busy: i64 = self
            .connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
            .map_err(words)?;
        if busy == 0 { Ok(()) } else { Err(StoreError::InUse) }
    }

    /// What is left to do about the study's own files. It may be done twice.
    pub(super) fn finish_files(&mut self, source: &dyn Source) -> Result<(), StoreError> {
        let folder = self.folder.clone();
        let words = |error: rusqlite::Error| StoreError::database(&folder, &error);
        let half_way = |error: StoreError| StoreError::HalfErased(Box::new(error));
        let pending: Vec<String> = {
            let mut statement =
                self.connection.prepare("SELECT pending FROM erasures WHERE finished = 0").map_err(words)?;
            let rows = statement.query_map([], |row| row.get(0)).map_err(words)?;
            rows.collect::<rusqlite::Result<_>>().map_err(words)?
        };
        for pending in pending {
            let pending: Pending = serde_json::from_str(&pending).unwrap_or_default();
            for (made, name) in &pending.rename {
                let made = folder.join(made);
                if made.exists() {
                    files::rename_durably(&made, &folder.join(name)).map_err(half_way)?;
                }
            }
            for name in &pending.remove {
                remove(&folder.join(name)).map_err(half_way)?;
            }
        }
        let (gone, _) = sort_snapshots(&folder).map_err(half_way)?;
        gone.iter().try_for_each(|snapshot| remove(&snapshot.path)).map_err(half_way)?;
        // Before the pages are written anew and copied: a file may have had a name that goes.
        self.forget_pending()?;
        self.rewrite_pages().map_err(half_way)?;
        snapshots::take(&self.connection, &folder, self.settings.shared, source.now(), "")
            .map_err(half_way)?;
        Ok(())
    }

    /// Says that an erasure is done: the files outside the study are gone too.
    ///
    /// # Errors
    /// If the database cannot be written.
    pub fn end_erasure(&mut self) -> Result<(), StoreError> {
        self.must_write()?;
        let done = self.connection.execute("UPDATE erasures SET finished = 1", []);
        done.map(|_| ()).map_err(|error| self.error(&error))
    }

    fn forget_pending(&self) -> Result<(), StoreError> {
        let done =
            self.connection.execute("UPDATE erasures SET pending = '{\"rename\":[],\"remove\":[]}'", []);
        done.map(|_| ()).map_err(|error| StoreError::HalfErased(Box::new(self.error(&error))))
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked))
}

fn remove(path: &Path) -> Result<(), StoreError> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(StoreError::file(path, &error)),
        _ => files::sync_folder_of(path),
    }
}
