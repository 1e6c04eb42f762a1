//! The file of names of one study: real names with their pseudonyms, and the watch list. It lies outside the study, for its
//! owner alone; what is in it goes into no record, log or error.

use std::fs;
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use super::place_file::write_below;
use crate::analysis::identifiers::Names;

/// Where the names of a study are, whether or not the file is there yet.
#[derive(Clone, Debug)]
pub struct NamesFile {
    path: PathBuf,
    /// Somebody named this file: then it must be there.
    named: bool,
}

/// What the file holds.
#[derive(Clone, Debug, Default)]
pub struct ReadNames {
    /// The names. None where there is no file yet.
    pub names: Names,
    /// What should be mended about the file, in a sentence, though it can be read.
    pub warning: Option<String>,
}

impl NamesFile {
    /// The file that is named, else the one of the study with that identity in the user's configuration folder.
    ///
    /// # Errors
    /// A sentence, if the file would lie in the folder of the study: whoever gets the study would get the names.
    pub fn of(config: &Path, identity: &str, named: Option<&Path>, study: &Path) -> Result<Self, String> {
        let path = match named {
            Some(path) => path.to_owned(),
            None => config.join("names").join(format!("{identity}.toml")),
        };
        let absolute = |path: &Path| {
            let whole = || Some(fs::canonicalize(path.parent()?).ok()?.join(path.file_name()?));
            fs::canonicalize(path).ok().or_else(whole).unwrap_or_else(|| path.to_owned())
        };
        if absolute(&path).starts_with(absolute(study)) {
            return Err(format!(
                "The file of names {} lies in the folder of the study; move it elsewhere, so that it never goes where the \
                 study goes",
                path.display()
            ));
        }
        Ok(Self { path, named: named.is_some() })
    }

    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Reads it. A file that nobody named and that is not there holds nothing.
    ///
    /// # Errors
    /// A sentence with the file, and the line where one is wrong.
    pub fn read(&self) -> Result<ReadNames, String> {
        let Some(text) = self.text()? else { return Ok(ReadNames::default()) };
        let names = Names::parse(&text).map_err(|wrong| format!("{}: {wrong}", self.path.display()))?;
        let mode = fs::metadata(&self.path).map_or(0, |held| held.permissions().mode() & 0o077);
        let warning = (mode != 0).then(|| {
            format!(
                "{0} can be read by others on this machine; `chmod 600 {0}` mends it",
                self.path.display()
            )
        });
        Ok(ReadNames { names, warning })
    }

    fn text(&self) -> Result<Option<String>, String> {
        match fs::read_to_string(&self.path) {
            Ok(text) => Ok(Some(text)),
            Err(error) if error.kind() == ErrorKind::NotFound && !self.named => Ok(None),
            Err(error) => Err(format!("{} cannot be read: {error}", self.path.display())),
        }
    }

    /// Adds a name with its pseudonym at the end of the file, all else in it as it was. A name that has this pseudonym
    /// already is left alone. The file is made if need be, for its owner alone.
    ///
    /// # Errors
    /// A sentence, if the file is broken, refuses the name, or cannot be written; it is then as it was.
    pub fn add(&self, real: &str, pseudonym: &str) -> Result<Names, String> {
        let at = |what: &dyn std::fmt::Display| format!("{}: {what}", self.path.display());
        let text = match self.text() {
            Err(_) if !self.path.exists() => String::new(),
            held => held?.unwrap_or_default(),
        };
        let names = Names::parse(&text).map_err(|wrong| at(&wrong))?;
        if names.pseudonym_of(real) == Some(pseudonym.trim()) {
            return Ok(names);
        }
        let longer = Names::with_name(&text, real, pseudonym).map_err(|wrong| at(&wrong))?;
        write_below(&self.path, longer.as_bytes()).map_err(|error| error.to_string())?;
        Names::parse(&longer).map_err(|wrong| at(&wrong))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_file_is_made_for_its_owner_alone_and_grows_at_its_end() {
        let root = tempfile::tempdir().unwrap();
        let study = root.path().join("study");
        fs::create_dir(&study).unwrap();
        let file = NamesFile::of(&root.path().join("config"), "s1", None, &study).unwrap();
        assert!(file.read().unwrap().names.is_empty());
        file.add("Gwilym Parry", "Owen").unwrap();
        let names = file.add("Angharad", "Nia").unwrap();
        assert_eq!(names.pseudonyms(), ["Owen", "Nia"]);
        assert_eq!(file.add("ANGHARAD", "Nia").unwrap().pseudonyms(), ["Owen", "Nia"]);
        assert!(file.add("Angharad", "Mair").unwrap_err().contains("line"));
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(file.path()), mode(file.path().parent().unwrap())), (0o600, 0o700));
        assert!(file.read().unwrap().warning.is_none());
        fs::set_permissions(file.path(), fs::Permissions::from_mode(0o644)).unwrap();
        assert!(file.read().unwrap().warning.unwrap().contains("chmod 600"));
    }

    #[test]
    fn a_file_in_the_study_a_missing_and_a_broken_one_are_refused() {
        let root = tempfile::tempdir().unwrap();
        let study = root.path().join("study");
        fs::create_dir(&study).unwrap();
        let of = |named: &Path| NamesFile::of(root.path(), "s1", Some(named), &study);
        assert!(of(&study.join("names.toml")).unwrap_err().contains("lies in the folder of the study"));
        assert!(of(&study.join("../study/names.toml")).is_err());
        let missing = root.path().join("names.toml");
        assert!(of(&missing).unwrap().read().unwrap_err().contains("names.toml cannot be read"));
        fs::write(&missing, "watch = [\n\"Gwilym\",\n\"\"]").unwrap();
        let told = of(&missing).unwrap().read().unwrap_err();
        assert!(told.contains("names.toml: line 3: ") && !told.contains("Gwilym"), "{told}");
        assert!(of(&missing).unwrap().add("A B", "C D").is_err());
    }
}
