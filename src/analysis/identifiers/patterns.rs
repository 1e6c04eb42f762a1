//! The file of patterns: read, checked and compiled.

use regex::Regex;
use serde::Deserialize;
use toml::Spanned;

use super::names::WrongLines;
use super::scan::Severity;
use super::validators::{self, Validator};

/// The name under which findings of the watch list are listed.
pub const WATCH_LIST: &str = "watch_list";

const SHIPPED: &str = include_str!("patterns.toml");

/// Patterns in their order of precedence, compiled.
#[derive(Clone, Debug, Default)]
pub struct Patterns {
    pub(super) list: Vec<Pattern>,
}

/// One pattern.
#[derive(Clone)]
pub(super) struct Pattern {
    pub(super) id: String,
    pub(super) severity: Severity,
    pub(super) regex: Regex,
    pub(super) validator: Option<Validator>,
    pub(super) escalate_before: Option<Regex>,
    pub(super) keeps: Option<Regex>,
    pub(super) whole: bool,
}

impl std::fmt::Debug for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Pattern").field("id", &self.id).finish_non_exhaustive()
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    schema: u32,
    pattern: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    id: String,
    severity: Severity,
    regex: Spanned<String>,
    validator: Option<Spanned<String>>,
    escalate_before: Option<Spanned<String>>,
    keeps: Option<Spanned<String>>,
    #[serde(default)]
    whole: bool,
}

impl Patterns {
    /// The patterns that ship with the program.
    ///
    /// # Errors
    /// Never, while the tests pass: they read the file that ships.
    pub fn shipped() -> Result<Self, WrongLines> {
        Self::parse(SHIPPED)
    }

    /// Reads a file of patterns.
    ///
    /// # Errors
    /// What is wrong and on which line: no TOML, a key or validator that is not known, a pattern that does not compile.
    pub fn parse(text: &str) -> Result<Self, WrongLines> {
        let file: File = toml::from_str(text).map_err(|error| WrongLines::no_toml(text, &error))?;
        if file.schema != 1 {
            return Err(WrongLines::one(1, "this program reads schema 1 of the file of patterns"));
        }
        let compile = |written: &Spanned<String>| {
            Regex::new(written.get_ref()).map_err(|_| {
                WrongLines::at(text, written.span().start, "this is no regular expression that can be used")
            })
        };
        let mut list = Vec::with_capacity(file.pattern.len());
        for entry in file.pattern {
            let validator = match &entry.validator {
                Some(name) => Some(validators::named(name.get_ref()).ok_or_else(|| {
                    WrongLines::at(text, name.span().start, "there is no validator of that name")
                })?),
                None => None,
            };
            list.push(Pattern {
                regex: compile(&entry.regex)?,
                escalate_before: entry.escalate_before.as_ref().map(compile).transpose()?,
                keeps: entry.keeps.as_ref().map(compile).transpose()?,
                validator,
                id: entry.id,
                severity: entry.severity,
                whole: entry.whole,
            });
        }
        Ok(Self { list })
    }

    /// Names of the patterns, in their order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.list.iter().map(|pattern| pattern.id.as_str())
    }
}

/// The pattern without its word boundaries: it matches wherever the pattern does, and more, but needs no look at what
/// is a letter in Unicode, which is slow in texts that are not all ASCII.
pub(super) fn without_boundaries(regex: &str) -> String {
    let mut loose = String::with_capacity(regex.len());
    let mut rest = regex.chars().peekable();
    while let Some(c) = rest.next() {
        match (c, rest.peek()) {
            ('\\', Some('b')) => {
                rest.next();
                if rest.peek() == Some(&'{') {
                    loose.push_str("\\b");
                }
            }
            ('\\', Some(_)) => {
                loose.push(c);
                loose.extend(rest.next());
            }
            _ => loose.push(c),
        }
    }
    loose
}
