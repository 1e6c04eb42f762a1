//! What can be wrong with a query, as sentences.

use crate::text::Span;

/// Why a query cannot be run: what is wrong, where, and what to do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{problem} (character {column} of the query)")]
pub struct QueryError {
    /// Bytes of the query's text.
    pub at: Span,
    /// The first of them, counted in characters from 1.
    pub column: usize,
    /// What is wrong there.
    pub problem: Problem,
}

impl QueryError {
    /// `at` counts bytes of `query`.
    pub(in crate::search) fn new(query: &str, at: Span, problem: Problem) -> Self {
        let before = query.get(..at.start as usize).unwrap_or(query);
        Self { at, column: before.chars().count() + 1, problem }
    }
}

/// What is wrong with a query.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Nothing in it can be looked for.
    #[error("there is nothing to look for; type a word, a \"phrase\" or a filter such as code:time")]
    Nothing,
    /// A string without its end.
    #[error("a quotation mark is not closed; put another one after the last word of the phrase")]
    UnclosedString,
    /// A string without a word.
    #[error("there is no word between these quotation marks; put one there, or take them away")]
    EmptyString,
    /// A regular expression without its end.
    #[error("a regular expression is not closed; end it with /, or put the words in quotation marks")]
    UnclosedRegex,
    /// `//`.
    #[error("there is nothing between these slashes; write a regular expression there")]
    EmptyRegex,
    /// One that cannot be read.
    #[error("this regular expression cannot be read: {0}; mend it, or put the words in quotation marks")]
    BadRegex(String),
    /// `(` without `)`.
    #[error("a parenthesis is not closed; put ) where the group ends")]
    UnclosedGroup,
    /// `)` without `(`.
    #[error("this parenthesis closes nothing; take it away, or put ( where the group begins")]
    StrayClose,
    /// `()`.
    #[error("there is nothing between these parentheses; put a word there, or take them away")]
    EmptyGroup,
    /// More groups in groups than anybody writes.
    #[error("there are too many parentheses inside each other; no more than {0} are read")]
    TooDeep(usize),
    /// `time OR`.
    #[error("nothing stands after {0}; put a word there, or write \\{0} to look for the word itself")]
    NothingAfter(&'static str),
    /// `OR time`.
    #[error("nothing stands before {0}; put a word there, or write \\{0} to look for the word itself")]
    NothingBefore(&'static str),
    /// `com*ity`.
    #[error(
        "* stands for the rest of a word and can only be at its end; elsewhere, use a regular expression such as /com\\w*ity/"
    )]
    StarInside,
    /// `colour~2`.
    #[error("~ after a word allows one edit and takes no other number; write the word with ~ alone")]
    TooManyEdits,
    /// `"time pressure"~`.
    #[error("~ after a phrase needs the number of words that may stand between, such as \"time pressure\"~5")]
    NearWithoutNumber,
    /// A filter that does not exist.
    #[error(
        "there is no filter {word}:; the nearest is {nearest}:; to look for the words themselves, put them in quotation marks"
    )]
    UnknownFilter {
        /// As typed.
        word: String,
        /// The filter that looks most like it.
        nearest: String,
    },
    /// `code:` and nothing after it.
    #[error("{0}: says nothing; put a value right after the colon, in quotation marks if it has blanks")]
    NoValue(String),
    /// A value that names nothing in the study.
    #[error("{filter}:{value} names nothing in this study; {hint}")]
    NoSuch {
        /// The filter's word.
        filter: String,
        /// The value as typed.
        value: String,
        /// What there is instead, as a clause of the sentence.
        hint: String,
    },
    /// `like:` where it cannot stand.
    #[error(
        "like: stands once, beside the rest of the query: not after NOT or OR, and not inside parentheses"
    )]
    AlikeInside,
    /// Filters of one group that no single coding can meet.
    #[error(
        "no coding can have all of these codes at once; to find turns that carry them all, put each in parentheses: (code:a) (code:b)"
    )]
    ImpossibleCoding,
}
