//! What a user prefers: keys, look, lines in place of a screen. From the command line, else from the files of combe's
//! configuration folder, else as it ships.
//!
//! `config.toml` may say `keymap`, `theme`, `linear` and `names`; `keymap.toml` holds keys of one's own, and may say over which
//! keymap they lie; `themes/NAME.toml` are looks of one's own. What is wrong with a file is told with its line, and the
//! program goes on with what ships.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use toml::de::DeTable;

use super::error::CliError;
use super::world::shown_path;
use crate::app::WrongFile;
use crate::app::keymap::{self, Keymap};
use crate::run::expand_home;
use crate::text::probably_meant;
use crate::ui::theme::{self, Colours, Themes};

/// What the command line asks for.
#[derive(Clone, Debug, Default)]
pub(super) struct Wishes {
    /// `--keymap`.
    pub(super) keymap: Option<String>,
    /// `--theme`.
    pub(super) theme: Option<String>,
    /// `--linear`.
    pub(super) linear: bool,
    /// `--names`.
    pub(super) names: Option<PathBuf>,
}

/// What `config.toml` says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Config {
    keymap: Option<String>,
    theme: Option<String>,
    linear: bool,
    names: Option<String>,
}

/// The user's files, as far as they can be used.
#[derive(Debug)]
pub(super) struct Preferences {
    folder: PathBuf,
    wishes: Wishes,
    config: Config,
    /// Files that are not used, because something is wrong with them.
    pub(super) wrong: Vec<WrongFile>,
}

impl Preferences {
    /// Reads `config.toml`.
    pub(super) fn read(folder: &Path, wishes: &Wishes) -> Preferences {
        let mut read = Preferences {
            folder: folder.to_owned(),
            wishes: wishes.clone(),
            config: Config::default(),
            wrong: Vec::new(),
        };
        if let Some((file, text)) = read.file("config.toml") {
            match parse(&file, &text) {
                Ok(config) => read.config = config,
                Err(wrong) => read.wrong.push(wrong),
            }
        }
        read
    }

    /// Whether lines are wanted in place of a screen.
    pub(super) fn linear(&self) -> bool {
        self.wishes.linear || self.config.linear
    }

    /// The file of names that is asked for; a relative one of `config.toml` lies beside it.
    pub(super) fn names(&self) -> Option<PathBuf> {
        let configured = self.config.names.as_deref().map(|path| self.folder.join(expand_home(path)));
        self.wishes.names.clone().or(configured)
    }

    /// The keymap in force: the one that is asked for, under the user's own keys.
    pub(super) fn keymap(&mut self) -> Result<Keymap, CliError> {
        let own = self.file("keymap.toml");
        let wanted = match &own {
            Some((file, text)) => Keymap::wanted_by(file, text),
            None => Ok(None),
        };
        let (own, wanted) = match wanted {
            Ok(wanted) => (own, wanted),
            Err(wrong) => {
                self.wrong.push(wrong);
                (None, None)
            }
        };
        let name = self.wishes.keymap.clone().or(wanted).or_else(|| self.config.keymap.clone());
        let name = name.as_deref().unwrap_or(keymap::DEFAULT);
        let broken = |wrong: WrongFile| CliError::refused(wrong.to_string());
        let Some(mut keymap) = Keymap::named(name).map_err(broken)? else {
            let known: Vec<&str> = keymap::names().collect();
            return Err(CliError::Usage(format!(
                "there is no keymap `{name}`; there are {}",
                known.join(", ")
            )));
        };
        if let Some((file, text)) = own
            && let Err(wrong) = keymap.merge(&file, &text)
        {
            self.wrong.push(wrong);
        }
        Ok(keymap)
    }

    /// All looks in these colours, and the name of the one that is asked for.
    pub(super) fn themes(&mut self, colours: Colours) -> Result<(Themes, String), CliError> {
        let mut themes = Themes::shipped(colours);
        for name in self.own_themes() {
            let Some((file, text)) = self.file(&format!("themes/{name}.toml")) else { continue };
            if let Err(wrong) = themes.add(&name, &file, &text) {
                self.wrong.push(wrong);
            }
        }
        if let Some(name) = &self.wishes.theme {
            if themes.get(name).is_none() {
                let known: Vec<&str> = themes.names().collect();
                let what = format!("there is no theme `{name}`; there are {}", known.join(", "));
                return Err(CliError::Usage(what));
            }
            return Ok((themes, name.clone()));
        }
        let name = self.config.theme.clone().filter(|name| themes.get(name).is_some());
        Ok((themes, name.unwrap_or_else(|| theme::DEFAULT.to_owned())))
    }

    /// Names of the files in `themes`.
    fn own_themes(&self) -> Vec<String> {
        let Ok(folder) = fs::read_dir(self.folder.join("themes")) else { return Vec::new() };
        let paths = folder.filter_map(Result::ok).map(|entry| entry.path());
        let toml = paths.filter(|path| path.extension().is_some_and(|extension| extension == "toml"));
        let mut names: Vec<String> =
            toml.filter_map(|path| Some(path.file_stem()?.to_str()?.to_owned())).collect();
        names.sort();
        names
    }

    /// A file of the folder, as it is named to people, and its text. One that is there and cannot be read is wrong.
    fn file(&mut self, name: &str) -> Option<(String, String)> {
        let path = self.folder.join(name);
        match fs::read_to_string(&path) {
            Ok(text) => Some((shown_path(&path), text)),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                None
            }
            Err(error) => {
                let wrong =
                    WrongFile::new(&shown_path(&path), "", vec![(0, format!("it cannot be read: {error}"))]);
                self.wrong.push(wrong);
                None
            }
        }
    }
}

/// Reads `config.toml`.
fn parse(file: &str, text: &str) -> Result<Config, WrongFile> {
    const NAMES: [&str; 4] = ["keymap", "theme", "linear", "names"];
    let table = DeTable::parse(text).map_err(|error| WrongFile::no_toml(file, text, &error))?;
    let (mut config, mut wrong) = (Config::default(), Vec::new());
    for (name, said) in table.get_ref() {
        let at = said.span().start;
        match (name.get_ref().as_ref(), said.get_ref().as_str(), said.get_ref().as_bool()) {
            ("keymap", Some(keymap), _) if keymap::names().any(|known| known == keymap) => {
                config.keymap = Some(keymap.to_owned());
            }
            ("keymap", ..) => {
                let known: Vec<String> = keymap::names().map(|name| format!("\"{name}\"")).collect();
                wrong.push((at, format!("`keymap` is one of {}", known.join(", "))));
            }
            ("theme", Some(theme), _) => config.theme = Some(theme.to_owned()),
            ("theme", ..) => wrong.push((at, String::from("`theme` is a name, such as \"high-contrast\""))),
            ("linear", _, Some(linear)) => config.linear = linear,
            ("linear", ..) => wrong.push((at, String::from("`linear` is true or false"))),
            ("names", Some(file), _) if !file.trim().is_empty() => config.names = Some(file.to_owned()),
            ("names", ..) => {
                wrong.push((at, String::from("`names` is a file, such as \"~/private/names.toml\"")));
            }
            (unknown, ..) => {
                let near = probably_meant(unknown, NAMES);
                let near = near.map_or_else(
                    || format!("; there are {}", NAMES.join(", ")),
                    |near| format!("; did you mean `{near}`?"),
                );
                wrong.push((name.span().start, format!("there is no setting `{unknown}`{near}")));
            }
        }
    }
    if wrong.is_empty() { Ok(config) } else { Err(WrongFile::new(file, text, wrong)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn config_says_keymap_theme_and_linear() {
        let config = parse("config.toml", "keymap = \"vim\"\ntheme = \"light\"\nlinear = true\n").unwrap();
        let wanted = Config {
            keymap: Some("vim".into()),
            theme: Some("light".into()),
            linear: true,
            ..Config::default()
        };
        assert_eq!(config, wanted);
    }

    #[test]
    fn what_is_wrong_with_config_has_its_line() {
        let wrong = parse("config.toml", "keymap = \"emacs\"\ntheem = \"light\"\nlinear = 1\n").unwrap_err();
        let told = wrong.to_string();
        let lines: Vec<&str> = told.lines().collect();
        assert_eq!(
            lines,
            [
                "config.toml:1: `keymap` is one of \"default\", \"vim\"",
                "config.toml:2: there is no setting `theem`; did you mean `theme`?",
                "config.toml:3: `linear` is true or false",
            ]
        );
    }
}
