//! What can happen to the running program.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::Timestamp;

use super::Loaded;
use super::drafts::DraftNews;
use super::findings::Scanned;
use super::keymap::Key;
use super::search::{Failed, HitText, Outcome};
use crate::analysis::identifiers::Names;
use crate::import::Planned;
use crate::store::{Entry, Logged, SettingsRead};
use crate::study::{Action, ActionId, Change, NewText, QuoteId, RevisionId};

/// What of drafts, reading marks and the place did not reach the disk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unwritten {
    /// Whether drafts did not.
    pub drafts: bool,
    /// What did not and why.
    pub sentence: String,
}

/// One thing that happened: a key, or an answer to an [`Effect`](super::Effect).
#[derive(Debug)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted in one piece.
    Paste(String),
    /// The window has this size now, in columns and rows.
    Resize(u16, u16),
    /// The whole study is here; the program may have begun with one transcript of it.
    StudyLoaded(Box<Loaded>),
    /// A text that was asked for.
    TextLoaded {
        /// Which.
        revision: RevisionId,
        /// The text.
        text: Arc<str>,
        /// Its turns, if they can be had: the study holds those of current texts alone.
        turns: Option<Arc<crate::study::Turns>>,
    },
    /// A text that was asked for cannot be had.
    TextMissing {
        /// Which.
        revision: RevisionId,
        /// Why, in a sentence.
        sentence: String,
    },
    /// An action is on disk.
    Committed {
        /// Which.
        action: ActionId,
        /// Its place in the history.
        seq: u64,
        /// When it was there.
        at: Timestamp,
    },
    /// The first of these actions was refused, and the others behind it with it. None of them is on disk.
    Refused {
        /// Which, in the order in which they were sent.
        actions: Vec<ActionId>,
        /// Why, in a sentence.
        sentence: String,
    },
    /// Actions of another process on the same study, in the order of the history.
    Others(Vec<Logged>),
    /// The actions that changed the codebook, oldest first, with those changes alone.
    CodebookPast(Vec<Action>),
    /// They cannot be read; a sentence says why.
    CodebookPastMissing(String),
    /// An action that was asked for, to be undone.
    ActionLoaded {
        /// The action.
        action: Box<Action>,
        /// The texts that undoing it makes current.
        texts: Vec<NewText>,
    },
    /// An action that was asked for cannot be had.
    ActionMissing {
        /// Which.
        action: ActionId,
        /// Why, in a sentence.
        sentence: String,
    },
    /// A part of the history, the oldest action first.
    HistoryLoaded {
        /// Which part.
        part: super::timeline::Part,
        /// How many were asked for at most.
        limit: usize,
        /// That of the question.
        generation: u64,
        /// The actions, with their changes if they were asked for.
        told: Vec<super::timeline::Told>,
    },
    /// What an action changed, or why that cannot be had.
    ChangesLoaded {
        /// Its place in the history.
        seq: i64,
        /// Its changes.
        changes: Result<Vec<Change>, String>,
    },
    /// An action that is to be taken back from the history, and the texts that this makes current.
    InverseLoaded {
        /// The action.
        action: Box<Action>,
        /// The texts.
        texts: Vec<NewText>,
    },
    /// An action that is to be taken back cannot be had.
    InverseMissing {
        /// Which.
        action: ActionId,
        /// Why, in a sentence.
        sentence: String,
    },
    /// Which later actions rest on one, the newest first.
    StandingOn {
        /// On which.
        action: ActionId,
        /// The later ones.
        later: Vec<Entry>,
    },
    /// Who built on an action that could not be undone.
    BuiltOn {
        /// Which.
        action: ActionId,
        /// The last action that did, if one is known.
        later: Option<Box<Entry>>,
    },
    /// From now on nothing can be written; the sentence says why. Reading goes on.
    OnlyReading(String),
    /// What a search found. Answers of an older generation than the last question are dropped.
    SearchDone {
        /// Which question.
        generation: u64,
        /// What was found, or why nothing could be.
        outcome: Outcome,
    },
    /// Which quotes a query found. Answers of an older generation than the last question are dropped.
    QuotesFound {
        /// Which question.
        generation: u64,
        /// The quotes of all coders, in no order, or why none could be found.
        found: Result<BTreeSet<QuoteId>, Failed>,
    },
    /// Whether the quotation that was looked for stands in the file beside the draft.
    QuotationLookedFor {
        /// Whether it does. A file that cannot be read has it not: adding to it says why.
        there: bool,
    },
    /// A quotation is on disk in the file beside the draft.
    QuotationAppended {
        /// The action that says so in the study.
        action: ActionId,
        /// Whether others on this machine can read that file.
        open_to_others: bool,
    },
    /// A quotation is not in the file beside the draft.
    QuotationNotAppended {
        /// The action that says so in the study.
        action: ActionId,
        /// Why, in a sentence.
        sentence: String,
    },
    /// What hits say that were asked for, by their places.
    HitsRead {
        /// Hits of which question.
        generation: u64,
        /// Their texts, or why they cannot be had.
        read: Result<Vec<(u32, HitText)>, String>,
    },
    /// `study.toml` was read, at the start or because it changed.
    SettingsRead(Box<SettingsRead>),
    /// So many files of an import are read.
    ImportProgress {
        /// Which question.
        generation: u64,
        /// How many are read.
        done: usize,
        /// Of how many.
        of: usize,
    },
    /// What an import would do.
    ImportPlanned {
        /// Which question.
        generation: u64,
        /// The plan.
        planned: Box<Planned>,
    },
    /// No import can be planned.
    ImportFailed {
        /// Which question.
        generation: u64,
        /// Why, in a sentence.
        sentence: String,
    },
    /// What a path that is half typed could become: files, and folders with a `/` behind them.
    PathsListed {
        /// What was typed.
        typed: String,
        /// The paths, as they would be typed.
        paths: Vec<String>,
    },
    /// Texts and records were looked through for words that may tell who somebody is.
    Scanned {
        /// Which question.
        generation: u64,
        /// What was found in some of them.
        scanned: Box<Scanned>,
    },
    /// They cannot be looked through.
    ScanFailed {
        /// Which question.
        generation: u64,
        /// Why, in a sentence.
        sentence: String,
    },
    /// The file of names has one more; these are all.
    NameAdded(Arc<Names>),
    /// A worker thread died; the sentence says which and what still works.
    WorkerDied(String),
    /// The store thread ended, or the study cannot be loaded: nothing can be saved or fetched any more. The sentence says
    /// why.
    StoreGone(String),
    /// Whether half-written texts and the like reach the disk: `None` if they do (again).
    Scratch(Option<Unwritten>),
    /// What other windows of this coder made of drafts.
    DraftsElsewhere {
        /// The number of this telling, for `DraftsHeard`.
        telling: u64,
        /// The drafts.
        news: Vec<DraftNews>,
    },
    /// Something the coder should read, from whoever runs the program.
    Notice(String),
}
