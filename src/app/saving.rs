//! The queue of actions on their way to disk: applied at once, acknowledged later, taken back if refused.

use std::collections::VecDeque;

use jiff::Timestamp;

use super::{Effect, Model};
use crate::study::{Action, ActionId, Change, fresh};

/// What is on its way to disk, and what came there last.
#[derive(Clone, Debug, Default)]
pub struct Saving {
    queue: VecDeque<Queued>,
    epoch: u64,
    /// When the last action was on disk.
    pub saved_at: Option<Timestamp>,
    /// The program ends as soon as the queue is empty.
    pub quitting: bool,
}

/// An action on its way.
#[derive(Clone, Debug)]
struct Queued {
    action: Action,
    /// Whether the study in memory has it. It may not have, if somebody else's action came in between: then the store
    /// is about to refuse it.
    applied: bool,
}

impl Saving {
    /// Whether nothing is on its way.
    #[must_use]
    pub fn is_idle(&self) -> bool {
        self.queue.is_empty()
    }

    /// The action with that identity, if it is on its way.
    #[must_use]
    pub fn queued(&self, id: ActionId) -> Option<&Action> {
        self.queue.iter().map(|queued| &queued.action).find(|action| action.id == id)
    }
}

impl Model {
    /// Makes these changes now and sends them to disk as one action of this coder. If the study refuses them, nothing
    /// is changed and a notice says why.
    ///
    /// `label` names what and where: names, numbers and offsets, never text of a transcript.
    pub fn commit(&mut self, command: &'static str, label: String, changes: Vec<Change>) -> Vec<Effect> {
        self.commit_as(command, label, changes, None)
    }

    /// The same, for an action that takes another one back.
    pub(super) fn commit_as(
        &mut self,
        command: &str,
        label: String,
        mut changes: Vec<Change>,
        undoes: Option<ActionId>,
    ) -> Vec<Effect> {
        if !self.study.coders().has(&self.me.id) {
            changes.insert(0, Change::create(self.me.clone()));
        }
        if let Err(conflict) = self.study.apply(&changes) {
            self.refuse(conflict.to_string());
            return Vec::new();
        }
        self.sheets.note(&self.study, &changes);
        let action = Action {
            id: fresh(&*self.source),
            at: self.source.now(),
            coder: self.me.id,
            command: command.to_owned(),
            label,
            reason: None,
            undoes,
            changes,
        };
        self.history.note(&self.study, &action);
        self.saving.queue.push_back(Queued { action: action.clone(), applied: true });
        vec![Effect::Commit { epoch: self.saving.epoch, action: Box::new(action) }]
    }

    /// The first action of the queue is on disk.
    pub(super) fn committed(&mut self, id: ActionId, at: Timestamp) -> Vec<Effect> {
        self.saving.queue.retain(|queued| queued.action.id != id);
        self.saving.saved_at = Some(at);
        self.quit_when_saved()
    }

    /// Takes back the refused actions and all that were queued behind them.
    pub(super) fn refused(&mut self, actions: &[ActionId], sentence: &str) -> Vec<Effect> {
        let Some(first) = self.saving.queue.iter().position(|queued| actions.contains(&queued.action.id))
        else {
            return Vec::new();
        };
        let back = self.saving.queue.split_off(first);
        for queued in back.iter().rev() {
            if queued.applied {
                self.study.revert(&queued.action.changes);
                self.sheets.note(&self.study, &queued.action.changes);
            }
            self.history.forget(&queued.action);
        }
        self.saving.epoch += 1;
        self.saving.quitting = false;
        let lost = match back.len() {
            1 => String::from("The last step is taken back"),
            n => format!("The last {n} steps are taken back"),
        };
        self.trouble(format!("Not saved: {sentence}. {lost}."));
        Vec::new()
    }

    /// Brings in actions of another process. What is still queued here is laid on top of them again.
    pub(super) fn others(&mut self, actions: &[Action]) -> Vec<Effect> {
        if actions.iter().all(|action| self.study.apply(&action.changes).is_ok()) {
            for action in actions {
                self.sheets.note(&self.study, &action.changes);
            }
            return Vec::new();
        }
        // Something queued here stands in the way. It is lifted, and what does not fit afterwards will be refused by
        // the store as well, which has the same order.
        for queued in self.saving.queue.iter().rev().filter(|queued| queued.applied) {
            self.study.revert(&queued.action.changes);
        }
        for action in actions {
            // Those of the first attempt that fitted are there already and fail here, which changes nothing.
            let _ = self.study.apply(&action.changes);
        }
        for queued in &mut self.saving.queue {
            queued.applied = self.study.apply(&queued.action.changes).is_ok();
        }
        self.sheets.forget();
        Vec::new()
    }

    /// `Quit`, if the coder asked for it and nothing is on its way any more.
    pub(super) fn quit_when_saved(&mut self) -> Vec<Effect> {
        if self.saving.quitting && self.saving.is_idle() { vec![Effect::Quit] } else { Vec::new() }
    }
}
