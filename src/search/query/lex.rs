//! The query's text to lexemes: terms, parentheses, operators.

use std::iter::Peekable;
use std::str::CharIndices;

use super::{Filter, FilterNames, Problem, QueryError, What};
use crate::text::{Analyser, Language, Span, most_like};

/// One lexeme and its place in bytes.
#[derive(Debug)]
pub(super) struct Lexeme {
    pub(super) at: Span,
    pub(super) kind: LexemeKind,
}

#[derive(Debug)]
pub(super) enum LexemeKind {
    Open,
    Close,
    And,
    Or,
    /// `NOT`, or `-` at a term's start.
    Not,
    Term(What),
}

impl LexemeKind {
    /// The operator's word for messages.
    pub(super) fn word(&self) -> &'static str {
        match self {
            Self::And => "AND",
            Self::Or => "OR",
            Self::Not => "NOT",
            Self::Open => "(",
            Self::Close => ")",
            Self::Term(_) => "",
        }
    }
}

/// All lexemes of `text`. Marks without any letter or digit are passed over.
pub(super) fn lex(text: &str, names: &FilterNames) -> Result<Vec<Lexeme>, QueryError> {
    Lexer { text, names, analyser: Analyser::new(Language::Other), chars: text.char_indices().peekable() }
        .run()
}

struct Lexer<'q> {
    text: &'q str,
    names: &'q FilterNames,
    analyser: Analyser,
    chars: Peekable<CharIndices<'q>>,
}

/// Any double quotation mark opens a string and any closes it. An apostrophe never does.
fn is_quote(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '‟')
}

impl<'q> Lexer<'q> {
    fn run(mut self) -> Result<Vec<Lexeme>, QueryError> {
        let mut found = Vec::new();
        while let Some(&(start, c)) = self.chars.peek() {
            let kind = match c {
                '(' => self.single(LexemeKind::Open),
                ')' => self.single(LexemeKind::Close),
                '-' if self.is_negation(start) => self.single(LexemeKind::Not),
                '/' if !self.is_followed_by_blank(start + 1) => Some(LexemeKind::Term(self.regex(start)?)),
                c if is_quote(c) => Some(LexemeKind::Term(self.phrase(start)?)),
                '\\' => {
                    self.chars.next();
                    let word = self.take_word();
                    self.plain(word).map(|words| LexemeKind::Term(What::Word(words)))
                }
                // Marks before a word: `…time`, `#time`, `'time'`, `~50`.
                c if c != '*' && !c.is_alphanumeric() => {
                    self.chars.next();
                    None
                }
                _ => self.word(start)?,
            };
            if let Some(kind) = kind {
                found.push(Lexeme { at: Span::new(start, self.place()), kind });
            }
        }
        Ok(found)
    }

    /// Where the next character is.
    fn place(&mut self) -> usize {
        self.chars.peek().map_or(self.text.len(), |(at, _)| *at)
    }

    fn error(&self, start: usize, end: usize, problem: Problem) -> QueryError {
        QueryError::new(self.text, Span::new(start, end), problem)
    }

    fn single(&mut self, kind: LexemeKind) -> Option<LexemeKind> {
        self.chars.next();
        Some(kind)
    }

    fn is_followed_by_blank(&self, at: usize) -> bool {
        self.text.get(at..).and_then(|rest| rest.chars().next()).is_none_or(|c| c.is_whitespace() || c == ')')
    }

    /// One hyphen right before a term negates it. A lone one, or several, are dashes of a text that was
    /// pasted.
    fn is_negation(&mut self, start: usize) -> bool {
        let before = self.text[..start].chars().next_back();
        let after = self.text[start + 1..].chars().next();
        before != Some('-') && after.is_some_and(|c| !c.is_whitespace() && !matches!(c, ')' | '-'))
    }

    fn phrase(&mut self, start: usize) -> Result<What, QueryError> {
        let words = self.take_string(start)?;
        if self.plain(&words).is_none() {
            let end = self.place();
            return Err(self.error(start, end, Problem::EmptyString));
        }
        if self.chars.next_if(|(_, c)| *c == '~').is_none() {
            return Ok(What::Phrase(words));
        }
        let digits = self.place();
        while self.chars.next_if(|(_, c)| c.is_ascii_digit()).is_some() {}
        let end = self.place();
        match self.text[digits..end].parse() {
            Ok(others) => Ok(What::Near { words, others }),
            Err(_) => Err(self.error(start, end, Problem::NearWithoutNumber)),
        }
    }

    /// The inside of a string, whose quotation mark is next. A backslash takes a mark or a backslash as it
    /// is.
    fn take_string(&mut self, start: usize) -> Result<String, QueryError> {
        self.chars.next();
        let mut inside = String::new();
        while let Some((_, c)) = self.chars.next() {
            if is_quote(c) {
                return Ok(inside);
            }
            match self.chars.next_if(|(_, next)| c == '\\' && (is_quote(*next) || *next == '\\')) {
                Some((_, escaped)) => inside.push(escaped),
                None => inside.push(c),
            }
        }
        Err(self.error(start, self.text.len(), Problem::UnclosedString))
    }

    /// A regular expression ends at the first slash that ends a term and has no backslash before it.
    fn regex(&mut self, start: usize) -> Result<What, QueryError> {
        self.chars.next();
        let mut pattern = String::new();
        loop {
            match self.chars.next() {
                None => return Err(self.error(start, self.text.len(), Problem::UnclosedRegex)),
                Some((at, '/')) if self.is_followed_by_blank(at + 1) => break,
                Some((_, '\\')) => match self.chars.next() {
                    Some((_, '/')) => pattern.push('/'),
                    Some((_, c)) => pattern.extend(['\\', c]),
                    None => pattern.push('\\'),
                },
                Some((_, c)) => pattern.push(c),
            }
        }
        let end = self.place();
        if pattern.is_empty() {
            return Err(self.error(start, end, Problem::EmptyRegex));
        }
        match super::parse::compile_regex(&pattern) {
            Ok(_) => Ok(What::Regex(pattern)),
            Err(why) => Err(self.error(start, end, Problem::BadRegex(why))),
        }
    }

    fn word(&mut self, start: usize) -> Result<Option<LexemeKind>, QueryError> {
        if let Some(filter) = self.filter(start)? {
            return Ok(Some(LexemeKind::Term(What::Filter(filter))));
        }
        let word = self.take_word();
        let end = self.place();
        match word {
            "AND" => return Ok(Some(LexemeKind::And)),
            "OR" => return Ok(Some(LexemeKind::Or)),
            "NOT" => return Ok(Some(LexemeKind::Not)),
            _ => {}
        }
        let fuzzy = word.rsplit_once('~').filter(|(_, edits)| edits.bytes().all(|b| b.is_ascii_digit()));
        let (body, what): (&str, fn(String) -> What) = match fuzzy {
            Some((body, "" | "1")) => (body, What::Fuzzy),
            Some(_) => return Err(self.error(start, end, Problem::TooManyEdits)),
            None => word
                .strip_suffix('*')
                .map_or((word, What::Word as fn(String) -> What), |body| (body, What::Prefix)),
        };
        let Some(words) = self.plain(body) else { return Ok(None) };
        if body.contains('*') {
            return Err(self.error(start, end, Problem::StarInside));
        }
        Ok(Some(LexemeKind::Term(what(words))))
    }

    /// The rest of a word: up to a blank, a quotation mark, or a parenthesis that is not closed within the
    /// word (`appointment(s)` is one word).
    fn take_word(&mut self) -> &'q str {
        let start = self.place();
        let (mut depth, mut at_depth_0) = (0usize, start);
        for (at, c) in self.text[start..].char_indices() {
            let after = start + at + c.len_utf8();
            match c {
                '(' => depth += 1,
                ')' if depth == 0 => break,
                ')' => depth -= 1,
                c if c.is_whitespace() || is_quote(c) => break,
                _ => {}
            }
            if depth == 0 {
                at_depth_0 = after;
            }
        }
        // What is left open begins a group of its own.
        let end = at_depth_0;
        while self.chars.next_if(|(at, _)| *at < end).is_some() {}
        &self.text[start..end]
    }

    /// The words that the analyser sees in `piece`, as typed, with `-` between them.
    fn plain(&mut self, piece: &str) -> Option<String> {
        let words: Vec<&str> =
            self.analyser.tokens(piece).filter_map(|token| token.span.slice(piece)).collect();
        (!words.is_empty()).then(|| words.join("-"))
    }

    /// A filter, if a name with a colon is next. Times (`10:30`) and addresses (`https://…`) are not.
    fn filter(&mut self, start: usize) -> Result<Option<Filter>, QueryError> {
        let rest = &self.text[start..];
        let name_end =
            rest.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-')).unwrap_or(rest.len());
        let (word, after) = rest.split_at(name_end);
        let is_name = after.starts_with(':') && word.starts_with(char::is_alphabetic);
        if !is_name || after.starts_with("://") {
            return Ok(None);
        }
        let Some(name) = self.names.find(word) else {
            if matches!(word, "mailto" | "tel" | "urn") {
                return Ok(None);
            }
            let nearest = most_like(word, self.names.words()).unwrap_or_default().to_owned();
            let problem = Problem::UnknownFilter { word: word.to_owned(), nearest };
            return Err(self.error(start, start + word.len() + 1, problem));
        };
        while self.chars.next_if(|(at, _)| *at <= start + name_end).is_some() {}
        let exact = self.chars.next_if(|(_, c)| *c == '=').is_some();
        let quoted = self.chars.peek().copied().filter(|(_, c)| is_quote(*c));
        let value = match quoted {
            Some((at, _)) => self.take_string(at)?,
            None => self.take_word().to_owned(),
        };
        if value.trim().is_empty() {
            let end = self.place();
            return Err(self.error(start, end, Problem::NoValue(name.word().to_owned())));
        }
        Ok(Some(Filter { name, exact, value }))
    }
}
