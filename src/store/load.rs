//! From disk to memory.

use std::path::Path;

use super::newest::{self, Standing};
use super::open::open_to_look;
use super::{Access, Store, StoreError, files, rows, texts};
use crate::study::{Coder, Record, Settings, Study, TranscriptId};

impl Store {
    /// The whole study, without its texts, and the place in the history that it stands at. A snapshot is told what holds today
    /// of refusals, of what is hidden and of who codes blind: see [`Study::answers_since`].
    ///
    /// # Errors
    /// If the database cannot be read, or for a snapshot the one of today.
    pub fn load(&mut self) -> Result<(Study, i64), StoreError> {
        let folder = self.folder.clone();
        let words = |error: rusqlite::Error| StoreError::database(&folder, &error);
        // One transaction, so that everything is of one moment.
        let transaction = self.connection.transaction().map_err(words)?;
        let mut study = newest::read_whole(&transaction, &self.settings).map_err(words)?;
        let seq = super::history::last_seq(&transaction).map_err(words)?;
        transaction.commit().map_err(words)?;
        if self.is_past {
            let now = read_study(&self.folder, &self.folder.join(files::DATABASE), &self.settings)?;
            study.apply(&study.answers_since(&now))?;
        }
        let own = (self.access == Access::Write).then(|| study.clone());
        self.standing = Some(Standing::new(seq, own));
        Ok((study, seq))
    }

    /// Just what the first screen of one transcript needs. The rest of the study is not in it: it is for looking at
    /// until [`Store::load`] is done.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn load_transcript(&mut self, transcript: TranscriptId) -> Result<Study, StoreError> {
        if self.is_past {
            // Not before it is known what holds since.
            return self.load().map(|(study, _)| study);
        }
        let folder = self.folder.clone();
        let words = |error: rusqlite::Error| StoreError::database(&folder, &error);
        let transaction = self.connection.transaction().map_err(words)?;
        let records = rows::read_for(&transaction, &transcript.to_string()).map_err(words)?;
        let study = Study::load(self.settings.clone(), records, []);
        let revision = study.transcripts().get(&transcript).map(|transcript| transcript.revision);
        let turns = match revision {
            Some(revision) => texts::read_turns(&transaction, Some(revision)).map_err(words)?,
            None => Vec::new(),
        };
        transaction.commit().map_err(words)?;
        let mut study = study;
        for turns in turns {
            study.add_turns(std::sync::Arc::new(turns));
        }
        Ok(study)
    }

    /// The coders of the study, without the rest of it.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn coders(&self) -> Result<Vec<Coder>, StoreError> {
        let records = rows::read_coders(&self.connection).map_err(|error| self.error(&error))?;
        let coder = |record| match record {
            Record::Coder(coder) => Some(coder),
            _ => None,
        };
        Ok(records.into_iter().filter_map(coder).collect())
    }
}

/// The whole study of a database, be it of an older schema, without touching it.
pub(super) fn read_study(folder: &Path, database: &Path, settings: &Settings) -> Result<Study, StoreError> {
    let words = |error: rusqlite::Error| StoreError::database(folder, &error);
    let mut connection = open_to_look(folder, database)?;
    let transaction = connection.transaction().map_err(words)?;
    newest::read_whole(&transaction, settings).map_err(words)
}
