//! A file's bytes to decoded lines with features. One format a file. Knows nothing of turns or studies.

mod archive;
mod captions;
mod docx;
mod draft;
mod encoding;
mod error;
mod line;
mod odt;
mod paragraph;
mod rolling;
mod sniff;
mod srt;
mod tables;
mod tags;
mod text;
mod vtt;
mod workbook;
mod xml;

pub use crate::text::{hex, sha256};
pub use draft::{Block, BlockKind, Draft, read_draft};
pub use error::DocumentError;
pub use line::{Bytes, Cell, Cue, Document, Format, Line, Mark, Note};

pub use workbook::first_sheet;

use crate::text::counted;
use archive::Archive;
use sniff::{Kind, Magic};

/// Bytes beyond which a file is refused: a day of speech is under one MiB.
pub const LARGEST_FILE: usize = MOST_MIB << 20;
const MOST_MIB: usize = 64;

/// Reads a file. What it is follows from its bytes first and from the end of its name second.
///
/// # Errors
/// For empty, blank, huge, damaged and locked files, and for formats that are not read. The sentence says what to do, and
/// holds nothing of the content.
pub fn read(file_name: &str, bytes: &[u8]) -> Result<Document, DocumentError> {
    if bytes.is_empty() {
        return Err(DocumentError::Empty);
    }
    if bytes.len() > LARGEST_FILE {
        return Err(DocumentError::TooLarge { limit_mib: MOST_MIB });
    }
    let document = match sniff::by_bytes(bytes)? {
        Magic::Zip => without_notes(read_archive(bytes)?),
        Magic::Text => read_text(file_name, bytes)?,
    };
    if document.lines.iter().all(Line::is_blank) {
        return Err(DocumentError::Blank);
    }
    Ok(document)
}

/// Notes are no speech: whoever imports is told that there are some.
fn without_notes(mut document: Document) -> Document {
    let notes = std::mem::take(&mut document.notes).len();
    if notes > 0 {
        let what = counted(notes, "footnote or endnote left out", "footnotes and endnotes left out");
        document.marks.push(Mark { line: None, what });
    }
    document
}

fn read_archive(bytes: &[u8]) -> Result<Document, DocumentError> {
    let mut archive = Archive::open(bytes)?;
    if let Some(body) = docx::find_body(&mut archive)? {
        return docx::read(&mut archive, &body);
    }
    match archive.read("mimetype")?.as_deref().map(str::trim) {
        Some(
            "application/vnd.oasis.opendocument.text" | "application/vnd.oasis.opendocument.text-template",
        ) => odt::read(&mut archive),
        _ => Err(sniff::other_archive(&archive)),
    }
}

fn read_text(file_name: &str, bytes: &[u8]) -> Result<Document, DocumentError> {
    let plain = text::settle(encoding::decode(bytes));
    if plain.text.matches('\n').count() > text::MOST_LINES {
        return Err(DocumentError::TooManyLines(text::MOST_LINES));
    }
    let kind = sniff::by_text(file_name, &plain.text)?;
    let mut document = match kind {
        Kind::Text => text::read(plain, Format::Text),
        Kind::Markdown => text::read(plain, Format::Markdown),
        Kind::Vtt => vtt::read(plain),
        Kind::Srt => srt::read(plain),
    };
    if let Some(what) = sniff::misnamed(file_name, kind) {
        document.marks.push(Mark { line: None, what });
    }
    Ok(document)
}
