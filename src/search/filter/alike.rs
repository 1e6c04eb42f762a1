//! `like:`: which passage is meant.

use super::{Filters, no_such, the_nearest};
use crate::search::alike::{Alike, Words};
use crate::search::query::{Clause, Filter, FilterName, Problem, Query, QueryError, What};
use crate::study::TurnNumber;

impl Filters<'_> {
    /// The passage that hits are to be like, if the outermost group names one. Elsewhere in a query it has no meaning.
    pub(in crate::search) fn alike(
        &self,
        query: &Query,
        outer: &[Clause],
    ) -> Result<Option<Alike>, QueryError> {
        let refused = |clause: &Clause, problem| QueryError::new(query.text(), clause.at, problem);
        let mut found = None;
        for clause in outer {
            match &clause.what {
                What::Filter(filter) if filter.name == FilterName::Like && found.is_none() => {
                    found = Some(self.passage(filter).map_err(|problem| refused(clause, problem))?);
                }
                _ => {
                    if let Some(inside) = first_like(clause) {
                        return Err(refused(inside, Problem::AlikeInside));
                    }
                }
            }
        }
        Ok(found)
    }

    /// `I43:41` or `I43:2101-2188`.
    fn passage(&self, filter: &Filter) -> Result<Alike, Problem> {
        let hint = || String::from("write a turn as I43:41, or a passage in code points as I43:2101-2188");
        let (name, rest) = filter.value.rsplit_once(':').ok_or_else(|| no_such(filter, hint()))?;
        let transcript = self.study.transcript_named(name).ok_or_else(|| {
            let names = self.study.transcripts().iter().map(|transcript| transcript.name.as_str());
            no_such(filter, the_nearest("transcript", name, names))
        })?;
        let words = match rest.split_once('-') {
            Some((start, end)) => match (start.trim().parse(), end.trim().parse()) {
                (Ok(start), Ok(end)) if start < end => Words::Points(start, end),
                _ => return Err(no_such(filter, hint())),
            },
            None => {
                let number: TurnNumber = rest.trim().parse().map_err(|_| no_such(filter, hint()))?;
                let turns = self.study.turns(transcript.id);
                let turn = turns.and_then(|turns| turns.index_of(number));
                Words::Turn(
                    turn.ok_or_else(|| no_such(filter, format!("{} has no turn {number}", transcript.name)))?,
                )
            }
        };
        Ok(Alike { transcript: transcript.id, words })
    }
}

fn first_like(clause: &Clause) -> Option<&Clause> {
    match &clause.what {
        What::Filter(filter) if filter.name == FilterName::Like => Some(clause),
        What::Not(inner) | What::Group(inner) => first_like(inner),
        What::All(clauses) | What::Any(clauses) => clauses.iter().find_map(first_like),
        _ => None,
    }
}
