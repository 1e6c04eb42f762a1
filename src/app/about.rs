//! Where things are: what the settings screen says of the machine. Told from outside, once.

/// Folders, files and what the program was started with, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The user of the operating system.
    pub user: String,
    /// The point of the history that the study is shown at, if it is not that of today.
    pub as_of: Option<String>,
    /// The folder of the study.
    pub folder: String,
    /// Its `study.toml`.
    pub settings: String,
    /// Its database.
    pub database: String,
    /// The search index.
    pub index: String,
    /// Where this coder's place is kept.
    pub place: String,
    /// The folder of the user's own keymap and themes.
    pub config: String,
    /// Which keymap is in use.
    pub keymap: String,
    /// Which theme is in use.
    pub theme: String,
    /// The version of the program.
    pub version: String,
    /// The user's editor, as the shell would run it (`$VISUAL`, `$EDITOR`).
    pub editor: Option<String>,
}
