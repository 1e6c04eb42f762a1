//! Filters on who speaks and on attributes: `speaker:` and the attributes of the study.

use std::collections::{BTreeMap, BTreeSet};

use super::super::query::{Filter, fold_attribute};
use super::{Filters, Problem, no_such, one_of, the_nearest};
use crate::search::TurnSet;
use crate::search::corpus::Entry;
use crate::study::{
    Attribute, AttributeOf, ParticipantId, Subject, TranscriptId, Value, Voice, fold_short_name,
};
use crate::text::fold_label;

/// The words of roles.
const ROLES: [(&str, Voice); 4] = [
    ("interviewer", Voice::Interviewer),
    ("other", Voice::Other),
    ("several", Voice::Several),
    ("unknown", Voice::Unknown),
];

impl Filters<'_> {
    /// Turns whose label, role or participant has that name. A turn that overrides its label is found by who
    /// spoke it.
    ///
    /// Where nobody has that name, it may be the beginning of just one.
    pub(super) fn spoken_by(&self, filter: &Filter) -> Result<TurnSet, Problem> {
        if let Some(set) = self.spoken_by_name(&filter.value) {
            return Ok(set);
        }
        let wanted = fold_label(&filter.value);
        let people = || self.study.participants().iter().map(|participant| participant.name.as_str());
        let labels = || self.study.speakers().iter().map(|speaker| speaker.label.as_str());
        let names = begun_by(&wanted, people().chain(labels()), fold_label);
        match names.as_slice() {
            [] => Err(no_such(filter, the_nearest("speaker", &filter.value, people().chain(labels())))),
            [only] => self.spoken_by_name(only).ok_or_else(|| no_such(filter, String::new())),
            many => Err(no_such(filter, one_of("it is the beginning of", many.iter().map(String::as_str)))),
        }
    }

    /// `None` if nobody is called so.
    fn spoken_by_name(&self, name: &str) -> Option<TurnSet> {
        let wanted = fold_label(name);
        let participant = self.study.participant_named(name).map(|participant| participant.id);
        let role = ROLES.iter().find(|(word, _)| *word == wanted).map(|(_, voice)| *voice);
        let any_participant = wanted == "participant";
        let renamed: BTreeSet<(TranscriptId, &str)> = self
            .study
            .speakers()
            .iter()
            .filter(|speaker| fold_label(&speaker.label) == wanted)
            .map(|speaker| (speaker.transcript, speaker.key.as_str()))
            .collect();
        let mut known = participant.is_some() || role.is_some() || any_participant || !renamed.is_empty();
        let set = self.turns_by(
            |entry, key| {
                let found = key == wanted || renamed.contains(&(entry.transcript, key));
                known |= found;
                found
            },
            |voice| {
                voice.participant().is_some_and(|id| any_participant || participant == Some(id))
                    || role == Some(voice)
            },
        );
        known.then_some(set)
    }

    /// Turns spoken by participants who have that value, whichever of several it is. For an attribute of
    /// transcripts alone, or a value that only transcripts have: all turns of those transcripts. What is no value may be the
    /// beginning of just one.
    pub(super) fn with_attribute(&self, name: &str, filter: &Filter) -> Result<TurnSet, Problem> {
        let mut values: Vec<&str> = Vec::new();
        if let Some(set) = self.with_value(name, &filter.value, &mut values) {
            return Ok(set);
        }
        let begun = begun_by(&fold_short_name(&filter.value), values.iter().copied(), fold_short_name);
        if let [only] = begun.as_slice()
            && let Some(set) = self.with_value(name, only, &mut Vec::new())
        {
            return Ok(set);
        }
        values.sort_unstable();
        values.dedup();
        let hint = match values.is_empty() {
            true => "it has no values yet".into(),
            false => one_of("its values are", values.into_iter()),
        };
        Err(no_such(filter, hint))
    }

    /// `None` if nobody has that value; those that somebody has are added to `values`.
    fn with_value<'s>(&'s self, name: &str, value: &str, values: &mut Vec<&'s str>) -> Option<TurnSet> {
        let wanted = Wanted::of(value);
        for of in [AttributeOf::Participant, AttributeOf::Transcript] {
            let named = |attribute: &&Attribute| {
                attribute.of == of && fold_attribute(&attribute.name) == fold_attribute(name)
            };
            for attribute in self.study.attributes().iter().filter(named) {
                let set = match of {
                    AttributeOf::Participant => self.participants_with(attribute, &wanted, values),
                    AttributeOf::Transcript => self.transcripts_with(attribute, &wanted, values),
                };
                if set.is_some() {
                    return set;
                }
            }
        }
        None
    }

    /// `None` if no participant has the value.
    fn participants_with<'s>(
        &'s self,
        attribute: &Attribute,
        wanted: &Wanted,
        values: &mut Vec<&'s str>,
    ) -> Option<TurnSet> {
        let with: BTreeSet<ParticipantId> = self
            .study
            .participants()
            .iter()
            .map(|participant| participant.id)
            .filter(|id| self.has(Subject::Participant(*id), attribute, wanted, values))
            .collect();
        let accepts = |voice: Voice| voice.participant().is_some_and(|id| with.contains(&id));
        (!with.is_empty()).then(|| self.turns_by(|_, _| false, accepts))
    }

    /// `None` if no transcript has the value.
    fn transcripts_with<'s>(
        &'s self,
        attribute: &Attribute,
        wanted: &Wanted,
        values: &mut Vec<&'s str>,
    ) -> Option<TurnSet> {
        let mut set = None;
        for entry in self.corpus.entries() {
            if self.has(Subject::Transcript(entry.transcript), attribute, wanted, values) {
                set.get_or_insert_with(|| TurnSet::none(self.corpus.size())).insert_range(entry.range());
            }
        }
        set
    }

    /// Whether a subject has the value; those it has are added to `values`.
    fn has<'s>(
        &'s self,
        subject: Subject,
        attribute: &Attribute,
        wanted: &Wanted,
        values: &mut Vec<&'s str>,
    ) -> bool {
        let value = self.study.value_of(subject, attribute);
        if let Some(Value::Given(given)) = value {
            values.extend(given.iter().map(String::as_str));
        }
        wanted.is(value)
    }

    /// Turns whose label is accepted, or whose voice is. Turns that override their label go by their voice
    /// alone.
    fn turns_by(
        &self,
        mut by_label: impl FnMut(&Entry, &str) -> bool,
        by_voice: impl Fn(Voice) -> bool,
    ) -> TurnSet {
        let mut set = TurnSet::none(self.corpus.size());
        for entry in self.corpus.entries() {
            let speakers = &entry.turns.speakers;
            let mut accepted: Vec<bool> = vec![by_voice(Voice::Unknown); speakers.len()];
            let bindings = self.study.bindings().from((entry.transcript, String::new()));
            for binding in bindings.take_while(|binding| binding.transcript == entry.transcript) {
                let speaker = speakers.iter().position(|key| *key == binding.speaker);
                if let Some(accepted) = speaker.and_then(|speaker| accepted.get_mut(speaker)) {
                    *accepted = by_voice(binding.voice);
                }
            }
            for (accepted, key) in accepted.iter_mut().zip(speakers) {
                *accepted = by_label(entry, key) || *accepted;
            }
            if !accepted.contains(&true) {
                continue;
            }
            for (place, turn) in (entry.first..).zip(&entry.turns.turns) {
                if accepted.get(usize::from(turn.speaker)) == Some(&true) {
                    set.insert(place);
                }
            }
        }
        for turn in self.study.turn_voices().iter() {
            let Some(entry) = self.corpus.entry_of(turn.transcript) else { continue };
            let Some(index) = entry.turns.index_of(turn.turn) else { continue };
            let place = entry.first + u32::try_from(index).unwrap_or(u32::MAX);
            if by_voice(turn.voice) { set.insert(place) } else { set.remove(place) }
        }
        set
    }
}

/// Whether a value of an attribute is the one that a filter asks for, whichever of several it is. No value at all is what
/// `not_recorded` asks for.
#[must_use]
pub fn has_value(wanted: &str, value: Option<&Value>) -> bool {
    Wanted::of(wanted).is(value)
}

/// The names that begin with what is wanted, each spelling once.
fn begun_by<'n>(wanted: &str, names: impl Iterator<Item = &'n str>, fold: fn(&str) -> String) -> Vec<String> {
    let mut found = BTreeMap::new();
    for name in names.filter(|_| !wanted.is_empty()) {
        let folded = fold(name);
        if folded.starts_with(wanted) {
            found.entry(folded).or_insert_with(|| name.to_owned());
        }
    }
    found.into_values().collect()
}

/// A value as a filter asks for it.
enum Wanted {
    /// One of the three blanks.
    Blank(Value),
    /// No value at all.
    NotRecorded,
    /// A value, folded.
    Given(String),
}

impl Wanted {
    fn of(value: &str) -> Self {
        match Value::from_cell(value) {
            Some(blank @ (Value::Missing | Value::PreferNotToSay | Value::DoesNotApply)) => {
                Self::Blank(blank)
            }
            None if !value.trim().is_empty() => Self::NotRecorded,
            _ => Self::Given(fold_short_name(value)),
        }
    }

    /// Whether `value` is it.
    fn is(&self, value: Option<&Value>) -> bool {
        match (self, value) {
            (Self::Blank(blank), Some(value)) => value == blank,
            (Self::NotRecorded, value) => value.is_none(),
            (Self::Given(wanted), Some(Value::Given(given))) => {
                given.iter().any(|given| fold_short_name(given) == *wanted)
            }
            (Self::Blank(_) | Self::Given(_), _) => false,
        }
    }
}
