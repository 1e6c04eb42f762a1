//! `study.toml` while the study is open: people edit it with whatever they like, and it is read again.

use std::fs;
use std::time::SystemTime;

use super::open::read_settings;
use super::{Access, Store, StoreError, files};
use crate::study::Settings;

/// What a look at `study.toml` found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsRead {
    /// The text of the file; empty if it cannot be read.
    pub text: String,
    /// What holds: what it says, or the last good one.
    pub settings: Settings,
    /// What is wrong with it and where, in a sentence, if something is.
    pub wrong: Option<String>,
}

/// What tells one state of a file from the next, without reading it.
pub(super) type Stamp = Option<(SystemTime, u64)>;

impl Store {
    /// Reads `study.toml` if it changed since the last look; the first look always reads it.
    ///
    /// # Errors
    /// If the last good one cannot be read from the database, or the new one not be kept there.
    pub fn look_at_settings(&mut self) -> Result<Option<SettingsRead>, StoreError> {
        if self.is_past {
            return Ok(None);
        }
        let path = self.folder.join(files::SETTINGS);
        let stamp: Stamp =
            fs::metadata(&path).ok().and_then(|found| Some((found.modified().ok()?, found.len())));
        if self.settings_seen == Some(stamp) {
            return Ok(None);
        }
        // It is kept in the database where that may be written: another host may have taken the study over since.
        let access = match self.must_write() {
            Ok(()) => Access::Write,
            Err(why) => Access::ReadOnly(why.to_string()),
        };
        let mut warnings = Vec::new();
        let settings = read_settings(&self.folder, &self.connection, &access, &mut warnings)?;
        let wrong = warnings.pop();
        if wrong.is_none() {
            self.settings = settings;
        }
        self.settings_seen = Some(stamp);
        let text = fs::read_to_string(&path).unwrap_or_default();
        Ok(Some(SettingsRead { text, settings: self.settings.clone(), wrong }))
    }
}
