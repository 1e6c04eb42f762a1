//! Why a `study.toml` cannot be read, in words for people who never heard of the types of a program.

use std::ops::Range;

use super::{Settings, SettingsEntry};

/// What is wrong with a `study.toml`: the first thing, and where. Written out, it is a sentence that begins with the
/// line where that is known, and names no file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}{what}", line.map(|line| format!("line {line}: ")).unwrap_or_default())]
pub struct SettingsError {
    /// Its line, from 1, where that is known.
    pub line: Option<usize>,
    /// What is wrong, in a sentence without its full stop.
    pub what: String,
}

/// Characters of a wrong value that are told.
const SHOWN: usize = 30;

impl SettingsError {
    pub(super) fn of(text: &str, error: &toml::de::Error) -> Self {
        let span = error.span();
        let line = span.as_ref().map(|span| line_of(text, span.start));
        let message = error.message();
        let what = match line.and_then(|line| Some((line, key_at(text, line)?))) {
            Some((_, key)) => value_refused(key.key.as_str(), &given(text, span), message),
            None => line.and_then(|line| word_without_marks(text.lines().nth(line - 1)?)),
        };
        Self { line, what: what.unwrap_or_else(|| message.to_owned()) }
    }
}

fn line_of(text: &str, byte: usize) -> usize {
    text.get(..byte).unwrap_or_default().matches('\n').count() + 1
}

/// The key whose value stands in a line or begins above it. None of a text that is no TOML.
fn key_at(text: &str, line: usize) -> Option<SettingsEntry> {
    Settings::entries(text).into_iter().rfind(|entry| entry.line <= line)
}

/// A wrong value as it is written.
fn given(text: &str, span: Option<Range<usize>>) -> String {
    let written = span.and_then(|span| text.get(span)).unwrap_or_default();
    let first = written.lines().next().unwrap_or_default();
    match first.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", first.get(..end).unwrap_or_default()),
        None => first.to_owned(),
    }
}

/// What may stand for a key, instead of what does: the reader of TOML says it in the names of types.
fn value_refused(key: &str, given: &str, message: &str) -> Option<String> {
    let (_, wanted) = message.rsplit_once(", expected ")?;
    let must = match wanted {
        words if message.starts_with("unknown variant") => {
            format!("can be {}", or(words.split('`').skip(1).step_by(2)))
        }
        "usize" | "u32" => "must be a whole number, 0 or more".to_owned(),
        "a boolean" => "must be true or false".to_owned(),
        "a string" => "must be words in quotation marks".to_owned(),
        "a sequence" => "must be a list in square brackets, [\"so\", \"and so\"]".to_owned(),
        map if map == "a map" || map.starts_with("struct ") => format!("must be a table: [{key}]"),
        _ => return None,
    };
    let name = key.rsplit('.').next().unwrap_or(key);
    Some(format!("`{name}` {must}; it is {given}"))
}

/// `basket, file or clipboard`.
fn or<'w>(words: impl Iterator<Item = &'w str>) -> String {
    let words: Vec<&str> = words.collect();
    match words.split_last() {
        Some((last, [])) => (*last).to_owned(),
        Some((last, before)) => format!("{} or {last}", before.join(", ")),
        None => String::new(),
    }
}

/// The commonest slip in TOML: a word as a value, without its quotation marks.
fn word_without_marks(line: &str) -> Option<String> {
    let (key, value) = line.split_once('=')?;
    let (key, value) = (key.trim(), value.split('#').next().unwrap_or_default().trim());
    let is_word = value.starts_with(char::is_alphabetic) && !value.contains('"');
    is_word.then(|| format!("words stand in quotation marks: {key} = \"{value}\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(text: &str) -> String {
        Settings::parse(text).unwrap_err().to_string()
    }

    #[test]
    fn a_wrong_value_is_told_with_its_key_and_what_it_can_be() {
        let head = "schema = 1\n[quotation]\n";
        for (line, what) in [
            ("to = \"nowhere\"", "`to` can be basket, file or clipboard; it is \"nowhere\""),
            ("marks = \"triple\"", "`marks` can be double or single; it is \"triple\""),
            ("block_words = -4", "`block_words` must be a whole number, 0 or more; it is -4"),
            ("block_words = \"40\"", "`block_words` must be a whole number, 0 or more; it is \"40\""),
            ("csquotes = \"yes\"", "`csquotes` must be true or false; it is \"yes\""),
            ("draft = 3", "`draft` must be words in quotation marks; it is 3"),
            (
                "notes = \"laughs\"",
                "`notes` must be a list in square brackets, [\"so\", \"and so\"]; it is \"laughs\"",
            ),
            ("to = file", "words stand in quotation marks: to = \"file\""),
            ("to = basket # or file", "words stand in quotation marks: to = \"basket\""),
        ] {
            assert_eq!(said(&format!("{head}{line}\n")), format!("line 3: {what}"), "{line}");
        }
        assert_eq!(
            said("[attribution]\nk = 5\nmin_cell = -1\n"),
            "line 3: `min_cell` must be a whole number, 0 or more; it is -1"
        );
        assert_eq!(
            said("[attribution]\npreset = \"papers\"\n"),
            "line 2: `preset` can be numbered or paper; it is \"papers\""
        );
        assert_eq!(said("coders = 3\n"), "line 1: `coders` must be a table: [coders]; it is 3");
        assert_eq!(
            said("[attribution.words]\nsex = \"woman\"\n"),
            "line 2: `sex` must be a table: [attribution.words.sex]; it is \"woman\""
        );
    }

    #[test]
    fn what_is_no_toml_keeps_its_line() {
        assert!(said("name = \"A\"\nlead = \n").starts_with("line 2: "));
        assert!(said("name = \"A\"\nname = \"B\"\n").starts_with("line 2: "));
    }
}
