//! Erasing words for good: from texts of all revisions, quotes, memos, summaries, drafts, history and snapshots, and from
//! the pages of SQLite themselves.
//!
//! It takes three steps. First the snapshots that are kept are made anew beside themselves, without the words. Then one
//! transaction rewrites the database and notes what is still to be done: until then nothing has changed, from then on the
//! words are gone from every record. Last the files follow: new snapshots take the place of the old ones, those that nobody
//! named go, the database is rewritten page by page. If that stops half way, `combe check` says so and
//! [`Store::finish_erasure`] goes on with it.

mod files;
mod history;
mod labels;
mod names;
mod records;
mod rewrite;
mod stays;
mod told;
mod undone;

use jiff::Timestamp;
use rusqlite::TransactionBehavior;

use super::{Store, StoreError};
use crate::study::{
    ActionId, Coder, Erasure, Export, Name, Source, Study, TurnNumber, Unplaced, Withdrawal, fresh,
};
use rewrite::{Order, rewrite};
use told::Told;

/// What an erasure touches, or touched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Touched {
    /// Transcripts whose texts change, by name.
    pub transcripts: Vec<String>,
    /// Turns of current revisions that lose words.
    pub turns: usize,
    /// Revisions that are rewritten.
    pub revisions: usize,
    /// Quotes of which nothing is left but a tombstone.
    pub quotes: usize,
    /// Quotes that lose a part.
    pub cut_quotes: usize,
    /// Codings on quotes of which nothing is left.
    pub codings: usize,
    /// Memos that lose all or some of their text.
    pub memos: usize,
    /// Summaries that do.
    pub summaries: usize,
    /// Summaries that keep their text and lose a quote that they link.
    pub unlinked: usize,
    /// Other records that cite the words: definitions, notes, comments.
    pub others: usize,
    /// Drafts that go: they are about what goes.
    pub drafts: usize,
    /// Drafts that lose words which they cite.
    pub cut_drafts: usize,
    /// Changes of the history that lose their text.
    pub changes: usize,
    /// Snapshots that go, and those that are made anew, by name.
    pub snapshots_gone: Vec<String>,
    /// See above.
    pub snapshots_made_anew: Vec<String>,
    /// Earlier exports that held the words.
    pub exports: Vec<Export>,
    /// Names of the files that the transcripts were imported from. They are not the study's to delete.
    pub sources: Vec<String>,
    /// Labels of current revisions that lose a name.
    pub labels: usize,
    /// Transcripts whose preamble loses words.
    pub preambles: usize,
    /// Names of codes, people, labels, files and the like that lose a name.
    pub names: usize,
    /// Actions whose label or reason loses a name, by their place in the history.
    pub actions: Vec<i64>,
    /// Texts of imports and corrections that were undone: they go whole.
    pub undone: usize,
    /// Turns of current revisions that say the words too, of others or at another time (`FG1:3`): they stay.
    pub elsewhere: Vec<String>,
    /// Names, and labels and reasons of the history, that cite the words: they stay, and each says what can be done about it.
    pub stays: Vec<String>,
    /// Turns in those transcripts that several people or nobody knows whom speak: they stay, for somebody to look at.
    pub unclear: usize,
}

impl Touched {
    /// Whether there is anything to erase from texts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.actions.is_empty()
            && self.revisions + self.undone + self.names + self.others == 0
            && self.memos + self.summaries + self.quotes + self.cut_quotes == 0
    }
}

impl Touched {
    /// Nothing of a name that is erased is shown again: transcripts and files may be called by it.
    fn leave_out(&mut self, name: &Name) {
        let files = self.exports.iter_mut().map(|export| &mut export.file);
        let lists = [&mut self.transcripts, &mut self.sources, &mut self.elsewhere];
        let snapshots = [&mut self.snapshots_gone, &mut self.snapshots_made_anew];
        for shown in lists.into_iter().chain(snapshots).flatten().chain(files) {
            if let Some(clean) = name.clean(shown, true) {
                *shown = clean;
            }
        }
    }
}

/// Why an erasure stops before anything has changed.
enum Stopped {
    Database(rusqlite::Error),
    Unplaced {
        transcript: String,
        revision: u32,
        turn: TurnNumber,
    },
    /// Two labels of a transcript, of that name, would be one.
    OneLabel {
        transcript: String,
    },
}

impl Stopped {
    fn unplaced(study: &Study, Unplaced { transcript, revision, turn }: Unplaced) -> Stopped {
        let name = study.transcripts().get(&transcript).map(|held| held.name.clone());
        Stopped::Unplaced { transcript: name.unwrap_or_default(), revision, turn }
    }

    /// The same for people. `words` says what an error of the database means there.
    fn told(self, words: impl Fn(rusqlite::Error) -> StoreError) -> StoreError {
        match self {
            Stopped::Database(error) => words(error),
            Stopped::Unplaced { transcript, revision, turn } => {
                StoreError::Unplaced { transcript, revision, turn }
            }
            Stopped::OneLabel { transcript } => StoreError::OneLabel(transcript),
        }
    }
}

impl From<rusqlite::Error> for Stopped {
    fn from(error: rusqlite::Error) -> Stopped {
        Stopped::Database(error)
    }
}

/// An erasure as somebody asks for it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What goes.
    pub what: Erasure,
    /// Who does it. Made by its action if they are new.
    pub coder: Coder,
    /// The command that it is in the history (`withdraw`, `erase`).
    pub command: &'static str,
    /// What and where, without any words.
    pub label: String,
    /// Why, for the history.
    pub reason: Option<String>,
    /// What the consent record is to say, if a person withdraws.
    pub withdrawal: Option<Withdrawal>,
}

impl Store {
    /// What an erasure would touch. Nothing changes.
    ///
    /// # Errors
    /// If the study may not be written, or cannot be read.
    pub fn plan_erasure(&mut self, asked: &Asked, source: &dyn Source) -> Result<Touched, StoreError> {
        self.must_write()?;
        let (id, at): (ActionId, Timestamp) = (fresh(source), source.now());
        let folder = self.folder.clone();
        let words = |error: rusqlite::Error| StoreError::database(&folder, &error);
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(words)?;
        let order = Order { asked, id, at, signature: &self.signature, settings: &self.settings };
        let done = rewrite(&transaction, &order, &Told::default()).map_err(|stopped| stopped.told(words))?;
        transaction.rollback().map_err(words)?;
        let mut touched = done.map(|(_, touched)| touched).unwrap_or_default();
        let (gone, made_anew) = files::sort_snapshots(&folder)?;
        touched.snapshots_gone = gone.into_iter().map(|snapshot| snapshot.name).collect();
        touched.snapshots_made_anew = made_anew.into_iter().map(|snapshot| snapshot.name).collect();
        if let Some(name) = asked.what.name() {
            touched.leave_out(name);
        }
        Ok(touched)
    }

    /// Erases, all but the last: files outside the study are the caller's, who then says [`Store::end_erasure`]. Gives the
    /// place in the history.
    ///
    /// # Errors
    /// If another process has the study open, a snapshot cannot be read, or the disk is full: nothing has changed then,
    /// unless [`Store::unfinished_erasure`] says otherwise.
    pub fn erase(&mut self, asked: &Asked, source: &dyn Source) -> Result<i64, StoreError> {
        self.must_write()?;
        self.be_alone()?;
        let (id, at): (ActionId, Timestamp) = (fresh(source), source.now());
        let folder = self.folder.clone();
        let order = Order { asked, id, at, signature: &self.signature, settings: &self.settings };
        let told = super::newest::read_whole(&self.connection, &self.settings)
            .map_err(Stopped::from)
            .and_then(|study| Told::by(&self.connection, &study, &asked.what))
            .map_err(|stopped| stopped.told(|error| StoreError::database(&folder, &error)))?;
        let pending = files::prepare(&folder, &order, &told)?;
        let committed = self.commit_erasure(asked, (id, at), &pending);
        if committed.is_err() {
            pending.forget(&folder);
        }
        let seq = committed?;
        self.finish_files(source)?;
        Ok(seq)
    }

    fn commit_erasure(
        &mut self,
        asked: &Asked,
        (id, at): (ActionId, Timestamp),
        pending: &files::Pending,
    ) -> Result<i64, StoreError> {
        let folder = self.folder.clone();
        let words = |error: rusqlite::Error| StoreError::database(&folder, &error);
        let json = serde_json::to_string(pending).map_err(|error| StoreError::Database(error.to_string()))?;
        let transaction =
            self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(words)?;
        let order = Order { asked, id, at, signature: &self.signature, settings: &self.settings };
        let done = rewrite(&transaction, &order, &Told::default()).map_err(|stopped| stopped.told(words))?;
        let Some((seq, _)) = done else {
            return Err(StoreError::Missing("there is nothing to erase; nothing was changed".into()));
        };
        transaction
            .execute("INSERT INTO erasures (action, pending, finished) VALUES (?1, ?2, 0)", (seq, json))
            .map_err(words)?;
        transaction.commit().map_err(words)?;
        // What is known in memory still has the words.
        self.standing = None;
        Ok(seq)
    }

    /// The place in the history of an erasure whose files are not all done, if there is one.
    ///
    /// # Errors
    /// If the database cannot be read.
    pub fn unfinished_erasure(&self) -> Result<Option<i64>, StoreError> {
        files::unfinished(&self.connection).map_err(|error| self.error(&error))
    }

    /// Goes on with an erasure that stopped half way, as far as the study's own files go.
    ///
    /// # Errors
    /// If another process has the study open, or the disk is full; it can be called again.
    pub fn finish_erasure(&mut self, source: &dyn Source) -> Result<(), StoreError> {
        self.must_write()?;
        self.be_alone()?;
        self.finish_files(source)
    }
}
