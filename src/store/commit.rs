//! Committing: one transaction an action.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, TransactionBehavior};

use super::chain::{self, Link};
use super::{Signature, Store, StoreError, newest, rows};
use crate::study::{Action, Change, Conflict, NewText, Record};

/// What the store says of an action that is on disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Committed {
    /// Its place in the history: the only order.
    pub seq: i64,
    /// When it was made, as its action says.
    pub at: Timestamp,
}

impl Store {
    /// Writes an action and the texts that it needs, all or nothing. When this returns, they are on disk.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] if a record is no longer what a change says it was, a name or place is taken, or a rule of
    /// the domain speaks against it, in the study as all processes together made it; else what the disk said. Nothing has
    /// changed then.
    pub fn commit(&mut self, action: &Action, texts: &[NewText]) -> Result<Committed, StoreError> {
        self.must_write()?;
        let folder = self.folder.clone();
        let words = |error: rusqlite::Error| StoreError::database(&folder, &error);
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(words)?;
        let standing = newest::bring_up(&mut self.standing, &transaction, &folder, &self.settings)?;
        if let Some(study) = &mut standing.study {
            texts.iter().for_each(|text| study.add_turns(Arc::new(text.turns.clone())));
            study.apply(&action.changes)?;
        }
        let written = write(&transaction, &folder, action, texts, &self.signature).and_then(|seq| {
            transaction.commit().map(|()| seq).map_err(|error| dangling(&folder, action, &error))
        });
        match written {
            Ok(seq) => standing.seq = seq,
            Err(_) => standing.study.iter_mut().for_each(|study| study.revert(&action.changes)),
        }
        Ok(Committed { seq: written?, at: action.at })
    }
}

/// Writes an action whole into an open transaction. Gives its place in the history.
fn write(
    connection: &Connection,
    folder: &Path,
    action: &Action,
    texts: &[NewText],
    signature: &Signature,
) -> Result<i64, StoreError> {
    let words = |error: rusqlite::Error| StoreError::database(folder, &error);
    for text in texts {
        super::texts::insert(connection, text).map_err(words)?;
    }
    for change in &action.changes {
        write_change(connection, change).map_err(|failure| match failure {
            Failure::Conflict(conflict) => StoreError::Conflict(conflict),
            Failure::Database(error) => refusal(folder, change, &error),
        })?;
    }
    write_history(connection, action, signature).map_err(words)
}

/// What the end of a transaction refused: references are checked there.
fn dangling(folder: &Path, action: &Action, error: &rusqlite::Error) -> StoreError {
    match constraint(error) {
        true => StoreError::Conflict(Conflict::Dangling {
            what: format!("“{}”", action.label),
            missing: "something that somebody else deleted",
        }),
        false => StoreError::database(folder, error),
    }
}

enum Failure {
    Conflict(Conflict),
    Database(rusqlite::Error),
}

impl From<rusqlite::Error> for Failure {
    fn from(error: rusqlite::Error) -> Self {
        Self::Database(error)
    }
}

/// Makes a change whose row is what the change says it was. The rules were asked before; this finds a row that was edited
/// by hand.
fn write_change(connection: &Connection, change: &Change) -> Result<(), Failure> {
    let Some(record) = change.record() else { return Ok(()) };
    let held = rows::fetch(connection, record)?;
    if held != change.before {
        let what = crate::study::record::describe(record);
        return Err(Failure::Conflict(match change.before {
            None => Conflict::Taken { what },
            Some(_) => Conflict::Changed { what },
        }));
    }
    match (&change.before, &change.after) {
        (None, Some(after)) => rows::insert(connection, after)?,
        (Some(_), Some(after)) => rows::update(connection, after)?,
        (Some(before), None) => rows::delete(connection, before)?,
        (None, None) => {}
    }
    Ok(())
}

pub(super) fn write_history(
    connection: &Connection,
    action: &Action,
    signature: &Signature,
) -> rusqlite::Result<i64> {
    let last: Option<(i64, String)> = connection
        .prepare_cached("SELECT seq, hash FROM actions ORDER BY seq DESC LIMIT 1")?
        .query_row([], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let (last, prev_hash) = last.unwrap_or((0, chain::BEGINNING.to_owned()));
    let seq = last + 1;
    let prepared = action.changes.iter().map(|change| prepare_change(connection, change));
    let prepared: Vec<PreparedChange> = prepared.collect::<rusqlite::Result<_>>()?;
    let digest = chain::digest_changes(prepared.iter().map(|change| change.digest.as_str()));
    let (id, at, coder) = (action.id.to_string(), action.at.to_string(), action.coder.to_string());
    let undoes = action.undoes.map(|id| id.to_string());
    let link = Link {
        seq,
        id: &id,
        at: &at,
        coder: &coder,
        os_user: &signature.os_user,
        host: &signature.host,
        command: &action.command,
        label: &action.label,
        reason: action.reason.as_deref(),
        undoes: undoes.as_deref(),
        digest: &digest,
        prev_hash: &prev_hash,
    };
    connection
        .prepare_cached(
            "INSERT INTO actions
                (seq, id, at, coder, os_user, host, command, label, reason, undoes, digest, prev_hash, hash)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
        )?
        .execute(rusqlite::params![
            seq,
            id,
            at,
            coder,
            signature.os_user,
            signature.host,
            action.command,
            action.label,
            action.reason,
            undoes,
            digest,
            prev_hash,
            link.hash(),
        ])?;
    let mut statement = connection.prepare_cached(
        "INSERT INTO changes (action, place, kind, key, before, after, salt, digest)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
    )?;
    for (place, change) in (0i64..).zip(&prepared) {
        statement.execute(rusqlite::params![
            seq,
            place,
            change.kind,
            change.key,
            change.before,
            change.after,
            change.salt,
            change.digest,
        ])?;
    }
    Ok(seq)
}

struct PreparedChange {
    kind: &'static str,
    key: String,
    before: Option<String>,
    after: Option<String>,
    salt: Vec<u8>,
    digest: String,
}

fn prepare_change(connection: &Connection, change: &Change) -> rusqlite::Result<PreparedChange> {
    let json = |record: &Option<Record>| -> rusqlite::Result<Option<String>> {
        record.as_ref().map(serde_json::to_string).transpose().map_err(rows::unwritable)
    };
    let (kind, key) = match change.record() {
        Some(record) => (record.kind(), record.key_text().map_err(rows::unwritable)?),
        None => ("", String::new()),
    };
    let (before, after) = (json(&change.before)?, json(&change.after)?);
    let salt: Vec<u8> =
        connection.prepare_cached("SELECT randomblob(16)")?.query_row([], |row| row.get(0))?;
    let digest = chain::digest_change(&salt, kind, &key, before.as_deref(), after.as_deref());
    Ok(PreparedChange { kind, key, before, after, salt, digest })
}

fn constraint(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::ConstraintViolation)
}

/// What a constraint of the database against one change means.
fn refusal(folder: &Path, change: &Change, error: &rusqlite::Error) -> StoreError {
    match change.record() {
        Some(record) if constraint(error) => {
            StoreError::Conflict(Conflict::Taken { what: crate::study::record::describe(record) })
        }
        _ => StoreError::database(folder, error),
    }
}
