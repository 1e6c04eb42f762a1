//! What can go wrong with a study on disk, as sentences.

use std::path::{Path, PathBuf};

use crate::study::{Conflict, TurnNumber};

/// Why the store could not do something. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// There is no study.
    #[error("{} is not a study: it has no study.db; make one there with `combe new`, or name another folder with -C", .0.display())]
    NoStudy(PathBuf),
    /// There is one already.
    #[error("{} holds a study already; choose another folder, or open it with `combe -C`", .0.display())]
    Exists(PathBuf),
    /// Made by a later version.
    #[error("{} was written by a newer version of combe (schema {found}, this one knows up to {known}); nothing was touched, use that version", .path.display())]
    Newer {
        /// The database.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema of this program.
        known: i64,
    },
    /// Not a database, or a damaged one.
    #[error("{} cannot be read as a study ({why}); `combe restore` lists its snapshots", .path.display())]
    Damaged {
        /// The database.
        path: PathBuf,
        /// What SQLite said.
        why: String,
    },
    /// It may not be written here and now.
    #[error("the study is open for reading only: {0}; nothing was changed")]
    ReadOnly(String),
    /// Another process holds it for longer than we wait.
    #[error("another process has been writing to the study for {0} seconds; try again")]
    Busy(u64),
    /// The disk, or the quota, is full.
    #[error("the disk or the quota of {} is full; the study is as before, make room and repeat your step", .0.display())]
    Full(PathBuf),
    /// Something needs the study alone.
    #[error(
        "another process has the study open; end combe there, on the screens of colleagues too, and repeat this; nothing was \
         changed"
    )]
    InUse,
    /// An erasure stopped after the words were gone from all records, before they were gone from all files.
    #[error(
        "the words are erased from the study's records, but not yet from all files ({0}); make room, and run \
         `combe withdraw --finish`"
    )]
    HalfErased(Box<StoreError>),
    /// A passage that is to be erased may stand in a former text, in other words and in another place.
    #[error(
        "turn {turn} of revision {revision} of {transcript} may say it in other words and another place: look at it with `combe show \
         {transcript} --revision {revision}`, and erase it there first with `combe erase {transcript} START END --revision \
         {revision}`; nothing was changed"
    )]
    Unplaced {
        /// Name of the transcript.
        transcript: String,
        /// The revision to look at.
        revision: u32,
        /// The turn there.
        turn: TurnNumber,
    },
    /// A name that is to be erased tells two labels apart.
    #[error(
        "two labels of {0} would read the same without the name, and two speakers become one; give one of them another \
         label first (`combe show {0}`, then correct it in Read); nothing was changed"
    )]
    OneLabel(String),
    /// A conflict with what somebody else did, or with a rule.
    #[error(transparent)]
    Conflict(#[from] Conflict),
    /// A file could not be used.
    #[error("{}: {why}", .path.display())]
    File {
        /// Which file.
        path: PathBuf,
        /// What the system said, and what to do.
        why: String,
    },
    /// No such thing in the history, the texts or the snapshots.
    #[error("{0}")]
    Missing(String),
    /// Something is there that the program never writes.
    #[error("study.db holds something unexpected in {table}: {why}; run `combe check`")]
    Unexpected {
        /// In which table.
        table: &'static str,
        /// What, without text of transcripts.
        why: String,
    },
    /// Anything else that SQLite says.
    #[error("study.db: {0}; the study is as before")]
    Database(String),
}

impl StoreError {
    /// A system error on a file, in words.
    #[must_use]
    pub fn of_file(path: &Path, error: &std::io::Error) -> Self {
        Self::file(path, error)
    }

    /// The same within the store.
    pub(super) fn file(path: &Path, error: &std::io::Error) -> Self {
        match error.kind() {
            // A limit on the size of files is a quota too.
            std::io::ErrorKind::StorageFull
            | std::io::ErrorKind::QuotaExceeded
            | std::io::ErrorKind::FileTooLarge => Self::Full(path.to_owned()),
            _ => Self::File { path: path.to_owned(), why: format!("{error}; nothing was changed") },
        }
    }

    /// That a snapshot is none.
    pub(super) fn unreadable_snapshot(path: &Path) -> Self {
        let why = "it cannot be read as a study, and nothing was changed; `combe restore` lists the others";
        Self::File { path: path.to_owned(), why: why.into() }
    }

    /// A database error, in words. `path` is the study's folder.
    pub(super) fn database(path: &Path, error: &rusqlite::Error) -> Self {
        use rusqlite::ErrorCode;
        match error.sqlite_error_code() {
            Some(ErrorCode::DiskFull) => Self::Full(path.to_owned()),
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => {
                Self::Busy(super::open::PATIENCE.as_secs())
            }
            Some(ErrorCode::ReadOnly | ErrorCode::CannotOpen | ErrorCode::PermissionDenied) => {
                Self::ReadOnly(format!("{} cannot be written by you", path.display()))
            }
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
                Self::Damaged { path: path.join(super::files::DATABASE), why: "it is damaged".into() }
            }
            Some(ErrorCode::SystemIoFailure) => {
                Self::Database("the disk refused to read or write (it may be full or gone)".into())
            }
            // The message may hold values of a row, which may be text of a transcript: only the code goes out.
            Some(code) => Self::Database(format!("{code:?}")),
            None => Self::Database("a value had an unexpected type".into()),
        }
    }
}
