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

use super::{Effect, Model, TextField};
use crate::analysis::Scope;
use crate::study::{AttributeId, AttributeOf, Consent, MemoOn, ParticipantId, Subject, Value};
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
    /// What they agreed to; `None` where nobody said, which means all.
    pub consent: Option<Consent>,
    /// Values in the order of [`People::attributes`], as they are shown.
    pub values: Vec<String>,
    /// What the filter looks in.
    searched: Arc<str>,
}

/// The state of the screen.
#[derive(Clone, Debug, Default)]
pub struct People {
    /// Only participants that match this are listed.
    pub filter: TextField,
    /// Whether the filter takes what is typed.
    pub filtering: bool,
    /// What the list is sorted by.
    pub order: Order,
    /// All participants that match, in order.
    pub rows: Vec<PersonRow>,
    /// Which row is chosen.
    pub chosen: usize,
    /// The first row in sight.
    pub top: usize,
    /// The attributes of participants, in their order.
    pub attributes: Vec<(AttributeId, String)>,
    /// The first attribute that has a column.
    pub first_attribute: usize,
    /// The participant who is looked at alone.
    pub profile: Option<Profile>,
    /// All participants by name, whatever the filter says.
    all: Vec<PersonRow>,
    /// The version of the counts that these were made under.
    counted: Option<u64>,
    /// Whether the rows are what the filter and the order say.
    listed: bool,
    /// The participant to be chosen when the rows are made.
    kept: Option<ParticipantId>,
}

impl People {
    /// The chosen row.
    #[must_use]
    pub fn row(&self) -> Option<&PersonRow> {
        self.rows.get(self.chosen)
    }

    /// Esc: leaves the filter, then the profile, then lists everybody.
    pub(super) fn leave(&mut self) {
        if self.filtering {
            self.filtering = false;
        } else if self.profile.is_some() {
            self.profile = None;
        } else if !self.filter.is_empty() {
            self.list_again();
            self.filter.clear();
        }
    }

    pub(super) fn filter_changed(&mut self) {
        self.listed = false;
        self.kept = None;
        (self.chosen, self.top) = (0, 0);
    }

    fn list_again(&mut self) {
        self.listed = false;
        self.kept = self.row().map(|row| row.id).or(self.kept);
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
        let list = &mut self.people;
        list.chosen = list.chosen.saturating_add_signed(by).min(list.rows.len().saturating_sub(1));
    }

    /// Whoever the keys are about: the profile's participant, else the chosen one. A sentence if there is none.
    pub(super) fn chosen_person(&mut self) -> Option<ParticipantId> {
        let profile = self.people.profile.as_ref().map(|profile| profile.person);
        let person = profile.or_else(|| self.people.row().map(|row| row.id));
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
        let fresh = self.people.listed && self.people.counted == Some(self.sheets.version());
        if self.complete && !fresh {
            self.make_people_rows();
        }
        // One row is the header of the columns.
        let height = usize::from(self.body().height.saturating_sub(1)).max(1);
        let list = &mut self.people;
        list.chosen = list.chosen.min(list.rows.len().saturating_sub(1));
        list.top = list.top.clamp((list.chosen + 1).saturating_sub(height), list.chosen);
        list.top = list.top.min(list.rows.len().saturating_sub(height));
        Vec::new()
    }

    fn make_people_rows(&mut self) {
        let kept = self.people.kept.take().or_else(|| self.people.row().map(|row| row.id));
        self.count_people();
        let list = &mut self.people;
        let wanted: Vec<String> = list.filter.text().split_whitespace().map(fold_name).collect();
        let matches = |row: &&PersonRow| wanted.iter().all(|word| row.searched.contains(word.as_str()));
        let mut rows: Vec<PersonRow> = list.all.iter().filter(matches).cloned().collect();
        list.order.sort(&mut rows, &list.attributes);
        list.rows = rows;
        list.listed = true;
        if let Some(at) = kept.and_then(|kept| list.rows.iter().position(|row| row.id == kept)) {
            list.chosen = at;
        }
    }

    fn count_people(&mut self) {
        if self.people.counted == Some(self.sheets.version()) {
            return;
        }
        let everybody = Scope::default();
        let codings = self.sheets.counter(&self.study, &everybody).codings_by_person();
        let attributes = self.study.attributes_of(AttributeOf::Participant);
        self.people.attributes = attributes.iter().map(|held| (held.id, held.name.clone())).collect();
        let people: Vec<ParticipantId> =
            self.study.participants_by_name().iter().map(|held| held.id).collect();
        let row = |id: &ParticipantId| self.person_row(*id, codings.get(id).copied().unwrap_or(0));
        self.people.all = people.iter().map(row).collect();
        self.people.counted = Some(self.sheets.version());
    }

    fn person_row(&self, id: ParticipantId, codings: u32) -> PersonRow {
        let study = &self.study;
        let speech: Vec<_> = study.speech_of(id).collect();
        let values = study.attributes_of(AttributeOf::Participant).into_iter().map(|attribute| {
            study
                .value_of(Subject::Participant(id), attribute)
                .map_or_else(|| String::from("–"), value_in_list)
        });
        let values: Vec<String> = values.collect();
        let transcripts = speech.iter().filter_map(|(transcript, _)| study.transcripts().get(transcript));
        let names: Vec<&str> = transcripts.map(|transcript| transcript.name.as_str()).collect();
        let words: Vec<String> =
            values.iter().map(|value| format!("{value} {}", value.replace('_', " "))).collect();
        let searched = [self.person_name(id), &names.join(" "), &words.join(" ")].join(" ");
        PersonRow {
            id,
            name: self.person_name(id).to_owned(),
            transcripts: speech.len(),
            words: speech.iter().map(|(_, words)| words).sum(),
            codings,
            memos: study.memos_on(MemoOn::Participant(id)).count(),
            consent: study.consents().get(&id).cloned(),
            values,
            searched: fold_name(&searched).into(),
        }
    }
}

/// A value in a column. The three blanks are told apart.
fn value_in_list(value: &Value) -> String {
    match value {
        Value::Given(values) => values.join("; "),
        Value::DoesNotApply => String::from("–"),
        Value::Missing => String::from("missing"),
        Value::PreferNotToSay => String::from("not said"),
    }
}
