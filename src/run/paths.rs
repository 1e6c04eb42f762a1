//! The folders outside a study: configuration, cache and state of one user.

use std::path::PathBuf;

use directories::ProjectDirs;

/// Folders of the user, by the rules of the system (XDG on Linux). They may not exist yet.
#[derive(Clone, Debug)]
pub struct Paths {
    /// Keymaps and settings of the user.
    pub config: PathBuf,
    /// What can be made again: search indexes.
    pub cache: PathBuf,
    /// Where the user was: places, the last study.
    pub state: PathBuf,
}

impl Paths {
    /// The folders of the user who runs the program. `None` if there is no home folder.
    #[must_use]
    pub fn of_user() -> Option<Self> {
        let folders = ProjectDirs::from("", "", "combe")?;
        Some(Self {
            config: folders.config_dir().to_owned(),
            cache: folders.cache_dir().to_owned(),
            state: folders.state_dir().unwrap_or_else(|| folders.data_local_dir()).to_owned(),
        })
    }
}
