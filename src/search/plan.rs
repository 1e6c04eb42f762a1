//! A query made ready for one study: its filters looked up, its words analysed.
//!
//! A plan owns all it needs, so that it can be run on another thread than the one that holds the study.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use regex::Regex;

use super::alike::Alike;
use super::filter::{Filters, Mark};
use super::pattern::{Pattern, Slot};
use super::query::{Clause, Query, QueryError, What, compile_regex};
use super::{Corpus, TurnSet};
use crate::study::{Quote, Study, TranscriptId, TurnNumber};
use crate::text::{Analyser, Language};

/// Turns that somebody has read, by transcript: what `is:unread` leaves out.
pub type ReadTurns = BTreeMap<TranscriptId, BTreeSet<TurnNumber>>;

/// A query made ready to be run. See [`search`](super::search).
#[derive(Clone, Debug)]
pub struct Plan {
    pub(super) corpus: Arc<Corpus>,
    pub(super) part: Part,
    pub(super) patterns: Vec<Pattern>,
    /// What the outermost group asks of a quote.
    marks: Vec<Mark>,
    names_coder: bool,
    /// The passage that hits are to be like.
    pub(super) alike: Option<Alike>,
}

/// A part of a plan.
#[derive(Clone, Debug)]
pub(super) enum Part {
    /// The turn is one of these.
    Set(TurnSet),
    /// The pattern of that number matches.
    Text(usize),
    /// The expression matches at least one character.
    Regex(Regex),
    /// It does not hold.
    Not(Box<Part>),
    /// All hold. Sets come first, expressions last.
    All(Vec<Part>),
    /// At least one holds.
    Any(Vec<Part>),
}

impl Plan {
    /// Makes `query` ready for `study`, whose corpus is `corpus`.
    ///
    /// # Errors
    /// A filter whose value names nothing in the study, or filters that no coding can meet together.
    pub fn new(
        query: &Query,
        study: &Study,
        corpus: &Arc<Corpus>,
        read: &ReadTurns,
    ) -> Result<Self, QueryError> {
        let mut planner = Planner {
            query,
            filters: Filters::new(study, corpus, read),
            corpus,
            analyser: Analyser::new(Language::English),
            patterns: Vec::new(),
        };
        let part = match query.root() {
            Some(root) => planner.clause(root)?,
            None => Part::Set(TurnSet::all(corpus.size())),
        };
        let outer = match query.root() {
            Some(Clause { what: What::All(clauses), .. }) => clauses.as_slice(),
            Some(root) => std::slice::from_ref(root),
            None => &[],
        };
        let marks = planner.filters.marks(query, outer)?;
        let alike = planner.filters.alike(query, outer)?;
        let part = match corpus.hidden() {
            Some(hidden) => {
                Part::all(vec![Part::Set(hidden.as_ref().clone()).negated(), part], corpus.size())
            }
            None => part,
        };
        Ok(Self {
            corpus: Arc::clone(corpus),
            part,
            patterns: planner.patterns,
            marks,
            names_coder: query.names_coder(),
            alike,
        })
    }

    /// Whether the query names a coder (`by:`), so that quotes of others than usual are wanted.
    #[must_use]
    pub fn names_coder(&self) -> bool {
        self.names_coder
    }

    /// Whether a quote is one that the query asks for, given that its turn is a hit: the filters on codings of the outermost
    /// AND group hold of it, with one and the same coding of its own.
    #[must_use]
    pub fn asks_for(&self, study: &Study, quote: &Quote) -> bool {
        let holds = |coding| self.marks.iter().all(|mark| mark.holds(study, quote, coding));
        holds(None) || study.codings_on(quote.id).any(|coding| holds(Some(coding)))
    }

    /// The corpus that it searches.
    #[must_use]
    pub fn corpus(&self) -> &Arc<Corpus> {
        &self.corpus
    }

    /// Whether hits have a score: some words are looked for, and not only ruled out.
    #[must_use]
    pub fn is_ranked(&self) -> bool {
        self.alike.is_some() || self.part.has_score()
    }

    /// Whether hits are those most alike to a passage, and so are best read in that order.
    #[must_use]
    pub fn is_by_likeness(&self) -> bool {
        self.alike.is_some()
    }

    pub(super) fn has_regex(&self) -> bool {
        self.part.has_regex()
    }
}

struct Planner<'s> {
    query: &'s Query,
    filters: Filters<'s>,
    corpus: &'s Corpus,
    analyser: Analyser,
    patterns: Vec<Pattern>,
}

impl Planner<'_> {
    fn clause(&mut self, clause: &Clause) -> Result<Part, QueryError> {
        let analyser = &mut self.analyser;
        let pattern = match &clause.what {
            What::Word(words) => Pattern::in_order(words, analyser, Slot::Stem, Slot::Stem),
            What::Phrase(words) => Pattern::in_order(words, analyser, Slot::Exact, Slot::Exact),
            What::Prefix(words) => Pattern::in_order(words, analyser, Slot::Exact, Slot::Prefix),
            What::Fuzzy(words) => Pattern::in_order(words, analyser, Slot::Exact, Slot::Fuzzy),
            What::Near { words, others } => Pattern::near(words, analyser, *others),
            What::Regex(pattern) => return Ok(self.regex(pattern)),
            What::Filter(_) => return self.all(std::slice::from_ref(clause)),
            What::Not(inner) => return Ok(self.clause(inner)?.negated()),
            What::Group(inner) => return self.clause(inner),
            What::All(clauses) => return self.all(clauses),
            What::Any(clauses) => {
                let parts: Result<Vec<Part>, QueryError> =
                    clauses.iter().map(|clause| self.clause(clause)).collect();
                return Ok(Part::any(parts?, self.corpus.size()));
            }
        };
        self.patterns.push(pattern);
        Ok(Part::Text(self.patterns.len() - 1))
    }

    /// An AND group: its coding filters hold of one coding, the rest each for itself.
    fn all(&mut self, clauses: &[Clause]) -> Result<Part, QueryError> {
        let (set, rest) = self.filters.group(self.query, clauses)?;
        let mut parts = vec![Part::Set(set)];
        for clause in rest {
            parts.push(self.clause(clause)?);
        }
        Ok(Part::all(parts, self.corpus.size()))
    }

    fn regex(&self, pattern: &str) -> Part {
        // It was compiled once when the query was parsed; one that cannot be matches nothing.
        compile_regex(pattern).map_or_else(|_| Part::Set(TurnSet::none(self.corpus.size())), Part::Regex)
    }
}

impl Part {
    /// All of them, with sets folded into one.
    pub(super) fn all(parts: Vec<Part>, size: u32) -> Part {
        let mut set = TurnSet::all(size);
        let mut rest = Vec::new();
        for part in parts {
            match part {
                Part::Set(other) => set.intersect(&other),
                Part::All(inner) => inner.into_iter().for_each(|part| match part {
                    Part::Set(other) => set.intersect(&other),
                    part => rest.push(part),
                }),
                part => rest.push(part),
            }
        }
        if rest.is_empty() || set.is_empty() {
            return Part::Set(set);
        }
        rest.sort_by_key(Part::has_regex);
        if !set.is_full() {
            rest.insert(0, Part::Set(set));
        }
        if rest.len() == 1 { rest.remove(0) } else { Part::All(rest) }
    }

    /// Any of them, with sets folded into one.
    pub(super) fn any(parts: Vec<Part>, size: u32) -> Part {
        let mut set = TurnSet::none(size);
        let mut rest = Vec::new();
        for part in parts {
            match part {
                Part::Set(other) => set.unite(&other),
                Part::Any(inner) => inner.into_iter().for_each(|part| match part {
                    Part::Set(other) => set.unite(&other),
                    part => rest.push(part),
                }),
                part => rest.push(part),
            }
        }
        if rest.is_empty() || set.is_full() {
            return Part::Set(set);
        }
        if !set.is_empty() {
            rest.insert(0, Part::Set(set));
        }
        if rest.len() == 1 { rest.remove(0) } else { Part::Any(rest) }
    }

    fn negated(self) -> Part {
        match self {
            Part::Set(mut set) => {
                set.invert();
                Part::Set(set)
            }
            Part::Not(inner) => *inner,
            part => Part::Not(Box::new(part)),
        }
    }

    /// A part without regular expressions that holds wherever this one does.
    pub(super) fn without_regex(&self, size: u32) -> Part {
        let all = |parts: &[Part]| parts.iter().map(|part| part.without_regex(size)).collect();
        match self {
            Part::Regex(_) => Part::Set(TurnSet::all(size)),
            Part::Not(inner) if inner.has_regex() => Part::Set(TurnSet::all(size)),
            Part::All(parts) => Part::all(all(parts), size),
            Part::Any(parts) => Part::any(all(parts), size),
            Part::Set(_) | Part::Text(_) | Part::Not(_) => self.clone(),
        }
    }

    pub(super) fn has_regex(&self) -> bool {
        match self {
            Part::Regex(_) => true,
            Part::Not(inner) => inner.has_regex(),
            Part::All(parts) | Part::Any(parts) => parts.iter().any(Part::has_regex),
            Part::Set(_) | Part::Text(_) => false,
        }
    }

    pub(super) fn has_score(&self) -> bool {
        match self {
            Part::Text(_) => true,
            Part::All(parts) | Part::Any(parts) => parts.iter().any(Part::has_score),
            Part::Set(_) | Part::Regex(_) | Part::Not(_) => false,
        }
    }

    /// Numbers of the patterns that a hit is scored by: those that are not negated.
    pub(super) fn scored(&self, found: &mut Vec<usize>) {
        match self {
            Part::Text(number) => found.push(*number),
            Part::All(parts) | Part::Any(parts) => parts.iter().for_each(|part| part.scored(found)),
            Part::Set(_) | Part::Regex(_) | Part::Not(_) => {}
        }
    }
}
