//! One file of a transcript, from its bytes to a draft.

use super::DraftTranscript;
use super::layout::{self, LayoutOptions};
use crate::document;

/// Why a file gives no transcript. Each says what is wrong and what to do; none holds a word of the file.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    /// Nothing can be seen in it.
    #[error("the file holds no text; check that the right file was exported")]
    Blank,
    /// Its format cannot be read.
    #[error(transparent)]
    Document(#[from] document::DocumentError),
}

/// Reads a transcript from the bytes of a file. `file_name` (with or without folders) suggests the transcript's name and,
/// where the bytes do not tell, the format.
///
/// # Errors
/// If the format cannot be read, or there is no text in the file.
pub fn read_transcript(
    file_name: &str,
    bytes: &[u8],
    options: &LayoutOptions,
) -> Result<DraftTranscript, ImportError> {
    let document = document::read(file_name, bytes)?;
    layout::lay_out(file_name, document::sha256(bytes), &document, options)
}
