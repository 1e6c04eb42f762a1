//! The file of names: who is called what in this study, and words to watch for. It is kept outside the study.
//!
//! ```toml
//! schema = 1
//! watch = ["Angharad", "Ysbyty Pen-y-Bryn"]   # whole words, case and diacritics folded
//! patterns = ['\bWard [0-9]+\b']              # regular expressions
//!
//! [[name]]
//! real = "Gwilym Parry"                       # watched for, too
//! pseudonym = "Owen"
//! ```
//!
//! Nothing here repeats a word of the file in an error: errors end in logs.

use std::fmt;

use regex::Regex;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::scan::same_words;
use super::watch::{Watch, folded_words};

/// The commonest words of English. What watches for them finds something in every line.
const COMMONEST: &str = "the and of to a in that it is was for on with as at be this have from or by not but what all were \
                         we when your can there they you i";

/// The watch list and the pseudonyms of a study.
#[derive(Clone, Debug, Default)]
pub struct Names {
    watch: Vec<String>,
    patterns: Vec<Regex>,
    /// Real names and pseudonyms, in the order of the file.
    pseudonyms: Vec<(String, String)>,
}

/// What is wrong with a file, by line. Says nothing of what the lines hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrongLines {
    /// Lines, from 1, and what is wrong with each.
    pub lines: Vec<(usize, String)>,
}

impl WrongLines {
    pub(super) fn one(line: usize, what: &str) -> Self {
        Self { lines: vec![(line, what.to_owned())] }
    }

    /// Something wrong at a byte of the text.
    pub(super) fn at(text: &str, byte: usize, what: &str) -> Self {
        Self::one(line_of(text, byte), what)
    }

    pub(super) fn no_toml(text: &str, error: &toml::de::Error) -> Self {
        Self::at(text, error.span().map_or(0, |span| span.start), &format!("{}", error.message()))
    }
}

impl fmt::Display for WrongLines {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, (line, what)) in self.lines.iter().enumerate() {
            write!(f, "{}line {line}: {what}", if at > 0 { "; " } else { "" })?;
        }
        Ok(())
    }
}

impl std::error::Error for WrongLines {}

fn line_of(text: &str, byte: usize) -> usize {
    1 + text.bytes().take(byte).filter(|byte| *byte == b'\n').count()
}

impl Names {
    /// Reads the file.
    ///
    /// # Errors
    /// All that is wrong with it, by line: no TOML, a key that is not known, an empty word, a word or pattern that finds
    /// something in every line, a name with two pseudonyms, a pseudonym that is watched for itself.
    pub fn parse(text: &str) -> Result<Self, WrongLines> {
        let table = DeTable::parse(text).map_err(|error| WrongLines::no_toml(text, &error))?;
        let mut reading = Reading { text, names: Names::default(), wrong: Vec::new(), aliases: Vec::new() };
        for (key, value) in table.get_ref() {
            match key.get_ref().as_ref() {
                "schema" => reading.schema(value),
                "watch" => reading.strings(value, Reading::watch),
                "patterns" => reading.strings(value, Reading::pattern),
                "name" => reading.pairs(value),
                _ => reading.refuse(
                    key.span().start,
                    "there is no such key here; there are `watch`, `patterns` and `[[name]]`",
                ),
            }
        }
        reading.finish()
    }

    /// All that is watched for: the words of the list and the real names.
    pub fn watched(&self) -> impl Iterator<Item = &str> {
        let real = self.pseudonyms.iter().map(|(real, _)| real);
        self.watch.iter().chain(real).map(String::as_str)
    }

    /// The patterns of the watch list.
    #[must_use]
    pub fn patterns(&self) -> &[Regex] {
        &self.patterns
    }

    /// Whether nothing is watched for.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.watch.is_empty() && self.patterns.is_empty() && self.pseudonyms.is_empty()
    }

    /// The pseudonym of a name, case and diacritics folded.
    #[must_use]
    pub fn pseudonym_of(&self, name: &str) -> Option<&str> {
        let wanted = same_words(name);
        let found = self.pseudonyms.iter().find(|(real, _)| same_words(real) == wanted);
        found.map(|(_, pseudonym)| pseudonym.as_str())
    }

    /// All pseudonyms, each once, in the order of the file.
    #[must_use]
    pub fn pseudonyms(&self) -> Vec<&str> {
        let mut listed: Vec<&str> = Vec::new();
        for (_, pseudonym) in &self.pseudonyms {
            if !listed.contains(&pseudonym.as_str()) {
                listed.push(pseudonym);
            }
        }
        listed
    }

    /// The text of the file with one more name in it, all that stood there as it was.
    ///
    /// # Errors
    /// What [`Names::parse`] would refuse in the new file, by its line there.
    pub fn with_name(text: &str, real: &str, pseudonym: &str) -> Result<String, WrongLines> {
        let mut longer = text.trim_end().to_owned();
        if longer.is_empty() {
            longer.push_str("# Real names and their pseudonyms. Keep this file away from the study and out of backups of it.\n");
            longer.push_str("schema = 1");
        }
        let quoted = |words: &str| toml::Value::String(words.trim().to_owned()).to_string();
        let entry = format!("\n\n[[name]]\nreal = {}\npseudonym = {}\n", quoted(real), quoted(pseudonym));
        longer.push_str(&entry);
        Self::parse(&longer).map(|_| longer)
    }
}

/// A file on its way to [`Names`].
struct Reading<'t> {
    text: &'t str,
    names: Names,
    wrong: Vec<(usize, String)>,
    /// Where each pseudonym stands.
    aliases: Vec<usize>,
}

type Value<'v> = Spanned<DeValue<'v>>;

impl Reading<'_> {
    fn refuse(&mut self, byte: usize, what: &str) {
        self.wrong.push((line_of(self.text, byte), what.to_owned()));
    }

    fn schema(&mut self, value: &Value<'_>) {
        if value.get_ref().as_integer().is_none_or(|number| number.as_str() != "1") {
            self.refuse(value.span().start, "this program reads schema 1 of the file of names");
        }
    }

    fn strings(&mut self, value: &Value<'_>, take: fn(&mut Self, usize, &str)) {
        let Some(list) = value.get_ref().as_array() else {
            return self.refuse(value.span().start, "a list of words between [ and ] belongs here");
        };
        for item in list.iter() {
            match item.get_ref().as_str() {
                Some(words) => take(self, item.span().start, words),
                None => self.refuse(item.span().start, "only words between quotation marks belong here"),
            }
        }
    }

    fn watch(&mut self, at: usize, words: &str) {
        if self.can_be_watched(at, words) {
            self.names.watch.push(words.to_owned());
        }
    }

    fn can_be_watched(&mut self, at: usize, words: &str) -> bool {
        let folded = folded_words(words);
        match folded.as_slice() {
            [] => self.refuse(at, "this word holds no letter and no digit"),
            [only] if COMMONEST.split(' ').any(|common| common == only) => {
                self.refuse(at, "this word stands in nearly every line, so that it would find everything");
            }
            _ => return true,
        }
        false
    }

    fn pattern(&mut self, at: usize, written: &str) {
        let Ok(regex) = Regex::new(written) else {
            return self.refuse(at, "this pattern is no regular expression that can be used");
        };
        let everywhere = regex.is_match("")
            || regex.is_match(" ")
            || 4 * COMMONEST.split(' ').filter(|word| regex.is_match(word)).count()
                > COMMONEST.split(' ').count();
        if everywhere {
            return self.refuse(at, "this pattern matches nearly everything");
        }
        self.names.patterns.push(regex);
    }

    fn pairs(&mut self, value: &Value<'_>) {
        let Some(list) = value.get_ref().as_array() else {
            return self.refuse(value.span().start, "names are written below [[name]]");
        };
        for item in list.iter() {
            match item.get_ref().as_table() {
                Some(table) => self.pair(item.span().start, table),
                None => self.refuse(item.span().start, "names are written below [[name]]"),
            }
        }
    }

    fn pair(&mut self, at: usize, table: &DeTable<'_>) {
        let (mut real, mut pseudonym) = (None, None);
        for (key, value) in table.iter() {
            let words = value.get_ref().as_str().map(|words| (value.span().start, words.trim().to_owned()));
            match (key.get_ref().as_ref(), words) {
                ("real", Some(words)) => real = Some(words),
                ("pseudonym", Some(words)) => pseudonym = Some(words),
                ("real" | "pseudonym", None) => {
                    self.refuse(value.span().start, "a name between quotation marks belongs here");
                }
                _ => self.refuse(
                    key.span().start,
                    "a name has `real` and `pseudonym`, and nothing else belongs here",
                ),
            }
        }
        let (Some((real_at, real)), Some((alias_at, pseudonym))) = (real, pseudonym) else {
            return self.refuse(at, "a name needs both `real` and `pseudonym`");
        };
        if !self.can_be_watched(real_at, &real) {
            return;
        }
        if pseudonym.is_empty() || pseudonym.contains(char::is_control) {
            return self.refuse(alias_at, "this pseudonym is empty, or holds a line break or the like");
        }
        if self.names.pseudonym_of(&real).is_some_and(|earlier| earlier != pseudonym) {
            return self.refuse(real_at, "this name has another pseudonym further up");
        }
        self.names.pseudonyms.push((real, pseudonym));
        self.aliases.push(alias_at);
    }

    fn finish(mut self) -> Result<Names, WrongLines> {
        let watch = Watch::over(self.names.watched());
        let watched = |pseudonym: &str| {
            !watch.find(pseudonym).is_empty() || self.names.patterns.iter().any(|own| own.is_match(pseudonym))
        };
        let pseudonyms = self.names.pseudonyms.iter().map(|(_, pseudonym)| watched(pseudonym));
        let circular: Vec<usize> = self
            .aliases
            .iter()
            .zip(pseudonyms)
            .filter(|(_, circular)| *circular)
            .map(|(at, _)| *at)
            .collect();
        for at in circular {
            self.refuse(
                at,
                "this pseudonym holds a name that is watched for, so that it would be found again",
            );
        }
        self.wrong.sort();
        if self.wrong.is_empty() { Ok(self.names) } else { Err(WrongLines { lines: self.wrong }) }
    }
}
