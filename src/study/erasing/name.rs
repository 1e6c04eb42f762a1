//! A real name that is erased wherever it stands: in what is said, in labels and preambles, in memos and in names.

use std::fmt;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

use crate::study::{Cut, ERASED, Edition, Record, lies_in_tombstones};
use crate::text::{Span, fold_label};

/// What may stand between two words of a name.
const BETWEEN: [char; 6] = ['-', '_', '.', '\'', '’', ','];
/// Fields that hold folded labels and names of files: names there are in small letters too.
const ANY_CASE: [&str; 5] = ["key", "speaker", "file", "source", "draft"];
/// Fields that other records refer to, or that are the program's own words.
const FIXED: [&str; 3] = ["id", "framework", "component"];

/// A real name: one word or several, of which case and accents do not matter. One word alone is the name where it begins with
/// a capital letter; else it may be another word (will, rose, mark).
#[derive(Clone, PartialEq, Eq)]
pub struct Name {
    words: Vec<Vec<char>>,
}

/// Why something cannot be erased as a name. It does not repeat it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotAName {
    /// Too little of it.
    #[error("a name has two letters or more; nothing was changed")]
    TooShort,
    /// One word in small letters.
    #[error(
        "write a name of one word with its capital letter: in small letters it may be another word; nothing was changed"
    )]
    NoCapital,
    /// What stands where words were erased.
    #[error("that is what stands where words were erased; nothing was changed")]
    Tombstone,
}

/// Names are not for logs.
impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Name(…)")
    }
}

impl Name {
    /// A name as somebody types it.
    ///
    /// # Errors
    /// If it would take other words along.
    pub fn new(typed: &str) -> Result<Name, NotAName> {
        let folded: Vec<char> = folded(typed).into_iter().map(|(c, _)| c).collect();
        let words: Vec<Vec<char>> = folded
            .split(|c| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(<[char]>::to_vec)
            .collect();
        if words.iter().flatten().filter(|c| c.is_alphabetic()).count() < 2 {
            return Err(NotAName::TooShort);
        }
        if let [word] = words.as_slice() {
            let word: String = word.iter().collect();
            if ["erased", "withdrawn"].contains(&word.as_str()) {
                return Err(NotAName::Tombstone);
            }
            if typed.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_lowercase) {
                return Err(NotAName::NoCapital);
            }
        }
        Ok(Name { words })
    }

    /// Where it stands in a text. With `any_case` one word in small letters is the name, too.
    #[must_use]
    pub fn find(&self, text: &str, any_case: bool) -> Vec<Span> {
        let folded = folded(text);
        let is_word =
            |at: Option<usize>| at.and_then(|at| folded.get(at)).is_some_and(|(c, _)| c.is_alphanumeric());
        let is_capital = |span: Span| {
            span.slice(text).and_then(|word| word.chars().next()).is_some_and(|c| !c.is_lowercase())
        };
        let (mut found, mut at) = (Vec::new(), 0);
        while let Some((_, first)) = folded.get(at) {
            let end = self.end_at(&folded, at).filter(|end| {
                let alone = !is_word(at.checked_sub(1)) && !is_word(Some(*end));
                alone && (any_case || self.words.len() > 1 || is_capital(*first))
            });
            if let Some((end, last)) = end.and_then(|end| Some((end, folded.get(end - 1)?))) {
                found.push(first.hull(last.1));
                at = end;
            } else {
                at += 1;
            }
        }
        found
    }

    /// Where it begins at an index, the index behind it.
    fn end_at(&self, folded: &[(char, Span)], mut at: usize) -> Option<usize> {
        for (number, word) in self.words.iter().enumerate() {
            let from = at;
            let is_between = |c: char| c.is_whitespace() || BETWEEN.contains(&c);
            while number > 0 && folded.get(at).is_some_and(|(c, _)| is_between(*c)) {
                at += 1;
            }
            let is_there =
                word.iter().enumerate().all(|(n, c)| folded.get(at + n).is_some_and(|held| held.0 == *c));
            if (number > 0 && at == from) || !is_there {
                return None;
            }
            at += word.len();
        }
        Some(at)
    }

    /// The text without the name. `None` if it does not stand there.
    #[must_use]
    pub fn clean(&self, text: &str, any_case: bool) -> Option<String> {
        let found = self.find(text, any_case);
        (!found.is_empty()).then(|| Cut::new(text, &found, ERASED).text)
    }

    /// Where it stands in a whole text, labels and preamble included. Labels are names in small letters too.
    pub(super) fn stretches(&self, edition: &Edition) -> Vec<Span> {
        let labels = edition.turns.turns.iter().flat_map(|turn| {
            let label = turn.label.slice(&edition.text).unwrap_or_default();
            self.find(label, true).into_iter().map(|span| span.shifted(turn.label.start as usize))
        });
        let mut found: Vec<Span> = self.find(&edition.text, false).into_iter().chain(labels).collect();
        found.retain(|span| !lies_in_tombstones(&edition.text, *span));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The key of a speaker whose label loses the name.
    #[must_use]
    pub fn clean_key(&self, key: &str) -> Option<String> {
        self.clean(key, true).map(|key| fold_label(&key))
    }

    /// A record without the name, its own name and its key included. `None` if it does not have it. Texts and quotes are cut
    /// elsewhere; who works on the study keeps their name.
    #[must_use]
    pub fn clean_record(&self, record: &Record) -> Option<Record> {
        if matches!(record, Record::Coder(_) | Record::Revision(_) | Record::Quote(_)) {
            return None;
        }
        let mut value = serde_json::to_value(record).ok()?;
        let is_speaker = matches!(record, Record::Speaker(_));
        let mut any = false;
        value.as_object_mut()?.values_mut().for_each(|held| self.clean_value(held, is_speaker, &mut any));
        any.then(|| serde_json::from_value(value).ok()).flatten()
    }

    fn clean_value(&self, value: &mut Value, any_case: bool, any: &mut bool) {
        match value {
            Value::String(text) => {
                if let Some(clean) = self.clean(text, any_case) {
                    (*text, *any) = (clean, true);
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.clean_value(item, any_case, any)),
            Value::Object(fields) => {
                for (name, field) in fields.iter_mut().filter(|(name, _)| !FIXED.contains(&name.as_str())) {
                    self.clean_value(field, any_case || ANY_CASE.contains(&name.as_str()), any);
                }
            }
            _ => {}
        }
    }
}

/// The characters of a text without case and accents, and where each stands. A mark belongs to what stands before it.
fn folded(text: &str) -> Vec<(char, Span)> {
    let mut found: Vec<(char, Span)> = Vec::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let span = Span::new(at, at + c.len_utf8());
        for part in std::iter::once(c).nfkd() {
            match found.last_mut() {
                Some(last) if is_combining_mark(part) => last.1 = last.1.hull(span),
                _ => found.extend(part.to_lowercase().map(|part| (part, span))),
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cleaned(name: &str, text: &str) -> String {
        Name::new(name).unwrap().clean(text, false).unwrap_or_else(|| text.to_owned())
    }

    #[test]
    fn case_accents_and_endings_do_not_hide_a_name() {
        assert_eq!(cleaned("Siân", "SIAN’s list, Sia\u{302}n. sian"), "[erased]’s list, [erased]. sian");
        assert_eq!(
            cleaned("jane doe", "Jane\u{a0}Doe, JANE-DOE and jane_doe.docx"),
            "[erased], [erased] and [erased].docx"
        );
        assert_eq!(cleaned("O'Brien", "Mrs O’Brien"), "Mrs [erased]");
    }

    #[test]
    fn other_words_stay() {
        let said = "Rosemary rose. Primrose!";
        assert_eq!(cleaned("Rose", said), said);
        assert_eq!(Name::new("rose"), Err(NotAName::NoCapital));
        assert_eq!(Name::new("J"), Err(NotAName::TooShort));
        assert_eq!(Name::new("Erased"), Err(NotAName::Tombstone));
        assert_eq!(format!("{:?}", Name::new("Rose")), "Ok(Name(…))");
    }
}
