//! The index of words: a disposable cache of what every turn says.
//!
//! One document is one turn's speech: its exact words, and their stems if it is in English. Codes, people and
//! attributes are not in it. The index knows which revision of which transcript it holds, so that whoever has
//! a study can ask what is missing. One process writes (tantivy's lock), any number read what it committed. A
//! folder that cannot be read as an index of this version is deleted and begun anew.

mod collect;
mod compile;
mod forms;
mod rows;
mod schema;
mod sets;
mod steady;
mod view;
mod writer;

use std::fs::{self, DirBuilder};
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use tantivy::directory::error::LockError;
use tantivy::directory::{Directory, INDEX_WRITER_LOCK, MmapDirectory, RamDirectory};
use tantivy::index::IndexSettings;
use tantivy::{IndexReader, ReloadPolicy, TantivyError};

use super::Corpus;
use crate::study::TranscriptId;
use crate::text::ANALYSER_VERSION;
use schema::Fields;
use view::{Placement, View};

pub(super) use collect::Scored;
pub use writer::{Progress, Writer};

/// Why the index could not do something. It is a cache: nothing of the study is lost.
#[derive(Debug, thiserror::Error)]
pub enum IndexError {
    /// Another process writes to it.
    #[error("another program is writing the search index; what it writes is found here too, a little later")]
    Busy,
    /// The disk, the quota or the rights say no.
    #[error("the search index cannot be kept on disk ({0}); it is kept in memory instead")]
    Disk(String),
    /// It is broken.
    #[error("the search index cannot be read ({0}); it is made anew from the study")]
    Broken(String),
}

impl From<TantivyError> for IndexError {
    fn from(error: TantivyError) -> Self {
        match &error {
            TantivyError::LockFailure(LockError::LockBusy, _) => Self::Busy,
            TantivyError::IoError(_)
            | TantivyError::OpenWriteError(_)
            | TantivyError::OpenDirectoryError(_) => Self::Disk(error.to_string()),
            _ => Self::Broken(error.to_string()),
        }
    }
}

/// An index, open for reading. Share it in an [`Arc`]; [`Index::writer`] gives the one who may write.
pub struct Index {
    inner: tantivy::Index,
    fields: Fields,
    reader: IndexReader,
    view: RwLock<Arc<View>>,
    /// The last placement made: searches of one study ask for the same again and again.
    placed: Mutex<Option<Arc<Placement>>>,
}

impl std::fmt::Debug for Index {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Index").finish_non_exhaustive()
    }
}

/// What our folders are called: this, and the version of the analyser.
const FOLDER: &str = "words-";

impl Index {
    /// An index in memory alone.
    ///
    /// # Errors
    /// None that is known; the library may have some.
    pub fn in_memory() -> Result<Self, IndexError> {
        Self::of(RamDirectory::create())
    }

    /// The index in a folder of its own inside `cache`, a folder for one study alone. It must not be on a
    /// network file system. The folder is made for its owner only; folders of earlier versions are deleted,
    /// and so is an index that cannot be read.
    ///
    /// # Errors
    /// If the folder cannot be made or written, or if it is broken while another process writes to it.
    pub fn open(cache: &Path) -> Result<Self, IndexError> {
        let folder = cache.join(format!("{FOLDER}{ANALYSER_VERSION}"));
        remove_earlier_versions(cache);
        make_folder(&folder)?;
        match Self::open_folder(&folder) {
            Ok(index) => Ok(index),
            Err(IndexError::Busy) => Err(IndexError::Busy),
            Err(_) => {
                let directory = MmapDirectory::open(&folder).map_err(TantivyError::from)?;
                let lock = directory.acquire_lock(&INDEX_WRITER_LOCK).map_err(|_| IndexError::Busy)?;
                fs::remove_dir_all(&folder).map_err(|error| IndexError::Disk(error.to_string()))?;
                drop(lock);
                make_folder(&folder)?;
                Self::open_folder(&folder)
            }
        }
    }

    fn open_folder(folder: &Path) -> Result<Self, IndexError> {
        Self::of(MmapDirectory::open(folder).map_err(TantivyError::from)?)
    }

    fn of(directory: impl Directory) -> Result<Self, IndexError> {
        let (schema, fields) = schema::schema();
        let settings =
            IndexSettings { docstore_compress_dedicated_thread: false, ..IndexSettings::default() };
        let builder =
            tantivy::Index::builder().schema(schema).settings(settings).tokenizers(schema::tokenizers());
        let inner = builder.open_or_create(Box::new(directory) as Box<dyn Directory>)?;
        let reader = inner.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        let view = RwLock::new(Arc::new(View::of(reader.searcher(), None)?));
        Ok(Self { inner, fields, reader, view, placed: Mutex::new(None) })
    }

    /// Takes in what was committed since, by whichever process.
    ///
    /// # Errors
    /// If the index became unreadable.
    pub fn reload(&self) -> Result<(), IndexError> {
        self.reader.reload()?;
        let before = self.view();
        let view = Arc::new(View::of(self.reader.searcher(), Some(&before))?);
        *self.view.write().unwrap_or_else(PoisonError::into_inner) = view;
        Ok(())
    }

    /// Transcripts of the corpus that it does not hold as they are now.
    #[must_use]
    pub fn missing(&self, corpus: &Arc<Corpus>) -> Vec<TranscriptId> {
        self.placement(corpus).missing.clone()
    }

    fn view(&self) -> Arc<View> {
        Arc::clone(&self.view.read().unwrap_or_else(PoisonError::into_inner))
    }

    fn placement(&self, corpus: &Arc<Corpus>) -> Arc<Placement> {
        let view = self.view();
        let mut last = self.placed.lock().unwrap_or_else(PoisonError::into_inner);
        match &*last {
            Some(known) if known.is_of(&view, corpus) => Arc::clone(known),
            _ => Arc::clone(last.insert(Arc::new(Placement::of(view, Arc::clone(corpus))))),
        }
    }
}

fn make_folder(folder: &Path) -> Result<(), IndexError> {
    let made = DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.map_err(|error| IndexError::Disk(error.to_string()))
}

/// Words of participants must not stay in a cache that nobody reads any more. What cannot be deleted is left.
fn remove_earlier_versions(cache: &Path) {
    let ours = |path: &PathBuf| {
        let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        let version = name.strip_prefix(FOLDER).and_then(|version| version.parse::<u32>().ok());
        version.is_some_and(|version| version < ANALYSER_VERSION)
    };
    let entries = fs::read_dir(cache).into_iter().flatten().flatten().map(|entry| entry.path());
    for folder in entries.filter(ours) {
        if let Err(error) = fs::remove_dir_all(&folder) {
            tracing::warn!(%error, "an index of an earlier version could not be deleted");
        }
    }
}
