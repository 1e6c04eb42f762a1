//! The columns of a comparison: the values of one attribute of participants, and who has none.

use std::collections::{BTreeMap, BTreeSet};

use super::tally::{Count, Scope};
use crate::study::{AttributeOf, Kind, ParticipantId, Study, Subject, Transcript, TranscriptId, Value};
use crate::text::fold_name;

/// Whom a column counts. The three blanks are never mixed, nor is what nobody recorded one of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Group {
    /// Participants with this value, spelt as it was first met; case and blanks do not tell values apart.
    Value(String),
    /// Participants to whom the attribute does not apply.
    DoesNotApply,
    /// Participants whose value is missing.
    Missing,
    /// Participants who would rather not say.
    PreferNotToSay,
    /// Participants of whom nothing is recorded.
    NotRecorded,
}

impl Group {
    /// The group of a value.
    #[must_use]
    pub fn of(value: Option<&Value>) -> Self {
        match value {
            Some(Value::Given(values)) => {
                values.first().map_or(Group::NotRecorded, |first| Group::Value(first.clone()))
            }
            Some(Value::DoesNotApply) => Group::DoesNotApply,
            Some(Value::Missing) => Group::Missing,
            Some(Value::PreferNotToSay) => Group::PreferNotToSay,
            None => Group::NotRecorded,
        }
    }

    /// The heading: the value, or the words of the blank.
    #[must_use]
    pub fn label(&self) -> &str {
        match self {
            Group::Value(value) => value,
            Group::DoesNotApply => "does not apply",
            Group::Missing => "missing",
            Group::PreferNotToSay => "prefers not to say",
            Group::NotRecorded => "not recorded",
        }
    }

    /// What a filter and a cell of a table call it.
    #[must_use]
    pub fn cell(&self) -> String {
        match self {
            Group::Value(value) => value.clone(),
            Group::DoesNotApply => Value::DoesNotApply.to_cell(),
            Group::Missing => Value::Missing.to_cell(),
            Group::PreferNotToSay => Value::PreferNotToSay.to_cell(),
            Group::NotRecorded => Value::NOT_RECORDED.into(),
        }
    }

    /// Where it comes in a list: values, then the blanks, then what is not recorded.
    #[must_use]
    pub fn rank(&self) -> u8 {
        match self {
            Group::Value(_) => 0,
            Group::DoesNotApply => 1,
            Group::Missing => 2,
            Group::PreferNotToSay => 3,
            Group::NotRecorded => 4,
        }
    }

    /// What tells groups apart: case and blanks of a value do not.
    #[must_use]
    pub fn folded(&self) -> (u8, String) {
        (self.rank(), fold_name(self.label()))
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

/// The columns of an attribute: bands by their number, other values in the order in which participants came into the study,
/// then the blanks.
/// Only what somebody with imported speech has.
#[derive(Clone, Debug, Default)]
pub struct Columns {
    /// Name of the attribute; `None` if nothing is compared, and then there are no columns.
    pub attribute: Option<String>,
    /// The columns.
    pub columns: Vec<Column>,
}

impl Columns {
    /// The columns of the attribute of that name, or none if participants have no such attribute.
    pub(super) fn of(study: &Study, scope: &Scope, name: Option<&str>) -> Self {
        let attribute = name.and_then(|name| study.attribute_named(AttributeOf::Participant, name));
        let Some(attribute) = attribute else { return Self::default() };
        let mut met = Met::default();
        let slots: BTreeMap<ParticipantId, usize> = study
            .participants()
            .iter()
            .map(|person| {
                let value = study.value_of(Subject::Participant(person.id), attribute);
                (person.id, met.slot_of(Group::of(value)))
            })
            .collect();
        let mut audiences: BTreeMap<usize, Audience> = BTreeMap::new();
        for transcript in study.transcripts().iter().filter(|transcript| scope.has_transcript(transcript)) {
            for person in study.speech_in(transcript.id).keys().filter(|person| scope.has_person(**person)) {
                let slot = slots.get(person).copied().unwrap_or_else(|| met.slot_of(Group::NotRecorded));
                audiences.entry(slot).or_default().hear(transcript, *person);
            }
        }
        let groups = met.0.into_iter().enumerate();
        let mut columns: Vec<Column> = groups
            .filter_map(|(slot, (_, group))| {
                let audience = audiences.remove(&slot)?;
                Some(Column { group, base: audience.base(), people: audience.people.into_keys().collect() })
            })
            .collect();
        sort_for_print(&mut columns, |column| &column.group);
        Self { attribute: Some(attribute.name.clone()), columns }
    }
}

/// Values that begin with a number, as bands of age and of years do, by that number, what is less than all of it first;
/// other values as they were met; then the blanks.
pub(super) fn sort_for_print<T>(groups: &mut [T], group: impl Fn(&T) -> &Group) {
    let band = |value: &str| -> Option<u64> {
        let folded = fold_name(value);
        let below = ["less than", "under", "lt", "<"].iter().find_map(|word| folded.strip_prefix(word));
        let digits: String = below
            .unwrap_or(&folded)
            .trim_start_matches(['_', ' '])
            .chars()
            .take_while(char::is_ascii_digit)
            .collect();
        let number: u64 = digits.parse().ok()?;
        Some(number * 2 + u64::from(below.is_none()))
    };
    let is_bands = groups.iter().all(|held| match group(held) {
        Group::Value(value) => band(value).is_some() || fold_name(value).starts_with("less than"),
        _ => true,
    });
    groups.sort_by_key(|held| {
        let band = match group(held) {
            Group::Value(value) if is_bands => band(value).unwrap_or(0),
            _ => 0,
        };
        (group(held).rank(), band)
    });
}

/// Groups met so far, each as it was first spelt.
#[derive(Default)]
struct Met(Vec<((u8, String), Group)>);

impl Met {
    /// Its place among those met.
    fn slot_of(&mut self, group: Group) -> usize {
        let folded = group.folded();
        let known = self.0.iter().position(|(held, _)| *held == folded);
        known.unwrap_or_else(|| {
            self.0.push((folded, group));
            self.0.len() - 1
        })
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

/// Whether a transcript of the scope is one of those in which something can be said: somebody speaks in it who was chosen; where
/// nobody was chosen, it is not hidden whole, also if no participant speaks in it.
pub(super) fn counts_transcript(study: &Study, scope: &Scope, transcript: &Transcript) -> bool {
    scope.has_transcript(transcript)
        && match &scope.people {
            Some(_) => study.speech_in(transcript.id).keys().any(|person| scope.has_person(*person)),
            None => !study.is_speech_hidden(transcript.id),
        }
}

/// The denominators of the whole scope.
pub(super) fn base(study: &Study, scope: &Scope) -> Count {
    let mut audience = Audience::default();
    let mut silent = Count::default();
    for transcript in study.transcripts().iter().filter(|held| counts_transcript(study, scope, held)) {
        let mut people = study.speech_in(transcript.id).keys().filter(|person| scope.has_person(**person));
        match people.next() {
            Some(first) => {
                std::iter::once(first).chain(people).for_each(|person| audience.hear(transcript, *person));
            }
            None => {
                silent.all.of_transcripts += 1;
                silent.of_kind_mut(transcript.kind).of_transcripts += 1;
            }
        }
    }
    let mut base = audience.base();
    base.all.of_transcripts += silent.all.of_transcripts;
    for kind in [Kind::Interview, Kind::FocusGroup] {
        base.of_kind_mut(kind).of_transcripts += silent.of_kind(kind).of_transcripts;
    }
    base
}
