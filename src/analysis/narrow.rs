//! Filters of panels in the terms of the query language: `group:clinician kind:interview -place:Cardiff`.
//!
//! A filter of a count chooses people and transcripts, not turns: words, codes and states of reading are for searching.
//! Each filter means what it means to a search.

use std::collections::BTreeSet;

use super::Scope;
use crate::search::query::{Clause, Filter, FilterName, What};
use crate::search::{FilterNames, Query, QueryError, has_value};
use crate::study::{
    AttributeOf, Kind, Participant, ParticipantId, Study, Subject, Transcript, TranscriptId, Value,
    fold_short_name,
};
use crate::text::{fold_name, most_like};

/// Why a text is no filter of counts.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NarrowError {
    /// It is no query at all.
    #[error(transparent)]
    Query(#[from] QueryError),
    /// It says something that only a search can look for.
    #[error("counts are filtered by attributes, kind:, in:, lang:, speaker:; not by words")]
    NotOfPeople,
    /// An alternative between people and transcripts.
    #[error(
        "OR joins filters of people or filters of transcripts, not one with the other; use two of them without OR"
    )]
    Mixed,
    /// It names something that is not there.
    #[error("{asked} finds nobody: {hint}")]
    NoSuch {
        /// The filter as it was given: `group:nurse`.
        asked: String,
        /// What is there.
        hint: String,
    },
    /// It asks for a value of something that is no attribute.
    #[error("neither participants nor transcripts have an attribute “{name}”; {hint}")]
    NoAttribute {
        /// What was asked for.
        name: String,
        /// The nearest name.
        hint: String,
    },
}

impl Scope {
    /// Reads a filter; an empty one is everything.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence.
    pub fn read(text: &str, study: &Study) -> Result<Scope, NarrowError> {
        let mut scope = Scope::default();
        if text.trim().is_empty() {
            return Ok(scope);
        }
        let query = Query::parse(text, &FilterNames::of(study))?;
        let Some(root) = query.root() else { return Ok(scope) };
        let clauses = match &root.what {
            What::All(clauses) => clauses.as_slice(),
            _ => std::slice::from_ref(root),
        };
        for clause in clauses {
            scope = scope.and(chosen_by(clause, study)?.into());
        }
        Ok(scope)
    }

    /// Whoever has just this value of an attribute, the first one where they have several: `group=public`.
    ///
    /// # Errors
    /// What is wrong with it, in a sentence.
    pub fn with_value(name: &str, value: &str, study: &Study) -> Result<Scope, NarrowError> {
        if !study.attributes().iter().any(|held| is_named(&held.name, name)) {
            let known = study.attributes().iter().map(|held| held.name.as_str());
            return Err(NarrowError::NoAttribute { name: name.into(), hint: nearest(name, known) });
        }
        let wanted = fold_name(value);
        let is = |held: Option<&Value>| {
            held.and_then(Value::counted).is_some_and(|counted| fold_name(counted) == wanted)
        };
        let chosen = by_attribute(name, is, study)
            .map_err(|hint| NarrowError::NoSuch { asked: format!("{name}={value}"), hint })?;
        Ok(chosen.into())
    }

    /// What both let be counted.
    #[must_use]
    pub fn and(self, other: Scope) -> Scope {
        fn both<T: Ord + Clone>(a: Option<BTreeSet<T>>, b: Option<BTreeSet<T>>) -> Option<BTreeSet<T>> {
            match (a, b) {
                (Some(a), Some(b)) => Some(&a & &b),
                (a, b) => a.or(b),
            }
        }
        let transcripts = both(self.transcripts, other.transcripts);
        // No transcript is of two kinds.
        let no_kind = self.kind.zip(other.kind).is_some_and(|(a, b)| a != b);
        Scope {
            kind: self.kind.or(other.kind),
            people: both(self.people, other.people),
            transcripts: if no_kind { Some(BTreeSet::new()) } else { transcripts },
        }
    }
}

/// What one clause chooses.
enum Chosen {
    People(BTreeSet<ParticipantId>),
    Transcripts(BTreeSet<TranscriptId>),
}

impl From<Chosen> for Scope {
    fn from(chosen: Chosen) -> Scope {
        match chosen {
            Chosen::People(people) => Scope { people: Some(people), ..Scope::default() },
            Chosen::Transcripts(those) => Scope { transcripts: Some(those), ..Scope::default() },
        }
    }
}

fn chosen_by(clause: &Clause, study: &Study) -> Result<Chosen, NarrowError> {
    match &clause.what {
        What::Filter(filter) => by_filter(filter, study),
        What::Group(inner) => chosen_by(inner, study),
        What::Not(inner) => Ok(match chosen_by(inner, study)? {
            Chosen::People(people) => {
                Chosen::People(people_where(study, |person| !people.contains(&person.id)))
            }
            Chosen::Transcripts(those) => {
                Chosen::Transcripts(transcripts_where(study, |transcript| !those.contains(&transcript.id)))
            }
        }),
        What::All(clauses) => join(clauses, study, |a, b| a & b, |a, b| a & b),
        What::Any(clauses) => join(clauses, study, |a, b| a | b, |a, b| a | b),
        _ => Err(NarrowError::NotOfPeople),
    }
}

type Join<T> = fn(&BTreeSet<T>, &BTreeSet<T>) -> BTreeSet<T>;

fn join(
    clauses: &[Clause],
    study: &Study,
    people: Join<ParticipantId>,
    transcripts: Join<TranscriptId>,
) -> Result<Chosen, NarrowError> {
    let mut all = clauses.iter().map(|clause| chosen_by(clause, study));
    let first = all.next().unwrap_or(Err(NarrowError::NotOfPeople))?;
    all.try_fold(first, |held, next| match (held, next?) {
        (Chosen::People(a), Chosen::People(b)) => Ok(Chosen::People(people(&a, &b))),
        (Chosen::Transcripts(a), Chosen::Transcripts(b)) => Ok(Chosen::Transcripts(transcripts(&a, &b))),
        _ => Err(NarrowError::Mixed),
    })
}

fn by_filter(filter: &Filter, study: &Study) -> Result<Chosen, NarrowError> {
    let no_such = |hint: String| NarrowError::NoSuch {
        asked: format!("{}:{}", filter.name.word(), filter.value),
        hint,
    };
    match &filter.name {
        FilterName::Kind => {
            let kind = Kind::parse(&filter.value)
                .ok_or_else(|| no_such(String::from("the kinds are interview and focus_group")))?;
            Ok(Chosen::Transcripts(transcripts_where(study, |transcript| transcript.kind == kind)))
        }
        FilterName::In => {
            let named = study.transcript_named(&filter.value).ok_or_else(|| {
                let names = study.transcripts().iter().map(|transcript| transcript.name.as_str());
                no_such(nearest(&filter.value, names))
            })?;
            Ok(Chosen::Transcripts(BTreeSet::from([named.id])))
        }
        FilterName::Lang => {
            let wanted = fold_name(&filter.value);
            let is_in = |transcript: &Transcript| {
                let tag = fold_name(transcript.language.as_deref().unwrap_or(&study.settings.language));
                tag.strip_prefix(&wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'))
            };
            Ok(Chosen::Transcripts(transcripts_where(study, is_in)))
        }
        FilterName::Speaker => {
            let named = study.participant_named(&filter.value).ok_or_else(|| {
                no_such(nearest(
                    &filter.value,
                    study.participants().iter().map(|person| person.name.as_str()),
                ))
            })?;
            Ok(Chosen::People(BTreeSet::from([named.id])))
        }
        FilterName::Attribute(name) => {
            by_attribute(name, |held| has_value(&filter.value, held), study).map_err(no_such)
        }
        _ => Err(NarrowError::NotOfPeople),
    }
}

/// Whether a filter means an attribute of that name, however it writes blanks and case.
fn is_named(held: &str, name: &str) -> bool {
    let folded =
        |name: &str| fold_short_name(name).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    folded(held) == folded(name)
}

/// Participants with a value that is one; if none has it, transcripts with it: the order in which a search looks.
fn by_attribute(name: &str, is: impl Fn(Option<&Value>) -> bool, study: &Study) -> Result<Chosen, String> {
    let named = |of: AttributeOf| {
        study.attributes().iter().find(move |held| held.of == of && is_named(&held.name, name))
    };
    let mut known: BTreeSet<String> = BTreeSet::new();
    let mut has = |subject, attribute| {
        let held = study.value_of(subject, attribute);
        known.extend(held.and_then(|held| held.counted()).map(str::to_owned));
        is(held)
    };
    if let Some(attribute) = named(AttributeOf::Participant) {
        let people = people_where(study, |person| has(Subject::Participant(person.id), attribute));
        if !people.is_empty() {
            return Ok(Chosen::People(people));
        }
    }
    if let Some(attribute) = named(AttributeOf::Transcript) {
        let those = transcripts_where(study, |transcript| has(Subject::Transcript(transcript.id), attribute));
        if !those.is_empty() {
            return Ok(Chosen::Transcripts(those));
        }
    }
    let known: Vec<String> = known.into_iter().take(8).collect();
    Err(if known.is_empty() {
        String::from("it has no values yet")
    } else {
        format!("its values are {}", known.join(", "))
    })
}

fn people_where(study: &Study, mut is: impl FnMut(&Participant) -> bool) -> BTreeSet<ParticipantId> {
    study.participants().iter().filter(|person| is(person)).map(|person| person.id).collect()
}

fn transcripts_where(study: &Study, mut is: impl FnMut(&Transcript) -> bool) -> BTreeSet<TranscriptId> {
    study.transcripts().iter().filter(|transcript| is(transcript)).map(|transcript| transcript.id).collect()
}

fn nearest<'a>(wanted: &str, known: impl Iterator<Item = &'a str>) -> String {
    most_like(wanted, known)
        .map_or_else(|| String::from("there is none yet"), |name| format!("the nearest name is {name}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_codes_are_for_searching() {
        let study = Study::default();
        assert_eq!(Scope::read("time", &study), Err(NarrowError::NotOfPeople));
        assert_eq!(Scope::read("code:time", &study), Err(NarrowError::NotOfPeople));
        assert_eq!(Scope::read("  ", &study), Ok(Scope::default()));
        assert!(matches!(Scope::read("kind:letter", &study), Err(NarrowError::NoSuch { .. })));
    }
}
