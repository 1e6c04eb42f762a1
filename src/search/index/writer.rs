//! Who may write to the index.

use std::collections::BTreeSet;
use std::sync::Arc;

use tantivy::indexer::IndexWriterOptions;
use tantivy::{IndexWriter, Term};

use super::{Index, IndexError, schema};
use crate::search::{Cancel, Corpus, Entry, SearchError, TextSource};
use crate::study::TranscriptId;

/// Bytes that the writing thread gathers in memory before it puts them on disk.
const BUDGET: usize = 48 << 20;

/// Bytes of text after which a long catching up is committed, so that searches find what is there.
const COMMIT_AFTER: usize = 32 << 20;

/// The one who may write to an index. Nothing it does is found before [`Writer::commit`].
pub struct Writer {
    index: Arc<Index>,
    inner: IndexWriter,
    /// What has documents in the index, committed or not.
    held: BTreeSet<TranscriptId>,
}

/// How far catching up has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Transcripts done.
    pub done: usize,
    /// Transcripts that were missing.
    pub of: usize,
}

impl Index {
    /// Takes the right to write, until the writer is dropped.
    ///
    /// # Errors
    /// [`IndexError::Busy`] if anybody else has it; others if the disk or the index is broken.
    pub fn writer(self: &Arc<Self>) -> Result<Writer, IndexError> {
        let options = IndexWriterOptions::builder()
            .memory_budget_per_thread(BUDGET)
            .num_worker_threads(1)
            .num_merge_threads(1)
            .build();
        let inner = self.inner.writer_with_options(options)?;
        // Somebody else may have committed between our last look and the lock.
        self.reload()?;
        let held = self.view().transcripts().into_iter().collect();
        Ok(Writer { index: Arc::clone(self), inner, held })
    }
}

impl Writer {
    /// Puts the turns of a transcript in, in the place of those it has. `text` is that of the entry's
    /// revision.
    ///
    /// # Errors
    /// If the writing thread ended: the disk may be full.
    pub fn update(&mut self, entry: &Entry, text: &str) -> Result<(), IndexError> {
        self.remove(entry.transcript);
        self.held.insert(entry.transcript);
        for (turn, said) in (0..).zip(&entry.turns.turns) {
            let speech = said.speech.slice(text).unwrap_or_default();
            self.inner.add_document(schema::document(&self.index.fields, entry, turn, speech))?;
        }
        Ok(())
    }

    /// Takes the turns of a transcript out. Its words stay in the files until the next merge: to be sure that
    /// nothing is left of them, use [`Writer::clear`].
    pub fn remove(&mut self, transcript: TranscriptId) {
        if self.held.remove(&transcript) {
            self.inner
                .delete_term(Term::from_field_bytes(self.index.fields.transcript, transcript.0.as_bytes()));
        }
    }

    /// Makes everything since the last commit to be found, and durable.
    ///
    /// # Errors
    /// If it could not be written: the index is as before.
    pub fn commit(&mut self) -> Result<(), IndexError> {
        self.inner.commit()?;
        self.index.reload()
    }

    /// Empties the index at once and deletes its files: for the erasure of a participant's words.
    ///
    /// # Errors
    /// If files could not be deleted.
    pub fn clear(&mut self) -> Result<(), IndexError> {
        self.inner.delete_all_documents()?;
        self.held.clear();
        self.commit()?;
        self.inner.garbage_collect_files().wait()?;
        Ok(())
    }

    /// Brings the index up to date with `corpus`: puts in what is missing, takes out what is gone, and
    /// commits, now and then if it takes long. Tells `progress` after each transcript.
    ///
    /// # Errors
    /// If it is cancelled (what was committed stays), or a text or the disk cannot be had.
    pub fn catch_up(
        &mut self,
        corpus: &Arc<Corpus>,
        texts: &dyn TextSource,
        cancel: &Cancel,
        mut progress: impl FnMut(Progress),
    ) -> Result<(), SearchError> {
        let gone: Vec<TranscriptId> =
            self.held.iter().copied().filter(|held| corpus.entry_of(*held).is_none()).collect();
        let missing = self.index.missing(corpus);
        if gone.is_empty() && missing.is_empty() {
            return Ok(());
        }
        gone.into_iter().for_each(|transcript| self.remove(transcript));
        let (of, mut waiting) = (missing.len(), 0);
        for (done, entry) in missing.into_iter().filter_map(|id| corpus.entry_of(id)).enumerate() {
            cancel.check()?;
            let text = texts.text(entry.revision)?;
            self.update(entry, &text)?;
            waiting += text.len();
            if waiting > COMMIT_AFTER {
                self.commit()?;
                waiting = 0;
            }
            progress(Progress { done: done + 1, of });
        }
        self.commit()?;
        Ok(())
    }
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").field("transcripts", &self.held.len()).finish_non_exhaustive()
    }
}
