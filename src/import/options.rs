//! What a person may say about an import beforehand.

use std::collections::BTreeMap;

use super::Layout;
use crate::study::{BothChanged, Kind, fold_short_name};

/// What to do otherwise than import would do by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Take another text under a name that is there already as the next revision of that transcript.
    pub revise: bool,
    /// Whose words stand where such a text and the study changed the same since the last file.
    pub both_changed: BothChanged,
    /// Make codes that a list of codings names and the codebook does not have.
    pub new_codes: bool,
    /// Short names of transcripts, by file: the path as given, or its last part.
    pub names: BTreeMap<String, String>,
    /// What the transcripts are, unless a list of sessions says otherwise.
    pub kind: Option<Kind>,
    /// The layout to read transcripts by, instead of the one that fits best.
    pub layout: Option<Layout>,
    /// Labels to rename. Where both labels occur in a transcript, their turns are merged under the second.
    pub rename: Vec<(String, String)>,
    /// Labels, and who speaks under them: `participant`, `interviewer`, `other`, `several`, `unknown`, or the name of a
    /// participant, who is made if there is none.
    pub bind: Vec<(String, String)>,
    /// The files (path, last part, or short name of the transcript) that kind, layout, rename and bind are for; all if
    /// it is empty.
    pub only: Vec<String>,
    /// What is said of single files, by their path as given. It goes before what is said of all.
    pub files: BTreeMap<String, FileOptions>,
}

/// What to do otherwise with one file. Each field means what it means in [`ImportOptions`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FileOptions {
    /// See [`ImportOptions::revise`].
    pub revise: bool,
    /// See [`ImportOptions::both_changed`].
    pub both_changed: BothChanged,
    /// See [`ImportOptions::kind`].
    pub kind: Option<Kind>,
    /// See [`ImportOptions::layout`].
    pub layout: Option<Layout>,
    /// See [`ImportOptions::rename`]; the first one of a label counts.
    pub rename: Vec<(String, String)>,
    /// See [`ImportOptions::bind`]; the last one of a label counts.
    pub bind: Vec<(String, String)>,
}

impl ImportOptions {
    /// Whether kind, layout, rename and bind are for this file.
    #[must_use]
    pub fn concern(&self, file: &str, transcript: &str) -> bool {
        let transcript = fold_short_name(transcript);
        self.only.is_empty()
            || self
                .only
                .iter()
                .any(|only| only == file || only == last_part(file) || fold_short_name(only) == transcript)
    }

    /// All that holds for one file, whose transcript would have this name.
    #[must_use]
    pub fn for_file(&self, file: &str, transcript: &str) -> FileOptions {
        let mut all =
            FileOptions { revise: self.revise, both_changed: self.both_changed, ..FileOptions::default() };
        if self.concern(file, transcript) {
            (all.kind, all.layout) = (self.kind, self.layout);
            (all.rename, all.bind) = (self.rename.clone(), self.bind.clone());
        }
        let Some(own) = self.files.get(file) else { return all };
        FileOptions {
            revise: all.revise || own.revise,
            both_changed: match own.both_changed {
                BothChanged::Refuse => all.both_changed,
                said => said,
            },
            kind: own.kind.or(all.kind),
            layout: own.layout.or(all.layout),
            rename: own.rename.iter().cloned().chain(all.rename).collect(),
            bind: all.bind.into_iter().chain(own.bind.iter().cloned()).collect(),
        }
    }

    /// The short name that was chosen for a file.
    #[must_use]
    pub fn name_of(&self, file: &str) -> Option<&str> {
        self.names.get(file).or_else(|| self.names.get(last_part(file))).map(String::as_str)
    }
}

/// The last part of a path, as given.
pub(super) fn last_part(file: &str) -> &str {
    file.rsplit(['/', '\\']).next().unwrap_or(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn options_may_be_for_some_files_only() {
        let all = ImportOptions::default();
        assert!(all.concern("a/I43.txt", "I43"));
        let some = ImportOptions { only: vec!["I43.txt".into(), "fg-06".into()], ..all };
        assert!(some.concern("a/I43.txt", "Interview 43"));
        assert!(some.concern("b/group.docx", "FG06"));
        assert!(!some.concern("a/I44.txt", "I44"));
    }

    #[test]
    fn what_is_said_of_one_file_goes_before_what_is_said_of_all() {
        let pair = |from: &str, to: &str| (from.to_owned(), to.to_owned());
        let own = FileOptions {
            kind: Some(Kind::FocusGroup),
            rename: vec![pair("A", "Ann")],
            bind: vec![pair("A", "P7")],
            ..FileOptions::default()
        };
        let options = ImportOptions {
            kind: Some(Kind::Interview),
            layout: Some(Layout::Tab),
            rename: vec![pair("A", "Anna")],
            bind: vec![pair("A", "P8")],
            files: BTreeMap::from([("a/I43.txt".to_owned(), own)]),
            ..ImportOptions::default()
        };
        let here = options.for_file("a/I43.txt", "I43");
        assert_eq!((here.kind, here.layout), (Some(Kind::FocusGroup), Some(Layout::Tab)));
        assert_eq!(here.rename.first(), Some(&pair("A", "Ann")));
        assert_eq!(here.bind.last(), Some(&pair("A", "P7")));
        assert_eq!(options.for_file("b/I43.txt", "I43").kind, Some(Kind::Interview));
    }
}
