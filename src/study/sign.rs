//! Signing: from what a coder does to an action of the history, in one place for screen and command line.

use super::apply::conflict_of_names;
use super::{Action, ActionId, Change, Coder, Conflict, Record, Source, Study, fresh};

/// Something that a coder does, before it is signed.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// The command of the registry or of the command line (`apply_code`).
    pub command: String,
    /// What and where: names, numbers and offsets, never text of a transcript.
    pub label: String,
    /// Why, if the coder said so.
    pub reason: Option<String>,
    /// The action that this takes back.
    pub undoes: Option<ActionId>,
    /// What it changes, in order.
    pub changes: Vec<Change>,
}

impl Study {
    /// Does a step of `coder`, who is made part of the study with it if new, and gives the action to be saved.
    ///
    /// # Errors
    /// What speaks against it; the study is then as before.
    pub fn act(&mut self, coder: &Coder, step: Step, source: &dyn Source) -> Result<Action, Conflict> {
        let Step { command, label, reason, undoes, mut changes } = step;
        // A plan that was made by a new coder brings the coder along.
        let comes =
            |change: &Change| matches!(&change.after, Some(Record::Coder(made)) if made.id == coder.id);
        if !self.coders().has(&coder.id) && !changes.iter().any(comes) {
            changes.insert(0, Change::create(coder.clone()));
        }
        if undoes.is_none()
            && let Some(conflict) = conflict_of_names(&changes)
        {
            return Err(conflict);
        }
        self.apply(&changes)?;
        let (id, at) = (fresh(source), source.now());
        Ok(Action { id, at, coder: coder.id, command, label, reason, undoes, changes })
    }

    /// A coder as the study knows them now: by identity, else by name (another process may have made the same person part
    /// of the study first), else unchanged.
    #[must_use]
    pub fn known_coder(&self, coder: &Coder) -> Coder {
        let held = self.coders().get(&coder.id).or_else(|| self.coder_named(&coder.name));
        held.unwrap_or(coder).clone()
    }
}
