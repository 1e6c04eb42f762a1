//! The list of transcripts.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Effect, Model, Place, TextField};
use crate::study::{AttributeOf, Kind, Subject, TranscriptId};
use crate::text::fold_name;

const NOTHING_LISTED: &str = "No transcript is listed: import some with `combe import`, or empty the filter.";

/// What the list is sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Order {
    /// Name, numbers by size.
    #[default]
    Name,
    /// Interviews, then focus groups.
    Kind,
    /// People heard, most first.
    People,
    /// Turns, most first.
    Turns,
    /// Words, most first.
    Words,
    /// Per cent coded, least first.
    Coded,
    /// Per cent read, least first.
    Read,
}

/// One transcript in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TranscriptRow {
    /// Which.
    pub id: TranscriptId,
    /// Its name.
    pub name: String,
    /// Its kind.
    pub kind: Kind,
    /// Participants heard in it.
    pub people: usize,
    /// Turns.
    pub turns: usize,
    /// Words of participants.
    pub words: u32,
    /// Words of participants in codings of this coder, in per cent; `None` where no participant speaks.
    pub coded: Option<u32>,
    /// Turns that this coder had on the screen, in per cent.
    pub read: u32,
    /// What sets it apart: coded blind, or counted by another layer than the lead's. Empty for most.
    pub apart: String,
    /// What the filter looks in.
    searched: Arc<str>,
}

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Transcripts {
    /// Only transcripts that match this are listed.
    pub filter: TextField,
    /// Whether the filter takes what is typed.
    pub filtering: bool,
    /// What the list is sorted by.
    pub order: Order,
    /// All transcripts that match, in order.
    pub rows: Vec<TranscriptRow>,
    /// Which row is chosen.
    pub chosen: usize,
    /// The first row in sight.
    pub top: usize,
    /// Those that were marked, for keys that can be about several.
    pub marked: BTreeSet<TranscriptId>,
    /// All transcripts by name, whatever the filter says.
    all: Vec<TranscriptRow>,
    /// The version of the counts that these were made under.
    counted: Option<u64>,
    /// Whether the rows are what the filter and the order say.
    listed: bool,
    /// The transcript to be chosen when the rows are made: the order and the filter may have moved it.
    kept: Option<TranscriptId>,
}

impl Transcripts {
    pub(super) fn note_place(&self, place: &mut Place) {
        place.order = self.order;
    }

    pub(super) fn restore(&mut self, place: &Place) {
        self.order = place.order;
    }

    /// Esc: leaves the filter.
    pub(super) fn leave_filter(&mut self) {
        self.filtering = false;
    }

    /// Esc again: lists all transcripts.
    pub(super) fn clear_filter(&mut self) {
        if !self.filter.is_empty() {
            self.list_again();
            self.filter.clear();
        }
    }

    pub(super) fn filter_changed(&mut self) {
        self.listed = false;
        self.kept = None;
        (self.chosen, self.top) = (0, 0);
    }

    /// All is counted again when it is next shown, and the choice stays on its transcript.
    pub(super) fn forget_rows(&mut self) {
        self.counted = None;
        self.list_again();
    }

    /// The rows are listed again when they are next shown.
    fn list_again(&mut self) {
        self.listed = false;
        self.kept = self.rows.get(self.chosen).map(|row| row.id).or(self.kept);
    }

    /// The transcript to be chosen when the rows are made next.
    pub(super) fn choose_when_listed(&mut self, transcript: Option<TranscriptId>) {
        self.forget_rows();
        self.kept = transcript.or(self.kept);
    }

    /// Those that are marked, in the order of the list; without any, the chosen one.
    pub(super) fn meant(&self) -> Vec<TranscriptId> {
        if self.marked.is_empty() {
            return self.rows.get(self.chosen).map(|row| row.id).into_iter().collect();
        }
        self.all.iter().map(|row| row.id).filter(|id| self.marked.contains(id)).collect()
    }

    pub(super) fn toggle_mark(&mut self) {
        if let Some(id) = self.rows.get(self.chosen).map(|row| row.id) {
            if !self.marked.remove(&id) {
                self.marked.insert(id);
            }
            self.step(1);
        }
    }

    pub(super) fn toggle_all_marks(&mut self) {
        let listed = self.rows.iter().map(|row| row.id);
        if self.rows.iter().all(|row| self.marked.contains(&row.id)) {
            self.marked.clear();
        } else {
            self.marked.extend(listed);
        }
    }

    pub(super) fn unmark_all(&mut self) {
        self.marked.clear();
    }

    pub(super) fn step(&mut self, by: isize) {
        self.chosen = self.chosen.saturating_add_signed(by).min(self.rows.len().saturating_sub(1));
    }
}

impl Model {
    /// Sorts the list.
    pub(super) fn sort_transcripts(&mut self, order: Order) -> Vec<Effect> {
        self.transcripts.order = order;
        self.transcripts.list_again();
        Vec::new()
    }

    /// Opens the chosen transcript.
    pub(super) fn open_chosen_transcript(&mut self) -> Vec<Effect> {
        match self.transcripts.rows.get(self.transcripts.chosen).map(|row| row.id) {
            Some(id) => {
                self.leave_mark();
                self.transcripts.filtering = false;
                self.open(id);
            }
            None => self.refuse(NOTHING_LISTED),
        }
        Vec::new()
    }

    /// Lays out the list for its part of the window.
    pub(super) fn arrange_transcripts(&mut self) {
        let fresh = self.transcripts.listed && self.transcripts.counted == Some(self.sheets.version());
        if self.complete && !fresh {
            self.make_transcript_rows();
        }
        // One row is the header of the columns.
        let height = usize::from(self.body().height.saturating_sub(1)).max(1);
        let list = &mut self.transcripts;
        list.chosen = list.chosen.min(list.rows.len().saturating_sub(1));
        list.top = list.top.clamp((list.chosen + 1).saturating_sub(height), list.chosen);
        list.top = list.top.min(list.rows.len().saturating_sub(height));
    }

    /// Lists what matches the filter, in order. Everything that is listed is counted once for each version of the counts;
    /// typing a filter only looks through it.
    fn make_transcript_rows(&mut self) {
        let kept = self.transcripts.rows.get(self.transcripts.chosen).map(|row| row.id);
        let kept = self.transcripts.kept.take().or(kept).or_else(|| self.read.transcript());
        self.count_transcripts();
        let list = &mut self.transcripts;
        let wanted: Vec<String> = list.filter.text().split_whitespace().map(fold_name).collect();
        let matches = |row: &&TranscriptRow| wanted.iter().all(|word| row.searched.contains(word.as_str()));
        let mut rows: Vec<TranscriptRow> = list.all.iter().filter(matches).cloned().collect();
        sort(&mut rows, list.order);
        if let Some(at) = kept.and_then(|kept| rows.iter().position(|row| row.id == kept)) {
            list.chosen = at;
        }
        list.rows = rows;
        list.listed = true;
    }

    fn count_transcripts(&mut self) {
        if self.transcripts.counted == Some(self.sheets.version()) {
            return;
        }
        let ids: Vec<TranscriptId> = self.study.transcripts_by_name().iter().map(|held| held.id).collect();
        self.transcripts.all = ids.into_iter().filter_map(|id| self.transcript_row(id)).collect();
        self.transcripts.counted = Some(self.sheets.version());
    }

    fn transcript_row(&mut self, id: TranscriptId) -> Option<TranscriptRow> {
        let percent = self
            .sheets
            .coverage(&self.study, id)
            .map(|coverage| (coverage.percent(coverage.by(self.me.id)), coverage.words));
        let (coded, words) = percent.unwrap_or((None, 0));
        let transcript = self.study.transcripts().get(&id)?;
        let turns = self.study.turns(id).map_or(0, |turns| turns.turns.len());
        let seen = self.read_marks.get(&id).map_or(0, BTreeSet::len);
        Some(TranscriptRow {
            id,
            name: transcript.name.clone(),
            kind: transcript.kind,
            people: self.study.speech_in(id).len(),
            turns,
            words,
            coded,
            apart: self.transcript_mark(id),
            searched: self.searched_in(id).into(),
            read: u32::try_from((seen * 100).checked_div(turns).unwrap_or(0)).unwrap_or(100).min(100),
        })
    }

    /// What the filter looks in: name, kind, people, and what their attributes and its own say.
    fn searched_in(&self, id: TranscriptId) -> String {
        let Some(transcript) = self.study.transcripts().get(&id) else { return String::new() };
        let mut words = vec![transcript.name.clone(), transcript.kind.name().replace('_', " ")];
        words.extend(self.attribute_words(Subject::Transcript(id)));
        for person in self.study.speech_in(id).keys() {
            words.extend(self.study.participants().get(person).map(|person| person.name.clone()));
            words.extend(self.attribute_words(Subject::Participant(*person)));
        }
        fold_name(&words.join(" "))
    }

    /// The values of the attributes of a transcript or participant, in the order of the attributes.
    #[must_use]
    pub fn attribute_words(&self, subject: Subject) -> Vec<String> {
        let of = match subject {
            Subject::Participant(_) => AttributeOf::Participant,
            Subject::Transcript(_) => AttributeOf::Transcript,
        };
        let mut attributes: Vec<_> = self.study.attributes().iter().filter(|held| held.of == of).collect();
        attributes.sort_by_key(|attribute| attribute.position);
        let value = |attribute| self.study.value_of(subject, attribute)?.counted().map(str::to_owned);
        attributes.into_iter().filter_map(value).collect()
    }
}

fn sort(rows: &mut [TranscriptRow], order: Order) {
    use std::cmp::Reverse;
    match order {
        Order::Name => {}
        Order::Kind => rows.sort_by_key(|row| row.kind),
        Order::People => rows.sort_by_key(|row| Reverse(row.people)),
        Order::Turns => rows.sort_by_key(|row| Reverse(row.turns)),
        Order::Words => rows.sort_by_key(|row| Reverse(row.words)),
        Order::Coded => rows.sort_by_key(|row| row.coded.unwrap_or(u32::MAX)),
        Order::Read => rows.sort_by_key(|row| row.read),
    }
}
