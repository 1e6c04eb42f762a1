//! Quotations on their way into the file beside the draft: sent there when their action is on disk, and their action taken
//! back where the file does not take them. So the history never says that words are in a file that has not got them.

use std::collections::{BTreeSet, VecDeque};

use crate::app::{Effect, Model};
use crate::study::{ActionId, Change, Quote, Record};

/// A quotation of which it is looked up whether its file has it already. Nothing is done yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::app) struct Looking {
    /// The quote. It need not be in the study yet.
    pub(super) quote: Quote,
    /// What puts it there.
    pub(super) changes: Vec<Change>,
    /// The file, from the folder of the study.
    pub(super) file: String,
    /// What is to be added.
    pub(super) text: String,
}

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
    /// Where it stands: `I43:41`; of a passage that was no quote before, with its first words.
    pub(super) what: String,
    /// That its descriptor fits few people, where it does; begins with a blank.
    pub(super) few: String,
}

impl Appending {
    /// The file without its folders.
    fn file_name(&self) -> &str {
        file_name(&self.file)
    }
}

/// A file without its folders.
pub(super) fn file_name(file: &str) -> &str {
    file.rsplit('/').next().unwrap_or(file)
}

/// What waits for the file, and which files were told to be open to others.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct AppendQueue {
    looking: VecDeque<Looking>,
    waiting: Vec<Appending>,
    /// File and text of the quotation that was said to stand there already, when the key was pressed last.
    told_there: Option<(String, String)>,
    told_open: BTreeSet<String>,
}

impl AppendQueue {
    /// Whether nothing is on its way.
    pub(in crate::app) fn is_idle(&self) -> bool {
        self.looking.is_empty() && self.waiting.is_empty()
    }

    /// Lets go of all: whoever writes is gone and will not answer.
    pub(in crate::app) fn give_up(&mut self) {
        self.looking.clear();
        self.waiting.clear();
    }

    pub(super) fn look(&mut self, looking: Looking) {
        self.looking.push_back(looking);
    }

    /// Whether a quotation is on its way to that file.
    pub(super) fn is_on_its_way(&self, file: &str, text: &str) -> bool {
        self.looking.iter().any(|held| held.file == file && held.text == text)
            || self.waiting.iter().any(|held| held.file == file && held.text == text)
    }

    /// Whether it was said just before that a quotation stands in that file: then it is wanted once more. It is asked once.
    pub(super) fn take_told(&mut self, file: &str, text: &str) -> bool {
        self.told_there.take().is_some_and(|(in_file, told)| in_file == file && told == text)
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
    /// Whether the quotation that was looked for first stands in its file: then that is said, else it goes there.
    pub(in crate::app) fn quotation_looked_for(&mut self, there: bool) -> Vec<Effect> {
        let Some(looking) = self.quotes.appending.looking.pop_front() else { return Vec::new() };
        if !there {
            return self.send_to_file(looking);
        }
        let (address, key) = (self.study.address_of(&looking.quote), self.keys_of("take_quote"));
        let name = file_name(&looking.file);
        self.refuse(format!("{address} is in {name} already; press {key} again to add it once more."));
        self.quotes.appending.told_there = Some((looking.file, looking.text));
        // Who is leaving must read this first.
        self.saving.quitting = false;
        Vec::new()
    }

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
                "{}: quotation added to {name}, which others on this machine can read; `chmod 600 {}` mends it.{}",
                done.what, done.file, done.few
            ));
        } else {
            let said = format!("{}: quotation added to {name}", done.what);
            match done.few.as_str() {
                "" => self.say(said),
                few => self.trouble(format!("{said}.{few}")),
            }
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
