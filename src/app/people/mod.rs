//! The screen of the participants, by attributes, and the profile of one.

mod attributes;
mod consent;
mod evidence;
mod profile;
mod profile_lines;
mod sorting;

use std::sync::Arc;

pub use attributes::value_words;
pub(super) use attributes::{AskedValue, Setting};
pub use consent::Flag;
pub use profile::{Item, Profile};
pub use profile_lines::ProfileLine;
pub use sorting::Order;

use super::listed::{ListRow, Listed};
use super::{Effect, Model};
use crate::analysis::{Group, Scope};
use crate::study::{AttributeId, AttributeOf, Consent, Hideable, MemoOn, ParticipantId, Subject, Value};
use crate::text::fold_name;

const NOBODY_LISTED: &str = "No participant is listed: import some with `combe import`, or empty the filter.";

/// One participant in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonRow {
    /// Who.
    pub id: ParticipantId,
    /// Their name.
    pub name: String,
    /// Transcripts in which they speak.
    pub transcripts: usize,
    /// Words that they speak.
    pub words: u32,
    /// Codings in which they speak, in layers of record.
    pub codings: u32,
    /// Memos on them.
    pub memos: usize,
    /// Whether they are hidden.
    pub hidden: bool,
    /// What they agreed to; `None` where nobody said, which means all.
    pub consent: Option<Consent>,
    /// Values in the order of [`People::attributes`], as they are shown: a dash is none.
    pub values: Vec<String>,
    /// The rank of the group of each: what is blank is sorted last.
    blanks: Vec<u8>,
    /// What the filter looks in.
    searched: Arc<str>,
}

impl ListRow for PersonRow {
    type Key = ParticipantId;

    fn key(&self) -> ParticipantId {
        self.id
    }
}

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// The participants.
    pub list: Listed<PersonRow>,
    /// What the list is sorted by.
    pub order: Order,
    /// The attributes of participants, in their order.
    pub attributes: Vec<(AttributeId, String)>,
    /// The first attribute that has a column.
    pub first_attribute: usize,
    /// The participant who is looked at alone.
    pub profile: Option<Profile>,
}

impl People {
    /// Esc: leaves the filter, then the profile, then lists everybody. Whether what was left is a profile that somebody
    /// came to from another screen.
    pub(super) fn leave(&mut self) -> bool {
        if self.list.leave_filter() {
            return false;
        }
        match self.profile.take() {
            Some(profile) => profile.visited,
            None => {
                self.list.clear_filter();
                false
            }
        }
    }

    /// Shows columns of attributes further to the right, or to the left.
    pub(super) fn step_attributes(&mut self, by: isize) {
        let last = self.attributes.len().saturating_sub(1);
        self.first_attribute = self.first_attribute.saturating_add_signed(by).min(last);
    }

    pub(super) fn note_place(&self, place: &mut super::Place) {
        place.person = self.profile.as_ref().map(|profile| profile.person);
        place.person_item = self.profile.as_ref().map_or(0, |profile| profile.chosen);
    }

    pub(super) fn restore(&mut self, place: &super::Place) {
        match (&mut self.profile, place.person) {
            (Some(profile), Some(person)) if profile.person == person => profile.choose(place.person_item),
            (profile, person) => {
                *profile = person.map(|person| {
                    let mut profile = Profile::of(person);
                    profile.choose(place.person_item);
                    profile
                });
            }
        }
    }
}

impl Model {
    /// Moves the choice.
    pub(super) fn step_people(&mut self, by: isize) {
        if let Some(profile) = &mut self.people.profile {
            profile.step(by);
            return;
        }
        self.people.list.step(by);
    }

    /// Whoever the keys are about: the profile's participant, else the chosen one. A sentence if there is none.
    pub(super) fn chosen_person(&mut self) -> Option<ParticipantId> {
        let profile = self.people.profile.as_ref().map(|profile| profile.person);
        let person = profile.or_else(|| self.people.list.row().map(|row| row.id));
        if person.is_none() {
            self.refuse(NOBODY_LISTED);
        }
        person
    }

    /// Enter: the profile of the chosen participant; in a profile, what the chosen line is about.
    pub(super) fn open_person(&mut self) -> Vec<Effect> {
        if self.people.profile.is_some() {
            return self.open_profile_item();
        }
        if let Some(person) = self.chosen_person() {
            self.open_profile(person);
        }
        Vec::new()
    }

    /// What a participant is called.
    #[must_use]
    pub fn person_name(&self, person: ParticipantId) -> &str {
        self.study.participants().get(&person).map_or("", |held| &held.name)
    }

    /// Lays out the screen for its part of the window.
    pub(super) fn arrange_people(&mut self) -> Vec<Effect> {
        if self.complete && self.people.profile.is_some() {
            return self.arrange_profile();
        }
        if self.complete && !self.people.list.is_fresh(self.sheets.version()) {
            self.list_people();
        }
        // One row is the header of the columns.
        self.people.list.settle(usize::from(self.body().height.saturating_sub(1)));
        Vec::new()
    }

    fn list_people(&mut self) {
        let version = self.sheets.version();
        if !self.people.list.is_made_of(version) {
            let all = self.all_people();
            self.people.list.put(all, version);
        }
        let People { list, order, attributes, .. } = &mut self.people;
        let mut rows = list.matching(|row| &row.searched);
        order.sort(&mut rows, attributes);
        list.list(rows, None);
    }

    /// A row for each participant, by name; their attributes become the columns.
    fn all_people(&mut self) -> Vec<PersonRow> {
        let everybody = Scope::default();
        let codings = self.sheets.counter(&self.study, &everybody).codings_by_person();
        let attributes = self.study.attributes_of(AttributeOf::Participant);
        self.people.attributes = attributes.iter().map(|held| (held.id, held.name.clone())).collect();
        let people = self.study.participants_by_name().into_iter().map(|held| held.id);
        people.map(|id| self.person_row(id, codings.get(&id).copied().unwrap_or(0))).collect()
    }

    fn person_row(&self, id: ParticipantId, codings: u32) -> PersonRow {
        let study = &self.study;
        let speech: Vec<_> = study.speech_of(id).collect();
        let attributes = study.attributes_of(AttributeOf::Participant).into_iter();
        let held: Vec<Option<&Value>> =
            attributes.map(|attribute| study.value_of(Subject::Participant(id), attribute)).collect();
        let transcripts = speech.iter().filter_map(|(transcript, _)| study.transcripts().get(transcript));
        let names: Vec<&str> = transcripts.map(|transcript| transcript.name.as_str()).collect();
        let words: Vec<String> = held
            .iter()
            .map(|value| value_words(*value))
            .map(|words| format!("{words} {}", words.replace('_', " ")))
            .collect();
        let searched = [self.person_name(id), &names.join(" "), &words.join(" ")].join(" ");
        PersonRow {
            id,
            name: self.person_name(id).to_owned(),
            transcripts: speech.len(),
            words: speech.iter().map(|(_, words)| words).sum(),
            codings,
            memos: study.memos_on(MemoOn::Participant(id)).count(),
            hidden: study.hidden_by(Hideable::Participant(id)).is_some(),
            consent: study.consents().get(&id).cloned(),
            values: held
                .iter()
                .map(|value| value.map_or_else(|| "–".to_owned(), |held| value_words(Some(held))))
                .collect(),
            blanks: held.iter().map(|value| Group::of(*value).rank()).collect(),
            searched: fold_name(&searched).into(),
        }
    }
}
