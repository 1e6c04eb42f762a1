//! A tree back to text that parses to an equal tree.

use std::fmt;

use super::{Clause, Filter, Query, What};

impl fmt::Display for Query {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.root.as_ref().map_or(Ok(()), |root| root.fmt(f))
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.what {
            // A backslash makes an operator a word.
            What::Word(word) if matches!(word.as_str(), "AND" | "OR" | "NOT") => write!(f, "\\{word}"),
            What::Word(word) => f.write_str(word),
            What::Phrase(words) => write_string(f, words),
            What::Near { words, others } => {
                write_string(f, words)?;
                write!(f, "~{others}")
            }
            What::Prefix(beginning) => write!(f, "{beginning}*"),
            What::Fuzzy(word) => write!(f, "{word}~"),
            What::Regex(pattern) => write_regex(f, pattern),
            What::Filter(filter) => filter.fmt(f),
            What::Not(inner) if matches!(inner.what, What::Not(_)) => write!(f, "NOT {inner}"),
            What::Not(inner) => write!(f, "-{inner}"),
            What::All(clauses) => write_joined(f, clauses, " "),
            What::Any(clauses) => write_joined(f, clauses, " OR "),
            What::Group(inner) => write!(f, "({inner})"),
        }
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.name, if self.exact { "=" } else { "" })?;
        if is_bare(&self.value) { f.write_str(&self.value) } else { write_string(f, &self.value) }
    }
}

fn write_joined(f: &mut fmt::Formatter<'_>, clauses: &[Clause], between: &str) -> fmt::Result {
    for (i, clause) in clauses.iter().enumerate() {
        write!(f, "{}{clause}", if i == 0 { "" } else { between })?;
    }
    Ok(())
}

fn write_string(f: &mut fmt::Formatter<'_>, inside: &str) -> fmt::Result {
    f.write_str("\"")?;
    for c in inside.chars() {
        let escape = if matches!(c, '"' | '“' | '”' | '„' | '‟' | '\\') { "\\" } else { "" };
        write!(f, "{escape}{c}")?;
    }
    f.write_str("\"")
}

fn write_regex(f: &mut fmt::Formatter<'_>, pattern: &str) -> fmt::Result {
    f.write_str("/")?;
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        match c {
            '/' => f.write_str("\\/")?,
            '\\' => {
                f.write_str("\\")?;
                chars.next().map_or(Ok(()), |escaped| write!(f, "{escaped}"))?;
            }
            c => write!(f, "{c}")?,
        }
    }
    f.write_str("/")
}

/// Whether a value needs no quotation marks.
fn is_bare(value: &str) -> bool {
    let mut depth = 0i32;
    let plain = value.chars().all(|c| {
        depth += i32::from(c == '(') - i32::from(c == ')');
        depth >= 0 && !c.is_whitespace() && !matches!(c, '"' | '“' | '”' | '„' | '‟')
    });
    plain && depth == 0 && !value.is_empty() && !value.starts_with(['=', '/'])
}
