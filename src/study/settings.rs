//! `study.toml`: the facts of a study that people edit by hand. The program never rewrites it.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::text::fold_name;

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
    /// Where quotes may be copied to: `internal`, or `osc52` for the clipboard of the reader's own machine.
    pub clipboard: Clipboard,
    /// Users of the operating system and the coders they are.
    pub coders: BTreeMap<String, String>,
}

/// Where copied text may go.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Clipboard {
    /// Nowhere outside the program.
    #[default]
    Internal,
    /// To the terminal, by the escape sequence OSC 52: it leaves the server.
    Osc52,
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
            clipboard: Clipboard::default(),
            coders: BTreeMap::new(),
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

    /// Whether `name` is the lead coder.
    #[must_use]
    pub fn is_lead(&self, name: &str) -> bool {
        self.lead.as_deref().is_some_and(|lead| fold_name(lead) == fold_name(name))
    }
}
