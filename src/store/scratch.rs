//! Private scratch: drafts of what is being typed, and which turns were seen and read. No action, no history.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::OptionalExtension;

use super::{Store, StoreError};
use crate::study::{CoderId, TranscriptId, TurnNumber};

/// What became of a draft that was to be kept, or let go of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DraftKept {
    /// It is as asked.
    Yes,
    /// Another process wrote this one meanwhile; nothing was changed.
    WrittenElsewhere(String),
}

impl Store {
    /// Keeps a draft under a key of the caller's, or lets go of it (`None`). It takes the place of `over` alone, the draft
    /// that the caller knows of: one that another process wrote since stays.
    ///
    /// # Errors
    /// If the study cannot be written.
    pub fn save_draft(
        &mut self,
        coder: CoderId,
        key: &str,
        over: Option<&str>,
        text: Option<&str>,
        now: Timestamp,
    ) -> Result<DraftKept, StoreError> {
        self.must_write()?;
        let coder = coder.to_string();
        let mut write = || -> rusqlite::Result<DraftKept> {
            let transaction = self.connection.transaction()?;
            let written = match text {
                Some(text) => transaction.execute(
                    "INSERT INTO drafts (coder, key, text, at) VALUES (?1, ?2, ?3, ?4)
                        ON CONFLICT DO UPDATE SET text = excluded.text, at = excluded.at
                        WHERE drafts.text IS ?5 OR drafts.text = excluded.text",
                    (&coder, key, text, now.to_string(), over),
                )?,
                None => transaction.execute(
                    "DELETE FROM drafts WHERE coder = ?1 AND key = ?2 AND text IS ?3",
                    (&coder, key, over),
                )?,
            };
            if written == 0 {
                let held = transaction
                    .query_row(
                        "SELECT text FROM drafts WHERE coder = ?1 AND key = ?2",
                        (&coder, key),
                        |row| row.get(0),
                    )
                    .optional()?;
                return Ok(held.map_or(DraftKept::Yes, DraftKept::WrittenElsewhere));
            }
            transaction.commit()?;
            Ok(DraftKept::Yes)
        };
        write().map_err(|error| StoreError::database(&self.folder, &error))
    }

    /// A coder's drafts by key.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn drafts(&self, coder: CoderId) -> Result<BTreeMap<String, String>, StoreError> {
        let read = || -> rusqlite::Result<BTreeMap<String, String>> {
            let mut statement =
                self.connection.prepare_cached("SELECT key, text FROM drafts WHERE coder = ?1")?;
            let rows = statement.query_map([coder.to_string()], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect()
        };
        read().map_err(|error| self.error(&error))
    }

    /// Notes that a coder had these turns on the screen (`read` false) or marked them as read (`read` true). A turn that
    /// was read stays read.
    ///
    /// # Errors
    /// If the study cannot be written.
    pub fn mark_turns(
        &mut self,
        coder: CoderId,
        transcript: TranscriptId,
        turns: &[TurnNumber],
        read: bool,
    ) -> Result<(), StoreError> {
        self.must_write()?;
        let mut write = || -> rusqlite::Result<()> {
            let transaction = self.connection.transaction()?;
            {
                let mut statement = transaction.prepare_cached(
                    "INSERT INTO reading (coder, transcript, turn, state) VALUES (?1, ?2, ?3, ?4)
                        ON CONFLICT DO UPDATE SET state = excluded.state WHERE excluded.state = 'read'",
                )?;
                for turn in turns {
                    let state = if read { "read" } else { "seen" };
                    statement.execute((
                        coder.to_string(),
                        transcript.to_string(),
                        turn.to_string(),
                        state,
                    ))?;
                }
            }
            transaction.commit()
        };
        write().map_err(|error| StoreError::database(&self.folder, &error))
    }

    /// The turns that a coder has seen or read, by transcript; `true` for those marked as read.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn reading_marks(
        &self,
        coder: CoderId,
    ) -> Result<BTreeMap<TranscriptId, BTreeMap<TurnNumber, bool>>, StoreError> {
        let mut marks: BTreeMap<TranscriptId, BTreeMap<TurnNumber, bool>> = BTreeMap::new();
        let mut read = || -> rusqlite::Result<()> {
            let mut statement = self
                .connection
                .prepare_cached("SELECT transcript, turn, state FROM reading WHERE coder = ?1")?;
            let mut rows = statement.query([coder.to_string()])?;
            while let Some(row) = rows.next()? {
                let (transcript, turn): (String, String) = (row.get(0)?, row.get(1)?);
                let (Ok(transcript), Ok(turn)) = (transcript.parse(), turn.parse()) else { continue };
                let read = row.get_ref(2)?.as_str() == Ok("read");
                marks.entry(transcript).or_default().insert(turn, read);
            }
            Ok(())
        };
        read().map_err(|error| self.error(&error))?;
        Ok(marks)
    }
}
