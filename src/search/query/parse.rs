//! Lexemes to a tree, by recursive descent.

use regex::{Regex, RegexBuilder};

use super::lex::{Lexeme, LexemeKind, lex};
use super::{Clause, FilterNames, Problem, QueryError, What};
use crate::text::Span;

/// How many parentheses may be open at once.
const DEEPEST: usize = 50;

/// Reads a query.
pub(super) fn parse(text: &str, names: &FilterNames) -> Result<Clause, QueryError> {
    let lexemes = lex(text, names)?;
    let mut parser = Parser { text, lexemes: lexemes.into_iter().peekable(), depth: 0 };
    let found = parser.any()?;
    match (parser.lexemes.next(), found) {
        (Some(stray), _) => Err(parser.error(stray.at, Problem::StrayClose)),
        (None, Some(clause)) => Ok(clause),
        (None, None) => Err(parser.error(Span::new(0, text.len()), Problem::Nothing)),
    }
}

/// A regular expression as queries mean it.
///
/// # Errors
/// Why it cannot be read, in a few words.
pub(in crate::search) fn compile_regex(pattern: &str) -> Result<Regex, String> {
    RegexBuilder::new(pattern).case_insensitive(true).build().map_err(|error| {
        // The library draws a picture; its last line says what is wrong.
        let words = error.to_string();
        let last = words.lines().last().unwrap_or_default();
        last.trim().trim_start_matches("error: ").trim_end_matches('.').to_owned()
    })
}

struct Parser<'q> {
    text: &'q str,
    lexemes: std::iter::Peekable<std::vec::IntoIter<Lexeme>>,
    depth: usize,
}

impl Parser<'_> {
    fn error(&self, at: Span, problem: Problem) -> QueryError {
        QueryError::new(self.text, at, problem)
    }

    fn take_if(&mut self, wanted: fn(&LexemeKind) -> bool) -> Option<Lexeme> {
        self.lexemes.next_if(|next| wanted(&next.kind))
    }

    /// Alternatives, or `None` if there is nothing at all before the end or a closing parenthesis.
    fn any(&mut self) -> Result<Option<Clause>, QueryError> {
        let Some(first) = self.all()? else {
            return match self.take_if(|kind| matches!(kind, LexemeKind::Or)) {
                Some(or) => Err(self.error(or.at, Problem::NothingBefore("OR"))),
                None => Ok(None),
            };
        };
        let mut found = vec![first];
        while let Some(or) = self.take_if(|kind| matches!(kind, LexemeKind::Or)) {
            let next = self.all()?;
            found.push(next.ok_or_else(|| self.error(or.at, Problem::NothingAfter("OR")))?);
        }
        Ok(joined(found, What::Any))
    }

    /// What stands side by side, with or without `AND`.
    fn all(&mut self) -> Result<Option<Clause>, QueryError> {
        let mut found = Vec::new();
        loop {
            let and = self.take_if(|kind| matches!(kind, LexemeKind::And));
            if let Some(and) = &and
                && found.is_empty()
            {
                return Err(self.error(and.at, Problem::NothingBefore("AND")));
            }
            match (self.unary()?, and) {
                (Some(clause), _) => found.push(clause),
                (None, Some(and)) => return Err(self.error(and.at, Problem::NothingAfter("AND"))),
                (None, None) => return Ok(joined(found, What::All)),
            }
        }
    }

    fn unary(&mut self) -> Result<Option<Clause>, QueryError> {
        let Some(next) =
            self.take_if(|kind| matches!(kind, LexemeKind::Not | LexemeKind::Open | LexemeKind::Term(_)))
        else {
            return Ok(None);
        };
        match next.kind {
            LexemeKind::Term(what) => Ok(Some(Clause { at: next.at, what })),
            LexemeKind::Open => self.group(next.at).map(Some),
            kind => {
                self.deeper(next.at)?;
                let inner = self.unary()?;
                self.depth -= 1;
                let inner = inner.ok_or_else(|| self.error(next.at, Problem::NothingAfter(kind.word())))?;
                Ok(Some(Clause { at: next.at.hull(inner.at), what: What::Not(Box::new(inner)) }))
            }
        }
    }

    /// What follows an opening parenthesis at `open`.
    fn group(&mut self, open: Span) -> Result<Clause, QueryError> {
        self.deeper(open)?;
        let inner = self.any()?;
        self.depth -= 1;
        let Some(close) = self.take_if(|kind| matches!(kind, LexemeKind::Close)) else {
            return Err(self.error(open, Problem::UnclosedGroup));
        };
        let at = open.hull(close.at);
        let inner = inner.ok_or_else(|| self.error(at, Problem::EmptyGroup))?;
        Ok(Clause { at, what: What::Group(Box::new(inner)) })
    }

    /// Counts a level, so that no query can exhaust the stack.
    fn deeper(&mut self, at: Span) -> Result<(), QueryError> {
        self.depth += 1;
        if self.depth > DEEPEST { Err(self.error(at, Problem::TooDeep(DEEPEST))) } else { Ok(()) }
    }
}

/// One clause as it is, several as `what` joins them.
fn joined(mut found: Vec<Clause>, what: fn(Vec<Clause>) -> What) -> Option<Clause> {
    if found.len() < 2 {
        return found.pop();
    }
    let at = found.iter().map(|clause| clause.at).reduce(Span::hull)?;
    Some(Clause { at, what: what(found) })
}
