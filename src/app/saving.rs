//! The queue of actions on their way to disk: applied at once, acknowledged later, taken back if refused.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;

use super::layer::Layer;
use super::read::{MemoTarget, Writing};
use super::{Effect, Model};
use crate::store::Logged;
use crate::study::{Action, ActionId, Change, Conflict, Memo, MemoOn, NewText, Record, Step};

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

    /// Whether an action is on its way.
    pub(super) fn is_on_its_way(&self, action: ActionId) -> bool {
        self.queue.iter().any(|queued| queued.action.id == action)
    }
}

impl Model {
    /// Makes these changes now and sends them to disk as one action of this coder. If the study refuses them, nothing
    /// is changed, a notice says why, and there is no effect.
    ///
    /// `label` names what and where: names, numbers and offsets, never text of a transcript.
    pub fn commit(&mut self, command: &'static str, label: String, changes: Vec<Change>) -> Vec<Effect> {
        match self.commit_as(command, label, changes, None) {
            Ok(effects) => effects,
            Err(conflict) => {
                self.refuse(format!("Not done: {conflict}."));
                Vec::new()
            }
        }
    }

    /// The same with a reason for the history, if the coder gave one.
    pub fn commit_because(
        &mut self,
        command: &'static str,
        label: String,
        changes: Vec<Change>,
        reason: Option<String>,
    ) -> Vec<Effect> {
        let step = Step { command: command.to_owned(), label, reason, undoes: None, changes };
        match self.commit_step(step, Vec::new()) {
            Ok((_, effects)) => effects,
            Err(conflict) => {
                self.refuse(format!("Not done: {conflict}."));
                Vec::new()
            }
        }
    }

    /// The same, for an action that may take another one back.
    pub(super) fn commit_as(
        &mut self,
        command: &str,
        label: String,
        changes: Vec<Change>,
        undoes: Option<ActionId>,
    ) -> Result<Vec<Effect>, Conflict> {
        let step = Step { command: command.to_owned(), label, reason: None, undoes, changes };
        self.commit_step(step, Vec::new()).map(|(_, effects)| effects)
    }

    /// The same, with the texts that an action brings. Their turns are in the study already.
    pub(super) fn commit_step(
        &mut self,
        step: Step,
        texts: Vec<NewText>,
    ) -> Result<(ActionId, Vec<Effect>), Conflict> {
        let action = self.veil.act(&mut self.study, &self.me, step, &*self.source)?;
        self.study_changed(&action.changes);
        self.history.note(&action);
        self.tour_saw_action(&action.command);
        let id = action.id;
        Ok((id, vec![self.queue(action, texts)]))
    }

    /// Sends an action to disk that the study in memory has, with the texts that it brings.
    pub(super) fn queue(&mut self, action: Action, texts: Vec<NewText>) -> Effect {
        self.saving.queue.push_back(Queued { action: action.clone(), applied: true });
        Effect::Commit { epoch: self.saving.epoch, action: Box::new(action), texts }
    }

    /// The study went through these changes, in whichever direction: what was made of it is made anew.
    pub(super) fn study_changed(&mut self, changes: &[Change]) {
        self.sheets.note(&self.study, changes);
        self.note_definitions(changes);
        if self.veil.take_redrawn() {
            self.forget_what_was_seen();
        }
    }

    /// What this coder may see is another now: nothing that was made of it stays on the screen.
    fn forget_what_was_seen(&mut self) {
        self.sheets.forget();
        self.transcripts.list.forget();
        self.layers.retain(|layer| !matches!(layer, Layer::Chooser(_)));
        self.picker_changed();
        self.search.forget_answer();
        self.read.found.clear();
        self.timeline.forget();
        self.forget_codebook_past();
        self.forget_hidden_news();
    }

    /// An action is on disk.
    pub(super) fn committed(&mut self, id: ActionId, at: Timestamp) -> Vec<Effect> {
        let blind = |change: &Change| matches!(change.record(), Some(Record::Blind(_)));
        let done = self.saving.queue.iter().find(|queued| queued.action.id == id);
        if done.is_some_and(|done| done.action.changes.iter().any(blind)) {
            // Only now does whoever searches know of it.
            self.search.forget_answer();
        }
        self.saving.queue.retain(|queued| queued.action.id != id);
        self.saving.saved_at = Some(at);
        let mut effects = self.correction_saved(id);
        effects.extend(self.append_committed(id));
        effects.extend(self.quit_when_saved());
        effects
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
                self.veil.revert(&mut self.study, &queued.action.changes);
                self.study_changed(&queued.action.changes);
            }
            self.history.forget(&queued.action);
        }
        self.saving.epoch += 1;
        self.saving.quitting = false;
        let kept: String =
            back.iter().filter_map(|queued| self.correction_refused(queued.action.id)).collect();
        let actions: Vec<Action> = back.iter().map(|queued| queued.action.clone()).collect();
        let settled = self.settle_later(actions.clone(), sentence);
        self.forget_refused_appends();
        if let Some(effects) = settled {
            return effects;
        }
        let mut effects = self.keep_typed(&actions, sentence);
        let typed = if effects.is_empty() {
            String::new()
        } else {
            format!(" {}: do again what you typed.", self.keys_of("settle_refused"))
        };
        let lost = match back.len() {
            1 => String::from("The last step is taken back"),
            n => format!("The last {n} steps are taken back"),
        };
        self.trouble(format!("Not saved: {sentence}. {lost}.{kept}{typed}"));
        effects.extend(back.iter().flat_map(|queued| self.keep_memos(&queued.action)));
        effects
    }

    /// Keeps the texts of memos and summaries that could not be saved as drafts: opening the memo again goes on with them.
    pub(super) fn keep_memos(&mut self, action: &Action) -> Vec<Effect> {
        let written = action.changes.iter().filter_map(|change| match (&change.before, &change.after) {
            (Some(Record::Memo(before)), Some(Record::Memo(memo))) if !memo.text.is_empty() => {
                Some((memo, Some(before)))
            }
            (_, Some(Record::Memo(memo))) if !memo.text.is_empty() => Some((memo, None)),
            _ => None,
        });
        let mut effects = Vec::new();
        for change in &action.changes {
            if let Some(Record::Summary(summary)) = &change.after
                && summary.coder == self.me.id
            {
                let began = match &change.before {
                    Some(Record::Summary(before)) => before.text.as_str(),
                    _ => "",
                };
                effects.extend(self.keep_summary(summary, began));
            }
        }
        for (memo, before) in written {
            let writing = self.writing_of(memo, &action.changes);
            // Saving it asks before it takes the place of what somebody else wrote.
            if let Some(before) = before.filter(|_| writing.memo.is_some()) {
                effects.push(self.keep_draft(writing.began_key(), before.text.clone()));
            }
            effects.push(self.keep_draft(writing.draft_key(), memo.text.clone()));
        }
        effects
    }

    /// Where a memo that was not saved can be gone on with: the memo as it was, else a new one on the same thing. If that
    /// is gone too, a new one on the study.
    fn writing_of(&self, memo: &Memo, changes: &[Change]) -> Writing {
        let kept = self.study.memos().has(&memo.id).then_some(memo.id);
        let MemoOn::Quote(id) = memo.on else {
            return Writing { target: MemoTarget::Thing(memo.on.clone()), memo: kept };
        };
        let made = changes.iter().find_map(|change| match &change.after {
            Some(Record::Quote(quote)) if quote.id == id => Some(quote),
            _ => None,
        });
        let target = match made.or_else(|| self.study.quotes().get(&id)) {
            Some(quote) => MemoTarget::Passage { transcript: quote.transcript, span: quote.span },
            None => MemoTarget::Thing(MemoOn::Study),
        };
        Writing { target, memo: kept }
    }

    /// Brings in actions of another process. What is still queued here is laid on top of them again.
    pub(super) fn others(&mut self, logged: Vec<Logged>) -> Vec<Effect> {
        let strays = self.count_stray_drafts();
        let mut actions = Vec::with_capacity(logged.len());
        for Logged { action, turns, .. } in logged {
            for turns in turns {
                self.veil.add_turns(&mut self.study, &Arc::new(turns));
            }
            actions.push(action);
        }
        if !self.lay_on_top(&actions) {
            self.lay_under(&actions);
        }
        for action in &actions {
            self.study_changed(&action.changes);
        }
        // This coder may have been made part of the study elsewhere, or renamed, and may work in two terminals.
        self.me = self.study.known_coder(&self.me);
        self.veil.turn_to(&mut self.study, self.me.id);
        self.study_changed(&[]);
        self.hear(&actions);
        let own: Vec<&Action> = actions.iter().filter(|action| action.coder == self.me.id).collect();
        self.history.note_elsewhere(&own, self.saving.queue.iter().map(|queued| &queued.action));
        self.history.try_all_again();
        self.transcripts.list.forget();
        self.recount_panels();
        self.say_more_stray_drafts(strays);
        Vec::new()
    }

    /// Applies actions on top of everything, all or none; whether that went.
    fn lay_on_top(&mut self, actions: &[Action]) -> bool {
        let fit = actions
            .iter()
            .take_while(|action| self.veil.apply(&mut self.study, &action.changes).is_ok())
            .count();
        let all = fit == actions.len();
        if !all {
            let done = actions.iter().take(fit).rev();
            done.for_each(|action| self.veil.revert(&mut self.study, &action.changes));
        }
        all
    }

    /// Something queued here stands in the way of somebody else's actions. It is lifted; what does not fit on top of them
    /// will be refused by the store as well, which has the same order.
    fn lay_under(&mut self, actions: &[Action]) {
        for queued in self.saving.queue.iter().rev().filter(|queued| queued.applied) {
            self.veil.revert(&mut self.study, &queued.action.changes);
        }
        if !self.lay_on_top(actions) {
            // They fitted on disk, so the study here is not what is there.
            self.trouble(
                "The study on the screen is behind the one on disk; leave and start again to see all of it.",
            );
        }
        for queued in &mut self.saving.queue {
            queued.applied = self.veil.apply(&mut self.study, &queued.action.changes).is_ok();
            self.sheets.note(&self.study, &queued.action.changes);
        }
    }

    /// `Quit`, if the coder asked for it and nothing is on its way any more, nor a quotation on its way to its file.
    pub(super) fn quit_when_saved(&mut self) -> Vec<Effect> {
        let done = self.saving.is_idle() && self.quotes.appending.is_idle() || self.store_gone;
        if self.saving.quitting && done { vec![Effect::Quit] } else { Vec::new() }
    }
}
