//! A plan as a query of the index.

use std::sync::Arc;

use tantivy::Term;
use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, Occur, PhraseQuery, Query, TermQuery};
use tantivy::schema::{Field, IndexRecordOption};

use super::forms::FormsQuery;
use super::rows::RowsQuery;
use super::schema::Fields;
use super::sets::SetQuery;
use super::steady::SteadyQuery;
use super::view::Placement;
use crate::search::pattern::{Pattern, Slot};
use crate::search::plan::Part;
use crate::search::{Corpus, TurnSet};
use crate::text::Word;

pub(super) struct Compiler<'c> {
    pub(super) fields: Fields,
    pub(super) corpus: &'c Corpus,
    pub(super) placement: &'c Arc<Placement>,
    pub(super) patterns: &'c [Pattern],
}

impl Compiler<'_> {
    /// A query that holds of the documents of the turns that `part` holds of. There must be no regular
    /// expression in it.
    pub(super) fn part(&self, part: &Part) -> Box<dyn Query> {
        match part {
            Part::Set(set) => self.set(Arc::new(set.clone())),
            Part::Text(number) => {
                self.patterns.get(*number).map_or_else(all, |pattern| self.pattern(pattern))
            }
            Part::Regex(_) => all(),
            Part::Not(_) => self.all(std::slice::from_ref(part)),
            Part::All(parts) => self.all(parts),
            Part::Any(parts) => {
                Box::new(BooleanQuery::union(parts.iter().map(|part| self.part(part)).collect()))
            }
        }
    }

    fn all(&self, parts: &[Part]) -> Box<dyn Query> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::with_capacity(parts.len() + 1);
        for part in parts {
            clauses.push(match part {
                Part::Not(inner) => (Occur::MustNot, Box::new(SteadyQuery(self.part(inner)))),
                part => (Occur::Must, self.part(part)),
            });
        }
        // What is only ruled out must be taken from something.
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, all()));
        }
        Box::new(BooleanQuery::new(clauses))
    }

    fn set(&self, set: Arc<TurnSet>) -> Box<dyn Query> {
        Box::new(SetQuery { set, placement: Arc::clone(self.placement) })
    }

    fn pattern(&self, pattern: &Pattern) -> Box<dyn Query> {
        let Fields { exact, stems, .. } = self.fields;
        if pattern.slots.iter().all(|slot| matches!(slot, Slot::Stem(_))) {
            let stemmed = row(stems, pattern, Word::stem);
            let Some(unstemmed) = self.corpus.unstemmed() else { return stemmed };
            let others = BooleanQuery::intersection(vec![
                row(exact, pattern, Word::exact),
                self.set(Arc::clone(unstemmed)),
            ]);
            return Box::new(BooleanQuery::union(vec![stemmed, Box::new(others)]));
        }
        let plain = pattern.slots.iter().all(|slot| matches!(slot, Slot::Exact(_)));
        match &pattern.slots[..] {
            slots if plain && (pattern.others.is_none() || slots.len() == 1) => {
                row(exact, pattern, Word::exact)
            }
            [slot] => Box::new(FormsQuery { field: exact, slot: slot.clone() }),
            _ => Box::new(RowsQuery { field: exact, pattern: pattern.clone() }),
        }
    }
}

/// Words in a row.
fn row(field: Field, pattern: &Pattern, form: fn(&Word) -> &str) -> Box<dyn Query> {
    let term = |slot: &Slot| Term::from_field_text(field, form(slot.word()));
    match &pattern.slots[..] {
        [slot] => Box::new(TermQuery::new(term(slot), IndexRecordOption::WithFreqs)),
        slots => Box::new(PhraseQuery::new(slots.iter().map(term).collect())),
    }
}

/// Every document, without a score.
fn all() -> Box<dyn Query> {
    Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0))
}
