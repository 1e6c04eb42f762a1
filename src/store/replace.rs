//! A snapshot in the place of a database that is damaged: the one time that `study.db` itself is replaced.

use std::fs::{self, File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, OpenFlags};
use rustix::fs::FlockOperation;
use rustix::io::Errno;

use super::lock::{HostLock, Taken};
use super::{Opening, Store, StoreError, files, open, schema, snapshots};
use crate::study::Source;

impl Store {
    /// Puts a snapshot in the place of a database that is damaged, which is kept beside it under another name. Gives
    /// that name.
    ///
    /// # Errors
    /// If the database is sound (use [`Store::changes_to_restore`]) or only busy, somebody has it open, there is no such
    /// snapshot or it is damaged too, or the files cannot be written. The damaged file is then where it was.
    pub fn replace_damaged(
        opening: &Opening,
        name: &str,
        source: &dyn Source,
    ) -> Result<PathBuf, StoreError> {
        let folder = &opening.folder;
        let database = folder.join(files::DATABASE);
        let _host = lock_host(opening, &database, source)?;
        if database.exists() && is_sound(folder, &database)? {
            return Err(StoreError::Missing("the study can be opened; restore it from within".into()));
        }
        let snapshot =
            snapshots::list(folder)?.into_iter().find(|snapshot| snapshot.name == name).ok_or_else(|| {
                StoreError::Missing(format!(
                    "there is no snapshot “{name}”; `combe restore` without a name lists them"
                ))
            })?;
        // After the last connection of this process is closed, which would end all its locks on the file.
        let _file = lock_file(&database)?;
        let copy = files::temporary_beside(&database);
        let placed = copy_durably(&snapshot.path, &copy, open::is_shared(folder)).and_then(|()| {
            match is_sound(folder, &copy)? {
                true => put_in_place(&copy, &database, source.now()),
                false => Err(StoreError::unreadable_snapshot(&snapshot.path)),
            }
        });
        if placed.is_err() {
            let _ = fs::remove_file(&copy);
        }
        placed
    }
}

/// Whether a database can be read whole. One that somebody is writing to is not damaged, nor is one on a disk that fails
/// to answer: that is an error. One with the journal of a process that was killed is mended by being opened.
fn is_sound(folder: &Path, database: &Path) -> Result<bool, StoreError> {
    let look = || -> rusqlite::Result<bool> {
        let connection = Connection::open_with_flags(database, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.busy_timeout(open::PATIENCE)?;
        let verdict: String = connection.query_row("PRAGMA quick_check", [], |row| row.get(0))?;
        Ok(verdict == "ok" && schema::version(&connection)? > 0)
    };
    match look().map_err(|error| StoreError::database(folder, &error)) {
        Err(StoreError::Damaged { .. }) => Ok(false),
        looked => looked,
    }
}

/// Takes the lock of a study on a network, and nobody else of this host may have it either.
fn lock_host(
    opening: &Opening,
    database: &Path,
    source: &dyn Source,
) -> Result<Option<HostLock>, StoreError> {
    match opening.take_lock(open::is_shared(&opening.folder), source)? {
        Some(Taken::Elsewhere(who)) => Err(in_use(database, &format!("it is in use by {who}"))),
        Some(Taken::Held(lock)) if lock.is_shared_here() => {
            Err(in_use(database, "another process of this host has it open"))
        }
        Some(Taken::Held(lock)) => Ok(Some(lock)),
        None => Ok(None),
    }
}

/// Locks the damaged file against all SQLite connections of other processes, until it is closed: in WAL each one holds a
/// shared lock on the file as long as it is open, in the other modes as long as it reads or writes.
fn lock_file(database: &Path) -> Result<Option<File>, StoreError> {
    let file = match OpenOptions::new().read(true).write(true).open(database) {
        Ok(file) => file,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(StoreError::file(database, &error)),
    };
    match rustix::fs::fcntl_lock(&file, FlockOperation::NonBlockingLockExclusive) {
        Ok(()) => Ok(Some(file)),
        Err(Errno::AGAIN | Errno::ACCESS) => Err(in_use(database, "another process has it open")),
        Err(error) => Err(StoreError::file(database, &error.into())),
    }
}

fn in_use(database: &Path, who: &str) -> StoreError {
    let why = format!("{who}; end combe there, and repeat this; nothing was changed");
    StoreError::File { path: database.to_owned(), why }
}

/// Copies a file with the study's mode; when this returns, its bytes are on disk.
fn copy_durably(from: &Path, to: &Path, shared: bool) -> Result<(), StoreError> {
    let mut target = files::create_private(to, shared)?;
    File::open(from)
        .and_then(|mut source| io::copy(&mut source, &mut target))
        .and_then(|_| target.sync_all())
        .map_err(|error| StoreError::file(to, &error))
}

/// Gives the damaged file and its journals another name, and the copy theirs. The damaged file keeps its own name until
/// the copy takes it, where the file system has links: there is a `study.db` at every moment.
fn put_in_place(copy: &Path, database: &Path, now: Timestamp) -> Result<PathBuf, StoreError> {
    let beside = |end: &str| database.with_file_name(format!("{}{end}", files::DATABASE));
    let damaged = format!(".damaged-{}", snapshots::stamp(now));
    let kept = beside(&damaged);
    if database.exists() && fs::hard_link(database, &kept).is_err() {
        files::rename_durably(database, &kept)?;
    }
    // A journal of the damaged file must not be played into the good one.
    for journal in ["-wal", "-shm", "-journal"] {
        let from = beside(journal);
        if from.exists() {
            files::rename_durably(&from, &beside(&format!("{damaged}{journal}")))?;
        }
    }
    files::rename_durably(copy, database)?;
    Ok(kept)
}
