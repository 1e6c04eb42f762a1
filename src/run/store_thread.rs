//! The thread that owns the store: the only writer of this process.
//!
//! It commits actions in the order in which they come, answers each, looks twice a second for what other processes did,
//! and writes private scratch (drafts, reading marks, the place) when nothing more important waits.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::scratch::Scratch;
use super::{PlaceFile, SearchPort};
use crate::app::timeline::{Part, Told, tells_values};
use crate::app::{Loaded, Msg, Place, Unwritten};
use crate::store::{Access, Store, StoreError};
use crate::study::{
    Action, ActionId, CODEBOOK_KINDS, Change, Coder, NewText, Record, RevisionId, Source, TranscriptId,
    TurnNumber,
};
use crate::text::fold_name;

/// The thread's name: a panic in it means that nothing can be saved any more.
pub(super) const STORE_THREAD: &str = "store";
/// How often to look for what others did: they are seen within a second.
const LOOK: Duration = Duration::from_millis(500);

/// What the store thread can be asked for.
#[derive(Debug)]
pub(super) enum Request {
    Commit { epoch: u64, action: Box<Action>, texts: Vec<NewText> },
    LoadAction(ActionId),
    FindBuiltOn(ActionId),
    LoadHistory { part: Part, limit: usize, with_changes: bool, generation: u64 },
    LoadChanges(i64),
    LoadInverse(ActionId),
    FindStandingOn(ActionId),
    LoadCodebookPast,
    KeepSnapshot(String),
    LoadText(RevisionId),
    MarkRead { transcript: TranscriptId, turns: Vec<TurnNumber>, read: bool },
    SaveDraft { key: String, text: Option<String> },
    DraftsHeard(u64),
    SavePlace(Box<Place>),
    Stop,
}

/// What the thread needs besides the store.
pub(super) struct Post<S, A> {
    pub(super) source: S,
    /// Whose scratch it is.
    pub(super) coder: Coder,
    pub(super) place: PlaceFile,
    pub(super) search: SearchPort,
    /// Sends a message to the loop; `false` when the loop has ended.
    pub(super) answer: A,
}

/// The other end of the store thread.
pub(super) struct StorePort {
    requests: Sender<Request>,
    thread: Option<JoinHandle<Option<String>>>,
}

impl StorePort {
    /// Starts the thread. It loads the whole study first and sends it.
    pub(super) fn spawn<S, A>(store: Store, post: Post<S, A>) -> std::io::Result<Self>
    where
        S: Source + Send + 'static,
        A: Fn(Msg) -> bool + Send + 'static,
    {
        let (requests, inbox) = channel();
        let thread = thread::Builder::new().name(STORE_THREAD.into()).spawn(move || {
            let mut worker = Worker {
                store,
                post,
                version: None,
                blind: false,
                refused: None,
                scratch: Scratch::default(),
                unwritten: None,
            };
            worker.run(&inbox)
        })?;
        Ok(Self { requests, thread: Some(thread) })
    }

    pub(super) fn ask(&self, request: Request) {
        // A thread that is gone has said so already: `WorkerDied`.
        let _ = self.requests.send(request);
    }

    /// Waits until everything asked for is on disk. Gives a sentence if drafts or the place could not be written at the
    /// last.
    pub(super) fn finish(&mut self) -> Option<String> {
        self.ask(Request::Stop);
        // A panic there was said by the hook.
        self.thread.take()?.join().ok().flatten()
    }
}

impl Drop for StorePort {
    /// Whatever ends the loop, a panic too: what was asked for goes to disk first.
    fn drop(&mut self) {
        self.finish();
    }
}

struct Worker<S, A> {
    store: Store,
    post: Post<S, A>,
    /// What `data_version` said when others were last looked for.
    version: Option<i64>,
    /// The last look failed, and that was said.
    blind: bool,
    /// The epoch of the last refusal: what was sent in it, or before, is dropped.
    refused: Option<u64>,
    scratch: Scratch,
    /// Why scratch could not be written last, if so: as it was told to the model.
    unwritten: Option<Unwritten>,
}

impl<S: Source, A: Fn(Msg) -> bool> Worker<S, A> {
    /// Gives at the end what could not be written, in a sentence.
    fn run(&mut self, inbox: &Receiver<Request>) -> Option<String> {
        if !self.load() {
            return None;
        }
        self.look_at_settings();
        let mut looked = now();
        loop {
            // Whatever else comes in between, the next look is not put off.
            let next_look = LOOK.saturating_sub(looked.elapsed());
            let wait = self.scratch.due_in().map_or(next_look, |due| due.min(next_look));
            match inbox.recv_timeout(wait) {
                Ok(Request::Stop) | Err(RecvTimeoutError::Disconnected) => break,
                Ok(request) => self.answer(request),
                Err(RecvTimeoutError::Timeout) => {}
            }
            if self.scratch.due_in() == Some(Duration::ZERO) {
                self.write_scratch();
            }
            if looked.elapsed() >= LOOK {
                looked = now();
                self.look_at_settings();
                self.look_for_others();
            }
        }
        self.scratch.end();
        self.write_scratch();
        self.unwritten.take().map(|unwritten| unwritten.sentence)
    }

    fn say(&self, msg: Msg) -> bool {
        (self.post.answer)(msg)
    }

    /// Loads the study; whether that worked.
    fn load(&mut self) -> bool {
        let loaded = self.store.load().and_then(|(study, _)| {
            self.post.coder = study.known_coder(&self.post.coder);
            let marks = self.store.reading_marks(self.post.coder.id)?;
            let (mut seen, mut read) = (BTreeMap::new(), BTreeMap::new());
            for (transcript, turns) in marks {
                let done = turns.iter().filter(|(_, read)| **read).map(|(turn, _)| *turn);
                read.insert(transcript, done.collect::<BTreeSet<TurnNumber>>());
                seen.insert(transcript, turns.into_keys().collect::<BTreeSet<TurnNumber>>());
            }
            let stacks = self.store.undo_stacks(self.post.coder.id)?;
            let mut sheets = crate::analysis::Sheets::default();
            sheets.refresh(&study);
            let drafts = self.store.drafts(self.post.coder.id)?;
            self.scratch.drafts.loaded(drafts.clone());
            Ok(Loaded { study, sheets, stacks, seen, read, drafts })
        });
        match loaded {
            Ok(loaded) => {
                self.post.search.study(loaded.study.clone(), self.post.coder.id, loaded.seen.clone());
                self.say(Msg::StudyLoaded(Box::new(loaded)))
            }
            Err(error) => {
                self.say(Msg::StoreGone(format!("The study cannot be loaded: {error}")));
                false
            }
        }
    }

    fn answer(&mut self, request: Request) {
        match request {
            Request::Commit { epoch, action, texts } => self.commit(epoch, &action, texts),
            Request::LoadAction(id) => match self.read_inverse(id) {
                Ok((action, texts)) => {
                    self.say(Msg::ActionLoaded { action, texts });
                }
                Err(error) => {
                    self.say(Msg::ActionMissing { action: id, sentence: error.to_string() });
                }
            },
            Request::FindBuiltOn(id) => {
                // Where it cannot be found out, the coder has been told already what stands against it.
                let later = self.store.built_on(id).ok().flatten().map(Box::new);
                self.say(Msg::BuiltOn { action: id, later });
            }
            Request::LoadHistory { part, limit, with_changes, generation } => {
                let told = self.read_history(part, limit, with_changes);
                self.say(match told {
                    Ok(told) => Msg::HistoryLoaded { part, limit, generation, told },
                    Err(error) => Msg::Notice(format!("The history cannot be read: {error}")),
                });
            }
            Request::LoadChanges(seq) => {
                let changes = self.store.changes_at(seq).map_err(|error| error.to_string());
                self.say(Msg::ChangesLoaded { seq, changes });
            }
            Request::LoadInverse(id) => {
                self.say(match self.read_inverse(id) {
                    Ok((action, texts)) => Msg::InverseLoaded { action, texts },
                    Err(error) => Msg::InverseMissing { action: id, sentence: error.to_string() },
                });
            }
            Request::FindStandingOn(id) => {
                // Where it cannot be found out, the coder has been told already what stands against it.
                let later = self.store.standing_on(id).unwrap_or_default();
                self.say(Msg::StandingOn { action: id, later });
            }
            Request::LoadCodebookPast => {
                self.say(match self.store.actions_on(&CODEBOOK_KINDS) {
                    Ok(actions) => Msg::CodebookPast(actions),
                    Err(error) => {
                        Msg::CodebookPastMissing(format!("The past of the codebook cannot be read: {error}"))
                    }
                });
            }
            Request::KeepSnapshot(note) => {
                // The point itself is in the history already; only its copy is missing.
                if let Err(error) = self.store.snapshot(self.post.source.now(), &note) {
                    self.say(Msg::Notice(format!("No snapshot could be kept for “{note}”: {error}")));
                }
            }
            Request::LoadText(revision) => {
                self.say(match self.store.text(revision) {
                    Ok(text) => {
                        let turns = self.store.turns(revision).ok().map(Arc::new);
                        Msg::TextLoaded { revision, text, turns }
                    }
                    Err(error) => Msg::TextMissing { revision, sentence: error.to_string() },
                });
            }
            Request::MarkRead { transcript, turns, read } => {
                self.post.search.read(transcript, turns.clone());
                self.scratch.mark(transcript, turns, read, now());
            }
            Request::SaveDraft { key, text } => {
                self.scratch.draft(key, text, now());
            }
            Request::DraftsHeard(telling) => self.scratch.drafts.heard(telling),
            Request::SavePlace(place) => {
                self.scratch.place(place, now());
            }
            Request::Stop => {}
        }
    }

    /// An action and the texts that undoing it makes current: those of former revisions are not in memory.
    fn read_inverse(&self, id: ActionId) -> Result<(Box<Action>, Vec<NewText>), StoreError> {
        let action = self.store.action(id)?;
        let texts = self.store.texts_for(&action.inverse_changes())?;
        Ok((Box::new(action), texts))
    }

    fn read_history(&self, part: Part, limit: usize, with_changes: bool) -> Result<Vec<Told>, StoreError> {
        let entries = match part {
            Part::Newest => self.store.log(Some(limit))?,
            Part::Before(seq) => self.store.log_before(seq, limit)?,
            Part::After(seq) => self.store.log_after(seq, limit)?,
        };
        let told = entries.into_iter().map(|entry| {
            let wanted = with_changes || tells_values(&entry.command);
            let changes = wanted.then(|| self.store.changes_at(entry.seq)).transpose()?;
            Ok((entry, changes))
        });
        told.collect()
    }

    fn commit(&mut self, epoch: u64, action: &Action, texts: Vec<NewText>) {
        if self.refused.is_some_and(|refused| epoch <= refused) {
            return;
        }
        let began = Instant::now();
        let done = self.store.commit(action, &texts);
        // Whatever came of it, the study in the model learns first what was before it, or what it collided with.
        self.pass_on_others();
        match done {
            Ok(done) => {
                tracing::debug!(seq = done.seq, changes = action.changes.len(), took = ?began.elapsed(), "saved");
                self.post.search.turns(texts.into_iter().map(|text| text.turns).collect());
                self.post.search.changes(action.changes.clone());
                let at = self.post.source.now();
                self.say(Msg::Committed { action: action.id, seq: done.seq.unsigned_abs(), at });
            }
            Err(error) => {
                self.refused = Some(epoch);
                if let Access::ReadOnly(why) = self.store.access() {
                    self.say(Msg::OnlyReading(why.clone()));
                }
                self.say(Msg::Refused { actions: vec![action.id], sentence: error.to_string() });
            }
        }
    }

    fn look_for_others(&mut self) {
        let looked = self.store.data_version().and_then(|version| {
            if self.version != Some(version) {
                self.store.look_for_others()?;
                self.scratch.drafts.look(&self.store, self.post.coder.id)?;
                // Only now: what could not be read is looked for again.
                self.version = Some(version);
            }
            Ok(())
        });
        self.pass_on_others();
        self.pass_on_drafts();
        match looked {
            Ok(()) => self.blind = false,
            Err(error) if !self.blind => {
                self.blind = true;
                self.say(Msg::Notice(format!("What others do cannot be seen at present: {error}")));
            }
            Err(_) => {}
        }
    }

    /// People edit `study.toml` while the study is open.
    fn look_at_settings(&mut self) {
        match self.store.look_at_settings() {
            Ok(Some(read)) => {
                self.post.search.settings(read.settings.clone());
                self.say(Msg::SettingsRead(Box::new(read)));
            }
            Ok(None) => {}
            Err(error) => tracing::warn!(%error, "study.toml is not looked at"),
        }
    }

    fn pass_on_others(&mut self) {
        let others = self.store.take_others();
        if others.is_empty() {
            return;
        }
        let records = others.iter().flat_map(|logged| &logged.action.changes).filter_map(Change::record);
        for record in records {
            if let Record::Coder(coder) = record
                && fold_name(&coder.name) == fold_name(&self.post.coder.name)
            {
                self.post.coder = coder.clone();
                self.post.search.viewer(coder.id);
            }
        }
        for logged in &others {
            self.post.search.turns(logged.turns.clone());
            self.post.search.changes(logged.action.changes.clone());
        }
        self.say(Msg::Others(others));
    }

    /// What other windows of this coder made of drafts.
    fn pass_on_drafts(&mut self) {
        if let Some((telling, news)) = self.scratch.drafts.take_news() {
            self.say(Msg::DraftsElsewhere { telling, news });
        }
    }

    fn write_scratch(&mut self) {
        let now = self.post.source.now();
        let failed = self.scratch.write(&mut self.store, self.post.coder.id, &self.post.place, now);
        // It must not stop anybody, but the screen must not promise what is not so. Said when it changes, not each time.
        self.pass_on_drafts();
        if failed != self.unwritten {
            self.unwritten.clone_from(&failed);
            self.say(Msg::Scratch(failed));
        }
    }
}

/// The monotonic clock, for waiting only.
fn now() -> Instant {
    Instant::now()
}
