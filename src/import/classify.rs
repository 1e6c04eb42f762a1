//! What a file is: a table, or else a transcript.

use super::options::last_part;
use super::tables::{self, Table};
use super::{DraftTranscript, ImportOptions, LayoutOptions, read_transcript};
use crate::document::sha256;

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
            read_transcript(last_part(name), bytes, &layout_options(name, options))
                .map_err(|error| error.to_string()),
        ),
    };
    SourceFile { name: name.to_owned(), sha256: sha256(bytes), content }
}

/// What was said beforehand about how this file is laid out.
pub(super) fn layout_options(name: &str, options: &ImportOptions) -> LayoutOptions {
    let stem = last_part(name).rsplit_once('.').map_or(last_part(name), |(stem, _)| stem);
    let wanted = options.for_file(name, options.name_of(name).unwrap_or(stem));
    LayoutOptions { layout: wanted.layout, kind: wanted.kind }
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
}
