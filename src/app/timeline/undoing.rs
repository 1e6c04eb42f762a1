//! Undoing any action from the history. What is large says first how large it is; what others built on says who and what.

use std::sync::Arc;

use crate::app::{Effect, Model};
use crate::store::{Entry, is_final, is_undone_only_from_history};
use crate::study::{Action, ActionId, Change, NewText, Record, Step, sizes};
use crate::text::counted;

/// An action that is about to be taken back.
#[derive(Clone, Debug, Default)]
pub(in crate::app) struct Undoing {
    /// It was asked for.
    awaited: Option<ActionId>,
    /// Its size was said: the next key takes it back.
    said: Option<ActionId>,
    /// It cannot be: who built on it is being found out.
    stuck: Option<ActionId>,
}

impl Model {
    /// `u`: takes back the chosen action, whoever did it.
    pub(in crate::app) fn undo_chosen(&mut self) -> Vec<Effect> {
        let Some(row) = self.timeline.list.row() else {
            self.refuse("No action is listed.");
            return Vec::new();
        };
        let (entry, undone) = (row.entry.clone(), row.undone);
        if is_final(&entry.command) {
            self.refuse(match entry.command.as_str() {
                "export" => {
                    "What left the study has left: nothing takes that back, and the record of it stays."
                }
                _ => "What was erased is gone: nothing can take that back.",
            });
        } else if undone {
            self.refuse(format!("“{}” was taken back already.", entry.label));
        } else {
            self.timeline.undoing.awaited = Some(entry.id);
            return vec![Effect::LoadInverse(entry.id)];
        }
        Vec::new()
    }

    /// The action that is to be taken back is here, with the texts that doing so makes current.
    pub(in crate::app) fn inverse_loaded(&mut self, action: &Action, texts: Vec<NewText>) -> Vec<Effect> {
        if self.timeline.undoing.awaited.take_if(|awaited| *awaited == action.id).is_none() {
            return Vec::new();
        }
        // A coder who was made by the action stays: what they did since is signed with it.
        let mut changes = action.inverse_changes();
        changes.retain(|change| !matches!(change.record(), Some(Record::Coder(_))));
        let large = is_undone_only_from_history(&action.command);
        // What cannot be taken back is said at once, not promised.
        let can_be = || {
            let mut trial = self.veil.whole(&self.study).clone();
            texts.iter().for_each(|text| trial.add_turns(Arc::new(text.turns.clone())));
            trial.apply(&changes).is_ok()
        };
        if large && self.timeline.undoing.said != Some(action.id) && can_be() {
            self.timeline.undoing.said = Some(action.id);
            let keys = self.keys_of("undo_chosen");
            let records = counted(changes.len(), "record", "records");
            self.say(format!("{keys} again takes back “{}”, {records}: {}.", action.label, sizes(&changes)));
            return Vec::new();
        }
        self.take_back_chosen(action, changes, texts)
    }

    fn take_back_chosen(
        &mut self,
        action: &Action,
        changes: Vec<Change>,
        texts: Vec<NewText>,
    ) -> Vec<Effect> {
        for text in &texts {
            self.veil.add_turns(&mut self.study, &Arc::new(text.turns.clone()));
        }
        let label = format!("undo: {}", action.label);
        let step = Step { command: "undo".into(), label, reason: None, undoes: Some(action.id), changes };
        match self.commit_step(step, texts) {
            Ok((_, effects)) => {
                self.timeline.undoing = Undoing::default();
                self.say(format!("Undone: {}{}", action.label, action.what_stays()));
                effects
            }
            Err(conflict) => {
                self.refuse(format!("“{}” cannot be undone: {conflict}.", action.label));
                self.timeline.undoing.stuck = Some(action.id);
                vec![Effect::FindStandingOn(action.id)]
            }
        }
    }

    /// The action that is to be taken back cannot be had.
    pub(in crate::app) fn inverse_missing(&mut self, id: ActionId, sentence: &str) {
        if self.timeline.undoing.awaited.take_if(|awaited| *awaited == id).is_some() {
            self.refuse(format!("Not undone: {sentence}."));
        }
    }

    /// Which later actions rest on the one that could not be taken back, the newest first.
    pub(in crate::app) fn say_what_stands_on(&mut self, id: ActionId, later: &[Entry]) {
        /// So many are named.
        const NAMED: usize = 3;
        if self.timeline.undoing.stuck.take_if(|stuck| *stuck == id).is_none() || later.is_empty() {
            return;
        }
        let me = self.me.id;
        let blind = !self.veil.whole(&self.study).blind_transcripts(me).is_empty();
        let named = later.iter().take(NAMED).map(|entry| {
            let who = if entry.coder == me { "you" } else { self.study.coder_name(entry.coder) };
            // Who codes blind is not told what others did, wherever that was.
            let what = if blind && entry.coder != me { "something you may not see" } else { &entry.label };
            format!("{} ({who}: {what})", entry.seq)
        });
        let named: Vec<String> = named.collect();
        let more = match later.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => format!(" and {more} more"),
        };
        let (rest, those) = if later.len() == 1 { ("rests", "that") } else { ("rest", "those") };
        self.refuse(format!("Not undone: {}{more} {rest} on it. Undo {those} first.", named.join(", ")));
    }
}
