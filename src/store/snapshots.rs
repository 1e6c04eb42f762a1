//! Snapshots: whole copies of the database, made by SQLite's own backup, checked before they count.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::{SignedDuration, Timestamp};
use rusqlite::{Connection, OpenFlags};

use super::files::{self, SNAPSHOTS};
use super::{Store, StoreError};
use crate::study::Change;
#[cfg(doc)]
use crate::study::Study;

/// A snapshot is due when the newest one is older than this and something was done since.
const EVERY: SignedDuration = SignedDuration::from_hours(1);

/// A copy of the study as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// Its name: what `combe restore` takes.
    pub name: String,
    /// The file.
    pub path: PathBuf,
    /// When it was made.
    pub at: Timestamp,
    /// The named point it belongs to, or why it was made.
    pub note: Option<String>,
}

impl Snapshot {
    /// What it is called by people: the named point, or when it was made.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.note {
            Some(note) => format!("“{note}” ({})", self.at.strftime("%Y-%m-%d %H:%M")),
            None => self.at.strftime("%Y-%m-%d %H:%M").to_string(),
        }
    }

    /// How many actions its history has, and how many bytes it takes.
    ///
    /// # Errors
    /// If it cannot be read.
    pub fn size(&self) -> Result<(i64, u64), StoreError> {
        let bytes = fs::metadata(&self.path).map_err(|error| StoreError::file(&self.path, &error))?.len();
        let words = |error: rusqlite::Error| StoreError::database(&self.path, &error);
        let then =
            Connection::open_with_flags(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY).map_err(words)?;
        let actions = then.query_row("SELECT count(*) FROM actions", [], |row| row.get(0)).map_err(words)?;
        Ok((actions, bytes))
    }
}

impl Store {
    /// The snapshots, oldest first.
    ///
    /// # Errors
    /// If their folder cannot be read.
    pub fn snapshots(&self) -> Result<Vec<Snapshot>, StoreError> {
        Self::snapshots_of(&self.folder)
    }

    /// The snapshots of the study in `folder`, which need not open, oldest first.
    ///
    /// # Errors
    /// If their folder cannot be read.
    pub fn snapshots_of(folder: &Path) -> Result<Vec<Snapshot>, StoreError> {
        list(folder)
    }

    /// The snapshot of a point of the history: by the point's name, the number of the action that named it or that the
    /// snapshot ends with, or the snapshot's own name.
    ///
    /// # Errors
    /// If there is none of that point, which then says of which there are.
    pub fn snapshot_at(&self, point: &str) -> Result<Snapshot, StoreError> {
        let snapshots = self.snapshots()?;
        let point = point.trim();
        let named = |name: &str| {
            let found = snapshots.iter().rev();
            found.clone().find(|held| held.note.as_deref() == Some(&slug(name))).or_else(|| {
                snapshots.iter().find(|held| held.name == name.strip_suffix(".db").unwrap_or(name))
            })
        };
        let by_number = |seq: i64| {
            let marked = self.entry(seq).ok().filter(|entry| entry.command == "mark");
            let name = marked.and_then(|entry| {
                let name = entry.label.strip_prefix("point “")?.strip_suffix('”')?;
                named(name)
            });
            name.or_else(|| {
                snapshots.iter().find(|held| held.size().is_ok_and(|(actions, _)| actions == seq))
            })
        };
        let found = named(point).or_else(|| point.parse().ok().and_then(by_number));
        found.filter(|_| !point.is_empty()).cloned().ok_or_else(|| {
            let names = match self.points_among(&snapshots) {
                Ok(names) => names,
                Err(error) => return error,
            };
            StoreError::Missing(match names.as_slice() {
                [] => format!(
                    "there is no snapshot of “{point}”: no point of the history was named yet; `combe mark NAME` names one, \
                     `combe restore` lists the snapshots"
                ),
                names => format!(
                    "there is no snapshot of “{point}”; of named points there are {}; `combe restore` lists all",
                    names.join(", ")
                ),
            })
        })
    }

    /// Points of the history that have a snapshot, in the order of their making. Others were made for an import, a backup.
    fn points_among(&self, snapshots: &[Snapshot]) -> Result<Vec<String>, StoreError> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let mut statement = self.connection.prepare("SELECT name FROM points ORDER BY id")?;
            let rows = statement.query_map([], |row| row.get(0))?;
            rows.collect()
        };
        let mut names = read().map_err(|error| self.error(&error))?;
        names.retain(|name| snapshots.iter().any(|held| held.note.as_deref() == Some(&slug(name))));
        Ok(names)
    }

    /// Makes a snapshot now. One with a note is never thinned out.
    ///
    /// # Errors
    /// If it cannot be written or does not pass its check.
    pub fn snapshot(&self, now: Timestamp, note: &str) -> Result<Snapshot, StoreError> {
        if self.unfinished_erasure()?.is_some() {
            // Its pages may still hold words that are in no record any more.
            return Err(StoreError::Missing(
                "no snapshot is made while an erasure is half done; run `combe withdraw --finish` first"
                    .into(),
            ));
        }
        take(&self.connection, &self.folder, self.settings.shared, now, note)
    }

    /// Makes a snapshot if one is due, and thins out old ones. A failure is a warning: it must not keep anybody from work.
    pub(super) fn take_due_snapshot(&mut self, now: Timestamp) {
        let due = || -> Result<bool, StoreError> {
            let last = self
                .connection
                .query_row("SELECT max(at) FROM actions", [], |row| row.get::<_, Option<String>>(0));
            let last = last.map_err(|error| self.error(&error))?.and_then(|at| at.parse::<Timestamp>().ok());
            let newest = self.snapshots()?.last().map(|snapshot| snapshot.at);
            Ok(match (last, newest) {
                (None, _) => false,
                _ if self.unfinished_erasure()?.is_some() => false,
                (Some(_), None) => true,
                (Some(last), Some(newest)) => last > newest && now.duration_since(newest) >= EVERY,
            })
        };
        let done = due().and_then(|due| {
            if due {
                take(&self.connection, &self.folder, self.settings.shared, now, "")?;
                thin(&self.folder, now)?;
            }
            Ok(())
        });
        if let Err(error) = done {
            self.warn(format!("no snapshot could be made: {error}"));
        }
    }

    /// The changes that take the study from what it is to what a snapshot holds, for one action that can be undone
    /// from the history. Nothing is replaced, and the texts it needs are still there: they are never deleted. What people
    /// refused, what is hidden, who codes blind and what left the study stays as it is: see [`Study::changes_back_to`].
    ///
    /// # Errors
    /// If there is no snapshot of that name or it cannot be read.
    pub fn changes_to_restore(&self, name: &str) -> Result<Vec<Change>, StoreError> {
        let snapshots = self.snapshots()?;
        let snapshot = snapshots.iter().find(|snapshot| snapshot.name == name).ok_or_else(|| {
            StoreError::Missing(format!(
                "there is no snapshot “{name}”; `combe restore` without a name lists them"
            ))
        })?;
        let then = super::load::read_study(&self.folder, &snapshot.path, &self.settings).map_err(
            |error| match error {
                StoreError::Damaged { .. } => StoreError::unreadable_snapshot(&snapshot.path),
                other => other,
            },
        )?;
        let now = super::newest::read_whole(&self.connection, &self.settings)
            .map_err(|error| self.error(&error))?;
        Ok(now.changes_back_to(&then)?)
    }
}

/// Copies the database of `connection` into the snapshots of `folder`.
pub(super) fn take(
    connection: &Connection,
    folder: &Path,
    shared: bool,
    now: Timestamp,
    note: &str,
) -> Result<Snapshot, StoreError> {
    let words = |error: rusqlite::Error| StoreError::database(folder, &error);
    let snapshots = folder.join(SNAPSHOTS);
    files::make_folder(&snapshots, shared)?;
    let slug = slug(note);
    let name = if slug.is_empty() { stamp(now) } else { format!("{}_{slug}", stamp(now)) };
    let path = snapshots.join(format!("{name}.db"));
    let temporary = files::temporary_beside(&path);
    let made = files::create_private(&temporary, shared).and_then(|file| {
        let mut copy = Connection::open(&temporary).map_err(words)?;
        {
            let backup = rusqlite::backup::Backup::new(connection, &mut copy).map_err(words)?;
            while backup.step(-1).map_err(words)? != rusqlite::backup::StepResult::Done {}
        }
        // The copy has the mode of the original; a snapshot is one file.
        copy.pragma_update(None, "journal_mode", "DELETE").map_err(words)?;
        let verdict: String = copy.query_row("PRAGMA quick_check", [], |row| row.get(0)).map_err(words)?;
        if verdict != "ok" {
            return Err(StoreError::Damaged {
                path: temporary.clone(),
                why: "its copy does not pass a check".into(),
            });
        }
        copy.close().map_err(|(_, error)| words(error))?;
        file.sync_all().map_err(|error| StoreError::file(&temporary, &error))?;
        files::rename_durably(&temporary, &path)
    });
    if let Err(error) = made {
        let _ = fs::remove_file(&temporary);
        return Err(error);
    }
    Ok(Snapshot { name, path, at: now, note: (!slug.is_empty()).then_some(slug) })
}

/// A note as it stands in the name of a file.
fn slug(note: &str) -> String {
    let letters = crate::text::fold_name(note);
    letters.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).take(40).collect()
}

pub(super) fn list(folder: &Path) -> Result<Vec<Snapshot>, StoreError> {
    let snapshots = folder.join(SNAPSHOTS);
    if !snapshots.is_dir() {
        return Ok(Vec::new());
    }
    let entries = fs::read_dir(&snapshots).map_err(|error| StoreError::file(&snapshots, &error))?;
    let mut found: Vec<Snapshot> = entries.flatten().filter_map(|entry| described(&entry.path())).collect();
    found.sort_by(|a, b| (a.at, &a.name).cmp(&(b.at, &b.name)));
    Ok(found)
}

fn described(path: &Path) -> Option<Snapshot> {
    let name = path.file_name()?.to_str()?.strip_suffix(".db")?.to_owned();
    let (stamp, note) = match name.split_once('_') {
        Some((stamp, note)) => (stamp, Some(note.to_owned())),
        None => (name.as_str(), None),
    };
    let (date, time) = stamp.split_once('T')?;
    let at = format!("{date}T{}", time.replace('-', ":")).parse().ok()?;
    Some(Snapshot { path: path.to_owned(), at, note, name })
}

/// Keeps all of the last day, the last of each day of the last month, the last of each month before; those with a note and
/// the newest one always.
fn thin(folder: &Path, now: Timestamp) -> Result<(), StoreError> {
    let mut kept_for: BTreeMap<String, ()> = BTreeMap::new();
    let snapshots = list(folder)?;
    for (age, snapshot) in snapshots.iter().rev().enumerate() {
        let since = now.duration_since(snapshot.at);
        let date = snapshot.at.to_string();
        let slot = if since < SignedDuration::from_hours(24) {
            continue;
        } else if since < SignedDuration::from_hours(24 * 31) {
            date.get(..10).unwrap_or_default().to_owned()
        } else {
            date.get(..7).unwrap_or_default().to_owned()
        };
        let first_in_slot = kept_for.insert(slot, ()).is_none();
        if age > 0 && snapshot.note.is_none() && !first_in_slot {
            fs::remove_file(&snapshot.path).map_err(|error| StoreError::file(&snapshot.path, &error))?;
        }
    }
    Ok(())
}

/// A time that can stand in a file name and sorts as text: `2026-11-23T14-03-22Z`.
pub(super) fn stamp(now: Timestamp) -> String {
    let seconds = Timestamp::from_second(now.as_second()).unwrap_or(now);
    seconds.to_string().replace(':', "-")
}
