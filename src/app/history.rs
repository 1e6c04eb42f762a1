//! What this coder did, as far as undo and redo need to know it.
//!
//! An undo is an action like any other, which makes the inverse changes and says what it undoes; a redo undoes an
//! undo. The stacks hold identities alone, so they reach back to the first day: an action that is not at hand is asked
//! for when it is needed. One that cannot be taken back, because somebody built on it, is said to be so and passed over.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use super::{Effect, Model, Screen};
use crate::store::{Entry, UndoStacks, is_undone_only_from_history};
use crate::study::{
    Action, ActionId, Change, MemoOn, NewText, ParticipantId, Record, Step, Study, TranscriptId,
};
use crate::text::{Span, counted};

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
        // A correction moves quotes all over its transcript.
        if changes.iter().any(|change| matches!(change.record(), Some(Record::Revision(_)))) {
            return None;
        }
        changes.iter().find_map(|change| {
            let quote = match change.record()? {
                Record::Quote(quote) => quote,
                Record::Coding(coding) => study.quotes().get(&coding.quote)?,
                Record::Memo(memo) => match memo.on {
                    MemoOn::Quote(quote) => study.quotes().get(&quote)?,
                    _ => return None,
                },
                _ => return None,
            };
            Some(Spot { transcript: quote.transcript, span: quote.span })
        })
    }
}

/// Back or forth in one's own history.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// Undo.
    Back,
    /// Redo.
    Forth,
}

impl Way {
    fn command(self) -> &'static str {
        match self {
            Way::Back => "undo",
            Way::Forth => "redo",
        }
    }

    fn done(self) -> &'static str {
        match self {
            Way::Back => "undone",
            Way::Forth => "redone",
        }
    }
}

/// What can be undone and redone.
#[derive(Clone, Debug, Default)]
pub struct History {
    stacks: UndoStacks,
    /// Actions at hand: those of this session, and those that were asked for.
    held: BTreeMap<ActionId, Action>,
    /// Texts that came with those that were asked for: undoing them makes these current.
    brought: BTreeMap<ActionId, Vec<NewText>>,
    /// The action whose place was shown by a first press, so that a second one takes it back.
    shown: Option<ActionId>,
    /// The last step, if it was one too large for a key, and what it was: the next undo says where it is taken back.
    large: Option<String>,
    /// The action that was asked for, and why.
    awaited: Option<(ActionId, Way)>,
    /// Actions that cannot be taken back for now. They are tried again when somebody did something else.
    passed: BTreeSet<ActionId>,
    /// The action that was passed over last, and why: who built on it is being found out.
    stuck: Option<(ActionId, Way)>,
}

impl History {
    pub(super) fn new(stacks: UndoStacks) -> History {
        History { stacks, ..History::default() }
    }

    pub(super) fn note(&mut self, action: &Action) {
        self.stacks.note(action.id, action.undoes, &action.command);
        if !is_undone_only_from_history(&action.command) {
            self.held.insert(action.id, action.clone());
        }
        self.large = large_step(action);
        if action.undoes.is_none() {
            self.passed.clear();
        }
        (self.shown, self.stuck) = (None, None);
    }

    /// Takes in what this coder did in another process, which is on disk before what is still `queued` here.
    pub(super) fn note_elsewhere<'a>(
        &mut self,
        own: &[&Action],
        queued: impl DoubleEndedIterator<Item = &'a Action> + Clone,
    ) {
        if !own.is_empty() {
            queued.clone().rev().for_each(|action| self.forget(action));
            own.iter().for_each(|action| self.note(action));
            queued.for_each(|action| self.note(action));
        }
    }

    /// Somebody did something: what could not be taken back before may be now.
    pub(super) fn try_all_again(&mut self) {
        self.passed.clear();
    }

    /// Lets go of an action that was refused; what it had taken back stands again.
    pub(super) fn forget(&mut self, action: &Action) {
        self.held.remove(&action.id);
        self.brought.remove(&action.id);
        self.large = None;
        let out = |stack: &mut Vec<ActionId>| {
            let at = stack.iter().rposition(|held| *held == action.id);
            at.map(|at| stack.remove(at)).is_some()
        };
        if out(&mut self.stacks.undo) {
            self.stacks.redo.extend(action.undoes);
        } else if out(&mut self.stacks.redo) {
            self.stacks.undo.extend(action.undoes);
        }
    }

    /// The command of an action or, of one that took another one back, of that; as far as they are at hand.
    fn first_command(&self, action: &Action) -> String {
        let undone = |action: &Action| self.held.get(&action.undoes?).cloned();
        let first = std::iter::successors(Some(action.clone()), undone).last();
        first.map_or_else(String::new, |first| first.command)
    }

    fn top(&self, way: Way) -> Option<ActionId> {
        let stack = match way {
            Way::Back => &self.stacks.undo,
            Way::Forth => &self.stacks.redo,
        };
        stack.iter().rev().find(|id| !self.passed.contains(id)).copied()
    }
}

impl Model {
    /// Undo or redo. If the place is off screen, or the action is from an earlier day, the first call goes there and
    /// names it; the second one does it.
    pub(super) fn take_back(&mut self, way: Way) -> Vec<Effect> {
        self.history.stuck = None;
        if let Some(what) = self.history.large.take_if(|_| way == Way::Back) {
            let (history, keys) = (self.keys_of("show_history"), self.keys_of("undo"));
            let next = match self.history.top(way) {
                Some(_) => format!(" {keys} again: the step before it."),
                None => String::new(),
            };
            self.say(format!(
                "Your last step was {what}; it is taken back in the history ({history}).{next}"
            ));
            return Vec::new();
        }
        let Some(id) = self.history.top(way) else {
            let other = if self.history.passed.is_empty() { "" } else { " else" };
            self.refuse(format!("There is nothing{other} of yours to {}.", way.command()));
            return Vec::new();
        };
        let Some(action) = self.history.held.get(&id).cloned() else {
            self.history.awaited = Some((id, way));
            return vec![Effect::LoadAction(id)];
        };
        let of_codebook = Model::is_on_codebook(&self.history.first_command(&action));
        let spot = Spot::of(&self.study, &action.changes).filter(|_| !of_codebook);
        let agreed = whose_consent(&action.changes).filter(|_| self.screen != Screen::People);
        let elsewhere = match of_codebook {
            _ if agreed.is_some() => true,
            // Panels classify too, and show what comes of it.
            true => !matches!(self.screen, Screen::Codebook | Screen::Panels),
            false => spot.is_some_and(|spot| {
                !self.shows(spot) && !self.bring_hit_in_sight(spot) && !self.lists_quotes_of(&action)
            }),
        };
        if self.history.shown != Some(id) && (elsewhere || !self.is_of_today(action.at)) {
            self.history.shown = Some(id);
            if elsewhere && of_codebook {
                self.visit_codebook();
            }
            if let Some(person) = agreed {
                self.open_profile(person);
            }
            let effects = spot.filter(|_| elsewhere).map_or_else(Vec::new, |spot| self.visit(spot));
            let keys = self.keys_of(way.command());
            self.say(format!(
                "{}: {}. {keys} again: {}.",
                self.time_words(action.at),
                spoken(&action),
                way.command()
            ));
            return effects;
        }
        self.make_inverse(&action, way)
    }

    /// The action that an undo waited for is here.
    pub(super) fn action_loaded(&mut self, action: Action, texts: Vec<NewText>) -> Vec<Effect> {
        let Some((_, way)) = self.history.awaited.take_if(|(id, _)| *id == action.id) else {
            return Vec::new();
        };
        let id = action.id;
        self.history.held.insert(id, action);
        self.history.brought.insert(id, texts);
        // Something was done since: the key meant what was on top then, not what is now.
        if self.history.top(way) != Some(id) {
            return Vec::new();
        }
        self.take_back(way)
    }

    fn make_inverse(&mut self, action: &Action, way: Way) -> Vec<Effect> {
        let spoken = spoken(action).to_owned();
        let label = match way {
            Way::Back => format!("undo: {spoken}"),
            Way::Forth => spoken.clone(),
        };
        // A coder who was made by the action stays: the undo is signed as well.
        let mut changes = action.inverse_changes();
        changes.retain(|change| !matches!(change.record(), Some(Record::Coder(_))));
        let texts = self.history.brought.get(&action.id).cloned();
        for text in texts.iter().flatten() {
            self.veil.add_turns(&mut self.study, &Arc::new(text.turns.clone()));
        }
        if let Some(what) = self.lacks_turns_for(&changes) {
            if texts.is_none() {
                self.history.awaited = Some((action.id, way));
                return vec![Effect::LoadAction(action.id)];
            }
            let why =
                format!("“{spoken}” cannot be {}: the text of {what} is not there any more", way.done());
            self.pass_over(action.id, way, &why);
            return Vec::new();
        }
        let moved = Spot::of(&self.study, &changes);
        // A code that comes back is the one that was meant.
        let code = changes.iter().find_map(|change| match (&change.before, &change.after) {
            (None, Some(Record::Code(code))) => Some(code.id),
            _ => None,
        });
        let step =
            Step { command: way.command().into(), label, reason: None, undoes: Some(action.id), changes };
        match self.commit_step(step, texts.unwrap_or_default()) {
            Ok((_, effects)) => {
                self.history.brought.remove(&action.id);
                self.read.reselect(moved);
                if let Some(code) = code {
                    self.codebook.choose(&self.study, code);
                }
                self.say(match way {
                    Way::Back => format!("Undone: {spoken}{}", action.what_stays()),
                    Way::Forth => format!("Done again: {spoken}"),
                });
                effects
            }
            Err(conflict) => {
                self.pass_over(action.id, way, &format!("“{spoken}” cannot be {}: {conflict}", way.done()));
                self.history.stuck = Some((action.id, way));
                vec![Effect::FindBuiltOn(action.id)]
            }
        }
    }

    /// Says that an action cannot be taken back. The next key goes on with the one before it.
    fn pass_over(&mut self, id: ActionId, way: Way, why: &str) {
        self.history.passed.insert(id);
        let next = match self.history.top(way) {
            Some(_) => format!(" {} again: your step before it.", self.keys_of(way.command())),
            None => String::new(),
        };
        self.refuse(format!("{why}.{next}"));
    }

    /// The action that an undo waited for cannot be had.
    pub(super) fn action_missing(&mut self, id: ActionId, sentence: &str) {
        if let Some((_, way)) = self.history.awaited.take_if(|(awaited, _)| *awaited == id) {
            self.pass_over(id, way, &format!("Your last step cannot be {}: {sentence}", way.done()));
        }
    }

    /// Who built on the action that could not be taken back: said if the coder did nothing else since.
    pub(super) fn say_who_built_on(&mut self, id: ActionId, later: Option<&Entry>) {
        let Some((_, way)) = self.history.stuck.take_if(|(stuck, _)| *stuck == id) else { return };
        let (Some(action), Some(later)) = (self.history.held.get(&id), later) else { return };
        let blind = Spot::of(&self.study, &action.changes).is_some_and(|at| self.is_blind_on(at.transcript));
        if blind && later.coder != self.me.id {
            // Who did what there is not for this coder to know.
            return;
        }
        let who = match self.study.coders().get(&later.coder) {
            Some(coder) if coder.id == self.me.id => "you",
            Some(coder) => coder.name.as_str(),
            None => "somebody",
        };
        let why = format!(
            "“{}” cannot be {}: {who} built on it ({}: {})",
            spoken(action),
            way.done(),
            self.time_words(later.at),
            later.label
        );
        self.pass_over(id, way, &why);
    }

    fn is_of_today(&self, at: Timestamp) -> bool {
        let day = |at: Timestamp| at.to_zoned(self.zone.clone()).date();
        day(at) == day(self.source.now())
    }

    /// A time as a person would say it: `14:03` today, else with its date.
    pub(super) fn time_words(&self, at: Timestamp) -> String {
        let format = if self.is_of_today(at) { "%H:%M" } else { "%-d %b %Y, %H:%M" };
        at.to_zoned(self.zone.clone()).strftime(format).to_string()
    }
}

/// Whose consent was changed, if nothing else was.
fn whose_consent(changes: &[Change]) -> Option<ParticipantId> {
    match changes {
        [one] => match one.record()? {
            Record::Consent(consent) => Some(consent.participant),
            _ => None,
        },
        _ => None,
    }
}

/// What a step was that brought much at once, with its size. `None` for any other.
fn large_step(action: &Action) -> Option<String> {
    let is_transcript =
        |change: &&Change| change.before.is_none() && matches!(change.after, Some(Record::Transcript(_)));
    let files = action.changes.iter().filter(is_transcript).count();
    match action.command.as_str() {
        "import" if files > 0 => Some(format!("an import ({})", counted(files, "file", "files"))),
        "import" => Some(format!("an import ({})", counted(action.changes.len(), "record", "records"))),
        "restore" => Some(String::from("a restored study")),
        _ => None,
    }
}

/// What an action did, without the word of an undo in front of it.
fn spoken(action: &Action) -> &str {
    action.label.strip_prefix("undo: ").unwrap_or(&action.label)
}
