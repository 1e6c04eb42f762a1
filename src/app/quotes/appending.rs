//! Quotations on their way into the file beside the draft: sent there when their action is on disk, and their action taken
//! back where the file does not take them. So the history never says that words are in a file that has not got them.

use std::collections::BTreeSet;

use crate::app::{Effect, Model};
use crate::study::{ActionId, Change, Record};

/// A quotation on its way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) struct Appending {
    /// The action that says it stands in the file.
    pub(super) action: ActionId,
    /// What that action is called.
    pub(super) label: String,
    /// What it changed.
    pub(super) changes: Vec<Change>,
    /// The file, from the folder of the study.
    pub(super) file: String,
    /// What is added.
    pub(super) text: String,
    /// Where it stands: `I43:41`.
    pub(super) address: String,
}

impl Appending {
    /// The file without its folders.
    pub(super) fn file_name(&self) -> &str {
        self.file.rsplit('/').next().unwrap_or(&self.file)
    }
}

/// What waits for the file, and which files were told to be open to others.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct AppendQueue {
    waiting: Vec<Appending>,
    told_open: BTreeSet<String>,
}

impl AppendQueue {
    /// Whether nothing is on its way.
    pub(in crate::app) fn is_idle(&self) -> bool {
        self.waiting.is_empty()
    }

    /// Lets go of all: whoever writes is gone and will not answer.
    pub(in crate::app) fn give_up(&mut self) {
        self.waiting.clear();
    }

    pub(super) fn push(&mut self, appending: Appending) {
        self.waiting.push(appending);
    }

    fn take(&mut self, action: ActionId) -> Option<Appending> {
        let at = self.waiting.iter().position(|held| held.action == action)?;
        Some(self.waiting.remove(at))
    }
}

impl Model {
    /// An action is on disk: the quotation that waited for it goes to its file.
    pub(in crate::app) fn append_committed(&self, action: ActionId) -> Option<Effect> {
        let held = self.quotes.appending.waiting.iter().find(|held| held.action == action)?;
        Some(Effect::AppendQuotation { action, file: held.file.clone(), text: held.text.clone() })
    }

    /// Actions were refused: what waited for one that is no longer on its way is not written.
    pub(in crate::app) fn forget_refused_appends(&mut self) {
        let saving = &self.saving;
        self.quotes.appending.waiting.retain(|held| saving.is_on_its_way(held.action));
    }

    /// A quotation stands in its file; `open_to_others` if others on this machine can read that file.
    pub(in crate::app) fn quotation_appended(
        &mut self,
        action: ActionId,
        open_to_others: bool,
    ) -> Vec<Effect> {
        let Some(done) = self.quotes.appending.take(action) else { return Vec::new() };
        let name = done.file_name();
        if open_to_others && self.quotes.appending.told_open.insert(done.file.clone()) {
            self.trouble(format!(
                "{}: quotation added to {name}, which others on this machine can read; `chmod 600 {}` mends it.",
                done.address, done.file
            ));
        } else {
            self.say(format!("{}: quotation added to {name}", done.address));
        }
        self.quit_when_saved()
    }

    /// A quotation is not in its file: the step that said so is taken back.
    pub(in crate::app) fn quotation_not_appended(&mut self, action: ActionId, sentence: &str) -> Vec<Effect> {
        let Some(failed) = self.quotes.appending.take(action) else { return Vec::new() };
        let label = format!("undo: {}", failed.label);
        // Unlike an undo, this takes back as well that words left: they did not.
        let whole = failed.changes.iter().rev().map(Change::inverse).collect();
        let is_mark = |change: &&Change| matches!(change.record(), Some(Record::Export(_)));
        let mark = failed.changes.iter().filter(is_mark).map(Change::inverse).collect();
        // A quote that somebody built on meanwhile stays; that it is in the file is taken back all the same.
        let taken = self
            .commit_as("undo", label.clone(), whole, Some(action))
            .or_else(|_| self.commit_as("take_quote", label, mark, None));
        // Who is leaving must read this first.
        self.saving.quitting = false;
        match taken {
            Ok(effects) => {
                self.trouble(format!(
                    "{sentence} The step is taken back: mend that and press the key again."
                ));
                effects
            }
            Err(conflict) => {
                self.trouble(format!("{sentence} That it is there stays in the history: {conflict}."));
                Vec::new()
            }
        }
    }
}
