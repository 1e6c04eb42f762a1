//! What is wrong with a file that a person wrote: a keymap, a theme, preferences.

use std::fmt;

/// One thing that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Complaint {
    /// Line, from 1.
    pub line: usize,
    /// What is wrong, and what would be right.
    pub what: String,
}

/// All that is wrong with a file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct WrongFile {
    /// The file, as it was named.
    pub file: String,
    /// What is wrong, by line.
    pub complaints: Vec<Complaint>,
}

impl WrongFile {
    /// What is wrong with the text of a file, by the byte at which it is.
    #[must_use]
    pub fn new(file: &str, text: &str, mut wrong: Vec<(usize, String)>) -> WrongFile {
        wrong.sort();
        let complaints =
            wrong.into_iter().map(|(at, what)| Complaint { line: line_of(text, at), what }).collect();
        WrongFile { file: file.to_owned(), complaints }
    }

    /// The text of a file is no TOML.
    #[must_use]
    pub fn no_toml(file: &str, text: &str, error: &toml::de::Error) -> WrongFile {
        let at = error.span().map_or(0, |span| span.start);
        WrongFile::new(file, text, vec![(at, format!("this is not TOML: {}", error.message()))])
    }

    /// The first thing that is wrong and how many more there are, for a line of the screen: the file by its last name.
    #[must_use]
    pub fn in_short(&self) -> String {
        let name = self.file.rsplit('/').next().unwrap_or_default();
        let Some(Complaint { line, what }) = self.complaints.first() else { return name.to_owned() };
        let what = what.split(['\n', ';']).next().unwrap_or_default();
        match self.complaints.len() {
            1 => format!("{name}:{line}: {what}"),
            all => format!("{name}:{line}: {what}, and {} more", all - 1),
        }
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count() + 1
}

impl fmt::Display for WrongFile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (at, Complaint { line, what }) in self.complaints.iter().enumerate() {
            let separator = if at == 0 { "" } else { "\n" };
            write!(f, "{separator}{}:{line}: {what}", self.file)?;
        }
        Ok(())
    }
}
