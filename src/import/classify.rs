//! What a file is: a table, or else a transcript.

use sha2::{Digest, Sha256};

use super::options::last_part;
use super::tables::{self, Table};
use super::{DraftTranscript, ImportOptions, read_transcript};

/// A file that was read, and what it turned out to be.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// Path as given.
    pub name: String,
    /// SHA-256 of its bytes, lower-case hexadecimal.
    pub sha256: String,
    /// What it holds.
    pub content: SourceContent,
}

/// What a file holds.
#[derive(Clone, Debug)]
pub enum SourceContent {
    /// A transcript, or a sentence why it is none.
    Transcript(Result<DraftTranscript, String>),
    /// A table of the study.
    Table(Table),
}

/// Reads one file: a table if its header says so, else a transcript. Files may be classified in any order and at once.
#[must_use]
pub fn classify(name: &str, bytes: &[u8], options: &ImportOptions) -> SourceFile {
    let content = match tables::read(last_part(name), bytes) {
        Some(Ok(table)) => SourceContent::Table(table),
        Some(Err(error)) => SourceContent::Transcript(Err(error.to_string())),
        None => SourceContent::Transcript(
            read_transcript(last_part(name), bytes, options).map_err(|error| error.to_string()),
        ),
    };
    SourceFile { name: name.to_owned(), sha256: hex_digest(bytes), content }
}

/// Whether a file that is found in a folder is one to import: a kind of file that import reads, and not one of those
/// that go with a study and are none of its data.
#[must_use]
pub fn is_importable(file: &str) -> bool {
    let name = last_part(file).to_lowercase();
    let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
    let known = ["txt", "md", "docx", "odt", "vtt", "srt", "csv", "tsv", "tab"].contains(&extension)
        || (extension == "toml" && name.starts_with("codebook"));
    let about = ["readme", "license", "licence", "changelog"].iter().any(|word| name.starts_with(word));
    known && !about && !name.starts_with(['.', '~'])
}

/// SHA-256 in lower-case hexadecimal.
pub(super) fn hex_digest(bytes: &[u8]) -> String {
    use std::fmt::Write;

    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_gives_transcripts_and_tables_and_nothing_else() {
        for file in ["a/I43.txt", "FG06.DOCX", "codebook.toml", "codebook-2.toml", "participants.csv"] {
            assert!(is_importable(file), "{file}");
        }
        for file in ["study.toml", "README.md", ".hidden.txt", "~$I43.docx", "study.db", "I43", "a.wav"] {
            assert!(!is_importable(file), "{file}");
        }
    }

    #[test]
    fn digests_are_those_of_the_standard() {
        // FIPS 180-2, appendix B.1.
        assert_eq!(hex_digest(b"abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
