//! What the running program wants done by whoever runs it.

use std::collections::BTreeSet;

use super::Place;
use super::findings::{ScanRecord, ScanText};
use crate::import::ImportOptions;
use crate::study::{Action, ActionId, Coder, NewText, RevisionId, TranscriptId, TurnNumber};

/// One thing to do, as data. Answers come back as a [`Msg`](super::Msg).
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Put this action on disk. Answered by `Committed` or `Refused`.
    ///
    /// After a refusal every action of the same or an earlier `epoch` must be dropped: they were built on what
    /// the refused one did, and the model has taken them back too.
    Commit {
        /// How many refusals the model had seen when it sent this.
        epoch: u64,
        /// The action. It is applied to the study in memory already.
        action: Box<Action>,
        /// Texts of the new revisions that it brings.
        texts: Vec<NewText>,
    },
    /// Fetch an action of the history, with the texts that undoing it makes current. Answered by `ActionLoaded` or `ActionMissing`.
    LoadAction(ActionId),
    /// Find out who built on an action last. Answered by `BuiltOn`.
    FindBuiltOn(ActionId),
    /// Fetch a part of the history, with the changes of each action if they are needed. Answered by `HistoryLoaded`.
    LoadHistory {
        /// Which part.
        part: super::timeline::Part,
        /// At most so many actions.
        limit: usize,
        /// Whether their changes are needed.
        with_changes: bool,
        /// Goes back with the answer: only the newest is taken in.
        generation: u64,
    },
    /// Fetch what the action at a place of the history changed. Answered by `ChangesLoaded`.
    LoadChanges(i64),
    /// Fetch an action that is to be taken back, with the texts that this makes current. Answered by `InverseLoaded` or
    /// `InverseMissing`.
    LoadInverse(ActionId),
    /// Find out which later actions rest on one. Answered by `StandingOn`.
    FindStandingOn(ActionId),
    /// Fetch the past of the codebook. Answered by `CodebookPast` or `CodebookPastMissing`.
    LoadCodebookPast,
    /// Keep a snapshot of the study as it is now, for the named point that was just made.
    KeepSnapshot(String),
    /// Fetch this text. Answered by `TextLoaded` or `TextMissing`.
    LoadText(RevisionId),
    /// Search. Answered by `SearchDone` with the same generation.
    Search {
        /// Counts the questions of this session.
        generation: u64,
        /// The query as typed.
        query: String,
    },
    /// Read what these hits say and mark in it what was looked for. Answered by `HitsRead` with the same generation.
    ReadHits {
        /// Hits of which question: the last one.
        generation: u64,
        /// Their places.
        places: Vec<u32>,
    },
    /// Find the quotes that a query finds. Answered by `QuotesFound` with the same generation.
    FindQuotes {
        /// Counts the questions of this kind.
        generation: u64,
        /// The query as typed.
        query: String,
    },
    /// Look whether these lines stand in a file of quotations beside a draft. Answered by `QuotationLookedFor`, in the order of
    /// asking.
    LookForQuotation {
        /// The file, from the folder of the study.
        file: String,
        /// The lines.
        text: String,
    },
    /// Add these lines to a file of quotations beside a draft. It is made, for its user alone, if it is not there. Answered
    /// by `QuotationAppended` or `QuotationNotAppended`.
    AppendQuotation {
        /// The action that says so in the study. It is on disk.
        action: ActionId,
        /// The file, from the folder of the study.
        file: String,
        /// What is added.
        text: String,
    },
    /// Put this in the clipboard of the terminal (OSC 52).
    Copy(String),
    /// The last search is of no interest any more.
    CancelSearch,
    /// Read the files at a path and plan their import by this coder. Answered by `ImportProgress` now and then, and by
    /// `ImportPlanned` or `ImportFailed`, with the same generation.
    ReadImport {
        /// Counts the questions of this session.
        generation: u64,
        /// A file or a folder, as typed: `~` is the user's home.
        path: String,
        /// Who imports.
        coder: Coder,
    },
    /// Plan the import of the files read before again. Answered by `ImportPlanned` or `ImportFailed`.
    PlanImport {
        /// Counts the questions of this session.
        generation: u64,
        /// What is said of the files.
        options: Box<ImportOptions>,
        /// Names of the files that are left out.
        out: BTreeSet<String>,
        /// Who imports.
        coder: Coder,
    },
    /// The files read before are of no interest any more.
    ForgetImport,
    /// Find out what a path that is half typed could become. Answered by `PathsListed`.
    ListPaths(String),
    /// Remember where the coder is. Sent whenever it changes: the runner saves it now and then, and at the end.
    SavePlace(Box<Place>),
    /// Remember that these turns were on the screen, or read.
    MarkRead {
        /// Of which transcript.
        transcript: TranscriptId,
        /// Which turns.
        turns: Vec<TurnNumber>,
        /// Whether the coder said so; else they were only on the screen.
        read: bool,
    },
    /// Remember a half-written text. The runner may save the last one of each key at most 2 s late. What another window of this
    /// coder wrote meanwhile stays, and comes as `DraftsElsewhere`.
    SaveDraft {
        /// What it will be.
        key: String,
        /// How far it has come.
        text: String,
    },
    /// A half-written text was finished or given up.
    DropDraft(String),
    /// What other windows made of drafts is known up to this telling, which a `DraftsElsewhere` brought: drafts that are sent
    /// from here on are built on it.
    DraftsHeard(u64),
    /// Look for words that may tell who somebody is. Answered by `Scanned`, or by `ScanFailed`, with the same generation.
    Scan {
        /// Counts the questions of this session.
        generation: u64,
        /// Texts to be looked through.
        texts: Vec<ScanText>,
        /// Memos, summaries and examples of codes.
        records: Vec<ScanRecord>,
    },
    /// Write a name with its pseudonym into the file of names, which is no part of the study. Answered by `NameAdded` or a
    /// `Notice`.
    AddName {
        /// The name.
        real: String,
        /// What stands for it from now on.
        pseudonym: String,
    },
    /// Give the terminal to an editor with the file of names until it ends.
    EditNames {
        /// As a shell would run it.
        editor: String,
    },
    /// Give the terminal to an editor until it ends.
    Edit {
        /// As a shell would run it.
        editor: String,
        /// The file.
        file: String,
        /// The line to begin at, from 1.
        line: usize,
    },
    /// Show the screen in the look of that name, one of `Model::looks`.
    UseLook(String),
    /// Draw the whole screen again: another program may have written on it.
    Redraw,
    /// Stop the process until the shell continues it.
    Suspend,
    /// End the program. All actions are on disk.
    Quit,
}
