//! The screen of the history: what was done, by whom and when, narrowed by thing, coder and day; what an action changed,
//! in words; and undoing any action from there.
//!
//! The history is not in memory. It is asked for page by page, the newest first, until all of it is here; a filter looks
//! through what is. Nothing is told of what somebody did in a transcript that this coder codes blind.

mod filter;
mod undoing;
mod words;

use std::collections::BTreeSet;
use std::sync::Arc;

use super::listed::{ListRow, Listed};
use super::{Effect, Model, Screen};
use crate::store::Entry;
use crate::study::{ActionId, Change, QuoteId};
use crate::text::fold_name;
use filter::Wanted;
pub(super) use undoing::Undoing;

/// Which part of the history is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// The newest actions.
    Newest,
    /// Those before this place.
    Before(i64),
    /// Those after it.
    After(i64),
}

/// An action of the history as the store tells it, with its changes if they were asked for.
pub type Told = (Entry, Option<Vec<Change>>);

/// An action of the history, as it is listed.
#[derive(Clone, Debug)]
pub struct TimelineRow {
    /// The action.
    pub entry: Entry,
    /// Who did it.
    pub author: String,
    /// The day (`2026-11-29`).
    pub day: String,
    /// The time of the day (`14:03`).
    pub time: String,
    /// Whether it was taken back.
    pub undone: bool,
    /// What the filter looks in.
    searched: Arc<str>,
}

impl ListRow for TimelineRow {
    type Key = i64;

    fn key(&self) -> i64 {
        self.entry.seq
    }
}

/// Whether an action of that command is listed with the values that it changed. The history names their attribute alone, for
/// a value may say who somebody is; on the screen it is told by the changes themselves.
#[must_use]
pub fn tells_values(command: &str) -> bool {
    command == "edit_attribute"
}

/// What an action changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Details {
    /// Which action.
    pub seq: i64,
    /// One line a change; empty while they are on their way.
    pub lines: Vec<String>,
    /// The first passage that a quote or coding among them stands on.
    pub passage: Option<QuoteId>,
}

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Timeline {
    /// The actions, the newest first.
    pub list: Listed<TimelineRow>,
    /// What the chosen action changed, if that is looked at.
    pub details: Option<Details>,
    /// Whether the beginning of the history is here.
    pub is_whole: bool,
    /// Something was done since it was last asked for.
    pub(super) stale: bool,
    pub(super) undoing: Undoing,
    /// Everything that was told, the newest first.
    entries: Vec<Entry>,
    /// The places between which all was told, those that must not be listed too.
    told: Option<(i64, i64)>,
    /// A part of it is on its way.
    asked: bool,
    /// Grows when all is forgotten: what was asked for before is not taken in.
    generation: u64,
    version: u64,
}

impl Details {
    fn of(seq: i64) -> Details {
        Details { seq, lines: Vec::new(), passage: None }
    }
}

impl Timeline {
    /// Esc: leaves the filter, then the changes of an action, then lists everything.
    pub(super) fn leave(&mut self) {
        if !self.list.leave_filter() && self.details.take().is_none() {
            self.list.clear_filter();
        }
    }

    /// What must not be told is another now: all of it is asked for again.
    pub(super) fn forget(&mut self) {
        let before = std::mem::take(self);
        self.list.filter = before.list.filter;
        self.generation = before.generation + 1;
    }
}

impl Model {
    /// Moves the choice.
    pub(super) fn step_timeline(&mut self, by: isize) {
        self.timeline.list.step(by);
    }

    /// Lays out the screen for its part of the window, and asks for what of the history is not here.
    pub(super) fn arrange_timeline(&mut self) -> Vec<Effect> {
        let version = self.timeline.version;
        if !self.timeline.list.is_fresh(version) {
            self.list_timeline();
        }
        let height = usize::from(self.body().height.saturating_sub(1 + self.details_height()));
        self.timeline.list.settle(height);
        let mut effects = self.ask_details();
        effects.extend(self.ask_history());
        effects
    }

    /// Rows of the window that the changes of the chosen action take.
    #[must_use]
    pub fn details_height(&self) -> u16 {
        let body = self.body().height;
        if self.timeline.details.is_some() { (body / 2).max(3).min(body.saturating_sub(2)) } else { 0 }
    }

    fn ask_history(&mut self) -> Option<Effect> {
        /// As many as the highest windows show, then as many as are here at once.
        const FIRST: usize = 200;
        const NEXT: usize = 4_000;
        let timeline = &mut self.timeline;
        if self.screen != Screen::History || !self.complete || timeline.asked {
            return None;
        }
        let part = match timeline.told {
            None => Part::Newest,
            Some((_, newest)) if timeline.stale => Part::After(newest),
            Some((oldest, _)) if !timeline.is_whole => Part::Before(oldest),
            Some(_) => return None,
        };
        (timeline.asked, timeline.stale) = (true, false);
        let generation = timeline.generation;
        let limit = if part == Part::Newest { FIRST } else { NEXT };
        // Only who codes blind needs to look into them before they are told.
        let me = self.me.id;
        let with_changes = !self.veil.whole(&self.study).blind_transcripts(me).is_empty();
        Some(Effect::LoadHistory { part, limit, with_changes, generation })
    }

    /// A part of the history is here, the oldest first; with the changes of each action where they were asked for.
    pub(super) fn history_loaded(&mut self, part: Part, limit: usize, generation: u64, told: Vec<Told>) {
        if generation != self.timeline.generation {
            return;
        }
        let me = self.me.id;
        let count = told.len();
        let ends = told.first().zip(told.last()).map(|((first, _), (last, _))| (first.seq, last.seq));
        let hidden = |entry: &Entry, changes: &Option<Vec<Change>>| {
            entry.coder != me && changes.as_ref().is_some_and(|changes| self.veil.hides_any(changes))
        };
        let mut entries: Vec<Entry> = told
            .into_iter()
            .rev()
            .filter(|(entry, changes)| !hidden(entry, changes))
            .map(|(entry, changes)| match changes.and_then(|changes| self.values_in_words(&changes)) {
                Some(label) if tells_values(&entry.command) => Entry { label, ..entry },
                _ => entry,
            })
            .collect();
        let timeline = &mut self.timeline;
        timeline.asked = false;
        timeline.told = match (timeline.told, ends) {
            (Some((oldest, newest)), Some((first, last))) => Some((oldest.min(first), newest.max(last))),
            (told, ends) => told.or(ends).or(Some((0, 0))),
        };
        match part {
            Part::After(_) => {
                // More of them may have come than are told at once.
                timeline.stale |= count >= limit;
                entries.append(&mut timeline.entries);
                timeline.entries = entries;
            }
            Part::Newest | Part::Before(_) => {
                timeline.is_whole |= count < limit;
                timeline.entries.append(&mut entries);
            }
        }
        timeline.version += 1;
    }

    fn list_timeline(&mut self) {
        let version = self.timeline.version;
        if !self.timeline.list.is_made_of(version) {
            let mut taken_back: BTreeSet<ActionId> = BTreeSet::new();
            let rows = self.timeline.entries.iter().map(|entry| {
                let undone = taken_back.contains(&entry.id);
                taken_back.extend(entry.undoes.filter(|_| !undone));
                self.timeline_row(entry, undone)
            });
            let rows = rows.collect();
            self.timeline.list.put(rows, version);
        }
        let today = self.day_words(self.source.now());
        let list = &mut self.timeline.list;
        let wanted = Wanted::parse(list.filter.text(), &today);
        let rows = list.all().iter().filter(|row| wanted.takes(row)).cloned().collect();
        list.list(rows, None);
    }

    fn timeline_row(&self, entry: &Entry, undone: bool) -> TimelineRow {
        let author = self.study.coder_name(entry.coder).to_owned();
        let day = self.day_words(entry.at);
        let reason = entry.reason.as_deref().unwrap_or_default();
        let searched = fold_name(
            &[entry.label.as_str(), reason, &author, &day, &entry.command.replace('_', " ")].join(" "),
        );
        TimelineRow {
            author,
            time: entry.at.to_zoned(self.zone.clone()).strftime("%H:%M").to_string(),
            day,
            undone,
            searched: searched.into(),
            entry: entry.clone(),
        }
    }

    /// Enter: shows what the chosen action changed; then goes to the passage that it is about, or shows it no longer.
    pub(super) fn toggle_details(&mut self) -> Vec<Effect> {
        match (&self.timeline.details, self.timeline.list.row()) {
            (Some(Details { passage: Some(quote), .. }), _) => return self.visit_quote(*quote),
            (Some(_), _) => self.timeline.details = None,
            (None, Some(row)) => {
                let seq = row.entry.seq;
                self.timeline.details = Some(Details::of(seq));
                return vec![Effect::LoadChanges(seq)];
            }
            (None, None) => self.refuse("No action is listed."),
        }
        Vec::new()
    }

    /// What is shown of an action follows the choice.
    fn ask_details(&mut self) -> Vec<Effect> {
        let chosen = self.timeline.list.row().map(|row| row.entry.seq);
        match (&mut self.timeline.details, chosen) {
            (Some(details), Some(seq)) if details.seq != seq => {
                *details = Details::of(seq);
                vec![Effect::LoadChanges(seq)]
            }
            (details @ Some(_), None) => {
                *details = None;
                Vec::new()
            }
            _ => Vec::new(),
        }
    }

    /// What an action changed is here, or why it is not.
    pub(super) fn changes_loaded(&mut self, seq: i64, changes: Result<Vec<Change>, String>) {
        let (lines, passage) = match changes {
            Ok(changes) => (self.changes_in_words(&changes), self.passage_of(&changes)),
            Err(sentence) => (vec![sentence], None),
        };
        if let Some(details) = self.timeline.details.as_mut().filter(|details| details.seq == seq) {
            (details.lines, details.passage) = (lines, passage);
        }
    }
}
