//! `study.toml`: the facts of a study that people edit by hand. The program never rewrites it.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{AttributionSettings, QuotationSettings};

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
    /// How a quotation is written, and where the one key puts it.
    pub quotation: QuotationSettings,
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
            quotation: QuotationSettings::default(),
        }
    }
}

impl Settings {
    /// Reads `study.toml`.
    ///
    /// # Errors
    /// The sentence of the TOML reader, which names line and column.
    pub fn parse(text: &str) -> Result<Settings, toml::de::Error> {
        let mut settings: Settings = toml::from_str(text)?;
        for entry in Settings::entries(text) {
            if let Some(key) = entry.key.strip_prefix("attribution.") {
                settings.attribution.lines.insert(key.to_owned(), entry.line);
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
