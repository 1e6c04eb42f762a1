//! The rows of the matrix: cases, sorted and grouped by attributes.

use std::collections::{BTreeMap, BTreeSet};

use super::super::Group;
use super::{MatrixPlan, PlanError};
use crate::study::{
    AttributeOf, Case, Kind, NameOrder, ParticipantId, Study, Subject, Transcript, TranscriptId, name_order,
};
use crate::text::read_date;

/// What the rows are.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum RowsBy {
    /// Who speaks in interviews by person, focus groups as groups, the people of a group below it.
    #[default]
    Mixed,
    /// Everybody by person.
    Participants,
    /// Every transcript as a whole.
    Transcripts,
    /// Focus groups as groups, their people below them.
    Groups,
}

impl RowsBy {
    /// All of them, in the order in which they are offered.
    pub const ALL: [RowsBy; 4] = [RowsBy::Mixed, RowsBy::Participants, RowsBy::Transcripts, RowsBy::Groups];

    /// The word used on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            RowsBy::Mixed => "mixed",
            RowsBy::Participants => "participants",
            RowsBy::Transcripts => "transcripts",
            RowsBy::Groups => "groups",
        }
    }

    /// Reads that word in any case.
    #[must_use]
    pub fn parse(word: &str) -> Option<RowsBy> {
        let word = crate::text::fold_name(word);
        RowsBy::ALL.into_iter().find(|by| by.name() == word)
    }
}

/// One row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MatrixRow {
    /// Whose.
    pub case: Case,
    /// Its label.
    pub name: String,
    /// 1 for a person below their focus group, else 0.
    pub depth: u8,
    /// Which of [`super::Matrix::groups`] it is in.
    pub group: Option<usize>,
    /// What it has of the attributes that rows are grouped and sorted by, in that order; blanks in words.
    pub values: Vec<String>,
    /// Where its cells are.
    pub(super) cells: usize,
}

/// Where a value comes in a list: values by name and number, then the blanks.
type ValueOrder = (u8, NameOrder);

/// Whether and where the value of an attribute stands, and what a case has of it.
struct Valued {
    order: ValueOrder,
    group: Group,
}

/// The rows of a plan, with the groups that they are in.
pub(super) fn rows_of(study: &Study, plan: &MatrixPlan) -> Result<(Vec<MatrixRow>, Vec<Group>), PlanError> {
    let by: Vec<&String> = plan.group.iter().chain(&plan.sort).collect();
    for name in &by {
        check_attribute(study, name)?;
    }
    let mut cases: Vec<(Case, Vec<Valued>)> = cases_of(study, plan)
        .into_iter()
        .map(|case| (case, by.iter().map(|name| valued(study, case, None, name)).collect()))
        .collect();
    cases.sort_by_cached_key(|(case, values)| {
        let orders: Vec<ValueOrder> = values.iter().map(|value| value.order.clone()).collect();
        (
            orders,
            matches!(case, Case::Group(_)),
            name_order(study.case_name(*case).unwrap_or_default()),
            *case,
        )
    });
    let (mut rows, mut groups): (Vec<MatrixRow>, Vec<Group>) = (Vec::new(), Vec::new());
    let mut last: Option<ValueOrder> = None;
    for (case, values) in cases {
        let first = values.first().filter(|_| plan.group.is_some());
        if let Some(first) = first
            && last.as_ref() != Some(&first.order)
        {
            groups.push(first.group.clone());
            last = Some(first.order.clone());
        }
        let group = first.and_then(|_| groups.len().checked_sub(1));
        let words = |values: &[Valued]| values.iter().map(|value| value.group.label().to_owned()).collect();
        let row = |case: Case, depth: u8, values: Vec<String>| MatrixRow {
            case,
            name: study.case_name(case).unwrap_or_default().to_owned(),
            depth,
            group,
            values,
            cells: 0,
        };
        rows.push(row(case, 0, words(&values)));
        if let (Case::Group(transcript), RowsBy::Mixed | RowsBy::Groups) = (case, plan.rows) {
            let speech = study.speech_in(transcript);
            let mut people: Vec<ParticipantId> =
                speech.keys().copied().filter(|person| shown(study, plan, *person)).collect();
            people.sort_by_cached_key(|id| {
                name_order(study.case_name(Case::Participant(*id)).unwrap_or_default())
            });
            for person in people.into_iter().map(Case::Participant) {
                let values: Vec<Valued> =
                    by.iter().map(|name| valued(study, person, Some(transcript), name)).collect();
                rows.push(row(person, 1, words(&values)));
            }
        }
    }
    Ok((rows, groups))
}

/// The cases that a plan has rows for, persons of groups left out. Who has a summary is a row even without speech: what
/// was written of them must not go out of sight.
fn cases_of(study: &Study, plan: &MatrixPlan) -> BTreeSet<Case> {
    let mut cases = BTreeSet::new();
    let is_group = |transcript: &Transcript| match plan.rows {
        RowsBy::Mixed | RowsBy::Groups => transcript.kind == Kind::FocusGroup,
        RowsBy::Transcripts => true,
        RowsBy::Participants => false,
    };
    let by_person = |transcript: &Transcript| match plan.rows {
        RowsBy::Mixed => transcript.kind == Kind::Interview,
        RowsBy::Participants => true,
        RowsBy::Transcripts | RowsBy::Groups => false,
    };
    let seen = |held: &&Transcript| plan.only.has_transcript(held) && !study.is_transcript_hidden(held.id);
    for transcript in study.transcripts().iter().filter(seen) {
        let mut people =
            study.speech_in(transcript.id).keys().filter(|id| shown(study, plan, **id)).peekable();
        if is_group(transcript) && (plan.only.people.is_none() || people.peek().is_some()) {
            cases.insert(Case::Group(transcript.id));
        }
        if by_person(transcript) {
            cases.extend(people.map(|id| Case::Participant(*id)));
        }
    }
    if matches!(plan.rows, RowsBy::Mixed | RowsBy::Participants) {
        for summary in study.summaries().iter() {
            if let Case::Participant(id) = summary.case
                && study.speech_of(id).next().is_none()
                && plan.only == super::Scope::default()
                && !study.is_participant_hidden(id)
            {
                cases.insert(summary.case);
            }
        }
    }
    cases
}

/// Whether a person is shown: chosen, and not hidden.
fn shown(study: &Study, plan: &MatrixPlan, person: ParticipantId) -> bool {
    plan.only.has_person(person) && !study.is_participant_hidden(person)
}

fn check_attribute(study: &Study, name: &str) -> Result<(), PlanError> {
    let of = [AttributeOf::Participant, AttributeOf::Transcript];
    if of.into_iter().any(|of| study.attribute_named(of, name).is_some()) {
        return Ok(());
    }
    let mut known: Vec<&str> = Vec::new();
    for attribute in of.into_iter().flat_map(|of| study.attributes_of(of)) {
        if !known.contains(&attribute.name.as_str()) {
            known.push(&attribute.name);
        }
    }
    let known = if known.is_empty() { String::from("none yet") } else { known.join(", ") };
    Err(PlanError::NoAttribute { name: name.to_owned(), known })
}

/// What a case has of an attribute. A transcript has its own value, else the one that all its people share; a person theirs,
/// else that of the transcript they speak in: of the group that their row stands below, or of all in which they are heard.
fn valued(study: &Study, case: Case, below: Option<TranscriptId>, name: &str) -> Valued {
    let of_person = |id| {
        let attribute = study.attribute_named(AttributeOf::Participant, name)?;
        study.value_of(Subject::Participant(id), attribute)
    };
    let of_transcript = |id| {
        let attribute = study.attribute_named(AttributeOf::Transcript, name)?;
        study.value_of(Subject::Transcript(id), attribute)
    };
    let value = match case {
        Case::Participant(id) => match (of_person(id), below) {
            (Some(own), _) => Group::of(Some(own)),
            (None, Some(group)) => Group::of(of_transcript(group)),
            (None, None) => {
                let heard = study.speech_of(id).map(|(transcript, _)| transcript);
                let heard = heard.filter(|transcript| !study.is_transcript_hidden(*transcript));
                shared(heard.map(|transcript| Group::of(of_transcript(transcript))), "several")
            }
        },
        Case::Group(id) => match of_transcript(id) {
            Some(own) => Group::of(Some(own)),
            None => shared(study.speech_in(id).keys().map(|id| Group::of(of_person(*id))), "mixed"),
        },
    };
    let within = match &value {
        // Dates sort by their day, however they are written.
        Group::Value(value) => match read_date(value) {
            Some(read) => name_order(&read.date.to_string()),
            None => name_order(value),
        },
        _ => NameOrder::default(),
    };
    Valued { order: (value.rank(), within), group: value }
}

/// What all have in common, in a word of its own where they differ.
fn shared(values: impl Iterator<Item = Group>, differing: &str) -> Group {
    let mut found: BTreeMap<(u8, String), Group> = BTreeMap::new();
    for value in values {
        found.entry(value.folded()).or_insert(value);
    }
    if found.len() > 1 {
        return Group::Value(differing.to_owned());
    }
    found.into_values().next().unwrap_or(Group::NotRecorded)
}
