//! The thread that searches: it keeps a study of its own and answers the last question asked, from the index and, where
//! that is behind, from the texts. An answer is all hits; what some of them say, and where the matches stand in it, is
//! read when it is asked for. The index is brought up to date by [`super::index_thread`] meanwhile.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use super::index_thread::{IndexPort, open_index};
use super::text_cache::TextCache;
use crate::app::Msg;
use crate::app::search::{Answer, Failed, Hit, HitText};
use crate::search::{
    Cancel, Corpus, Entry, FilterNames, Index, Plan, Query, ReadTurns, SearchError, TextSource, highlight,
    search,
};
use crate::store::{Opening, Store, StoreError};
use crate::study::{
    Change, CoderId, QuoteId, Record, Settings, Source, Study, TranscriptId, TurnNumber, Turns, Veil,
};

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
    /// The whole study, once it is loaded, with whoever searches and the turns that this coder has read.
    Study(Box<Study>, CoderId, ReadTurns),
    /// Whoever searches is known by another identity: the same person became part of the study elsewhere.
    Viewer(CoderId),
    /// What `study.toml` says now.
    Settings(Box<Settings>),
    /// Turns of revisions that the next changes make current.
    Turns(Vec<Turns>),
    /// What was done to the study.
    Changes(Vec<Change>),
    /// Turns that this coder has read now.
    Read(TranscriptId, Vec<TurnNumber>),
    /// A question.
    Query { generation: u64, query: String, cancel: Cancel },
    /// A question for quotes.
    Quotes { generation: u64, query: String },
    /// What some hits of a question say.
    Hits { generation: u64, places: Vec<u32>, cancel: Cancel },
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

    pub(super) fn study(&self, study: Study, viewer: CoderId, read: ReadTurns) {
        self.tell(Told::Study(Box::new(study), viewer, read));
    }

    pub(super) fn viewer(&self, viewer: CoderId) {
        self.tell(Told::Viewer(viewer));
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
    pub(super) fn ask(&self, generation: u64, query: String) {
        let cancel = Cancel::new();
        self.replace_running(cancel.clone());
        self.tell(Told::Query { generation, query, cancel });
    }

    /// Asks for the quotes that a query finds.
    pub(super) fn find_quotes(&self, generation: u64, query: String) {
        self.tell(Told::Quotes { generation, query });
    }

    /// Asks what some hits say. The next question stops this.
    pub(super) fn read_hits(&self, generation: u64, places: Vec<u32>) {
        let cancel = self.running.lock().unwrap_or_else(PoisonError::into_inner).clone();
        self.tell(Told::Hits { generation, places, cancel });
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
    /// What whoever searches may see: filters cannot find what is hidden.
    study: Study,
    veil: Veil,
    read: ReadTurns,
    /// Made anew after a transcript came, changed or went.
    corpus: Option<Arc<Corpus>>,
    /// The last question that could be answered: its hits are read by it.
    standing: Option<(u64, Plan)>,
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
        let (study, veil, read) = (Study::default(), Veil::default(), ReadTurns::default());
        Some(Self { texts, index, indexer, study, veil, read, corpus: None, standing: None, answer })
    }

    fn serve(&mut self, inbox: &Receiver<Told>) {
        let mut loaded = false;
        let (mut waiting, mut waiting_quotes) = (None, None);
        while let Ok(told) = inbox.recv() {
            match told {
                Told::Viewer(viewer) => self.veil.turn_to(&mut self.study, viewer),
                Told::Study(mut study, viewer, read) => {
                    self.veil.draw(&mut study, viewer);
                    (self.study, self.read, self.corpus, loaded) = (*study, read, None, true);
                    self.bring_index_up();
                }
                Told::Settings(settings) => self.take_settings(*settings),
                Told::Turns(turns) => {
                    for turns in turns {
                        self.veil.add_turns(&mut self.study, &Arc::new(turns));
                    }
                }
                Told::Changes(changes) => self.take_changes(&changes),
                Told::Read(transcript, turns) => self.read.entry(transcript).or_default().extend(turns),
                Told::Query { generation, query, cancel } => waiting = Some((generation, query, cancel)),
                Told::Quotes { generation, query } => waiting_quotes = Some((generation, query)),
                Told::Hits { generation, places, cancel } => self.answer_hits(generation, &places, &cancel),
            }
            if loaded && let Some((generation, query, cancel)) = waiting.take() {
                self.answer_query(generation, &query, &cancel);
            }
            if loaded && let Some((generation, query)) = waiting_quotes.take() {
                self.answer_quotes(generation, &query);
            }
        }
    }

    /// The language of transcripts that do not say theirs may be another: their stems are too.
    fn take_settings(&mut self, settings: Settings) {
        if self.study.settings != settings {
            self.veil.set_settings(&mut self.study, settings);
            self.corpus = None;
            self.bring_index_up();
        }
    }

    fn take_changes(&mut self, changes: &[Change]) {
        // What the store took fits: the study here has the same order.
        let _ = self.veil.apply(&mut self.study, changes);
        let changed = |is: fn(&Record) -> bool| changes.iter().filter_map(Change::record).any(is);
        // Who may be analysed decides as well, and where somebody is hidden, who speaks where.
        let hidden = changed(|record| matches!(record, Record::Hidden(_) | Record::Consent(_)))
            || !self.study.hides_nothing()
                && changed(|record| matches!(record, Record::Binding(_) | Record::TurnVoice(_)));
        if hidden || changed(|record| matches!(record, Record::Transcript(_))) {
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

    fn answer_query(&mut self, generation: u64, query: &str, cancel: &Cancel) {
        let began = Instant::now();
        let outcome = self.find(generation, query, cancel);
        let found = outcome.as_ref().map_or(0, |answer| answer.hits.len());
        tracing::debug!(took = ?began.elapsed(), found, "searched");
        let outcome = match outcome {
            Ok(answer) => Ok(answer),
            Err(Stopped::Failed(failed)) => Err(failed),
            Err(Stopped::Cancelled) => return,
        };
        (self.answer)(Msg::SearchDone { generation, outcome });
    }

    /// All hits, in the order of the study; the most alike first, where a passage is asked for. None of the others is ranked
    /// or highlighted: the screen lists them as they are read, and shows twenty.
    fn find(&mut self, generation: u64, query: &str, cancel: &Cancel) -> Result<Answer, Stopped> {
        self.standing = None;
        let plan = self.plan(query)?;
        let corpus = Arc::clone(plan.corpus());
        let by_likeness = plan.is_by_likeness();
        let limit = if by_likeness { usize::MAX } else { 0 };
        let found = search(&plan, self.index.as_deref(), &self.texts, limit, cancel)?;
        let hit = |entry: &Entry, place: u32| {
            let (index, turn) = entry.turn_at(place)?;
            Some(Hit {
                place,
                transcript: entry.transcript,
                revision: entry.revision,
                turn: index as usize,
                number: turn.number,
                speech: turn.speech,
            })
        };
        let hits: Vec<Hit> = if by_likeness {
            let best = found.hits.iter().map(|best| best.place);
            best.filter_map(|place| hit(corpus.entry_at(place)?, place)).collect()
        } else {
            let found = &found.found;
            let of_entry = |entry: &'_ Entry| {
                found.iter_in(entry.range()).filter_map(|place| hit(entry, place)).collect::<Vec<_>>()
            };
            corpus.entries().iter().flat_map(of_entry).collect()
        };
        cancel.check()?;
        self.standing = Some((generation, plan));
        Ok(Answer::of(&self.study, hits, by_likeness))
    }

    fn answer_quotes(&mut self, generation: u64, query: &str) {
        let found = match self.find_quotes(query) {
            Ok(found) => Ok(found),
            Err(Stopped::Failed(failed)) => Err(failed),
            Err(Stopped::Cancelled) => return,
        };
        (self.answer)(Msg::QuotesFound { generation, found });
    }

    /// The quotes that a query finds, of all coders whose quotes may be seen.
    fn find_quotes(&mut self, query: &str) -> Result<BTreeSet<QuoteId>, Stopped> {
        let plan = self.plan(query)?;
        let found = search(&plan, self.index.as_deref(), &self.texts, 0, &Cancel::new())?.found;
        let study = &self.study;
        let finds = study.quotes().iter().filter(|quote| plan.finds_quote(study, &found, quote));
        Ok(finds.map(|quote| quote.id).collect())
    }

    fn plan(&mut self, query: &str) -> Result<Plan, Stopped> {
        let corpus = self.corpus();
        let unclear = |error: crate::search::QueryError| {
            Stopped::Failed(Failed::Query { sentence: error.to_string(), at: error.at })
        };
        let query = Query::parse(query, &FilterNames::of(&self.study)).map_err(unclear)?;
        Plan::new(&query, &self.study, &corpus, &self.read).map_err(unclear)
    }

    fn answer_hits(&self, generation: u64, places: &[u32], cancel: &Cancel) {
        // An answer to an older question is of no use, and was not waited for.
        let Some((_, plan)) = self.standing.as_ref().filter(|(held, _)| *held == generation) else { return };
        let read = match self.read_hits(plan, places, cancel) {
            Ok(read) => Ok(read),
            Err(SearchError::Cancelled) => return,
            Err(error) => Err(format!("What these hits say cannot be shown: {error}.")),
        };
        (self.answer)(Msg::HitsRead { generation, read });
    }

    fn read_hits(
        &self,
        plan: &Plan,
        places: &[u32],
        cancel: &Cancel,
    ) -> Result<Vec<(u32, HitText)>, SearchError> {
        let corpus = plan.corpus();
        let mut hits: Vec<_> = places.iter().filter_map(|place| plan.hit_at(*place)).collect();
        highlight(plan, &mut hits, &self.texts, cancel)?;
        let mut read = Vec::with_capacity(hits.len());
        for hit in hits {
            let Some((_, turn)) = corpus.entry_at(hit.place).and_then(|entry| entry.turn_at(hit.place))
            else {
                continue;
            };
            let text = self.texts.text(hit.revision)?;
            let text = Arc::from(turn.speech.slice(&text).unwrap_or_default());
            read.push((hit.place, HitText { text, matches: hit.matches }));
        }
        Ok(read)
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
