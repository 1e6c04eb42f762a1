//! `study.toml`: the facts of a study that people edit by hand. The program never rewrites it.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;

use super::{AttributionSettings, QuotationSettings, SettingsError};
use crate::text::probably_meant;

/// What `study.toml` says. Unknown keys are kept out of the way: later versions may know them.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// What the study is called.
    pub name: String,
    /// The lead coder, whose layer counts unless a transcript says otherwise.
    pub lead: Option<String>,
    /// Framework of the panels: an id of a framework of the study (`com-b`).
    pub framework: String,
    /// The attribute of participants whose values the panels set side by side.
    pub compare: Option<String>,
    /// Language of transcripts that do not say theirs (BCP 47).
    pub language: String,
    /// Whether several people of a group share the folder: files are then 0660, not 0600.
    pub shared: bool,
    /// Users of the operating system and the coders they are.
    pub coders: BTreeMap<String, String>,
    /// How quotations are attributed.
    pub attribution: AttributionSettings,
    /// The sampling frame: for a filter of participants (`group:public health_board:powys`), how many are wanted.
    pub frame: BTreeMap<String, u32>,
    /// How a quotation is written, and where the one key puts it.
    pub quotation: QuotationSettings,
    /// The lines in which keys of no table stand, from 1.
    #[serde(skip)]
    pub lines: BTreeMap<String, usize>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            name: String::new(),
            lead: None,
            framework: "com-b".into(),
            compare: None,
            language: "en".into(),
            shared: false,
            coders: BTreeMap::new(),
            attribution: AttributionSettings::default(),
            frame: BTreeMap::new(),
            quotation: QuotationSettings::default(),
            lines: BTreeMap::new(),
        }
    }
}

impl Settings {
    /// Reads `study.toml`.
    ///
    /// # Errors
    /// The first thing that is wrong, with its line.
    pub fn parse(text: &str) -> Result<Settings, SettingsError> {
        let mut settings: Settings = toml::from_str(text).map_err(|error| SettingsError::of(text, &error))?;
        for entry in Settings::entries(text) {
            if let Some(key) = entry.key.strip_prefix("attribution.") {
                settings.attribution.lines.insert(key.to_owned(), entry.line);
            } else if !entry.key.contains('.') {
                settings.lines.insert(entry.key, entry.line);
            }
        }
        Ok(settings)
    }

    /// The coder that a user of the operating system is, if the study says so.
    #[must_use]
    pub fn coder_of(&self, os_user: &str) -> Option<&str> {
        self.coders.get(os_user).map(String::as_str)
    }
}

/// One key of a `study.toml`, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsEntry {
    /// The key with those of its tables (`attribution.by`).
    pub key: String,
    /// Its value as people would say it; empty for a table.
    pub value: String,
    /// Its line, from 1.
    pub line: usize,
    /// Whether it is a table.
    pub is_table: bool,
}

impl Settings {
    /// All keys of a text, in the order of their lines. None if it is no TOML.
    #[must_use]
    pub fn entries(text: &str) -> Vec<SettingsEntry> {
        let mut found = Vec::new();
        if let Ok(table) = toml::de::DeTable::parse(text) {
            collect(text, "", table.get_ref(), &mut found);
        }
        found.sort_by_key(|entry| entry.line);
        found
    }
}

/// A key that nothing is known by: a slip, or one of a later version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnknownKey {
    /// The key with those of its tables.
    pub key: String,
    /// Its line, from 1.
    pub line: usize,
    /// The known one that it is most like, if it is like one.
    pub meant: Option<&'static str>,
}

impl fmt::Display for UnknownKey {
    /// Where it stands, that it is not known, and what may be meant.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "study.toml line {}: {}: nothing is known by this key", self.line, self.key)?;
        self.meant.map_or(Ok(()), |meant| write!(f, "; perhaps `{meant}` is meant"))
    }
}

/// All keys; below those that end in a full stop any may stand.
const KEYS: [&str; 36] = [
    "schema",
    "name",
    "lead",
    "framework",
    "compare",
    "language",
    "shared",
    "coders",
    "coders.",
    "frame",
    "frame.",
    "attribution",
    "attribution.preset",
    "attribution.by",
    "attribution.participant_number",
    "attribution.also",
    "attribution.focus_group",
    "attribution.k",
    "attribution.min_cell",
    "attribution.styles",
    "attribution.styles.",
    "attribution.words",
    "attribution.words.",
    "quotation",
    "quotation.markup",
    "quotation.marks",
    "quotation.glyphs",
    "quotation.csquotes",
    "quotation.ellipsis",
    "quotation.brackets",
    "quotation.notes",
    "quotation.block_words",
    "quotation.stop_last",
    "quotation.address",
    "quotation.to",
    "quotation.draft",
];

impl Settings {
    /// All keys; below those that end in a full stop any may stand.
    pub fn keys() -> impl Iterator<Item = &'static str> {
        KEYS.into_iter()
    }

    /// The keys of a text that nothing is known by. Whoever keeps the study may have facts and tables of their own beside what
    /// Combe knows: those are told only where they look like a slip.
    #[must_use]
    pub fn unknown_keys(text: &str) -> Vec<UnknownKey> {
        let known = || KEYS.into_iter();
        let is_known = |key: &str| {
            known().any(|held| match held.ends_with('.') {
                true => key.starts_with(held),
                false => key == held,
            })
        };
        let mut found: Vec<UnknownKey> = Vec::new();
        for SettingsEntry { key, line, .. } in Settings::entries(text) {
            let is_below = |table: &UnknownKey| key.starts_with(&format!("{}.", table.key));
            let table = key.split_once('.').map_or(key.as_str(), |(table, _)| table);
            let is_of_own_table = key.contains('.') && !is_known(table);
            if is_known(&key) || is_of_own_table || found.iter().any(is_below) {
                continue;
            }
            // Of the same table: its name alone would make any two of them alike.
            let (before, name) =
                key.rsplit_once('.').map_or(("", key.as_str()), |(before, name)| (before, name));
            let sibling = |held: &'static str| {
                let (table, known) = held.rsplit_once('.').unwrap_or(("", held));
                (table == before && !known.is_empty()).then_some(known)
            };
            let meant = probably_meant(name, known().filter_map(sibling));
            let meant = known().find(|held| meant.is_some() && sibling(held) == meant);
            if meant.is_some() || key.contains('.') {
                found.push(UnknownKey { meant, key, line });
            }
        }
        found
    }
}

fn collect(text: &str, before: &str, table: &toml::de::DeTable<'_>, found: &mut Vec<SettingsEntry>) {
    for (name, value) in table {
        let key = format!("{before}{}", name.get_ref());
        let line = text.get(..name.span().start).unwrap_or_default().matches('\n').count() + 1;
        let inner = value.get_ref();
        let is_table = inner.is_table();
        let value = if is_table { String::new() } else { say(inner) };
        found.push(SettingsEntry { key: key.clone(), value, line, is_table });
        if let Some(inner) = inner.as_table() {
            collect(text, &format!("{key}."), inner, found);
        }
    }
}

/// A value as people would say it.
fn say(value: &toml::de::DeValue<'_>) -> String {
    use toml::de::DeValue;
    match value {
        DeValue::String(text) => text.to_string(),
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Boolean(true) => String::from("yes"),
        DeValue::Boolean(false) => String::from("no"),
        DeValue::Datetime(date) => date.to_string(),
        DeValue::Array(values) => {
            values.iter().map(|value| say(value.get_ref())).collect::<Vec<_>>().join(", ")
        }
        DeValue::Table(_) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_nothing_is_known_by_is_told_with_the_one_that_was_meant() {
        let text = "schema = 1\nnane = \"A\"\n[quotation]\nmarx = \"single\"\n[attribution]\nzzz = 1\n[attribution.words.sex]\nf = \"woman\"\n[frame]\n\"group:gp\" = 3\n[later]\nx = 1\n";
        let unknown: Vec<(String, usize, Option<&str>)> = Settings::unknown_keys(text)
            .into_iter()
            .map(|unknown| (unknown.key, unknown.line, unknown.meant))
            .collect();
        assert_eq!(
            unknown,
            [
                ("nane".to_owned(), 2, Some("name")),
                ("quotation.marx".to_owned(), 4, Some("quotation.marks")),
                ("attribution.zzz".to_owned(), 6, None),
            ]
        );
        let shipped = include_str!("../../sample-data/study.toml");
        assert_eq!(Settings::unknown_keys(shipped), []);
    }

    #[test]
    fn every_key_is_found_with_its_line_and_a_broken_text_has_none() {
        let text = "schema = 1\nname = \"A\" # the name\n\n[attribution]\nby = \"group\"\nwarn = [1, 2]\n\n[coders]\njo = \"c1\"\n";
        let entries = Settings::entries(text);
        let said: Vec<(&str, &str, usize)> =
            entries.iter().map(|entry| (entry.key.as_str(), entry.value.as_str(), entry.line)).collect();
        assert_eq!(
            said,
            [
                ("schema", "1", 1),
                ("name", "A", 2),
                ("attribution", "", 4),
                ("attribution.by", "group", 5),
                ("attribution.warn", "1, 2", 6),
                ("coders", "", 8),
                ("coders.jo", "c1", 9),
            ]
        );
        assert_eq!(Settings::entries("name = "), []);
    }
}
