//! The query language: text to a tree with byte positions, and back to text.
//!
//! ```text
//! any    := all (OR all)*                    OR binds weakest
//! all    := unary (AND? unary)*              words side by side must all be there
//! unary  := NOT unary | '-' term | term
//! term   := '(' any ')' | filter | word | word'*' | word'~' | "words" | "words"~5 | /regex/
//! filter := name ':' '='? (value | "value")
//! ```
//!
//! Knows what a query says, not what it finds: names of codes and people are looked up later, by
//! [`Plan`](super::Plan).

mod error;
mod filters;
mod lex;
mod parse;
mod print;
#[cfg(test)]
mod tests;

pub use error::{Problem, QueryError};
pub(super) use filters::fold_attribute;
pub use filters::{Filter, FilterName, FilterNames, State};
pub(super) use parse::compile_regex;

use crate::text::Span;

/// A query as a tree.
///
/// Printing it and parsing what was printed gives an equal query.
/// Two are equal when their trees are, however they were typed.
#[derive(Clone, Debug, Default)]
pub struct Query {
    text: String,
    root: Option<Clause>,
}

impl PartialEq for Query {
    fn eq(&self, other: &Self) -> bool {
        self.root == other.root
    }
}

impl Eq for Query {}

impl Query {
    /// The query that holds of every turn. It has no text of its own and prints as nothing.
    #[must_use]
    pub fn everything() -> Self {
        Self::default()
    }

    /// Reads a query. `names` are the filters of the study at hand.
    ///
    /// # Errors
    /// What is wrong with it, and where.
    pub fn parse(text: &str, names: &FilterNames) -> Result<Self, QueryError> {
        parse::parse(text, names).map(|root| Self { text: text.to_owned(), root: Some(root) })
    }

    /// The query as it was typed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether it names a coder (`by:`) anywhere.
    #[must_use]
    pub fn names_coder(&self) -> bool {
        self.root.as_ref().is_some_and(Clause::names_coder)
    }

    /// The words that must all be there, as they were typed and in that order: those of its outermost group. None where it asks
    /// by filters alone.
    #[must_use]
    pub fn words(&self) -> String {
        let mut found = Vec::new();
        self.root.iter().for_each(|root| root.words(&mut found));
        found.join(" ")
    }

    /// The top of the tree; `None` for [`Query::everything`].
    #[must_use]
    pub fn root(&self) -> Option<&Clause> {
        self.root.as_ref()
    }
}

/// One part of a query, and where it stands in the text that was parsed.
#[derive(Clone, Debug)]
pub struct Clause {
    /// Bytes of the query's text.
    pub at: Span,
    /// What it says.
    pub what: What,
}

impl Clause {
    fn words<'q>(&'q self, found: &mut Vec<&'q str>) {
        match &self.what {
            What::Word(words) | What::Phrase(words) | What::Near { words, .. } => found.push(words),
            What::Group(inner) => inner.words(found),
            What::All(clauses) => clauses.iter().for_each(|clause| clause.words(found)),
            _ => {}
        }
    }

    fn names_coder(&self) -> bool {
        match &self.what {
            What::Filter(filter) => filter.name == FilterName::By,
            What::Not(inner) | What::Group(inner) => inner.names_coder(),
            What::All(clauses) | What::Any(clauses) => clauses.iter().any(Clause::names_coder),
            _ => false,
        }
    }
}

/// Equal when they say the same, wherever they stand.
impl PartialEq for Clause {
    fn eq(&self, other: &Self) -> bool {
        self.what == other.what
    }
}

impl Eq for Clause {}

/// What a clause says of a turn. Texts of words are as typed, joined by `-` where the analyser sees several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// It has a word of that stem; several side by side, if the analyser sees several (`co-production`,
    /// `10:30`).
    Word(String),
    /// It has these very words, side by side.
    Phrase(String),
    /// It has all these very words in any order, with at most so many others between them.
    Near {
        /// The words.
        words: String,
        /// How many others there may be.
        others: u32,
    },
    /// It has a word that begins so.
    Prefix(String),
    /// It has a word that is at most one edit away: a letter more, less or other, or two neighbours swapped.
    Fuzzy(String),
    /// The regular expression matches at least one character of it. Case does not matter unless it says
    /// `(?-i)`.
    Regex(String),
    /// A filter holds of it.
    Filter(Filter),
    /// The clause does not hold.
    Not(Box<Clause>),
    /// All of these hold. At least two.
    All(Vec<Clause>),
    /// At least one of these holds. At least two.
    Any(Vec<Clause>),
    /// A clause in parentheses: a group of its own.
    Group(Box<Clause>),
}
