//! What a person may say about an import beforehand.

use std::collections::BTreeMap;

use crate::study::{Kind, fold_short_name};

/// What to do otherwise than import would do by itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportOptions {
    /// Take another text under a name that is there already as the next revision of that transcript.
    pub revise: bool,
    /// Make codes that a list of codings names and the codebook does not have.
    pub new_codes: bool,
    /// Short names of transcripts, by file: the path as given, or its last part.
    pub names: BTreeMap<String, String>,
    /// What the transcripts are, unless a list of sessions says otherwise.
    pub kind: Option<Kind>,
    /// The layout to read transcripts by, in the words of the report, instead of the one that fits best.
    pub layout: Option<String>,
    /// Labels to rename. Where both labels occur in a transcript, their turns are merged under the second.
    pub rename: Vec<(String, String)>,
    /// Labels, and who speaks under them: `participant`, `interviewer`, `other`, `several`, `unknown`, or the name of a
    /// participant, who is made if there is none.
    pub bind: Vec<(String, String)>,
    /// The files (path, last part, or short name of the transcript) that kind, layout, rename and bind are for; all if
    /// it is empty.
    pub only: Vec<String>,
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
}
