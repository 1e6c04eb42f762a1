//! Making and opening a study.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags, OptionalExtension};

use super::files::{self, FileSystem};
use super::lock::{HostLock, Taken, Writer};
use super::newest::Standing;
use super::{Snapshot, StoreError, schema};
use crate::study::{Settings, Source};

/// How long to wait for another process that is writing.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// Who and where the writer is: user and host are signed under every action.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// User of the operating system.
    pub os_user: String,
    /// Name of the host.
    pub host: String,
    /// Number of the process there, for the lock of a study on a network.
    pub process: u32,
}

/// Whether a study can be changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Access {
    /// It can.
    Write,
    /// It can be read; the sentence says why not more.
    ReadOnly(String),
}

/// How to open a study.
#[derive(Clone, Debug)]
pub struct Opening {
    /// The study's folder.
    pub folder: PathBuf,
    /// Who opens it.
    pub signature: Signature,
    /// Open for reading even where writing would be possible.
    pub read_only: bool,
    /// Take the lock of a study on a network from the host that holds it.
    pub take_over: bool,
    /// Open this snapshot in place of the database: the study as it was, for reading only.
    pub snapshot: Option<Snapshot>,
    /// What the folder lies on, where the caller knows it better than `statfs`.
    pub file_system: Option<FileSystem>,
}

impl Opening {
    /// To write, if that is possible.
    #[must_use]
    pub fn new(folder: PathBuf, signature: Signature) -> Self {
        Self { folder, signature, read_only: false, take_over: false, snapshot: None, file_system: None }
    }

    pub(super) fn file_system(&self) -> FileSystem {
        self.file_system.unwrap_or_else(|| files::file_system_of(&self.folder))
    }

    /// Takes the lock that a study on a network needs; `None` on a disk of this host, where SQLite's own do.
    pub(super) fn take_lock(&self, shared: bool, source: &dyn Source) -> Result<Option<Taken>, StoreError> {
        if self.file_system() == FileSystem::Local {
            return Ok(None);
        }
        let writer = Writer {
            host: self.signature.host.clone(),
            process: self.signature.process,
            user: self.signature.os_user.clone(),
            since: source.now(),
            token: source.fresh().to_string(),
            shared,
        };
        HostLock::take(&self.folder, writer, self.take_over).map(Some)
    }
}

/// An open study on disk: the only connection of this process that writes to it.
#[derive(Debug)]
pub struct Store {
    pub(super) folder: PathBuf,
    pub(super) connection: Connection,
    pub(super) signature: Signature,
    pub(super) settings: Settings,
    pub(super) access: Access,
    warnings: Vec<String>,
    /// What is known here of the history, once something was loaded or committed.
    pub(super) standing: Option<Standing>,
    /// Whether it is a snapshot: what `study.toml` says today means nothing to it.
    pub(super) is_past: bool,
    /// What `study.toml` was when it was last looked at.
    pub(super) settings_seen: Option<super::settings_file::Stamp>,
    /// Held as long as the store is open, where it lies on a network.
    lock: Option<HostLock>,
}

impl Store {
    /// Makes a new, empty study in `folder` (which is made if need be) with `settings` as its `study.toml`, and opens
    /// it.
    ///
    /// # Errors
    /// If there is a study already, `settings` is no valid `study.toml`, or the folder cannot be written.
    pub fn create(
        folder: &Path,
        settings: &str,
        signature: Signature,
        source: &dyn Source,
    ) -> Result<Self, StoreError> {
        let parsed = Settings::parse(settings).map_err(|error| StoreError::File {
            path: folder.join(files::SETTINGS),
            why: error.to_string(),
        })?;
        let database = folder.join(files::DATABASE);
        if database.exists() {
            return Err(StoreError::Exists(folder.to_owned()));
        }
        // Whoever asked knows the folder, and no temporary names in it.
        let not_there = |error| match error {
            StoreError::File { why, .. } => StoreError::File {
                path: folder.to_owned(),
                why: format!("no study can be made there: {why}; name a folder where you may write"),
            },
            other => other,
        };
        files::make_folder(folder, parsed.shared).map_err(not_there)?;
        // Made whole under a temporary name: a study that is half made must not look like one.
        let temporary = files::temporary_beside(&database);
        let made = make_database(folder, &temporary, settings, parsed.shared, source)
            .and_then(|()| files::rename_new(&temporary, &database));
        if let Err(error) = made {
            let _ = fs::remove_file(&temporary);
            return Err(not_there(error));
        }
        if !folder.join(files::SETTINGS).exists() {
            files::write_whole(&folder.join(files::SETTINGS), settings.as_bytes(), parsed.shared)?;
        }
        Self::open(&Opening::new(folder.to_owned(), signature), source)
    }

    /// Opens the study in `opening.folder`. Where it cannot be written it is opened for reading; [`Store::access`] says
    /// why.
    ///
    /// # Errors
    /// If there is no study, it is damaged, or it was written by a newer version.
    pub fn open(opening: &Opening, source: &dyn Source) -> Result<Self, StoreError> {
        let folder = &opening.folder;
        let past = opening.snapshot.as_ref();
        let database = past.map_or_else(|| folder.join(files::DATABASE), |snapshot| snapshot.path.clone());
        if !database.is_file() {
            return Err(StoreError::NoStudy(folder.clone()));
        }
        let mut access = match past {
            Some(snapshot) => Access::ReadOnly(format!("it is shown as it was at {}", snapshot.words())),
            None if opening.read_only => Access::ReadOnly("it was opened so".into()),
            None => access_to(folder, &database),
        };
        let shared = is_shared(folder);
        let mut lock = None;
        if access == Access::Write {
            match opening.take_lock(shared, source)? {
                Some(Taken::Held(held)) => lock = Some(held),
                Some(Taken::Elsewhere(who)) => access = Access::ReadOnly(held_elsewhere(&who)),
                None => {}
            }
        }
        let mut warnings = Vec::new();
        let mut connection = connect(folder, &database, &access, &mut warnings)?;
        let found = schema::version(&connection).map_err(|error| StoreError::database(folder, &error))?;
        if found > schema::newest() {
            return Err(StoreError::Newer { path: database, found, known: schema::newest() });
        }
        if found == 0 {
            return Err(StoreError::Damaged { path: database, why: "it has no schema".into() });
        }
        let mut before_migration = None;
        if found < schema::newest() && access == Access::Write {
            before_migration =
                Some(super::snapshots::take(&connection, folder, shared, source.now(), "before migration")?);
            schema::migrate(&mut connection).map_err(|error| StoreError::database(folder, &error))?;
        } else if found < schema::newest() {
            connection = upgraded_copy(&connection).map_err(|error| StoreError::database(folder, &error))?;
        }
        if access == Access::Write {
            prepare_for_writing(&connection, opening.file_system())
                .map_err(|error| StoreError::database(folder, &error))?;
        }
        let settings = match past {
            Some(_) => kept_settings(folder, &connection)?,
            None => read_settings(folder, &connection, &access, &mut warnings)?,
        };
        let mut store = Self {
            folder: folder.clone(),
            connection,
            signature: opening.signature.clone(),
            settings,
            access,
            warnings,
            settings_seen: None,
            is_past: past.is_some(),
            standing: None,
            lock,
        };
        if before_migration.is_none() && store.access == Access::Write {
            store.take_due_snapshot(source.now());
        }
        Ok(store)
    }

    /// Whether it can be changed.
    #[must_use]
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// Whether it is a snapshot: the study as it was.
    #[must_use]
    pub fn is_past(&self) -> bool {
        self.is_past
    }

    /// What `study.toml` says, or said when it could last be read.
    #[must_use]
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Sentences about what was not as it should be when opening, for the one who works with it.
    #[must_use]
    pub fn warnings(&self) -> &[String] {
        &self.warnings
    }

    /// The study's folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The study's own identity: the same in copies and snapshots.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn identity(&self) -> Result<String, StoreError> {
        self.connection
            .query_row("SELECT study FROM facts", [], |row| row.get(0))
            .map_err(|error| StoreError::database(&self.folder, &error))
    }

    pub(super) fn warn(&mut self, sentence: String) {
        self.warnings.push(sentence);
    }

    /// Refuses if the study may only be read. On a network this is where a process learns that another host took the
    /// study over: from then on it only reads. It is asked before SQLite is, which might take the other host's unfinished
    /// commit for one of a crash, and roll it back.
    pub(super) fn must_write(&mut self) -> Result<(), StoreError> {
        if self.access == Access::Write
            && let Some(lock) = &mut self.lock
            && let Some(who) = lock.keep()?
        {
            self.access = Access::ReadOnly(taken_over(&who));
        }
        match &self.access {
            Access::Write => Ok(()),
            Access::ReadOnly(why) => Err(StoreError::ReadOnly(why.clone())),
        }
    }

    pub(super) fn error(&self, error: &rusqlite::Error) -> StoreError {
        StoreError::database(&self.folder, error)
    }
}

fn make_database(
    folder: &Path,
    path: &Path,
    settings: &str,
    shared: bool,
    source: &dyn Source,
) -> Result<(), StoreError> {
    files::create_private(path, shared)?;
    let words = |error: rusqlite::Error| StoreError::database(folder, &error);
    let mut connection = Connection::open(path).map_err(words)?;
    // One file until it is renamed: no journal may lie beside the temporary name.
    connection.pragma_update(None, "journal_mode", "MEMORY").map_err(words)?;
    schema::migrate(&mut connection).map_err(words)?;
    connection
        .execute(
            "INSERT INTO facts (one, study, settings) VALUES (1, ?1, ?2)",
            (source.fresh().to_string(), settings),
        )
        .map_err(words)?;
    connection.close().map_err(|(_, error)| words(error))?;
    let file = fs::File::open(path).map_err(|error| StoreError::file(path, &error))?;
    file.sync_all().map_err(|error| StoreError::file(path, &error))
}

fn connect(
    folder: &Path,
    database: &Path,
    access: &Access,
    warnings: &mut Vec<String>,
) -> Result<Connection, StoreError> {
    let words = |error: rusqlite::Error| StoreError::database(folder, &error);
    let flags = OpenFlags::SQLITE_OPEN_NO_MUTEX | OpenFlags::SQLITE_OPEN_URI;
    let connection = match access {
        Access::Write => Connection::open_with_flags(database, flags | OpenFlags::SQLITE_OPEN_READ_WRITE),
        Access::ReadOnly(_) => open_read_only(database, flags, warnings),
    }
    .map_err(words)?;
    connection.busy_timeout(PATIENCE).map_err(words)?;
    connection.set_prepared_statement_cache_capacity(128);
    // A file that is no database is noticed only at the first read.
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).map_err(words)?;
    Ok(connection)
}

/// A database opened beside the one that is worked on, only to be looked at: one of an older schema as a copy in memory with
/// the newest.
pub(super) fn open_to_look(folder: &Path, database: &Path) -> Result<Connection, StoreError> {
    let words = |error: rusqlite::Error| StoreError::database(folder, &error);
    let connection =
        connect(folder, database, &Access::ReadOnly("it is only looked at".into()), &mut Vec::new())?;
    match schema::version(&connection).map_err(words)? {
        0 => Err(StoreError::Damaged { path: database.to_owned(), why: "it has no schema".into() }),
        found if found > schema::newest() => {
            Err(StoreError::Newer { path: database.to_owned(), found, known: schema::newest() })
        }
        found if found < schema::newest() => upgraded_copy(&connection).map_err(words),
        _ => Ok(connection),
    }
}

/// A copy in memory with the newest schema, of a study of an older one that may only be read.
fn upgraded_copy(old: &Connection) -> rusqlite::Result<Connection> {
    let mut copy = Connection::open_in_memory()?;
    rusqlite::backup::Backup::new(old, &mut copy)?.run_to_completion(1024, Duration::ZERO, None)?;
    schema::migrate(&mut copy)?;
    Ok(copy)
}

/// Opens for reading. Where SQLite may not even make the shared-memory file that WAL needs (a folder or a disk without
/// write permission), the database is read as it lies there; all other errors stay errors. What is in a WAL beside it
/// is then not seen, which a warning says.
fn open_read_only(
    database: &Path,
    flags: OpenFlags,
    warnings: &mut Vec<String>,
) -> rusqlite::Result<Connection> {
    let flags_to_write = flags | OpenFlags::SQLITE_OPEN_READ_WRITE;
    let flags = flags | OpenFlags::SQLITE_OPEN_READ_ONLY;
    let connection = Connection::open_with_flags(database, flags)?;
    connection.busy_timeout(PATIENCE)?;
    let look =
        |connection: &Connection| connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(()));
    let refused = match look(&connection) {
        Ok(()) => return Ok(connection),
        Err(error) => error,
    };
    // Somebody's change was cut short, and its journal lies beside the database: only who may write can roll it back.
    let is_interrupted = refused
        .sqlite_error()
        .is_some_and(|error| error.extended_code == rusqlite::ffi::SQLITE_READONLY_ROLLBACK);
    if is_interrupted && may_write(database) && database.parent().is_some_and(may_write) {
        drop(connection);
        look(&Connection::open_with_flags(database, flags_to_write)?)?;
        return Connection::open_with_flags(database, flags);
    }
    let no_shared_memory =
        matches!(refused.sqlite_error_code(), Some(ErrorCode::CannotOpen | ErrorCode::ReadOnly));
    if !no_shared_memory || may_write_beside(database) {
        return Err(refused);
    }
    let wal = database.with_file_name(format!("{}-wal", files::DATABASE));
    if fs::metadata(&wal).is_ok_and(|wal| wal.len() > 0) {
        warnings.push(
            "what was saved last cannot be seen from here, because you may not write in the study's folder; \
             whoever may should open it once"
                .into(),
        );
    }
    let escaped: String = database
        .to_string_lossy()
        .chars()
        .map(|c| match c {
            '%' | '?' | '#' => format!("%{:02x}", u32::from(c)),
            _ => c.to_string(),
        })
        .collect();
    Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags)
}

/// Whether SQLite could make its shared-memory file, or use the one that is there.
fn may_write_beside(database: &Path) -> bool {
    let shared_memory = database.with_file_name(format!("{}-shm", files::DATABASE));
    match shared_memory.exists() {
        true => may_write(&shared_memory),
        false => database.parent().is_some_and(may_write),
    }
}

fn may_write(path: &Path) -> bool {
    let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
    rustix::fs::access(path, rustix::fs::Access::WRITE_OK).is_ok()
}

pub(super) fn prepare_for_writing(connection: &Connection, file_system: FileSystem) -> rusqlite::Result<()> {
    let journal = match file_system {
        FileSystem::Local => "WAL",
        FileSystem::Network => "TRUNCATE",
    };
    let now: String = connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
    if !now.eq_ignore_ascii_case(journal) {
        // Fails while another connection is open; the mode it has is then the right one for that file system already.
        let _ = connection.pragma_update(None, "journal_mode", journal);
    }
    connection.pragma_update(None, "synchronous", "FULL")?;
    connection.pragma_update(None, "foreign_keys", true)
}

/// Whether the folder and the database can be written by this user.
fn access_to(folder: &Path, database: &Path) -> Access {
    if !may_write(folder) {
        return Access::ReadOnly(format!("you may not write in {}", folder.display()));
    }
    if !may_write(database) {
        return Access::ReadOnly(format!("you may not write {}", database.display()));
    }
    Access::Write
}

fn held_elsewhere(who: &str) -> String {
    format!(
        "it lies on a network disk and is in use by {who}; close it there, or take it over with --take-over"
    )
}

fn taken_over(who: &str) -> String {
    format!(
        "it lies on a network disk and was taken over by {who}; what was saved before is safe, open it again to write"
    )
}

/// Whether `study.toml` shares the study with the group of its folder; a broken one shares nothing.
pub(super) fn is_shared(folder: &Path) -> bool {
    fs::read_to_string(folder.join(files::SETTINGS))
        .ok()
        .and_then(|text| Settings::parse(&text).ok())
        .is_some_and(|settings| settings.shared)
}

/// The settings that a database holds itself: those of its own time.
fn kept_settings(folder: &Path, connection: &Connection) -> Result<Settings, StoreError> {
    let kept: Option<String> = connection
        .query_row("SELECT settings FROM facts", [], |row| row.get(0))
        .optional()
        .map_err(|error| StoreError::database(folder, &error))?;
    Ok(kept.and_then(|text| Settings::parse(&text).ok()).unwrap_or_default())
}

/// Reads `study.toml`. A broken one is named with its line, and the last good one holds.
pub(super) fn read_settings(
    folder: &Path,
    connection: &Connection,
    access: &Access,
    warnings: &mut Vec<String>,
) -> Result<Settings, StoreError> {
    let words = |error: rusqlite::Error| StoreError::database(folder, &error);
    let kept: Option<String> =
        connection.query_row("SELECT settings FROM facts", [], |row| row.get(0)).optional().map_err(words)?;
    let path = folder.join(files::SETTINGS);
    let problem = match fs::read_to_string(&path) {
        Ok(text) => match Settings::parse(&text) {
            Ok(settings) => {
                if kept.as_deref() != Some(text.as_str()) && *access == Access::Write {
                    connection.execute("UPDATE facts SET settings = ?1", [&text]).map_err(words)?;
                }
                return Ok(settings);
            }
            Err(error) => format!("{}{error}", if error.line.is_some() { " " } else { ": " }),
        },
        Err(error) => format!(": {error}"),
    };
    warnings.push(format!("study.toml{problem}; the last good one holds until it is mended"));
    Ok(kept.and_then(|text| Settings::parse(&text).ok()).unwrap_or_default())
}
