//! `study.toml`: the facts of a study that people edit by hand. The program never rewrites it.

use std::collections::BTreeMap;

use serde::Deserialize;

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
}

/// How quotations are attributed: templates and wordings.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct AttributionSettings {
    /// The attribute of participants whose value chooses the template; without it the compared one.
    pub by: Option<String>,
    /// Whether the participant's number stands in front (COREQ 29 asks for it).
    pub participant_number: bool,
    /// What `focus_group` says in a template.
    pub focus_group: String,
    /// A template for each group.
    pub styles: BTreeMap<String, String>,
    /// By attribute, what a value is called in running text.
    pub words: BTreeMap<String, BTreeMap<String, String>>,
}

impl Default for AttributionSettings {
    fn default() -> Self {
        Self {
            by: None,
            participant_number: true,
            focus_group: ", focus group".into(),
            styles: BTreeMap::new(),
            words: BTreeMap::new(),
        }
    }
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
        }
    }
}

impl Settings {
    /// Reads `study.toml`.
    ///
    /// # Errors
    /// The sentence of the TOML reader, which names line and column.
    pub fn parse(text: &str) -> Result<Settings, toml::de::Error> {
        toml::from_str(text)
    }

    /// The coder that a user of the operating system is, if the study says so.
    #[must_use]
    pub fn coder_of(&self, os_user: &str) -> Option<&str> {
        self.coders.get(os_user).map(String::as_str)
    }
}
