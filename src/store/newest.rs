//! Where this process stands in the history, and the study as it was there.
//!
//! The rules of the domain live in [`Study::apply`] alone. A process that prepared an action may not have seen what
//! another one committed meanwhile, and two changes that are right each by itself may break the study together (a side
//! given to a code, and a valence to a coding of it). So the store keeps a study of its own, brings it up to the newest
//! action inside the transaction that commits, and applies the action there first: what it refuses is not written.
//!
//! It shares its turns with the study that was loaded; its records are a copy.

use std::path::Path;
use std::sync::Arc;

use rusqlite::Connection;

use super::{Logged, Store, StoreError, history, rows, texts};
use crate::study::{Settings, Study};

/// Up to where the history is known here.
#[derive(Debug)]
pub(super) struct Standing {
    /// The last action known.
    pub(super) seq: i64,
    /// The study after it. None where nothing is committed.
    pub(super) study: Option<Study>,
    /// Actions of others that nobody has asked for yet.
    others: Vec<Logged>,
}

impl Standing {
    pub(super) fn new(seq: i64, study: Option<Study>) -> Self {
        Self { seq, study, others: Vec::new() }
    }

    /// Takes in what others did since. If that cannot be read, nothing has changed and nothing is skipped.
    fn catch_up(
        &mut self,
        connection: &Connection,
        folder: &Path,
        settings: &Settings,
    ) -> Result<(), StoreError> {
        let newest = history::last_seq(connection).map_err(|error| StoreError::database(folder, &error))?;
        if newest == self.seq {
            return Ok(());
        }
        let logged = history::read_since(connection, folder, self.seq)?;
        if let Some(study) = &mut self.study
            && (newest < self.seq || !logged.iter().all(|logged| take_in(study, logged)))
        {
            // The database is not what its history says, or somebody put an older one in its place.
            *study =
                read_whole(connection, settings).map_err(|error| StoreError::database(folder, &error))?;
        }
        self.seq = newest;
        self.others.extend(logged);
        Ok(())
    }
}

fn take_in(study: &mut Study, logged: &Logged) -> bool {
    for turns in &logged.turns {
        study.add_turns(Arc::new(turns.clone()));
    }
    study.apply(&logged.action.changes).is_ok()
}

/// The whole study as the database holds it.
pub(super) fn read_whole(connection: &Connection, settings: &Settings) -> rusqlite::Result<Study> {
    let records = rows::read_all(connection)?;
    let turns = texts::read_turns(connection, None)?;
    Ok(Study::load(settings.clone(), records, turns))
}

/// Brings what is known here up to the newest action of the database.
pub(super) fn bring_up<'s>(
    standing: &'s mut Option<Standing>,
    connection: &Connection,
    folder: &Path,
    settings: &Settings,
) -> Result<&'s mut Standing, StoreError> {
    match standing {
        Some(known) => known.catch_up(connection, folder, settings)?,
        None => {
            let words = |error: rusqlite::Error| StoreError::database(folder, &error);
            let seq = history::last_seq(connection).map_err(words)?;
            let study = read_whole(connection, settings).map_err(words)?;
            *standing = Some(Standing::new(seq, Some(study)));
        }
    }
    standing.as_mut().ok_or_else(|| StoreError::Database("it was not read".into()))
}

impl Store {
    /// Looks for what other processes did since [`Store::load`] or the last commit; [`Store::take_others`] has it then.
    ///
    /// # Errors
    /// If the database cannot be read; the next look begins at the same action again.
    pub fn look_for_others(&mut self) -> Result<(), StoreError> {
        let folder = self.folder.clone();
        let words = |error: rusqlite::Error| StoreError::database(&folder, &error);
        let Some(standing) = &mut self.standing else { return Ok(()) };
        // One transaction, so that the actions and their turns are of one moment.
        let transaction = self.connection.transaction().map_err(words)?;
        standing.catch_up(&transaction, &folder, &self.settings)?;
        transaction.commit().map_err(words)
    }

    /// The actions of other processes that a look or a commit came upon and that were not taken yet, in the order of the
    /// history. A commit, refused or not, comes upon all that were before it.
    pub fn take_others(&mut self) -> Vec<Logged> {
        self.standing.as_mut().map(|standing| std::mem::take(&mut standing.others)).unwrap_or_default()
    }
}
