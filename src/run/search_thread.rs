//! The thread that searches: it keeps a study of its own and answers the last question asked, from the index and, where
//! that is behind, from the texts. The index is brought up to date by [`super::index_thread`] meanwhile.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use super::index_thread::{IndexPort, open_index};
use super::text_cache::TextCache;
use crate::app::Msg;
use crate::app::search::{Failed, Found, Hit};
use crate::search::{
    Cancel, Corpus, FilterNames, Index, Plan, Query, ReadTurns, SearchError, TextSource, search,
};
use crate::store::{Opening, Store, StoreError};
use crate::study::{Change, Record, Settings, Source, Study, TranscriptId, TurnNumber, Turns};

/// Where a study and its index lie.
#[derive(Clone, Debug)]
pub(super) struct SearchSetting {
    /// How to open the study, for its texts.
    pub(super) opening: Opening,
    /// The folder of the index; `None` to keep it in memory.
    pub(super) index: Option<PathBuf>,
}

impl SearchSetting {
    /// Opens the study again, for reading texts.
    pub(super) fn open_texts(&self, source: &dyn Source) -> Result<TextCache, StoreError> {
        Store::open(&Opening { read_only: true, ..self.opening.clone() }, source).map(TextCache::new)
    }
}

/// What the search thread can be told.
enum Told {
    /// The whole study, once it is loaded, with the turns that this coder has read.
    Study(Box<Study>, ReadTurns),
    /// What `study.toml` says now.
    Settings(Box<Settings>),
    /// Turns of revisions that the next changes make current.
    Turns(Vec<Turns>),
    /// What was done to the study.
    Changes(Vec<Change>),
    /// Turns that this coder has read now.
    Read(TranscriptId, Vec<TurnNumber>),
    /// A question.
    Query { generation: u64, query: String, limit: usize, cancel: Cancel },
}

/// The other end of the search thread. The thread ends when all of these are gone.
#[derive(Clone)]
pub(super) struct SearchPort {
    told: Sender<Told>,
    /// Stops the last search asked for.
    running: Arc<Mutex<Cancel>>,
}

impl SearchPort {
    /// Starts the thread.
    pub(super) fn spawn(
        setting: SearchSetting,
        answer: impl Fn(Msg) -> bool + Send + 'static,
    ) -> std::io::Result<Self> {
        let (told, inbox) = channel();
        thread::Builder::new().name("search".into()).spawn(move || {
            if let Some(mut searcher) = Searcher::new(setting, answer) {
                searcher.serve(&inbox);
            }
        })?;
        Ok(Self { told, running: Arc::default() })
    }

    pub(super) fn study(&self, study: Study, read: ReadTurns) {
        self.tell(Told::Study(Box::new(study), read));
    }

    pub(super) fn settings(&self, settings: Settings) {
        self.tell(Told::Settings(Box::new(settings)));
    }

    pub(super) fn turns(&self, turns: Vec<Turns>) {
        if !turns.is_empty() {
            self.tell(Told::Turns(turns));
        }
    }

    pub(super) fn changes(&self, changes: Vec<Change>) {
        self.tell(Told::Changes(changes));
    }

    pub(super) fn read(&self, transcript: TranscriptId, turns: Vec<TurnNumber>) {
        self.tell(Told::Read(transcript, turns));
    }

    /// Asks; what was asked before is of no interest any more.
    pub(super) fn ask(&self, generation: u64, query: String, limit: usize) {
        let cancel = Cancel::new();
        self.replace_running(cancel.clone());
        self.tell(Told::Query { generation, query, limit, cancel });
    }

    pub(super) fn cancel(&self) {
        self.replace_running(Cancel::new());
    }

    fn replace_running(&self, next: Cancel) {
        let mut running = self.running.lock().unwrap_or_else(PoisonError::into_inner);
        std::mem::replace(&mut *running, next).cancel();
    }

    fn tell(&self, told: Told) {
        // A thread that is gone has said so already: `WorkerDied`.
        let _ = self.told.send(told);
    }
}

struct Searcher<A> {
    texts: TextCache,
    index: Option<Arc<Index>>,
    indexer: Option<IndexPort>,
    study: Study,
    read: ReadTurns,
    /// Made anew after a transcript came, changed or went.
    corpus: Option<Arc<Corpus>>,
    answer: A,
}

impl<A: Fn(Msg) -> bool> Searcher<A> {
    fn new(setting: SearchSetting, answer: A) -> Option<Self> {
        let texts = match setting.open_texts(&super::SystemSource) {
            Ok(texts) => texts,
            Err(error) => {
                answer(Msg::WorkerDied(format!("Search does not work: {error}")));
                return None;
            }
        };
        let index = open_index(setting.index.as_deref());
        let indexer = index.as_ref().and_then(|index| IndexPort::spawn(Arc::clone(index), setting).ok());
        let (study, read) = (Study::default(), ReadTurns::default());
        Some(Self { texts, index, indexer, study, read, corpus: None, answer })
    }

    fn serve(&mut self, inbox: &Receiver<Told>) {
        let mut loaded = false;
        let mut waiting = None;
        while let Ok(told) = inbox.recv() {
            match told {
                Told::Study(study, read) => {
                    (self.study, self.read, self.corpus, loaded) = (*study, read, None, true);
                    self.bring_index_up();
                }
                Told::Settings(settings) => self.take_settings(*settings),
                Told::Turns(turns) => {
                    turns.into_iter().for_each(|turns| self.study.add_turns(Arc::new(turns)));
                }
                Told::Changes(changes) => self.take_changes(&changes),
                Told::Read(transcript, turns) => self.read.entry(transcript).or_default().extend(turns),
                Told::Query { generation, query, limit, cancel } => {
                    waiting = Some((generation, query, limit, cancel));
                }
            }
            if loaded && let Some((generation, query, limit, cancel)) = waiting.take() {
                self.answer_query(generation, &query, limit, &cancel);
            }
        }
    }

    /// The language of transcripts that do not say theirs may be another: their stems are too.
    fn take_settings(&mut self, settings: Settings) {
        if self.study.settings != settings {
            self.study.settings = settings;
            self.corpus = None;
            self.bring_index_up();
        }
    }

    fn take_changes(&mut self, changes: &[Change]) {
        // What the store took fits: the study here has the same order.
        let _ = self.study.apply(changes);
        let texts_changed =
            changes.iter().any(|change| matches!(change.record(), Some(Record::Transcript(_))));
        if texts_changed {
            self.corpus = None;
            self.bring_index_up();
        }
    }

    fn corpus(&mut self) -> Arc<Corpus> {
        Arc::clone(self.corpus.get_or_insert_with(|| Arc::new(Corpus::of(&self.study))))
    }

    fn bring_index_up(&mut self) {
        let corpus = self.corpus();
        if let Some(indexer) = &self.indexer {
            indexer.catch_up(corpus);
        }
    }

    fn answer_query(&mut self, generation: u64, query: &str, limit: usize, cancel: &Cancel) {
        let began = Instant::now();
        let outcome = self.find(query, limit, cancel);
        tracing::debug!(took = ?began.elapsed(), found = outcome.as_ref().map_or(0, |found| found.total), "searched");
        match outcome {
            Err(Stopped::Cancelled) => {}
            Err(Stopped::Failed(failed)) => {
                (self.answer)(Msg::SearchDone { generation, outcome: Err(failed) });
            }
            Ok(found) => {
                (self.answer)(Msg::SearchDone { generation, outcome: Ok(found) });
            }
        }
    }

    fn find(&mut self, query: &str, limit: usize, cancel: &Cancel) -> Result<Found, Stopped> {
        let corpus = self.corpus();
        let unclear = |error: crate::search::QueryError| {
            Stopped::Failed(Failed::Query { sentence: error.to_string(), at: error.at })
        };
        let query = Query::parse(query, &FilterNames::of(&self.study)).map_err(unclear)?;
        let plan = Plan::new(&query, &self.study, &corpus, &self.read).map_err(unclear)?;
        let results = search(&plan, self.index.as_deref(), &self.texts, limit, cancel)?;
        let mut hits = Vec::with_capacity(results.hits.len());
        for hit in &results.hits {
            let Some(turns) = self.study.turns_of(hit.revision) else { continue };
            let Some(turn) = turns.turns.get(hit.turn as usize) else { continue };
            let text = self.texts.text(hit.revision).map_err(SearchError::from)?;
            hits.push(Hit {
                transcript: hit.transcript,
                revision: hit.revision,
                turn: hit.turn as usize,
                speech: turn.speech,
                text: Arc::from(turn.speech.slice(&text).unwrap_or_default()),
                matches: hit.matches.clone(),
            });
        }
        Ok(Found { hits, total: results.total() })
    }
}

/// Why there is no answer.
enum Stopped {
    Cancelled,
    Failed(Failed),
}

impl From<SearchError> for Stopped {
    fn from(error: SearchError) -> Self {
        match error {
            SearchError::Cancelled => Self::Cancelled,
            other => Self::Failed(Failed::Search(other.to_string())),
        }
    }
}
