//! Texts and turns of revisions: written once, never changed.

use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, Row};

use super::history::is_import;
use super::{NewText, Store, StoreError};
use crate::import::Texts;
use crate::study::{Edition, Revision, RevisionId, Turn, TurnNumber, Turns};
use crate::text::Span;

impl Store {
    /// The text of a revision.
    ///
    /// # Errors
    /// If there is none, or the database cannot be read.
    pub fn text(&self, revision: RevisionId) -> Result<Arc<str>, StoreError> {
        let found: Option<String> = self
            .connection
            .prepare_cached("SELECT body FROM texts WHERE revision = ?1")
            .and_then(|mut statement| {
                statement.query_row([revision.to_string()], |row| row.get(0)).optional()
            })
            .map_err(|error| self.error(&error))?;
        found.map(Arc::from).ok_or_else(|| {
            StoreError::Missing(format!("the text of revision {revision} is gone; run `combe check`"))
        })
    }

    /// The turns of a revision.
    ///
    /// # Errors
    /// If there is no such text, or the database cannot be read.
    pub fn turns(&self, revision: RevisionId) -> Result<Turns, StoreError> {
        let found = read_turns(&self.connection, Some(revision)).map_err(|error| self.error(&error))?;
        found.into_iter().next().ok_or_else(|| {
            StoreError::Missing(format!("the turns of revision {revision} are gone; run `combe check`"))
        })
    }
}

impl Texts for Store {
    fn text(&self, revision: RevisionId) -> Option<Arc<str>> {
        Store::text(self, revision).ok()
    }

    fn turns(&self, revision: RevisionId) -> Option<Turns> {
        Store::turns(self, revision).ok()
    }

    fn is_from_file(&self, revision: RevisionId) -> bool {
        let Ok(key) = serde_json::to_string(&revision) else { return false };
        // Doing an import again makes its revision anew; what made it first tells where it came from.
        let command: rusqlite::Result<String> = self
            .connection
            .prepare_cached(
                "SELECT command FROM changes JOIN actions ON actions.seq = changes.action
                    WHERE kind = 'revisions' AND key = ?1 ORDER BY action LIMIT 1",
            )
            .and_then(|mut statement| statement.query_row([key], |row| row.get(0)));
        command.is_ok_and(|command| is_import(&command))
    }
}

/// Writes a text that is not there yet. One that is there (its import was undone, and is done again) stays.
pub(super) fn insert(connection: &Connection, text: &NewText) -> rusqlite::Result<()> {
    let revision = text.revision.to_string();
    let json = |value: serde_json::Result<String>| value.map_err(super::rows::unwritable);
    let added = connection
        .prepare_cached(
            "INSERT OR IGNORE INTO texts (revision, body, speakers, times) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute((
            &revision,
            &text.text,
            json(serde_json::to_string(&text.turns.speakers))?,
            json(serde_json::to_string(&text.turns.times))?,
        ))?;
    if added == 0 {
        return Ok(());
    }
    let mut statement = connection.prepare_cached(
        "INSERT INTO turns
            (revision, number, part, speaker, label_start, label_end, start, \"end\", start_ms, end_ms, words)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)",
    )?;
    for turn in &text.turns.turns {
        statement.execute(rusqlite::params![
            revision,
            turn.number.number,
            turn.number.part,
            turn.speaker,
            turn.label.start,
            turn.label.end,
            turn.speech.start,
            turn.speech.end,
            turn.start_ms,
            turn.end_ms,
            turn.words,
        ])?;
    }
    Ok(())
}

/// Puts a text and its turns in the place of those of the same revision: only erasing does.
pub(super) fn replace(connection: &Connection, body: &str, turns: &Turns) -> rusqlite::Result<()> {
    let revision = turns.revision.to_string();
    let times = serde_json::to_string(&turns.times).map_err(super::rows::unwritable)?;
    let speakers = serde_json::to_string(&turns.speakers).map_err(super::rows::unwritable)?;
    connection.execute(
        "UPDATE texts SET body = ?2, times = ?3, speakers = ?4 WHERE revision = ?1",
        (&revision, body, times, speakers),
    )?;
    let mut statement = connection.prepare_cached(
        "UPDATE turns SET label_start = ?4, label_end = ?5, start = ?6, \"end\" = ?7, words = ?8
            WHERE revision = ?1 AND number = ?2 AND part = ?3",
    )?;
    for turn in &turns.turns {
        statement.execute(rusqlite::params![
            revision,
            turn.number.number,
            turn.number.part,
            turn.label.start,
            turn.label.end,
            turn.speech.start,
            turn.speech.end,
            turn.words,
        ])?;
    }
    Ok(())
}

/// A revision with its text and turns. `None` if they are not there.
pub(super) fn read_edition(
    connection: &Connection,
    revision: &Revision,
) -> rusqlite::Result<Option<Edition>> {
    let text: Option<String> = connection
        .prepare_cached("SELECT body FROM texts WHERE revision = ?1")?
        .query_row([revision.id.to_string()], |row| row.get(0))
        .optional()?;
    let turns = read_turns(connection, Some(revision.id))?.into_iter().next();
    Ok(text.zip(turns).map(|(text, turns)| Edition { number: revision.number, turns, text }))
}

/// Takes a text and its turns away: only erasing does, of a revision that was undone.
pub(super) fn delete(connection: &Connection, revision: &str) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM turns WHERE revision = ?1", [revision])?;
    connection.execute("DELETE FROM texts WHERE revision = ?1", [revision]).map(|_| ())
}

/// Turns of one revision, or of all that are current.
pub(super) fn read_turns(connection: &Connection, only: Option<RevisionId>) -> rusqlite::Result<Vec<Turns>> {
    let which = match only {
        Some(_) => "revision = ?1",
        None => "revision IN (SELECT revision FROM transcripts) AND ?1 = ''",
    };
    let bound = only.map_or(String::new(), |revision| revision.to_string());
    let mut found: Vec<Turns> = Vec::new();
    let mut texts = connection.prepare_cached(&format!(
        "SELECT revision, speakers, times FROM texts WHERE {which} ORDER BY revision"
    ))?;
    let mut rows = texts.query([&bound])?;
    while let Some(row) = rows.next()? {
        found.push(Turns {
            revision: parse(row, 0)?,
            speakers: from_json(row, 1)?,
            turns: Vec::new(),
            times: from_json(row, 2)?,
        });
    }
    let mut turns = connection.prepare_cached(&format!(
        "SELECT number, part, speaker, label_start, label_end, start, \"end\", start_ms, end_ms, words, revision
            FROM turns WHERE {which} ORDER BY revision, number, part"
    ))?;
    let mut rows = turns.query([&bound])?;
    let (mut at, mut of) = (0, String::new());
    while let Some(row) = rows.next()? {
        let revision = row.get_ref(10)?.as_str().unwrap_or_default();
        if revision != of {
            of = revision.to_owned();
            let id: RevisionId = parse(row, 10)?;
            while found.get(at).is_some_and(|turns| turns.revision != id) {
                at += 1;
            }
        }
        if let Some(turns) = found.get_mut(at) {
            turns.turns.push(read_turn(row)?);
        }
    }
    Ok(found)
}

fn read_turn(row: &Row<'_>) -> rusqlite::Result<Turn> {
    Ok(Turn {
        number: TurnNumber { number: row.get(0)?, part: row.get(1)? },
        speaker: row.get(2)?,
        label: Span { start: row.get(3)?, end: row.get(4)? },
        speech: Span { start: row.get(5)?, end: row.get(6)? },
        start_ms: row.get(7)?,
        end_ms: row.get(8)?,
        words: row.get(9)?,
    })
}

fn parse(row: &Row<'_>, column: usize) -> rusqlite::Result<RevisionId> {
    let text = row.get_ref(column)?.as_str().unwrap_or_default();
    text.parse().map_err(|_| odd(column))
}

fn from_json<T: serde::de::DeserializeOwned>(row: &Row<'_>, column: usize) -> rusqlite::Result<T> {
    let text = row.get_ref(column)?.as_str().unwrap_or_default();
    serde_json::from_str(text).map_err(|_| odd(column))
}

fn odd(column: usize) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnType(column, String::new(), rusqlite::types::Type::Text)
}
