//! What this coder did, as far as `u` and `U` need to know it.
//!
//! An undo is an action like any other, which makes the inverse changes and says what it undoes; a redo undoes an
//! undo. So two stacks can be made again from a plain list of actions, and undo goes back over restarts.

use std::collections::BTreeMap;

use jiff::Timestamp;

use super::{Effect, Model};
use crate::study::{Action, ActionId, Change, Record, Study, TranscriptId};
use crate::text::Span;

/// Commands whose actions are too large for `u`: they are undone from the history, with their size named.
const FROM_HISTORY_ONLY: [&str; 3] = ["import", "restore", "merge"];

/// A span of a transcript.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Spot {
    /// Which transcript.
    pub transcript: TranscriptId,
    /// Bytes of the text of its current revision.
    pub span: Span,
}

impl Spot {
    /// Where changes were made: at the first quote among them or under them.
    #[must_use]
    pub fn of(study: &Study, changes: &[Change]) -> Option<Spot> {
        changes.iter().find_map(|change| {
            let quote = match change.record()? {
                Record::Quote(quote) => quote,
                Record::Coding(coding) => study.quotes().get(&coding.quote)?,
                Record::Memo(memo) => match memo.on {
                    crate::study::MemoOn::Quote(quote) => study.quotes().get(&quote)?,
                    _ => return None,
                },
                _ => return None,
            };
            Some(Spot { transcript: quote.transcript, span: quote.span })
        })
    }
}

/// One action of the coder, without its changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ActionSummary {
    /// Identity.
    pub id: ActionId,
    /// When.
    pub at: Timestamp,
    /// The command that did it.
    pub command: String,
    /// What and where.
    pub label: String,
    /// What it took back.
    pub undoes: Option<ActionId>,
    /// Where, if it was in a transcript.
    pub spot: Option<Spot>,
}

impl ActionSummary {
    /// The summary of an action, when its changes are made (or were just taken back: then the quotes are looked for
    /// among the changes only).
    #[must_use]
    pub fn of(study: &Study, action: &Action) -> ActionSummary {
        ActionSummary {
            id: action.id,
            at: action.at,
            command: action.command.clone(),
            label: action.label.clone(),
            undoes: action.undoes,
            spot: Spot::of(study, &action.changes),
        }
    }
}

/// The two stacks.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// What can be undone, the last one at the end.
    done: Vec<ActionSummary>,
    /// What was undone and can be redone, the last one at the end.
    undone: Vec<ActionSummary>,
    /// Actions of this session, whole.
    held: BTreeMap<ActionId, Action>,
    /// The action whose place was shown by a first `u`, so that a second one undoes it.
    shown: Option<ActionId>,
    /// The action that was asked for, to be taken back when it comes.
    awaited: Option<ActionId>,
}

/// Which stack.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Undo.
    Back,
    /// Redo.
    Forth,
}

impl History {
    /// The stacks after these actions of one coder, oldest first.
    #[must_use]
    pub fn replay(actions: impl IntoIterator<Item = ActionSummary>) -> History {
        let mut history = History::default();
        for action in actions {
            history.push(action);
        }
        history
    }

    pub(super) fn note(&mut self, study: &Study, action: &Action) {
        self.held.insert(action.id, action.clone());
        self.push(ActionSummary::of(study, action));
    }

    fn push(&mut self, action: ActionSummary) {
        let taken = |stack: &mut Vec<ActionSummary>| {
            let at = stack.iter().rposition(|held| Some(held.id) == action.undoes);
            at.map(|at| stack.remove(at)).is_some()
        };
        if action.undoes.is_some() && taken(&mut self.done) {
            self.undone.push(action);
        } else if action.undoes.is_some() && taken(&mut self.undone) {
            self.done.push(action);
        } else {
            self.undone.clear();
            self.done.push(action);
        }
        self.shown = None;
    }

    /// Lets go of an action that was refused. What it had taken back stands again.
    pub(super) fn forget(&mut self, action: &Action) {
        self.held.remove(&action.id);
        self.done.retain(|held| held.id != action.id);
        self.undone.retain(|held| held.id != action.id);
    }

    fn top(&self, way: Way) -> Option<&ActionSummary> {
        match way {
            Way::Back => self.done.last(),
            Way::Forth => self.undone.last(),
        }
    }
}

impl Model {
    /// Undo or redo. If the place is off screen, or the action is from an earlier day, the first call goes there and
    /// names it; the second one does it.
    pub(super) fn take_back(&mut self, way: Way) -> Vec<Effect> {
        let Some(target) = self.history.top(way).cloned() else {
            let word = if way == Way::Back { "undo" } else { "redo" };
            self.refuse(format!("There is nothing of yours to {word}."));
            return Vec::new();
        };
        if FROM_HISTORY_ONLY.contains(&target.command.as_str()) {
            self.refuse(format!(
                "Your last action is “{}”: too much for one key. Undo it with `combe undo {}`.",
                target.label, target.id
            ));
            return Vec::new();
        }
        if self.history.shown != Some(target.id) && self.is_elsewhere(&target) {
            self.history.shown = Some(target.id);
            let mut effects = Vec::new();
            if let Some(spot) = target.spot {
                effects = self.visit(spot);
            }
            let key = self.keys_of(if way == Way::Back { "undo" } else { "redo" });
            let word = if way == Way::Back { "undoes" } else { "redoes" };
            self.say(format!("{} {}. {key} again {word} it.", self.time_words(target.at), target.label));
            return effects;
        }
        match self.history.held.get(&target.id).cloned() {
            Some(action) => self.make_inverse(&action),
            None => {
                self.history.awaited = Some(target.id);
                vec![Effect::LoadAction(target.id)]
            }
        }
    }

    /// The action that an undo waited for is here.
    pub(super) fn action_loaded(&mut self, action: Action) -> Vec<Effect> {
        if self.history.awaited.take() != Some(action.id) {
            return Vec::new();
        }
        let effects = self.make_inverse(&action);
        self.history.held.insert(action.id, action);
        effects
    }

    fn make_inverse(&mut self, action: &Action) -> Vec<Effect> {
        let redo = self.history.undone.iter().any(|held| held.id == action.id);
        let label = match (redo, action.label.strip_prefix("undo: ")) {
            (true, Some(label)) => label.to_owned(),
            _ => format!("undo: {}", action.label),
        };
        let spoken = label.strip_prefix("undo: ").unwrap_or(&label).to_owned();
        // A coder who was created by an action stays: their undo must be signed as well.
        let mut changes = action.inverse_changes();
        changes.retain(|change| !matches!(change.record(), Some(Record::Coder(_))));
        let command = if redo { "redo" } else { "undo" };
        let effects = self.commit_as(command, label, changes, Some(action.id));
        if effects.is_empty() {
            let why = self.notice.take().map(|notice| notice.text).unwrap_or_default();
            let word = if redo { "redone" } else { "undone" };
            self.refuse(format!("{spoken} cannot be {word}: {why}."));
        } else {
            self.say(format!("{}: {spoken}", if redo { "Redone" } else { "Undone" }));
        }
        effects
    }

    fn is_elsewhere(&self, action: &ActionSummary) -> bool {
        let day = |at: Timestamp| at.to_zoned(self.zone.clone()).date();
        day(action.at) != day(self.source.now()) || action.spot.is_some_and(|spot| !self.shows(spot))
    }

    /// A time as a person would say it: `14:03` today, else with its date.
    fn time_words(&self, at: Timestamp) -> String {
        let (then, now) = (at.to_zoned(self.zone.clone()), self.source.now().to_zoned(self.zone.clone()));
        let format = if then.date() == now.date() { "%H:%M" } else { "%-d %b %Y, %H:%M" };
        format!("{}:", then.strftime(format))
    }
}
