//! The list of transcripts.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::listed::{ListRow, Listed};
use super::{Effect, Model, Place};
use crate::study::{AttributeOf, Kind, Subject, TranscriptId};
use crate::text::fold_name;

const NOTHING_LISTED: &str = "No transcript is listed: empty the filter to list them all.";

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

impl ListRow for TranscriptRow {
    type Key = TranscriptId;

    fn key(&self) -> TranscriptId {
        self.id
    }
}

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct Transcripts {
    /// The transcripts.
    pub list: Listed<TranscriptRow>,
    /// What the list is sorted by.
    pub order: Order,
    /// Those that were marked, for keys that can be about several.
    pub marked: BTreeSet<TranscriptId>,
}

impl Transcripts {
    pub(super) fn note_place(&self, place: &mut Place) {
        place.order = self.order;
    }

    pub(super) fn restore(&mut self, place: &Place) {
        self.order = place.order;
    }

    /// Those that are marked, in the order of their names; without any, the chosen one.
    pub(super) fn meant(&self) -> Vec<TranscriptId> {
        if self.marked.is_empty() {
            return self.list.row().map(|row| row.id).into_iter().collect();
        }
        self.list.all().iter().map(|row| row.id).filter(|id| self.marked.contains(id)).collect()
    }

    pub(super) fn toggle_mark(&mut self) {
        if let Some(id) = self.list.row().map(|row| row.id) {
            if !self.marked.remove(&id) {
                self.marked.insert(id);
            }
            self.list.step(1);
        }
    }

    pub(super) fn toggle_all_marks(&mut self) {
        let listed = self.list.rows.iter().map(|row| row.id);
        if self.list.rows.iter().all(|row| self.marked.contains(&row.id)) {
            self.marked.clear();
        } else {
            self.marked.extend(listed);
        }
    }

    pub(super) fn unmark_all(&mut self) {
        self.marked.clear();
    }
}

impl Model {
    /// Sorts the list.
    pub(super) fn sort_transcripts(&mut self, order: Order) -> Vec<Effect> {
        self.transcripts.order = order;
        self.transcripts.list.list_again();
        Vec::new()
    }

    /// Opens the chosen transcript.
    pub(super) fn open_chosen_transcript(&mut self) -> Vec<Effect> {
        match self.transcripts.list.row().map(|row| row.id) {
            Some(id) => {
                self.leave_mark();
                self.transcripts.list.leave_filter();
                self.open(id);
            }
            None if self.study.transcripts().is_empty() => return self.preview_import(""),
            None => self.refuse(NOTHING_LISTED),
        }
        Vec::new()
    }

    /// Lays out the list for its part of the window.
    pub(super) fn arrange_transcripts(&mut self) {
        if self.complete && !self.transcripts.list.is_fresh(self.sheets.version()) {
            self.list_transcripts();
        }
        // One row is the header of the columns.
        self.transcripts.list.settle(usize::from(self.body().height.saturating_sub(1)));
    }

    /// Lists what matches the filter, in order. Everything that is listed is counted once for each version of the counts;
    /// typing a filter only looks through it.
    fn list_transcripts(&mut self) {
        let version = self.sheets.version();
        if !self.transcripts.list.is_made_of(version) {
            let ids: Vec<TranscriptId> =
                self.study.transcripts_by_name().iter().map(|held| held.id).collect();
            let all = ids.into_iter().filter_map(|id| self.transcript_row(id)).collect();
            self.transcripts.list.put(all, version);
        }
        let Transcripts { list, order, .. } = &mut self.transcripts;
        let mut rows = list.matching(|row| &row.searched);
        sort(&mut rows, *order);
        list.list(rows, self.read.transcript());
    }

    fn transcript_row(&mut self, id: TranscriptId) -> Option<TranscriptRow> {
        let percent = self
            .sheets
            .coverage(&self.study, id)
            .map(|coverage| (coverage.percent(coverage.by(self.me.id)), coverage.words));
        let (coded, words) = percent.unwrap_or((None, 0));
        let transcript = self.study.transcripts().get(&id)?;
        let turns = self.study.turns(id).map_or(&[][..], |turns| turns.turns.as_slice());
        // Marks of turns that a correction took away stay, and count for nothing.
        let marks = self.read_marks.get(&id);
        let seen = marks.map_or(0, |marks| turns.iter().filter(|turn| marks.contains(&turn.number)).count());
        Some(TranscriptRow {
            id,
            name: transcript.name.clone(),
            kind: transcript.kind,
            people: self.study.speech_in(id).len(),
            turns: turns.len(),
            words,
            coded,
            apart: self.transcript_mark(id),
            searched: self.searched_in(id).into(),
            read: u32::try_from((seen * 100).checked_div(turns.len()).unwrap_or(0)).unwrap_or(100),
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
        let value = |attribute| self.study.value_of(subject, attribute)?.counted().map(str::to_owned);
        self.study.attributes_of(of).into_iter().filter_map(value).collect()
    }
}

fn sort(rows: &mut [Arc<TranscriptRow>], order: Order) {
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
