//! The history: what was done, by whom, and what can be taken back.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::str::FromStr;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row};

use super::{NewText, Store, StoreError, moved, texts};
use crate::study::{Action, ActionId, Change, CodeId, CoderId, Record, RevisionId};

/// An action in the history, without its changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Place in the history, from 1.
    pub seq: i64,
    /// Identity.
    pub id: ActionId,
    /// When.
    pub at: Timestamp,
    /// Who.
    pub coder: CoderId,
    /// User of the operating system.
    pub os_user: String,
    /// On which host.
    pub host: String,
    /// Which command.
    pub command: String,
    /// What and where.
    pub label: String,
    /// Why.
    pub reason: Option<String>,
    /// Which action it takes back.
    pub undoes: Option<ActionId>,
    /// How many records it changed.
    pub changes: usize,
    /// Its hash in the chain.
    pub hash: String,
}

/// An action of another process, with the turns of the revisions it brought.
#[derive(Clone, Debug)]
pub struct Logged {
    /// Its place in the history.
    pub seq: i64,
    /// The action.
    pub action: Action,
    /// Turns of revisions that it made current.
    pub turns: Vec<crate::study::Turns>,
}

/// What a coder can take back and do again, newest last.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct UndoStacks {
    /// Actions to undo.
    pub undo: Vec<ActionId>,
    /// Undoings to undo, that is: actions to do again.
    pub redo: Vec<ActionId>,
}

impl UndoStacks {
    /// Takes in the coder's next action.
    pub fn note(&mut self, id: ActionId, undoes: Option<ActionId>, command: &str) {
        let Some(target) = undoes else {
            if !is_undone_only_from_history(command) {
                self.undo.push(id);
                self.redo.clear();
            }
            return;
        };
        if let Some(at) = self.undo.iter().rposition(|held| *held == target) {
            self.undo.remove(at);
            self.redo.push(id);
        } else if let Some(at) = self.redo.iter().rposition(|held| *held == target) {
            self.redo.remove(at);
            self.undo.push(id);
        }
    }
}

/// Whether an action of that command is too large to be taken back by a key: it is undone by name, from the history.
#[must_use]
pub fn is_undone_only_from_history(command: &str) -> bool {
    matches!(command, "import" | "restore" | "new_study" | "demo" | "mark" | "join") || is_final(command)
}

/// Whether nothing takes an action of that command back: it erased words, or something left the study by it.
#[must_use]
pub fn is_final(command: &str) -> bool {
    is_erasure(command) || command == "export"
}

/// Whether an action of that command brings texts as files have them.
pub(super) fn is_import(command: &str) -> bool {
    matches!(command, "import" | "demo" | "new_study")
}

fn is_erasure(command: &str) -> bool {
    matches!(command, "withdraw" | "erase")
}

impl Store {
    /// The history, oldest first, or only its last `limit` actions.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn log(&self, limit: Option<usize>) -> Result<Vec<Entry>, StoreError> {
        let read = || -> rusqlite::Result<Vec<Entry>> {
            let mut statement =
                self.connection.prepare_cached(&format!("{SELECT_ENTRY} ORDER BY seq DESC LIMIT ?1"))?;
            let limit = limit.and_then(|limit| i64::try_from(limit).ok()).unwrap_or(-1);
            let rows = statement.query_map([limit], read_entry)?;
            rows.collect()
        };
        let mut entries = read().map_err(|error| self.error(&error))?;
        entries.reverse();
        Ok(entries)
    }

    /// At most `limit` actions before a place in the history, those nearest to it, oldest first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn log_before(&self, seq: i64, limit: usize) -> Result<Vec<Entry>, StoreError> {
        let mut entries = self.log_part("WHERE seq < ?1 ORDER BY seq DESC LIMIT ?2", seq, limit)?;
        entries.reverse();
        Ok(entries)
    }

    /// At most `limit` actions after a place in the history, oldest first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn log_after(&self, seq: i64, limit: usize) -> Result<Vec<Entry>, StoreError> {
        self.log_part("WHERE seq > ?1 ORDER BY seq LIMIT ?2", seq, limit)
    }

    fn log_part(&self, part: &str, seq: i64, limit: usize) -> Result<Vec<Entry>, StoreError> {
        let read = || -> rusqlite::Result<Vec<Entry>> {
            let mut statement = self.connection.prepare_cached(&format!("{SELECT_ENTRY} {part}"))?;
            let limit = i64::try_from(limit).unwrap_or(i64::MAX);
            let rows = statement.query_map([seq, limit], read_entry)?;
            rows.collect()
        };
        read().map_err(|error| self.error(&error))
    }

    /// One entry of the history by its place.
    ///
    /// # Errors
    /// If there is none, or the database cannot be read.
    pub fn entry(&self, seq: i64) -> Result<Entry, StoreError> {
        self.connection
            .query_row(&format!("{SELECT_ENTRY} WHERE seq = ?1"), [seq], read_entry)
            .optional()
            .map_err(|error| self.error(&error))?
            .ok_or_else(|| {
                StoreError::Missing(format!("the history has no action {seq}; `combe log` lists them"))
            })
    }

    /// An action with its changes.
    ///
    /// # Errors
    /// If it is not in the history, or its text was erased.
    pub fn action(&self, id: ActionId) -> Result<Action, StoreError> {
        let seq: Option<i64> = self
            .connection
            .query_row("SELECT seq FROM actions WHERE id = ?1", [id.to_string()], |row| row.get(0))
            .optional()
            .map_err(|error| self.error(&error))?;
        let seq = seq.ok_or_else(|| StoreError::Missing("that action is not in the history".into()))?;
        let entry = self.entry(seq)?;
        let changes = self.changes_at(seq)?;
        if is_erasure(&entry.command) || changes.iter().any(|change| change.record().is_none()) {
            return Err(StoreError::Missing(format!(
                "words of action {seq} were erased, which nothing can take back"
            )));
        }
        Ok(entry.with(changes))
    }

    /// The changes of an action by its place in the history, with quotes where their words stand today. Of one whose words were
    /// erased neither side is left.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn changes_at(&self, seq: i64) -> Result<Vec<Change>, StoreError> {
        let mut changes = changes_of(&self.connection, &self.folder, seq)?;
        moved::follow_erasures(&self.connection, seq, &mut changes).map_err(|error| self.error(&error))?;
        Ok(changes)
    }

    /// The actions that changed records of some kinds (as [`Record::kind`] names them), oldest first, with those changes
    /// alone.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn actions_on(&self, kinds: &[&str]) -> Result<Vec<Action>, StoreError> {
        let marks = vec!["?"; kinds.len()].join(", ");
        let read = || -> rusqlite::Result<Vec<Entry>> {
            let mut statement = self.connection.prepare_cached(&format!(
                "{SELECT_ENTRY} WHERE seq IN (SELECT action FROM changes WHERE kind IN ({marks})) ORDER BY seq"
            ))?;
            let rows = statement.query_map(rusqlite::params_from_iter(kinds), read_entry)?;
            rows.collect()
        };
        let mut actions = Vec::new();
        for entry in read().map_err(|error| self.error(&error))? {
            let mut changes = changes_of(&self.connection, &self.folder, entry.seq)?;
            changes.retain(|change| change.record().is_some_and(|record| kinds.contains(&record.kind())));
            actions.push(entry.with(changes));
        }
        Ok(actions)
    }

    /// What a coder can undo and redo.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn undo_stacks(&self, coder: CoderId) -> Result<UndoStacks, StoreError> {
        let read = || -> rusqlite::Result<UndoStacks> {
            let mut stacks = UndoStacks::default();
            let mut statement = self
                .connection
                .prepare_cached(
                    "SELECT id, undoes, command FROM actions WHERE coder = ?1 AND NOT EXISTS (SELECT 1 FROM changes
                        WHERE action = seq AND before IS NULL AND after IS NULL) ORDER BY seq",
                )?;
            let mut rows = statement.query([coder.to_string()])?;
            while let Some(row) = rows.next()? {
                let command = row.get_ref(2)?.as_str().unwrap_or_default().to_owned();
                stacks.note(parse(row, 0)?, parse_if_any(row, 1)?, &command);
            }
            Ok(stacks)
        };
        read().map_err(|error| self.error(&error))
    }

    /// The latest action after `id` that touched one of the records it changed, or refers to one it created: who built on
    /// it. One that still stands is named before any that was taken back.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn built_on(&self, id: ActionId) -> Result<Option<Entry>, StoreError> {
        if let Some(standing) = self.standing_on(id)?.into_iter().next() {
            return Ok(Some(standing));
        }
        let touches = "SELECT max(later.action) FROM changes AS own JOIN changes AS later
                ON later.kind = own.kind AND later.key = own.key AND later.action > own.action
            WHERE own.action = (SELECT seq FROM actions WHERE id = ?1)";
        // An identity is a UUID, which stands nowhere else by chance. It takes a look at all later changes, but only when an
        // undo was refused.
        let refers = "SELECT max(later.action) FROM changes AS own JOIN changes AS later
                ON later.action > own.action AND instr(later.after, own.key) > 0
            WHERE own.action = (SELECT seq FROM actions WHERE id = ?1) AND own.before IS NULL
                AND own.key LIKE '\"%\"'";
        for sql in [touches, refers] {
            let seq: Option<i64> = self
                .connection
                .query_row(sql, [id.to_string()], |row| row.get(0))
                .map_err(|error| self.error(&error))?;
            if let Some(seq) = seq {
                return self.entry(seq).map(Some);
            }
        }
        Ok(None)
    }

    /// The actions after `id` that built on it and still stand, newest first: those that touched a record it changed, or
    /// refer to one it created. What was taken back is not among them, nor what took that back, nor erasures that moved its quotes
    /// and left their words; but what took back, or brought back, something from before `id` is.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn standing_on(&self, id: ActionId) -> Result<Vec<Entry>, StoreError> {
        let sql = "SELECT DISTINCT later.action FROM changes AS own JOIN changes AS later
                ON later.action > own.action AND (later.kind = own.kind AND later.key = own.key
                    OR own.before IS NULL AND own.key LIKE '\"%\"' AND instr(later.after, own.key) > 0)
            WHERE own.action = (SELECT seq FROM actions WHERE id = ?1) AND NOT (later.kind = 'quotes'
                AND json_extract(later.before, '$.quote.text') IS json_extract(later.after, '$.quote.text')
                AND later.before IS NOT NULL
                AND later.action IN (SELECT seq FROM actions WHERE command IN ('withdraw', 'erase')))";
        let read = || -> rusqlite::Result<BTreeSet<i64>> {
            let mut statement = self.connection.prepare(sql)?;
            let rows = statement.query_map([id.to_string()], |row| row.get(0))?;
            rows.collect()
        };
        let built = read().map_err(|error| self.error(&error))?;
        let mut taken_back = BTreeSet::new();
        let mut standing = Vec::new();
        let log = self.log(None)?;
        let places: BTreeMap<ActionId, i64> = log.iter().map(|entry| (entry.id, entry.seq)).collect();
        for entry in log.into_iter().rev() {
            let stands = !taken_back.contains(&entry.id);
            match entry.undoes {
                Some(undone) if stands => {
                    taken_back.insert(undone);
                    if built.contains(&entry.seq) && places.get(&undone) < places.get(&id) {
                        standing.push(entry);
                    }
                }
                None if stands && built.contains(&entry.seq) => standing.push(entry),
                _ => {}
            }
        }
        Ok(standing)
    }

    /// Every code that the study ever had with the name it was made with, those that are gone included, in the order of their
    /// identities: the oldest first.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn codes_made(&self) -> Result<Vec<(CodeId, String)>, StoreError> {
        let read = || -> rusqlite::Result<Vec<(CodeId, String)>> {
            // Of each code the row of the first action: SQLite takes the other columns from where the minimum is.
            let sql = "SELECT trim(key, '\"'), coalesce(json_extract(after, '$.code.name'), ''), min(action) FROM changes
                WHERE kind = 'codes' GROUP BY key ORDER BY key";
            let mut statement = self.connection.prepare_cached(sql)?;
            let codes = statement.query_map([], |row| Ok((parse(row, 0)?, row.get(1)?)))?;
            codes.collect()
        };
        read().map_err(|error| self.error(&error))
    }

    /// The place in the history that the database stands at.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn seq(&self) -> Result<i64, StoreError> {
        last_seq(&self.connection).map_err(|error| self.error(&error))
    }

    /// A number that changes when another process has written.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn data_version(&self) -> Result<i64, StoreError> {
        self.connection
            .pragma_query_value(None, "data_version", |row| row.get(0))
            .map_err(|error| self.error(&error))
    }

    /// Texts that undoing or redoing a set of changes makes current again: they are all still there.
    ///
    /// # Errors
    /// If one is gone.
    pub fn texts_for(&self, changes: &[Change]) -> Result<Vec<NewText>, StoreError> {
        let revisions = changes.iter().filter_map(current_revision);
        revisions
            .map(|revision| {
                let text = self.text(revision)?.as_ref().to_owned();
                Ok(NewText { revision, text, turns: self.turns(revision)? })
            })
            .collect()
    }
}

/// The actions after a place in the history, with the turns they brought.
pub(super) fn read_since(
    connection: &Connection,
    folder: &Path,
    seq: i64,
) -> Result<Vec<Logged>, StoreError> {
    let words = |error: rusqlite::Error| StoreError::database(folder, &error);
    let later = || -> rusqlite::Result<Vec<Entry>> {
        let mut statement =
            connection.prepare_cached(&format!("{SELECT_ENTRY} WHERE seq > ?1 ORDER BY seq"))?;
        let rows = statement.query_map([seq], read_entry)?;
        rows.collect()
    };
    let mut logged = Vec::new();
    for entry in later().map_err(words)? {
        let changes = changes_of(connection, folder, entry.seq)?;
        let mut turns = Vec::new();
        for revision in changes.iter().filter_map(current_revision) {
            turns.extend(texts::read_turns(connection, Some(revision)).map_err(words)?);
        }
        logged.push(Logged { seq: entry.seq, turns, action: entry.with(changes) });
    }
    Ok(logged)
}

fn changes_of(connection: &Connection, folder: &Path, seq: i64) -> Result<Vec<Change>, StoreError> {
    let mut changes = Vec::new();
    let mut read = || -> rusqlite::Result<bool> {
        let mut statement = connection
            .prepare_cached("SELECT before, after FROM changes WHERE action = ?1 ORDER BY place")?;
        let mut rows = statement.query([seq])?;
        while let Some(row) = rows.next()? {
            let (before, after): (Option<String>, Option<String>) = (row.get(0)?, row.get(1)?);
            let (Ok(before), Ok(after)) = (record(before), record(after)) else { return Ok(false) };
            changes.push(Change { before, after });
        }
        Ok(true)
    };
    match read() {
        Ok(true) => Ok(changes),
        Ok(false) => {
            Err(StoreError::Unexpected { table: "changes", why: format!("action {seq} cannot be read back") })
        }
        Err(error) => Err(StoreError::database(folder, &error)),
    }
}

impl Entry {
    fn with(self, changes: Vec<Change>) -> Action {
        Action {
            id: self.id,
            at: self.at,
            coder: self.coder,
            command: self.command,
            label: self.label,
            reason: self.reason,
            undoes: self.undoes,
            changes,
        }
    }
}

const SELECT_ENTRY: &str = "SELECT seq, id, at, coder, os_user, host, command, label, reason, undoes, hash,
    (SELECT count(*) FROM changes WHERE action = seq) FROM actions";

fn read_entry(row: &Row<'_>) -> rusqlite::Result<Entry> {
    Ok(Entry {
        seq: row.get(0)?,
        id: parse(row, 1)?,
        at: parse(row, 2)?,
        coder: parse(row, 3)?,
        os_user: row.get(4)?,
        host: row.get(5)?,
        command: row.get(6)?,
        label: row.get(7)?,
        reason: row.get(8)?,
        undoes: parse_if_any(row, 9)?,
        hash: row.get(10)?,
        changes: row.get::<_, i64>(11)?.try_into().unwrap_or(0),
    })
}

/// The place of the last action; 0 if there is none.
pub(super) fn last_seq(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("SELECT ifnull(max(seq), 0) FROM actions", [], |row| row.get(0))
}

/// The revision that a change makes current.
fn current_revision(change: &Change) -> Option<RevisionId> {
    match &change.after {
        Some(Record::Transcript(transcript)) => Some(transcript.revision),
        _ => None,
    }
}

fn record(json: Option<String>) -> serde_json::Result<Option<Record>> {
    json.map(|json| serde_json::from_str(&json)).transpose()
}

fn parse<T: FromStr>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    parse_if_any(row, column)?.ok_or_else(|| odd(column))
}

fn parse_if_any<T: FromStr>(row: &Row<'_>, column: usize) -> rusqlite::Result<Option<T>> {
    let text: Option<String> = row.get(column)?;
    text.map(|text| text.parse().map_err(|_| odd(column))).transpose()
}

fn odd(column: usize) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnType(column, String::new(), rusqlite::types::Type::Text)
}
