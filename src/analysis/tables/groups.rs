//! Groups set side by side: the values of an attribute of participants or of transcripts, or interviews against focus
//! groups.
//!
//! A group counts codings in which one of its people speaks. What is left without a person is in no group.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use unicode_width::UnicodeWidthStr;

use super::super::columns::{Columns, Group, sort_for_print};
use super::super::count::on_side;
use super::super::tally::Passage;
use super::super::{Counter, Figures};
use super::paper::key_of;
use super::themes::SIDES;
use super::{BarPair, Evidence, Measure, TableError, plain};
use crate::study::{Attribute, AttributeOf, CodeId, Kind, ParticipantId, RevisionId, Subject, TranscriptId};
use crate::text::{fold_name, most_like};

/// How many groups a table sets side by side at most.
pub const MOST_GROUPS: usize = 50;
/// Columns of a wording that can stand above a column of numbers.
const SHORT: usize = 24;

/// The groups of one attribute.
#[derive(Clone, Debug, Default)]
pub(super) struct Groups {
    /// What they are groups of; `None` without any.
    pub(super) name: Option<String>,
    /// The groups.
    pub(super) groups: Vec<GroupOf>,
    by_person: BTreeMap<ParticipantId, usize>,
    by_transcript: BTreeMap<TranscriptId, usize>,
}

/// One group.
#[derive(Clone, Debug)]
pub(super) struct GroupOf {
    /// Which value.
    pub(super) group: Group,
    /// What the study calls it in running text.
    pub(super) wording: String,
    /// Participants with imported speech in it: its N.
    pub(super) people: Arc<BTreeSet<ParticipantId>>,
    /// Its transcripts, if it is one of transcripts.
    transcripts: Option<Arc<BTreeSet<TranscriptId>>>,
}

impl GroupOf {
    /// Its N.
    pub(super) fn of(&self) -> u32 {
        u32::try_from(self.people.len()).unwrap_or(u32::MAX)
    }

    /// What stands above a column of it: its wording, where that is short enough, else the value itself.
    pub(super) fn label(&self) -> String {
        match self.wording.width() {
            ..=SHORT => self.wording.clone(),
            _ => plain(self.group.label()),
        }
    }

    /// What stands above its numbers. An N is one of people: over codings it would lie.
    pub(super) fn title(&self, measure: Measure) -> String {
        match measure {
            Measure::People => format!("{} (N = {})", self.label(), self.of()),
            Measure::Codings => measure.title(&self.label()),
        }
    }

    /// A word for other programs.
    pub(super) fn key(&self) -> String {
        key_of(&self.group.cell())
    }

    /// Of what stands behind a number, only what is of this group.
    pub(super) fn narrow(&self, evidence: Evidence) -> Evidence {
        Evidence {
            people: Some(meet(evidence.people.as_ref(), &self.people)),
            transcripts: match &self.transcripts {
                Some(these) => Some(meet(evidence.transcripts.as_ref(), these)),
                None => evidence.transcripts,
            },
            ..evidence
        }
    }
}

fn meet<T: Ord + Clone>(held: Option<&Arc<BTreeSet<T>>>, these: &Arc<BTreeSet<T>>) -> Arc<BTreeSet<T>> {
    match held {
        Some(held) => Arc::new(held.intersection(these).cloned().collect()),
        None => Arc::clone(these),
    }
}

impl Groups {
    /// The groups of an attribute by its name, `kind` for the kinds of transcripts; none without a name.
    pub(super) fn of(counter: &Counter<'_>, name: Option<&str>) -> Result<Self, TableError> {
        let Some(name) = name.map(str::trim).filter(|name| !name.is_empty()) else {
            return Ok(Self::default());
        };
        let study = counter.study();
        let groups = if let Some(attribute) = study.attribute_named(AttributeOf::Participant, name) {
            Self::of_people(counter, attribute)
        } else if let Some(attribute) = study.attribute_named(AttributeOf::Transcript, name) {
            Self::of_transcripts(counter, &attribute.name, |transcript| {
                Group::of(study.value_of(Subject::Transcript(transcript), attribute))
            })
        } else if fold_name(name) == "kind" {
            let kind = |transcript| match study.transcripts().get(&transcript).map(|held| held.kind) {
                Some(Kind::FocusGroup) => Group::Value("focus groups".into()),
                _ => Group::Value("interviews".into()),
            };
            Self::of_transcripts(counter, "kind", kind)
        } else {
            let known: Vec<&str> = study.attributes().iter().map(|held| held.name.as_str()).collect();
            let hint = match most_like(name, known.iter().copied()) {
                Some(near) => format!("the nearest name is {near}"),
                None => "there are none yet: import a list of participants".into(),
            };
            return Err(TableError::NoAttribute { name: name.into(), hint });
        };
        if groups.groups.len() > MOST_GROUPS {
            let (name, values) = (groups.name.unwrap_or_default(), groups.groups.len());
            return Err(TableError::TooMany { name, values });
        }
        Ok(groups)
    }

    fn of_people(counter: &Counter<'_>, attribute: &Attribute) -> Self {
        let columns = Columns::of(counter.study(), counter.scope(), Some(&attribute.name));
        let groups: Vec<GroupOf> = columns
            .columns
            .into_iter()
            .map(|column| GroupOf {
                wording: wording(counter, &attribute.name, &column.group),
                group: column.group,
                people: Arc::new(column.people),
                transcripts: None,
            })
            .collect();
        let place = |(at, group): (usize, &GroupOf)| {
            group.people.iter().map(move |person| (*person, at)).collect::<Vec<_>>()
        };
        let by_person = groups.iter().enumerate().flat_map(place).collect();
        Self { name: Some(attribute.name.clone()), groups, by_person, by_transcript: BTreeMap::new() }
    }

    fn of_transcripts(counter: &Counter<'_>, name: &str, group: impl Fn(TranscriptId) -> Group) -> Self {
        let mut found: Vec<(Group, BTreeSet<ParticipantId>, BTreeSet<TranscriptId>)> = Vec::new();
        let mut by_name: BTreeMap<(u8, String), usize> = BTreeMap::new();
        for (transcript, people) in counter.heard() {
            let group = group(transcript);
            let at = *by_name.entry(group.folded()).or_insert_with(|| {
                found.push((group, BTreeSet::new(), BTreeSet::new()));
                found.len() - 1
            });
            if let Some((_, held, transcripts)) = found.get_mut(at) {
                held.extend(people);
                transcripts.insert(transcript);
            }
        }
        let mut groups: Vec<GroupOf> = found
            .into_iter()
            .map(|(group, people, transcripts)| GroupOf {
                wording: wording(counter, name, &group),
                group,
                people: Arc::new(people),
                transcripts: Some(Arc::new(transcripts)),
            })
            .collect();
        sort_for_print(&mut groups, |group| &group.group);
        let mut by_transcript = BTreeMap::new();
        for (at, group) in groups.iter().enumerate() {
            by_transcript.extend(group.transcripts.iter().flat_map(|held| held.iter()).map(|id| (*id, at)));
        }
        Self { name: Some(name.to_owned()), groups, by_person: BTreeMap::new(), by_transcript }
    }

    /// Which group a participant is in, when heard in that transcript.
    pub(super) fn place(&self, person: ParticipantId, transcript: TranscriptId) -> Option<usize> {
        self.by_person.get(&person).or_else(|| self.by_transcript.get(&transcript)).copied()
    }

    /// The bars of one row of a picture: a pair for each group, or that of everybody where no groups are set side by side.
    pub(super) fn bars(
        &self,
        counter: &Counter<'_>,
        (label, passages): (&str, &[Passage<'_>]),
        everybody: [u32; 2],
        measure: Measure,
    ) -> Vec<BarPair> {
        let pair = |group, [barrier, facilitator]: [u32; 2]| BarPair {
            label: label.to_owned(),
            group,
            barrier,
            facilitator,
        };
        if self.groups.is_empty() {
            return vec![pair(None, everybody)];
        }
        let sides = SIDES.map(|side| self.count(counter, &on_side(passages, Some(side))));
        let of_group = |(at, group): (usize, &GroupOf)| {
            let numbers = sides.each_ref().map(|side| side.get(at).map_or(0, |held| measure.of(held)));
            pair(Some(group.label()), numbers)
        };
        self.groups.iter().enumerate().map(of_group).collect()
    }

    /// Counts passages by group.
    pub(super) fn count(&self, counter: &Counter<'_>, passages: &[Passage<'_>]) -> Vec<Figures> {
        let place = |person, transcript| self.place(person, transcript);
        let mut counted = count_by(counter, passages, self.groups.len(), place);
        for (figures, group) in counted.iter_mut().zip(&self.groups) {
            figures.of = group.of();
        }
        counted
    }
}

/// A group as running text calls it: in the study's own wording of a value, else with blanks for underscores.
pub(super) fn wording(counter: &Counter<'_>, attribute: &str, group: &Group) -> String {
    let settings = &counter.study().settings.attribution;
    let worded = match group {
        Group::Value(value) => settings.wording_of(attribute, value),
        _ => None,
    };
    worded.map_or_else(|| plain(group.label()), str::to_owned)
}

/// Counts passages by cells: `place` says in which cell a person is, when heard in a transcript. A passage with people of
/// two cells is in both, once each; passages that overlap, of one code and cell, are one coding.
pub(super) fn count_by(
    counter: &Counter<'_>,
    passages: &[Passage<'_>],
    cells: usize,
    place: impl Fn(ParticipantId, TranscriptId) -> Option<usize>,
) -> Vec<Figures> {
    let mut counted = vec![Figures::default(); cells];
    let mut people: Vec<(usize, ParticipantId)> = Vec::new();
    let mut open: Vec<Option<(usize, CodeId, RevisionId, u32)>> = vec![None; cells];
    let mut in_transcript: Vec<Option<usize>> = vec![None; cells];
    let mut here: Vec<usize> = Vec::new();
    for passage in passages {
        let Some(transcript) = counter.transcript(passage.transcript) else { continue };
        here.clear();
        for person in passage.quote.people.iter().filter(|person| counter.scope().has_person(**person)) {
            if let Some(cell) = place(*person, transcript.id).filter(|cell| *cell < cells) {
                people.push((cell, *person));
                if !here.contains(&cell) {
                    here.push(cell);
                }
            }
        }
        let span = passage.quote.span;
        for cell in &here {
            let (Some(figures), Some(held)) = (counted.get_mut(*cell), open.get_mut(*cell)) else { continue };
            let this = (passage.transcript, passage.coding.code, passage.quote.revision);
            match held {
                Some((transcript, code, revision, end))
                    if (*transcript, *code, *revision) == this && span.start < *end =>
                {
                    *end = (*end).max(span.end);
                }
                _ => {
                    figures.codings += 1;
                    *held = Some((this.0, this.1, this.2, span.end));
                    let last = in_transcript.get_mut(*cell);
                    if last.and_then(|last| last.replace(passage.transcript)) != Some(passage.transcript) {
                        figures.transcripts += 1;
                    }
                }
            }
        }
    }
    people.sort_unstable();
    people.dedup();
    for (cell, _) in people {
        if let Some(figures) = counted.get_mut(cell) {
            figures.people += 1;
        }
    }
    counted
}

impl Counter<'_> {
    /// Transcripts of the scope in the order of the study, with the people of the scope who are heard in them.
    pub(super) fn heard(&self) -> impl Iterator<Item = (TranscriptId, Vec<ParticipantId>)> {
        self.transcripts().map(|transcript| {
            let people = self.study().speech_in(transcript.id).keys().copied();
            (transcript.id, people.filter(|person| self.scope().has_person(*person)).collect())
        })
    }

    /// Whether the scope was narrowed so far that nobody and no transcript is left in it.
    pub(super) fn is_of_nobody(&self) -> bool {
        let scope = self.scope();
        (scope.transcripts.is_some() && self.transcripts().len() == 0)
            || (scope.people.is_some() && self.everybody().is_empty())
    }

    /// Everybody in the scope with imported speech: N.
    pub(super) fn everybody(&self) -> Arc<BTreeSet<ParticipantId>> {
        Arc::new(self.heard().flat_map(|(_, people)| people).collect())
    }
}
