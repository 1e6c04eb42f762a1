//! Filters: what they hold of, as sets of turns made from the study in memory.
//!
//! Filters on codings count the codings of all coders, on quotes of the current revisions.

mod alike;
mod codings;
mod people;

pub(super) use codings::Mark;
pub use people::has_value;

use super::query::{Clause, Filter, FilterName, Problem, Query, QueryError, State, What};
use super::{Corpus, ReadTurns, TurnSet};
use crate::study::{Kind, Study};
use crate::text::{fold_name, most_like};

/// Looks filters up in one study.
pub(super) struct Filters<'s> {
    study: &'s Study,
    corpus: &'s Corpus,
    read: &'s ReadTurns,
}

impl<'s> Filters<'s> {
    pub(super) fn new(study: &'s Study, corpus: &'s Corpus, read: &'s ReadTurns) -> Self {
        Self { study, corpus, read }
    }

    /// The turns that all filters of one AND group hold of, and the clauses that are no filters.
    ///
    /// Filters on codings must hold of one and the same coding. Alternatives of such filters in parentheses
    /// belong to the group; other parentheses are groups of their own.
    pub(super) fn group<'c>(
        &self,
        query: &Query,
        clauses: &'c [Clause],
    ) -> Result<(TurnSet, Vec<&'c Clause>), QueryError> {
        let mut set = TurnSet::all(self.corpus.size());
        let (mut marks, mut rest, mut uncoded) = (Vec::new(), Vec::new(), false);
        for clause in clauses {
            let refused = |problem| QueryError::new(query.text(), clause.at, problem);
            if let Some(mark) = self.mark(clause).map_err(refused)? {
                marks.push(mark);
                if self.is_impossible(&marks) {
                    return Err(refused(Problem::ImpossibleCoding));
                }
            } else if let What::Filter(filter) = &clause.what {
                if is_uncoded(filter) {
                    uncoded = true;
                } else {
                    set.intersect(&self.turns(filter).map_err(refused)?);
                }
            } else {
                rest.push(clause);
            }
        }
        if uncoded {
            set.intersect(&self.uncoded(&mut marks));
        }
        if !marks.is_empty() {
            set.intersect(&self.marked(&marks));
        }
        Ok((set, rest))
    }

    /// What the filters on codings of one AND group ask of a quote and one of its codings.
    pub(super) fn marks(&self, query: &Query, clauses: &[Clause]) -> Result<Vec<Mark>, QueryError> {
        let mut marks = Vec::new();
        for clause in clauses {
            let mark =
                self.mark(clause).map_err(|problem| QueryError::new(query.text(), clause.at, problem))?;
            marks.extend(mark);
        }
        Ok(marks)
    }

    /// What a filter that is not about codings holds of.
    fn turns(&self, filter: &Filter) -> Result<TurnSet, Problem> {
        match &filter.name {
            FilterName::In => self.in_transcript(filter),
            FilterName::Kind => self.of_kind(filter),
            FilterName::Lang => self.in_language(filter),
            FilterName::Speaker => self.spoken_by(filter),
            FilterName::Attribute(name) => self.with_attribute(name, filter),
            FilterName::Is => match State::parse(&filter.value) {
                Some(State::Unread) => Ok(self.unread()),
                _ => Err(no_such(filter, one_of("the states are", State::ALL.iter().map(|(word, _)| *word)))),
            },
            FilterName::Code
            | FilterName::Like
            | FilterName::Theme
            | FilterName::Component
            | FilterName::Valence
            | FilterName::UsedIn
            | FilterName::By => Ok(TurnSet::all(self.corpus.size())),
        }
    }

    fn in_transcript(&self, filter: &Filter) -> Result<TurnSet, Problem> {
        let transcript = self.study.transcript_named(&filter.value).ok_or_else(|| {
            let names = self.study.transcripts().iter().map(|transcript| transcript.name.as_str());
            no_such(filter, the_nearest("transcript", &filter.value, names))
        })?;
        let mut set = TurnSet::none(self.corpus.size());
        if let Some(entry) = self.corpus.entry_of(transcript.id) {
            set.insert_range(entry.range());
        }
        Ok(set)
    }

    fn of_kind(&self, filter: &Filter) -> Result<TurnSet, Problem> {
        let Some(kind) = Kind::parse(&filter.value) else {
            return Err(no_such(filter, "the kinds are interview and focus_group".into()));
        };
        let mut set = TurnSet::none(self.corpus.size());
        for transcript in self.study.transcripts().iter().filter(|transcript| transcript.kind == kind) {
            if let Some(entry) = self.corpus.entry_of(transcript.id) {
                set.insert_range(entry.range());
            }
        }
        Ok(set)
    }

    fn in_language(&self, filter: &Filter) -> Result<TurnSet, Problem> {
        let wanted = fold_name(&filter.value);
        let mut set = TurnSet::none(self.corpus.size());
        let mut tags = Vec::new();
        for transcript in self.study.transcripts().iter() {
            let tag = fold_name(transcript.language.as_deref().unwrap_or(&self.study.settings.language));
            let region =
                tag.strip_prefix(&wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('-'));
            if let (true, Some(entry)) = (region, self.corpus.entry_of(transcript.id)) {
                set.insert_range(entry.range());
            }
            if !tags.contains(&tag) {
                tags.push(tag);
            }
        }
        if set.is_empty() && !tags.contains(&wanted) {
            return Err(no_such(filter, one_of("the transcripts are in", tags.iter().map(String::as_str))));
        }
        Ok(set)
    }

    fn unread(&self) -> TurnSet {
        let mut set = TurnSet::all(self.corpus.size());
        for (transcript, numbers) in self.read {
            let Some(entry) = self.corpus.entry_of(*transcript) else { continue };
            for index in numbers.iter().filter_map(|number| entry.turns.index_of(*number)) {
                set.remove(entry.first + u32::try_from(index).unwrap_or(u32::MAX));
            }
        }
        set
    }
}

fn is_uncoded(filter: &Filter) -> bool {
    filter.name == FilterName::Is && State::parse(&filter.value) == Some(State::Uncoded)
}

fn no_such(filter: &Filter, hint: String) -> Problem {
    Problem::NoSuch { filter: filter.name.word().to_owned(), value: filter.value.clone(), hint }
}

/// Names the one of `known` that looks most like `value`.
fn the_nearest<'a>(what: &str, value: &str, known: impl Iterator<Item = &'a str>) -> String {
    most_like(value, known)
        .map_or_else(|| format!("there is no {what} yet"), |name| format!("the nearest {what} is {name}"))
}

/// Lists `known`, or the first few of them.
fn one_of<'a>(begin: &str, known: impl Iterator<Item = &'a str>) -> String {
    const LISTED: usize = 8;
    let mut names: Vec<&str> = known.take(LISTED + 1).collect();
    let more = if names.len() > LISTED { " and others" } else { "" };
    names.truncate(LISTED);
    format!("{begin} {}{more}", names.join(", "))
}

/// Whether some words of `name` in a row begin with the words of `wanted`: `app time` finds `Appointment
/// time`.
fn words_begin_with(name: &str, wanted: &str) -> bool {
    let words = |text: &str| {
        let folded = fold_name(text);
        let words = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(String::from).collect::<Vec<_>>()
    };
    let (name, wanted) = (words(name), words(wanted));
    !wanted.is_empty()
        && name
            .windows(wanted.len())
            .any(|row| row.iter().zip(&wanted).all(|(word, begin)| word.starts_with(begin)))
}
