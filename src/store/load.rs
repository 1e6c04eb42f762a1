//! From disk to memory.

use super::newest::{self, Standing};
use super::{Access, Store, StoreError, rows, texts};
use crate::study::{Coder, Record, Study, TranscriptId};

impl Store {
    /// The whole study, without its texts, and the place in the history that it stands at.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn load(&mut self) -> Result<(Study, i64), StoreError> {
        let folder = self.folder.clone();
        let words = |error: rusqlite::Error| StoreError::database(&folder, &error);
        // One transaction, so that everything is of one moment.
        let transaction = self.connection.transaction().map_err(words)?;
        let study = newest::read_whole(&transaction, &self.settings).map_err(words)?;
        let seq = super::history::last_seq(&transaction).map_err(words)?;
        transaction.commit().map_err(words)?;
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
