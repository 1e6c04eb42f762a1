//! The columns of a comparison: the values of one attribute of participants.

use std::collections::{BTreeMap, BTreeSet};

use super::tally::{Count, Scope};
use crate::study::{AttributeOf, Kind, ParticipantId, Study, Subject, Transcript, TranscriptId, Value};
use crate::text::fold_name;

/// Whom a column counts. The three blanks are never mixed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Group {
    /// Participants with this value, spelt as it was first met; case and blanks do not tell values apart.
    Value(String),
    /// Participants to whom the attribute does not apply, or of whom nothing is said.
    DoesNotApply,
    /// Participants whose value is missing.
    Missing,
    /// Participants who would rather not say.
    PreferNotToSay,
}

impl Group {
    /// The heading.
    #[must_use]
    pub fn label(&self) -> &str {
        match self {
            Group::Value(value) => value,
            Group::DoesNotApply => "does not apply",
            Group::Missing => "missing",
            Group::PreferNotToSay => "prefer not to say",
        }
    }
}

/// One column.
#[derive(Clone, Debug)]
pub struct Column {
    /// Whom it counts.
    pub group: Group,
    /// Those of them with imported speech in the scope.
    pub people: BTreeSet<ParticipantId>,
    /// A count of nothing, with the denominators in place.
    pub base: Count,
}

/// The columns of an attribute: values in the order in which participants came into the study, then the blanks.
/// Only what somebody with imported speech has.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// Name of the attribute; `None` if nothing is compared, and then there are no columns.
    pub attribute: Option<String>,
    /// The columns.
    pub columns: Vec<Column>,
}

/// Which column a participant is in; the order is that of the columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Slot {
    /// With the place of the value among those met.
    Value(usize),
    DoesNotApply,
    Missing,
    PreferNotToSay,
}

impl Columns {
    /// The columns of the attribute of that name, or none if participants have no such attribute.
    pub(super) fn of(study: &Study, scope: &Scope, name: Option<&str>) -> Self {
        let attribute = name.and_then(|name| study.attribute_named(AttributeOf::Participant, name));
        let Some(attribute) = attribute else { return Self::default() };
        let mut values = Values::default();
        let slots: BTreeMap<ParticipantId, Slot> = study
            .participants()
            .iter()
            .map(|person| {
                let value = study.value_of(Subject::Participant(person.id), attribute);
                (person.id, values.slot_of(value))
            })
            .collect();
        let mut audiences: BTreeMap<Slot, Audience> = BTreeMap::new();
        for transcript in study.transcripts().iter().filter(|transcript| scope.has_transcript(transcript)) {
            for person in study.speech_in(transcript.id).keys().filter(|person| scope.has_person(**person)) {
                let slot = slots.get(person).copied().unwrap_or(Slot::DoesNotApply);
                audiences.entry(slot).or_default().hear(transcript, *person);
            }
        }
        let columns = audiences.into_iter().map(|(slot, audience)| Column {
            group: values.group(slot),
            base: audience.base(),
            people: audience.people.into_keys().collect(),
        });
        Self { attribute: Some(attribute.name.clone()), columns: columns.collect() }
    }
}

/// Values met so far: folded, and as first spelt.
#[derive(Default)]
struct Values(Vec<(String, String)>);

impl Values {
    fn slot_of(&mut self, value: Option<&Value>) -> Slot {
        let given = match value {
            Some(Value::Missing) => return Slot::Missing,
            Some(Value::PreferNotToSay) => return Slot::PreferNotToSay,
            value => match value.and_then(Value::counted) {
                Some(given) => given,
                None => return Slot::DoesNotApply,
            },
        };
        let folded = fold_name(given);
        let known = self.0.iter().position(|(held, _)| *held == folded);
        Slot::Value(known.unwrap_or_else(|| {
            self.0.push((folded, given.to_owned()));
            self.0.len() - 1
        }))
    }

    fn group(&self, slot: Slot) -> Group {
        match slot {
            Slot::Value(index) => {
                Group::Value(self.0.get(index).map(|(_, first)| first.clone()).unwrap_or_default())
            }
            Slot::DoesNotApply => Group::DoesNotApply,
            Slot::Missing => Group::Missing,
            Slot::PreferNotToSay => Group::PreferNotToSay,
        }
    }
}

/// People with speech, in which kinds of transcripts each is heard, and how many transcripts that makes.
#[derive(Default)]
struct Audience {
    people: BTreeMap<ParticipantId, BTreeSet<Kind>>,
    transcripts: Count,
    last: Option<TranscriptId>,
}

impl Audience {
    /// Takes in one person of a transcript; transcripts come one after the other.
    fn hear(&mut self, transcript: &Transcript, person: ParticipantId) {
        self.people.entry(person).or_default().insert(transcript.kind);
        if self.last.replace(transcript.id) != Some(transcript.id) {
            self.transcripts.all.of_transcripts += 1;
            self.transcripts.of_kind_mut(transcript.kind).of_transcripts += 1;
        }
    }

    /// A count of nothing, with the denominators in place.
    fn base(&self) -> Count {
        let mut base = self.transcripts;
        for kinds in self.people.values() {
            base.all.of += 1;
            for kind in kinds {
                base.of_kind_mut(*kind).of += 1;
            }
        }
        base
    }
}

/// The denominators of the whole scope. Without a choice of people, transcripts in which no participant speaks are in it.
pub(super) fn base(study: &Study, scope: &Scope) -> Count {
    let mut audience = Audience::default();
    let mut silent = Count::default();
    let shown = |transcript: &&Transcript| {
        scope.has_transcript(transcript) && !study.is_transcript_hidden(transcript.id)
    };
    for transcript in study.transcripts().iter().filter(shown) {
        let mut people = study.speech_in(transcript.id).keys().filter(|person| scope.has_person(**person));
        match people.next() {
            Some(first) => {
                std::iter::once(first).chain(people).for_each(|person| audience.hear(transcript, *person));
            }
            None if scope.people.is_none() => {
                silent.all.of_transcripts += 1;
                silent.of_kind_mut(transcript.kind).of_transcripts += 1;
            }
            None => {}
        }
    }
    let mut base = audience.base();
    base.all.of_transcripts += silent.all.of_transcripts;
    for kind in [Kind::Interview, Kind::FocusGroup] {
        base.of_kind_mut(kind).of_transcripts += silent.of_kind(kind).of_transcripts;
    }
    base
}
